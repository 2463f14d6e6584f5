"""The figures of runs: sheets a second, bytes a sheet, memory, and the same by the engine alone.

Each figure is measured in a process of its own. Run it where nothing else runs.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.compose.composed import SheetUse
from handouts.editions import Edition
from handouts.laying_out.sheet import lay_out_sheet
from handouts.load.content import load_content
from handouts.models.prescription import Layout, PatientSheet, Prescribed
from handouts.paper import Paper
from handouts.run.rows import RunRow
from handouts.run.run import print_run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.load.content import LoadedContent

ROOT = Path(__file__).resolve().parents[2]
ALONE = 6
COLD_ROWS, COLD_LAYOUTS = 600, 12
FIRST = ("Maria", "Łukasz", "Thị Ánh", "محمد", "王", "Sofía", "Ксения", "अनुष्का", "James", "Zoë")
LAST = (
    "Sample",
    "Nguyễn",
    "الأحمد",
    "小明",
    "Żółć",
    "García",
    "Example",
    "शर्मा",
    "O'Sample",
    "Щукина",
)
"""Plainly fictional."""


def rows(loaded: LoadedContent, count: int, layouts: int = 1) -> Iterator[RunRow]:
    """Make rows of six slots in many scripts, spread over so many layouts of two pages."""
    names = [f"{first} {last}" for first, last in product(FIRST, LAST)]
    chosen = tuple(
        Prescribed(name, exercise.dose.model_copy(update={"side": exercise.sides and "each"}), None)
        for name, exercise in loaded.content.exercises.items()
    )
    clinician = next(iter(loaded.content.clinic.clinicians))
    for number in range(count):
        yield RunRow(
            f"{number:06}",
            PatientSheet(
                patient=f"{names[number % 100]} {number // 100}",
                given_on=date(2026, 11, 23) + timedelta(days=number % layouts),
                clinician=clinician,
                exercises=chosen,
                goal=("Sleep through the night.", "Look over my shoulder when I drive.")[
                    number % 2
                ],
                notes=f"Start gently, and call us on day {number % 9 + 1}.",
                next_visit=f"December {number % 28 + 1}, {number % 8 + 9}:30",
                edition=Edition.STANDARD,
                paper=Paper.LETTER,
                layout=Layout.AUTO,
                log_weeks=2,
                beyond_limits=None,
            ),
        )


def measure(kind: str, count: int) -> dict[str, float]:
    """Measure one thing in this process."""
    loaded = load_content(ROOT / "content.yaml")
    layouts = COLD_LAYOUTS if kind == "cold" else 1
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "run.pdf"
        start = time.perf_counter()
        if kind == "alone":
            for row in rows(loaded, count, layouts=count):
                lay_out_sheet(loaded, row.sheet, None, SheetUse(row.record))
        else:
            result = print_run(rows(loaded, count, layouts), target, loaded=loaded)
            if result.sheets != count or result.alone:
                raise SystemExit(f"{result.sheets} of {count} sheets, {result.alone} alone")
        seconds = time.perf_counter() - start
        size = target.stat().st_size if target.exists() else 0
    own, theirs = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "seconds": seconds,
        "cpu": own.ru_utime + theirs.ru_utime,
        "size": size,
        "own_mb": own.ru_maxrss / 1024,
        "child_mb": theirs.ru_maxrss / 1024,
    }


def in_its_own_process(kind: str, count: int, cache: str) -> dict[str, float]:
    """Measure one thing in a new process, with its own cache of layouts."""
    done = subprocess.run(
        [sys.executable, __file__, kind, str(count)],
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": cache},
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main() -> None:
    """Measure all, and print what was seen."""
    with tempfile.TemporaryDirectory() as cache, tempfile.TemporaryDirectory() as cold:
        small = in_its_own_process("warm", 1000, cache)
        small = in_its_own_process("warm", 1000, cache)
        middle = in_its_own_process("warm", 10_000, cache)
        large = in_its_own_process("warm", 100_000, cache)
        alone = in_its_own_process("alone", ALONE, cache)
        many = in_its_own_process("cold", COLD_ROWS, cold)
        twelve = in_its_own_process("alone", COLD_LAYOUTS, cold)
    rate = 10_000 / middle["seconds"]
    print(f"10,000 rows, warm: {middle['seconds']:.2f} s, {rate:,.0f} sheets/s in all")
    steady = 90_000 / (large["seconds"] - middle["seconds"])
    print(f"100,000 rows, warm: {large['seconds']:.1f} s; {steady:,.0f} sheets/s once it runs")
    busy_us = (large["cpu"] - middle["cpu"]) / 90_000 * 1e6
    print(
        f"processor time a sheet: {busy_us:.0f} µs; {2e6 / busy_us:,.0f} sheets/s on two free cores"
    )
    print(f"one after another: {ALONE / alone['seconds']:.2f} sheets/s (of {ALONE})")
    print(f"times as fast: {rate * alone['seconds'] / ALONE:,.0f}")
    each = (large["size"] - middle["size"]) / 90_000
    print(f"bytes a sheet: {each:.0f} beyond the layout; 10,000 rows: {middle['size']:,}")
    print(
        f"peak memory, 1,000 and 100,000 rows: {small['own_mb']:.0f} and {large['own_mb']:.0f} MB; "
        f"of a process beside it: {small['child_mb']:.0f} and {large['child_mb']:.0f} MB"
    )
    print(
        f"cold, {COLD_ROWS} rows over {COLD_LAYOUTS} layouts: {many['seconds']:.1f} s; "
        f"{COLD_LAYOUTS} sheets one after another: {twelve['seconds']:.1f} s; "
        f"processor time {many['cpu']:.1f} and {twelve['cpu']:.1f} s"
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
    else:
        main()
