"""Judges of press files: what stands in the objects, and what Ghostscript puts on each plate."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
import pytest
from conftest import run
from made_once import made_once
from pdf_tools import IN, MM, PAGE_SIZES, fill_clinic, on_no_day
from PIL import Image
from promised import change, set_at
from read_once import read_once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import ClinicFolder
    from numpy.typing import NDArray

MOST_INK_PERCENT = 300
BLEED = {"letter": 0.125 * IN, "a4": 3 * MM}
MARGIN = {"letter": 0.625 * IN, "a4": 16 * MM}
PRESS = ("--profile", "press")
PLATES = ("Cyan", "Magenta", "Yellow", "Black")
DPI = 144

needs_ghostscript = pytest.mark.skipif(
    shutil.which("gs") is None, reason="Ghostscript is missing: apt install ghostscript"
)


def settle(clinic: ClinicFolder) -> None:
    """Make the clinic a real one: its details are its own, and all is signed for."""
    change(clinic, set_at("clinic", "sample", to=False))
    for name, printed_name in (("km", "K.M. 29 years old"), ("hannah", "Hannah, 34, PhD")):
        record = {
            "reference": f"paper file {name}",
            "name": printed_name,
            "signed_on": "2026-01-02",
            "expires_on": "2036-01-02",
            "media": ["print"],
        }
        change(clinic, set_at("testimonials", name, "authorization", to=record))
    if "after_needling:" in clinic.text:
        signed = clinic.run(
            "approve", "after-needling", "--by", "natalie", "--signed-on", "2026-01-02"
        )
        assert signed.code == 0, signed.err


@cache
def pressed_folder() -> Path:
    """Build the pieces of a settled clinic for a press."""

    def build(folder: Path) -> None:
        clinic = fill_clinic(folder / "clinic")
        settle(clinic)
        papers = ("--paper", "letter", "--paper", "a4")
        with on_no_day():
            outcome = run("build", *PRESS, *papers, cwd=clinic.path)
        assert outcome.code == 0, outcome.err

    return made_once("press", build) / "clinic"


def pressed(name: str, paper: str) -> Path:
    """Give the press file of a piece."""
    word = "" if paper == "letter" else f"-{paper}"
    return pressed_folder() / "out" / f"{name}{word}-press.pdf"


def built(clinic: ClinicFolder, *args: str) -> Path:
    """Build one piece for the press; it must succeed."""
    outcome = clinic.run("build", *PRESS, *args)
    assert outcome.code == 0, outcome.err
    (path,) = clinic.out.glob("*-press.pdf")
    return path


# Objects


def _streams(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    for number, page in enumerate(pdf.pages, start=1):
        yield f"page {number}", page
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and (
            thing.get("/Subtype") == "/Form" or "/PatternType" in thing
        ):
            yield f"object {thing.objgen[0]}", thing


def _names_inside(thing: Any) -> Iterator[str]:
    """Give every name in an object, but not those in what it refers to."""
    if isinstance(thing, pikepdf.Name):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        for part in thing:
            if not (isinstance(part, pikepdf.Object) and part.is_indirect):
                yield from _names_inside(part)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for part in dict(thing.items()).values():
            if not (isinstance(part, pikepdf.Object) and part.is_indirect):
                yield from _names_inside(part)


def rgb_faults(path: Path) -> list[str]:
    """Give each operator and each object that speaks of RGB, or of grey where ink is meant."""
    faults = []
    with pikepdf.open(path) as pdf:
        for where, stream in _streams(pdf):
            for operands, operator in pikepdf.parse_content_stream(stream):
                named = [str(part) for part in operands] if str(operator) in {"cs", "CS"} else []
                if str(operator) in {"rg", "RG", "g", "G"} or set(named) & {
                    "/DeviceRGB",
                    "/DeviceGray",
                }:
                    faults.append(f"{where}: {' '.join(map(str, operands))} {operator}")
        faults += [
            f"object {thing.objgen[0]} names RGB"
            for thing in pdf.objects
            if {"/DeviceRGB", "/CalRGB"} & set(_names_inside(thing))
        ]
    return faults


def standard_faults(path: Path) -> list[str]:
    """Say where a file is not what PDF/X-4 asks for: intent, metadata, groups, nothing live."""
    faults = []
    with pikepdf.open(path) as pdf:
        intents = pdf.Root.get("/OutputIntents", [])
        if len(intents) != 1 or intents[0].S != "/GTS_PDFX":
            faults.append("no output intent for PDF/X")
        else:
            profile = intents[0].DestOutputProfile
            header = profile.read_bytes()[:40]
            if header[12:20] != b"prtrCMYK" or int(profile.N) != 4:
                faults.append("the intent is no CMYK output profile")
            if not str(intents[0].OutputConditionIdentifier):
                faults.append("the intent has no name")
        xmp = pdf.Root.Metadata.read_bytes().decode() if "/Metadata" in pdf.Root else ""
        wanted = (
            "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
            "<pdf:Trapped>False</pdf:Trapped>",
            f"<xmp:CreateDate>{_iso(str(pdf.docinfo['/CreationDate']))}</xmp:CreateDate>",
        )
        faults += [f"the metadata lacks {needed}" for needed in wanted if needed not in xmp]
        if pdf.docinfo.get("/Trapped") != "/False":
            faults.append("Trapped is not said")
        fonts = [
            str(thing.FontName)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        ]
        faults += [f"two subsets are called {name}" for name in set(fonts) if fonts.count(name) > 1]
        for number, page in enumerate(pdf.pages, start=1):
            if "/Annots" in page.obj:
                faults.append(f"page {number} has annotations")
            if page.obj.get("/Group", {}).get("/CS") != "/DeviceCMYK":
                faults.append(f"page {number} does not mix its colours in CMYK")
    return faults


def _iso(stamp: str) -> str:
    return re.sub(r"D:(....)(..)(..)(..)(..)(..)Z", r"\1-\2-\3T\4:\5:\6Z", stamp)


def press_box_faults(path: Path, name: str, paper: str) -> list[str]:
    """Give each box that is more than a hundredth of a point from where it belongs."""
    width, height = PAGE_SIZES[name, paper]
    margin, bleed = MARGIN[paper], BLEED[paper]
    wanted = {
        "MediaBox": (0, 0, width + 2 * margin, height + 2 * margin),
        "BleedBox": (margin - bleed,) * 2 + (margin + width + bleed, margin + height + bleed),
        "TrimBox": (margin, margin, margin + width, margin + height),
    }
    faults = []
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            for box, edges in wanted.items():
                found = [float(edge) for edge in page.obj.get(f"/{box}", [])]
                if found != pytest.approx(edges, abs=0.01):
                    faults.append(f"{box} of page {number}: {found}")
    return faults


# Plates


class Plates:
    """One page's four plates, in percent of ink; the top row comes first."""

    def __init__(self, amounts: dict[str, NDArray[np.float64]], height_pt: float) -> None:
        self.amounts = amounts
        self._height_pt = height_pt

    def part(
        self, plate: str, left: float, bottom: float, right: float, top: float
    ) -> NDArray[np.float64]:
        """Cut out what lies between four edges in points from the lower left."""
        scale = DPI / 72
        rows = slice(
            round((self._height_pt - top) * scale), round((self._height_pt - bottom) * scale)
        )
        return self.amounts[plate][rows, round(left * scale) : round(right * scale)]

    def total(self, left: float, bottom: float, right: float, top: float) -> NDArray[np.float64]:
        """Give all ink between four edges."""
        return np.sum([self.part(plate, left, bottom, right, top) for plate in PLATES], axis=0)


