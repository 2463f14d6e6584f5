"""The check on tags: whether a screen reader can read the file, as PDF/UA-1 defines it."""

from __future__ import annotations

import re
from importlib.util import find_spec
from multiprocessing import parent_process
from typing import TYPE_CHECKING

from handouts.basics.workers import apart
from handouts.preflight.result import Check, Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.basics.choices import Profile
    from handouts.preflight.document import OpenFile

PAGE = re.compile(r"\bpage (\d+)")
INSTALL = "install the validator: pip install 'handouts[accessibility]'"


def tags(file: OpenFile, profile: Profile) -> Iterator[Check]:  # noqa: ARG001 - as all checks
    """Ask a PDF/UA-1 validator; each rule that is broken is named with its number.

    The validator (page-validation) is an extra, because only files for screens need it.
    Without it nobody knows whether the file can be read aloud, and that is a failure.
    """
    if find_spec("page") is None:
        yield Check("tags", Result.FAIL, "the PDF/UA-1 validator is not installed", mend=INSTALL)
        return
    # Its threads would not be in a fork of this process, which would wait for them without end.
    told = _told(file.pdf) if parent_process() else apart(_told, file.pdf)
    if isinstance(told, str):
        yield Check("tags", Result.FAIL, f"the PDF/UA-1 validator stops: {told[:120]}")
        return
    for rule, message in told:
        number = PAGE.search(message)
        yield Check(
            "tags",
            Result.FAIL,
            f"{rule}: {message}",
            int(number[1]) if number else 0,
            mend="look the rule up in PDF/UA-1 (ISO 14289-1), and mend the template",
        )


def _told(pdf: bytes) -> list[tuple[str, str]] | str:
    """Give the rules that are broken with what is said of each, or why that can't be told."""
    import page  # noqa: PLC0415 - an extra, and heavy

    try:
        report = page.validate_pdf_bytes(pdf, profile="ua1")
    except page.PageError as error:
        return str(error)
    return [(failure.rule_id, failure.message) for failure in report.failures]
