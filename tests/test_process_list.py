"""The list of processes, which every user of a machine can read, holds no patient's words."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from conftest import ClinicFolder

pytestmark = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="no /proc")

WORDS = {
    "--for": "Quizzyla Vexworth",
    "--goal": "Juggle kumquats",
    "--notes": "Beware zugzwang",
    "--next-visit": "Fortnight jabberwock",
    "--beyond-limits": "open-book:reps=12: Wyvern tolerance",
}
OPTIONS = tuple(word for pair in WORDS.items() for word in pair)
ARGS = ("sheet", *OPTIONS, "--exercise", "open-book:side=each", "-o", "s.pdf", "-q")
UNHIDDEN = "from handouts.cli import main; main.main(prog_name='handouts')"
TITLE = b"handouts sheet"


def command_lines(parent: int) -> dict[int, bytes]:
    """Give what the list of processes shows of a process and of all below it."""
    parents, lines = {}, {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
                lines[int(folder.name)] = (folder / "cmdline").read_bytes().rstrip(b"\0")
            except OSError:  # it has just ended
                continue
            parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
    family = {parent}
    while more := {child for child, above in parents.items() if above in family} - family:
        family |= more
    return {number: lines[number] for number in family if number in lines}


def seen(clinic: ClinicFolder, *command: str) -> list[tuple[bool, bytes]]:
    """Give the lines that were shown, in their order, and whether each is the command's own.

    Nothing is kept for the command, so that it has a process of its own lay out.
    """
    shown: dict[tuple[bool, bytes], None] = {}
    fresh = tempfile.mkdtemp(dir=clinic.path.parent)
    with subprocess.Popen(
        [sys.executable, *command],
        cwd=clinic.path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": fresh},
    ) as process:
        while process.poll() is None:
            for number, line in command_lines(process.pid).items():
                shown[number == process.pid, line] = None
    assert process.returncode == 0
    assert (clinic.path / "s.pdf").exists()
    return [(own, line) for own, line in shown if line]


def words_in(line: bytes) -> list[str]:
    return [text for text in WORDS.values() if text.split()[0].encode() in line]


def test_a_sheet_is_only_a_sheet_to_other_users(plain_clinic: ClinicFolder) -> None:
    lines = seen(plain_clinic, "-m", "handouts", *ARGS)
    assert (True, TITLE) in lines
    assert (False, TITLE) in lines, "processes of its own have the same title"
    hidden = lines.index((True, TITLE))
    assert not [line for own, line in lines[hidden:] if words_in(line)]
    assert not [line for own, line in lines if not own and words_in(line)]


def test_the_looking_finds_what_is_there(plain_clinic: ClinicFolder) -> None:
    lines = seen(plain_clinic, "-c", UNHIDDEN, *ARGS)
    assert any(len(words_in(line)) == len(WORDS) for own, line in lines if own)
    assert any(words_in(line) for own, line in lines if not own)


def test_a_name_from_standard_input_is_never_in_the_list(plain_clinic: ClinicFolder) -> None:
    result = subprocess.Popen(
        [sys.executable, "-m", "handouts", "sheet", "--for", "-", *ARGS[-5:]],
        cwd=plain_clinic.path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        text=True,
    )
    assert result.stdin
    result.stdin.write(f"{WORDS['--for']}\nanother line\n")
    result.stdin.close()
    while result.poll() is None:
        assert not [line for line in command_lines(result.pid).values() if words_in(line)]
    assert result.returncode == 0
    words = subprocess.run(
        ["pdftotext", "s.pdf", "-"],
        cwd=plain_clinic.path, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert WORDS["--for"] in words.stdout
    assert "another" not in words.stdout


def test_only_commands_that_hold_words_pay_for_it(tmp_path: Path) -> None:
    probe = (
        "import sys; from handouts.cli import main\n"
        "try:\n main()\nfinally:\n print('setproctitle' in sys.modules)"
    )
    for command, loaded in (("list", False), ("--help", False), ("sheet", True)):
        result = subprocess.run(
            [sys.executable, "-c", probe, command, *(("--help",) if command == "sheet" else ())],
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert result.stdout.splitlines()[-1] == str(loaded), command
