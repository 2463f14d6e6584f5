"""YAML in, plain values out, with the line and column of every key and value.

Only the plain part of YAML 1.2 is read: mappings, lists and scalars. ``no`` is a word and
``1:30`` is text, as in the 1.2 core schema. Aliases, tags, tabs, duplicate keys and
extreme depth are findings: none of them helps a clinic, and each hides or multiplies
text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import yaml

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report, Severity
from handouts.basics.plain_files import LARGEST_YAML_BYTES, TooLargeError, read_plain
from handouts.basics.settings import Setting, named
from handouts.load.explain import MOST_FINDINGS
from handouts.load.yaml_signs import indentation_findings, unseen_findings
from handouts.load.yaml_slips import slips
from handouts.load.yaml_words import syntax_finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path as FilePath

    from handouts.models.base import Path

MOST_VALUES = 100_000
"""A clinic's whole content has some 1,000 values."""
DEEPEST_NESTING = 24
NO_CONTENT = (
    f"name the right file with {named(Setting.CONTENT)}, or make one with: handouts new DIR"
)

_INTEGER = re.compile(r"^-?(0|[1-9]\d{0,15})$")
_NAMED_VALUES = {"": None, "~": None, "null": None, "true": True, "false": False}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where the wheel has it (all common ones do); its pure twin reads the same."""
_OLD_BREAKS = str.maketrans(dict.fromkeys("\x85\u2028\u2029", " "))
"""YAML 1.1 ends lines there, which no editor counts."""
_LIBYAML_STOPS = "nesting"
"""A word of what newer libyamls say of brackets a thousand deep, which they scan ahead."""


@dataclass(frozen=True, slots=True)
class SourceMark:
    """A line and a column, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class YamlSource:
    """What a YAML file says, and where it says it."""

    file: str
    value: Any
    values: dict[Path, SourceMark] = field(default_factory=dict)
    keys: dict[Path, SourceMark] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    slips: tuple[Finding, ...] = ()
    """Warnings: text that was read, and perhaps not as it was meant."""

    @property
    def doubts(self) -> tuple[Finding, ...]:
        """Give findings and slips, all of them errors: where nothing may be lost on the way."""
        return *self.findings, *(replace(slip, severity=Severity.ERROR) for slip in self.slips)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Say where the value (or the key) at the path stands, or its nearest parent."""
        marks = self.keys if key else self.values
        while path and path not in marks:
            path = path[:-1]
            marks = self.keys if path in self.keys else self.values
        mark = marks.get(path, SourceMark(1, 1))
        return Place(file=self.file, line=mark.line, column=mark.column)


class _StopError(Exception):
    """Reading can't go on; the reader's findings say why."""


class _Reader:
    """Builds plain values from the parser's events."""

    def __init__(self, file: str, lines: Sequence[str]) -> None:
        self.file = file
        self.lines = lines
        self.slips: list[Finding] = []
        self.values: dict[Path, SourceMark] = {}
        self.keys: dict[Path, SourceMark] = {}
        self.findings: list[Finding] = []

    def find(self, mark: SourceMark, what: str, why: str, mend: str) -> None:
        place = Place(file=self.file, line=mark.line, column=mark.column)
        self.findings.append(Finding(what, why, mend, place))
        if len(self.findings) >= MOST_FINDINGS:
            raise _StopError

    def read(self, events: Iterator[yaml.Event]) -> Any:
        value: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.find(
                        _mark(event),
                        "a second document starts here",
                        "only one is read",
                        "take out the line ---",
                    )
                    raise _StopError
            elif not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent) and not (
                isinstance(event, yaml.DocumentEndEvent)
            ):
                value = self._node(event, events, ())
        return value

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Any:
        mark = _mark(event)
        self.values[path] = mark
        if len(self.values) > MOST_VALUES:
            self.find(
                mark,
                f"the file holds more than {MOST_VALUES:,} values",
                "no content is that long",
                "check that this is the right file",
            )
            raise _StopError
        if len(path) > DEEPEST_NESTING:
            self.find(
                mark,
                f"nested more than {DEEPEST_NESTING} levels deep",
                "no part of the content is that deep",
                "check the indentation or take out the brackets",
            )
            raise _StopError
        if isinstance(event, yaml.AliasEvent):
            self.find(
                mark,
                "a value that starts with * repeats another place",
                "repeated places can grow without end, and a change would move unseen",
                "write the text out here, or put it in quotes",
            )
            return None
        if getattr(event, "tag", None) is not None:
            self.find(
                mark,
                "a value that starts with ! is a tag",
                "tags are not read",
                "take the tag out, or put the text in quotes",
            )
        if getattr(event, "anchor", None) is not None:
            self.find(
                mark,
                "a value that starts with & gives its place a name",
                "the word behind & would not be printed",
                "put quotes around the text",
            )
        if isinstance(event, yaml.ScalarEvent):
            self.slips.extend(islice(slips(event, self.lines, self.file), MOST_FINDINGS))
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _sequence(self, events: Iterator[yaml.Event], path: Path) -> tuple[Any, ...]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, events, (*path, len(items))))
        return tuple(items)

    def _mapping(self, events: Iterator[yaml.Event], path: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            mark = _mark(event)
            if not isinstance(event, yaml.ScalarEvent):
                self.find(
                    mark,
                    "a key that is no word",
                    "keys are plain words",
                    "put quotes around braces or brackets that belong to a text",
                )
                raise _StopError
            key = str(event.value)
            value_event = next(events)
            if key in mapping:
                first = self.keys[*path, key]
                self.find(
                    mark,
                    f'the key "{key}" stands here a second time',
                    f"the first is in line {first.line}, and one of the two would be lost",
                    "rename or take out one of them",
                )
                self._node(value_event, events, (*path, key, "(again)"))
                continue
            self.keys[*path, key] = mark
            mapping[key] = self._node(value_event, events, (*path, key))
        return mapping


def _mark(event: yaml.Event) -> SourceMark:
    mark = event.start_mark
    return SourceMark(mark.line + 1, mark.column + 1) if mark else SourceMark(1, 1)


def _scalar(event: yaml.ScalarEvent) -> str | int | bool | None:
    """Read a value; a letter typed as a letter and its marks becomes the one that fonts know."""
    text = unicodedata.normalize("NFC", str(event.value))
    if event.style in {None, ""} and event.tag is None:
        if text in _NAMED_VALUES:
            return _NAMED_VALUES[text]
        if _INTEGER.match(text):
            return int(text)
    return text


def _stop(what: str, why: str, mend: str, place: Place) -> ContentError:
    return ContentError(Report((Finding(what, why, mend, place),)))


def _read_text(path: FilePath, file: str, missing: str) -> str:
    place = Place(file=file)
    try:
        data = read_plain(path, LARGEST_YAML_BYTES)
    except TooLargeError as error:
        raise _too_large(error, file) from error
    except OSError as error:
        raise _stop(
            f"can't read the file: {error.strerror}",
            f"looked for it at {path.absolute()}",
            missing,
            place,
        ) from error
    return _decoded(data, file)


def _too_large(error: TooLargeError, file: str) -> ContentError:
    what, why = f"the file has {error.size}", f"the limit is {error.limit}"
    return _stop(what, why, "check that this is the right file", Place(file=file))


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise _stop(
            f"byte {column} of the line is not UTF-8",
            "the file was saved in another encoding",
            "save it again as UTF-8",
            Place(file=file, line=line, column=column),
        ) from error


def _problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or "")


