"""The testimonial gate: only approved words of people who allow it are printed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import ClinicFolder

ARTICLE = ROOT / "tests" / "data" / "article.txt"
NAME = '    name: "K.M. 29 years old"\n'
GOOD = {
    "reference": '"File 7, shelf 2"',
    "name": '"K.M. 29 years old"',
    "signed_on": "2026-06-01",
    "expires_on": "2027-06-01",
    "media": "[web, print]",
}


def authorize(clinic: ClinicFolder, **changes: str) -> None:
    """Record K.M.'s permission, a good one but for the changes."""
    record = "".join(f"      {key}: {value}\n" for key, value in {**GOOD, **changes}.items())
    clinic.edit(NAME, f"{NAME}    authorization:\n{record}")


def say(clinic: ClinicFolder, words: str, *, excused: str = "") -> None:
    """Let K.M. say other words, with the fingerprint that belongs to them."""
    text = clinic.text
    start, end = text.index("      I started seeing Natalie"), text.index(NAME)
    fingerprint = hashlib.sha256(words.encode()).hexdigest()[:12]
    clinic.text = (
        f'{text[:start]}      {words}\n    fingerprint: "{fingerprint}"\n{excused}{text[end:]}'
    )


def excerpt(clinic: ClinicFolder, words: str) -> None:
    """Show an excerpt of K.M.'s words on the card."""
    clinic.edit(
        "    testimonials: [hannah, km]\n",
        "    testimonials:\n      - hannah\n      - testimonial: km\n"
        f"        excerpt: >-\n          {words}\n",
    )


def test_an_authorized_testimonial_passes(clinic_folder: ClinicFolder) -> None:
    authorize(clinic_folder)
    assert not clinic_folder.check().finding_with('testimonial "km"')


def test_a_missing_authorization_is_a_warning_and_strict_makes_it_an_error(
    clinic_folder: ClinicFolder,
) -> None:
    warned = clinic_folder.check()
    for name in ("km", "hannah"):
        found = warned.the_finding(f'testimonial "{name}" has no authorization on record')
        assert found.startswith(f"{clinic_folder.place(f'  {name}:')[:-1]}3 warning: ")
        assert "add authorization: with reference, name, signed_on" in found
    strict = clinic_folder.refused("--strict")
    assert strict.finding_with('testimonial "km" has no authorization on record')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("in between needling sessions and rarely", "in between needling sessions and seldom"),
        ("I felt better. Now", "I felt bettter. Now"),
        ("Don’t hesitate", "Don't hesitate"),
        ("issue – massages", "issue - massages"),
        ("feel the needle!!", "feel the needle!"),
        ("affecting my work", "affecting My work"),
    ],
)
def test_an_altered_letter(clinic_folder: ClinicFolder, old: str, new: str) -> None:
    authorize(clinic_folder)
    clinic_folder.edit(old, new)
    found = clinic_folder.refused().the_finding()
    line = clinic_folder.place("approved_text: >-\n      I started").split(":")[1]
    assert found.startswith(f"content.yaml:{line}:")
    assert 'the words of testimonial "km" are not the approved ones' in found
    assert "031e5df2d035" in found
    assert "put the approved words back letter by letter" in found


def test_other_line_breaks_change_nothing(clinic_folder: ClinicFolder) -> None:
    authorize(clinic_folder)
    clinic_folder.edit(
        "      changed my life! Don’t hesitate", "      changed\n      my life! Don’t hesitate"
    )
    clinic_folder.check()


@pytest.mark.parametrize(
    ("changes", "key", "said", "mend"),
    [
        ({"revoked_on": "2026-11-01"}, "revoked_on", "was revoked on 2026-11-01", "take it out"),
        ({"revoked_on": "2026-12-01"}, "revoked_on", "was revoked on 2026-12-01", "take it out"),
        ({"expires_on": "2026-11-30"}, "expires_on", "ended on 2026-11-30", "signed anew"),
        ({"signed_on": "2026-12-02"}, "signed_on", "is signed in the future", "check the date"),
        ({"media": "[web]"}, "media", "does not cover print", 'add "print" to media'),
        ({"media": "[]"}, "media", "does not cover print", 'add "print" to media'),
    ],
)
def test_a_permission_that_does_not_hold(
    clinic_folder: ClinicFolder, changes: dict[str, str], key: str, said: str, mend: str
) -> None:
    authorize(clinic_folder, **changes)
    found = clinic_folder.refused().the_finding()
    value = changes[key]
    line, column = clinic_folder.place(f"      {key}: {value}").split(":")[1:]
    assert found.startswith(f"content.yaml:{line}:{int(column) + 8 + len(key)} error: "), found
    assert 'testimonial "km"' in found
    assert said in found
    assert mend in found


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({"expires_on": "2026-12-01"}, "2026-12-01"),
        ({"signed_on": "2026-12-01"}, "2026-12-01"),
        ({"revoked_on": "2026-12-02"}, "2026-12-01"),
    ],
)
def test_a_permission_holds_on_its_first_and_on_its_last_day(
    clinic_folder: ClinicFolder,
    on_day: Callable[[str], None],
    changes: dict[str, str],
    day: str,
) -> None:
    on_day(day)
    authorize(clinic_folder, **changes)
    clinic_folder.check()


