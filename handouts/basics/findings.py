"""Findings: what was seen, where, why it matters and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from handouts.basics.settings import as_keys, filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.basics.settings import Setting


class Severity(StrEnum):
    """How much a finding weighs: an error stops the work, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a finding stands. ``line`` and ``column`` count from 1; 0 means unknown."""

    file: str = ""
    line: int = 0
    column: int = 0
    piece: str = ""
    panel: str = ""
    page: int = 0

    def __str__(self) -> str:
        """Write the place as editors and people read it: ``file:line:column`` first."""
        parts: list[str] = []
        if self.file:
            line = f":{self.line}:{self.column}" if self.line else ""
            parts.append(f"{self.file}{line}")
        if self.piece:
            parts.append(self.piece)
        if self.panel:
            parts.append(f"panel {self.panel}")
        if self.page:
            parts.append(f"page {self.page}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found: where, what, why and how to mend it."""

    what: str
    why: str = ""
    mend: str = ""
    place: Place = field(default_factory=Place)
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Write the finding in one line: place, what, why, how to mend; settings by their keys."""
        where = f"{self.place} " if str(self.place) else ""
        why = f" ({self.why})" if self.why else ""
        mend = f" To mend: {self.mend}" if self.mend else ""
        return as_keys(f"{where}{self.severity}: {self.what}{why}.{mend}")

    def in_words(self, words: Callable[[Setting, str], str]) -> Finding:
        """Name the settings that it is about by a front's words, as ``filled`` does."""
        return replace(
            self,
            what=filled(self.what, words),
            why=filled(self.why, words),
            mend=filled(self.mend, words),
            place=replace(self.place, file=filled(self.place.file, words)),
        )

    def as_json(self) -> dict[str, Any]:
        """Give the finding as plain data, for programs; settings by their keys."""
        return {
            "severity": str(self.severity),
            "file": as_keys(self.place.file),
            "line": self.place.line,
            "column": self.place.column,
            "piece": self.place.piece,
            "panel": self.place.panel,
            "page": self.place.page,
            "what": as_keys(self.what),
            "why": as_keys(self.why),
            "mend": as_keys(self.mend),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one look, in the order of their places."""

    findings: tuple[Finding, ...] = ()

    def __add__(self, other: Report) -> Report:
        """Join two reports."""
        return Report(self.findings + other.findings)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the work."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that do not stop the work."""
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)

    def ordered(self) -> Report:
        """Give the findings by place, each once."""
        return Report(tuple(sorted(dict.fromkeys(self.findings), key=lambda f: f.place)))
