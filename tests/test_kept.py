"""What is kept between commands: believed where it is the user's own, else made anew and told."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import shutil
import stat
from importlib.metadata import distribution, requires
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, ClinicFolder, Outcome, run
from made_once import made_once
from promised import change, set_at
from run_tools import EXERCISES, sheet

from handouts.basics import made_with
from handouts.basics.assets import shipped
from handouts.basics.kept import Cache, key_of
from handouts.compose.compose import compose
from handouts.compose.composed import OWN_SHEET
from handouts.compose.templates import Templates, _fresh_sandbox
from handouts.jobs.record import inputs_key
from handouts.load.content import load_content
from handouts.mail_merge import layouts
from handouts.mail_merge.rows import RunRow, layout_of, lines_of
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SOMEBODY_ELSE = 65534
"""The number of the user "nobody"."""
WARNING = "what is kept between commands is not used, so everything is made anew"
FALSE = "Stretch as far as it hurts"
"""Words that nobody wrote."""


@pytest.fixture
def cache_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    return home


def give_away(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a file to somebody else")
    os.chown(path, SOMEBODY_ELSE, SOMEBODY_ELSE, follow_symlinks=False)


def swap_for_link(path: Path) -> None:
    there = path.with_name(path.name + "-elsewhere")
    path.rename(there)
    path.symlink_to(there)


def link_hard(path: Path) -> None:
    os.link(path, path.parent.parent / "another-name")


FAULTS: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "all may write where the caches lie": ("home", lambda p: p.chmod(0o777), "written by others"),
    "a group may write there": ("home", lambda p: p.chmod(0o770), "written by others"),
    "somebody else's caches": ("home", give_away, "somebody else"),
    "all may write our folder": ("own", lambda p: p.chmod(0o777), "written by others"),
    "our folder is a link": ("own", swap_for_link, "is a link"),
    "somebody else's folder": ("own", give_away, "somebody else"),
    "all may write the drawings": ("folder", lambda p: p.chmod(0o777), "written by others"),
    "a group may write the drawings": ("folder", lambda p: p.chmod(0o770), "written by others"),
    "a link to drawings": ("folder", swap_for_link, "is a link"),
    "somebody else's drawings": ("folder", give_away, "somebody else"),
    "all may write a file": ("file", lambda p: p.chmod(0o666), "written by others"),
    "a file is a link": ("file", swap_for_link, "is a link"),
    "a file has two names": ("file", link_hard, "no plain file"),
    "somebody else's file": ("file", give_away, "somebody else"),
}


KEY = "a" * 64


def place_of(home: Path, what: str) -> Path:
    own = home / "handouts"
    return {"home": home, "own": own, "folder": own / "figures", "file": own / "figures" / KEY}[
        what
    ]


def drawings_at(home: Path) -> list[Path]:
    return sorted((home / "handouts" / "figures").iterdir())


def falsify(home: Path) -> None:
    """Change the words of all drawings as somebody would who knows how they are kept."""
    for path in sorted((home / "handouts" / "figures").iterdir()):
        _, _, data = path.read_bytes().partition(b"\n")
        drawings = json.loads(data)
        for drawing in drawings.values():
            drawing["caption"] = FALSE
        data = json.dumps(drawings).encode()
        path.write_bytes(key_of(path.name, data).encode() + b"\n" + data)


def check(clinic: ClinicFolder) -> Outcome:
    outcome = clinic.run("check", "--quick")
    assert outcome.code == 0, outcome.err
    return outcome


def warnings_of(outcome: Outcome) -> list[str]:
    return [line for line in outcome.err.splitlines() if WARNING in line]


def pages_of(clinic: ClinicFolder) -> str:
    loaded = load_content(clinic.content)
    return compose(loaded, "exercises", loaded.content.clinic.paper).html


@pytest.mark.parametrize("fault", FAULTS)
def test_what_somebody_else_may_have_written_is_not_believed(cache_home: Path, fault: str) -> None:
    cache = Cache("figures", 10**6)
    cache.keep(KEY, b"one")
    assert cache.read(KEY) == b"one"
    what, spoil, why = FAULTS[fault]
    path = place_of(cache_home, what)
    spoil(path)
    before = sorted(path.name for path in cache_home.rglob("*"))
    cache = Cache("figures", 10**6)
    assert cache.read(KEY) is None
    cache.keep(KEY, b"two")
    (finding,) = cache.report.warnings
    assert WARNING in str(finding)
    assert why in finding.why
    assert str(path) in finding.why
    assert "XDG_CACHE_HOME" in finding.mend
    fresh = Cache("figures", 10**6)
    if what == "file":
        assert fresh.read(KEY) == b"two", "it was made anew, in its place"
        assert fresh.report.findings == ()
    else:
        assert fresh.read(KEY) is None
        fresh.drop_old(2e9)
        assert sorted(path.name for path in cache_home.rglob("*")) == before


@pytest.mark.parametrize("fault", ["all may write where the caches lie", "somebody else's file"])
def test_false_words_in_a_kept_drawing_are_not_printed(
    clinic_folder: ClinicFolder, cache_home: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(folder: Path) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        assert warnings_of(check(clinic_folder)) == []

    shutil.copytree(made_once("drawn", draw) / "cache", cache_home)
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))
    falsify(cache_home)
    assert FALSE in pages_of(clinic_folder), "with the user's own rights they pass"
    what, spoil, _ = FAULTS[fault]
    for path in drawings_at(cache_home) if what == "file" else [place_of(cache_home, what)]:
        spoil(path)
    assert warnings_of(check(clinic_folder))
    assert FALSE not in pages_of(clinic_folder)


def test_a_shared_folder_like_tmp_is_fine(cache_home: Path) -> None:
    cache_home.mkdir()
    cache_home.chmod(0o1777)
    cache = Cache("figures", 10**6)
    cache.keep(KEY, b"one")
    assert cache.read(KEY) == b"one"


def test_a_link_to_the_users_own_caches_is_fine(cache_home: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    cache_home.symlink_to(tmp_path / "disk")
    cache = Cache("figures", 10**6)
    cache.keep(KEY, b"one")
    assert cache.read(KEY) == b"one"
    assert list((tmp_path / "disk" / "handouts" / "figures").iterdir())


@pytest.mark.parametrize(
    "command",
    [
        ("build", "exercises", "--paper", "letter", "--paper", "a4"),
        ("sheet", "--for", "Ada Sample", "--exercise", "suboccipital-release"),
        ("batch", "people.csv"),
    ],
)
def test_each_command_tells_once_that_others_write_its_cache(
    clinic_folder: ClinicFolder, cache_home: Path, command: tuple[str, ...]
) -> None:
    cache_home.mkdir()
    cache_home.chmod(0o777)
    change(clinic_folder, set_at("handouts", "exercises", "exercises", to=["suboccipital-release"]))
    (clinic_folder.path / "people.csv").write_text(
        "name,exercises,clinician\nAda Sample,suboccipital-release,natalie\n"
        "Bo Sample,suboccipital-release,natalie\n",
        encoding="utf-8",
    )
    outcome = clinic_folder.run(*command)
    assert outcome.code == 0, outcome.err
    assert len(warnings_of(outcome)) == 1, outcome.err
    assert list(cache_home.iterdir()) == []


def test_nothing_can_be_kept_and_the_sheet_is_made(
    clinic_folder: ClinicFolder, cache_home: Path
) -> None:
    cache_home.write_text("no folder")
    outcome = run(
        "sheet", "--for", "Ada Sample", "--exercise", "suboccipital-release",
        cwd=clinic_folder.path,
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    outcome.the_finding("nothing can be kept for the next command", "XDG_CACHE_HOME")


def test_what_is_kept_is_the_users_alone(cache_home: Path) -> None:
    old = os.umask(0)
    try:
        Cache("figures", 10**6).keep(KEY, b"one")
    finally:
        os.umask(old)
    kept = sorted((cache_home / "handouts").rglob("*"))
    assert kept
    for path in (cache_home, cache_home / "handouts", *kept):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


SPOILT = (
    b"", b"\n", b"x", b"\n{}", bytes(1000), "é".encode(), b"[" * 10_000, b"a" * 64 + b"\n{}",
)  # fmt: skip


def test_a_spoilt_file_is_not_there(cache_home: Path) -> None:
    cache = Cache("figures", 10**6)
    for spoilt in SPOILT:
        cache.keep(KEY, b"one")
        (cache.folder / KEY).write_bytes(spoilt)
        assert cache.read(KEY) is None
    assert cache.report.findings == ()


def test_a_file_under_another_files_name_is_not_believed(cache_home: Path) -> None:
    cache = Cache("figures", 10**6)
    cache.keep("a" * 64, b"one")
    cache.keep("b" * 64, b"two")
    assert (cache.read("a" * 64), cache.read("b" * 64)) == (b"one", b"two")
    (cache.folder / ("a" * 64)).replace(cache.folder / ("b" * 64))
    assert cache.read("b" * 64) is None
    assert cache.report.findings == ()


def test_keys_differ_wherever_their_parts_do() -> None:
    assert len({key_of(*parts) for parts in (("ab",), ("a", "b"), ("", "ab"), ("ab", ""))}) == 4


class Upgraded:
    """A package whose version is another."""

    def __init__(self, name: str) -> None:
        self._name = name

    def read_text(self, file: str) -> str:
        real = distribution(self._name).read_text(file) or ""
        return re.sub("^Version: .*$", "Version: 999", real, count=1, flags=re.MULTILINE)


@pytest.fixture
def upgrade(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Let one package have another version than it has."""

    def upgraded(package: str) -> None:
        made_with._makers.cache_clear()
        monkeypatch.setattr(
            made_with,
            "distribution",
            lambda name: Upgraded(name) if name == package else distribution(name),
        )

    yield upgraded
    made_with._makers.cache_clear()


