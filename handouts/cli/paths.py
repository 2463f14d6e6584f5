"""Files and folders that a command line names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import os


class PathType(click.Path):
    """A path whose name is text; one that is not is refused with all its bytes shown."""

    def __init__(self, *, file_okay: bool = True, dir_okay: bool = True) -> None:
        super().__init__(file_okay=file_okay, dir_okay=dir_okay, path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """Give the path.

        Raises:
            MachineError: its name is no UTF-8.

        """
        refuse_bytes(Path(value))
        return super().convert(value, param, ctx)


def refuse_bytes(path: Path) -> None:
    """Refuse a path that no other program could be told: PDF files and JSON hold text only.

    Raises:
        MachineError: its name is no text in the machine's encoding.

    """
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        from handouts.basics.errors import MachineError  # noqa: PLC0415 - only when one happens
        from handouts.basics.findings import Place  # noqa: PLC0415

        raise MachineError.because(
            "this name of a file or folder is no UTF-8",
            why="an older system wrote it in another encoding",
            mend="rename it with letters that are typed anew",
            place=Place(file=str(path)),
        ) from error


def refuse_no_folder() -> None:
    """See that the folder in which the command was given is there and has a name in UTF-8.

    Raises:
        MachineError: it was deleted, or another program could not name it.

    """
    try:
        folder = Path.cwd()
    except OSError as error:
        from handouts.basics.errors import MachineError  # noqa: PLC0415 - only when one happens

        raise MachineError.because(
            "the folder in which this command was given can't be found",
            why=f"it was deleted or moved: {error.strerror}",
            mend="go to another folder (cd), and give the command again",
        ) from error
    refuse_bytes(folder)
