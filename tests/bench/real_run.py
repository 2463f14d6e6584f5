"""A real run: 1,000 mixed rows from a spreadsheet to one file, and what came of each row.

The people are made up. ``--write`` puts what was seen into docs/real-run.md and a picture of
pages drawn at random beside it.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "real-run.md"
PICTURE = ROOT / "docs" / "measured" / "real-run.png"
ROWS = 1000
SEED = 20261123
SHOWN, ACROSS = 12, 4
HEADER = ("id", "name", "programme", "exercises", "side", "hold", "edition", "paper", "date",
          "next visit", "goal", "note for the patient", "copies")  # fmt: skip
NAMES = (
    ("James", "Zoë", "Seán", "Maria", "Anaïs"), ("Sample", "Example", "O'Sample", "Ørsted",
     "Placeholder-Testington"),
    ("Łukasz", "Sofía", "Gülşen"), ("Żółć", "García Sample", "van der Muster"),
    ("Thị Ánh", "Nguyệt"), ("Nguyễn Sample",),
    ("محمد", "فاطمة"), ("الأحمد",),
    ("小龙", "美玲"), ("李",),
    ("अनुष्का",), ("शर्मा",),
    ("Ксения", "Пример"), ("Образцова",),
    ("Ωμέγα",), ("Παράδειγμα",),
)  # fmt: skip
"""First and last names by script; most are Latin."""
GOALS = ("Sleep through the night.", "Look over my shoulder when I drive.", "Read for an hour.",
         "Carry my granddaughter down to the garden again.")  # fmt: skip
NOTES = ("Start gently.", "Call us if your headache changes.", "One a day is fine at first.",
         "Use a rolled towel instead of the ball.\nStop after one minute.")  # fmt: skip
BAD = ({"programme": "neck-start"}, {"name": ""}, {"hold": "5 h"}, {"copies": "0"})
"""What is wrong with a row in a hundred."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run was seen to do."""

    cold_s: float
    warm_s: float
    size: int
    printed: int
    sheets: int
    pages: int
    layouts: int
    alone: int
    failed: list[int]
    bad: list[int]


def name(chance: random.Random) -> str:
    """Make up a name of one script."""
    kinds = len(NAMES) // 2
    at = 2 * chance.choices(range(kinds), (50, 20, *(5,) * (kinds - 2)))[0]
    return f"{chance.choice(NAMES[at])} {chance.choice(NAMES[at + 1])}"


