"""What a command reads from standard input: a name, or a whole prescription."""

from __future__ import annotations

import sys

from handouts.basics.plain_files import LARGEST_YAML_BYTES
from handouts.cli.console import answer_to

STANDARD_INPUT = "-"
"""Written in place of a name or a file."""
_LONGEST_LINE_BYTES = 4096
"""A name's letters, of four bytes each, take a third of it."""


def first_line(question: str) -> str:
    """Ask in a terminal; else give the first line of standard input.

    Raises:
        ContentError: the line is too long for a name, or no UTF-8.
        MachineError: nothing can be read.
        KeyboardInterrupt: Ctrl-C.

    """
    if sys.stdin is None or sys.stdin.isatty():
        return answer_to(question)
    line = sys.stdin.buffer.readline(_LONGEST_LINE_BYTES)
    if not line:
        raise _unread("standard input holds no line")
    if len(line) == _LONGEST_LINE_BYTES:
        raise _unread("the first line of standard input is too long for a name")
    try:
        return line.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise _unread("the first line of standard input is no UTF-8") from None


def whole_text() -> bytes:
    """Give all of standard input, to its end or as far as a prescription may go.

    Raises:
        MachineError: it is closed.

    """
    if sys.stdin is None:
        from handouts.basics.errors import MachineError  # noqa: PLC0415 - only when one happens

        mend = "pass the prescription on, or name its file"
        raise MachineError.because("standard input is closed", mend=mend)
    return sys.stdin.buffer.read(LARGEST_YAML_BYTES + 1)


def _unread(what: str) -> Exception:
    from handouts.basics.errors import ContentError  # noqa: PLC0415 - only when one happens
    from handouts.basics.findings import Place  # noqa: PLC0415
    from handouts.basics.settings import Setting, named  # noqa: PLC0415

    mend = "write the name alone on the first line, or in a prescription's file"
    return ContentError.because(what, mend=mend, place=Place(file=named(Setting.PATIENT)))
