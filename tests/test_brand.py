"""The clinic's colours and logo: what they may change, and what they may not."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest

from handouts.basics.limits import MEGABYTE, Limit

if TYPE_CHECKING:
    from conftest import ClinicFolder
    from numpy.typing import NDArray

PRIMARY, ACCENT = 'primary: "#0f5c63"', 'accent: "#d96f4e"'
DANGER = (0xA3, 0x12, 0x1C)
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 30'>"
    "<rect width='30' height='30' {}/></svg>"
)


def dots(clinic: ClinicFolder, name: str, page: int = 0) -> NDArray[np.uint8]:
    """Draw a page of a piece that was built."""
    drawn = pypdfium2.PdfDocument(clinic.out / f"{name}.pdf")[page].render(scale=1.5)
    return np.asarray(drawn.to_pil().convert("RGB"))


def count_near(picture: NDArray[np.uint8], colour: tuple[int, int, int]) -> int:
    """Count the dots of a colour."""
    return int((abs(picture.astype(int) - np.array(colour)).max(axis=2) <= 6).sum())


@pytest.mark.parametrize("accent", ["#ffe27a", "#3355ff"])
def test_danger_never_takes_the_clinics_colour(clinic_folder: ClinicFolder, accent: str) -> None:
    clinic_folder.edit(ACCENT, f'accent: "{accent}"')
    outcome = clinic_folder.run("build", "exercises")
    assert outcome.code == 0, outcome.err
    assert count_near(dots(clinic_folder, "exercises"), DANGER) > 500


def test_a_pale_colour_is_a_ground_under_black_words(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit(PRIMARY, 'primary: "#ffe27a"')
    outcome = clinic_folder.run("build", "testimonials")
    assert outcome.code == 0, outcome.err
    told = outcome.the_finding("hard to read on white")
    assert "they are printed in black" in told
    page = dots(clinic_folder, "testimonials")
    ground = count_near(page, (0xFF, 0xE2, 0x7A))
    browns = page[(page[..., 0] > 90) & (page[..., 0] < 140) & (page[..., 2] < 60)]
    assert ground > 5_000
    assert len(browns) < 0.1 * ground  # the rims of black letters on it


def test_a_colour_that_is_nearly_dark_enough_is_darkened(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit(PRIMARY, 'primary: "#2a9d8f"')
    told = plain_clinic.check().the_finding("hard to read on white")
    assert re.search(r"it is printed darker, as #[0-9a-f]{6}", told)


@pytest.mark.parametrize(
    ("paint", "where"),
    [
        ("fill='#0f5c63'", "the ground in #0f5c63"),
        ("style='fill:#145'", "the ground in #0f5c63"),
        ("fill='white'", "white paper"),
        ("fill='#fffff0'", "white paper"),
    ],
)
def test_a_logo_that_can_not_be_seen(plain_clinic: ClinicFolder, paint: str, where: str) -> None:
    (plain_clinic.path / "logo.svg").write_text(SVG.format(paint), encoding="utf-8")
    plain_clinic.edit("logo: styles/sample-logo.svg", "logo: logo.svg")
    found = plain_clinic.refused(command="check").the_error()
    assert found.startswith(plain_clinic.place("logo.svg"))
    assert f'the logo "logo.svg" can\'t be seen on {where}' in found


def test_small_words_in_a_logo_are_told_with_its_file(plain_clinic: ClinicFolder) -> None:
    drawing = SVG.format("fill='#c89a5a'").replace(
        "</svg>", "<text y='20' font-size='3'>since &#49;998</text></svg>"
    )
    (plain_clinic.path / "logo.svg").write_text(drawing, encoding="utf-8")
    plain_clinic.edit("logo: styles/sample-logo.svg", "logo: logo.svg")
    told = plain_clinic.run("build", "testimonials").the_finding("is set in")
    assert 'it stands in the picture "logo.svg"' in told


def test_a_page_of_very_many_grounds_is_refused(
    plain_clinic: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.render.engine._MOST_OBJECTS", 200)
    grounds = ", ".join(["linear-gradient(red, blue)"] * 40)
    (plain_clinic.path / "styles" / "clinic.css").write_text(
        f"body {{ background: {grounds} }}", encoding="utf-8"
    )
    told = plain_clinic.run("build", "testimonials").the_finding("laying it out makes a file of")
    assert "of which 200 are read" in told
    assert "a rule in the styles, or a picture" in told


@pytest.mark.parametrize(
    ("rule", "longest_mm"),
    [
        ("size: 6000mm 100mm !important", "6,000"),
        ("bleed: 3000mm", "6,229"),
        ("bleed: 1000000000mm; marks: crop cross", "2,000,000,229"),
    ],
)
def test_a_page_longer_than_any_is_refused(
    plain_clinic: ClinicFolder, rule: str, longest_mm: str
) -> None:
    (plain_clinic.path / "styles" / "clinic.css").write_text(
        f"@page {{ {rule} }}", encoding="utf-8"
    )
    told = plain_clinic.run("build", "testimonials").the_finding("mm long")
    assert f"testimonials (letter), page 1 error: the page is {longest_mm} mm long" in told


def test_two_panels_on_one_page_are_refused(plain_clinic: ClinicFolder) -> None:
    (plain_clinic.path / "styles" / "clinic.css").write_text(
        "div.panel { page: auto !important; break-before: auto !important }", encoding="utf-8"
    )
    told = plain_clinic.run("build", "testimonials").the_finding("no page of its own")
    assert "testimonials (letter), panel front error: panel front has no page" in told
    assert "look in the styles for columns" in told


def test_a_layout_past_its_limit_is_told_as_that(
    plain_clinic: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handouts.pipeline.piece.LIMIT", Limit(0.05, 1500 * MEGABYTE))
    told = plain_clinic.run("build", "testimonials").the_finding("laying it out takes")
    assert "more than 0.1 seconds" in told
    assert "OverLimitError" not in told


def test_very_many_findings_on_pages_are_counted_and_not_all_shown(
    plain_clinic: ClinicFolder,
) -> None:
    (plain_clinic.path / "styles" / "clinic.css").write_text(
        "p, li { line-height: 0 }", encoding="utf-8"
    )
    outcome = plain_clinic.run(
        "build", "testimonials", "--paper", "letter", "--paper", "a4", "--json"
    )
    found = json.loads(outcome.out)["findings"]
    on_pages = sum(bool(finding["piece"]) for finding in found)
    assert on_pages > 100
    *lines, more, counts = outcome.err.splitlines()
    assert len(lines) == len(found) - on_pages + 100
    shown = sum(int((re.search(r" \[(\d+) times\]$", line) or [0, "1"])[1]) for line in lines)
    assert more.startswith(f"And {len(found) - shown:,} more.")
    assert counts.startswith(f"{len(found) - 3} errors")


def test_what_stands_in_a_file_is_shown_however_much_it_is(plain_clinic: ClinicFolder) -> None:
    rows = "".join(f"Ada {number},no-such-programme\n" for number in range(130))
    (plain_clinic.path / "people.csv").write_text(f"name,programme\n{rows}", encoding="utf-8")
    outcome = plain_clinic.run("roster", "check", "people.csv")
    assert len([line for line in outcome.err.splitlines() if "people.csv:" in line]) == 130
    assert " more. " not in outcome.err


def test_a_logo_for_dark_grounds(clinic_folder: ClinicFolder) -> None:
    (clinic_folder.path / "dark.svg").write_text(SVG.format("fill='#0f5c63'"), encoding="utf-8")
    (clinic_folder.path / "light.svg").write_text(SVG.format("fill='#f0c808'"), encoding="utf-8")
    clinic_folder.edit("logo: styles/sample-logo.svg", "logo: dark.svg\n  logo_on_dark: light.svg")
    outcome = clinic_folder.run("build", "brochure", "exercises")
    assert outcome.code == 0, outcome.err
    yellow = (0xF0, 0xC8, 0x08)
    assert count_near(dots(clinic_folder, "brochure"), yellow) > 500
    assert count_near(dots(clinic_folder, "exercises"), yellow) == 0


@pytest.mark.parametrize("paint", ["", "style='fill:#123'", "fill='#c7c7c7'", "fill='#e0b040'"])
def test_a_faint_logo_is_a_warning(plain_clinic: ClinicFolder, paint: str) -> None:
    (plain_clinic.path / "logo.svg").write_text(SVG.format(paint), encoding="utf-8")
    plain_clinic.edit("logo: styles/sample-logo.svg", "logo: logo.svg")
    assert " warning: " in plain_clinic.check().the_finding("the logo", "is hardly seen")
