"""Checks on what is too small for its inks, and on text that nobody sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.preflight.colour_spaces import process_inks
from handouts.preflight.ink_amounts import cut_off, each, place
from handouts.preflight.painting import PaintKind
from handouts.preflight.result import Check, Result
from handouts.preflight.thresholds import (
    COVERED_ROUNDING_PT,
    LEAST_INK,
    LEAST_OWN_TEXT_PT,
    LEAST_TEXT_PT,
    MANY_INKS,
    THINNEST_OF_MANY_INKS_PT,
    TYPE_OF_MANY_INKS_PT,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.basics.choices import Profile
    from handouts.preflight.boxes import PageBox
    from handouts.preflight.document import OpenFile
    from handouts.preflight.painting import Painted


def text(file: OpenFile, profile: Profile) -> Iterator[Check]:  # noqa: ARG001 - as all checks
    """Look for text that is too small to print, invisible, or painted over."""
    least = LEAST_OWN_TEXT_PT if file.own and not file.imposed else LEAST_TEXT_PT
    for sheet, thing in each(file):
        if cut_off(file, sheet, thing):
            continue
        if thing.kind is PaintKind.HIDDEN and not file.imposed:
            yield Check(
                "text", Result.WARN, "text is invisible", sheet.number, place(sheet, thing),
                mend="take it out, or give it a colour",
            )  # fmt: skip
        size = thing.size_pt
        if thing.kind is PaintKind.TEXT and size is not None and size < least - 0.05:
            yield Check(
                "text", Result.FAIL, "text is too small", sheet.number, place(sheet, thing),
                number=round(size, 2), limit=least, unit="pt", mend="set it larger",
            )  # fmt: skip
    if not file.imposed:
        yield from _covered(file)


def _covered(file: OpenFile) -> Iterator[Check]:
    """Find text that a later area or picture covers wholly, and lets nothing through."""
    for sheet, painted in zip(file.sheets, file.painted, strict=True):
        covers: list[PageBox] = []
        for thing in reversed(painted):
            if thing.box is None:
                continue
            if thing.covers:
                covers.append(thing.box)
            elif thing.kind is PaintKind.TEXT and any(_inside(thing.box, one) for one in covers):
                yield Check(
                    "text", Result.FAIL, "text is painted over", sheet.number,
                    place(sheet, thing), mend="bring it to the front, or take it out",
                )  # fmt: skip


def _inside(box: PageBox, cover: PageBox) -> bool:
    return min(cover.margins(box)) >= -COVERED_ROUNDING_PT


def register(file: OpenFile, profile: Profile) -> Iterator[Check]:  # noqa: ARG001 - as all checks
    """Look for thin lines and small type in three inks or more, which never lie quite true."""
    for sheet, thing in each(file):
        if cut_off(file, sheet, thing) or _inks(thing) < MANY_INKS:
            continue
        if thing.kind is PaintKind.LINE:
            what, number, limit = "a thin line", thing.width_pt, THINNEST_OF_MANY_INKS_PT
        elif thing.kind is PaintKind.TEXT:
            what, number, limit = "small type", thing.size_pt, TYPE_OF_MANY_INKS_PT
        else:
            continue
        if number is not None and number < limit - 0.001:
            yield Check(
                "register", Result.FAIL, f"{what} is in {_inks(thing)} inks", sheet.number,
                place(sheet, thing), number=round(number, 3), limit=limit, unit="pt",
                mend="draw it in one or two inks, or larger",
            )  # fmt: skip


def _inks(thing: Painted) -> int:
    amounts = process_inks(thing.space, thing.values)
    return sum(amount > LEAST_INK for amount in amounts) if amounts else 0
