"""Characters that nobody sees, and those that do something to whatever shows them."""

from __future__ import annotations

import re
import unicodedata

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that turn the order of letters round (UAX 9: embeddings, overrides, isolates)."""
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""What Python, or some other program, takes for the end of a line."""
FORMULA_SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫⁼⁺₌₊⩵⩶\ufb29"
"""With these a spreadsheet begins a formula (OWASP, CSV injection).

Beside the plain signs stand those that become plain where letters are made alike (NFKC).
"""

_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lo"})
_BLANK_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
_BLANK_LETTERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
)
"""Characters of other categories that show nothing (Unicode, Default_Ignorable_Code_Point)."""
_STEERING = re.compile(
    # controls, C0 and C1; marks that join or turn text, ends of lines; tags; half letters
    "[\0-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_LINE_END_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\u00ad": ""})
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_EAST_ASIAN = re.compile(
    "[\u3040-\u30ff\u3005\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)
_NAMED = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}


def is_blank(letter: str) -> bool:
    """Say whether a character leaves no ink: spaces, controls, zero-width marks, fillers."""
    return unicodedata.category(letter) in _BLANK_CATEGORIES or letter in _BLANK_LETTERS


def is_control(letter: str) -> bool:
    """Say whether a character is a control code, C0 or C1."""
    return letter < " " or "\x7f" <= letter <= "\x9f"


def is_letter(letter: str) -> bool:
    """Say whether a character is a letter of a script: no mark, digit, sign or filler."""
    return unicodedata.category(letter) in _LETTERS and letter not in _BLANK_LETTERS


class _Seen(dict[int, int | None]):
    """Says of each character that was met whether a reader sees it."""

    def __missing__(self, code: int) -> int | None:
        letter = chr(code)
        unseen = letter.isspace() or unicodedata.category(letter) == "Cf"
        seen = self[code] = None if unseen or code in _VARIATION_SELECTORS else code
        return seen


_SEEN = _Seen()


def seen_letters(text: str) -> str:
    """Reduce a text to its letters as a reader sees them: no spaces, no ligatures.

    What only steers the others (marks of direction, joiners, variants of emoji) is no letter.
    """
    return unicodedata.normalize("NFKC", text.translate(_LINE_END_HYPHENS)).translate(_SEEN)


def is_joined(name: str) -> bool:
    """Say whether a name is in a script of East Asia, which puts no space between its parts."""
    return bool(name) and all(map(_EAST_ASIAN.match, name))


def shown(text: str) -> str:
    r"""Write a text in one line in which nothing steers a terminal.

    Control characters, marks that turn text round and marks without ink are shown as a
    programmer writes them: ``\x1b``, ``\u202e``. So is a byte of a file's name that is no
    UTF-8: ``\xe9``. Letters of every script stay, with the joiners that they need.
    """
    return _STEERING.sub(lambda found: _escaped(found[0]), text)


def _escaped(letter: str) -> str:
    code = ord(letter)
    if 0xDC80 <= code <= 0xDCFF:  # how Python keeps a byte that it can't decode (PEP 383)
        code -= 0xDC00
    if code < 0x100:
        return _NAMED.get(letter, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
