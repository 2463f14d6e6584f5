"""Where in the content a finding of the layout is mended: the words it is about, or their panel."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from handouts.basics.findings import Report
from handouts.basics.inside import LARGEST_PICTURE_BYTES, plain_file, read_inside
from handouts.checks.pictures import own_pictures
from handouts.load.facts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.basics.findings import Finding
    from handouts.compose.composed import Composed
    from handouts.load.content import LoadedContent
    from handouts.models.base import Path

_QUOTED = re.compile(r'^"([^"]{2,})"')
_NOT_PRINTED = frozenset({"provenance", "language"})


class InContent:
    """Finds the places of words in one content."""

    def __init__(self, loaded: LoadedContent) -> None:
        self._loaded = loaded
        self._texts = [
            (path, _letters(text))
            for path, text in texts(loaded.source.value)
            if path[0] not in _NOT_PRINTED
        ]

    def placed(self, piece: Composed, report: Report) -> Report:
        """Add the place in the content to each finding that names none of its own."""
        return Report(tuple(self._placed(piece, finding) for finding in report.findings))

    def _placed(self, piece: Composed, finding: Finding) -> Finding:
        if finding.place.file:
            return finding
        quoted = _QUOTED.match(finding.what)
        path = self._path_of(quoted[1]) if quoted else None
        if path is None:
            path = self._panel(piece, finding.place.panel)
        at = self._loaded.place(path, key=quoted is None)
        place = replace(finding.place, file=at.file, line=at.line, column=at.column)
        return replace(finding, place=place)

    def _path_of(self, words: str) -> Path | None:
        """Find the text, or the picture, that holds the words."""
        letters = _letters(words)
        for path, text in self._texts:
            if letters in text or (len(text) > len(letters) // 2 and text in letters):
                return path
        return next((path for path, text in self._in_pictures() if letters in text), None)

    def _in_pictures(self) -> Iterator[tuple[Path, str]]:
        for path, written in own_pictures(self._loaded.content):
            data = read_inside(plain_file(self._loaded.folder, written), LARGEST_PICTURE_BYTES)
            if b"<svg" in data[:2_000]:
                yield path, _letters(re.sub(r"<[^>]*>", "", data.decode("utf-8", "replace")))

    def _panel(self, piece: Composed, panel: str) -> Path:
        path: Path = ("handouts", piece.piece)
        for step in ("panels", panel):
            if (*path, step) not in self._loaded.source.keys:
                break
            path = (*path, step)
        return path


def _letters(text: str) -> str:
    return "".join(text.split())
