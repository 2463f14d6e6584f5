"""Whether a clinician stands for what is taken from the shelf, and what the shelf says by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.findings import Finding, Severity
from handouts.load.shelf import written_on
from handouts.models.shelf import digest_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.load.content import LoadedContent
    from handouts.models.shelf import SignedWords


def check_shelf(loaded: LoadedContent) -> Iterator[Finding]:
    """Find exercises whose words nobody has signed for, or that have changed since."""
    signed = loaded.content.shelf.signed
    tag = loaded.content.language
    if loaded.from_shelf and not tag.startswith("en"):
        yield Finding(
            "the exercises of the shelf are in English",
            f"the content is in {tag}, and a sheet would be in two languages",
            "write their name, purpose, steps and other words below their ids; or copy their files "
            "into your folder shelf/, under other names, and translate them",
            loaded.place(("shelf",), key=True),
            Severity.WARNING,
        )
    if unsigned := [name for name in loaded.from_shelf if name not in signed]:
        yield Finding(
            "no clinician has signed for the words of " + ", ".join(unsigned),
            "they come from the shelf, and the clinic answers for what it hands out",
            "read them, and record it with: handouts approve ID",
            loaded.place(("shelf",), key=True),
            Severity.WARNING,
        )
    for name, record in signed.items():
        if name in loaded.from_shelf:
            yield from _since(loaded, name, record)


def _since(loaded: LoadedContent, name: str, record: SignedWords) -> Iterator[Finding]:
    place = loaded.place(("exercises", name), key=True)
    mend = f"read it, and sign anew with: handouts approve {name}"
    shelf = written_on(loaded.folder, name)
    for part, then in record.beside.items():
        if part in shelf and digest_of(shelf[part]) != then:
            yield Finding(
                f"{name}: a newer shelf says of its {part}: {_short(shelf[part])}",
                "the content says it otherwise, and that is printed",
                f"compare the two; keep yours, or take {part} out. Then sign anew with: "
                f"handouts approve {name}",
                place,
                Severity.WARNING,
            )
    if words_of(loaded.content.exercises[name]) != record.words:
        what = f"the words of {name} have changed since {record.by} signed for them on {record.on}"
        yield Finding(what, "nobody has signed for them as they are", mend, place, Severity.WARNING)


def _short(part: object) -> str:
    if isinstance(part, dict):
        return ", ".join(f"{key} {_short(value)}" for key, value in part.items())
    if isinstance(part, tuple):
        return " / ".join(map(_short, part))
    return str(part)
