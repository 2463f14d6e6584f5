"""Folds: their panels fill the sheet, back one another, fold flat, and end up in the file."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, groupby, pairwise, permutations
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_objects import form_placements
from pdf_tools import IN, MM, Span, cropped, load, words_of
from PIL import Image

from handouts.basics.choices import Profile
from handouts.basics.folds import FOLDS, Direction, FoldKind, fold_sheet, folds_of, tuck_allowance
from handouts.basics.lengths import Length, inches, mm
from handouts.basics.papers import Paper
from handouts.imposition.in_hand import stages
from handouts.pdf.look.page_pictures import DESK, folded
from handouts.preflight.look import preflight
from handouts.preflight.result import Result

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

    from handouts.basics.folds import FoldedSheet

KINDS = list(FoldKind)
SHEET_WIDTH_MM = {Paper.LETTER: 279.4, Paper.A4: 297.0}
INSIDE_3 = ("inside-left", "inside-center", "inside-right")
INSIDE_4 = ("inside-left", "inside-center-left", "inside-center-right", "inside-right")
THICKNESSES = st.integers(50, 400).map(lambda thousandths: mm(f"{thousandths / 1000:.3f}"))


def widths_mm(sheet: FoldedSheet, side: int) -> list[float]:
    return [round(spot.size.width.mm, 4) for spot in sheet.sides[side].spots]


# Widths


@pytest.mark.parametrize(
    ("kind", "paper", "inside"),
    [
        ("roll", "letter", [3.6875 * 25.4, 3.6875 * 25.4, 3.625 * 25.4]),
        ("roll", "a4", [100, 100, 97]),
        ("z", "letter", [11 / 3 * 25.4] * 3),
        ("z", "a4", [99, 99, 99]),
        ("half", "letter", [139.7, 139.7]),
        ("half", "a4", [148.5, 148.5]),
        ("accordion", "a4", [74.25] * 4),
        # wide = W/4 + 1/32 in, short = wide - 1/16 in
        ("gate", "letter", [2.71875 * 25.4, 2.78125 * 25.4, 2.78125 * 25.4, 2.71875 * 25.4]),
        ("double-parallel", "letter", [x * 25.4 for x in (2.78125, 2.78125, 2.71875, 2.71875)]),
    ],
)
def test_widths_are_those_of_the_print_table(kind: str, paper: str, inside: list[float]) -> None:
    sheet = fold_sheet(FoldKind(kind), Paper(paper))
    assert widths_mm(sheet, 1) == pytest.approx(inside, abs=0.001)


@given(st.sampled_from(KINDS), st.sampled_from(Paper), THICKNESSES)
def test_panels_fill_the_sheet_and_back_one_another(
    kind: FoldKind, paper: Paper, stock: Length
) -> None:
    sheet = fold_sheet(kind, paper, stock)
    for side in sheet.sides:
        assert sum(spot.size.width.mm for spot in side.spots) == pytest.approx(
            SHEET_WIDTH_MM[paper], abs=0.001
        )
        assert side.spots[0].left.pt == 0
        for spot, following in pairwise(side.spots):
            assert spot.right == following.left
    width = sheet.inside.size.width.pt
    for front, back in zip(sheet.outside.spots, reversed(sheet.inside.spots), strict=True):
        assert front.left.pt == width - back.right.pt
        assert front.size == back.size
    names = [spot.panel for side in sheet.sides for spot in side.spots]
    assert sorted(names) == sorted(sheet.fold.reading_order)
    assert len(set(names)) == len(names)


@given(st.sampled_from(Paper), THICKNESSES)
def test_a_tucked_panel_is_shorter_by_the_allowance(paper: Paper, stock: Length) -> None:
    tuck_mm = tuck_allowance(paper, stock).mm
    assert (1.5875 if paper is Paper.LETTER else 3.0) - 1e-9 <= tuck_mm <= 3.175 + 1e-9
    assert tuck_mm >= min(8 * stock.mm, 3.175) - 1e-9
    for kind, tucked, over in (
        (FoldKind.ROLL, [2], [0, 1]),
        (FoldKind.GATE, [0, 3], [1, 2]),
        (FoldKind.DOUBLE_PARALLEL, [2, 3], [0, 1]),
    ):
        widths = [spot.size.width.mm for spot in fold_sheet(kind, paper, stock).inside.spots]
        for short in tucked:
            for wide in over:
                assert widths[wide] - widths[short] == pytest.approx(tuck_mm, abs=1e-6)
    left, center, right = fold_sheet(FoldKind.OPEN_GATE, paper, stock).inside.spots
    gap = center.size.width - left.size.width - right.size.width
    assert gap.mm == pytest.approx(tuck_mm, abs=1e-6)


def test_heavy_stock_gets_an_eighth_of_an_inch() -> None:
    assert tuck_allowance(Paper.LETTER) == inches("0.0625")
    assert tuck_allowance(Paper.LETTER, mm("0.3")).mm == pytest.approx(2.4)
    assert tuck_allowance(Paper.LETTER, mm("0.4")) == inches("0.125")
    assert tuck_allowance(Paper.A4, mm("0.3")) == mm(3)
    assert tuck_allowance(Paper.A4, mm("0.4")) == inches("0.125")


# Folding in simulation: every way in which the columns could be stacked is tried, and kept
# where each crease bends as it should and no paper runs through a fold.

Strip = list[tuple[Fraction, Fraction, bool]]
"""Each column's left and right edge when all is folded, and whether its outside is up."""
FRONTS_AND_BACKS = {
    FoldKind.OPEN_GATE: [("back",), ("gate-left", "gate-right")],
    **{kind: [("back",), ("cover",)] for kind in KINDS if kind is not FoldKind.OPEN_GATE},
}


