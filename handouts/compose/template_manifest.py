"""What a template is for: its format, its panels, and how much of the content it shows.

A template is two files: ``templates/NAME.html`` and ``templates/NAME.yaml``, the manifest.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, ValidationError

from handouts.basics.errors import ContentError
from handouts.basics.findings import Report
from handouts.basics.folds import FOLDS, FoldKind
from handouts.basics.papers import Format
from handouts.load.explain import explain_all
from handouts.load.yaml_source import read_yaml_text
from handouts.models.base import Id, Model, Text


class SectionForm(StrEnum):
    """Which form of a section a template prints."""

    BODY = "body"
    BRIEF = "brief"


class ExerciseForm(StrEnum):
    """How much of an exercise a template prints."""

    NONE = "none"
    BRIEF = "brief"
    FULL = "full"


class Foot(Model):
    """The running foot that says who made the piece: how the stylesheet sets it."""

    panel: Id | None = None
    """The panel at whose foot it stands; of a sheet, each page."""
    beside_mm: float = Field(ge=0)
    """The page's margins at its left and right, together."""
    share: float = Field(default=1.0, gt=0, le=1)
    """Its part of the width between them."""
    lines: int = Field(strict=True, ge=1)
    """As many as the margin has room for; for more, ``--foot-more`` holds what is lacking."""


class TemplateManifest(Model):
    """A template's own description."""

    describes: Text
    """What the template makes, in a few words."""
    format: Format
    panels: tuple[Id, ...] = ()
    """For folds and cards: the panels in reading order, one page each."""
    fold: FoldKind | None = None
    """For folds: how it is folded where a handout does not say; its panels are these."""
    sections: SectionForm = SectionForm.BODY
    exercises: ExerciseForm = ExerciseForm.NONE
    styles_of: Id | None = None
    """A template whose styles are read before its own."""
    personal: bool = False
    """Whether it is one patient's own sheet, made by: handouts sheet."""
    foot: Foot | None = None
    most_sides: int | None = Field(default=None, strict=True, ge=1)
    """For sheets: how many sides the piece may have; any number where it is left out."""

    def folded_as(self, kind: FoldKind | None) -> TemplateManifest:
        """Give the manifest with another fold of the same panels, in that fold's order."""
        if kind is None:
            return self
        return self.model_copy(update={"fold": kind, "panels": FOLDS[kind].reading_order})


def read_manifest(data: bytes, name: str) -> TemplateManifest:
    """Read the manifest of the template of that name.

    Raises:
        ContentError: with every finding; among them a fold's panels that are not the
            fold's, or a fold where nothing is folded.

    """
    source = read_yaml_text(data, f"templates/{name}.yaml")
    try:
        manifest = TemplateManifest.model_validate(source.value)
    except ValidationError as error:
        findings = explain_all(error.errors(), source, TemplateManifest)
        raise ContentError(Report((*source.findings, *findings)).ordered()) from error
    folds = manifest.format is Format.FOLD
    if folds and manifest.fold is None:
        raise ContentError.because(
            "the manifest does not say how the piece is folded",
            mend="add a line, one of: " + ", ".join(f"fold: {kind}" for kind in FoldKind),
            place=source.place(("format",)),
        )
    if manifest.fold is not None and not folds:
        raise ContentError.because(
            f"a {manifest.format} is not folded",
            mend="take the line out, or write format: fold",
            place=source.place(("fold",), key=True),
        )
    if manifest.fold is not None and manifest.panels != FOLDS[manifest.fold].reading_order:
        raise ContentError.because(
            f"the panels are not those of a {manifest.fold} fold",
            mend="write them as: " + ", ".join(FOLDS[manifest.fold].reading_order),
            place=source.place(("panels",)),
        )
    return manifest
