"""Files of earlier builds that no longer say what the content says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handouts.basics.choices import Edition, Profile
from handouts.basics.counting import counted
from handouts.basics.errors import HandoutsError
from handouts.basics.findings import Finding, Report, Severity
from handouts.basics.papers import Paper
from handouts.basics.settings import Setting, named
from handouts.compose.compose import compose
from handouts.jobs.record import Entry, inputs_key

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from handouts.compose.composed import Composed
    from handouts.load.content import LoadedContent


def made(piece: Composed, copies: int | None) -> dict[str, Any]:
    """Say as what a file is made, so that it can be made again."""
    return {
        "piece": piece.piece,
        "paper": str(piece.paper),
        "edition": str(piece.edition),
        "profile": str(piece.profile),
        "proof": piece.proof,
        "copies": copies,
    }


def older_files(
    loaded: LoadedContent, folder: Path, record: dict[str, Entry], moment: datetime | None
) -> tuple[Path, ...]:
    """Give the files that are still there and that the content would make another way."""
    older = []
    for name, entry in sorted(record.items()):
        if not entry.made or not (folder / name).is_file():
            continue
        was = entry.made
        if was["piece"] not in loaded.content.handouts:
            older.append(folder / name)
            continue
        try:
            piece = compose(
                loaded,
                was["piece"],
                Paper(was["paper"]),
                Edition(was["edition"]),
                Profile(was["profile"]),
                proof=was["proof"],
            )
        except HandoutsError:
            older.append(folder / name)
            continue
        if inputs_key(piece, moment) != entry.content:
            older.append(folder / name)
    return tuple(older)


def told_older(older: tuple[Path, ...]) -> Report:
    """Name files that still say what the content said earlier."""
    finding = Finding(
        f"{counted(len(older), 'file')} of an earlier build "
        f"{'is' if len(older) == 1 else 'are'} older than the content: "
        + ", ".join(str(path) for path in older),
        "they still say what it said then",
        f"make them again with {named(Setting.AGAIN)}, or delete them",
        severity=Severity.WARNING,
    )
    return Report((finding,))
