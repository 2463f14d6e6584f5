"""Files of a folder: what a path leads to lies inside it, and is a plain file.

A clinic's folder may come from somebody else. So no path in it, and no link, reaches a file
outside it, and nothing is read that has no end or waits for somebody: a device, a pipe.
"""

from __future__ import annotations

import errno
import re
import stat
from typing import TYPE_CHECKING

from handouts.basics.plain_files import TooLargeError, read_plain

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_PICTURE_BYTES = 20_000_000
_LONGEST_ECHO = 80
"""Of a path, in letters."""


class UnfitFileError(ValueError):
    """A path that may not be read, or can't be: what is wrong, and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what}; {mend}")
        self.what, self.mend = what, mend


class NotInsideError(UnfitFileError):
    """A path that leads out of its folder, or to something that is no plain file."""


class NoFileError(UnfitFileError):
    """A path that leads to nothing."""


def plain_file(
    folder: Path, written: str, *, what: str = "file", beside: str = "content.yaml"
) -> Path:
    """Give the file that a path seen from ``folder`` means, its links followed to their end.

    ``what`` and ``beside`` name the file and its folder in messages.

    Raises:
        NotInsideError: it leads out of the folder, or to no plain file.
        NoFileError: nothing is there.

    """
    name = f'"{written if len(written) <= _LONGEST_ECHO else written[:_LONGEST_ECHO] + "…"}"'
    mend = "check the name, big and small letters"
    if re.match(r"[A-Za-z]:[\\/]", written):
        mend = f"copy it into the folder of {beside}, and write its path from there"
    elif "\\" in written or not written.isprintable():  # "\r" in double quotes is a return
        mend = "write / for \\"
    missing = NoFileError(f"there is no {what} {name}", mend)
    root = folder.resolve()
    try:
        path = (root / written).resolve()
    except (OSError, RuntimeError, ValueError) as error:  # Python 3.11 raises two for a loop
        raise _unreadable(what, name, error) from None
    if not path.is_relative_to(root):
        raise NotInsideError(
            f"{name} leads out of the folder of {beside}", f"copy the {what} into it"
        )
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise missing from None
    except OSError as error:
        raise _unreadable(what, name, error) from None
    if stat.S_ISDIR(mode):
        raise missing
    if not stat.S_ISREG(mode):
        raise NotInsideError(
            f"the {what} {name} can't be read: it is no plain file", f"put the {what} itself there"
        )
    return path


def _unreadable(what: str, name: str, error: Exception) -> NoFileError:
    why = "its name is too long"
    if isinstance(error, RuntimeError) or getattr(error, "errno", 0) == errno.ELOOP:
        why = "links lead round in a circle"
    elif isinstance(error, ValueError):
        why = "its name holds a letter that no name can"
    return NoFileError(f"the {what} {name} can't be read: {why}", "name another file")


def read_inside(
    path: Path, most_bytes: int, too_large: str = "check that it is the right file"
) -> bytes:
    """Read a file that ``plain_file`` gave; ``too_large`` says how to mend that.

    Raises:
        NotInsideError: it is a link or no plain file by now, or holds more than ``most_bytes``.
        OSError: it can't be read.

    """
    try:
        return read_plain(path, most_bytes, links=False)
    except TooLargeError as error:
        what = f'"{path.name}" has more than {most_bytes / 1e6:g} MB'
        raise NotInsideError(what, too_large) from error
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.EISDIR, errno.ELOOP, errno.ENXIO}:
            raise
        what = f'"{path.name}" is no plain file'
        raise NotInsideError(what, "put the file itself there") from error