def closed_strip(widths: list[Fraction]) -> tuple[Strip, list[Fraction]]:
    """Walk along the strip, turning back at each fold; also give where the folds lie."""
    strip: Strip = []
    folds: list[Fraction] = []
    at, turned = Fraction(0), False
    for width in widths:
        to = at - width if turned else at + width
        strip.append((min(at, to), max(at, to), turned))
        folds.append(to)
        at, turned = to, not turned
    return strip, folds[:-1]


def folds_flat(order: tuple[int, ...], strip: Strip, folds: list[Fraction], bends: Any) -> bool:
    """Say whether columns stacked in an order, from below, are a sheet that is folded flat."""
    height = {column: place for place, column in enumerate(order)}
    pairs = []
    for number, (x, bend) in enumerate(zip(folds, bends, strict=True)):
        valley_is_above = not strip[number][2]
        above = height[number + 1] > height[number]
        if above is not ((bend is Direction.VALLEY) is valley_is_above):
            return False
        low, high = sorted((height[number], height[number + 1]))
        between = [order[place] for place in range(low + 1, high)]
        inner_is_right = strip[number][0] == x
        for column in between:
            left, right, _ = strip[column]
            clear = left > x if inner_is_right else right < x
            beyond = right < x if inner_is_right else left > x
            if not clear and not beyond:
                return False  # it would run into the fold, or through it
        pairs.append((x, inner_is_right, low, high))
    for (x, side, low, high), (y, other_side, other_low, other_high) in combinations(pairs, 2):
        crossed = low < other_low < high < other_high or other_low < low < other_high < high
        if side is other_side and crossed and abs(x - y) < 10:
            return False
    return True


def faces(order: tuple[int, ...], strip: Strip, sheet: FoldedSheet, *, below: bool) -> Any:
    """Name what is seen of a stack from above or from below, from left to right."""
    seen: list[tuple[Fraction, str]] = []
    spans: list[tuple[Fraction, Fraction]] = []
    for column in order if below else order[::-1]:
        left, right, turned = strip[column]
        middle_of_left_half = left + (right - left) / 4
        if not any(low < middle_of_left_half < high for low, high in spans):
            panels = sheet.fold.columns[column]
            name = panels.outside if turned is not below else panels.inside
            seen.append((-left if below else left, name))
        spans.append((left, right))
    return tuple(name for _, name in sorted(seen))


def closed(sheet: FoldedSheet, bends: list[Direction] | None = None) -> set[Any]:
    """Give all pairs of front and back that the folds can give."""
    strip, folds = closed_strip([spot.size.width.pt for spot in sheet.inside.spots])
    wanted = bends or [crease.direction for crease in sheet.fold.creases]
    return {
        tuple(sorted(faces(order, strip, sheet, below=below) for below in (False, True)))
        for order in permutations(range(len(strip)))
        if folds_flat(order, strip, folds, wanted)
    }


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("kind", KINDS)
def test_folded_shut_the_cover_is_in_front_and_the_back_behind(
    kind: FoldKind, paper: Paper
) -> None:
    for stock in ("0.05", "0.1", "0.25", "0.4"):
        sheet = fold_sheet(kind, paper, mm(stock))
        assert closed(sheet) == {tuple(FRONTS_AND_BACKS[kind])}, stock


def test_a_wrong_crease_shows_another_panel() -> None:
    sheet = fold_sheet(FoldKind.ROLL, Paper.LETTER)
    bent = [Direction.VALLEY, Direction.MOUNTAIN]
    assert closed(sheet, bent) == {(("cover",), ("inside-right",))}


