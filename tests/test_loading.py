"""Wrong content: one report with everything that is wrong, where it is, and how to mend it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import ClinicFolder


def test_yaml_that_does_not_parse(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit('  phone: "(555) 555-0142"', '  phone: "(555) 555-0142')
    found = plain_clinic.refused().the_finding()
    assert found.startswith(plain_clinic.place("  phone:").rsplit(":", 1)[0])
    assert "a quote is opened here and not closed" in found


def test_a_tab_in_the_indentation(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit("  paper: letter", "\tpaper: letter")
    found = plain_clinic.refused().the_finding()
    assert found.startswith(plain_clinic.place("\tpaper: letter") + " error: a tab")
    assert "put spaces in its place" in found


def test_a_key_that_stands_twice(plain_clinic: ClinicFolder) -> None:
    first = plain_clinic.place("paper: letter").split(":")[1]
    plain_clinic.edit("  paper: letter", "  paper: letter\n  paper: a4")
    found = plain_clinic.refused().the_finding()
    assert found.startswith(plain_clinic.place("paper: a4"))
    assert '"paper" stands here a second time' in found
    assert f"line {first}" in found
    assert "rename or take out one of them" in found


def test_an_unknown_key_and_what_was_meant(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit(
        "    purpose: >-\n      To ease tension where",
        "    purpos: >-\n      To ease tension where",
    )
    outcome = plain_clinic.refused()
    found = outcome.the_finding('unknown key "purpos"')
    assert found.startswith(plain_clinic.place("purpos: >-"))
    assert 'did you mean "purpose"?' in found
    missing = outcome.the_finding('"purpose" is missing')
    assert missing.startswith(plain_clinic.place("suboccipital-release:\n    name"))
    assert len(outcome.findings) == 2


def test_an_unknown_key_at_the_top(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit("plain_words:\n", "plainwords:\n")
    found = plain_clinic.refused().the_finding()
    assert found.startswith(plain_clinic.place("plainwords:"))
    assert 'did you mean "plain_words"?' in found


def test_an_unknown_key_in_an_item_of_a_list(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit('- days: "Friday"', '- day: "Friday"')
    outcome = plain_clinic.refused()
    found = outcome.the_finding('unknown key "day"')
    assert found.startswith(plain_clinic.place('day: "Friday"'))
    assert 'did you mean "days"?' in found
    missing = outcome.the_finding('"days" is missing')
    assert missing.startswith(plain_clinic.place('day: "Friday"'))


def test_a_number_where_text_is_wanted(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit('    title: "Your exercises for home"', "    title: 5")
    found = plain_clinic.refused().the_finding()
    assert found.startswith(plain_clinic.place("5\n    subtitle"))
    assert '"title" is "5"' in found
    assert "write text" in found


@pytest.mark.parametrize(
    ("old", "new", "said", "mend"),
    [
        ("sample: true", "sample: yes", '"sample" is "yes"', "write true or false"),
        ("log_weeks: 2", "log_weeks: two", '"log_weeks" is "two"', "a whole number"),
        ("log_weeks: 2", "log_weeks: 9", '"log_weeks" is "9"', "write 8 or less"),
        ("next_review: 2028-11-22", "next_review: soon", '"next_review" is "soon"', "2026-11-22"),
        ('primary: "#0f5c63"', "primary: #0f5c63", '"primary" is empty', "goes in quotes"),
        ('primary: "#0f5c63"', "primary: teal", '"primary" can\'t be "teal"', "six hex digits"),
        ('"https://www.example.com"', "www.example.com", "no web address", "https://"),
        ("paper: letter", "paper: leter", '"paper" can\'t be "leter"', 'did you mean "letter"?'),
        ("posture: supine", "posture: lieing", '"posture" can\'t be', 'did you mean "lying"'),
        ("made_by: [natalie]", "made_by: natalie", '"made_by" is "natalie"', "write a list"),
        ("\n  brochure:\n", "\n  Our Brochure:\n", 'can\'t be "Our Brochure"', "small letters"),
        ("- migraine\n", "- 5\n", 'item 8 is "5"', "write text"),
    ],
)
def test_a_wrong_value_and_what_would_be_right(
    plain_clinic: ClinicFolder, old: str, new: str, said: str, mend: str
) -> None:
    wrong = plain_clinic.place(old if plain_clinic.text.count(old) == 1 else old + "\n")
    if plain_clinic.text.count(old) != 1:
        old, new = old + "\n", new + "\n"
    plain_clinic.edit(old, new)
    line = int(wrong.split(":")[1]) + old.startswith("\n")
    found = plain_clinic.refused().the_finding(f"content.yaml:{line}:", said)
    assert mend in found


def test_a_hold_without_its_unit(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit('hold: "1-2 min"', "hold: 1:30")
    found = plain_clinic.refused().the_finding()
    assert found.startswith(plain_clinic.place("1:30"))
    assert '"1:30" is no time to hold' in found
    assert 'write it like "30 s"' in found


def test_no_as_a_side_is_a_word_and_not_false(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit(
        '      repetitions: "5-10"\n      times_a_day: "1-2"\n      side: each',
        '      repetitions: "5-10"\n      times_a_day: "1-2"\n      side: no',
    )
    found = plain_clinic.refused().the_finding()
    assert found.startswith(plain_clinic.place("no\n    clinic_defaults"))
    assert '"side" can\'t be "no"' in found
    assert "write one of: each, left, right" in found


@pytest.mark.parametrize(
    ("old", "new", "wrong", "said", "meant"),
    [
        (
            "flap: [care-and-education]", "flap: [care-and-educaton]", "care-and-educaton",
            'there is no section called "care-and-educaton"', "care-and-education",
        ),
        (
            "exercises: [suboccipital-release, levator-scapulae-stretch, upper-trapezius-stretch]",
            "exercises: [suboccipital-release, levator-scapula-stretch]", "levator-scapula-stretch",
            'there is no exercise called "levator-scapula-stretch"', "levator-scapulae-stretch",
        ),
        (
            "sources: [kamali-2019, pourahmadi-2021]",
            "sources: [kamali-2018, pourahmadi-2021]", "kamali-2018",
            'there is no source called "kamali-2018"', "kamali-2019",
        ),
        (
            "          - same-as-massage\n", "          - same-as-masage\n", "same-as-masage",
            'there is no claim called "same-as-masage"', "same-as-massage",
        ),
        (
            "made_by: [natalie]", "made_by: [nathalie]", "nathalie",
            'there is no clinician called "nathalie"', "natalie",
        ),
        (
            "testimonials: [hannah, km]", "testimonials: [hanna, km]", "hanna, km",
            'there is no testimonial called "hanna"', "hannah",
        ),
    ],
)  # fmt: skip
def test_an_id_that_nothing_defines(
    plain_clinic: ClinicFolder, old: str, new: str, wrong: str, said: str, meant: str
) -> None:
    plain_clinic.edit(old, new)
    found = plain_clinic.refused().the_finding()
    assert found.startswith(plain_clinic.place(wrong)), found
    assert said in found
    assert f'"{meant}"' in found.partition("did you mean")[2]


def test_a_list_whose_only_item_is_wrong_is_not_called_empty(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit("    sources: [jung-2024]", "    sources: [jung-2042]")
    found = plain_clinic.refused().the_finding()
    assert found.startswith(plain_clinic.place("jung-2042"))
    assert 'there is no source called "jung-2042"' in found


def test_an_unknown_template(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit("template: explainer", "template: explaner")
    found = plain_clinic.refused().the_error()
    assert found.startswith(plain_clinic.place("explaner"))
    assert 'did you mean "explainer"?' in found


def test_an_unknown_panel(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit("inside-center: [nerves]", "inside-centre: [nerves]")
    found = plain_clinic.refused().the_error()
    assert found.startswith(plain_clinic.place("inside-centre"))
    assert 'did you mean "inside-center"' in found


def test_a_billion_laughs(plain_clinic: ClinicFolder) -> None:
    levels = "bcdefghijklmnopq"
    bomb = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for above, here in zip("a" + levels, levels, strict=False):
        bomb += f"{here}: &{here} [" + ", ".join([f"*{above}"] * 9) + "]\n"
    plain_clinic.text = bomb
    outcome = plain_clinic.refused()
    found = outcome.the_finding("content.yaml:2:8 ")
    assert "starts with * repeats another place" in found
    assert "write the text out here" in found
    assert len(outcome.err) < 100_000


def test_a_file_of_100_megabytes(plain_clinic: ClinicFolder) -> None:
    with plain_clinic.content.open("r+b") as file:
        file.truncate(100_000_000)
    found = plain_clinic.refused().the_finding()
    assert found.startswith("content.yaml error: the file has 100.0 MB")
    assert "check that this is the right file" in found


@pytest.mark.parametrize(
    "deep",
    [
        "a: " + "[" * 50_000,
        "a: " + "[" * 1_100 + "]" * 1_100,
        "a: " + "{b: " * 1_100,
        "".join("  " * n + "a:\n" for n in range(900)),
        "- " * 50_000 + "a",
    ],
)
def test_deep_nesting(plain_clinic: ClinicFolder, deep: str) -> None:
    plain_clinic.text = deep
    found = plain_clinic.refused().the_finding()
    assert re.match(r"content\.yaml:\d+:\d+ error: nested more than \d+ levels deep", found)
    assert "check the indentation or take out the brackets" in found


def test_a_second_document(plain_clinic: ClinicFolder) -> None:
    lines = plain_clinic.text.count("\n")
    plain_clinic.text += "---\nclinic: 1\n"
    found = plain_clinic.refused().the_finding()
    assert found.startswith(f"content.yaml:{lines + 1}:1 error: a second document starts here")
    assert "take out the line ---" in found


def test_bytes_that_are_not_utf_8(plain_clinic: ClinicFolder) -> None:
    place = plain_clinic.place("Friday").split(":")
    data = plain_clinic.content.read_bytes()
    plain_clinic.content.write_bytes(data.replace(b"Friday", "vendredi é".encode("latin-1")))
    found = plain_clinic.refused().the_finding()
    assert found.startswith(f"content.yaml:{place[1]}:{int(place[2]) + len('vendredi ')} error: ")
    assert "save it again as UTF-8" in found


@pytest.mark.parametrize("empty", ["", "\n\n", "# a note\n", "just words\n", "- a list\n"])
def test_a_file_without_keys(plain_clinic: ClinicFolder, empty: str) -> None:
    plain_clinic.text = empty
    found = plain_clinic.refused().the_finding()
    assert found.startswith("content.yaml:1:1 error: the file holds no keys")
    assert "handouts new DIR" in found


def test_a_missing_file(plain_clinic: ClinicFolder) -> None:
    plain_clinic.content.unlink()
    found = plain_clinic.refused().the_finding()
    assert found.startswith("content.yaml error: can't read the file: No such file")
    assert str(plain_clinic.content) in found
    assert "--content" in found
    assert "handouts new DIR" in found


def test_a_folder_in_place_of_the_file(plain_clinic: ClinicFolder) -> None:
    found = plain_clinic.refused("--content", str(plain_clinic.path)).the_finding()
    assert "can't read the file" in found


@pytest.mark.parametrize("braces", ["{{ name }}", "{{name}} and more"])
def test_braces_without_quotes(plain_clinic: ClinicFolder, braces: str) -> None:
    plain_clinic.edit('name: "Natalie Sample"', f"name: {braces}")
    outcome = plain_clinic.refused()
    line = plain_clinic.place(braces).split(":")[1]
    assert outcome.the_finding().startswith(f"content.yaml:{line}:")
    assert "quotes" in outcome.the_finding()


def test_missing_keys_are_named_with_their_part(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit('      credentials: "PT, DPT"\n', "")
    found = plain_clinic.refused().the_finding('"credentials" is missing')
    assert found.startswith(plain_clinic.place("natalie:\n"))
    assert 'add a line "credentials: …"' in found


def test_an_empty_text_in_a_list_is_found_in_its_own_line(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit('- "What else could I try?"', '- ""')
    found = plain_clinic.refused().the_finding()
    assert found.startswith(plain_clinic.place('""')), found


def test_a_wrong_block_is_found_in_its_own_line(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit(
        '- text: "Our mission is to help you have fewer and milder headaches."',
        '- text: "Our mission."\n        callout: "Call."',
    )
    found = plain_clinic.refused().the_finding("a block is one of text, list, checklist, claims")
    assert found.startswith(plain_clinic.place('text: "Our mission."'))
    assert "text and callout" in found


def test_several_errors_are_all_reported_in_the_order_of_their_places(
    plain_clinic: ClinicFolder,
) -> None:
    edits = [
        ("paper: letter", "paper: a3", '"paper" can\'t be "a3"'),
        ("made_by: [natalie]", "made_by: [nobody]", 'no clinician called "nobody"'),
        ("certainty: low\n", "certainty: lo\n", '"certainty" can\'t be "lo"'),
        ('hold: "1-2 min"', "hold: 90", "a hold needs its unit: 90"),
        ("log_weeks: 2", "log_weeks: 2\n    log_weeks: 3", '"log_weeks" stands here a second'),
        (
            "back: [get-in-touch]\n    exercises",
            "back: [x]\n    exercises",
            'no section called "x"',
        ),
    ]
    for old, new, _ in edits:
        plain_clinic.edit(old, new)
    outcome = plain_clinic.refused()
    assert outcome.err.splitlines()[-1].startswith("6 errors")
    lines = [int(finding.split(":")[1]) for finding in outcome.findings]
    assert lines == sorted(lines)
    for _, new, said in edits:
        line = int(plain_clinic.place(new).split(":")[1]) + ("second" in said)
        assert f"content.yaml:{line}:" in outcome.the_finding(said)


def test_an_error_in_the_form_does_not_hide_another(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit("  phone: ", "  phone: &phone ")
    plain_clinic.edit('  website: "https://www.example.com"', "  website: *phone")
    plain_clinic.edit("paper: letter", "paper: a3")
    outcome = plain_clinic.refused()
    assert outcome.finding_with("starts with * repeats another place")
    assert outcome.finding_with('"paper" can\'t be "a3"')
