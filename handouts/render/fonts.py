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

from handouts.basics.errors import MachineError

FONT_PACKAGES = {
    "Atkinson Hyperlegible": "fontpkg_atkinson_hyperlegible",
    "Fraunces": "fontpkg_fraunces",
    "Noto Sans": "fontpkg_noto_sans",
}
"""Family name, and the Python package that carries its files."""

SCRIPT_PACKAGES = {
    "Noto for other scripts": "manimgx_fonts",
    "Noto Sans CJK": "noto_cjk_sans_otc",
}
"""What a name may need that the families above lack: a script of its own, or an emoji."""

FIGURES = "Figures"
"""A family of ten figures alone, with a plain zero, that text is set in before any other.

Made of Noto Sans by docs/figures_font.py, which says why; codes are set without it.
"""
FIGURES_FOLDER = Path(__file__).parent / "figures"

_REPEATED = ("NotoSans[[]wght].ttf", "NotoSans-Italic[[]wght].ttf")
"""Files of the script packages with a family that already has a package."""

_SCRIPT_FAMILIES = (
    *(
        f"Noto Sans {script}"
        for script in (
            "Arabic", "Hebrew", "Devanagari", "Thai", "Armenian", "Georgian", "Ethiopic",
            "Bengali", "Gujarati", "Gurmukhi", "Kannada", "Malayalam", "Oriya", "Sinhala",
            "Tamil", "Telugu", "Khmer", "Lao", "Myanmar",
        )
    ),
    "Noto Emoji",
    "Noto Sans Symbols",
)  # fmt: skip
"""Tried in this order behind a style's own families, so that no system can choose another."""

_HAN_FAMILIES = {
    "zh-tw": "Noto Sans CJK TC",
    "zh-hk": "Noto Sans CJK HK",
    "ja": "Noto Sans CJK JP",
    "ko": "Noto Sans CJK KR",
}
"""Chinese characters are shaped by the text's language; without one, as in mainland China."""


def font_folder(family: str) -> Path:
    """Give the folder of a family's font files.

    Raises:
        MachineError: the package is not installed.

    """
    package = (FONT_PACKAGES | SCRIPT_PACKAGES)[family]
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise MachineError.because(
            f"the font {family} is not installed",
            mend=f"pip install {package.replace('_', '-')}",
        )
    folder = Path(spec.submodule_search_locations[0])
    return folder / "files" if (folder / "files").is_dir() else folder


def font_files(family: str) -> list[Path]:
    """Give a family's font files that are used, sorted by name.

    Raises:
        MachineError: the package is not installed.

    """
    return sorted(
        path
        for path in font_folder(family).iterdir()
        if path.suffix in {".ttf", ".ttc"}
        and not (family in SCRIPT_PACKAGES and any(map(path.match, _REPEATED)))
    )


@cache
def use_shipped_fonts_only() -> None:
    """Point fontconfig at the shipped fonts; call before the layout engine is imported.

    Raises:
        MachineError: a font package is missing, or no temporary file can be written.

    """
    try:
        scratch = Path(tempfile.mkdtemp(prefix="handouts-fonts-"))
        configuration = scratch / "fonts.conf"
        configuration.write_text(_configuration(scratch), encoding="utf-8")
    except OSError as error:
        raise MachineError.because(
            "no temporary file can be written",
            why=error.strerror or str(error),
            mend="free some space, or name another folder in TMPDIR",
        ) from error
    Finalize(None, shutil.rmtree, args=(scratch, True), exitpriority=1)
    os.environ.pop("FONTCONFIG_SYSROOT", None)
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    for language_of_the_machine in ("FC_LANG", "PANGO_LANGUAGE"):
        os.environ[language_of_the_machine] = "en"


def _configuration(scratch: Path) -> str:
    families = FONT_PACKAGES | SCRIPT_PACKAGES
    folders = "".join(
        f"<dir>{escape(str(folder))}</dir>"
        for folder in (FIGURES_FOLDER, *map(font_folder, families))
    )
    repeated = "".join(
        f"<glob>{escape(str(path))}</glob>"
        for family in SCRIPT_PACKAGES
        for path in set(font_folder(family).glob("*.tt[cf]")) - set(font_files(family))
    )
    han = "".join(
        f'<match target="pattern"><test name="lang" compare="contains"><string>{language}</string>'
        f"</test>{_last_family(family)}</match>"
        for language, family in _HAN_FAMILIES.items()
    )
    others = "".join(map(_last_family, _SCRIPT_FAMILIES))
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig>{folders}<cachedir>{escape(str(scratch))}</cachedir>"
        f"<selectfont><rejectfont>{repeated}</rejectfont></selectfont>"
        f'<match target="pattern">{others}</match>{han}'
        f'<match target="pattern">{_last_family("Noto Sans CJK SC")}</match></fontconfig>'
    )


def _last_family(family: str) -> str:
    return (
        f'<edit name="family" mode="append_last" binding="strong"><string>{family}</string></edit>'
    )


def is_covered(character: str) -> bool:
    """Say whether a shipped font has a glyph for a character."""
    point = ord(character)
    return point in _covered(tuple(FONT_PACKAGES)) or point in _covered(tuple(SCRIPT_PACKAGES))


@cache
def _covered(families: tuple[str, ...]) -> frozenset[int]:
    covered: set[int] = set()
    for family in families:
        for path in font_files(family):
            with TTFont(path, lazy=True, fontNumber=0) as font:
                covered.update(font.getBestCmap())
    return frozenset(covered)
