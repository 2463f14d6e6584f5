"""Art: the way in to every picture, with the clinic's own words beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from handouts.drawings.head import cover, nerve_map, treated_places
from handouts.drawings.head.labels import labelled
from handouts.drawings.head.strokes import document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handouts.drawings.head.labels import Callout
    from handouts.drawings.head.palette import Palette


class Art(StrEnum):
    """A picture which can be drawn."""

    NERVE_MAP = "nerve-map"
    TREATED_PLACES = "treated-places"
    COVER = "cover"


@dataclass(frozen=True)
class _Picture:
    size_units: tuple[float, float]
    callouts: tuple[Callout, ...]
    draw: Callable[[Palette, str], list[str]]


_PICTURES: Mapping[Art, _Picture] = MappingProxyType(
    {
        Art.NERVE_MAP: _Picture(nerve_map.SIZE_UNITS, nerve_map.CALLOUTS, nerve_map.nerve_map),
        Art.TREATED_PLACES: _Picture(
            treated_places.SIZE_UNITS, treated_places.CALLOUTS, treated_places.treated_places
        ),
        Art.COVER: _Picture(cover.SIZE_UNITS, (), cover.cover),
    }
)

LABELS: Mapping[Art, tuple[str, ...]] = MappingProxyType(
    {
        art: tuple(callout.label for callout in picture.callouts)
        for art, picture in _PICTURES.items()
    }
)
"""The ids of the labels each picture takes, in reading order."""


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


def draw(
    art: Art,
    palette: Palette,
    *,
    labels: Mapping[str, str],
    title: str,
    description: str,
    prefix: str,
) -> str:
    """Draw a picture as a whole SVG document, of which 10 units are meant to print as 1 mm.

    `labels` holds the words for each of the picture's label ids; words too long for their
    place are set smaller. `title` and `description` are read to those who can't see it.
    Ids begin with `prefix`, a letter then letters, digits or hyphens, so that pictures with
    different prefixes can share one HTML document.
    Raises ValueError if a label id is missing or unknown, or a label has no words.
    """
    _check_labels(art, labels)
    picture = _PICTURES[art]
    body = picture.draw(palette, prefix)
    body += [labelled(callout, labels[callout.label], palette) for callout in picture.callouts]
    return document(picture.size_units, body, title=title, description=description, prefix=prefix)
