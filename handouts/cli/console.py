"""The only place that reads from and writes to the terminal.

Whatever a text holds, nothing in it steers the terminal, and a letter that the terminal's
encoding lacks stops no command: both are shown escaped. Settings are named by their options.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections import Counter
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any, TextIO

import click

from handouts.basics.characters import shown
from handouts.basics.counting import counted
from handouts.cli.setting_names import in_options, option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from click._termui_impl import ProgressBar

    from handouts.basics.errors import HandoutsError
    from handouts.basics.findings import Finding, Report
    from handouts.jobs.progress import Progress

_NO_LETTERS = {"Cc", "Cs"}
"""Unicode's categories of what arrow keys send, and of bytes that are no text."""
_MOST_ON_PAGES = 100
"""A spoilt stylesheet can break a thousand rules on a page; nobody reads more lines than that."""


class PipeClosedError(Exception):
    """Nobody reads the result any more, as after ``| head -1``: no fault, and nothing to say."""


def say(text: str) -> None:
    """Write a line of the result to standard output.

    Raises:
        MachineError: it can't be written.
        PipeClosedError: nobody reads it.

    """
    _write(shown(text))


def say_json(data: Any) -> None:
    """Write the result as JSON to standard output, every letter beyond ASCII escaped."""
    import json  # noqa: PLC0415 - help must be instant

    _write(json.dumps(data, indent=2).replace("\x7f", r"\u007f"))


def say_document(text: str) -> None:
    """Write a text of our own, of many lines, to standard output."""
    _write(text.rstrip("\n"))


def tell(text: str, *, bold: bool = False, color: str | None = None) -> None:
    """Write a line to whoever is watching: to standard error, beside the prompts.

    Where standard error can't be written, nobody is watching; the exit code still tells.
    """
    _write(shown(text), err=True, bold=bold, fg=color)


def tell_lines(text: str) -> None:
    """Write lines that quote what was typed to standard error, such as how a command is used."""
    for line in text.rstrip("\n").split("\n"):
        tell(line)


def _write(text: str, *, err: bool = False, bold: bool = False, fg: str | None = None) -> None:
    stream = sys.stderr if err else sys.stdout
    if stream is None:
        if err:
            return
        raise unwritten("it is closed")
    encoding = stream.encoding or "utf-8"
    text = in_options(text).encode(encoding, "backslashreplace").decode(encoding)
    try:
        styled = click.style(text, fg, bold=bold) if bold or fg else text
        click.echo(styled, err=err)
    except OSError as error:
        give_up(stream)
        if err:
            return
        if isinstance(error, BrokenPipeError):
            raise PipeClosedError from error
        raise unwritten(error.strerror or str(error)) from error


def unwritten(why: str) -> HandoutsError:
    """Make the error of a result that nobody got."""
    from handouts.basics.errors import MachineError  # noqa: PLC0415 - only when one happens

    return MachineError.because(
        "the result can't be written to standard output",
        why=why,
        mend="make room, or send it to another file; what the command had to do is done",
    )


