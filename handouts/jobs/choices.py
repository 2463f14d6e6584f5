"""What was chosen for a patient's sheet at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.jobs.own_exercise import OwnWords
    from handouts.prescribe.doses import Passed


@dataclass(frozen=True, slots=True)
class Choices:
    """All that was chosen at one moment: a draft can go back to it, and it can be kept."""

    values: Mapping[str, Any]
    parts: Mapping[str, Mapping[str, str]]
    chosen: tuple[str, ...]
    without: frozenset[str]
    reasons: Mapping[tuple[str, Passed], str]
    own: Mapping[str, OwnWords]
    """What changes in the exercises' own words, by exercise: parts and texts."""
