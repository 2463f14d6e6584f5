"""What the drawings of exercises promise: flat SVG, exact mirrors, the same bytes."""

from __future__ import annotations

import hashlib
import math
import os
import re
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from conftest import ROOT
from figure_tools import BRAND, SIDES, SVG, paths
from pdf_tools import built, letters
from promised import change, load, set_at

from handouts.basics.choices import Side
from handouts.drawings.form import as_form
from handouts.drawings.person.draw import render_exercise
from handouts.drawings.person.exercise_drawings import DRAWN_WIDTH_MM, draw_exercise
from handouts.drawings.person.inks import ONE_INK
from handouts.load.content import load_content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import ClinicFolder

    from handouts.drawings.person.pose import Pose


EXERCISES = tuple(load()["exercises"])
LEAST_LINE_MM = 0.25 * 25.4 / 72
PALETTES = {"brand": BRAND, "one-ink": ONE_INK}


def poses_of(exercise: str) -> Mapping[str, Pose]:
    drawings = load_content(ROOT / "content.yaml").content.exercises[exercise].drawings
    assert drawings
    return drawings


@cache
def drawn(exercise: str, palette: str, *, mirror: bool = False) -> dict[str, str]:
    """Draw an exercise of the shipped content, once for each test process."""
    return render_exercise(
        poses_of(exercise),
        palette=PALETTES[palette],
        width_mm=DRAWN_WIDTH_MM,
        id_prefix=f"figure-{exercise}",
        words=SIDES,
        mirror=mirror,
    )


# The drawings


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("mirror", [False, True], ids=["plain", "mirrored"])
def test_a_drawing_is_flat_paths_with_words_for_it(
    exercise: str, palette: str, mirror: bool
) -> None:
    svgs = drawn(exercise, palette, mirror=mirror)
    ids: list[str] = []
    for svg in svgs.values():
        root = ET.fromstring(svg)  # noqa: S314 - our own
        tags = {element.tag for element in root.iter()}
        assert tags == {f"{SVG}{tag}" for tag in ("svg", "title", "desc", "g", "path")}
        title, desc = root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")
        assert title
        assert desc
        assert "{" not in title + desc
        labels = root.attrib["aria-labelledby"].split()
        assert labels == [e.attrib["id"] for e in root.iter() if "id" in e.attrib]
        assert "transform" not in svg
        ids += labels
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("exercise", [name for name in EXERCISES if len(poses_of(name)) > 1])
def test_start_and_end_share_scale_and_ground(exercise: str) -> None:
    whole = [name for name, one in poses_of(exercise).items() if one.close_up is None]
    frames = {name: view_box(svg) for name, svg in drawn(exercise, "brand").items()}
    assert len({frames[name] for name in whole}) == 1
    close_ups = {frame for name, frame in frames.items() if name not in whole}
    assert not close_ups & {frames[name] for name in whole}


def view_box(svg: str) -> tuple[float, ...]:
    box = tuple(map(float, ET.fromstring(svg).attrib["viewBox"].split()))  # noqa: S314 - our own
    assert len(box) == 4
    return box


def unlike_mirror(svg: str, other: str) -> list[str]:
    """Give where a drawing is not the exact mirror of another."""
    faults = []
    for (one, style), (two, style2) in zip(paths(svg), paths(other), strict=True):
        if style != style2 or len(one) != len(two):
            faults.append(f"{style} is {style2}")
            continue
        # Relative coordinates are rounded one by one, so a long path may be off by a hair.
        away = max(
            math.hypot(x + x2 - DRAWN_WIDTH_MM, y - y2)
            for (x, y), (x2, y2) in zip(one, two, strict=True)
        )
        if away > 0.05:
            faults.append(f"{style} is off by {away:.3f} mm")
    return faults


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("palette", PALETTES)
def test_a_mirrored_drawing_is_the_exact_mirror(exercise: str, palette: str) -> None:
    plain, mirrored = (drawn(exercise, palette, mirror=mirror) for mirror in (False, True))
    assert list(plain) == list(mirrored)
    for name, svg in plain.items():
        assert len(paths(svg)) > 20
        assert unlike_mirror(svg, mirrored[name]) == []
        assert unlike_mirror(svg, svg) != []


@pytest.mark.shipped_words
def test_mirroring_swaps_the_words_for_the_sides() -> None:
    plain, mirrored = (
        drawn("upper-trapezius-stretch", "brand", mirror=mirror)["end"] for mirror in (False, True)
    )
    assert "the right hand reaches" in plain
    assert "the left hand reaches" in mirrored
    assert ">Hold: left side<" in plain
    assert ">Hold: right side<" in mirrored


