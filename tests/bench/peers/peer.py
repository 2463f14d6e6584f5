"""What the peers share: reading what they are given, the clock, and how they answer."""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE_PT = (612.0, 792.0)
"""US Letter."""
BRAND, TINT, LINE = "#0f5c63", "#e2ebec", "#9fbec1"
ACCENT, DEEP = "#d96f4e", "#ae593e"


@dataclass(frozen=True, slots=True)
class Job:
    """What a peer draws: the sheet's words, so many rows of slots, and where it goes."""

    folder: Path
    sheet: dict[str, Any]
    rows: list[dict[str, str]]
    target: Path


def peak_mb() -> float:
    """Give this program's own peak memory; ``ru_maxrss`` would count its parent's as well."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:", 1)[1].split()[0]) / 1024


def measure(draw: Callable[[Job], int | None]) -> None:
    """Let a peer draw, and print the seconds, the bytes and the memory that it took.

    The clock runs from when the program is loaded and its rows are read to the whole file;
    ``draw`` gives the bytes it made where they are not in the target.
    """
    folder, count, target = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    sheet = json.loads((folder / "sheet.json").read_bytes())
    rows = json.loads((folder / "rows.json").read_bytes())[:count]
    if len(rows) != count:
        raise SystemExit(f"{count} rows were asked for, and {len(rows)} are there")
    start = time.perf_counter()
    size = draw(Job(folder, sheet, rows, target))
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    answer = {
        "seconds": seconds,
        "cpu": used.ru_utime + used.ru_stime,
        "size": size or target.stat().st_size,
        "own_mb": peak_mb(),
        "child_mb": 0.0,
    }
    print(json.dumps(answer))
