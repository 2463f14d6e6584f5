"""Runs of many sheets: each is the sheet that its person would get alone, and none is lost."""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from conftest import ROOT
from pdf_tools import own_style
from processes import held, started, wait_for
from test_scripts import NAMES

from handouts.basics.choices import Edition, Layout
from handouts.basics.errors import ContentError
from handouts.basics.papers import Paper
from handouts.basics.workers import Workers, cores
from handouts.compose.composed import SheetUse
from handouts.load.content import load_content
from handouts.mail_merge import layouts, merge
from handouts.mail_merge.layouts import drop_old_layouts, make_layout
from handouts.mail_merge.parts_at_work import ROWS_A_PART
from handouts.mail_merge.rows import RunRow, layout_of, lines_of
from handouts.models.prescription import PatientSheet, Prescribed
from handouts.pipeline.on_all_cores import get_ready
from handouts.pipeline.sheet import lay_out_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conftest import ClinicFolder

    from handouts.mail_merge.results import RunResult
    from handouts.mail_merge.rows import RunItem

LOADED = load_content(ROOT / "content.yaml")
TITLE = LOADED.content.sheet.title
EXERCISES = tuple(
    Prescribed(name, exercise.dose.model_copy(update={"side": exercise.sides and "each"}), None)
    for name, exercise in LOADED.content.exercises.items()
)
WORDS = tuple(NAMES.values())
DPI = 150
MOST_DIFFERENT = 0.001
"""Of a page's pixels; where a place is written with fewer digits, an edge is greyer or lighter."""
MANY = 2 * ROWS_A_PART + 50


def print_run(
    asked: Iterable[RunItem], target: Path, *, resume: bool = False, **options: Any
) -> RunResult:
    """Print a run with its work beside it, as it is kept for ``--resume``."""
    work = target.with_name(target.name + ".parts")
    if not resume:
        shutil.rmtree(work, ignore_errors=True)
    with Workers(cores(), get_ready) as pool:
        result = merge.print_run(asked, target, work, pool=pool, **options)
    shutil.rmtree(work)
    return result


pytestmark = pytest.mark.usefixtures("shared_cache")


def sheet(patient: str = "Ada Sample", **changes: Any) -> PatientSheet:
    plain = PatientSheet(
        patient=patient,
        given_on=date(2026, 11, 23),
        clinician="natalie",
        exercises=EXERCISES,
        goal="Sleep through the night.",
        notes="Start gently.",
        next_visit="Tuesday, December 1, 10:30 am",
        edition=Edition.STANDARD,
        paper=Paper.LETTER,
        layout=Layout.AUTO,
        log_weeks=2,
        beyond_limits=(),
    )
    return replace(plain, **changes)


def rows(count: int) -> Iterator[RunRow]:
    for number in range(count):
        name = f"{WORDS[number % 7]} {number}"
        yield RunRow(f"{number:06}", sheet(name, exercises=EXERCISES[:1]))


def alone(row: RunRow) -> bytes:
    piece = lay_out_sheet(LOADED, row.sheet, None, SheetUse(row.record)).piece
    assert not piece.report.errors
    return piece.pdf


def page_texts(pdf: Path) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True
    )
    assert done.stderr == ""
    return done.stdout.split("\f")[:-1]


def different(ours: pypdfium2.PdfPage, theirs: pypdfium2.PdfPage) -> float:
    one, other = (page.render(scale=DPI / 72).to_numpy() for page in (ours, theirs))
    assert one.shape == other.shape
    if np.array_equal(one, other):
        return 0.0
    apart = np.maximum(one, other) - np.minimum(one, other)
    return float((apart > 24).any(axis=2).mean())


KINDS: tuple[dict[str, Any], ...] = (
    {},
    {"edition": Edition.LARGE_PRINT, "exercises": EXERCISES[:1], "next_visit": None},
    {"edition": Edition.INK_SAVER, "paper": Paper.A4, "notes": None},
    {"paper": Paper.A4, "exercises": EXERCISES[:2], "log_weeks": 3},
    {"edition": Edition.LARGE_PRINT, "paper": Paper.A4, "exercises": EXERCISES[:1], "goal": None},
)


def in_every_script() -> list[RunRow]:
    """Each script as a name, as a goal and as a note, over the editions and papers.

    All exercises, of which words know nothing, are on the first sheet of a kind alone.
    """
    made = []
    for index, name in enumerate(WORDS):
        kind = KINDS[index % len(KINDS)]
        one = {} if index < len(KINDS) else {"exercises": EXERCISES[:1]}
        own = {"goal": f"{WORDS[index - 7]} 2!", "notes": WORDS[index - 13]} | kind | one
        made.append(RunRow(f"{index:04}", sheet(name, **own)))
    made.append(RunRow("", sheet("Maximiliana-Theodora von Hohenlohe-Langenburg")))
    made.append(RunRow("A-7/b", sheet("Maximilian Theodor Hohenlohe Sample")))
    return made


