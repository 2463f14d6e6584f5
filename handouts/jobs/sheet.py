"""One patient's sheet: from the layers of a prescription to a file that only its owner reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.basics.choices import Edition, Profile
from handouts.basics.clock import source_date, today
from handouts.basics.errors import ContentError, HandoutsError, LayoutError
from handouts.basics.findings import Finding, Place, Report, Severity
from handouts.checks.all import content_findings
from handouts.compose.composed import SheetUse
from handouts.compose.sheet_view import initials
from handouts.deliver.folder import write_files, write_free
from handouts.load.content import load_content
from handouts.load.prescription import prescription_from_file, prescription_from_options
from handouts.pipeline.piece import lay_out_piece
from handouts.pipeline.sheet import TWO_SIDES, lay_out_sheet
from handouts.prescribe.resolve import resolve
from handouts.prescribe.saved import saved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.load.content import LoadedContent
    from handouts.load.prescription import Layer
    from handouts.models.prescription import Layout, PatientSheet
    from handouts.pipeline.piece import LaidOutPiece, LayOut


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """What the command line asks for."""

    content: Path
    prescription: Path | bytes | None
    """A file, or what standard input held of one."""
    values: Mapping[str, Any]
    """The prescription's keys that options gave."""
    option_names: Mapping[str, str]
    exercises: tuple[str, ...]
    without: frozenset[str] = frozenset()
    """Keys of the prescription's file that are left aside."""
    initials: bool = False
    """Whether the initials stand for the name, on the sheet and in what is kept."""
    strict: bool = False
    profile: Profile = Profile.OFFICE
    proof: bool = False
    """Whether a press file is for looking at alone."""

    @property
    def final(self) -> bool:
        """Whether prints that are paid for would be made from it."""
        return self.profile is Profile.PRESS and not self.proof


@dataclass(frozen=True, slots=True)
class Said:
    """What a request says, as far as it goes, with the content and what was found there."""

    loaded: LoadedContent
    layers: tuple[Layer, ...]
    """The prescription's file, if one is named, and the command line."""
    report: Report


@dataclass(frozen=True, slots=True)
class Prescribing:
    """A prescription that is whole, with the content it draws on and what was found."""

    loaded: LoadedContent
    sheet: PatientSheet
    report: Report
    profile: Profile
    proof: bool


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet's file as bytes, its pages, and what was found."""

    pdf: bytes
    pages: int
    layout: Layout
    report: Report


def read(request: SheetRequest) -> Said:
    """Read the content and the layers of a prescription.

    Raises:
        ContentError: with every finding; none repeats what is the patient's own.

    """
    loaded = load_content(request.content)
    content_report = content_findings(loaded, today(), final=request.final)
    layers = []
    findings = Report()
    try:
        if request.prescription is not None:
            layer = prescription_from_file(request.prescription, loaded)
            layers.append(layer.without(request.without))
    except ContentError as error:
        findings += error.report
    try:
        layers.append(
            prescription_from_options(
                request.values, request.option_names, request.exercises, loaded
            )
        )
    except ContentError as error:
        findings += error.report
    if findings.errors or content_report.errors:
        raise ContentError(content_report + findings)
    return Said(loaded, tuple(layers), content_report)


def prescribe(request: SheetRequest) -> Prescribing:
    """Read and check a prescription.

    Raises:
        ContentError: with every finding; none repeats what is the patient's own.

    """
    said = read(request)
    try:
        sheet, report = resolve(said.layers, said.loaded, today())
    except ContentError as error:
        raise ContentError(said.report + error.report) from error
    if request.initials:
        sheet = replace(sheet, patient=initials(sheet.patient))
    report = said.report + report
    if request.strict and report.warnings:
        raise ContentError(report)
    return Prescribing(said.loaded, sheet, report, request.profile, request.proof)


def print_sheet(
    prescribing: Prescribing, password: str | None = None, lay_out: LayOut = lay_out_piece
) -> PrintedSheet:
    """Lay out a sheet and read it back; an automatic layout is the largest that fits.

    A ``password`` encrypts the file.

    Raises:
        HandoutsError: with every finding.

    """
    sheet = prescribing.sheet
    use = SheetUse(profile=prescribing.profile, proof=prescribing.proof)
    laid_out = lay_out_sheet(prescribing.loaded, sheet, source_date(), use, lay_out)
    result = laid_out.piece
    report = prescribing.report + laid_out.composing + result.report
    if report.errors:
        raise LayoutError(report)
    pdf = result.pdf
    if password is not None:
        from handouts.pdf.pages.split import encrypt  # noqa: PLC0415 - seldom needed

        pdf = encrypt(pdf, password)
    return PrintedSheet(
        pdf, result.pages, laid_out.arrangement.layout, report + _too_long(sheet, result)
    )


def _too_long(sheet: PatientSheet, result: LaidOutPiece) -> Report:
    if result.pages <= TWO_SIDES or sheet.edition is Edition.LARGE_PRINT:
        return Report()
    return Report(
        (
            Finding(
                f"the sheet has {result.pages} sides",
                "it takes more than one piece of paper",
                "give fewer exercises, shorter notes or fewer weeks, or --layout 4",
                Place(piece="sheet"),
                Severity.WARNING,
            ),
        )
    )


def saved_prescription(prescribing: Prescribing) -> bytes:
    """Write the prescription as a file that prints the same sheet again."""
    return saved(prescribing.sheet, prescribing.loaded)


def write_sheet(
    printed: PrintedSheet, target: Path | None, saved_as: Path | None, prescription: bytes
) -> Path:
    """Write a sheet, and the prescription where it is kept; only their owner can read them.

    Without a ``target`` the sheet gets the next name in out/ that is free, which tells nothing
    of the patient. Give the sheet's place.

    Raises:
        MachineError: a folder can't be written or the disk is full, and nothing was changed;
            or another program wrote the same file meanwhile.

    """
    kept = {saved_as: prescription} if saved_as is not None else {}
    if target is not None:
        write_files({target: printed.pdf, **kept}, owner_only=True)
        return target
    target = write_free(Path("out"), "sheet-{}.pdf".format, printed.pdf)
    try:
        write_files(kept, owner_only=True)
    except HandoutsError:
        target.unlink(missing_ok=True)
        raise
    return target
