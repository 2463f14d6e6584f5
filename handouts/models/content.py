"""content.yaml as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from handouts.models.base import ClinicianRef, Id, Model, Prose, Text
from handouts.models.clinic import Clinic
from handouts.models.evidence import CitedWork, Claim
from handouts.models.exercises import Exercise, Programme
from handouts.models.pieces import Piece
from handouts.models.sections import Danger, Section
from handouts.models.shelf import Taken
from handouts.models.testimonials import ExpectedResults, Fingerprint, Testimonial
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


class DangerBox(Model):
    """Signs of danger, and what to do at each."""

    heading: Prose
    text: Prose
    signs: Annotated[tuple[Prose, ...], Field(min_length=1)]
    action: Prose
    """What to do at once; printed largest."""
    milder: Prose | None = None
    """What to do in the lesser case."""


class Signature(Model):
    """Who has read words and stands for them."""

    by: ClinicianRef
    signed_on: date
    fingerprint: Fingerprint
    """Twelve hex digits made from the words; a changed letter changes them."""


class AfterNeedling(DangerBox):
    """Needling's own danger signs, in the hours and days after it: for a clinician to sign."""

    signed: Signature | None = None
    """Until somebody has signed, each check names it; ``handouts approve`` writes it."""

    @property
    def words(self) -> str:
        """All that is signed for."""
        return "\n".join((self.heading, self.text, *self.signs, self.action, self.milder or ""))


class SafetyBox(DangerBox):
    """The one list of emergencies: the stop-and-call box of every sheet with exercises."""

    after_needling: AfterNeedling | None = None
    """Printed where a section asks for it: ``danger: after-needling``."""


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

    @model_validator(mode="after")
    def _danger_signs_are_there(self) -> Self:
        if self.stop_and_call.after_needling is None:
            for name, section in self.sections.items():
                for form in ("body", "brief"):
                    for index, block in enumerate(getattr(section, form) or ()):
                        if block.danger is Danger.AFTER_NEEDLING:
                            why = "there is no after_needling below stop_and_call to print here"
                            at = ("sections", name, form, index, "danger")
                            raise PydanticCustomError("unreadable", "{why}", {"why": why, "at": at})
        return self


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
