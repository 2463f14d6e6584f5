"""A whole event on its sheets: separators, chunks, imposed sheets, and a run that was stopped."""

from __future__ import annotations

import json
import re
import stat
from typing import TYPE_CHECKING

import pypdfium2
import pytest
import yaml
from conftest import files_below
from event_tools import (
    ADA,
    BEN,
    CANARIES,
    SEPARATED,
    plan,
    roster,
    squeezed,
    table,
    texts,
)
from hypothesis import given
from hypothesis import strategies as st
from processes import held

from handouts.basics.papers import SHEETS, Paper
from handouts.mail_merge.rows import KeptPage
from handouts.print_run.items import Chunks, ItemKind, PrintItem

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder


CLEO = "r-3,Amaryllis Oxbow,,suboccipital-release,,,,"
NO_GLYPH = "r-5,Flumph \U00013000,,suboccipital-release,,,,"
INCH = 72
pytestmark = pytest.mark.usefixtures("shared_cache")


def test_separators_say_what_lies_behind_them(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA, NO_GLYPH, BEN, CLEO)
    assert plan(clinic_folder, SEPARATED).code == 6
    pages = texts(clinic_folder.out / "run.pdf")
    lines = table(clinic_folder.out / "run-manifest.csv")
    first = [int(line["first page"]) for line in lines if line["kind"] == "separator"]
    assert len(first) == 3
    assert [page for page, text in enumerate(pages, 1) if "Divider: take it out" in text] == first
    for page in first:
        assert page % 2 == 1
        assert pages[page] == "", "the back is blank"
        assert not [word for word in CANARIES if word in pages[page - 1]]
    one, two, three = (squeezed(pages[page - 1]) for page in first)
    assert "Part 1 of 2 people.csv Sheets and copies 3" in one
    assert "Paper, without dividers letter: 3" in one
    assert "Pages, with dividers 3 to 10" in one
    assert "Programme Neck and head: a start Sheets and copies 1" in one
    assert "Pages, with dividers 3 to 4" in one
    assert "Exercises of their own Sheets and copies 2" in two
    assert "Pages, with dividers 7 to 10" in two
    assert "Part 2 of 2 explainer: " in three
    assert f"Pages, with dividers 13 to {len(pages)}" in three
    told = json.loads((clinic_folder.out / "run-manifest.json").read_text(encoding="utf-8"))
    assert told["separators"] == 3
    assert told["sheets_of_paper"] == {"letter": len(pages) // 2}


def test_separators_are_of_the_size_of_what_follows(clinic_folder: ClinicFolder) -> None:
    parts = [
        {"piece": "testimonials", "copies": 2, "title": "Cards " + "for the long table " * 5},
        {"piece": "explainer", "copies": 1},
        {"piece": "testimonials", "copies": 1, "paper": "a4"},
    ]
    data = {"title": "Fair " * 20, "parts": parts, "separators": ["part"]}
    assert plan(clinic_folder, data).code == 0
    path = clinic_folder.out / "run.pdf"
    document = pypdfium2.PdfDocument(path)
    sizes = [tuple(round(side / INCH, 1) for side in page.get_size()) for page in document]
    assert sizes == [(4, 9)] * 6 + [(8.5, 11)] * 4 + [(3.9, 8.3)] * 4
    numbers = [re.search(r"Divider (\d) of 3", text) for text in texts(path)]
    assert [found[1] for found in numbers if found] == ["1", "2", "3"]


def test_chunks_keep_a_separator_with_what_it_is_for(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA, CLEO, BEN)
    data = {**SEPARATED, "separators": ["part"], "chunk": 2}
    assert plan(clinic_folder, data).code == 0
    files = [texts(clinic_folder.out / f"run-{n}.pdf") for n in (1, 2, 3)]
    assert "copies 2; more in the next file" in squeezed(files[0][0])
    assert "Divider" not in files[1][0]
    assert "Part 2 of 2" in files[1][2]
    assert "copies 1; more in the next file" in squeezed(files[1][2])
    assert "Divider" not in "".join(files[2])
    ticket = squeezed(" ".join(texts(clinic_folder.out / "run-ticket.pdf")))
    assert "2 sheets a file; print the files in their order" in ticket


@given(
    kinds=st.lists(
        st.sampled_from([ItemKind.SHEET, ItemKind.PIECE, ItemKind.SEPARATOR]), max_size=40
    ),
    size=st.none() | st.integers(1, 9),
)
def test_files_of_so_many_sheets_lose_and_double_nothing(
    kinds: list[ItemKind], size: int | None
) -> None:
    items = [
        PrintItem(kind, 1, KeptPage(), "", SHEETS[Paper.A4], row=n) for n, kind in enumerate(kinds)
    ]
    files = [list(chunk) for chunk in Chunks(iter(items), size)]
    printed = [item for file in files for item in file]
    while items and items[-1].kind is ItemKind.SEPARATOR:
        items.pop()  # nothing lies behind it
    assert printed == items
    for file in filter(None, files):
        sheets = sum(item.kind is not ItemKind.SEPARATOR for item in file)
        assert 1 <= sheets <= (size or len(items))
        assert file[-1].kind is not ItemKind.SEPARATOR
        assert file is files[-1] or sheets == size


def half(path: Path, page: int, *, right: bool) -> str:
    found = pypdfium2.PdfDocument(path)[page]
    width, height = found.get_size()
    edges = (width / 2, 0, width, height) if right else (0, 0, width / 2, height)
    return str(found.get_textpage().get_text_bounded(*edges))


def ids_in(path: Path) -> list[list[str]]:
    """Give the record numbers on each half of each front, as they lie in the two piles."""
    piles: list[list[str]] = [[], []]
    for page in range(0, len(pypdfium2.PdfDocument(path)), 2):
        for side, pile in enumerate(piles):
            pile.extend(re.findall(r"\br-\d+\b", half(path, page, right=bool(side))))
    return piles


@pytest.mark.parametrize("scheme", ["2-up", "cut-stack"])
def test_imposed_sheets_come_out_in_the_order_of_the_roster(
    clinic_folder: ClinicFolder, scheme: str
) -> None:
    rows = [f"r-{n},Person {n},,suboccipital-release,,,," for n in range(1, 8)]
    roster(clinic_folder, *rows)
    outcome = clinic_folder.run("batch", "people.csv", "--impose", scheme)
    assert outcome.code == 0, outcome.err
    path = clinic_folder.out / "run-imposed.pdf"
    left, right = ids_in(path)
    wanted = [f"r-{n}" for n in range(1, 8)]
    if scheme == "cut-stack":
        assert [*left, *right] == wanted
    else:
        assert [left[0], right[0], left[1], right[1]] == wanted[:4]
        assert sorted([*left, *right]) == wanted
    for page in range(0, len(pypdfium2.PdfDocument(path)), 2):
        for right_half in (False, True):
            front = half(path, page, right=right_half)
            back = half(path, page + 1, right=not right_half)
            assert ("Page 1 of 2" in front) == ("Page 2 of 2" in back), "its own back is behind it"
    once, many = ((clinic_folder.out / name).stat().st_size for name in ("run.pdf", path.name))
    assert many < once + 7 * 4000, "what sheets share is kept once"
    for name in ("run.pdf", path.name):
        looked = clinic_folder.run("preflight", f"out/{name}", "--profile", "office")
        assert looked.code == 0, looked.err


def test_runs_on_several_papers_are_not_imposed(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA)
    data = {
        "title": "Fair",
        "parts": [{"roster": "people.csv"}, {"piece": "explainer", "paper": "a4", "copies": 2}],
        "imposition": {"scheme": "2-up"},
    }
    before = files_below(clinic_folder.path).keys()
    outcome = plan(clinic_folder, data)
    assert outcome.code == 3
    outcome.the_error("run.yaml:", "a4 in part 2; letter in part 1")
    assert files_below(clinic_folder.path).keys() - before == {"run.yaml"}
    small = {**data, "parts": data["parts"][:1], "imposition": {"scheme": "2-up", "paper": "legal"}}
    assert plan(clinic_folder, small).the_error("run.yaml:4:1", "legal has room for")


ALONE = tuple(
    f"s-{n},Ada {n},,suboccipital-release,,{'Take it slowly. ' * (40 + n)},," for n in range(2)
)
"""People whose notes decide their layouts, so that each is a part of the run."""


def test_a_stopped_event_goes_on_and_gives_the_same_bytes(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA, *ALONE)
    data = {**SEPARATED, "separators": ["part"]}
    (clinic_folder.path / "run.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    with held(clinic_folder.path, "batch", "run.yaml", "-q", at="book.pdf"):
        pass
    assert not (clinic_folder.out / "run.pdf").exists()
    for path in clinic_folder.out.rglob("*"):
        assert path.is_dir() or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert clinic_folder.run("batch", "run.yaml", "--resume").code == 0
    assert clinic_folder.run("batch", "run.yaml", "-o", "out/whole.pdf").code == 0
    one, two = ((clinic_folder.out / name).read_bytes() for name in ("run.pdf", "whole.pdf"))
    assert one == two
    assert not [path for path in clinic_folder.out.iterdir() if path.name.startswith(".")]
