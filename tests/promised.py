"""What content.yaml promises: its plain data, edited by tests, and the words that must be printed.

What ought to be printed is worked out here from content.yaml alone, by the rules that the
templates promise, and not by asking the package.
"""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml
from conftest import ROOT, ClinicFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


HOURS = "Monday to Thursday 8 am to 6 pm, Friday 8 am to 2 pm"

# What content.yaml promises


def load(path: Path = ROOT / "content.yaml") -> dict[str, Any]:
    """Read a content.yaml as plain data."""
    return copy.deepcopy(_parsed(path.read_text(encoding="utf-8")))


def filled(text: str) -> str:
    """Write the shipped clinic's facts into a content's text, as it is printed."""
    facts = {
        "phone": "(555) 555-0142",
        "emergency": "911",
        "hours": HOURS,
        "when_closed": "Closed? Call (555) 555-0143.",
    }
    return re.sub(r"\{(phone|emergency|hours|when_closed)\}", lambda found: facts[found[1]], text)


@cache
def _parsed(text: str) -> dict[str, Any]:
    data = yaml.load(filled(text), Loader=_LOADER)  # noqa: S506 - the C twin of the safe loader
    assert isinstance(data, dict)
    return data


def change(clinic: ClinicFolder, edit: Callable[[dict[str, Any]], object]) -> None:
    """Let ``edit`` change the content's plain data, and write it back, each text on one line."""
    data = yaml.load(clinic.content.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
    edit(data)
    clinic.text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10**6)


