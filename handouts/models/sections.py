"""Sections: the parts of the explainer, each with a heading and what stands below it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, Strict, model_validator
from pydantic_core import PydanticCustomError

from handouts.basics.choices import AFTER_NEEDLING
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

_KINDS = (
    "text", "list", "checklist", "claims", "unknowns", "callout", "warning", "danger", "in_100",
    "visits",
)  # fmt: skip


class Include(StrEnum):
    """What can follow a section's own text."""

    CONTACT = "contact"
    EXERCISES = "exercises"
    TESTIMONIALS = "testimonials"


class Danger(StrEnum):
    """Which of the content's lists of danger signs a block prints."""

    EMERGENCY = "emergency"
    AFTER_NEEDLING = AFTER_NEEDLING


class Icon(StrEnum):
    """What a part of a visit is drawn as."""

    TALK = "talk"
    NEEDLE = "needle"
    HOME = "home"


class Harm(Model):
    """How many of 100 had something."""

    count: Annotated[int, Strict(), Field(ge=1, le=100)]
    text: Prose


class In100(Model):
    """What happened to how many of 100: as dots, each kind with a shape of its own."""

    of: Prose
    """What is counted: "In every 100 treatments"."""
    harms: Annotated[tuple[Harm, ...], Field(min_length=1, max_length=5)]
    rarer: Prose | None = None
    """What fewer than 1 of 100 had."""
    note: Prose
    """How sure the counts are, and whether one may have had several."""

    @model_validator(mode="after")
    def _at_most_100(self) -> Self:
        if (total := sum(harm.count for harm in self.harms)) > 100:
            raise PydanticCustomError(
                "unreadable", "{why}", {"why": f"the counts are {total} of 100", "at": ("harms",)}
            )
        return self


class Visit(Model):
    """A part of a visit: what happens, in the order in which it does."""

    icon: Icon
    title: Prose
    text: Prose
    always: Prose | None = None
    """What holds all through it: "You can stop at any time"."""


class Item(TextOrKeys):
    """One line of a list: a term to look for, what is said of it, and what holds in any case."""

    term: Prose | None = None
    text: Prose
    always: Prose | None = None
    """Printed in bold behind the text."""


class Block(TextOrKeys):
    """A paragraph, a list, a set of claims, a warning ...: exactly one of them."""

    title: Prose | None = None
    """A small heading above a list, claims or a callout."""
    text: Prose | None = None
    list: Annotated[tuple[Item, ...], Field(min_length=1, max_length=14)] | None = None
    checklist: Annotated[tuple[Item, ...], Field(min_length=1, max_length=14)] | None = None
    """A list with a box to tick before each line."""
    claims: Annotated[tuple[ClaimRef, ...], Field(min_length=1)] | None = None
    unknowns: Annotated[tuple[ClaimRef, ...], Field(min_length=1)] | None = None
    """Claims of what is not known; printed without how sure that is."""
    callout: Prose | None = None
    """A main message, set off from the text."""
    warning: Prose | None = None
    """What must not be overlooked: when to call for help."""
    danger: Danger | None = None
    """One of the lists of danger signs below ``stop_and_call``."""
    in_100: In100 | None = None
    """Counts of 100, drawn as dots."""
    visits: Annotated[tuple[Visit, ...], Field(min_length=2, max_length=4)] | None = None
    """The parts of a visit, one after another."""
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
