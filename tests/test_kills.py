"""A run killed at any moment loses nobody, doubles nobody, and leaves no half-written file.

``make kills`` tries 50 moments and prints what it saw; the tests try a few.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

import processes

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from conftest import ClinicFolder

MOMENTS = int(os.environ.get("KILLS", "6"))
ROWS = 2000 if MOMENTS > 6 else 1200
SEED = int(os.environ.get("KILLS_SEED", "20"))
HEAD = "id,name,programme,exercises,side,paper,note for the patient,copies"
KINDS = (
    "neck-and-head-start,,,letter,,1",
    ",suboccipital-release,,letter,Start gently.,1",
    ",levator-scapulae-stretch,left,a4,,2",
    f",levator-scapulae-stretch,both,a4,{'Stop when it hurts. ' * 6},1",
)
BAD = {
    7: "Jabberwock,no-such-programme,,,,,1",
    500: "Flumph \U00013000,,suboccipital-release,,letter,,1",
    1150: "Wyvern,,suboccipital-release,up,letter,,1",
}
ALONE = {3, 1100} if ROWS < 2000 else {3, 650, 1300, 1999}
HOW = (signal.SIGKILL,) * 3 + (signal.SIGTERM, signal.SIGINT)


def roster() -> str:
    lines = [HEAD]
    for number in range(ROWS):
        rest = f"Ada {number},{KINDS[number % 4]}"
        if number in ALONE:
            rest = f"Ben {number},,suboccipital-release,,letter,{'Take it slowly. ' * 40},1"
        lines.append(f"k-{number},{BAD.get(number, rest)}")
    return "\n".join(lines) + "\n"


def started(folder: Path, *options: str) -> subprocess.Popen[str]:
    return processes.started(folder, "batch", "people.csv", "-q", *options, stdout=None)


def files(folder: Path) -> dict[str, bytes]:
    """Give all files below a folder; an empty folder counts as one."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
        if path.is_file() or not any(path.iterdir())
    }


def stopped(folder: Path, chance: random.Random, most_s: float) -> tuple[int, signal.Signals]:
    """Start a run, or go on with one, and stop it at random; give how it ended, and by what."""
    late = chance.random() < 0.3
    after_s = most_s * (chance.uniform(0.85, 1.05) if late else chance.uniform(0.02, 1))
    how, only_the_first = chance.choice(HOW), chance.random() < 0.2
    process = started(folder, "--resume")
    with suppress(subprocess.TimeoutExpired):
        process.wait(after_s)
    with suppress(ProcessLookupError):
        if only_the_first:
            process.send_signal(how)
        else:
            os.killpg(process.pid, how)
    _, err = process.communicate()
    processes.wait_until_gone(process.pid)
    if process.returncode == -how or err.strip().endswith("KeyboardInterrupt"):
        return (-how if how is signal.SIGKILL else 128 + how), how  # Python was only starting
    assert "Traceback" not in err, err
    return process.returncode, how


def undisturbed(clinic: ClinicFolder) -> tuple[dict[str, bytes], float]:
    """Give the files of a run that nobody stops, and how long it takes."""
    folder = clinic.path
    finished(clinic)  # lays out what is kept
    start = time.monotonic()
    process = started(folder)
    process.communicate()
    took_s = time.monotonic() - start
    assert process.returncode == 6, "three rows are bad"
    whole = files(folder / "out")
    assert set(whole) == {
        "run.pdf", "run-manifest.csv", "run-manifest.json", "run-failed.csv", "run-ticket.pdf",
        "run-ticket.json",
    }  # fmt: skip
    return whole, took_s


def finished(clinic: ClinicFolder, *options: str) -> None:
    """Print a run, or what is left of it, that nobody stops: in this process, which is ready."""
    outcome = clinic.run("batch", "people.csv", "-q", *options)
    assert outcome.code == 6, "three rows are bad"


def begin_anew(out: Path, before: bytes | None) -> None:
    for path in out.iterdir():
        path.unlink()
    if before is not None:
        (out / "run.pdf").write_bytes(before)


def test_a_run_killed_at_random_moments_loses_and_doubles_nothing(
    clinic_folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = clinic_folder.path, clinic_folder.out
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    (folder / "people.csv").write_text(roster(), encoding="utf-8")
    whole, took_s = undisturbed(clinic_folder)
    begin_anew(out, None)
    chance = random.Random(SEED)  # noqa: S311
    seen: Counter[str] = Counter()
    before: bytes | None = None
    while seen["killed"] < MOMENTS:
        code, how = stopped(folder, chance, took_s)
        if code == 6:
            seen["done before it was killed"] += 1
        else:
            assert code == (-how if how is signal.SIGKILL else 128 + how), (how, code)
            now = (out / "run.pdf").read_bytes() if (out / "run.pdf").exists() else None
            assert now in {before, whole["run.pdf"]}, "a half-written file"
            seen["killed"] += 1
            seen[f"by {how.name}"] += 1
            seen["with the file in place already"] += now == whole["run.pdf"]
            seen["with parts to go on with"] += any(out.glob("run.pdf.parts/part-?????????"))
            if chance.random() < 0.6 and seen["killed"] < MOMENTS:
                continue
            finished(clinic_folder, "--resume")
        seen["finished and compared"] += 1
        assert files(out) == whole
        before = chance.choice([None, b"what was there before"])
        begin_anew(out, before)
    sys.stdout.write("".join(f"{count:4} {what}\n" for what, count in seen.items()))
