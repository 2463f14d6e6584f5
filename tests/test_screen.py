"""Screen files, as validators, poppler and PDFium see them: what is heard, and in which order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
from conftest import ClinicFolder, run_here
from made_once import made_once
from pdf_objects import active_parts
from pdf_tools import (
    EVERY,
    FOLD_ORDER,
    MM,
    PAPERS,
    PIECES,
    info_of,
    letters,
    page_texts,
    panel_spans,
    tool,
)
from promised import Promise, change, load, set_at
from screen_tools import (
    EDITIONS,
    EVERY_FILE,
    EXERCISE,
    PATIENT,
    SCREEN,
    SOME_FILES,
    below,
    elements,
    file_of,
    folder,
    rules_broken,
    screen,
    sheets,
    tags_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=[which for _, which in SOME_FILES], ids=[name for name, _ in SOME_FILES])
def path(request: pytest.FixtureRequest) -> Path:
    return file_of(request.param)


# What is heard


def tagged(path: Path) -> list[str]:
    """Give a file's tags and their text as poppler reads them, which takes it long: once a file."""

    def read(folder: Path) -> None:
        (folder / "tags").write_text(tool("pdfinfo", "-struct-text", path), encoding="utf-8")

    found = made_once("tags", read, str(path), str(path.stat().st_mtime_ns))
    return (found / "tags").read_text(encoding="utf-8").splitlines()


def spoken(path: Path) -> str:
    """Give the text of a file's tags in their order."""
    lines = tagged(path)
    return " ".join(line.strip()[1:-1] for line in lines if line.strip().startswith('"'))


def tag_lines(path: Path) -> list[str]:
    """Give the names of a file's tags in their order, and their words in quotes."""
    lines = (line.strip() for line in tagged(path))
    return [line for line in lines if re.match(r'"|[A-Z]', line)]


def order_faults(path: Path, wanted: list[str]) -> list[str]:
    """Name the texts that are not heard, or not after the ones before them."""
    heard, at, faults = letters(spoken(path)), 0, []
    for text in wanted:
        found = heard.find(letters(text), at)
        if found < 0:
            faults.append(text)
        else:
            at = found + len(letters(text))
    return faults


def brochure_words() -> list[str]:
    """Give the brochure's words panel by panel, as the print table orders them."""
    promise = Promise(load(), "brochure")
    panels = promise.piece["panels"]
    return [
        promise.piece["title"],
        *(
            text
            for panel in FOLD_ORDER
            for section in panels.get(panel, ())
            for text in promise.flow(section)
        ),
    ]


@pytest.mark.parametrize("which", [which for _, which in EVERY_FILE], ids="-".join)
def test_no_rule_of_pdf_ua_is_broken(which: tuple[str, ...]) -> None:
    assert rules_broken(file_of(which)) == []


def test_preflight_passes_it(path: Path) -> None:
    outcome = run_here("preflight", *SCREEN, path, cwd=path.parent)
    assert outcome.code == 0, outcome.err
    assert re.search(r"tags +pass", outcome.out)


def test_it_is_sound_and_does_nothing(path: Path) -> None:
    assert "No syntax or stream encoding errors found" in tool("qpdf", "--check", path)
    assert active_parts(path) == []


def test_it_names_its_language_title_and_tags(path: Path) -> None:
    info = info_of(path)
    data = load()
    titles = {piece["title"] for piece in data["handouts"].values()} | {data["sheet"]["title"]}
    assert info["Title"] in titles
    assert info["Tagged"] == "yes"
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == data.get("language", "en-US")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert "/Duplex" not in pdf.Root.ViewerPreferences
        xmp = pdf.open_metadata()
        assert xmp["dc:title"] == info["Title"]
        assert str(xmp["pdfuaid:part"]) == "1"


@pytest.mark.parametrize("paper", PAPERS)
def test_a_fold_is_read_panel_by_panel(paper: str) -> None:
    path = screen("brochure", paper)
    assert order_faults(path, brochure_words()) == []
    widths = {name: span.right - span.left for name, span in panel_spans(paper).items()}
    height = 8.5 * 72 if paper == "letter" else 210 * MM
    document = pypdfium2.PdfDocument(path)
    try:
        labels = [document.get_page_label(number) for number in range(len(document))]
        assert labels == list(FOLD_ORDER)
        for panel, one in zip(FOLD_ORDER, document, strict=True):
            assert one.get_size() == pytest.approx((widths[panel], height), abs=0.05)
    finally:
        document.close()


