"""PDFs from anywhere: none ends a command by anything but its result or one true sentence."""

from __future__ import annotations

import faulthandler
import os
import random
import time
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from conftest import Outcome, run_here
from hostile_pdfs import HARMFUL, WRONG, many_pages, nested_forms, one_page, with_page
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String
from preflight_pdfs import good

from handouts.basics.errors import ContentError
from handouts.basics.foreign_pdfs import MOST_DRAWN, MOST_PAGES, DrawnForms, PdfDrawing, PdfDrawn
from handouts.basics.limits import MEGABYTE, Limit
from handouts.pdf.sheets.opening import open_source
from handouts.pdf.sheets.source import check_source
from handouts.preflight.weight import weigh

if TYPE_CHECKING:
    from pathlib import Path

JOBS = ("handouts.jobs.preflight", "handouts.jobs.impose")


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up after two seconds each, so that the tests need not wait for the real limits."""
    for job in JOBS:
        monkeypatch.setattr(f"{job}.reading_limit", lambda _size: Limit(2, 600 * MEGABYTE))
        monkeypatch.setattr(f"{job}.working_limit", lambda *_sizes: Limit(2, 600 * MEGABYTE))


def preflighted(path: Path, *others: Path) -> Outcome:
    return run_here("preflight", path, *others, "--profile", "press", cwd=path.parent)


def imposed(path: Path) -> Outcome:
    words = ("--scheme", "2-up", "--paper", "13x19", "--out", "up.pdf")
    return run_here("impose", path, *words, cwd=path.parent)


def answered(path: Path) -> tuple[Outcome, Outcome]:
    """Look at a file and impose it: each ends in its own words, and names the file."""
    outcomes = preflighted(path), imposed(path)
    for outcome in outcomes:
        assert outcome.code in {0, 3, 4}, outcome
        assert (outcome.code == 0) == (not outcome.findings), outcome
        assert all(len(finding) < 1000 for finding in outcome.findings)
    if outcomes[1].code:
        assert not (path.parent / "up.pdf").exists()
        outcomes[1].the_error(path.name)
    return outcomes


@pytest.mark.parametrize("name", [*HARMFUL, *WRONG])
def test_each_ends_in_words(name: str, tmp_path: Path, soon: None) -> None:
    path = tmp_path / "foreign.pdf"
    path.write_bytes({**HARMFUL, **WRONG}[name]())
    looked_at, _ = answered(path)
    if name == "a length that is its own":
        told = "foreign.pdf error: work on this file was given up"
        looked_at.the_error(told, "2 seconds")


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("forms that draw 2^30", f"page 1 draws 1,073,741,824 forms (the limit is {MOST_DRAWN:,})"),
        ("a form that draws itself", "a form draws itself"),
        ("forms nested 5,000 deep", "forms are nested more than 100 deep"),
        ("a page of 30,000 pt", "page 1 is 30,000 by 30,000 pt (the limit is 14,400 pt)"),
        ("a unit of 30,000", "(the limit is 14,400 pt)"),
    ],
)
def test_both_commands_name_the_limit(name: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "foreign.pdf"
    path.write_bytes(HARMFUL[name]())
    for outcome in answered(path):
        assert outcome.code == 3
        outcome.the_error("foreign.pdf error: ", what, "To mend:")


def test_too_many_pages(tmp_path: Path) -> None:
    path = tmp_path / "foreign.pdf"
    pdf = pikepdf.new()
    pdf.add_blank_page()
    page = pdf.pages[0].obj
    pages = [pdf.make_indirect(Dictionary(page)) for _ in range(MOST_PAGES + 1)]
    pdf.Root.Pages.Kids, pdf.Root.Pages.Count = Array(pages), len(pages)
    pdf.save(path)
    for outcome in answered(path):
        outcome.the_error(f"the file has {MOST_PAGES + 1:,} pages (the limit is {MOST_PAGES:,})")


def test_what_takes_too_much_memory_is_ended_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "handouts.jobs.preflight.reading_limit", lambda _size: Limit(60, 600 * MEGABYTE)
    )
    path = tmp_path / "foreign.pdf"
    path.write_bytes(HARMFUL["content of 3 GB"]())
    preflighted(path).the_error("foreign.pdf error: work on this file was given up", "600 MB")


def _crash(*_given: object) -> None:
    faulthandler.disable()  # pytest's own
    os.abort()


def _swallow(*_given: object) -> None:
    end = time.process_time() + 3
    while time.process_time() < end:
        with suppress(Exception):  # as libraries do
            pow(3, 100_000)


@pytest.mark.parametrize("harm", [_crash, _swallow])
@pytest.mark.usefixtures("soon")
def test_a_crash_and_swallowed_errors_are_told_and_the_next_file_is_looked_at(
    harm: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = weigh
    monkeypatch.setattr(
        "handouts.jobs.preflight.weigh",
        lambda pdf: whole(pdf) if len(pdf) > 10_000 else harm(),  # type: ignore[operator]
    )
    bad, fine = tmp_path / "bad.pdf", tmp_path / "fine.pdf"
    bad.write_bytes(one_page())
    fine.write_bytes(good(press=True))
    outcome = preflighted(bad, fine)
    assert outcome.code == 3
    outcome.the_error("bad.pdf error: work on this file was given up")
    assert "fine.pdf: preflight-checked for press" in outcome.out


def test_a_right_file_is_taken_by_both(tmp_path: Path) -> None:
    path = tmp_path / "fine.pdf"
    path.write_bytes(good(press=True))
    assert [outcome.code for outcome in answered(path)] == [0, 0]
    path.write_bytes(with_page(lambda _pdf, _page: None))
    assert imposed(path).code == 0


# What is counted is what would be drawn

TREES = st.lists(
    st.lists(st.tuples(st.integers(1, 3), st.integers(1, 4)), max_size=3), min_size=1, max_size=7
)
"""For each form, how often it draws forms that come after it, by their distance."""


def expanded(tree: list[list[tuple[int, int]]], at: int, sizes: list[int]) -> PdfDrawn:
    """Draw everything, one after the other."""
    forms, content_bytes = 1, sizes[at]
    for step, times in tree[at]:
        for _ in range(times if at + step < len(tree) else 0):
            below = expanded(tree, at + step, sizes)
            forms, content_bytes = forms + below.forms, content_bytes + below.content_bytes
    return PdfDrawn(forms, content_bytes)


@settings(max_examples=60)
@given(TREES)
def test_forms_are_counted_as_if_they_were_drawn(tree: list[list[tuple[int, int]]]) -> None:
    contents = [
        b" ".join(b"/F%d Do" % (at + step) for step, times in each for _ in range(times))
        for at, each in enumerate(tree)
    ]

    def drawing(at: int) -> PdfDrawing:
        return PdfDrawing(
            at,
            lambda: contents[at],
            lambda name: drawing(int(name[1:])) if int(name[1:]) < len(tree) else None,
        )

    assert DrawnForms().drawn([drawing(0)]) == expanded(tree, 0, list(map(len, contents)))


@settings(max_examples=15)
@given(st.integers(1, 6), st.integers(1, 6))
def test_both_readers_count_alike(depth: int, times: int) -> None:
    pdf = nested_forms(depth, times)
    total = 1 + sum(times**level for level in range(depth))
    with pytest.MonkeyPatch.context() as patch:
        for most, refused in ((total, False), (total - 1, True)):
            patch.setattr("handouts.basics.foreign_pdfs.MOST_DRAWN", most)
            assert _refused(lambda: weigh(pdf)) == refused
            with pikepdf.open(BytesIO(pdf)) as source:
                assert _refused(lambda source=source: check_source(source)) == refused


def _refused(look: object) -> bool:
    try:
        look()  # type: ignore[operator]
    except ContentError as error:
        return "forms" in str(error)
    return False


def test_names_are_known_however_they_are_written() -> None:
    asked: list[str] = []

    def form(name: str) -> None:
        asked.append(name)

    content = b"/F#31 Do /F1\nDo (/No Do) Tj /F2 Dot"
    DrawnForms().drawn([PdfDrawing(0, lambda: content, form)])
    assert set(asked) == {"F1", "No"}


# Any kind of thing in any place

KINDS = (
    lambda _pdf, _any: 7,
    lambda _pdf, _any: -1,
    lambda _pdf, _any: 2**62,
    lambda _pdf, _any: Name.Odd,
    lambda _pdf, _any: String("odd"),
    lambda _pdf, _any: Array([]),
    lambda _pdf, _any: Array([Name.Odd, 1, String("x"), Dictionary()]),
    lambda _pdf, _any: Dictionary(Type=Name.Odd),
    lambda _pdf, _any: None,
    lambda _pdf, _any: True,
    lambda pdf, _any: pdf.make_stream(b"odd"),
    lambda pdf, any_one: any_one(pdf),
)
"""What is put in the place of something else; the last one is another object of the file."""


def spoiled(seed: int) -> bytes:
    """Put a thing of another kind into up to three places of a right file."""
    chance = random.Random(seed)  # noqa: S311 - to spoil, not to hide
    with pikepdf.open(BytesIO(good(press=True))) as pdf:

        def any_one(pdf: pikepdf.Pdf) -> pikepdf.Object:
            return chance.choice(list(pdf.objects))

        for _ in range(chance.randint(1, 3)):
            held = [
                one
                for one in pdf.objects
                if isinstance(one, Dictionary | pikepdf.Stream) and set(one.keys()) > {"/Length"}
            ]
            place = chance.choice(held)
            key = chance.choice([key for key in place.keys() if key != "/Length"])  # noqa: SIM118
            made = chance.choice(KINDS)(pdf, any_one)
            inner = place.get(key)
            if made is None:
                del place[key]
            elif isinstance(inner, Array) and len(inner) and chance.random() < 0.5:
                inner[chance.randrange(len(inner))] = made
            else:
                place[key] = made
        out = BytesIO()
        pdf.save(out, fix_metadata_version=False)
        return out.getvalue()


@pytest.mark.parametrize("first", range(0, 24, 8))
@pytest.mark.usefixtures("soon")
def test_a_wrong_kind_in_any_place_is_told(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 8):
        path = tmp_path / f"spoiled-{seed}.pdf"
        path.write_bytes(spoiled(seed))
        answered(path)
        (tmp_path / "up.pdf").unlink(missing_ok=True)


def test_damage_that_shows_late_is_told_as_damage(tmp_path: Path) -> None:
    path = tmp_path / "foreign.pdf"
    path.write_bytes(good(press=True))
    with pytest.raises(ContentError, match="not a PDF file, or it is damaged"), open_source(path):
        raise TypeError("a part of another kind")
    with pytest.raises(MemoryError), open_source(path):
        raise MemoryError


def test_a_tree_of_a_million_pages_is_not_gone_through(tmp_path: Path, soon: None) -> None:
    path = tmp_path / "foreign.pdf"
    path.write_bytes(many_pages(1_000_000))
    assert [outcome.code for outcome in answered(path)] == [3, 3]
