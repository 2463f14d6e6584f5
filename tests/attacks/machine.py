"""A command watched from outside: its time, the memory of all its processes, and who is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
HANDOUTS = (sys.executable, "-m", "handouts")
MARK = "HANDOUTS_ATTACK"
"""Each watched command has its own value of it in its environment, and so has all it starts."""
LOOK_EVERY_S = 0.1
"""More often would cost more than many a command does."""
GONE_S = 2.0
"""After so long no process of an ended command may be left."""
MOST_SAID = 200_000
FIRST_ON_PATH = "ATTACKS_FIRST_ON_PATH"
"""A folder that Python looks into first, for a `sitecustomize` of an attack's own."""
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Watched:
    """A command that runs, and what was seen of it so far."""

    process: subprocess.Popen[bytes]
    mark: str
    began: float = field(default_factory=time.monotonic)
    most_bytes: int = 0

    def processes(self) -> list[int]:
        """Give every living process of the command: of its session, or bearing its mark."""
        return [pid for pid in _all_processes() if self._owns(pid)]

    def _owns(self, pid: int) -> bool:
        if pid == os.getpid():
            return False
        try:
            fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
            if fields[0] in {b"Z", b"X"}:
                return False
            if int(fields[3]) == self.process.pid:
                return True
            return self.mark.encode() in Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            return False

    def ends_within(self, seconds: float) -> bool:
        """Wait so long for the first process; say whether it has ended."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self) -> None:
        """Kill whatever is left of the command, and nothing else."""
        while left := self.processes():
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(LOOK_EVERY_S)

    def ends_by_itself(self, most_s: float) -> bool:
        """Wait until the first process has ended; false where it had so long, and has not."""
        had = HadTime(self)
        while not self.ends_within(LOOK_EVERY_S):
            had.look()
            if had.seconds > most_s:
                return False
        return True

    def left_after(self, seconds: float = GONE_S) -> list[str]:
        """Wait until all processes are gone; name those that had so long, and are not."""
        had = HadTime(self)
        while left := had.look():
            if had.seconds > seconds:
                return [_command_line(pid) or str(pid) for pid in left]
            time.sleep(LOOK_EVERY_S)
        return []

    def look(self) -> None:
        """Take the memory of all processes together, now."""
        self.most_bytes = max(self.most_bytes, sum(map(_resident_bytes, self.processes())))

    def seen_by_others(self) -> bytes:
        """Give all command lines and environments of the command, as ``ps`` shows them."""
        return b"\n".join(
            _read(Path(f"/proc/{pid}/{name}"))
            for pid in self.processes()
            for name in ("cmdline", "environ")
        )


@dataclass
class HadTime:
    """The time that a command had, from when this was made.

    While one of its processes waits for a processor that others use, no time goes by but what it
    computed: on a busy machine to be late is no fault.
    """

    watched: Watched
    seconds: float = 0
    _looked: float = field(default_factory=time.monotonic)
    _computed_s: dict[int, float] = field(default_factory=dict)

    def look(self) -> list[int]:
        """Count the time since the last look; give every living process."""
        living = self.watched.processes()
        now = time.monotonic()
        went_by = now - self._looked
        computed_s = {pid: _computed_s(pid) for pid in living}
        ready = [pid for pid in living if _is_ready(pid)]
        if ready:
            more = max(computed_s[pid] - self._computed_s.get(pid, 0) for pid in ready)
            went_by = min(went_by, more)
        self.seconds += went_by
        self._looked, self._computed_s = now, computed_s
        return living


@dataclass(frozen=True)
class Ended:
    """How a command ended: -signal or its exit code, None where it was cut at a limit."""

    code: int | None
    out: str
    err: str
    seconds: float
    megabytes: int
    limit: str
    """The limit past which it was cut; empty where it ended by itself."""
    left: tuple[str, ...]
    """Command lines of processes that were still there two seconds later."""


def _all_processes() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208 - 5x faster


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _command_line(pid: int) -> str:
    return _read(Path(f"/proc/{pid}/cmdline")).replace(b"\0", b" ").decode(errors="replace")[:120]


def _resident_bytes(pid: int) -> int:
    fields = _read(Path(f"/proc/{pid}/statm")).split()
    return int(fields[1]) * PAGE if fields else 0


def _computed_s(pid: int) -> float:
    """Give how long a process was on a processor."""
    fields = _read(Path(f"/proc/{pid}/schedstat")).split()
    return int(fields[0]) / 1e9 if fields else 0.0


def _is_ready(pid: int) -> bool:
    """Say whether a process computes, or would if it had a processor."""
    return _read(Path(f"/proc/{pid}/stat")).rpartition(b")")[2].split()[:1] == [b"R"]


def start(
    command: Sequence[str],
    folder: Path,
    env: Mapping[str, str] | None = None,
    *,
    typed: str = "",
    said_as: Path | None = None,
) -> Watched:
    """Start a command in a session of its own; what it prints goes into files beside the folder.

    ``typed`` is all that it can read from standard input. ``said_as`` gives the files another
    name, where several commands run in one folder.
    """
    mark = f"{MARK}={uuid.uuid4().hex}"
    names = _said_files(said_as or folder)
    first = (env or {}).get(FIRST_ON_PATH)
    with names[0].open("wb") as out, names[1].open("wb") as err, TemporaryFile() as given:
        given.write(typed.encode())
        given.seek(0)
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={
                **os.environ,
                **(env or {}),
                "PYTHONPATH": os.pathsep.join(filter(None, (first, str(ROOT)))),
                MARK: mark.partition("=")[2],
            },
            stdin=given,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
    return Watched(process, mark)


def _said_files(folder: Path) -> tuple[Path, Path]:
    return folder.with_name(f"{folder.name}.out"), folder.with_name(f"{folder.name}.err")


def said(folder: Path) -> tuple[str, str]:
    """Give what the last command in a folder wrote to standard output and standard error."""
    out, err = (
        path.read_bytes()[:MOST_SAID].decode(errors="replace") for path in _said_files(folder)
    )
    return out, err


def watch(watched: Watched, folder: Path, *, most_s: float, most_mb: int) -> Ended:
    """Wait for a command, cut it at its limits, and see that nothing of it is left."""
    limit = ""
    while not limit and not watched.ends_within(LOOK_EVERY_S):
        watched.look()
        if time.monotonic() - watched.began > most_s:
            limit = f"still ran after {most_s:g} s"
        elif watched.most_bytes > most_mb * 1_000_000:
            limit = f"took more than {most_mb} MB"
    seconds = time.monotonic() - watched.began
    left = () if limit else tuple(watched.left_after())
    watched.end()
    code = watched.process.wait()
    return Ended(
        None if limit else code,
        *said(folder),
        seconds,
        watched.most_bytes // 1_000_000,
        limit,
        left,
    )
