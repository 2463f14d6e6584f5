"""The check on white that overprints: it vanishes, as no ink is printed over what is below."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from playa.parser import ContentParser
from playa.pdftypes import InlineImage, PSKeyword

from handouts.preflight.objects import mapping, name, stream, value
from handouts.preflight.result import Check, Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playa.pdftypes import ContentStream

    from handouts.basics.choices import Profile
    from handouts.preflight.document import OpenFile

_FILLS = {"f", "F", "f*", "B", "B*", "b", "b*"}
_STROKES = {"S", "s", "B", "B*", "b", "b*"}
_SHOWS = {"Tj", "TJ", "'", '"'}
_COLOURS = {"g": 1.0, "rg": 1.0, "k": 0.0}
"""Colours, and what each of their parts is in white."""
MOST_FORMS = 10_000


@dataclass(frozen=True, slots=True)
class _Ink:
    """What decides whether paint vanishes: white, and overprinting, for fills and for lines."""

    white_fill: bool = False
    white_line: bool = False
    over_fill: bool = False
    over_line: bool = False
    text_mode: int = 0


def overprint(file: OpenFile, profile: Profile) -> Iterator[Check]:  # noqa: ARG001 - as all checks
    """Look for white areas, lines and text that are set to overprint."""
    for sheet in file.sheets:
        page = file.page(sheet)
        walk = _Walk(page.doc)
        walk.look(list(page.streams), page.resources, _Ink(), 0)
        for what in sorted(walk.found):
            yield Check(
                "overprint",
                Result.FAIL,
                f"white {what} overprints, so it is not there in print",
                sheet.number,
                mend="set white to knock out: op and OP false",
            )


class _Walk:
    def __init__(self, document: Any) -> None:
        self._document = document
        self._seen: set[tuple[int, _Ink]] = set()
        self.found: set[str] = set()

    def look(self, streams: list[ContentStream], resources: Any, ink: _Ink, depth: int) -> None:
        """Go through a content, with what its resources set, and the forms that it draws."""
        held = mapping(resources)
        states, forms = mapping(held.get("ExtGState")), mapping(held.get("XObject"))
        if not states and not forms and not (ink.over_fill or ink.over_line):
            return
        saved: list[_Ink] = []
        operands: list[Any] = []
        for _, token in ContentParser(streams, self._document):
            if not isinstance(token, PSKeyword):
                if not isinstance(token, InlineImage):
                    operands.append(token)
                continue
            operator = token.name.decode("latin-1")
            if operator == "q":
                saved.append(ink)
            elif operator == "Q":
                ink = saved.pop() if saved else ink
            elif operator == "gs" and operands:
                ink = _set(ink, mapping(states.get(name(operands[-1]))))
            elif operator == "Do" and operands:
                self._form(forms.get(name(operands[-1])), held, ink, depth)
            else:
                ink = self._one(operator, operands, ink)
            operands = []

    def _one(self, operator: str, operands: list[Any], ink: _Ink) -> _Ink:
        if (white := _COLOURS.get(operator.lower())) is not None:
            parts = [value(part) for part in operands]
            is_white = bool(parts) and all(part == white for part in parts)
            if operator.isupper():
                return replace(ink, white_line=is_white)
            return replace(ink, white_fill=is_white)
        if operator in {"cs", "sc", "scn"}:
            return replace(ink, white_fill=False)
        if operator in {"CS", "SC", "SCN"}:
            return replace(ink, white_line=False)
        if operator == "Tr" and operands:
            return replace(ink, text_mode=int(value(operands[0])))
        fill, line = ink.white_fill and ink.over_fill, ink.white_line and ink.over_line
        if operator in _SHOWS and (
            (fill and ink.text_mode in {0, 2, 4, 6}) or (line and ink.text_mode in {1, 2, 5, 6})
        ):
            self.found.add("text")
        if fill and operator in _FILLS:
            self.found.add("area")
        if line and operator in _STROKES:
            self.found.add("line")
        return ink

    def _form(self, held: Any, outer: dict[str, Any], ink: _Ink, depth: int) -> None:
        form = stream(held)
        if form is None or name(form.get("Subtype")) != "Form" or depth > 40:
            return
        key = (id(form) if form.objid is None else form.objid, ink)
        if key in self._seen or len(self._seen) > MOST_FORMS:
            return
        self._seen.add(key)
        self.look([form], form.get("Resources") or outer, ink, depth + 1)


def _set(ink: _Ink, state: dict[str, Any]) -> _Ink:
    if "OP" in state:
        line = bool(value(state["OP"]))
        ink = replace(ink, over_line=line, over_fill=line)
    if "op" in state:
        ink = replace(ink, over_fill=bool(value(state["op"])))
    return ink
