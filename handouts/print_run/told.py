"""What is told of a run that is printed: in the manifest, on the ticket, a file a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.choices import Profile
from handouts.basics.clock import today
from handouts.basics.digests import checksum
from handouts.compose.compose import press_profile
from handouts.print_run.event import RosterPart
from handouts.print_run.on_larger_sheets import stacking_steps
from handouts.tickets.run_ticket import RunFile, RunPart, RunTicket
from handouts.wording.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.print_run.counts import Batch, PartCount
    from handouts.print_run.event import Event, PiecePart
    from handouts.print_run.manifest import ManifestLine
    from handouts.print_run.on_larger_sheets import ImposedRun
    from handouts.print_run.work import RunWork
    from handouts.wording.language import Language


def manifest_data(event: Event, batch: Batch) -> dict[str, object]:
    """Give what the manifest says of the run as a whole."""
    lists = {number: checksum(path) for number, path in event.lists().items()}
    return {
        "event": event.title,
        "day": today().isoformat() if event.again is None else event.again.day.isoformat(),
        "files": [path.name for path in batch.files],
        "imposed_files": [one.path.name for one in batch.imposed],
        "piles": [
            {"file": one.path.name, "sheets": one.sheets, "pages": one.pages, "sha256": one.sha256}
            for one in batch.piles
        ],
        "sides": batch.sides,
        "sheets_of_paper": batch.papers,
        "separators": batch.separators.sheets,
        "failed_rows": batch.failed_rows,
        "parts": [
            {
                "part": part.number,
                "title": part.title,
                "list_sha256": lists.get(part.number, ""),
                "sheets": part.sheets,
                "sides": part.sides,
                "sheets_of_paper": dict(sorted(part.papers.items())),
                "failed_rows": [row.number for row in part.failed],
            }
            for part in batch.parts.values()
        ],
    }


def ticket_of(event: Event, batch: Batch, work: RunWork) -> RunTicket:
    """Give what the ticket of a run tells."""
    say = language(event.loaded.content.language)
    runs = [
        RunFile(path.name, batch.pages[path], checksum(work.staged(path))) for path in batch.files
    ]
    imposed = [
        RunFile(
            one.path.name,
            2 * one.sheets,
            checksum(work.staged(one.path)),
            _how(say, one),
            one.passed,
        )
        for one in batch.imposed
    ]
    steps = stacking_steps(say, event.order, batch.imposed) if event.order else ()
    return RunTicket(
        event.title,
        (*runs, *imposed),
        tuple(
            _ticket_part(part, batch.parts[part.number])
            for part in event.parts
            if batch.parts[part.number].sheets or batch.parts[part.number].failed
        ),
        event.sheets_a_file,
        batch.papers,
        batch.sides,
        batch.separators.sheets,
        steps,
        _condition(event),
        event.use.proof,
    )


def _condition(event: Event) -> str:
    """Name what a press run is printed on."""
    if event.use.profile is not Profile.PRESS:
        return ""
    from handouts.pdf.finish.inks import read_condition  # noqa: PLC0415 - heavy

    return read_condition(press_profile(event.loaded)).description


def _ticket_part(part: RosterPart | PiecePart, count: PartCount) -> RunPart:
    roster = isinstance(part, RosterPart)
    return RunPart(
        part.number,
        "roster" if roster else "piece",
        part.title,
        count.sheets,
        count.sides,
        dict(sorted(count.papers.items())),
        count.stapled,
        count.first_page,
        tuple(row.number for row in count.failed),
        () if isinstance(part, RosterPart) else part.standing.fold_steps,
    )


def write_each(
    sheets: list[tuple[Path, ManifestLine]], folder: Path, work: RunWork
) -> Iterator[Path]:
    """Stage a file a person, named by the record's id, of copies only the first; give them."""
    from handouts.pdf.pages.split import Splitter  # noqa: PLC0415 - heavy

    for path in dict.fromkeys(path for path, _ in sheets):
        with Splitter(work.staged(path)) as whole:
            for file, line in sheets:
                if file == path:
                    own = folder / f"{line.record_id}.pdf"
                    work.write(own, whole.pages(line.first_page, line.sides))
                    yield own


def _how(say: Language, one: ImposedRun) -> str:
    flip = say.text(f"flip.{one.flip}")
    return say.plural("run_ticket.sheets_of", one.sheets, paper=str(one.paper), flip=flip)