def swapped(words: str) -> str:
    """Let the words left and right change places."""
    other = {"left": "right", "right": "left"}
    return re.sub(r"\b(left|right)\b", lambda side: other[side[0]], words)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_right_side_is_the_mirror_in_drawing_caption_and_alt(exercise: str) -> None:
    poses = poses_of(exercise)
    left, right = (
        draw_exercise(exercise, poses, BRAND, SIDES, side) for side in (Side.LEFT, Side.RIGHT)
    )
    assert list(left) == list(right) == list(poses)
    for name, plain in left.items():
        mirrored = right[name]
        svgs = [drawn(exercise, "brand", mirror=mirror)[name] for mirror in (False, True)]
        assert unlike_mirror(*svgs) == []
        assert [as_form(svg)[1] for svg in svgs] == [plain.form, mirrored.form]
        assert plain.form != mirrored.form
        assert mirrored.caption == swapped(plain.caption)
        assert mirrored.alt == swapped(plain.alt)
        for figure in (plain, mirrored):
            root = ET.fromstring(figure.place)  # noqa: S314 - our own
            assert root.findtext(f"{SVG}title") == figure.caption
            assert root.findtext(f"{SVG}desc") == figure.alt
    assert any(one.alt != right[name].alt for name, one in left.items())


@pytest.mark.shipped_words
def test_each_side_and_no_side_are_drawn_as_written() -> None:
    poses = poses_of("upper-trapezius-stretch")
    both, none, left = (
        draw_exercise("upper-trapezius-stretch", poses, BRAND, SIDES, side)
        for side in (Side.EACH, None, Side.LEFT)
    )
    assert both == none == left
    assert both["end"].caption == "Hold: left side"


def test_a_right_side_dose_prints_the_right_side(clinic_folder: ClinicFolder) -> None:
    path = ("exercises", "upper-trapezius-stretch", "dose", "side")
    change(clinic_folder, set_at(*path, to="right"))
    text = built(clinic_folder, "exercises").text
    assert letters(text).count(letters("Hold: right side")) == 1
    assert letters(text).count(letters("Hold: left side")) == 1


@pytest.mark.parametrize("exercise", EXERCISES)
def test_what_is_stretched_shows_on_the_side_that_the_words_say(exercise: str) -> None:
    """The red lies on the viewer's left for the left side where one looks from behind."""
    for name, one in poses_of(exercise).items():
        faces_away = abs(one.view.azimuth) > 120
        for mirror in (False, True):
            red = [
                x
                for points_, style in paths(drawn(exercise, "brand", mirror=mirror)[name])
                if style.get("fill") == BRAND.tint_core.fill
                for x, _ in points_
            ]
            if not red or abs(one.view.azimuth) in range(30, 121):
                continue
            at_left = sum(red) / len(red) < DRAWN_WIDTH_MM / 2
            assert at_left == (faces_away != mirror), name


@pytest.mark.parametrize("exercise", EXERCISES)
def test_one_ink_is_black_and_white_alone(exercise: str) -> None:
    def colours(palette: str) -> set[str]:
        svgs = "".join(drawn(exercise, palette).values())
        assert not re.search(r"rgba?\(|hsl|opacity", svgs)
        return set(re.findall(r'(?:fill|stroke)="([^"]+)"', svgs)) - {"none"}

    assert colours("one-ink") == {"#000000", "#ffffff"}
    assert len(colours("brand")) >= 5
    assert "#000000" not in colours("brand")


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("palette", PALETTES)
def test_no_line_is_too_thin_to_print(exercise: str, palette: str) -> None:
    for svg in drawn(exercise, palette).values():
        assert view_box(svg)[2] == DRAWN_WIDTH_MM
        weights = [float(weight) for weight in re.findall(r'stroke-width="([^"]+)"', svg)]
        assert weights
        assert min(weights) >= LEAST_LINE_MM


DIGESTS = """
import hashlib, sys
from pathlib import Path
from handouts.drawings.person.inks import ONE_INK, in_brand
from handouts.drawings.person.draw import SideWords, render_exercise
from handouts.load.content import load_content
for name, exercise in load_content(Path("content.yaml")).content.exercises.items():
    for key, palette in {"brand": in_brand("#0f5c63", "#d96f4e"), "one-ink": ONE_INK}.items():
        svgs = render_exercise(
            exercise.drawings,
            palette=palette,
            width_mm=45,
            id_prefix=f"figure-{name}",
            words=SideWords("left", "right"),
        )
        for pose, svg in svgs.items():
            print(name, key, pose, hashlib.sha256(svg.encode()).hexdigest())
"""


def test_the_same_pose_gives_the_same_bytes_in_any_process() -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", DIGESTS],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for seed in ("1", "4711")
    ]
    first, second = (process.communicate(timeout=60)[0].splitlines() for process in processes)
    assert first == second
    assert sorted(first) == sorted(
        f"{name} {palette} {key} {hashlib.sha256(svg.encode()).hexdigest()}"
        for name in EXERCISES
        for palette in PALETTES
        for key, svg in drawn(name, palette).items()
    )
