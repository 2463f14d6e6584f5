"""Layouts of a run: spoilt ones, a clinic's own, and those that are kept."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from pdf_tools import own_style
from run_tools import EXERCISES, LOADED, in_every_script, print_run, sheet

from handouts.load.content import load_content
from handouts.mail_merge import layouts
from handouts.mail_merge.layouts import drop_old_layouts, make_layout
from handouts.mail_merge.rows import RunRow, layout_of, lines_of

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder


pytestmark = pytest.mark.usefixtures("shared_cache")
SPOILING_STYLES = {
    "white on white": (".steps li { color: #fff }", "can't be seen"),
    "under a box": (
        ".how::after { content: ''; position: absolute; inset: 0; background: #ccc }",
        "can't be seen",
    ),
    "clipped": (".teach-back { height: 5mm; overflow: hidden }", ""),
    "too small": (".how-long { font-size: 7pt }", "is set in 7.0 pt"),
    "one over the other": (".purpose { position: relative; top: -13pt }", "printed over"),
    "off the page": (".how-long { position: relative; left: -300mm }", "runs off the page"),
    "not there": (".how-long { display: none }", "missing from the file"),
    "a slot too small": ("[data-slot=record] { font-size: 7pt }", "is set in 7.0 pt"),
    "a slot white on white": ("[data-slot=goal] { color: #fff }", "can't be seen"),
    "a slot not there": ("[data-slot=goal] { display: none }", "missing from the file"),
    "a slot under other words": (
        "[data-slot=goal] { position: relative; left: -25mm }", "printed over",
    ),
    "a slot underlined": ("[data-slot] { text-decoration: underline }", "a line under"),
    "a slot turned": (".patient p { transform: rotate(3deg) }", "a slot is turned"),
    "a slot seen through": (".patient p { opacity: 0.8 }", "seen through as a whole"),
}  # fmt: skip


@pytest.mark.parametrize("trouble", SPOILING_STYLES)
def test_a_layout_that_loses_words_is_refused(clinic_folder: ClinicFolder, trouble: str) -> None:
    css, part = SPOILING_STYLES[trouble]
    own_style(clinic_folder, css)
    row = RunRow("1", sheet(exercises=EXERCISES[:1]))
    lines = lines_of(row)
    assert lines is not None
    layout = make_layout(load_content(clinic_folder.content), layout_of(row, lines), None)
    assert layout.pdf == b""
    assert any(part in str(finding) for finding in layout.report.errors), layout.report


@pytest.mark.parametrize(
    ("slot", "said"),
    [
        ('slot("name", view.patient.words)', 'a slot "name", which is not known; it has no slot'),
        ("view.patient.for_whom.text", 'it has no slot "for-whom"'),
    ],
)
def test_a_clinics_own_template_has_the_slots_that_a_run_fills(
    clinic_folder: ClinicFolder, slot: str, said: str
) -> None:
    own = clinic_folder.path / "templates"
    own.mkdir()
    html = (ROOT / "templates" / "sheet.html").read_text(encoding="utf-8")
    ours = 'slot("for-whom", view.patient.for_whom, view.patient.size_pt)'
    assert html.count(ours) == 1
    (own / "sheet.html").write_text(html.replace(ours, slot), encoding="utf-8")
    row = RunRow("1", sheet(exercises=EXERCISES[:1]))
    loaded = load_content(clinic_folder.content)
    layout = make_layout(loaded, layout_of(row, lines_of(row) or ()), None)
    assert layout.pdf == b""
    (found,) = layout.report.errors
    assert said in str(found)
    assert "for-whom, initials, goal" in found.mend


def test_the_same_rows_give_the_same_bytes_warm_or_cold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = in_every_script()[::6]
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cold"))
    for name in ("cold.pdf", "warm.pdf"):
        print_run(asked, tmp_path / name, loaded=LOADED)
    assert (tmp_path / "cold.pdf").read_bytes() == (tmp_path / "warm.pdf").read_bytes()


def test_a_spoilt_layout_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    asked = [RunRow("1", sheet("Ada Sample", exercises=EXERCISES[:1]))]
    print_run(asked, tmp_path / "before.pdf", loaded=LOADED)
    for path in (tmp_path / "own" / "handouts" / "layouts").iterdir():
        path.write_bytes(path.read_bytes()[:-100])
    print_run(asked, tmp_path / "after.pdf", loaded=LOADED)
    assert (tmp_path / "before.pdf").read_bytes() == (tmp_path / "after.pdf").read_bytes()


def test_old_layouts_make_room_and_those_of_the_run_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = tmp_path / "handouts" / "layouts"
    folder.mkdir(parents=True)
    for number in range(12):
        with (folder / f"old-{number:02}").open("wb") as file:
            file.truncate(25_000_000)
        os.utime(file.name, (1e9 + number, 1e9 + number))
    (folder / ".handouts-of-a-killed-run").touch()
    os.utime(folder / ".handouts-of-a-killed-run", (1e9, 1e9))
    asked = [RunRow("1", sheet("Ada Sample", exercises=EXERCISES[:1]))]
    print_run(asked, tmp_path / "run.pdf", loaded=LOADED)
    kept = sorted(path.name for path in folder.iterdir())
    assert [name for name in kept if "-" in name] == [f"old-{n:02}" for n in range(5, 12)]
    (own,) = (folder / name for name in kept if "-" not in name)
    os.utime(own, (1e9, 1e9))
    before = own.stat()
    monkeypatch.setattr(layouts, "MOST_KEPT_BYTES", 1)
    print_run(asked, tmp_path / "run.pdf", loaded=LOADED)
    assert list(folder.iterdir()) == [own], "what was not used goes, what was used stays"
    assert own.stat().st_ino == before.st_ino, "it was not made anew"
    assert own.stat().st_mtime > before.st_mtime


def test_several_runs_may_make_room_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(layouts, "MOST_KEPT_BYTES", 1000)
    folder = tmp_path / "handouts" / "layouts"
    folder.mkdir(parents=True)
    for number in range(500):
        (folder / f"{number:03}").write_bytes(bytes(100))
        os.utime(folder / f"{number:03}", (1e9 + number, 1e9 + number))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(drop_old_layouts, [2e9] * 4))
    assert sorted(path.name for path in folder.iterdir()) == [f"{n}" for n in range(490, 500)]


def test_a_run_prints_where_no_layout_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    asked = [RunRow("1", sheet("Ada Sample", exercises=EXERCISES[:1]))]
    result = print_run(asked, tmp_path / "run.pdf", loaded=LOADED)
    assert result.sheets == 1
    (finding,) = result.report.warnings
    assert "nothing can be kept for the next command" in str(finding)
    assert "XDG_CACHE_HOME" in finding.mend
