"""Reads a finished sheet as a patient does, and says where it contradicts itself.

It knows the printed words alone: how long and how often from the dose, and then what the
minutes on the first page, the steps, the stop signs and the log's days make of that.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, field

NAMES = (
    "Suboccipital release",
    "Levator scapulae stretch",
    "Upper trapezius stretch",
    "Open book mobilization",
)
REPETITION_S = 10
"""One repetition of the open book, in the content."""
BREATH_S = 6
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNITS = {"second": 1, "minute": 60, "slow breath": BREATH_S}
SPAN = r"(\d+)(?:–(\d+))?"
COUNT = rf"(once|twice|{SPAN} times?)"
SAID = re.compile(
    rf"(?P<label>(?:Left side|Right side|Morning|Evening|Weeks? {SPAN}):)"
    rf"|Hold (?:until you are tired, )?(?P<hold>{SPAN} (?:slow breath|second|minute)s?)"
    rf"|Do this (?P<count>{COUNT})(?P<each> on each side)?"
    rf"|Do (?P<sets>\d+) sets? of (?P<of>\d+)(?P<each_set> on each side)?"
    rf"(?:, \w+ side)?(?:, rest (?P<rest>\d+ (?:second|minute)s?) between)?"
    rf"|(?P<often>(?:Once|Twice|{SPAN} times) a day)(?P<needed> at most)?"
    rf"|(?P<times>Each day: \w+(?:, \w+)*)"
)


def seconds(text: str) -> tuple[int, int]:
    found = re.fullmatch(rf"{SPAN} (slow breath|second|minute)s?", text)
    assert found, text
    unit = UNITS[found[3]]
    return int(found[1]) * unit, int(found[2] or found[1]) * unit


def count(text: str) -> tuple[int, int]:
    word = text.lower().split(" a day")[0].strip()
    if word in {"once", "twice"}:
        return ((1, 1), (2, 2))[word == "twice"]
    found = re.match(SPAN, word)
    assert found, text
    return int(found[1]), int(found[2] or found[1])


@dataclass
class Said:
    """What is said of one exercise."""

    text: str
    amounts: list[tuple[str, int, int]] = field(default_factory=list)
    """Each with its label, and the seconds that it takes at least and at most."""
    often: dict[str, tuple[int, int]] = field(default_factory=dict)
    needed: bool = False

    @property
    def both_sides(self) -> bool:
        return "on each side" in self.text or "Left side:" in self.text

    def days(self, start: dt.date, weeks: int) -> set[dt.date]:
        """Give the days of the log on which it is done."""
        end = re.search(r"Stop after (\d+) week", self.text)
        found = set()
        phases = re.split(r"Weeks? (\d+)(?:–(\d+))?:", self.text)[1:]
        for number in range(7 * min(weeks, int(end[1]) if end else weeks)):
            day = start + dt.timedelta(days=number)
            words = self.text
            for first, last, text in zip(phases[::3], phases[1::3], phases[2::3], strict=True):
                if int(first) <= number // 7 + 1 <= int(last or first):
                    words = text
            named = re.search(r"a day: ((?:\w+day(?:, )?)+)", words)
            if named and WEEKDAYS[day.weekday()] not in named[1]:
                continue
            if "every second day" in words and number % 2:
                continue
            found.add(day)
        return found


def read_exercise(text: str) -> Said:
    said = Said(text)
    label, hold = "", (REPETITION_S, REPETITION_S)
    for found in SAID.finditer(text.partition("Mistakes to avoid")[0]):
        if found["label"]:
            label, hold = found["label"], (REPETITION_S, REPETITION_S)
        elif found["hold"]:
            hold = seconds(found["hold"])
        elif found["count"] or found["sets"]:
            reps = count(found["count"]) if found["count"] else (int(found["of"]),) * 2
            sets = int(found["sets"] or 1)
            rest = seconds(found["rest"])[0] if found["rest"] else 0
            sides = 2 if found["each"] or found["each_set"] else 1
            least, most = (
                sides * (sets * reps[end] * hold[end] + (sets - 1) * rest) for end in (0, 1)
            )
            said.amounts.append((label, least, most))
        elif found["often"]:
            said.often[label if label.startswith("Week") else ""] = count(found["often"])
            said.needed = said.needed or bool(found["needed"])
        elif found["times"]:
            times = found["times"].count(",") + 1
            said.often[""] = (times, times)
    return said


def minutes(exercises: list[Said], week: int | None) -> tuple[tuple[int, int], str]:
    """Work out how long all takes, and how often that is, for a week where doses change."""
    once, whole_day, often = [0, 0], [0, 0], set()
    split_day = False
    for said in exercises:
        ends = re.search(r"Stop after (\d+) week", said.text)
        if week is not None and ends and week > int(ends[1]):
            continue
        for label, *spans in said.amounts:
            weeks = re.match(rf"Weeks? {SPAN}", label)
            if weeks and week and not int(weeks[1]) <= week <= int(weeks[2] or weeks[1]):
                continue
            timed = label in {"Morning:", "Evening:"}
            split_day = split_day or timed
            times = (1, 1) if timed else said.often.get(label, said.often.get("", (1, 1)))
            often.add(times)
            for end in (0, 1):
                once[end] += spans[end]
                whole_day[end] += spans[end] * times[end]
    same = len(often) == 1 and not split_day
    total = once if same else whole_day
    least, most = math.ceil(total[0] / 60), math.ceil(total[1] / 60)
    words = "in all"
    if same:
        ((_, times),) = often
        words = "once a day" if times == 1 else f"each time, up to {most * times} a day"
    return (least, most), words


ABOUT = re.compile(
    rf"(?:Weeks? {SPAN}: )?About {SPAN} minutes?"
    r"(, once a day| each time, up to \d+ a day| in all| each time you need it)"
)


def log_days(text: str, start: dt.date) -> list[dt.date]:
    """Read the days that the log has, one after another."""
    found: list[dt.date] = []
    log = re.split(r"Tick each time you did it", text)[1]
    for numbers in re.findall(r"– \w{3} \d+((?: \d+)+) [A-Z]", log):
        for number in map(int, numbers.split()):
            day = found[-1] + dt.timedelta(days=1) if found else start
            while day.day != number:
                day += dt.timedelta(days=1)
                if (day - start).days > 70:
                    return found
            found.append(day)
    return found


def contradictions(pages: tuple[str, ...], start: dt.date, weeks: int) -> list[str]:
    """Say where a sheet's words contradict one another."""
    text = " ".join(" ".join(pages).split())
    heads = list(re.finditer(rf"\b\d ({'|'.join(NAMES)}) To ", text))
    if not heads:
        return ["there is no exercise"]
    ends = [head.start() for head in heads[1:]] + [len(text)]
    exercises, faults = [], []
    for head, end in zip(heads, ends, strict=True):
        part = text[head.end() : end].partition("Tick each time")[0].partition("Free language")[0]
        exercises.append(read_exercise(part))
        faults += [f"{head[1]}: {fault}" for fault in within(exercises[-1])]
    faults += in_minutes(text, exercises)
    wanted = sorted(set().union(*(said.days(start, weeks) for said in exercises)))
    if log_days(text, start) != wanted:
        faults.append("the log's days")
    return faults


