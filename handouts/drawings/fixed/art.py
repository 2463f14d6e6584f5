"""The fixed pictures: which there are, and each in a palette's colours with its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from handouts.drawings.palette import Palette


class Art(StrEnum):
    """A picture which comes along, as an SVG file of that name."""

    NERVE_MAP = "nerve-map"
    TREATED_PLACES = "treated-places"
    COVER = "cover"


LABELS: Mapping[Art, tuple[str, ...]] = MappingProxyType(
    {
        Art.NERVE_MAP: ("upper-branch", "middle-branch", "lower-branch", "occipital"),
        Art.TREATED_PLACES: ("base-of-skull", "neck", "shoulders"),
        Art.COVER: (),
    }
)
"""The names of the labels each picture takes, in reading order."""


def _check_labels(art: Art, given: Mapping[str, str]) -> None:
    wanted = ", ".join(LABELS[art]) or "none"
    if missing := [label for label in LABELS[art] if label not in given]:
        raise ValueError(
            f"The picture {art} needs words for {', '.join(missing)}. Its labels: {wanted}."
        )
    if unknown := sorted(set(given) - set(LABELS[art])):
        raise ValueError(
            f"The picture {art} has no label {', '.join(unknown)}. Its labels: {wanted}."
        )


@dataclass(frozen=True)
class PictureWords:
    """What is said in a picture, and of it to those who can't see it."""

    labels: Mapping[str, str]
    """The words of each label; those too long for their place are set smaller."""
    title: str
    description: str


def draw(root: Element, art: Art, palette: Palette, words: PictureWords, *, prefix: str) -> str:
    """Draw a picture from its file, as a whole SVG of which 10 units are meant to print as 1 mm.

    Ids begin with `prefix`, a letter then letters, digits or hyphens, so that pictures with
    different prefixes can share one HTML document.
    Raises UnfitPictureError if the file lacks a place for a label, or has a class, a part or a
    name that can't be drawn; ValueError if a label is missing or unknown, or has no words.
    """
    # Only where a picture is drawn: models know the pictures' names, and load with each command.
    from handouts.drawings.fixed.callouts import callouts_of  # noqa: PLC0415
    from handouts.drawings.fixed.labels import labelled  # noqa: PLC0415
    from handouts.drawings.fixed.picture import UnfitPictureError, painted  # noqa: PLC0415

    _check_labels(art, words.labels)
    body, faults = painted(root, palette, prefix)
    callouts, misplaced = callouts_of(root, LABELS[art])
    if faults or misplaced:
        raise UnfitPictureError((*faults, *misplaced))
    labels = [labelled(callout, words.labels[callout.label], palette) for callout in callouts]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{root.get("viewBox")}" '
        f'role="img" aria-labelledby="{prefix}-title {prefix}-desc">\n'
        f'<title id="{prefix}-title">{escape(words.title, quote=False)}</title>\n'
        f'<desc id="{prefix}-desc">{escape(words.description, quote=False)}</desc>\n'
        f"{body}\n{''.join(labels)}\n</svg>\n"
    )
