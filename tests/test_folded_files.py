"""Folds from content.yaml to the file, with other panels."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pikepdf
import pytest
from fold_tools import INSIDE_3, INSIDE_4, fold_as, leaflet
from pdf_objects import form_placements
from pdf_tools import IN, MM, Span, cropped, words_of
from promised import load

from handouts.basics.choices import Profile
from handouts.preflight.look import preflight
from handouts.preflight.result import Result

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder


# From content.yaml to the file


def placed(path: Path) -> list[list[tuple[float, float]]]:
    """Give for each page where its panels lie: left edge and width, from left to right."""
    with pikepdf.open(path) as pdf:
        return [
            sorted((left, width) for left, _, width, _ in form_placements(page))
            for page in pdf.pages
        ]


Z_SIDES = (("inside-right", "flap", "cover"), ("inside-left", "inside-center", "back"))


@pytest.mark.parametrize(("paper", "panel"), [("letter", 264.0), ("a4", 99 * MM)])
def test_a_z_fold_has_equal_panels_in_its_own_order(
    clinic_folder: ClinicFolder, paper: str, panel: float
) -> None:
    fold_as(clinic_folder, "fold: z", 'stock_thickness: "0.3 mm"')
    outcome = clinic_folder.run("build", "brochure", "--paper", paper)
    assert outcome.code == 0, outcome.err
    path = clinic_folder.out / f"brochure{'-a4' if paper == 'a4' else ''}.pdf"
    wanted = [(panel * place, panel) for place in range(3)]
    for found in placed(path):
        for place, want in zip(found, wanted, strict=True):
            assert place == pytest.approx(want, abs=0.01)
    data = load(clinic_folder.content)
    sections = data["handouts"]["brochure"]["panels"]
    for page, names in enumerate(Z_SIDES):
        for place, name in enumerate(names):
            span = Span(page, panel * place, panel * (place + 1))
            text = cropped(path, span, top=0, height=8.5 * IN if paper == "letter" else 210 * MM)
            heads = [data["sections"][section]["heading"] for section in sections.get(name, ())]
            heads += ["Dry needling", "Ask us if it is right for you."] if name == "cover" else []
            assert heads
            assert [head for head in heads if head not in text] == [], name
    with pikepdf.open(path) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == pikepdf.Name.DuplexFlipShortEdge


def test_a_roll_fold_by_name_is_the_roll_fold_by_default(plain_clinic: ClinicFolder) -> None:
    assert plain_clinic.run("build", "brochure").code == 0
    before = (plain_clinic.out / "brochure.pdf").read_bytes()
    fold_as(plain_clinic, "fold: roll", 'stock_thickness: "0.1 mm"')
    assert plain_clinic.run("build", "brochure").code == 0
    assert (plain_clinic.out / "brochure.pdf").read_bytes() == before


def test_a_change_of_fold_or_stock_makes_the_file_anew(plain_clinic: ClinicFolder) -> None:
    assert plain_clinic.run("build", "brochure").code == 0
    roll = placed(plain_clinic.out / "brochure.pdf")
    fold_as(plain_clinic, 'stock_thickness: "0.4 mm"')
    assert plain_clinic.run("build", "brochure").code == 0
    heavy = placed(plain_clinic.out / "brochure.pdf")
    assert roll[1][2][1] == pytest.approx(3.625 * IN, abs=0.01)
    # 11 in = 2 x wide + (wide - 1/8 in)
    wide = (11 + 1 / 8) / 3 * IN
    assert [width for _, width in heavy[1]] == pytest.approx([wide, wide, wide - 9], abs=0.01)
    assert heavy[0][0][1] == pytest.approx(wide - 9, abs=0.01)


def test_large_print_of_a_z_fold_reads_in_its_order(plain_clinic: ClinicFolder) -> None:
    fold_as(plain_clinic, "fold: z")
    outcome = plain_clinic.run("build", "brochure", "--edition", "large-print")
    assert outcome.code == 0, outcome.err
    words = [word.text for word in words_of(plain_clinic.out / "brochure-large-print.pdf")]
    text = " ".join(words)
    data = load(plain_clinic.content)
    panels = data["handouts"]["brochure"]["panels"]
    at = [
        text.index(data["sections"][panels[panel][0]]["heading"])
        for panel in ("inside-left", "inside-center", "inside-right", "flap", "back")
    ]
    assert at == sorted(at)


def dashed_marks(path: Path) -> list[list[float]]:
    """Give where each page's dashed, upright lines stand, from the trim's left."""
    found = []
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
            drawing = page.obj.Contents.read_bytes().decode("latin-1")
            dashed = drawing.split("[2 1.5] 0 d")[1].split("[] 0 d")[0]
            lines = re.findall(r"([\d.]+) [\d.]+ m ([\d.]+) [\d.]+ l S", dashed)
            assert all(above == below for above, below in lines)
            left = float(page.trimbox[0])
            found.append(sorted({round(float(x) - left, 2) for x, _ in lines}))
    return found


def test_fold_marks_stand_where_the_folds_are(plain_clinic: ClinicFolder) -> None:
    fold_as(plain_clinic, "fold: z")
    outcome = plain_clinic.run("build", "brochure", "--profile", "press", "--proof")
    assert outcome.code == 0, outcome.err
    path = plain_clinic.out / "brochure-press.pdf"
    assert dashed_marks(path) == [[264, 528], [264, 528]]
    assert near_fold(path, [264 + 45, 528 + 45], Profile.PRESS) == [1, 1]


@pytest.mark.parametrize("fold", ["half", "gate", "accordion"])
def test_no_registration_mark_hides_a_fold_mark(clinic_folder: ClinicFolder, fold: str) -> None:
    leaflet(clinic_folder, fold)
    outcome = clinic_folder.run("build", "leaflet", "--profile", "press", "--proof")
    assert outcome.code == 0, outcome.err
    path = clinic_folder.out / "leaflet-press.pdf"
    for page, marks in enumerate(dashed_marks(path)):
        assert len(marks) == len(SIDES[fold][page]) - 1
        assert 396 in marks
        with pikepdf.open(path) as pdf:
            pdf.pages[page].contents_coalesce()
            drawing = pdf.pages[page].obj.Contents.read_bytes().decode("latin-1")
            left = float(pdf.pages[page].trimbox[0])
        solid = drawing.rpartition("/AllPlates CS")[2].split("[2 1.5] 0 d")[0]
        upright = re.findall(r"([\d.]+) [\d.]+ m \1 [\d.]+ l S", solid)
        assert len(upright) == 8  # four crop marks, four registration marks
        for x in map(float, upright):
            assert all(abs(x - left - mark) > 13 for mark in marks)


def near_fold(path: Path, crossings: list[float], profile: Profile) -> list[int]:
    """Set a word across each place of the first page; give the pages of findings at a fold."""
    with pikepdf.open(path) as pdf:
        page = pdf.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        fonts = pikepdf.Dictionary(F1=pdf.make_indirect(font))
        page.obj.Resources = pikepdf.Dictionary(
            {**dict(page.obj.Resources.items()), "/Font": fonts}
        )
        for x in crossings:
            page.contents_add(f"BT 0 g /F1 20 Tf {x - 20:.2f} 330 Td (across) Tj ET".encode())
        target = path.with_suffix(".across.pdf")
        pdf.save(target)
    checks = preflight(target.read_bytes(), profile)
    return [
        int(check.page or 0)
        for check in checks
        if check.result is Result.FAIL and "fold" in check.what
        for _ in range(check.times)
    ]


# A template with other panels


SIDES = {
    "half": (("back", "cover"), ("inside-left", "inside-right")),
    "gate": (("opening-right", "back", "cover", "opening-left"), INSIDE_4),
    "open-gate": (("gate-right", "back", "gate-left"), INSIDE_3),
    "double-parallel": (("opening-left", "opening-right", "back", "cover"), INSIDE_4),
    "accordion": (("back", "opening-left", "opening-right", "cover"), INSIDE_4),
}


@pytest.mark.parametrize("fold", SIDES)
def test_a_template_for_another_fold(clinic_folder: ClinicFolder, fold: str) -> None:
    leaflet(clinic_folder, fold)
    outcome = clinic_folder.run("build", "leaflet")
    assert outcome.code == 0, outcome.err
    path = clinic_folder.out / "leaflet.pdf"
    edges = [[left for left, _ in side] for side in placed(path)]
    words = words_of(path)
    for page, names in enumerate(SIDES[fold]):
        spans = [*edges[page], 11 * IN]
        for place, name in enumerate(names):
            labels = [
                after.text
                for word, after in pairwise(words)
                if word.text == "Panel" and word.page == page
                if spans[place] < word.left < spans[place + 1]
            ]
            assert labels == [f"{name}."]
    folds = edges[0][1:]
    assert near_fold(path, folds, Profile.OFFICE) == [1] * len(folds)
    middles = [(left + right) / 2 for left, right in pairwise(folds)]
    assert near_fold(path, middles, Profile.OFFICE) == []


def test_eight_panels_take_each_of_their_folds(clinic_folder: ClinicFolder) -> None:
    leaflet(clinic_folder, "gate")
    for fold in ("double-parallel", "accordion", "gate"):
        clinic_folder.text = re.sub(
            r"template: leaflet\n(    fold: .*\n)?",
            f"template: leaflet\n    fold: {fold}\n",
            clinic_folder.text,
        )
        assert clinic_folder.run("build", "leaflet").code == 0
        lefts = {word.text: word.left for word in words_of(clinic_folder.out / "leaflet.pdf")}
        outside = sorted(SIDES[fold][0], key=lambda name: lefts[f"{name}."])
        assert tuple(outside) == SIDES[fold][0]
