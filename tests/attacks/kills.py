"""Commands that are killed at random moments: who stays, what is left, who could read the name."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attacks.case import make_clinic
from attacks.machine import GONE_S, HANDOUTS, LOOK_EVERY_S, said, start
from attacks.pdf_writer import pdf

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from attacks.machine import Watched

NAME = "Quizzyla"
"""Stands in every patient's name of a killed command, and nowhere else."""
PRESCRIPTION = f"""patient: {NAME} Sample
programme: neck-and-head-start
clinician: natalie
"""
ROWS = 12
SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL)
MOST_S = 60
OLD = b"what was there before"


@dataclass(frozen=True)
class Command:
    """A command to kill: its words, and what it may write."""

    words: tuple[str, ...]
    writes: tuple[str, ...] = ()
    codes: frozenset[int] = frozenset({0})
    """How it may end where it was quicker than the signal."""
    typed: str = ""
    """What it reads from standard input."""


RUN = tuple(
    f"out/run{end}"
    for end in (
        ".pdf", "-manifest.csv", "-manifest.json", "-failed.csv", "-ticket.pdf", "-ticket.json"
    )
)  # fmt: skip
PARTS = "out/run.pdf.parts"
"""What the docs name as what holds names while a run is not done."""
COMMANDS: dict[str, Command] = {
    "sheet": Command(("sheet", "own.yaml", "-o", "out/own.pdf", "-q"), ("out/own.pdf",)),
    "sheet, a name that is typed": Command(
        ("sheet", "--for", "-", "--programme", "neck-and-head-start", "-o", "out/own.pdf", "-q"),
        ("out/own.pdf",),
        typed=f"{NAME} Sample\n",
    ),
    "sheet, a prescription that is typed": Command(
        ("sheet", "-", "-o", "out/own.pdf", "-q"), ("out/own.pdf",), typed=PRESCRIPTION
    ),
    "build": Command(("build", "-q"), ("out/*.pdf", "out/.handouts.json")),
    "batch": Command(("batch", "people.csv", "-q"), RUN),
    "preview": Command(
        ("preview", "testimonials", "-q"), ("out/preview/*", "out/*.pdf", "out/.handouts.json")
    ),
    "impose": Command(
        ("impose", "given.pdf", "--scheme", "2-up", "--paper", "tabloid", "-o", "out/up.pdf"),
        ("out/up.pdf",),
    ),
    "preflight": Command(
        ("preflight", "given.pdf", "--profile", "office"), codes=frozenset({4})
    ),
    "check": Command(("check", "-q")),
    "new": Command(("new", "another"), ("another", "another/*", "another/*/*")),
    "roster check": Command(("roster", "check", "people.csv", "-q")),
    "roster template": Command(("roster", "template", "out/new.csv"), ("out/new.csv",)),
}  # fmt: skip


@dataclass(frozen=True)
class Killed:
    """What a kill showed."""

    command: str
    how: str
    after_s: float
    code: int
    faults: tuple[str, ...]


def heed_signals() -> None:
    """See that the signals reach what is started from here.

    What is started in the background, or by ``nohup``, ignores some, and hands that on.
    """
    for how in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        if signal.getsignal(how) is signal.SIG_IGN:
            signal.signal(how, signal.SIG_DFL)


def prepare(clinic: Path) -> None:
    """Make a clinic's folder with what the commands read, and what they may write over."""
    make_clinic(clinic)
    (clinic / "own.yaml").write_text(PRESCRIPTION, encoding="utf-8")
    rows = [f"r{n},{NAME} Sample{n},neck-and-head-start" for n in range(ROWS)]
    (clinic / "people.csv").write_text("\n".join(("id,name,programme", *rows)), encoding="utf-8")
    (clinic / "given.pdf").write_bytes(pdf({}))
    (clinic / "out").mkdir()
    for name in ("own.pdf", "run.pdf", "testimonials.pdf", "up.pdf"):
        (clinic / "out" / name).write_bytes(OLD)


