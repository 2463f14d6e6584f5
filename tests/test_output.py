"""Writing: all files or none, and what was there before stays where writing fails."""

from __future__ import annotations

import errno
import os
import resource
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, files_below, run, run_here

from handouts.basics.errors import MachineError
from handouts.deliver.folder import write_all, write_free, write_own

if TYPE_CHECKING:
    from conftest import ClinicFolder

WRITE_UNDER_LIMIT = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
sys.argv[0] = "handouts"
runpy.run_module("handouts", run_name="__main__")
"""


def old_files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Put what was printed last time into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("brochure.pdf", "explainer.pdf", "note.txt", ".handouts.json"):
        (folder / name).write_bytes(b"{}" if name.endswith("json") else b"last time")
        os.utime(folder / name, ns=(10**18, 10**18))
    return files_below(folder)


def leftovers(folder: Path) -> list[Path]:
    return list(folder.rglob(".handouts-*"))


def test_all_files_are_written_and_nothing_else_stays(tmp_path: Path) -> None:
    old_files(tmp_path)
    write_all(tmp_path, {"brochure.pdf": b"new", "exercises.pdf": b"also new"})
    now = {name: data for name, (data, _) in files_below(tmp_path).items()}
    assert now == {
        "brochure.pdf": b"new",
        "exercises.pdf": b"also new",
        "explainer.pdf": b"last time",
        "note.txt": b"last time",
        ".handouts.json": b"{}",
    }
    assert leftovers(tmp_path) == []


def test_written_files_can_be_read_by_others(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        write_all(tmp_path / "new", {"brochure.pdf": b"new"})
    finally:
        os.umask(mask)
    assert (tmp_path / "new" / "brochure.pdf").stat().st_mode & 0o777 == 0o644
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o755


def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path) -> None:
    before = old_files(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(MachineError) as refusal:
            write_all(tmp_path, {"brochure.pdf": b"small", "explainer.pdf": b"x" * 20_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "can't write into" in str(refusal.value)
    assert files_below(tmp_path) == before
    assert leftovers(tmp_path) == []


def test_a_file_that_can_not_be_replaced_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    before = old_files(tmp_path)
    (tmp_path / "zz.pdf").mkdir()
    with pytest.raises(MachineError):
        write_all(tmp_path, {"brochure.pdf": b"new", "zz.pdf": b"a folder stands in the way"})
    assert files_below(tmp_path) == before
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("out", ["out", "out/deeper", "out/../out/x"])
def test_a_file_where_the_folder_should_be(tmp_path: Path, out: str) -> None:
    (tmp_path / "out").write_text("I am a file")
    outcome = run("new", out, cwd=tmp_path)
    assert outcome.code == 5
    assert f"can't write into {out}" in outcome.the_finding()
    assert "nothing was changed" in outcome.the_finding()
    assert (tmp_path / "out").read_text() == "I am a file"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_build_into_a_file_ends_with_5(clinic_folder: ClinicFolder) -> None:
    clinic_folder.out.write_text("I am a file")
    outcome = run("build", "exercises", cwd=clinic_folder.path)
    assert outcome.code == 5
    found = outcome.the_finding("error: ")
    assert "can't write into out" in found
    assert "choose another folder" in found
    assert clinic_folder.out.read_text() == "I am a file"
    assert sorted(path.name for path in clinic_folder.path.iterdir()) == [
        "content.yaml",
        "out",
        "styles",
    ]


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        pytest.param(4_000, "can't write into out", id="no room for the PDF"),
        pytest.param(0, "no process can be started", id="no room for temporary files either"),
    ],
)
def test_build_onto_a_full_disk_ends_with_5(
    clinic_folder: ClinicFolder, tmp_path: Path, limit: int, said: str
) -> None:
    before = old_files(clinic_folder.out)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    outcome = run(
        "build",
        "exercises",
        cwd=clinic_folder.path,
        env={"TMPDIR": str(scratch), "XDG_CACHE_HOME": str(scratch)},
        command=("-c", WRITE_UNDER_LIMIT.format(limit=limit)),
    )
    assert outcome.code == 5, outcome
    assert said in outcome.the_error()
    assert files_below(clinic_folder.out) == before
    assert leftovers(clinic_folder.path) == []


def test_new_onto_a_full_disk_ends_with_5_and_leaves_nothing(tmp_path: Path) -> None:
    outcome = run(
        "new", "mine", cwd=tmp_path, command=("-c", WRITE_UNDER_LIMIT.format(limit=4_000))
    )
    assert outcome.code == 5
    assert outcome.the_finding().startswith("mine error: can't write into mine")
    assert files_below(tmp_path) == {}


@pytest.mark.parametrize("after", [0, 2, 4])
def test_new_onto_a_disk_that_fills_up_leaves_nothing_of_any_of_its_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    room, fsync = iter(range(after)), os.fsync

    def until_it_is_full(file: int) -> None:
        if next(room, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(file)

    monkeypatch.setattr(os, "fsync", until_it_is_full)
    outcome = run_here("new", "to/mine", cwd=tmp_path)
    assert outcome.code == 5
    assert "nothing was changed" in outcome.the_error("can't write into to/mine")
    assert list(tmp_path.iterdir()) == []


def test_the_shipped_files_are_not_touched_by_any_of_this() -> None:
    assert leftovers(ROOT / "out") == []


@pytest.mark.parametrize("unnamed", [True, False])
def test_what_a_killed_process_left_of_a_file_is_taken_away(tmp_path: Path, unnamed: bool) -> None:
    code = (
        "import os, signal; from pathlib import Path; from handouts.deliver import folder\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"{'' if unnamed else 'del os.O_TMPFILE'}\n"
        f"folder.write_own(Path({str(tmp_path / 'own.csv')!r}), b'half of it')"
    )
    killed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    left = list(tmp_path.iterdir())
    assert len(left) == (not unnamed), "where a file can be written without a name, none is left"
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in left)
    write_own(tmp_path / "own.csv", b"all of it")
    (own,) = tmp_path.iterdir()
    assert (own.name, own.read_bytes()) == ("own.csv", b"all of it")
    assert stat.S_IMODE(own.stat().st_mode) == 0o600


@pytest.mark.parametrize("unnamed", [True, False])
@pytest.mark.parametrize("links", [True, False])
def test_many_that_look_for_a_free_name_get_one_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unnamed: bool, links: bool
) -> None:
    if not unnamed:
        monkeypatch.delattr(os, "O_TMPFILE")
        if not links:
            monkeypatch.setattr(os, "link", refuse_links)

    def write(number: int) -> tuple[Path, bytes]:
        data = f"for {number}".encode()
        return write_free(tmp_path / "out", "sheet-{}.pdf".format, data), data

    with ThreadPoolExecutor(16) as pool:
        written = dict(pool.map(write, range(64)))
    assert len(written) == 64
    assert {path: path.read_bytes() for path in (tmp_path / "out").iterdir()} == written


def refuse_links(*_paths: object, **_options: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_a_write_that_fails_in_the_middle_puts_everything_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old_files(tmp_path)
    replace = Path.replace

    def fails(self: Path, target: Path) -> Path:
        if target.name == "explainer.pdf" and "new" in self.name:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(MachineError, match="free some space; nothing was changed"):
        write_all(tmp_path, {"brochure.pdf": b"new", "more.pdf": b"new", "explainer.pdf": b"new"})
    monkeypatch.undo()
    assert files_below(tmp_path) == before


def test_a_file_that_another_program_writes_at_once_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def and_another(self: Path, target: Path) -> Path:
        done = replace(self, target)
        target.write_bytes(b"another's")
        return done

    monkeypatch.setattr(Path, "replace", and_another)
    with pytest.raises(MachineError, match=r"own\.csv is not what was written"):
        write_own(tmp_path / "own.csv", b"mine")


def test_a_file_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_bytes(b"before")
    code = (
        "import resource; from pathlib import Path; from handouts.deliver.folder import write_own\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        f"write_own(Path({str(tmp_path / 'own.csv')!r}), bytes(1000))"
    )
    refused = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "MachineError" in refused.stderr
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]


@pytest.mark.parametrize("links", [True, False])
def test_a_disk_that_renames_no_more_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    names = ("one", "two", "three")
    for name in names:
        (tmp_path / name).write_bytes(b"before")
    real, link, done = os.replace, os.link, []

    def full(*paths: object, **_more: object) -> None:
        done.append(paths)
        if len(done) > 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(*paths)  # type: ignore[arg-type]

    def unlinked(*paths: object, **more: object) -> None:
        if len(done) > 2:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))
        link(*paths, **more)  # type: ignore[arg-type]

    def write(data: bytes) -> str:
        with pytest.raises(MachineError) as caught:
            write_all(tmp_path, dict.fromkeys(names, data))
        return str(caught.value)

    monkeypatch.setattr(os, "replace", full)
    if links:
        assert "nothing was changed" in write(b"after")
        assert {(tmp_path / name).read_bytes() for name in names} == {b"before"}
    else:
        monkeypatch.setattr(os, "link", unlinked)
        told = write(b"after")
        assert "nothing was changed" not in told
        assert "one, two could not be brought back" in told
        kept = [path.read_bytes() for path in tmp_path.glob(".handouts-before-*")]
        assert kept == [b"before", b"before"]


def test_a_record_that_is_none_is_no_trouble(plain_clinic: ClinicFolder) -> None:
    plain_clinic.out.mkdir()
    record = plain_clinic.out / ".handouts.json"
    os.mkfifo(record)
    assert plain_clinic.run("build", "testimonials").code == 0
    assert record.is_file()
    record.write_text("[" * 1_000_000)
    assert plain_clinic.run("build", "testimonials").code == 0
