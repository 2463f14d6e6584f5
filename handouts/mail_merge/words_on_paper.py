"""Whether each sheet of a run's file shows its own person's words, as they lie in that file.

While the run is made it is noted what each page has to show, as a number of eight bytes. When
the file is whole, its pages are read again and compared: glyphs are turned back into words by
the file's own fonts. So a wrong glyph, a lost line or another person's page does not pass.
"""

from __future__ import annotations

from array import array
from bisect import bisect
from typing import TYPE_CHECKING

from handouts.basics.characters import seen_letters
from handouts.basics.errors import HandoutsError, LayoutError
from handouts.basics.findings import Place
from handouts.basics.settings import Setting, named
from handouts.mail_merge.own_file import OwnFile
from handouts.mail_merge.rows import SLOTS, paragraph_at, words_of
from handouts.pdf.look.shown_words import in_drawn_order, words_of_forms, words_of_pages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from handouts.mail_merge.layouts import RunLayout
    from handouts.mail_merge.rows import Lines, RunRow, Words
    from handouts.wording.language import Language

_ALONE = -1


class WordsOnPaper:
    """What the pages of a run's file have to show."""

    def __init__(self, say: Language) -> None:
        """Begin. ``say`` is the language of the sheets."""
        self._say = say
        self._pages = array("q")
        """What a person adds to each page, as a number."""
        self._firsts, self._layouts = array("L"), array("l")
        """Each sheet's first page, from 0, and its layout."""
        self._printed: dict[int, tuple[str, ...]] = {}
        """What each layout itself shows, page by page."""
        self._standing: dict[int, list[list[tuple[int, int]]]] = {}
        """For each page of a layout, a row's words that stand there: which, and what paragraph."""
        self._alone: dict[int, tuple[str, ...]] = {}
        """What each page of a sheet that was laid out alone shows, by its first page."""
        self._records: list[str] = []
        self._found: set[tuple[object, ...]] = set()
        """Pages of layouts that show what they have to: which, with what, and their streams."""

    def add_layout(self, number: int, layout: RunLayout, lines: Lines) -> None:
        """Note the words that all sheets of a layout share: exercises, doses, the clinician."""
        self._printed[number] = words_of_pages(layout.pdf)
        standing: list[list[tuple[int, int]]] = [[] for _ in range(layout.pages)]
        for slot in layout.slots:
            word = SLOTS.index(slot.name)
            paragraph, line = paragraph_at(slot.line, lines[word])
            if line == 0:
                standing[slot.page].append((word, paragraph))
        self._standing[number] = standing

    def add_sheet(self, record: str, first_page: int, number: int, words: Sequence[Words]) -> None:
        """Note a person's sheet on a layout that was added; its first page counts from 0."""
        self._add(record, first_page, number)
        for page in self._standing[number]:
            parts = [words[word][0][paragraph] for word, paragraph in page]
            shown = "".join(parts)
            if not shown.isascii():
                shown = "".join(map(in_drawn_order, parts))
            self._pages.append(hash(shown.replace(" ", "")))

    def add_alone(self, row: RunRow, first_page: int, pdf: bytes) -> None:
        """Note a sheet that was laid out alone, and read back when it was.

        Raises:
            LayoutError: it lacks a word of the person's.

        """
        self._add(row.record, first_page, _ALONE)
        pages = self._alone[first_page] = words_of_pages(pdf)
        self._pages.extend(map(hash, pages))
        everything = "".join(pages)
        words = (
            word for texts, _ in words_of(row, self._say) for text in texts for word in text.split()
        )
        if not all(seen_letters(word) in everything for word in words):
            raise self._missing(first_page)

    def _add(self, record: str, first_page: int, number: int) -> None:
        self._pages.extend([0] * (first_page - len(self._pages)))
        self._firsts.append(first_page)
        self._layouts.append(number)
        self._records.append(record)

    def look_for(self, path: Path) -> None:
        """Look for each person's words on each page of the finished file.

        Raises:
            LayoutError: a page lacks some, or shows another's.

        """
        page = 0
        try:
            with OwnFile(path) as file:
                pages = file.pages()
                for first, number in zip(self._firsts, self._layouts, strict=True):
                    for _ in range(first - page):
                        next(pages)
                    page = first
                    for _ in self._printed[number] if number != _ALONE else self._alone[first]:
                        resources, streams = next(pages)
                        if not self._shows(file, page, first, number, resources, streams):
                            raise self._missing(page)
                        page += 1
        except (ValueError, IndexError, StopIteration) as error:
            raise self._missing(page) from error

    def _shows(
        self, file: OwnFile, page: int, first: int, number: int, resources: int, streams: list[int]
    ) -> bool:
        if number == _ALONE:
            shown = "".join([file.words(stream, resources) for stream in streams])
            return shown == self._alone[first][page - first]
        below, own, *above = streams
        if hash(file.words(own, resources)) != self._pages[page]:
            return False
        found, seen = self._found, (number, page - first, resources, below, *above)
        if seen in found:
            return True
        layouts_page = number, page - first, file.shared(resources), below, *above
        if layouts_page not in found:
            printed = "".join([file.words(stream, resources) for stream in (below, *above)])
            if printed != self._printed[number][page - first]:
                return False
            found.add(layouts_page)
        found.add(seen)
        return True

    def look_on_sheets(self, path: Path, imposed: bytes) -> None:
        """Look for the words of each page of each person's sheet on the imposed sheets.

        Raises:
            LayoutError: a page is not there, or lacks words.

        """
        on_sheets = dict(words_of_forms(imposed))
        people = self.records()
        with OwnFile(path) as file:
            for page, (resources, streams) in enumerate(file.pages()):
                if page not in people:
                    continue  # a separator, or a standing piece that was read back by itself
                shown = "".join([file.words(stream, resources) for stream in streams])
                if on_sheets.get(f"/Page{page + 1}", "") != shown:
                    raise self._missing(page)

    def records(self) -> dict[int, str]:
        """Give for each page of a person's sheet, from 0, the number of its record."""
        return {
            first + page: record
            for first, number, record in zip(
                self._firsts, self._layouts, self._records, strict=True
            )
            for page in range(
                len(self._alone[first] if number == _ALONE else self._printed[number])
            )
        }

    def _missing(self, page: int) -> HandoutsError:
        """Name the person's row, and no word of it."""
        sheet = bisect(self._firsts, page) - 1
        record = self._records[sheet] if sheet >= 0 else ""
        which = f"sheet No. {record}" if record else "sheet"
        return LayoutError.because(
            f"the {which} does not show the words of its row",
            why="each word is looked for in the finished file, as it will be printed",
            mend=f"give the command again, without {named(Setting.RESUME)}; nothing was written",
            place=Place(page=page + 1),
        )