NOTE = "Take it slowly in the first week, and stop where it hurts or where your hand goes numb. "
GOAL = "I want to look over both shoulders when I drive to work, and to sleep through the night."
LONG_WORDS: tuple[dict[str, Any], ...] = (
    {"patient": "Maximiliana-Theodora von Hohenlohe-Langenburg zu Schwarzenberg"},
    {"patient": "Πηνελόπη-Αικατερίνη Παπαδιαμαντοπούλου-Οικονόμου του Αλεξάνδρου"},
    {"patient": "Adébáyọ̀ Ọlọ́run " * 4},
    {"patient": "佐藤　さくら"},
    {"patient": "Eve  Maria\u00a0Sample", "goal": f"  {GOAL}  {GOAL}"},
    {"goal": GOAL},
    {"goal": GOAL, "notes": NOTE * 2},
    {"goal": GOAL, "notes": NOTE * 2, "edition": Edition.INK_SAVER, "paper": Paper.A4},
    {"notes": "Breathe.\n" + NOTE + "\n\nRest, and drink water."},
    {"notes": NOTE + "\n" + GOAL, "edition": Edition.LARGE_PRINT, "exercises": EXERCISES[:1]},
    {
        "notes": "开始时请慢慢来，如果感到疼痛或手麻，请立即停止并给我们打电话。" * 3,
        "paper": Paper.A4,
    },
    {"goal": "Хочу спокойно спать всю ночь и легко поворачивать голову, когда веду машину."},
    {"next_visit": "Tuesday, December 1, at half past ten in the morning, in the other building"},
    {"goal": "https://www.example.com/" + "a" * 90},
    {"goal": "أريد أن أنام طوال الليل وأن أنظر فوق كتفي عندما أقود السيارة إلى العمل " * 2},
    {
        "notes": 'Call (555) 555-0142 - before 5:30 - if it\'s worse; "worse" means: more/longer. '
        * 2
    },
)


def with_long_words() -> list[RunRow]:
    """Names that shrink, and names, goals and notes of several lines."""
    return [
        RunRow(f"L-{index}", sheet(**{"exercises": EXERCISES[:2]} | own))
        for index, own in enumerate(LONG_WORDS)
    ]


@pytest.mark.parametrize(("asked", "most_alone"), [(in_every_script(), 1), (with_long_words(), 3)])
def test_each_sheet_is_the_one_its_person_gets_alone(
    tmp_path: Path, asked: list[RunRow], most_alone: int
) -> None:
    run, single = tmp_path / "run.pdf", tmp_path / "single.pdf"
    result = print_run(asked, run, loaded=LOADED)
    assert (result.sheets, result.failed) == (len(asked), ())
    assert result.alone <= most_alone, "nearly all fit their slots"
    with ProcessPoolExecutor(2) as pool:
        sheets = list(pool.map(alone, asked))
    book, texts = pypdfium2.PdfDocument(run), page_texts(run)
    first, seen = 0, []
    for row, pdf in zip(asked, sheets, strict=True):
        single.write_bytes(pdf)
        document = pypdfium2.PdfDocument(pdf)
        for side, (page, text) in enumerate(zip(document, page_texts(single), strict=True)):
            share = different(book[first + side], page)
            same = texts[first + side] == text
            if share > MOST_DIFFERENT or not same:
                seen.append((row.record, side, share, same))
        first += len(document) + len(document) % 2
        document.close()
    assert seen == []
    assert first == len(book) == result.sides
    book.close()


def test_a_change_of_one_word_is_seen_by_that_comparison(tmp_path: Path) -> None:
    row = RunRow("1", sheet("Ada Sample"))
    print_run([row], tmp_path / "run.pdf", loaded=LOADED)
    other = RunRow("1", sheet("Ida Sample"))
    (tmp_path / "other.pdf").write_bytes(alone(other))
    files = tmp_path / "run.pdf", tmp_path / "other.pdf"
    assert different(*(pypdfium2.PdfDocument(path)[0] for path in files)) > 0
    one, two = (page_texts(path)[0] for path in files)
    assert one != two


