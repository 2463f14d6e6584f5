"""What the tests of drawings share: poses drawn, and their shapes."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from handouts.drawings.person.draw import SideWords, render_exercise
from handouts.drawings.person.inks import FigurePalette, in_brand
from handouts.drawings.person.pose import Pose

SVG = "{http://www.w3.org/2000/svg}"
CLOTHES, ARROWS = "#0f5c63", "#d96f4e"
BRAND = in_brand(CLOTHES, ARROWS)
SIDES = SideWords("left", "right")


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


def draw(pose: Pose, palette: FigurePalette = BRAND) -> str:
    drawings = render_exercise(
        {"it": pose}, palette=palette, width_mm=45, id_prefix="x", words=SIDES
    )
    return drawings["it"]


def pose(**parts: object) -> Pose:
    return Pose.model_validate({"title": "T", "description": "D", **parts})
