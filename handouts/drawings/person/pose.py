"""The pose data a clinic writes: frozen, checked, no unknown keys."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from handouts.drawings.person.areas import AREA_NAMES
from handouts.drawings.person.joint_limits import check_angle
from handouts.drawings.person.landmarks import ANCHOR_NAMES, REACH_NAMES

Side = Literal["left", "right"]
SIDES: tuple[Side, ...] = ("left", "right")


def sign(side: Side) -> float:
    """+1 for the figure's left, -1 for its right."""
    return 1.0 if side == "left" else -1.0


def _hyphenated(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class _Data(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
        alias_generator=_hyphenated,
        populate_by_name=True,
        allow_inf_nan=False,
    )


class View(_Data):
    """The camera: azimuth 0 faces the figure, 90 sees its left side; elevation looks down."""

    azimuth: float = Field(0.0, ge=-180, le=180)
    elevation: float = Field(8.0, ge=-20, le=85)


class BodyPosture(_Data):
    """How the body is placed before its joints move; angles in degrees."""

    base: Literal[
        "standing", "sitting", "supine", "prone", "side-lying-left", "side-lying-right"
    ] = "standing"
    bend: float = Field(0.0, ge=-180, le=180)
    turn: float = Field(0.0, ge=-180, le=180)
    tilt: float = Field(0.0, ge=-180, le=180)


class Spine(_Data):
    """Bend is forward, twist and side_bend are to the figure's left, in degrees."""

    bend: float = 0.0
    twist: float = 0.0
    side_bend: float = Field(0.0, alias="side_bend")


class Neck(_Data):
    """Turn and tilt are to the figure's left, nod is chin down, in degrees."""

    turn: float = 0.0
    tilt: float = 0.0
    nod: float = 0.0


class Shoulder(_Data):
    """Raise from hanging, in a plane (0 sideways, 90 forward), roll inward, shrug up."""

    raise_: float = 6.0
    plane: float = 20.0
    roll: float = 10.0
    shrug: float = 0.0


class Elbow(_Data):
    """Bend from straight, in degrees."""

    bend: float = 12.0


class Forearm(_Data):
    """Turn the palm forward or up (positive) or back or down (negative), in degrees."""

    turn: float = -25.0


class Wrist(_Data):
    """Bend to the palm, deviate to the thumb, in degrees."""

    bend: float = 0.0
    deviate: float = 0.0


class Fingers(_Data):
    """Curl of the fingers to the palm, in degrees."""

    curl: float = 16.0


class Hip(_Data):
    """Flex forward, abduct away from the middle, rotate the knee outward, in degrees."""

    flex: float = 0.0
    abduct: float = 2.0
    rotate: float = 4.0


class Knee(_Data):
    """Bend from straight, in degrees."""

    bend: float = 0.0


class Ankle(_Data):
    """Point the toes away from the shin, in degrees."""

    point: float = 0.0


class Joints(_Data):
    """Every joint that can be posed; a joint left out stays at rest."""

    spine: Spine = Spine()
    neck: Neck = Neck()
    shoulder_left: Shoulder = Shoulder()
    shoulder_right: Shoulder = Shoulder()
    elbow_left: Elbow = Elbow()
    elbow_right: Elbow = Elbow()
    forearm_left: Forearm = Forearm()
    forearm_right: Forearm = Forearm()
    wrist_left: Wrist = Wrist()
    wrist_right: Wrist = Wrist()
    fingers_left: Fingers = Fingers()
    fingers_right: Fingers = Fingers()
    hip_left: Hip = Hip()
    hip_right: Hip = Hip()
    knee_left: Knee = Knee()
    knee_right: Knee = Knee()
    ankle_left: Ankle = Ankle()
    ankle_right: Ankle = Ankle()

    @model_validator(mode="after")
    def _within_human_limits(self) -> Self:
        for joint, angles in self.model_dump(by_alias=True).items():
            for angle, value_deg in angles.items():
                try:
                    check_angle(joint, angle, value_deg)
                except ValueError as error:
                    raise PydanticCustomError(
                        "unreadable", "{why}", {"why": str(error), "at": (joint,)}
                    ) from None
        return self


class Reach(_Data):
    """A hand laid on a body point; the arm is solved to get it there.

    `elbow` swings the elbow about the line from shoulder to wrist (left out: so that the arm
    keeps out of the body), `fingers` turns the hand on the spot (left out: as the wrist likes
    it), both in degrees; `curl` wraps the fingers.
    """

    hand: Side
    to: str
    elbow: float | None = Field(None, ge=-180, le=180)
    fingers: float | None = Field(None, ge=-180, le=180)
    curl: float = Field(18.0, ge=-5, le=90)

    @model_validator(mode="after")
    def _known_place(self) -> Self:
        if self.to not in REACH_NAMES:
            raise ValueError(f"reach: no body point '{self.to}'; known: {', '.join(REACH_NAMES)}")
        return self


class Face(_Data):
    """What little the face shows."""

    eyes: Literal["open", "closed"] = "open"


class Prop(_Data):
    """A thing the body rests on or holds.

    `at` names a body point the prop is laid against (ball, pillow); `shift_cm` then moves
    it to the figure's left, head-wards and forward.
    """

    kind: Literal["chair", "stool", "mat", "pillow", "ball", "two-balls", "table"]
    at: str | None = None
    shift_cm: tuple[float, float, float] = Field((0.0, 0.0, 0.0))

    @model_validator(mode="after")
    def _known_place(self) -> Self:
        if self.at is not None and self.at not in ANCHOR_NAMES:
            raise ValueError(f"prop: no body point '{self.at}'; known: {', '.join(ANCHOR_NAMES)}")
        return self


class ArcArrow(_Data):
    """A movement arrow on an arc around a body point.

    Degrees run about the pelvis' axes: `turn` from forward to the left, `tilt` from up to
    the left, `bend` from up to forward.
    """

    kind: Literal["arc"]
    around: str
    axis: Literal["turn", "tilt", "bend"]
    radius_cm: float = Field(gt=2, le=120)
    from_: float = Field(ge=-360, le=360)
    to: float = Field(ge=-360, le=360)
    shift_cm: tuple[float, float, float] = Field((0.0, 0.0, 0.0))

    @model_validator(mode="after")
    def _known_place(self) -> Self:
        if self.around not in ANCHOR_NAMES:
            raise ValueError(
                f"arrow: no body point '{self.around}'; known: {', '.join(ANCHOR_NAMES)}"
            )
        return self


class PathArrow(_Data):
    """A movement arrow from one body point to another, bowed by `bulge` of its length."""

    kind: Literal["path"]
    from_: str
    to: str
    bulge: float = Field(0.2, ge=-1.5, le=1.5)
    from_shift_cm: tuple[float, float, float] = Field((0.0, 0.0, 0.0))
    to_shift_cm: tuple[float, float, float] = Field((0.0, 0.0, 0.0))

    @model_validator(mode="after")
    def _known_places(self) -> Self:
        for name in (self.from_, self.to):
            if name not in ANCHOR_NAMES:
                raise ValueError(f"arrow: no body point '{name}'; known: {', '.join(ANCHOR_NAMES)}")
        return self


Arrow = Annotated[ArcArrow | PathArrow, Field(discriminator="kind")]


class CloseUp(_Data):
    """Shows only a round detail of the drawing."""

    around: str
    radius_cm: float = Field(gt=5, le=120)
    shift_cm: tuple[float, float, float] = Field((0.0, 0.0, 0.0))

    @model_validator(mode="after")
    def _known_place(self) -> Self:
        if self.around not in ANCHOR_NAMES:
            raise ValueError(
                f"close-up: no body point '{self.around}'; known: {', '.join(ANCHOR_NAMES)}"
            )
        return self


class Pose(_Data):
    """One drawing: a body in a position, what it rests on, what moves, what is stretched.

    `title` and `description` may hold `{left}` and `{right}`; mirroring swaps the words.
    """

    title: str = Field(min_length=1)
    description: str = Field(min_length=1)
    view: View = View()
    posture: BodyPosture = BodyPosture()
    joints: Joints = Joints()
    reach: tuple[Reach, ...] = ()
    face: Face = Face()
    props: tuple[Prop, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    stretched: tuple[str, ...] = ()
    close_up: CloseUp | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for text in (self.title, self.description):
            try:
                text.format(left="", right="")
            except (KeyError, IndexError, ValueError):
                raise ValueError(
                    f"only {{left}} and {{right}} can stand in braces: {text!r}"
                ) from None
        for area in self.stretched:
            if area not in AREA_NAMES:
                raise ValueError(
                    f"stretched: no area '{area}'; known: {', '.join(sorted(AREA_NAMES))}"
                )
        hands = [r.hand for r in self.reach]
        if len(hands) != len(set(hands)):
            raise ValueError("reach: each hand can reach for one point only")
        return self
