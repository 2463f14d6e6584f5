"""Prescriptions made at random, each as a sheet three ways: alone, in a run, by the engine alone.

``python tests/three_ways.py 200`` looks at so many, and says how far apart their pictures are.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, product
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
from run_tools import LOADED, print_run, sheet
from test_letters_read_back import alike, as_poppler_reads
from test_run import GOAL, LONG_WORDS, NOTE, different
from test_scripts import NAMES

from handouts.basics.choices import Diary, Edition, Layout, Profile, Side
from handouts.basics.papers import Paper
from handouts.compose.composed import SheetUse
from handouts.mail_merge.one_sheet import one_sheet
from handouts.mail_merge.rows import RunRow
from handouts.models.prescription import Prescribed
from handouts.pipeline.sheet import lay_out_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.models.prescription import PatientSheet

MOST_APART = 0.0005
"""Of a page's pixels."""
A_RUN = 24
"""Prescriptions that are looked at together."""
_GOALS = (GOAL, "Sleep.", *(str(own["goal"]) for own in LONG_WORDS if "goal" in own))
_NOTES = (NOTE, "Breathe.\nRest.", *(str(own["notes"]) for own in LONG_WORDS if "notes" in own))
_VISITS = ("December 7, 9:15 am", "Tuesday, December 1, at half past ten in the other building")
_NAMES = tuple(name for script, name in NAMES.items() if script != "markup") + tuple(
    str(own["patient"]) for own in LONG_WORDS if "patient" in own
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A prescription, and for whom its file is."""

    row: RunRow
    profile: Profile

    @property
    def told(self) -> str:
        """Say what it is, for whoever looks for it."""
        own = self.row.sheet
        kind = f"{self.profile}, {own.edition}, {own.paper}, {len(own.exercises)} exercises"
        return f"{self.row.record}: {kind}, {own.patient}"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a prescription: how far apart its pages are, and words that are not there.

    Files for screens lie in no run's file.
    """

    asked: Asked
    apart: dict[str, float]
    lost: dict[str, list[str]]


def prescriptions(seed: int, count: int) -> list[Asked]:
    """Make prescriptions up: each profile, edition and paper comes round."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    kinds = list(product(Profile, Edition, Paper))
    chance.shuffle(kinds)
    return [
        Asked(RunRow(f"{seed}-{number:03}", _sheet(chance, edition, paper)), profile)
        for number, (profile, edition, paper) in zip(range(count), cycle(kinds), strict=False)
    ]


def _sheet(chance: random.Random, edition: Edition, paper: Paper) -> PatientSheet:
    most = 2 if edition is Edition.LARGE_PRINT else len(LOADED.content.exercises)
    chosen = chance.sample(sorted(LOADED.content.exercises), chance.randint(1, most))

    def one_of(texts: tuple[str, ...]) -> str | None:
        return chance.choice(texts) if chance.random() < 0.7 else None

    return sheet(
        chance.choice(_NAMES),
        given_on=date(2026, 11, 30) + timedelta(days=chance.randrange(300)),
        clinician=chance.choice(sorted(LOADED.content.clinic.clinicians)),
        exercises=tuple(_prescribed(name, chance) for name in chosen),
        goal=one_of(_GOALS),
        notes=one_of(_NOTES),
        next_visit=one_of(_VISITS),
        edition=edition,
        paper=paper,
        layout=chance.choices((Layout.AUTO, Layout.TWO, Layout.FOUR), (4, 1, 1))[0],
        log_weeks=chance.choice((2, 3, 4)),
        log=tuple(chance.sample(tuple(Diary), chance.randint(0, 2))),
    )


def _prescribed(name: str, chance: random.Random) -> Prescribed:
    exercise = LOADED.content.exercises[name]
    side = chance.choice(tuple(Side)) if exercise.sides else None
    return Prescribed(name, exercise.dose.model_copy(update={"side": side}), None)


def three_ways(asked: list[Asked], folder: Path) -> Iterator[Seen]:
    """Make each of them three ways, and look at their pages beside one another."""
    in_runs = dict(_in_runs(asked, folder))
    for one in asked:
        ways = {"alone": (RunRow("", one.row.sheet), _alone(one))}
        if one.row.record in in_runs:
            ways["in a run"] = one.row, in_runs[one.row.record]
        apart, lost = dict[str, float](), dict[str, list[str]]()
        for way, (row, pdf) in ways.items():
            ours, engines = _Read(pdf, folder), _Read(_by_the_engine(one, row), folder)
            apart[way] = engines.apart(ours)
            lost[way] = engines.lost(ours, row.sheet)
        yield Seen(one, apart, lost)


def _alone(asked: Asked) -> bytes:
    made = one_sheet(LOADED, RunRow("", asked.row.sheet), None, SheetUse(profile=asked.profile))
    assert not made.report.errors, (asked.told, made.report.errors)
    return made.pdf


def _by_the_engine(asked: Asked, row: RunRow) -> bytes:
    use = SheetUse(row.record, profile=asked.profile)
    piece = lay_out_sheet(LOADED, row.sheet, None, use).piece
    assert not piece.report.errors, (asked.told, piece.report.errors)
    return piece.pdf


def _in_runs(asked: list[Asked], folder: Path) -> Iterator[tuple[str, bytes]]:
    """Print runs, and give each row's own pages out of them."""
    for profile in (Profile.OFFICE, Profile.PRESS):
        rows = [one.row for one in asked if one.profile is profile]
        if not rows:
            continue
        path, starts = folder / f"{profile}.pdf", list[tuple[int, int]]()
        print_run(
            rows,
            path,
            loaded=LOADED,
            use=SheetUse(profile=profile),
            told=lambda row, starts=starts: starts.append((row.first_page - 1, row.sides)),
        )
        for row, (first, sides) in zip(rows, starts, strict=True):
            with pikepdf.open(path) as book:
                del book.pages[first + sides :]
                del book.pages[:first]
                own = folder / "own.pdf"
                book.save(own)
            yield row.record, own.read_bytes()


class _Read:
    """A file's pages, drawn and read."""

    def __init__(self, pdf: bytes, folder: Path) -> None:
        path = folder / "read.pdf"
        path.write_bytes(pdf)
        self.letters = as_poppler_reads(path)
        self.pages = pypdfium2.PdfDocument(pdf)

    def apart(self, other: _Read) -> float:
        """Give the share of pixels that differ on the page where most do."""
        return max(different(*pages) for pages in zip(self.pages, other.pages, strict=True))

    def lost(self, other: _Read, own: PatientSheet) -> list[str]:
        """Give what another file does not show: the person's words, and letters of any."""
        everything = "".join(other.letters)
        words = " ".join((own.patient, own.goal or "", own.notes or "", own.next_visit or ""))
        lost = [word for word in words.split() if alike(word) not in everything]
        for mine, theirs in zip(self.letters, other.letters, strict=True):
            lost += (Counter(mine) - Counter(theirs)).elements()
        return lost


def main() -> None:
    """Look at so many, and say how far apart they are."""
    asked = prescriptions(int(sys.argv[2]) if len(sys.argv) > 2 else 1, int(sys.argv[1]))
    apart: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for first in range(0, len(asked), A_RUN):
            for seen in three_ways(asked[first : first + A_RUN], Path(scratch)):
                for way, share in seen.apart.items():
                    apart.setdefault(way, []).append(share)
                if max(seen.apart.values()) > MOST_APART or any(seen.lost.values()):
                    _say(f"{seen.asked.told}: {seen.apart}, {seen.lost}")
            for way, shares in apart.items():
                over = sum(share > MOST_APART for share in shares)
                _say(f"{way}: {len(shares)} seen, at most {max(shares):.4%} apart, {over} over")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
