"""What check passes, build prints: it lays out as well, and says where in the content to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import ClinicFolder

SHORT = "Tell us about your health first."
LONG = "Tell us at the desk what is unclear or missing, and we shall mend it. " * 40
SMALL_LABELS = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">
<rect width="300" height="200" fill="#0f5c63"/>
<text x="20" y="90" font-family="Atkinson Hyperlegible" font-size="3" fill="#fff">Little</text>
</svg>"""


def test_check_finds_what_build_would_and_names_the_line(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit(SHORT, LONG)
    outcome = clinic_folder.run("check")
    assert outcome.code == 4
    assert not clinic_folder.out.exists()
    built = clinic_folder.run("build")
    assert built.code == 4
    assert [one for one in outcome.findings if " error: " in one] == [
        one for one in built.findings if " error: " in one
    ]
    assert all(one.startswith("content.yaml:") for one in outcome.findings)


def test_quick_lays_nothing_out(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit(SHORT, LONG)
    assert clinic_folder.run("check", "--quick").code == 0


def test_what_was_found_is_told_again(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit(SHORT, LONG)
    first, second = (clinic_folder.run("check") for _ in range(2))
    assert (second.code, second.err) == (first.code, first.err)
    clinic_folder.edit(LONG, SHORT)
    assert clinic_folder.run("check").code == 0


def test_what_was_found_names_the_lines_of_today(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit(SHORT, f"Tell us about \uf0b7. {LONG}")
    first = clinic_folder.run("check")
    clinic_folder.text = "# A note above all else.\n" + clinic_folder.text
    second = clinic_folder.run("check")
    assert first.code == second.code == 4
    assert second.findings == clinic_folder.run("build").findings
    glyph = second.the_finding("U+F0B7")
    assert "often as a bullet" in glyph
    assert glyph.startswith(clinic_folder.place("Tell us about \uf0b7").rsplit(":", 1)[0])
    assert first.the_finding("U+F0B7") != glyph


def test_a_picture_that_changed_is_looked_at_again(clinic_folder: ClinicFolder) -> None:
    picture = clinic_folder.path / "logo.svg"
    picture.write_text(SMALL_LABELS.replace("Little", ""), encoding="utf-8")
    clinic_folder.edit("logo: styles/sample-logo.svg", "logo: logo.svg")
    assert clinic_folder.run("check").code == 0
    picture.write_text(SMALL_LABELS, encoding="utf-8")
    outcome = clinic_folder.run("check")
    assert outcome.code == 4
    assert clinic_folder.place("logo.svg") in outcome.err


@pytest.mark.parametrize("letter", ["\uf0b7", "\U00013000"])
def test_a_letter_that_no_font_has_is_named_where_it_is_typed(
    clinic_folder: ClinicFolder, letter: str
) -> None:
    clinic_folder.edit(SHORT, f"Tell us about {letter} it.")
    outcome = clinic_folder.run("check")
    assert outcome.code in {3, 4}
    assert clinic_folder.place(f"Tell us about {letter} it.").rsplit(":", 1)[0] in outcome.err
