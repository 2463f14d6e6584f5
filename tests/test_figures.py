"""What the drawings of exercises promise: flat SVG, exact mirrors, human joints, clear refusals."""

from __future__ import annotations

import hashlib
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from conftest import ROOT, files_below
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_tools import (
    Promise,
    built,
    change,
    fill_clinic,
    letters,
    load,
    lost,
    set_at,
    tool,
    words_of,
)
from PIL import Image, ImageColor
from pydantic import ValidationError

from handouts.basics.choices import Profile, Side
from handouts.drawings.form import as_form
from handouts.drawings.person.draw import SideWords, UndrawablePosesError, render_exercise
from handouts.drawings.person.exercise_drawings import DRAWN_WIDTH_MM, draw_exercise
from handouts.drawings.person.inks import ONE_INK, FigurePalette, in_brand
from handouts.drawings.person.joint_limits import LIMITS
from handouts.drawings.person.pose import Joints, Pose
from handouts.drawings.person.scene import draw as draw_pose
from handouts.drawings.person.shapes import Area
from handouts.load.content import load_content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import ClinicFolder

SVG = "{http://www.w3.org/2000/svg}"
EXERCISES = tuple(load()["exercises"])
LEAST_LINE_MM = 0.25 * 25.4 / 72
SKIN = "#d6a381"
CLOTHES, ARROWS = "#0f5c63", "#d96f4e"
BRAND = in_brand(CLOTHES, ARROWS)
PALETTES = {"brand": BRAND, "one-ink": ONE_INK}
SIDES = SideWords("left", "right")
JOINTS = tuple(str(info.alias) for info in Joints.model_fields.values())


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


def draw(pose: Pose, palette: FigurePalette = BRAND) -> str:
    drawings = render_exercise(
        {"it": pose}, palette=palette, width_mm=45, id_prefix="x", words=SIDES
    )
    return drawings["it"]


def pose(**parts: object) -> Pose:
    return Pose.model_validate({"title": "T", "description": "D", **parts})


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


def points(path: str) -> list[tuple[float, float]]:
    """Give every point and handle of a path's data as places in the drawing."""
    x = y = 0.0
    found = []
    for command, numbers in re.findall(r"([MLHVCZmlhvcz])([^A-Za-z]*)", path):
        values = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", numbers)]
        assert command in "MmLlCcZzh", command
        if command == "h":
            values = [part for number in values for part in (number, 0.0)]
        origin_x, origin_y = (x, y) if command.islower() else (0.0, 0.0)
        step = 6 if command in "Cc" else 2
        for start in range(0, len(values), step):
            group = values[start : start + step]
            for index in range(0, step, 2):
                x, y = origin_x + group[index], origin_y + group[index + 1]
                found.append((x, y))
            if command.islower():
                origin_x, origin_y = x, y
    return found


def paths(svg: str) -> list[tuple[list[tuple[float, float]], dict[str, str]]]:
    found = []
    for element in ET.fromstring(svg).iter(f"{SVG}path"):  # noqa: S314 - our own
        style = {name: value for name, value in element.attrib.items() if name != "d"}
        found.append((points(element.attrib["d"]), style))
    return found


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


# Poses that no body can take


def angles(joint: str) -> dict[str, tuple[float, float]]:
    kind = joint.removesuffix("-left").removesuffix("-right")
    return {angle: tuple(span) for angle, span in LIMITS[kind].items()}  # type: ignore[misc]


EVERY_ANGLE = [(joint, angle) for joint in JOINTS for angle in angles(joint)]


@st.composite
def some_joints(draw_: st.DrawFn) -> dict[str, dict[str, float]]:
    """Give joints at angles that a body can take, the ends of their ranges among them."""
    chosen = draw_(st.lists(st.sampled_from(EVERY_ANGLE), min_size=1, max_size=8, unique=True))
    joints: dict[str, dict[str, float]] = {}
    for joint, angle in chosen:
        least, most = angles(joint)[angle]
        value = draw_(st.sampled_from([least, most]) | st.floats(least, most))
        joints.setdefault(joint, {})[angle] = value
    return joints


@settings(max_examples=30)
@given(
    some_joints(),
    st.sampled_from(["standing", "sitting", "supine", "prone", "side-lying-left"]),
    st.integers(-180, 180),
    st.integers(-20, 85),
)
def test_a_joint_within_its_range_is_drawn_or_refused_in_words(
    joints: dict[str, dict[str, float]], base: str, azimuth: int, elevation: int
) -> None:
    view = {"azimuth": azimuth, "elevation": elevation}
    body = pose(joints=joints, posture={"base": base}, view=view)
    try:
        svg = draw(body)
    except ValueError as refusal:
        said = ("reach: ", "stretched: ", "pose: ", "view: ")
        assert type(refusal) is UndrawablePosesError  # noqa: PT017 - a property: either way is right
        assert str(refusal).startswith(said)  # noqa: PT017
    else:
        assert len(paths(svg)) > 10


