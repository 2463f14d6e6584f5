"""A line that is typed in a terminal: arrow keys move in it, and bring back what was there."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prompt_toolkit.buffer import Buffer

_LAST_WORD = re.compile(r"(.*?)([+-]?)([^\s,+-]?[^\s,]*)", re.DOTALL)


class _Walk:
    """Goes through what may be picked: of the words that hold what was typed, one after another."""

    def __init__(self, offers: Sequence[str]) -> None:
        self._offers = offers
        self._typed = ""
        self._shown: str | None = None

    def go(self, line: Buffer, by: int) -> bool:
        """Put the next word in the place of the line's last one; say whether there is one."""
        found = _LAST_WORD.fullmatch(line.text)
        head, sign, word = found.groups() if found else (line.text, "", "")
        if word != self._shown:
            self._typed, self._shown = word.casefold(), None
        words = [offer for offer in self._offers if self._typed in offer.casefold()]
        if not words:
            return False
        first = 0 if by > 0 else len(words) - 1
        at = first if self._shown is None else (words.index(self._shown) + by) % len(words)
        self._shown = words[at]
        line.text = f"{head}{sign}{self._shown}"
        line.cursor_position = len(line.text)
        return True


def edited_line(question: str, present: str, offers: Sequence[str] = ()) -> str:
    """Ask on standard error, and give the line; the arrow up brings what is ``present``.

    Where there are ``offers``, words without spaces, the arrows down and up go through those that
    hold what was typed.

    Raises:
        EOFError: Ctrl-D on an empty line.
        KeyboardInterrupt: Ctrl-C.
        OSError: the terminal has gone.

    """
    keys = KeyBindings()
    walk = _Walk(offers)

    @keys.add("down")
    def _next(event: KeyPressEvent) -> None:
        walk.go(event.current_buffer, 1)

    @keys.add("up")
    def _bring_back(event: KeyPressEvent) -> None:
        line = event.current_buffer
        if not walk.go(line, -1) and not line.text:
            line.insert_text(" ".join(present.split()))

    session: PromptSession[str] = PromptSession(
        key_bindings=keys, input=create_input(sys.stdin), output=_output()
    )
    # Signals stay with whoever has the command's end in hand.
    return session.prompt(question, handle_sigint=False, set_exception_handler=False)


def _output() -> Output:
    output = create_output(stdout=sys.stderr)
    if isinstance(output, Vt100_Output):
        output.enable_cpr = False  # nothing is drawn below the line, so its place is not asked for
    return output
