"""What is printed in a run: a roster alone, or the parts of a plan, read and counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handouts.basics.choices import Edition, Profile, Sort
from handouts.basics.clock import today
from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.papers import SHEETS, Paper
from handouts.basics.settings import Setting, named
from handouts.checks.all import check_content, content_findings
from handouts.compose.composed import SheetUse
from handouts.intake.roster.columns import SaidColumns
from handouts.intake.roster.failed import write_failed
from handouts.intake.roster.read import Roster, read_roster
from handouts.intake.roster.reading import Reading
from handouts.intake.roster.row_reader import RosterRow
from handouts.load.content import load_content
from handouts.load.run_plan import load_plan
from handouts.mail_merge.forecast import LayoutCount
from handouts.mail_merge.rows import RunRow
from handouts.models.run_plan import Part, RunImposition
from handouts.print_run.again import read_again
from handouts.print_run.event import Event, PiecePart, RosterPart
from handouts.print_run.on_larger_sheets import order_for
from handouts.print_run.piles import refuse_unfit_piles
from handouts.print_run.request import (
    USUAL_CONTENT,
    USUAL_TARGET,
    RunFiles,
    defaults_layer,
    defaults_said,
)
from handouts.print_run.separating import check_separators
from handouts.print_run.standing import Standing, lay_out_standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from handouts.load.content import LoadedContent
    from handouts.load.prescription import Layer
    from handouts.load.run_plan import LoadedPlan
    from handouts.print_run.again import Again
    from handouts.print_run.request import BatchRequest


def read_event(request: BatchRequest) -> Event:
    """Read all that a run is made of, and count what can be printed.

    Raises:
        ContentError: the plan, the content, a roster or its header can't be used; a file would
            be written over one that is read; no row can be printed, and the rows are written to
            be mended; under ``strict``, anything at all is wrong or doubtful.
        LayoutError: a standing piece can't be laid out.
        MachineError: the rows to be mended can't be written; a library is missing.

    """
    event = _from_plan(request) if request.is_plan else _from_roster(request)
    refuse_unfit_piles(event, request)
    check_separators(event)
    return event


def _from_roster(request: BatchRequest) -> Event:
    content = request.content or USUAL_CONTENT
    files = RunFiles(request.target or USUAL_TARGET, request.sheets_a_file is not None, (1,))
    again = read_again(files.manifest_json, request.only, request.only_ids)
    files = files if again is None else files.only_some()
    files.refuse_overwriting((request.source, content))
    use = _use(request, Profile.OFFICE)
    loaded = load_content(content)
    report = content_findings(loaded, today(), final=_final(use))
    if report.errors:
        raise ContentError(report)
    flags = defaults_layer(request.defaults, loaded)
    roster = read_roster(request.source, loaded, _day(again), request.reading, flags)
    sort = request.sort or Sort.ROSTER
    part = RosterPart(1, request.source.name, roster, sort, "", defaults_said(flags))
    _check_drawable({Place(file=str(request.source)): part.title})
    chunk = request.sheets_a_file if again is None else None
    event = Event("", loaded, files, (part,), report, sheets_a_file=chunk, use=use, again=again)
    place = Place(file=named(Setting.IMPOSE) if request.impose else str(request.source))
    return _counted(event, request, _scheme_asked(request), place)


def _from_plan(request: BatchRequest) -> Event:
    read = load_plan(request.source, request.content, USUAL_CONTENT)
    plan, loaded = read.plan, read.loaded
    use = _use(request, plan.profile)
    numbers = tuple(n for n, part in enumerate(plan.parts, 1) if part.roster is not None)
    target = request.target or (read.folder / (plan.output or USUAL_TARGET))
    chunk = request.sheets_a_file or plan.chunk
    files = RunFiles(target, chunk is not None, numbers)
    again = read_again(files.manifest_json, request.only, request.only_ids)
    if again is not None:
        chunk, files = None, files.only_some()
    rosters = tuple(read.folder / part.roster for part in plan.parts if part.roster is not None)
    files.refuse_overwriting((request.source, read.content, *rosters))
    standing_asked = len(numbers) < len(plan.parts)
    report = (
        check_content(loaded, today(), final=_final(use)) if standing_asked
        else content_findings(loaded, today(), final=_final(use))
    )  # fmt: skip
    if report.errors:
        raise ContentError(report)
    flags = defaults_layer(request.defaults, loaded)
    opened = _opened(read, flags, _day(again))
    standing, found = lay_out_standing(read, use)
    if standing and use.profile is Profile.SCREEN:
        raise ContentError.because(
            "a standing piece is nobody's own file",
            mend="take it out of the plan, and build it: "
            f"handouts build {read.plan.parts[min(standing)].piece} "
            f"{named(Setting.PROFILE, 'screen')}",
            place=read.source.place(("parts", min(standing), "piece")),
        )
    parts = tuple(
        _part(read, index, opened, standing, flags, many=len(numbers) > 1)
        for index in range(len(plan.parts))
    )
    titles = {read.source.place(("parts", part.number - 1)): part.title for part in parts}
    _check_drawable({read.source.place(("title",)): plan.title, **titles})
    event = Event(
        plan.title,
        loaded,
        files,
        parts,
        report + found,
        frozenset(plan.separators),
        chunk,
        use=use,
        again=again,
    )
    asked = _scheme_asked(request)
    key = "imposition" if plan.imposition else "parts"
    place = Place(file=named(Setting.IMPOSE)) if asked else read.source.place((key,), key=True)
    return _counted(event, request, asked or plan.imposition, place)


def _day(again: Again | None) -> date:
    """Give the day that rows without one are dated with."""
    return today() if again is None else again.day


def _use(request: BatchRequest, planned: Profile) -> SheetUse:
    """Say what the sheets are made for; an option goes before the plan.

    Raises:
        ContentError: a proof is asked for of a run that is for no press.

    """
    profile = request.profile or planned
    if profile is Profile.SCREEN and request.each is None:
        raise ContentError.because(
            "a run for screens is a file for each person, and it is not said where they go",
            mend=f"add {named(Setting.EACH, 'out/people')}",
            place=Place(file=str(request.source)),
        )
    proof = named(Setting.PROOF)
    if request.proof and profile is not Profile.PRESS:
        raise ContentError.because(
            f"{proof} marks a press file, and this run is for an office printer",
            mend="write profile: press into the plan, "
            f"add {named(Setting.PROFILE, 'press')}, or take {proof} out",
            place=Place(file=str(request.source)),
        )
    return SheetUse(profile=profile, proof=request.proof)


def _final(use: SheetUse) -> bool:
    """Say whether prints that are paid for would be made from it."""
    return use.profile is Profile.PRESS and not use.proof


def _part(
    read: LoadedPlan,
    index: int,
    opened: Mapping[int, Roster],
    standing: Mapping[int, Standing],
    flags: tuple[Layer, ...],
    *,
    many: bool,
) -> RosterPart | PiecePart:
    part = read.plan.parts[index]
    if part.piece is not None:
        title = part.title or _called(part.piece, standing[index], read.loaded)
        return PiecePart(index + 1, title, part.piece, part.copies or 0, standing[index])
    prefix = f"{index + 1}-" if many else ""
    title = part.title or str(part.roster)
    defaults = defaults_said(_defaults(read, flags, part))
    return RosterPart(index + 1, title, opened[index], part.sort or Sort.ROSTER, prefix, defaults)


def _defaults(read: LoadedPlan, flags: tuple[Layer, ...], part: Part) -> tuple[Layer, ...]:
    """Give what holds for a roster's rows that leave it out, what counts most last."""
    return (*read.layer(read.plan.defaults), *flags, *read.layer(part.defaults))


