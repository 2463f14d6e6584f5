"""Runs of many sheets: each is the sheet that its person would get alone, and none is lost."""

from __future__ import annotations

import stat
import subprocess
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from run_tools import EXERCISES, LOADED, in_every_script, print_run, sheet

from handouts.basics.choices import Edition
from handouts.basics.errors import ContentError
from handouts.basics.papers import Paper
from handouts.compose.composed import SheetUse
from handouts.mail_merge.rows import RunRow
from handouts.pipeline.sheet import lay_out_sheet

if TYPE_CHECKING:
    from pathlib import Path


TITLE = LOADED.content.sheet.title
DPI = 150
MOST_DIFFERENT = 0.001
"""Of a page's pixels; where a place is written with fewer digits, an edge is greyer or lighter."""
pytestmark = pytest.mark.usefixtures("shared_cache")


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
