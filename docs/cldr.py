"""What is taken out of Babel for each language that the program speaks: see wording/cldr.py."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from babel import Locale

from handouts.wording.language import FOLDER, language_files

if TYPE_CHECKING:
    from pathlib import Path


def cldr_data(tag: str) -> dict[str, Any]:
    """Give what CLDR says of a language."""
    locale = Locale.parse(tag, sep="-")
    months, days = locale.months["format"], locale.days
    numbers, symbols = locale.decimal_formats[None], locale.number_symbols["latn"]
    lists = {**locale.list_patterns["standard"], **locale.list_patterns.get("unit", {})}
    return {
        "months": [months["wide"][number] for number in range(1, 13)],
        "short_months": [months["abbreviated"][number] for number in range(1, 13)],
        "weekdays": [days["format"]["wide"][number] for number in range(7)],
        "short_weekdays": [days["stand-alone"]["short"][number] for number in range(7)],
        "full_day": locale.date_formats["full"].pattern,
        "day": locale.date_formats["long"].pattern,
        "short_day": locale.datetime_skeletons["MMMd"].pattern,
        "decimal": symbols["decimal"],
        "group": symbols["group"],
        "group_sizes": list(numbers.grouping),
        "list_patterns": {name: lists[name] for name in ("start", "middle", "end", "2")},
        "plurals": dict(locale.plural_form.rules),
    }


def cldr_texts() -> dict[Path, str]:
    """Give the data's file for each language that has a file of words."""
    return {
        FOLDER / f"{tag}.cldr.json": json.dumps(cldr_data(tag), ensure_ascii=False, indent=1) + "\n"
        for tag in language_files(FOLDER)
    }
