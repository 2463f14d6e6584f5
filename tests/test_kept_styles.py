"""Styles that were read before are used as they are; of what is wrong with them all hear."""

from __future__ import annotations

import logging
from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from handouts.render.loaded_engine import font_configuration, fonts_dated, weasyprint
from handouts.render.patches import kept_styles
from handouts.render.patches.kept_styles import styles_kept

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (
    "@page { size: 8cm 5cm; margin: 1cm; @bottom-right { content: counter(page) } }"
    "@page wide { size: 12cm 5cm } .wide { page: wide } h1::before { content: '> ' }"
    "@media screen { p { color: red } } @media print { p { color: #036 } }"
)


@pytest.fixture(autouse=True)
def _none_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(kept_styles, "_kept", {})
    return


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the styles of documents that were read, as they are."""
    weasyprint()
    from weasyprint import css  # noqa: PLC0415 - after the fonts are set

    found: list[str] = []
    plain = css.CSS

    def noted(**asked: Any) -> Any:
        found.append(asked.get("string", ""))
        return plain(**asked)

    monkeypatch.setattr(css, "CSS", noted)
    return found


def made(words: str, *styles: str, kept: bool = True) -> bytes:
    parts = "".join(f"<style>{style}</style>" for style in styles)
    html = f"{parts}<h1>{words}</h1><p>{words}</p><div class=wide><p>{words}</p></div>"
    with fonts_dated(date(2026, 11, 30)), styles_kept() if kept else nullcontext():
        pdf: bytes = weasyprint().HTML(string=html).write_pdf(font_config=font_configuration())
    return pdf


def test_styles_are_read_once_and_give_the_engines_own_file(read: list[str]) -> None:
    second = "h1 { color: #a00 } @page { margin-top: 2cm }"
    ours = [made(words, PAGE, second) for words in ("one", "two", "one")]
    assert read == [PAGE, second]
    assert ours == [made(words, PAGE, second, kept=False) for words in ("one", "two", "one")]
    assert made("one", PAGE) != ours[0], "the other styles were kept apart"


@pytest.mark.parametrize(
    "style",
    [
        "@counter-style star { system: cyclic; symbols: '*' } li { list-style: star }",
        "@layer base { p { color: red } }",
        "@font-face { font-family: Own; src: local('Noto Sans') }",
        "@import 'other.css';",
    ],
)
def test_what_is_kept_beside_the_rules_is_read_each_time(style: str, read: list[str]) -> None:
    for _ in range(2):
        made("one", style)
    assert read.count(style) == 2


def test_a_fault_is_told_each_time(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("weasyprint").propagate = True
    with caplog.at_level(logging.WARNING, "weasyprint"):
        for _ in range(2):
            made("one", "p { colour: red }")
    assert sum("colour" in record.getMessage() for record in caplog.records) == 2
