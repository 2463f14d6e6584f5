"""The list of what stands where in a run, for a spreadsheet and for a program."""

from __future__ import annotations

import csv
import io
import json
from contextlib import ExitStack
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Self

from handouts.deliver.folder import owners_file
from handouts.intake.roster.formulas import harmless

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """A line of the manifest. Without ``name`` nothing in it is a person's own.

    Its ``number`` is 0 where it is the line's own place in the list, counted from 1.
    """

    number: int
    file: str
    part: int
    kind: str
    piece: str
    row: int | None
    record_id: str
    copy: int
    first_page: int
    sides: int
    edition: str
    paper: str
    layout: str
    """A short digest of its layout; empty where the sheet has one of its own."""
    exercises: str
    name: str | None = None


class RunManifest:
    """Writes both lists line by line."""

    def __init__(self, table: Path, data: Path, *, with_names: bool) -> None:
        self._paths = (table, data)
        self._columns = tuple(
            f.name for f in fields(ManifestLine) if with_names or f.name != "name"
        )
        self._open = ExitStack()
        self._lines = 0

    def __enter__(self) -> Self:
        """Begin the lists.

        Raises:
            OSError: the folder can't be written.

        """
        table, self._data = (self._open.enter_context(owners_file(path)) for path in self._paths)
        text = io.TextIOWrapper(table, encoding="utf-8-sig", newline="", write_through=False)
        self._text = self._open.enter_context(text)
        self._table = csv.writer(self._text)
        self._table.writerow(name.replace("_", " ") for name in self._columns)
        self._data.write(b'{\n "sheets": [')
        return self

    def add(self, line: ManifestLine) -> None:
        """Write a line."""
        told = asdict(line)
        told["number"] = line.number or self._lines + 1
        shown = {name: told[name] for name in self._columns}
        self._table.writerow(
            "" if value is None else harmless(str(value).replace("\0", "\ufffd"))
            for value in shown.values()
        )
        comma = b"," if self._lines else b""
        self._data.write(comma + b"\n  " + json.dumps(shown, ensure_ascii=False).encode())
        self._lines += 1

    def finish(self, told: Mapping[str, Any]) -> None:
        """Write what is told of the run as a whole.

        Raises:
            OSError: the disk is full.

        """
        rest = json.dumps(told, indent=1, ensure_ascii=False).removeprefix("{")
        self._data.write(b"\n ]," + rest.encode() + b"\n")
        self._open.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the lists."""
        self._open.close()
