"""The fonts: only those that came with the install, never the system's.

Fontconfig is given a configuration of its own that lists the font packages' folders and
nothing else, so that a machine with no fonts, or with many, gives the same pages.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import cache
from importlib.util import find_spec
from multiprocessing.util import Finalize
from pathlib import Path
from xml.sax.saxutils import escape

from fontTools.ttLib import TTFont

from handouts.errors import MachineError

FONT_PACKAGES = {
    "Atkinson Hyperlegible": "fontpkg_atkinson_hyperlegible",
    "Fraunces": "fontpkg_fraunces",
    "Noto Sans": "fontpkg_noto_sans",
}
"""Family name, and the Python package that carries its files."""


def font_folder(family: str) -> Path:
    """Give the folder of a family's font files.

    Raises:
        MachineError: the package is not installed.

    """
    package = FONT_PACKAGES[family]
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise MachineError.because(
            f"the font {family} is not installed",
            mend=f"pip install {package.replace('_', '-')}",
        )
    return Path(spec.submodule_search_locations[0]) / "files"


@cache
def use_shipped_fonts_only() -> None:
    """Point fontconfig at the shipped fonts; call before the layout engine is imported.

    Raises:
        MachineError: a font package is missing, or no temporary file can be written.

    """
    folders = "".join(f"<dir>{escape(str(font_folder(family)))}</dir>" for family in FONT_PACKAGES)
    try:
        scratch = Path(tempfile.mkdtemp(prefix="handouts-fonts-"))
        configuration = scratch / "fonts.conf"
        configuration.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
            f"<fontconfig>{folders}<cachedir>{escape(str(scratch))}</cachedir></fontconfig>",
            encoding="utf-8",
        )
    except OSError as error:
        raise MachineError.because(
            "no temporary file can be written",
            why=error.strerror or str(error),
            mend="free some space, or name another folder in TMPDIR",
        ) from error
    Finalize(None, shutil.rmtree, args=(scratch, True), exitpriority=1)
    os.environ.pop("FONTCONFIG_SYSROOT", None)
    os.environ["FONTCONFIG_FILE"] = str(configuration)


@cache
def covered_characters() -> frozenset[int]:
    """Give the code points that the shipped fonts have a glyph for."""
    covered: set[int] = set()
    for family in FONT_PACKAGES:
        for path in font_folder(family).glob("*.ttf"):
            with TTFont(path, lazy=True) as font:
                covered.update(font.getBestCmap())
    return frozenset(covered)
