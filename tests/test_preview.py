"""The pictures that ``handouts preview`` draws: each page, all of them, a fold in the hand."""

from __future__ import annotations

import json
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import MOST_S, ClinicFolder
from made_once import made_once
from pdf_tools import PAGE_SIZES, PIECES, fill_clinic, panel_spans
from PIL import Image, ImageChops, ImageStat
from processes import started, wait_for, wait_until_gone

from handouts.basics.watching import versions

SAME = 6
"""How far two pictures of one thing may lie apart on average, of 255: edges are smoothed."""
SHADOW_PX = 6


@pytest.fixture(scope="module")
def previewed() -> ClinicFolder:
    """The shipped content with its preview at 60 dpi."""

    def draw(folder: Path) -> None:
        clinic = fill_clinic(folder / "clinic")
        outcome = clinic.run("preview", "--dpi", "60")
        assert outcome.code == 0, outcome.err
        written = sorted((clinic.out / "preview").iterdir())
        assert sorted(outcome.out.splitlines()) == [
            str(path.relative_to(clinic.path)) for path in written
        ]

    return ClinicFolder(made_once("preview", draw) / "clinic")


def picture(clinic: ClinicFolder, name: str) -> Image.Image:
    with Image.open(clinic.out / "preview" / f"{name}.png") as opened:
        assert opened.format == "PNG"
        return opened.convert("RGB")


def pages_of(clinic: ClinicFolder) -> dict[str, int]:
    outcome = clinic.run("build", "--json")
    assert outcome.code == 0, outcome.err
    return {file["piece"]: file["pages"] for file in json.loads(outcome.out)["files"]}


def test_each_page_has_its_picture(previewed: ClinicFolder) -> None:
    pages = pages_of(previewed)
    assert set(pages) == set(PIECES)
    wanted = {f"{name}-{n}.png" for name, count in pages.items() for n in range(1, count + 1)}
    written = {path.name for path in (previewed.out / "preview").iterdir()}
    assert written == {*wanted, "brochure-folded.png", "contact-sheet.png"}


def page_size_px(name: str, paper: str, dpi: int) -> tuple[float, float]:
    width, height = PAGE_SIZES[name, paper]
    return width * dpi / 72, height * dpi / 72


@pytest.mark.parametrize("name", PIECES)
def test_a_picture_shows_its_page_at_the_resolution(previewed: ClinicFolder, name: str) -> None:
    pictures = [picture(previewed, f"{name}-{number}") for number in (1, 2)]
    for one in pictures:
        assert one.size == pytest.approx(page_size_px(name, "letter", 60), abs=1)
        assert len(one.getcolors(one.width * one.height)) > 20
    assert not same(*pictures)


def test_sizes_follow_the_dpi(clinic_folder: ClinicFolder) -> None:
    for dpi in (36, 96):
        outcome = clinic_folder.run("preview", "brochure", "--paper", "a4", "--dpi", str(dpi))
        assert outcome.code == 0, outcome.err
        page = picture(clinic_folder, "brochure-a4-1")
        assert page.size == pytest.approx(page_size_px("brochure", "a4", dpi), abs=1)
        *_, opened = states(picture(clinic_folder, "brochure-a4-folded"))
        assert opened.width == pytest.approx(page.width, abs=SHADOW_PX)


@pytest.mark.parametrize("dpi", ["0", "35", "-110", "601", "many"])
def test_a_senseless_dpi_is_refused(clinic_folder: ClinicFolder, dpi: str) -> None:
    outcome = clinic_folder.run("preview", "brochure", "--dpi", dpi)
    assert outcome.code == 2
    assert "--dpi" in outcome.err
    assert not clinic_folder.out.exists()


def same(one: Image.Image, other: Image.Image) -> bool:
    """Say whether two pictures show the same, but for smoothing."""
    difference = ImageChops.difference(one, other.resize(one.size))
    return max(ImageStat.Stat(difference).mean) < SAME


def states(folded: Image.Image) -> list[Image.Image]:
    """Cut the pictures that lie on a desk apart: what is not the desk's own colour."""
    desk = folded.getpixel((0, 0))
    changed = ImageChops.difference(folded, Image.new("RGB", folded.size, desk)).convert("L")
    middle = folded.height // 2
    row = [any(changed.getpixel((x, y)) for y in (middle - 9, middle)) for x in range(folded.width)]
    edges = [x for x in range(1, folded.width) if row[x] != row[x - 1]]
    found = []
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        strip = changed.crop((left, 0, right, folded.height))
        _, top, _, bottom = strip.getbbox()
        found.append(folded.crop((left, top, right, bottom)))
    return found


def panels(clinic: ClinicFolder, dpi: int) -> dict[str, Image.Image]:
    """Cut the pictures of the brochure's sides at the folds of the print table."""
    sides = [picture(clinic, f"brochure-{number}") for number in (1, 2)]
    return {
        name: sides[span.page].crop(
            (
                round(span.left * dpi / 72), 0,
                round(span.right * dpi / 72), sides[span.page].height,
            )
        )
        for name, span in panel_spans("letter").items()
    }  # fmt: skip


