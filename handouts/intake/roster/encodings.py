"""In which encoding a table's text is written: UTF-8, UTF-16, or the one that somebody names.

Any other is refused with the likeliest guesses and what names would be in them: who reads the
words knows which is right, and a guess that nobody looks at prints wrong names.
"""

from __future__ import annotations

import codecs
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from handouts.basics.characters import shown
from handouts.basics.errors import ContentError
from handouts.basics.findings import Place
from handouts.basics.settings import Setting, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from handouts.basics.errors import HandoutsError

SAVE_AS = "open it in the program it comes from and save it as CSV UTF-8, or as .xlsx"
HEAD_BYTES = 65_536
"""What is looked at to guess."""
_MARKLESS_BYTES = 64
_MOSTLY = 0.7
_CHUNK_BYTES = 1 << 20
_MOST_GUESSES = 5
_MOST_SAMPLES = 5
_MOST_BAD_BYTES = 5
_LONGEST_SAMPLE = 30

GUESSED = {
    "cp1252": "Windows, Western Europe",
    "cp1250": "Windows, Central Europe",
    "cp1251": "Windows, Cyrillic",
    "cp1253": "Windows, Greek",
    "cp1254": "Windows, Turkish",
    "cp1255": "Windows, Hebrew",
    "cp1256": "Windows, Arabic",
    "cp1257": "Windows, Baltic",
    "cp1258": "Windows, Vietnamese",
    "iso8859_2": "Latin-2, Central Europe",
    "cp866": "DOS, Cyrillic",
    "koi8_r": "KOI8, Cyrillic",
    "cp874": "Windows, Thai",
    "cp932": "Shift JIS, Japanese",
    "euc_jp": "EUC, Japanese",
    "gb18030": "GB, Chinese",
    "big5": "Big5, Chinese",
    "cp949": "Korean",
    "mac_roman": "old Macs",
    "cp437": "DOS, United States",
}
"""Encodings in which tables of people are found, and where."""
_NO_TEXT = {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}


@dataclass(frozen=True, slots=True)
class Written:
    """How a file's letters are written."""

    encoding: str
    bad_bytes: bool = False
    """Whether single bytes of it are no letters; they are told with their cells."""


def encoding_of(path: Path, asked: str, names: Iterable[bytes]) -> Written:
    """Name the encoding in which a whole file can be read.

    ``asked`` is what somebody named, if anything. ``names`` are cells with people's names, as
    bytes, of which some are shown where the encoding is not known.

    Raises:
        ContentError: it is not known, or not the one that was named.

    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        if asked:
            return Written(_checked(path, asked, head, file))
        marked = _marked(head)
        if marked:
            if marked.startswith("utf-32") or not _readable(file, marked):
                raise _damaged(path, marked)
            return Written(marked)
        for guess in (*_unmarked_utf16(head), "utf-8"):
            if _readable(file, guess) and b"\x1b$" not in head:
                return Written(guess)
        good, bad = _counted(file)
        if good >= bad > 0:
            return Written("utf-8", bad_bytes=True)
        raise _unknown(path, [*_guesses(file)], [*names])


def _marked(head: bytes) -> str:
    """Name the encoding that a mark at the file's start says."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    return "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ""


def _unmarked_utf16(head: bytes) -> list[str]:
    """Tell UTF-16 without a mark: by the zeros of a header that is mostly Latin.

    Where it is not, by the order of bytes that gives letters.
    """
    if b"\0" not in head:
        return []
    start = head[:_MARKLESS_BYTES]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) > len(start) / 4 and max(even, odd) >= 4 * min(even, odd):
        return ["utf-16-le" if odd > even else "utf-16-be"]
    shares = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) // 2 * 2].decode(encoding, "replace")
        shares[encoding] = sum(map(_is_usual, text)) / max(1, len(text))
    best = max(shares, key=lambda encoding: shares[encoding])
    return [best] if shares[best] > _MOSTLY > min(shares.values()) else []


def _is_usual(letter: str) -> bool:
    """Say whether a letter is one that tables of people in some script are mostly made of."""
    return letter in "\t\r\n" or " " <= letter <= "\u06ff" or "\u4e00" <= letter <= "\u9fff"


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK_BYTES):
        yield chunk


