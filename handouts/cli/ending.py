"""How a command ends: whatever stops it becomes one message and an exit code."""

from __future__ import annotations

import errno
import io
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from handouts.cli.console import (
    PipeClosedError,
    fail,
    give_up,
    on_terminal,
    tell,
    tell_lines,
    unwritten,
)
from handouts.cli.signals import ToldToEndError, exit_code, was_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.basics.errors import HandoutsError

PIPE_CLOSED = 141
"""What a shell gives for a command whose reader has gone: 128 and the signal's number."""
STOPPED = "Stopped; no file is left half written."
_FULL_OF_FILES = {errno.EMFILE, errno.ENFILE}


@contextmanager
def told() -> Iterator[None]:
    """Tell whoever started the command what ended it.

    Raises:
        Exit: with the code; after a fault that is ours, that fault.

    """
    try:
        yield
        _flush()
    except Exit as end:
        if end.exit_code == 0 and sys.stdout is None:  # help, which click then writes nowhere
            raise Exit(_code_of(unwritten("it is closed")) or 0) from end
        raise
    except click.ClickException as error:
        usage = io.StringIO()
        error.show(usage)
        tell_lines(usage.getvalue())
        raise Exit(error.exit_code) from error
    except (Exception, KeyboardInterrupt) as error:
        code = _code_of(error)
        if code is None:
            raise
        _let_go_of_what_cannot_be_written()
        raise Exit(code) from error


def _flush() -> None:
    """Find out now, and not when Python ends, that the result can't be written."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _let_go_of_what_cannot_be_written() -> None:
    """Keep what standard output still holds from being told of again, by us or by Python."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except (OSError, ValueError):
            give_up(sys.stdout)


def _code_of(error: BaseException) -> int | None:
    """Tell of an error and give its exit code; None is a fault of ours."""
    from handouts.basics.errors import HandoutsError  # noqa: PLC0415 - only when one happens

    if isinstance(error, PipeClosedError):
        return PIPE_CLOSED
    if (number := was_told()) is not None and _interrupt(error) is None:
        error = ToldToEndError(number)
    if isinstance(error, HandoutsError):
        known = error
    elif (stopped := _interrupt(error)) is not None:
        if on_terminal():
            tell("")  # the terminal has written ^C
        tell(" ".join(getattr(stopped, "__notes__", ())) or STOPPED)
        return exit_code(stopped)
    elif isinstance(error, OSError | MemoryError):
        if isinstance(error, BrokenPipeError) and _reader_has_gone():
            return PIPE_CLOSED
        known = _of_the_machine(error)
    else:
        return None
    fail(known)
    return known.exit_code


def _interrupt(error: BaseException | None) -> KeyboardInterrupt | None:
    """Give the interrupt that is behind an error.

    Libraries that are written in C wrap what comes while they are imported.
    """
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return error
        error = error.__cause__ or error.__context__
    return None


def _reader_has_gone() -> bool:
    """Say whether nobody reads standard output any more; click writes help there itself."""
    try:
        from select import POLLERR, poll  # noqa: PLC0415 - only when a pipe is broken
    except ImportError:  # Windows
        return True
    look = poll()
    look.register(sys.stdout.fileno(), 0)
    return any(event & POLLERR for _, event in look.poll(0))


def _of_the_machine(error: OSError | MemoryError) -> HandoutsError:
    """Say what the machine refused."""
    from handouts.basics.errors import MachineError  # noqa: PLC0415 - only when one happens
    from handouts.basics.findings import Place  # noqa: PLC0415

    if isinstance(error, MemoryError):
        mend = "close other programs, or print less at once"
        return MachineError.because("there is not enough memory", mend=mend)
    if error.errno in _FULL_OF_FILES:
        return MachineError.because(
            "no more files can be opened",
            why="the machine lets this command have only few at once",
            mend="allow more, and try again: ulimit -n 1024",
        )
    named = error.filename if isinstance(error.filename, str) else ""
    return MachineError.because(
        error.strerror or type(error).__name__,
        why="the machine refused it while the command was at work",
        mend="see that the file is there, may be read and written, and that the disk has room",
        place=Place(file=named),
    )
