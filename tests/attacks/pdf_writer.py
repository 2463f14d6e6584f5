"""Writing PDF files object by object, so that each can be wrong in its own way."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 500]/Contents 4 0 R/Resources 5 0 R%s>>"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def stream(data: bytes, more: bytes = b"") -> bytes:
    """Give a stream object."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), more, data)


def flate(data: bytes, more: bytes = b"") -> bytes:
    """Give a stream object that is packed."""
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode" + more)


def zeros(megabytes: int, times: int = 1) -> bytes:
    """Give packed zeros, packed again so many times more."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def pdf(changes: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """Write a file of one page with some objects changed or added."""
    objects = {
        1: CATALOG,
        2: PAGES,
        3: PAGE % b"",
        4: stream(b"0 0 10 10 re f"),
        5: b"<<>>",
        **changes,
    }
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(places) + 1
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def page(
    more: bytes = b"", drawing: bytes = b"", resources: bytes = b"<<>>", **others: bytes
) -> bytes:
    """Write a file whose page says more, draws, and has resources; ``o6`` is object 6."""
    changes = {int(name[1:]): body for name, body in others.items()}
    return pdf({3: PAGE % more, 4: stream(drawing), 5: resources, **changes})


def boxed(box: bytes, more: bytes = b"") -> bytes:
    """Write a file whose page has another MediaBox."""
    return pdf({3: (PAGE % more).replace(b"[0 0 400 500]", box)})


def form(drawing: bytes, resources: bytes = b"<<>>", more: bytes = b"") -> bytes:
    """Give a form XObject."""
    return stream(
        drawing, b"/Type/XObject/Subtype/Form/BBox[0 0 400 500]/Resources%s%s" % (resources, more)
    )


def doubling_forms(levels: int, times: int = 2) -> bytes:
    """Nest forms each of which draws the next one several times."""
    changes = {5: b"<</XObject<</F 10 0 R>>>>", 4: stream(b"/F Do")}
    for level in range(levels):
        inner = b"<</XObject<</F %d 0 R>>>>" % (11 + level)
        changes[10 + level] = form(b"/F Do " * times, inner)
    changes[10 + levels] = form(b"0 0 1 1 re f")
    return pdf(changes)


def deep_forms(levels: int) -> bytes:
    """Nest forms very deeply, each drawing the next one once."""
    return doubling_forms(levels, 1)


def image(width: int, height: int, data: bytes, more: bytes, bits: int = 8) -> bytes:
    """Write a page that draws a picture."""
    body = stream(
        data,
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d%s"
        % (width, height, bits, more),
    )
    return page(
        drawing=b"q 400 0 0 500 0 0 cm /I Do Q", resources=b"<</XObject<</I 6 0 R>>>>", o6=body
    )


def function_shading(function: bytes) -> bytes:
    """Write a page that is filled by a shading with a function."""
    shading = b"<</ShadingType 1/ColorSpace/DeviceCMYK/Domain[0 400 0 500]/Function 7 0 R>>"
    return page(drawing=b"/S sh", resources=b"<</Shading<</S 6 0 R>>>>", o6=shading, o7=function)


def tiling(step: bytes, drawing: bytes = b"0 0 1 1 re f", resources: bytes = b"<<>>") -> bytes:
    """Write a page that is filled with a tile."""
    tile = stream(
        drawing,
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep %s/YStep %s"
        b"/Resources%s" % (step, step, resources),
    )
    return page(
        drawing=b"/Pattern cs /T scn 0 0 400 500 re f",
        resources=b"<</Pattern<</T 6 0 R>>>>",
        o6=tile,
    )


def text_with_font(
    font: bytes, drawing: bytes = b"BT /F 12 Tf 50 50 Td (Words) Tj ET", **others: bytes
) -> bytes:
    """Write a page with words in a font."""
    return page(drawing=drawing, resources=b"<</Font<</F 6 0 R>>>>", o6=font, **others)
