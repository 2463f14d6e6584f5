"""How a command ends that is told to: at once, with all that it began taken away."""

from __future__ import annotations

import os
import signal
import sys
import time
import weakref
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

SHELLS_SUM = 128
"""A shell gives this and the signal's number for a command that a signal ended."""


_ENDING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
_LAST_S = 1.5
_AGAIN_S = 0.01
_DROPPED_S = 0.25
"""So long after it was raised an exception that nobody holds any more is taken for dropped."""
_IMPORT = "<frozen importlib._bootstrap"
_OF_A_LIBRARY = "ExtensionFileLoader."


class _Ending:
    """Ends a command that was told to; stands for that until the process has gone.

    No exception is raised where an import begins or ends, for Python may drop it, nor while one
    of a library in C++ is under way, which may end the process for it. What a library drops is
    raised again. A command that is still there a moment later is ended as it stands; nothing that
    it has begun is half written.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self.last_s = time.monotonic() + _LAST_S
        self.raised: weakref.ref[ToldToEndError] | None = None

    def __call__(self, _number: int, frame: FrameType | None) -> None:
        """Raise where that is heard, or come again; once it is time, end the process."""
        left_s = self.last_s - time.monotonic()
        if left_s <= 0:
            os._exit(SHELLS_SUM + self.number)
        if _drops_errors(frame):
            signal.setitimer(signal.ITIMER_REAL, min(_AGAIN_S, left_s))
            return
        signal.setitimer(signal.ITIMER_REAL, min(_DROPPED_S, left_s))
        if self.raised is not None and self.raised() is not None:
            return  # it is on its way
        error = ToldToEndError(self.number)
        self.raised = weakref.ref(error)
        try:
            raise error
        finally:
            del error  # its traceback holds this frame, which would hold it


def _drops_errors(frame: FrameType | None) -> bool:
    if frame is not None and frame.f_code.co_filename.startswith(_IMPORT):
        return True
    while frame is not None:
        if frame.f_code.co_qualname.startswith(_OF_A_LIBRARY):
            return True
        frame = frame.f_back
    return False


class ToldToEndError(KeyboardInterrupt):
    """The system, or a terminal that was closed, told the command to end.

    It takes the way of Ctrl-C, so that what is half done is cleared away as then.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def exit_code(error: KeyboardInterrupt) -> int:
    """Give the exit code of a command that was interrupted.

    A library that waits may make an interrupt of its own of any signal.
    """
    if isinstance(error, ToldToEndError):
        return SHELLS_SUM + error.number
    return SHELLS_SUM + (was_told() or signal.SIGINT)


def end_when_told() -> None:
    """Let SIGTERM, SIGHUP and Ctrl-C end the command, once."""

    def end(number: int, frame: FrameType | None) -> None:
        for ending in _ENDING:
            signal.signal(ending, signal.SIG_IGN)
        if sys.platform == "win32":
            raise ToldToEndError(number)
        ending_now = _Ending(number)
        signal.signal(signal.SIGALRM, ending_now)
        ending_now(signal.SIGALRM, frame)

    def unraisable(lost: sys.UnraisableHookArgs) -> None:
        if was_told() is None:  # else what was half made is only tidied away
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
    return last.number if isinstance(last, _Ending) else None


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
