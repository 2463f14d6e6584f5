"""Commands in processes of their own that a test stops: when they are where it wants them.

Nothing here waits for a number of seconds: a machine may have other work to do. ``MOST_S`` is
only when a test gives up.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conftest import MOST_S, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HANDOUTS = (sys.executable, "-m", "handouts")
LOOK_EVERY_S = 0.005
GONE_S = 10
"""What is told to end does so within milliseconds of a processor; what stays, stays."""
_HOLD = f"""
import fnmatch, os, time
real = os.fsync
def fsync(file):
    name = os.path.basename(os.readlink("/proc/self/fd/%d" % file))
    if fnmatch.fnmatch(name, os.environ["HOLD_AT"]):
        open(os.environ["HELD"], "w").close()
        end = time.monotonic() + {MOST_S}
        while os.path.exists(os.environ["HELD"]) and time.monotonic() < end:
            time.sleep({LOOK_EVERY_S})
    real(file)
os.fsync = fsync
"""
"""Holds a command where it is about to have a file with a certain name whole on the disk."""


def started(
    folder: Path, *args: str, command: tuple[str, ...] = HANDOUTS, path: str = "", **options: object
) -> subprocess.Popen[str]:
    """Start a command in a session of its own; ``path`` is what Python looks into first."""
    return subprocess.Popen(
        [*command, *args],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, (path, str(ROOT), str(ROOT / "tests")))),
        },
        text=True,
        start_new_session=True,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
    )  # type: ignore[call-overload,no-any-return]


@contextmanager
def held(
    folder: Path,
    *args: str,
    at: str,
    until: Callable[[subprocess.Popen[str]], object] | None = None,
    command: tuple[str, ...] = HANDOUTS,
) -> Iterator[subprocess.Popen[str]]:
    """Start a command, hold it where it finishes a file whose name fits ``at``, and wait for that.

    Or ``until`` something else is so. At the end it is killed, if the test has not done so.
    """
    hold = folder / "hold"
    hold.mkdir(exist_ok=True)
    (hold / "sitecustomize.py").write_text(_HOLD, encoding="utf-8")
    mark = hold / "held"
    mark.unlink(missing_ok=True)
    words = ("env", f"HOLD_AT={at}", f"HELD={mark}", *command)
    process = started(folder, *args, command=words, path=str(hold))
    try:
        wait_for((lambda: until(process)) if until else mark.exists, process)
        yield process
    finally:
        process.kill()
        process.communicate()


def release(folder: Path) -> None:
    """Let a command go on that is held in a folder."""
    (folder / "hold" / "held").unlink()


def wait_for(there: Callable[[], object], process: subprocess.Popen[Any]) -> None:
    """Wait until something is there that a process makes; it must not end before."""
    end = time.monotonic() + MOST_S
    while not there():
        assert process.poll() is None, f"it was done before it could be disturbed: {process}"
        assert time.monotonic() < end, "it hangs"
        time.sleep(LOOK_EVERY_S)


def waits_for_keys(process: subprocess.Popen[Any]) -> bool:
    """Say whether a process that has written its question sleeps: it reads the answer."""
    state = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0]
    return state == "S"


def session(leader: int) -> list[int]:
    """Name the processes of a session that are at work: the command, and all that it began."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, number, *_ = path.read_text().rpartition(")")[2].split()
            if int(number) == leader and state != "Z":
                found.append(int(path.parent.name))
    return found


def wait_until_gone(leader: int) -> None:
    """Wait until nothing of a session is left; what is not killed stays for ever."""
    end = time.monotonic() + GONE_S
    while left := session(leader):
        assert time.monotonic() < end, f"processes are left: {left}"
        time.sleep(LOOK_EVERY_S)
