"""The testimonial gate: whose words may be printed, and which of them.

45 CFR 164.508 asks for a signed authorization, 16 CFR 255 for words that are not bent and
for what people can generally expect. See docs/testimonials.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Severity
from handouts.models.testimonials import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from handouts.load.content import LoadedContent
    from handouts.models.base import Path
    from handouts.models.testimonials import Quote, Testimonial

ELLIPSIS = "…"
PRINT = "print"
_PROMISE = re.compile(
    r"\b(cure[sd]?|guarantee[sd]?|miracles?|permanent(?:ly)?|risk[- ]free|always works)\b|100 ?%",
    re.IGNORECASE,
)


def promises_in(text: str) -> list[str]:
    """Give the words that promise a result ("cure", "guarantee")."""
    return [match[0] for match in _PROMISE.finditer(text)]


def check_testimonials(loaded: LoadedContent, today: date) -> Iterator[Finding]:
    """Find what forbids, or soils, the printing of each testimonial a piece shows."""
    content = loaded.content
    shown: set[str] = set()
    for piece_id, piece in content.handouts.items():
        for index, quote in enumerate(piece.testimonials):
            shown.add(quote.testimonial)
            path: Path = ("handouts", piece_id, "testimonials", index)
            testimonial = content.testimonials[quote.testimonial]
            yield from _check_excerpt(loaded, quote, testimonial, path)
            yield from _check_promises(loaded, quote, testimonial, path)
    for name, testimonial in content.testimonials.items():
        yield from _check_text(loaded, name, testimonial)
        if name in shown:
            yield from _check_record(loaded, name, testimonial, today)


def _check_text(loaded: LoadedContent, name: str, testimonial: Testimonial) -> Iterator[Finding]:
    path: Path = ("testimonials", name)
    if testimonial.fingerprint != fingerprint(testimonial.approved_text):
        yield Finding(
            f'the words of testimonial "{name}" are not the approved ones',
            "they have changed since they were approved, or never were",
            "put the approved words back letter by letter; or show the patient the new ones, have "
            f"them signed, and record that with: handouts approve {name}",
            loaded.place((*path, "approved_text")),
        )


def _check_promises(
    loaded: LoadedContent, quote: Quote, testimonial: Testimonial, path: Path
) -> Iterator[Finding]:
    """Find promises in the words that are printed: the excerpt, or else the whole text."""
    excused = {phrase.lower() for phrase in testimonial.excused_phrases}
    for word in promises_in(quote.excerpt or testimonial.approved_text):
        if word.lower() not in excused:
            yield Finding(
                f'testimonial "{quote.testimonial}" says "{word}", which is a promise',
                "a promised result is misleading (16 CFR 255)",
                f'print an excerpt without it, or add "{word}" to excused_phrases',
                loaded.place((*path, "excerpt") if quote.excerpt else path),
            )


def _check_record(
    loaded: LoadedContent, name: str, testimonial: Testimonial, today: date
) -> Iterator[Finding]:
    record = testimonial.authorization
    path: Path = ("testimonials", name)
    if record is None:
        yield Finding(
            f'testimonial "{name}" has no authorization on record',
            f"printing a patient's words needs a signed one{_law(loaded)}",
            f"have the form signed, and record it with: handouts approve {name}",
            loaded.place(path, key=True),
            Severity.WARNING,
        )
        return
    path = (*path, "authorization")
    if record.revoked_on is not None and record.revoked_on <= today:
        yield Finding(
            f'the authorization of testimonial "{name}" was revoked on {record.revoked_on}',
            "it must not be printed any more",
            "take it out of handouts",
            loaded.place((*path, "revoked_on")),
        )
    if record.expires_on < today:
        yield Finding(
            f'the authorization of testimonial "{name}" ended on {record.expires_on}',
            "it must not be printed any more",
            "have it signed anew, or take it out of handouts",
            loaded.place((*path, "expires_on")),
        )
    if record.signed_on > today:
        yield Finding(
            f'the authorization of testimonial "{name}" is signed in the future',
            f"{record.signed_on} is after {today}",
            "check the date",
            loaded.place((*path, "signed_on")),
        )
    if PRINT not in record.media:
        yield Finding(
            f'the authorization of testimonial "{name}" does not cover print',
            f"it covers {', '.join(record.media) or 'nothing'}",
            'have print authorised and add "print" to media, or take it out of handouts',
            loaded.place((*path, "media")),
        )
    if record.name != testimonial.name:
        yield Finding(
            f'testimonial "{name}" prints the name "{testimonial.name}"',
            f'the form that was signed says "{record.name}"',
            "print the name in the form that was authorised",
            loaded.place(("testimonials", name, "name")),
        )


def _law(loaded: LoadedContent) -> str:
    rule = loaded.content.clinic.jurisdiction.privacy_rule
    return f" ({rule})" if rule else ""


def _check_excerpt(
    loaded: LoadedContent, quote: Quote, testimonial: Testimonial, path: Path
) -> Iterator[Finding]:
    if quote.excerpt is None:
        return
    approved = " ".join(testimonial.approved_text.split())
    runs = [words for run in quote.excerpt.split(ELLIPSIS) if (words := " ".join(run.split()))]
    position = 0
    for words in runs or [quote.excerpt]:
        found = _find_words(approved, words, position)
        if found < 0:
            yield Finding(
                f'the excerpt "{words[:60]}" is not in the approved words of "{quote.testimonial}"',
                "an excerpt is whole runs of words, in their order, letter by letter",
                f"copy it from approved_text and join runs with {ELLIPSIS}",
                loaded.place((*path, "excerpt")),
            )
            return
        position = found + len(words)


def _find_words(text: str, words: str, start: int) -> int:
    """Find a run of whole words; -1 where there is none."""
    found = text.find(words, start)
    while found >= 0 and not _ends_between_words(text, found, found + len(words)):
        found = text.find(words, found + 1)
    return found


def _ends_between_words(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() and text[start].isalnum()) and not (
        after.isalnum() and text[end - 1].isalnum()
    )
