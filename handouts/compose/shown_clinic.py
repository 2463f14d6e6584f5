"""A clinic, its people, colours and addresses as a page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encoded

from handouts.basics.choices import Edition
from handouts.drawings.colours import brand_colours
from handouts.drawings.palette import Palette

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.models.clinic import Brand, Clinic, Clinician
    from handouts.wording.language import Language


def web_words(url: str) -> str:
    """Write a web address as people read it: without the scheme or a closing slash."""
    host, slash, rest = url.split("://", 1)[-1].partition("/")
    return (host.lower().removeprefix("www.") + slash + rest).rstrip("/")


def palette_for(brand: Brand, edition: Edition) -> Palette:
    """Give the colours of drawings: the clinic's, or one ink."""
    if edition is Edition.INK_SAVER:
        return Palette.one_ink()
    return Palette.full_colour(brand_colours(brand.primary).ground, brand.accent)


def people_words(say: Language, makers: Sequence[Clinician]) -> str:
    """Name people with their credentials and licences."""
    *before, last = (
        say.text("page.person", name=one.name, credentials=one.credentials, licence=one.licence)
        for one in makers
    )
    for person in reversed(before):
        last = say.text("page.persons", first=person, others=last)
    return last


def address(written: str | None) -> str | None:
    """Give a picture's path as an address in a page: a name may hold #, ? or %."""
    return percent_encoded(written) if written is not None else None


def shown_clinic(clinic: Clinic) -> Clinic:
    """Give a clinic as a page shows it: its logos are addresses."""
    logos = {"logo": address(clinic.logo), "logo_on_dark": address(clinic.logo_on_dark)}
    return clinic.model_copy(update=logos)
