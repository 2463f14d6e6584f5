"""What the tests of finished files share: the shipped pieces, built once, and ways to read them.

Files are read with other tools than wrote them: poppler and qpdf here; see pdf_objects for
what stands on their pages.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import unicodedata
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

from conftest import ROOT, ClinicFolder, Outcome, files_below, run
from made_once import made_once
from promised import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


IN = 72.0
MM = 72 / 25.4
PIECES = ("brochure", "explainer", "exercises", "testimonials")
PAPERS = ("letter", "a4")
EVERY = [(piece, paper) for piece in PIECES for paper in PAPERS]
EDITIONS = ("standard", "large-print", "ink-saver")
EVERY_FILE = [(piece, paper, edition) for (piece, paper), edition in product(EVERY, EDITIONS)]
PAGE_SIZES = {
    ("brochure", "letter"): (11 * IN, 8.5 * IN),
    ("brochure", "a4"): (297 * MM, 210 * MM),
    ("testimonials", "letter"): (4 * IN, 9 * IN),
    ("testimonials", "a4"): (99 * MM, 210 * MM),
    **{(piece, "letter"): (8.5 * IN, 11 * IN) for piece in ("explainer", "exercises")},
    **{(piece, "a4"): (210 * MM, 297 * MM) for piece in ("explainer", "exercises")},
}
PANEL_WIDTHS = {
    "letter": (
        {"flap": 3.625 * IN, "back": 3.6875 * IN, "cover": 3.6875 * IN},
        {"inside-left": 3.6875 * IN, "inside-center": 3.6875 * IN, "inside-right": 3.625 * IN},
    ),
    "a4": (
        {"flap": 97 * MM, "back": 100 * MM, "cover": 100 * MM},
        {"inside-left": 100 * MM, "inside-center": 100 * MM, "inside-right": 97 * MM},
    ),
}
"""The print table: on each side of the sheet, the panels from left to right."""
FOLD_ORDER = ("cover", "flap", "inside-left", "inside-center", "inside-right", "back")
CONTENT_HASH = re.compile(r"(?<![\w-])[0-9a-f]{8}(?![\w-])")


def tool(*command: str | Path) -> str:
    """Run one of poppler's or qpdf's tools; it must be content and say nothing on the side."""
    result = subprocess.run(
        [str(part) for part in command], capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stderr == "", result.stderr
    return result.stdout


class Span(NamedTuple):
    """A panel's place: its page (from 0), and its left and right edge in points."""

    page: int
    left: float
    right: float


class Word(NamedTuple):
    """A word on a page, as poppler sees it; the top left corner of the page is 0, 0."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def panel_spans(paper: str) -> dict[str, Span]:
    """Say where the print table puts each panel of the roll-fold."""
    spans: dict[str, Span] = {}
    for page, widths in enumerate(PANEL_WIDTHS[paper]):
        left = 0.0
        for panel, width in widths.items():
            spans[panel] = Span(page, left, left + width)
            left += width
    return spans


@dataclass(frozen=True)
class Printed:
    """A finished file."""

    name: str
    paper: str
    path: Path

    @cached_property
    def info(self) -> dict[str, str]:
        """What pdfinfo says of the file and its first page."""
        return info_of(self.path)

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, in the order in which it was drawn."""
        return tool("pdftotext", "-raw", self.path, "-").split("\f")[:-1]

    @property
    def text(self) -> str:
        return "\n".join(self.pages)

    @cached_property
    def words(self) -> list[Word]:
        return words_of(self.path)

    @property
    def size(self) -> tuple[float, float]:
        return PAGE_SIZES[self.name, self.paper]

    @cached_property
    def feet(self) -> list[str]:
        """The running feet: from the line that names who made it to the page's or panel's end."""
        whole = [self.panel("back")] if self.name == "brochure" else self.pages
        return [foot for page in whole if (foot := split_foot(page)[1])]

    @cached_property
    def content_hash(self) -> str:
        """The content hash that is printed; it must be one and the same in all feet."""
        (found,) = {code for foot in self.feet for code in CONTENT_HASH.findall(foot)}
        return str(found)

    def below(self, span: Span, top: float = 0.0) -> str:
        """Give the text that stands within a span of a page, from ``top`` points down."""
        return cropped(self.path, span, top=top, height=self.size[1])

    def panel(self, name: str) -> str:
        """Give the text that stands where the print table puts a panel."""
        return self.below(panel_spans(self.paper)[name])