def test_the_key_knows_every_package_that_the_program_needs() -> None:
    needed = {
        re.split(r"[^\w.-]", line, maxsplit=1)[0]
        for line in requires("handouts") or ()
        if "extra ==" not in line
    }
    known = made_with.package_versions()
    assert needed | {"handouts", "pydyf", "tinycss2", "pyphen", "brotli"} <= known.keys()
    assert not {"pytest", "ruff", "reportlab"} & known.keys(), "these make nothing"
    assert all(made_with._version_of_library(*library) for library in made_with._SHAPERS)


@pytest.mark.parametrize("package", sorted(made_with.package_versions()))
def test_another_version_of_anything_is_another_key(
    package: str, upgrade: Callable[[str], None]
) -> None:
    made_with._makers.cache_clear()
    before = made_with.made_with("a", b"b")
    assert made_with.made_with("a", b"b") == before != made_with.made_with("a", "c")
    upgrade(package)
    installed = bool(made_with.package_versions()[package])
    assert (made_with.made_with("a", b"b") != before) == installed


@pytest.mark.parametrize("package", ["pydyf", "noto-cjk-sans-otc"])
def test_an_upgrade_makes_drawings_layouts_and_pieces_anew(
    package: str,
    clinic_folder: ClinicFolder,
    cache_home: Path,
    upgrade: Callable[[str], None],
) -> None:
    row = RunRow("1", sheet(exercises=EXERCISES[:1]))
    lines = lines_of(row)
    assert lines is not None
    loaded = load_content(clinic_folder.content)
    piece = compose(loaded, "exercises", loaded.content.clinic.paper)

    def keys() -> tuple[str, str]:
        layout = layouts.layout_digest(loaded, layout_of(row, lines), None, OWN_SHEET)
        return layout, inputs_key(piece, None)

    made_with._makers.cache_clear()
    first = keys()
    assert keys() == first
    drawn = len(drawings_at(cache_home))
    upgrade(package)
    assert all(new != old for new, old in zip(keys(), first, strict=True))
    compose(loaded, "exercises", loaded.content.clinic.paper)
    assert len(drawings_at(cache_home)) == 2 * drawn


