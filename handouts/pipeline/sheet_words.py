"""The words in the margins of an imposed press file's sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.choices import Work
from handouts.imposition.sheet_words import SheetWords
from handouts.wording.language import MESSAGES, file_of, language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.imposition.plan import Plan
    from handouts.imposition.sheet_words import Described


def sheet_words(
    told: Described, plan: Plan, records: Mapping[int, str] | None = None
) -> SheetWords:
    """Say what each sheet is: of which piece and version, from when, which of how many.

    ``records`` are the numbers of the records that pages belong to, by the page from 0. The words
    are in the document's language, or where that is not known in English.

    Raises:
        MachineError: the font is not installed.

    """
    from handouts.render.alphabet import alphabet  # noqa: PLC0415 - heavy

    say = language(told.language if file_of(told.language) else MESSAGES)
    names = ("front", "back") if plan.flip else ("one_side",)
    if plan.work is not None:
        names = ("work_and_turn",) if plan.work is Work.TURN else ("work_and_tumble",)
    sides = [say.text(f"slug.{name}") for name in names]
    sheets = say.number(len(plan.sheets))
    first = say.text("slug.sheets_of", title=told.title, version=told.version)
    lines = [
        say.text("slug.sheet", date=told.day, number=say.number(number), sheets=sheets, side=side)
        for number in range(1, len(plan.sheets) + 1)
        for side in sides
    ]
    of_records = (records or {}).items()
    numbers = {page: say.text("sheet.record", number=one) for page, one in of_records if one}
    letters, written = alphabet((first, *lines, *numbers.values()))
    return SheetWords(
        written[first],
        tuple(written[line] for line in lines),
        letters,
        {page: written[number] for page, number in numbers.items()},
    )