@dataclass(frozen=True)
class Killer:
    """What all kills of a series share."""

    folder: Path
    chance: random.Random
    env: Mapping[str, str]
    gone_s: float = GONE_S
    """So long after a kill no process may be left."""
    program: Sequence[str] = HANDOUTS

    def undisturbed_s(self, name: str) -> float:
        """Give how long a command takes when nobody kills it; what it keeps is kept afterwards.

        Raises:
            ValueError: the command does not do its work, so that to kill it would show nothing.

        """
        command, clinic = COMMANDS[name], self.folder / "clinic"
        prepare(clinic)
        words = [*self.program, *command.words]
        watched = start(words, clinic, self.env, typed=command.typed)
        if not watched.ends_by_itself(MOST_S):
            watched.end()
        code = watched.process.wait()
        took_s = time.monotonic() - watched.began
        if code not in command.codes:
            raise ValueError(f"{name} ends with {code}: {said(clinic)[1][-200:]}")
        shutil.rmtree(self.folder)
        return took_s

    def kill(self, name: str, how: signal.Signals, most_s: float) -> Killed:
        """Kill a command at a random moment within so many seconds: the first process, or all."""
        command, clinic, scratch = COMMANDS[name], self.folder / "clinic", self.folder / "tmp"
        scratch.mkdir(parents=True)
        try:
            heed_signals()
            prepare(clinic)
            before = _files(clinic)
            after_s, whole_group = self.chance.uniform(0, most_s), self.chance.random() < 0.5
            env = {"TMPDIR": str(scratch), **self.env}
            watched = start([*self.program, *command.words], clinic, env, typed=command.typed)
            shown = _shown_until(watched, after_s)
            with suppress(ProcessLookupError):
                if whole_group:
                    os.killpg(watched.process.pid, how)
                else:
                    watched.process.send_signal(how)
            faults = [f"stays: {line}" for line in watched.left_after(self.gone_s)]
            shown = shown or NAME.encode() in watched.seen_by_others()
            watched.end()
            code = watched.process.wait()
            if shown:
                faults.append("the name was to be seen by every user")
            faults += _ended(command, how, code, clinic)
            faults += _lying_about(command, how, clinic, before, scratch)
            who = "all" if whole_group else "the first"
            return Killed(name, f"{how.name} to {who}", after_s, code, tuple(faults))
        finally:
            shutil.rmtree(self.folder)


def _shown_until(watched: Watched, after_s: float) -> bool:
    """Wait, and say whether the name was to be seen meanwhile."""
    shown = False
    end = watched.began + after_s
    while (left_s := end - time.monotonic()) > 0 and not watched.ends_within(
        min(LOOK_EVERY_S, left_s)
    ):
        shown = shown or NAME.encode() in watched.seen_by_others()
    return shown


def _ended(command: Command, how: signal.Signals, code: int, clinic: Path) -> list[str]:
    """Judge the exit code; a shell shows a process that a signal ended as 128 + the signal."""
    _, err = said(clinic)
    starting = how is signal.SIGINT and err.rstrip().endswith(("KeyboardInterrupt", "Aborted!"))
    if starting and code in {1, 130, -how}:
        return []  # Python itself was only starting
    faults = []
    if code not in {-how, 128 + how, *command.codes}:
        faults.append(f"exit {code}: {err.strip()[-100:]}")
    if "Traceback" in err:
        faults.append(f"traceback: {err.strip().splitlines()[-1][:100]}")
    if NAME in err:
        faults.append("a message holds the name")
    return faults


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _lying_about(
    command: Command,
    how: signal.Signals,
    clinic: Path,
    before: Mapping[str, bytes],
    scratch: Path,
) -> list[str]:
    """Name what lies about that should not.

    A lock, or a folder of fonts, may outlive the command: it holds nobody's name, and the next
    command takes it away.
    """
    after = _files(clinic)
    faults = [f"{name} is gone" for name in before.keys() - after.keys()]
    for name, data in after.items():
        path = clinic / name
        if data == before.get(name):
            continue
        if any(path.relative_to(clinic).match(written) for written in command.writes):
            faults += _half(path, data)
        elif name.startswith(f"{PARTS}/"):
            continue
        elif _may_hold_the_name(data):
            faults.append(f"{name} is left, with what is a patient's")
        elif how is not signal.SIGKILL:
            faults.append(f"{name} is left")
    faults += [
        f"{name} is left in the folder for temporary files, with what is a patient's"
        for name, data in _files(scratch).items()
        if _may_hold_the_name(data)
    ]
    return faults


def _may_hold_the_name(data: bytes) -> bool:
    """Say whether a file holds the name, or is a PDF, whose words are packed."""
    return NAME.encode() in data or data.startswith(b"%PDF")


def _half(path: Path, data: bytes) -> list[str]:
    """Name a file that was not written to its end."""
    if path.suffix == ".pdf":
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, check=False)
        return [f"{path.name} is half a file"] if done.returncode not in {0, 3} else []
    if path.suffix == ".json":
        try:
            json.loads(data)
        except ValueError:
            return [f"{path.name} is half a file"]
    return [] if data.endswith((b"\n", b"IEND\xaeB`\x82")) else [f"{path.name} is half a file"]
