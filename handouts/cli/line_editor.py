"""A line that is typed in a terminal: arrow keys move in it, and bring back what was there."""

from __future__ import annotations

import sys

from prompt_toolkit import PromptSession
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output


def edited_line(question: str, present: str) -> str:
    """Ask on standard error, and give the line; the arrow up brings what is ``present``.

    Raises:
        EOFError: Ctrl-D on an empty line.
        KeyboardInterrupt: Ctrl-C.
        OSError: the terminal has gone.

    """
    keys = KeyBindings()

    @keys.add("up")
    def _bring_back(event: KeyPressEvent) -> None:
        line = event.current_buffer
        if not line.text:
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