def _check_drawable(titles: Mapping[Place, str]) -> None:
    """Refuse titles, or names of files in their place, that the ticket could not show.

    Raises:
        ContentError: no font has one of their letters.

    """
    from handouts.render.glyphs import no_glyph, undrawable  # noqa: PLC0415 - heavy

    findings = [
        no_glyph(character, place)
        for place, title in titles.items()
        for character in undrawable(title)
    ]
    if findings:
        raise ContentError(Report(tuple(findings)))


def _called(piece: str, standing: Standing, loaded: LoadedContent) -> str:
    edition = "" if standing.edition is Edition.STANDARD else f", {standing.edition}"
    return f"{piece}{edition}: {loaded.content.handouts[piece].title}"


def _opened(read: LoadedPlan, flags: tuple[Layer, ...], day: date) -> dict[int, Roster]:
    """Open every roster of a plan; what is wrong with any of them is told at once."""
    opened: dict[int, Roster] = {}
    findings = Report()
    for index, part in enumerate(read.plan.parts):
        if part.roster is None:
            continue
        defaults = _defaults(read, flags, part)
        path = read.folder / part.roster
        try:
            opened[index] = read_roster(path, read.loaded, day, _reading(part), defaults)
        except ContentError as error:
            findings += error.report
    if findings.errors:
        raise ContentError(Report(tuple(dict.fromkeys(findings.findings))))
    return opened


def _reading(part: Part) -> Reading:
    """Give what a plan says of a roster."""
    columns = SaidColumns(tuple((part.columns or {}).items()))
    return Reading(part.worksheet or "", part.encoding or "", columns)


def _scheme_asked(request: BatchRequest) -> RunImposition | None:
    return RunImposition.model_validate({"scheme": request.impose}) if request.impose else None


def _counted(
    event: Event, request: BatchRequest, imposition: RunImposition | None, place: Place
) -> Event:
    """Go through the rosters once, and refuse what can't be printed at all."""
    if event.again is not None and (changed := tuple(event.again.changed_lists(event.lists()))):
        raise ContentError(Report(changed))
    findings: list[Finding] = [*event.report.findings]
    layouts = LayoutCount()
    for part in event.parts:
        if isinstance(part, RosterPart):
            findings.extend(part.roster.findings)
            wanted = None if event.again is None else event.again.rows(part.number)
            _count(part, findings, layouts, wanted)
    report = Report(tuple(dict.fromkeys(findings)))
    if request.strict and report.findings:
        raise ContentError(report)
    if not event.sheets:
        for part in event.parts:
            if isinstance(part, RosterPart) and not request.proof_sheet:
                write_failed(event.files.failed(part.number), part.roster.columns, part.bad)
        raise ContentError(report)
    kept = {part for part, _, _ in event.again.sheets} if event.again is not None else None
    sizes = {p.number: p.sizes for p in event.parts if kept is None or p.number in kept}
    order = order_for(imposition, sizes, place, event.use.profile)
    return replace(event, report=report, order=order, layouts=len(layouts))


def _count(
    part: RosterPart, findings: list[Finding], layouts: LayoutCount, wanted: set[int] | None
) -> None:
    """Go through a roster; rows that are not ``wanted`` are left aside, unless all are."""
    for row in part.roster:
        if wanted is not None and row.number not in wanted:
            continue
        findings.extend(row.findings)
        if isinstance(row, RosterRow):
            part.sheets += row.copies
            layouts.add(RunRow(row.record_id, row.sheet), row.copies)
            part.sizes.setdefault(row.sheet.paper, SHEETS[Paper(row.sheet.paper)])
        else:
            part.bad.append(row)
    findings.extend(part.roster.seen)
