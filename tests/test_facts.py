"""Facts that stand once: texts name the clinic's phone, its address and the emergency number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pdf_tools import page_texts

if TYPE_CHECKING:
    from conftest import ClinicFolder


def test_a_changed_phone_number_is_changed_wherever_it_is_printed(
    clinic_folder: ClinicFolder,
) -> None:
    clinic_folder.edit('phone: "(555) 555-0142"', 'phone: "(555) 555-0199"')
    assert clinic_folder.run("build", "brochure", "exercises").code == 0
    for name in ("brochure", "exercises"):
        words = " ".join(page_texts(clinic_folder.out / f"{name}.pdf"))
        assert "555-0199" in words
        assert "555-0142" not in words


def test_another_emergency_number(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit('emergency: "911"', 'emergency: "112"')
    assert clinic_folder.run("build", "exercises").code == 0
    words = " ".join(" ".join(page_texts(clinic_folder.out / "exercises.pdf")).split())
    assert "Call 112 right away." in words
    assert "911" not in words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("call {phon}", "there is no {phon} (words in braces"),
        ("turn to the {left}", "there is no {left}"),
        ("call {fax}", "there is no {fax}"),
        ("call {phone", "{phone is nearly {phone}"),
        ("call phone}", "phone} is nearly {phone}"),
        ("call { phone }", "{ phone } is nearly {phone}"),
        ("call {Phone}", "{Phone} is nearly {phone}"),
    ],
)
def test_a_fact_that_is_not_there(plain_clinic: ClinicFolder, written: str, said: str) -> None:
    plain_clinic.edit('- "Tell us about your health first."', f'- "Please {written}."')
    found = plain_clinic.refused(command="check").the_finding()
    assert said in found
    assert found.startswith(plain_clinic.place(f'"Please {written}."'))


def test_a_fact_without_a_value(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit('    emergency: "911"\n', "")
    outcome = clinic_folder.run("check", "--quick")
    assert outcome.code == 3
    assert all("{emergency} has no value" in line for line in outcome.findings)
    assert "write emergency: below clinic.jurisdiction" in outcome.err


def test_whom_to_call_at_other_hours_may_name_the_phone(plain_clinic: ClinicFolder) -> None:
    closed = 'when_closed: "Closed? Leave a message: {phone}."'
    plain_clinic.edit("  address:", f"  {closed}\n  address:")
    plain_clinic.edit('- "Tell us about your health first."', '- "At night: {when_closed}"')
    assert plain_clinic.run("build").code == 0
    for name in ("explainer", "brochure"):  # in a list of the one, below the hours of the other
        words = " ".join(" ".join(page_texts(plain_clinic.out / f"{name}.pdf")).split())
        assert words.count("Leave a message: (555) 555-0142.") == 1
        assert "{" not in words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Call {when_closed}", "{when_closed} stands in its own text"),
        ("Call {phon}", "there is no {phon}"),
        ("Call { phone }", "{ phone } is nearly {phone}"),
        ("Call (555) 555-0142", "the clinic's phone number is typed into a text"),
    ],
)
def test_what_at_other_hours_can_not_be_called(
    plain_clinic: ClinicFolder, text: str, said: str
) -> None:
    plain_clinic.edit("  address:", f'  when_closed: "{text}"\n  address:')
    found = plain_clinic.run("check", "--quick").the_finding(said)
    assert found.startswith(plain_clinic.place(f'"{text}"'))


def test_a_missing_phone_is_told_once(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit("  phone: ", "  phon: ")
    outcome = clinic_folder.run("check", "--quick")
    assert len(outcome.findings) == 2
    outcome.the_finding('"phone" is missing')
    outcome.the_finding('unknown key "phon"')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Call (555) 555-0142 first", "the clinic's phone number is typed into a text"),
        ("Call 1-555-555-0142 first", "the clinic's phone number is typed into a text"),
        ("Call 555 555 0177 first", '"555 555 0177" looks like a phone number'),
        ("Or +44 20 7946 0018", '"+44 20 7946 0018" looks like a phone number'),
        ("Call 999 at once", "a text says to call 999"),
        ("Or call 999", "a text says to call 999"),
        ("Please dial 112 at once", "a text says to call 112"),
    ],
)
def test_a_number_that_would_not_change_with_the_clinic_is_told(
    plain_clinic: ClinicFolder, text: str, said: str
) -> None:
    plain_clinic.edit('- "Tell us about your health first."', f'- "{text}."')
    outcome = plain_clinic.run("check", "--quick")
    assert outcome.code == 0
    assert " warning: " in outcome.the_finding(said)


def test_a_country_with_two_emergency_numbers(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit('emergency: "911"', 'emergency: "112 or 999"')
    plain_clinic.edit('- "Tell us about your health first."', '- "Or call 999. Never dial 911."')
    outcome = plain_clinic.run("check", "--quick")
    assert "a text says to call 999" not in outcome.err
    assert "112 or 999" in outcome.the_finding("a text says to call 911")


@pytest.mark.parametrize(
    "text",
    [
        "From 2019-2021 on", "On 2026-11-22", "In 112 people of 1 000 000", "10.1000/xyz-1234567",
        "Hold 20-30 seconds", "License 12345", "Room 999", "Call us within 112 days",
        "Call 112/113 as told", "My phone } is off",
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(plain_clinic: ClinicFolder, text: str) -> None:
    plain_clinic.edit('- "Tell us about your health first."', f'- "{text}."')
    place = plain_clinic.place(f'"{text}."')
    assert place not in plain_clinic.run("check", "--quick").err


def test_what_a_patient_said_keeps_its_braces(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit("doing was fixing the issue – massages", "doing {phone} was – massages")
    outcome = clinic_folder.run("check", "--quick")
    assert "are not the approved ones" in outcome.the_finding("not the approved")
    assert "{phone}" not in outcome.err