def give_up(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere: Python would try it again, and fail, at its end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def answer_to(question: str, present: str = "", offers: Sequence[str] = ()) -> str:
    """Ask on standard error; give the answer without its outer spaces, empty for Enter alone.

    In a terminal the line can be edited: the arrow up brings what is ``present``, or arrows go
    through what is on offer.

    Raises:
        KeyboardInterrupt: Ctrl-C.
        MachineError: nothing more can be read, or the question can't be shown.

    """
    while True:
        answer = _line(question, present, offers).strip()
        if not _NO_LETTERS.intersection(map(unicodedata.category, answer)):
            return answer
        tell("  A key that writes no letter got in. Please type it again.")


def _line(question: str, present: str, offers: Sequence[str]) -> str:
    if not typed_by_hand():
        return _asked(question, default="", show_default=False)
    from handouts.cli.line_editor import edited_line  # noqa: PLC0415 - only in a terminal

    try:
        hint = " (arrow keys pick)" if offers else ""
        return edited_line(f"{shown(in_options(question))}{hint}: ", present, offers)
    except EOFError:
        raise _unanswered("standard input ended") from None
    except OSError as error:
        raise _unanswered(error.strerror or str(error)) from error


def secret_answer_to(question: str, fault_in: Callable[[str], str]) -> str:
    """Ask for a password, twice, without showing it, until there is no fault in it.

    Raises:
        KeyboardInterrupt, MachineError: as ``answer_to``.

    """
    while True:
        answer = _asked(question, hide_input=True)
        if fault := fault_in(answer):
            tell(f"  {fault}")
        elif _asked("The same again", hide_input=True) == answer:
            return answer
        else:
            tell("  The two are not the same. Please type it anew.")


def _asked(question: str, **how: Any) -> str:
    if sys.stdin is None:
        raise _unanswered("standard input is closed")
    if sys.stderr is None:
        raise _unanswered("standard error, where questions are asked, is closed")
    try:
        answer: str = click.prompt(shown(in_options(question)), err=True, **how)
    except click.Abort as abort:
        if isinstance(abort.__context__, KeyboardInterrupt):
            raise abort.__context__ from None
        tell("")
        raise _unanswered("standard input ended") from None
    except UnicodeDecodeError:
        raise _unanswered("standard input holds bytes that are no text in UTF-8") from None
    except OSError as error:
        raise _unanswered(error.strerror or str(error)) from error
    return answer


def _unanswered(why: str) -> HandoutsError:
    from handouts.basics.errors import MachineError  # noqa: PLC0415 - only when one happens

    return MachineError.because(
        "a question got no answer, so nothing was written",
        why=why,
        mend="type the answers in a terminal, or write a prescription's file: docs/clinician.md",
    )


def say_rows(rows: Sequence[Sequence[str]], colors: Sequence[str | None]) -> None:
    """Write a table to standard output: columns as wide as they need, each row in its colour."""
    cells = [[shown(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row, color in zip(cells, colors, strict=True):
        line = "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        _write(line.rstrip(), fg=color)


def findings_as_data(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Give findings as plain data, for ``say_json``; settings are named by their options."""
    return [finding.in_words(option).as_json() for finding in findings]


def show_findings(findings: Iterable[Finding]) -> None:
    """Write findings to standard error, one a line; what is said alike is said once.

    Whatever stands in a file is shown. Of very much on laid-out pages the first is: who mends
    this and looks again finds the rest.
    """
    times = Counter(finding.in_words(option) for finding in findings)
    on_pages = [finding for finding in times if finding.place.piece]
    left_out = frozenset(on_pages[_MOST_ON_PAGES:])
    for finding, count in times.items():
        if finding not in left_out:
            often = f" [{count} times]" if count > 1 else ""
            tell(f"{finding}{often}", color="red" if finding.severity == "error" else "yellow")
    if left_out:
        more = sum(times[finding] for finding in left_out)
        tell(f"And {more:,} more. To mend: mend what is shown, and look again.")


def show_warnings(report: Report, *, quiet: bool) -> None:
    """Write the warnings of a report, unless asked to be quiet."""
    if not quiet:
        show_findings(report.warnings)


def fail(error: HandoutsError) -> None:
    """Show an error's findings and how many there are; the caller exits."""
    show_findings(error.report.findings)
    errors, warnings = len(error.report.errors), len(error.report.warnings)
    counts = [counted(errors, "error")]
    if warnings:
        counts.append(counted(warnings, "warning"))
    strict = "" if errors else ", which --strict takes for errors"
    tell(f"{' and '.join(counts)}{strict}.", bold=True)


def typed_by_hand() -> bool:
    """Say whether somebody answers in a terminal; else another program does."""
    return sys.stdin is not None and sys.stdin.isatty() and on_terminal()


def on_terminal() -> bool:
    """Say whether somebody is watching standard error."""
    return sys.stderr is not None and sys.stderr.isatty()


@contextmanager
def progress_shown(label: str, *, watched: bool, **how: Any) -> Iterator[Progress]:
    """Give what shows on standard error how far a job is, once the job tells of it.

    The present step's name stands beside the bar. Nobody is shown anything unless somebody has
    ``watched``.
    """
    with ExitStack() as end:
        bar: ProgressBar[str] | None = None
        shown_so_far = 0

        def text(at: str | None) -> str:
            return shown(at or "")

        def progress(done: int, of: int, at: str = "") -> None:
            nonlocal bar, shown_so_far
            if not watched:
                return
            if bar is None:
                made: ProgressBar[str] = click.progressbar(
                    length=of,
                    label=label,
                    item_show_func=text,
                    update_min_steps=max(1, of // 100),
                    file=sys.stderr,
                    **how,
                )
                bar = end.enter_context(made)
            bar.current_item = at
            more, shown_so_far = done - shown_so_far, done
            bar.update(more)
            if not more:
                bar.render_progress()

        yield progress
