"""What was written last time, so that nothing unchanged is laid out again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.basics.digests import checksum
from handouts.basics.made_with import made_with
from handouts.basics.plain_files import read_plain

if TYPE_CHECKING:
    from datetime import datetime

    from handouts.compose.composed import Composed

RECORD_FILE = ".handouts.json"
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One written file: what went in, what came out."""

    inputs: str
    """Empty where there was something to tell, so that it is told again."""
    file: str
    pages: int
    read: dict[str, str]
    """The files that were read for it, each with its digest."""
    beside: dict[str, str] = field(default_factory=dict)
    """The files that go with it, each with its digest."""
    made: dict[str, Any] = field(default_factory=dict)
    """As what it was made: piece, paper, edition, profile, proof, copies."""
    content: str = ""
    """The key of its inputs without its companions'."""


def inputs_key(composed: Composed, moment: datetime | None, *others: str) -> str:
    """Give a key that changes with anything that could change the files' bytes.

    ``others`` is what the files that go with it follow from.
    """
    return made_with(
        composed.html,
        composed.folder.as_posix(),
        str(moment),
        str(composed.dated),
        str(composed.proof),
        str(composed.folded),
        composed.press_profile.as_posix(),
        *others,
    )


def read_record(folder: Path) -> dict[str, Entry]:
    """Read the record of a folder; where it is missing or damaged, nothing is known."""
    try:
        raw: Any = json.loads(read_plain(folder / RECORD_FILE, _MOST_BYTES))
        return {name: Entry(**entry) for name, entry in raw.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def record_bytes(record: dict[str, Entry]) -> bytes:
    """Write a record as JSON."""
    entries = {name: asdict(entry) for name, entry in sorted(record.items())}
    return (json.dumps(entries, indent=1) + "\n").encode()


def still_there(folder: Path, name: str, entry: Entry | None, inputs: str) -> bool:
    """Say whether the files that these inputs gave are still there, byte for byte."""
    if entry is None or entry.inputs != inputs:
        return False
    try:
        there = {name: entry.file, **entry.beside}
        return all(checksum(folder / file) == digest for file, digest in there.items()) and all(
            checksum(Path(path)) == digest for path, digest in entry.read.items()
        )
    except OSError:
        return False
