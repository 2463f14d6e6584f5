"""The finished files, as printers' tools see them."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from conftest import run
from pdf_objects import active_parts
from pdf_tools import (
    EVERY,
    MM,
    PAGE_SIZES,
    Printed,
    fill_clinic,
    info_of,
    panel_spans,
    printed,
    reported,
    tool,
)
from promised import load, web_words

if TYPE_CHECKING:
    from pathlib import Path

BOXES = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
OUR_FONTS = re.compile(
    r"[A-Z]{6}\+(Atkinson-Hyperlegible|Figures|Fraunces|Noto-Sans)(-(Semi-)?Bold)?(-Italic)?"
)
FONT_LINE = re.compile(r"^(\S+) +\S.*? (yes|no) +(yes|no) +(yes|no) +(?:\d+ +\d+|\[none\])$")


@pytest.fixture(params=EVERY, ids="-".join)
def piece(request: pytest.FixtureRequest) -> Printed:
    return printed(*request.param)


def box_faults(path: Path, size: tuple[float, float], pages: int) -> list[str]:
    """Give each box of each page that is not the whole sheet."""
    text = tool("pdfinfo", "-box", "-f", "1", "-l", str(pages), path)
    faults = []
    for number in range(1, pages + 1):
        for box in BOXES:
            match = re.search(rf"^Page +{number} {box}: +(.+)$", text, re.MULTILINE)
            assert match, text
            edges = [float(edge) for edge in match[1].split()]
            if edges != pytest.approx([0, 0, *size], abs=0.01):
                faults.append(f"{box} of page {number}: {match[1]}")
    return faults


def font_faults(path: Path) -> list[str]:
    """Give each font of a file that is not ours, not embedded, or embedded whole."""
    _, _, *lines = tool("pdffonts", path).splitlines()
    faults = []
    for line in lines:
        match = FONT_LINE.match(line)
        assert match, line
        name, embedded, subset, readable = match.groups()
        if not OUR_FONTS.fullmatch(name) or {embedded, subset, readable} != {"yes"}:
            faults.append(line)
    assert lines, "no fonts at all"
    return faults


def drawing_faults(path: Path) -> list[str]:
    """Give what poppler and PDFium complain of, and pages that come out blank."""
    poppler = subprocess.run(
        ["pdftoppm", "-r", "30", "-gray", path], capture_output=True, check=False
    )
    faults = [*poppler.stderr.decode().splitlines()]
    document = pypdfium2.PdfDocument(path)
    try:
        for number, page in enumerate(document, start=1):
            darkest, lightest = page.render(scale=0.5).to_pil().convert("L").getextrema()
            if lightest - darkest < 128:
                faults.append(f"page {number} is blank")
    finally:
        document.close()
    return faults


def link_faults(path: Path, url: str, words: str, span: tuple[float, float]) -> list[str]:
    """Say what is wrong with the links: each must lie over the words, within the span."""
    written = [word for word in Printed("", "", path).words if word.text == words]
    faults = [] if written else [f"{words} is not printed"]
    with pikepdf.open(path) as pdf:
        for word in written:
            page = pdf.pages[word.page]
            height = float(page.mediabox[3])
            middle = (word.left + word.right) / 2, height - (word.top + word.bottom) / 2
            boxes = {
                pikepdf.Rectangle(*sorted_corners(link.Rect)): str(link.A.URI)
                for link in page.obj.get("/Annots", [])
            }
            over = [
                box
                for box in boxes
                if box.llx <= middle[0] <= box.urx and box.lly <= middle[1] <= box.ury
            ]
            if [boxes[box] for box in over] != [url]:
                faults.append(f"no live link over {word}")
                continue
            (box,) = over
            fits = abs(box.llx - word.left) < 2 and abs(box.urx - word.right) < 2
            if not fits or box.height > 2 * (word.bottom - word.top):
                faults.append(f"{box} is not the box of {word}")
            if box.llx < span[0] or box.urx > span[1]:
                faults.append(f"{box} leaves the panel")
    return faults


def sorted_corners(rect: pikepdf.Array) -> tuple[float, float, float, float]:
    """Give a rectangle's lower left and upper right corner; a file may name any two."""
    x0, y0, x1, y1 = (float(edge) for edge in rect)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def test_qpdf_finds_nothing_wrong(piece: Printed) -> None:
    assert "No syntax or stream encoding errors found" in tool("qpdf", "--check", piece.path)


