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
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"BM", "BMP"),
    (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"), (b"%PDF", "PDF"), (b"8BPS", "Photoshop"),
    (b"\xc5\xd0\xd3\xc6", "EPS"), (b"%!PS", "EPS"), (b"\0\0\1\0", "icon"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"), (b"PK\3\4", "zip or Office"), (b"\x1f\x8b", "gzip"),
)  # fmt: skip
_RASTER = ("PNG", "JPEG")
_FETCHED = re.compile(r"@import|url\(\s*(?!\s|['\"]?\s*#)", re.IGNORECASE)
"""A rule or property that fetches something; what begins with # stands in the picture itself."""
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_GREY_16 = b"\x10\x00"
"""A PNG's bit depth and colour type (PNG, 11.2.1)."""
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
    kind = kind_of(data)
    if kind == "SVG":
        _check_svg(data, written)
    elif kind in _RASTER:
        _check_raster(data, kind, written)
    else:
        named = f"is a {kind} file and" if kind else "is broken, or"
        raise ValueError(f'"{written}" {named} no SVG, PNG or JPEG; save it again as one of them')
    return path


def read_svg(data: bytes, written: str) -> Element:
    """Give the parts of an SVG that may be printed; ``written`` is how messages call it.

    Raises:
        ValueError: with a sentence that says what is wrong and, after a semicolon, the mend.

    """
    _check_svg(data, written)
    return fromstring(data)


def kind_of(data: bytes) -> str:
    """Say what a file is by what it holds, whatever its name ends with; "" where unknown."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp":
        return "AVIF" if data[8:12].startswith(b"avi") else "HEIC"
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "web page"
    utf_16 = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return "SVG" if head.startswith(b"<") or utf_16 else ""


def letters_of(address: str) -> bytes:
    """Give the file that a ``data:`` address holds (RFC 2397).

    Raises:
        ValueError: its letters are no base64.

    """
    head, _, body = address.partition(",")
    return b64decode(body) if head.lower().endswith(";base64") else unquote_to_bytes(body)


def as_drawn(data: bytes) -> bytes:
    """Give a picture in a form that the layout engine draws as it is.

    Grey of 16 bits is clipped to black by what turns it into 8; each dot is scaled here.
    """
    if kind_of(data) != "PNG" or data[24:26] != _GREY_16:
        return data
    import numpy as np  # noqa: PLC0415 - seldom needed
    from PIL import Image  # noqa: PLC0415

    with Image.open(BytesIO(data), formats=["PNG"]) as picture:
        dots = np.asarray(picture, dtype=np.uint32)
    out = BytesIO()
    Image.fromarray(((dots * 255 + 32767) // 65535).astype(np.uint8)).save(out, "PNG")
    return out.getvalue()


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
            if kind == "JPEG":  # every letter of it is read, an eighth of the dots is made
                picture.draft(None, (picture.width // 8, picture.height // 8))
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
    except DefusedXmlException as error:
        raise ValueError(
            f'"{written}" holds <!ENTITY>, which is not read; save it again as plain SVG'
        ) from error
    except (ParseError, ValueError) as error:
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
    if element.tag.startswith("{") and not element.tag.startswith(_SVG):
        return []  # what drawing programs note down; nothing of it is drawn
    if name in _ACTIVE:
        raise ValueError(f'"{written}" holds <{name}>, which runs or moves; save it as plain SVG')
    if name == "style" and _FETCHED.search(element.text or ""):
        raise ValueError(f'"{written}" links to something outside; save it as plain SVG')
    found = []
    for attribute, value in element.attrib.items():
        local = attribute.rpartition("}")[2]
        if local.lower().startswith("on"):
            raise ValueError(f'"{written}" holds {local}, which runs code; save it as plain SVG')
        embedded = value.startswith("data:image/") and local == "href"
        if _fetches(name, attribute, value) and not embedded:
            raise ValueError(
                f'"{written}" links to "{value[:40]}"; save it as plain SVG without links'
            )
        if embedded:
            found.append(value)
    return found


def _fetches(name: str, attribute: str, value: str) -> bool:
    """Say whether an attribute makes a reader of the picture fetch something, or run it."""
    if attribute in {"href", _XLINK + "href"}:
        led = name == "a" and value.strip()[:11].lower() != "javascript:"  # followed by a click
        return not led and not value.startswith("#")
    return attribute == _XML_BASE or (
        not attribute.startswith("{") and _FETCHED.search(value) is not None
    )


def _check_embedded(address: str, written: str, most_dots: int, *, inside: bool) -> int:
    """Look at a picture that stands in an SVG as letters; give its dots."""
    try:
        data = letters_of(address)
    except ValueError as error:
        raise _broken(written, error) from error
    name = f"{written}, a picture in it"
    kind = kind_of(data)
    if kind in _RASTER:
        return _check_raster(data, kind, name, most_dots)
    if kind == "SVG" and not inside:
        return _check_svg(data, name, most_dots, inside=True)
    raise ValueError(f'"{name}" is no PNG or JPEG; save it as plain SVG without it')


def _local_name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
