"""Ten realistic prescriptions, printed and compared page by page with what was looked at.

After a change that is meant: KEEP_PICTURES=1 python -m pytest tests/test_ten_prescriptions.py,
then look at tests/pictures-of-prescriptions/ before they are committed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image
from test_pictures import KEPT, compare

if TYPE_CHECKING:
    from conftest import ClinicFolder

PRESCRIPTIONS = sorted((Path(__file__).parent / "data" / "prescriptions").glob("*.yaml"))
SHEETS = KEPT.with_name("pictures-of-prescriptions")
DPI = 50
SIDES = {"01": 1, "05": 4, "06": 6, "08": 1, "09": 3, "10": 4}
"""A single exercise needs one; large print, long notes, eight exercises need more than two."""


def with_eight_exercises(clinic: ClinicFolder) -> None:
    """Give the clinic each of its four exercises a second time, under another name."""
    before, head, rest = clinic.text.partition("\nexercises:\n")
    four, tail, after = rest.partition("\n# The warning on every sheet")
    again = re.sub(r"(?m)^  ([a-z-]+):$", r"  \1-again:", four)
    again = re.sub(r'(?m)^    name: "(.+)"$', r'    name: "\1, again"', again)
    clinic.text = before + head + four + "\n" + again + tail + after


@pytest.mark.parametrize("path", PRESCRIPTIONS, ids=lambda path: path.stem)
def test_a_prescription_prints_as_it_was_looked_at(path: Path, clinic_folder: ClinicFolder) -> None:
    with_eight_exercises(clinic_folder)
    outcome = clinic_folder.run("sheet", path, "-o", "sheet.pdf")
    assert outcome.code == 0, outcome.err

    document = pypdfium2.PdfDocument(clinic_folder.path / "sheet.pdf")
    drawn = {
        f"{path.stem}-{number}.png": page.render(scale=DPI / 72).to_pil().convert("L")
        for number, page in enumerate(document, start=1)
    }
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    for number, text in enumerate(texts, start=1):
        assert ("Turn over" in text) == (number % 2 == 1 and number < len(texts)), number
        assert ("More follows" in text) == (number % 2 == 0 and number < len(texts)), number
    assert len(drawn) == SIDES.get(path.stem[:2], 2)
    if os.environ.get("KEEP_PICTURES") == "1":
        SHEETS.mkdir(exist_ok=True)
        for old in SHEETS.glob(f"{path.stem}-*.png"):
            old.unlink()
        for name, picture in drawn.items():
            picture.save(SHEETS / name, optimize=True)
        pytest.fail(f"pictures kept, look at them: {SHEETS}/{path.stem}-*.png")
    kept = {file.name: Image.open(file) for file in SHEETS.glob(f"{path.stem}-*.png")}
    assert compare(drawn, kept) == []


def test_there_are_ten() -> None:
    assert len(PRESCRIPTIONS) == 10
