"""The record that a patient has approved words: in content.yaml, beside those words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handouts.basics.clock import today
from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Report
from handouts.checks.testimonials import PRINT
from handouts.deliver.folder import write_files
from handouts.load.content import load_content
from handouts.load.explain import did_you_mean
from handouts.load.yaml_insert import reads_as
from handouts.models.testimonials import fingerprint

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from handouts.load.content import LoadedContent
    from handouts.models.testimonials import Testimonial


@dataclass(frozen=True, slots=True)
class Approval:
    """A form that a patient has signed for the words that stand in the content."""

    content: Path
    testimonial: str
    reference: str
    """Where the signed form is kept."""
    signed_on: date
    expires_on: date


def words_to_approve(content: Path, testimonial: str) -> str:
    """Give the words as they stand, to be held against the signed form letter by letter.

    Raises:
        ContentError: the content can't be read, or has no such testimonial.

    """
    return _testimonial(load_content(content), testimonial).approved_text


def approve(asked: Approval) -> None:
    """Record the form; comments and everything else in the file stay as they are.

    Raises:
        ContentError: the content can't be read, has no such testimonial, or the dates can't be;
            the file is untouched.
        MachineError: the file can't be written.

    """
    loaded = load_content(asked.content)
    testimonial = _testimonial(loaded, asked.testimonial)
    if wrong := _wrong_dates(asked):
        raise ContentError(Report(tuple(wrong)))
    record = {
        "reference": asked.reference.strip(),
        "name": testimonial.name,
        "signed_on": asked.signed_on,
        "expires_on": asked.expires_on,
        "media": [PRINT],
    }
    text = asked.content.read_bytes().decode("utf-8-sig")
    changed = _recorded(text, loaded, asked.testimonial, record).encode()
    wanted = {**loaded.written.value["testimonials"][asked.testimonial]}
    wanted["fingerprint"] = fingerprint(testimonial.approved_text)
    wanted["authorization"] = {**record, "signed_on": str(asked.signed_on),
                               "expires_on": str(asked.expires_on), "media": (PRINT,)}  # fmt: skip
    _check_alone(changed, loaded, asked.testimonial, wanted)
    write_files({asked.content: changed})


def _testimonial(loaded: LoadedContent, name: str) -> Testimonial:
    known = loaded.content.testimonials
    if name not in known:
        raise ContentError.because(
            f'there is no testimonial called "{name}"',
            mend=did_you_mean(name, known),
            place=loaded.place(("testimonials",)),
        )
    return known[name]


def _wrong_dates(asked: Approval) -> list[Finding]:
    found = []
    if asked.signed_on > today():
        why = "a form is signed before its words are printed"
        found.append(
            Finding(f"{asked.signed_on} is in the future", why, "give the day on the form")
        )
    if asked.expires_on <= max(asked.signed_on, today()):
        why = "a form that has ended permits nothing"
        found.append(Finding(f"{asked.expires_on} is past", why, "have the form signed anew"))
    return found


def _recorded(text: str, loaded: LoadedContent, name: str, record: dict[str, Any]) -> str:
    """Write the record into the file's text, below the words it is for."""
    lines = text.splitlines(keepends=True)
    keys = loaded.written.keys
    path = ("testimonials", name)
    at = keys[*path, "fingerprint"]
    indent = " " * (at.column - 1)
    approved = fingerprint(loaded.content.testimonials[name].approved_text)
    block = [f'{indent}fingerprint: "{approved}"\n', f"{indent}authorization:\n"]
    block += [f"{indent}  {key}: {_written(value)}\n" for key, value in record.items()]
    spans = [_span(lines, at.line - 1, at.column - 1)]
    if (old := keys.get((*path, "authorization"))) is not None:
        spans.append(_span(lines, old.line - 1, old.column - 1))
    for start, end in sorted(spans, reverse=True):
        lines[start:end] = block if start == at.line - 1 else []
    return "".join(lines)


def _span(lines: list[str], start: int, indent: int) -> tuple[int, int]:
    """Give the lines of a key: its own, and those further in."""
    end = start + 1
    while end < len(lines):
        line = lines[end]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    return start, end


def _written(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(str, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def _check_alone(changed: bytes, loaded: LoadedContent, name: str, wanted: dict[str, Any]) -> None:
    """See that the record is all that differs, as the file will be read.

    Raises:
        ContentError: the file is laid out in a way that this can't change.

    """
    expected = {
        **loaded.written.value,
        "testimonials": {**loaded.written.value["testimonials"], name: wanted},
    }
    if not reads_as(changed, loaded.written.file, expected):
        raise ContentError.because(
            "the record can't be written into the file as it is laid out",
            why="something else would change",
            mend='write the testimonial as the sample does: its keys below one another, "quoted"',
            place=loaded.place(("testimonials", name)),
        )
