"""Doses: written in many ways, understood one way, printed one way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.compose.dose_words import dose_view, hold_time
from handouts.models.dose import Dose
from handouts.models.dose_values import Hold, Range
from handouts.wording.language import language

if TYPE_CHECKING:
    from handouts.compose.views import DoseView

ENGLISH = language("en-US")

SECONDS = st.integers(1, 600)
HOLDS = st.tuples(SECONDS, SECONDS).map(sorted)
COUNTS = st.tuples(st.integers(1, 100), st.integers(1, 100)).map(sorted)
DASHES = st.sampled_from(["-", "–", "—", " - ", " – ", " to "])
NEARLY_A_DOSE = st.text("0123456789 -–—:.,smintoech\n٣²", max_size=20)


def said(hold: str) -> str:
    return hold_time(ENGLISH, Hold.parse(hold))


def said_range(written: Any) -> str:
    counted = Range.parse(written)
    return ENGLISH.range_of(counted.least, counted.most)


@given(HOLDS)
def test_a_hold_is_read_back_from_what_it_writes(times: list[int]) -> None:
    least, most = times
    hold = Hold.parse(f"{least}-{most} s")
    assert (hold.least_s, hold.most_s) == (least, most)
    assert Hold.parse(str(hold)) == hold


@given(COUNTS)
def test_a_range_is_read_back_from_what_it_writes(counts: list[int]) -> None:
    least, most = counts
    counted = Range.parse(f"{least}-{most}")
    assert (counted.least, counted.most) == (least, most)
    assert Range.parse(str(counted)) == counted


@given(HOLDS, DASHES, st.sampled_from(["s", " s", "sec", " secs", " second", " SECONDS"]))
def test_a_hold_is_printed_one_way_however_it_was_written(
    times: list[int], dash: str, unit: str
) -> None:
    least, most = times
    assert said(f" {least}{dash}{most}{unit}") == said(f"{least}-{most} s")


@given(st.tuples(st.integers(1, 10), st.integers(1, 10)).map(sorted), DASHES)
def test_minutes_are_printed_one_way_however_they_were_written(times: list[int], dash: str) -> None:
    least, most = times
    wanted = said(f"{least * 60}-{most * 60} s")
    for unit in ("min", " m", " mins", " minute", " minutes"):
        assert said(f"{least}{dash}{most}{unit}") == wanted


@given(COUNTS, DASHES)
def test_a_range_is_printed_one_way_however_it_was_written(counts: list[int], dash: str) -> None:
    least, most = counts
    words = said_range(f"{least}{dash}{most}")
    assert words == (f"{least}–{most}" if least < most else str(least))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("20-30 s", "20–30 seconds"),
        ("20–30 s", "20–30 seconds"),
        ("20 to 30 seconds", "20–30 seconds"),
        ("1–2 min", "1–2 minutes"),
        ("1-2 min", "1–2 minutes"),
        ("45 s", "45 seconds"),
        ("1 s", "1 second"),
        ("60 s", "1 minute"),
        ("2 min", "2 minutes"),
        ("90 s", "90 seconds"),
        ("1 min 30 s", "90 seconds"),
        ("30 s to 2 min", "30–120 seconds"),
        ("45 s - 5 min", "45 seconds to 5 minutes"),
        ("2 min 30 s", "2 minutes 30 seconds"),
        ("121 s", "2 minutes 1 second"),
    ],
)
def test_a_hold_in_words(written: str, words: str) -> None:
    assert said(written) == words


@given(HOLDS)
def test_one_second_and_one_minute_are_not_plural(times: list[int]) -> None:
    words = said(f"{times[0]}-{times[1]} s")
    assert not re.search(r"(?<![\d–])1 (seconds|minutes)", words), words
    assert not re.search(r"(?<!\b1 )(second|minute)\b", words), words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1:30", "no time to hold"),
        (90, "needs its unit"),
        (1.5, "needs its unit"),
        (None, "needs its unit"),
        ("5", "no time to hold"),
        ("5 h", "no unit of time"),
        ("30-20 s", "from less to more"),
        ("2 min - 30 s", "from less to more"),
        ("0 s", "from less to more"),
        ("0-5 s", "from less to more"),
        ("11 min", "longer than the limit"),
        ("601 s", "longer than the limit"),
        ("1 min 90 s", "no time to hold"),
        ("30 s 1 min", "no time to hold"),
        ("", "no time to hold"),
        ("-3 s", "no time to hold"),
        ("about 3 s", "no time to hold"),
        (True, "needs its unit"),
        (False, "needs its unit"),
    ],
)
def test_a_wrong_hold_is_refused_with_what_would_be_right(written: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said) as refusal:
        Hold.parse(written)
    assert str(written) in str(refusal.value)
    assert re.search(r'"30 s"|"20-30 s"|s or min|\(s or min\)', str(refusal.value))


@pytest.mark.parametrize(
    ("written", "words"),
    [(3, "3"), ("3", "3"), ("2-3", "2–3"), ("2 to 3", "2–3"), ("5–10", "5–10"), (100, "100")],
)
def test_a_range_in_words(written: Any, words: str) -> None:
    assert said_range(written) == words


@pytest.mark.parametrize(
    "written", [0, "0", "3-2", 101, "1-101", True, False, 2.5, None, "", "three", "-3", "2-3 times"]
)
def test_a_wrong_range_is_refused_with_what_would_be_right(written: Any) -> None:
    with pytest.raises(ValueError, match=r'like "2-3"') as refusal:
        Range.parse(written)
    assert f'"{written}"' in str(refusal.value)


@given(st.text() | NEARLY_A_DOSE)
def test_any_text_is_a_hold_or_a_value_error(text: str) -> None:
    try:
        hold = Hold.parse(text)
    except ValueError as refusal:
        assert len(str(refusal)) > 20  # noqa: PT017 - a property: either way is right
    else:
        assert 0 < hold.least_s <= hold.most_s <= 600


@given(st.text() | NEARLY_A_DOSE | st.integers() | st.floats() | st.binary() | st.booleans())
def test_anything_is_a_range_or_a_value_error(written: Any) -> None:
    try:
        counted = Range.parse(written)
    except ValueError as refusal:
        assert len(str(refusal)) > 20  # noqa: PT017 - a property: either way is right
    else:
        assert 0 < counted.least <= counted.most <= 100


def dose(**written: Any) -> DoseView:
    given = {"repetitions": "2-3", "times_a_day": 1, **written}
    return dose_view(ENGLISH, Dose.model_validate(given))


@pytest.mark.parametrize(
    ("side", "words"),
    [
        ("each", "Hold 20–30 seconds, each side"),
        ("left", "Hold 20–30 seconds, left side"),
        ("right", "Hold 20–30 seconds, right side"),
        (None, "Hold 20–30 seconds"),
    ],
)
def test_a_held_exercise_names_its_side_with_the_hold(side: str | None, words: str) -> None:
    held = dose(hold="20-30 s", side=side)
    assert held.hold_words == words
    both = " on each side" if side == "each" else ""
    assert held.repeat_words == f"Do this 2–3 times{both}"
    assert held.how_often_words == "Once a day"
    assert held.short_words == words


@pytest.mark.parametrize("side", ["each", "left", "right", None])
def test_a_counted_exercise_has_no_hold_and_names_its_side_with_the_count(
    side: str | None,
) -> None:
    counted = dose(side=side)
    said = [counted.repeat_words, counted.how_often_words, counted.short_words]
    assert counted.hold_words is None
    assert not any("hold" in words.lower() for words in said)
    where = {None: "", "each": " on each side"}.get(side, f", {side} side")
    assert counted.repeat_words == f"Do this 2–3 times{where}"


def test_sets_rest_and_days_are_said() -> None:
    full = dose(repetitions=8, sets="2-3", rest="30 s", times_a_day=2, days_a_week="3-5")
    assert full.repeat_words == "Do 2–3 sets of 8, rest 30 seconds between sets"
    assert full.how_often_words == "Twice a day, 3–5 days a week"


@pytest.mark.parametrize(
    ("parts", "repeat", "often"),
    [
        ({"repetitions": 1}, "Do this once", "Once a day"),
        ({"repetitions": 2, "times_a_day": 3}, "Do this twice", "3 times a day"),
        ({"repetitions": "1-2", "times_a_day": "1-2"}, "Do this 1–2 times", "1–2 times a day"),
        ({"repetitions": 8, "sets": 1}, "Do 1 set of 8", "Once a day"),
        (
            {"repetitions": 2, "sets": 2, "side": "each", "rest": "30 s"},
            "Do 2 sets of 2 on each side, rest 30 seconds between sets",
            "Once a day",
        ),
        (
            {"repetitions": 1, "sets": 2, "side": "each", "rest": "30 s"},
            "Do this twice on each side, rest 30 seconds between",
            "Once a day",
        ),
        ({"repetitions": "1-2", "sets": 3}, "Do 3 sets of 1–2", "Once a day"),
        ({"days_a_week": 1}, "Do this 2–3 times", "Once a day, 1 day a week"),
    ],
)
def test_one_of_a_kind_is_not_plural(parts: dict[str, Any], repeat: str, often: str) -> None:
    words = dose(**parts)
    assert (words.repeat_words, words.how_often_words) == (repeat, often)
