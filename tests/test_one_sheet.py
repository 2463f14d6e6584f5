"""A sheet alone is a run of one: the same layouts and picture, and nothing of a patient kept."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
from processes import started
from test_run import EXERCISES, GOAL, LOADED, NOTE, different, print_run, sheet

from handouts.basics.choices import Edition, Profile
from handouts.basics.errors import LayoutError
from handouts.basics.papers import Paper
from handouts.compose.composed import SheetUse
from handouts.mail_merge import one_sheet as one
from handouts.mail_merge.one_sheet import one_sheet
from handouts.mail_merge.rows import RunRow
from handouts.pdf.finish.dead_parts import drop_dead_parts
from handouts.pipeline.sheet import lay_out_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

    from handouts.models.prescription import PatientSheet

MOST_DIFFERENT = 0.0005
ONE = EXERCISES[:1]
OWN: dict[str, Any] = {
    "patient": "Zacharias Privatus",
    "goal": "Walk to Xanadu.",
    "notes": "Mind the Zugzwang.",
    "next_visit": "Quintidi",
    "exercises": ONE,
}
OF_A_PATIENT = ("Zacharias", "Privatus", "Xanadu", "Zugzwang", "Quintidi", "Vexillum")


@pytest.fixture
def layouts_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "handouts" / "layouts"


def made_alone(own: PatientSheet, use: SheetUse | None = None) -> bytes:
    made = one_sheet(LOADED, RunRow("", own), None, use or SheetUse())
    assert not made.report.errors
    return made.pdf


def of_the_engine(own: PatientSheet, use: SheetUse) -> bytes:
    piece = lay_out_sheet(LOADED, own, None, use).piece
    assert not piece.report.errors
    return piece.pdf


SHEETS: tuple[tuple[dict[str, Any], Profile], ...] = (
    ({"goal": GOAL, "notes": NOTE * 2}, Profile.OFFICE),
    ({"goal": GOAL, "notes": NOTE, "paper": Paper.A4}, Profile.SCREEN),
    ({"edition": Edition.LARGE_PRINT, "next_visit": None}, Profile.SCREEN),
    ({"edition": Edition.INK_SAVER, "patient": "Trần Thị Ánh Nguyệt"}, Profile.OFFICE),
    ({"patient": "Πηνελόπη Παπαδοπούλου", "notes": None}, Profile.PRESS),
    ({"patient": "佐藤　さくら", "goal": None}, Profile.SCREEN),
    ({"patient": "دانا الأحمد", "goal": "أريد أن أنام طوال الليل"}, Profile.OFFICE),
)


@pytest.mark.usefixtures("shared_cache")
@pytest.mark.parametrize(("own", "profile"), SHEETS)
def test_it_shows_the_engines_own_picture(own: dict[str, Any], profile: Profile) -> None:
    asked, use = sheet(**{"exercises": ONE} | own), SheetUse(profile=profile)
    ours, theirs = (
        pypdfium2.PdfDocument(pdf) for pdf in (made_alone(asked, use), of_the_engine(asked, use))
    )
    apart = [different(*pages) for pages in zip(ours, theirs, strict=True)]
    assert max(apart) <= MOST_DIFFERENT, apart


def test_a_run_and_a_sheet_alone_share_a_layout(tmp_path: Path, layouts_kept: Path) -> None:
    row = RunRow("17", sheet(exercises=ONE))
    print_run([row], tmp_path / "run.pdf", loaded=LOADED)
    of_the_run = list(layouts_kept.iterdir())
    pdf = made_alone(sheet("Ben Sample", exercises=ONE))
    assert list(layouts_kept.iterdir()) == of_the_run
    front = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "Ben Sample" in front
    assert "No. " not in front


def leaked(folder: Path) -> set[str]:
    """Give the words of a patient that anything kept holds, in its text or its pages."""
    found: set[str] = set()
    for path in (path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        text = data.decode("latin-1")
        if b"%PDF" in data:
            document = pypdfium2.PdfDocument(data[data.index(b"%PDF") :])
            text += "".join(page.get_textpage().get_text_range() for page in document)
        found |= {word for word in OF_A_PATIENT if word in text}
    return found


def test_nothing_of_a_patient_is_kept(layouts_kept: Path) -> None:
    noted = tuple(replace(item, note="Hold the Vexillum.") for item in ONE)
    pdfs = [made_alone(sheet(**OWN)), made_alone(sheet(**OWN | {"exercises": noted}))]
    for pdf, word in zip(pdfs, ("Zugzwang", "Vexillum"), strict=True):
        document = pypdfium2.PdfDocument(pdf)
        assert word in "".join(page.get_textpage().get_text_range() for page in document)
    (kept,) = layouts_kept.iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert leaked(layouts_kept.parent) == set()


def test_a_layout_with_a_patients_words_would_be_seen(
    layouts_kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one, "layout_of", lambda row, *_: row)
    monkeypatch.setattr("handouts.pdf.pages.slots.empty_slots", lambda pdf, _: pdf)
    with suppress(LayoutError):
        one_sheet(LOADED, RunRow("", sheet(**OWN)), None)
    assert {"Privatus", "Xanadu", "Zugzwang", "Quintidi"} <= leaked(layouts_kept.parent)


@pytest.mark.usefixtures("shared_cache")
def test_a_word_that_is_lost_stops_the_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    fill = "handouts.pdf.pages.slots.fill_slots"
    monkeypatch.setattr(fill, lambda pdf, *_: pdf)
    with pytest.raises(LayoutError, match="does not show the words") as caught:
        made_alone(sheet(**OWN))
    assert not any(word in str(caught.value.report) for word in OF_A_PATIENT)


@pytest.mark.usefixtures("shared_cache")
def test_the_words_of_another_stop_the_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    other = one.words_of(RunRow("", sheet("Ida Sample", exercises=ONE)), one.language("en-US"))
    right = one.set_words

    monkeypatch.setattr(one, "set_words", lambda shaper, places, _: right(shaper, places, other))
    with pytest.raises(LayoutError, match="does not show the words"):
        made_alone(sheet("Ada Sample", exercises=ONE))


def test_the_engine_is_not_imported_where_nothing_is_laid_out(
    clinic_folder: ClinicFolder, layouts_kept: Path
) -> None:
    def imported(name: str, words: str) -> str:
        process = started(
            clinic_folder.path,
            command=(
                sys.executable, "-X", "importtime", "-m", "handouts", "sheet", "--for", name,
                "--exercise", ONE[0].exercise, "--notes", words, "--date", "2026-12-01",
            ),
        )  # fmt: skip
        _, told = process.communicate()
        assert process.returncode == 0, told
        return told

    assert "weasyprint" in imported("Ada Sample", NOTE)
    again = imported("Ida Maria Sample", NOTE.replace("week", "days"))
    assert "handouts.mail_merge.one_sheet" in again
    assert "weasyprint" not in again


def test_layouts_of_a_run_share_each_face(tmp_path: Path) -> None:
    rows = [
        RunRow("1", sheet("Ada Sample", exercises=ONE)),
        RunRow("2", sheet("Ben Sample", exercises=EXERCISES[1:2])),
    ]
    result = print_run(rows, tmp_path / "run.pdf", loaded=LOADED)
    assert (result.layouts, result.alone) == (2, 0)
    fonts: dict[str, set[tuple[int, int]]] = {}
    with pikepdf.open(tmp_path / "run.pdf") as pdf:
        for page in pdf.pages:
            for font in page.Resources.get("/Font", pikepdf.Dictionary()).values():
                (face,) = font.DescendantFonts
                files = fonts.setdefault(str(face.FontDescriptor.FontName), set())
                files.add(next(
                    face.FontDescriptor[key].objgen
                    for key in ("/FontFile2", "/FontFile3")
                    if key in face.FontDescriptor
                ))  # fmt: skip
    assert len(fonts) >= 2
    assert all(len(files) == 1 for files in fonts.values()), "one subset a face"
    book, first = pypdfium2.PdfDocument(tmp_path / "run.pdf"), 0
    for row in rows:
        alone = pypdfium2.PdfDocument(one_sheet(LOADED, row, None).pdf)
        apart = [different(book[first + side], page) for side, page in enumerate(alone)]
        assert apart == [0.0] * len(alone)
        first += len(alone) + len(alone) % 2
    assert first == len(book)


def test_layouts_of_a_run_share_each_mark(tmp_path: Path) -> None:
    rows = [
        RunRow(str(day), sheet("Ada Sample", exercises=ONE, given_on=date(2026, 12, day)))
        for day in (1, 2)
    ]
    assert print_run(rows, tmp_path / "run.pdf", loaded=LOADED).layouts == 2
    with pikepdf.open(tmp_path / "run.pdf") as pdf:
        forms = [
            (thing.read_bytes(), thing.Resources.unparse(), thing.Resources.get("/Font"))
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
        ]
    assert any(b" gs" in content for content, _, _ in forms), "marks are forms"
    assert len({content for content, _, _ in forms}) == len(forms)
    assert all(fonts is None or b"Tf" in content for content, _, fonts in forms)


def test_a_form_that_shows_words_keeps_its_fonts() -> None:
    with pikepdf.new() as pdf:
        fonts = pikepdf.Dictionary(F1=pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font)))
        forms = [
            pdf.make_stream(content, Subtype=pikepdf.Name.Form, Resources=resources)
            for content in (b"BT /F1 9 Tf (Hold) Tj ET", b"0 0 9 9 re f")
            for resources in [pdf.make_indirect(pikepdf.Dictionary(Font=fonts))]
        ]
        page = pdf.add_blank_page()
        page.obj.Contents = pdf.make_stream(b"/A Do /B Do")
        page.obj.Resources = pikepdf.Dictionary(
            Font=fonts, XObject=pikepdf.Dictionary(A=forms[0], B=forms[1])
        )
        drop_dead_parts(pdf)
        assert ["/Font" in one.Resources for one in (*forms, page.obj)] == [True, False, True]
