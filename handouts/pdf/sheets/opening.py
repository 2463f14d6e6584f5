"""Opening a PDF file that is to be imposed, from anybody."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pikepdf import PasswordError, Pdf

from handouts.basics.errors import ContentError, HandoutsError
from handouts.basics.findings import Place
from handouts.basics.limits import OverLimitError
from handouts.basics.plain_files import plain_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IMPOSED = "/Imposition"
"""The key in the document information that says that a file is imposed."""


@contextmanager
def open_source(path: Path) -> Iterator[Pdf]:
    """Open a PDF file that is to be imposed.

    Raises:
        ContentError: there is none, it is damaged or encrypted, or it is imposed already. What
            its parts raise when they are used is told as damage, too; but not what limits raise.

    """
    place = Place(file=str(path))
    try:
        with plain_file(path):
            pass
        with Pdf.open(path, attempt_recovery=False) as pdf:
            _check_usable(pdf, place)
            yield pdf
            _check_whole(pdf, place)
    except (HandoutsError, OverLimitError, MemoryError):
        raise
    except PasswordError as error:
        raise _encrypted(place) from error
    except OSError as error:
        raise ContentError.because(
            "this file can't be read",
            why=error.strerror or str(error),
            mend="check the name, or make the file with: handouts build",
            place=place,
        ) from error
    except Exception as error:  # what a file holds can be wrong anywhere, and of any kind
        raise _damaged(str(error) or type(error).__name__, place) from error


def _check_usable(pdf: Pdf, place: Place) -> None:
    if pdf.is_encrypted:
        raise _encrypted(place)
    if IMPOSED in pdf.docinfo:
        raise ContentError.because(
            f"this file is imposed already ({pdf.docinfo[IMPOSED]})",
            why="its pages are whole sheets, and would be cut apart in the wrong places",
            mend="impose the file it was made from",
            place=place,
        )
    len(pdf.pages)  # finds what is wrong with the tree of pages
    _check_whole(pdf, place)


def _check_whole(pdf: Pdf, place: Place) -> None:
    """Refuse a file that something was wrong with when its parts were used."""
    if warnings := pdf.get_warnings():
        raise _damaged(str(warnings[0]), place)


def _encrypted(place: Place) -> Exception:
    return ContentError.because(
        "this file is encrypted",
        why="pages can't be taken out of it",
        mend="save a copy without a password or restrictions",
        place=place,
    )


def _damaged(why: str, place: Place) -> Exception:
    return ContentError.because(
        "this is not a PDF file, or it is damaged",
        why=" ".join(why.removeprefix(f"{place.file}: ").split())[:200],
        mend="make the file again, for example with: handouts build",
        place=place,
    )
