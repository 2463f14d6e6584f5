"""Checks on colour: spaces, black text, total ink, the output intent and blending."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageCms
from playa.utils import decode_text

from handouts.basics.choices import Profile
from handouts.basics.press_conditions import described, identified
from handouts.preflight.colour_spaces import (
    PROCESS_INKS,
    Family,
    ink_percent,
    process_inks,
    rgb,
    space_from,
)
from handouts.preflight.objects import mapping, name, numbers, sequence, stream, value
from handouts.preflight.painting import PaintKind, resources_of
from handouts.preflight.result import Check, Result
from handouts.preflight.thresholds import (
    DOTS_OVER_INK_LIMIT,
    GREY_SPREAD,
    INK_LIMIT_PERCENT,
    MEANT_AS_GREY,
    NEARLY_BLACK,
    RICH_HEADLINE_PT,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from playa import ContentStream

    from handouts.preflight.boxes import PageBoxes
    from handouts.preflight.document import OpenFile
    from handouts.preflight.painting import Painted

LIGHT_SPACES = {Family.RGB, Family.LAB}
NO_INK = 0.001
SHOWN_COLOURS = 6
WIDEST_MARK_PT = 0.5
"""Marks are drawn 0.25 to 0.5 pt wide."""


def each(file: OpenFile) -> Iterator[tuple[PageBoxes, Painted]]:
    """Give all that is painted, page by page."""
    for sheet, painted in zip(file.sheets, file.painted, strict=True):
        yield from ((sheet, thing) for thing in painted)


def place(sheet: PageBoxes, thing: Painted) -> tuple[float, float] | None:
    """Say where a painted thing stands."""
    return sheet.place_of(thing.box) if thing.box else None


def cut_off(file: OpenFile, sheet: PageBoxes, thing: Painted) -> bool:
    """Say whether a thing falls away with the trim, as marks in all inks do.

    It lies wholly beside the bleed; on an imposed sheet it is a thin line in every ink.
    """
    if file.imposed and thing.kind is PaintKind.LINE and thing.space.inks == ("All",):
        return (thing.width_pt or 0) <= WIDEST_MARK_PT
    if thing.box is None:
        return False
    shared = (sheet.bleed or sheet.trim).shared(thing.box)
    return shared.width < 0 or shared.height < 0


def colour_spaces(file: OpenFile, profile: Profile) -> Iterator[Check]:
    """Look at every colour space in use; a press takes no RGB and no ink it does not hold."""
    used: set[str] = set()
    for sheet, thing in each(file):
        if thing.space.family is Family.PATTERN or thing.kind is PaintKind.HIDDEN:
            continue
        used.add(str(thing.space))
        strange = (
            thing.space.family in LIGHT_SPACES
            if profile is Profile.PRESS
            else thing.space.family is Family.CMYK
        )
        if strange or thing.space.spots:
            press = profile is Profile.PRESS
            yield Check(
                "colour-spaces",
                Result.FAIL if press and strange else Result.WARN,
                f"{thing.kind} in {thing.space}",
                sheet.number,
                place(sheet, thing),
                mend="use the four inks (CMYK) or gray" if press else "use RGB or gray",
            )
    yield Check("colour-spaces", Result.PASS, f"used: {', '.join(sorted(used)) or 'none'}")


def black_text(file: OpenFile, profile: Profile) -> Iterator[Check]:
    """Look whether black text is black ink alone, or pure black on an office printer.

    Text that is nearly black prints as a mix whose inks never lie quite on one another.
    Coloured text is a matter of taste, and is only named.
    """
    coloured: set[str] = set()
    for sheet, thing in each(file):
        look = rgb(thing.space, thing.values)
        if thing.kind is not PaintKind.TEXT or look is None or cut_off(file, sheet, thing):
            continue
        if max(look) > NEARLY_BLACK or max(look) - min(look) > GREY_SPREAD:
            coloured.add("#" + "".join(f"{round(255 * part):02x}" for part in look))
            continue
        impure = _not_black_alone(thing, profile)
        if impure is not None:
            number, unit, mend = impure
            yield Check(
                "black-text",
                Result.FAIL,
                "black text is mixed",
                sheet.number,
                place(sheet, thing),
                number=number,
                limit=0,
                unit=unit,
                mend=mend,
            )
    names = sorted(coloured)
    more = f" and {len(names) - SHOWN_COLOURS} more" if len(names) > SHOWN_COLOURS else ""
    told = f"other text colours: {', '.join(names[:SHOWN_COLOURS])}{more}" if names else ""
    yield Check("black-text", Result.PASS, told)


def _not_black_alone(thing: Painted, profile: Profile) -> tuple[float, str, str] | None:
    """Say how far black is from pure; what the colour spaces already fail is not told twice."""
    light = thing.space.family in LIGHT_SPACES
    large = thing.size_pt is not None and thing.size_pt >= RICH_HEADLINE_PT
    if profile is Profile.PRESS and not light and not large:
        inks = process_inks(thing.space, thing.values)
        if inks and max(inks[:3]) > NO_INK:
            mixed = round(100 * sum(inks[:3]), 1)
            return mixed, "% of cyan, magenta and yellow", "set it in black ink alone (0 0 0 1 k)"
    if profile is Profile.OFFICE and thing.space.family in {Family.RGB, Family.GRAY}:
        parts = rgb(thing.space, thing.values) or (0.0,)
        brightest, grey = max(parts), max(parts) - min(parts) < NO_INK
        if brightest > NO_INK and not (grey and brightest >= MEANT_AS_GREY):
            return round(255 * brightest), "of 255", "set it in pure black (0, 0, 0)"
    return None


def ink_limit(file: OpenFile, profile: Profile) -> Iterator[Check]:  # noqa: ARG001 - as all checks
    """Look whether any colour or picture takes more ink than paper can hold.

    The four inks of each painted thing are added up, by its colour or its picture's dots.
    Sums that arise where things lie over one another with overprint are not counted, and
    a thing's transparency is not taken off. Gradients are read at their ends. Marks beside
    the bleed may be in all inks.
    """
    most = 0.0
    for sheet, thing in each(file):
        if cut_off(file, sheet, thing):
            continue
        percent = _percent(thing)
        if percent is None:
            if thing.picture is not None and thing.space.family is Family.CMYK:
                yield Check(
                    "ink-limit",
                    Result.WARN,
                    "a picture's ink could not be measured",
                    sheet.number,
                    place(sheet, thing),
                    mend="save the picture with 8 bits a channel, as JPEG or lossless",
                )
            continue
        most = max(most, percent)
        if percent > INK_LIMIT_PERCENT + 0.5:
            yield Check(
                "ink-limit",
                Result.FAIL,
                f"{thing.kind} takes too much ink",
                sheet.number,
                place(sheet, thing),
                number=round(percent),
                limit=INK_LIMIT_PERCENT,
                unit="%",
                mend="use less cyan, magenta and yellow in the dark colours",
            )
    yield Check(
        "ink-limit", Result.PASS, "most ink", number=round(most), limit=INK_LIMIT_PERCENT, unit="%"
    )


def _percent(thing: Painted) -> float | None:
    if thing.picture is None:
        return ink_percent(thing.space, thing.values)
    if thing.space.palette:
        return max(ink_percent(thing.space, entry) or 0.0 for entry in thing.space.palette)
    if thing.space.family is not Family.CMYK:
        return None
    dots = _cmyk_dots(thing.picture)
    if dots is None or not dots.size:
        return None
    sums = dots.sum(axis=1, dtype=np.uint32)
    return float(np.quantile(sums, 1 - DOTS_OVER_INK_LIMIT, method="lower")) / 255 * 100


def _cmyk_dots(picture: ContentStream) -> NDArray[np.uint8] | None:
    """Give a CMYK picture's dots, 0 to 255 for each ink; None where its coding isn't known."""
    filters = {str(one.name) for one in picture.filters}
    if filters & {"DCTDecode", "DCT"}:
        with Image.open(BytesIO(picture.buffer)) as opened:
            dots = np.asarray(opened)
            # Pillow turns round what Adobe's programs store turned round; PDF wants it as stored
            dots = 255 - dots if "adobe" in opened.info else dots
    elif filters & {"JPXDecode"} or picture.bits != 8:
        return None
    else:
        dots = np.frombuffer(picture.buffer, np.uint8)
    if dots.size < 4 * picture.width * picture.height:
        return None
    decode = numbers(picture.get_any(("D", "Decode")))
    turned = bool(decode) and decode[0] > decode[1]
    dots = dots.reshape(-1)[: 4 * picture.width * picture.height].reshape(-1, 4)
    return 255 - dots if turned else dots


def inks_on_pages(file: OpenFile) -> tuple[tuple[str, ...], ...]:
    """Name the inks on each page, process inks first; a picture may take all of its space's."""
    pages = []
    for sheet, painted in zip(file.sheets, file.painted, strict=True):
        used: set[str] = set()
        for thing in painted:
            if thing.kind is not PaintKind.HIDDEN and not cut_off(file, sheet, thing):
                used |= _inks_of(thing)
        pages.append(
            (*(ink for ink in PROCESS_INKS if ink in used), *sorted(used.difference(PROCESS_INKS)))
        )
    return tuple(pages)


