"""Words in any script: which way they run, and how they stand in a line of another script."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape
from typing import Literal

from markupsafe import Markup, escape

LINE_END = Markup("<br>")
"""Ends a line within a stand-in. A text of a prescription is no markup, whatever it holds."""

RIGHT_TO_LEFT_MARK = "\u200f"
_RIGHT_TO_LEFT = {"R", "AL"}
_MAY_RUN_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""All letters that run from right to left lie here, and few others."""
_KANA = re.compile("[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_UNREADABLE = re.compile(
    "[\u0300-\u036f\u0590-\u109f\u135d-\u135f\u1780-\u18af\u1e00-\u1eff\u200d\u20d0-\u20f0"
    "\ufb1d-\ufdff\ufe00-\ufe0f\ufe70-\ufefc\U00010000-\U0010ffff]"
)
_MARKED_WORD = re.compile("[^\\s<>&;]*[\u0300-\u036f][^\\s<>&;]*")
_TEXT = re.compile(">[^<>]*<")


@dataclass(frozen=True, slots=True)
class Words:
    """A text of the patient's own in any script, and the way it runs (ltr or rtl)."""

    text: str
    direction: str


def direction(text: str) -> Literal["ltr", "rtl"]:
    """Say which way a text runs: as its first strong letter does (UAX #9, rules P2 and P3)."""
    for character in text:
        strong = unicodedata.bidirectional(character)
        if strong == "L":
            return "ltr"
        if strong in _RIGHT_TO_LEFT:
            return "rtl"
    return "ltr"


def han_language(text: str) -> str:
    """Say by whose shapes a text's Chinese characters are drawn; empty where it has none.

    Kana means Japanese and Hangul Korean. Else they are traditional ones where Big5 has
    them all and GB 2312 has not.
    """
    if _KANA.search(text):
        return "ja"
    if _HANGUL.search(text):
        return "ko"
    han = "".join(_HAN.findall(text))
    if not han:
        return ""
    return "zh-TW" if _fits(han, "big5") and not _fits(han, "gb2312") else "zh-CN"


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def isolated(text: str) -> Markup:
    """Give a person's words as HTML that stands right in any line, in any script.

    The engine knows no ``dir="auto"``, so the direction is written out.
    """
    attributes = f' dir="{direction(text)}"'
    if language := han_language(text):
        attributes += f' lang="{language}"'
    return Markup("<bdi{}>{}</bdi>").format(Markup(attributes), escape(text))  # noqa: S704


def own_words(text: str) -> Markup:
    """Give words of the patient's own as HTML, to stand among the content's: marked private."""
    return Markup("<span data-private>{}</span>").format(isolated(text))


def marks_on_their_letters(body: str) -> str:
    """Let a word with a combining mark be drawn from one font, which has letter and mark.

    Else the mark may come from another font than its letter, and stand beside it.
    """
    return _TEXT.sub(
        lambda text: _MARKED_WORD.sub(r'<span class="marks">\g<0></span>', text[0]), body
    )


def marked_words(text: str) -> list[tuple[bool, str]]:
    """Cut a line as ``marks_on_their_letters`` cuts its HTML: its parts, and which have marks."""
    parts: list[tuple[bool, str]] = []
    body = str(escape(text))
    at = 0
    for word in _MARKED_WORD.finditer(body):
        if word.start() > at:
            parts.append((False, unescape(body[at : word.start()])))
        parts.append((True, word[0]))
        at = word.end()
    if at < len(body):
        parts.append((False, unescape(body[at:])))
    return parts


def signs_at_ends_turned(name: str) -> str:
    """Let signs at the ends of a name that runs from right to left stand where it begins and ends.

    In a line that runs from left to right they are taken for signs of that line (UAX #9, N2).
    """
    if direction(name) == "ltr":
        return name
    first, last = (unicodedata.bidirectional(name[at]) in _RIGHT_TO_LEFT for at in (0, -1))
    return ("" if first else RIGHT_TO_LEFT_MARK) + name + ("" if last else RIGHT_TO_LEFT_MARK)


def reads_back(text: str) -> bool:
    """Say whether PDF readers get a text's letters back from its glyphs.

    They don't where a glyph stands for a part of a letter or for several, and they turn
    letters that run from right to left.
    """
    return not _UNREADABLE.search(text)


def runs_right_to_left(text: str) -> bool:
    """Say whether any letter of a text runs from right to left."""
    return any(
        unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT
        for letter in _MAY_RUN_LEFT.findall(text)
    )
