"""What lies where a stopped run keeps its parts, and is none, is made anew; nothing waits."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pypdfium2
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import ClinicFolder

pytestmark = pytest.mark.usefixtures("shared_cache")
ROWS = "id,name,exercises\nr-1,Ada Sample,suboccipital-release\n"
DEEP = b"[" * 1_000_000

ODD: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a folder": lambda path: (path / "deeper").mkdir(parents=True),
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "lists a million deep": lambda path: path.write_bytes(DEEP + b"\n"),
    "a list": lambda path: path.write_bytes(b"[]\n"),
    "no digest": lambda path: path.write_bytes(b"{}\n"),
}


def planted(clinic: ClinicFolder, name: str, make: Callable[[Path], object]) -> None:
    (clinic.path / "people.csv").write_text(ROWS)
    parts = clinic.out / "run.pdf.parts"
    parts.mkdir(parents=True, mode=0o700)
    make(parts / name)


def prints_all(clinic: ClinicFolder) -> None:
    outcome = clinic.run("batch", "people.csv", "--resume", "-q")
    assert outcome.code == 0, outcome.err
    pages = pypdfium2.PdfDocument(clinic.out / "run.pdf")
    assert "Ada Sample" in pages[0].get_textpage().get_text_range()
    pages.close()
    assert not (clinic.out / "run.pdf.parts").exists()


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_part_is_made_anew(clinic_folder: ClinicFolder, odd: str) -> None:
    planted(clinic_folder, "part-000000000", ODD[odd])
    prints_all(clinic_folder)


@pytest.mark.parametrize("half", [b"", b'{"out/ru', b"[]", DEEP])
def test_a_list_of_moves_that_was_never_whole_moves_nothing(
    clinic_folder: ClinicFolder, half: bytes
) -> None:
    planted(clinic_folder, "placing.json", lambda path: path.write_bytes(half))
    prints_all(clinic_folder)


def test_a_list_of_moves_that_is_a_pipe_is_not_waited_for(clinic_folder: ClinicFolder) -> None:
    planted(clinic_folder, "placing.json", os.mkfifo)
    outcome = clinic_folder.run("batch", "people.csv", "--resume")
    assert outcome.code == 5
    assert "it is a pipe, and no file" in outcome.the_error()


@pytest.mark.skipif(not os.path.exists("/proc/1/fd"), reason="no /proc")  # noqa: PTH110
def test_links_that_can_not_be_followed_are_told_by_their_own_name(
    clinic_folder: ClinicFolder,
) -> None:
    """Where a link of the system leads to may be somebody else's to know."""
    (clinic_folder.path / "people.csv").symlink_to("/proc/1/fd/0")
    (clinic_folder.path / "run.yaml").symlink_to("/proc/1/fd/0")
    (clinic_folder.path / "own.pdf").symlink_to("/proc/1/fd/0")
    impose = ("impose", "own.pdf", "--scheme", "2-up", "--paper", "a3", "-o", "x.pdf")
    for words in (("batch", "people.csv"), ("batch", "run.yaml"), ("sheet", "run.yaml"), impose):
        outcome = clinic_folder.run(*words)
        assert outcome.code in {3, 5}
        assert next(word for word in words if "." in word) in outcome.the_error()
        assert "/proc/" not in outcome.err