def test_panels_in_another_order_are_noticed(tmp_path: Path) -> None:
    """A guard on the test above: the sheet's order, outside and then inside, is not the piece's."""
    moved = tmp_path / "moved.pdf"
    with pikepdf.open(screen("brochure")) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        panels = list(document.K)
        assert len(panels) == 7  # six panels and the foot
        document.K = pikepdf.Array([panels[i] for i in (1, 5, 0, 2, 3, 4, 6)])
        pdf.save(moved)
    assert order_faults(moved, brochure_words()) != []


@pytest.mark.parametrize("name", PIECES)
def test_every_text_is_heard_in_its_order(name: str) -> None:
    promise = Promise(load(), name)
    listed = promise.piece.get("sections") or [
        section for part in promise.piece.get("panels", {}).values() for section in part
    ]
    for section in listed:
        assert order_faults(screen(name), promise.flow(section)) == []


@pytest.mark.shipped_words
def test_a_section_over_two_pages_is_one(clinic_folder: ClinicFolder) -> None:
    """The explainer's first column runs on over the page; what stands beside it comes after it."""
    outcome = clinic_folder.run("build", "explainer", "--profile", "screen")
    assert outcome.code == 0, outcome.err
    file = clinic_folder.out / "explainer-screen.pdf"
    first, second = page_texts(file)
    assert "What studies found" in first
    assert "What we do not know" in second
    heard = spoken(file)
    known, unknown = heard.index("What studies found"), heard.index("What we do not know")
    beside = heard.index("Tell us before we start")
    assert known < unknown < beside
    with pikepdf.open(file) as pdf:
        assert len(pdf.Root.StructTreeRoot.K[0].K) == 2  # the sheet and its foot


@pytest.mark.parametrize(("file", "edition"), [("piece", e) for e in EDITIONS] + [("plain", "")])
def test_an_exercise_begins_with_its_name(file: str, edition: str) -> None:
    path = sheets()[file] if file == "plain" else screen("exercises", edition=edition)
    kinds = [line.split(" ")[0].rstrip(":") for line in tag_lines(path)]
    starts = [at for at, kind in enumerate(kinds) if kind == "Art"]
    assert len(starts) >= 3
    for start in starts:
        part = [kind for kind in kinds[start:] if kind in {"H2", "Figure", "L"}]
        assert part[:3] == ["H2", "Figure", "Figure"]


def test_a_foot_is_heard_once_and_last(path: Path) -> None:
    heard = spoken(path)
    version = re.findall(r"Version\s+\w{8}", heard)  # a code is set apart
    assert len(version) == 1
    assert len(heard) - heard.index(version[0]) < 400
    assert not re.search(r"Page \d of \d", heard)


def test_a_table_is_only_what_has_headers(path: Path) -> None:
    with pikepdf.open(path) as pdf:
        tables = [tag for tag in elements(pdf) if tag.S == "/Table"]
        logs = sum("/TH" in {str(part.S) for part in below(table)} for table in tables)
        assert len(tables) == logs
        for table in tables:
            headers = [part for part in below(table) if part.S == "/TH"]
            assert {str(header.A.Scope) for header in headers} == {"/Row", "/Column"}
    if "exercises" in path.name or path.parent != folder():
        assert tables


def test_each_figure_says_what_it_shows(path: Path) -> None:
    data = load()
    poses = [
        drawing["description"]
        for exercise in data["exercises"].values()
        for drawing in exercise["drawings"].values()
    ]
    sides = re.compile(r"\\\{(left|right)\\\}")
    patterns = [sides.sub("(left|right)", re.escape(text)) for text in poses]
    patterns += [re.escape(text) for text in _alts(data)]
    patterns += [*map(re.escape, _counts(data)), "Logo", r"QR code: \S+"]
    figures = [tag.alt for tag in tags_of(path) if tag.kind == "Figure"]
    assert figures
    for alt in figures:
        assert any(re.fullmatch(pattern, alt) for pattern in patterns), alt
    if "exercises" in path.name or path.parent != folder():
        assert len(figures) > 6


