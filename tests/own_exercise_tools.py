"""What the tests of one patient's own exercise share."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from conftest import DATA, ClinicFolder
from made_once import made_once
from pdf_tools import fill_clinic
from sheet_tools import (
    LEVATOR,
    RELEASE,
    TRAPEZIUS,
)

from handouts.load.content import LoadedContent, load_content
from handouts.load.prescription import Layer, prescription_from_choices

if TYPE_CHECKING:
    from pathlib import Path


EITHER_SIDE = """    either_side:
      sides: "To release your {left} side, press to the {left} of the middle."
      steps:
        2: "Put the ball under your skull, to the {left} of the middle."
      equipment:
        - "A tennis ball"
      captions:
        place: "The ball sits to the {left}"
    drawings:
      hold:
        steps: [1, 2, 3]
"""
GUIDE = "Use your {right} hand to guide the stretch lightly."
CHANGES = (
    f"{LEVATOR}:step4=-",
    f"{LEVATOR}:stop-if=Your arm tingles, too.",
    f"{LEVATOR}:note=Think of the car, of parking it.",
    f"{TRAPEZIUS}:step3+drawings=Let your {{right}} ear sink.",
    f"{TRAPEZIUS}:equipment=A chair with arms",
    f"{TRAPEZIUS}:mistake2=-",
    f"{RELEASE}:step4=Breathe = slowly, and sigh.",
)
EXERCISES = (f"{RELEASE}:side=right", f"{LEVATOR}:side=right", f"{TRAPEZIUS}:side=right")
IN_A_FILE = {
    "patient": "Ada Sample",
    "exercises": [
        {
            "exercise": RELEASE,
            "side": "right",
            "changes": {"steps": [{"number": 4, "now": "Breathe = slowly, and sigh."}]},
        },
        {
            "exercise": LEVATOR,
            "side": "right",
            "note": "Think of the car, of parking it.",
            "changes": {
                "steps": [{"number": 4, "left_out": True}],
                "stop_if": ["Your arm tingles, too."],
            },
        },
        {
            "exercise": TRAPEZIUS,
            "side": "right",
            "changes": {
                "steps": [{"number": 3, "now": "Let your {right} ear sink.", "drawings_fit": True}],
                "mistakes": [{"number": 2, "left_out": True}],
                "equipment": {"now": ["A chair with arms"]},
            },
        },
    ],
}


@cache
def either_folder() -> ClinicFolder:
    """A clinic whose suboccipital release may be given on a side."""

    def fill(folder: Path) -> None:
        clinic = fill_clinic(folder / "clinic", DATA / "whole-clinic.yaml")
        clinic.edit("    drawings:\n      hold:\n        steps: [1, 2, 3]\n", EITHER_SIDE)

    return ClinicFolder(made_once("either-side", fill) / "clinic")


@cache
def either() -> LoadedContent:
    return load_content(either_folder().content)


def said(*texts: str, changes: tuple[str, ...] = (), **values: object) -> Layer:
    """Read a layer as the command line gives it."""
    return prescription_from_choices({"patient": "Ada", **values}, texts, either(), changes)