def info_of(path: Path) -> dict[str, str]:
    """Read what pdfinfo says: each line's name and value."""
    lines = tool("pdfinfo", "-box", "-isodates", path).splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def words_of(path: Path) -> list[Word]:
    """Give every word of a file with its place."""
    tree = ET.fromstring(tool("pdftotext", "-bbox", path, "-"))  # noqa: S314 - poppler's own
    html = "{http://www.w3.org/1999/xhtml}"
    return [
        Word(
            number,
            word.text or "",
            *(float(word.attrib[edge]) for edge in ("xMin", "yMin", "xMax", "yMax")),
        )
        for number, page in enumerate(tree.iter(f"{html}page"))
        for word in page.iter(f"{html}word")
    ]


def cropped(path: Path, span: Span, *, top: float, height: float) -> str:
    """Give the text of a part of a page; poppler crops in whole pixels, so many to the point."""
    per_pt = 10
    left, right = round(span.left * per_pt), round(span.right * per_pt)
    upper, lower = round(top * per_pt), round(height * per_pt)
    page = str(span.page + 1)
    box = ("-x", left, "-y", upper, "-W", right - left, "-H", lower - upper)
    return tool(
        "pdftotext", "-raw", "-r", str(72 * per_pt), "-f", page, "-l", page,
        *map(str, box), path, "-",
    )  # fmt: skip


def split_foot(page: str) -> tuple[str, str]:
    """Cut a page's text before the line that names who made the piece; the foot is drawn last."""
    provenance, clinic = (load()[key] for key in ("provenance", "clinic"))
    maker = clinic["clinicians"][provenance["made_by"][0]]
    start = page.rfind(f"{maker['name']}, {maker['credentials']}")
    if start < 0:
        return page, ""
    line = page.rfind("\n", 0, start) + 1
    return page[:line], page[line:]


def letters(text: str) -> str:
    """Reduce a text to what a reader sees: no spaces, no ligatures, no hyphens at line ends."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(plain.split()).translate(_HYPHENS)


_HYPHENS = str.maketrans("", "", "-‐\u00ad")


def exact_letters(text: str) -> str:
    """Take out the spaces alone."""
    return "".join(text.split())


@dataclass(frozen=True)
class Shipped:
    """The shipped content in a folder of its own, built on both papers."""

    folder: Path
    outcome: Outcome

    def piece(self, name: str, paper: str) -> Printed:
        assert self.outcome.code == 0, self.outcome.err
        word = "" if paper == "letter" else f"-{paper}"
        return Printed(name, paper, self.folder / "out" / f"{name}{word}.pdf")


def fill_clinic(folder: Path, content: Path = ROOT / "content.yaml") -> ClinicFolder:
    """Put the shipped content, or another, into a folder, as ``handouts new`` would."""
    (folder / "styles").mkdir(parents=True)
    shutil.copy(content, folder / "content.yaml")
    shutil.copy(ROOT / "styles" / "sample-logo.svg", folder / "styles" / "sample-logo.svg")
    return ClinicFolder(folder)


@contextlib.contextmanager
def on_no_day() -> Iterator[None]:
    """Take SOURCE_DATE_EPOCH out of the environment, so that files carry the content's own date."""
    moment = os.environ.pop("SOURCE_DATE_EPOCH", None)
    try:
        yield
    finally:
        if moment is not None:
            os.environ["SOURCE_DATE_EPOCH"] = moment


def _built_once(name: str, *options: str) -> Shipped:
    def build(folder: Path) -> None:
        clinic = fill_clinic(folder / "clinic")
        papers = ("--paper", "letter", "--paper", "a4")
        with on_no_day():
            outcome = run("build", "--json", *papers, *options, cwd=clinic.path)
        (folder / "outcome.json").write_text(json.dumps(asdict(outcome)), encoding="utf-8")

    folder = made_once(name, build)
    outcome = json.loads((folder / "outcome.json").read_text(encoding="utf-8"))
    return Shipped(folder / "clinic", Outcome(**outcome))


