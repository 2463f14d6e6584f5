"""Answers at a prompt: items chosen by part, number and sign, and short changes taken apart."""

from __future__ import annotations

import contextlib

import pytest
from ask_tools import FOUR
from hypothesis import example, given
from hypothesis import strategies as st

from handouts.cli.choose import (
    UnclearError,
    candidates,
    changes,
    pick,
    pick_each,
    select,
    side_of,
)
from handouts.jobs.meant import Offer

LISTS = st.lists(
    st.from_regex(r"[a-z]{1,6}(-[a-z]{1,6}){0,2}", fullmatch=True),
    min_size=1,
    max_size=9,
    unique=True,
).map(lambda ids: tuple(Offer(id_, id_.replace("-", " ").capitalize()) for id_ in ids))


@given(LISTS, st.data())
def test_a_part_of_a_name_is_that_item_or_is_said_to_be_several(
    items: tuple[Offer, ...], data: st.DataObject
) -> None:
    item = data.draw(st.sampled_from(items))
    assert pick(str(items.index(item) + 1), items) == item
    assert pick(item.id, items) == pick(item.name.upper(), items) == item
    start = data.draw(st.integers(0, len(item.name) - 1))
    part = item.name[start : data.draw(st.integers(start + 1, len(item.name)))]
    if not part.strip():
        return
    meant = candidates(part.strip(), items)
    exact = [one for one in items if one.name.lower() == part.lower().strip()]
    assert meant == tuple(exact) if exact else item in meant
    if len(meant) == 1:
        assert pick(part, items) == meant[0]
    else:
        with pytest.raises(UnclearError, match=f"{items.index(item) + 1} {item.name}"):
            pick(part, items)


@given(LISTS, st.data())
def test_signs_change_a_selection_and_numbers_replace_it(
    items: tuple[Offer, ...], data: st.DataObject
) -> None:
    some = st.lists(st.sampled_from(items), unique=True)
    present, added, taken = data.draw(some), data.draw(some), data.draw(some)
    taken = [item for item in taken if item not in added]

    def numbers(sign: str, chosen: list[Offer]) -> str:
        return " ".join(f"{sign}{items.index(item) + 1}" for item in chosen)

    wanted = [item for item in items if item in {*present, *added} and item not in taken]
    answer = f"{numbers('+', added)} {numbers('-', taken)}"
    if wanted:
        assert list(select(answer, items, present)) == wanted
    else:
        with pytest.raises(UnclearError):
            select(answer, items, present)
    if added:
        alone = [item for item in items if item in added]
        assert list(select(numbers("", added), items, present)) == alone


@given(st.text())
@example("9" * 5000)
@example("²")
def test_no_answer_breaks_the_reading_of_it(text: str) -> None:
    for read in (
        lambda: select(text, FOUR, FOUR[:2]),
        lambda: pick_each(text, FOUR),
        lambda: changes(text),
        lambda: side_of(text),
    ):
        with contextlib.suppress(UnclearError):
            assert read()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("3 1", "13"),
        ("1,3", "13"),
        ("open book", "4"),
        ("open levator", "24"),
        ("levator stretch, 1", "12"),
        ("+ 4", "124"),
        ("+open book -2", "14"),
        ("-lev +4", "14"),
        ("", "12"),
        ("LEVATOR-SCAPULAE-STRETCH", "2"),
        ("suboccipítal", "1"),
    ],
)
def test_ways_to_choose(text: str, ids: str) -> None:
    assert select(text, FOUR, FOUR[:2]) == tuple(FOUR[int(number) - 1] for number in ids)


@pytest.mark.parametrize(
    "text", ["5", "0", "1 7", "1-3", "1 -2", "+1 2", "-1 -2", "-", "stretch", "+1 --2"]
)
def test_what_could_be_read_two_ways_is_refused(text: str) -> None:
    with pytest.raises(UnclearError):
        select(text, FOUR, FOUR[:2])


def test_a_short_change_is_taken_apart() -> None:
    assert changes("2 hold=20 s side=l") == ("2", {"hold": "20 s", "side": "left"})
    assert changes("2:hold=1-2 min,Reps=3") == ("2", {"hold": "1-2 min", "repetitions": "3"})
    assert changes("2 3 times = 2") == ("2 3", {"times_a_day": "2"})
    assert changes("levator") == ("levator", {})
    assert changes("2 week1.hold=9s weeks-2-3.reps=1") == (
        "2",
        {"weeks-1.hold": "9s", "weeks-2-3.repetitions": "1"},
    )
    when = "When I note a pull, or a = b note Sit."
    assert changes(f"2 times=2 when={when} days=3") == (
        "2",
        {"times_a_day": "2", "as_needed": when, "days_a_week": "3"},
    )
    for sign in ("=", " = ", " ", ": "):
        assert changes(f"2 reps=1, note{sign}Sit.") == ("2", {"repetitions": "1", "note": "Sit."})
    assert changes("2 Mistakes 1 + drawings=Take note of it. Stop_If=You = I") == (
        "2",
        {"mistake1+drawings": "Take note of it.", "stop-if": "You = I"},
    )
    for text in ("2 hold=", "2 hold= side=l", "2 reps=1 repetitions=2", "2 side=x"):
        with pytest.raises(UnclearError):
            changes(text)
