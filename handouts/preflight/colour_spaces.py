"""Colour spaces as a press sees them: which inks a colour takes, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from handouts.preflight.objects import name, sequence, value

if TYPE_CHECKING:
    from playa import ColorSpace


class Family(StrEnum):
    """What a colour is mixed from."""

    GRAY = "Gray"
    RGB = "RGB"
    CMYK = "CMYK"
    LAB = "Lab"
    SEPARATION = "Separation"
    DEVICE_N = "DeviceN"
    PATTERN = "Pattern"


_DEVICE = {
    "DeviceGray": Family.GRAY,
    "G": Family.GRAY,
    "CalGray": Family.GRAY,
    "DeviceRGB": Family.RGB,
    "RGB": Family.RGB,
    "CalRGB": Family.RGB,
    "DeviceCMYK": Family.CMYK,
    "CMYK": Family.CMYK,
    "Lab": Family.LAB,
    "Pattern": Family.PATTERN,
}
_ICC = {1: Family.GRAY, 3: Family.RGB, 4: Family.CMYK}
PROCESS_INKS = ("Cyan", "Magenta", "Yellow", "Black")


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: its family, and the names of its inks where it has names."""

    family: Family
    inks: tuple[str, ...] = ()
    icc: bool = False
    palette: tuple[tuple[float, ...], ...] = ()
    """An indexed space's colours, each of the family's parts from 0 to 1."""

    @property
    def spots(self) -> tuple[str, ...]:
        """The inks that a four-colour press does not hold."""
        return tuple(ink for ink in self.inks if ink not in {*PROCESS_INKS, "All", "None"})

    def __str__(self) -> str:
        """Write it as a printer would say it."""
        names = f" {', '.join(self.inks)}" if self.inks else ""
        return f"{'ICC ' if self.icc else ''}{self.family}{names}"


def space_of(color_space: ColorSpace) -> Space:
    """Read a colour space as the interpreter gives it."""
    return _named(color_space.name) if color_space.spec is None else space_from(color_space.spec)


def _named(kind: str) -> Space:
    if kind not in _DEVICE:
        raise ValueError(f"colour space {kind}")
    return Space(_DEVICE[kind])


def space_from(spec: Any) -> Space:
    """Read a colour space as it stands in a file.

    Raises:
        ValueError: it is none that PDF knows.

    """
    parts = sequence(spec)
    if not parts:
        return _named(name(spec))
    kind = name(parts[0])
    if kind == "ICCBased":
        return Space(_ICC[value(parts[1]["N"])], icc=True)
    if kind in {"Indexed", "I"}:
        return _indexed(parts)
    if kind in {"Separation", "DeviceN"}:
        return Space(Family(kind), tuple(name(ink) for ink in sequence(parts[1]) or parts[1:2]))
    if kind == "Pattern" and len(parts) > 1:
        return space_from(parts[1])
    return _named(kind)


def _indexed(spec: list[Any]) -> Space:
    base = space_from(spec[1])
    colors = bytes(spec[3] if isinstance(spec[3], bytes) else spec[3].buffer)
    parts = {Family.GRAY: 1, Family.RGB: 3, Family.LAB: 3, Family.CMYK: 4}.get(
        base.family, len(base.inks) or 1
    )
    palette = tuple(
        tuple(part / 255 for part in colors[start : start + parts])
        for start in range(0, len(colors) - parts + 1, parts)
    )
    return Space(base.family, base.inks, base.icc, palette)


def ink_percent(space: Space, values: tuple[float, ...]) -> float | None:
    """Add up the ink that a colour takes, 100 for each full ink; None where it is not inks."""
    if space.family is Family.GRAY:
        return 100 * (1 - values[0]) if values else None
    if space.family in {Family.CMYK, Family.DEVICE_N}:
        return 100 * sum(values)
    if space.family is Family.SEPARATION and values:
        return {"All": 400.0, "None": 0.0}.get(space.inks[0], 100.0) * values[0]
    return None


def process_inks(
    space: Space, values: tuple[float, ...]
) -> tuple[float, float, float, float] | None:
    """Give a colour's cyan, magenta, yellow and black, 0 to 1; None where it has others."""
    if space.family is Family.GRAY and values:
        return 0.0, 0.0, 0.0, 1 - values[0]
    if space.family is Family.CMYK and len(values) == 4:
        return values[0], values[1], values[2], values[3]
    if space.inks == ("All",) and values:
        return (values[0],) * 4
    if space.inks and not space.spots:
        amounts = dict(zip(space.inks, values, strict=False))
        cyan, magenta, yellow, black = (amounts.get(ink, 0.0) for ink in PROCESS_INKS)
        return cyan, magenta, yellow, black
    return None


def rgb(space: Space, values: tuple[float, ...]) -> tuple[float, float, float] | None:
    """Give about how a colour looks as red, green and blue, 0 to 1."""
    if space.family is Family.RGB and len(values) == 3:
        return values[0], values[1], values[2]
    inks = process_inks(space, values)
    if inks is None:
        return None
    cyan, magenta, yellow, black = inks
    red, green, blue = (max(0.0, 1 - ink - black) for ink in (cyan, magenta, yellow))
    return red, green, blue
