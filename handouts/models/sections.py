"""Sections: the parts of the explainer, each with a heading and what stands below it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from handouts.drawings.fixed.art import LABELS, Art
from handouts.models.base import (
    ClaimRef,
    Id,
    Model,
    PicturePath,
    Prose,
    SourceRef,
    Text,
    TextOrKeys,
)

_KINDS = ("text", "list", "claims", "callout", "warning")


class Include(StrEnum):
    """What can follow a section's own text."""

    CONTACT = "contact"
    EXERCISES = "exercises"
    TESTIMONIALS = "testimonials"


class Item(TextOrKeys):
    """One line of a list: a term to look for, and what is said of it."""

    term: Prose | None = None
    text: Prose


class Block(TextOrKeys):
    """A paragraph, a list, a set of claims, a callout or a warning: exactly one of them."""

    title: Prose | None = None
    """A small heading above a list, claims or a callout."""
    text: Prose | None = None
    list: Annotated[tuple[Item, ...], Field(min_length=1, max_length=14)] | None = None
    claims: Annotated[tuple[ClaimRef, ...], Field(min_length=1)] | None = None
    callout: Prose | None = None
    """A main message, set off from the text."""
    warning: Prose | None = None
    """What must not be overlooked: when to call for help."""
    sources: tuple[SourceRef, ...] = ()
    """What the block rests on; printed as small numbers that lead to the list of sources."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [kind for kind in _KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            raise PydanticCustomError(
                "unreadable",
                "{why}",
                {
                    "why": f"a block is one of {', '.join(_KINDS)}, and this one has "
                    + (" and ".join(given) or "none of them")
                },
            )
        return self


class Picture(Model):
    """A picture beside a section or on a cover: one that is drawn, or the clinic's own file."""

    drawing: Art | None = None
    """One of the drawings that come with handouts."""
    file: PicturePath | None = None
    caption: Prose | None = None
    """What the reader should see in it; printed below."""
    alt: Text
    """The same for somebody who can't see it."""
    labels: Mapping[Id, Prose] = {}
    """The words that stand in a drawing, by the name of their place."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        why = None
        if (self.drawing is None) == (self.file is None):
            why = "a picture is either a drawing or a file"
        if why:
            raise PydanticCustomError("unreadable", "{why}", {"why": why})
        known = LABELS[self.drawing] if self.drawing else ()
        wanted = ", ".join(known) or "none"
        for label in self.labels:
            if label not in known:
                raise PydanticCustomError(
                    "unreadable",
                    "{why}",
                    {
                        "why": f'there is no label "{label}"; the labels are: {wanted}',
                        "at": ("labels", label),
                    },
                )
        for label in known:
            if label not in self.labels:
                raise PydanticCustomError(
                    "unreadable",
                    "{why}",
                    {
                        "why": f'the label "{label}" is missing; the labels are: {wanted}',
                        "at": ("labels",),
                    },
                )
        return self


class Section(Model):
    """A heading and its text: ``body`` on sheets, ``brief`` on folds and cards."""

    heading: Prose
    body: tuple[Block, ...] = ()
    brief: tuple[Block, ...] | None = None
    """A shorter form for folds and cards; where it is left out, the body is printed there too."""
    picture: Picture | None = None
    include: Include | None = None
    """What follows the text: contact, exercises or testimonials."""
