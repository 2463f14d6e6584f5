"""The clinic: who it is, where it is, how to reach it and how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from handouts.basics.papers import Paper
from handouts.models.base import (
    Id,
    Model,
    PicturePath,
    PressCondition,
    Prose,
    Text,
    Url,
    YesNo,
)

HexColor = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]


class Clinician(Model):
    """Somebody who treats patients."""

    name: Prose
    credentials: Prose
    """The letters behind the name: "PT, DPT"."""
    licence: Prose
    """The licence number, as some states want it beside the name."""


class Brand(Model):
    """The clinic's two colours."""

    primary: HexColor
    """Headings and the cover; quoted, like "#0f5c63"."""
    accent: HexColor
    """Small accents: rules, numbers, callouts."""


class OpeningHours(Model):
    """One line of the opening hours."""

    days: Prose
    hours: Prose


class Jurisdiction(Model):
    """Where the clinic works and what its law says, with the source and the day it was read."""

    name: Text
    note: Text
    source: Text
    read_on: date
    emergency: Text | None = None
    """The number to call in an emergency; texts name it as {emergency}."""
    privacy_rule: Text | None = None
    """The law on printing a patient's words, as messages cite it: "45 CFR 164.508"."""


class Clinic(Model):
    """The clinic itself."""

    sample: YesNo = False
    """true while these are made-up details; every check names them until they are replaced."""
    name: Prose
    clinicians: Mapping[Id, Clinician]
    address: tuple[Prose, ...]
    """The address, line by line."""
    phone: Prose
    website: Url | None = None
    """For a template of your own; the sample's pieces print the booking page."""
    booking: Url
    hours: tuple[OpeningHours, ...]
    when_closed: Prose | None = None
    """Whom to call at other hours; printed below them."""
    logo: PicturePath | None = None
    """A picture file (SVG, PNG or JPEG), its path seen from content.yaml."""
    logo_on_dark: PicturePath | None = None
    """The same for a ground in the primary colour: the brochure's cover, the rack card's head."""
    brand: Brand
    paper: Paper = Paper.LETTER
    """The paper used where none is asked for: letter or a4."""
    press_condition: PressCondition | None = None
    """What your print shop prints on, for files made for a press: fogra39, fogra51, fogra52,
    gracol2013, swop2013, or the ICC profile of its press (CMYK), its path seen from content.yaml.
    Where it is left out: gracol2013 if paper is letter and its profile is there, else fogra39."""
    jurisdiction: Jurisdiction
    feedback: Prose
    """How a reader can say what is wrong or missing on a handout."""
    language_help: Prose | None = None
    """A notice of free language help (45 CFR 92.11), printed where it is given."""
