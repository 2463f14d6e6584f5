"""Figures that a patient reads have a plain zero; codes, where a 0 could be an O, a slashed one."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pikepdf
import pytest
from conftest import ROOT
from pdf_objects import glyphs
from pdf_tools import built, file_of, own_style, page_texts
from press_tools import pressed
from promised import change, load, set_at

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

FIGURES = "0123456789"
PLAIN = ("Figures", "Fraunces")
PIECES = ("brochure", "explainer", "exercises", "testimonials")


def in_slashed_zeros(path: Path) -> set[str]:
    """Give the numbers that are set in the face whose zero is slashed."""
    with pikepdf.open(path) as pdf:
        left, bottom, right, top = (float(edge) for edge in pdf.pages[0].trimbox)
    slashed = "".join(
        one.text
        if one.text in FIGURES and not one.font.partition("+")[2].startswith(PLAIN)
        else " "
        for one in glyphs(path)
        if left < one.start < right and bottom < one.baseline < top
    )
    return set(slashed.split())


def only_codes(path: Path) -> None:
    licences = [one["licence"] for one in load()["clinic"]["clinicians"].values()]
    version = "".join(page_texts(path)).split("Version ")[1].split(".")[0]
    codes = " ".join((*licences, version))
    assert in_slashed_zeros(path) <= set(re.findall("[0-9]+", codes))


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("edition", ["standard", "large-print", "ink-saver"])
def test_figures_are_plain_but_in_codes(piece: str, edition: str) -> None:
    only_codes(file_of(piece, "letter", edition))


@pytest.mark.parametrize("piece", PIECES)
def test_a_file_for_the_press_has_them_too(piece: str) -> None:
    only_codes(pressed(piece, "letter"))


def test_a_page_that_is_set_otherwise_is_seen(plain_clinic: ClinicFolder) -> None:
    own_style(plain_clinic, "body { font-family: Atkinson Hyperlegible !important; }")
    with pytest.raises(AssertionError):
        only_codes(built(plain_clinic, "testimonials").path)


def test_the_family_is_made_of_the_fonts_that_are_installed() -> None:
    script = ROOT / "docs" / "figures_font.py"
    done = subprocess.run(
        [sys.executable, script, "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("style", "code"), [("", 0), (".purpose { color: #fff }", 4)], ids=["black", "white on white"]
)
def test_a_dash_between_figures_is_looked_for_like_them(
    plain_clinic: ClinicFolder, style: str, code: int
) -> None:
    for name in load(plain_clinic.content)["handouts"]["exercises"]["exercises"]:
        purpose = "It loosens in 5–10 days, 7-8 on average."
        change(plain_clinic, set_at("exercises", name, "purpose", to=purpose))
    own_style(plain_clinic, style)
    outcome = plain_clinic.run("build", "exercises")
    assert outcome.code == code, outcome.err
    if code:
        said = outcome.the_error("can't be seen on the page").replace(" ", "")
        assert "5–10days,7-8on" in said
