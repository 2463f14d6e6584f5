"""What the press file of a run says of itself, once for all its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pikepdf import Dictionary, Pdf, String

from handouts import __version__
from handouts.pdf.finish.press_file import name_standard
from handouts.pdf.pages.plain import plain_root

if TYPE_CHECKING:
    from datetime import datetime

    from handouts.pdf.finish.inks import Condition
    from handouts.pdf.pages.plain import PlainRoot


@dataclass(frozen=True, slots=True)
class ToldOfRun:
    """What a run's press file says of itself; nothing of it is a patient's."""

    title: str
    author: str
    language: str
    content_hash: str
    """Of all that is in the run."""
    proof: bool
    label: str = "run"


def press_root(told: ToldOfRun, condition: Condition, moment: datetime) -> PlainRoot:
    """Give the output intent, the metadata and the document information of a run."""
    stamp = f"D:{moment:%Y%m%d%H%M%S}Z"
    with Pdf.new() as pdf:
        pdf.trailer.Info = pdf.make_indirect(
            Dictionary(
                Title=String(told.title),
                Author=String(told.author),
                Subject=String(f"Version {told.content_hash}"),
                Creator=String(f"handouts {__version__}"),
                Producer=String(f"WeasyPrint, handouts {__version__}"),
                CreationDate=String(stamp),
                ModDate=String(stamp),
            )
        )
        pdf.Root.Lang = String(told.language)
        name_standard(pdf, condition, told, moment)
        return plain_root(pdf)
