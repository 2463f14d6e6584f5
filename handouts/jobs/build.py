"""The whole way from content.yaml to the files in out/."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from handouts.basics.choices import Edition, Profile
from handouts.basics.clock import source_date
from handouts.basics.digests import sha256
from handouts.basics.errors import ContentError, LayoutError
from handouts.basics.findings import Finding, Report
from handouts.basics.papers import Paper
from handouts.basics.settings import Setting
from handouts.deliver.folder import write_all
from handouts.jobs.check import checked, compose_all, found_composing, steps
from handouts.jobs.in_content import InContent
from handouts.jobs.progress import Progress, unseen
from handouts.jobs.record import (
    RECORD_FILE,
    Entry,
    inputs_key,
    read_record,
    record_bytes,
    still_there,
)
from handouts.jobs.refused import idle, refuse
from handouts.jobs.stale import made, older_files, told_older
from handouts.load.content import load_content
from handouts.load.explain import did_you_mean
from handouts.pipeline.companions import Companions, file_name
from handouts.pipeline.on_all_cores import lay_out_all

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.basics.folds import FoldedSheet


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What is asked for: all pieces where no name is given, the clinic's paper where no paper."""

    content: Path
    out: Path
    names: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    editions: tuple[Edition, ...] = (Edition.STANDARD,)
    strict: bool = False
    profile: Profile = Profile.OFFICE
    proof: bool = False
    """Whether a press file is for looking at alone."""
    copies: int | None = None
    """How many are ordered of a press file; None where its ticket leaves that to write in."""
    again: bool = False
    """Whether everything that was once built into the folder, and is there, is made again."""

    @property
    def final(self) -> bool:
        """Whether a print run that is paid for would be made from it."""
        return self.profile is Profile.PRESS and not self.proof


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A file in the out folder."""

    path: Path
    piece: str
    paper: Paper
    edition: Edition
    profile: Profile
    pages: int
    folded: FoldedSheet | None
    unchanged: bool
    beside: tuple[Path, ...] = ()
    """The files that go with it."""

    @property
    def sheets(self) -> int | None:
        """How many sheets of paper it takes, printed on both sides; a screen takes none."""
        return None if self.profile is Profile.SCREEN else (self.pages + 1) // 2


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The files that are there now, and what was found on the way."""

    files: tuple[BuiltFile, ...]
    report: Report
    older: tuple[Path, ...] = ()
    """Files in the folder that were made before the content was changed."""


def build(request: BuildRequest, progress: Progress = unseen) -> BuildResult:
    """Write the pieces that are asked for into the out folder, or nothing at all.

    ``progress`` is told of the pieces that have to be laid out.

    Raises:
        RequestError: something is asked for that would do nothing.
        ContentError: what the clinic wrote can't be printed.
        LayoutError: a piece ran over or lost text.
        MachineError: a library, a font or the place to write is missing.

    """
    if request.again:
        return _build_again(request, progress)
    refuse(idle(request.profile, proof=request.proof, copies=request.copies))
    loaded, report = checked(request.content, strict=request.strict, final=request.final)
    content = loaded.content
    names = request.names or tuple(content.handouts)
    _refuse_unknown(names, tuple(content.handouts))
    papers = request.papers or (content.clinic.paper,)
    wanted = tuple(
        product(dict.fromkeys(names), dict.fromkeys(papers), dict.fromkeys(request.editions))
    )
    composed = compose_all(loaded, wanted, report, request.profile, proof=request.proof)

    told = found_composing(composed)
    moment = source_date()
    record = read_record(request.out)
    companions = Companions(loaded, moment, request.copies)
    keys = {
        file_name(piece, content.clinic.paper): inputs_key(piece, moment, *companions.inputs(piece))
        for piece in composed
    }
    fresh = [
        piece
        for piece in composed
        if not still_there(
            request.out,
            name := file_name(piece, content.clinic.paper),
            record.get(name),
            keys[name],
        )
    ]
    written: dict[str, bytes] = {}
    if fresh:
        laid_out = lay_out_all(fresh, companions.lay_out, steps(progress))
        where = InContent(loaded)
        reports = [
            where.placed(*one) for one in zip(fresh, (r.report for r in laid_out), strict=True)
        ]
        layout = Report(tuple(dict.fromkeys(found for one in reports for found in one.findings)))
        report += layout
        if layout.errors or (request.strict and layout.warnings):
            raise LayoutError(report)
        for piece, result in zip(fresh, laid_out, strict=True):
            name = file_name(piece, content.clinic.paper)
            written |= {name: result.pdf, **result.beside}
            found = bool(result.report.findings)
            record[name] = Entry(
                inputs="" if found else keys[name],
                file=sha256(result.pdf),
                pages=result.pages,
                read={str(path): sha256(path.read_bytes()) for path in result.files},
                beside={file: sha256(data) for file, data in result.beside.items()},
                made=made(piece, request.copies),
                content=inputs_key(piece, moment),
            )
        write_all(request.out, {**written, RECORD_FILE: record_bytes(record)}, Setting.OUTPUT)
    files = tuple(
        BuiltFile(
            request.out / name,
            piece.piece,
            piece.paper,
            piece.edition,
            piece.profile,
            record[name].pages,
            folded=piece.folded,
            unchanged=name not in written,
            beside=tuple(request.out / file for file in record[name].beside),
        )
        for piece in composed
        if (name := file_name(piece, content.clinic.paper))
    )
    others = {name: entry for name, entry in record.items() if name not in keys}
    older = older_files(loaded, request.out, others, moment)
    if older:
        told += told_older(older)
    return BuildResult(files, report + told, older)


def _build_again(request: BuildRequest, progress: Progress) -> BuildResult:
    """Make all that is in the folder again, each file as what it was made."""
    record = read_record(request.out)
    known = load_content(request.content).content.handouts
    entries = [
        entry.made
        for name, entry in sorted(record.items())
        if entry.made and (request.out / name).is_file() and entry.made["piece"] in known
    ]
    if not entries:
        mend = "build the pieces by their names first"
        raise ContentError.because("nothing in the folder was built before", mend=mend)
    files: list[BuiltFile] = []
    result = BuildResult((), Report())
    for one in entries:
        result = build(
            replace(
                request,
                again=False,
                names=(one["piece"],),
                papers=(Paper(one["paper"]),),
                editions=(Edition(one["edition"]),),
                profile=Profile(one["profile"]),
                proof=one["proof"],
                copies=one["copies"],
            ),
            progress,
        )
        files += result.files
    return replace(result, files=tuple(files))


def _refuse_unknown(names: tuple[str, ...], known: tuple[str, ...]) -> None:
    findings = tuple(
        Finding(f'there is no piece called "{name}"', "", did_you_mean(name, known))
        for name in names
        if name not in known
    )
    if findings:
        raise ContentError(Report(findings))
