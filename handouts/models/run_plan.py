"""A plan of a whole print run: what is printed, in which order, and how it is put together."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from handouts.basics.choices import Edition, Flip, Profile, SchemeName, Sort
from handouts.basics.papers import Paper, Sheet
from handouts.basics.settings import as_keys
from handouts.imposition.schemes import UnfitSettingError, scheme_called
from handouts.imposition.what_fits import MOST_COPIES
from handouts.models.base import (
    ClinicianRef,
    FileBeside,
    Model,
    PieceRef,
    ProgrammeRef,
    RosterPath,
    Text,
    YesNo,
)
from handouts.models.imposing import Written
from handouts.models.prescription import Day

MOST_PARTS = 200
_OF_ROSTERS = ("worksheet", "encoding", "columns", "sort", "defaults")
_OF_PIECES = ("edition", "paper", "copies")


Title = Annotated[Text, Field(max_length=120)]
"""As much as fits on a separator sheet."""


class Before(StrEnum):
    """What a separator sheet lies before."""

    PART = "part"
    PROGRAMME = "programme"


def unfit(why: str, *at: str) -> PydanticCustomError:
    """Say what is wrong at a key."""
    return PydanticCustomError("unreadable", "{why}", {"why": why, "at": at})


class RunDefaults(Model):
    """What holds for rows that leave it out."""

    programme: ProgrammeRef | None = None
    """For rows that name neither a programme nor exercises."""
    clinician: ClinicianRef | None = None
    date: Day | None = None
    edition: Edition | None = None
    paper: Paper | None = None
    language: Text | None = None
    log_weeks: Annotated[int, Field(strict=True, ge=2, le=8)] | None = None


class Part(Model):
    """A part of the run: everybody's sheets from a roster, or copies of a standing piece."""

    title: Title | None = None
    """What its separator sheet and the ticket call it; the file's or the piece's name if left
    out."""
    roster: RosterPath | None = None
    """The table of people, its path seen from the plan."""
    worksheet: Text | None = None
    """For a workbook: which worksheet is read."""
    encoding: Text | None = None
    """For a text file that is not UTF-8: how its letters are written, like cp1250."""
    columns: dict[Text, Text] | None = None
    """What columns are whose headers do not say it, like name: Guest."""
    sort: Sort | None = None
    """For a roster: the order of the sheets; as the table has them where it is left out."""
    defaults: RunDefaults | None = None
    """For a roster: what holds for its rows that leave it out, before the plan's own defaults."""
    piece: PieceRef | None = None
    """A handout of the content."""
    edition: Edition | None = None
    """For a piece: how it is set; standard where it is left out."""
    paper: Paper | None = None
    """For a piece: its paper; the clinic's own where it is left out."""
    copies: Annotated[int, Field(strict=True, ge=1, le=MOST_COPIES)] | None = None
    """For a piece: how many."""

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if self.roster is None and self.piece is None:
            raise unfit('it is neither a "roster" nor a "piece"; write one of them')
        if self.roster is not None and self.piece is not None:
            raise unfit("a part is a roster or a piece; write the piece as a part of its own",
                        "piece")  # fmt: skip
        for key in _OF_ROSTERS if self.piece is not None else _OF_PIECES:
            if getattr(self, key) is not None:
                raise unfit(self._misplaced(key), key)
        if self.piece is not None and self.copies is None:
            raise unfit("how many copies? Write, for example, copies: 400", "piece")
        return self

    def _misplaced(self, key: str) -> str:
        if self.piece is not None:
            return "this is for a roster; take it out"
        if key == "copies":
            return 'copies of a sheet stand in the roster, in a column "copies"; take it out'
        return "for a roster, write it below defaults:"


class RunImposition(Model):
    """How the sheets of the run lie on larger ones."""

    scheme: Literal[
        SchemeName.TWO_UP,
        SchemeName.THREE_UP,
        SchemeName.FOUR_UP,
        SchemeName.EIGHT_UP,
        SchemeName.CUT_STACK,
    ]
    """2-up to 8-up: side by side, one after another. cut-stack: the piles that are cut, laid on
    one another, are in the run's order."""
    paper: Sheet | None = None
    """The sheet that is printed on; twice the size of the run's own where it is left out."""
    up: Literal[2, 3, 4, 8] | None = None
    """For cut-stack: how many on a sheet; 2 where it is left out."""
    flip: Flip | None = None
    """The edge about which the printer turns the sheet."""
    gutter: Written | None = None
    """Space between the sheets."""
    marks: YesNo | None = None
    """Marks where to cut; if the sheet has room where it is left out."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        try:
            scheme_called(self.scheme, up=self.up or self.default_up, gutter=self.gutter)
        except UnfitSettingError as error:
            raise unfit(as_keys(str(error)), error.setting) from None
        return self

    @property
    def default_up(self) -> int | None:
        """How many lie on a sheet where that is left out and the scheme does not say it."""
        return 2 if self.scheme is SchemeName.CUT_STACK else None


class RunPlan(Model):
    """A whole event in one file: rosters and standing pieces in the order of printing."""

    title: Title
    """The event; on separator sheets and the ticket."""
    content: FileBeside | None = None
    """The clinic's content, its path seen from the plan; content.yaml where it is left out."""
    output: FileBeside | None = None
    """The file that is written, seen from the plan; out/run.pdf where it is left out."""
    profile: Profile = Profile.OFFICE
    """office: the front desk's printer or a copy shop, in RGB. press: a print shop, in its inks,
    with bleed and marks."""
    defaults: RunDefaults = RunDefaults()
    """What holds for rows of every roster that leave it out."""
    parts: Annotated[tuple[Part, ...], Field(min_length=1, max_length=MOST_PARTS)]
    """What is printed, in this order."""
    separators: tuple[Before, ...] = ()
    """Separator sheets, to be taken out: before each part, before each programme, or both."""
    chunk: Annotated[int, Field(strict=True, ge=1, le=1_000_000)] | None = None
    """How many sheets go into a file; all into one where it is left out."""
    imposition: RunImposition | None = None
    """How the sheets are also written on larger ones."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.output is not None and not self.output.lower().endswith(".pdf"):
            raise unfit("the name of the file ends in .pdf", "output")
        if self.profile is Profile.SCREEN:
            raise unfit("a run is printed; write office or press", "profile")
        if Before.PROGRAMME in self.separators:
            for index, part in enumerate(self.parts):
                if part.roster is not None and part.sort is not Sort.PROGRAMME:
                    why = "separators before each programme want sort: programme"
                    raise PydanticCustomError(
                        "unreadable", "{why}", {"why": why, "at": ("parts", index, "roster")}
                    )
        return self
