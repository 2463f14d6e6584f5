"""What a spreadsheet shows of a number or a moment (ECMA-376 part 1, 18.8.30 and 18.8.31).

The formats that people's tables have are worked out as Excel does in the United States; of any
other, nothing is said, and its reader warns.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

GENERAL_DIGITS = 10
"""Digits that a cell in General shows: eleven places, one of them the point's."""
EXACT_BELOW = 10**15
"""Up to here a spreadsheet keeps every digit of a number."""
_TINY = 1e-4
_KEPT_FORMATS = 256

_BUILT_IN = {"mm-dd-yy": "m/d/yyyy", "m/d/yy h:mm": "m/d/yyyy h:mm"}
"""Formats 14 and 22, which stand for the machine's own way to write a day."""
_SYSTEM_DAY, _SYSTEM_TIME = "[$-F800]", "[$-F400]"
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|(?P<bracket>\[[^\]]*\])'
    r"|(?P<general>General)|(?P<ampm>AM/PM|am/pm|A/P|a/p)"
    r"|(?P<moment>y+|m+|d+|h+|s+(?:\.0+)?)"
    r"|(?P<digits>[0#?][0#?,]*)|(?P<plain>[-+/():!^&'~{}<>= $€£¥.%@])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_COLOUR = re.compile(r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)\]", re.I)
_LANGUAGE = re.compile(r"\[\$([^\]-]*)-?([0-9A-Fa-f]*)\]")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    """literal, digits, point, percent, general, text, moment, elapsed or ampm."""
    text: str = ""


def shown_number(value: float, code: str) -> str | None:
    """Write a number as a cell of this format shows it; None where that is not known."""
    sections = _sections(code)
    if sections is None:
        return None
    which = 0 if value > 0 or len(sections) == 1 else 1 if value < 0 or len(sections) == 2 else 2
    if value == 0 and len(sections) == 2:
        which = 0
    pieces = sections[min(which, len(sections) - 1)]
    minus = "-" if value < 0 and which == 0 else ""
    kinds = {piece.kind for piece in pieces}
    if kinds & {"moment", "elapsed", "ampm"} or not kinds & {"digits", "general", "text"}:
        return None
    if kinds & {"general", "text"}:
        plain = general(abs(value) if which == 1 else value)
        return plain and _filled(pieces, plain)
    worked = _worked(abs(value), pieces)
    return worked and (minus + worked if worked.strip(" 0.,%") or not minus else worked).strip()


def shown_text(text: str, code: str) -> str | None:
    """Write text as a cell of this format shows it; None where that is not known."""
    if "@" not in code and code.count(";") < 3:
        return text
    sections = _sections(code)
    if sections is None:
        return None
    pieces = sections[-1]
    return _filled(pieces, text) if any(piece.kind == "text" for piece in pieces) else None


def general(value: float) -> str | None:
    """Write a number as a cell without a format does; None where it shows fewer digits."""
    if float(value).is_integer():
        return str(int(value)) if abs(value) < EXACT_BELOW else None
    if abs(value) < _TINY or abs(value) >= 10**GENERAL_DIGITS:
        return None
    whole = len(str(int(abs(value))))
    text = str(_rounded(value, max(0, GENERAL_DIGITS - whole)))
    return text.rstrip("0").rstrip(".") if "." in text else text


def shows_day(code: str) -> bool:
    """Say whether a format shows a day by its number: not a time, a month or a weekday alone."""
    return any(name in {"d", "dd"} for name in _moments(code))


def shows_time(code: str) -> bool:
    """Say whether a format shows an hour."""
    return any(name[:1] == "h" for name in _moments(code))


def shown_moment(value: dt.datetime | dt.date | dt.time | dt.timedelta, code: str) -> str | None:
    """Write a day, a time or a length of time as a cell of this format shows it."""
    sections = _sections(code)
    if sections is None:
        return None
    pieces = _with_minutes(sections[0])
    twelve = any(piece.kind == "ampm" for piece in pieces)
    written = [_of_moment(value, piece, twelve=twelve) for piece in pieces]
    return None if None in written else "".join(map(str, written)).strip()


