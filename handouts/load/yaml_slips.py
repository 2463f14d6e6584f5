"""Text that YAML reads without a word, and not as whoever typed it meant it.

A wrong guess costs a pair of quotes, so each is told; no message repeats what is typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import yaml

_CURLY = (("“", "”"), ("„", "“"), ("„", "”"), ("‘", "’"), ("‚", "‘"), ("«", "»"), ("»", "«"))
_NOTE_BEHIND = re.compile(r"[ \t]+#(.*)$")
_INCHES_OR_FEET = re.compile(r"(?<![\d-])\d{1,3}(?:[.,/]\d+)?[\"']$")
_PATH_ESCAPED = re.compile(r"[A-Za-z]:(?:\\\\[^\\]*)*\\([abefnrtvNLP_])(?=[A-Za-z])")
"""A Windows path in double quotes: its first backslash that changes a letter."""
_PLAIN = {None, ""}


def slips(event: yaml.ScalarEvent, lines: Sequence[str], file: str) -> Iterator[Finding]:
    """Look at a value as it was typed; ``lines`` are the file's."""
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        return
    text = str(event.value)
    first, last = (start.line, start.column), (end.line, end.column)
    if event.style in _PLAIN:
        yield from _cut_at_hash(text, lines, last, file)
        yield from _quoted_by_halves(text, first, file)
        yield from _hyphens_within(lines, start.line, end.line, file)
    elif event.style in {">", "|"}:
        if text.strip()[:1] == text.strip()[-1:] == '"' and text.count('"') == 2:
            yield _warning(
                "the text stands in quotes below > or |",
                "there they are printed",
                "take the quotes out; where they are meant, use “curly” ones",
                file,
                first,
            )
    elif event.style == '"' and start.line == end.line:
        typed = lines[start.line][start.column : end.column]
        for match in _PATH_ESCAPED.finditer(typed):
            yield _warning(
                f"\\{match[1]} in double quotes is read as a space, a line break or another sign",
                "then the letter is lost",
                "put single quotes around the text, or write / for \\",
                file,
                (start.line, start.column + match.start(1) - 1),
            )


def _quoted_by_halves(text: str, at: tuple[int, int], file: str) -> Iterator[Finding]:
    if _closed_only(text):
        yield _warning(
            "the text ends with a quote and has none at its start",
            "so it is printed",
            "put one at the start, too, or take it out",
            file,
            at,
        )
    if any(len(text) > 1 and text[0] == a and text[-1] == b for a, b in _CURLY):
        yield _warning(
            "the text stands in curly quotes",
            "only straight ones belong to YAML, so these are printed",
            "type straight quotes; where these are meant, put straight ones around them",
            file,
            at,
        )


def _hyphens_within(lines: Sequence[str], first: int, last: int, file: str) -> Iterator[Finding]:
    for number in range(first + 1, min(last + 1, len(lines))):
        line = lines[number].lstrip()
        if line.startswith("- "):
            yield _warning(
                "this line begins with a hyphen, and is further in than its list",
                "so it is read as a part of the text above, hyphen and all",
                "give it as many spaces as the other lines of its list",
                file,
                (number, len(lines[number]) - len(line)),
            )


def _cut_at_hash(
    text: str, lines: Sequence[str], end: tuple[int, int], file: str
) -> Iterator[Finding]:
    """A space and # begin a note; a house number or a remark is lost with it."""
    line = lines[end[0]] if end[0] < len(lines) else ""
    behind = _NOTE_BEHIND.match(line[end[1] :]) or (
        _NOTE_BEHIND.search(line[: end[1] + 1]) if not text else None
    )
    if behind is None:
        return
    note = behind[1]
    touches = bool(note) and not note.startswith((" ", "#"))
    if touches or re.match(r"\s*\d", note) or " " in text:
        yield _warning(
            "what follows # here is not printed",
            "a space and # begin a note to yourself",
            "put quotes around the whole text; a note goes on a line of its own",
            file,
            (end[0], line.index("#", max(0, end[1] - 1))),
        )


def _closed_only(text: str) -> bool:
    """Say whether a text ends with its only quote, which is no inch, foot or plural."""
    return any(
        text.endswith(quote) and text.count(quote) == 1 and not _INCHES_OR_FEET.search(text)
        for quote in ('"', "'")
    ) and not text.endswith("s'")


def _warning(what: str, why: str, mend: str, file: str, at: tuple[int, int]) -> Finding:
    place = Place(file=file, line=at[0] + 1, column=at[1] + 1)
    return Finding(what, why, mend, place, Severity.WARNING)