def test_the_brochure_lies_folded_in_three_states(previewed: ClinicFolder) -> None:
    found = states(picture(previewed, "brochure-folded"))
    cut = panels(previewed, 60)
    wanted = [["cover"], ["inside-left", "flap"], ["inside-left", "inside-center", "inside-right"]]
    assert len(found) == 3
    for state, names in zip(found, wanted, strict=True):
        # Beside each state lies its shadow, so its picture is a little larger.
        assert state.width == pytest.approx(sum(cut[name].width for name in names), abs=SHADOW_PX)
        left = 0
        for name in names:
            panel = cut[name]
            shown = state.crop((left, 0, left + panel.width, panel.height))
            assert same(shown, panel), f"{name} is not where it should be in {names}"
            others = [cut[other] for other in cut if other != name]
            assert not any(same(shown, other) for other in others)
            left += panel.width


def test_only_a_fold_lies_in_the_hand(previewed: ClinicFolder) -> None:
    folds = [path.name for path in (previewed.out / "preview").glob("*folded*")]
    assert folds == ["brochure-folded.png"]


def test_the_contact_sheet_shows_every_page(previewed: ClinicFolder) -> None:
    sheet = picture(previewed, "contact-sheet")
    pages = [picture(previewed, f"{name}-{n}") for name in PIECES for n in (1, 2)]
    assert sheet.width * sheet.height > sum(page.width * page.height for page in pages)
    assert [page for page in pages if not shows(sheet, page)] == []
    assert not shows(sheet, pages[0].transpose(Image.Transpose.ROTATE_180))


def shows(sheet: Image.Image, page: Image.Image) -> bool:
    """Say whether a picture lies on a sheet somewhere, dot for dot.

    It is looked for by its most varied row: one that is all white is found everywhere.
    """
    width, height = page.size
    dots, stride = page.tobytes(), width * 3
    rows = [dots[at : at + stride] for at in range(0, len(dots), stride)]
    number = max(range(height), key=lambda y: len(set(rows[y])))
    data = sheet.tobytes()
    at = data.find(rows[number])
    while at >= 0:
        y, x = divmod(at, sheet.width * 3)
        left, top = x // 3, y - number
        if x % 3 == 0 and sheet.crop((left, top, left + width, top + height)) == page:
            return True
        at = data.find(rows[number], at + 1)
    return False


def test_a_second_preview_overwrites_the_first(previewed: ClinicFolder, tmp_path: Path) -> None:
    own = ClinicFolder(Path(shutil.copytree(previewed.path, tmp_path / "clinic")))
    target = own.out / "preview" / "brochure-1.png"
    before = target.read_bytes()
    target.write_bytes(b"an old picture")
    assert own.run("preview", "brochure", "--dpi", "60").code == 0
    assert target.read_bytes() == before


def test_pictures_follow_what_is_saved_good_or_bad(
    plain_clinic: ClinicFolder, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    page = plain_clinic.out / "preview" / "testimonials-1.png"
    with told.open("wb") as file:
        process = started(
            plain_clinic.path, "preview", "testimonials", "--watch", stdout=file, stderr=file
        )

    def drawn(times: int) -> str:
        wait_for(lambda: told.read_text("utf-8").count("\nWatching ") >= times, process)
        return told.read_text("utf-8").rpartition("\nWatching ")[0].rpartition("\nWatching ")[2]

    try:
        drawn(1)
        first = page.read_bytes()
        plain_clinic.edit('primary: "#0f5c63"', 'primary: "#5c0f63"')
        assert str(page.relative_to(plain_clinic.path)) in drawn(2)
        second = page.read_bytes()
        plain_clinic.edit('primary: "#5c0f63"', "primary: [")
        assert "a bracket is opened here and not closed" in drawn(3)
        kept = page.read_bytes()
        plain_clinic.edit("primary: [", 'primary: "#0f5c63"')
        assert "1 error" not in drawn(4)
        process.send_signal(signal.SIGINT)
        assert process.wait(MOST_S) == 130
    finally:
        process.kill()
    assert "Stopped; no file is left half written." in told.read_text("utf-8")
    assert first != second == kept
    assert page.read_bytes() == first


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_what_ends_a_watch_is_told_by_its_code(
    plain_clinic: ClinicFolder, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    plain_clinic.content.write_text("clinic: [", encoding="utf-8")
    told = tmp_path / "told"
    with told.open("wb") as file:
        process = started(plain_clinic.path, "preview", "--watch", stdout=file, stderr=file)
    try:
        wait_for(lambda: "\nWatching " in told.read_text("utf-8"), process)
        process.send_signal(number)
        assert process.wait(MOST_S) == code
        wait_until_gone(process.pid)
    finally:
        process.kill()
    assert told.read_text("utf-8").endswith("Stopped; no file is left half written.\n")


def test_only_the_folder_of_results_is_not_looked_at(tmp_path: Path) -> None:
    words = versions(tmp_path, tmp_path / "out")
    next(words)
    (tmp_path / "outline.svg").write_text("<svg/>")
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(next, words).result(MOST_S) is None


def test_results_can_not_go_where_changes_are_looked_for(plain_clinic: ClinicFolder) -> None:
    outcome = plain_clinic.run("preview", "--watch", "--out", ".")
    assert outcome.code == 5
    assert "choose another folder with -o" in outcome.the_finding("the folder that is watched")
    assert not list(plain_clinic.path.glob("*.pdf"))
