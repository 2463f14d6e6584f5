"""HTML to pages, and whether each panel's text stayed on its panel."""

from __future__ import annotations

import logging
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any

from handouts.basics.choices import Profile
from handouts.basics.errors import HandoutsError, LayoutError
from handouts.basics.findings import Finding, Place, Report, Severity
from handouts.basics.limits import OverLimitError
from handouts.compose.laid_out import LaidOut
from handouts.render.loaded_engine import font_configuration, fonts_dated, weasyprint
from handouts.render.page_breaks import better_breaks
from handouts.render.patches.kept_styles import styles_kept
from handouts.render.patches.kept_words import words_kept
from handouts.render.patches.no_empty_strings import no_empty_strings
from handouts.render.patches.numbered_tags import tags_numbered
from handouts.render.patches.placed_drawings import drawings_placed
from handouts.render.patches.quick_paths import paths_read_at_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from handouts.compose.composed import Composed, Leaf

CSS_PX_PER_MM = 96 / 25.4

_VARIANT = {Profile.SCREEN: "pdf/ua-1"}

_LONGEST_MM = 5_080
"""14,400 units of a point: ISO 32000-1, annex C."""
_MOST_OBJECTS = 30_000
"""The sample's explainer for the screen has 600. To check a file of 100,000 takes over 15 seconds
in libraries that hear no alarm."""
_SLOW_SUBSETTING = "Using fontTools instead of HarfBuzz-Subset"
"""Said of the machine, not of the piece; the doctor says it once, with its mend."""


class _Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: dict[str, Severity] = {}

    def emit(self, record: logging.LogRecord) -> None:
        lost = record.levelno >= logging.ERROR
        self.messages[record.getMessage()] = Severity.ERROR if lost else Severity.WARNING


@contextmanager
def _listening() -> Iterator[dict[str, Severity]]:
    """Catch what the engine logs, so that nothing it drops goes unsaid."""
    logger = logging.getLogger("weasyprint")
    log = _Log()
    others, logger.handlers = logger.handlers, [log]
    propagate, logger.propagate = logger.propagate, False
    try:
        yield log.messages
    finally:
        logger.handlers, logger.propagate = others, propagate


def render(
    composed: Composed,
    drawing: Callable[[Any], AbstractContextManager[None]] = lambda _: nullcontext(),
) -> LaidOut:
    """Lay out a composed piece, and draw it within ``drawing``, which gets the engine's document.

    A piece that takes more sides than are wanted is not drawn: its file is empty.

    Raises:
        MachineError: Pango's libraries or a font are missing.
        LayoutError: a panel or sheet runs over, or something could not be read.

    """
    engine = weasyprint()
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    from handouts.render.fetcher import LocalFetcher  # noqa: PLC0415

    fetcher = LocalFetcher(composed.folder)
    with (
        _listening() as messages,
        fonts_dated(composed.dated),
        drawings_placed(composed.drawings),
        styles_kept(),
    ):
        try:
            html = engine.HTML(
                string=composed.html,
                base_url=composed.folder.as_uri() + "/",
                url_fetcher=fetcher,
            )
            document = html.render(font_config=font_configuration())
            pages = _leaf_pages(composed, document)
            most = composed.most_sides_wanted
            if most is not None and len(document.pages) > most:
                return LaidOut(b"", pages, tuple(sorted(fetcher.files)), Report())
            if breaks := better_breaks(document):
                document, pages = _broken_at(composed, html, breaks, document)
            with (
                drawing(document),
                words_kept(composed.html),
                no_empty_strings(),
                tags_numbered(),
                paths_read_at_once(),
            ):
                pdf: bytes = document.write_pdf(
                    finisher=partial(_bounded, composed),
                    pdf_variant=_VARIANT.get(composed.profile),
                )
        except FatalURLFetchingError as error:
            if isinstance(error.__cause__, OverLimitError | MemoryError):
                raise error.__cause__ from error
            raise _unreadable(composed, error) from error
        except (HandoutsError, OverLimitError, MemoryError):
            raise
        except Exception as error:  # the engine has no error class of its own for bad styles
            raise _engine_stopped(composed, error) from error
    report = Report(
        tuple(
            Finding(
                f"the layout engine says: {message}",
                "a rule or a part may have been left out",
                "look in templates/ and styles/; keep what they need in the folder of content.yaml",
                Place(piece=composed.label),
                severity,
            )
            for message, severity in messages.items()
            if not message.startswith(_SLOW_SUBSETTING)
        )
    )
    return LaidOut(pdf, pages, tuple(sorted(fetcher.files)), report)


