"""The words that columns are called by, in the languages of ``headers.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_FILE = "headers.toml"
_INVISIBLE = {"Cf", "Cc"}
_SPACES = re.compile(r"[\s_.\-/]+")


def plain(text: str) -> str:
    """Leave aside case, underscores, hyphens, invisible marks and spare spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    return _SPACES.sub(" ", text).strip(" :*?？")


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """What ``headers.toml`` says; every word is in plain letters."""

    own: Mapping[str, str]
    """What we call the column of each meaning."""
    meanings: Mapping[str, str]
    """The meaning of each word."""
    languages: Mapping[str, frozenset[str]]
    """The languages in which a word means what it does."""
    beside: Mapping[tuple[str, str], str]
    """By language and word: what a name's column means beside one for the other part of it."""
    family_first: frozenset[str]
    """Languages that write the family's name first."""
    doubtful: Mapping[str, tuple[str, ...]]
    """What each word that is not guessed could mean."""
    held_back: frozenset[str]
    """Columns whose words may not be meant for the patient."""
    sides: Mapping[str, str]
    """The side that each word of a cell says."""


@cache
def header_words() -> HeaderWords:
    """Read the words, once."""
    held = tomllib.loads(Path(__file__).with_name(_FILE).read_text(encoding="utf-8"))
    columns: dict[str, dict[str, list[str]]] = held["columns"]
    languages: dict[str, set[str]] = {}
    for _, language, word in _each(columns):
        languages.setdefault(word, set()).add(language)
    return HeaderWords(
        own={key: named["en"][0] for key, named in columns.items()},
        meanings={word: key for key, _, word in _each(columns)},
        languages={word: frozenset(those) for word, those in languages.items()},
        beside={(language, word): key for key, language, word in _each(held["name_beside"])},
        family_first=frozenset(held["family_first"]["languages"]),
        doubtful={plain(word): tuple(keys) for word, keys in held["doubtful"].items()},
        held_back=frozenset(_plain(held["held_back"].values())),
        sides={plain(word): side for side, words in held["sides"].items() for word in words},
    )


def called(key: str) -> str:
    """Give our own name of a column."""
    return header_words().own[key]


def key_called(name: str) -> str | None:
    """Give the meaning that a name of ours, or any word for it, stands for."""
    word = plain(name)
    if word in {"notes", "note"}:  # short for the column that is held back where it bears this name
        return "notes"
    return header_words().meanings.get(word)


def _each(columns: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for key, named in columns.items():
        for language, words in named.items():
            for word in words:
                yield key, language, plain(word)


def _plain(lists: Iterable[Iterable[str]]) -> Iterator[str]:
    return (plain(word) for words in lists for word in words)
