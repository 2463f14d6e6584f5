"""A clinic's own pictures: inside its folder, readable, and harmless."""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from handouts.inside import LARGEST_PICTURE_BYTES, plain_file

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

_RASTER = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
_OUTSIDE_LINK = re.compile(
    r"(https?|file|ftp|javascript):|@import|^//|url\(\s*['\"]?(?!#)", re.IGNORECASE
)
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
    if path.stat().st_size > LARGEST_PICTURE_BYTES:
        raise ValueError(
            f'"{written}" has more than {LARGEST_PICTURE_BYTES // 1_000_000} MB; save it smaller'
        )
    suffix = path.suffix.lower()
    if suffix == ".svg":
        _check_svg(path.read_bytes(), written)
    elif suffix in _RASTER:
        _check_raster(path, written)
    else:
        raise ValueError(f'"{written}" is no SVG, PNG or JPEG; save it as one of them')
    return path


def _check_raster(path: Path, written: str) -> None:
    from PIL import Image, ImageFile  # noqa: PLC0415 - only where a raster is used

    broken = (*_BROKEN, Image.DecompressionBombError)
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # the layout engine turns it on for all
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(path, formats=[_RASTER[path.suffix.lower()]]) as picture:
            picture.load()
    except broken as error:
        raise ValueError(f'"{written}" is broken ({error}); save it again') from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _check_svg(data: bytes, written: str) -> None:
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ValueError(f'"{written}" is no plain SVG ({error}); save it again') from error
    if _local_name(root) != "svg":
        raise ValueError(f'"{written}" is no SVG; save it again')
    for element in root.iter():
        name = _local_name(element)
        if name in _ACTIVE:
            raise ValueError(
                f'"{written}" holds <{name}>, which runs or moves; save it as plain SVG'
            )
        if name == "style" and _OUTSIDE_LINK.search(element.text or ""):
            raise ValueError(f'"{written}" links to something outside; save it as plain SVG')
        for attribute, value in element.attrib.items():
            local = attribute.rpartition("}")[2]
            if local.lower().startswith("on"):
                raise ValueError(
                    f'"{written}" holds {local}, which runs code; save it as plain SVG'
                )
            embedded = value.startswith("data:image/") and local == "href"
            links = local == "href" and not value.startswith("#") and not embedded
            if links or (local != "href" and _OUTSIDE_LINK.search(value)):
                raise ValueError(
                    f'"{written}" links to "{value[:40]}"; save it as plain SVG without links'
                )


def _local_name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