def _broken_at(
    composed: Composed, html: Any, parts: tuple[str, ...], otherwise: Any
) -> tuple[Any, dict[str, range]]:
    """Lay out again with pages that begin with these parts; ``otherwise`` where that takes more."""
    rule = ", ".join(f"#{part}" for part in parts) + " { break-before: page }"
    document = html.render(
        font_config=font_configuration(), stylesheets=[weasyprint().CSS(string=rule)]
    )
    if len(document.pages) > len(otherwise.pages):
        document = otherwise
    return document, _leaf_pages(composed, document)


def _bounded(composed: Composed, document: Any, pdf: Any) -> None:
    """Refuse what can be written as a PDF, and not be drawn or read in any time."""
    for number, page in enumerate(document.pages, start=1):
        bleed = page.bleed
        width_px = bleed["left"] + page.width + bleed["right"]
        height_px = bleed["top"] + page.height + bleed["bottom"]
        longest_mm = max(width_px, height_px) / CSS_PX_PER_MM
        if longest_mm > _LONGEST_MM:
            raise LayoutError.because(
                f"the page is {longest_mm:,.0f} mm long, of {_LONGEST_MM:,} mm that a PDF may have",
                mend="look in the styles for a size or a bleed below @page, and take it out",
                place=Place(piece=composed.label, page=number),
            )
    if len(pdf.objects) > _MOST_OBJECTS:
        raise LayoutError.because(
            f"laying it out makes a file of {len(pdf.objects):,} parts, of which "
            f"{_MOST_OBJECTS:,} are read",
            why="a rule in the styles, or a picture, asks for a great many grounds or shapes",
            mend="take back the last change to styles and pictures",
            place=Place(piece=composed.label),
        )


def _unreadable(composed: Composed, error: BaseException) -> HandoutsError:
    return LayoutError.because(
        str(error),
        why=str(error.__cause__ or ""),
        mend="look for it in templates/ and styles/, and keep what a page needs in the folder of "
        "content.yaml; nothing is fetched",
        place=Place(piece=composed.label),
    )


def _engine_stopped(composed: Composed, error: Exception) -> HandoutsError:
    return LayoutError.because(
        f"the layout engine stopped ({type(error).__name__} {error})".replace(" )", ")"),
        why="it can't read a rule in the styles; often a calc() names an unknown variable",
        mend="take back the last change to the templates or styles",
        place=Place(piece=composed.label),
    )


def _leaf_pages(composed: Composed, document: Any) -> dict[str, range]:
    anchors = [page.anchors for page in document.pages]
    starts: dict[str, int] = {}
    for number, names in enumerate(anchors):
        for leaf in composed.leaves:
            if f"panel-{leaf.first_panel}" in names:
                starts.setdefault(leaf.name, number)
    missing = [leaf.name for leaf in composed.leaves if leaf.name not in starts]
    if missing:
        raise LayoutError.because(
            f"the template has no panel {', '.join(missing)}",
            mend='write it as {% call parts.panel("NAME") %}',
            place=Place(piece=composed.label),
        )
    ends = [*list(starts.values())[1:], len(anchors)]
    pages = {
        name: range(start, end) for (name, start), end in zip(starts.items(), ends, strict=True)
    }
    if beside := [name for name, own in pages.items() if not own]:
        raise LayoutError.because(
            f"panel {beside[0]} has no page of its own",
            why="a rule in the styles puts it on the page of another panel",
            mend="look in the styles for columns, or a display, around the panels, and take it out",
            place=Place(piece=composed.label, panel=beside[0]),
        )
    findings = [
        _overflow(composed, leaf, pages[leaf.name], anchors)
        for leaf in composed.leaves
        if leaf.most_pages is not None and len(pages[leaf.name]) > leaf.most_pages
    ]
    if findings:
        raise LayoutError(Report((*findings, *composed.crowding)))
    return pages


def _overflow(composed: Composed, leaf: Leaf, pages: range, anchors: list[Any]) -> Finding:
    """Say how much of a leaf does not fit."""
    most = leaf.most_pages or 1
    top_px = anchors[pages.start][f"panel-{leaf.first_panel}"][1]
    over_mm = 0.0
    for number in pages[most:]:
        end = anchors[number].get(f"end-{leaf.last_panel}")
        full_px = float(leaf.size.height.pt) * 96 / 72 - 2 * top_px
        used_px = end[1] - top_px if end else full_px
        over_mm += used_px / CSS_PX_PER_MM
    much = f"by about {over_mm:.0f} mm" if over_mm >= 1 else "by a few lines at its foot"
    room = "one page" if most == 1 else f"{most} sides"
    return Finding(
        f"the text is longer than its {room} {much}",
        "nothing is cut or shrunk to fit",
        "shorten the text, or move a section to another panel or piece",
        Place(piece=composed.label, panel=leaf.name, page=0 if leaf.most_pages == 1 else most),
    )
