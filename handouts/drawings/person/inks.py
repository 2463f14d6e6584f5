"""Inks for every material, as data."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from handouts.drawings.colours import BLACK, WHITE, mix

_MUTED = 0.85
"""How grey a mistake is drawn."""
_FADED = 0.7
"""How much of its ink is left."""
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class Hatch(BaseModel):
    """Parallel lines, or dots when `dotted`, laid over a fill; sizes in printed mm."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gap_mm: float = Field(gt=0.2)
    weight_mm: float = Field(gt=0.05)
    angle_deg: float = 45.0
    colour: Colour = "#000000"
    dotted: bool = False


class Fill(BaseModel):
    """How one material is filled."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fill: Colour
    shade: Colour
    hatch: Hatch | None = None


class FigurePalette(BaseModel):
    """Every ink of a drawing. `tint` and `tint_core` mark the stretched area."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    outline: Colour
    outline_share: float = Field(default=1.0, gt=0, le=1)
    """How heavy outlines are, of their full weight."""
    paper: Colour
    skin: Fill
    hair: Fill
    top: Fill
    trousers: Fill
    prop: Fill
    prop_dark: Fill
    pillow: Fill
    ball: Fill
    mat: Fill
    wall: Fill
    roller: Fill
    band: Fill
    weight: Fill
    accent: Colour
    ghost: Colour
    """The dashed outline of where the body came from."""
    wrong: Colour
    """The cross over a mistake: danger's own colour, whatever the brand."""
    tint: Fill
    tint_core: Fill
    tint_edge: Colour | None

    def muted(self) -> FigurePalette:
        """The same inks, paler and nearly grey, for a drawing of a mistake."""
        filled = {
            name: Fill(fill=_greyed(ink.fill), shade=_greyed(ink.shade), hatch=ink.hatch)
            for name in type(self).model_fields
            if isinstance(ink := getattr(self, name), Fill)
        }
        return self.model_copy(update=filled)


def _greyed(colour: str) -> str:
    if colour in (BLACK, WHITE):
        return colour
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    grey = round(0.3 * red + 0.59 * green + 0.11 * blue)
    return mix(WHITE, mix(colour, f"#{grey:02x}{grey:02x}{grey:02x}", _MUTED), _FADED)


def _flat(fill: str, shade: str | None = None) -> Fill:
    return Fill(fill=fill, shade=shade or fill)


def _lined(gap_mm: float, weight_mm: float, angle_deg: float) -> Fill:
    return Fill(
        fill="#ffffff",
        shade="#ffffff",
        hatch=Hatch(gap_mm=gap_mm, weight_mm=weight_mm, angle_deg=angle_deg),
    )


def in_brand(clothes: str, arrow: str) -> FigurePalette:
    """Dress the figure in a brand colour (#rrggbb), with movement arrows in another.

    The stretched area keeps its red whatever the brand, because a sheet's key names it.
    """
    return FigurePalette(
        name="brand",
        outline="#2e2e2e",
        paper="#ffffff",
        skin=_flat("#d6a381", "#c08a66"),
        hair=_flat("#3f3a3a", "#322e2e"),
        top=_flat(mix(WHITE, clothes, 0.25), mix(WHITE, clothes, 0.37)),
        trousers=_flat(clothes, mix(clothes, BLACK, 0.2)),
        prop=_flat("#ead9bd", "#d9c4a1"),
        prop_dark=_flat("#cbb28a", "#b89e74"),
        pillow=_flat("#f6efe3", "#e8dcc8"),
        ball=_flat("#e9c84f", "#d4b13a"),
        mat=_flat("#ead9bd", "#d9c4a1"),
        wall=_flat("#e4e7e6", "#cfd5d3"),
        roller=_flat("#8fa3b0", "#778b98"),
        band=_flat("#6a4a7c"),
        weight=_flat("#59636b"),
        accent=arrow,
        ghost="#6b7c7e",
        wrong="#a3121c",
        tint=_flat("#f2a492"),
        tint_core=_flat("#d94a36"),
        tint_edge=None,
    )


ONE_INK = FigurePalette(
    name="one-ink",
    outline="#000000",
    outline_share=0.8,
    paper="#ffffff",
    skin=_flat("#ffffff"),
    hair=_lined(1.1, 0.24, -60),
    top=_flat("#ffffff"),
    trousers=_lined(2.4, 0.24, 68),
    prop=_flat("#ffffff"),
    prop_dark=_flat("#ffffff"),
    pillow=_flat("#ffffff"),
    ball=_flat("#ffffff"),
    mat=_flat("#ffffff"),
    wall=_flat("#ffffff"),
    roller=_flat("#ffffff"),
    band=_flat("#000000"),
    weight=_flat("#000000"),
    accent="#000000",
    ghost="#000000",
    wrong="#000000",
    tint=Fill(
        fill="#ffffff",
        shade="#ffffff",
        hatch=Hatch(gap_mm=0.62, weight_mm=0.24, angle_deg=45, dotted=True),
    ),
    tint_core=Fill(
        fill="#ffffff",
        shade="#ffffff",
        hatch=Hatch(gap_mm=0.62, weight_mm=0.42, angle_deg=45, dotted=True),
    ),
    tint_edge="#000000",
)
