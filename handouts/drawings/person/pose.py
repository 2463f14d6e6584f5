"""The pose data a clinic writes: frozen, checked, no unknown keys."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from handouts.drawings.person.areas import AREA_NAMES
from handouts.drawings.person.arrow_data import Arrow
from handouts.drawings.person.bases import BaseName, with_rest
from handouts.drawings.person.joints import Joints, PoseData, Side
from handouts.drawings.person.landmarks import ANCHOR_NAMES, REACH_NAMES
from handouts.drawings.person.things import Prop

SURFACE_NAMES = ("floor", "wall", "corner", "door-frame", "table", "bed")


class View(PoseData):
    """The camera: azimuth 0 faces the figure, 90 sees its left side; elevation looks down."""

    azimuth: float = Field(0.0, ge=-180, le=180)
    elevation: float = Field(8.0, ge=-20, le=85)


class BodyPosture(PoseData):
    """How the body is placed before its joints move; angles in degrees."""

    base: BaseName = "standing"
    bend: float = Field(0.0, ge=-180, le=180)
    turn: float = Field(0.0, ge=-180, le=180)
    tilt: float = Field(0.0, ge=-180, le=180)


class Reach(PoseData):
    """A hand laid on a body point or a thing; the arm is solved to get it there.

    `elbow` swings the elbow about the line from shoulder to wrist (left out: so that the arm
    keeps out of the body), `fingers` turns the hand on the spot (left out: as the wrist likes
    it), both in degrees; `curl` wraps the fingers (left out: a little on the body, flat on a
    thing).

    On a thing, `place_cm` is where: to the hand's own side, and up a wall or head-wards on the
    floor, from the point that is nearest to the shoulder. `with_` its back, the palm looks up.
    `with_` the forearm, the whole of it lies there, and `elbow` and `fingers` turn upper arm and
    forearm on it, from that direction to the hand's own side.
    """

    hand: Side
    to: str
    with_: Literal["palm", "back", "forearm"] = "palm"
    place_cm: tuple[float, float] | None = None
    elbow: float | None = Field(None, ge=-180, le=180)
    fingers: float | None = Field(None, ge=-180, le=180)
    curl: float | None = Field(None, ge=-5, le=90)

    @model_validator(mode="after")
    def _known_place(self) -> Self:
        if self.to in SURFACE_NAMES:
            return self
        if self.to not in REACH_NAMES:
            known = ", ".join((*REACH_NAMES, *SURFACE_NAMES))
            raise ValueError(f"reach: no body point '{self.to}'; known: {known}")
        if self.with_ != "palm" or self.place_cm is not None:
            raise ValueError(f"reach: with and place-cm are for things, not for '{self.to}'")
        return self


class Face(PoseData):
    """What little the face shows: the eyes, and a mark at which they look.

    `looks_at_cm` is where it is: to the left, up and forward of the eyes of a body at rest.
    """

    eyes: Literal["open", "closed"] = "open"
    looks_at_cm: tuple[float, float, float] | None = None


class CloseUp(PoseData):
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


class Pose(PoseData):
    """One drawing: a body in a position, what it rests on, what moves, what is stretched.

    `title` and `description` may hold `{left}` and `{right}`; mirroring swaps the words.
    `lifted` are feet (and the head) that leave what they would rest on. `ghost` names an earlier
    drawing, whose outline is dashed in this one. `wrong` crosses the drawing out: a mistake.
    `crop` shows the body from a height up.
    """

    title: str = Field(min_length=1)
    description: str = Field(min_length=1)
    view: View = View()
    posture: BodyPosture = BodyPosture()
    joints: Joints = Joints()
    lifted: tuple[Literal["foot-left", "foot-right", "head"], ...] = ()
    reach: tuple[Reach, ...] = ()
    face: Face = Face()
    props: tuple[Prop, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    stretched: tuple[str, ...] = ()
    ghost: str | None = None
    wrong: bool = False
    crop: Literal["neck", "chest", "waist", "hips"] | None = None
    close_up: CloseUp | None = None

    @model_validator(mode="before")
    @classmethod
    def _at_rest(cls, data: object) -> object:
        return with_rest(data)

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
        things = {"floor", *(prop.kind for prop in self.props)}
        for reach in self.reach:
            if reach.to in SURFACE_NAMES and reach.to not in things:
                raise ValueError(f"reach: there is no {reach.to}; add it to props")
        if self.ghost is None and any(arrow.kind == "follow" for arrow in self.arrows):
            raise ValueError("arrow: what it follows starts in a ghost; write ghost: and its name")
        if self.crop is not None and self.close_up is not None:
            raise ValueError("a drawing has crop or close-up, not both")
        hands = [r.hand for r in self.reach]
        if len(hands) != len(set(hands)):
            raise ValueError("reach: each hand can reach for one point only")
        return self
