"""What the content holds, by the ids under which it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.load.content import load_content

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Listing:
    """The names that people know things by, each below its id."""

    pieces: Mapping[str, str]
    exercises: Mapping[str, str]
    programmes: Mapping[str, str]
    clinicians: Mapping[str, str]


def list_content(content: Path) -> Listing:
    """Name the pieces, exercises, programmes and clinicians of the content.

    Raises:
        ContentError: it can't be read; with every finding.

    """
    found = load_content(content).content
    return Listing(
        {name: piece.title for name, piece in found.handouts.items()},
        {name: item.name for name, item in found.exercises.items()},
        {name: item.name for name, item in found.programmes.items()},
        {name: item.name for name, item in found.clinic.clinicians.items()},
    )
