"""Runs in many parts: in their order, killed and taken up again, on a full disk."""

from __future__ import annotations

import random
import re
import resource
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
from processes import held, started, wait_for
from run_tools import EXERCISES, LOADED, WORDS, print_run, sheet

from handouts.mail_merge.parts_at_work import ROWS_A_PART
from handouts.mail_merge.rows import RunRow

if TYPE_CHECKING:
    from collections.abc import Iterator


MANY = 2 * ROWS_A_PART + 50
pytestmark = pytest.mark.usefixtures("shared_cache")


def rows(count: int, *, exercises: int = 1) -> Iterator[RunRow]:
    for number in range(count):
        name = f"{WORDS[number % 7]} {number}"
        yield RunRow(f"{number:06}", sheet(name, exercises=EXERCISES[:exercises]))


def test_all_stand_in_their_order_over_parts(tmp_path: Path) -> None:
    count = ROWS_A_PART + 50
    result = print_run(rows(count, exercises=2), tmp_path / "run.pdf", loaded=LOADED)
    assert (result.sheets, result.sides, result.layouts) == (count, 2 * count, 1)
    assert (tmp_path / "run.pdf").stat().st_size < 1024 * count
    document = pypdfium2.PdfDocument(tmp_path / "run.pdf")
    sample = random.Random(7).sample(range(count), 60)  # noqa: S311
    for index in [0, ROWS_A_PART - 1, ROWS_A_PART, count - 1, *sample]:
        front = document[2 * index].get_textpage().get_text_range()
        assert f"{index:06}" in front
        assert re.search(rf"(?<!\d){index}(?!\d)", front), "the name's own number"
        assert document[2 * index + 1].get_textpage().count_chars() > 100
    each_stream_once(tmp_path / "run.pdf", tmp_path / "once.pdf")
    for command in (
        ("qpdf", "--stream-data=uncompress", tmp_path / "run.pdf", tmp_path / "read.pdf"),
        ("qpdf", "--check", tmp_path / "once.pdf"),
    ):
        checked = subprocess.run(command, check=True, capture_output=True, text=True)
        assert checked.stderr == ""
    assert "No syntax or stream encoding errors" in checked.stdout


def each_stream_once(path: Path, target: Path) -> None:
    """Take what pages share off all but the first of them: qpdf reads it again for each page."""
    seen = set()
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            own = [part for part in page.obj.Contents if part.objgen not in seen]
            seen.update(part.objgen for part in own)
            page.obj.Contents = pikepdf.Array(own)
        pdf.save(target)


def command(target: Path, count: int, *, resume: bool = False, limit: int = 0) -> tuple[str, ...]:
    return sys.executable, __file__, str(target), str(count), str(int(resume)), str(limit)


def finished(target: Path, *args: Any, **options: Any) -> list[str]:
    process = started(target.parent, command=command(target, *args, **options), stderr=None)
    out, _ = process.communicate()
    return out.split()


def test_a_run_killed_at_work_is_taken_up_again(tmp_path: Path) -> None:
    whole, target = tmp_path / "whole.pdf", tmp_path / "run.pdf"
    print_run(rows(MANY), whole, loaded=LOADED)
    target.write_bytes(b"what was there before")

    second = f"part-{ROWS_A_PART:09}"
    parts = tmp_path / "run.pdf.parts"
    for at, aside in ((f"{second}.*", parts / f"part-{0:09}"), ("book.pdf", parts / second)):
        with held(tmp_path, at=at, command=command(target, MANY, resume=True)) as run:
            wait_for(aside.exists, run)
        assert run.returncode == -signal.SIGKILL
        assert target.read_bytes() == b"what was there before"
    for path in (tmp_path / "run.pdf.parts").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    print_run(rows(MANY), target, loaded=LOADED, resume=True)
    assert target.read_bytes() == whole.read_bytes()
    assert not (tmp_path / "run.pdf.parts").exists()


def test_parts_of_other_rows_are_not_taken_up(tmp_path: Path) -> None:
    target, parts = tmp_path / "run.pdf", tmp_path / "run.pdf.parts"
    asked = [RunRow("1", sheet("Ada Sample", exercises=EXERCISES[:1]))]
    print_run(asked, tmp_path / "whole.pdf", loaded=LOADED)
    parts.mkdir()
    (parts / "part-000000000").write_bytes(b'{"digest": "of others"}\n')
    print_run(asked, target, loaded=LOADED, resume=True)
    assert target.read_bytes() == (tmp_path / "whole.pdf").read_bytes()


def test_a_full_disk_leaves_the_target_alone(tmp_path: Path) -> None:
    target = tmp_path / "run.pdf"
    target.write_bytes(b"what was there before")
    assert finished(target, 2000, limit=400_000)[0] == "OSError"
    assert target.read_bytes() == b"what was there before"


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    few, many = (
        float(finished(tmp_path / f"{count}.pdf", count)[1])
        for count in (ROWS_A_PART, 8 * ROWS_A_PART)
    )
    assert many <= 1.2 * few


def main() -> None:
    """Print a run in this process, and say how it went and how much memory it took."""
    target, count, resume, limit = Path(sys.argv[1]), *map(int, sys.argv[2:])
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        print_run(rows(count), target, loaded=LOADED, resume=bool(resume))
    except OSError:
        sys.stdout.write("OSError\n")
        return
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(f"printed {peak}\n")


if __name__ == "__main__":
    main()