def _moments(code: str) -> list[str]:
    sections = _sections(code) or ((),)
    return [piece.text for piece in sections[0] if piece.kind in {"moment", "elapsed"}]


@lru_cache(_KEPT_FORMATS)
def _sections(code: str) -> tuple[tuple[_Piece, ...], ...] | None:
    """Take a format apart: what is for numbers above, below and at zero, and for text."""
    code = _BUILT_IN.get(code, code)
    if code.startswith(_SYSTEM_DAY):
        code = "dddd, mmmm d, yyyy"
    elif code.startswith(_SYSTEM_TIME):
        code = "h:mm:ss AM/PM"
    sections: list[list[_Piece]] = [[]]
    position = 0
    while position < len(code):
        if code[position] == ";":
            sections.append([])
            position += 1
            continue
        found = _TOKEN.match(code, position)
        if found is None or (piece := _piece(found, code)) is None:
            return None
        sections[-1].append(piece)
        position = found.end()
    return tuple(map(tuple, sections)) if len(sections) <= 4 else None


def _piece(found: re.Match[str], code: str) -> _Piece | None:  # noqa: PLR0911 - one for each kind
    kind, text = found.lastgroup, found[found.lastgroup] if found.lastgroup else ""
    if kind in {"quoted", "escaped"}:
        return _Piece("literal", text)
    if kind == "bracket":
        return _bracket(text, code)
    if kind in {"general", "digits", "ampm"}:
        return _Piece(str(kind), text)
    if kind == "moment":
        return _Piece("moment", text.lower())
    if kind == "plain":
        return _Piece({".": "point", "%": "percent", "@": "text"}.get(text, "literal"), text)
    if kind is None:  # as wide as a letter, or filled up with one
        return _Piece("literal", " " if found[0].startswith("_") else "")
    return _Piece("literal", text) if text in ",、年月日" else None


def _bracket(text: str, code: str) -> _Piece | None:
    if _COLOUR.fullmatch(text):
        return _Piece("literal")
    if elapsed := _ELAPSED.fullmatch(text):
        return _Piece("elapsed", elapsed[1].lower())
    if not (language := _LANGUAGE.fullmatch(text)):
        return None
    english = not language[2] or int(language[2], 16) & 0x3FF == 0x09
    named = re.search(r"mmm|ddd", code, re.IGNORECASE)
    return _Piece("literal", language[1]) if english or not named else None


def _filled(pieces: tuple[_Piece, ...], text: str) -> str:
    parts = (text if one.kind in {"general", "text"} else one.text for one in pieces)
    return "".join(parts).strip()


def _rounded(value: float, places: int) -> Decimal:
    """Round as a spreadsheet does: half away from zero, by the digits that it keeps."""
    return Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _worked(value: float, pieces: tuple[_Piece, ...]) -> str | None:
    """Put a number that is not below zero into its places."""
    kinds = [piece.kind for piece in pieces]
    if kinds.count("point") > 1 or value >= EXACT_BELOW:
        return None
    if any(one.kind == "literal" and "/" in one.text for one in pieces):
        return None  # a fraction
    if "?" in "".join(one.text for one in pieces if one.kind == "digits"):
        return None
    point = kinds.index("point") if "point" in kinds else len(pieces)
    before = [n for n, one in enumerate(pieces) if one.kind == "digits" and n < point]
    after = [n for n, one in enumerate(pieces) if one.kind == "digits" and n > point]
    last = pieces[(after or before)[-1]].text
    thousands = len(last) - len(last.rstrip(","))
    scaled = value * 100 ** kinds.count("percent") / 1000**thousands
    places = sum(len(pieces[n].text.rstrip(",")) for n in after)
    whole, _, decimals = str(_rounded(scaled, places)).partition(".")
    written = _whole(whole, [pieces[n].text for n in before])
    fraction = [_decimals(decimals, "".join(pieces[n].text.rstrip(",") for n in after))]
    parts = []
    for number, one in enumerate(pieces):
        if number in before:
            parts.append(written.pop(0))
        elif number in after:
            parts.append(fraction.pop() if fraction else "")
        else:
            parts.append(one.text)
    if not before:
        parts[point] = (whole if whole != "0" else "") + "."
    return "".join(parts)


