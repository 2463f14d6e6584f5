"""Lists of people in the forms and encodings that spreadsheets have, with what is to come out.

Nobody in them is real. Each is right when all its people are read as they were written, or when
it is refused in words that name the place and the mend; ``people`` and ``told`` say which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rosters_of_books import of_spreadsheets, of_workbooks
from rosters_of_headers import of_headers, of_words
from rosters_of_text import damaged, in_encodings, of_names, of_rows

if TYPE_CHECKING:
    from roster_makers import Made


def made() -> list[Made]:
    """Give all lists."""
    return [
        *in_encodings(),
        *damaged(),
        *of_names(),
        *of_rows(),
        *of_headers(),
        *of_words(),
        *of_workbooks(),
        *of_spreadsheets(),
    ]
