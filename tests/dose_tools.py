"""What the tests of prescribed doses share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import DATA
from sheet_tools import (
    whole_content,
)

if TYPE_CHECKING:
    from handouts.load.content import LoadedContent


DOSES = sorted((DATA / "doses").glob("*.yaml"))


def content_of_doses() -> LoadedContent:
    return whole_content(more=True)
