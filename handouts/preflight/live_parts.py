"""Checks on what a file holds beside its pages: layers, scripts and actions, other files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playa.utils import decode_text

from handouts.basics.choices import Profile
from handouts.preflight.objects import mapping, name, sequence, value
from handouts.preflight.result import Check, Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.preflight.document import OpenFile

HARMLESS = {"", "GoTo", "URI", "GoToR", "Named"}
"""Actions that only lead somewhere (ISO 32000-2, 12.6.4)."""
MOST_NODES = 10_000


def layers(file: OpenFile, profile: Profile) -> Iterator[Check]:
    """Look whether a layer is off: a press prints it or not as its own settings are."""
    settings = mapping(file.catalog.get("OCProperties"))
    default = mapping(settings.get("D"))
    groups = [mapping(group) for group in sequence(settings.get("OCGs"))]
    off = [mapping(group) for group in sequence(default.get("OFF"))]
    if name(default.get("BaseState")) == "OFF":
        on = [mapping(group) for group in sequence(default.get("ON"))]
        off = [group for group in groups if group not in on]
    for group in off:
        yield Check(
            "layers",
            Result.FAIL if profile is Profile.PRESS else Result.WARN,
            f"the layer {_called(group)} is off",
            mend="take it out, or turn it on: what is off may be printed all the same",
        )


def _called(group: dict[str, Any]) -> str:
    held = value(group.get("Name"))
    return f'"{decode_text(held)[:40]}"' if isinstance(held, bytes) else "without a name"


def actions(file: OpenFile, profile: Profile) -> Iterator[Check]:
    """Look for scripts, actions that do more than lead somewhere, and files in the file."""
    for what, page in (*_of_file(file), *_of_pages(file)):
        yield Check("actions", Result.FAIL, what, page, mend="take it out: a page needs none")
    names = mapping(file.catalog.get("Names"))
    if mapping(names.get("EmbeddedFiles")) or sequence(file.catalog.get("AF")):
        yield Check(
            "actions",
            Result.FAIL if profile is Profile.PRESS else Result.WARN,
            "there are files in the file",
            mend="take the attachments out, and send them by themselves",
        )


def _of_file(file: OpenFile) -> Iterator[tuple[str, int]]:
    names = mapping(file.catalog.get("Names"))
    if "JavaScript" in names:
        yield "there is a script in the file", 0
    yield from ((what, 0) for what in _live(file.catalog.get("OpenAction"), "on opening"))
    yield from ((what, 0) for what in _triggers(file.catalog.get("AA")))


def _of_pages(file: OpenFile) -> Iterator[tuple[str, int]]:
    for sheet in file.sheets:
        page = file.page(sheet).attrs
        found = list(_triggers(page.get("AA")))
        for annotation in map(mapping, sequence(page.get("Annots"))):
            found += _live(annotation.get("A"), "on a click")
            found += _triggers(annotation.get("AA"))
        yield from ((what, sheet.number) for what in found)


def _triggers(held: Any) -> Iterator[str]:
    for action in mapping(held).values():
        yield from _live(action, "by itself")


def _live(held: Any, when: str) -> list[str]:
    """Name what an action and those after it do, but lead somewhere."""
    found: list[str] = []
    waiting = [held]
    while waiting and len(found) < MOST_NODES:
        action = mapping(waiting.pop())
        kind = name(action.get("S"))
        if kind not in HARMLESS:
            found.append(f"there is an action {when}: {kind}")
        following = action.get("Next")
        waiting += sequence(following) or ([following] if following is not None else [])
    return found
