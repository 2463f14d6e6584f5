"""How somebody says that a table is to be read."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.intake.roster.columns import AS_NAMED, SaidColumns


@dataclass(frozen=True, slots=True)
class Reading:
    """What is said of a table: all of it is found out where nothing is said."""

    worksheet: str = ""
    """Of a workbook."""
    encoding: str = ""
    """Of a text file that is not UTF-8."""
    columns: SaidColumns = AS_NAMED


AS_FOUND = Reading()
"""Nothing is said of the table."""
