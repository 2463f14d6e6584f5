"""Evidence: sources, and the claims that rest on them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from handouts.models.base import Count, Model, Prose, SourceRef, Text

Doi = Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")]
Year = Annotated[int, Field(strict=True, ge=1900, le=2100)]


class Certainty(StrEnum):
    """How sure the source itself says one can be (GRADE's words), or that it does not say."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very-low"
    NOT_RATED = "not-rated"


class CitedWork(Model):
    """One study or paper, as it is cited."""

    authors: Text
    title: Text | None = None
    journal: Text
    year: Year
    locator: Text | None = None
    """Volume, issue and pages: "101(5):pzab068"."""
    doi: Doi | None = None
    pmid: Annotated[int, Field(strict=True, ge=1, le=99_999_999)] | None = None
    people: Count | None = None
    """How many people (or trials, see result) took part."""
    result: Text
    """What it found, honestly, the null results included; not printed."""

    @property
    def citation(self) -> str:
        """Write the citation in one line, short enough for a handout's foot."""
        where = f"{self.journal} {self.year}"
        if self.locator:
            where += f";{self.locator}"
        parts = [self.authors.rstrip("."), where]
        if self.doi:
            parts.append(f"doi:{self.doi}")
        elif self.pmid:
            parts.append(f"PMID {self.pmid}")
        return ". ".join(parts)


class Claim(Model):
    """One thing a handout says about what needling does, and what that rests on."""

    text: Prose
    basis: Prose | None = None
    """What it rests on, in a few words: "one trial, 30 people, one session"."""
    certainty: Certainty
    sources: Annotated[tuple[SourceRef, ...], Field(min_length=1)]
