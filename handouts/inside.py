"""Files of a folder: what a path leads to lies inside it, and is a plain file.

A clinic's folder may come from somebody else. So no path in it, and no link, reaches a file
outside it, and nothing is read that has no end or waits for somebody: a device, a pipe.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_PICTURE_BYTES = 20_000_000


class UnfitFileError(ValueError):
    """A path that may not be read, or can't be: what is wrong, and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what}; {mend}")
        self.what, self.mend = what, mend


class NotInsideError(UnfitFileError):
    """A path that leads out of its folder, or to something that is no plain file."""


class NoFileError(UnfitFileError):
    """A path that leads to nothing."""


_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)
"""Without O_NONBLOCK, opening a pipe would wait for whoever writes into it."""


def plain_file(
    folder: Path, written: str, *, what: str = "file", beside: str = "content.yaml"
) -> Path:
    """Give the file that a path seen from ``folder`` means, its links followed to their end.

    ``what`` and ``beside`` name the file and its folder in messages.

    Raises:
        NotInsideError: it leads out of the folder, or to no plain file.
        NoFileError: nothing is there.

    """
    name = f'"{written[:80]}"'
    missing = NoFileError(f"there is no {what} {name}", "check the name, big and small letters")
    root = folder.resolve()
    try:
        path = (root / written).resolve()
    except (OSError, RuntimeError, ValueError):  # a link to itself, a zero byte
        raise missing from None
    if not path.is_relative_to(root):
        raise NotInsideError(
            f"{name} leads out of the folder of {beside}", f"copy the {what} into it"
        )
    try:
        mode = path.stat().st_mode
    except OSError:  # also a name that is too long
        raise missing from None
    if stat.S_ISDIR(mode):
        raise missing
    if not stat.S_ISREG(mode):
        raise NotInsideError(f"{name} is no plain file", f"put the {what} itself there")
    return path


def read_plain(path: Path, most_bytes: int) -> bytes:
    """Read a file that ``plain_file`` gave.

    Raises:
        NotInsideError: it is a link or no plain file by now, or holds more than ``most_bytes``.
        OSError: it can't be read.

    """
    with open(os.open(path, _FLAGS), "rb") as file:  # noqa: PTH123 - of a descriptor
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode):
            raise NotInsideError(f'"{path.name}" is no plain file', "put the file itself there")
        data = file.read(most_bytes + 1)
    if len(data) > most_bytes:
        what = f'"{path.name}" has more than {most_bytes / 1e6:g} MB'
        raise NotInsideError(what, "check that it is the right file")
    return data