def read_yaml(path: FilePath, *, file: str = "", missing: str = NO_CONTENT) -> YamlSource:
    """Read a YAML file with the place of every key and value.

    ``missing`` says how to mend it where the file can't be read.

    Duplicate keys, aliases and tags come back as ``findings``, so that a caller can
    report them together with its own.

    Raises:
        ContentError: the file can't be read or is no YAML at all.

    """
    file = file or path.name
    return _parsed(_read_text(path, file, missing), file, _LOADER)


def read_yaml_text(data: bytes, file: str) -> YamlSource:
    """Read YAML that is in no file, as ``read_yaml`` does; ``file`` is what findings call it.

    Raises:
        ContentError: it is too large, or no YAML at all.

    """
    if len(data) > LARGEST_YAML_BYTES:
        raise _too_large(TooLargeError(len(data), LARGEST_YAML_BYTES), file)
    return _parsed(_decoded(data, file), file, _LOADER)


def _parsed(text: str, file: str, loader: type[yaml.SafeLoader]) -> YamlSource:
    text = text.translate(_OLD_BREAKS)
    unfit = [
        *unseen_findings(text, file, MOST_FINDINGS),
        *indentation_findings(text, file, MOST_FINDINGS),
    ]
    reader = _Reader(file, text.splitlines())
    try:
        value = reader.read(iter(yaml.parse(text, Loader=loader)))
    except _StopError:
        raise ContentError(Report((*unfit, *reader.findings)).ordered()) from None
    except yaml.YAMLError as error:
        if loader is not yaml.SafeLoader and _LIBYAML_STOPS in _problem(error):
            return _parsed(text, file, yaml.SafeLoader)  # which lets the reader name the place
        syntax = () if unfit else (syntax_finding(error, text, file),)
        raise ContentError(Report((*unfit, *reader.findings, *syntax)).ordered()) from error
    findings = (*unfit, *reader.findings)
    return YamlSource(file, value, reader.values, reader.keys, findings, tuple(reader.slips))
