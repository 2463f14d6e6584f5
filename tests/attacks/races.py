"""Commands at the same moment in the same folder: whose file is whose."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attacks.case import make_clinic
from attacks.machine import FIRST_ON_PATH, GONE_S, HANDOUTS, said, start

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from attacks.machine import Watched

SLOW_DISK = """
import os, random, time
chance = random.Random(os.getpid())
def slow(real):
    def later(*args, **kwargs):
        time.sleep(chance.uniform(0, {most_s}))
        return real(*args, **kwargs)
    return later
for name in ("fsync", "replace", "rename", "link", "unlink"):
    setattr(os, name, slow(getattr(os, name)))
"""
"""A `sitecustomize` that lets each step of writing a file wait, as a slow disk does."""
REPORTED = re.compile(r"^(\S+\.pdf)  \d+ sides?,", re.MULTILINE)
LETTERS = "abcdefghijklmnop"
LOCKED = 5


def patient(number: int) -> str:
    """Give a plainly fictional patient, whose name no other one's holds."""
    word = "".join(LETTERS[int(digit, 16)] for digit in f"{number:05x}")
    return f"Ada {word.title()}sample"


def slow_disk(folder: Path, most_s: float = 0.05) -> dict[str, str]:
    """Write what slows a command's disk down, and give the environment that lets it in."""
    folder.mkdir(exist_ok=True)
    text = SLOW_DISK.format(most_s=most_s)
    (folder / "sitecustomize.py").write_text(text, encoding="utf-8")
    return {FIRST_ON_PATH: str(folder)}


@dataclass(frozen=True)
class Running:
    """A command of a race, and the folder whose name its output bears."""

    watched: Watched
    said_in: Path

    def ended(self, most_s: float = 120) -> tuple[int, str, str]:
        """Wait for it; give its exit code, standard output and standard error."""
        late = not self.watched.ends_by_itself(most_s)
        if late:
            self.watched.end()
        code, (out, err) = self.watched.process.wait(), said(self.said_in)
        return code, out, f"{err}\nstill ran after {most_s:g} s" if late else err


def run_at_once(
    commands: Sequence[Sequence[str]], clinic: Path, env: Mapping[str, str]
) -> list[Running]:
    """Start commands in one folder at the same moment."""
    running = []
    for number, command in enumerate(commands):
        said_in = clinic.with_name(f"{clinic.name}-{number}")
        running.append(Running(start(command, clinic, env, said_as=said_in), said_in))
    return running


def words(pdf: Path) -> str:
    """Give a file's text, spaces made one."""
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=False)
    return " ".join(done.stdout.decode(errors="replace").split())


def _left(running: Sequence[Running]) -> list[str]:
    return [f"left {line}" for each in running for line in each.watched.left_after(GONE_S)]


def _staged(folder: Path) -> list[str]:
    known = {".handouts.json"}
    return [
        f"left {path.name}"
        for path in folder.rglob(".*")
        if path.name not in known and ("handouts" in path.name or "staged" in path.name)
    ]


def sheets(
    folder: Path,
    numbers: Sequence[int],
    env: Mapping[str, str],
    program: Sequence[str] = HANDOUTS,
) -> list[str]:
    """Print sheets of different patients at once, no output named; name what went wrong."""
    clinic = make_clinic(folder / "clinic")
    names = [patient(number) for number in numbers]
    try:
        running = run_at_once(
            [
                [*program, "sheet", "--for", name, "--exercise", "suboccipital-release"]
                for name in names
            ],
            clinic,
            env,
        )
        faults, files = [], []
        for name, each in zip(names, running, strict=True):
            code, out, err = each.ended()
            found = REPORTED.search(out)
            if code or not found:
                faults.append(f"exit {code}: {err.strip()[-150:]}")
                continue
            files.append(found[1])
            faults += _whose(clinic / found[1], name, names)
        if len(set(files)) != len(files):
            faults.append("one file was reported by two commands")
        written = {path.relative_to(clinic).as_posix() for path in clinic.rglob("*.pdf")}
        if written != set(files):
            faults.append(f"{len(written)} files for {len(set(files))} reports")
        return faults + _left(running) + _staged(clinic)
    finally:
        shutil.rmtree(folder)


def _whose(pdf: Path, name: str, names: Sequence[str]) -> list[str]:
    text = words(pdf) if pdf.is_file() else ""
    if f"For {name}" not in text:
        others = [other for other in names if other in text]
        return [f"{pdf.name} was reported for {name} and is for {others or 'nobody'}"]
    return [f"{pdf.name} also holds {other}" for other in names if other != name and other in text]


