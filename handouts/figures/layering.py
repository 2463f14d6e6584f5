"""What is known about the order of parts without measuring, and who shades whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.figures.body import comes_at_viewer
from handouts.figures.model import SIDES, sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handouts.figures.geometry import Camera, Frame
    from handouts.figures.parts import Part


def known_order(
    bones: Mapping[str, Frame],
    camera: Camera,
    collar_open: bool,
    props: Sequence[Part],
    body: Sequence[Part],
) -> dict[tuple[str, str], bool]:
    """Say which parts lie in front of which, where depth alone would not tell."""
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
        if prop.material in ("mat", "pillow"):
            known |= {(prop.name, part.name): True for part in body}
        if prop.material == "mat":
            known |= {(prop.name, other.name): True for other in props if other is not prop}
        if prop.material == "ball":
            under_hair = not from_behind
            known |= {
                (prop.name, name): name == "hair" and under_hair
                for name in ("neck", "hair", "torso")
            }
    return known


def shadow_casters(name: str) -> tuple[str, ...]:
    """The parts that darken a rim of this one."""
    bone, _, side = name.rpartition("-")
    match bone or name:
        case "neck":
            return ("skull",)
        case "upper-arm":
            return (f"sleeve-{side}",)
        case "foot":
            return (f"shank-{side}",)
        case "pelvis" | "thigh":
            return ("torso",)
        case _:
            return ()
