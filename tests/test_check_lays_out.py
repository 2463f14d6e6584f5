"""What check passes, build prints: it lays out as well, and says where in the content to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from promised import change

if TYPE_CHECKING:
    from conftest import ClinicFolder

SHORT = "Tell us about your health first."
LONG = "Tell us at the desk what is unclear or missing, and we shall mend it. " * 40
SMALL_LABELS = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">
<rect width="300" height="200" fill="#0f5c63"/>
<text x="20" y="90" font-family="Atkinson Hyperlegible" font-size="3" fill="#fff">Little</text>
</svg>"""


@pytest.fixture
def one_piece(clinic_folder: ClinicFolder) -> ClinicFolder:
    """A clinic that has the explainer alone, which is laid out quickly."""
    change(
        clinic_folder,
        lambda data: [
            data["handouts"].pop(name) for name in [*data["handouts"]] if name != "explainer"
        ],
    )
    return clinic_folder


def test_check_finds_what_build_would_and_names_the_line(one_piece: ClinicFolder) -> None:
    one_piece.edit(SHORT, LONG)
    outcome = one_piece.run("check")
    assert outcome.code == 4
    assert not one_piece.out.exists()
    built = one_piece.run("build")
    assert built.code == 4
    assert [one for one in outcome.findings if " error: " in one] == [
        one for one in built.findings if " error: " in one
    ]
    assert all(one.startswith("content.yaml:") for one in outcome.findings)


def test_quick_lays_nothing_out(one_piece: ClinicFolder) -> None:
    one_piece.edit(SHORT, LONG)
    assert one_piece.run("check", "--quick").code == 0


def test_what_was_found_is_told_again(one_piece: ClinicFolder) -> None:
    one_piece.edit(SHORT, LONG)
    first, second = (one_piece.run("check") for _ in range(2))
    assert (second.code, second.err) == (first.code, first.err)
    one_piece.edit(LONG, SHORT)
    assert one_piece.run("check").code == 0


def test_what_was_found_names_the_lines_of_today(one_piece: ClinicFolder) -> None:
    one_piece.edit(SHORT, f"Tell us about \uf0b7. {LONG}")
    first = one_piece.run("check")
    one_piece.text = "# A note above all else.\n" + one_piece.text
    second = one_piece.run("check")
    assert first.code == second.code == 4
    assert second.findings == one_piece.run("build").findings
    glyph = second.the_finding("U+F0B7")
    assert "often as a bullet" in glyph
    assert glyph.startswith(one_piece.place("Tell us about \uf0b7").rsplit(":", 1)[0])
    assert first.the_finding("U+F0B7") != glyph


def test_a_picture_that_changed_is_looked_at_again(one_piece: ClinicFolder) -> None:
    picture = one_piece.path / "logo.svg"
    picture.write_text(SMALL_LABELS.replace("Little", ""), encoding="utf-8")
    one_piece.edit("logo: styles/sample-logo.svg", "logo: logo.svg")
    assert one_piece.run("check").code == 0
    picture.write_text(SMALL_LABELS, encoding="utf-8")
    outcome = one_piece.run("check")
    assert outcome.code == 4
    assert one_piece.place("logo.svg") in outcome.err


@pytest.mark.parametrize("letter", ["\uf0b7", "\U00013000"])
def test_a_letter_that_no_font_has_is_named_where_it_is_typed(
    one_piece: ClinicFolder, letter: str
) -> None:
    one_piece.edit(SHORT, f"Tell us about {letter} it.")
    outcome = one_piece.run("check")
    assert outcome.code in {3, 4}
    assert one_piece.place(f"Tell us about {letter} it.").rsplit(":", 1)[0] in outcome.err
