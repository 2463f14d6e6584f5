"""Signs that nobody sees and that YAML refuses or takes for letters, each with its place."""

from __future__ import annotations

import re

from handouts.basics.findings import Finding, Place

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
"""What YAML takes for no text (1.2.2, 5.1), and no keyboard types."""
_FROM_WORD_PROCESSORS = {"\x0b": "a line break", "\x0c": "a page break", "\x1e": "a hyphen",
                         "\x1f": "a soft hyphen"}  # fmt: skip


def unseen_findings(text: str, file: str, most: int) -> list[Finding]:
    """Name the characters that nobody sees and YAML refuses, each with its place."""
    found: list[Finding] = []
    for number, line in enumerate(text.split("\n"), start=1):
        for match in _UNSEEN.finditer(line):
            code = f"U+{ord(match[0]):04X}"
            known = _FROM_WORD_PROCESSORS.get(match[0])
            meant = f"a word processor writes {known} so" if known else "it can't be printed"
            found.append(
                Finding(
                    f"a hidden character ({code}) stands here",
                    meant,
                    "delete what stands between the letters here, and type a space",
                    Place(file=file, line=number, column=match.start() + 1),
                )
            )
            if len(found) >= most:
                return found
    return found


def indentation_findings(text: str, file: str, most: int) -> list[Finding]:
    """Name the lines that begin with a tab, or with a space that YAML takes for a letter."""
    found: list[Finding] = []
    for number, line in enumerate(text.splitlines(), start=1):
        blank = line[: len(line) - len(line.lstrip())]
        column = next((i for i, mark in enumerate(blank, start=1) if mark != " "), 0)
        if not column or not line.strip() or line.lstrip().startswith("#"):
            continue
        tab = blank[column - 1] == "\t"
        found.append(
            Finding(
                "a tab in the indentation" if tab else "an unusual space in the indentation",
                "YAML takes spaces only" if tab else "web pages and word processors write such",
                "put spaces in its place" if tab else "delete it, and type plain spaces",
                Place(file=file, line=number, column=column),
            )
        )
        if len(found) >= most:
            break
    return found
