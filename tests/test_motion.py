"""Motion that is understood: ghosts, arrows that follow, presses, crossed mistakes, crops, gaze."""

from __future__ import annotations

import re

import pytest
from figure_tools import BRAND, SIDES, paths, pose
from pydantic import ValidationError

from handouts.drawings.form import as_form
from handouts.drawings.person.draw import UndrawablePosesError, render_exercise
from handouts.drawings.person.inks import ONE_INK, FigurePalette

SITTING = {"posture": {"base": "sitting"}, "view": {"azimuth": 90}, "crop": "chest"}
START = {**SITTING, "joints": {"neck": {"glide-cm": 3}}}
FOLLOW = [{"kind": "follow", "point": "nose", "shift-cm": [0, 0, 14]}]
END = {**SITTING, "joints": {"neck": {"glide-cm": -3}}, "ghost": "start", "arrows": FOLLOW}
BAND = {"kind": "band", "ends": ["anchor", "anchor"], "around": "forehead"}
WRONG = {
    **SITTING,
    "joints": {"neck": {"nod": 35}},
    "props": [{**BAND, "anchor-cm": [0, 122, -74]}],
    "wrong": True,
}


def drawn(
    palette: FigurePalette = BRAND, *, mirror: bool = False, **poses: object
) -> dict[str, str]:
    return render_exercise(
        {name: pose(**parts) for name, parts in poses.items()},  # type: ignore[arg-type]
        palette=palette,
        width_mm=45,
        id_prefix="x",
        words=SIDES,
        mirror=mirror,
    )


def fills(svg: str, colour: str) -> list[list[tuple[float, float]]]:
    return [points for points, style in paths(svg) if style.get("fill") == colour]


def test_the_start_is_dashed_in_the_end_and_stays_dashed_in_the_file() -> None:
    svgs = drawn(start=START, end=END)
    dashed = [style for _, style in paths(svgs["end"]) if "stroke-dasharray" in style]
    assert dashed
    assert {style["fill"] for style in dashed} == {"none"}
    assert "stroke-dasharray" not in svgs["start"]
    operators = as_form(svgs["end"])[1].operators
    assert re.search(r"\[\d+ \d+\] 0 d", operators)


def test_an_arrow_follows_the_way_of_its_point() -> None:
    (arrow,) = fills(drawn(start=START, end=END)["end"], BRAND.accent)
    xs = [x for x, _ in arrow]
    ys = [y for _, y in arrow]
    assert max(xs) - min(xs) > 1.5 * (max(ys) - min(ys))


def test_what_is_followed_needs_a_ghost_and_a_ghost_its_drawing() -> None:
    with pytest.raises(ValidationError, match="what it follows starts in a ghost"):
        pose(**{**SITTING, "arrows": FOLLOW})
    with pytest.raises(UndrawablePosesError, match="ghost: there is no drawing 'start'"):
        drawn(end=END)


@pytest.mark.parametrize("palette", [BRAND, ONE_INK], ids=["brand", "one-ink"])
def test_a_mistake_is_crossed_away_from_the_head_and_greyed(palette: FigurePalette) -> None:
    svg, mirrored = (
        drawn(palette, mirror=mirror, wrong=WRONG)["wrong"] for mirror in (False, True)
    )
    assert len(fills(svg, palette.wrong)) >= 1
    if palette is ONE_INK:
        colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) - {"none"}
        assert colours == {"#000000", "#ffffff"}
    assert palette is ONE_INK or palette.top.fill not in svg
    cross = fills(svg, palette.wrong)[-1]
    turned = fills(mirrored, palette.wrong)[-1]
    middle, other = (sum(x for x, _ in points) / len(points) for points in (cross, turned))
    assert middle + other == pytest.approx(45, abs=0.1)
    assert palette.wrong not in drawn(BRAND, start=START)["start"] or palette is ONE_INK


def test_a_press_is_a_hollow_arrow() -> None:
    press = [{"kind": "press", "at": "forehead", "toward": "back", "shift-cm": [0, 9, 4]}]
    svg = drawn(it={**SITTING, "arrows": press})["it"]
    hollow = [style for _, style in paths(svg) if style.get("stroke") == BRAND.accent]
    assert [style["fill"] for style in hollow] == [BRAND.paper]


def test_a_crop_shows_the_head_larger() -> None:
    whole = {**START, "crop": None}
    sizes = {}
    for name, parts in (("whole", whole), ("cropped", START)):
        hair = fills(drawn(it=parts)["it"], BRAND.hair.fill)[0]
        sizes[name] = max(x for x, _ in hair) - min(x for x, _ in hair)
    assert sizes["cropped"] > 2 * sizes["whole"]


def test_eyes_look_at_their_mark_whichever_way_the_head_turns() -> None:
    base = {**SITTING, "view": {"azimuth": 0}, "face": {"looks-at-cm": [30, 0, 40]}}
    ahead, turned = (
        drawn(it={**base, "joints": {"neck": {"turn": turn}}})["it"] for turn in (0, 25)
    )
    for svg in (ahead, turned):
        assert "stroke-dasharray" in svg
    assert fills(ahead, BRAND.outline)[:2] != fills(turned, BRAND.outline)[:2]


@pytest.mark.parametrize("part", ["jaw", "breath"])
def test_jaw_and_breath_change_the_drawing(part: str) -> None:
    joints = {"jaw": {"open-mm": 30}} if part == "jaw" else {"breath": {"belly-cm": 2}}
    side = {**SITTING, "crop": "hips"}
    assert drawn(it=side)["it"] != drawn(it={**side, "joints": joints})["it"]