def _whole(digits: str, groups: list[str]) -> list[str]:
    """Put the digits before the point into groups of places, from the right; the first has more."""
    if not groups:
        return []
    comma = any("," in group.rstrip(",") for group in groups)
    places = [group.replace(",", "") for group in groups]
    least = sum(group.count("0") for group in places)
    digits = ("" if digits == "0" else digits).rjust(least, "0")
    if comma and len(groups) == 1:
        turned = digits[::-1]
        return [",".join(turned[n : n + 3] for n in range(0, len(turned), 3))[::-1]]
    parts: list[str] = []
    for place in reversed(places[1:]):
        cut = max(0, len(digits) - len(place))
        parts.insert(0, digits[cut:])
        digits = digits[:cut]
    return [digits, *parts]


def _decimals(digits: str, places: str) -> str:
    least = len(places.rstrip("#"))
    return digits[:least] + digits[least:].rstrip("0")


def _with_minutes(pieces: tuple[_Piece, ...]) -> list[_Piece]:
    """Tell minutes from months: they stand after hours or before seconds."""
    told = [*pieces]
    times = [n for n, one in enumerate(told) if one.kind in {"moment", "elapsed"}]
    for at, number in enumerate(times):
        if told[number].text in {"m", "mm"} and told[number].kind == "moment":
            before = told[times[at - 1]].text[:1] if at else ""
            after = told[times[at + 1]].text[:1] if at + 1 < len(times) else ""
            if before == "h" or after == "s":
                told[number] = _Piece("moment", "n" * len(told[number].text))
    return told


def _of_moment(  # noqa: C901, PLR0911 - one for each kind
    value: dt.datetime | dt.date | dt.time | dt.timedelta, piece: _Piece, *, twelve: bool
) -> str | None:
    name, width = piece.text, len(piece.text)
    if piece.kind in {"literal", "point"}:
        return name
    if piece.kind == "elapsed":
        return _elapsed(value, name)
    if isinstance(value, dt.timedelta):
        beyond_days = value % dt.timedelta(days=1)
        value = (dt.datetime(1900, 1, 1) + beyond_days).time()  # noqa: DTZ001 - of no place
    day = value if isinstance(value, dt.date) else None
    time = value.time() if isinstance(value, dt.datetime) else value
    if piece.kind == "moment" and name[0] in "ymd":
        if day is None or width > 4:
            return None
        if name[0] == "y":
            return f"{day:%Y}" if width > 2 else f"{day:%y}"
        number, names = (day.month, _MONTHS) if name[0] == "m" else (day.day, _DAYS)
        if width > 2:
            whole = names[day.month - 1] if name[0] == "m" else names[day.weekday()]
            return whole if width == 4 else whole[:3]
        return str(number).rjust(width, "0")
    if not isinstance(time, dt.time):
        time = dt.time()
    if piece.kind == "ampm":
        half = "AM" if time.hour < 12 else "PM"
        half = half if len(name) > 3 else half[0]
        return half.lower() if name.islower() else half
    if piece.kind != "moment":
        return None
    if name[0] == "h":
        return str((time.hour % 12 or 12) if twelve else time.hour).rjust(width, "0")
    if name[0] == "n":
        return str(time.minute).rjust(width, "0")
    seconds, point, places = name.partition(".")
    written = str(time.second).rjust(len(seconds), "0")
    return written + (point + f"{time.microsecond:06}"[: len(places)] if point else "")


def _elapsed(value: object, name: str) -> str | None:
    """Write the hours, minutes or seconds of a length of time, which do not end at 24 or 60."""
    if isinstance(value, dt.time):
        value = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if not isinstance(value, dt.timedelta):
        return None
    seconds = round(value.total_seconds())
    return str(seconds // {"h": 3600, "m": 60, "s": 1}[name[0]]).rjust(len(name), "0")
