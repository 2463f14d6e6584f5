"""The figures of the project, as ratios against a peer measured in the same run.

Each pair of commands is run in turn, after one warm-up each, so that a machine that slows
down slows both. Printed are the medians and the median of the ratios.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from whole_drawings import with_drawings

from handouts.compose.compose import compose, compose_sheet
from handouts.jobs.prescribing import prescribe
from handouts.jobs.sheet_request import SheetRequest
from handouts.load.content import load_content
from handouts.prescribe.page_layouts import arrangements
from handouts.render.fonts import use_shipped_fonts_only

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
HANDOUTS = [PYTHON, "-m", "handouts"]
PRESCRIPTION = ROOT / "tests" / "data" / "prescriptions" / "01-one-exercise-right.yaml"
SECOND_SHEET = Path(__file__).with_name("second_sheet.py")
BARE_SCRIPT = Path(__file__).with_name("bare.py")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two commands that are measured in turn, and the ratio that is wanted."""

    what: str
    ours: list[str]
    peer: list[str]
    wanted: float
    runs: int
    clean: Path | None = None
    printed: bool = False
    """Whether our command prints the seconds that count."""


def seconds(command: list[str], clean: Path | None, *, printed: bool = False) -> float:
    """Run a command once and give its wall time, or what it prints; ``clean`` is removed first."""
    if clean is not None:
        shutil.rmtree(clean, ignore_errors=True)
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return float(done.stdout) if printed else time.perf_counter() - start


def measure(pair: Pair) -> str:
    """Measure a pair and write its row of the table."""
    ours: list[float] = []
    peers: list[float] = []
    for run in range(pair.runs + 1):
        mine = seconds(pair.ours, pair.clean, printed=pair.printed)
        theirs = seconds(pair.peer, pair.clean)
        if run:
            ours.append(mine)
            peers.append(theirs)
    ratio = statistics.median(mine / theirs for mine, theirs in zip(ours, peers, strict=True))
    return (
        f"| {pair.what} | {statistics.median(ours) * 1000:.0f} ms "
        f"| {statistics.median(peers) * 1000:.0f} ms | {ratio:.2f} | {pair.wanted:.2f} |"
    )


def sheet_html() -> str:
    """Compose the HTML of the sheet that is timed, in the layout that it gets."""
    prescribing = prescribe(SheetRequest(ROOT / "content.yaml", PRESCRIPTION))
    arrangement = arrangements(prescribing.sheet)[0]
    composed = compose_sheet(prescribing.loaded, prescribing.sheet, arrangement)
    return with_drawings(composed.html, composed.drawings)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        loaded = load_content(ROOT / "content.yaml")
        pages = []
        for name in loaded.content.handouts:
            page = folder / f"{name}.html"
            composed = compose(loaded, name, loaded.content.clinic.paper)
            page.write_text(with_drawings(composed.html, composed.drawings), "utf-8")
            pages.append(str(page))
        sheet = folder / "sheet.html"
        sheet.write_text(sheet_html(), "utf-8")
        use_shipped_fonts_only()
        bare_sheet = [PYTHON, str(BARE_SCRIPT), str(ROOT), str(sheet)]
        bare = [PYTHON, str(BARE_SCRIPT), str(ROOT), *pages]
        warm = folder / "warm"
        seconds([*HANDOUTS, "build", "--out", str(warm)], None)
        cold = folder / "cold"
        pairs = (
            Pair(
                "`handouts --help` against `import click`",
                [*HANDOUTS, "--help"],
                [PYTHON, "-c", "import click"],
                1.5,
                15,
            ),
            Pair(
                "four pieces, cold, against a bare WeasyPrint script",
                [*HANDOUTS, "build", "--quiet", "--out", str(cold)],
                bare,
                1.25,
                5,
                cold,
            ),
            Pair(
                "one patient's sheet, cold, against a bare script with the same HTML",
                [*HANDOUTS, "sheet", "--quiet", str(PRESCRIPTION), "-o", str(folder / "a.pdf")],
                bare_sheet,
                1.25,
                7,
            ),
            Pair(
                "a second sheet in the same process, against the same script",
                [PYTHON, str(SECOND_SHEET), str(PRESCRIPTION), str(ROOT / "content.yaml")],
                bare_sheet,
                0.6,
                5,
                printed=True,
            ),
            Pair(
                "four pieces for the press, cold, against the same for the office",
                [
                    *HANDOUTS,
                    "build",
                    "--quiet",
                    "--profile",
                    "press",
                    "--proof",
                    "--out",
                    str(cold),
                ],
                [*HANDOUTS, "build", "--quiet", "--out", str(cold)],
                1.5,
                5,
                cold,
            ),
            Pair(
                "second build, nothing changed, against the same script",
                [*HANDOUTS, "build", "--quiet", "--out", str(warm)],
                bare,
                0.5,
                5,
            ),
        )
        print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
        print("| What | handouts | peer | ratio | wanted at most |")
        print("|---|---|---|---|---|")
        for pair in pairs:
            print(measure(pair), flush=True)


if __name__ == "__main__":
    main()
