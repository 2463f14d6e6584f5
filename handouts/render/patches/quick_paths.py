"""Paths of drawings, read at once.

The engine reads a path point by point, and each time copies what is left of it. The drawings
of a sheet have thousands of points: half of the time to draw it, measured.

Written for WeasyPrint 70, in place of its ``svg.TAGS["path"]``. Upstream could read a path once,
with a regular expression as here.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from handouts.drawings.paths import path_operators, read_path

if TYPE_CHECKING:
    from collections.abc import Iterator

PATHS_KEPT = 4000
"""Some 2 kB each; the four shipped exercises have 383 for one side in one edition."""


@contextmanager
def paths_read_at_once() -> Iterator[None]:
    """Let the engine draw paths of lines and cubic curves by their segments.

    Paths with anything else in them are left to the engine, as are those with markers.
    """
    from weasyprint import svg as drawing  # noqa: PLC0415 - after the fonts are set

    plain = drawing.TAGS["path"]

    def at_once(svg: Any, node: Any, font_size: float) -> None:
        marked = any("marker" in name for name in node.attrib)
        operators = None if marked else _drawn(node.get("d", ""))
        if operators is None:
            plain(svg, node, font_size)
        else:
            svg.stream.stream.append(operators)

    drawing.TAGS["path"] = at_once
    try:
        yield
    finally:
        drawing.TAGS["path"] = plain


@lru_cache(maxsize=PATHS_KEPT)
def _drawn(path: str) -> bytes | None:
    """Write a path as PDF's operators; the sheets of a run have the same drawings over and over."""
    segments = read_path(path)
    return None if segments is None else " ".join(path_operators(segments)).encode()
