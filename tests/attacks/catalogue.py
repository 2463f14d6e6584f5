"""All cases, from the modules that make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attacks import (
    caches,
    css,
    disks,
    odd_files,
    pdf_cases,
    picture_cases,
    tables,
    templates,
    yamls,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from attacks.case import Case

MODULES = (
    pdf_cases, picture_cases, css, yamls, tables, odd_files, templates, caches, disks
)  # fmt: skip


def every_case() -> Iterator[Case]:
    """Give every case; their files are made only when they run."""
    for module in MODULES:
        yield from module.cases()