def same_name(
    folder: Path,
    numbers: tuple[int, int],
    env: Mapping[str, str],
    program: Sequence[str] = HANDOUTS,
) -> list[str]:
    """Print two patients' sheets into one named file at once; each report must be true.

    The file is one of the two, whole; where a command succeeded first and the other one wrote
    after it, the other one must have succeeded as well.
    """
    clinic = make_clinic(folder / "clinic")
    names = [patient(number) for number in numbers]
    try:
        running = run_at_once(
            [
                [
                    *program,
                    "sheet",
                    "--for",
                    name,
                    "--exercise",
                    "suboccipital-release",
                    "-o",
                    "own.pdf",
                ]
                for name in names
            ],
            clinic,
            env,
        )
        ends = [each.ended() for each in running]
        held = [name for name in names if f"For {name}" in words(clinic / "own.pdf")]
        done = [name for name, (code, *_) in zip(names, ends, strict=True) if code == 0]
        faults = []
        if len(held) != 1:
            faults.append(f"the file is for {held or 'nobody'}")
        elif done and held[0] not in done:
            faults.append("a command that failed has overwritten the file of one that did not")
        for code, _, err in ends:
            if code not in {0, LOCKED} or "Traceback" in err:
                faults.append(f"exit {code}: {err.strip()[-150:]}")
            elif code and "own.pdf" not in err:
                faults.append(f"does not say which file: {err.strip()[-150:]}")
        return faults + _left(running) + _staged(clinic)
    finally:
        shutil.rmtree(folder)


ROWS = 30
ODD_ROW = 7
"""A row of each roster that can't be printed, so that there is a list of failed rows."""


def roster(run: str) -> str:
    """Give a roster whose ids and names bear the run's own word."""
    lines = ["id,name,programme"]
    for number in range(ROWS):
        programme = "nowhere" if number == ODD_ROW else "neck-and-head-start"
        lines.append(f"{run}-{number},{run.title()} Sample{number},{programme}")
    return "\n".join(lines) + "\n"


def runs(
    folder: Path, chance: random.Random, env: Mapping[str, str], program: Sequence[str] = HANDOUTS
) -> list[str]:
    """Print two runs at one output; what lies there must be one run's, whole."""
    clinic = make_clinic(folder / "clinic")
    names = ("first", "other")
    try:
        for name in names:
            (clinic / f"{name}.csv").write_text(roster(name), encoding="utf-8")
        running = []
        for number, name in enumerate(names):
            said_in = clinic.with_name(f"clinic-{number}")
            command = [*program, "batch", f"{name}.csv", "-o", "out/run.pdf"]
            watched = start(command, clinic, env, said_as=said_in)
            running.append(Running(watched, said_in))
            if number == 0:
                watched.ends_within(chance.choice((0.0, chance.uniform(0, 3))))
        ends = [each.ended() for each in running]
        faults = []
        for name, (code, _, err) in zip(names, ends, strict=True):
            if code not in {6, LOCKED} or "Traceback" in err:
                faults.append(f"{name}: exit {code}: {err.strip()[-150:]}")
            elif code == LOCKED and not re.search(r"run\.pdf", err):
                faults.append(f"{name} does not say who holds what: {err.strip()[-150:]}")
        if all(code != 6 for code, *_ in ends):
            faults.append("no run was printed")
        else:
            faults += belongs_together(clinic / "out", names)
        return faults + _left(running) + _staged(clinic)
    finally:
        shutil.rmtree(folder)


def belongs_together(out: Path, names: Sequence[str]) -> list[str]:
    """See that a run's file, manifests, list of failed rows and ticket are one run's."""
    wanted = [
        f"run{end}"
        for end in (
            ".pdf",
            "-manifest.csv",
            "-manifest.json",
            "-failed.csv",
            "-ticket.json",
            "-ticket.pdf",
        )
    ]
    if lacking := [name for name in wanted if not (out / name).is_file()]:
        return [f"lacks {', '.join(lacking)}"]
    faults = []
    text = words(out / "run.pdf")
    owners = [name for name in names if f"For {name.title()} Sample0" in text]
    if len(owners) != 1:
        return [f"the file holds the sheets of {owners or 'nobody'}"]
    (owner,) = owners
    printed = len(re.findall(rf"For {owner.title()} Sample\d+", text))
    if printed < ROWS - 1:
        faults.append(f"{printed} of {ROWS - 1} sheets are in the file")
    with (out / "run-manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.reader(file))
    if not all(any(cell.startswith(f"{owner}-") for cell in row) for row in listed[1:]):
        faults.append("the manifest is the other run's")
    manifest = json.loads((out / "run-manifest.json").read_text(encoding="utf-8"))
    ticket = json.loads((out / "run-ticket.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256((out / "run.pdf").read_bytes()).hexdigest()
    for name, tree in (("manifest", manifest), ("ticket", ticket)):
        written = json.dumps(tree)
        if name == "ticket" and digest not in written:
            faults.append("the ticket's checksum is not the file's")
        others = [other for other in names if other != owner and f'"{other}-' in written]
        if others:
            faults.append(f"the {name} is the other run's")
    if f"{owner}-{ODD_ROW}" not in (out / "run-failed.csv").read_text(encoding="utf-8-sig"):
        faults.append("the list of failed rows is the other run's")
    return faults
