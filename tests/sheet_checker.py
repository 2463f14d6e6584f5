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
    "Shoulder rolls",
    "Brisk walk",
)
REPETITION_S = {"Open book mobilization": 10, "Shoulder rolls": 4}
"""How long one repetition takes, in the content."""
TIMES = ("On waking", "Morning", "Noon", "Afternoon", "Evening", "At bedtime")
BREATH_S = 6
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNITS = {"second": 1, "minute": 60, "slow breath": BREATH_S}
SPAN = r"(\d+)(?:–(\d+))?"
COUNT = rf"(once|twice|{SPAN} times?)"
SAID = re.compile(
    rf"(?P<label>(?:Left side|Right side|{'|'.join(TIMES)}|Weeks? {SPAN}):)"
    rf"|Hold (?:until you are tired, |for )?(?P<hold>{SPAN} (?:slow breath|second|minute)s?)"
    rf"|Do this for (?P<minutes>{SPAN} minutes?)"
    rf"|Do (?:this (?P<count>{COUNT})|(?P<sets>{SPAN}) sets? of (?P<of>{SPAN}))"
    rf"(?P<each> on each side)?"
    rf"(?:, \w+ side)?(?:, rest (?P<rest>\d+ (?:second|minute)s?) between)?"
    rf"|(?P<clock>(?:Once an hour|Every {SPAN} (?:hour|minute)s?)[^.]*?, "
    rf"(?P<most>\d+) times? a day at most)"
    rf"|(?P<often>(?:Once|Twice|{SPAN} times) a day)(?P<needed> at most)?"
    rf"|(?:Each day: )?(?P<times>\b(?:{'|'.join(TIMES)})(?:, (?:{'|'.join(TIMES)}))*\b)"
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
    clock: str = ""
    """What is said of how often by the clock: "Once an hour while ..."."""

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
            kind = days_said(words)
            if isinstance(kind, tuple) and WEEKDAYS[day.weekday()] not in kind:
                continue
            if isinstance(kind, int) and number % kind:
                continue
            found.add(day)
        return found


def days_said(words: str) -> tuple[str, ...] | int | str:
    """Read on which days: the weekdays by name, every how many days, or a count a week in words."""
    day = "(?:" + "|".join(WEEKDAYS) + ")"
    if row := re.search(rf": ({day}) to ({day})", words):
        return WEEKDAYS[WEEKDAYS.index(row[1]) : WEEKDAYS.index(row[2]) + 1]
    if named := re.search(rf": ({day}(?:, {day})*)", words):
        return tuple(named[1].split(", "))
    if "every second day" in words:
        return 2
    if step := re.search(r"every (\d) days", words):
        return int(step[1])
    counted = re.search(rf"{SPAN} days? a week", words)
    return counted[0] if counted else ""


def read_exercise(name: str, text: str) -> Said:
    said = Said(text)
    counted = (REPETITION_S.get(name, 0),) * 2
    label, hold = "", counted
    for found in SAID.finditer(text.partition("Mistakes to avoid")[0]):
        if found["label"]:
            label, hold = found["label"], counted
        elif found["hold"]:
            hold = seconds(found["hold"])
        elif found["minutes"]:
            said.amounts.append((label, *seconds(found["minutes"])))
        elif found["clock"]:
            said.clock = found["clock"]
            said.often[""] = (int(found["most"]),) * 2
        elif found["count"] or found["sets"]:
            sets = count(found["sets"] or found["count"])
            reps = count(found["of"] or "once")
            rest = seconds(found["rest"])[0] if found["rest"] else 0
            sides = 2 if found["each"] else 1
            least, most = (
                sides * (sets[end] * reps[end] * hold[end] + (sets[end] - 1) * rest)
                for end in (0, 1)
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
            timed = label.rstrip(":") in TIMES
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
        words = (
            "once a day" if times == 1 else f"each time, up to {most * times} minutes a day in all"
        )
    return (least, most), words


ABOUT = re.compile(
    rf"(?:Weeks? {SPAN}: )?About {SPAN} minutes?"
    r"(, once a day| each time, up to \d+ minutes a day in all| in all a day| in all"
    r"| each time you need it| each time, (?:once an hour|every \d+ (?:hour|minute)s))"
    r"((?:(?!(?:\. |Weeks? \d|About|Stop and call|Emergency)).)*)"
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


def stands_apart(text: str) -> tuple[str, str]:
    """Cut off the dose of the next exercise: in the small layout it stands before the name."""
    dose = SAID.search(text)
    at = dose.start() if dose else len(text)
    return text[:at], text[at:]


def contradictions(pages: tuple[str, ...], start: dt.date, weeks: int) -> list[str]:
    """Say where a sheet's words contradict one another."""
    text = " ".join(" ".join(pages).split())
    heads = list(re.finditer(rf"\b\d ({'|'.join(NAMES)}) To ", text))
    if not heads:
        return ["there is no exercise"]
    ends = [head.start() for head in heads[1:]] + [len(text)]
    exercises, faults = [], []
    before = text[: heads[0].start()].rpartition("which way to move.")[2]
    for head, end in zip(heads, ends, strict=True):
        whole = text[head.end() : end]
        part = whole.partition("Tick each time")[0].partition("Free language")[0]
        mind, stop, rest = part.partition("Stop if")
        if not SAID.search(mind.partition("Mistakes to avoid")[0]):
            signs, _ = stands_apart(rest)
            part = f"{before} {mind}{stop}{signs}"
        _, before = stands_apart(whole.partition("Stop if")[2])
        exercises.append(read_exercise(head[1], part))
        faults += [f"{head[1]}: {fault}" for fault in within(exercises[-1])]
    faults += in_minutes(text, exercises)
    wanted = sorted(set().union(*(said.days(start, weeks) for said in exercises)))
    if log_days(text, start) != wanted:
        faults.append("the log's days")
    log = text.partition("Tick each time you did it")[2]
    for head, said in zip(heads, exercises, strict=True):
        off = "".join(
            re.findall(rf"{head[1]}(?:: write how many times \([^)]*\))?((?: –)+)", log)
        ).count("–")
        if off != len(wanted) - len(said.days(start, weeks)) and "All exercises" not in log:
            faults.append(f"{head[1]}: the log's days on which it is not done")
        if ("write how many times" in log) != any(said.clock for said in exercises):
            faults.append("how often is written in the log")
    return faults


def within(said: Said) -> list[str]:
    """Say where the dose, the steps and the stop signs of one exercise differ."""
    part = said.text
    pain = re.search(r"goes over (\d+) of 10 .*? up to (\d+) and no worse", part)
    begin = re.search(r"Start with (\d+)[^.]*\. Work up to (\d+)", part)
    alone = re.search(r"(?:over|to) (\d+) (?:out )?of 10", part)
    wrong = {
        "two rules for pain": pain is not None and alone is not None and alone[1] != pain[1],
        "no dose is read": not said.amounts
        or (not said.often and not any(f"{time}:" in part for time in TIMES)),
        "no side is said": "To stretch your" in part
        and not said.both_sides
        and not re.search(", (?:left|right) side", part),
        "one side and both": said.both_sides
        and re.search(", (?:left|right) side", part) is not None,
        "sides of dose and steps": said.both_sides != ("Then change sides." in part),
        "left or right": (", left side" in part and "To stretch your right" in part)
        or (", right side" in part and "To stretch your left" in part),
        "pain": pain is not None and (pain[1] != pain[2] or "You feel pain" in part),
        "where to start": ("Start with" in part) != (begin is not None)
        or (begin is not None and f" {begin[1]}–{begin[2]} " not in part),
    }
    return [fault for fault, found in wrong.items() if found]


def by_the_clock(
    told: re.Match[str], minutes_told: tuple[int, int], exercises: list[Said]
) -> list[str]:
    """Say where the minutes of what is done by the clock are not those of the doses."""
    how = told[5].removeprefix(" each time, ")
    days = days_said(told[6])
    meant = [
        said
        for said in exercises
        if said.clock.lower().startswith(how) and days_said(said.text) == days
    ]
    spans = [(least, most) for said in meant for _, least, most in said.amounts]
    ends = tuple(math.ceil(sum(span[end] for span in spans) / 60) for end in (0, 1))
    return [] if meant and minutes_told == ends else [f"{told[0]}, and the doses make {ends}"]


def in_week(text: str, week: int | None) -> str:
    """Give what is said of a week: all, where nothing changes; nothing, where it has ended."""
    ends = re.search(r"Stop after (\d+) week", text)
    if week is not None and ends and week > int(ends[1]):
        return ""
    parts = re.split(r"Weeks? (\d+)(?:–(\d+))?:", text)
    for first, last, words in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        if week is not None and int(first) <= week <= int(last or first):
            return words
    return text if len(parts) == 1 or week is None else ""


def in_minutes(text: str, exercises: list[Said]) -> list[str]:
    """Say where the minutes are not those of the doses."""
    told = list(ABOUT.finditer(text))
    faults = [] if told else ["minutes: none are told"]
    for found in told:
        minutes_told = (int(found[3]), int(found[4] or found[3]))
        if re.search("each time, (?:once|every)", found[5]):
            faults += by_the_clock(found, minutes_told, exercises)
            continue
        if "each time you need it" in found[5]:
            spans = [(least, most) for s in exercises if s.needed for _, least, most in s.amounts]
            ends = (min(least for least, _ in spans), max(most for _, most in spans))
            if minutes_told != tuple(math.ceil(end / 60) for end in ends):
                faults.append(found[0])
            continue
        weeks = range(int(found[1]), int(found[2] or found[1]) + 1) if found[1] else (None,)
        daily = [said for said in exercises if not said.needed and not said.clock]
        for week in weeks:
            kinds = {days_said(words) for s in daily if (words := in_week(s.text, week))}
            if "on a day with all" in found[6]:
                right = len(kinds) > 1
            else:
                right = kinds == {days_said(found[6])}
            if not right:
                faults.append(f"{found[0]}, and the doses are for {kinds}")
            wanted, words = minutes(daily, week)
            if minutes_told != wanted or words not in found[5]:
                faults.append(f"{found[0]}, and the doses make {wanted}, {words}")
    return faults
