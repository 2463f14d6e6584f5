"""The same content gives the same bytes anywhere, and nothing unchanged is laid out again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from conftest import DATA, ROOT, ClinicFolder, files_below, run
from fontTools.ttLib import TTFont
from made_once import made_once
from pdf_tools import PAPERS, fill_clinic, on_no_day, own_style, own_template, shipped
from promised import change, load, set_at

from handouts.render.fonts import font_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

BOTH_PAPERS = tuple(part for paper in PAPERS for part in ("--paper", paper))
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9">'
    '<circle r="{}"/></svg>'
)


def pdfs(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.pdf"))}


def differing(out: Path, other: Path) -> list[str]:
    """Name the PDFs of a folder that are not in the other, byte for byte."""
    theirs = pdfs(other)
    return [name for name, data in pdfs(out).items() if theirs.get(name) != data]


def build_elsewhere(
    clinic: ClinicFolder, cwd: Path, env: Mapping[str, str], *args: str, umask: int = 0o022
) -> None:
    """Build a clinic's folder from another one, in a process of its own."""
    cwd.mkdir(parents=True, exist_ok=True)
    content = os.path.relpath(clinic.content, cwd)
    out = os.path.relpath(clinic.out, cwd)
    with on_no_day():
        surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    result = subprocess.run(
        [sys.executable, "-m", "handouts", "build", "--content", content, "--out", out, *args],
        cwd=cwd,
        env=surroundings,
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr


# The same bytes


def test_another_machine_gives_the_same_bytes(tmp_path: Path) -> None:
    clinic = fill_clinic(tmp_path / "somewhere else" / "ünïcode & more")
    elsewhere = {
        "TZ": "Pacific/Kiritimati",
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4711",
        "HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    build_elsewhere(clinic, tmp_path / "cwd", elsewhere, *BOTH_PAPERS, umask=0o077)
    assert len(pdfs(clinic.out)) == 8
    assert differing(clinic.out, shipped().folder / "out") == []


def test_a_piece_built_alone_is_the_same_as_in_a_row(tmp_path: Path) -> None:
    clinic = fill_clinic(tmp_path / "clinic")
    build_elsewhere(clinic, clinic.path, {}, "testimonials", "--paper", "a4")
    assert len(pdfs(clinic.out)) == 1
    assert differing(clinic.out, shipped().folder / "out") == []


def test_the_same_content_gives_the_same_bytes_tomorrow(tmp_path: Path) -> None:
    clinic = fill_clinic(tmp_path / "clinic")
    script = (
        "import runpy, sys, time; now = time.time; time.time = lambda: now() + 86400;"
        "sys.argv = ['handouts', 'build', 'testimonials'];"
        "runpy.run_module('handouts', run_name='__main__')"
    )
    with on_no_day():
        outcome = run(cwd=clinic.path, command=("-c", script))
    assert outcome.code == 0, outcome.err
    assert differing(clinic.out, shipped().folder / "out") == []


def test_an_empty_source_date_is_none(tmp_path: Path) -> None:
    clinic = fill_clinic(tmp_path / "clinic")
    outcome = run("build", "testimonials", cwd=clinic.path, env={"SOURCE_DATE_EPOCH": ""})
    assert outcome.code == 0, outcome.err
    assert "layout engine" not in outcome.err
    assert differing(clinic.out, shipped().folder / "out") == []


def test_another_content_would_give_other_bytes(tmp_path: Path) -> None:
    clinic = fill_clinic(tmp_path / "clinic")
    change(clinic, set_at("handouts", "testimonials", "subtitle", to="Other words"))
    build_elsewhere(clinic, clinic.path, {}, "testimonials")
    assert differing(clinic.out, shipped().folder / "out") == ["testimonials.pdf"]


def wrong_font(folder: Path) -> None:
    """Put a font into a folder that says it is ours and has other shapes."""
    folder.mkdir(parents=True)
    ours = next(iter(sorted(font_folder("Noto Sans").glob("*.ttf"))))
    with TTFont(ours) as font:
        for record in font["name"].names:
            if record.nameID in {1, 16}:
                record.string = "Atkinson Hyperlegible"
        font.save(folder / "AtkinsonHyperlegible-Regular.ttf")


FONT_SETTINGS: dict[str, Callable[[Path], dict[str, str]]] = {
    "no fonts at all": lambda tmp: {
        "FONTCONFIG_FILE": "/dev/null",
        "FONTCONFIG_PATH": str(tmp / "nowhere"),
    },
    "a font of ours that is another": lambda tmp: {
        "FONTCONFIG_FILE": str(tmp / "fonts.conf"),
        "HOME": str(tmp / "home"),
        "XDG_DATA_HOME": str(tmp / "home" / ".local" / "share"),
        "XDG_CACHE_HOME": str(tmp / "cache"),
    },
    "another root for fonts": lambda tmp: {"FONTCONFIG_SYSROOT": str(tmp / "root")},
}


@pytest.mark.parametrize("setting", FONT_SETTINGS)
def test_the_systems_fonts_do_not_matter(tmp_path: Path, setting: str) -> None:
    clinic = fill_clinic(tmp_path / "clinic")
    for folder in ("home/.fonts", "home/.local/share/fonts", "listed"):
        wrong_font(tmp_path / folder)
    (tmp_path / "root").mkdir()
    (tmp_path / "fonts.conf").write_text(
        f"<fontconfig><dir>{tmp_path / 'listed'}</dir></fontconfig>"
    )
    moment = {"SOURCE_DATE_EPOCH": "1800000000"}

    def usual(folder: Path) -> None:
        made = fill_clinic(folder / "clinic")
        build_elsewhere(made, made.path, moment, "testimonials")

    env = {**moment, **FONT_SETTINGS[setting](tmp_path)}
    build_elsewhere(clinic, clinic.path, env, "testimonials")
    assert pdfs(clinic.out) == pdfs(made_once("usual-fonts", usual) / "clinic" / "out")


# Nothing unchanged is laid out again


NAMES = ("exercises", "testimonials")


@pytest.fixture(scope="module")
def two_pieces_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds a clinic's folder with two built pieces, and a copy of it.

    What was built is told apart by where it lies, too; so each test gets the one in its place.
    """
    folder = tmp_path_factory.mktemp("two-pieces")
    made = fill_clinic(folder / "clinic", DATA / "clinic.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(
            "SOURCE_DATE_EPOCH", str(int(datetime(2026, 12, 1, 12, tzinfo=UTC).timestamp()))
        )
        assert written(made) == set(NAMES)
    shutil.copytree(made.path, folder / "as-built")
    return folder


@pytest.fixture
def clinic(two_pieces_built: Path, on_day: Callable[[str], None]) -> ClinicFolder:
    """A clinic's folder in which two pieces are built."""
    on_day("2026-12-01")
    shutil.rmtree(two_pieces_built / "clinic")
    shutil.copytree(two_pieces_built / "as-built", two_pieces_built / "clinic")
    return ClinicFolder(two_pieces_built / "clinic")


def written(clinic: ClinicFolder, *names: str) -> set[str]:
    """Build, and name the pieces that were written anew; the others are not touched."""
    before = files_below(clinic.out) if clinic.out.exists() else {}
    outcome = clinic.run("build", *(names or NAMES))
    assert outcome.code == 0, outcome.err
    anew: set[str] = set()
    for line in outcome.out.splitlines():
        match = re.fullmatch(r"(out/(\S+)\.pdf) +\d+ pages?, .*?( +\(unchanged\))?", line)
        assert match, line
        name, unchanged = f"{match[2]}.pdf", bool(match[3])
        after = files_below(clinic.out)
        assert (before.get(name) == after[name]) == unchanged, line
        if not unchanged:
            anew.add(match[2])
    assert len(outcome.out.splitlines()) == len(names or NAMES)
    return anew


def test_a_second_build_writes_nothing(clinic: ClinicFolder) -> None:
    before = files_below(clinic.path)
    assert written(clinic) == set()
    assert files_below(clinic.path) == before


@pytest.fixture
def no_engine(tmp_path: Path) -> Path:
    """A folder that holds a layout engine which can't be imported."""
    package = tmp_path / "stub" / "weasyprint"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise OSError('no layout today')\n")
    return package.parent


def test_a_second_build_does_not_even_load_the_engine(
    clinic: ClinicFolder, no_engine: Path
) -> None:
    before = files_below(clinic.path)
    outcome = run("build", *NAMES, cwd=clinic.path, first_on_path=no_engine)
    assert outcome.code == 0, outcome.err
    assert [line.endswith("(unchanged)") for line in outcome.out.splitlines()] == [True, True]
    assert files_below(clinic.path) == before
    change(clinic, set_at("handouts", "testimonials", "title", to="Another title"))
    outcome = run("build", *NAMES, cwd=clinic.path, first_on_path=no_engine)
    assert outcome.code == 5, "the stub would have been noticed"


def test_a_changed_word_writes_its_piece_alone(clinic: ClinicFolder) -> None:
    change(clinic, set_at("handouts", "testimonials", "title", to="What people say"))
    assert written(clinic) == {"testimonials"}
    assert written(clinic) == set()


def test_a_changed_word_on_both_pieces_writes_both(clinic: ClinicFolder) -> None:
    change(clinic, set_at("clinic", "feedback", to="Tell us."))
    assert written(clinic) == set(NAMES)


def test_a_note_that_is_not_printed_writes_nothing(clinic: ClinicFolder) -> None:
    clinic.text = "# A note to ourselves.\n" + clinic.text
    assert written(clinic) == set()


def test_a_new_colour_writes_both(clinic: ClinicFolder) -> None:
    change(clinic, set_at("clinic", "brand", "primary", to="#0f3d63"))
    assert written(clinic) == set(NAMES)


def test_a_new_date_writes_both(clinic: ClinicFolder, on_day: Callable[[str], None]) -> None:
    on_day("2026-12-02")
    assert written(clinic) == set(NAMES)


def test_a_deleted_file_is_written_again(clinic: ClinicFolder) -> None:
    before = pdfs(clinic.out)
    (clinic.out / "exercises.pdf").unlink()
    assert written(clinic) == {"exercises"}
    assert pdfs(clinic.out) == before


@pytest.mark.parametrize("where", [0, 1000, -1])
def test_a_file_with_one_other_byte_is_written_again(clinic: ClinicFolder, where: int) -> None:
    before = pdfs(clinic.out)
    data = bytearray(before["exercises.pdf"])
    data[where] ^= 1
    (clinic.out / "exercises.pdf").write_bytes(data)
    assert written(clinic) == {"exercises"}
    assert pdfs(clinic.out) == before


def test_an_empty_or_swapped_file_is_written_again(clinic: ClinicFolder) -> None:
    before = pdfs(clinic.out)
    (clinic.out / "exercises.pdf").write_bytes(before["testimonials.pdf"])
    (clinic.out / "testimonials.pdf").write_bytes(b"")
    assert written(clinic) == set(NAMES)
    assert pdfs(clinic.out) == before


@pytest.mark.parametrize(
    "record",
    ["", "{}", "[]", "null", "not json", '{"exercises.pdf": 3}', '{"exercises.pdf": {}}', "\xff"],
)
def test_a_damaged_record_is_no_trouble(clinic: ClinicFolder, record: str) -> None:
    before = pdfs(clinic.out)
    (clinic.out / ".handouts.json").write_bytes(record.encode("latin-1"))
    outcome = clinic.run("build", *NAMES)
    assert outcome.code == 0, outcome.err
    assert "(unchanged)" not in outcome.out
    assert pdfs(clinic.out) == before
    assert written(clinic) == set()


def test_the_record_keeps_what_was_built_before(clinic: ClinicFolder) -> None:
    assert written(clinic, "explainer") == {"explainer"}
    assert written(clinic, *NAMES, "explainer") == set()


def test_a_failed_build_leaves_the_record_true(clinic: ClinicFolder) -> None:
    good = clinic.text
    change(clinic, set_at("handouts", "testimonials", "note", to="Too long. " * 500))
    assert clinic.run("build", *NAMES).code == 4
    clinic.text = good
    assert written(clinic) == set()


@pytest.mark.parametrize("name", ["our logo.svg", "R&D's logo.svg", "50% off.svg", "logo+ü.svg"])
def test_a_changed_logo_is_seen(clinic: ClinicFolder, name: str) -> None:
    logo = clinic.path / "styles" / name
    logo.write_text(SVG.format(3), encoding="utf-8")
    change(clinic, set_at("clinic", "logo", to=f"styles/{name}"))
    assert written(clinic, "testimonials") == {"testimonials"}
    before = pdfs(clinic.out)
    assert written(clinic, "testimonials") == set()
    logo.write_text(SVG.format(4), encoding="utf-8")
    assert written(clinic) == set(NAMES)
    assert all(before[file] != data for file, data in pdfs(clinic.out).items())


IN_STYLES = {
    "plain": "url(styles/mark-1.svg)",
    "quoted": 'url("styles/mark-2.svg")',
    "in capitals": "URL(styles/mark-3.svg)",
    "escaped": r"url(styles/m\61rk-4.svg)",
    "by its number": "url(styles/m%61rk-5.svg)",
}


def drawn_marks(clinic: ClinicFolder, ways: Mapping[str, str]) -> list[Path]:
    """Draw the pictures that the ways name, each its own."""
    marks = [clinic.path / "styles" / f"mark-{number}.svg" for number, _ in enumerate(ways, 1)]
    for mark in marks:
        mark.write_text(SVG.format(3))
    return marks


def test_a_changed_picture_of_a_style_is_seen(clinic: ClinicFolder) -> None:
    marks = drawn_marks(clinic, IN_STYLES)
    own_style(clinic, f"h1::before {{ content: {' '.join(IN_STYLES.values())} }}")
    assert written(clinic) == set(NAMES)
    assert written(clinic) == set()
    for way, mark in zip(IN_STYLES, marks, strict=True):
        mark.write_text(SVG.format(4))
        assert written(clinic, "testimonials") == {"testimonials"}, way
    assert written(clinic) == {"exercises"}


IN_TEMPLATES = {
    "img": '<img src="styles/mark-1.svg" alt="">',
    "single quotes": "<img src='styles/mark-2.svg' alt=''>",
    "no quotes": "<img alt='' src=styles/mark-3.svg>",
    "spaces": '<img src = "styles/mark-4.svg" alt="">',
    "object": '<object data="styles/mark-5.svg"></object>',
    "embed": '<embed src="styles/mark-6.svg">',
}


def test_a_changed_picture_of_a_template_is_seen(clinic: ClinicFolder) -> None:
    marks = drawn_marks(clinic, IN_TEMPLATES)
    own_template(clinic, "testimonials", (r"(?=<h1>)", "".join(IN_TEMPLATES.values())))
    assert written(clinic) == {"testimonials"}
    assert written(clinic) == set()
    for way, mark in zip(IN_TEMPLATES, marks, strict=True):
        mark.write_text(SVG.format(4))
        assert written(clinic) == {"testimonials"}, way


def test_a_changed_style_is_seen(clinic: ClinicFolder) -> None:
    own_style(clinic, "body { color: #111 }")
    assert written(clinic) == set(NAMES)
    assert written(clinic) == set()
    own_style(clinic, "body { color: #222 }")
    assert written(clinic) == set(NAMES)
    (clinic.path / "styles" / "clinic.css").unlink()
    assert written(clinic) == set(NAMES)


def test_a_changed_template_is_seen(clinic: ClinicFolder) -> None:
    own_template(
        clinic, "exercise_parts", (r"words.page.mistakes_label", "words.page.stop_if_label")
    )
    assert written(clinic) == {"exercises"}
    own_template(
        clinic, "parts", (r'<footer class="provenance"', '<footer class="provenance other"')
    )
    assert written(clinic) == set(NAMES)


def kept_in(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("figures/*") if path.is_file()]


def test_a_kept_drawing_that_is_damaged_is_drawn_anew(
    clinic_folder: ClinicFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercises = load(clinic_folder.content)["exercises"]
    name = next(name for name, part in exercises.items() if "drawings" in part)
    change(clinic_folder, set_at("handouts", "exercises", "exercises", to=[name]))
    cache = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    wanted: dict[str, bytes] = {}
    for out, damage in enumerate((None, "[]", "{}", '{"hold": {"svg": 3}}')):
        for path in kept_in(cache):
            path.write_text(str(damage))
        outcome = clinic_folder.run("build", "exercises", "--out", f"out-{out}")
        assert outcome.code == 0, outcome.err
        assert kept_in(cache)
        found = pdfs(clinic_folder.path / f"out-{out}")
        wanted = wanted or found
        assert found == wanted, damage


# What the engine said is not forgotten


def test_a_warning_of_the_engine_is_told_again(clinic: ClinicFolder) -> None:
    own_style(clinic, "h1 { no-such-rule: 3 }")
    assert clinic.run("build", *NAMES).finding_with("warning", "no-such-rule")
    again = clinic.run("build", *NAMES)
    assert again.code == 0
    assert again.finding_with("warning", "no-such-rule"), again.err


def test_strict_refuses_an_unchanged_piece_with_a_warning_too(plain_clinic: ClinicFolder) -> None:
    change(plain_clinic, lambda data: data["clinic"].pop("sample"))
    change(plain_clinic, set_at("handouts", "brochure", "exercises", to=[]))
    change(plain_clinic, lambda data: data["handouts"].pop("testimonials"))
    assert plain_clinic.run("build", "exercises", "--strict").code == 0
    own_style(plain_clinic, "h1 { no-such-rule: 3 }")
    assert plain_clinic.run("build", "exercises").code == 0
    outcome = plain_clinic.run("build", "exercises", "--strict")
    assert outcome.code == 4, outcome
    assert outcome.finding_with("no-such-rule")
