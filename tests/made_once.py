"""What many tests only read is made once for a whole run of the tests, whichever process asks.

The folder is the run's own: the process that starts the others makes it, and takes it away.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDER = "HANDOUTS_TESTS_MADE_ONCE"
"""Where the folder's path stands in the environment, which xdist hands to its processes."""


def begin() -> None:
    """Make the run's folder, where no process of this run has done so."""
    os.environ[_FOLDER] = tempfile.mkdtemp(prefix="handouts-tests-")


def end() -> None:
    """Take the run's folder away."""
    shutil.rmtree(os.environ.pop(_FOLDER), ignore_errors=True)


def made_once(name: str, make: Callable[[Path], object], *of: str) -> Path:
    """Give the folder that ``make`` has filled, in this process or in another of this run.

    ``of`` is what else tells it apart from others of its name. Where ``make`` fails nothing
    is kept, and the next who asks tries again and sees the same failure.
    """
    digest = hashlib.sha256("\0".join(of).encode()).hexdigest()[:12]
    parent = Path(os.environ[_FOLDER])
    folder = parent / f"{name}-{digest}"
    with (parent / f"{name}-{digest}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            shutil.rmtree(folder, ignore_errors=True)
            (folder / "it").mkdir(parents=True)
            make(folder / "it")
            (folder / "made").touch()
        fcntl.flock(lock, fcntl.LOCK_UN)  # a process that was forked meanwhile holds it as well
    return folder / "it"
