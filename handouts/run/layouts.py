"""Layouts: each is laid out and checked once, and kept on disk for the next run.

A layout is kept in the user's cache under a digest of all that it comes from. It holds the
clinic's words alone: its slots are empty.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from functools import cache, partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from platformdirs import user_cache_path

from handouts import __version__
from handouts.compose.compose import compose_sheet
from handouts.compose.composed import OWN_SHEET
from handouts.errors import HandoutsError, MachineError
from handouts.findings import Finding, Report, Severity
from handouts.laying_out.piece import lay_out_piece
from handouts.laying_out.sheet import lay_out_sheet
from handouts.output import write_all
from handouts.prescribe.arrange import arrangements
from handouts.profiles import Profile

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from handouts.compose.composed import Composed, SheetUse
    from handouts.load.content import LoadedContent
    from handouts.pages import LaidOut
    from handouts.render.slots import Slot
    from handouts.run.rows import RunRow

MOST_KEPT_BYTES = 200_000_000
"""Some 700 layouts of 0.3 MB, as many as a clinic prints in weeks, in the room of a few photos."""
_MADE_WITH = ("weasyprint", "fonttools", "manimgx-fonts", "noto-cjk-sans-otc",
              "fontpkg-atkinson-hyperlegible", "fontpkg-noto-sans", "fontpkg-fraunces")  # fmt: skip
_RECENT_S = 60
"""A disk may write another time than this machine's."""
_PICTURE = re.compile(r'src="([^"]+)"')


@dataclass(frozen=True, slots=True)
class RunLayout:
    """A layout with empty slots, or why there is none."""

    digest: str
    pdf: bytes
    pages: int
    slots: tuple[Slot, ...]
    report: Report


def layout_folder() -> Path:
    """Give the folder that layouts are kept in between runs."""
    return user_cache_path("handouts", appauthor=False) / "layouts"


def make_layout(
    loaded: LoadedContent, row: RunRow, moment: datetime | None, use: SheetUse = OWN_SHEET
) -> RunLayout:
    """Give a row's layout: the one that is kept, or else lay it out, check it and keep it.

    ``row`` holds stand-ins; ``use`` says what the run is for. What is wrong with a layout is
    found in its report.
    """
    try:
        digest = layout_digest(loaded, row, moment, use)
        kept = _kept(digest)
        return kept or _made(loaded, row, moment, use, digest)
    except HandoutsError as error:
        return RunLayout("", b"", 0, (), error.report)


def layout_digest(
    loaded: LoadedContent, row: RunRow, moment: datetime | None, use: SheetUse = OWN_SHEET
) -> str:
    """Give a digest of all that a row's sheet comes from."""
    use = replace(use, record=row.record)
    composed = compose_sheet(loaded, row.sheet, arrangements(row.sheet)[0], use)
    digest = hashlib.sha256(
        json.dumps([_versions(), str(moment), composed.html, repr(row.sheet), repr(use)]).encode()
    )
    if use.profile is Profile.PRESS:
        digest.update(composed.press_profile.read_bytes())
    for name in _PICTURE.findall(composed.html):
        path = composed.folder / name
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def _versions() -> list[str]:
    from handouts.render.slots import STYLE_KEYS, Slot  # noqa: PLC0415 - heavy

    kept = (*(field.name for field in fields(Slot)), *STYLE_KEYS)
    return [__version__, *map(version, _MADE_WITH), *kept]


def _made(
    loaded: LoadedContent, row: RunRow, moment: datetime | None, use: SheetUse, digest: str
) -> RunLayout:
    from handouts.press.empty_slots import empty_slots  # noqa: PLC0415 - heavy
    from handouts.render.slots import Slotted, render_slotted  # noqa: PLC0415

    drawn: list[tuple[Composed, Slotted]] = []

    def draw(composed: Composed) -> LaidOut:
        drawn.append((composed, render_slotted(composed)))
        return drawn[-1][1].laid_out

    result = lay_out_sheet(
        loaded,
        row.sheet,
        moment,
        replace(use, record=row.record),
        partial(lay_out_piece, draw=draw),
    ).piece
    if result.report.errors:
        return RunLayout(digest, b"", 0, (), result.report)
    composed, slotted = drawn[-1]
    slots = slotted.slots
    bare = empty_slots(slotted.laid_out.pdf, len(slots))
    if use.profile is Profile.PRESS:
        slots = _in_inks(composed, (*slots, *_slots_in_slugs(composed, slotted.laid_out)))
        bare = _pressed(composed, replace(slotted.laid_out, pdf=bare), moment)
    layout = RunLayout(digest, bare, result.pages, slots, result.report)
    return replace(layout, report=layout.report + _keep(layout))


