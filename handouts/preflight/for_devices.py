"""The check on what is meant for one device or an old one: presses ignore it, or stop at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handouts.preflight.objects import mapping, name, stream
from handouts.preflight.painting import resources_of
from handouts.preflight.result import Check, Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playa import ContentStream

    from handouts.basics.choices import Profile
    from handouts.preflight.document import OpenFile

PLAIN = {"Identity", "Default"}


def device_parts(file: OpenFile, profile: Profile) -> Iterator[Check]:  # noqa: ARG001
    """Look for transfer functions, halftones, PostScript, other pictures and JPEG 2000."""
    for sheet in file.sheets:
        found = {what: mend for held in resources_of(file.page(sheet)) for what, mend in _in(held)}
        for what, mend in sorted(found.items()):
            doubtful = what.startswith("a JPEG 2000")
            result = Result.WARN if doubtful else Result.FAIL
            yield Check("device-parts", result, what, sheet.number, mend=mend)


def _in(resources: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for held in mapping(resources.get("ExtGState")).values():
        yield from _in_state(mapping(held))
    for held in mapping(resources.get("XObject")).values():
        part = stream(held)
        if part is not None:
            yield from _in_part(part)


def _in_state(state: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if any(key in state and name(state[key]) not in PLAIN for key in ("TR", "TR2")):
        yield "a transfer function changes the inks", "take TR and TR2 out of the states"
    if "HTP" in state or ("HT" in state and name(state["HT"]) != "Default"):
        yield "a halftone is set", "leave the screen to the press: take HT out"


def _in_part(part: ContentStream) -> Iterator[tuple[str, str]]:
    if "PS" in {name(part.get("Subtype")), name(part.get("Subtype2"))} or "PS" in part:
        yield "there is PostScript in the page", "draw it as PDF"
    if "OPI" in part:
        yield "a picture stands for one elsewhere (OPI)", "put the picture itself in"
    if "Alternates" in part:
        yield "a picture has others in its place (Alternates)", "keep the one that is meant"
    if any(str(one.name) == "JPXDecode" for one in part.filters):
        yield "a JPEG 2000 picture", "save it as JPEG or lossless: older presses stop at it"