@pytest.mark.parametrize("kind", [FoldKind.ROLL, FoldKind.GATE, FoldKind.DOUBLE_PARALLEL])
def test_without_its_allowance_a_tucked_panel_jams_in_the_fold(
    kind: FoldKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    fold = FOLDS[kind]
    columns = tuple(replace(column, tucks=Fraction(0)) for column in fold.columns)
    monkeypatch.setitem(FOLDS, kind, replace(fold, columns=columns))
    assert closed(fold_sheet(kind, Paper.A4)) == set()


# In the hand

STAGES = {
    FoldKind.ROLL: [("cover",), ("inside-left", "flap"), INSIDE_3],
    FoldKind.Z: [
        ("cover",),
        ("inside-left", "inside-center"),
        ("inside-left", "inside-center", "back"),
        ("inside-right", "flap", "cover"),
    ],
    FoldKind.HALF: [("cover",), ("inside-left", "inside-right")],
    FoldKind.GATE: [("cover",), ("opening-left", "opening-right"), INSIDE_4],
    FoldKind.OPEN_GATE: [("gate-left", "gate-right"), INSIDE_3],
    FoldKind.DOUBLE_PARALLEL: [("cover",), ("opening-left", "opening-right"), INSIDE_4],
    FoldKind.ACCORDION: [
        ("cover",),
        ("inside-left", "inside-center-left"),
        INSIDE_4,
        ("back", "opening-left", "opening-right", "cover"),
    ],
}


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("kind", KINDS)
def test_it_opens_as_in_the_hand(kind: FoldKind, paper: Paper) -> None:
    for stock in ("0.05", "0.4"):
        assert list(stages(fold_sheet(kind, paper, mm(stock)))) == STAGES[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_each_panel_is_read_before_the_next_stage_is_opened(kind: FoldKind) -> None:
    first_seen: dict[str, int] = {}
    for number, stage in enumerate(STAGES[kind]):
        for panel in stage:
            first_seen.setdefault(panel, number)
    order = [panel for panel in FOLDS[kind].reading_order if panel != "back"]
    moments = [first_seen[panel] for panel in order]
    assert moments == sorted(moments)
    assert FOLDS[kind].reading_order[-1] == "back"


@pytest.mark.parametrize("kind", KINDS)
def test_the_picture_shows_each_stage(kind: FoldKind) -> None:
    """Each panel is painted in a colour of its own, and looked for in the picture."""
    sheet = fold_sheet(kind, Paper.A4)
    order = sheet.fold.reading_order
    colours = {panel: (20 + 25 * number, 0, 250) for number, panel in enumerate(order)}
    sides = []
    for side in sheet.sides:
        picture = Image.new("RGB", (round(side.size.width.pt), round(side.size.height.pt)))
        for spot in side.spots:
            box = (round(spot.left.pt), 0, round(spot.right.pt), picture.height)
            picture.paste(colours[spot.panel], box)
        sides.append(picture)
    shown = folded(sides, sheet, gap_px=10)
    names = {colour: panel for panel, colour in colours.items()}
    row = [shown.getpixel((x, shown.height // 2)) for x in range(shown.width)]
    found: list[list[str]] = [[]]
    for colour, run in groupby(row):
        wide = len(list(run)) > 5
        if colour == DESK and found[-1]:
            found.append([])
        elif colour in names and wide:
            found[-1].append(names[colour])
    assert [tuple(stage) for stage in found if stage] == STAGES[kind]


# From content.yaml to the file


def fold_as(clinic: ClinicFolder, *lines: str) -> None:
    clinic.edit(
        "    template: brochure\n",
        "    template: brochure\n" + "".join(f"    {line}\n" for line in lines),
    )


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

MANIFEST = """\
describes: A leaflet to fold
format: fold
fold: {fold}
panels: [{panels}]
sections: brief
"""
LEAFLET = """\
{% extends "base.html" %}
{% import "parts.html" as parts %}
{% block content %}
{% for each in view.panels %}
{% call parts.panel(each.name) %}
<p>Panel {{ each.name }}.</p>
{% if loop.first %}
<h1>{{ view.piece.title }}</h1>
{% endif %}
{% if loop.last %}
{{ parts.provenance(view) }}
{% if view.clinic.language_help %}
<p>{{ view.clinic.language_help }}</p>
{% endif %}
{{ parts.sources(view) }}
{% endif %}
{% endcall %}
{% endfor %}
{% endblock %}
"""
LEAFLET_STYLE = """\
@page { margin: 10mm 7mm 8mm; }
@page back { margin-bottom: 40mm; @bottom-left {
  content: element(provenance); width: 100%; vertical-align: top; } }
body { font-size: 10.5pt; --leading: 14pt; --caption-size: 9.5pt; }
"""


def leaflet(clinic: ClinicFolder, fold: str, panels: tuple[str, ...] = ()) -> None:
    """Give the clinic a template for a fold, and a handout from it."""
    (clinic.path / "templates").mkdir()
    names = panels or FOLDS[FoldKind(fold)].reading_order
    (clinic.path / "templates" / "leaflet.yaml").write_text(
        MANIFEST.format(fold=fold, panels=", ".join(names))
    )
    (clinic.path / "templates" / "leaflet.html").write_text(LEAFLET)
    (clinic.path / "styles" / "leaflet.css").write_text(LEAFLET_STYLE)
    clinic.text += '\n  leaflet:\n    template: leaflet\n    title: "A leaflet"\n'


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


# What is refused


def test_a_fold_with_other_panels_is_refused_and_both_are_named(
    clinic_folder: ClinicFolder,
) -> None:
    fold_as(clinic_folder, "fold: half")
    error = clinic_folder.refused().the_error('"brochure" can\'t be folded as "half"')
    assert "cover, flap, inside-left, inside-center, inside-right, back" in error
    assert "that fold has cover, inside-left, inside-right, back" in error
    assert "write one of: roll, z" in error
    assert clinic_folder.place("half\n") in error


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in {FoldKind.ROLL, FoldKind.Z}])
def test_the_brochure_is_folded_as_roll_or_z_alone(
    clinic_folder: ClinicFolder, kind: FoldKind
) -> None:
    fold_as(clinic_folder, f"fold: {kind}")
    assert "can't be folded" in clinic_folder.refused(command="check").the_error(f'"{kind}"')
    assert folds_of(FOLDS[FoldKind.ROLL].reading_order) == (FoldKind.ROLL, FoldKind.Z)


@pytest.mark.parametrize("line", ["fold: z", 'stock_thickness: "0.2 mm"'])
def test_a_sheet_is_not_folded(clinic_folder: ClinicFolder, line: str) -> None:
    clinic_folder.edit("    template: explainer\n", f"    template: explainer\n    {line}\n")
    key = line.partition(":")[0]
    clinic_folder.refused().the_error(f'"explainer" is not folded, so "{key}" would change')


def test_an_unknown_fold_is_refused_with_the_nearest(clinic_folder: ClinicFolder) -> None:
    fold_as(clinic_folder, "fold: rolll")
    clinic_folder.refused().the_error('"fold" can\'t be "rolll"', 'did you mean "roll"')


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('"0.5 mm"', '"0.5 mm" is not between 0.05 and 0.4 mm'),
        ('"0.04mm"', '"0.04mm" is not between 0.05 and 0.4 mm'),
        ('"0.1 in"', '"0.1 in" is not between 0.05 and 0.4 mm'),
        ("0.2", "'0.2' is not a length; write a number and its unit"),
        ("1", '"1" has no unit; write the thickness like 0.2 mm'),
        ('"thick"', "is not a length"),
    ],
)
def test_a_senseless_thickness_is_refused(
    clinic_folder: ClinicFolder, written: str, told: str
) -> None:
    fold_as(clinic_folder, f"stock_thickness: {written}")
    clinic_folder.refused().the_error('"stock_thickness"', told)


def test_a_manifest_whose_panels_are_not_the_folds_is_refused(
    clinic_folder: ClinicFolder,
) -> None:
    leaflet(clinic_folder, "half", ("cover", "inside-left", "back"))
    error = clinic_folder.refused().the_error("the panels are not those of a half fold")
    assert "write them as: cover, inside-left, inside-right, back" in error
    assert "templates/leaflet.yaml:4:" in error


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("fold: half\n", "", "does not say how the piece is folded"),
        ("format: fold", "format: card", "a card is not folded"),
    ],
)
def test_a_manifest_that_contradicts_itself_is_refused(
    clinic_folder: ClinicFolder, old: str, new: str, told: str
) -> None:
    leaflet(clinic_folder, "half")
    manifest = clinic_folder.path / "templates" / "leaflet.yaml"
    text = manifest.read_text()
    assert text.count(old) == 1 or old == "fold: half\n"
    manifest.write_text(re.sub(f"^{old}", new, text, flags=re.MULTILINE))
    clinic_folder.refused().the_error(told)


def test_the_preview_shows_a_z_fold(plain_clinic: ClinicFolder) -> None:
    fold_as(plain_clinic, "fold: z")
    outcome = plain_clinic.run("preview", "brochure", "--dpi", "36")
    assert outcome.code == 0, outcome.err
    with Image.open(plain_clinic.out / "preview" / "brochure-folded.png") as picture:
        row = [
            picture.convert("RGB").getpixel((x, picture.height // 2)) for x in range(picture.width)
        ]
    sheets = "".join(" " if colour == DESK else "#" for colour in row).split()
    # 36 dpi: a panel of 11/3 in is 132 dots wide; each piece has a shadow of 2 dots or so
    assert [round(len(sheet) / 132) for sheet in sheets] == [1, 2, 3, 3]