def _pressed(composed: Composed, bare: LaidOut, moment: datetime | None) -> bytes:
    """Finish a layout's file for a press; a run's own words are written into it later."""
    from handouts.laying_out.outputs import output_for  # noqa: PLC0415 - heavy
    from handouts.press.finish import finish  # noqa: PLC0415

    if composed.record is not None:
        composed = replace(composed, record="")
    return finish(composed, bare, moment, output_for(composed, bare)).pdf


def _slots_in_slugs(composed: Composed, laid_out: LaidOut) -> list[Slot]:
    """Find the slots of the record's number, below the marks of each page."""
    from handouts.laying_out.outputs import slugs_of  # noqa: PLC0415 - heavy
    from handouts.press.marks import slug_offset_pt  # noqa: PLC0415
    from handouts.render.slots import PX_TO_PT  # noqa: PLC0415

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
    from handouts.press.inks import Inks, read_condition  # noqa: PLC0415 - heavy

    inks = Inks(read_condition(composed.press_profile))
    return tuple(
        replace(slot, colour=tuple(part / 100 for part in inks.of(*slot.colour[:3])))
        for slot in slots
    )


def _keep(layout: RunLayout) -> Report:
    """Put a layout aside for the next run; this one needs it no more than the user's word."""
    head = {
        "pages": layout.pages,
        "slots": [asdict(slot) for slot in layout.slots],
        "warnings": [
            [finding.what, finding.why, finding.mend] for finding in layout.report.findings
        ],
    }
    whole = json.dumps(head).encode() + b"\n" + layout.pdf
    data = hashlib.sha256(whole).hexdigest().encode() + b"\n" + whole
    try:
        write_all(layout_folder(), {layout.digest: data}, owner_only=True)
    except MachineError as error:
        why = "; ".join(finding.why for finding in error.report.findings)
        return Report((replace(_NOT_KEPT, why=why),))
    return Report()


_NOT_KEPT = Finding(
    "the layouts can't be kept for the next run, which will take longer",
    "",
    "make the user's cache folder writable, or name another one in XDG_CACHE_HOME",
    severity=Severity.WARNING,
)


def _kept(digest: str) -> RunLayout | None:
    """Read a layout that was kept; one that is not whole is made anew."""
    from handouts.render.slots import Slot  # noqa: PLC0415 - heavy

    path = layout_folder() / digest
    try:
        identity, _, whole = path.read_bytes().partition(b"\n")
        if identity.decode() != hashlib.sha256(whole).hexdigest():
            return None
        os.utime(path)
    except (OSError, UnicodeDecodeError):
        return None
    head, _, pdf = whole.partition(b"\n")
    kept = json.loads(head)
    slots = tuple(Slot(**_tuples(slot)) for slot in kept["slots"])
    warnings = (
        Finding(what, why, mend, severity=Severity.WARNING) for what, why, mend in kept["warnings"]
    )
    return RunLayout(digest, pdf, kept["pages"], slots, Report(tuple(warnings)))


def _tuples(slot: dict[str, Any]) -> dict[str, Any]:
    return slot | {"colour": tuple(slot["colour"])}


def drop_old_layouts(since: float) -> None:
    """Remove the layouts that were not used for the longest time, where they take much room.

    Those that were used ``since`` (seconds, as ``time.time`` counts) stay, however many they
    are: else a run with more of them than fit would find none of them the next time. Other
    runs may do the same at the same time.
    """
    files: list[tuple[float, int, Path]] = []
    try:
        for path in layout_folder().iterdir():
            with suppress(OSError):
                stat = path.stat()
                files.append((stat.st_mtime, stat.st_size, path))
    except OSError:
        return
    room, recent = MOST_KEPT_BYTES, since - _RECENT_S
    for used, size, path in sorted(files, reverse=True):
        room -= size
        if used >= recent:
            continue
        if path.is_dir():  # a killed run was writing into it
            shutil.rmtree(path, ignore_errors=True)
        elif room < 0:
            with suppress(OSError):
                path.unlink()