def test_each_person_has_a_fresh_front_and_none_is_lost(tmp_path: Path) -> None:
    even = {"exercises": EXERCISES[:1]}
    odd = {**even, "edition": Edition.LARGE_PRINT, "notes": None}
    asked = [
        RunRow(f"{index:03}", sheet(name, **(odd if index % 2 else even)))
        for index, name in enumerate(("Ada One", "Ben Two", "Cleo Three", "Dan Four", "Eve Five"))
    ]
    result = print_run(asked, tmp_path / "run.pdf", loaded=LOADED)
    document = pypdfium2.PdfDocument(tmp_path / "run.pdf")
    texts = [page.get_textpage().get_text_range() for page in document]
    fronts = [number for number, text in enumerate(texts) if TITLE in text]
    assert all(front % 2 == 0 for front in fronts)
    for front, row in zip(fronts, asked, strict=True):
        assert row.sheet.patient in texts[front]
        assert row.record in texts[front]
    blank = [number for number, text in enumerate(texts) if not text.strip()]
    assert len(blank) == sum(len(pypdfium2.PdfDocument(alone(row))) % 2 for row in asked)
    assert result.sides == len(texts)


def test_all_stand_in_their_order_over_parts(tmp_path: Path) -> None:
    count = ROWS_A_PART + 50
    result = print_run(rows(count), tmp_path / "run.pdf", loaded=LOADED)
    assert (result.sheets, result.sides, result.layouts) == (count, 2 * count, 1)
    assert (tmp_path / "run.pdf").stat().st_size < 1024 * count
    document = pypdfium2.PdfDocument(tmp_path / "run.pdf")
    sample = random.Random(7).sample(range(count), 60)  # noqa: S311
    for index in [0, ROWS_A_PART - 1, ROWS_A_PART, count - 1, *sample]:
        front = document[2 * index].get_textpage().get_text_range()
        assert f"{index:06}" in front
        assert re.search(rf"(?<!\d){index}(?!\d)", front), "the name's own number"
        assert document[2 * index + 1].get_textpage().count_chars() > 100
    each_stream_once(tmp_path / "run.pdf", tmp_path / "once.pdf")
    for command in (
        ("qpdf", "--stream-data=uncompress", tmp_path / "run.pdf", tmp_path / "read.pdf"),
        ("qpdf", "--check", tmp_path / "once.pdf"),
    ):
        checked = subprocess.run(command, check=True, capture_output=True, text=True)
        assert checked.stderr == ""
    assert "No syntax or stream encoding errors" in checked.stdout


def each_stream_once(path: Path, target: Path) -> None:
    """Take what pages share off all but the first of them: qpdf reads it again for each page."""
    seen = set()
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            own = [part for part in page.obj.Contents if part.objgen not in seen]
            seen.update(part.objgen for part in own)
            page.obj.Contents = pikepdf.Array(own)
        pdf.save(target)


def test_what_does_not_fit_is_laid_out_alone(tmp_path: Path) -> None:
    one = EXERCISES[:1]
    noted = tuple(replace(item, note="Only to the left.") for item in one)
    own: tuple[dict[str, Any], ...] = (
        {"patient": "Ada Sample"},
        {"patient": "Ben Sample", "goal": "I want to sleep through the night. " * 5},
        {"patient": "Cleo Sample", "notes": "Breathe.\nRest."},
        {"patient": "Dan Sample", "exercises": noted},
        {"patient": "Eve  Sample"},
        {"patient": "Fay Sample", "notes": "Rest. " * 60},
        {"patient": "Gus Sample", "goal": "I want to sleep all night. " * 5},
        {"patient": "Hal Sample", "goal": "Call (555) 555-0142 when it hurts. " * 4},
    )
    asked = [
        RunRow(str(index), sheet(**{"exercises": one} | words))
        for index, words in enumerate(own, 1)
    ]
    result = print_run(asked, tmp_path / "run.pdf", loaded=LOADED)
    assert (result.sheets, result.alone, result.layouts) == (8, 3, 4)
    document = pypdfium2.PdfDocument(tmp_path / "run.pdf")
    texts = [page.get_textpage().get_text_range() for page in document]
    fronts = [text for text in texts if TITLE in text]
    for front, row in zip(fronts, asked, strict=True):
        assert " ".join(row.sheet.patient.split()) in front


def test_a_bad_row_is_told_and_the_others_print(tmp_path: Path) -> None:
    asked = [
        RunRow("1", sheet("Ada Sample", exercises=EXERCISES[:1])),
        RunRow("2", sheet("Ben \U00013000")),
        RunRow("3", sheet("Cleo Sample", exercises=EXERCISES[:1])),
    ]
    result = print_run(asked, tmp_path / "run.pdf", loaded=LOADED)
    assert result.sheets == 2
    (failed,) = result.failed
    assert (failed.index, failed.record) == (1, "2")
    assert "no font has a glyph" in str(failed.report.findings[0])
    assert "Ben" not in str(failed.report)
    assert len(pypdfium2.PdfDocument(tmp_path / "run.pdf")) == 4


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


