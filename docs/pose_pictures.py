"""Draws the pictures of docs/drawings.md: each base, joint, place for a hand, thing and arrow.

    .venv/bin/python docs/pose_pictures.py          writes docs/poses/*.png
    .venv/bin/python docs/pose_pictures.py --names  says what is drawn, a line each

Some 30 seconds of a processor: run it when a name is added, and look at what changed.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image, ImageDraw

from handouts.drawings.form import as_form
from handouts.drawings.person.bases import BASE_NAMES
from handouts.drawings.person.draw import SideWords, render_exercise
from handouts.drawings.person.inks import in_brand
from handouts.drawings.person.joint_limits import LIMITS
from handouts.drawings.person.landmarks import REACH_NAMES, touch
from handouts.drawings.person.pose import Pose

FOLDER = Path(__file__).resolve().parent / "poses"
COLUMNS, CELL_PX, LABEL_PX = 6, 150, 14
PALETTE = in_brand("#0f5c63", "#d9822e")
POINTS_PER_UNIT = 72 / 25.4 / 100
SIDE = {"view": {"azimuth": 78, "elevation": 6}}
FRONT = {"view": {"azimuth": 12, "elevation": 6}}
BEHIND = {"view": {"azimuth": 180, "elevation": 6}}
SIDED = ("shoulder", "elbow", "forearm", "wrist", "fingers", "hip", "knee", "ankle")
LEGS = ("hip", "knee", "ankle")
Sheet = dict[str, dict[str, Any]]


def bases() -> Sheet:
    """Every base, on the floor."""
    return {name: {"posture": {"base": name}, "view": {"azimuth": 62}} for name in BASE_NAMES}


def joints() -> Sheet:
    """Every angle at its larger end, of the left side where there are two."""
    sheet: Sheet = {}
    for joint, angles in LIMITS.items():
        for angle, (least, most) in angles.items():
            name = f"{joint}-left" if joint in SIDED else joint
            value = most if most >= -least else least
            value = value * (0.6 if joint in ("hip", "knee") else 1.0)
            value = {"plane": 90.0, "roll": -60.0}.get(angle, value)
            view = BEHIND if angle in ("squeeze", "shrug") else FRONT
            view = SIDE if angle in SIDEWAYS or joint in ("knee", "ankle", "breath") else view
            pose: dict[str, Any] = {**view, "joints": {name: {angle: value}}}
            if angle in ("side_bend", "plane"):
                pose["joints"].setdefault("shoulder-left", {})["raise"] = 50
            if angle == "roll":
                pose["joints"]["elbow-left"] = {"bend": 90}
            if joint in LEGS:
                pose["lifted"] = ["foot-left", "foot-right"]
            else:
                pose |= {"posture": {"base": "sitting"}, "crop": CROPS.get(joint, "waist")}
            if joint in ("forearm", "wrist", "fingers"):
                pose["joints"]["elbow-left"] = {"bend": 80}
            sheet[f"{joint} {angle}: {value:g}"] = pose
    return sheet


SIDEWAYS = ("bend", "nod", "nod-upper", "nod-lower", "glide-cm", "flex")
CROPS = {"neck": "chest", "jaw": "neck"}


def places() -> Sheet:
    """The left hand on every place of the body that it is made for."""
    sheet: Sheet = {}
    for name in REACH_NAMES:
        try:
            touch("left", name)
        except ValueError:
            continue
        low = name.startswith(("thigh", "knee", "seat", "hip"))
        bent = {"spine": {"bend": 52}} if name.startswith("knee") else {}
        view = {"azimuth": 128} if name.endswith("back") or "back-" in name else {"azimuth": 14}
        sheet[name] = {
            "posture": {"base": "sitting"},
            "joints": bent,
            "view": {**view, "elevation": 8},
            "reach": [{"hand": "left", "to": name}],
            "crop": None if low else "waist",
        }
    return sheet


def things() -> Sheet:
    """Every thing, touched or held."""
    sit: dict[str, Any] = {"posture": {"base": "sitting"}}
    lie: dict[str, Any] = {"posture": {"base": "hooklying"}, "view": {"azimuth": 66}}
    hands = ("left", "right")
    on = {
        to: [{"hand": hand, "to": to, **how} for hand in hands]
        for to, how in {
            "wall": {},
            "corner": {},
            "table": {"place-cm": [4, 30]},
            "door-frame": {"with": "forearm", "elbow": 92},
        }.items()
    }
    front = {"side": "front"}
    step = {"hip-left": {"flex": 40}, "knee-left": {"bend": 40}}
    forward = {
        f"{joint}-{hand}": angles
        for hand in hands
        for joint, angles in {
            "shoulder": {"raise": 70, "plane": 80},
            "elbow": {"bend": 50},
        }.items()
    }
    anchor = {"anchor-cm": [0, 122, -74]}
    return {
        "chair": {**sit, "view": {"azimuth": 60}, "props": [{"kind": "chair"}]},
        "chair, leaned-on": {
            **sit, **SIDE, "joints": {"spine": {"bend": -20}},
            "props": [{"kind": "chair", "leaned-on": True}],
        },
        "stool": {**sit, "view": {"azimuth": 50}, "props": [{"kind": "stool"}]},
        "table": {
            **sit, "view": {"azimuth": 60}, "reach": on["table"],
            "props": [{"kind": "stool"}, {"kind": "table", "shift-cm": [0, 0, -14]}],
        },
        "mat": {**lie, "props": [{"kind": "mat"}]},
        "bed": {**lie, "props": [{"kind": "bed"}]},
        "pillow": {**lie, "props": [{"kind": "mat"}, {"kind": "pillow"}]},
        "ball": {**lie, "props": [{"kind": "mat"}, {"kind": "ball"}]},
        "two-balls": {**lie, "props": [{"kind": "mat"}, {"kind": "two-balls"}]},
        "folded-towel, head": {**lie, "props": [{"kind": "folded-towel", "under": "head"}]},
        "rolled-towel, neck": {**lie, "props": [{"kind": "rolled-towel", "under": "neck"}]},
        "rolled-towel, upper-back": {
            **lie, "joints": {"spine": {"bend": -15}}, "lifted": ["head"],
            "props": [{"kind": "rolled-towel", "under": "upper-back"}],
        },
        "foam-roller, spine": {**lie, "props": [{"kind": "foam-roller", "under": "spine"}]},
        "wall, behind": {"view": {"azimuth": 20}, "props": [{"kind": "wall"}]},
        "wall, front": {
            "view": {"azimuth": 100}, "reach": on["wall"],
            "props": [{"kind": "wall", **front, "distance-cm": 50}],
        },
        "corner": {
            "view": {"azimuth": 160}, "reach": on["corner"],
            "props": [{"kind": "corner", **front, "distance-cm": 50}],
        },
        "door-frame": {
            "view": {"azimuth": 150}, "reach": on["door-frame"],
            "props": [{"kind": "door-frame", **front, "distance-cm": 8}],
        },
        "step": {
            "view": {"azimuth": 60}, "joints": step, "props": [{"kind": "step", "foot": "left"}],
        },
        "strap, around": {
            **sit, "view": {"azimuth": 70}, "joints": forward, "crop": "waist",
            "props": [
                {"kind": "strap", "ends": ["hand-left", "hand-right"], "around": "skull-base"}
            ],
        },
        "towel, around": {
            **sit, "view": {"azimuth": 70}, "joints": forward, "crop": "waist",
            "props": [{"kind": "towel", "ends": ["hand-left", "hand-right"], "around": "neck"}],
        },
        "band, hand to foot": {
            **FRONT, "joints": {"shoulder-left": {"raise": 80, "plane": 24}},
            "props": [{"kind": "band", "ends": ["hand-left", "foot-left"]}],
        },
        "band, anchor": {
            **sit, **SIDE,
            "props": [
                {"kind": "band", "ends": ["anchor", "anchor"], "around": "forehead", **anchor}
            ],
        },
        "weight": {"view": {"azimuth": 30}, "props": [{"kind": "weight", "hand": "left"}]},
    }  # fmt: skip


def seen(pose: dict[str, Any]) -> str:
    """One pose as SVG, from the first of some sides from which it can be drawn.

    Raises ValueError when it can be drawn from none.
    """
    first: ValueError | None = None
    for azimuth in (pose["view"]["azimuth"], 40, -30, 90, 150):
        view = {**pose["view"], "azimuth": azimuth}
        body = Pose.model_validate({"title": "T", "description": "D", **pose, "view": view})
        words = SideWords("left", "right")
        try:
            drawings = render_exercise(
                {"it": body}, palette=PALETTE, width_mm=45, id_prefix="x", words=words
            )
        except ValueError as error:
            first = first or error
        else:
            return drawings["it"]
    raise first or ValueError("no side to see it from")


def drawn(pose: dict[str, Any]) -> Image.Image:
    """One pose as a picture of a cell's size."""
    form = as_form(seen(pose))[1]
    wide, high = form.width * POINTS_PER_UNIT, form.height * POINTS_PER_UNIT
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(wide, high))
    paint = f"q {POINTS_PER_UNIT} 0 0 {-POINTS_PER_UNIT} 0 {high} cm {form.operators} Q"
    page.Contents = pdf.make_stream(paint.encode())
    file = io.BytesIO()
    pdf.save(file)
    scale = min(CELL_PX / wide, (CELL_PX - LABEL_PX) / high)
    with pypdfium2.PdfDocument(file.getvalue()) as document:
        return document[0].render(scale=scale).to_pil().convert("RGB")


