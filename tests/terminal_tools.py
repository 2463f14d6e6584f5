"""A terminal to run handouts in, and what may not reach one."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import termios
from typing import TYPE_CHECKING

from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_STYLE = re.compile(
    r"\x1b\[(?:\d+(?:;\d+)*)?m|\x1b\[\?25[lh]|\x1b\[K"
    r"|\x1b\[\d*[ACD]|\x1b\[J|\x1b\[\?(?:1l|7[lh]|12l|2004[lh])|\x08(?=\x1b\[)"
)
"""What handouts itself sends: colours, and a bar's hidden cursor and cleared line; then what the
editor of a line sends: steps of the cursor, the line drawn anew, and how keys and pastes come."""
_STEERING = re.compile("[\0-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def steering(screen: str) -> list[str]:
    """Give what in a screen's text would steer the terminal."""
    return _STEERING.findall(_STYLE.sub("", screen))


def on_screen(
    *args: str | bytes | Path, cwd: Path, typed: bytes = b"", columns: int = 100
) -> tuple[int, str]:
    """Run handouts with a terminal as all its streams; give its code and what was shown."""
    code, _, screen = on_terminal(*args, cwd=cwd, typed=typed, columns=columns, piped=False)
    return code, screen


def on_terminal(
    *args: str | bytes | Path,
    cwd: Path,
    typed: bytes = b"",
    columns: int = 100,
    piped: bool = True,
) -> tuple[int, str, str]:
    """Run handouts with a terminal as its streams; give its code, output and screen.

    Where it is ``piped``, standard output is no part of the terminal.
    """
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    with subprocess.Popen(
        [sys.executable, "-m", "handouts", *args],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
        stdin=theirs,
        stdout=subprocess.PIPE if piped else theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        if typed:
            os.write(ours, typed)
        screen = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            screen += part
        out = process.stdout.read() if process.stdout else b""
    os.close(ours)
    return process.returncode, out.decode(), screen.decode()
