"""The check on tags: whether a screen reader can read the file, as PDF/UA-1 defines it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.preflight.check import Check, Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.preflight.document import OpenFile
    from handouts.profiles import Profile

PAGE = re.compile(r"\bpage (\d+)")
INSTALL = "install the validator: pip install 'handouts[accessibility]'"


def tags(file: OpenFile, profile: Profile) -> Iterator[Check]:  # noqa: ARG001 - as all checks
    """Ask a PDF/UA-1 validator; each rule that is broken is named with its number.

    The validator (page-validation) is an extra, because only files for screens need it.
    Without it nobody knows whether the file can be read aloud, and that is a failure.
    """
    try:
        import page  # noqa: PLC0415 - an extra, and heavy
    except ImportError:
        yield Check("tags", Result.FAIL, "the PDF/UA-1 validator is not installed", mend=INSTALL)
        return
    try:
        report = page.validate_pdf_bytes(file.pdf, profile="ua1")
    except page.PageError as error:
        yield Check("tags", Result.FAIL, f"the PDF/UA-1 validator stops: {str(error)[:120]}")
        return
    for failure in report.failures:
        number = PAGE.search(failure.message)
        yield Check(
            "tags",
            Result.FAIL,
            f"{failure.rule_id}: {failure.message}",
            int(number[1]) if number else 0,
            mend="look the rule up in PDF/UA-1 (ISO 14289-1), and mend the template",
        )
