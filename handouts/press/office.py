"""The office file: the page is the trimmed sheet, and the printer is told how to print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Dictionary, Name

if TYPE_CHECKING:
    from datetime import datetime

    from pikepdf import Pdf

    from handouts.compose.compose import Composed


class Office:
    """Makes the file for the front desk's printer."""

    def complete(self, pdf: Pdf, composed: Composed, moment: datetime) -> None:  # noqa: ARG002
        """Set the trim, and the hints for a printer."""
        for page in pdf.pages:
            page.trimbox = page.mediabox
        pdf.Root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True,
            PrintScaling=Name("/None"),
            Duplex=Name.DuplexFlipShortEdge if composed.folded else Name.DuplexFlipLongEdge,
            PickTrayByPDFSize=True,
        )
