"""How long a run still goes on: layouts and sheets are counted apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from run_tools import EXERCISES, sheet

from handouts.basics.papers import Paper
from handouts.jobs.print_run import how_long
from handouts.mail_merge.forecast import Forecast, LayoutCount
from handouts.mail_merge.rows import RunRow


class Clock:
    """Shows the time that it was set to."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def run(forecast: Forecast, clock: Clock, *, layouts: int, layout_s: float, sheets: int) -> None:
    """Make layouts, then fill sheets at a hundred a second."""
    with forecast.laying_out(layouts) as one_done:
        for _ in range(layouts):
            clock.now_s += layout_s
            one_done()
    for _ in range(sheets):
        clock.now_s += 0.01
        forecast.sheet_done()


def test_sheets_are_not_taken_for_layouts() -> None:
    clock = Clock()
    forecast = Forecast(5, 1000, clock)
    run(forecast, clock, layouts=5, layout_s=1.0, sheets=20)
    assert forecast.layouts_left == 0
    assert forecast.seconds_left == pytest.approx(9.8)
    by_a_rate_of_both_s = clock.now_s * 980 / 20
    assert by_a_rate_of_both_s > 200


def test_layouts_still_to_be_made_are_known() -> None:
    clock = Clock()
    forecast = Forecast(10, 1000, clock)
    run(forecast, clock, layouts=4, layout_s=2.0, sheets=20)
    assert forecast.seconds_left == pytest.approx(6 * 2.0 + 9.8)
    assert how_long(forecast) == "layout 5 of 10, 22 s left"


def test_nothing_is_promised_before_a_sheet_is_filled() -> None:
    clock = Clock()
    forecast = Forecast(3, 1000, clock)
    told = []
    forecast.told = lambda: told.append(how_long(forecast))
    run(forecast, clock, layouts=2, layout_s=1.0, sheets=0)
    assert told == ["layout 2 of 3", "layout 3 of 3"]
    assert forecast.seconds_left is None


def test_layouts_that_come_up_late_are_counted() -> None:
    clock = Clock()
    forecast = Forecast(1, 10, clock)
    run(forecast, clock, layouts=1, layout_s=1.0, sheets=5)
    run(forecast, clock, layouts=2, layout_s=1.0, sheets=0)
    assert (forecast.layouts, forecast.layouts_left) == (3, 0)
    assert forecast.seconds_left == pytest.approx(0.05)


def test_a_run_that_is_done_takes_no_time() -> None:
    clock = Clock()
    forecast = Forecast(4, 5, clock)
    run(forecast, clock, layouts=1, layout_s=1.0, sheets=5)
    assert forecast.seconds_left == 0.0
    assert how_long(forecast) == ""


def test_minutes_are_told() -> None:
    clock = Clock()
    forecast = Forecast(0, 10_001, clock)
    run(forecast, clock, layouts=0, layout_s=0, sheets=1)
    assert how_long(forecast) == "1 min 40 s left"


def test_rows_that_share_a_layout_count_once() -> None:
    count = LayoutCount()
    for name in ("Ada Sample", "Ben Sample"):
        count.add(RunRow(name, sheet(name)), 3)
        count.add(RunRow(name, sheet(name, exercises=(*EXERCISES[:1], *EXERCISES[1:]))), 1)
    assert len(count) == 1
    count.add(RunRow("3", sheet(paper=Paper.A4)), 1)
    count.add(RunRow("4", sheet(goal=None)), 1)
    assert len(count) == 3
    noted = tuple(replace(item, note="Only to the left.") for item in EXERCISES[:1])
    count.add(RunRow("5", sheet(exercises=noted)), 2)
    assert len(count) == 5, "each copy of a sheet laid out alone"
