"""content.yaml in, a frozen model out, or one report with all findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report
from handouts.load.explain import explain_all
from handouts.load.facts import filled_in
from handouts.load.icc_profile import check_condition
from handouts.load.pictures import check_picture
from handouts.load.shelf import shelf_of, with_shelf
from handouts.load.yaml_source import YamlSource, read_yaml, read_yaml_text
from handouts.models.content import REFERENCED, Content

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from handouts.models.base import Path as KeyPath


@dataclass(frozen=True, slots=True)
class LoadedContent:
    """The content, the folder it came from, and where each part of it was written."""

    content: Content
    folder: Path
    source: YamlSource
    """What the file says, with what it takes from the shelf."""
    written: YamlSource
    """What the file says."""

    @property
    def from_shelf(self) -> tuple[str, ...]:
        """The exercises that are taken from the shelf."""
        own = self.written.value.get("exercises") or {}
        return tuple(name for name in self.content.exercises if name not in own)

    def place(self, path: KeyPath, *, key: bool = False) -> Place:
        """Say where the value (or key) at the path stands in the file."""
        return self.source.place(path, key=key)


def load_content(path: Path, data: bytes | None = None) -> LoadedContent:
    """Read and validate a clinic's content, or the ``data`` that its file is to hold.

    Raises:
        ContentError: with every finding: what does not parse, unknown or missing keys,
            wrong types, ids that nothing defines, pictures that can't be used.

    """
    written = read_yaml(path) if data is None else read_yaml_text(data, path.name)
    if not isinstance(written.value, dict):
        finding = Finding(
            "the file holds no keys",
            "",
            "start from a sample: handouts new DIR",
            Place(file=written.file, line=1, column=1),
        )
        raise ContentError(Report((*written.findings, finding)))
    folder = path.absolute().parent
    source, untaken = with_shelf(written, shelf_of(folder))
    context = {
        "ids": {kind: _ids(source.value, keys) for kind, keys in REFERENCED.items()},
        "picture": lambda written: check_picture(folder, written),
        "condition": lambda written: check_condition(folder, written),
    }
    values, unfilled = filled_in(source)
    found = (*source.findings, *untaken, *unfilled)
    try:
        content = Content.model_validate(values, context=context)
    except ValidationError as error:
        findings = explain_all(_real(error.errors(), source), source, Content)
        doubts = (slip for slip in source.slips if _in_line_of(slip, findings))
        raise ContentError(Report((*found, *findings, *doubts)).ordered()) from error
    if found:
        raise ContentError(Report(found).ordered())
    return LoadedContent(content, folder, source, written)


def _in_line_of(slip: Finding, findings: Iterable[Finding]) -> bool:
    """Say whether a slip of the typing may be the cause of what was found in its line."""
    return any(found.place.line == slip.place.line for found in findings)


def _real(details: list[ErrorDetails], source: YamlSource) -> list[ErrorDetails]:
    """Leave out what only follows from another error.

    That is a list called too short because its items are wrong, and a fault that a
    drawing takes over from the one it is ``like``.
    """
    return [
        detail
        for detail in details
        if not _follows(detail, details) and not _taken_over(detail["loc"], source)
    ]


def _follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    if detail["type"] != "too_short":
        return False
    path = detail["loc"]
    return any(other["loc"][: len(path)] == path and other is not detail for other in details)


def _taken_over(path: KeyPath, source: YamlSource) -> bool:
    """Say whether the path is written in the drawing that this one is like, and not here."""
    if len(path) < 5 or path[2:3] != ("drawings",) or path in source.values:
        return False
    drawings = source.value["exercises"][path[1]]["drawings"]
    like = drawings[path[3]].get("like")
    return like is not None and (*path[:3], like, *path[4:]) in source.values


def _ids(value: object, keys: tuple[str, ...]) -> set[str]:
    """Collect the ids that a top-level map defines, whatever else is wrong with it."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return set(value) if isinstance(value, dict) else set()