def _inks_of(thing: Painted) -> set[str]:
    amounts = process_inks(thing.space, thing.values)
    if amounts is None or thing.picture is not None:
        process = PROCESS_INKS if thing.space.family is Family.CMYK else thing.space.inks
        return set(process) - {"All", "None"} or {"Black"}
    return {ink for ink, amount in zip(PROCESS_INKS, amounts, strict=True) if amount > NO_INK}


def output_intent(file: OpenFile, profile: Profile) -> Iterator[Check]:  # noqa: ARG001
    """Look for the output intent: the press, as an ICC profile, for which the colours are."""
    intents = [mapping(intent) for intent in sequence(file.catalog.get("OutputIntents"))]
    wanted = [intent for intent in intents if name(intent.get("S")) == "GTS_PDFX"]
    trouble = ""
    if len(wanted) != 1:
        trouble = f"there are {len(wanted)} output intents for PDF/X, not one"
    else:
        icc = stream(wanted[0].get("DestOutputProfile"))
        if icc is None:
            trouble = "the output intent holds no ICC profile"
        elif bytes(icc.buffer[12:20]) != b"prtrCMYK":
            trouble = "the output intent's profile is not one of a CMYK printer"
        elif not wanted[0].get("OutputConditionIdentifier"):
            trouble = "the output intent does not name its printing condition"
        else:
            trouble = _other_condition(wanted[0], bytes(icc.buffer))
    if trouble:
        yield Check(
            "output-intent",
            Result.FAIL,
            trouble,
            mend="write one output intent GTS_PDFX with the printer's CMYK profile",
        )


