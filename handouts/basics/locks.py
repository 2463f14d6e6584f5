"""Locks between commands: each ends with the process that holds it, however that ends."""

from __future__ import annotations

import os
import platform
import sys
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handouts.basics.errors import MachineError
from handouts.basics.findings import Place
from handouts.basics.settings import Setting, named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OWNER_ONLY = 0o600
_FAR = 1 << 30
"""Windows locks bytes: one behind all that is written, so that the owner can still be read."""


def try_to_hold(descriptor: int, *, wait: bool = False) -> bool:
    """Take the lock of an open file, which its descriptor keeps; say whether it is ours."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - only there

            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def is_free(path: Path) -> bool:
    """Say whether no process holds a file's lock.

    Raises:
        OSError: it can't be opened.

    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return try_to_hold(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def folder_held(folder: Path) -> Iterator[None]:
    """Wait until no other command puts files into a folder, and keep others waiting.

    On Windows a folder can't be held.
    """
    if sys.platform == "win32":
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try_to_hold(descriptor, wait=True)
        yield
    finally:
        os.close(descriptor)


def lock_of(path: Path) -> Path:
    """Name the lock of a file that a command writes: it stands beside it, hidden."""
    return path.with_name(f".{path.name}.lock")


@contextmanager
def locked(path: Path, setting: Setting) -> Iterator[None]:
    """Hold the lock of a file while it is worked on; ``path`` need not be there yet.

    ``setting`` is what gave the file its name.

    Raises:
        MachineError: another command holds it, which is named; it is not waited for.
        OSError: the folder can't be written.

    """
    lock = lock_of(path)
    with ExitStack() as end:
        descriptor = _held(lock, path, setting, end)
        os.truncate(descriptor, 0)
        now = f"{datetime.now(tz=UTC).astimezone():%Y-%m-%d %H:%M}"
        owner = f"process {os.getpid()} on {platform.node()}, since {now}"
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, owner.encode())
        yield


def _held(lock: Path, path: Path, setting: Setting, end: ExitStack) -> int:
    """Open and hold a lock's file; one that its owner took away meanwhile is opened anew."""
    while True:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(lock, flags, _OWNER_ONLY)
        end.callback(_let_go, lock, descriptor)
        if not try_to_hold(descriptor):
            owner = os.read(descriptor, 200).decode(errors="replace")
            raise MachineError.because(
                f"another command is writing {path.name}",
                why=owner,
                mend=f"wait until it is done, or give another name with {named(setting)}",
                place=Place(file=str(path)),
            )
        if _is_at(lock, descriptor):
            return descriptor


def _let_go(lock: Path, descriptor: int) -> None:
    """Close a lock's file, and take it away where it is ours, whenever the command was ended."""
    if try_to_hold(descriptor) and _is_at(lock, descriptor):
        lock.unlink(missing_ok=True)
    os.close(descriptor)


def _is_at(lock: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), lock.stat())
    except FileNotFoundError:
        return False
