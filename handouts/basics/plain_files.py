"""Files that a user names: only plain ones are read, and never more of them than is meant."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST_YAML_BYTES = 2_000_000
"""A clinic's whole content is about 40 kB; past fifty times that something is wrong."""
_AS_BYTES = getattr(os, "O_BINARY", 0)
"""Windows would end some files at their first Ctrl-Z."""
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
_KINDS = (
    (stat.S_ISDIR, errno.EISDIR, "it is a folder"),
    (stat.S_ISFIFO, errno.EINVAL, "it is a pipe, and no file"),
    (stat.S_ISSOCK, errno.EINVAL, "it is a socket, and no file"),
)
_WORDS = {
    errno.ELOOP: "links lead round in a circle",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ENXIO: "it is a socket, and no file",
}


class TooLargeError(OSError):
    """A file holds more than is read of its kind."""

    def __init__(self, size_bytes: int, most_bytes: int) -> None:
        self.size = f"{size_bytes / 1e6:,.1f} MB"
        self.limit = f"{most_bytes / 1e6:,.0f} MB"
        self._sizes = size_bytes, most_bytes
        super().__init__(errno.EFBIG, f"it has {self.size}; the limit is {self.limit}")

    def __reduce__(self) -> tuple[type[TooLargeError], tuple[int, int]]:
        """Travel whole from a worker process."""
        return type(self), self._sizes


@contextmanager
def plain_file(path: Path, *, links: bool = True) -> Iterator[BinaryIO]:
    """Open a plain file to read it; anything else could wait, or go on, for ever.

    Without ``links`` its name may not be one.

    Raises:
        OSError: it is missing, unreadable, or no plain file; ``strerror`` says why in words.

    """
    number = _opened(path, _NO_LINKS if not links else 0)
    try:
        mode = os.fstat(number).st_mode
        for is_kind, kind, words in _KINDS:
            if is_kind(mode):
                raise OSError(kind, words)
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "it is a device, and no file")
        with os.fdopen(number, "rb", closefd=False) as file:
            yield file
    finally:
        os.close(number)


def _opened(path: Path, flags: int) -> int:
    try:
        # Without O_NONBLOCK, a pipe that nobody writes to would be waited for.
        return os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _AS_BYTES | flags)
    except ValueError as error:
        raise OSError(errno.EINVAL, "its name holds a letter that no name can") from error
    except OSError as error:
        if error.errno in _WORDS:
            raise OSError(error.errno, _WORDS[error.errno]) from error
        raise


def read_plain(path: Path, most_bytes: int, *, links: bool = True) -> bytes:
    """Read a plain file that holds at most so much.

    Raises:
        TooLargeError: it holds more; ``strerror`` says so.
        OSError: as ``plain_file``.

    """
    with plain_file(path, links=links) as file:
        size_bytes = os.fstat(file.fileno()).st_size
        if size_bytes <= most_bytes:
            data = file.read(most_bytes + 1)
            if len(data) <= most_bytes:
                return data
            size_bytes = len(data)
    raise TooLargeError(size_bytes, most_bytes)


def place_of(path: Path) -> str:
    """Say where a file lies that links may lead to.

    No path fails, as pathlib's do in a circle of links: where links can't be followed, it is its
    own place.
    """
    try:
        return os.path.realpath(path)
    except OSError:
        return str(path.absolute())
