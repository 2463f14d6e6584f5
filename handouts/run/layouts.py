"""Layouts: each is laid out and checked once, and kept on disk for the next run.

A layout is kept in the user's cache under a digest of all that it comes from. It holds the
clinic's words alone: its slots are empty.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from functools import cache, partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from platformdirs import user_cache_path

from handouts import __version__
from handouts.compose.compose import compose_sheet
from handouts.compose.composed import SheetUse
from handouts.errors import HandoutsError
from handouts.findings import Finding, Report, Severity
from handouts.laying_out.piece import lay_out_piece
from handouts.laying_out.sheet import lay_out_sheet
from handouts.output import write_all
from handouts.prescribe.arrange import arrangements

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from handouts.compose.composed import Composed
    from handouts.load.content import LoadedContent
    from handouts.pages import LaidOut
    from handouts.render.slots import Slot
    from handouts.run.rows import RunRow

MOST_KEPT = 200
_MADE_WITH = ("weasyprint", "fonttools", "manimgx-fonts", "noto-cjk-sans-otc",
              "fontpkg-atkinson-hyperlegible", "fontpkg-noto-sans", "fontpkg-fraunces")  # fmt: skip
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


def make_layout(loaded: LoadedContent, row: RunRow, moment: datetime | None) -> RunLayout:
    """Give a row's layout: the one that is kept, or else lay it out, check it and keep it.

    ``row`` holds stand-ins. What is wrong with a layout is found in its report.
    """
    try:
        digest = layout_digest(loaded, row, moment)
        kept = _kept(digest)
        return kept or _made(loaded, row, moment, digest)
    except HandoutsError as error:
        return RunLayout("", b"", 0, (), error.report)


def layout_digest(loaded: LoadedContent, row: RunRow, moment: datetime | None) -> str:
    """Give a digest of all that a row's sheet comes from."""
    composed = compose_sheet(loaded, row.sheet, arrangements(row.sheet)[0], SheetUse(row.record))
    digest = hashlib.sha256(
        json.dumps([_versions(), str(moment), composed.html, repr(row.sheet)]).encode()
    )
    for name in _PICTURE.findall(composed.html):
        path = composed.folder / name
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def _versions() -> list[str]:
    return [__version__, *map(version, _MADE_WITH)]


def _made(loaded: LoadedContent, row: RunRow, moment: datetime | None, digest: str) -> RunLayout:
    from handouts.press.empty_slots import empty_slots  # noqa: PLC0415 - heavy
    from handouts.render.slots import Slotted, render_slotted  # noqa: PLC0415

    drawn: list[Slotted] = []

    def draw(composed: Composed) -> LaidOut:
        drawn.append(render_slotted(composed))
        return drawn[-1].laid_out

    result = lay_out_sheet(
        loaded, row.sheet, moment, SheetUse(row.record), partial(lay_out_piece, draw=draw)
    ).piece
    if result.report.errors:
        return RunLayout(digest, b"", 0, (), result.report)
    slots = drawn[-1].slots
    bare = empty_slots(drawn[-1].laid_out.pdf, len(slots))
    layout = RunLayout(digest, bare, result.pages, slots, result.report)
    _keep(layout)
    return layout


def _keep(layout: RunLayout) -> None:
    head = {
        "pages": layout.pages,
        "pdf": hashlib.sha256(layout.pdf).hexdigest(),
        "slots": [asdict(slot) for slot in layout.slots],
        "warnings": [
            [finding.what, finding.why, finding.mend] for finding in layout.report.findings
        ],
    }
    folder = layout_folder()
    data = json.dumps(head).encode() + b"\n" + layout.pdf
    write_all(folder, {layout.digest: data}, owner_only=True)
    old = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    for path in old[:-MOST_KEPT]:
        path.unlink(missing_ok=True)


def _kept(digest: str) -> RunLayout | None:
    """Read a layout that was kept; one that is not whole is made anew."""
    from handouts.render.slots import Slot  # noqa: PLC0415 - heavy

    try:
        head, _, pdf = (layout_folder() / digest).read_bytes().partition(b"\n")
        kept = json.loads(head)
    except (OSError, ValueError):
        return None
    if kept["pdf"] != hashlib.sha256(pdf).hexdigest():
        return None
    slots = tuple(Slot(**_tuples(slot)) for slot in kept["slots"])
    warnings = (
        Finding(what, why, mend, severity=Severity.WARNING) for what, why, mend in kept["warnings"]
    )
    return RunLayout(digest, pdf, kept["pages"], slots, Report(tuple(warnings)))


def _tuples(slot: dict[str, Any]) -> dict[str, Any]:
    return slot | {"colour": tuple(slot["colour"])}
