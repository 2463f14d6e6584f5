"""From the layers of a prescription to a patient's sheet as bytes; no file is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handouts.basics.choices import Edition, Layout
from handouts.basics.clock import source_date, today
from handouts.basics.errors import ContentError, LayoutError
from handouts.basics.findings import Finding, Place, Report, Severity
from handouts.basics.settings import Setting, named
from handouts.checks.all import content_findings
from handouts.compose.composed import SheetUse
from handouts.compose.initials import initials
from handouts.jobs.as_programme import refuse_personal, unfit_ids
from handouts.jobs.meant import in_full
from handouts.load.content import load_content
from handouts.load.prescription import prescription_from_choices, prescription_from_file
from handouts.mail_merge.one_sheet import one_sheet
from handouts.mail_merge.rows import RunRow
from handouts.models.prescription import TWO_SIDES
from handouts.pipeline.piece import here
from handouts.prescribe.days import SHORTEST_LOG
from handouts.prescribe.like import begun_like
from handouts.prescribe.resolve import resolve
from handouts.prescribe.saved import saved

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.basics.choices import Profile
    from handouts.jobs.sheet_request import SheetRequest
    from handouts.load.content import LoadedContent
    from handouts.load.prescription import Layer
    from handouts.mail_merge.one_sheet import OneSheet
    from handouts.models.prescription import PatientSheet
    from handouts.pipeline.piece import Engine


@dataclass(frozen=True, slots=True)
class Said:
    """What a request says, as far as it goes, with the content and what was found there."""

    loaded: LoadedContent
    layers: tuple[Layer, ...]
    """The prescription's file, if one is named, and what goes before it."""
    report: Report
    request: SheetRequest
    """As it was given, with names in full."""
    told: tuple[str, ...]
    """What was taken for what, and what of an earlier sheet was not taken."""


@dataclass(frozen=True, slots=True)
class Prescribing:
    """A prescription that is whole, with the content it draws on and what was found."""

    loaded: LoadedContent
    sheet: PatientSheet
    report: Report
    profile: Profile
    proof: bool
    told: tuple[str, ...]
    """What was taken for what, and what of an earlier sheet was not taken."""


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet's file as bytes, its pages, and what was found."""

    pdf: bytes
    pages: int
    layout: Layout
    version: str
    """The eight letters and digits at its foot."""
    report: Report


def read(request: SheetRequest, *, asking: bool = False) -> Said:
    """Read the content and the layers of a prescription.

    ``asking`` says that somebody looks at each dose before it is printed.

    Raises:
        ContentError: with every finding; none repeats what is the patient's own.

    """
    loaded = load_content(request.content)
    content_report = content_findings(loaded, today(), final=request.final)
    layers: list[Layer] = []
    told: tuple[str, ...] = ()
    findings = Report()
    choices = None
    try:
        request, told = in_full(request, loaded.content)
        choices = prescription_from_choices(
            request.values, request.exercises, loaded, request.changes
        )
    except ContentError as error:
        findings += error.report
    try:
        if request.prescription is not None:
            layer = prescription_from_file(request.prescription, loaded)
            layers.append(layer.without(request.without))
        elif request.like is not None and choices is not None:
            layer, not_taken = _like(request.like, loaded, choices, asking=asking)
            layers.append(layer.without(request.without))
            told += tuple(f"Not taken from {request.like}: {one}." for one in not_taken)
    except ContentError as error:
        findings = error.report + findings
    if request.as_programme is not None:
        findings += Report(tuple(unfit_ids(request.as_programme, loaded)))
    if choices is None or findings.errors or content_report.errors:
        raise ContentError(content_report + findings)
    return Said(loaded, (*layers, choices), content_report, request, told)


def _like(
    path: Path, loaded: LoadedContent, choices: Layer, *, asking: bool
) -> tuple[Layer, tuple[str, ...]]:
    said_anew = {
        item.exercise
        for item in choices.prescription.exercises
        if not item.given.keys() <= {"exercise", "note", "changes"}
    }
    return begun_like(
        prescription_from_file(path, loaded),
        loaded,
        choices.prescription.date or today(),
        said_anew=said_anew,
        asking=asking,
    )


def prescribe(request: SheetRequest, *, asking: bool = False) -> Prescribing:
    """Read and check a prescription; ``asking`` as for ``read``.

    Raises:
        ContentError: with every finding; none repeats what is the patient's own.

    """
    said = read(request, asking=asking)
    try:
        sheet, report = resolve(said.layers, said.loaded, today())
    except ContentError as error:
        raise ContentError(said.report + error.report) from error
    if request.as_programme is not None:
        refuse_personal(request.as_programme, sheet, said.loaded)
    if request.initials:
        sheet = replace(sheet, patient=initials(sheet.patient))
    report = said.report + report
    if request.strict and report.warnings:
        raise ContentError(report)
    return Prescribing(said.loaded, sheet, report, request.profile, request.proof, said.told)


def print_sheet(
    prescribing: Prescribing, password: str | None = None, engine: Engine = here
) -> PrintedSheet:
    """Make a sheet as a run of one; an automatic layout is the largest that fits.

    A ``password`` encrypts the file; ``engine`` says where is laid out what is not kept.

    Raises:
        HandoutsError: with every finding.

    """
    sheet = prescribing.sheet
    use = SheetUse(profile=prescribing.profile, proof=prescribing.proof)
    made = one_sheet(prescribing.loaded, RunRow("", sheet), source_date(), use, engine)
    report = prescribing.report + made.report
    if report.errors:
        raise LayoutError(report)
    pdf = made.pdf
    if password is not None:
        from handouts.pdf.pages.split import encrypt  # noqa: PLC0415 - seldom needed

        pdf = encrypt(pdf, password)
    return PrintedSheet(
        pdf,
        made.pages,
        made.a_page,
        made.version,
        report + _too_long(sheet, made),
    )


def _too_long(sheet: PatientSheet, made: OneSheet) -> Report:
    """Say that a sheet takes more than two sides, and what of it could be less."""
    if made.pages <= TWO_SIDES or sheet.edition is Edition.LARGE_PRINT:
        return Report()
    less = {
        "fewer exercises": len(sheet.exercises) > 1,
        "shorter notes": bool(sheet.notes) or any(item.note for item in sheet.exercises),
        f"fewer weeks ({named(Setting.LOG_WEEKS, str(SHORTEST_LOG))})": (
            sheet.log_weeks > SHORTEST_LOG
        ),
        named(Setting.LAYOUT, Layout.FOUR): made.a_page is not Layout.FOUR,
    }
    *others, last = [mend for mend, helps in less.items() if helps] or ["a shorter goal"]
    mend = f"{', '.join(others)} or {last}" if others else last
    return Report(
        (
            Finding(
                f"the sheet has {made.pages} sides",
                "it takes more than one piece of paper",
                f"give {mend}",
                Place(piece="sheet"),
                Severity.WARNING,
            ),
        )
    )


def saved_prescription(prescribing: Prescribing) -> bytes:
    """Write the prescription as a file that prints the same sheet again."""
    return saved(prescribing.sheet, prescribing.loaded)
