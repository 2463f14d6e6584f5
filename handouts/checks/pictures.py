"""Checks on the clinic's own pictures: whether paper shows what their author saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Severity
from handouts.basics.inside import LARGEST_PICTURE_BYTES, plain_file, read_inside
from handouts.load.pictures import kind_of
from handouts.load.svg_dropped import dropped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.load.content import LoadedContent
    from handouts.models.base import Path
    from handouts.models.content import Content

FONTS = frozenset({"Atkinson Hyperlegible", "Fraunces", "Noto Sans"})
"""The families of the pages' letters, which a picture may use too."""


def check_pictures(loaded: LoadedContent) -> Iterator[Finding]:
    """Name what an SVG loses on its way to paper."""
    for path, written in own_pictures(loaded.content):
        data = read_inside(plain_file(loaded.folder, written), LARGEST_PICTURE_BYTES)
        if kind_of(data) != "SVG":
            continue
        for lost in dropped(data, FONTS):
            yield Finding(
                f'"{written}" holds {lost}',
                "the layout engine does not draw it as other programs do",
                "look at the printed picture; save it as plain SVG without it, or as a PNG",
                loaded.place(path),
                Severity.WARNING,
            )


def own_pictures(content: Content) -> Iterator[tuple[Path, str]]:
    """Give the clinic's own files, each with its place in the content."""
    for key in ("logo", "logo_on_dark"):
        if (logo := getattr(content.clinic, key)) is not None:
            yield ("clinic", key), logo
    for name, section in content.sections.items():
        if section.picture is not None and section.picture.file is not None:
            yield ("sections", name, "picture", "file"), section.picture.file
    for name, piece in content.handouts.items():
        if piece.picture is not None and piece.picture.file is not None:
            yield ("handouts", name, "picture", "file"), piece.picture.file
    for name, exercise in content.exercises.items():
        for number, own in enumerate(exercise.pictures):
            yield ("exercises", name, "pictures", number, "file"), own.file
