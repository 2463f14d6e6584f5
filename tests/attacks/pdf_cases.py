"""Hostile PDF files before the commands that take PDFs: ``impose`` and ``preflight``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attacks.case import HARMLESS, Case
from attacks.pdfs import PDFS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FILE = "attack.pdf"
COMMANDS = {
    "impose": ("impose", FILE, "--scheme", "2-up", "--paper", "tabloid", "-o", "up.pdf"),
    "booklet": ("impose", FILE, "--scheme", "booklet", "--paper", "a3", "-o", "up.pdf"),
    "preflight": ("preflight", FILE, "--profile", "press"),
    "preflight screen": ("preflight", FILE, "--profile", "screen"),
}


def writes(name: str, make: Callable[[], bytes]) -> Callable[[Path], None]:
    """Give what writes a file into a clinic's folder."""

    def write(clinic: Path) -> None:
        (clinic / name).write_bytes(make())

    return write


def cases() -> Iterator[Case]:
    """Give each file with each command."""
    for name, make in PDFS.items():
        for kind, command in COMMANDS.items():
            yield Case(f"pdf {kind}", name, command, writes(FILE, make), FILE, HARMLESS)
