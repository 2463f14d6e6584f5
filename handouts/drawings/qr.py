"""QR codes as vector drawings."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

QUIET_ZONE_MODULES = 4
"""The white border that readers need (ISO/IEC 18004)."""


LEAST_MODULE_MM = 0.33
"""Four dots of a printer of 300 dots per inch, the least that DENSO WAVE advises for a square
(qrcode.com, "Point for setting the module size")."""
_ERROR_CORRECTION = "m"


def largest_module_mm(url: str, side_mm: float) -> float:
    """Say how large a square of the code is that is printed ``side_mm`` wide, its border too.

    0 where no code holds so much.
    """
    import segno  # noqa: PLC0415

    try:
        code = _code(url)
    except segno.DataOverflowError:
        return 0.0
    return side_mm / (len(code.matrix) + 2 * QUIET_ZONE_MODULES)


def qr_code(url: str, *, title: str) -> str:
    """Draw a web address as inline SVG, black on white, with medium error correction."""
    svg: str = _code(url).svg_inline(
        border=QUIET_ZONE_MODULES,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        title=title,
    )
    return svg


@lru_cache(maxsize=16)
def _code(url: str) -> segno.QRCode:
    """Make an address's code; one command asks for each of them several times."""
    import segno  # noqa: PLC0415 - a piece without a code does not need it

    return segno.make(url, error=_ERROR_CORRECTION, micro=False, boost_error=False)
