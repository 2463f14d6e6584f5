"""The cover, the nerve map and the treated places: SVG files that a designer may change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_tools import built
from promised import change, load, set_at

from handouts.drawings.fixed.art import LABELS, Art, PictureWords, draw
from handouts.drawings.fixed.picture import UnfitPictureError
from handouts.drawings.fixed.roles import role_colours
from handouts.drawings.palette import Palette
from handouts.load.pictures import read_svg

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

DRAWINGS = ROOT / "templates" / "drawings"
BRAND = load()["clinic"]["brand"]
IN_COLOURS = Palette.full_colour(BRAND["primary"], BRAND["accent"])
SMALL = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 750 900">\n<defs>'
    '<pattern id="hatch-1" patternUnits="userSpaceOnUse" width="2400" height="9">'
    '<path class="line-ink" d="M0 4H2400"/></pattern></defs>\n{}\n</svg>\n'
)


def shipped(art: str) -> str:
    return (DRAWINGS / f"{art}.svg").read_text(encoding="utf-8")


def drawn(svg: str, art: Art, palette: Palette = IN_COLOURS, prefix: str = "x") -> str:
    labels = {label: f"word {label}" for label in LABELS[art]}
    root = read_svg(svg.encode(), f"{art}.svg")
    return draw(root, art, palette, PictureWords(labels, "T", "D"), prefix=prefix)


def own(clinic: ClinicFolder, art: str, svg: str) -> Path:
    """Give the clinic a drawing of its own."""
    folder = clinic.path / "templates" / "drawings"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{art}.svg").write_text(svg, encoding="utf-8")
    return folder / f"{art}.svg"


def changed(art: str, pattern: str, new: str) -> str:
    svg, times = re.subn(pattern, new, shipped(art), count=1)
    assert times == 1, pattern
    return svg


# The shipped files


@pytest.mark.parametrize("art", Art)
def test_a_file_looks_in_an_editor_as_the_sample_clinic_prints_it(art: Art) -> None:
    colours = role_colours(IN_COLOURS)
    rules = re.findall(r"\.(fill|line)-([\w-]+) \{ (\w+): (#\w+); \}", shipped(art))
    used = re.findall(
        r"\b(fill|line)-([\w-]+)", " ".join(re.findall(r'class="(.*?)"', shipped(art)))
    )
    assert {rule[:2] for rule in rules} == set(used)
    for kind, role, way, colour in rules:
        assert (way, colour) == ("fill" if kind == "fill" else "stroke", colours[role]), role


@pytest.mark.parametrize("art", Art)
def test_another_clinics_colours_are_drawn(art: Art) -> None:
    other = Palette.full_colour("#5a2a6c", "#1f7a4d")
    there = set(re.findall(r"#[0-9a-f]{6}\b", drawn(shipped(art), art, other)))
    assert there <= set(role_colours(other).values()) | {"#000000", "#ffffff"}
    assert there != set(re.findall(r"#[0-9a-f]{6}\b", drawn(shipped(art), art)))


@pytest.mark.parametrize("art", Art)
def test_the_ink_saver_edition_is_black_and_white_and_hatched(art: Art) -> None:
    svg = drawn(shipped(art), art, Palette.one_ink())
    assert set(re.findall(r"#[0-9a-f]{6}\b", svg)) == {"#000000", "#ffffff"}
    hatches = set(re.findall(r'fill="url\(#x-(hatch-\d)\)"', svg))
    assert len(hatches) == {Art.COVER: 0, Art.NERVE_MAP: 4, Art.TREATED_PLACES: 3}[art]
    assert "hatch-1)" not in drawn(shipped(art), art)


@pytest.mark.parametrize("palette", [IN_COLOURS, Palette.one_ink()], ids=["colours", "one-ink"])
@pytest.mark.parametrize("art", Art)
def test_two_pictures_on_a_page_share_no_id(art: Art, palette: Palette) -> None:
    first, second = (drawn(shipped(art), art, palette, prefix) for prefix in ("one", "two"))
    ids = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in (first, second)]
    assert ids[0]
    assert not ids[0] & ids[1]
    named = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', first))
    assert {one or other for one, other in named} <= ids[0]


@pytest.mark.parametrize("art", Art)
def test_what_is_for_editors_alone_is_not_printed(art: Art) -> None:
    plain = drawn(shipped(art), art)
    assert not re.search(r"class=|inkscape|<style|point-|room-|leader-|#c000c0", plain)
    edited = (
        shipped(art)
        .replace(
            "<svg ",
            '<svg xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" '
            'data-panel="front" ',
            1,
        )
        .replace("</svg>", '<!-- mine --><sodipodi:namedview id="v"/><metadata id="m"/></svg>')
        .replace("xlink:href=", 'data-private="" href=')
        .replace("<g ", '<g style="font-size:12px;-inkscape-stroke:none" ')
    )
    assert drawn(edited, art) == plain


# A clinic's own


def test_a_clinics_own_cover_is_printed_in_its_colours(clinic_folder: ClinicFolder) -> None:
    change(clinic_folder, set_at("clinic", "brand", "primary", to="#123456"))
    own(
        clinic_folder,
        "cover",
        SMALL.format('<rect class="fill-shirt" width="750" height="900"/>'),
    )
    red, green, blue = dots(built(clinic_folder, "brochure").path)
    assert (red, green, blue) == (0x12, 0x34, 0x56)


def dots(path: Path) -> tuple[int, int, int]:
    """Give the colour in the middle of the cover's picture: the last panel of the first page."""
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(path)
    try:
        page = document[0].render(scale=1).to_pil().convert("RGB")
    finally:
        document.close()
    return page.getpixel((page.width * 5 // 6, page.height // 4))


def test_a_colour_that_a_designer_gives_a_part_stays() -> None:
    svg = SMALL.format('<path class="fill-skin" style="fill:#00ff00;x:y" d="M0 0H9V9Z"/>')
    for palette in (IN_COLOURS, Palette.one_ink()):
        assert 'fill="#00ff00"' in drawn(svg, Art.COVER, palette)


def places(svg: str) -> list[tuple[float, float]]:
    found = re.findall(r'<tspan x="([\d.]+)" y="([\d.]+)"', svg)
    assert found
    return [(float(x), float(y)) for x, y in found]


@pytest.mark.parametrize(
    ("moved", "by"),
    [
        ("translate(-2,20)", (-2, 20)),
        ("matrix(1 0 0 1 0 20)", (0, 20)),
        ("translate(3) scale(1)", (3, 0)),
    ],
)
def test_labels_follow_a_layer_that_was_moved(moved: str, by: tuple[float, float]) -> None:
    before = shipped("treated-places")
    after = before.replace('<g id="labels"', f'<g id="labels" transform="{moved}"')
    assert after != before
    for old, new in zip(
        places(drawn(before, Art.TREATED_PLACES)),
        places(drawn(after, Art.TREATED_PLACES)),
        strict=True,
    ):
        assert new == pytest.approx((old[0] + by[0], old[1] + by[1]), abs=0.02)


def test_a_leader_may_be_drawn_with_relative_steps() -> None:
    svg = shipped("nerve-map")
    (d,) = re.findall(r'id="leader-occipital-1" class="leader" d="([^"]+)"', svg)
    points = [tuple(map(float, pair.split())) for pair in d.removeprefix("M").split("L")]
    (x, y), *rest = points
    steps = [f"m {x},{y}"]
    for next_x, next_y in rest:
        steps.append(f"{next_x - x:.3f},{next_y - y:.3f}")
        x, y = next_x, next_y
    relative = svg.replace(d, " ".join(steps))
    assert relative != svg
    assert drawn(relative, Art.NERVE_MAP) == drawn(svg, Art.NERVE_MAP)


SVG_LETTERS = st.text("MmLlHhVvCcZzAa0123456789.,-+e ()matrixlate'\"#&<", max_size=40)


@settings(max_examples=80, deadline=None)
@given(d=SVG_LETTERS, moved=SVG_LETTERS)
def test_whatever_a_mark_holds_is_drawn_or_refused_in_words(d: str, moved: str) -> None:
    svg = re.sub(
        r'(id="leader-neck-1" class="leader") d="[^"]+"',
        lambda found: f"{found[1]} d={quoteattr(d)} transform={quoteattr(moved)}",
        shipped("treated-places"),
    )
    try:
        assert "word neck" in drawn(svg, Art.TREATED_PLACES)
    except UnfitPictureError as error:
        assert [fault.near for fault in error.faults] == ['"leader-neck-1"']  # noqa: PT017


# What can't be drawn


def mark(ident: str) -> str:
    """Match the whole mark of that id."""
    return rf'<(?:circle|rect|path) id="{ident}"[^>]*/>'


SPOILT = {
    "no point": ("treated-places", mark("point-neck"), "", ('"point-neck"', "a circle")),
    "no room": ("nerve-map", mark("room-occipital-1"), "", ('"room-occipital-1"', "a rectangle")),
    "no leader": ("nerve-map", mark("leader-occipital-2"), "", ('"leader-occipital-2"', "a line")),
    "a leader of one node": (
        "nerve-map",
        r'(id="leader-occipital-2" class="leader" d="M[\d. ]+)L[^"]+',
        r"\1",
        ('"leader-occipital-2"', "a line"),
    ),
    "a point that is a path": (
        "treated-places",
        mark("point-neck"),
        '<path id="point-neck" class="point" d="M1 1H2"/>',
        ('"point-neck"', "a circle"),
    ),
    "a label that there is not": (
        "treated-places",
        r"</svg>",
        '<circle id="point-elbow" class="point" cx="5" cy="5" r="5"/></svg>',
        ('"point-elbow"', "base-of-skull, neck, shoulders"),
    ),
    "a class of nothing": (
        "cover",
        r'id="nostril" class="line-ink inner',
        'id="nostril" class="line-ink innr',
        ('"nostril"', '"innr"', "<style>"),
    ),
    "a colour that there is not": (
        "cover",
        r'id="lips" class="fill-lips"',
        'id="lips" class="fill-lisp"',
        ('"lips"', '"fill-lisp"', '"fill-lips"'),
    ),
    "no hatching": ("nerve-map", r'id="hatch-3"', 'id="hatch-9"', ('"hatch-3"', "<pattern>")),
    "no part to clip by": ("cover", r'id="clip-hair"', 'id="clip-hare"', ('"clip-hair"',)),
    "letters": (
        "cover",
        r"</svg>",
        '<text id="t" x="9" y="9">Hi</text></svg>',
        ('"t"', "<text>", "content.yaml"),
    ),
    "a picture in a picture": ("cover", r"</svg>", '<svg id="t"/></svg>', ('"t"', "<svg>")),
    "another size": (
        "cover",
        r'viewBox="0 0 750 900"',
        'viewBox="0 0 75 90"',
        ("0 0 75 90", "750"),
    ),
    "no size": ("cover", r'viewBox="0 0 750 900"', "", ("viewBox", "750")),
    "a rule for all paths": (
        "cover",
        r"</style>",
        "path { fill: red; }</style>",
        ('"path"', "one class"),
    ),
    "one id twice": ("cover", r'id="nostril"', 'id="jaw"', ('"jaw"', "rename")),
    "a script": ("cover", r"</svg>", "<script>1</script></svg>", ("<script>",)),
    "a link to outside": (
        "cover",
        r"</svg>",
        '<use href="https://example.org/a.svg"/></svg>',
        ("https://example.org",),
    ),
    "a part inside itself": (
        "cover",
        r"</svg>",
        '<g id="r"><use href="#r"/></g></svg>',
        ("inside itself",),
    ),
    "no XML": ("cover", r"</svg>", "", ("no plain SVG",)),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_drawing_that_cannot_be_drawn_is_refused(
    clinic_folder: ClinicFolder, spoilt: str
) -> None:
    art, pattern, new, parts = SPOILT[spoilt]
    own(clinic_folder, art, changed(art, pattern, new))
    found = clinic_folder.refused(command="check").the_error(*parts)
    assert found.startswith(f"templates/drawings/{art}.svg")
    assert "To mend: " in found


def test_all_that_is_wrong_with_drawings_is_said_at_once(clinic_folder: ClinicFolder) -> None:
    spoilt = changed("treated-places", mark("point-neck"), "")
    spoilt = spoilt.replace('id="spine-1"', 'id="spine-1" class="thin"')
    own(clinic_folder, "treated-places", spoilt)
    own(clinic_folder, "cover", changed("cover", 'fill-lips"', 'fill-lisp"'))
    found = clinic_folder.refused(command="check").findings
    errors = [line for line in found if " error: " in line]
    assert len(errors) == 3, errors
    line = spoilt[: spoilt.index('id="spine-1"')].count("\n") + 1
    assert any(f"templates/drawings/treated-places.svg:{line}:1 " in error for error in errors)


def test_a_drawing_that_leads_out_of_the_folder_is_refused(
    clinic_folder: ClinicFolder, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere.svg").write_text(shipped("cover"))
    own(clinic_folder, "cover", "").unlink()
    (clinic_folder.path / "templates/drawings/cover.svg").symlink_to(tmp_path / "elsewhere.svg")
    clinic_folder.refused(command="check").the_error("templates/drawings/cover.svg", "out of")


def test_words_without_any_room_are_refused(clinic_folder: ClinicFolder) -> None:
    svg = changed(
        "treated-places", r'id="room-neck-1"([^>]*) width="[\d.]+"', r'id="room-neck-1"\1 width="1"'
    )
    for number in (2, 3):
        svg = re.sub(mark(f"(?:room|leader)-neck-{number}"), "", svg)
    own(clinic_folder, "treated-places", svg)
    outcome = clinic_folder.run("build", "brochure")
    assert outcome.code == 4, outcome.err
    assert outcome.finding_with("error", "brochure (letter)", "Neck", "under 9 pt"), outcome.err
