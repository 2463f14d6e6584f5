"""An exercise's own file: begun with its comments, looked through, drawn as a sheet has it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handouts.basics.assets import shipped
from handouts.basics.choices import Edition, Layout, Side
from handouts.basics.clock import source_date, today
from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report, Severity
from handouts.basics.picture_dots import PREVIEW_DPI
from handouts.basics.settings import Setting
from handouts.checks.reading_level import hard_to_read
from handouts.deliver.folder import write_all
from handouts.load.content import load_content
from handouts.load.shelf import read_exercise, template
from handouts.models.base import ID_PATTERN
from handouts.models.prescription import PatientSheet, Prescribed
from handouts.prescribe.doses import past_limits, unfit_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.load.content import LoadedContent
    from handouts.models.exercises import Exercise

PATIENT = "Ada Sample"
"""For whom the sheet of a preview is; plainly made up."""


@dataclass(frozen=True, slots=True)
class DrawnExercise:
    """The pictures of an exercise's sheet, and what was found on the way."""

    pictures: tuple[Path, ...]
    report: Report


def new_exercise(file: Path) -> None:
    """Begin an exercise's file, with comments that say what each part is.

    Raises:
        ContentError: the file is there already, or its name can't be an id.
        MachineError: it can't be written.

    """
    if not re.fullmatch(ID_PATTERN, file.stem) or file.suffix != ".yaml":
        raise ContentError.because(
            f"\"{file.name}\" can't be the name of an exercise's file",
            why="the name is the id by which it is taken into the content",
            mend="use small letters, digits and hyphens, and .yaml: shelf/seated-turn.yaml",
            place=Place(file=str(file)),
        )
    if file.exists():
        raise ContentError.because(
            "the file is there already",
            why="it would be written over",
            mend="choose another name",
            place=Place(file=str(file)),
        )
    write_all(file.parent, {file.name: template()}, Setting.OUTPUT)


def check_exercise(file: Path) -> Report:
    """Say what is wrong or doubtful in an exercise's file, its drawings among it.

    Raises:
        ContentError: there are errors; with every finding.

    """
    exercise, source = read_exercise(file)
    found = [*source.slips]
    for part, what, mend in unfit_parts(exercise, exercise.dose):
        found.append(Finding(what, "", mend, source.place(("dose", part))))
    for passed in past_limits(exercise, exercise.dose):
        mend = f"{passed.mend}, or raise the limit"
        found.append(Finding(passed.what, "", mend, source.place(("dose", passed.part))))
    if (level := hard_to_read(exercise, file.stem)) is not None:
        found.append(replace(level, place=source.place(("name",))))
    if not exercise.drawings and not exercise.pictures:
        what = "it has no drawing"
        mend = "draw it as docs/drawings.md says; it prints without, too"
        place = source.place(("name",), key=True)
        found.append(Finding(what, "a patient sees words alone", mend, place, Severity.WARNING))
    found += [
        Finding(
            f'"{name}" can\'t be drawn: {why}',
            "",
            "change the pose; see docs/drawings.md",
            source.place(("drawings", name), key=True),
        )
        for name, why in _undrawable(file.stem, exercise)
    ]
    report = Report(tuple(found)).ordered()
    if report.errors:
        raise ContentError(report)
    return report


def _undrawable(name: str, exercise: Exercise) -> Iterator[tuple[str, str]]:
    from handouts.drawings.person.exercise_drawings import (  # noqa: PLC0415 - heavy
        UndrawableError,
        draw_exercise,
        kept_drawings,
    )
    from handouts.drawings.person.inks import ONE_INK  # noqa: PLC0415

    if not exercise.drawings:
        return
    try:
        draw_exercise(name, exercise.drawings, ONE_INK, ("left", "right"), None, kept_drawings())
    except UndrawableError as error:
        yield from ((drawing, why) for (_, drawing), why in error.why.items())


def preview_exercise(
    file: Path, content: Path | None, out: Path, dpi: int = PREVIEW_DPI
) -> DrawnExercise:
    """Draw an exercise as a patient's sheet will have it, in a clinic's colours or the sample's.

    Raises:
        HandoutsError: as ``check_exercise``, or the sheet can't be laid out.

    """
    from handouts.pdf.look.page_pictures import page_pictures, png  # noqa: PLC0415 - heavy
    from handouts.pipeline.sheet import lay_out_sheet  # noqa: PLC0415 - heavy

    report = check_exercise(file)
    exercise, _ = read_exercise(file)
    loaded = load_content(content if content is not None else shipped() / "content.yaml")
    loaded = replace(loaded, content=loaded.content.model_copy(
        update={"exercises": {file.stem: exercise}}
    ))  # fmt: skip
    laid_out = lay_out_sheet(loaded, _sheet(loaded, file.stem, exercise), source_date())
    report += laid_out.composing + laid_out.piece.report
    if report.errors or not laid_out.piece.pdf:
        raise ContentError(report)
    files = {
        f"{file.stem}-{number}.png": png(page)
        for number, page in enumerate(page_pictures(laid_out.piece.pdf, dpi), start=1)
    }
    write_all(out, files, Setting.OUTPUT)
    return DrawnExercise(tuple(out / name for name in files), report)


def _sheet(loaded: LoadedContent, name: str, exercise: Exercise) -> PatientSheet:
    dose = exercise.dose
    if exercise.sides is not None and dose.side is None:
        dose = dose.model_copy(update={"side": Side.EACH})
    return PatientSheet(
        patient=PATIENT,
        given_on=today(),
        clinician=next(iter(loaded.content.clinic.clinicians)),
        exercises=(Prescribed(name, dose, None),),
        goal=None,
        notes=None,
        next_visit=None,
        edition=Edition.STANDARD,
        paper=loaded.content.clinic.paper,
        layout=Layout.AUTO,
        log_weeks=2,
        beyond_limits=(),
    )
