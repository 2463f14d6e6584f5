"""Writing files so that what was there before is never half-overwritten, and nothing half is left.

What commands left that were killed is taken away by the next one.
"""

from __future__ import annotations

import errno
import secrets
import shutil
from contextlib import ExitStack, closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING

from handouts.basics.errors import HandoutsError, MachineError
from handouts.basics.findings import Place
from handouts.basics.locks import folder_held, is_free, locked
from handouts.basics.settings import Setting, named
from handouts.deliver.staged import OWNER_ONLY, STAGED, Staged

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

OWNER_ONLY_FOLDER = 0o700
_FOR_ALL_FOLDER = 0o777
"""What the user's own mask leaves of it."""
NOTHING_CHANGED = "nothing was changed"
_BEFORE = ".handouts-before-"
_TOO_MANY = {errno.EMFILE, errno.ENFILE}
_MENDS = {
    **dict.fromkeys(_TOO_MANY, "allow more, and try again: ulimit -n 1024"),
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some space",
    errno.EFBIG: "free some space",
    errno.EISDIR: "give the file another name",
    errno.ENAMETOOLONG: "give the file a shorter name",
}


def unwritable(
    error: OSError,
    folder: Path,
    so_far: str = NOTHING_CHANGED,
    name: str = "",
    setting: Setting | None = None,
) -> HandoutsError:
    """Say why a folder can't be written.

    ``so_far`` says what holds all the same, and ``setting`` what gave the folder, where that is
    known.
    """
    by = f" with {named(setting)}" if setting else ""
    if isinstance(error, PartlyPlacedError):
        names = ", ".join(sorted(path.name for path in error.new))
        kept = "could not be brought back, and the others are as they were"
        so_far = f"then give the command again: {names} {kept}"
    mend = _MENDS.get(error.errno or 0, f"choose another folder{by}, one that you may write into")
    what = f"can't write {name + ' ' if name else ''}into {folder}"
    return MachineError.because(
        "no more files can be opened" if error.errno in _TOO_MANY else what,
        why=error.strerror or str(error),
        mend=f"{mend}; {so_far}",
        place=Place(file=str(folder)),
    )


class PartlyPlacedError(OSError):
    """Some files could not be put in their places, nor those before them be brought back."""

    def __init__(self, error: OSError, new: Sequence[Path]) -> None:
        super().__init__(error.errno, error.strerror or str(error))
        self.new = tuple(new)


def owners_file(path: Path) -> IO[bytes]:
    """Open a new file that none but its owner can ever read."""
    path.unlink(missing_ok=True)
    path.touch(OWNER_ONLY, exist_ok=False)
    return path.open("wb")


@contextmanager
def folder_made(folder: Path, mode: int = _FOR_ALL_FOLDER) -> Iterator[None]:
    """Make a folder; where the work in it fails, take away what was made of it.

    Raises:
        OSError: it can't be made.

    """
    made: list[Path] = []
    try:
        for step in (*reversed(folder.parents), folder):
            with suppress(FileExistsError):
                step.mkdir(mode)
                made.append(step)
        folder.mkdir(exist_ok=True)  # which raises where a file has the name
        yield
    except BaseException:
        for step in reversed(made):
            with suppress(OSError):
                step.rmdir()
        raise


@contextmanager
def claimed(paths: Mapping[Path, Setting]) -> Iterator[None]:
    """Keep other commands from writing files while this one works on them; make their folders.

    Each path comes with the setting that gave it.

    Raises:
        MachineError: another command has claimed one, which is named; or a folder can't be
            written.

    """
    with ExitStack() as stack:
        for path, setting in paths.items():
            try:
                stack.enter_context(folder_made(path.parent))
                stack.enter_context(locked(path, setting))
            except OSError as error:
                raise unwritable(error, path.parent, setting=setting) from error
        yield


def write_files(
    files: Mapping[Path, bytes],
    settings: Mapping[Path, Setting] = MappingProxyType({}),
    *,
    owner_only: bool = False,
    as_it_was: Container[Path] = (),
    so_far: str = NOTHING_CHANGED,
) -> None:
    """Write all files, or none; when it is done, each holds what it was given.

    ``settings`` are those that gave the files' places; ``owner_only`` keeps others on the machine
    from reading them, but for those of ``as_it_was``, which keep the rights that they have.
    ``so_far`` says what holds where they can't be written.

    Raises:
        MachineError: a folder can't be written or the disk is full, and what was there before
            is untouched; or another program wrote the same file meanwhile.

    """
    with ExitStack() as stack:
        staged: dict[Path, Staged] = {}
        folder, setting = Path(), None
        try:
            for path, data in files.items():
                folder, setting = path.parent, settings.get(path)
                stack.enter_context(folder_made(folder))
                file = stack.enter_context(closing(Staged(folder, owner_only=owner_only)))
                file.write(data)
                if path in as_it_was:
                    file.let_read_like(path)
                staged[path] = file
            put_together({path: file.replace for path, file in staged.items()})
        except OSError as error:
            raise unwritable(error, folder, so_far, setting=setting) from error
        for path, data in files.items():
            _check_own(path, data)


