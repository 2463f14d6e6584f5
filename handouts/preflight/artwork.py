"""Checks on what is drawn: pictures' dots, thin lines, fonts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handouts.basics.choices import Profile
from handouts.basics.picture_dots import LEAST_DPI, MEND, TOO_FEW_DOTS, limit_missed
from handouts.preflight.colour_spaces import rgb
from handouts.preflight.ink_amounts import NO_INK, each, place
from handouts.preflight.objects import mapping, name, sequence, stream
from handouts.preflight.painting import NAMELESS_FONT, PaintKind, resources_of
from handouts.preflight.result import Check, Result
from handouts.preflight.thresholds import THINNEST_LINE_PT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.preflight.boxes import PageBoxes
    from handouts.preflight.document import OpenFile
    from handouts.preflight.painting import Painted

LEAST_LENGTH_PT = 2.0
"""A narrow area that is no longer than this is a dot, not a line."""
WIDTH_ROUNDING_PT = 0.001
FONT_FILES = ("FontFile", "FontFile2", "FontFile3")


def pictures(file: OpenFile, profile: Profile) -> Iterator[Check]:  # noqa: ARG001 - as all checks
    """Look whether pictures have dots enough at the size at which they are placed."""
    lowest: float | None = None
    for sheet, thing in each(file):
        if thing.dpi is None:
            continue
        lowest = thing.dpi if lowest is None else min(lowest, thing.dpi)
        limit = limit_missed(thing.dpi)
        if limit is not None:
            yield Check(
                "pictures",
                Result.FAIL if limit == LEAST_DPI else Result.WARN,
                TOO_FEW_DOTS,
                sheet.number,
                place(sheet, thing),
                number=round(thing.dpi),
                limit=limit,
                unit="dpi",
                mend=MEND,
            )
    if lowest is None:
        yield Check("pictures", Result.PASS, "no pictures of dots")
    else:
        yield Check(
            "pictures", Result.PASS, "fewest dots", number=round(lowest), limit=LEAST_DPI,
            unit="dpi",
        )  # fmt: skip


def hairlines(file: OpenFile, profile: Profile) -> Iterator[Check]:
    """Look for lines, and areas as narrow as lines, that are too thin to print."""
    for sheet, thing in each(file):
        if thing.width_pt is None or thing.width_pt >= THINNEST_LINE_PT - WIDTH_ROUNDING_PT:
            continue
        if _is_white(thing):
            continue  # a white line is a gap in what lies below, and shows or not
        if thing.kind is PaintKind.FILL and (
            thing.box is None or max(thing.box.width, thing.box.height) < LEAST_LENGTH_PT
        ):
            continue
        yield Check(
            "hairlines",
            Result.FAIL if profile is Profile.PRESS else Result.WARN,
            "a line is too thin",
            sheet.number,
            place(sheet, thing),
            number=round(thing.width_pt, 3),
            limit=THINNEST_LINE_PT,
            unit="pt",
            mend="draw it 0.25 pt wide or more",
        )


def _is_white(thing: Painted) -> bool:
    look = rgb(thing.space, thing.values)
    return look is not None and min(look) > 1 - NO_INK


def fonts(file: OpenFile, profile: Profile) -> Iterator[Check]:  # noqa: ARG001 - as all checks
    """Look whether each font is in the file, those of forms, patterns and notes with it."""
    for sheet in file.sheets:
        absent: dict[str, set[str]] = {}
        for resources in resources_of(file.page(sheet)):
            for font in map(mapping, mapping(resources.get("Font")).values()):
                if font_name := _missing(font):
                    absent.setdefault(font_name, {font_name}).update(_described_as(font))
        if not absent:  # so that nobody reads what is painted, which takes longest
            continue
        painted = [thing for thing in file.painted[sheet.number - 1] if thing.font]
        known = {thing.font for thing in painted} | _in_notes(file, sheet)
        for font_name, names in sorted(absent.items()):
            if not names & known:
                continue
            first = next((thing for thing in painted if thing.font in names), None)
            yield Check(
                "fonts",
                Result.FAIL,
                f"font {font_name} is not embedded",
                sheet.number,
                place(sheet, first) if first else None,
                mend="embed it; another font would stand in for it at the printer",
            )


def _described_as(font: dict[str, Any]) -> set[str]:
    """Give the names that a font's descriptors have for it, which need not be its own."""
    return {
        name(mapping(mapping(part).get("FontDescriptor")).get("FontName")) or NAMELESS_FONT
        for part in sequence(font.get("DescendantFonts")) or [font]
    }


def _in_notes(file: OpenFile, sheet: PageBoxes) -> set[str]:
    """Name the fonts of a page's notes and fields, whose words a reader may fill in."""
    found: set[str] = set()
    for annotation in map(mapping, sequence(file.page(sheet).attrs.get("Annots"))):
        looks = mapping(annotation.get("AP"))
        for look in looks.values():
            for held in [look, *mapping(look).values()]:
                part = stream(held)
                fonts = mapping(mapping(part.get("Resources")).get("Font")) if part else {}
                found |= {_missing(mapping(font)) for font in fonts.values()}
    return found


def _missing(font: dict[str, Any]) -> str:
    """Give a font's name when its letters are not in the file; Type 3 fonts always hold theirs."""
    if name(font.get("Subtype")) == "Type3":
        return ""
    for part in sequence(font.get("DescendantFonts")) or [font]:
        descriptor = mapping(mapping(part).get("FontDescriptor"))
        if not any(key in descriptor for key in FONT_FILES):
            return name(font.get("BaseFont")) or "without a name"
    return ""
