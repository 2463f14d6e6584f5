"""What a user can set, by names that belong to no front.

A message that is about a setting holds a mark in the place of its name. Each front writes its own
words there: a command line an option, a web page the label of a field.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Setting(StrEnum):
    """Something that can be set. Where a file can hold it, its value is the key there."""

    AGAIN = "again"
    AS_PROGRAMME = "as_programme"
    BEYOND_LIMITS = "beyond_limits"
    CHANGES = "changes"
    CLINICIAN = "clinician"
    COLUMN = "column"
    CONTENT = "content"
    COPIES = "copies"
    DATE = "date"
    EACH = "each"
    EDITION = "edition"
    ENCODING = "encoding"
    ENCRYPT = "encrypt"
    EXERCISES = "exercises"
    FAILED = "failed"
    FLIP = "flip"
    GOAL = "goal"
    GUTTER = "gutter"
    IMPOSE = "impose"
    LANGUAGE = "language"
    LAYOUT = "layout"
    LEAVE_OUT = "leave_out"
    LIKE = "like"
    LOG = "log"
    LOG_WEEKS = "log_weeks"
    MARKS = "marks"
    NEXT_VISIT = "next_visit"
    NOTES = "notes"
    ONLY = "only"
    ORDER = "order"
    OUTPUT = "output"
    PAPER = "paper"
    PATIENT = "patient"
    PREVIEW = "preview"
    PROFILE = "profile"
    PROGRAMME = "programme"
    PROOF = "proof"
    RESUME = "resume"
    SAVE = "save"
    SCHEME = "scheme"
    SIDES = "sides"
    SPLIT = "split"
    THICKNESS = "thickness"
    UP = "up"
    WORK = "work"
    WORKSHEET = "worksheet"


_MARK = r"\{setting:(" + "|".join(Setting) + r")(?:=([^{}]*))?\}"


def named(setting: Setting, value: str = "") -> str:
    """Mark the place of a setting in a message, with the value that it would be given."""
    return f"{{setting:{setting}{'=' * bool(value)}{value}}}"


def filled(text: str, words: Callable[[Setting, str], str]) -> str:
    """Put a front's words into the place of each mark; they get the setting and its value."""
    return re.sub(_MARK, lambda mark: words(Setting(mark[1]), mark[2] or ""), text)


def as_keys(text: str) -> str:
    """Name settings as a file holds them: ``paper``, or ``paper: a3`` where a value is meant."""
    return filled(text, lambda setting, value: f"{setting}: {value}" if value else str(setting))
