"""Styles of a document, read once in a process.

The sheets of a run on one paper and in one edition have the same styles; the engine reads them
anew for each: a twelfth of the time to lay one out, measured.

Written for WeasyPrint 70, in place of the ``CSS`` that its ``css.find_stylesheets`` makes of a
style element's words. Upstream could keep what it made of the same words, as it does with its own
styles.
"""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_KEPT = 24
"""Two papers, three editions and a proof are twelve."""
_MORE_THAN_RULES = re.compile(r"@(?!(?:media|page)\b|(?:top|right|bottom|left)-)")
"""Begins what is kept beside the rules for elements and pages: fonts, counters, layers, files."""
_kept: dict[tuple[str, str, str], Any] = {}


class _Said(logging.Handler):
    """Hears whether the engine says anything."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.anything = False

    def emit(self, record: logging.LogRecord) -> None:
        del record
        self.anything = True


@contextmanager
def styles_kept() -> Iterator[None]:
    """Let the engine use again what it made of a document's styles.

    Styles of which it says something are read each time, so that it is said each time.
    """
    from weasyprint import css  # noqa: PLC0415 - after the fonts are set

    plain = css.CSS

    def kept(**asked: Any) -> Any:
        words = asked.get("string", "")
        if not words or _MORE_THAN_RULES.search(words):
            return plain(**asked)
        key = words, asked["base_url"], asked["media_type"]
        if key in _kept:
            return _kept[key]
        said, logger = _Said(), logging.getLogger("weasyprint")
        logger.addHandler(said)
        try:
            made = plain(**asked | {"page_rules": [], "layers": []})
        finally:
            logger.removeHandler(said)
        if not said.anything:
            if len(_kept) == _MOST_KEPT:
                _kept.clear()
            _kept[key] = made
        return made

    css.CSS = kept
    try:
        yield
    finally:
        css.CSS = plain
