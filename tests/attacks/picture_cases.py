"""Hostile pictures as a clinic's logo: ``check`` and ``build`` must both withstand them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attacks.case import HARMLESS, Case
from attacks.rasters import JPEGS, PNGS
from attacks.svgs import SVGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

COMMANDS = {
    "check": ("check", "--quick", "-q"),
    "build": ("build", "testimonials", "-q"),
}
FILES = {"svg": SVGS, "png": PNGS, "jpg": JPEGS}


def as_logo(file: str, make: Callable[[], bytes]) -> Callable[[Path], None]:
    """Give what makes a picture the clinic's logo."""

    def prepare(clinic: Path) -> None:
        (clinic / "styles" / file).write_bytes(make())
        content = clinic / "content.yaml"
        text = content.read_text(encoding="utf-8")
        content.write_text(
            text.replace("styles/sample-logo.svg", f"styles/{file}"), encoding="utf-8"
        )

    return prepare


def cases() -> Iterator[Case]:
    """Give each picture with each command."""
    for suffix, pictures in FILES.items():
        file = f"attack.{suffix}"
        for name, make in pictures.items():
            for kind, command in COMMANDS.items():
                yield Case(f"{suffix} {kind}", name, command, as_logo(file, make), file, HARMLESS)