@given(st.sampled_from(EVERY_ANGLE), st.data())
def test_a_joint_past_its_range_is_refused_by_name(
    which: tuple[str, str], data: st.DataObject
) -> None:
    joint, angle = which
    least, most = angles(joint)[angle]
    value = data.draw(st.floats(most + 0.01, 10_000) | st.floats(-10_000, least - 0.01))
    with pytest.raises(ValidationError) as refused:
        pose(joints={joint: {angle: value}})
    said = f"{joint}: {angle} of {value:g} degrees is outside the allowed range"
    assert f"{said} {least:g} to {most:g} degrees" in str(refused.value)


@pytest.mark.parametrize(("joint", "angle"), EVERY_ANGLE)
@pytest.mark.parametrize("value", [200, -200])
def test_every_angle_has_a_range_that_a_body_has(joint: str, angle: str, value: int) -> None:
    with pytest.raises(ValidationError, match=f"{joint}: {angle} of {value} degrees is outside"):
        pose(joints={joint: {angle: value}})


def test_every_angle_of_every_joint_is_known_here() -> None:
    for joint, info in zip(JOINTS, Joints.model_fields.values(), strict=True):
        fields = info.annotation.model_fields.values()  # type: ignore[union-attr]
        assert {field.alias for field in fields} == set(angles(joint))


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"joints": {"knee-left": {"bend": 190}}}, "knee-left: bend of 190 degrees .* 0 to 150"),
        ({"joints": {"neck": {"turn": -95}}}, "neck: turn of -95 degrees .* -80 to 80"),
        ({"joints": {"knee": {"bend": 20}}}, "knee"),
        ({"joints": {"knee-left": {"flex": 20}}}, "flex"),
        ({"joints": {"neck": {"turn": math.nan}}}, "finite"),
        ({"title": "{side}"}, "only {left} and {right}"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_an_unsound_pose_is_refused(parts: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        pose(**parts)


# What the clinic is told


def line_of(clinic: ClinicFolder, written: str) -> str:
    """Give the start of a finding in the line where a text stands."""
    return clinic.place(written).rpartition(":")[0] + ":"


def test_an_unknown_joint(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit("ankle-left: {point: 45}", "kneee-left: {bend: 45}")
    found = clinic_folder.refused("exercises").the_error('unknown key "kneee-left"')
    assert found.startswith(clinic_folder.place("kneee-left"))
    assert 'did you mean "knee-left"' in found


def test_an_unknown_angle(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit("neck: {tilt: -35}", "neck: {tlit: -35}")
    found = clinic_folder.refused().the_error('unknown key "tlit"', 'did you mean "tilt"?')
    assert found.startswith(clinic_folder.place("tlit"))


def test_an_angle_past_the_limit(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit("ankle-left: {point: 45}", "ankle-left: {point: 95}")
    found = clinic_folder.refused().the_error("ankle-left: point of 95 degrees", "-25 to 55")
    assert found.startswith(line_of(clinic_folder, "ankle-left: {point: 95}")), found


def test_an_angle_that_is_no_number(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit("neck: {tilt: -35}", "neck: {tilt: far}")
    found = clinic_folder.refused().the_error('"tilt" is "far"')
    assert found.startswith(line_of(clinic_folder, "tilt: far"))
    assert "number" in found
    assert "Input should be" not in found


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        pytest.param(
            "to: head-left, curl", "to: head-lef, curl", ("no body point 'head-lef'", "head-left"),
            id="reach",
        ),
        pytest.param(
            "around: neck, axis", "around: nekc, axis", ("no body point 'nekc'", "neck"),
            id="arrow",
        ),
        pytest.param(
            "stretched: [chest-left]", "stretched: [chest-lft]",
            ("no area 'chest-lft'", "chest-left"), id="area",
        ),
        pytest.param(
            "- {kind: pillow}", "- {kind: pilow}", ('"kind" can\'t be "pilow"', '"pillow"'),
            id="prop",
        ),
        pytest.param(
            "{base: side-lying-right}", "{base: side-lying}",
            ('"base" can\'t be "side-lying"', '"side-lying-right"'), id="posture",
        ),
        pytest.param(
            'like: start\n        steps: [1, 3, 4]', 'like: strat\n        steps: [1, 3, 4]',
            ('"end" is like "strat"', "no drawing that stands before it"), id="like",
        ),
        pytest.param(
            'like: start\n        steps: [1, 3, 4]', 'like: end\n        steps: [1, 3, 4]',
            ('"end" is like "end"',), id="like-itself",
        ),
        pytest.param(
            "{kind: arc, around: neck", "{kind: arch, around: neck", ("arch", "arc"),
            id="arrow-kind",
        ),
        pytest.param(
            'title: "Open your {left} arm', 'title: "Open your {lft} arm',
            ("only {left} and {right}", "{lft}"), id="side-word",
        ),
    ],
)  # fmt: skip
def test_a_wrong_name_in_a_pose(
    clinic_folder: ClinicFolder, old: str, new: str, parts: tuple[str, ...]
) -> None:
    clinic_folder.edit(old, new)
    outcome = clinic_folder.refused(command="check")
    assert outcome.finding_with("error", *parts), outcome.err
    places = [re.match(r"content\.yaml:(\d+):", line) for line in outcome.findings]
    assert all(places), outcome.err
    first, last = (clinic_folder.text[:at].count("\n") + 1 for at in exercises_span(clinic_folder))
    assert all(first <= int(place[1]) <= last for place in places if place)


def exercises_span(clinic: ClinicFolder) -> tuple[int, int]:
    return clinic.text.index("\nexercises:\n"), clinic.text.index("\nstop_and_call:\n")


def test_a_mistake_that_a_like_drawing_takes_over_is_said_once(
    clinic_folder: ClinicFolder,
) -> None:
    clinic_folder.edit("- {kind: pillow}", "- {kind: pilow}")
    found = clinic_folder.refused().the_error('"kind" can\'t be "pilow"')
    assert found.startswith(line_of(clinic_folder, "{kind: pilow}"))


def test_the_kinds_of_arrow_are_told_in_plain_words(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit("{kind: arc, around: neck", "{kind: arch, around: neck")
    found = clinic_folder.refused().the_error("arch")
    assert found.startswith(line_of(clinic_folder, "{kind: arch"))
    assert "did you mean" in found
    assert "Input tag" not in found


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        pytest.param(
            "to: head-left, curl", "to: knee-left, curl",
            ("upper-trapezius-stretch", "the right hand cannot get to 'knee-left'"), id="reach",
        ),
        pytest.param(
            "stretched: [chest-left]", "stretched: [upper-back]",
            ("open-book", "'upper-back' cannot be seen in this view"), id="hidden",
        ),
        pytest.param(
            "{hand: left, to: seat-left,", "{hand: left, to: seat-right,",
            ("levator-scapulae-stretch", "the left hand cannot be laid on 'seat-right'"),
            id="wrong-side",
        ),
    ],
)  # fmt: skip
def test_a_pose_that_cannot_be_drawn(
    clinic_folder: ClinicFolder, command: str, old: str, new: str, parts: tuple[str, ...]
) -> None:
    clinic_folder.edit(old, new)
    found = clinic_folder.refused(command=command).the_error(*parts)
    number = int(found.removeprefix("content.yaml:").partition(":")[0])
    lines = clinic_folder.text.splitlines()
    start = lines.index(f"  {parts[0]}:") + 1
    end = next(n for n, line in enumerate(lines, 1) if n > start and re.match(r" {0,2}\S", line))
    assert start < number < end


def test_every_drawing_that_cannot_be_made_is_named_at_its_line(
    clinic_folder: ClinicFolder,
) -> None:
    clinic_folder.edit("to: head-left, curl", "to: knee-left, curl")
    clinic_folder.edit("stretched: [chest-left]", "stretched: [upper-back]")
    clinic_folder.edit(
        "{kind: ball, at: skull-base, shift-cm: [1.5, -0.7, 1.2]}\n"
        "        stretched: [base-of-skull-left]",
        "{kind: ball, at: skull-base, shift-cm: [1.5, -0.7, 1.2]}\n"
        "        stretched: [buttock-right]",
    )
    clinic_folder.edit(
        "radius-cm: 16, shift-cm: [0, 1, 0]}",
        "radius-cm: 16, shift-cm: [0, 1, 0]}\n        reach: [{hand: left, to: seat-right}]",
    )
    rows = clinic_folder.text.splitlines()
    found = [f for f in clinic_folder.refused("exercises").findings if "can't be drawn" in f]
    assert len(found) == 4
    for finding, (exercise, drawing) in zip(
        found,
        (
            ("suboccipital-release", "hold"),
            ("suboccipital-release", "place"),
            ("upper-trapezius-stretch", "end"),
            ("open-book", "end"),
        ),
        strict=True,
    ):
        assert f'exercise "{exercise}" can\'t be drawn: "{drawing}": ' in finding
        start = rows.index(f"  {exercise}:")
        line = next(n for n, row in enumerate(rows) if n > start and row == f"      {drawing}:")
        assert finding.startswith(f"content.yaml:{line + 1}:"), finding


SITTING = {
    "hip-left": {"flex": 86},
    "hip-right": {"flex": 86},
    "knee-left": {"bend": 86},
    "knee-right": {"bend": 86},
}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (
            {"joints": {"shoulder-left": {"raise": 60, "plane": 135}, "elbow-left": {"bend": 60}}},
            "pose: the left upper arm would go through the body",
        ),
        (
            {"reach": [{"hand": "right", "to": "belly", "elbow": -45}]},
            "pose: the right forearm would go through the body",
        ),
        (
            {"joints": {"shoulder-left": {"raise": 90, "plane": 90}, "elbow-left": {"bend": 0}}},
            "view: the left arm points straight at the viewer",
        ),
        (
            {
                "posture": {"base": "sitting"},
                "joints": {**SITTING, "spine": {"bend": -20, "twist": 25}},
                "view": {"azimuth": -150},
            },
            "lie before and behind each other",
        ),
        (
            {"reach": [{"hand": "right", "to": "shoulder-left", "elbow": -90}]},
            "to lie on 'shoulder-left', shoulder-right: plane of",
        ),
    ],
)
def test_a_pose_that_would_be_drawn_wrong_is_refused(parts: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        draw(pose(**parts))


@pytest.mark.parametrize("azimuth", [-45, 0, 45])
@pytest.mark.parametrize(
    ("hands", "bare"),
    [
        ([("right", "shoulder-left")], "right"),
        ([("right", "shoulder-left"), ("left", "shoulder-right")], "left"),
        ([("right", "chin")], "right"),
    ],
    ids=["one-shoulder", "both-shoulders", "chin"],
)
def test_an_arm_across_the_chest_is_seen_in_front_of_it(
    hands: list[tuple[str, str]], bare: str, azimuth: int
) -> None:
    along = {"kind": "path", "from": f"elbow-{bare}", "to": f"wrist-{bare}", "bulge": 0}
    body = pose(
        reach=[{"hand": hand, "to": to} for hand, to in hands],
        view={"azimuth": azimuth},
        arrows=[along],
    )
    areas = [item for item in draw_pose(body).items if isinstance(item, Area)]
    arrow = areas.pop()
    assert arrow.paint == "accent"
    middle = arrow.shape.centroid
    assert [area.paint for area in areas if area.shape.contains(middle)][-1] == "skin"


# A fifth exercise


FIFTH = """\
  chin-tuck:
    name: "Wall chin nod"
    purpose: "To ease the front of your neck."
    posture: standing
    steps:
      - "Stand with your back to a wall."
      - "Say yes with your head."
    dose: {hold: "5-10 s", repetitions: 5, times_a_day: "1-2"}
    limits: {hold: "10 s", repetitions: 10, times_a_day: 2}
    mistakes:
      - "Shuffled about."
    stop_if:
      - "You feel dizzy."
    drawings:
      nod:
        title: "Nodding: make your {left} and {right} neck long"
        description: "Standing, seen from the {left}, the chin is drawn in."
        view: {azimuth: 90, elevation: 4}
        joints:
          neck: {nod: 25}
          shoulder-left: {raise: 20}
        arrows:
          - {kind: arc, around: neck, axis: bend, radius-cm: 25, from: 0, to: 40}

"""


def colours_above(path: Path, words: str) -> set[tuple[int, int, int]]:
    """Give the colours that cover something (1 mm2 at least) in the inch above some words."""
    dpi = 100
    first = letters(words.split(maxsplit=1)[0])
    places = [word for word in words_of(path) if letters(word.text) == first]
    assert len(places) == 1, places
    page, left, top = places[0].page, places[0].left, places[0].top
    document = pypdfium2.PdfDocument(path)
    try:
        picture = document[page].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()
    scale = dpi / 72
    box = (left * scale, (top - 72) * scale, (left + 90) * scale, (top - 1) * scale)
    crop = picture.crop(tuple(round(edge) for edge in box))
    counts = crop.getcolors(crop.width * crop.height)
    least = (dpi / 25.4) ** 2
    return {colour for count, colour in counts if count >= least}


def rgb(colour: str) -> tuple[int, int, int]:
    return ImageColor.getrgb(colour)[:3]


def test_a_fifth_exercise_needs_no_python(clinic_folder: ClinicFolder) -> None:
    warning = "# The warning on every sheet with exercises."
    clinic_folder.edit(warning, f"{FIFTH}{warning}")
    clinic_folder.edit(
        "upper-trapezius-stretch, open-book]\n    log_weeks",
        "upper-trapezius-stretch, open-book, chin-tuck]\n    log_weeks",
    )
    piece = built(clinic_folder, "exercises")
    data = load(clinic_folder.content)
    caption = "Nodding: make your left and right neck long"
    assert lost(["Wall chin nod", "Say yes with your head.", caption], piece.text) == []
    assert lost(Promise(data, "exercises").strings(), piece.text) == []
    shown = colours_above(piece.path, caption)
    assert {rgb(SKIN), rgb(data["clinic"]["brand"]["primary"])} <= shown
    assert rgb(SKIN) not in colours_above(piece.path, "Shuffled about.")


# Pictures of the clinic's own


def with_picture(clinic: ClinicFolder, width_px: int) -> None:
    """Give the open book a picture of the clinic's own, in place of its drawings."""
    noise = Image.effect_noise((width_px, width_px // 2), 60).convert("RGB")
    noise.save(clinic.path / "book.png")

    def edit(data: dict[str, Any]) -> None:
        exercise = data["exercises"]["open-book"]
        exercise.pop("drawings", None)
        exercise["pictures"] = [
            {"file": "book.png", "caption": "Open like a book", "alt": "A photo of the end"}
        ]

    change(clinic, edit)


def printed_width_in(path: Path) -> float:
    """Measure how wide the only picture made of dots is printed, with poppler."""
    _, _, *rows = tool("pdfimages", "-list", path).splitlines()
    (row,) = [row.split() for row in rows if row.split()[2] == "image"]
    return int(row[3]) / float(row[12])


@cache
def picture_width_in() -> float:
    """Build once with a picture that is large enough, and measure it."""
    folder = Path(tempfile.mkdtemp(prefix="handouts-picture-"))
    try:
        clinic = fill_clinic(folder / "clinic")
        with_picture(clinic, 1600)
        piece = built(clinic, "exercises")
        assert lost(["Open like a book"], piece.text) == []
        return printed_width_in(piece.path)
    finally:
        shutil.rmtree(folder)


def with_picture_of(clinic: ClinicFolder, dpi: float) -> None:
    with_picture(clinic, math.ceil(picture_width_in() * dpi) + 1)


def test_a_picture_of_300_dpi_is_printed(clinic_folder: ClinicFolder) -> None:
    with_picture_of(clinic_folder, 300)
    outcome = clinic_folder.run("build", "exercises")
    assert outcome.code == 0, outcome.err
    assert not outcome.finding_with("dots")
    path = clinic_folder.out / "exercises.pdf"
    assert printed_width_in(path) == pytest.approx(picture_width_in(), abs=0.02)
    alone = len(Image.open(clinic_folder.path / "book.png").getcolors(10**6) or ())
    assert alone > 100


def test_a_picture_of_250_dpi_gives_a_warning(clinic_folder: ClinicFolder) -> None:
    with_picture_of(clinic_folder, 250)
    outcome = clinic_folder.run("build", "exercises")
    assert outcome.code == 0, outcome.err
    found = outcome.the_finding("warning", "dots per inch")
    assert re.search(r"\b25[0-2] dots per inch", found), found
    assert "exercises (letter)" in found
    assert (clinic_folder.out / "exercises.pdf").is_file()
    strict = clinic_folder.run("build", "exercises", "--strict")
    assert strict.code != 0


@pytest.mark.parametrize("profile", list(Profile))
def test_a_picture_of_150_dpi_is_refused_in_one_sentence(
    clinic_folder: ClinicFolder, profile: Profile
) -> None:
    with_picture_of(clinic_folder, 150)
    before = files_below(clinic_folder.path)
    proof = ("--proof",) if profile is Profile.PRESS else ()
    outcome = clinic_folder.run("build", "exercises", "--profile", str(profile), *proof)
    assert outcome.code == 4, outcome
    assert files_below(clinic_folder.path) == before
    found = outcome.the_error("has too few dots for its size")
    assert re.search(r"\b15[0-2] (dots per inch|dpi)", found), found
    assert "use a larger picture" in found


def test_drawings_and_pictures_together_are_refused(clinic_folder: ClinicFolder) -> None:
    drawings = load()["exercises"]["open-book"]["drawings"]
    with_picture(clinic_folder, 900)
    change(clinic_folder, set_at("exercises", "open-book", "drawings", to=drawings))
    found = clinic_folder.refused().the_error("drawings or pictures of its own, not both")
    assert found.startswith("content.yaml:")
