"""Layouts: each is laid out and checked once, and kept on disk for the next run.

A layout is kept in the user's cache under a digest of all that it comes from. It holds the
clinic's words alone: its slots are empty.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from handouts.basics.choices import Layout, Profile
from handouts.basics.errors import HandoutsError, LayoutError
from handouts.basics.findings import Finding, Place, Report, Severity
from handouts.basics.inside import LARGEST_PICTURE_BYTES, UnfitFileError, plain_file, read_inside
from handouts.basics.kept import Cache
from handouts.basics.made_with import made_with
from handouts.compose.compose import compose_sheet
from handouts.compose.composed import OWN_SHEET
from handouts.mail_merge.known_content import note_content
from handouts.mail_merge.rows import SLOTS
from handouts.pipeline.piece import here, lay_out_piece, rendered_slotted
from handouts.pipeline.sheet import lay_out_sheet
from handouts.prescribe.page_layouts import arrangements
from handouts.render.slots import PX_TO_PT, Slot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handouts.compose.composed import Composed, SheetUse
    from handouts.compose.laid_out import LaidOut
    from handouts.load.content import LoadedContent
    from handouts.mail_merge.rows import RunRow
    from handouts.pipeline.piece import Engine
    from handouts.render.slotted import Slotted

MOST_KEPT_BYTES = 200_000_000
"""Some 700 layouts of 0.3 MB, as many as a clinic prints in weeks, in the room of a few photos."""
_PICTURE = re.compile(r"""(?:src="|url\(\s*["']?)([^"')#][^"')]*)""")


@dataclass(frozen=True, slots=True)
class RunLayout:
    """A layout with empty slots, or why there is none."""

    digest: str
    pdf: bytes
    """Finished for its profile."""
    pages: int
    slots: tuple[Slot, ...]
    report: Report
    a_page: Layout = Layout.AUTO
    """How many exercises stand on a page."""
    version: str = ""
    """What its foot says of its words: eight letters and digits."""
    faces: Mapping[str, str] = field(default_factory=dict)
    """Those that a run's layouts share, by the tags of their subsets in the file."""


def kept_layouts() -> Cache:
    """Give what is kept of layouts between runs."""
    return Cache("layouts", MOST_KEPT_BYTES)


def make_layout(
    loaded: LoadedContent,
    row: RunRow,
    moment: datetime | None,
    use: SheetUse = OWN_SHEET,
    engine: Engine = here,
) -> RunLayout:
    """Give a row's layout: the one that is kept, or else lay it out, check it and keep it.

    ``row`` holds stand-ins; ``use`` says what it is for, and ``engine`` where it is laid out.
    What is wrong with a layout is found in its report.
    """
    cache = kept_layouts()
    try:
        digest, composing = _identity(loaded, row, moment, use)
        layout = _kept(cache, digest)
        if layout is None:
            layout = _made(loaded, row, moment, use, digest, engine)
            if not layout.report.errors:
                _keep(cache, layout)
                note_content(loaded.folder / loaded.source.file)
    except HandoutsError as error:
        return RunLayout("", b"", 0, (), error.report)
    return replace(layout, report=layout.report + composing + cache.report)


def layout_digest(
    loaded: LoadedContent, row: RunRow, moment: datetime | None, use: SheetUse = OWN_SHEET
) -> str:
    """Give a digest of all that a row's sheet comes from."""
    return _identity(loaded, row, moment, use)[0]


def _identity(
    loaded: LoadedContent, row: RunRow, moment: datetime | None, use: SheetUse
) -> tuple[str, Report]:
    """Give a digest of all that a row's sheet comes from, and what was found on the way."""
    use = replace(use, record=row.record)
    composed = compose_sheet(loaded, row.sheet, arrangements(row.sheet)[0], use)
    parts: list[str | bytes] = [str(moment), composed.html, repr(row.sheet), repr(use)]
    if use.profile is Profile.PRESS:
        parts.append(composed.press_profile.read_bytes())
    for name in dict.fromkeys(_PICTURE.findall(composed.html)):
        with suppress(UnfitFileError):  # the engine says what is wrong with it
            path = plain_file(composed.folder, name, what="picture")
            parts.append(read_inside(path, LARGEST_PICTURE_BYTES))
    return made_with(*parts), composed.report


def _made(
    loaded: LoadedContent,
    row: RunRow,
    moment: datetime | None,
    use: SheetUse,
    digest: str,
    engine: Engine,
) -> RunLayout:
    from handouts.pdf.pages.slots import empty_slots  # noqa: PLC0415 - heavy

    drawn: list[tuple[Composed, Slotted]] = []

    def draw(composed: Composed) -> LaidOut:
        drawn.append((composed, engine(rendered_slotted, composed)))
        return drawn[-1][1].laid_out

    made = lay_out_sheet(
        loaded,
        row.sheet,
        moment,
        replace(use, record=row.record),
        partial(lay_out_piece, draw=draw),
    )
    result = made.piece
    if result.report.errors:
        return RunLayout(digest, b"", 0, (), result.report)
    composed, slotted = drawn[-1]
    slots = slotted.slots
    _check_slots({slot.name for slot in slots}, row)
    bare = replace(slotted.laid_out, pdf=empty_slots(slotted.laid_out.pdf, len(slots)))
    if use.profile is Profile.PRESS:
        slots = _in_inks(composed, (*slots, *_slots_in_slugs(composed, slotted.laid_out)))
    return RunLayout(
        digest,
        _finished(composed, bare, moment),
        result.pages,
        slots,
        result.report,
        made.arrangement.layout,
        made.version,
        slotted.faces,
    )