def test_no_words_of_a_person_pass_for_the_end_of_a_line(tmp_path: Path) -> None:
    asked = [RunRow("1", sheet("Ada <br>Sample", exercises=EXERCISES[:1], goal="Rest.<br>Sleep."))]
    print_run(asked, tmp_path / "run.pdf", loaded=LOADED)
    front, _ = page_texts(tmp_path / "run.pdf")
    assert "Rest.<br>Sleep." in front
    assert "Ada <br>Sample" in front


def test_a_run_without_any_sheet_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no sheet could be printed"):
        print_run([RunRow("2", sheet("\U00013000"))], tmp_path / "run.pdf", loaded=LOADED)
    assert not (tmp_path / "run.pdf").exists()


def test_the_file_is_its_owners_and_tells_of_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_cache, target = tmp_path / "own", tmp_path / "run.pdf"
    monkeypatch.setenv("XDG_CACHE_HOME", str(own_cache))
    own = {"exercises": EXERCISES[:1], "goal": "Walk to Xanadu."}
    print_run([RunRow("R-4711", sheet("Zacharias Privatus", **own))], target, loaded=LOADED)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert set(tmp_path.iterdir()) == {own_cache, target}, "nothing is left beside it"
    with pikepdf.Pdf.open(target) as pdf:
        assert "/Metadata" not in pdf.Root
        assert not any("Privat" in str(value) for value in pdf.docinfo.values())
    kept = list((own_cache / "handouts" / "layouts").iterdir())
    assert kept
    for path in kept:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        data = path.read_bytes()
        text = "".join(
            page.get_textpage().get_text_range()
            for page in pypdfium2.PdfDocument(BytesIO(data[data.index(b"%PDF") :]))
        )
        assert TITLE in text
        for word in ("Zacharias", "Privatus", "Xanadu", "4711"):
            assert word not in text
            assert word.encode() not in data


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


def command(target: Path, count: int, *, resume: bool = False, limit: int = 0) -> tuple[str, ...]:
    return sys.executable, __file__, str(target), str(count), str(int(resume)), str(limit)


def finished(target: Path, *args: Any, **options: Any) -> list[str]:
    process = started(target.parent, command=command(target, *args, **options), stderr=None)
    out, _ = process.communicate()
    return out.split()


def test_a_run_killed_at_work_is_taken_up_again(tmp_path: Path) -> None:
    whole, target = tmp_path / "whole.pdf", tmp_path / "run.pdf"
    print_run(rows(MANY), whole, loaded=LOADED)
    target.write_bytes(b"what was there before")

    second = f"part-{ROWS_A_PART:09}"
    parts = tmp_path / "run.pdf.parts"
    for at, aside in ((f"{second}.*", parts / f"part-{0:09}"), ("book.pdf", parts / second)):
        with held(tmp_path, at=at, command=command(target, MANY, resume=True)) as run:
            wait_for(aside.exists, run)
        assert run.returncode == -signal.SIGKILL
        assert target.read_bytes() == b"what was there before"
    for path in (tmp_path / "run.pdf.parts").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    print_run(rows(MANY), target, loaded=LOADED, resume=True)
    assert target.read_bytes() == whole.read_bytes()
    assert not (tmp_path / "run.pdf.parts").exists()


def test_parts_of_other_rows_are_not_taken_up(tmp_path: Path) -> None:
    target, parts = tmp_path / "run.pdf", tmp_path / "run.pdf.parts"
    asked = [RunRow("1", sheet("Ada Sample", exercises=EXERCISES[:1]))]
    print_run(asked, tmp_path / "whole.pdf", loaded=LOADED)
    parts.mkdir()
    (parts / "part-000000000").write_bytes(b'{"digest": "of others"}\n')
    print_run(asked, target, loaded=LOADED, resume=True)
    assert target.read_bytes() == (tmp_path / "whole.pdf").read_bytes()


def test_a_full_disk_leaves_the_target_alone(tmp_path: Path) -> None:
    target = tmp_path / "run.pdf"
    target.write_bytes(b"what was there before")
    assert finished(target, 2000, limit=400_000)[0] == "OSError"
    assert target.read_bytes() == b"what was there before"


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    few, many = (
        float(finished(tmp_path / f"{count}.pdf", count)[1])
        for count in (ROWS_A_PART, 8 * ROWS_A_PART)
    )
    assert many <= 1.2 * few


def main() -> None:
    """Print a run in this process, and say how it went and how much memory it took."""
    target, count, resume, limit = Path(sys.argv[1]), *map(int, sys.argv[2:])
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        print_run(rows(count), target, loaded=LOADED, resume=bool(resume))
    except OSError:
        sys.stdout.write("OSError\n")
        return
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(f"printed {peak}\n")


if __name__ == "__main__":
    main()
