"""The joints of a pose, as data: every angle, checked against what a body can do."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from handouts.drawings.person.joint_limits import check_angle

Side = Literal["left", "right"]
SIDES: tuple[Side, ...] = ("left", "right")


def sign(side: Side) -> float:
    """+1 for the figure's left, -1 for its right."""
    return 1.0 if side == "left" else -1.0


def _hyphenated(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class PoseData(BaseModel):
    """What all parts of a pose are: frozen, checked, no unknown keys, hyphens in names."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
        alias_generator=_hyphenated,
        populate_by_name=True,
        allow_inf_nan=False,
    )


class Spine(PoseData):
    """Bend is forward, twist and side_bend are to the figure's left, in degrees."""

    bend: float = 0.0
    twist: float = 0.0
    side_bend: float = Field(0.0, alias="side_bend")


class Neck(PoseData):
    """Turn and tilt are to the figure's left, nod is chin down, in degrees.

    `nod_upper` and `nod_lower` nod the head on the neck, and the neck on the chest, alone.
    `glide_cm` moves the head forward (or back) without tipping it.
    """

    turn: float = 0.0
    tilt: float = 0.0
    nod: float = 0.0
    nod_upper: float = 0.0
    nod_lower: float = 0.0
    glide_cm: float = 0.0


class Jaw(PoseData):
    """How far the mouth is open between the front teeth."""

    open_mm: float = 0.0


class Breath(PoseData):
    """How far the breath lifts the belly and the chest."""

    belly_cm: float = 0.0
    chest_cm: float = 0.0


class Shoulder(PoseData):
    """Raise from hanging, in a plane (0 sideways, 90 forward), roll inward.

    The blade: shrug up (or down), squeeze to the spine (or apart).
    """

    raise_: float = 6.0
    plane: float = 20.0
    roll: float = 10.0
    shrug: float = 0.0
    squeeze: float = 0.0


class Elbow(PoseData):
    """Bend from straight, in degrees."""

    bend: float = 12.0


class Forearm(PoseData):
    """Turn the palm forward or up (positive) or back or down (negative), in degrees."""

    turn: float = -25.0


class Wrist(PoseData):
    """Bend to the palm, deviate to the thumb, in degrees."""

    bend: float = 0.0
    deviate: float = 0.0


class Fingers(PoseData):
    """Curl of the fingers to the palm, in degrees."""

    curl: float = 16.0


class Hip(PoseData):
    """Flex forward, abduct away from the middle, rotate the knee outward, in degrees."""

    flex: float = 0.0
    abduct: float = 2.0
    rotate: float = 4.0


class Knee(PoseData):
    """Bend from straight, in degrees."""

    bend: float = 0.0


class Ankle(PoseData):
    """Point the toes away from the shin, in degrees."""

    point: float = 0.0


class Joints(PoseData):
    """Every joint that can be posed; a joint left out stays at rest."""

    spine: Spine = Spine()
    neck: Neck = Neck()
    jaw: Jaw = Jaw()
    breath: Breath = Breath()
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
