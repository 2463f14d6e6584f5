"""By what an exercise is found, and from where its dose comes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handouts.models.base import Model, Text


class Complaint(StrEnum):
    """What an exercise is given for."""

    NECK_PAIN = "neck-pain"
    HEADACHE_FROM_THE_NECK = "headache-from-the-neck"
    TENSION_HEADACHE = "tension-headache"
    MIGRAINE = "migraine"
    UPPER_BACK_PAIN = "upper-back-pain"
    SHOULDER_PAIN = "shoulder-pain"
    ARM_PAIN = "arm-pain"
    JAW_PAIN = "jaw-pain"
    WHIPLASH = "whiplash"


HEADACHES = frozenset(
    {Complaint.HEADACHE_FROM_THE_NECK, Complaint.TENSION_HEADACHE, Complaint.MIGRAINE}
)


class Region(StrEnum):
    """The part of the body that works, moves or rests."""

    HEAD = "head"
    JAW = "jaw"
    NECK = "neck"
    UPPER_BACK = "upper-back"
    CHEST = "chest"
    SHOULDER_BLADE = "shoulder-blade"
    SHOULDER = "shoulder"
    ARM = "arm"
    WHOLE_BODY = "whole-body"


class Kind(StrEnum):
    """What an exercise does."""

    MOVEMENT = "movement"
    STRETCH = "stretch"
    STRENGTH = "strength"
    CONTROL = "control"
    NERVE = "nerve"
    RELEASE = "release"
    BREATHING = "breathing"
    AEROBIC = "aerobic"


class Gear(StrEnum):
    """What is needed beside a floor, a wall, a chair and a mat."""

    PILLOW = "pillow"
    TOWEL = "towel"
    STRAP = "strap"
    BAND = "band"
    WEIGHTS = "weights"
    BALL = "ball"
    DOORWAY = "doorway"
    BICYCLE = "bicycle"


class Tags(Model):
    """By what an exercise is found."""

    complaints: Annotated[tuple[Complaint, ...], Field(min_length=1)]
    regions: Annotated[tuple[Region, ...], Field(min_length=1)]
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    gear: tuple[Gear, ...] = ()
    """What is needed beside a floor, a wall, a chair and a mat."""


class Quality(StrEnum):
    """How good a source of a dose is."""

    TRIAL = "trial"
    LEAFLET = "leaflet"
    """Of a hospital, a health service, a charity or a professional body."""
    WEAK = "weak"
    """A clinic's or a shop's page: for a first draft alone."""
    NOT_READ = "not-read"
    """It is known that the source gives the dose; its text was not read."""


class DoseSource(Model):
    """A published dose: what it is, where it stands, and how good that is."""

    dose: Text
    source: Text
    quality: Quality
