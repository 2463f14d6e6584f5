"""What is wrong with YAML, in the words of somebody who only wants to type a text.

No message repeats what is typed but for plain keys: the file may be a patient's prescription.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from handouts.basics.counting import counted
from handouts.basics.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_QUOTES = "put quotes around the text"
_KEYED = re.compile(r'^[\s-]*"?([a-z][a-z0-9_-]*)"?:(?=\s|$)')
_NO_SPACE = re.compile(r"^[\s-]*[A-Za-z][\w-]*:(?![\s/])\S")
_TEXT_FOLLOWS = re.compile(r"(?::|-)\s+[>|][+-]?\s*$")
_BULLETS = "•‣▪▫●○◦·–—*"
_FLOW_ENDS = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)
_STARTERS = {
    "@": "at signs", "%": "percent signs", "`": "backquotes", "*": "stars", "&": "ampersands",
    "!": "exclamation marks", ",": "commas", "]": "brackets", "}": "braces", "|": "bars",
    ">": "greater-than signs", "[": "brackets", "{": "braces",
}  # fmt: skip
"""Marks with which a text can't start without quotes (YAML 1.2.2, 5.3, indicators)."""


def syntax_finding(error: yaml.YAMLError, text: str, file: str) -> Finding:
    """Say what stopped the reading, on the line that has to be mended."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        reason = str(getattr(error, "reason", None) or error)
        return Finding("this is not YAML", reason, "save it again as UTF-8", Place(file))
    problem = str(getattr(error, "problem", None) or "")
    context = getattr(error, "context_mark", None)
    begun = (context.line, context.column) if context else None
    stopped = _Stopped(text, (mark.line, mark.column), begun, problem)
    what, why, mend, (line, column) = stopped.explained()
    return Finding(what, why, mend, Place(file=file, line=line + 1, column=column + 1))


_At = tuple[int, int]
_Words = tuple[str, str, str, _At]


class _Stopped:
    """Where the parser stopped (line and column count from 0), and what stands around it."""

    def __init__(self, text: str, at: _At, begun: _At | None, problem: str) -> None:
        self.lines: Sequence[str] = text.splitlines() or [""]
        self.at = at
        self.begun = begun
        self.problem = problem
        self.before, self.open_bracket = _before(text, at)

    def line(self, number: int) -> str:
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    @property
    def indent(self) -> int:
        line = self.line(self.at[0])
        return len(line) - len(line.lstrip())

    def explained(self) -> _Words:
        """Try what fits, from the surest cause to the least sure."""
        for explain in (
            self._quoted, self._odd_start, self._escape, self._colon, self._list_beside_key,
            self._without_colon, self._indentation,
        ):  # fmt: skip
            if (words := explain()) is not None:
                return words
        return (
            "this line can't be read", self.problem,
            "check the indentation, the quotes and the colons here and in the line above", self.at,
        )  # fmt: skip

    def _quoted(self) -> _Words | None:
        """A quote that is not closed takes in all that follows, up to the next one."""
        if self.problem in {
            "found unexpected end of stream",
            "found unexpected document indicator",
        }:
            return self._not_closed(self.begun or self.at)
        token = self.before
        if not isinstance(token, yaml.ScalarToken) or token.style not in {"'", '"'}:
            return None
        start, end = token.start_mark, token.end_mark
        if (end.line, end.column) > self.at or end.line != self.at[0]:
            return None
        if start.line != end.line:
            return self._not_closed((start.line, start.column))
        if token.style == "'":
            return (
                "the text goes on after its closing quote", "the apostrophe closes the quote",
                "put double quotes around the text", (end.line, end.column - 1),
            )  # fmt: skip
        return (
            "the text goes on after its closing quote", "a quote within the text closes it",
            "put single quotes around the text, or use “curly” ones within it",
            (end.line, end.column),
        )  # fmt: skip

    def _not_closed(self, at: _At) -> _Words:
        return (
            "a quote is opened here and not closed",
            "all that follows would become part of the text",
            "put the closing quote at the end of the text", at,
        )  # fmt: skip

    def _odd_start(self) -> _Words | None:
        at = self.begun if self.problem.startswith("did not find expected alpha") else self.at
        at = self.begun if "tag" in self.problem and self.begun else at
        if self.problem == "did not find expected comment or line break":
            return (
                "text stands behind > or |", "it would begin a text on the next line",
                f"{_QUOTES}, or begin it on the next line", self.begun or self.at,
            )  # fmt: skip
        if isinstance(self.before, _FLOW_ENDS):
            return (
                "the text starts with a bracket", "then YAML takes it for a list",
                _QUOTES, self._value_start(self.at[0]),
            )  # fmt: skip
        if self.open_bracket is not None and self.problem.startswith("did not find expected"):
            return (
                "a bracket is opened here and not closed", "YAML takes it for a list",
                f"{_QUOTES}, or close the bracket", self.open_bracket,
            )  # fmt: skip
        at = at or self.at
        mark = self.line(at[0])[at[1] : at[1] + 1]
        cant = ("cannot start any token", "expected node content", "expected alpha", "tag")
        if mark in _STARTERS and any(part in self.problem for part in cant):
            return (
                f"the text starts with {mark}",
                f"{_STARTERS[mark]} have a meaning of their own there", _QUOTES, at,
            )  # fmt: skip
        return None

    def _escape(self) -> _Words | None:
        if "escape" not in self.problem:
            return None
        return (
            "a backslash stands in double quotes", "it changes the meaning of the letter behind it",
            "put single quotes around the text, or write / for \\", self.at,
        )  # fmt: skip

    def _colon(self) -> _Words | None:
        """A colon in a text without quotes, or a line that is further in than its kin."""
        if not self.problem.startswith("mapping values are not allowed"):
            return None
        number = self.at[0]
        line = self.line(number)
        above = self._line_above(number)
        if above is not None and _NO_SPACE.match(self.line(above)):
            return self._no_space(above)
        first = re.search(r":(?=\s|$)", line)
        if first is None or first.start() < self.at[1]:
            keyed = _KEYED.match(line)
            how = f', as in {keyed[1]}: "…"' if keyed else ""
            return (
                "a colon stands in the text", "what is before a colon is read as a key",
                f"{_QUOTES}{how}", self.at,
            )  # fmt: skip
        return (
            f"this line begins with {_spaces(self.indent)}, further in than the one above",
            "so it is read as a part of the text above, and then its colon can't be",
            "give it as many spaces as its kin, or put quotes around the whole text",
            (number, self.indent),
        )

    def _no_space(self, number: int) -> _Words:
        line = self.line(number)
        return (
            "a space is missing behind the colon", "without it the line is no key with a text",
            "put a space behind the colon", (number, line.index(":")),
        )  # fmt: skip

    def _list_beside_key(self) -> _Words | None:
        if not self.problem.startswith("block sequence entries are not allowed"):
            return None
        return (
            "a hyphen stands behind a key or a text", "a list begins on the next line",
            f"begin the list on the next line, or {_QUOTES}", self.at,
        )  # fmt: skip

    def _without_colon(self) -> _Words | None:
        if self.problem != "could not find expected ':'":
            return None
        number, column = self.begun or self.at
        if _NO_SPACE.match(self.line(number)):
            return self._no_space(number)
        if (words := self._no_list_mark(number) or self._outside_its_text(number)) is not None:
            return words
        return (
            "this line is neither a key with a colon nor a part of a list",
            "nothing says what it belongs to",
            'begin it with "- " in a list, add it to the line above, or give it a key',
            (number, column),
        )

    def _no_list_mark(self, number: int) -> _Words | None:
        line = self.line(number)
        mark = line.strip()[:1]
        at = number, len(line) - len(line.lstrip())
        if mark == "-":
            return (
                "a space is missing behind the hyphen", "without it the line is no part of a list",
                "put a space behind the hyphen", at,
            )  # fmt: skip
        if mark and mark in _BULLETS:
            return (
                f"the line begins with {mark}", "a list knows hyphens only",
                f'type a hyphen and a space, "- ", in place of {mark}', at,
            )  # fmt: skip
        return None

    def _outside_its_text(self, number: int) -> _Words | None:
        """A text that > or | begin, and that is not further in than its key."""
        above = self._line_above(number)
        if above is None or not _TEXT_FOLLOWS.search(self.line(above)):
            return None
        kept = self.line(above)
        wanted = len(re.match(r"[\s-]*", kept)[0]) + 2  # type: ignore[index]  # it always matches
        return (
            "this line is not further in than the one above",
            "behind > or | the text begins on the next line, further in",
            f"begin it with {_spaces(wanted)}",
            (number, len(self.line(number)) - len(self.line(number).lstrip())),
        )

    def _indentation(self) -> _Words | None:
        number, column = self.at
        if column != self.indent or not self.line(number).strip():
            return None
        above = self.line(number - 1).strip()
        if above.startswith("#") and not _KEYED.match(self.line(number)):
            return (
                "a note that starts with # stands within a text", "the text ends before it",
                f"put the note above the text, or {_QUOTES}", (number - 1, self.indent),
            )  # fmt: skip
        open_at = sorted(set(self._open_indents(number)))
        told = " or ".join(str(indent) for indent in open_at)
        if "'-' indicator" in self.problem and column in open_at:
            return (
                "this line stands in a list and has no hyphen",
                "each line of a list begins with one",
                'begin it with "- ", or give it two more spaces where it belongs to the line above',
                self.at,
            )  # fmt: skip
        if (odd := self._odd_one(number, column)) is not None:
            indent = len(self.line(odd)) - len(self.line(odd).lstrip())
            return (
                f"this line begins with {_spaces(indent)}",
                f"the next one that it belongs with, line {number + 1}, begins with {column}",
                f"begin it with {_spaces(column)}", (odd, indent),
            )  # fmt: skip
        return (
            f"this line begins with {_spaces(column)}",
            f"the lines around it that it could belong with begin with {told}",
            "give it as many spaces as the lines that it belongs with",
            self.at,
        )

    def _odd_one(self, number: int, column: int) -> int | None:
        """Find the one line above that is a space off, where this one stands as all others do."""
        off = None
        for above in range(number - 1, -1, -1):
            line = self.line(above)
            indent = len(line) - len(line.lstrip())
            if not line.strip() or line.lstrip().startswith("#") or indent > column + 1:
                continue
            if column % 2 or indent not in {column - 1, column + 1}:
                return off
            if off is not None:
                return None
            off = above
        return off

    def _line_above(self, number: int) -> int | None:
        for above in range(number - 1, -1, -1):
            if (line := self.line(above).strip()) and not line.startswith("#"):
                return above
        return None

    def _open_indents(self, number: int) -> Iterator[int]:
        """Give the spaces of the lines that are still open above a line."""
        least = len(self.line(number))
        for above in range(number - 1, -1, -1):
            line = self.line(above)
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            indent = len(line) - len(line.lstrip())
            direct = above == self._line_above(number)
            if indent < least and (direct or _KEYED.match(line) or line.lstrip()[:2] == "- "):
                yield indent
                least = indent
            if indent == 0:
                return

    def _value_start(self, number: int) -> _At:
        line = self.line(number)
        found = re.search(r"[\[{]", line)
        return number, found.start() if found else 0


def _spaces(count: int) -> str:
    return counted(count, "space") if count else "no space"


def _before(text: str, at: _At) -> tuple[yaml.Token | None, _At | None]:
    """Give the last text or bracket that ends at or before a place, and a bracket still open."""
    last, brackets = None, []
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            end = token.end_mark
            if (end.line, end.column) > at:
                break
            if isinstance(token, (yaml.ScalarToken, *_FLOW_ENDS)):
                last = token
            if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
                brackets.append((token.start_mark.line, token.start_mark.column))
            elif isinstance(token, _FLOW_ENDS) and brackets:
                brackets.pop()
    except yaml.YAMLError:
        pass
    return last, brackets[-1] if brackets else None
