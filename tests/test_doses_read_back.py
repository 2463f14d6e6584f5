"""The parts of a dose are read back from what was written."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sheet_tools import (
    LEVATOR,
    RELEASE,
    from_options,
    resolved,
)

from handouts.compose.log_view import log_tables
from handouts.models.dose import Dose
from handouts.models.dose_days import EveryNthDay, TimeOfDay, Weekdays, Weeks, days
from handouts.models.dose_values import (
    Breaths,
    Every,
    Load,
    Range,
    UntilTired,
    held,
    minutes,
)
from handouts.models.prescription import PrescribedExercise
from handouts.wording.language import language

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
SPANS = st.tuples(st.integers(1, 60), st.integers(1, 60)).map(sorted)


@given(SPANS, st.sampled_from(["{}-{} breaths", "{} to {} slow breaths", "{}–{} Breaths"]))
def test_breaths_are_read_back(span: list[int], form: str) -> None:
    found = held(form.format(*span))
    assert found == Breaths(*span)
    assert held(str(found)) == found


@given(
    st.integers(1, 600),
    st.sampled_from(
        [
            "until tired, at most {} s",
            "Until tired {}s",
            "until you are tired: up to {} sec at most",
        ]
    ),
)
def test_until_tired_is_read_back(most_s: int, form: str) -> None:
    found = held(form.format(most_s))
    assert found == UntilTired(most_s)
    assert held(str(found)) == found


@given(
    st.sets(st.integers(0, 6), min_size=1),
    st.sampled_from(["/", ", ", " and ", "+", " "]),
    st.sampled_from([2, 3, 9]),
)
def test_weekdays_are_read_back_in_their_order(
    numbers: set[int], between: str, letters: int
) -> None:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    found = days(between.join(names[n][:letters] for n in sorted(numbers, reverse=True)))
    assert found == Weekdays(tuple(sorted(numbers)))
    assert days(str(found)) == found


@given(st.integers(2, 6))
def test_a_distance_of_days_is_read_back(step: int) -> None:
    assert days(str(EveryNthDay(step))) == EveryNthDay(step)
    assert days("every second day") == days("Every other day") == EveryNthDay(2)


@given(SPANS.filter(lambda span: span[1] <= 52))
def test_weeks_are_read_back(span: list[int]) -> None:
    assert Weeks.parse(f"weeks {span[0]}-{span[1]}") == Weeks(*span)
    assert Weeks.parse(str(Weeks(*span))) == Weeks(*span)


@given(
    st.one_of(st.integers(15, 480), st.integers(1, 8).map(lambda hours: 60 * hours)),
    st.booleans(),
)
def test_the_clock_is_read_back(step_min: int, at_desk: bool) -> None:
    found = Every(step_min, at_desk)
    assert Every.parse(str(found)) == found
    assert Every.parse(f"Once every {found}") == found
    assert Every.parse(f"{step_min} min") == Every(step_min)


@given(SPANS)
def test_minutes_are_read_back(span: list[int]) -> None:
    assert minutes(f"{span[0]}-{span[1]} min") == minutes(f"{span[0]} to {span[1]}") == Range(*span)
    assert minutes(str(Range(*span))) == Range(*span)


@given(st.decimals("0.1", "999", places=1), st.sampled_from(["kg", "lb", "g"]))
def test_a_load_is_read_back(amount: Any, unit: str) -> None:
    found = Load.parse(f"{amount}{unit}")
    assert float(found.amount) == float(amount)
    assert Load.parse(str(found)) == found


NEARLY = st.text("0123456789 -–.,/uUntilredbrahsmowkgvy", max_size=24) | st.text(max_size=20)


@given(NEARLY)
def test_any_text_is_a_value_or_a_sentence_that_says_why(text: str) -> None:
    for read in (held, days, Weeks.parse, Load.parse, Every.parse, minutes):
        try:
            found = read(text)
        except ValueError as refusal:
            assert len(str(refusal)) > 20  # noqa: PT017 - a property: either way is right
        else:
            assert read(str(found)) == found


AMOUNT = st.fixed_dictionaries(
    {"hold": st.sampled_from(["10 s", "5 breaths", "20-30 s"])},
    optional={"repetitions": st.sampled_from(["1", "2-3"])},
)
SPLIT = st.one_of(
    st.fixed_dictionaries({"by_side": st.fixed_dictionaries({"left": AMOUNT, "right": AMOUNT})}),
    st.fixed_dictionaries(
        {
            "times_of_day": st.dictionaries(
                st.sampled_from(sorted(TimeOfDay)), AMOUNT, min_size=1, max_size=3
            )
        }
    ),
    st.fixed_dictionaries(
        {
            "phases": st.tuples(AMOUNT, AMOUNT).map(
                lambda two: [{"weeks": "1-2", **two[0]}, {"weeks": 3, **two[1]}]
            )
        }
    ),
)


@given(SPLIT)
def test_a_dose_that_is_split_is_laid_over_and_written_out_without_a_change(
    tree: dict[str, Any],
) -> None:
    base = Dose.model_validate({"hold": "20-30 s", "repetitions": "2-3", "times_a_day": 1})
    parts = PrescribedExercise.model_validate({"exercise": LEVATOR, **tree})
    dose = base.changed_by(parts)
    assert dose.filled().goes() == dose.goes()
    assert dose.conflict() is None


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)),
    st.integers(2, 8),
    st.sampled_from(["mon/wed/fri", "every second day", "every 3 days", "sun"]),
)
def test_the_log_has_a_box_on_the_days_that_are_meant_and_on_no_other(
    start: dt.date, weeks: int, written: str
) -> None:
    sheet = resolved(
        from_options(f"{LEVATOR}:side=left,days={written}", f"{RELEASE}:stop=1", patient="Ada",
                     date=str(start), log_weeks=weeks)
    )  # fmt: skip
    names = [item.exercise for item in sheet.exercises]
    boxes: dict[str, list[tuple[str, int]]] = {name: [] for name in names}
    for table in log_tables(language("en-US"), sheet, names, 2):
        assert all(any(column) for column in zip(*(row.boxes for row in table.rows), strict=True))
        for row in table.rows:
            boxes[row.name] += [
                (day.weekday, day.number)
                for day, box in zip(table.days, row.boxes, strict=True)
                if box
            ]
    meant = days(written)
    every = [start + dt.timedelta(days=number) for number in range(7 * weeks)]
    wanted = [
        day for number, day in enumerate(every)
        if (isinstance(meant, Weekdays) and day.weekday() in meant.days)
        or (isinstance(meant, EveryNthDay) and number % meant.step == 0)
    ]  # fmt: skip
    assert boxes[LEVATOR] == [(DAYS[day.weekday()], day.day) for day in wanted]
    assert boxes[RELEASE] == [(DAYS[day.weekday()], day.day) for day in every[:7]]
