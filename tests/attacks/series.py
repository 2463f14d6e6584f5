"""The series that are left to chance: races and kills, over and over."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from attacks import kills, races

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Say = Callable[[str], None]

SHEETS = 1000
PAIRS = 50
KILLS = 100
"""Of each command: TERM, HUP, INT and KILL in turn."""
SMALLEST_WAVE, LARGEST_WAVE = 6, 12


def waves(count: int, chance: random.Random) -> list[range]:
    """Part so many patients into waves of 6 to 12; the last one takes what is left."""
    made, first = [], 0
    while first < count:
        size = min(chance.randint(SMALLEST_WAVE, LARGEST_WAVE), count - first)
        made.append(range(first, first + size))
        first += size
    return made


def _environments(folder: Path) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Give an environment with a quick disk, and one with a slow one."""
    quick = {"XDG_CACHE_HOME": str(folder / "cache")}
    return quick, {**quick, **races.slow_disk(folder / "slow")}


def race_sheets(folder: Path, seed: int, say: Say, count: int = SHEETS) -> int:
    """Print sheets of different patients at once, half of the waves on a slow disk."""
    disks, faults = _environments(folder), 0
    for number, wave in enumerate(waves(count, random.Random(seed))):  # noqa: S311
        found = races.sheets(folder / f"sheets-{number}", wave, disks[number % 2])
        faults += bool(found)
        say(f"race sheets | {len(wave)} at once | {'; '.join(found) or 'ok'}")
    return faults


def race_one_name(folder: Path, seed: int, say: Say, count: int = PAIRS) -> int:
    """Print two patients' sheets into one named file at once."""
    disks, faults = _environments(folder), 0
    for number in range(count):
        patients = (seed * 1000 + number, seed * 2000 + count + number)
        found = races.same_name(folder / f"name-{number}", patients, disks[number % 2])
        faults += bool(found)
        say(f"race one name | {number} | {'; '.join(found) or 'ok'}")
    return faults


def race_runs(folder: Path, seed: int, say: Say, count: int = PAIRS) -> int:
    """Print two runs at one output, at once or one a little after the other."""
    disks, faults, chance = _environments(folder), 0, random.Random(seed)  # noqa: S311
    for number in range(count):
        found = races.runs(folder / f"runs-{number}", chance, disks[number % 2])
        faults += bool(found)
        say(f"race runs | {number} | {'; '.join(found) or 'ok'}")
    return faults


def kill_commands(
    folder: Path,
    seed: int,
    say: Say,
    count: int = KILLS,
    *,
    names: tuple[str, ...] = tuple(kills.COMMANDS),
    gone_s: float = 2,
    undisturbed: int = 2,
) -> int:
    """Kill each command at random moments, most of them while it runs.

    How long it runs is seen in the last of the undisturbed runs; the first one keeps what a
    command keeps.
    """
    quick, _ = _environments(folder)
    killer = kills.Killer(folder / "kill", random.Random(seed), quick, gone_s)  # noqa: S311
    faults = 0
    for name in names:
        took_s = [killer.undisturbed_s(name) for _ in range(undisturbed)][-1]
        for number in range(count):
            killed = killer.kill(name, kills.SIGNALS[number % len(kills.SIGNALS)], took_s)
            faults += bool(killed.faults)
            found = "; ".join(killed.faults) or "ok"
            say(
                f"kill {name} | {killed.how} after {killed.after_s:.2f} s | {killed.code} | {found}"
            )
    return faults


SERIES: dict[str, Callable[[Path, int, Say], int]] = {
    "race sheets": race_sheets,
    "race one name": race_one_name,
    "race runs": race_runs,
    "kill": kill_commands,
}
