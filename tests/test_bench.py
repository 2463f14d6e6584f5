"""The bench of runs: a trial of it, on our own side alone; how fast it is, is not asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "tests" / "bench" / "run_bench.py"


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(BENCH), *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_a_trial_writes_its_tables_between_the_markers_of_a_page(tmp_path: Path) -> None:
    page = tmp_path / "figures.md"
    page.write_text("Before\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nBehind\n", "utf-8")

    done = bench("--quick", "--write", str(page))

    assert done.returncode == 0, done.stderr
    written = page.read_text("utf-8")
    assert written.startswith("Before\n<!-- bench: begin -->\n\nMeasured on ")
    assert written.endswith("\n\n<!-- bench: end -->\nBehind\n")
    assert "\nold\n" not in written
    assert done.stdout.strip() in written
    rows = [line for line in written.splitlines() if line.startswith("| ")]
    assert any(row.startswith("| 8 rows, warm layout") for row in rows)
    assert any(row.startswith("| 4 rows over 2 layouts, cold") for row in rows)
    assert any(row.startswith("| bytes a sheet") for row in rows)
    assert sum(row.startswith("| peak memory") for row in rows) == 2
    assert "held" not in written
    assert "missed" not in written


def test_a_page_without_markers_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "figures.md"
    page.write_text("Nothing to replace\n", "utf-8")

    done = bench("--quick", "--write", str(page))

    assert done.returncode != 0
    assert "lacks <!-- bench: begin -->" in done.stderr
    assert page.read_text("utf-8") == "Nothing to replace\n"
