"""Writing files so that what was there before is never half-overwritten."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from handouts.errors import HandoutsError, MachineError
from handouts.findings import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def _machine_error(error: OSError, folder: Path) -> HandoutsError:
    return MachineError.because(
        f"can't write into {folder}",
        why=error.strerror or str(error),
        mend="free some space or choose another folder with --out; nothing was changed",
        place=Place(file=str(folder)),
    )


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Make a folder beside the target, on the same disk, that is gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".handouts-", dir=folder))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


OWNER_ONLY = 0o600


def owners_file(path: Path) -> IO[bytes]:
    """Open a new file that none but its owner can ever read."""
    path.unlink(missing_ok=True)
    path.touch(OWNER_ONLY, exist_ok=False)
    return path.open("wb")


def write_own(path: Path, data: bytes) -> None:
    """Write a file that none but its owner can read: beside its place first, then in it.

    Where a killed process left a half of it, the next one that writes the file takes that
    away: half a file of patients' words must not lie about.

    Raises:
        MachineError: the folder can't be written or the disk is full; what was there before
            is untouched.

    """
    staged = path.with_name(f".{path.name}.staged")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, f"{path.name} is a folder")
        try:
            with owners_file(staged) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            staged.replace(path)
        except OSError:
            staged.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _machine_error(error, path.parent) from error


def write_all(folder: Path, files: Mapping[str, bytes], *, owner_only: bool = False) -> None:
    """Write all files into the folder, or none: beside it first, then put in place.

    ``owner_only`` keeps others on the machine from reading them.

    Raises:
        MachineError: the folder can't be written or the disk is full; what was in the
            folder before is untouched.

    """
    try:
        with _staging(folder) as staging:
            for name, data in files.items():
                with (staging / name).open("wb") as file:
                    if owner_only:
                        Path(file.name).chmod(OWNER_ONLY)
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
            _put_in_place(staging, folder, files)
    except OSError as error:
        raise _machine_error(error, folder) from error


def _put_in_place(staging: Path, folder: Path, names: Iterable[str]) -> None:
    """Swap the staged files in; where one can't be, those before it are swapped back."""
    before = staging / "before"
    before.mkdir()
    done: list[str] = []
    try:
        for name in names:
            if (folder / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, f"{name} is a folder")
            if (folder / name).exists():
                (folder / name).replace(before / name)
            done.append(name)
            (staging / name).replace(folder / name)
    except OSError:
        for name in done:
            if (before / name).exists():
                (before / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        raise