@cache
def shipped() -> Shipped:
    """Build the shipped content on both papers."""
    return _built_once("shipped")


@cache
def printed(name: str, paper: str) -> Printed:
    """Give a piece of the shipped content."""
    return shipped().piece(name, paper)


@cache
def other_editions() -> Shipped:
    """Build the editions of the shipped content on both papers."""
    return _built_once("editions", "--edition", "large-print", "--edition", "ink-saver")


def file_of(name: str, paper: str, edition: str) -> Path:
    """Give the finished file of a piece of the shipped content."""
    if edition == "standard":
        return printed(name, paper).path
    editions = other_editions()
    assert editions.outcome.code == 0, editions.outcome.err
    word = "" if paper == "letter" else f"-{paper}"
    return editions.folder / "out" / f"{name}{word}-{edition}.pdf"


def page_texts(path: Path) -> list[str]:
    """Give the text of each page in the order in which it was drawn."""
    return tool("pdftotext", "-raw", path, "-").split("\f")[:-1]


def reported(name: str, paper: str) -> dict[str, Any]:
    """Give what the build of the shipped content said of a file."""
    files = json.loads(shipped().outcome.out)["files"]
    (found,) = [file for file in files if (file["piece"], file["paper"]) == (name, paper)]
    return dict(found)


def built(clinic: ClinicFolder, name: str, paper: str = "letter") -> Printed:
    """Build one piece in a clinic's folder; it must succeed."""
    outcome = clinic.run("build", name, "--paper", paper)
    assert outcome.code == 0, outcome.err
    word = "" if paper == "letter" else f"-{paper}"
    return Printed(name, paper, clinic.out / f"{name}{word}.pdf")


def must_fail(clinic: ClinicFolder, *names: str, code: int = 4) -> Outcome:
    """Run a build that must end with the code, say why, and leave the folder as it is."""
    clinic.out.mkdir(exist_ok=True)
    for name in names:
        (clinic.out / f"{name}.pdf").write_bytes(b"what was printed last time")
    before = files_below(clinic.path)
    outcome = clinic.run("build", *names)
    assert outcome.code == code, outcome
    assert files_below(clinic.path) == before
    assert outcome.out == ""
    *_, last = outcome.err.splitlines()
    assert re.fullmatch(r"\d+ errors?( and \d+ warnings?)?\.", last), outcome.err
    return outcome


def lost(strings: Iterable[str], text: str) -> list[str]:
    """Give the strings that a text does not hold, whatever its line breaks."""
    found = letters(text)
    return [string for string in strings if letters(string) not in found]


def body_text(piece: Printed) -> str:
    """Give a piece's text without the running feet, which would stand within split paragraphs."""
    folds = piece.name == "brochure"
    parts = [piece.panel(panel) for panel in FOLD_ORDER] if folds else piece.pages
    return "\n".join(split_foot(part)[0] for part in parts)


# A clinic's own styles and templates


def own_style(clinic: ClinicFolder, css: str) -> None:
    (clinic.path / "styles" / "clinic.css").write_text(css, encoding="utf-8")


def own_template(clinic: ClinicFolder, name: str, *edits: tuple[str, str]) -> None:
    """Give the clinic a copy of a shipped template in which regular expressions are replaced."""
    html = (ROOT / "templates" / f"{name}.html").read_text(encoding="utf-8")
    for pattern, replacement in edits:
        html, count = re.subn(pattern, lambda _, new=replacement: new, html, flags=re.DOTALL)
        assert count, f"{pattern!r} is not in {name}.html"
    folder = clinic.path / "templates"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.html").write_text(html, encoding="utf-8")


def in_the_sheet(html: str) -> tuple[str, str]:
    """Make the edit that puts HTML at the top of a sheet's template."""
    return r"(?<=\{% call parts\.panel\(\"sheet\"\) %\})\n", f"\n{html}\n"
