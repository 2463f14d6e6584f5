"""The structure tree of a tagged file, mended for those who hear the page.

The engine tags boxes as they were laid out. Here they become what a reader means by them: a part
that runs over several pages is one part again, a table that only places things side by side is
none, an exercise begins with its name, and a running foot is read once, at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from typing import TYPE_CHECKING

from pikepdf import (
    Array,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Operator,
    parse_content_stream,
    unparse_content_stream,
)

from handouts.compose.laid_out import OWN_ELEMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pikepdf import Object, Page, Pdf

_NUMBER = f"/{OWN_ELEMENT}"
_CELLS = {"/TH", "/TD"}
_TABLE_GROUPS = {"/THead", "/TBody", "/TFoot"}
_HEADINGS = {f"/H{level}" for level in range(1, 7)}
_PT_PER_PX = 0.75


@dataclass(eq=False)
class _Tag:
    """A structure element: its kind, the HTML element it stands for, and what it holds."""

    element: Object
    kind: str
    number: int | None
    holds: list[_Tag | Object | int]
    """Tags, marks on its page, and links."""

    @property
    def kids(self) -> list[_Tag]:
        """The tags that it holds."""
        return [held for held in self.holds if isinstance(held, _Tag)]

    @property
    def only_tags(self) -> bool:
        """Whether it holds nothing of a page itself."""
        return len(self.kids) == len(self.holds)

    def below(self) -> Iterator[_Tag]:
        """Give the tag and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.below()


def mend_structure(pdf: Pdf) -> None:
    """Put a tagged file's structure tree into the order and the terms of its text.

    Its tags hold their elements' numbers, which are taken out.
    """
    document = _read(pdf.Root.StructTreeRoot.K[0])
    _read_once(pdf, document)
    _unwrap(document, _is_anonymous)
    _join(document)
    _mend_tables(document)
    _drop_empty(document)
    for tag in document.below():
        if tag.kind == "/Figure":
            _mend_place(tag.element)
    _write(document)


def _read(element: Object) -> _Tag:
    return _Tag(
        element,
        str(element.S),
        int(element[_NUMBER]) if _NUMBER in element else None,
        [
            _read(held) if isinstance(held, Dictionary) and "/S" in held else held
            for held in element.K
        ],
    )


def _write(tag: _Tag) -> None:
    tag.element.K = Array([held.element if isinstance(held, _Tag) else held for held in tag.holds])
    tag.element.S = Name(tag.kind)
    if _NUMBER in tag.element:
        del tag.element[_NUMBER]
    for kid in tag.kids:
        kid.element.P = tag.element
        _write(kid)


def _is_anonymous(tag: _Tag, parent: _Tag) -> bool:
    """Say whether a tag stands for a box that the layout alone put into its element's own."""
    same = tag.number is not None and tag.number == parent.number
    return same and tag.only_tags and tag.kind in {"/NonStruct", parent.kind}


def _unwrap(tag: _Tag, is_idle: Callable[[_Tag, _Tag], bool]) -> None:
    """Put in the place of each idle tag what it holds."""
    holds: list[_Tag | Object | int] = []
    waiting = list(reversed(tag.holds))
    while waiting:
        held = waiting.pop()
        if isinstance(held, _Tag) and is_idle(held, tag):
            waiting += reversed(held.holds)
        else:
            holds.append(held)
    tag.holds = holds
    for kid in tag.kids:
        _unwrap(kid, is_idle)


def _join(tag: _Tag) -> None:
    """Join the pieces of an element that stands on several pages, or lines, where it begins.

    A table that repeats its headers on each page stays in its pieces, each with its own.
    """
    first: dict[tuple[str, int], _Tag] = {}
    holds: list[_Tag | Object | int] = []
    for held in tag.holds:
        if not isinstance(held, _Tag) or held.number is None or not held.only_tags:
            holds.append(held)
            continue
        begun = first.setdefault((held.kind, held.number), held)
        if begun is held or _headers(held):
            holds.append(held)
        else:
            begun.holds += held.holds
    tag.holds = holds
    for kid in tag.kids:
        _join(kid)


def _headers(table: _Tag) -> list[_Tag]:
    return [cell for row in _rows(table) for cell in row.kids if cell.kind == "/TH"]


def _rows(table: _Tag) -> list[_Tag]:
    """Give a table's own rows."""
    if table.kind != "/Table":
        return []
    groups = [kid.kids if kid.kind in _TABLE_GROUPS else [kid] for kid in table.kids]
    return [kid for group in groups for kid in group if kid.kind == "/TR"]


