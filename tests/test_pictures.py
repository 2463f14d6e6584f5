"""Every page beside its kept picture, so that nobody changes a layout without seeing it.

After a change that is meant: KEEP_PICTURES=1 python -m pytest tests/test_pictures.py, then
look at tests/pictures/ before they are committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2
import pytest
from pdf_tools import EVERY, Printed, printed
from PIL import Image, ImageChops, ImageDraw

KEPT = Path(__file__).parent / "pictures"
FAILED = Path(__file__).parent / "failed-pictures"
DPI = 50
CLEARLY = 40
"""How far apart in luminance (0 to 255) two pixels are when they are counted as different."""
MOST_OF_PAGE = 0.005
TILE_PX = 25
MOST_OF_TILE = 0.15
"""A moved word is little of a page and much of the half inch around it."""


def pictures_of(piece: Printed) -> dict[str, Image.Image]:
    """Draw a file's pages, each with the name of its picture."""
    document = pypdfium2.PdfDocument(piece.path)
    try:
        return {
            f"{piece.name}-{piece.paper}-{number}.png": page.render(scale=DPI / 72)
            .to_pil()
            .convert("L")
            for number, page in enumerate(document, start=1)
        }
    finally:
        document.close()


def apart(actual: Image.Image, expected: Image.Image) -> Image.Image:
    """Mark in white the pixels in which two pictures of one size are clearly different."""
    difference = ImageChops.difference(actual.convert("L"), expected.convert("L"))
    return difference.point(lambda level: 255 if level > CLEARLY else 0)


def share(marked: Image.Image) -> float:
    return marked.histogram()[255] / (marked.width * marked.height)


def fault(actual: Image.Image, expected: Image.Image) -> str:
    """Say how a picture differs from the kept one; nothing where it does not."""
    if actual.size != expected.size:
        return f"its size is {actual.size}, the kept one's {expected.size}"
    marked = apart(actual, expected)
    if share(marked) > MOST_OF_PAGE:
        return f"{share(marked):.1%} of its pixels differ"
    for left in range(0, marked.width, TILE_PX):
        for top in range(0, marked.height, TILE_PX):
            tile = marked.crop((left, top, left + TILE_PX, top + TILE_PX))
            if share(tile) > MOST_OF_TILE:
                return f"{share(tile):.0%} of the pixels around {left}, {top} differ"
    return ""


def show(name: str, actual: Image.Image | None, expected: Image.Image | None) -> str:
    """Put what differs into a folder to look at, and name it."""
    FAILED.mkdir(exist_ok=True)
    shown = {"actual": actual, "expected": expected}
    if actual and expected and actual.size == expected.size:
        shown["difference"] = apart(actual, expected)
    paths = []
    for what, picture in shown.items():
        path = FAILED / f"{name.removesuffix('.png')}-{what}.png"
        path.unlink(missing_ok=True)
        if picture:
            picture.save(path)
            paths.append(str(path))
    return ", ".join(paths)


def compare(drawn: dict[str, Image.Image], kept: dict[str, Image.Image]) -> list[str]:
    """Say of each page what is wrong with it, and where to look at it."""
    faults = []
    for name in sorted({*drawn, *kept}):
        actual, expected = drawn.get(name), kept.get(name)
        if actual and expected:
            trouble = fault(actual, expected)
        else:
            trouble = "there is no such page" if expected else "no picture of it is kept"
        if trouble:
            faults.append(f"{name}: {trouble}; see {show(name, actual, expected)}")
    return faults


def read_kept(piece: Printed) -> dict[str, Image.Image]:
    kept = {}
    for path in sorted(KEPT.glob(f"{piece.name}-{piece.paper}-*.png")):
        with Image.open(path) as picture:
            kept[path.name] = picture.convert("L")
    return kept


def keep(piece: Printed, drawn: dict[str, Image.Image]) -> None:
    KEPT.mkdir(exist_ok=True)
    for path in KEPT.glob(f"{piece.name}-{piece.paper}-*.png"):
        path.unlink()
    for name, picture in drawn.items():
        picture.save(KEPT / name, optimize=True)


@pytest.mark.shipped_words
@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_every_page_looks_as_it_was_kept(name: str, paper: str) -> None:
    piece = printed(name, paper)
    drawn = pictures_of(piece)
    if os.environ.get("KEEP_PICTURES") == "1":
        keep(piece, drawn)
        pytest.fail(f"pictures kept, look at them: {KEPT}/{name}-{paper}-*.png")
    faults = compare(drawn, read_kept(piece))
    assert not faults, "\n".join(faults)


