"""Sheets taken out of a finished file again, each as a file of its own."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Self

from pikepdf import ObjectStreamMode, Pdf

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


class Splitter:
    """A file whose pages are taken out; it is open within ``with``."""

    def __init__(self, path: Path) -> None:
        self._source = source = Pdf.open(path)
        keys = (key for key in ("/Lang", "/ViewerPreferences") if key in source.Root)
        self._kept = {key: source.make_indirect(source.Root[key]) for key in keys}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._source.close()

    def pages(self, first: int, count: int) -> bytes:
        """Give some pages as a file, printed as the whole one is; ``first`` counts from 1.

        What the file says of itself is the whole one's, so that the same pages give the same
        bytes.
        """
        pdf = Pdf.new()
        for index in range(first - 1, first - 1 + count):
            pdf.pages.append(self._source.pages[index])
        for key, entry in self._kept.items():
            pdf.Root[key] = pdf.copy_foreign(entry)
        for key, value in self._source.docinfo.items():
            pdf.docinfo[key] = str(value)
        out = BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            min_version=self._source.pdf_version,
            object_stream_mode=ObjectStreamMode.generate,
        )
        return out.getvalue()
