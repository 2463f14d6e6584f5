"""QR codes as vector drawings."""

from __future__ import annotations

QUIET_ZONE_MODULES = 4
"""The white border that readers need (ISO/IEC 18004)."""


def qr_code(url: str, *, title: str) -> str:
    """Draw a web address as inline SVG, black on white, with medium error correction."""
    import segno  # noqa: PLC0415 - a piece without a code does not need it

    code = segno.make(url, error="m", micro=False, boost_error=False)
    svg: str = code.svg_inline(
        border=QUIET_ZONE_MODULES,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        title=title,
    )
    return svg
