"""One patient's sheet as it is printed."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import itertools
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from conftest import DATA
from hypothesis import given
from hypothesis import strategies as st
from pdf_tools import letters, lost, own_template
from promised import POSTURES, change, for_side, load, set_at, web_words
from sheet_tools import (
    ADA,
    LEVATOR,
    OPEN_BOOK,
    RELEASE,
    TRAPEZIUS,
    ReadSheet,
    from_options,
    printed_sheet,
    refused_sheet,
    resolved,
    shared_sheet,
    whole_content,
)

from handouts.compose.dose_words import how_long_words
from handouts.compose.log_view import log_tables
from handouts.models.dose import Dose
from handouts.models.prescription import Prescribed
from handouts.prescribe.how_long import how_long
from handouts.wording.language import language

if TYPE_CHECKING:
    from conftest import ClinicFolder

CONTENT = load(DATA / "whole-clinic.yaml")
ENGLISH = language("en-US")
WHOLE = (
    "--for", "Ada Sample", "--programme", "all-four", "--date", "2026-12-25", "--weeks", "4",
    "--exercise", f"{LEVATOR}:hold=15-20s,side=left", "--exercise", f"{TRAPEZIUS}:side=right",
    "--goal", "Walk my dog in the park", "--notes", "Go slowly.\nStop when it hurts.",
    "--next-visit", "Tuesday, January 12, 10:30 am",
)  # fmt: skip
IN_ORDER = (RELEASE, OPEN_BOOK, LEVATOR, TRAPEZIUS)
"""Lying, side-lying, sitting, as the postures follow one another."""
LAYOUTS = {"1": 1, "2": 2, "4": 4}


def whole(*more: str) -> ReadSheet:
    return shared_sheet(*WHOLE, *more)[0]


def heads(order: tuple[str, ...]) -> list[str]:
    """Give what each exercise starts with: its number, its name and what it is for."""
    parts = (CONTENT["exercises"][name] for name in order)
    return [f"{n} {part['name']} {part['purpose']}" for n, part in enumerate(parts, start=1)]


def starts(sheet: ReadSheet, order: tuple[str, ...] = IN_ORDER) -> list[int]:
    """Give the page on which each exercise starts."""
    return [sheet.page_of(head) for head in heads(order)]


def test_the_sheet_says_for_whom_by_whom_and_what_for() -> None:
    sheet = whole()
    first = letters(sheet.pages[0])
    for words in (
        CONTENT["sheet"]["title"], "For Ada Sample", "December 25, 2026", "Natalie Sample, PT, DPT",
        "Walk my dog in the park",
    ):  # fmt: skip
        assert letters(words) in first
    assert sheet.says("Go slowly.", "Stop when it hurts.", "Tuesday, January 12, 10:30 am")
    assert sheet.says(*CONTENT["sheet"]["teach_back"]["questions"])
    assert sheet.says(CONTENT["clinic"]["phone"], CONTENT["clinic"]["language_help"])


def test_exercises_stand_in_the_order_of_their_postures() -> None:
    sheet = whole()
    pages = starts(sheet)
    assert pages == sorted(pages)
    places = [sheet.letters.index(letters(head)) for head in heads(IN_ORDER)]
    assert places == sorted(places)


def test_exercises_stand_as_listed_where_that_is_asked_for(clinic_folder: ClinicFolder) -> None:
    order = (TRAPEZIUS, RELEASE, OPEN_BOOK)
    asked = [("--exercise", name + (":side=each" if name != RELEASE else "")) for name in order]
    sheet, _ = printed_sheet(clinic_folder, *ADA, "--order", "as-listed", *itertools.chain(*asked))
    assert starts(sheet, order) == sorted(starts(sheet, order))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_has_no_more_exercises_than_its_layout_and_none_is_split(layout: str) -> None:
    sheet = whole("--layout", layout)
    pages = starts(sheet)
    assert max(pages.count(page) for page in pages) <= LAYOUTS[layout]
    for name, page in zip(IN_ORDER, pages, strict=True):
        exercise = CONTENT["exercises"][name]
        side = {LEVATOR: "left", TRAPEZIUS: "right"}.get(name, "each")
        texts = [exercise["purpose"], POSTURES[exercise["posture"]], *exercise["equipment"]]
        for key in ("steps", "mistakes", "stop_if"):
            texts += [for_side(text, side) for text in exercise[key]]
        titles = [drawing["title"] for drawing in exercise["drawings"].values()]
        texts += [title for title in titles if "{" not in title]
        texts += [for_side(exercise["sides"], side)] if "sides" in exercise else []
        assert lost(texts, sheet.pages[page]) == []


def test_the_words_are_for_the_side_that_is_stretched() -> None:
    sheet = whole()
    assert sheet.says("Hold 15–20 seconds, left side", "Hold 20–30 seconds, right side")
    assert sheet.says("To stretch your left side, turn your head to the right.")
    assert sheet.says("Gently look down toward your right armpit.")
    assert sheet.says("To stretch your right side, let your right arm hang.")
    assert sheet.says("Gently bring your left ear toward your left shoulder.")
    assert sheet.says("lie on your right side and open your left arm.")
    assert sheet.letters.count(letters("Then change sides.")) == 1
    assert "{" not in sheet.letters


def test_the_captions_are_for_the_side_that_is_stretched() -> None:
    assert whole().says("Hold: left side", "Hold: right side", "Open your left arm")
    assert whole().letters.count(letters("Hold: left side")) == 1


def test_the_nearest_word_is_what_is_printed(clinic_folder: ClinicFolder) -> None:
    doses = {LEVATOR: {"side": "each", "hold": "25 s", "repetitions": 3}}
    programme = {"name": "Two", "exercises": [RELEASE, LEVATOR], "doses": doses}
    change(clinic_folder, set_at("programmes", "two", to=programme))
    (clinic_folder.path / "ada.yaml").write_text(
        f"patient: Ada\nprogramme: two\nexercises:\n"
        f"- {{exercise: {LEVATOR}, repetitions: 4, times_a_day: 3, note: Sit by the wall.}}\n"
    )
    sheet, _ = printed_sheet(
        clinic_folder, "ada.yaml", "--exercise", f"{LEVATOR}:times=2,side=right"
    )
    assert sheet.says("Hold 25 seconds, right side", "Do this 4 times", "Twice a day")
    assert sheet.says("Hold 1–2 minutes", "Do this once", "1–2 times a day", "Sit by the wall.")
    assert not sheet.says("each side")
    assert not sheet.says("3 times a day")


# How long it takes


def seconds(dose: dict[str, Any], end: int) -> int:
    """Count one go of a dose: every hold, set, side and rest, one after the other."""
    total = 0
    sets = dose.get("sets", (1, 1))[end]
    for _side in range(2 if dose.get("side") == "each" else 1):
        for number in range(sets):
            total += dose["repetitions"][end] * dose["hold"][end]
            total += dose.get("rest", (0, 0))[end] if number < sets - 1 else 0
    return total


PAIR = st.tuples(st.integers(1, 20), st.integers(1, 20)).map(lambda pair: tuple(sorted(pair)))
DOSE = st.fixed_dictionaries(
    {"hold": PAIR, "repetitions": PAIR, "times_a_day": st.sampled_from([(1, 1), (2, 2), (1, 2)])},
    optional={"sets": PAIR, "rest": PAIR, "side": st.sampled_from(["each", "left", "right"])},
)


def written(dose: dict[str, Any], *, held: bool) -> Dose:
    units = {"hold": " s", "rest": " s"}
    parts = {
        part: value if part == "side" else f"{value[0]}-{value[1]}{units.get(part, '')}"
        for part, value in dose.items()
        if part != "hold" or held
    }
    return Dose.model_validate(parts)


@given(st.lists(st.tuples(DOSE, st.booleans()), min_size=1, max_size=5))
def test_how_long_it_takes_is_summed_and_rounded_up(
    drawn: list[tuple[dict[str, Any], bool]],
) -> None:
    exercise = whole_content().content.exercises[OPEN_BOOK]  # its repetition takes 10 s
    items = []
    doses = []
    for dose, held in drawn:
        items.append(Prescribed(OPEN_BOOK, written(dose, held=held), None))
        doses.append(dose if held else {**dose, "hold": (10, 10)})
    words = how_long_words(ENGLISH, how_long(items, {OPEN_BOOK: exercise}))
    often = {dose["times_a_day"] for dose in doses}
    same = len(often) == 1
    times = [1, 1] if same else None
    ends = [
        math.ceil(sum(seconds(d, end) * (times or d["times_a_day"])[end] for d in doses) / 60)
        for end in (0, 1)
    ]
    minutes = f"{ends[0]}–{ends[1]} minutes" if ends[0] != ends[1] else f"{ends[0]} minutes"
    minutes = "1 minute" if ends == [1, 1] else minutes
    most = often.pop()[1] if same else 0
    end = {
        0: " in all, each day",
        1: ", once a day",
        2: f" each time, up to {2 * ends[1]} minutes a day in all",
    }
    assert words == f"About {minutes}{end[most]}"


def test_how_long_it_takes_is_printed() -> None:
    # Release 60 to 120 s, open book 100 to 200 s, then 2 to 3 times 15 to 20 s, and 20 to 30 s.
    assert whole().says("About 4–8 minutes each time, up to 16 minutes a day in all")


# The log


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)), st.integers(2, 8))
def test_the_log_has_every_day_once_and_in_order(start: dt.date, weeks: int) -> None:
    item = Prescribed(OPEN_BOOK, whole_content().content.exercises[OPEN_BOOK].dose, None)
    sheet = resolved(from_options(OPEN_BOOK + ":side=left", patient="Ada"))
    sheet = dataclasses.replace(sheet, exercises=(item,), given_on=start, log_weeks=weeks)
    tables = log_tables(ENGLISH, sheet, ["Open book"], 2)
    assert all(all(row.boxes) for table in tables for row in table.rows)
    assert all(len(table.days) <= 14 for table in tables)
    found = [(day.weekday, day.number) for table in tables for day in table.days]
    days = [dt.date.fromordinal(start.toordinal() + number) for number in range(7 * weeks)]
    assert found == [(f"{day:%a}"[:2], day.day) for day in days]
    spans = [word for table in tables for word in table.dates.split(" – ")]
    edges = [(days[at], days[min(at + 13, len(days) - 1)]) for at in range(0, len(days), 14)]
    assert spans == [f"{day.strftime('%b')} {day.day}" for edge in edges for day in edge]


def test_the_log_runs_on_over_the_year() -> None:
    sheet = whole()
    assert sheet.says("Dec 25 – Jan 7", "Jan 8 – Jan 21")
    row = letters(sheet.pages[sheet.page_of("Dec 25 – Jan 7")])
    assert letters("25 26 27 28 29 30 31 1 2 3 4 5 6 7") in row
    assert letters("8 9 10 11 12 13 14 15 16 17 18 19 20 21") in row


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_that_no_log_can_start_on_is_refused(clinic_folder: ClinicFolder, day: str) -> None:
    refused_sheet(clinic_folder, *ADA, "--exercise", RELEASE, "--date", day).the_error("--date")


# What is on every sheet, and what on none


@pytest.mark.parametrize(
    "more",
    [
        (),
        ("--layout", "4"),
        ("--edition", "large-print"),
        ("--edition", "ink-saver", "--paper", "a4"),
    ],
)
def test_every_sheet_says_when_to_stop_and_call(more: tuple[str, ...]) -> None:
    sheet = whole(*more)
    box = CONTENT["stop_and_call"]
    wanted = [box["heading"], box["text"], *box["signs"], box["action"], box["milder"]]
    assert lost(wanted, sheet.pages[0]) == []
    assert sheet.says(*CONTENT["sheet"]["teach_back"]["questions"])


def test_a_template_can_not_leave_the_box_out(clinic_folder: ClinicFolder) -> None:
    own_template(clinic_folder, "sheet", (r"stop\.stop_box\(view\.safety\)", "''"))
    refused = refused_sheet(clinic_folder, *ADA, "--exercise", RELEASE, code=4)
    assert refused.finding_with("the template does not print", "You see double.")


def sentences(text: str) -> list[str]:
    return [part for part in text.split(".") if len(part.split()) > 4]


@pytest.mark.parametrize("more", [(), ("--edition", "large-print")])
def test_no_sheet_advertises(more: tuple[str, ...]) -> None:
    sheet = whole(*more)
    texts = [web_words(CONTENT["clinic"]["booking"]), CONTENT["expected_results"]["text"]]
    for testimonial in CONTENT["testimonials"].values():
        texts += [testimonial["name"], *sentences(testimonial["approved_text"])]
    for piece in CONTENT["handouts"].values():
        texts += [piece[key] for key in ("subtitle", "call_to_action") if key in piece]
    texts += [claim["text"] for claim in CONTENT["evidence"].values()]
    assert [text for text in texts if sheet.says(text)] == []


def test_a_video_is_a_code_to_scan_and_its_address(clinic_folder: ClinicFolder) -> None:
    address = "https://www.example.com/videos/release-1"
    change(clinic_folder, set_at("exercises", RELEASE, "video", to=address))
    sheet, _ = printed_sheet(clinic_folder, *ADA, "--exercise", RELEASE)
    assert sheet.says("example.com/videos/release-1")
    document = pypdfium2.PdfDocument(sheet.path)
    pages = [page.render(scale=150 / 72).to_numpy() for page in document]
    document.close()
    codes = [
        code.text for page in pages for code in zxingcpp.read_barcodes(np.ascontiguousarray(page))
    ]
    assert codes == [address]


# Much of everything


def test_six_exercises_deserve_a_word(clinic_folder: ClinicFolder) -> None:
    def edit(data: dict[str, Any]) -> None:
        for number in (5, 6):
            data["exercises"][f"another-{number}"] = copy.deepcopy(data["exercises"][RELEASE])

    change(clinic_folder, edit)
    five = (*ADA, "--programme", "all-four", "--exercise", "another-5", "--strict")
    assert not refused_sheet(clinic_folder, *five).finding_with("exercises are on the sheet")
    outcome = refused_sheet(clinic_folder, *five, "--exercise", "another-6")
    assert outcome.finding_with("warning: 6 exercises are on the sheet")


def test_notes_of_more_than_300_words_deserve_a_word(clinic_folder: ClinicFolder) -> None:
    args = (*ADA, "--exercise", RELEASE, "--strict", "--notes")
    assert not refused_sheet(clinic_folder, *args, "word " * 300).finding_with("the notes have")
    outcome = refused_sheet(clinic_folder, *args, "quay " * 301)
    assert outcome.finding_with("--notes warning: the notes have 301 words")
    assert "quay" not in outcome.err


def test_notes_of_2000_words_are_all_there(clinic_folder: ClinicFolder) -> None:
    words = [f"w{number}z" for number in range(2000)]
    sheet, outcome = printed_sheet(
        clinic_folder, *ADA, "--exercise", RELEASE, "--notes", " ".join(words)
    )
    places = [sheet.letters.find(word) for word in words]
    assert -1 not in places
    assert places == sorted(places)
    assert outcome.finding_with(f"the sheet has {len(sheet.pages)} sides")
    assert sheet.says(*CONTENT["sheet"]["teach_back"]["questions"])


@pytest.mark.parametrize(
    "name",
    ["<b>Ann</b> & {{ 7 * 7 }} Zoë", " ".join(["Wolfeschlegelsteinhausen"] * 12), "Wm" * 150],
)
def test_a_name_is_printed_whole_and_as_it_is(clinic_folder: ClinicFolder, name: str) -> None:
    sheet, _ = printed_sheet(clinic_folder, "--for", name, "--exercise", RELEASE, "--goal", name)
    assert sheet.letters.count(letters(name)) == 2
