"""Looking at the machine: Python, the engine, its libraries, fonts, the colour profile."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from handouts.basics.assets import shipped_profile
from handouts.basics.counting import counted
from handouts.basics.errors import MachineError

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that was looked at."""

    name: str
    well: bool
    seen: str
    mend: str = ""
    optional: bool = False


def examine() -> Iterator[Look]:
    """Look at each thing the work needs; nothing is changed."""
    yield Look(
        "Python",
        sys.version_info >= OLDEST_PYTHON,
        platform.python_version(),
        "install Python 3.11 or newer",
    )
    yield from _engine()
    yield from _fonts()
    yield _profile()
    yield _validator()


def _engine() -> Iterator[Look]:
    from handouts.render.loaded_engine import PANGO_MISSING  # noqa: PLC0415
    from handouts.render.patches.library_versions import library_versions  # noqa: PLC0415

    try:
        versions = library_versions()
    except MachineError as error:
        yield Look("WeasyPrint and Pango", False, error.report.findings[0].what, PANGO_MISSING)  # noqa: FBT003
        return
    yield Look("WeasyPrint", True, versions.weasyprint)  # noqa: FBT003
    yield Look("Pango", True, versions.pango)  # noqa: FBT003
    yield Look(
        "HarfBuzz-Subset",
        versions.subsets_with_harfbuzz,
        "found" if versions.subsets_with_harfbuzz else "not found; fonts are subset more slowly",
        PANGO_MISSING,
        optional=True,
    )


def _fonts() -> Iterator[Look]:
    from handouts.render.fonts import FONT_PACKAGES, SCRIPT_PACKAGES, font_files  # noqa: PLC0415

    for family in FONT_PACKAGES | SCRIPT_PACKAGES:
        try:
            count = len(font_files(family))
        except MachineError as error:
            finding = error.report.findings[0]
            yield Look(f"Font {family}", False, finding.what, finding.mend)  # noqa: FBT003
        else:
            seen = counted(count, "file")
            yield Look(f"Font {family}", count > 0, seen, "install handouts again")


def _profile() -> Look:
    path = shipped_profile()
    try:
        header = path.read_bytes()[:20]
    except OSError:
        header = b""
    is_cmyk_output = header[12:20] == b"prtrCMYK"
    seen = f"{path.name}, a CMYK output profile" if is_cmyk_output else f"{path.name} is missing"
    return Look("Colour profile", is_cmyk_output, seen, "install handouts again")


def _validator() -> Look:
    there = find_spec("page") is not None
    return Look(
        "PDF/UA validator",
        there,
        "found" if there else "not found; the tags of files for screens are not checked",
        "pip install 'handouts[accessibility]'",
        optional=True,
    )
