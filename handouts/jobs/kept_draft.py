"""A draft that outlives its command: kept for its owner alone, until its sheet is made.

It lies in the user's own cache and holds the answers, the name of the file that they were laid
over, and nothing else. There is one for each clinic's content.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.basics.clock import now
from handouts.basics.kept import Cache, key_of
from handouts.compose.initials import initials
from handouts.jobs.choices import Choices
from handouts.jobs.draft import Draft
from handouts.jobs.own_exercise import OwnWords
from handouts.models.beyond_limits import LimitedPart
from handouts.prescribe.doses import Passed

if TYPE_CHECKING:
    from handouts.jobs.sheet_request import SheetRequest

_MOST_BYTES = 10_000_000
_FORM = 2
"""Of the file; another one is not read."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft as it was left."""

    left_at: datetime
    choices: Choices
    answered: tuple[str, ...]
    """The questions that had an answer, by the names that the front has for them."""
    prescription: Path | None
    like: Path | None
    """The file over which they were laid."""

    @property
    def initials(self) -> str:
        """Those of the patient, so far as the name was answered."""
        return initials(str(self.choices.values.get("patient") or ""))


def keep(draft: Draft, answered: tuple[str, ...]) -> str:
    """Keep a draft, in place of an earlier one; say why it could not be, if so."""
    given, choices = draft.given, draft.choices
    tree = {
        "form": _FORM,
        "left_at": now().isoformat(),
        "prescription": _whole(given.prescription),
        "like": _whole(given.like),
        "answered": answered,
        "values": choices.values,
        "parts": choices.parts,
        "chosen": choices.chosen,
        "own": {name: own.said for name, own in choices.own.items()},
        "without": sorted(choices.without),
        "reasons": [
            [name, past.part, past.most, past.asked, past.limit, why]
            for (name, past), why in choices.reasons.items()
        ],
    }
    drafts = _drafts()
    drafts.keep(_key(given.content), json.dumps(tree, default=str).encode())
    return "; ".join(finding.why for finding in drafts.report.warnings)


def kept(content: Path) -> KeptDraft | None:
    """Give the draft that was kept for a content, if there is one that can be read."""
    data = _drafts().read(_key(content))
    tree: dict[str, Any] = json.loads(data) if data else {}
    if tree.get("form") != _FORM:
        return None
    return KeptDraft(
        left_at=datetime.fromisoformat(tree["left_at"]),
        choices=Choices(
            values={
                key: tuple(value) if isinstance(value, list) else value
                for key, value in tree["values"].items()
            },
            parts=tree["parts"],
            own={
                name: OwnWords(tuple((part, text) for part, text in own))
                for name, own in tree["own"].items()
            },
            chosen=tuple(tree["chosen"]),
            without=frozenset(tree["without"]),
            reasons={
                (name, Passed(LimitedPart(part), most, asked, limit)): why
                for name, part, most, asked, limit, why in tree["reasons"]
            },
        ),
        answered=tuple(tree["answered"]),
        prescription=Path(tree["prescription"]) if tree["prescription"] else None,
        like=Path(tree["like"]) if tree["like"] else None,
    )


def taken_up(draft: KeptDraft, request: SheetRequest) -> Draft:
    """Give a draft as it was left; what a request says of the files to be written holds.

    Raises:
        ContentError: the content or its file has changed so that it can't be taken up.

    """
    again = Draft.of(
        replace(
            request,
            prescription=draft.prescription,
            like=draft.like,
            values={},
            exercises=(),
            changes=(),
        )
    )
    again.choose_again(draft.choices)
    return again


def forget(content: Path) -> None:
    """Delete the draft of a content, if there is one."""
    _drafts().forget(_key(content))


def _drafts() -> Cache:
    return Cache("drafts", _MOST_BYTES)


def _key(content: Path) -> str:
    return key_of("draft of a sheet", str(content.resolve()))


def _whole(path: Path | bytes | None) -> str | None:
    return str(path.resolve()) if isinstance(path, Path) else None
