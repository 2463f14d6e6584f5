"""Marks of XML that anybody may have written, followed as they come.

No tree is built: of a million marks nothing is held but what their follower keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers.expat import ParserCreate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import IO

LONGEST_MARK_BYTES = 1 << 20
"""A mark or comment is looked through again with each piece of the part that it goes on in."""
_PIECE_BYTES = 1 << 17
_BETWEEN = " "
"""Stands between a namespace and a name."""


class TooManyMarksError(Exception):
    """XML has more marks than are followed; it says so in words."""


class Follower:
    """Is told of marks; a name comes with its namespace before it, as :func:`named` gives it."""

    __slots__ = ("around",)

    def __init__(self) -> None:
        self.around = ["", ""]
        """The elements that are open, the innermost last, after two that stand for none."""

    def begin(self, name: str, _attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        self.around.append(name)

    def end(self, _name: str) -> None:
        """Take its end."""
        self.around.pop()

    def said(self, text: str) -> None:
        """Take text between two marks."""


def named(namespace: str, *names: str) -> tuple[str, ...]:
    """Give names as a follower is told them."""
    return tuple(f"{namespace}{_BETWEEN}{name}" for name in names)


def follow(
    source: IO[bytes], follower: Follower, most_marks: int | None = None, what: str = ""
) -> Iterator[None]:
    """Read XML a piece at a time, and give word after each; ``what`` names it.

    Raises:
        ExpatError: it is no XML.
        ValueError: it declares a type of document, which no part of a workbook does (ECMA-376
            part 2, 8.1.4), or one of its marks goes on and on.
        TooManyMarksError: as said.

    """
    parser = ParserCreate(namespace_separator=_BETWEEN)
    parser.buffer_text = True
    parser.StartElementHandler = follower.begin
    parser.EndElementHandler = follower.end
    parser.CharacterDataHandler = follower.said
    parser.StartDoctypeDeclHandler = _refuse
    taken_bytes = marks = 0
    while piece := source.read(_PIECE_BYTES):
        marks += piece.count(b"<") - piece.count(b"</")
        if most_marks is not None and marks > most_marks:
            raise TooManyMarksError(f"{what} has more than {most_marks:,} marks")
        parser.Parse(piece)
        taken_bytes += len(piece)
        if taken_bytes - parser.CurrentByteIndex > LONGEST_MARK_BYTES:
            raise ValueError("a mark does not end")
        yield
    parser.Parse(b"", True)  # noqa: FBT003 - it takes no names
    yield


def followed(source: IO[bytes], follower: Follower) -> None:
    """Read XML to its end.

    Raises:
        ExpatError, ValueError: as of :func:`follow`.

    """
    for _ in follow(source, follower):
        pass


def _refuse(*_declared: object) -> None:
    raise ValueError("it declares a type of document")
