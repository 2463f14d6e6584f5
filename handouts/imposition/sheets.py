"""The sheets that are printed on.

A sizes: ISO 216. SRA3: ISO 217. Letter and tabloid: ANSI/ASME Y14.1, sizes A and B. Legal,
12 x 18 and 13 x 19 in are trade sizes of North America.
"""

from __future__ import annotations

from enum import StrEnum

from handouts.lengths import inches, mm
from handouts.paper import Size


class Sheet(StrEnum):
    """A sheet by the name that a paper dealer knows."""

    LETTER = "letter"
    LEGAL = "legal"
    TABLOID = "tabloid"
    TWELVE_BY_EIGHTEEN = "12x18"
    THIRTEEN_BY_NINETEEN = "13x19"
    A4 = "a4"
    A3 = "a3"
    SRA3 = "sra3"


SHEET_SIZES = {
    Sheet.LETTER: Size(inches("8.5"), inches(11)),
    Sheet.LEGAL: Size(inches("8.5"), inches(14)),
    Sheet.TABLOID: Size(inches(11), inches(17)),
    Sheet.TWELVE_BY_EIGHTEEN: Size(inches(12), inches(18)),
    Sheet.THIRTEEN_BY_NINETEEN: Size(inches(13), inches(19)),
    Sheet.A4: Size(mm(210), mm(297)),
    Sheet.A3: Size(mm(297), mm(420)),
    Sheet.SRA3: Size(mm(320), mm(450)),
}
"""Width and height of each sheet, upright."""
