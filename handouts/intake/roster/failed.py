"""Rows that failed, written so that they can be mended and run again on their own."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from handouts.basics.settings import Setting, as_keys
from handouts.deliver.folder import write_own
from handouts.intake.roster.columns import ROW, WRONG, is_failed
from handouts.intake.roster.formulas import harmless
from handouts.intake.roster.header_words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from handouts.intake.roster.columns import Columns
    from handouts.intake.roster.row_reader import BadRow


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows as CSV that Excel opens with every letter."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for cells in rows:
        writer.writerow([harmless(cell.replace("\0", "\ufffd")) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def write_table(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write rows as CSV that only its owner can read.

    Raises:
        MachineError: the folder can't be written or the disk is full.

    """
    write_own(path, table(rows))


def write_failed(
    path: Path, columns: Columns, rows: Iterable[BadRow], setting: Setting = Setting.OUTPUT
) -> None:
    """Write the table of failed rows where only its owner can read it.

    ``setting`` is what gave the place.

    Raises:
        MachineError: the folder can't be written or the disk is full.

    """
    write_own(path, failed_table(columns, rows), setting)


def failed_table(columns: Columns, rows: Iterable[BadRow]) -> bytes:
    """Write rows with their own columns and, before them, their number and what is wrong.

    The two columns of an earlier writing are replaced. Reading the file again passes over
    them without a word. They are people's own: only their owner may read the file.
    """
    names = [plain(name) for name in columns.header]
    noted = {ROW, WRONG} if is_failed(names) else set()
    kept = [index for index, name in enumerate(names) if name not in noted]

    def cells() -> Iterable[Sequence[str]]:
        yield (ROW, WRONG, *(columns.header[index] for index in kept))
        for row in rows:
            wrong = "; ".join(_sentence(finding.what, finding.mend) for finding in row.findings)
            own = [row.cells[index] if index < len(row.cells) else "" for index in kept]
            yield (str(row.number), wrong, *own, *row.cells[len(names) :])

    return table(cells())


def _sentence(what: str, mend: str) -> str:
    return as_keys(f"{what} ({mend})" if mend else what)
