"""What a template is for: its format, its panels, and how much of the content it shows.

A template is two files: ``templates/NAME.html`` and ``templates/NAME.yaml``, the manifest.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from handouts.errors import ContentError
from handouts.findings import Report
from handouts.load.explain import explain
from handouts.load.yaml_source import read_yaml
from handouts.models.base import Id, Model, Text
from handouts.paper import ROLL_FOLD_READING_ORDER, Format

if TYPE_CHECKING:
    from pathlib import Path


class SectionForm(StrEnum):
    """Which form of a section a template prints."""

    BODY = "body"
    BRIEF = "brief"


class ExerciseForm(StrEnum):
    """How much of an exercise a template prints."""

    NONE = "none"
    BRIEF = "brief"
    FULL = "full"


class Manifest(Model):
    """A template's own description."""

    describes: Text
    """What the template makes, in a few words."""
    format: Format
    panels: tuple[Id, ...] = ()
    """For folds and cards: the panels in reading order, one page each."""
    sections: SectionForm = SectionForm.BODY
    exercises: ExerciseForm = ExerciseForm.NONE
    styles_of: Id | None = None
    """A template whose styles are read before its own."""
    personal: bool = False
    """Whether it is one patient's own sheet, made by: handouts sheet."""
    most_sides: int | None = Field(default=None, strict=True, ge=1)
    """For sheets: how many sides the piece may have; any number where it is left out."""


def read_manifest(path: Path) -> Manifest:
    """Read a template's manifest.

    Raises:
        ContentError: with every finding, and where a roll-fold's panels are not the six
            that the fold has.

    """
    source = read_yaml(path, file=f"templates/{path.name}")
    try:
        manifest = Manifest.model_validate(source.value)
    except ValidationError as error:
        findings = [explain(detail, source, Manifest) for detail in error.errors()]
        raise ContentError(Report((*source.findings, *findings)).ordered()) from error
    if manifest.format is Format.ROLL_FOLD and manifest.panels != ROLL_FOLD_READING_ORDER:
        raise ContentError.because(
            "the panels are not those of a roll-fold",
            mend="write them as: " + ", ".join(ROLL_FOLD_READING_ORDER),
            place=source.place(("panels",)),
        )
    return manifest
