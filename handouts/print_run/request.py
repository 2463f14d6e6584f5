"""What is asked of a print run, and the names of the files that it writes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place, Report
from handouts.basics.plain_files import place_of
from handouts.basics.settings import Setting, named
from handouts.intake.roster.columns import SaidColumns
from handouts.intake.roster.reading import AS_FOUND, Reading
from handouts.load.prescription import prescription_from_choices
from handouts.models.run_plan import RunDefaults
from handouts.wording.which import other_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handouts.basics.choices import Apart, Profile, Sort
    from handouts.load.content import LoadedContent
    from handouts.load.prescription import Layer

USUAL_CONTENT = Path("content.yaml")
USUAL_TARGET = Path("out/run.pdf")


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What is to be printed, and how."""

    source: Path
    """A roster, or a plan."""
    content: Path | None = None
    """None where the plan names it, or it is the usual one."""
    target: Path | None = None
    reading: Reading = AS_FOUND
    """What is said of a roster; a plan says it of each of its own."""
    sort: Sort | None = None
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """What holds for rows that leave it out, by a prescription's keys."""
    sheets_a_file: int | None = None
    """None puts all into one file, or as many as the plan says."""
    impose: str | None = None
    """The name of a scheme."""
    resume: bool = False
    strict: bool = False
    each: Path | None = None
    """A folder for a file a person."""
    with_names: bool = False
    """Whether the manifest holds names."""
    profile: Profile | None = None
    """None is an office's, or the plan's."""
    proof: bool = False
    """Whether a press file is for looking at alone."""
    split: tuple[Apart, ...] = ()
    """By what the sheets are put into files of their own as well."""
    proof_sheet: bool = False
    """Whether nothing is written but a page with the names that most likely go wrong."""
    only: tuple[range, ...] = ()
    """Sheets of a run that was printed, by their numbers in its manifest, to be printed again."""
    only_ids: tuple[str, ...] = ()
    """The same, by their record ids."""

    @property
    def is_plan(self) -> bool:
        """Whether the source is a plan of a whole event."""
        return self.source.suffix.lower() in {".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class RunFiles:
    """The files of a run, all beside one another."""

    target: Path
    chunked: bool
    rosters: tuple[int, ...]
    """The numbers of the parts that are rosters."""

    def only_some(self) -> RunFiles:
        """Give the files of some of the run's sheets, which lie beside its own."""
        return replace(self, target=self._beside(f"-only{self.target.suffix}"), chunked=False)

    def chunk(self, number: int) -> Path:
        """Where the sheets of one file of several go; numbers count from 1."""
        return self._beside(f"-{number}{self.target.suffix}") if self.chunked else self.target

    def imposed(self, path: Path) -> Path:
        """Where a file's sheets go when they lie on larger ones."""
        return path.with_name(f"{path.stem}-imposed{path.suffix}")

    @property
    def manifest(self) -> Path:
        """The list of what stands where, for a spreadsheet."""
        return self._beside("-manifest.csv")

    @property
    def manifest_json(self) -> Path:
        """The same list, for a program."""
        return self._beside("-manifest.json")

    @property
    def ticket(self) -> Path:
        """What the printer has to know, on a page."""
        return self._beside("-ticket.pdf")

    @property
    def ticket_json(self) -> Path:
        """The same, for a program."""
        return self._beside("-ticket.json")

    @property
    def proof_sheet(self) -> Path:
        """The page with the names that most likely go wrong."""
        return self._beside("-proof-sheet.pdf")

    def pile(self, name: str, end: str) -> Path:
        """A file of a pile that a printer needs apart, by the pile's name and the file's end."""
        return self._beside(f"-{name}{end}")

    def failed(self, part: int) -> Path:
        """The rows of a roster that are not printed, to be mended."""
        number = f"-part-{part}" if len(self.rosters) > 1 else ""
        return self._beside(f"{number}-failed.csv")

    def _beside(self, end: str) -> Path:
        return self.target.with_name(self.target.stem + end)

    def refuse_overwriting(self, read: tuple[Path, ...]) -> None:
        """Refuse a run that would write over what it reads.

        Raises:
            ContentError: with each file that would be lost.

        """
        first = self.chunk(1)
        written = (
            self.target, first, self.imposed(first), self.manifest, self.manifest_json,
            self.ticket, self.ticket_json, *map(self.failed, self.rosters),
        )  # fmt: skip
        known = {place_of(path) for path in read}
        findings = tuple(
            Finding(
                "this run would write over a file that it reads",
                "",
                f"give the run another name with {named(Setting.OUTPUT)}",
                Place(file=str(path)),
            )
            for path in dict.fromkeys(written)
            if place_of(path) in known
        )
        if findings:
            raise ContentError(Report(findings))


DEFAULTS = tuple(RunDefaults.model_fields)
"""What can hold for rows that leave it out, by a prescription's keys."""


def defaults_said(layers: Iterable[Layer]) -> dict[str, str]:
    """Give what defaults say, by a prescription's keys; a later one goes before an earlier one."""
    return {
        key: str(value)
        for layer in layers
        for key in DEFAULTS
        if (value := getattr(layer.prescription, key)) is not None
    }


def defaults_layer(defaults: Mapping[str, Any], loaded: LoadedContent) -> tuple[Layer, ...]:
    """Read the options that hold for rows which leave them out; ``defaults`` are by their keys.

    Raises:
        ContentError: one of them can't be read, or names what the content has not.

    """
    if not defaults:
        return ()
    layer = prescription_from_choices(defaults, (), loaded)
    if fault := other_language(loaded.content.language, layer.prescription.language):
        what, mend = fault
        raise ContentError.because(what, mend=mend, place=layer.place("language"))
    return (layer,)


def reading_of(
    worksheet: str = "", encoding: str = "", columns: Iterable[tuple[str, str]] = ()
) -> Reading:
    """Put together what is said of a roster; ``columns`` are meanings, each with its header."""
    return Reading(worksheet, encoding, SaidColumns(tuple(columns)))
