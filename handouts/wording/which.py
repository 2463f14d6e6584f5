"""Which language a text is asked for, and whether it is the content's and one of the program's."""

from __future__ import annotations

from handouts.wording.language import FOLDER, file_of, first_part, language_files


def other_language(own: str, asked: str | None) -> tuple[str, str] | None:
    """Say that content is not in the language that is asked for, and how to mend it.

    It may be asked for by the language alone, without a region, in any case, and with _ for -.
    What was asked for is not repeated: it may stand in a roster's cell.
    """
    tag = (asked or own).replace("_", "-").casefold()
    if tag in {own.casefold(), first_part(own)}:
        return None
    return f"the content is written in {own}", f"write {own}, or name content in that language"


def unspoken_language(tag: str) -> tuple[str, str] | None:
    """Say that the program has no words of a language, and how to mend it."""
    if file_of(tag) is not None:
        return None
    spoken = ", ".join(language_files(FOLDER))
    return (
        f'handouts has no words for doses, dates and headings in "{tag}"',
        f"write one of: {spoken}; or add its words as CONTRIBUTING.md says",
    )
