"""The world around the figure: what touches does so, and what floats or sinks is refused."""

from __future__ import annotations

import pytest
from figure_tools import draw, pose
from pydantic import ValidationError

from handouts.drawings.person.bases import BASE_NAMES, BASES
from handouts.drawings.person.geometry import Camera, vec
from handouts.drawings.person.placing import Placed, place
from handouts.drawings.person.surfaces import farthest, named

MOST_OFF_CM = 1.0
DOWN = vec(0, -1, 0)
SIDE = Camera.looking(80, 8)
ON_FLOOR = [{"hand": side, "to": "floor", "place-cm": [0, 6]} for side in ("left", "right")]
ON_ELBOWS = [{"hand": side, "to": "floor", "with": "forearm"} for side in ("left", "right")]


def placed(**parts: object) -> Placed:
    return place(pose(**parts), SIDE)


def gap_cm(world: Placed, *names: str) -> float:
    """Give how far the lowest of some parts is above the ground."""
    return -farthest(named(world.parts, names), DOWN) - world.ground_cm


@pytest.mark.parametrize("base", BASE_NAMES)
@pytest.mark.parametrize("on", ["floor", "mat"])
def test_a_body_at_rest_touches_the_ground_and_nothing_sinks(base: str, on: str) -> None:
    props = [{"kind": "mat"}] if on == "mat" else []
    world = placed(posture={"base": base}, props=props)
    assert world.ground_cm == (1.6 if on == "mat" else 0.0)
    for part in world.parts:
        assert gap_cm(world, part.name) > -MOST_OFF_CM, part.name
    for name in BASES[base].touching:
        assert abs(gap_cm(world, name)) < MOST_OFF_CM, name
    hands = BASES[base].hands
    for side in ("left", "right") if hands else ():
        assert abs(gap_cm(world, f"hand-{side}")) < MOST_OFF_CM
        assert hands == "palm" or abs(gap_cm(world, f"forearm-{side}")) < MOST_OFF_CM


@pytest.mark.parametrize(
    ("base", "hip", "spine"),
    [
        ("hooklying", -12, 4),
        ("hooklying", 10, 0),
        ("half-kneeling-left", -6, 8),
        ("half-kneeling-right", 0, -8),
        ("lunge-right", 12, 8),
    ],
)
def test_feet_are_brought_to_the_ground(base: str, hip: float, spine: float) -> None:
    joints = {name: dict(angles) for name, angles in BASES[base].rest.items()}
    for name in ("hip-left", "hip-right"):
        joints[name]["flex"] += hip
    world = placed(posture={"base": base}, joints={**joints, "spine": {"bend": spine}})
    for foot in ("foot-left", "foot-right"):
        assert abs(gap_cm(world, foot)) < 0.5


@pytest.mark.parametrize("bend", [-25, 0, 60])
def test_hands_and_knees_stay_on_the_mat_whatever_the_back_does(bend: int) -> None:
    world = placed(
        posture={"base": "hands-and-knees"},
        joints={"spine": {"bend": bend}},
        props=[{"kind": "mat"}],
        reach=ON_FLOOR,
    )
    for name in ("hand-left", "hand-right", "shank-left", "shank-right", "foot-left"):
        assert abs(gap_cm(world, name)) < MOST_OFF_CM, name


def test_forearms_lie_on_the_floor_from_elbow_to_hand() -> None:
    world = placed(posture={"base": "prone-on-elbows"}, reach=ON_ELBOWS)
    for side in ("left", "right"):
        for part in ("forearm", "hand"):
            assert abs(gap_cm(world, f"{part}-{side}")) < MOST_OFF_CM, (part, side)
        elbow, wrist = (
            float(world.skeleton.bones[f"{bone}-{side}"].origin[1]) for bone in ("forearm", "hand")
        )
        assert 1.9 < wrist < elbow < 5


@pytest.mark.parametrize(("kind", "side"), [("wall", "front"), ("corner", "front")])
def test_palms_lie_on_a_wall(kind: str, side: str) -> None:
    world = placed(
        props=[{"kind": kind, "side": side, "distance-cm": 48}],
        reach=[{"hand": hand, "to": kind} for hand in ("left", "right")],
    )
    faces = world.faces[kind]
    for hand, face in (("left", faces[0]), ("right", faces[-1])):
        (part,) = named(world.parts, [f"hand-{hand}"])
        assert abs(face.gap_cm(part)) < MOST_OFF_CM


@pytest.mark.parametrize("elbow", [30, 80])
def test_a_back_and_two_arms_lie_on_the_wall_behind(elbow: int) -> None:
    world = placed(
        props=[{"kind": "wall"}],
        reach=[
            {"hand": hand, "to": "wall", "with": "forearm", "elbow": elbow}
            for hand in ("left", "right")
        ],
    )
    (face,) = world.faces["wall"]
    for name in ("torso", "forearm-left", "hand-left", "forearm-right", "hand-right"):
        (part,) = named(world.parts, [name])
        assert abs(face.gap_cm(part)) < MOST_OFF_CM, name


