"""content.yaml as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from handouts.models.base import ClinicianRef, Id, Model, Prose, Text
from handouts.models.clinic import Clinic
from handouts.models.evidence import CitedWork, Claim
from handouts.models.exercises import Exercise, Programme
from handouts.models.pieces import Piece
from handouts.models.sections import Section
from handouts.models.shelf import Taken
from handouts.models.testimonials import ExpectedResults, Testimonial
from handouts.wording.which import unspoken_language


def _spoken(tag: str) -> str:
    if fault := unspoken_language(tag):
        raise PydanticCustomError(
            "unreadable", "{why}", dict(zip(("why", "mend"), fault, strict=True))
        )
    return tag


LanguageTag = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
    AfterValidator(_spoken),
]


class Provenance(Model):
    """Who stands for the content, from when, and until when it holds (PIF TICK)."""

    made_by: tuple[ClinicianRef, ...]
    dated: date
    next_review: date
    """Three years after that day at most."""


class SafetyBox(Model):
    """The stop-and-call box of every sheet with exercises; no template leaves it out."""

    heading: Prose
    text: Prose
    signs: tuple[Prose, ...]
    action: Prose
    """What to do at once; printed largest."""
    milder: Prose | None = None
    """What to do where the sign was slight and has passed."""


class TeachBack(Model):
    """What the clinician asks before the patient leaves, to hear it in the patient's words."""

    heading: Prose
    questions: Annotated[tuple[Prose, ...], Field(min_length=2, max_length=3)]


class SheetWords(Model):
    """The words of a patient's own sheet that are the same for everybody."""

    title: Prose
    teach_back: TeachBack
    questions: Text | None = None
    """The heading above lines to write on; printed where the front has room for them."""


class Content(Model):
    """Everything a clinic writes."""

    language: LanguageTag = "en-US"
    clinic: Clinic
    provenance: Provenance
    sections: Mapping[Id, Section]
    evidence: Mapping[Id, Claim]
    sources: Mapping[Id, CitedWork]
    exercises: Mapping[Id, Exercise]
    shelf: Taken = Taken()
    """What is taken from the shelf of exercises that comes with handouts."""
    stop_and_call: SafetyBox
    sheet: SheetWords
    testimonials: Mapping[Id, Testimonial]
    expected_results: ExpectedResults
    programmes: Mapping[Id, Programme]
    handouts: Mapping[Id, Piece]
    plain_words: tuple[Text, ...] = ()
    """Names of anatomy that the text explains; they count as one easy word in the reading level."""


REFERENCED = {
    "source": ("sources",),
    "claim": ("evidence",),
    "section": ("sections",),
    "exercise": ("exercises",),
    "testimonial": ("testimonials",),
    "clinician": ("clinic", "clinicians"),
    "programme": ("programmes",),
}
"""Where the ids of each kind are defined: the path of keys from the top of content.yaml."""