def set_at(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    """Make the edit that puts a value at a path of keys."""

    def edit(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = to

    return edit


def first_text_block(data: dict[str, Any], piece: str) -> tuple[str | int, ...]:
    """Give the path to the first paragraph that a sheet prints from a section's body."""
    return next(
        ("sections", name, "body", index, "text")
        for name in data["handouts"][piece]["sections"]
        for index, block in enumerate(data["sections"][name]["body"])
        if "text" in block
    )


def day_words(day: Any) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def web_words(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/")


def _seconds_words(hold: str) -> str:
    """Say a hold of the shipped content: "20-30 s" or "1-2 min"."""
    figures, unit = hold.split()
    least, _, most = figures.partition("-")
    word = {"s": "second", "min": "minute"}[unit] + ("" if figures == "1" else "s")
    return f"{least}–{most} {word}" if most else f"{least} {word}"


def _times(count: object) -> str:
    text = str(count).replace("-", "–")
    return {"1": "once", "2": "twice"}.get(text, f"{text} times")


def dose_words(dose: dict[str, Any]) -> list[str]:
    """Say a dose of the shipped content as a patient reads it; the first is the short form."""
    side = f", {dose['side']} side" if "side" in dose else ""
    both = " on each side" if dose.get("side") == "each" else ""
    often = _times(dose["times_a_day"])
    often = f"{often[0].upper()}{often[1:]} a day"
    if "hold" in dose:
        hold = f"Hold {_seconds_words(dose['hold'])}{side}"
        return [hold, f"Do this {_times(dose['repetitions'])}{both}", often]
    return [f"Do this {_times(dose['repetitions'])}{both or side}", often]


POSTURES = {
    "supine": "Lying on your back",
    "prone": "Lying on your belly",
    "side-lying": "Lying on your side",
    "sitting": "Sitting",
    "standing": "Standing",
}


def for_side(text: str, side: str | None) -> str:
    """Fill {left} and {right} as a patient reads them: mirrored for the right side alone."""
    mirrored = side == "right"
    return text.format(left="right" if mirrored else "left", right="left" if mirrored else "right")


class Promise:
    """What a piece of a content must print, worked out from the plain data."""

    def __init__(self, data: dict[str, Any], name: str) -> None:
        self.data = data
        self.name = name
        self.piece: dict[str, Any] = data["handouts"][name]
        self.cited: dict[str, None] = {}

    def _claim(self, name: str, *, rated: bool = True) -> Iterator[str]:
        claim = self.data["evidence"][name]
        self.cited.update(dict.fromkeys(claim["sources"]))
        yield claim["text"]
        if "basis" in claim:
            yield claim["basis"]
        if rated:
            yield {"not-rated": "not known"}.get(claim["certainty"], claim["certainty"]).replace(
                "-", " "
            )

    def _block(self, block: dict[str, Any] | str) -> Iterator[str]:
        if isinstance(block, str):
            yield block
            return
        self.cited.update(dict.fromkeys(block.get("sources", ())))
        yield from (block[key] for key in ("title", "text", "callout", "warning") if key in block)
        for item in (*block.get("list", ()), *block.get("checklist", ())):
            if isinstance(item, str):
                yield item
            else:
                yield from (item[key] for key in ("term", "text", "always") if key in item)
        for claim in block.get("claims", ()):
            yield from self._claim(claim)
        for claim in block.get("unknowns", ()):
            yield from self._claim(claim, rated=False)
        if "danger" in block:
            yield from self._danger(block["danger"])
        if "in_100" in block:
            counts = block["in_100"]
            yield counts["of"]
            yield from (harm["text"] for harm in counts["harms"])
            yield from (counts["rarer"], counts["note"])
        for visit in block.get("visits", ()):
            yield from (visit[key] for key in ("title", "text", "always") if key in visit)

    def _danger(self, which: str) -> Iterator[str]:
        box = self.data["stop_and_call"]
        box = box["after_needling"] if which == "after-needling" else box
        yield from (box["heading"], box["action"], box["text"], *box["signs"])
        if which == "after-needling":
            yield box["milder"]

    def flow(self, section: str) -> list[str]:
        """Give a section's heading and text, in the order in which they are read."""
        part = self.data["sections"][section]
        brief = self.name == "brochure" and "brief" in part
        blocks = part["brief" if brief else "body"]
        texts = (text for block in blocks for text in self._block(block))
        return [part["heading"], *texts]

    def beside(self, section: str) -> Iterator[str]:
        """Give what stands with a section: its picture's words, and what it includes."""
        part = self.data["sections"][section]
        yield from self._picture(part.get("picture"))
        include = part.get("include")
        if include == "contact":
            yield from self.contact()
        elif include == "exercises":
            for name in self.piece.get("exercises", ()):
                exercise = self.data["exercises"][name]
                yield from (exercise["name"], dose_words(exercise["dose"])[0])

    @staticmethod
    def _picture(picture: dict[str, Any] | None) -> Iterator[str]:
        if picture:
            yield from picture.get("labels", {}).values()
            if "caption" in picture:
                yield picture["caption"]

    def contact(self) -> Iterator[str]:
        clinic = self.data["clinic"]
        yield from (clinic["name"], clinic["phone"], *clinic["address"])
        yield web_words(clinic["booking"])
        for row in clinic["hours"]:
            yield from (row["days"], row["hours"])

    def panels(self) -> dict[str, list[str]]:
        """Give each panel's text in reading order, as the content lays it out."""
        panels = {
            name: [text for section in sections for text in self.flow(section)]
            for name, sections in self.piece.get("panels", {}).items()
        }
        if self.name == "brochure":
            panels["cover"] = list(self.head())
        return panels

    def head(self) -> Iterator[str]:
        for key in ("title", "subtitle", "call_to_action"):
            if key in self.piece:
                yield self.piece[key]

    def quotes(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give the patient's words on the piece, each with its testimonial."""
        for quote in self.piece.get("testimonials", ()):
            name = quote if isinstance(quote, str) else quote["testimonial"]
            testimonial = self.data["testimonials"][name]
            own = quote if isinstance(quote, dict) else {}
            yield own.get("excerpt", testimonial["approved_text"]), testimonial

    def _full_exercise(self, name: str) -> Iterator[str]:
        exercise = self.data["exercises"][name]
        side = exercise["dose"].get("side")
        yield from (exercise["name"], exercise["purpose"], POSTURES[exercise["posture"]])
        for key in ("equipment", "steps", "mistakes", "stop_if"):
            yield from (for_side(text, side) for text in exercise.get(key, ()))
        if "sides" in exercise:
            yield for_side(exercise["sides"], side)
        if side == "each":
            yield "Then change sides."
        for drawing in exercise.get("drawings", {}).values():
            yield for_side(drawing["title"], side)
        for picture in exercise.get("pictures", ()):
            yield picture["caption"]
        said = dose_words(exercise["dose"])
        # Where both sides do it, the panel says so once, with how many.
        yield from (words.removesuffix(", each side") for words in said)

    def _citations(self) -> Iterator[str]:
        for name in self.cited:
            source = self.data["sources"][name]
            where = f"{source['journal']} {source['year']}"
            yield source["authors"].rstrip(".")
            yield f"{where};{source['locator']}" if "locator" in source else where
            if "doi" in source:
                yield source["doi"]
            elif "pmid" in source:
                yield f"PMID {source['pmid']}"

    def strings(self) -> Iterator[str]:
        """Give every patient-facing text that the piece shows."""
        yield from self.head()
        if "note" in self.piece:
            yield self.piece["note"]
        yield self.data["clinic"]["name"]
        yield from self._picture(self.piece.get("picture"))
        sections = [
            *self.piece.get("sections", ()),
            *(section for chosen in self.piece.get("panels", {}).values() for section in chosen),
        ]
        for section in sections:
            yield from self.flow(section)
            yield from self.beside(section)
        if self.name == "exercises":
            safety = self.data["stop_and_call"]
            yield from (safety["heading"], safety["text"], *safety["signs"], safety["action"])
            if "milder" in safety:
                yield safety["milder"]
            for name in self.piece["exercises"]:
                yield from self._full_exercise(name)
        for words, testimonial in self.quotes():
            yield from (words, testimonial["name"])
            if "compensation" in testimonial:
                yield testimonial["compensation"]
        if self.piece.get("testimonials"):
            expected = self.data["expected_results"]
            self.cited.update(dict.fromkeys(expected["sources"]))
            yield expected["text"]
        if "language_help" in self.data["clinic"]:
            yield self.data["clinic"]["language_help"]
        yield from self._citations()
        yield from self.provenance()

    def provenance(self) -> Iterator[str]:
        """Give what must stand at the foot: who, since when, until when, and whom to tell."""
        clinic, provenance = self.data["clinic"], self.data["provenance"]
        for maker in provenance["made_by"]:
            person = clinic["clinicians"][maker]
            yield from (person["name"], person["credentials"], person["licence"])
        yield day_words(provenance["dated"])
        yield day_words(provenance["next_review"])
        yield clinic["feedback"]
