"""Recording a patient's approval: with the form's reference and dates, and no code to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import ClinicFolder

FORM = ("--reference", "binder 3", "--signed-on", "2026-11-01", "--expires-on", "2030-11-01")


def test_an_approval_is_recorded_and_nothing_else_changes(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit("I felt better. Now", "I felt much better. Now")
    before = plain_clinic.text.splitlines()
    outcome = plain_clinic.run("approve", "km", *FORM)
    assert outcome.code == 0, outcome.err
    assert "I felt much better" in outcome.out
    after = plain_clinic.text.splitlines()
    new = [line for line in after if line not in before]
    gone = [line for line in before if line not in after]
    assert [line.split(":")[0].strip() for line in new] == [
        "fingerprint", "authorization", "reference", "name", "signed_on", "expires_on", "media",
    ]  # fmt: skip
    assert len(gone) == 1
    assert "fingerprint:" in gone[0]
    assert '"km"' not in plain_clinic.check().err


def test_a_second_approval_takes_the_place_of_the_first(plain_clinic: ClinicFolder) -> None:
    assert plain_clinic.run("approve", "hannah", *FORM).code == 0
    once = plain_clinic.text
    assert plain_clinic.run("approve", "hannah", *FORM[:1], "binder 4", *FORM[2:]).code == 0
    assert plain_clinic.text == once.replace("binder 3", "binder 4")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("kim", *FORM), 'there is no testimonial called "kim"'),
        (("km", *FORM[:2], "--signed-on", "2999-01-01", *FORM[4:]), "2999-01-01 is in the future"),
        (("km", *FORM[:4], "--expires-on", "2020-01-01"), "2020-01-01 is past"),
    ],
)
def test_what_can_not_be_recorded(
    plain_clinic: ClinicFolder, words: tuple[str, ...], said: str
) -> None:
    before = plain_clinic.text
    outcome = plain_clinic.run("approve", *words)
    assert outcome.code == 3
    assert said in outcome.err
    assert plain_clinic.text == before


def test_a_file_laid_out_another_way_is_left_alone(plain_clinic: ClinicFolder) -> None:
    start, end = (
        plain_clinic.text.index("testimonials:\n  km"),
        plain_clinic.text.index("  hannah:"),
    )
    plain_clinic.edit(
        plain_clinic.text[start:end],
        'testimonials:\n  km: {approved_text: "I felt better.", fingerprint: "000000000000",\n'
        '    name: "K.M. 29 years old"}\n',
    )
    before = plain_clinic.text
    outcome = plain_clinic.run("approve", "km", *FORM)
    assert outcome.code == 3
    assert "can't be written into the file as it is laid out" in outcome.err
    assert plain_clinic.text == before
