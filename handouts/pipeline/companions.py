"""The files that go with a piece's own: the press file's ticket, and the imposed sheets."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from handouts.basics.choices import Edition, Profile
from handouts.basics.digests import sha256
from handouts.basics.errors import ContentError
from handouts.basics.findings import Report
from handouts.basics.settings import as_keys
from handouts.pipeline.own_look import preflight_own
from handouts.pipeline.piece import LaidOutPiece, lay_out_piece
from handouts.tickets.piece_ticket import ImposedFile

if TYPE_CHECKING:
    from datetime import datetime

    from handouts.basics.papers import Paper
    from handouts.compose.composed import Composed
    from handouts.imposition.schemes import ImpositionOrder
    from handouts.load.content import LoadedContent


@dataclass(frozen=True, slots=True)
class Companions:
    """Makes a piece's file and those that go with it."""

    loaded: LoadedContent
    moment: datetime | None
    copies: int | None
    """How many are ordered of a press file, for its ticket."""

    def lay_out(self, piece: Composed) -> LaidOutPiece:
        """Lay out a piece and what goes with it; where anything is wrong, the report says so.

        Raises:
            MachineError: a library or a font is missing.

        """
        result = lay_out_piece(self.loaded, self.moment, piece)
        if not result.report.errors and (order := self._order(piece)) is not None:
            result = self._with_sheets(piece, result, order)
        if not result.report.errors and piece.profile is Profile.PRESS:
            result = self._with_ticket(piece, result)
        return result

    def _order(self, piece: Composed) -> ImpositionOrder | None:
        """Give the order to impose a piece; one that is reflowed is no longer that piece."""
        imposition = self.loaded.content.handouts[piece.piece].imposition
        if imposition is None or piece.profile is Profile.SCREEN or piece.reflowed:
            return None
        return imposition.order

    def _with_sheets(
        self, piece: Composed, result: LaidOutPiece, order: ImpositionOrder
    ) -> LaidOutPiece:
        from handouts.pdf.finish.trim_marks import folds_pt  # noqa: PLC0415 - seldom needed
        from handouts.pdf.sheets.imposed import imposed_own  # noqa: PLC0415
        from handouts.pipeline.sheet_words import sheet_words  # noqa: PLC0415

        folds = [folds_pt(piece, page) for page in range(result.pages)]
        try:
            data, plan = imposed_own(result.pdf, order, sheet_words, folds)
        except ContentError as error:
            at = self.loaded.place(("handouts", piece.piece, "imposition"), key=True)
            place = replace(at, piece=piece.label)
            findings = tuple(
                replace(found, place=place, mend=as_keys(found.mend))
                for found in error.report.findings
            )
            return replace(result, report=result.report + Report(findings))
        stem = PurePath(file_name(piece, self.loaded.content.clinic.paper)).stem
        result = replace(result, beside={**result.beside, f"{stem}-imposed.pdf": data})
        if piece.profile is not Profile.PRESS:
            return result
        looked = preflight_own(data, piece, imposed=True)
        sheets = ImposedFile(
            f"{stem}-imposed.pdf", sha256(data), str(order.sheet), len(plan.sheets),
            plan.flip, looked.passed,
        )  # fmt: skip
        return replace(result, report=result.report + looked.report, imposed=(sheets,))

    def _with_ticket(self, piece: Composed, result: LaidOutPiece) -> LaidOutPiece:
        from handouts.pdf.finish.inks import read_condition  # noqa: PLC0415
        from handouts.tickets.piece_ticket import (  # noqa: PLC0415 - only for a press
            PressFile,
            compose_ticket,
            ticket_data,
        )

        name = file_name(piece, self.loaded.content.clinic.paper)
        condition = read_condition(piece.press_profile)
        file = PressFile(
            name=name,
            sha256=sha256(result.pdf),
            pages=result.pages,
            inks=result.inks,
            condition=f"{condition.identifier}: {condition.description}",
            passed=result.passed,
            imposed=result.imposed,
            copies=self._copies(piece),
        )
        ticket = lay_out_piece(self.loaded, self.moment, compose_ticket(self.loaded, piece, file))
        data = ticket_data(self.loaded, piece, file)
        stem = PurePath(name).stem
        return replace(
            result,
            report=result.report + ticket.report,
            beside={
                **result.beside,
                f"{stem}-ticket.pdf": ticket.pdf,
                f"{stem}-ticket.json": (
                    json.dumps(data, indent=1, ensure_ascii=False) + "\n"
                ).encode(),
            },
        )

    def _copies(self, piece: Composed) -> int | None:
        """Give how many are ordered: as asked for now, or as the content says with its sheets."""
        imposition = self.loaded.content.handouts[piece.piece].imposition
        if self.copies is not None or imposition is None or imposition.copies == 1:
            return self.copies
        return imposition.copies

    def inputs(self, piece: Composed) -> tuple[str, ...]:
        """Give what the companions of a piece follow from, beside the piece itself."""
        order = str(self._order(piece))
        if piece.profile is not Profile.PRESS:
            return (order,)
        from handouts.tickets.piece_ticket import ticket_sources  # noqa: PLC0415

        stock = self.loaded.content.handouts[piece.piece].stock_thickness
        clinic = self.loaded.content.clinic
        return (
            order,
            *ticket_sources(self.loaded),
            str(self.copies),
            str(stock),
            clinic.name,
            clinic.phone,
            str(clinic.paper),
        )


def file_name(composed: Composed, default_paper: Paper) -> str:
    """Name a piece's file; what is not the default adds its word."""
    paper = "" if composed.paper is default_paper else f"-{composed.paper}"
    edition = "" if composed.edition is Edition.STANDARD else f"-{composed.edition}"
    profile = "" if composed.profile is Profile.OFFICE else f"-{composed.profile}"
    return f"{composed.piece}{paper}{edition}{profile}.pdf"