def write_all(
    folder: Path,
    files: Mapping[str, bytes],
    setting: Setting | None = None,
    so_far: str = NOTHING_CHANGED,
) -> None:
    """Write files into a folder, as ``write_files``; ``setting`` is what gave the folder."""
    placed = {folder / name: data for name, data in files.items()}
    write_files(placed, dict.fromkeys(placed, setting) if setting else {}, so_far=so_far)


def write_own(path: Path, data: bytes, setting: Setting | None = None) -> None:
    """Write a file that none but its owner can read, as ``write_files``."""
    write_files({path: data}, {path: setting} if setting else {}, owner_only=True)


def write_free(folder: Path, name: Callable[[int], str], data: bytes) -> Path:
    """Write a file that none but its owner can read, under the first name that is free.

    Names are tried from number 1 on; whoever else looks for one gets another.

    Raises:
        MachineError: the folder can't be written or the disk is full; nothing is left.

    """
    try:
        with folder_made(folder), closing(Staged(folder, owner_only=True)) as file:
            file.write(data)
            free = (folder / name(number) for number in count(1))
            for path in free:
                if path.exists():
                    continue
                with suppress(FileExistsError):
                    file.take(path)
                    break
    except OSError as error:
        raise unwritable(error, folder, setting=Setting.OUTPUT) from error
    _check_own(path, data)
    return path


def _check_own(path: Path, data: bytes) -> None:
    """See that a file is the one that was written: what is told of it must be true."""
    try:
        if path.read_bytes() == data:
            return
        why = ""
    except OSError as error:
        why = error.strerror or str(error)
    raise MachineError.because(
        f"{path.name} is not what was written: another program has changed it",
        why=why,
        mend="end the other program, then give the command again",
        place=Place(file=str(path)),
    )


def put_together(moves: Mapping[Path, Callable[[Path], object]]) -> None:
    """Put files in their places by what is called for each; where one can't be, none is.

    Another command that puts files into one of the folders waits until all are there.

    Raises:
        OSError: one can't be put there; what was there before is there again.

    """
    with ExitStack() as stack:
        for folder in sorted({path.parent.resolve() for path in moves}):
            stack.enter_context(folder_held(folder))
            _take_away_what_was_left(folder)
        for path in moves:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, f"{path.name} is a folder")
        before: dict[Path, Path | None] = {}
        try:
            for path, move in moves.items():
                before[path] = _kept_beside(path)
                move(path)
        except OSError as error:
            new = [path for path, old in before.items() if not _put_back(path, old)]
            for path in new:
                del before[path]  # what was there stays beside it
            if new:
                raise PartlyPlacedError(error, new) from error
            raise
        finally:
            for old in filter(None, before.values()):
                old.unlink(missing_ok=True)  # it still has both names where nothing took its place


def _put_back(path: Path, old: Path | None) -> bool:
    """Bring back what was there before; say whether that could be done."""
    try:
        if old is None:
            path.unlink(missing_ok=True)
        elif not (path.exists() and path.samefile(old)):
            try:
                old.replace(path)
            except OSError:  # a disk that renames nothing any more may still link
                tried = old.with_name(_BEFORE + secrets.token_hex(8))
                tried.hardlink_to(old)
                path.unlink()
                path.hardlink_to(tried)
                tried.unlink()
    except OSError:
        return False
    return True


def _kept_beside(path: Path) -> Path | None:
    """Give what is there a second name, so that it can be put back."""
    if not path.exists():
        return None
    old = path.with_name(_BEFORE + secrets.token_hex(8))
    try:
        old.hardlink_to(path)
    except OSError:  # a disk without links
        shutil.copy2(path, old)
    return old


def _take_away_what_was_left(folder: Path) -> None:
    """Remove what commands left that were killed; nothing of those that are at work."""
    for path in folder.glob(f"{_BEFORE}*"):
        path.unlink(missing_ok=True)
    for path in folder.glob(f"{STAGED}*"):
        with suppress(OSError):
            if is_free(path):
                path.unlink(missing_ok=True)
