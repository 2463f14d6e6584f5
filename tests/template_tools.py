"""What the tests of hostile templates share: one filled with a view, and refused."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

from handouts.basics.choices import Edition
from handouts.basics.errors import ContentError
from handouts.basics.findings import Place
from handouts.compose.piece_view import build_view
from handouts.compose.templates import Templates
from handouts.load.content import load_content

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.compose.views import PieceView


LOADED = load_content(ROOT / "content.yaml")


@cache
def view(piece: str = "exercises") -> PieceView:
    template = LOADED.content.handouts[piece].template
    manifest = Templates(ROOT).manifest(template, Place())
    return build_view(LOADED.content, piece, manifest, Edition.STANDARD)[0]


def fill(folder: Path, source: str, **others: str) -> str:
    """Fill a clinic's own template with a real piece."""
    (folder / "templates").mkdir(exist_ok=True)
    for name, text in {"hostile": source, **others}.items():
        (folder / "templates" / f"{name}.html").write_text(text, encoding="utf-8")
    return Templates(folder).html("hostile", view(), "", "en-US")


def refused(folder: Path, source: str, **others: str) -> str:
    """Fill a template that must be refused; give the finding, which names the template."""
    with pytest.raises(ContentError) as caught:
        fill(folder, source, **others)
    (finding,) = caught.value.report.findings
    assert finding.place.file.startswith("templates/"), finding
    return str(finding)
