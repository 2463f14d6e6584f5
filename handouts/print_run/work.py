"""A run's files until they are whole: kept in one folder, and put in their places together.

The folder is ``NAME.parts`` beside the run's file. It holds people's own words, and only its
owner can read it.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.basics.errors import HandoutsError, MachineError
from handouts.basics.findings import Place
from handouts.basics.plain_files import read_plain
from handouts.basics.settings import Setting, named
from handouts.deliver.folder import (
    OWNER_ONLY_FOLDER,
    claimed,
    folder_made,
    owners_file,
    put_together,
    unwritable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.print_run.request import RunFiles

_PLACING = "placing.json"
"""Which files are whole and on their way to their places."""
_MOST_BYTES = 100_000_000
"""A run of 100,000 people with a file each has about 20 MB of names."""
_EACH = "people"
_OTHERS = 0o077


class RunWork:
    """The folder of a run at work."""

    def __init__(self, folder: Path, target: Path, each: Path | None) -> None:
        self._folder, self._target, self._each = folder, target, each

    def staged(self, path: Path) -> Path:
        """Say where a file of the run is written before it is put in its place."""
        if path.parent != self._each or path.parent == self._target.parent:
            return self._folder / path.name
        (self._folder / _EACH).mkdir(OWNER_ONLY_FOLDER, exist_ok=True)
        return self._folder / _EACH / path.name

    def parts(self, path: Path) -> Path:
        """Give the folder of the parts of one of the run's PDFs."""
        return self._folder if path == self._target else self._folder / path.stem

    def write(self, path: Path, data: bytes) -> None:
        """Write a file of the run where it is staged.

        Raises:
            OSError: the disk is full.

        """
        with owners_file(self.staged(path)) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def place(self, paths: Iterable[Path]) -> None:
        """Put files in their places, all or none; where this is killed, the next run does it.

        Raises:
            OSError: one can't be put there; what was there before is there again.

        """
        moves = {str(path.absolute()): str(self.staged(path).absolute()) for path in paths}
        placing = self._folder / _PLACING
        with owners_file(placing) as file:
            file.write(json.dumps(moves).encode())
        _move(moves)
        placing.unlink()


@contextmanager
def run_at_work(files: RunFiles, each: Path | None, *, resume: bool) -> Iterator[RunWork]:
    """Open the folder of a run, which no other command may write meanwhile.

    What a stopped run left in it is used with ``resume``, and else thrown away. It goes when the
    run is done or has failed. It stays where a run was stopped, or where the machine failed and
    there are sheets to go on with.

    Raises:
        MachineError: another command writes this run, which is named; the folder is not this
            user's alone; the disk is full or can't be written, and no file was changed.

    """
    target = files.target
    folder = target.with_name(f"{target.name}.parts")
    with ExitStack() as stack:
        if each is not None:
            stack.enter_context(_made_for_its_owner(each))
        people = {each / _EACH: Setting.EACH} if each is not None else {}
        stack.enter_context(claimed({target: Setting.OUTPUT, **people}))
        try:
            _begin(folder, resume=resume)
            yield RunWork(folder, target, each)
        except OSError as error:
            so_far = "nothing was changed"
            if _worth_keeping(folder):
                so_far = f"then go on with {named(Setting.RESUME)}; the files are not changed"
            else:
                _throw_away(folder)
            raise unwritable(error, target.parent, so_far, target.name, Setting.OUTPUT) from error
        except MachineError:
            if not _worth_keeping(folder):
                _throw_away(folder)
            raise
        except HandoutsError:
            _throw_away(folder)
            raise
        _throw_away(folder)


@contextmanager
def _made_for_its_owner(folder: Path) -> Iterator[None]:
    try:
        with folder_made(folder, OWNER_ONLY_FOLDER):
            yield
    except OSError as error:
        raise unwritable(error, folder, setting=Setting.EACH) from error


def _begin(folder: Path, *, resume: bool) -> None:
    folder.mkdir(OWNER_ONLY_FOLDER, exist_ok=True)
    _refuse_others(folder)
    placing = folder / _PLACING
    if moves := _moves_in(placing):
        _move(moves)
        placing.unlink()
    if not resume:
        _throw_away(folder)
        folder.mkdir(OWNER_ONLY_FOLDER)


def _moves_in(placing: Path) -> dict[str, str]:
    """Read which files were whole; none where that was not written to its end.

    Raises:
        OSError: it can't be read.

    """
    try:
        moves = json.loads(read_plain(placing, _MOST_BYTES, links=False))
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    return moves if isinstance(moves, dict) else {}


def _refuse_others(folder: Path) -> None:
    """Refuse a folder that others may have put something into: it is printed for patients."""
    found = folder.lstat()
    others = os.name == "posix" and (found.st_uid != os.geteuid() or found.st_mode & _OTHERS)
    if others or not stat.S_ISDIR(found.st_mode):
        raise MachineError.because(
            f"{folder.name} is not a folder of yours alone",
            why="what a stopped run left is printed for patients, and others may have changed it",
            mend="delete it, then give the command again",
            place=Place(file=str(folder)),
        )


def _move(moves: dict[str, str]) -> None:
    pairs = ((Path(place), Path(staged)) for place, staged in moves.items())
    put_together({place: staged.replace for place, staged in pairs if staged.exists()})


def _worth_keeping(folder: Path) -> bool:
    return any(folder.rglob("part-*")) or any(folder.rglob("alone-*"))


def _throw_away(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
