"""One patient's sheet: a file that only its owner reads, and the prescription if it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.basics.errors import HandoutsError, MachineError
from handouts.basics.findings import Finding, Place
from handouts.basics.picture_dots import PREVIEW_DPI
from handouts.basics.settings import Setting
from handouts.deliver.folder import claimed, write_files, write_free
from handouts.jobs.refused import refuse
from handouts.jobs.sheet_request import SheetRequest, password_fault
from handouts.mail_merge.known_content import content_is_known
from handouts.pipeline.on_all_cores import engine_ahead

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.basics.findings import Report
    from handouts.basics.papers import Paper
    from handouts.jobs.draft import Draft
    from handouts.jobs.prescribing import Prescribing, PrintedSheet

__all__ = ["MadeSheet", "SheetRequest", "make_sheet", "password_fault"]


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """The files that are there now, and what was found on the way."""

    path: Path
    saved: Path | None
    """Where the prescription is kept."""
    pages: int
    paper: Paper
    report: Report
    pictures: tuple[Path, ...] = ()
    """Of its pages, where they were asked for."""
    programme: str | None = None
    """Which one was written into the content."""
    record: str = ""
    """What was given, as text for the clinic's records, where it was asked for."""
    told: tuple[str, ...] = ()
    """What was taken for what, and what of an earlier sheet was not taken."""


def make_sheet(
    request: SheetRequest,
    choose: Callable[[Draft], Prescribing] | None = None,
    secret: Callable[[], str] | None = None,
) -> MadeSheet:
    """Make a sheet, read it back and write it, or write nothing at all.

    ``choose`` asks for what the request leaves open: it changes a draft, and gives what the draft
    then prescribes. ``secret`` gives the password that is to open the file. The layout engine
    gets ready meanwhile, in another process, where no layout of this content is kept.

    Raises:
        RequestError: parts of the request speak against one another, or the password is short.
        ContentError: what is prescribed, or the content, can't be printed.
        LayoutError: the sheet lost text or ran over.
        MachineError: a file can't be written, or another command is writing it.

    """
    request.refuse_unfit(encrypted=secret is not None)
    password = secret() if secret is not None else None
    if password is not None and (fault := password_fault(password)):
        refuse([Finding(fault)])
    written = {path: setting for setting, path in request.written.items()}
    if request.as_programme is not None:
        written[request.content] = Setting.CONTENT
    begin = not content_is_known(request.content)
    with claimed(written), engine_ahead(begin=begin) as engine:
        from handouts.jobs.prescribing import (  # noqa: PLC0415 - while the engine gets ready
            prescribe,
            print_sheet,
            saved_prescription,
        )

        if choose is None:
            prescribing = prescribe(request)
        else:
            from handouts.jobs.draft import Draft  # noqa: PLC0415 - only where it is asked

            prescribing = choose(Draft.of(request))
        before = content = b""
        if request.as_programme is not None:
            from handouts.jobs.as_programme import content_with_programme  # noqa: PLC0415 - seldom

            before = request.content.read_bytes()
            content = content_with_programme(before, prescribing.loaded, prescribing.sheet, request)
        printed = print_sheet(prescribing, password, engine)
        kept = saved_prescription(prescribing) if request.save is not None else b""
        drawn = _pictures(printed.pdf) if request.preview else ()
        path, pictures = _write(request, printed.pdf, Beside(kept, drawn, before, content))
    return MadeSheet(
        path,
        request.save,
        printed.pages,
        prescribing.sheet.paper,
        printed.report,
        pictures,
        request.as_programme,
        _record(request, prescribing, printed),
        prescribing.told,
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """What is written together with a sheet, or not at all."""

    prescription: bytes
    drawn: tuple[bytes, ...]
    content_before: bytes
    content: bytes
    """The whole content with a programme more; empty where none was asked for."""


def _record(request: SheetRequest, prescribing: Prescribing, printed: PrintedSheet) -> str:
    if not (request.record or request.record_name):
        return ""
    from handouts.jobs.for_the_record import for_the_record  # noqa: PLC0415 - where it is asked

    return for_the_record(prescribing, printed, with_name=request.record_name)


def _pictures(pdf: bytes) -> tuple[bytes, ...]:
    """Draw each page of a sheet as PNG."""
    from handouts.pdf.look.page_pictures import page_pictures, png  # noqa: PLC0415 - heavy

    return tuple(png(page) for page in page_pictures(pdf, PREVIEW_DPI))


def _write(request: SheetRequest, pdf: bytes, more: Beside) -> tuple[Path, tuple[Path, ...]]:
    """Write a sheet, its pictures, and the prescription where it is kept, for their owner alone.

    The content gets its programme, and stays readable by those who could read it.

    Without a name of its own the sheet gets the next one in out/ that is free, which tells
    nothing of the patient. Give the places of the sheet and of its pictures.

    Raises:
        MachineError: a folder can't be written or the disk is full, and nothing was changed;
            or another program wrote the same file meanwhile.

    """
    settings = {path: setting for setting, path in request.written.items()}
    kept = {request.save: more.prescription} if request.save is not None else {}
    content = request.content.resolve()
    if more.content:
        if request.content.read_bytes() != more.content_before:
            raise MachineError.because(
                "the content was changed while the sheet was made",
                mend="give the command again; nothing was written",
                place=Place(file=request.content.name),
            )
        kept[content] = more.content
        settings[content] = Setting.CONTENT
    if request.out is not None:
        beside = _beside(request.out, more.drawn)
        files = {request.out: pdf, **kept, **beside}
        write_files(files, settings, owner_only=True, as_it_was={content})
        return request.out, tuple(beside)
    target = write_free(Path("out"), "sheet-{}.pdf".format, pdf)
    try:
        beside = _beside(target, more.drawn)
        write_files({**kept, **beside}, settings, owner_only=True, as_it_was={content})
    except HandoutsError:
        target.unlink(missing_ok=True)
        raise
    return target, tuple(beside)


def _beside(sheet: Path, drawn: tuple[bytes, ...]) -> dict[Path, bytes]:
    """Name the pictures of a sheet's pages: ada.pdf has ada-1.png, ada-2.png."""
    return {sheet.with_name(f"{sheet.stem}-{n}.png"): page for n, page in enumerate(drawn, start=1)}
