"""What a process of its own does before anything else: it keeps a patient's words to itself."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

PRIVATE_COMMANDS = frozenset({"sheet"})
"""Commands whose options may hold a person's own words."""


def hide_arguments() -> None:
    """Take what was typed out of the list of processes, which every user of the machine reads.

    Processes that are forked later have the new title, too. Windows has no title to change.
    """
    if len(sys.argv) > 1 and sys.argv[1] in PRIVATE_COMMANDS:
        from setproctitle import setproctitle  # noqa: PLC0415 - only where there are words

        setproctitle(f"handouts {sys.argv[1]}")


def occupy_closed_streams() -> None:
    """Put nothing where standard input, output or error is closed.

    Otherwise the next file that is opened would be in its place, and what a library tells
    standard error would be written into it.
    """
    for number, mode in enumerate((os.O_RDONLY, os.O_WRONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, mode)  # takes the lowest number that is free


def leave_no_core() -> None:
    """Let no crash write this process's memory, with a patient's name, to a file."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
