"""The testimonial gate: only approved words of people who allow it are printed."""

from __future__ import annotations

import hashlib
import re
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


def test_an_authorized_testimonial_passes(plain_clinic: ClinicFolder) -> None:
    authorize(plain_clinic)
    assert not plain_clinic.check().finding_with('testimonial "km"')


def test_a_missing_authorization_is_a_warning_and_strict_makes_it_an_error(
    plain_clinic: ClinicFolder,
) -> None:
    warned = plain_clinic.check()
    for name in ("km", "hannah"):
        found = warned.the_finding(f'testimonial "{name}" has no authorization on record')
        assert found.startswith(f"{plain_clinic.place(f'  {name}:')[:-1]}3 warning: ")
        assert f"record it with: handouts approve {name}" in found
    strict = plain_clinic.refused("--strict")
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
def test_an_altered_letter(plain_clinic: ClinicFolder, old: str, new: str) -> None:
    authorize(plain_clinic)
    plain_clinic.edit(old, new)
    found = plain_clinic.refused().the_error()
    line = plain_clinic.place("approved_text: >-\n      I started").split(":")[1]
    assert found.startswith(f"content.yaml:{line}:")
    assert 'the words of testimonial "km" are not the approved ones' in found
    assert "handouts approve km" in found
    assert re.search(r"\b[0-9a-f]{12}\b", found) is None
    assert "put the approved words back letter by letter" in found


def test_other_line_breaks_change_nothing(plain_clinic: ClinicFolder) -> None:
    authorize(plain_clinic)
    plain_clinic.edit(
        "      changed my life! Don’t hesitate", "      changed\n      my life! Don’t hesitate"
    )
    plain_clinic.check()


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
    plain_clinic: ClinicFolder, changes: dict[str, str], key: str, said: str, mend: str
) -> None:
    authorize(plain_clinic, **changes)
    found = plain_clinic.refused().the_error()
    value = changes[key]
    line, column = plain_clinic.place(f"      {key}: {value}").split(":")[1:]
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
    plain_clinic: ClinicFolder,
    on_day: Callable[[str], None],
    changes: dict[str, str],
    day: str,
) -> None:
    on_day(day)
    authorize(plain_clinic, **changes)
    plain_clinic.check()


def test_a_permission_ends_while_time_goes_on(
    plain_clinic: ClinicFolder, on_day: Callable[[str], None]
) -> None:
    authorize(plain_clinic)
    on_day("2027-06-01")
    plain_clinic.check()
    on_day("2027-06-02")
    assert plain_clinic.refused().finding_with('"km" ended on 2027-06-01')


def test_a_name_other_than_the_authorized_one(plain_clinic: ClinicFolder) -> None:
    authorize(plain_clinic, name='"K.M."')
    found = plain_clinic.refused().the_error()
    line, column = plain_clinic.place(NAME).split(":")[1:]
    assert found.startswith(f"content.yaml:{line}:{int(column) + 10} error: ")
    assert 'prints the name "K.M. 29 years old"' in found
    assert 'says "K.M."' in found


def test_a_record_of_words_that_are_not_shown_may_have_ended(plain_clinic: ClinicFolder) -> None:
    authorize(plain_clinic, expires_on="2026-11-01")
    plain_clinic.edit("    testimonials: [hannah, km]\n", "    testimonials: [hannah]\n")
    plain_clinic.check()


PROMISES = ["cured", "guarantee", "a miracle", "permanently", "risk-free", "100%", "Always works"]


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_is_refused_until_it_is_excused(plain_clinic: ClinicFolder, promise: str) -> None:
    word = promise.removeprefix("a ")
    words = f"After a week I felt better. She {promise} for me."
    say(plain_clinic, words)
    authorize(plain_clinic)
    found = plain_clinic.refused().the_error()
    assert f'testimonial "km" says "{word}", which is a promise' in found
    assert f'add "{word}" to excused_phrases' in found
    assert found.startswith(plain_clinic.place("km]\n"))
    plain_clinic.edit(f"\n{NAME}", f'\n    excused_phrases: ["{word}"]\n{NAME}')
    plain_clinic.check()


def test_an_excuse_for_one_promise_is_none_for_another(plain_clinic: ClinicFolder) -> None:
    say(plain_clinic, "I am cured. I guarantee it.", excused='    excused_phrases: ["cured"]\n')
    authorize(plain_clinic)
    assert 'says "guarantee"' in plain_clinic.refused().the_error()


def test_a_promise_in_an_excerpt_is_found_in_the_excerpt(plain_clinic: ClinicFolder) -> None:
    say(plain_clinic, "I slept better after a week. I am cured.")
    authorize(plain_clinic)
    excerpt(plain_clinic, "I am cured.")
    found = plain_clinic.refused().the_error('testimonial "km" says "cured"')
    line = plain_clinic.place("excerpt: >-").split(":")[1]
    assert found.startswith(f"content.yaml:{line}:")


def test_an_excerpt_without_the_promise_passes(plain_clinic: ClinicFolder) -> None:
    say(plain_clinic, "I slept better after a week. I am cured.")
    authorize(plain_clinic)
    excerpt(plain_clinic, "I slept better after a week.")
    plain_clinic.check()


@pytest.mark.parametrize(
    "words",
    [
        "This has truly changed my life!",
        "my first needling session with Natalie, I felt better. … This has truly changed my life!",
        "The neck pain seemed to come out of nowhere … I felt better",
        "I started seeing Natalie … the needle!!",
        "daily headaches … headaches",
        "neck pain … her",
    ],
)
def test_a_true_excerpt_passes(plain_clinic: ClinicFolder, words: str) -> None:
    authorize(plain_clinic)
    excerpt(plain_clinic, words)
    plain_clinic.check()


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
    plain_clinic: ClinicFolder, words: str, wrong: str
) -> None:
    authorize(plain_clinic)
    excerpt(plain_clinic, words)
    found = plain_clinic.refused().the_error("the excerpt", wrong)
    line = plain_clinic.place("excerpt: >-").split(":")[1]
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