def sheet_of(poses: Sheet) -> Image.Image:
    """All poses in rows, each with its name below."""
    rows = -(-len(poses) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (CELL_PX + 10), rows * (CELL_PX + 10)), "white")
    pen = ImageDraw.Draw(sheet)
    for number, (name, pose) in enumerate(poses.items()):
        x, y = (number % COLUMNS) * (CELL_PX + 10), (number // COLUMNS) * (CELL_PX + 10)
        try:
            picture = drawn(pose)
        except ValueError as error:
            raise SystemExit(f"{name}: {error}") from error
        sheet.paste(picture, (x + (CELL_PX - picture.width) // 2, y))
        pen.text((x + 4, y + CELL_PX - LABEL_PX + 2), name, fill="black")
    return sheet


SHEETS = {"bases": bases, "joints": joints, "places": places, "things": things}


def main() -> int:
    """Write the sheets, or say the names of what is on them."""
    if "--names" in sys.argv[1:]:
        for title, poses in SHEETS.items():
            print(*(f"{title}: {name}" for name in poses()), sep="\n")  # noqa: T201
        return 0
    FOLDER.mkdir(exist_ok=True)
    for title, poses in SHEETS.items():
        if (wanted := sys.argv[1:]) and title not in wanted:
            continue
        sheet_of(poses()).quantize(64).save(FOLDER / f"{title}.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