def _readable(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for chunk in _chunks(file):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _counted(file: BinaryIO) -> tuple[int, int]:
    """Count the letters beyond ASCII that UTF-8 finds, and the bytes that are none."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    good = bad = 0
    for chunk in (*_chunks(file), b""):
        text = decoder.decode(chunk, final=not chunk)
        wrong = sum("\udc80" <= letter <= "\udcff" for letter in text if letter > "\x7f")
        bad += wrong
        good += sum(letter > "\x7f" for letter in text) - wrong
    return good, bad


def _checked(path: Path, asked: str, head: bytes, file: BinaryIO) -> str:
    """Give the encoding that was named, if the file can be read in it."""
    place = Place(str(path), 1, 1)
    try:
        found = codecs.lookup(asked)
        "".encode(asked)
    except LookupError:
        known = False
    else:
        known = found.name not in _NO_TEXT
    if not known:
        raise ContentError.because(
            f"{named(Setting.ENCODING)}: {shown(asked)[:_LONGEST_SAMPLE]} is no encoding",
            mend=f"write one of: {', '.join(GUESSED)}",
            place=Place(str(path)),
        )
    marked = _marked(head)
    own = "UTF-8" if marked == "utf-8-sig" or _is_utf8(head, file) else marked.upper()
    if own and codecs.lookup(own).name != found.name and not _same_family(own, found.name):
        raise ContentError.because(
            f"{named(Setting.ENCODING)}: the file is written in {own}",
            why=f"read as {found.name}, its names would be wrong",
            mend=f"take {named(Setting.ENCODING)} out",
            place=place,
        )
    if marked:
        return marked
    if not _readable(file, found.name):
        row, column = _first_unreadable(path, found.name)
        raise ContentError.because(
            f"{named(Setting.ENCODING)}: a letter of this file is none in {found.name}",
            mend=f"name another encoding, or {SAVE_AS}",
            place=Place(str(path), row, column),
        )
    return found.name


def _is_utf8(head: bytes, file: BinaryIO) -> bool:
    """Say whether a file has letters beyond ASCII, all of them in UTF-8."""
    if not _readable(file, "utf-8") or b"\x1b$" in head:
        return False
    return any(not chunk.isascii() for chunk in _chunks(file))


def _same_family(own: str, name: str) -> bool:
    """Say whether a file's own encoding is the named one with a mark or its order of bytes."""
    return name.replace("-", "").replace("_", "").startswith(own.lower().replace("-", "")[:5])


def _first_unreadable(path: Path, encoding: str) -> tuple[int, int]:
    """Give the row and column, from 1, up to which a file can be read; line ends count rows."""
    # UTF-16 without a mark is told at once, and not letter by letter
    with path.open(encoding=encoding, errors="replace") as file, suppress(UnicodeError):
        for row, line in enumerate(file, 1):
            if "\ufffd" in line:
                before = line[: line.index("\ufffd")]
                return row, 1 + max(before.count(mark) for mark in ",;\t|")
    return 1, 1


def _guesses(file: BinaryIO) -> Iterator[str]:
    """Name encodings, the likeliest first, by the file's lines that are not plain."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - seldom needed

    odd = b""
    file.seek(0)
    for line in file:
        odd += b"" if line.isascii() else line[:1000]
        if len(odd) > HEAD_BYTES:
            break
    if b"\x1b$" in odd or not odd:
        yield "iso2022_jp"
        return
    found = from_bytes(odd, cp_isolation=[*GUESSED], threshold=0.6)
    yield from (match.encoding for match in found if match.encoding in GUESSED)


def _unknown(path: Path, guesses: Sequence[str], names: Sequence[bytes]) -> HandoutsError:
    place = Place(str(path), 1, 1)
    what = "the letters of this file are not written in UTF-8"
    whole = [*dict.fromkeys(word for name in names for word in _odd_words(name))]
    readings: dict[str, str] = {}
    for guess in guesses:
        try:
            words = [word.decode(guess) for word in whole[:_MOST_SAMPLES]]
        except UnicodeError:
            continue
        said = ", ".join(shown(word)[:_LONGEST_SAMPLE] for word in words)
        if said not in readings.values() or not said:
            readings[guess] = said
    if not readings:
        why = "it is neither UTF-8 nor UTF-16, and no other encoding is likely"
        return ContentError.because(what, why=why, mend=SAVE_AS, place=place)
    first, *more = [*readings][:_MOST_GUESSES]
    why = f"likeliest it is {_told(first, readings[first])}"
    mend = f"if these words are right, add {named(Setting.ENCODING, first)}"
    if more:
        why += f"; or {_told(more[0], readings[more[0]])}"
        mend += f"; if those are, {named(Setting.ENCODING, more[0])}"
    others = f" (or try {named(Setting.ENCODING, ', '.join(more[1:]))})" if more[1:] else ""
    return ContentError.because(
        what, why=why, mend=f"{mend}; if none are, {SAVE_AS}{others}", place=place
    )


def _told(encoding: str, words: str) -> str:
    where = f" ({GUESSED[encoding]})" if encoding in GUESSED else ""
    return f"{encoding}{where}: {words}" if words else f"{encoding}{where}"


def _odd_words(name: bytes) -> Iterator[bytes]:
    """Give the words of a name that hold more than plain letters: no more of it is shown."""
    return (word for word in name.split() if not word.isascii())


def _damaged(path: Path, encoding: str) -> HandoutsError:
    if encoding == "utf-32":
        what, why = "the file is written in UTF-32", "UTF-8 and UTF-16 are read"
    else:
        name = "UTF-8" if encoding == "utf-8-sig" else "UTF-16"
        what = f"the file says that it is {name}, and can't be read as that"
        why = "it was cut off, or written by two programs"
    return ContentError.because(what, why=why, mend=SAVE_AS, place=Place(str(path), 1, 1))


def bad_byte_places(rows: Iterable[Sequence[str]]) -> list[tuple[int, int]]:
    """Give the row and column, from 1, of the first cells that hold a byte which is no letter."""
    found = (
        (row, column)
        for row, cells in enumerate(rows, 1)
        for column, cell in enumerate(cells, 1)
        if not cell.isascii() and any("\udc80" <= letter <= "\udcff" for letter in cell)
    )
    return [*islice(found, _MOST_BAD_BYTES)]
