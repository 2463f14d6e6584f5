"""Testimonials: a patient's words and the record that allows them to be printed.

The rules come from 45 CFR 164.508 (authorization), 16 CFR 255 (endorsements) and the
clinic's own care: see docs/testimonials.md.
"""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from handouts.models.base import Model, Prose, SourceRef, TestimonialRef, Text, TextOrKeys

Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]


def fingerprint(text: str) -> str:
    """Give twelve hex digits that change when a letter of the text does.

    Line breaks and runs of spaces count as one space, so that re-wrapping the YAML does
    not matter; everything else does.
    """
    letters = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(letters.encode()).hexdigest()[:12]


class Authorization(Model):
    """The signed permission to print a patient's words (45 CFR 164.508)."""

    reference: Text
    """Where the signed form is kept."""
    name: Text
    """The name in the form that was signed."""
    signed_on: date
    expires_on: date
    revoked_on: date | None = None
    media: tuple[Text, ...]
    """Where the words may appear; must hold "print" for a handout."""


class Testimonial(Model):
    """A patient's words."""

    approved_text: Text
    """The whole text as the patient gave it, letter by letter."""
    fingerprint: Fingerprint
    """Twelve hex digits made from the approved text; a changed letter changes them."""
    name: Prose
    """The name as it is printed."""
    authorization: Authorization | None = None
    compensation: Prose | None = None
    """What the patient got for it; printed beside the words."""
    excused_phrases: tuple[Text, ...] = ()
    """Words that sound like a promise and that the clinic has looked at and lets stand."""


class Quote(TextOrKeys):
    """A testimonial on a handout: the whole text, or an excerpt of it."""

    text_key: ClassVar[str] = "testimonial"

    testimonial: TestimonialRef
    excerpt: Text | None = None
    """Whole runs of the approved text, joined by a visible " … "."""


class ExpectedResults(Model):
    """What people can generally expect; printed wherever a testimonial is."""

    text: Prose
    sources: Annotated[tuple[SourceRef, ...], Field(min_length=1)]