def test_a_roll_lifts_the_upper_back_by_its_thickness() -> None:
    world = placed(
        posture={"base": "hooklying"},
        joints={"spine": {"bend": -15}},
        props=[{"kind": "rolled-towel", "under": "upper-back", "thick-cm": 8}],
        lifted=["head"],
    )
    back = world.skeleton.bones["spine5"].at(0, 0.5, -10.2)
    assert float(back[1]) == pytest.approx(8, abs=0.1)
    assert abs(gap_cm(world, "pelvis")) < 0.1
    assert abs(gap_cm(world, "foot-left", "foot-right")) < 0.1


REFUSED = [
    (
        {"joints": {"hip-left": {"flex": 60}, "knee-left": {"bend": 60}}},
        r"left foot floats \d+\.\d cm above the ground; .* or write lifted: \[foot-left\]",
    ),
    (
        {"posture": {"base": "sitting"}, "joints": {"knee-right": {"bend": 60}}},
        r"(left|right) foot floats \d+\.\d cm above the ground; with hip-\w+ \{flex: \d+\}",
    ),
    (
        {
            "props": [{"kind": "wall", "side": "front", "distance-cm": 90}],
            "reach": [{"hand": "left", "to": "wall"}],
        },
        r"left hand cannot get to 'wall' in this pose: \d+\.\d cm are missing; bring the shoulder",
    ),
    (
        {"props": [{"kind": "wall", "side": "front", "distance-cm": 10}]},
        r"goes \d+\.\d cm into the wall; distance-cm: \d+ is free",
    ),
    (
        {"posture": {"base": "prone"}, "joints": {"shoulder-left": {"raise": 60, "plane": 60}}},
        r"left (hand|forearm|upper arm) sinks \d+\.\d cm into the ground; lay the hand there",
    ),
    (
        {
            "posture": {"base": "prone"},
            "view": {"azimuth": 60},
            "joints": {"neck": {"nod": 30}},
            "props": [{"kind": "rolled-towel", "under": "forehead"}],
        },
        r"no room for the rolled-towel under the forehead: -?\d+\.\d cm|head sinks \d+\.\d cm",
    ),
]


@pytest.mark.parametrize(("parts", "said"), REFUSED)
def test_what_floats_or_sinks_is_refused_with_its_part_and_how_far(
    parts: dict[str, object], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        draw(pose(**parts))


def test_what_is_named_as_lifted_may_leave_the_ground() -> None:
    joints = {"hip-left": {"flex": 60}, "knee-left": {"bend": 60}}
    with pytest.raises(ValueError, match="left foot floats"):
        placed(joints=joints)
    assert gap_cm(placed(joints=joints, lifted=["foot-left"]), "foot-left") > 10


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ({"kind": "band", "ends": ["hand-left"]}, "ends"),
        ({"kind": "band", "ends": ["hand-left", "hand-left"]}, "has two ends, and both are"),
        ({"kind": "band", "ends": ["hand-left", "anchor"]}, "needs anchor-cm"),
        ({"kind": "wall", "side": "front"}, "needs its distance-cm"),
        ({"kind": "wall", "touches": "back", "distance-cm": 20}, "not both"),
        ({"kind": "stool", "at": "head"}, "at"),
    ],
)
def test_a_thing_that_hangs_in_the_air_is_refused(thing: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        pose(props=[thing])


def test_a_hand_on_a_thing_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValidationError, match="there is no wall; add it to props"):
        pose(reach=[{"hand": "left", "to": "wall"}])


THINGS = [
    {"kind": "band", "ends": ["hand-left", "hand-right"]},
    {"kind": "band", "ends": ["hand-left", "foot-left"]},
    {
        "kind": "band",
        "ends": ["anchor", "anchor"],
        "around": "head-back",
        "anchor-cm": [0, 150, 60],
    },
    {"kind": "strap", "ends": ["hand-left", "hand-right"], "around": "skull-base"},
    {"kind": "weight", "hand": "right"},
    {"kind": "step", "foot": "left"},
    {"kind": "chair", "leaned-on": True},
    {"kind": "table"},
]


@pytest.mark.parametrize("thing", THINGS)
def test_a_thing_is_drawn(thing: dict[str, object]) -> None:
    seated = thing["kind"] in ("chair", "table")
    stepped = {"hip-left": {"flex": 40}, "knee-left": {"bend": 40}}
    parts: dict[str, object] = {
        "view": {"azimuth": 30},
        "posture": {"base": "sitting" if seated else "standing"},
        "joints": stepped if thing["kind"] == "step" else {},
    }
    assert draw(pose(**parts, props=[thing])).count("<path") > 40


def test_a_view_from_behind_the_wall_is_refused() -> None:
    with pytest.raises(ValueError, match="the wall would hide the body"):
        draw(pose(props=[{"kind": "wall"}], view={"azimuth": 180}))
