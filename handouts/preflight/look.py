"""All checks on a file, in one list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from handouts.basics.choices import Limits, Profile
from handouts.preflight.artwork import fonts, hairlines, pictures
from handouts.preflight.creases import known_folds
from handouts.preflight.description import encryption, metadata, notes_and_links
from handouts.preflight.document import damage_told, opened
from handouts.preflight.for_devices import device_parts
from handouts.preflight.ink_amounts import (
    black_text,
    blend_group,
    colour_spaces,
    ink_limit,
    inks_on_pages,
    output_intent,
)
from handouts.preflight.live_parts import actions, layers
from handouts.preflight.overprint import overprint
from handouts.preflight.page_geometry import bleed, boxes, page_count, safe_area
from handouts.preflight.result import Check, Result, merged
from handouts.preflight.small_parts import register, text
from handouts.preflight.soundness import structure
from handouts.preflight.tags import tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handouts.preflight.document import Folds, OpenFile

_PRINT = {Profile.OFFICE, Profile.PRESS}
_PRESS = {Profile.PRESS}
_ALL = set(Profile)


class _Entry(NamedTuple):
    name: str
    look: Callable[[OpenFile, Profile], Iterator[Check]]
    profiles: set[Profile]


CHECKS = (
    _Entry("boxes", boxes, _ALL),
    _Entry("bleed", bleed, _PRESS),
    _Entry("safe-area", safe_area, _PRINT),
    _Entry("page-count", page_count, _PRINT),
    _Entry("colour-spaces", colour_spaces, _ALL),
    _Entry("black-text", black_text, _PRINT),
    _Entry("ink-limit", ink_limit, _PRESS),
    _Entry("output-intent", output_intent, _PRESS),
    _Entry("blend-group", blend_group, _PRESS),
    _Entry("overprint", overprint, _PRESS),
    _Entry("text", text, _PRESS),
    _Entry("register", register, _PRESS),
    _Entry("device-parts", device_parts, _PRESS),
    _Entry("pictures", pictures, _PRINT),
    _Entry("hairlines", hairlines, _PRINT),
    _Entry("fonts", fonts, _ALL),
    _Entry("metadata", metadata, _ALL),
    _Entry("tags", tags, {Profile.SCREEN}),
    _Entry("structure", structure, _ALL),
    _Entry("layers", layers, _ALL),
    _Entry("actions", actions, _ALL),
    _Entry("annotations", notes_and_links, _ALL),
    _Entry("encryption", encryption, _ALL),
)


class Looked(NamedTuple):
    """What a look at a file found."""

    checks: tuple[Check, ...]
    """Every check has at least one row; where it finds trouble, one for each page and trouble."""
    inks: tuple[tuple[str, ...], ...]
    """The inks on each page where their amounts were looked at; marks that fall away left out."""


def preflight(
    pdf: bytes,
    profile: Profile,
    folds_mm: Folds | None = None,
    limits: Limits = Limits.EUROPE,
) -> tuple[Check, ...]:
    """Look at a written PDF as the one who takes it would, whose margins are those of ``limits``.

    ``folds_mm`` holds for each page its folds, in millimetres from the trim's left edge.
    Without it, folds are known only of a folded piece that this program made.

    Raises:
        ContentError: the bytes are no PDF that can be read.
        ValueError: there are folds, and not for each page.

    """
    with opened(pdf) as file:
        with damage_told():
            known = known_folds(file)
        folded = replace(file.folded(known if folds_mm is None else folds_mm), limits=limits)
        with damage_told():
            return tuple(check for entry in CHECKS for check in _rows(entry, folded, profile))


def look_at_own(
    pdf: bytes,
    profile: Profile,
    folds_mm: Folds,
    quote: Callable[[str], str],
    left_out: frozenset[str] = frozenset(),
) -> Looked:
    """Look at a file that this program has just made, by all checks but those left out.

    ``quote`` writes words of the file for a message, so that none is a patient's own.

    Raises:
        ContentError: the bytes are no PDF that can be read.
        ValueError: there are folds, and not for each page.

    """
    wanted = [entry for entry in CHECKS if entry.name not in left_out and profile in entry.profiles]
    with opened(pdf) as opened_file:
        file = replace(opened_file.folded(folds_mm), quote=quote)
        with damage_told():
            checks = tuple(check for entry in wanted for check in _rows(entry, file, profile))
            inks = "ink-limit" in {entry.name for entry in wanted}
            return Looked(checks, inks_on_pages(file) if inks else ())


def _rows(entry: _Entry, file: OpenFile, profile: Profile) -> list[Check]:
    if profile not in entry.profiles:
        return [Check(entry.name, Result.NOT_APPLICABLE)]
    found = list(merged(entry.look(file, profile)))
    trouble = [check for check in found if check.result is not Result.PASS]
    return trouble or found or [Check(entry.name, Result.PASS)]