def within(said: Said) -> list[str]:
    """Say where the dose, the steps and the stop signs of one exercise differ."""
    part = said.text
    pain = re.search(r"goes over (\d+) of 10 .*? Up to (\d+) is fine", part)
    begin = re.search(r"Start with (\d+)", part)
    wrong = {
        "no dose is read": not said.amounts or (not said.often and "Morning:" not in part),
        "sides of dose and steps": said.both_sides != ("Then change sides." in part),
        "left or right": (", left side" in part and "To stretch your right" in part)
        or (", right side" in part and "To stretch your left" in part),
        "pain": pain is not None and (pain[1] != pain[2] or "You feel pain" in part),
        "where to start": begin is not None and f" {begin[1]}–" not in part,
    }
    return [fault for fault, found in wrong.items() if found]


def in_minutes(text: str, exercises: list[Said]) -> list[str]:
    """Say where the minutes are not those of the doses."""
    told = list(ABOUT.finditer(text))
    faults = [] if told else ["minutes: none are told"]
    for found in told:
        minutes_told = (int(found[3]), int(found[4] or found[3]))
        if "each time you need it" in found[5]:
            spans = [(least, most) for s in exercises if s.needed for _, least, most in s.amounts]
            ends = (min(least for least, _ in spans), max(most for _, most in spans))
            if minutes_told != tuple(math.ceil(end / 60) for end in ends):
                faults.append(found[0])
            continue
        weeks = range(int(found[1]), int(found[2] or found[1]) + 1) if found[1] else (None,)
        daily = [said for said in exercises if not said.needed]
        for week in weeks:
            wanted, words = minutes(daily, week)
            if minutes_told != wanted or words not in found[5]:
                faults.append(f"{found[0]}, and the doses make {wanted}, {words}")
    return faults
