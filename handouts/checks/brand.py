"""Checks on the clinic's colours and logo: whether they can be read and seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Severity
from handouts.basics.inside import LARGEST_PICTURE_BYTES, plain_file, read_inside
from handouts.drawings.colours import (
    LEAST_CONTRAST,
    LEAST_CONTRAST_OF_SHAPES,
    WHITE,
    brand_colours,
    contrast,
)
from handouts.load.picture_colours import colours_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.load.content import LoadedContent


UNSEEN_CONTRAST = 1.5
"""Below it a shape is lost; up to 3 (WCAG 2, 1.4.11) it is faint."""


def check_brand(loaded: LoadedContent) -> Iterator[Finding]:
    """Say where the primary colour is not printed as it was given, and where no logo is seen."""
    color = loaded.content.clinic.brand.primary
    printed = brand_colours(color)
    why = f"its contrast is {contrast(color, WHITE):.1f}, and {LEAST_CONTRAST} is needed"
    place = loaded.place(("clinic", "brand", "primary"))
    what = f"headings in {color} would be hard to read on white"
    if printed.words != printed.ground:
        mend = "they are printed in black, and it is used for grounds, with black words on them"
        yield Finding(what, why, f"{mend}; or write a dark colour", place, Severity.WARNING)
    elif printed.words != color:
        mend = f"it is printed darker, as {printed.words}; write that, or another dark colour"
        yield Finding(what, why, mend, place, Severity.WARNING)
    yield from _check_logos(loaded, printed.ground)


def _check_logos(loaded: LoadedContent, ground: str) -> Iterator[Finding]:
    clinic = loaded.content.clinic
    on_ground = "logo_on_dark" if clinic.logo_on_dark is not None else "logo"
    grounds = (("logo", WHITE, "white paper"), (on_ground, ground, f"the ground in {ground}"))
    for key, behind, named in grounds:
        written = getattr(clinic, key)
        if written is None:
            continue
        data = read_inside(plain_file(loaded.folder, written), LARGEST_PICTURE_BYTES)
        colours = colours_of(data)
        best = max((contrast(one, behind) for one in colours), default=LEAST_CONTRAST_OF_SHAPES)
        if best >= LEAST_CONTRAST_OF_SHAPES:
            continue
        unseen = best < UNSEEN_CONTRAST
        how = "can't be" if unseen else "is hardly"
        mend = "name a light one for such grounds with logo_on_dark"
        yield Finding(
            f'the logo "{written}" {how} seen on {named}',
            f"its colours have a contrast of {best:.1f} there at most",
            mend if behind is not WHITE else "name another file",
            loaded.place(("clinic", key)),
            Severity.ERROR if unseen else Severity.WARNING,
        )