def test_no_picture_is_kept_of_what_is_no_more() -> None:
    pieces = tuple(f"{name}-{paper}-" for name, paper in EVERY)
    strangers = [path.name for path in KEPT.glob("*") if not path.name.startswith(pieces)]
    assert strangers == []


# The comparison bites


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Image.Image]:
    monkeypatch.setattr("test_pictures.FAILED", tmp_path / "failed-pictures")
    return pictures_of(printed("explainer", "letter"))


def with_moved_word(piece: Printed, picture: Image.Image) -> Image.Image:
    """Move the longest word of the first page by its own height."""
    word = max((word for word in piece.words if word.page == 0), key=lambda word: len(word.text))
    edges = (word.left, word.top, word.right, word.bottom)
    box = tuple(round(edge * DPI / 72) for edge in edges)
    moved = picture.copy()
    cut = moved.crop(box)
    ImageDraw.Draw(moved).rectangle(box, fill=255)
    moved.paste(cut, (box[0], box[3]))
    return moved


def test_the_same_pictures_are_the_same(pages: dict[str, Image.Image], tmp_path: Path) -> None:
    assert compare(pages, {name: page.copy() for name, page in pages.items()}) == []
    assert not (tmp_path / "failed-pictures").exists()


def test_a_moved_word_would_be_seen(pages: dict[str, Image.Image], tmp_path: Path) -> None:
    first = "explainer-letter-1.png"
    moved = with_moved_word(printed("explainer", "letter"), pages[first])
    (found,) = compare({**pages, first: moved}, pages)
    assert found.startswith(f"{first}: ")
    shown = sorted(path.name for path in (tmp_path / "failed-pictures").iterdir())
    assert shown == [
        f"explainer-letter-1-{what}.png" for what in ("actual", "difference", "expected")
    ]
    assert all(name in found for name in shown)


def test_a_missing_page_and_one_too_many_would_be_seen(pages: dict[str, Image.Image]) -> None:
    first = {"explainer-letter-1.png": pages["explainer-letter-1.png"]}
    (missing,) = compare(first, pages)
    assert missing.startswith("explainer-letter-2.png: there is no such page")
    (new,) = compare(pages, first)
    assert new.startswith("explainer-letter-2.png: no picture of it is kept")
    assert len(compare(pages, {})) == len(pages)


def test_another_size_would_be_seen(pages: dict[str, Image.Image]) -> None:
    name, page = next(iter(pages.items()))
    assert "its size is" in fault(page.crop((0, 0, page.width - 1, page.height)), page)
    (found,) = compare({name: page}, {name: page.resize((10, 10))})
    assert "its size is" in found


def test_a_paler_ink_would_be_seen(pages: dict[str, Image.Image]) -> None:
    page = pages["explainer-letter-1.png"]
    assert fault(page.point(lambda level: min(255, level + 60)), page)


def test_the_noise_of_another_machine_is_not_seen(pages: dict[str, Image.Image]) -> None:
    page = pages["explainer-letter-1.png"]
    assert fault(page.point(lambda level: max(0, level - 12)), page) == ""


def test_without_a_kept_picture_the_test_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KEEP_PICTURES", raising=False)
    monkeypatch.setattr("test_pictures.KEPT", tmp_path / "pictures")
    monkeypatch.setattr("test_pictures.FAILED", tmp_path / "failed-pictures")
    with pytest.raises(AssertionError, match="no picture of it is kept"):
        test_every_page_looks_as_it_was_kept("testimonials", "a4")


def test_keeping_pictures_never_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEEP_PICTURES", "1")
    monkeypatch.setattr("test_pictures.KEPT", tmp_path / "pictures")
    with pytest.raises(pytest.fail.Exception, match="pictures kept, look at them"):
        test_every_page_looks_as_it_was_kept("testimonials", "a4")
    kept = sorted(path.name for path in (tmp_path / "pictures").iterdir())
    assert kept == ["testimonials-a4-1.png", "testimonials-a4-2.png"]
    monkeypatch.delenv("KEEP_PICTURES")
    test_every_page_looks_as_it_was_kept("testimonials", "a4")
