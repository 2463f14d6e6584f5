"""Run the attacks whole, print what each did, and end with 1 where any was not withstood."""

from __future__ import annotations

import argparse
import fnmatch
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from attacks.case import Case, Verdict, make_clinic, run_case
from attacks.catalogue import every_case
from attacks.series import SERIES

if TYPE_CHECKING:
    from collections.abc import Sequence

AT_ONCE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="attacks", description=__doc__)
    parser.add_argument(
        "patterns",
        nargs="*",
        default=["*"],
        help="KIND/CASE, such as 'svg build/use*'; all if none",
    )
    parser.add_argument("--make", type=Path, metavar="DIR", help="make the files; run nothing")
    parser.add_argument("--seed", type=int, default=11, help="for what is left to chance")
    parser.add_argument(
        "--patience", type=float, default=1, help="times as long, on a busy machine"
    )
    asked = parser.parse_args(arguments)
    cases = [case for case in every_case() if _wanted(f"{case.kind}/{case.name}", asked.patterns)]
    if asked.make:
        return _make(cases, asked.make)
    with tempfile.TemporaryDirectory(prefix="attacks-") as folder:
        faults = _run_cases(cases, Path(folder), asked.patience)
        for name, series in SERIES.items():
            if _wanted(name, asked.patterns):
                faults += series(Path(folder), asked.seed, _say)
    _say(f"{faults} not withstood" if faults else "all withstood")
    return 1 if faults else 0


def _wanted(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _make(cases: Sequence[Case], folder: Path) -> int:
    for number, case in enumerate(cases, 1):
        clinic = folder / str(number) / "clinic"
        case.prepare(make_clinic(clinic))
        _say(f"{clinic}: handouts {' '.join(case.command)}  # {case.kind}/{case.name}")
    return 0


def _run_cases(cases: Sequence[Case], folder: Path, patience: float) -> int:
    """Run cases, and print a row for each as it ends; give how many were not withstood."""
    env = {"XDG_CACHE_HOME": str(folder / "cache")}
    faults = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = partial(_run_one, folder, env, patience)
        for verdict in pool.map(running, enumerate(cases)):
            _say(" | ".join(verdict.row))
            faults += bool(verdict.faults)
    if cases:
        _say(f"{len(cases)} cases, {faults} not withstood")
    return faults


def _run_one(
    folder: Path, env: dict[str, str], patience: float, numbered: tuple[int, Case]
) -> Verdict:
    number, case = numbered
    return run_case(case, folder / f"case-{number}", env, patience=patience)


if __name__ == "__main__":
    sys.exit(main())
