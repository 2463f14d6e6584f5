"""Two commands at once, and commands that are killed: nobody gets what is another's."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pdf_tools import tool
from processes import held, release, session, started, wait_for, wait_until_gone

from handouts.basics.errors import ContentError, HandoutsError
from handouts.basics.locks import lock_of, locked
from handouts.basics.settings import Setting
from handouts.deliver.folder import put_together
from handouts.print_run.request import RunFiles
from handouts.print_run.work import run_at_work

if TYPE_CHECKING:
    import subprocess

    from conftest import ClinicFolder

SHEET = ("sheet", "--programme", "neck-and-head-start")
NAMES = [f"{name} Sample" for name in ("Ada", "Ben", "Cleo", "Dara", "Emil", "Fay")]
HEAD = "id,name,programme,note for the patient\n"
MANY = HEAD + "".join(f"s-{n},Ada {n},neck-and-head-start,\n" for n in range(4))


def words(path: Path) -> str:
    return tool("pdftotext", path, "-")


# Two at once


def test_sheets_made_at_once_are_each_the_one_that_is_told(clinic_folder: ClinicFolder) -> None:
    commands = {name: started(clinic_folder.path, *SHEET, "--for", name) for name in NAMES}
    told = {}
    for name, process in commands.items():
        out, err = process.communicate()
        assert process.returncode == 0, err
        told[name] = clinic_folder.path / out.split()[0]
    assert len(set(told.values())) == len(NAMES)
    for name, path in told.items():
        assert f"For {name}" in words(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(path.name for path in clinic_folder.out.iterdir()) == [
        f"sheet-{number}.pdf" for number in range(1, len(NAMES) + 1)
    ]


def test_a_second_run_at_one_output_is_told_of_the_first(clinic_folder: ClinicFolder) -> None:
    (clinic_folder.path / "many.csv").write_text(MANY, encoding="utf-8")
    (clinic_folder.path / "other.csv").write_text(
        HEAD + "1,Ben Sample,neck-and-head-start,\n", encoding="utf-8"
    )
    with held(clinic_folder.path, "batch", "many.csv", "-q", at="book.pdf") as first:
        second = clinic_folder.run("batch", "other.csv")
        assert second.code == 5
        error = second.the_error("another command is writing run.pdf")
        assert f"process {first.pid} on " in error
        assert clinic_folder.run("batch", "other.csv", "-o", "out/other.pdf").code == 0
        release(clinic_folder.path)
        _, err = first.communicate()
        assert first.returncode == 0, err
    ticket = json.loads((clinic_folder.out / "run-ticket.json").read_bytes())
    digest = sha256((clinic_folder.out / "run.pdf").read_bytes()).hexdigest()
    assert digest in json.dumps(ticket)
    assert "Ada 3" in words(clinic_folder.out / "run.pdf")
    assert not [path for path in clinic_folder.out.iterdir() if path.name.startswith(".")]


def test_a_lock_dies_with_its_owner(clinic_folder: ClinicFolder) -> None:
    (clinic_folder.path / "many.csv").write_text(MANY, encoding="utf-8")
    with held(clinic_folder.path, "batch", "many.csv", "-q", at="book.pdf") as first:
        first.kill()
        first.communicate()
    assert lock_of(clinic_folder.out / "run.pdf").exists()
    assert clinic_folder.run("batch", "many.csv", "--resume").code == 0
    assert not lock_of(clinic_folder.out / "run.pdf").exists()


def test_a_sheet_is_not_written_over_one_that_is_being_made(clinic_folder: ClinicFolder) -> None:
    clinic_folder.out.mkdir()
    with locked(clinic_folder.out / "own.pdf", Setting.OUTPUT):
        outcome = clinic_folder.run(*SHEET, "--for", "Ada Sample", "-o", "out/own.pdf")
    assert outcome.code == 5
    outcome.the_error("another command is writing own.pdf", f"process {os.getpid()} on ")
    assert list(clinic_folder.out.iterdir()) == []


def test_a_folder_of_people_is_written_by_one_run_at_a_time(clinic_folder: ClinicFolder) -> None:
    (clinic_folder.path / "people.csv").write_text(
        HEAD + "a-1,Ada Sample,neck-and-head-start,\n", encoding="utf-8"
    )
    each = clinic_folder.out / "each"
    each.mkdir(parents=True)
    with locked(each / "people", Setting.EACH):
        outcome = clinic_folder.run("batch", "people.csv", "--each", "out/each")
    assert outcome.code == 5
    assert list(each.iterdir()) == []
    assert not (clinic_folder.out / "run.pdf").exists()


# Together or not at all


def run_files(folder: Path) -> RunFiles:
    return RunFiles(folder / "run.pdf", chunked=False, rosters=(1,))


def write_and_place(files: RunFiles, written: tuple[Path, ...]) -> None:
    with run_at_work(files, None, resume=False) as work:
        for path in written:
            work.write(path, b"after")
        work.place(written)


def test_what_was_killed_while_it_was_put_in_place_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = run_files(tmp_path)
    written = (files.target, files.manifest, files.ticket)
    for path in written:
        path.write_bytes(b"before")

    class Killed(BaseException):
        pass

    def killed_after_one(moves: dict[Path, object]) -> None:
        place, move = next(iter(moves.items()))
        put_together({place: move})  # type: ignore[dict-item]
        raise Killed

    monkeypatch.setattr("handouts.print_run.work.put_together", killed_after_one)
    with pytest.raises(Killed):
        write_and_place(files, written)
    assert [path.read_bytes() for path in written] == [b"after", b"before", b"before"]
    monkeypatch.undo()
    with pytest.raises(ContentError), run_at_work(files, None, resume=True):
        raise ContentError.because("the next run fails")
    assert [path.read_bytes() for path in written] == [b"after"] * 3
    assert sorted(tmp_path.iterdir()) == sorted(written)


def test_where_one_file_cannot_be_put_in_its_place_none_is(tmp_path: Path) -> None:
    files = run_files(tmp_path)
    files.target.write_bytes(b"before")
    files.ticket.mkdir()
    with pytest.raises(HandoutsError, match="nothing was changed"):
        write_and_place(files, (files.target, files.ticket))
    assert files.target.read_bytes() == b"before"
    assert sorted(tmp_path.iterdir()) == sorted((files.target, files.ticket))


@pytest.mark.parametrize("planted", ["others may write", "a link"])
def test_work_that_others_may_have_changed_is_not_printed(
    clinic_folder: ClinicFolder, planted: str
) -> None:
    (clinic_folder.path / "people.csv").write_text(
        HEAD + "a-1,Ada Sample,neck-and-head-start,\n", encoding="utf-8"
    )
    parts = clinic_folder.out / "run.pdf.parts"
    clinic_folder.out.mkdir()
    if planted == "a link":
        (clinic_folder.path / "elsewhere").mkdir(0o700)
        parts.symlink_to(clinic_folder.path / "elsewhere")
    else:
        parts.mkdir()
        parts.chmod(0o777)
    outcome = clinic_folder.run("batch", "people.csv", "--resume")
    assert outcome.code == 5
    outcome.the_error("run.pdf.parts is not a folder of yours alone", "delete it")
    assert not (clinic_folder.out / "run.pdf").exists()


def test_files_of_people_are_in_a_folder_that_others_cannot_look_into(
    clinic_folder: ClinicFolder,
) -> None:
    (clinic_folder.path / "people.csv").write_text(
        HEAD + "a-1,Ada Sample,neck-and-head-start,\n", encoding="utf-8"
    )
    assert clinic_folder.run("batch", "people.csv", "--each", "out/each").code == 0
    assert stat.S_IMODE((clinic_folder.out / "each").stat().st_mode) == 0o700
    assert [path.name for path in (clinic_folder.out / "each").iterdir()] == ["a-1.pdf"]


# Killed


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
@pytest.mark.parametrize("command", ["sheet", "kept-sheet", "build", "batch"])
def test_no_process_outlives_a_command_that_is_killed(
    clinic_folder: ClinicFolder,
    command: str,
    how: signal.Signals,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cold"))
    (clinic_folder.path / "many.csv").write_text(MANY, encoding="utf-8")
    (clinic_folder.path / "ada.yaml").write_text(
        "patient: Ada Sample\nprogramme: neck-and-head-start\n", encoding="utf-8"
    )
    sheet = ["sheet", "ada.yaml"]
    arguments = {"build": ["build", "-q"], "batch": ["batch", "many.csv", "-q"]}.get(command, sheet)

    def at_work(process: subprocess.Popen[str]) -> bool:
        return len(session(process.pid)) > 1

    kept = command == "kept-sheet"
    if kept:  # then it begins no process of its own
        assert clinic_folder.run(*sheet, "-o", "first.pdf").code == 0
    with held(clinic_folder.path, *arguments, at="*", until=None if kept else at_work) as process:
        for number in session(process.pid):
            with suppress(OSError):
                assert b"Ada" not in Path(f"/proc/{number}/cmdline").read_bytes()
        process.send_signal(how)
        _, err = process.communicate()
        assert process.returncode == (-how if how is signal.SIGKILL else 128 + how)
        assert "Traceback" not in err
        wait_until_gone(process.pid)
    left = {path.name for path in clinic_folder.out.rglob("*")} - {"run.pdf.parts", ".run.pdf.lock"}
    assert all(
        re.fullmatch(r"(part|alone)-\d+|run-manifest\.(csv|json)|book\.pdf", n) for n in left
    )


def test_a_command_that_is_told_to_end_twice_still_clears_up(clinic_folder: ClinicFolder) -> None:
    (clinic_folder.path / "many.csv").write_text(MANY, encoding="utf-8")
    with held(clinic_folder.path, "batch", "many.csv", "-q", at="book.pdf") as process:
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate()
        assert process.returncode == 143
        assert "--resume" in err
        wait_until_gone(process.pid)
    assert [path.name for path in clinic_folder.out.iterdir()] == ["run.pdf.parts"]


def test_no_crash_writes_a_patients_words_to_a_file(clinic_folder: ClinicFolder) -> None:
    ours, theirs = pty.openpty()
    process = started(clinic_folder.path, *SHEET, "--ask", stdin=theirs)
    os.close(theirs)

    def no_core() -> object:
        limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="ascii")
        return re.search(r"Max core file size +0 ", limits)

    try:
        wait_for(no_core, process)
    finally:
        process.kill()
        process.communicate()
        os.close(ours)
