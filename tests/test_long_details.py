"""A clinic with long details: feet grow, long names take smaller type, what crowds is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from pdf_tools import page_texts

from handouts.drawings.lettering import lines_of, width_em

if TYPE_CHECKING:
    from conftest import ClinicFolder

THREE = """      licence: "PT-00000 (sample)"
    ben:
      name: "Bartholomew Featherstonehaugh-Example"
      credentials: "PT, DPT, OCS, FAAOMPT"
      licence: "PT-11111-AB (sample)"
    cleo:
      name: "Cleopatra Montgomery-Sample"
      credentials: "MSc, MCSP, HCPC registered"
      licence: "HCPC PH-123456 (sample)"
"""


def with_three_people(clinic: ClinicFolder) -> None:
    clinic.edit('      licence: "PT-00000 (sample)"\n', THREE)
    clinic.edit("made_by: [natalie]", "made_by: [natalie, ben, cleo]")


def test_a_foot_grows_with_the_people_in_it(clinic_folder: ClinicFolder) -> None:
    with_three_people(clinic_folder)
    outcome = clinic_folder.run("build", "exercises")
    assert outcome.code == 0, outcome.err
    for page in page_texts(clinic_folder.out / "exercises.pdf"):
        for name in ("Natalie Sample", "Bartholomew Featherstonehaugh-Example", "HCPC PH-123456"):
            assert name in " ".join(page.split())


def test_a_patients_sheet_has_long_feet_too(clinic_folder: ClinicFolder) -> None:
    with_three_people(clinic_folder)
    outcome = clinic_folder.run(
        "sheet", "--for", "Ada Sample", "--exercise", "open-book:side=each",
        "--clinician", "natalie", "-o", "ada.pdf",
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    pages = page_texts(clinic_folder.path / "ada.pdf")
    assert all("HCPC PH-123456" in " ".join(page.split()) for page in pages)


def test_what_crowds_a_full_piece_is_named(clinic_folder: ClinicFolder) -> None:
    with_three_people(clinic_folder)
    name = "The Sampletown and Greater Example County Centre for Needling, Headache and the Neck"
    clinic_folder.edit('"Sample Needling & Headache Clinic"', f'"{name}"')
    address = "https://www.example.com/book/online?utm_source=brochure&utm_medium=print"
    clinic_folder.edit('"https://www.example.com/book"', f'"{address}"')
    outcome = clinic_folder.run("build", "explainer")
    assert outcome.code == 4
    assert "panel sheet, page 2 error: the text is longer" in outcome.err
    assert ", explainer (letter) warning: the foot is" in outcome.err
    for written, said in (
        ("[natalie, ben, cleo]", "longer than usual"),
        (f'"{name}"', f"the clinic's name has {len(name)} letters"),
        (f'"{address}"', "the booking address has 60 letters"),
    ):
        assert outcome.the_finding(said).startswith(clinic_folder.place(written))


def test_the_widest_logo_that_the_docs_allow(clinic_folder: ClinicFolder) -> None:
    wide = (ROOT / "tests" / "data" / "pictures" / "logo-3-to-1.svg").read_text(encoding="utf-8")
    seen = wide.replace("</svg>", "<rect width='99' height='99' fill='#fff'/></svg>")
    (clinic_folder.path / "wide.svg").write_text(seen, encoding="utf-8")
    clinic_folder.edit("logo: styles/sample-logo.svg", "logo: wide.svg")
    outcome = clinic_folder.run("build", "--paper", "letter", "--paper", "a4")
    assert outcome.code == 0, outcome.err


@given(st.text("abc WMi", min_size=1, max_size=200), st.floats(5, 100))
def test_lines_are_never_undercounted(text: str, line_em: float) -> None:
    words = " ".join(text.split())
    lines = lines_of(words, line_em)
    assert lines >= 1
    assert 0.98 * width_em(words) <= lines * line_em + lines


def test_a_long_feedback_is_named_where_it_crowds_a_foot(clinic_folder: ClinicFolder) -> None:
    with_three_people(clinic_folder)
    asked = "Is something unclear or missing? Tell us at the desk or call {phone}."
    clinic_folder.edit(f'"{asked}"', f'"{asked * 8}"')
    outcome = clinic_folder.run("build", "brochure")
    assert outcome.code == 4
    place = clinic_folder.place(f'"{asked * 8}"')
    assert outcome.the_finding("it stands in the foot").startswith(place)
