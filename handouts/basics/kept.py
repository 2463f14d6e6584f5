"""What is kept between commands in the user's cache, and believed only where it is the user's own.

An entry is data, never code, and holds its own digest. Whoever can write into the cache could
still write another drawing or another dose with a right digest. So an entry is believed only
where the folders and the file belong to this user and nobody else may write them; elsewhere
everything is made anew, and one finding says why.

On Windows files have no owner's number to ask for. There the cache lies in the user's profile,
which other users can't write into; a folder that is named elsewhere is taken at its word.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from handouts.basics.findings import Finding, Place, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_OWN_FOLDER = 0o700
_LARGEST_ENTRY_BYTES = 100_000_000
_RECENT_S = 60
"""A disk may write another time than this machine's."""
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


def key_of(*parts: str | bytes) -> str:
    """Give the key of what is made of these parts; each other part gives another key."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(data) + data)
    return digest.hexdigest()


class _DistrustError(Exception):
    """Somebody else may have written what lies at a path."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(why)
        self.finding = Finding(
            "what is kept between commands is not used, so everything is made anew",
            f"{path} {why}",
            "let it be yours, and yours alone to write; or delete it; or name another folder in "
            "XDG_CACHE_HOME",
            Place(file=str(path)),
            Severity.WARNING,
        )


class Cache:
    """One folder of what is kept: read, keep, and make room."""

    def __init__(self, name: str, most_bytes: int) -> None:
        own = user_cache_path("handouts", appauthor=False)
        self.folder = own / name
        self._folders = (own, self.folder)
        self._most_bytes = most_bytes
        self._findings: dict[Finding, None] = {}

    @property
    def report(self) -> Report:
        """What speaks against the cache, as far as it was asked; warnings alone."""
        return Report(tuple(self._findings))

    def read(self, key: str) -> bytes | None:
        """Give what is kept under a key; None where it is not there, not whole or not believed."""
        path = self.folder / key
        try:
            self._see_that_folders_are_own()
            with open(os.open(path, _FLAGS), "rb") as file:  # noqa: PTH123 - of a descriptor
                _see_that_file_is_own(path, os.fstat(file.fileno()))
                identity, _, data = file.read(_LARGEST_ENTRY_BYTES).partition(b"\n")
            if identity != _identity(key, data):
                return None
            os.utime(path)
        except _DistrustError as error:
            self._findings[error.finding] = None
            return None
        except OSError:
            if path.is_symlink():
                self._findings[_DistrustError(path, "is a link").finding] = None
            return None
        return data

    def keep(self, key: str, data: bytes) -> None:
        """Keep something under a key, for the commands that follow."""
        try:
            self._see_that_folders_are_own()
            self._make_folders()
            self._see_that_folders_are_own()
            descriptor, staged = tempfile.mkstemp(prefix=".", dir=self.folder)
            try:
                with open(descriptor, "wb") as file:  # noqa: PTH123 - of a descriptor
                    file.write(_identity(key, data) + b"\n" + data)
                Path(staged).replace(self.folder / key)
            except OSError:
                Path(staged).unlink(missing_ok=True)
                raise
        except _DistrustError as error:
            self._findings[error.finding] = None
        except OSError as error:
            self._findings[_not_kept(error)] = None

    def forget(self, key: str) -> None:
        """Remove what is kept under a key; what somebody else may have put there stays."""
        try:
            self._see_that_folders_are_own()
            (self.folder / key).unlink(missing_ok=True)
        except _DistrustError as error:
            self._findings[error.finding] = None
        except OSError:
            return

    def drop_old(self, since: float) -> None:
        """Remove what was not used for the longest time, where all takes much room.

        What was used ``since`` (seconds, as ``time.time`` counts) stays, however much it is:
        else a run with more of it than fits would find none of it the next time. Other
        commands may do the same at the same time.
        """
        files: list[tuple[float, int, Path]] = []
        try:
            self._see_that_folders_are_own()
            for path in self.folder.iterdir():
                with suppress(OSError):
                    state = path.lstat()
                    files.append((state.st_mtime, state.st_size, path))
        except _DistrustError as error:
            self._findings[error.finding] = None
        except OSError:
            return
        room, recent = self._most_bytes, since - _RECENT_S
        for used, size_bytes, path in sorted(files, reverse=True):
            room -= size_bytes
            left_by_a_killed_command = path.name.startswith(".")
            if used < recent and (room < 0 or left_by_a_killed_command):
                with suppress(OSError):
                    path.unlink()

    def _make_folders(self) -> None:
        for folder in (self._folders[0].parent, *self._folders):
            folder.mkdir(_OWN_FOLDER, parents=True, exist_ok=True)

    def _see_that_folders_are_own(self) -> None:
        """Look at the folders, and at the one that they lie in, which may be a link.

        Nobody else may put something in our folders' place. So that one is the user's or the
        machine's, and others may not write into it unless each can remove only what is theirs
        (as in ``/tmp``).
        """
        around = self._folders[0].parent
        for path, state in _looked_at(around, *self._folders):
            if path != around and stat.S_ISLNK(state.st_mode):
                raise _DistrustError(path, "is a link")
            shared = path == around and bool(state.st_mode & stat.S_ISVTX)
            _see_that_own(path, state, also_root=path == around, shared=shared)


def _looked_at(around: Path, *folders: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Look at the folders that are there."""
    with suppress(FileNotFoundError):
        yield around, around.stat()
        for folder in folders:
            yield folder, folder.lstat()


def _see_that_file_is_own(path: Path, state: os.stat_result) -> None:
    if not stat.S_ISREG(state.st_mode) or state.st_nlink > 1:
        raise _DistrustError(path, "is no plain file")
    _see_that_own(path, state)


def _see_that_own(
    path: Path, state: os.stat_result, *, also_root: bool = False, shared: bool = False
) -> None:
    if not hasattr(os, "geteuid"):
        return
    if state.st_uid != os.geteuid() and not (also_root and state.st_uid == 0):
        raise _DistrustError(path, "belongs to somebody else")
    if state.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not shared:
        raise _DistrustError(path, "can be written by others")


def _identity(key: str, data: bytes) -> bytes:
    return key_of(key, data).encode()


def _not_kept(error: OSError) -> Finding:
    return Finding(
        "nothing can be kept for the next command, which will take longer",
        error.strerror or str(error),
        "make the user's cache folder writable, or name another one in XDG_CACHE_HOME",
        severity=Severity.WARNING,
    )