def test_every_page_has_the_size_of_its_paper_and_is_cut_at_its_edge(piece: Printed) -> None:
    assert box_faults(piece.path, piece.size, int(piece.info["Pages"])) == []
    with pikepdf.open(piece.path) as pdf:
        for page in pdf.pages:
            assert list(page.obj.TrimBox) == list(page.obj.MediaBox)
            assert page.obj.get("/Rotate", 0) == 0


def test_the_page_count_is_that_of_the_piece(piece: Printed) -> None:
    pages = int(piece.info["Pages"])
    if piece.name != "exercises":
        assert pages == 2
    said = reported(piece.name, piece.paper)
    assert said["pages"] == pages == len(piece.pages)
    assert said["sheets"] == (pages + 1) // 2


def test_all_fonts_are_ours_embedded_and_subset(piece: Printed) -> None:
    assert font_faults(piece.path) == []


def test_the_file_says_what_it_is(piece: Printed) -> None:
    data = load()
    version = run("--version", cwd=piece.path.parent).out.split()[-1]
    dated = f"{data['provenance']['dated']}T00:00:00Z"
    wanted = {
        "Title": data["handouts"][piece.name]["title"],
        "Author": data["clinic"]["name"],
        "Creator": f"handouts {version}",
        "CreationDate": dated,
        "ModDate": dated,
        "Encrypted": "no",
        "JavaScript": "no",
        "Form": "none",
    }
    assert {name: piece.info[name] for name in wanted} == wanted
    assert piece.content_hash in piece.info["Subject"]
    with pikepdf.open(piece.path) as pdf:
        assert str(pdf.Root.Lang) == data.get("language", "en-US")


def test_the_printer_is_told_how_to_print_it(piece: Printed) -> None:
    with pikepdf.open(piece.path) as pdf:
        preferences = pdf.Root.ViewerPreferences
        assert preferences.PrintScaling == "/None"
        assert preferences.DisplayDocTitle
        landscape = piece.size[0] > piece.size[1]
        edge = "Short" if landscape else "Long"
        assert preferences.Duplex == f"/DuplexFlip{edge}Edge"


def test_the_file_does_nothing_by_itself(piece: Printed) -> None:
    assert active_parts(piece.path) == []
    assert tool("pdfdetach", "-list", piece.path).strip() == "0 embedded files"


def test_poppler_and_pdfium_draw_every_page(piece: Printed) -> None:
    assert drawing_faults(piece.path) == []


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("name", ["brochure", "explainer", "testimonials"])
def test_the_booking_link_is_live(name: str, paper: str) -> None:
    booking = load()["clinic"]["booking"]
    piece = printed(name, paper)
    span = panel_spans(paper)["back"][1:] if name == "brochure" else (0, piece.size[0])
    assert link_faults(piece.path, booking, web_words(booking), span) == []


# The guards bite


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    """A file with all that a printer would curse: foreign fonts, scripts, wrong boxes."""
    path = tmp_path / "spoiled.pdf"
    with pikepdf.open(printed("brochure", "letter").path) as pdf:
        page = pdf.pages[0]
        page.obj.Resources.Font = pikepdf.Dictionary(
            F1=pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        page.contents_add(b"BT /F1 12 Tf 20 20 Td (foreign) Tj ET")
        page.trimbox = pikepdf.Array([9, 9, 783, 603])
        pdf.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
        )
        pdf.attachments["note.txt"] = b"hello"
        for link in page.obj.Annots:
            link.Rect[0] -= 100
            link.Rect[2] -= 100
        pdf.save(path)
    return path


def test_foreign_fonts_would_be_seen(spoiled: Path) -> None:
    (fault,) = font_faults(spoiled)
    assert fault.startswith("Helvetica")


def test_wrong_boxes_would_be_seen(spoiled: Path) -> None:
    letter, a4 = PAGE_SIZES["brochure", "letter"], PAGE_SIZES["brochure", "a4"]
    (fault,) = [fault for fault in box_faults(spoiled, letter, 2) if "TrimBox" in fault]
    assert "page 1" in fault
    good = printed("brochure", "letter").path
    assert len(box_faults(good, a4, 2)) == 2 * len(BOXES)
    half_mm_wider = (letter[0] + 0.5 * MM, letter[1])
    assert len(box_faults(good, half_mm_wider, 2)) == 2 * len(BOXES)