def roster(chance: random.Random) -> list[dict[str, str]]:
    """Make the rows of a health fair: mostly a programme, some with exercises of their own."""
    rows = []
    for number in range(1, ROWS + 1):
        own = chance.random() < 0.35
        exercise = chance.choice(
            ("levator-scapulae-stretch", "upper-trapezius-stretch", "open-book")
        )
        side = chance.choice(("left", "right", "each"))
        row = dict.fromkeys(HEADER, "") | {
            "id": f"fair-{number:04}",
            "name": name(chance),
            "programme": "" if own else chance.choice(("neck-and-head-start", "all-four")),
            "exercises": f"{exercise}:side={side}; suboccipital-release" if own else "",
            "edition": chance.choices(("", "large-print", "ink-saver"), (88, 6, 6))[0],
            "paper": chance.choices(("", "a4"), (80, 20))[0],
            "date": "2026-11-28",
            "next visit": chance.choices(("", f"December {chance.randrange(1, 29)}"), (60, 40))[0],
            "goal": chance.choices(("", chance.choice(GOALS)), (50, 50))[0],
            "note for the patient": chance.choices(("", chance.choice(NOTES)), (70, 30))[0],
            "copies": chance.choices(("1", "2"), (97, 3))[0],
        }
        if number % 100 == 50:
            row |= BAD[number // 100 % len(BAD)]
            row["exercises"] = "levator-scapulae-stretch:side=left" if "hold" in row else ""
        rows.append(row)
    return rows


def print_run(folder: Path) -> float:
    """Print the roster by the command line, and give the seconds from the shell to the file."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "handouts", "batch", str(folder / "people.csv"), "--content",
         str(ROOT / "content.yaml"), "-o", str(folder / "run.pdf"), "--json"],
        env=os.environ | {"XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )  # fmt: skip
    (folder / "said.json").write_bytes(done.stdout)
    if done.returncode != 6:
        raise SystemExit(f"exit {done.returncode}: {done.stderr.decode()[-2000:]}")
    return time.perf_counter() - start


def look(folder: Path, rows: list[dict[str, str]]) -> tuple[int, int]:
    """See that each row's own words stand on its own front, once a copy, and nobody else's do.

    Gives the sheets and the pages.
    """
    manifest = json.loads((folder / "run-manifest.json").read_text("utf-8"))
    document = pypdfium2.PdfDocument(folder / "run.pdf")
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    fronts = {sheet["first_page"]: sheet["record_id"] for sheet in manifest["sheets"]}
    for page, record in fronts.items():
        if record not in texts[page - 1] or page % 2 == 0:
            raise SystemExit(f"{record} is not on the front of page {page}")
    told = [number for number, text in enumerate(texts, 1) if "fair-" in text]
    if told != sorted(fronts):
        raise SystemExit("a front is not in the manifest")
    wanted = Counter({row["id"]: int(row["copies"]) for row in rows if row["copies"].isdigit()})
    printed = Counter(fronts.values())
    if any(printed[record] != wanted[record] for record in printed):
        raise SystemExit("a sheet is lost, or there twice")
    names = {row["id"]: row["name"] for row in rows}
    for page, record in fronts.items():
        if names[record].isascii() and names[record] not in texts[page - 1]:
            raise SystemExit(f"{record} has another's name")
    pages = len(document)
    document.close()
    return len(fronts), pages


def measure(folder: Path) -> Seen:
    """Print the roster with no layout kept, then again, and look at what came of it."""
    rows = roster(random.Random(SEED))  # noqa: S311 - no secret
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(rows)
    cold = print_run(folder)
    first = (folder / "run.pdf").read_bytes()
    warm = print_run(folder)
    if first != (folder / "run.pdf").read_bytes():
        raise SystemExit("the second run gave other bytes")
    said = json.loads((folder / "said.json").read_bytes())
    sheets, pages = look(folder, rows)
    with (folder / "run-failed.csv").open(encoding="utf-8-sig", newline="") as file:
        failed = [int(row["id"][-4:]) for row in csv.DictReader(file)]
    bad = [number for number in range(1, ROWS + 1) if number % 100 == 50]
    printed = len({sheet["record_id"] for sheet in json.loads(
        (folder / "run-manifest.json").read_text("utf-8"))["sheets"]})  # fmt: skip
    if failed != bad or printed + len(failed) != ROWS:
        raise SystemExit(f"failed: {failed}, wanted {bad}; {printed} printed")
    return Seen(cold, warm, len(first), printed, sheets, pages, said["layouts"],
                said["laid_out_alone"], failed, bad)  # fmt: skip


def draw(folder: Path, picture: Path) -> list[int]:
    """Draw pages at random onto one picture; gives their numbers."""
    document = pypdfium2.PdfDocument(folder / "run.pdf")
    chosen = sorted(random.Random(SEED).sample(range(len(document)), SHOWN))  # noqa: S311
    drawn = [document[number].render(scale=0.75).to_pil() for number in chosen]
    wide, high = (max(size) for size in zip(*(one.size for one in drawn), strict=True))
    whole = Image.new("RGB", ((wide + 12) * ACROSS, (high + 12) * (SHOWN // ACROSS)), "#777")
    for index, one in enumerate(drawn):
        whole.paste(one, (index % ACROSS * (wide + 12) + 6, index // ACROSS * (high + 12) + 6))
    whole.quantize(200).save(picture, optimize=True)
    document.close()
    return [number + 1 for number in chosen]


def report(seen: Seen) -> str:
    """Write what was seen as a table."""
    return "\n".join(
        (
            "| What | Seen |",
            "|---|---|",
            f"| rows | {ROWS:,} |",
            f"| rows printed | {seen.printed:,} |",
            f"| rows given back to be mended | {len(seen.failed)} (all {len(seen.bad)} bad ones) |",
            f"| sheets, copies counted | {seen.sheets:,} |",
            f"| pages in the file, blank backs counted | {seen.pages:,} |",
            f"| layouts | {seen.layouts} |",
            f"| sheets laid out alone | {seen.alone} |",
            f"| file | {seen.size / 1e6:.1f} MB |",
            f"| first run, nothing kept | {seen.cold_s:.1f} s |",
            f"| the same again | {seen.warm_s:.1f} s, the same bytes |",
        )
    )


def main() -> None:
    """Print the table, and write it where that is asked for."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        seen = measure(folder)
        print(report(seen))
        if "--write" in sys.argv[1:]:
            pages = draw(folder, PICTURE)
            before, _, rest = PAGE.read_text("utf-8").partition("<!-- seen -->\n")
            after = rest.partition("<!-- end -->\n")[2]
            shown = f"Pages {', '.join(map(str, pages))}, drawn at random:\n"
            shown += "\n![twelve pages of the run](measured/real-run.png)\n"
            PAGE.write_text(
                f"{before}<!-- seen -->\n{report(seen)}\n\n{shown}<!-- end -->\n{after}", "utf-8"
            )


if __name__ == "__main__":
    main()
