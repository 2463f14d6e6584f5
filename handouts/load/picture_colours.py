"""The colours of a picture, to see whether it stands out from its ground."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING

from defusedxml.ElementTree import fromstring

from handouts.load.pictures import as_drawn, kind_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PAINT = re.compile(r"\b(?:fill|stroke|stop-color)\s*:\s*([^;}]+)")
_PAINTED = ("fill", "stroke", "stop-color")
_SHAPES = {"path", "rect", "circle", "ellipse", "polygon", "text", "use"}
_SMALL_PX = 64
_LEAST_SHARE = 0.02
"""A colour on fewer dots than this share is a fringe, not a shape."""


def colours_of(data: bytes) -> frozenset[str]:
    """Give the colours that a picture paints, as #rrggbb; none where that can't be told."""
    return _of_svg(fromstring(data)) if kind_of(data) == "SVG" else _of_dots(data)


def _of_svg(root: Element) -> frozenset[str]:
    names = {str(element.tag).rpartition("}")[2] for element in root.iter()}
    if "image" in names:
        return frozenset()
    written: list[str] = []
    for element in root.iter():
        written += [element.get(key, "") for key in _PAINTED]
        written += _PAINT.findall(element.get("style", ""))
        if str(element.tag).endswith("style"):
            written += _PAINT.findall(element.text or "")
    colours = {colour for one in written if (colour := _hex(one)) is not None}
    if not colours and names & _SHAPES and not any("url(" in one for one in written):
        colours.add("#000000")  # what paints without a colour of its own
    return frozenset(colours)


def _hex(written: str) -> str | None:
    from PIL import ImageColor  # noqa: PLC0415 - only where there is a logo

    try:
        red, green, blue, *_ = ImageColor.getrgb(written.strip())
    except ValueError:
        return None
    return f"#{red:02x}{green:02x}{blue:02x}"


def _of_dots(data: bytes) -> frozenset[str]:
    from PIL import Image  # noqa: PLC0415

    with Image.open(BytesIO(as_drawn(data))) as picture:
        picture.thumbnail((_SMALL_PX, _SMALL_PX))
        small = picture.convert("RGBA")
    dots = small.tobytes()
    seen = [bytes(dots[at : at + 3]) for at in range(0, len(dots), 4) if dots[at + 3] >= 128]
    counts = Counter("#" + "".join(f"{one // 16 * 17:02x}" for one in dot) for dot in seen)
    return frozenset(dot for dot, count in counts.items() if count >= _LEAST_SHARE * len(seen))
