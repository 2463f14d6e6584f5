"""How a command ends that is told to: at once, with all that it began taken away."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

SHELLS_SUM = 128
"""A shell gives this and the signal's number for a command that a signal ended."""


_ENDING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
_LAST_S = 1.5


class _Last:
    """Ends the process as it stands; while it waits to, it says what the process was told."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        os._exit(SHELLS_SUM + self.number)


class ToldToEndError(KeyboardInterrupt):
    """The system, or a terminal that was closed, told the command to end.

    It takes the way of Ctrl-C, so that what is half done is cleared away as then.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def exit_code(error: KeyboardInterrupt) -> int:
    """Give the exit code of a command that was interrupted."""
    number = error.number if isinstance(error, ToldToEndError) else signal.SIGINT
    return SHELLS_SUM + number


def end_when_told() -> None:
    """Let SIGTERM, SIGHUP and Ctrl-C end the command, once.

    Python drops an exception that comes while it tidies up after an import. A command that is
    still there a moment later is ended as it stands; nothing that it has begun is half written.
    """

    def end(number: int, _frame: FrameType | None) -> None:
        for ending in _ENDING:
            signal.signal(ending, signal.SIG_IGN)
        if sys.platform != "win32":
            signal.signal(signal.SIGALRM, _Last(number))
            signal.setitimer(signal.ITIMER_REAL, _LAST_S)
        raise ToldToEndError(number)

    def unraisable(lost: sys.UnraisableHookArgs) -> None:
        if lost.exc_type is not ToldToEndError:
            sys.__unraisablehook__(lost)

    sys.unraisablehook = unraisable
    for number in _ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup leaves SIGHUP
            signal.signal(number, end)


def was_told() -> int | None:
    """Give the number of the signal that told the command to end, also where Python dropped it.

    Then whatever else goes wrong is a part of ending: a library may have lost the exception half
    way, and gone on with what it had.
    """
    if sys.platform == "win32":
        return None
    last = signal.getsignal(signal.SIGALRM)
    return last.number if isinstance(last, _Last) else None


def leave_the_end_to_python() -> None:
    """Let what comes once the command is done end the process without a word."""
    if (
        was_told() is not None and sys.stderr is not None
    ):  # libraries say what the dropped signal kept them from tidying up
        sys.stderr.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 0)
    for number in _ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