def test_a_permission_ends_while_time_goes_on(
    clinic_folder: ClinicFolder, on_day: Callable[[str], None]
) -> None:
    authorize(clinic_folder)
    on_day("2027-06-01")
    clinic_folder.check()
    on_day("2027-06-02")
    assert clinic_folder.refused().finding_with('"km" ended on 2027-06-01')


def test_a_name_other_than_the_authorized_one(clinic_folder: ClinicFolder) -> None:
    authorize(clinic_folder, name='"K.M."')
    found = clinic_folder.refused().the_finding()
    line, column = clinic_folder.place(NAME).split(":")[1:]
    assert found.startswith(f"content.yaml:{line}:{int(column) + 10} error: ")
    assert 'prints the name "K.M. 29 years old"' in found
    assert 'says "K.M."' in found


def test_a_record_of_words_that_are_not_shown_may_have_ended(clinic_folder: ClinicFolder) -> None:
    authorize(clinic_folder, expires_on="2026-11-01")
    clinic_folder.edit("    testimonials: [hannah, km]\n", "    testimonials: [hannah]\n")
    clinic_folder.check()


PROMISES = ["cured", "guarantee", "a miracle", "permanently", "risk-free", "100%", "Always works"]


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_is_refused_until_it_is_excused(
    clinic_folder: ClinicFolder, promise: str
) -> None:
    word = promise.removeprefix("a ")
    words = f"After a week I felt better. She {promise} for me."
    say(clinic_folder, words)
    authorize(clinic_folder)
    found = clinic_folder.refused().the_finding()
    assert f'testimonial "km" says "{word}", which is a promise' in found
    assert f'add "{word}" to excused_phrases' in found
    line = clinic_folder.place("approved_text: >-\n      After a week").split(":")[1]
    assert found.startswith(f"content.yaml:{line}:")
    clinic_folder.edit(NAME, f'    excused_phrases: ["{word}"]\n{NAME}')
    clinic_folder.check()


def test_an_excuse_for_one_promise_is_none_for_another(clinic_folder: ClinicFolder) -> None:
    say(clinic_folder, "I am cured. I guarantee it.", excused='    excused_phrases: ["cured"]\n')
    authorize(clinic_folder)
    assert 'says "guarantee"' in clinic_folder.refused().the_finding()


def test_an_excerpt_without_the_promise_passes(clinic_folder: ClinicFolder) -> None:
    say(clinic_folder, "I slept better after a week. I am cured.")
    authorize(clinic_folder)
    excerpt(clinic_folder, "I slept better after a week.")
    clinic_folder.check()


@pytest.mark.parametrize(
    "words",
    [
        "This has truly changed my life!",
        "Immediately after my first needling session with Natalie, I felt better. … "
        "This has truly changed my life!",
        "The neck pain seemed to come out of nowhere … I felt better",
        "I started seeing Natalie … the needle!!",
        "daily headaches … headaches",
        "neck pain … her",
    ],
)
def test_a_true_excerpt_passes(clinic_folder: ClinicFolder, words: str) -> None:
    authorize(clinic_folder)
    excerpt(clinic_folder, words)
    clinic_folder.check()


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("This has really changed my life!", "This has really changed"),
        ("this has truly changed my life!", "this has truly changed"),
        ("This has truly changed my life.", "This has truly changed my life."),
        ("Don't hesitate to reach out", "Don't hesitate"),
        (
            "This has truly changed my life! … The neck pain seemed to come out of nowhere",
            "The neck pain seemed",
        ),
        ("I felt better. … I felt better.", "I felt better."),
        ("nothing I was doing was fixing the issue – massage", "fixing the issue – massage"),
        ("elt better. Now", "elt better"),
        ("I felt better ... changed my life!", "I felt better ..."),
        ("…", "…"),
    ],
)
def test_an_excerpt_that_is_not_letter_by_letter(
    clinic_folder: ClinicFolder, words: str, wrong: str
) -> None:
    authorize(clinic_folder)
    excerpt(clinic_folder, words)
    found = clinic_folder.refused().the_finding("the excerpt", wrong)
    line = clinic_folder.place("excerpt: >-").split(":")[1]
    assert found.startswith(f"content.yaml:{line}:")
    assert 'approved words of "km"' in found
    assert "copy it from approved_text and join runs with …" in found


def test_the_shipped_testimonials_are_the_articles_letter_by_letter() -> None:
    article = ARTICLE.read_text(encoding="utf-8")
    _, _, quotes = article.partition("\nTestimonials\n")
    quotes, _, _ = quotes.partition("\nGet In Touch\n")
    first, first_name, second, second_name = (line for line in quotes.splitlines() if line)
    said = {
        (first.strip('"“”'), first_name.removeprefix("— ")),
        (second.strip('"“”'), second_name.removeprefix("— ")),
    }
    content = yaml.safe_load((ROOT / "content.yaml").read_text(encoding="utf-8"))
    shipped = {(it["approved_text"], it["name"]) for it in content["testimonials"].values()}
    assert shipped == said
