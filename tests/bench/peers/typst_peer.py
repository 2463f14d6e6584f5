"""Typst: all sheets as one document, whose function draws a sheet from a row."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import typst
from peer import Job, measure

SOURCE = Path(__file__).with_name("sheet.typ")


def draw(job: Job) -> None:
    """Draw all sheets into one file without tags, as a run for print has none."""
    source = job.folder / SOURCE.name
    shutil.copy(SOURCE, source)
    (job.folder / "some.json").write_text(json.dumps(job.rows), "utf-8")
    typst.compile(
        str(source),
        output=str(job.target),
        root=str(job.folder),
        font_paths=sorted({str(Path(font).parent) for font in job.sheet["fonts"]}),
        ignore_system_fonts=True,
        pdf_tags=False,
    )


if __name__ == "__main__":
    measure(draw)