def _check_slots(there: set[str], row: RunRow) -> None:
    """See that a sheet's template has a slot for all that is a person's own.

    Raises:
        LayoutError: a slot is not known, or one is missing.

    """
    sheet = row.sheet
    own = {
        "for-whom": True,
        "goal": sheet.goal,
        "next-visit": sheet.next_visit,
        "note": sheet.notes,
    }
    unknown = sorted(there - set(SLOTS))
    missing = [name for name, words in own.items() if words and name not in there]
    faults = [f'it has a slot "{name}", which is not known' for name in unknown]
    faults += [f'it has no slot "{name}"' for name in missing]
    if faults:
        raise LayoutError.because(
            "the sheet's template can't be filled for each person",
            why="; ".join(faults),
            mend=f"give it the slots of our own sheet.html: {', '.join(SLOTS)}",
            place=Place(piece="sheet"),
        )


def _finished(composed: Composed, bare: LaidOut, moment: datetime | None) -> bytes:
    """Finish a layout's file for its profile; people's own words are written into it later."""
    from handouts.pdf.finish.finish import finish  # noqa: PLC0415
    from handouts.pipeline.outputs import output_for  # noqa: PLC0415 - heavy

    if composed.record is not None:
        composed = replace(composed, record="")
    return finish(composed, bare, moment, output_for(composed, bare)).pdf


def _slots_in_slugs(composed: Composed, laid_out: LaidOut) -> list[Slot]:
    """Find the slots of the record's number, below the marks of each page."""
    from handouts.pdf.finish.trim_marks import slug_offset_pt  # noqa: PLC0415
    from handouts.pipeline.outputs import slugs_of  # noqa: PLC0415 - heavy

    right_px, down_px = (offset / PX_TO_PT for offset in slug_offset_pt(composed))
    return [
        replace(
            slot,
            left_px=slot.left_px + right_px,
            right_px=slot.right_px + right_px,
            wrap_left_px=slot.wrap_left_px + right_px,
            baseline_px=slot.baseline_px + down_px,
        )
        for slot in slugs_of(composed, laid_out).slots
    ]


def _in_inks(composed: Composed, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Turn the slots' colours into inks, as those of the file around them are."""
    from handouts.pdf.finish.inks import Inks, read_condition  # noqa: PLC0415 - heavy

    inks = Inks(read_condition(composed.press_profile))
    return tuple(
        replace(slot, colour=tuple(part / 100 for part in inks.of(*slot.colour[:3])))
        for slot in slots
    )


def _keep(cache: Cache, layout: RunLayout) -> None:
    """Put a layout aside for the next run; this one needs it no more than the user's word."""
    head = {
        "pages": layout.pages,
        "slots": [asdict(slot) for slot in layout.slots],
        "findings": findings_data(layout.report),
        "a_page": layout.a_page,
        "version": layout.version,
        "faces": dict(layout.faces),
    }
    cache.keep(layout.digest, json.dumps(head).encode() + b"\n" + layout.pdf)


def _kept(cache: Cache, digest: str) -> RunLayout | None:
    """Read a layout that was kept, with what was found when it was made."""
    data = cache.read(digest)
    if data is None:
        return None
    head, _, pdf = data.partition(b"\n")
    try:
        kept = json.loads(head)
        slots = tuple(Slot(**_tuples(slot)) for slot in kept["slots"])
        return RunLayout(
            digest,
            pdf,
            kept["pages"],
            slots,
            findings_from(kept["findings"]),
            Layout(kept["a_page"]),
            str(kept["version"]),
            {str(tag): str(face) for tag, face in kept["faces"].items()},
        )
    except (ValueError, TypeError, KeyError, AttributeError):  # the user's own, but no layout
        return None


def findings_data(report: Report) -> list[dict[str, Any]]:
    """Give what was found as plain data, to be told again from what is kept."""
    return [asdict(finding) for finding in report.findings]


def findings_from(data: list[dict[str, Any]]) -> Report:
    """Give what was found, from plain data."""
    return Report(
        tuple(
            Finding(
                **found
                | {"place": Place(**found["place"]), "severity": Severity(found["severity"])}
            )
            for found in data
        )
    )


def _tuples(slot: dict[str, Any]) -> dict[str, Any]:
    return slot | {"colour": tuple(slot["colour"])}


def drop_old_layouts(since: float) -> Report:
    """Make room among the layouts that were not used ``since``; say what speaks against them."""
    cache = kept_layouts()
    cache.drop_old(since)
    return cache.report