def _other_condition(intent: dict[str, Any], icc: bytes) -> str:
    """Say that an intent names one condition and its profile another, where both are known."""
    held = value(intent["OutputConditionIdentifier"])
    named = identified(decode_text(held) if isinstance(held, bytes) else "")
    if named is None:
        return ""
    try:
        told = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(icc))).strip()
    except (ImageCms.PyCMSError, OSError):
        return "the output intent's profile is damaged"
    if named in described(told) or not described(told):
        return ""
    return f'the output intent names {named.identifier}, and its profile is "{told[:60]}"'


def blend_group(file: OpenFile, profile: Profile) -> Iterator[Check]:  # noqa: ARG001
    """Look whether what is see-through is blended in the press's own inks."""
    for sheet in file.sheets:
        page = file.page(sheet)
        group = mapping(page.attrs.get("Group"))
        if "CS" in group:
            family = space_from(group["CS"]).family
            trouble = "" if family is Family.CMYK else f"see-through parts blend in {family}"
        else:
            parts = sorted({part for held in resources_of(page) for part in _see_through(held)})
            trouble = f"{' and '.join(parts)} with no group that says how to blend" if parts else ""
        if not trouble and any(map(_blends_in_light, resources_of(page))):
            trouble = "a form's see-through parts blend in RGB"
        if trouble:
            yield Check(
                "blend-group",
                Result.FAIL,
                trouble,
                sheet.number,
                mend="give the page a transparency group in DeviceCMYK",
            )


def _blends_in_light(resources: dict[str, Any]) -> bool:
    """Say whether a form blends in another space than inks; its mask may, as it holds no colour."""
    parts = filter(None, map(stream, mapping(resources.get("XObject")).values()))
    spaces = (mapping(part.get("Group")).get("CS") for part in parts)
    return any(space_from(space).family in LIGHT_SPACES for space in spaces if space is not None)


def _see_through(resources: dict[str, Any]) -> Iterator[str]:
    for held in mapping(resources.get("ExtGState")).values():
        state = mapping(held)
        if any(value(state.get(key, 1)) < 1 for key in ("ca", "CA")):
            yield "transparency"
        if mapping(state.get("SMask")):
            yield "a soft mask"
        modes = {name(mode) for mode in sequence(state.get("BM"))} or {name(state.get("BM"))}
        if modes - {"", "Normal", "Compatible"}:
            yield "a blend mode"
    for held in mapping(resources.get("XObject")).values():
        part = stream(held)
        if part is not None and "SMask" in part:
            yield "a soft mask"
