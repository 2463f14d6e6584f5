"""Wrong content: one report with everything that is wrong, where it is, and how to mend it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import ClinicFolder

BRANCH = "&{} [{}]\n"


def test_yaml_that_does_not_parse(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit('  phone: "(555) 555-0142"', '  phone: "(555) 555-0142')
    outcome = clinic_folder.refused()
    line = int(re.search(r"content\.yaml:(\d+):\d+ error: this is not YAML", outcome.err)[1])
    wrong = int(clinic_folder.place("  phone:").split(":")[1])
    assert wrong <= line <= wrong + 1
    assert "check the indentation, the quotes and the colons" in outcome.the_finding("not YAML")


def test_a_tab_in_the_indentation(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit("  paper: letter", "\tpaper: letter")
    found = clinic_folder.refused().the_finding()
    assert found.startswith(clinic_folder.place("\tpaper: letter") + " error: a tab")
    assert "put spaces in its place" in found


def test_a_key_that_stands_twice(clinic_folder: ClinicFolder) -> None:
    first = clinic_folder.place("paper: letter").split(":")[1]
    clinic_folder.edit("  paper: letter", "  paper: letter\n  paper: a4")
    found = clinic_folder.refused().the_finding()
    assert found.startswith(clinic_folder.place("paper: a4"))
    assert '"paper" stands here a second time' in found
    assert f"line {first}" in found
    assert "rename or take out one of them" in found


def test_an_unknown_key_and_what_was_meant(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit(
        "    purpose: >-\n      To ease tension where",
        "    purpos: >-\n      To ease tension where",
    )
    outcome = clinic_folder.refused()
    found = outcome.the_finding('unknown key "purpos"')
    assert found.startswith(clinic_folder.place("purpos: >-"))
    assert 'did you mean "purpose"?' in found
    missing = outcome.the_finding('"purpose" is missing')
    assert missing.startswith(clinic_folder.place("suboccipital-release:\n    name"))
    assert len(outcome.findings) == 2


def test_an_unknown_key_at_the_top(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit("plain_words:\n", "plainwords:\n")
    found = clinic_folder.refused().the_finding()
    assert found.startswith(clinic_folder.place("plainwords:"))
    assert 'did you mean "plain_words"?' in found


def test_an_unknown_key_in_an_item_of_a_list(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit('- days: "Friday"', '- day: "Friday"')
    outcome = clinic_folder.refused()
    found = outcome.the_finding('unknown key "day"')
    assert found.startswith(clinic_folder.place('day: "Friday"'))
    assert 'did you mean "days"?' in found
    missing = outcome.the_finding('"days" is missing')
    assert missing.startswith(clinic_folder.place('day: "Friday"'))


def test_a_number_where_text_is_wanted(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit('    title: "Your exercises for home"', "    title: 5")
    found = clinic_folder.refused().the_finding()
    assert found.startswith(clinic_folder.place("5\n    subtitle"))
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
        ("posture: lying", "posture: lieing", '"posture" can\'t be', 'did you mean "lying"'),
        ("made_by: [natalie]", "made_by: natalie", '"made_by" is "natalie"', "write a list"),
        ("\n  brochure:\n", "\n  Our Brochure:\n", 'can\'t be "Our Brochure"', "small letters"),
        ("- migraine\n", "- 5\n", 'item 8 is "5"', "write text"),
    ],
)
def test_a_wrong_value_and_what_would_be_right(
    clinic_folder: ClinicFolder, old: str, new: str, said: str, mend: str
) -> None:
    wrong = clinic_folder.place(old if clinic_folder.text.count(old) == 1 else old + "\n")
    if clinic_folder.text.count(old) != 1:
        old, new = old + "\n", new + "\n"
    clinic_folder.edit(old, new)
    line = int(wrong.split(":")[1]) + old.startswith("\n")
    found = clinic_folder.refused().the_finding(f"content.yaml:{line}:", said)
    assert mend in found


def test_a_hold_without_its_unit(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit('hold: "1-2 min"', "hold: 1:30")
    found = clinic_folder.refused().the_finding()
    assert found.startswith(clinic_folder.place("1:30"))
    assert '"1:30" is no time to hold' in found
    assert 'write it like "30 s"' in found


def test_no_as_a_side_is_a_word_and_not_false(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit(
        '      repetitions: "5-10"\n      times_a_day: "1-2"\n      side: each',
        '      repetitions: "5-10"\n      times_a_day: "1-2"\n      side: no',
    )
    found = clinic_folder.refused().the_finding()
    assert found.startswith(clinic_folder.place("no\n    clinic_defaults"))
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
            "exercises: [suboccipital-releese]", "suboccipital-releese",
            'there is no exercise called "suboccipital-releese"', "suboccipital-release",
        ),
        (
            '    text: "People with migraine were better at 1 month."\n'
            '    basis: "One small trial, 40 people"\n'
            "    certainty: not-rated\n    sources: [rezaeian-2020]",
            '    text: "People with migraine were better at 1 month."\n'
            "    certainty: not-rated\n    sources: [rezaeian-2022]", "rezaeian-2022",
            'there is no source called "rezaeian-2022"', "rezaeian-2020",
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
    clinic_folder: ClinicFolder, old: str, new: str, wrong: str, said: str, meant: str
) -> None:
    clinic_folder.edit(old, new)
    found = clinic_folder.refused().the_finding()
    assert found.startswith(clinic_folder.place(wrong)), found
    assert said in found
    assert f'"{meant}"' in found.partition("did you mean")[2]


def test_an_unknown_template(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit("template: explainer", "template: explaner")
    found = clinic_folder.refused().the_finding()
    assert found.startswith(clinic_folder.place("explaner"))
    assert 'did you mean "explainer"?' in found


def test_an_unknown_panel(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit("inside-center: [nerves]", "inside-centre: [nerves]")
    found = clinic_folder.refused().the_finding()
    assert found.startswith(clinic_folder.place("inside-centre"))
    assert 'did you mean "inside-center"' in found


def test_a_billion_laughs(clinic_folder: ClinicFolder) -> None:
    levels = "bcdefghijklmnopq"
    bomb = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for above, here in zip("a" + levels, levels, strict=False):
        bomb += f"{here}: &{here} [" + ", ".join([f"*{above}"] * 9) + "]\n"
    clinic_folder.text = bomb
    outcome = clinic_folder.refused()
    found = outcome.the_finding("content.yaml:2:8 ")
    assert "*a repeats another place" in found
    assert "write the text out here" in found
    assert len(outcome.err) < 100_000


def test_a_file_of_100_megabytes(clinic_folder: ClinicFolder) -> None:
    with clinic_folder.content.open("r+b") as file:
        file.truncate(100_000_000)
    found = clinic_folder.refused().the_finding()
    assert found.startswith("content.yaml error: the file has 100.0 MB")
    assert "check that this is the right file" in found


@pytest.mark.parametrize(
    "deep",
    ["a: " + "[" * 50_000, "".join("  " * n + "a:\n" for n in range(900)), "- " * 50_000 + "a"],
)
def test_deep_nesting(clinic_folder: ClinicFolder, deep: str) -> None:
    clinic_folder.text = deep
    found = clinic_folder.refused().the_finding()
    assert re.match(r"content\.yaml:\d+:\d+ error: nested more than \d+ levels deep", found)
    assert "check the indentation or take out the brackets" in found


def test_a_second_document(clinic_folder: ClinicFolder) -> None:
    lines = clinic_folder.text.count("\n")
    clinic_folder.text += "---\nclinic: 1\n"
    found = clinic_folder.refused().the_finding()
    assert found.startswith(f"content.yaml:{lines + 1}:1 error: a second document starts here")
    assert "take out the line ---" in found


def test_bytes_that_are_not_utf_8(clinic_folder: ClinicFolder) -> None:
    place = clinic_folder.place("Friday").split(":")
    data = clinic_folder.content.read_bytes()
    clinic_folder.content.write_bytes(data.replace(b"Friday", "vendredi é".encode("latin-1")))
    found = clinic_folder.refused().the_finding()
    assert found.startswith(f"content.yaml:{place[1]}:{int(place[2]) + len('vendredi ')} error: ")
    assert "save it again as UTF-8" in found


@pytest.mark.parametrize("empty", ["", "\n\n", "# a note\n", "just words\n", "- a list\n"])
def test_a_file_without_keys(clinic_folder: ClinicFolder, empty: str) -> None:
    clinic_folder.text = empty
    found = clinic_folder.refused().the_finding()
    assert found.startswith("content.yaml:1:1 error: the file holds no keys")
    assert "handouts new DIR" in found


def test_a_missing_file(clinic_folder: ClinicFolder) -> None:
    clinic_folder.content.unlink()
    found = clinic_folder.refused().the_finding()
    assert found.startswith("content.yaml error: can't read the file: No such file")
    assert str(clinic_folder.content) in found
    assert "--content" in found
    assert "handouts new DIR" in found


def test_a_folder_in_place_of_the_file(clinic_folder: ClinicFolder) -> None:
    found = clinic_folder.refused("--content", str(clinic_folder.path)).the_finding()
    assert "can't read the file" in found


@pytest.mark.parametrize("braces", ["{{ name }}", "{{name}} and more"])
def test_braces_without_quotes(clinic_folder: ClinicFolder, braces: str) -> None:
    clinic_folder.edit('name: "Natalie Sample"', f"name: {braces}")
    outcome = clinic_folder.refused()
    line = clinic_folder.place(braces).split(":")[1]
    assert outcome.the_finding().startswith(f"content.yaml:{line}:")
    assert "quotes" in outcome.the_finding()


def test_missing_keys_are_named_with_their_part(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit('      credentials: "PT, DPT"\n', "")
    found = clinic_folder.refused().the_finding('"credentials" is missing')
    assert found.startswith(clinic_folder.place("natalie:\n"))
    assert 'add a line "credentials: …"' in found


def test_an_empty_text_in_a_list_is_found_in_its_own_line(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit('- "What else could I try?"', '- ""')
    found = clinic_folder.refused().the_finding()
    assert found.startswith(clinic_folder.place('""')), found


def test_a_wrong_block_is_found_in_its_own_line(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit(
        '- text: "Our mission is to help you have fewer and milder headaches."',
        '- text: "Our mission."\n        callout: "Call."',
    )
    found = clinic_folder.refused().the_finding("a block is one of text, list, claims or callout")
    assert found.startswith(clinic_folder.place('text: "Our mission."'))
    assert "text and callout" in found


def test_several_errors_are_all_reported_in_the_order_of_their_places(
    clinic_folder: ClinicFolder,
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
        clinic_folder.edit(old, new)
    outcome = clinic_folder.refused()
    assert outcome.err.endswith("6 errors. Nothing was written.\n")
    lines = [int(finding.split(":")[1]) for finding in outcome.findings]
    assert lines == sorted(lines)
    for _, new, said in edits:
        line = int(clinic_folder.place(new).split(":")[1]) + ("second" in said)
        assert f"content.yaml:{line}:" in outcome.the_finding(said)


def test_an_error_in_the_form_does_not_hide_another(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit("  phone: ", "  phone: &phone ")
    clinic_folder.edit('  website: "https://www.example.com"', "  website: *phone")
    clinic_folder.edit("paper: letter", "paper: a3")
    outcome = clinic_folder.refused()
    assert outcome.finding_with("*phone repeats another place")
    assert outcome.finding_with('"paper" can\'t be "a3"')
