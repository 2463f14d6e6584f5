"""Poses that no body can take: refused in words, at their place."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import pytest
from figure_tools import draw, paths, pose
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from handouts.drawings.person.bases import BASE_NAMES
from handouts.drawings.person.draw import UndrawablePosesError
from handouts.drawings.person.joint_limits import LIMITS
from handouts.drawings.person.joints import Joints
from handouts.drawings.person.scene import draw as draw_pose
from handouts.drawings.person.shapes import Area

if TYPE_CHECKING:
    from conftest import ClinicFolder

JOINTS = tuple(str(info.alias) for info in Joints.model_fields.values())


# Poses that no body can take


def angles(joint: str) -> dict[str, tuple[float, float]]:
    kind = joint.removesuffix("-left").removesuffix("-right")
    return {angle: tuple(span) for angle, span in LIMITS[kind].items()}  # type: ignore[misc]


EVERY_ANGLE = [(joint, angle) for joint in JOINTS for angle in angles(joint)]


def unit(angle: str) -> str:
    """Give what an angle is counted in: its name says so where it is no angle."""
    last = angle.rpartition("-")[2]
    return last if last in ("cm", "mm") else "degrees"


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
    st.sampled_from(BASE_NAMES),
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
    said = f"{joint}: {angle} of {value:g} {unit(angle)} is outside the allowed range"
    assert f"{said} {least:g} to {most:g} {unit(angle)}" in str(refused.value)


@pytest.mark.parametrize(("joint", "angle"), EVERY_ANGLE)
@pytest.mark.parametrize("value", [200, -200])
def test_every_angle_has_a_range_that_a_body_has(joint: str, angle: str, value: int) -> None:
    with pytest.raises(
        ValidationError, match=f"{joint}: {angle} of {value} {unit(angle)} is outside"
    ):
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
    "hip-left": {"flex": 86, "abduct": 2},
    "hip-right": {"flex": 86, "abduct": 2},
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