def test_a_changed_picture_makes_the_layout_anew(
    clinic_folder: ClinicFolder, cache_home: Path
) -> None:
    row = RunRow("1", sheet(exercises=EXERCISES[:1]))
    lines = lines_of(row)
    assert lines is not None
    (clinic_folder.path / "styles" / "clinic.css").write_text(
        ".masthead { background: url(styles/leaf.svg) }", encoding="utf-8"
    )
    leaf = clinic_folder.path / "styles" / "leaf.svg"
    logo = (ROOT / "styles" / "sample-logo.svg").read_bytes()
    leaf.write_bytes(logo)
    loaded = load_content(clinic_folder.content)
    before = layouts.layout_digest(loaded, layout_of(row, lines), None, OWN_SHEET)
    leaf.write_bytes(logo + b"<!-- other -->")
    assert layouts.layout_digest(loaded, layout_of(row, lines), None, OWN_SHEET) != before


@pytest.mark.parametrize("kept", [b"[]", b'{"slots": 1}', b"\xff"])
def test_what_is_the_users_own_and_something_else_is_made_anew(
    kept: bytes, clinic_folder: ClinicFolder, cache_home: Path
) -> None:
    row = RunRow("1", sheet(exercises=EXERCISES[:1]))
    lines = lines_of(row)
    assert lines is not None
    loaded = load_content(clinic_folder.content)
    made = layouts.make_layout(loaded, layout_of(row, lines), None)
    for folder in (cache_home / "handouts").iterdir():
        for path in folder.iterdir():
            path.write_bytes(key_of(path.name, kept).encode() + b"\n" + kept)
    again = layouts.make_layout(loaded, layout_of(row, lines), None)
    assert (again.report, again.pdf) == (made.report, made.pdf)


