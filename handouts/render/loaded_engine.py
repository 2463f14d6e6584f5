"""The layout engine as all use it here: with the shipped fonts alone, and one set of them."""

from __future__ import annotations

import ctypes.util
import os
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from handouts.basics.errors import MachineError
from handouts.render.fonts import use_shipped_fonts_only

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from types import ModuleType

PANGO_MISSING = (
    "Debian and Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0; Fedora: sudo dnf install pango; macOS: brew install pango; "
    "Windows: install MSYS2, then: pacman -S mingw-w64-x86_64-pango"
)


@contextmanager
def _libraries_by_file_name() -> Iterator[None]:
    """Let the engine find its libraries by the names of their files, which it tries last.

    Before that it asks the C compiler and the linker for each of 22 other names. On Linux this
    took half of its import: 0.25 of 0.5 s, measured. Elsewhere the other names are needed.
    """
    if sys.platform != "linux":
        yield
        return

    def none(name: str) -> str | None:  # noqa: ARG001 - called as the one it stands for
        return None

    asking, ctypes.util.find_library = ctypes.util.find_library, none
    try:
        yield
    finally:
        ctypes.util.find_library = asking


@cache
def weasyprint() -> ModuleType:
    """Import the layout engine with the shipped fonts.

    Raises:
        MachineError: Pango's libraries are missing.

    """
    use_shipped_fonts_only()
    try:
        with _libraries_by_file_name():
            import weasyprint as engine  # noqa: PLC0415 - heavy; may be missing its libraries
    except OSError as error:
        raise MachineError.because(
            "Pango's libraries are missing", why=str(error).split(":")[0], mend=PANGO_MISSING
        ) from error
    module: ModuleType = engine
    return module


@cache
def font_configuration() -> Any:
    """Give the fonts that all pages of this process are set in."""
    weasyprint()
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    return FontConfiguration()


def get_ready() -> None:
    """Do what the engine does once in a process: import it, find the fonts, draw a first line.

    Raises:
        MachineError: Pango's libraries are missing.

    """
    line = weasyprint().HTML(string="<p>handouts")
    line.write_pdf(font_config=font_configuration())


@contextmanager
def fonts_dated(day: date) -> Iterator[None]:
    """Let the font library write the content's date into subset fonts, not the time of day."""
    name = "SOURCE_DATE_EPOCH"
    before = os.environ.get(name)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    os.environ[name] = str(int(midnight.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
