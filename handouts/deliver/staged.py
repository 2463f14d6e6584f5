"""A file that is being written: it gets its name when it is whole.

It is written without a name where the system can do that: a command that is killed leaves
nothing. Elsewhere it has a name of its own that begins with ``STAGED``.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from typing import TYPE_CHECKING

from handouts.basics.locks import try_to_hold

if TYPE_CHECKING:
    from pathlib import Path

OWNER_ONLY = 0o600
_FOR_ALL = 0o666
"""What the user's own mask leaves of it."""
STAGED = ".handouts-new-"
_NO_UNNAMED_FILES = {errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL}
"""What disks and systems say that can't write a file without a name: open(2), O_TMPFILE."""


class Staged:
    """A file that is being written, on the disk that it is meant for."""

    def __init__(self, folder: Path, *, owner_only: bool) -> None:
        self._folder = folder
        self._name: Path | None = None
        mode = OWNER_ONLY if owner_only else _FOR_ALL
        unnamed = getattr(os, "O_TMPFILE", 0)
        try:
            descriptor = os.open(folder, unnamed | os.O_WRONLY, mode)
        except OSError as error:
            if unnamed and error.errno not in _NO_UNNAMED_FILES:
                raise
            self._name = self._own_name()
            descriptor = os.open(self._name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
        self._file = os.fdopen(descriptor, "wb")
        try_to_hold(descriptor)

    def _own_name(self) -> Path:
        return self._folder / (STAGED + secrets.token_hex(8))

    def write(self, data: bytes) -> None:
        """Write on, as far as the disk itself.

        Raises:
            OSError: the disk is full or broken.

        """
        self._file.write(data)
        self._file.flush()
        os.fsync(self._file.fileno())

    def let_read_like(self, path: Path) -> None:
        """Give the file the rights of another, which is there."""
        if hasattr(os, "fchmod"):  # Windows has none before Python 3.13
            os.fchmod(self._file.fileno(), stat.S_IMODE(path.stat().st_mode))

    def take(self, path: Path) -> None:
        """Give the file a name that no other has.

        Raises:
            FileExistsError: another has it.

        """
        if self._name is None:
            self._link(path)
            return
        try:
            path.hardlink_to(self._name)
        except FileExistsError:
            raise
        except OSError:  # a disk without links: an empty file keeps the name
            path.touch(OWNER_ONLY, exist_ok=False)
            self._name.replace(path)
            self._name = None

    def replace(self, path: Path) -> None:
        """Give the file a name that another may have had."""
        if self._name is None:
            name = self._own_name()
            self._link(name)
            self._name = name
        self._name.replace(path)
        self._name = None

    def _link(self, path: Path) -> None:
        """Give a name to a file that has none, by its descriptor: open(2), O_TMPFILE."""
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            source = f"/proc/self/fd/{self._file.fileno()}"
            # without the folders Python links the descriptor's own link
            os.link(source, path.name, src_dir_fd=folder, dst_dir_fd=folder)
        finally:
            os.close(folder)

    def close(self) -> None:
        """Take the file away, unless it has got its name."""
        self._file.close()
        if self._name is not None:
            self._name.unlink(missing_ok=True)
