"""Disks that are full or read-only: one true sentence, nothing left, nothing half."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from attacks.case import Case
from attacks.machine import FIRST_ON_PATH
from attacks.pdf_writer import pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MACHINE = frozenset({5})
OLD = b"what was there before"
ADA = ("sheet", "--for", "Ada Sample", "--exercise", "suboccipital-release")
COMMANDS: dict[str, tuple[str, ...]] = {
    "sheet": (*ADA, "-o", "to/own.pdf"),
    "sheet, no name": ADA,
    "sheet, saved": (*ADA, "-o", "to/own.pdf", "--save", "to/own.yaml"),
    "build": ("build", "testimonials", "--out", "to", "-q"),
    "build press": ("build", "testimonials", "--profile", "press", "--proof", "--out", "to", "-q"),
    "batch": ("batch", "people.csv", "-o", "to/run.pdf", "-q"),
    "batch each": ("batch", "people.csv", "-o", "to/run.pdf", "--each", "to/each", "-q"),
    "preview": ("preview", "testimonials", "--out", "to", "-q"),
    "impose": ("impose", "given.pdf", "--scheme", "2-up", "--paper", "tabloid", "-o", "to/up.pdf"),
    "roster template": ("roster", "template", "to/people.csv"),
    "roster template, workbook": ("roster", "template", "to/people.xlsx"),
    "roster check": ("roster", "check", "people.csv", "--failed", "to/failed.csv", "-q"),
    "new": ("new", "to/another"),
}  # fmt: skip
FULL = """
import errno, os
left = [{writes}]
def full(real):
    def maybe(*args, **kwargs):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.{error}, os.strerror(errno.{error}))
        return real(*args, **kwargs)
    return maybe
for name in {names!r}:
    setattr(os, name, full(getattr(os, name)))
"""
"""A `sitecustomize` that lets a step of writing fail from the n-th time on."""
PARTS = "to/run.pdf.parts"
"""What a run may leave, to go on with."""
STEPS = ("fsync", "replace", "rename", "link")


def files(clinic: Path) -> Path:
    """Put what the commands read into a clinic's folder; give the folder to write to."""
    to = clinic / "to"
    to.mkdir(exist_ok=True)
    rows = [f"r{n},Ada Sample{n},neck-and-head-start" for n in range(3)]
    rows.append("r3,Ada Sample3,nowhere")
    (clinic / "people.csv").write_text("\n".join(("id,name,programme", *rows)), encoding="utf-8")
    (clinic / "given.pdf").write_bytes(pdf({}))
    return to


def old_files(to: Path) -> None:
    """Put older output where the commands write, so that its loss would be seen."""
    for name in (
        "own.pdf",
        "run.pdf",
        "run-manifest.csv",
        "run-ticket.json",
        "testimonials.pdf",
        "up.pdf",
    ):
        (to / name).write_bytes(OLD)
    (to.parent / "out").mkdir(exist_ok=True)


def _failing(error: str, step: str, writes: int) -> Callable[[Path], None]:
    def prepare(clinic: Path) -> None:
        old_files(files(clinic))
        first = clinic.parent / "first"
        first.mkdir()
        text = FULL.format(writes=writes, error=error, names=[step])
        (first / "sitecustomize.py").write_text(text, encoding="utf-8")

    return prepare


def mounted(clinic: Path, options: str, filling: Callable[[Path], None]) -> None:
    """Mount a small disk at the folders to write to; `unmount` takes it away."""
    files(clinic)
    old_files(clinic / "to")
    for name in ("to", "out"):
        folder = clinic / name
        aside = clinic / f"{name}-aside"
        folder.rename(aside)
        folder.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], check=True)
        shutil.copytree(aside, folder, dirs_exist_ok=True)
        shutil.rmtree(aside)
        filling(folder)
        if options:
            subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True)


def unmount(clinic: Path) -> None:
    """Take the small disks away."""
    for name in ("to", "out"):
        subprocess.run(["umount", "-l", clinic / name], check=False)


def _fill(folder: Path) -> None:
    """Leave a few kilobytes of a disk free."""
    with (folder / "ballast").open("wb") as file:
        file.write(bytes(200_000))


def _mounted(options: str, filling: Callable[[Path], None]) -> Callable[[Path], None]:
    return lambda clinic: mounted(clinic, options, filling)


def _nothing(folder: Path) -> None:
    """Leave a disk as it is."""


def _read_only_folder(clinic: Path) -> None:
    to = files(clinic)
    old_files(to)
    for folder in (to, clinic / "out"):
        folder.chmod(0o500)


def _seconds(kind: str) -> float:
    """Give the limit of a command: a run of several sheets takes longer than one."""
    return 60 if kind.startswith("batch") else 20


def cases() -> Iterator[Case]:
    """Give each command with each kind of failing disk."""
    for kind, command in COMMANDS.items():
        codes, may_change = MACHINE | {0}, PARTS
        if kind == "roster check":  # says with 3 that a row is wrong, once its list is written
            codes, may_change = MACHINE | {3}, "to/failed.csv"
        if kind.startswith("batch"):  # says with 6 that a row is wrong, once the others are printed
            codes |= {6}
        if kind == "preview":  # the pictures are drawn of files that are there
            may_change = ("to/testimonials.pdf", "to/.handouts.json")
        for step in STEPS:
            for error in ("ENOSPC", "EIO", "EROFS"):
                for writes in (0, 2) if error == "ENOSPC" else (0,):
                    yield Case(
                        f"disk {kind}", f"{error} at {step}, after {writes}", command,
                        _failing(error, step, writes), "", codes, may_change=may_change,
                        env={FIRST_ON_PATH: "{clinic}/../first"}, seconds=_seconds(kind),
                    )  # fmt: skip
        if os.geteuid() == 0:
            for name, options, filling in (("full", "", _fill), ("read-only", "ro", _nothing)):
                yield Case(
                    f"disk {kind}", name, command, _mounted(options, filling), "",
                    codes if name == "full" else MACHINE, may_change=may_change,
                    seconds=_seconds(kind), clean=unmount,
                )  # fmt: skip
        else:
            yield Case(
                f"disk {kind}", "a folder that is closed", command, _read_only_folder, "", MACHINE
            )