def _counts(data: dict[str, Any]) -> Iterator[str]:
    """Say what the dots of each count of 100 are."""
    for section in data["sections"].values():
        for block in (*section["body"], *section.get("brief", ())):
            if "in_100" in block:
                counts = block["in_100"]
                harms = (f"{harm['count']}: {harm['text']}" for harm in counts["harms"])
                yield f"{counts['of']}: {'; '.join(harms)}"


def _alts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "alt" in value:
            yield value["alt"]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _alts(part)


@pytest.mark.parametrize(("name", "paper"), EVERY, ids="-".join)
def test_figures_stand_where_the_file_says(name: str, paper: str) -> None:
    with pikepdf.open(screen(name, paper)) as pdf:
        figures = [tag for tag in elements(pdf) if tag.S == "/Figure"]
        assert figures
        for figure in figures:
            left, bottom, right, top = map(float, figure.A.BBox)
            _, _, width, height = map(float, figure.Pg.MediaBox)
            assert 0 <= left < right <= width
            assert 0 <= bottom < top <= height
        logo = next(figure for figure in figures if str(figure.Alt) == "Logo")
        left, bottom, right, top = map(float, logo.A.BBox)
        drawn = _ink(screen(name, paper), pdf.pages.index(pikepdf.Page(logo.Pg)), logo.A.BBox)
        assert drawn > 0.2


def _ink(path: Path, number: int, box: Any) -> float:
    """Give the share of a rectangle of a page that is not white."""
    document = pypdfium2.PdfDocument(path)
    try:
        picture = document[number].render(scale=2, grayscale=True).to_numpy()
        picture = picture.reshape(picture.shape[:2])
        left, bottom, right, top = (float(edge) * 2 for edge in box)
        height = picture.shape[0]
        part = picture[int(height - top) : int(height - bottom), int(left) : int(right)]
        return float((part < 250).mean())
    finally:
        document.close()


# Links and bookmarks


def links_of(path: Path) -> list[tuple[str, str]]:
    """Give each live link's address and description."""
    with pikepdf.open(path) as pdf:
        return [
            (str(link.A.URI), str(link.Contents))
            for one in pdf.pages
            for link in one.obj.get("/Annots", ())
            if link.Subtype == "/Link"
        ]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", ["brochure", "explainer", "testimonials"])
def test_links_are_live_and_tagged(name: str, edition: str) -> None:
    booking = load()["clinic"]["booking"]
    path = screen(name, edition=edition)
    assert set(links_of(path)) == {(booking, booking)}
    assert "Link" in {tag.kind for tag in tags_of(path)}


def test_a_videos_link_is_live(clinic_folder: ClinicFolder) -> None:
    video = "https://www.example.com/videos/levator"
    change(clinic_folder, set_at("exercises", "levator-scapulae-stretch", "video", to=video))
    outcome = clinic_folder.run("sheet", "--for", PATIENT, *EXERCISE, *SCREEN, "-o", "a.pdf")
    assert outcome.code == 0, outcome.err
    path = clinic_folder.path / "a.pdf"
    assert links_of(path) == [(video, video)]
    assert rules_broken(path) == []


def bookmarks_of(path: Path) -> list[tuple[int, str, int]]:
    """Give each bookmark's depth, title and page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [
            (mark.level, mark.get_title(), mark.get_dest().get_index())
            for mark in document.get_toc()
        ]
    finally:
        document.close()


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", PIECES)
def test_bookmarks_name_every_section_and_exercise(name: str, edition: str) -> None:
    data = load()
    piece = data["handouts"][name]
    marks = bookmarks_of(screen(name, edition=edition))
    assert marks[0] == (0, piece["title"], 0)
    assert {level for level, *_ in marks[1:]} == {1}
    titles = [re.sub(r"^\d+ ", "", title) for _, title, _ in marks]
    parts = piece.get("sections") or [
        part for panel in piece.get("panels", {}).values() for part in panel
    ]
    wanted = [data["sections"][part]["heading"] for part in parts]
    if name == "exercises":
        wanted += [data["exercises"][part]["name"] for part in piece["exercises"]]
        wanted.append(data["stop_and_call"]["heading"])
    assert set(wanted) <= set(titles)
    if name == "brochure" and edition == "standard":
        assert sorted({number for *_, number in marks}) == [0, 1, 2, 3, 4, 5]
