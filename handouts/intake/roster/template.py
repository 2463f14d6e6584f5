"""A sample roster, to be filled in: three made-up people with what the clinic's content holds."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from handouts.basics.errors import ContentError
from handouts.basics.findings import Place
from handouts.deliver.folder import write_own
from handouts.intake.roster.columns import letters
from handouts.intake.roster.failed import write_table

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.models.content import Content

HEADER = ("id", "name", "programme", "exercises", "side", "clinician", "date", "next visit",
          "goal", "note for the patient", "copies")  # fmt: skip
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_SAVED_AT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def sample_rows(content: Content) -> list[tuple[str, ...]]:
    """Give the header and made-up people: a programme, one exercise with a side, a list.

    Raises:
        ContentError: the content has no exercise.

    """
    clinician = next(iter(content.clinic.clinicians), "")
    sided = [name for name, one in content.exercises.items() if one.sides is not None]
    unsided = [name for name in content.exercises if name not in sided]
    prescribed = []
    for name, programme in content.programmes.items():
        both = any(exercise in sided for exercise in programme.exercises)
        prescribed.append((name, "", "each" if both else ""))
        break
    prescribed += [("", name, "left") for name in sided[:1]]
    listed = [*unsided[:1], *(f"{name}:side=right" for name in sided[:1])]
    prescribed += [("", "; ".join(listed), "")] if listed else []
    if not prescribed:
        raise ContentError.because(
            "the content has no exercise", mend="write one below exercises: in content.yaml"
        )
    people = ("Ada Sample", "Ben Example", "Chris Placeholder")
    rows = [
        (f"sample-{number}", person, *what, clinician, "2026-11-23", "", "", "", "1")
        for number, (person, what) in enumerate(zip(people, prescribed, strict=False), 1)
    ]
    return [HEADER, *rows]


def write_template(path: Path, content: Content) -> None:
    """Write a sample roster as CSV or XLSX, as the file's name ends.

    Raises:
        ContentError: the name ends in something else, or the file is already there.
        MachineError: the folder can't be written or the disk is full.

    """
    place = Place(file=str(path))
    if path.suffix.lower() not in {".csv", ".xlsx"}:
        mend = "end the name in .csv or .xlsx"
        raise ContentError.because("a sample roster is CSV or XLSX", mend=mend, place=place)
    if path.exists():
        why, mend = "it may hold your work", "choose another name"
        raise ContentError.because("the file is already there", why=why, mend=mend, place=place)
    rows = sample_rows(content)
    if path.suffix.lower() == ".csv":
        write_table(path, rows)
    else:
        write_own(path, _workbook(rows))


def _workbook(rows: list[tuple[str, ...]]) -> bytes:
    """Make a workbook whose cells are all text, so that Excel turns no day or id into a number."""
    import openpyxl  # noqa: PLC0415 - slow, and seldom needed

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Roster"
    for row, cells in enumerate(rows, 1):
        for number, text in enumerate(cells, 1):
            cell = sheet.cell(row, number, text or None)
            cell.number_format = "@"
    for column, texts in enumerate(zip(*rows, strict=True)):
        sheet.column_dimensions[letters(column)].width = 4 + max(map(len, texts))
    sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return _undated(written)


def _undated(written: io.BytesIO) -> bytes:
    """Pack a workbook again without the moment at which it was made: same rows, same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(packed, "w") as target:
        for part in parts.infolist():
            data = _SAVED_AT.sub(rb"\g<1>1980-01-01T00:00:00Z", parts.read(part))
            info = zipfile.ZipInfo(part.filename, _ZIP_DAY)
            target.writestr(info, data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
