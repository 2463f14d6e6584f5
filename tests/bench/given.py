"""What the peers are given: the words, drawings, fonts and rows of the same sheet, as files."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from rows import rows
from whole_drawings import with_drawings

from handouts.basics.choices import Layout
from handouts.compose.compose import compose_sheet
from handouts.compose.composed import SheetUse
from handouts.compose.scripts import direction
from handouts.compose.sheet_view import build_sheet_view
from handouts.compose.templates import Templates
from handouts.mail_merge.rows import SLOTS, words_of
from handouts.models.prescription import Arrangement
from handouts.prescribe.page_layouts import arrangements
from handouts.render.fonts import FONT_PACKAGES, SCRIPT_PACKAGES, font_files
from handouts.wording.language import language

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.compose.views import PictureView, SheetView
    from handouts.load.content import LoadedContent
    from handouts.mail_merge.rows import RunRow

SHEET = "sheet"
SCRIPTS = {"Arabic": "NotoSansArabic[[]wght].ttf", "Devanagari": "NotoSansDevanagari[[]wght].ttf"}
"""The scripts of the names that need a font of their own, and its file."""


def give(loaded: LoadedContent, count: int, folder: Path) -> None:
    """Write what a peer needs into a folder.

    ``sheet.json`` has every word that all sheets share, ``rows.json`` the slots of each row,
    ``sheet.html`` and ``sheet.css`` the sheet as WeasyPrint gets it, with ``{{slot}}`` where
    a slot's words go, and ``*.svg`` the drawings.
    """
    first = next(rows(loaded, 1))
    arrangement = next(
        each for each in arrangements(first.sheet) if each == Arrangement(Layout.FOUR, 1)
    )
    use = SheetUse(first.record)
    manifest = Templates(loaded.folder).manifest(SHEET, loaded.place(()))
    view, _ = build_sheet_view(loaded.content, first.sheet, manifest, arrangement, first.record)
    _write_static_fonts(folder)
    logo = loaded.folder / (loaded.content.clinic.logo or "")
    (folder / "logo.svg").write_bytes(logo.read_bytes())
    (folder / "sheet.json").write_text(json.dumps(_sheet(view, folder)), "utf-8")
    (folder / "rows.json").write_text(
        json.dumps([_row(row) for row in rows(loaded, count)]), "utf-8"
    )
    composed = compose_sheet(loaded, first.sheet, arrangement, use)
    html = with_drawings(composed.html, composed.drawings)
    styles = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    if styles is None:
        raise SystemExit("the sheet has no styles")
    (folder / "sheet.css").write_text(styles[1], "utf-8")
    html = html.replace(styles[0], "").replace(
        f'src="{loaded.content.clinic.logo}"', 'src="logo.svg"'
    )
    html = re.sub(r'(data-slot="([a-z-]+)"[^>]*>)<bdi.*?</bdi>', _slot, html)
    (folder / "sheet.html").write_text(html, "utf-8")


def _write_static_fonts(folder: Path) -> None:
    """Write the faces that are used of variable fonts, for peers that can't read those."""
    for name, family, pattern, axes in (
        ("Fraunces", "Fraunces", "Fraunces[[]*", {"wght": 600, "opsz": 20, "SOFT": 0, "WONK": 0}),
        ("NotoSans-Bold", "Noto Sans", "NotoSans[[]*", {"wght": 700, "wdth": 100}),
        *(
            (f"{script}-Bold", "Noto for other scripts", pattern, {"wght": 700})
            for script, pattern in SCRIPTS.items()
        ),
    ):
        path = next(path for path in font_files(family) if path.match(pattern))
        with TTFont(path) as font:
            instantiateVariableFont(font, axes, inplace=True, updateFontNames=False)
            font.save(folder / f"{name}.ttf")


def _slot(found: re.Match[str]) -> str:
    """Leave a slot open; that of the name holds the word before it, too."""
    open_slot = (
        "For {{name}}" if found[2] == "for-whom" else f"{{{{{found[2].replace('-', '_')}}}}}"
    )
    return found[1] + open_slot


def _row(row: RunRow) -> dict[str, str]:
    words = {
        slot.replace("-", "_"): " ".join(paragraphs)
        for slot, (paragraphs, _) in zip(SLOTS, words_of(row, language("en")), strict=True)
    }
    return {**words, "name": row.sheet.patient, "direction": direction(row.sheet.patient)}


def _whole(picture: PictureView) -> str:
    svg, form = picture.svg or "", picture.form
    return svg if form is None else with_drawings(svg, {form.name: form})


def _sheet(view: SheetView, folder: Path) -> dict[str, Any]:
    (table,) = view.log
    made_by = view.provenance.made_by[0]
    return {
        "fonts": [
            str(path)
            for family in (*FONT_PACKAGES, *SCRIPT_PACKAGES)
            for path in font_files(family)
        ],
        "title": view.title,
        "clinic": view.clinic.name,
        "given_on": view.given_on,
        "clinician": f"{view.clinician.name}, {view.clinician.credentials}",
        "how_long": view.how_long,
        "safety": {
            "heading": view.safety.heading,
            "text": view.safety.text,
            "signs": view.safety.signs,
            "action": view.safety.action,
            "milder": view.safety.milder,
        },
        "teach_back": {
            "heading": view.teach_back.heading,
            "questions": view.teach_back.questions,
        },
        "exercises": [
            {
                "name": item.exercise.name,
                "purpose": item.exercise.purpose,
                "where": " · ".join((item.posture, *item.exercise.equipment)),
                "sides": item.sides,
                "steps": [*item.steps, *([item.change_sides] if item.change_sides else [])],
                "mistakes": " ".join(item.mistakes),
                "stop_if": " ".join(item.stop_if),
                "dose": item.dose.words,
                "arrangement": item.arrangement,
                "pictures": [
                    {
                        "file": _drawing(folder, f"{number}-{at}.svg", _whole(picture)),
                        "caption": picture.caption,
                        "alt": picture.alt,
                    }
                    for at, picture in enumerate(item.pictures)
                ],
            }
            for number, item in enumerate(view.exercises)
        ],
        "log": {
            "dates": table.dates,
            "weekdays": [day.weekday for day in table.days],
            "days": [str(day.number) for day in table.days],
            "rows": [row.name for row in view.log[0].rows],
        },
        "help": view.clinic.language_help,
        "feedback": view.provenance.feedback,
        "foot": f"{view.safety.heading}: see page 1. Version {view.provenance.content_hash}.",
        "about": f"Text by {made_by.name}, {made_by.credentials}, license {made_by.licence}. "
        f"{view.provenance.dated}. Next review by {view.provenance.next_review}.",
    }


def _drawing(folder: Path, name: str, svg: str) -> str:
    (folder / name).write_text(svg, "utf-8")
    return name
