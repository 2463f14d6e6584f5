"""A clinic's own pictures: inside its folder, readable, and harmless."""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from base64 import b64decode
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from handouts.basics.inside import LARGEST_PICTURE_BYTES, plain_file, read_inside
from handouts.basics.limits import MEGABYTE, Limit, OverLimitError
from handouts.load.svg_budget import MOST_PARTS, check_budget

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

MOST_DOTS = 50_000_000
"""A page of A4 at 600 dots per inch has 35 million; 50 million are laid out in 3 to 6 seconds."""
MOST_SCANS = 100
"""Of a JPEG: each goes over all its dots again. Programs write 10."""
_SCAN = b"\xff\xda"
_MANY_DOTS = 4_000_000
"""So many are decoded in 60 ms."""
_DECODING = Limit(cpu_s=20, memory_bytes=1_000 * MEGABYTE)
"""A picture of 50 million dots takes a second and 200 MB."""
_RASTER = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
_OUTSIDE_LINK = re.compile(
    r"(https?|file|ftp|javascript):|@import|^//|url\(\s*['\"]?(?!#)", re.IGNORECASE
)
_EMBEDDED = {"png": "PNG", "jpeg": "JPEG", "jpg": "JPEG"}
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, zlib.error, struct.error)
"""What Pillow raises for damaged files; UnidentifiedImageError is an OSError."""
_ACTIVE = {"script", "foreignObject", "iframe", "animate", "set", "handler"}


def check_picture(folder: Path, written: str) -> Path:
    """Give the file that a picture path means, when it may be printed.

    Raises:
        ValueError: with a sentence that says what is wrong and what would be right: the
            path leaves the folder, nothing is there, it is no picture, or an SVG that
            runs code or fetches something. Nothing outside the folder is read.

    """
    if re.match(r"^[a-zA-Z][a-zA-Z0-9+.-]+:", written):
        raise ValueError(
            f'"{written}" is an address; copy the picture beside content.yaml and name the file'
        )
    path = plain_file(folder, written, what="picture")
    try:
        data = read_inside(path, LARGEST_PICTURE_BYTES, "save it smaller")
    except OSError as error:
        raise ValueError(
            f'the picture "{written}" can\'t be read: {error.strerror}; name another file'
        ) from error
    suffix = path.suffix.lower()
    if suffix == ".svg":
        _check_svg(data, written)
    elif suffix in _RASTER:
        _check_raster(data, _RASTER[suffix], written)
    else:
        raise ValueError(f'"{written}" is no SVG, PNG or JPEG; save it as one of them')
    return path


def read_svg(data: bytes, written: str) -> Element:
    """Give the parts of an SVG that may be printed; ``written`` is how messages call it.

    Raises:
        ValueError: with a sentence that says what is wrong and, after a semicolon, the mend.

    """
    _check_svg(data, written)
    return fromstring(data)


def _check_raster(data: bytes, kind: str, written: str, most_dots: int = MOST_DOTS) -> int:
    """Look at a picture of dots; give how many it has."""
    from PIL import Image  # noqa: PLC0415 - only where a raster is used

    try:
        with (
            warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning),
            Image.open(BytesIO(data), formats=[kind]) as picture,
        ):
            dots = picture.width * picture.height
    except Image.DecompressionBombError as error:
        raise _too_many_dots(written) from error
    except _BROKEN as error:
        raise _broken(written, error) from error
    if dots > most_dots:
        raise _too_many_dots(written)
    if kind == "JPEG" and (scans := data.count(_SCAN)) > MOST_SCANS:
        raise ValueError(
            f'"{written}" is drawn {scans:,} times over, the limit is {MOST_SCANS}; save it again'
        )
    try:
        if dots > _MANY_DOTS:
            from handouts.basics.workers import apart  # noqa: PLC0415 - only for large pictures

            apart(_decode, data, kind, limit=_DECODING)
        else:
            _decode(data, kind)
    except OverLimitError as error:
        raise ValueError(
            f'"{written}" can\'t be opened: it takes {error.words}; save it again'
        ) from error
    except _BROKEN as error:
        raise _broken(written, error) from error
    return dots


def _too_many_dots(written: str) -> ValueError:
    return ValueError(
        f'"{written}" has more than {MOST_DOTS // 1_000_000} megapixels; save it smaller'
    )


def _broken(written: str, error: Exception) -> ValueError:
    return ValueError(f'"{written}" is broken ({error}); save it again')


def _decode(data: bytes, kind: str) -> None:
    from PIL import Image, ImageFile  # noqa: PLC0415

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # the layout engine turns it on for all
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(BytesIO(data), formats=[kind]) as picture:
            picture.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _check_svg(
    data: bytes, written: str, most_dots: int = MOST_DOTS, *, inside: bool = False
) -> int:
    """Look at an SVG; give the dots of the pictures that stand in it as letters."""
    if data.count(b"<") > 4 * MOST_PARTS:  # each element ends, too; and comments
        raise ValueError(f'"{written}" holds more than {MOST_PARTS:,} parts; save it simpler')
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ValueError(f'"{written}" is no plain SVG ({error}); save it again') from error
    if _local_name(root) != "svg":
        raise ValueError(f'"{written}" is no SVG; save it again')
    dots = 0
    for element in root.iter():
        for address in _embedded(element, written):
            dots += _check_embedded(address, written, most_dots - dots, inside=inside)
    try:
        check_budget(root)
    except ValueError as error:
        raise ValueError(f'"{written}" {error}') from error
    return dots


def _embedded(element: Element, written: str) -> list[str]:
    """Look at an element; give the pictures that stand in it as letters."""
    name = _local_name(element)
    if name in _ACTIVE:
        raise ValueError(f'"{written}" holds <{name}>, which runs or moves; save it as plain SVG')
    if name == "style" and _OUTSIDE_LINK.search(element.text or ""):
        raise ValueError(f'"{written}" links to something outside; save it as plain SVG')
    found = []
    for attribute, value in element.attrib.items():
        local = attribute.rpartition("}")[2]
        if local.lower().startswith("on"):
            raise ValueError(f'"{written}" holds {local}, which runs code; save it as plain SVG')
        embedded = value.startswith("data:image/") and local == "href"
        links = local == "href" and not value.startswith("#") and not embedded
        if links or (local != "href" and _OUTSIDE_LINK.search(value)):
            raise ValueError(
                f'"{written}" links to "{value[:40]}"; save it as plain SVG without links'
            )
        if embedded:
            found.append(value)
    return found


def _check_embedded(address: str, written: str, most_dots: int, *, inside: bool) -> int:
    """Look at a picture that stands in an SVG as letters; give its dots."""
    head, _, body = address.partition(",")
    kind = head.removeprefix("data:image/").partition(";")[0]
    try:
        data = b64decode(body) if head.endswith(";base64") else unquote_to_bytes(body)
    except ValueError as error:
        raise _broken(written, error) from error
    name = f"{written}, a picture in it"
    if kind in _EMBEDDED:
        return _check_raster(data, _EMBEDDED[kind], name, most_dots)
    if kind == "svg+xml" and not inside:
        return _check_svg(data, name, most_dots, inside=True)
    raise ValueError(f'"{name}" is no PNG or JPEG; save it as plain SVG without it')


def _local_name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
