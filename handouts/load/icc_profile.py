"""A printing condition's ICC profile: inside the clinic's folder, whole, and for a press."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from handouts.basics.assets import shipped_profile
from handouts.basics.inside import plain_file, read_inside
from handouts.basics.papers import Paper
from handouts.basics.press_conditions import AMERICAN, SHIPPED, described, named_conditions

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.basics.press_conditions import NamedCondition

_SUFFIXES = {".icc", ".icm"}
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


def check_condition(folder: Path, written: str) -> Path:
    """Give the profile of a condition that is named, or that is the file of a path.

    Raises:
        ValueError: with a sentence that says what is missing or wrong, and what would be right.

    """
    named = named_conditions().get(written)
    if named is None:
        suffix = PurePosixPath(written).suffix.lower()
        if suffix not in _SUFFIXES and "/" not in written:
            names = ", ".join(named_conditions())
            raise ValueError(
                f'"{written}" is no printing condition; write one of: {names}, or the path of an '
                "ICC profile (.icc)"
            )
        return check_profile(folder, written)
    if named.name == SHIPPED:
        return shipped_profile()
    if not (folder / named.file).is_file():
        raise ValueError(
            f'"{named.name}" needs its profile, which may not be passed on with handouts: get '
            f"{named.file} from {named.source}, and put it beside content.yaml"
        )
    path = check_profile(folder, named.file)
    _check_described(path, named)
    return path


def condition_file(folder: Path, written: str | None, paper: Paper) -> Path:
    """Give the profile of a condition that was checked, or of the one that is meant where none is.

    Raises:
        ValueError: the profile that lies there for the default can't be used.

    """
    american = named_conditions()[AMERICAN]
    if written is None:
        there = paper is Paper.LETTER and (folder / american.file).is_file()
        return check_condition(folder, AMERICAN) if there else shipped_profile()
    named = named_conditions().get(written)
    if named is None:
        return folder / written
    return shipped_profile() if named.name == SHIPPED else folder / named.file


def _check_described(path: Path, named: NamedCondition) -> None:
    from PIL import ImageCms  # noqa: PLC0415 - only where a profile is named

    told = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(str(path))).strip()
    if not named.is_described(told):
        others = [one.name for one in described(told)]
        is_for = f", which is {others[0]}" if others else ""
        raise ValueError(
            f'"{path.name}" says that it is "{told}"{is_for}, and not {named.name}; '
            f"get it from {named.source}"
        )


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