@read_once
def plates(path: Path) -> tuple[Plates, ...]:
    """Let Ghostscript separate a file."""
    with pikepdf.open(path) as pdf:
        heights = [float(page.mediabox[3]) for page in pdf.pages]
    with tempfile.TemporaryDirectory() as scratch:
        result = subprocess.run(
            ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI}",
             f"-sOutputFile={scratch}/%d.tif", str(path)],
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        assert result.stdout + result.stderr == ""
        pages = []
        for number, height in enumerate(heights, start=1):
            amounts = {}
            for plate in PLATES:
                with Image.open(f"{scratch}/{number}({plate}).tif") as picture:
                    grey = np.asarray(picture.convert("L")).astype(float)
                amounts[plate] = (255 - grey) / 2.55
            pages.append(Plates(amounts, height))
        return tuple(pages)


def ink_faults(path: Path, name: str, paper: str) -> list[str]:
    """Say where more ink lies within the bleed than the paper takes."""
    width, height = PAGE_SIZES[name, paper]
    near = MARGIN[paper] - BLEED[paper]
    edges = near, near, MARGIN[paper] + width + BLEED[paper], MARGIN[paper] + height + BLEED[paper]
    most = [float(page.total(*edges).max()) for page in plates(path)]
    return [
        f"page {number} has {amount:.0f} % of ink"
        for number, amount in enumerate(most, start=1)
        if amount > MOST_INK_PERCENT + 0.5
    ]


def black_text_faults(page: Plates, edges: tuple[float, float, float, float]) -> list[str]:
    """Say what is wrong with a region that must hold black text, on the black plate alone."""
    faults = [] if page.part("Black", *edges).max() > 99 else ["no black text"]
    faults += [
        f"ink on the {plate} plate" for plate in PLATES[:3] if page.part(plate, *edges).max() > 0
    ]
    return faults


GROUNDS = {
    "brochure": (1, ("right", "top", "bottom")),
    "testimonials": (1, ("left", "right", "top")),
}
"""The page whose ground bleeds, and over which of its edges."""


def bleed_faults(path: Path, name: str, paper: str) -> list[str]:
    """Say over which edges a ground does not fill the bleed: a dot at its very end has ink."""
    width, height = PAGE_SIZES[name, paper]
    margin, bleed = MARGIN[paper], BLEED[paper]
    number, edges = GROUNDS[name]
    page = plates(path)[number - 1]
    left, right = margin - bleed, margin + width + bleed
    bottom, top = margin - bleed, margin + height + bleed
    ground_left = right - 80 * MM if name == "brochure" else left
    ground_bottom = bottom if name == "brochure" else top - 60 * MM
    inner = 1.0
    strips = {
        "left": (left + 0.5, ground_bottom, left + inner, top - 0.5),
        "right": (right - inner, ground_bottom + 0.5, right - 0.5, top - 0.5),
        "top": (ground_left + 0.5, top - inner, right - 0.5, top - 0.5),
        "bottom": (ground_left + 0.5, bottom + 0.5, right - 0.5, bottom + inner),
    }
    return [
        f"the ground ends before the bleed's {edge} edge"
        for edge in edges
        if page.total(*strips[edge]).min() < 5
    ]
