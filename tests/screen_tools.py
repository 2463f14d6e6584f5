"""What the tests of screen files share: files built once, and how they are heard."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import page as validator
import pikepdf
import pypdfium2
from conftest import run, run_here
from made_once import made_once
from pdf_tools import (
    EVERY,
    PAPERS,
    fill_clinic,
    on_no_day,
)
from pypdfium2 import raw
from test_scripts import NAMES

from handouts.basics.workers import apart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


EDITIONS = ("standard", "large-print", "ink-saver")
ALL = [(name, paper, edition) for name, paper in EVERY for edition in EDITIONS]
SCREEN = ("--profile", "screen")
PATIENT = "Zerlina Quixworthy"
PROGRAMME = ("--programme", "neck-and-head-start")
EXERCISE = ("--exercise", "levator-scapulae-stretch:side=left")


@cache
def folder() -> Path:
    """Build every piece, paper and edition for a screen."""

    def build(made: Path) -> None:
        clinic = fill_clinic(made / "clinic")
        papers = [word for paper in PAPERS for word in ("--paper", paper)]
        editions = [word for edition in EDITIONS for word in ("--edition", edition)]
        with on_no_day():
            outcome = run("build", *SCREEN, *papers, *editions, cwd=clinic.path)
        assert outcome.code == 0, outcome.err

    return made_once("screen", build) / "clinic" / "out"


def screen(name: str, paper: str = "letter", edition: str = "standard") -> Path:
    words = [name, *([paper] * (paper != "letter")), *([edition] * (edition != "standard"))]
    return folder() / f"{'-'.join(words)}-screen.pdf"


@cache
def sheets() -> dict[str, Path]:
    """Make patients' sheets for a screen, with notes that run either way."""
    asked = {
        "plain": ("--for", PATIENT, "--notes", "Use a towel."),
        "arabic": ("--for", NAMES["Arabic"], "--goal", NAMES["Chinese"], "--notes", "مرحبا"),
        "large": ("--for", NAMES["Thai"], "--edition", "large-print"),
    }

    def make(folder: Path) -> None:
        clinic = fill_clinic(folder / "clinic")
        for name, words in asked.items():
            made = run_here(
                "sheet", *words, *PROGRAMME, *SCREEN, "--date", "2026-12-01",
                "-o", f"{name}.pdf", cwd=clinic.path,
            )  # fmt: skip
            assert made.code == 0, made.err

    folder = made_once("screen-sheets", make) / "clinic"
    return {name: folder / f"{name}.pdf" for name in asked}


EVERY_FILE = [("-".join(which), which) for which in ALL] + [
    (name, (name,)) for name in ("plain", "arabic", "large")
]
SOME_FILES = [(name, which) for name, which in EVERY_FILE if "a4" not in which]
"""One paper is enough where the tags alone are read: both papers have the same."""


def file_of(which: tuple[str, ...]) -> Path:
    return sheets()[which[0]] if len(which) == 1 else screen(*which)


class Tag(NamedTuple):
    """A structure element, as PDFium reads it."""

    kind: str
    alt: str
    language: str


def _told(read: Any, element: Any) -> str:
    size = read(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    read(element, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def tags_of(path: Path) -> list[Tag]:
    """Give the tags of all pages, with what stands in the place of pictures."""

    def below(element: Any) -> Iterator[Tag]:
        yield Tag(
            _told(raw.FPDF_StructElement_GetType, element),
            _told(raw.FPDF_StructElement_GetAltText, element),
            _told(raw.FPDF_StructElement_GetLang, element),
        )
        for index in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
            if child:
                yield from below(child)

    document = pypdfium2.PdfDocument(path)
    try:
        found: list[Tag] = []
        for one in document:
            tree = raw.FPDF_StructTree_GetForPage(one)
            for index in range(raw.FPDF_StructTree_CountChildren(tree)):
                found += below(raw.FPDF_StructTree_GetChildAtIndex(tree, index))
            raw.FPDF_StructTree_Close(tree)
        return found
    finally:
        document.close()


def rules_broken(path: Path) -> list[tuple[str, str]]:
    """Ask the validator in a process of its own: forks of this one would miss its threads."""
    return apart(_rules_broken, path)


def _rules_broken(path: Path) -> list[tuple[str, str]]:
    report = validator.validate_pdf(str(path), profile="ua1")
    broken = [(failure.rule_id, failure.message) for failure in report.failures]
    assert report.is_compliant == (not broken)
    return broken


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    yield from below(pdf.Root.StructTreeRoot.K[0])


def below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield element
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            assert kid.P.objgen == element.objgen
            yield from below(kid)


def own_strings(path: Path) -> str:
    """Give all strings of a file that stand outside its pages' content, and its metadata."""

    def strings(thing: Any) -> Iterator[str]:
        if isinstance(thing, pikepdf.String):
            yield str(thing)
        parts = list(thing) if isinstance(thing, pikepdf.Array) else []
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            parts = [thing[key] for key in thing.keys()]  # noqa: SIM118 - no mapping
        for part in parts:
            if not (isinstance(part, pikepdf.Object) and part.is_indirect):
                yield from strings(part)

    with pikepdf.open(path) as pdf:
        found = [*strings(pdf.trailer), *(text for thing in pdf.objects for text in strings(thing))]
        if "/Metadata" in pdf.Root:
            found.append(pdf.Root.Metadata.read_bytes().decode())
    return "\n".join(found)
