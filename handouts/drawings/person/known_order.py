"""Which parts lie before which where depth alone would not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.drawings.person.body import comes_at_viewer
from handouts.drawings.person.joints import SIDES, sign
from handouts.drawings.person.things import Cord, Weight

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handouts.drawings.person.body_part import BodyPart
    from handouts.drawings.person.geometry import Camera
    from handouts.drawings.person.placing import Placed
    from handouts.drawings.person.pose import Pose
    from handouts.drawings.person.surfaces import Surface

_BELOW = ("mat", "bed", "pillow", "folded-towel", "rolled-towel", "foam-roller", "wall", "corner")
_LOWEST = ("mat", "bed", "wall", "corner")
_FROM_BEHIND = -0.1


def known_order(
    pose: Pose,
    placed: Placed,
    camera: Camera,
    collar_open: bool,
    props: Sequence[BodyPart],
) -> dict[tuple[str, str], bool]:
    """Say which parts lie in front of which, where depth alone would not tell."""
    bones, body = placed.skeleton.bones, placed.parts
    from_behind = float(bones["head"].toward(0, -0.5, 1) @ camera.toward) < -0.3
    known = {
        ("pelvis", "torso"): True,
        ("torso", "neck"): collar_open,
        ("neck", "skull"): not from_behind,
        ("neck", "hair"): True,
        ("skull", "hair"): True,
    }
    for side in SIDES:
        s = sign(side)
        near_ear = float(bones["head"].toward(s, 0, 0) @ camera.toward) > 0.12
        known |= {
            (f"foot-{side}", f"shank-{side}"): True,
            (f"upper-arm-{side}", f"sleeve-{side}"): not comes_at_viewer(bones, camera, side),
            ("skull", f"ear-{side}"): near_ear,
            ("hair", f"ear-{side}"): near_ear,
            ("neck", f"ear-{side}"): near_ear,
        }
    for prop in props:
        if prop.name.startswith(_BELOW):
            known |= {(prop.name, part.name): True for part in body}
        if prop.name.startswith(_LOWEST):
            known |= {(prop.name, other.name): True for other in props if other is not prop}
        if prop.material == "ball":
            under_hair = not from_behind
            known |= {
                (prop.name, name): name == "hair" and under_hair
                for name in ("neck", "hair", "torso")
            }
    for number, thing in enumerate(pose.props):
        name = f"{thing.kind}-{number}"
        if isinstance(thing, Cord):
            held = [end for end in thing.ends if end.startswith("hand")]
            known |= {
                (piece.name, hand): True
                for piece in props
                for hand in held
                if piece.name.startswith(name) and "post" not in piece.name
            }
        if isinstance(thing, Weight):
            known[(name, f"hand-{thing.hand}")] = True
    return known


def check_walls(faces: Mapping[str, list[Surface]], camera: Camera) -> None:
    """Raise ValueError for a view from behind a wall: it would hide the body."""
    for kind in ("wall", "corner"):
        for face in faces.get(kind, ()):
            if float(face.out @ camera.toward) < _FROM_BEHIND:
                raise ValueError(f"view: the {kind} would hide the body; turn `azimuth`")
