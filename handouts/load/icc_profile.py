"""A clinic's own ICC profile: inside its folder, whole, and for a press."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from handouts.basics.inside import plain_file, read_inside

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_PROFILE_BYTES = 20_000_000
"""Profiles of presses have 0.5 to 3 MB."""
HEADER_BYTES = 128
"""The length of an ICC profile's header (ICC.1:2022, 7.2); its fields lie at the places below."""
_CLASS = slice(12, 16)
_SPACE = slice(16, 20)
_SIGNATURE = slice(36, 40)
_CLASSES = {
    b"scnr": "an input profile (scanner or camera)",
    b"mntr": "a display profile",
    b"prtr": "an output profile",
    b"link": "a device link",
    b"spac": "a colour space",
    b"abst": "an abstract profile",
    b"nmcl": "a list of named colours",
}


def check_profile(folder: Path, written: str) -> Path:
    """Give the file that a profile path means, when a press can be addressed with it.

    Raises:
        ValueError: with a sentence that says what the file is and what would be right.

    """
    path = plain_file(folder, written, what="profile")
    data = read_inside(path, LARGEST_PROFILE_BYTES)
    if len(data) < HEADER_BYTES or data[_SIGNATURE] != b"acsp":
        raise ValueError(f'"{written}" is no ICC profile; ask your print shop for the file')
    kind = _CLASSES.get(data[_CLASS], "a profile of an unknown class")
    space = data[_SPACE].decode("ascii", "replace").strip()
    if data[_CLASS] != b"prtr" or space != "CMYK":
        raise ValueError(
            f'"{written}" is {kind} for {space}; an output profile for CMYK is needed: '
            "ask your print shop for the one of its press"
        )
    _check_whole(data, written)
    return path


def _check_whole(data: bytes, written: str) -> None:
    from PIL import ImageCms  # noqa: PLC0415 - only where a profile is named

    try:
        ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(BytesIO(data)),
            "RGB",
            "CMYK",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        )
    except (ImageCms.PyCMSError, OSError) as error:
        raise ValueError(f'"{written}" is damaged; copy it anew from your print shop') from error