def _mend_tables(tag: _Tag, *, in_article: bool = False) -> None:
    in_article = in_article or tag.kind == "/Art"
    for kid in tag.kids:
        _mend_tables(kid, in_article=in_article)
    if tag.kind != "/Table":
        return
    if _headers(tag):
        _direct_headers(tag)
        return
    rows = _rows(tag)
    _unwrap(tag, lambda part, _: part.kind in _TABLE_GROUPS)
    for part in (tag, *rows, *(cell for row in rows for cell in row.kids)):
        part.kind = "/Div"
        if "/A" in part.element:
            del part.element.A
    if in_article:
        for row in rows:
            _begin_with_its_name(row)


def _direct_headers(table: _Tag) -> None:
    """Say which way each header of a table speaks: along its row, or down its columns.

    The engine lists each cell's headers instead, and leaves out those of rows and most of those
    over several columns; a list would go before the directions.
    """
    for group in table.kids:
        for row in group.kids:
            for cell in row.kids:
                if cell.kind == "/TH":
                    across = group.kind != "/THead" and cell is row.kids[0]
                    cell.element.A.Scope = Name.Row if across else Name.Column
                elif "/A" in cell.element and "/Headers" in cell.element.A:
                    del cell.element.A.Headers


def _drop_empty(tag: _Tag) -> None:
    """Take out what holds nothing, such as the tag of a bullet; a table's cells stay."""
    for kid in tag.kids:
        _drop_empty(kid)
    tag.holds = [
        held
        for held in tag.holds
        if not isinstance(held, _Tag) or held.holds or held.kind in _CELLS
    ]


def _begin_with_its_name(row: _Tag) -> None:
    """Let what stands beside an exercise's name and purpose be read after them."""
    named = [cell for cell in row.kids if _begins_with_heading(cell)]
    if len(named) == 1:
        lead = list(takewhile(lambda tag: tag.kind in {*_HEADINGS, "/P"}, named[0].kids))
        named[0].holds = named[0].holds[len(lead) :]
        row.holds = [*lead, *row.holds]


def _begins_with_heading(tag: _Tag) -> bool:
    if tag.kind in _HEADINGS:
        return True
    return bool(tag.kids) and _begins_with_heading(tag.kids[0])


def _mend_place(figure: Object) -> None:
    """Turn the engine's rectangle, in CSS pixels from the top, into points from the bottom."""
    left, top, right, bottom = (float(edge) * _PT_PER_PX for edge in figure.A.BBox)
    height = float(figure.Pg.MediaBox[3])
    edges = (left, height - bottom, right, height - top)
    figure.A.BBox = Array([Decimal(f"{edge:.4f}") for edge in edges])


def _read_once(pdf: Pdf, document: _Tag) -> None:
    """Read the words in the pages' margins once, after all others; elsewhere they are decoration.

    The engine leaves their tags out of the tree. Words that hold a paragraph are a running foot,
    and the first one is kept; what holds a link is always kept; a page's number is not.
    """
    reached = {tag.element.objgen for tag in document.below()}
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    marks_of = {int(nums[at]): nums[at + 1] for at in range(0, len(nums), 2)}
    kept = False
    for page in pdf.pages:
        marks = marks_of[int(page.obj.StructParents)]
        idle: set[int] = set()
        for top in _tops(element for element in marks if element.objgen not in reached):
            tag = _read(top)
            kinds = {part.kind for part in tag.below()}
            if "/Link" in kinds or ("/P" in kinds and not kept):
                kept = kept or "/P" in kinds
                document.holds.append(tag)
            else:
                held = [held for part in tag.below() for held in part.holds]
                idle.update(mark for mark in held if isinstance(mark, int))
        for number in idle:
            marks[number] = None
        if idle:
            _decorate(pdf, page, idle)


def _tops(elements: Iterable[Object]) -> list[Object]:
    """Give the elements just below the document that hold others, each once."""
    tops = [_top(element) for element in elements]
    return list({top.objgen: top for top in tops}.values())


def _top(element: Object) -> Object:
    return element if str(element.P.S) == "/Document" else _top(element.P)


def _decorate(pdf: Pdf, page: Page, marks: set[int]) -> None:
    """Make marked parts of a page's content artifacts (ISO 32000-1, 14.8.2.2)."""
    artifact = [Name.Artifact, Dictionary(Type=Name.Pagination)]
    content = [
        ContentStreamInstruction(artifact, part.operator)
        if part.operator == Operator("BDC") and part.operands[1].get("/MCID", -1) in marks
        else part
        for part in parse_content_stream(page)
    ]
    page.obj.Contents = pdf.make_stream(unparse_content_stream(content))
