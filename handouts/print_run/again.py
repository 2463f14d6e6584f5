"""Some sheets of a run that was printed, once more: which they are, and whether they are as before.

The run's manifest says what stood where. It holds no name, so a sheet is known by its part, row
and copy, and by its layout, in which all but the person's own words stand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from handouts.basics.digests import checksum
from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.plain_files import read_plain
from handouts.basics.settings import Setting, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

SheetKey: TypeAlias = tuple[int, int, int]
"""A sheet's part, row and copy; a standing piece has row 0."""
_MOST_BYTES = 1_000_000_000
"""A sheet has a line of about 300 bytes, measured: some three million of them."""
_SAME = ("record_id", "sides", "edition", "paper", "layout", "exercises")


@dataclass(frozen=True, slots=True)
class Again:
    """The sheets that are asked for, as the manifest has them, and the day of the run."""

    sheets: Mapping[SheetKey, Mapping[str, Any]]
    day: date
    manifest: Path
    lists: Mapping[int, str]
    """The checksum of each part's list."""

    def rows(self, part: int) -> set[int]:
        """Give the rows of a part that are asked for."""
        return {row for of, row, _ in self.sheets if of == part}

    def changed_lists(self, lists: Mapping[int, Path]) -> Iterator[Finding]:
        """Find lists that are not as they were: their rows may be other people's."""
        for part, path in lists.items():
            if self.rows(part) and checksum(path) != self.lists.get(part):
                yield Finding(
                    "the list has changed since the run",
                    "a row may hold another person than the one who was printed",
                    "put it back as it was, or print a list of these people alone",
                    Place(file=str(path)),
                )

    def changed(self, printed: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
        """Find sheets that are not what they were; ``printed`` are lines of a manifest."""
        lines = {key_of(line): line for line in printed}
        for key, before in self.sheets.items():
            now = lines.get(key)
            if now is None or any(now[name] != before[name] for name in _SAME):
                yield Finding(
                    f"sheet {before['number']}, {_called(before)}, is not as it was"
                    if now
                    else f"sheet {before['number']}, {_called(before)}, can't be printed any more",
                    "the list, the content or the version of handouts has changed since",
                    f"print the whole run again, or take the sheet out of {named(Setting.ONLY)}",
                    Place(file=str(self.manifest)),
                )


def key_of(line: Mapping[str, Any]) -> SheetKey:
    """Give what a line of a manifest is known by."""
    return line["part"], line["row"] or 0, line["copy"]


def _called(line: Mapping[str, Any]) -> str:
    return f"No. {line['record_id']}" if line["record_id"] else str(line["piece"])


def read_again(manifest: Path, numbers: Sequence[range], ids: Sequence[str]) -> Again | None:
    """Find the sheets with these numbers or record ids in a run's manifest; None without any.

    Raises:
        ContentError: there is no manifest, or it has not all of them; each that is not there is
            named.

    """
    if not numbers and not ids:
        return None
    place = Place(file=str(manifest))
    try:
        told = json.loads(read_plain(manifest, _MOST_BYTES))
        lines = {line["number"]: line for line in told["sheets"] if line["kind"] != "separator"}
        day = date.fromisoformat(told["day"])
        sheets = {key_of(line): line for line in lines.values()}
        lists = {part["part"]: part["list_sha256"] for part in told["parts"]}
    except FileNotFoundError as error:
        raise ContentError.because(
            "there is no list of what the run printed",
            mend=f"print the run first, without {named(Setting.ONLY)}",
            place=place,
        ) from error
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ContentError.because(
            "this is no list of a run that this version of handouts printed",
            mend=f"print the run again, without {named(Setting.ONLY)}",
            place=place,
        ) from error
    known = {line["record_id"] for line in lines.values()} - {""}
    missing = [*_missing(numbers, lines.keys()), *(one for one in ids if one not in known)]
    if missing:
        raise ContentError(
            Report(
                tuple(
                    Finding(
                        f"the run has no sheet {one}",
                        "",
                        'see the columns "number" and "record id" of the manifest',
                        place,
                    )
                    for one in dict.fromkeys(missing)
                )
            )
        )
    chosen = {
        key: line
        for key, line in sheets.items()
        if line["record_id"] in ids or any(line["number"] in asked for asked in numbers)
    }
    return Again(chosen, day, manifest, lists)


def _missing(asked: Sequence[range], known: Iterable[int]) -> Iterator[str]:
    """Name the numbers that are not known, those side by side together."""
    for numbers in asked:
        at = numbers.start
        for number in (*sorted(one for one in known if one in numbers), numbers.stop):
            if number - at > 1:
                yield f"{at}-{number - 1}"
            elif number > at:
                yield str(at)
            at = number + 1