def test_scripts_and_attachments_would_be_seen(spoiled: Path) -> None:
    assert {"/JS", "/OpenAction", "/EmbeddedFiles", "/EF"} <= set(active_parts(spoiled))


def test_blank_pages_and_complaints_would_be_seen(spoiled: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    with pikepdf.open(spoiled) as pdf:
        pdf.add_blank_page(page_size=(792, 612))
        pdf.save(broken)
        assert drawing_faults(broken) == ["page 3 is blank"]
        pdf.pages[0].Contents = pdf.make_stream(b"q q BT /Nowhere 9 Tf (x) Tj")
        pdf.save(broken)
    assert any("rror" in fault for fault in drawing_faults(broken))


def test_a_link_beside_its_words_would_be_seen(spoiled: Path) -> None:
    booking = load()["clinic"]["booking"]
    back = panel_spans("letter")["back"][1:]
    assert link_faults(spoiled, booking, web_words(booking), back) != []
    good = printed("brochure", "letter").path
    assert link_faults(good, "https://www.example.org", web_words(booking), back) != []
    assert link_faults(good, booking, "example.com/nowhere", back) != []
    assert link_faults(good, booking, web_words(booking), panel_spans("letter")["flap"][1:]) != []


def test_a_damaged_file_would_be_seen(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.pdf"
    whole = printed("brochure", "letter").path.read_bytes()
    damaged.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(AssertionError):
        tool("qpdf", "--check", damaged)


# SOURCE_DATE_EPOCH


def differences(ours: Path, theirs: Path) -> set[str]:
    """Name what differs in two files' objects: the keys, and the streams by their own keys."""
    found: set[str] = set()
    with pikepdf.open(ours) as one, pikepdf.open(theirs) as other:
        assert len(one.objects) == len(other.objects)
        for mine, its in zip(one.objects, other.objects, strict=True):
            if not isinstance(mine, pikepdf.Dictionary | pikepdf.Stream):
                if mine.unparse() != its.unparse():
                    found.add(str(mine.unparse()))
                continue
            if mine.get("/Type") in {"/ObjStm", "/XRef"}:  # how the objects are packed
                continue
            keys = {*mine.keys(), *its.keys()} - {"/Length", "/Filter"}
            found |= {key for key in keys if written(mine.get(key)) != written(its.get(key))}
            if isinstance(mine, pikepdf.Stream) and mine.read_bytes() != its.read_bytes():
                found.add(f"stream with {', '.join(sorted(keys)) or 'nothing'}")
    return found


def written(value: object) -> bytes:
    """Write a value as it stands in a file, references as references."""
    return value.unparse() if isinstance(value, pikepdf.Object) else repr(value).encode()


@pytest.mark.parametrize("name", ["brochure", "explainer"])
def test_source_date_epoch_sets_the_dates_and_nothing_else(name: str, tmp_path: Path) -> None:
    clinic = fill_clinic(tmp_path / "clinic")
    moment = {"SOURCE_DATE_EPOCH": "1800000000"}
    outcome = run("build", name, cwd=clinic.path, env=moment)
    assert outcome.code == 0, outcome.err
    path = clinic.out / f"{name}.pdf"
    info = info_of(path)
    assert info["CreationDate"] == info["ModDate"] == "2027-01-15T08:00:00Z"
    assert differences(path, printed(name, "letter").path) == {"/CreationDate", "/ModDate"}


def test_other_differences_would_be_seen(tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    good = printed("explainer", "letter").path
    with pikepdf.open(good) as pdf:
        pdf.docinfo["/Title"] = "Another title"
        pdf.pages[0].obj.Contents.write(b"q Q")
        pdf.save(other, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert differences(other, good) == {"/Title", "stream with nothing"}
    assert differences(good, good) == set()


def test_a_source_date_epoch_that_is_no_number_is_refused(tmp_path: Path) -> None:
    clinic = fill_clinic(tmp_path / "clinic")
    outcome = run("build", cwd=clinic.path, env={"SOURCE_DATE_EPOCH": "yesterday"})
    assert outcome.code == 5
    outcome.the_finding('SOURCE_DATE_EPOCH is "yesterday"')
    assert not clinic.out.exists()
