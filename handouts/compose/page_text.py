"""The text of composed HTML, chunk by chunk, in the order a person reads it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "header", "html", "li", "main",
    "ol", "p", "section", "table", "tbody", "td", "text", "th", "thead", "tr", "ul",
}  # fmt: skip
_UNREAD = {"head", "style", "title", "desc", "script"}


class Role(StrEnum):
    """What a text is on its page; the flow and what stands beside it have a reading order each."""

    FLOW = "flow"
    BESIDE = "beside"
    FOOT = "foot"
    PICTURE = "picture"
    CUE = "cue"
    """Stands at the foot of pages after which more follows; perhaps on none."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One block's text, and the panel it belongs to."""

    panel: str
    text: str
    role: Role = Role.FLOW
    private: bool = False
    """Whether it holds something of a patient's own."""


class _TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.chunks: list[Chunk] = []
        self.panel = ""
        self._parts: list[str] = []
        self._unread = 0
        self._roles = [(Role.FLOW, "")]
        """The roles that the reader is in, each with the tag that ends it."""
        self._private = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._close()
        if tag in _UNREAD:
            self._unread += 1
        if tag == "svg":
            self._roles.append((Role.PICTURE, tag))
        for name, value in attrs:
            if name == "data-panel" and value:
                self.panel = value
            if name == "data-cue" and value:
                self.chunks.append(Chunk(self.panel, value, Role.CUE))
            if name == "data-private":
                self._private = True
            if name == "data-running":
                self._roles.append((Role.FOOT, tag))
            if name == "data-beside":
                self._roles.append((Role.BESIDE, tag))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._close()
        if tag in _UNREAD:
            self._unread -= 1
        if tag == self._roles[-1][1]:
            self._roles.pop()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._parts.append(data)

    def close(self) -> None:
        super().close()
        self._close()

    def _close(self) -> None:
        text = " ".join("".join(self._parts).split())
        if text:
            self.chunks.append(Chunk(self.panel, text, self._roles[-1][0], self._private))
        self._parts.clear()
        self._private = False


def page_text(html: str) -> tuple[Chunk, ...]:
    """Give the texts of all blocks of a page, each with its panel, in reading order."""
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    return tuple(reader.chunks)