def test_what_was_found_is_told_again_from_what_is_kept(
    clinic_folder: ClinicFolder, cache_home: Path
) -> None:
    style = clinic_folder.path / "styles" / "clinic.css"
    style.write_text(".masthead { no-such-rule: 1 }", encoding="utf-8")
    row = RunRow("1", sheet(exercises=EXERCISES[:1]))
    lines = lines_of(row)
    assert lines is not None
    loaded = load_content(clinic_folder.content)
    made = layouts.make_layout(loaded, layout_of(row, lines), None)
    assert made.report.warnings
    (path,) = (cache_home / "handouts" / "layouts").iterdir()
    before = path.stat().st_ino
    again = layouts.make_layout(loaded, layout_of(row, lines), None)
    assert path.stat().st_ino == before, "it was not made anew"
    assert (again.report, again.pdf) == (made.report, made.pdf)


def test_no_code_is_ever_kept_or_unpickled(clinic_folder: ClinicFolder, cache_home: Path) -> None:
    """Neither by us nor by Jinja; what processes hand to one another is Python's own matter."""
    for module in sorted((ROOT / "handouts").rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(alias.name for alias in node.names)]
            for name in names:
                last = name.rpartition(".")[2].lower()
                forbidden = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "dbm"}
                assert last not in forbidden, f"{module} imports {name}"
                assert "bytecodecache" not in last
    assert _fresh_sandbox(Templates(shipped()), language("en")).bytecode_cache is None
    check(clinic_folder)
    assert {path.name for path in (cache_home / "handouts").iterdir()} == {"figures"}
    for path in drawings_at(cache_home):
        identity, _, data = path.read_bytes().partition(b"\n")
        assert len(identity) == hashlib.sha256().digest_size * 2
        assert all(
            set(drawing) == {"place", "caption", "alt", "form"}
            for drawing in json.loads(data).values()
        )
