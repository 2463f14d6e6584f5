"""Lists at the prompt, picked by arrow keys in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.buffer import Buffer
from terminal_tools import on_screen

from handouts.cli.line_editor import _Walk

if TYPE_CHECKING:
    from conftest import ClinicFolder

UP, DOWN = "\x1b[A", "\x1b[B"
NAMES = ("suboccipital-release", "levator-scapulae-stretch", "upper-trapezius-stretch", "open-book")


@pytest.mark.parametrize(
    ("typed", "ways", "line"),
    [
        ("", (1,), "suboccipital-release"),
        ("", (1, 1, -1), "suboccipital-release"),
        ("", (-1,), "open-book"),
        ("stretch", (1, 1), "upper-trapezius-stretch"),
        ("stretch", (1, 1, 1), "levator-scapulae-stretch"),
        ("+op", (1,), "+open-book"),
        ("1 2 lev", (1,), "1 2 levator-scapulae-stretch"),
        ("3", (1,), "3"),
    ],
)
def test_arrows_go_through_what_holds_what_was_typed(
    typed: str, ways: tuple[int, ...], line: str
) -> None:
    buffer = Buffer()
    buffer.text = typed
    walk = _Walk(NAMES)
    for way in ways:
        walk.go(buffer, way)
    assert buffer.text == line
    assert line == typed or buffer.cursor_position == len(line)


def test_lists_are_picked_by_arrow_keys(clinic_folder: ClinicFolder) -> None:
    typed = f"Ada Sample\n{DOWN}\n+open{DOWN}\ne{DOWN}\n\n\n\n\n\n\nn\n"
    code, screen = on_screen("sheet", "--ask", cwd=clinic_folder.path, typed=typed.encode())
    assert code == 1, screen
    assert "(arrow keys pick)" in screen
    assert "+open-book" in screen
    assert "Open book mobilization" in screen.partition("Doses")[2]
