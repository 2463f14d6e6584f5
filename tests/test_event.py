"""A whole event from a plan: every part in its place, counted, and fit for the printer."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import stat
import subprocess
from typing import TYPE_CHECKING, Any

import jsonschema
import numpy as np
import pypdfium2
import pytest
import yaml
from conftest import files_below
from hypothesis import given
from hypothesis import strategies as st
from pdf_tools import change, set_at
from processes import held

from handouts.basics.papers import SHEETS, Paper
from handouts.mail_merge.rows import KeptPage
from handouts.print_run.items import Chunks, ItemKind, PrintItem

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder, Outcome

HEAD = "id,name,programme,exercises,side,note for the patient,date,edition"
ADA = "r-1,Quizzyla Vexworth,,suboccipital-release,,,,"
BEN = "r-2,Bartholo Kumquat,neck-and-head-start,,each,,,"
CLEO = "r-3,Amaryllis Oxbow,,suboccipital-release,,,,"
BAD = "r-4,Jabberwock Wyvern,no-such-programme,,,,,"
NO_GLYPH = "r-5,Flumph \U00013000,,suboccipital-release,,,,"
CANARIES = ("Quizzyla", "Vexworth", "Kumquat", "Oxbow", "Jabberwock", "Wyvern", "Flumph")
INCH = 72


pytestmark = pytest.mark.usefixtures("shared_cache")


def roster(clinic: ClinicFolder, *rows: str, name: str = "people.csv") -> None:
    (clinic.path / name).write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")


def plan(clinic: ClinicFolder, data: dict[str, Any] | str, *options: str) -> Outcome:
    text = data if isinstance(data, str) else yaml.safe_dump(data, sort_keys=False)
    (clinic.path / "run.yaml").write_text(text, encoding="utf-8")
    return clinic.run("batch", "run.yaml", *options)


def texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def picture(path: Path, page: int) -> Any:
    return pypdfium2.PdfDocument(path)[page].render(scale=1).to_numpy()[:, :, :3].astype(int)


def unlike(one: Any, other: Any) -> float:
    """Say how much of two pictures differs, edges of letters left aside."""
    height, width = (side // 4 * 4 for side in one.shape[:2])
    blocks = (
        np.asarray(p)[:height, :width].reshape(height // 4, 4, width // 4, 4, 3).mean(axis=(1, 3))
        for p in (one, other)
    )
    first, second = blocks
    return float((np.abs(first - second).max(axis=2) > 40).mean())


EVENT = {
    "title": "Health fair",
    "parts": [
        {"roster": "people.csv"},
        {"piece": "brochure", "copies": 3},
        {"roster": "people.csv", "title": "Once more"},
        {"piece": "testimonials", "copies": 2},
    ],
}


def test_parts_lie_in_their_order_and_are_counted(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA, BEN, BAD)
    outcome = plan(clinic_folder, EVENT, "--each", "each")
    assert outcome.code == 6, outcome.err
    pages = texts(clinic_folder.out / "run.pdf")
    lines = table(clinic_folder.out / "run-manifest.csv")
    assert [(line["part"], line["kind"], line["record id"] or line["piece"]) for line in lines] == [
        ("1", "sheet", "1-r-1"), ("1", "sheet", "1-r-2"),
        ("2", "piece", "brochure"), ("2", "piece", "brochure"), ("2", "piece", "brochure"),
        ("3", "sheet", "3-r-1"), ("3", "sheet", "3-r-2"),
        ("4", "piece", "testimonials"), ("4", "piece", "testimonials"),
    ]  # fmt: skip
    for line in lines:
        first = int(line["first page"])
        assert first % 2 == 1, "every sheet begins on a front"
        front = squeezed(pages[first - 1])
        marks = {
            "brochure": "Book a visit",
            "testimonials": "two people say",
            "": line["record id"],
        }
        assert marks[line["piece"]] in front
    layouts = {(line["part"], line["layout"]) for line in lines}
    assert len(layouts) == 6
    assert all(re.fullmatch(r"[0-9a-f]{12}", layout) for _, layout in layouts)
    assert lines[0]["layout"] == lines[5]["layout"]
    told = json.loads((clinic_folder.out / "run-manifest.json").read_text(encoding="utf-8"))
    assert [part["sheets"] for part in told["parts"]] == [2, 3, 2, 2]
    assert [part["failed_rows"] for part in told["parts"]] == [[4], [], [4], []]
    assert told["sheets_of_paper"] == {"4x9 in": 2, "letter": 7}
    assert sum(part["sides"] for part in told["parts"]) == told["sides"] == len(lines) * 2
    names = {path.name for path in (clinic_folder.path / "each").iterdir()}
    assert names == {f"{part}-r-{row}.pdf" for part in (1, 3) for row in (1, 2)}
    assert [row["row"] for row in table(clinic_folder.out / "run-part-3-failed.csv")] == ["4"]


def test_a_landscape_piece_is_backed_up_right_among_portrait_sheets(
    clinic_folder: ClinicFolder,
) -> None:
    """Flipped on the long edge, the brochure's top is the same physical edge on both sides."""
    parts = {"title": "Fair", "parts": [{"piece": "brochure", "copies": 2}]}
    assert plan(clinic_folder, parts).code == 0
    assert clinic_folder.run("build", "brochure").code == 0
    for page, turns in ((0, -1), (1, 1), (2, -1), (3, 1)):
        upright = picture(clinic_folder.out / "brochure.pdf", page % 2)
        turned = picture(clinic_folder.out / "run.pdf", page)
        assert turned.shape[0] > turned.shape[1]
        assert unlike(np.rot90(upright, turns), turned) < 0.02
        assert unlike(np.rot90(upright, -turns), turned) > 0.1


def test_copies_cost_no_more_than_their_pages(clinic_folder: ClinicFolder) -> None:
    sizes = []
    for copies in (4, 404):
        parts = {"title": "Fair", "parts": [{"piece": "explainer", "copies": copies}]}
        assert plan(clinic_folder, parts).code == 0
        sizes.append((clinic_folder.out / "run.pdf").stat().st_size)
        assert sum(1 for _ in pypdfium2.PdfDocument(clinic_folder.out / "run.pdf")) == 2 * copies
    assert sizes[1] - sizes[0] < 400 * 100


def test_a_row_goes_before_its_part_and_that_before_the_options_and_the_plan(
    clinic_folder: ClinicFolder,
) -> None:
    roster(clinic_folder, ADA, "r-9,Own Day,,suboccipital-release,,,2026-11-23,large-print")
    data = {
        "title": "Fair",
        "defaults": {"date": "2026-11-20", "edition": "ink-saver"},
        "parts": [
            {"roster": "people.csv"},
            {"roster": "people.csv", "defaults": {"date": "2026-11-22"}},
        ],
    }
    for options, expected in (
        ((), ["20", "23", "22", "23"]),
        (("--date", "2026-11-21"), ["21", "23", "22", "23"]),
    ):
        assert plan(clinic_folder, data, *options).code == 0
        fronts = [text for text in texts(clinic_folder.out / "run.pdf") if "No. " in text]
        assert [re.search(r"November (\d\d), 2026", text)[1] for text in fronts] == expected  # type: ignore[index]
        editions = [line["edition"] for line in table(clinic_folder.out / "run-manifest.csv")]
        assert editions == ["ink-saver", "large-print"] * 2
    assert clinic_folder.run("batch", "people.csv", "--edition", "ink-saver").code == 0
    lines = table(clinic_folder.out / "run-manifest.csv")
    assert [line["edition"] for line in lines] == ["ink-saver", "large-print"]
    assert "December 1, 2026" in texts(clinic_folder.out / "run.pdf")[0], "today"


def test_a_clinician_can_be_named_for_all(clinic_folder: ClinicFolder) -> None:
    def second(data: dict[str, Any]) -> None:
        people = data["clinic"]["clinicians"]
        people["sam"] = {**next(iter(people.values())), "name": "Sam Second"}

    change(clinic_folder, second)
    roster(clinic_folder, ADA)
    assert clinic_folder.run("batch", "people.csv").finding_with('no column "clinician"')
    assert clinic_folder.run("batch", "people.csv", "--clinician", "sam").code == 0
    assert "Sam Second" in texts(clinic_folder.out / "run.pdf")[0]
    unknown = clinic_folder.run("batch", "people.csv", "--clinician", "sma")
    assert unknown.code == 3
    unknown.the_error("--clinician", "no clinician", '"sam"')
    other = clinic_folder.run("batch", "people.csv", "--clinician", "sam", "--language", "fr")
    other.the_error("--language", "written in en-US")


def test_a_programme_can_be_given_to_all_who_have_none(clinic_folder: ClinicFolder) -> None:
    (clinic_folder.path / "people.csv").write_text(
        "name,exercises\nQuizzyla Vexworth,\nBartholo Kumquat,suboccipital-release\n", "utf-8"
    )
    data = {
        "title": "Fair",
        "defaults": {"programme": "all-four"},
        "parts": [
            {"roster": "people.csv"},
            {"roster": "people.csv", "defaults": {"programme": "neck-and-head-start"}},
        ],
    }
    assert plan(clinic_folder, data).code == 0
    exercises = [
        len(line["exercises"].split()) for line in table(clinic_folder.out / "run-manifest.csv")
    ]
    assert exercises == [4, 1, 3, 1]
    (clinic_folder.path / "names.csv").write_text("name\nQuizzyla Vexworth\n", "utf-8")
    refused = clinic_folder.run("batch", "names.csv")
    assert refused.finding_with('no column "programme" or "exercises"')
    assert clinic_folder.run("batch", "names.csv", "--programme", "all-four").code == 0
    unknown = clinic_folder.run("batch", "names.csv", "--programme", "all-for")
    assert unknown.code == 3
    unknown.the_error("--programme", "no programme", '"all-four"')


def test_mended_rows_print_with_what_held_for_them(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA)
    roster(clinic_folder, BAD, BEN, name="late.csv")
    data = {
        "title": "Fair",
        "defaults": {"date": "2026-11-20", "edition": "ink-saver"},
        "parts": [
            {"roster": "people.csv"},
            {"roster": "late.csv", "defaults": {"edition": "large-print", "log_weeks": 3}},
        ],
    }
    outcome = plan(clinic_folder, data)
    assert outcome.code == 6
    failed = clinic_folder.out / "run-part-2-failed.csv"
    failed.write_text(
        failed.read_text("utf-8-sig").replace("no-such-programme", "all-four"), "utf-8"
    )
    command = next(line for line in outcome.out.splitlines() if "handouts batch" in line)
    again = clinic_folder.run(*shlex.split(command)[1:])
    assert again.code == 0, again.err
    (line,) = table(clinic_folder.out / "run-part-2-mended-manifest.csv")
    assert (line["record id"], line["edition"]) == ("r-4", "large-print")
    text = " ".join(texts(clinic_folder.out / "run-part-2-mended.pdf"))
    assert "November 20, 2026" in text
    assert text.count("All exercises") == 3, "a week each"


SEPARATED = {
    "title": "Health fair",
    "parts": [
        {"roster": "people.csv", "sort": "programme"},
        {"piece": "explainer", "copies": 2},
    ],
    "separators": ["part", "programme"],
}


def test_separators_say_what_lies_behind_them(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA, NO_GLYPH, BEN, CLEO)
    assert plan(clinic_folder, SEPARATED).code == 6
    pages = texts(clinic_folder.out / "run.pdf")
    lines = table(clinic_folder.out / "run-manifest.csv")
    first = [int(line["first page"]) for line in lines if line["kind"] == "separator"]
    assert len(first) == 3
    assert [page for page, text in enumerate(pages, 1) if "Divider: take it out" in text] == first
    for page in first:
        assert page % 2 == 1
        assert pages[page] == "", "the back is blank"
        assert not [word for word in CANARIES if word in pages[page - 1]]
    one, two, three = (squeezed(pages[page - 1]) for page in first)
    assert "Part 1 of 2 people.csv Sheets and copies 3" in one
    assert "Paper, without dividers letter: 3" in one
    assert "Pages, with dividers 3 to 10" in one
    assert "Programme Neck and head: a start Sheets and copies 1" in one
    assert "Pages, with dividers 3 to 4" in one
    assert "Exercises of their own Sheets and copies 2" in two
    assert "Pages, with dividers 7 to 10" in two
    assert "Part 2 of 2 explainer: " in three
    assert f"Pages, with dividers 13 to {len(pages)}" in three
    told = json.loads((clinic_folder.out / "run-manifest.json").read_text(encoding="utf-8"))
    assert told["separators"] == 3
    assert told["sheets_of_paper"] == {"letter": len(pages) // 2}


def test_separators_are_of_the_size_of_what_follows(clinic_folder: ClinicFolder) -> None:
    parts = [
        {"piece": "testimonials", "copies": 2, "title": "Cards " + "for the long table " * 5},
        {"piece": "explainer", "copies": 1},
        {"piece": "testimonials", "copies": 1, "paper": "a4"},
    ]
    data = {"title": "Fair " * 20, "parts": parts, "separators": ["part"]}
    assert plan(clinic_folder, data).code == 0
    path = clinic_folder.out / "run.pdf"
    document = pypdfium2.PdfDocument(path)
    sizes = [tuple(round(side / INCH, 1) for side in page.get_size()) for page in document]
    assert sizes == [(4, 9)] * 6 + [(8.5, 11)] * 4 + [(3.9, 8.3)] * 4
    numbers = [re.search(r"Divider (\d) of 3", text) for text in texts(path)]
    assert [found[1] for found in numbers if found] == ["1", "2", "3"]


def test_chunks_keep_a_separator_with_what_it_is_for(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA, CLEO, BEN)
    data = {**SEPARATED, "separators": ["part"], "chunk": 2}
    assert plan(clinic_folder, data).code == 0
    files = [texts(clinic_folder.out / f"run-{n}.pdf") for n in (1, 2, 3)]
    assert "copies 2; more in the next file" in squeezed(files[0][0])
    assert "Divider" not in files[1][0]
    assert "Part 2 of 2" in files[1][2]
    assert "copies 1; more in the next file" in squeezed(files[1][2])
    assert "Divider" not in "".join(files[2])
    ticket = squeezed(" ".join(texts(clinic_folder.out / "run-ticket.pdf")))
    assert "2 sheets a file; print the files in their order" in ticket


@given(
    kinds=st.lists(
        st.sampled_from([ItemKind.SHEET, ItemKind.PIECE, ItemKind.SEPARATOR]), max_size=40
    ),
    size=st.none() | st.integers(1, 9),
)
def test_files_of_so_many_sheets_lose_and_double_nothing(
    kinds: list[ItemKind], size: int | None
) -> None:
    items = [
        PrintItem(kind, 1, KeptPage(), "", SHEETS[Paper.A4], row=n) for n, kind in enumerate(kinds)
    ]
    files = [list(chunk) for chunk in Chunks(iter(items), size)]
    printed = [item for file in files for item in file]
    while items and items[-1].kind is ItemKind.SEPARATOR:
        items.pop()  # nothing lies behind it
    assert printed == items
    for file in filter(None, files):
        sheets = sum(item.kind is not ItemKind.SEPARATOR for item in file)
        assert 1 <= sheets <= (size or len(items))
        assert file[-1].kind is not ItemKind.SEPARATOR
        assert file is files[-1] or sheets == size


def test_the_ticket_tells_the_printer_all_and_no_patient(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA, BAD, BEN)
    data = {**EVENT, "separators": ["part"]}
    data["parts"] = EVENT["parts"][:3]
    assert plan(clinic_folder, data, "--impose", "cut-stack").code == 6
    (ticket,) = texts(clinic_folder.out / "run-ticket.pdf")
    words = squeezed(ticket)
    assert not [word for word in CANARIES if word in words]
    for wanted in (
        "Event Health fair",
        "Paper letter: 10",
        "flip on the long edge",
        "100 %",
        "3 sheets marked DIVIDER",
        "Part 1: row 3",
        "Part 3: row 3",
        "If you fold: brochure: ",
        "run-imposed.pdf: 5 sheets of tabloid, flip on the short edge",
        "lay the left one",
    ):
        assert wanted in words
    told = json.loads((clinic_folder.out / "run-ticket.json").read_text(encoding="utf-8"))
    for file in told["files"]:
        path = clinic_folder.out / file["name"]
        digest = subprocess.run(["sha256sum", path], capture_output=True, text=True, check=True)
        assert digest.stdout.split()[0] == file["sha256"]
        assert file["sha256"] in words.replace(" ", "")
        assert len(texts(path)) == file["pages"]
    for path in clinic_folder.out.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_a_plain_roster_has_a_ticket_too(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA)
    assert clinic_folder.run("batch", "people.csv").code == 0
    words = squeezed("".join(texts(clinic_folder.out / "run-ticket.pdf")))
    assert "1 people.csv 1 2 letter: 1 page 1 In all 2 letter: 1" in words


def half(path: Path, page: int, *, right: bool) -> str:
    found = pypdfium2.PdfDocument(path)[page]
    width, height = found.get_size()
    edges = (width / 2, 0, width, height) if right else (0, 0, width / 2, height)
    return str(found.get_textpage().get_text_bounded(*edges))


def ids_in(path: Path) -> list[list[str]]:
    """Give the record numbers on each half of each front, as they lie in the two piles."""
    piles: list[list[str]] = [[], []]
    for page in range(0, len(pypdfium2.PdfDocument(path)), 2):
        for side, pile in enumerate(piles):
            pile.extend(re.findall(r"\br-\d+\b", half(path, page, right=bool(side))))
    return piles


@pytest.mark.parametrize("scheme", ["2-up", "cut-stack"])
def test_imposed_sheets_come_out_in_the_order_of_the_roster(
    clinic_folder: ClinicFolder, scheme: str
) -> None:
    rows = [f"r-{n},Person {n},,suboccipital-release,,,," for n in range(1, 8)]
    roster(clinic_folder, *rows)
    outcome = clinic_folder.run("batch", "people.csv", "--impose", scheme)
    assert outcome.code == 0, outcome.err
    path = clinic_folder.out / "run-imposed.pdf"
    left, right = ids_in(path)
    wanted = [f"r-{n}" for n in range(1, 8)]
    if scheme == "cut-stack":
        assert [*left, *right] == wanted
    else:
        assert [left[0], right[0], left[1], right[1]] == wanted[:4]
        assert sorted([*left, *right]) == wanted
    for page in range(0, len(pypdfium2.PdfDocument(path)), 2):
        for right_half in (False, True):
            front = half(path, page, right=right_half)
            back = half(path, page + 1, right=not right_half)
            assert ("Page 1 of 2" in front) == ("Page 2 of 2" in back), "its own back is behind it"
    once, many = ((clinic_folder.out / name).stat().st_size for name in ("run.pdf", path.name))
    assert many < once + 7 * 4000, "what sheets share is kept once"
    for name in ("run.pdf", path.name):
        looked = clinic_folder.run("preflight", f"out/{name}", "--profile", "office")
        assert looked.code == 0, looked.err


def test_runs_on_several_papers_are_not_imposed(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA)
    data = {
        "title": "Fair",
        "parts": [{"roster": "people.csv"}, {"piece": "explainer", "paper": "a4", "copies": 2}],
        "imposition": {"scheme": "2-up"},
    }
    before = files_below(clinic_folder.path).keys()
    outcome = plan(clinic_folder, data)
    assert outcome.code == 3
    outcome.the_error("run.yaml:", "a4 in part 2; letter in part 1")
    assert files_below(clinic_folder.path).keys() - before == {"run.yaml"}
    small = {**data, "parts": data["parts"][:1], "imposition": {"scheme": "2-up", "paper": "legal"}}
    assert plan(clinic_folder, small).the_error("run.yaml:4:1", "legal has room for")


ALONE = tuple(
    f"s-{n},Ada {n},,suboccipital-release,,{'Take it slowly. ' * (40 + n)},," for n in range(2)
)
"""People whose notes decide their layouts, so that each is a part of the run."""


def test_a_stopped_event_goes_on_and_gives_the_same_bytes(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA, *ALONE)
    data = {**SEPARATED, "separators": ["part"]}
    (clinic_folder.path / "run.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    with held(clinic_folder.path, "batch", "run.yaml", "-q", at="book.pdf"):
        pass
    assert not (clinic_folder.out / "run.pdf").exists()
    for path in clinic_folder.out.rglob("*"):
        assert path.is_dir() or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert clinic_folder.run("batch", "run.yaml", "--resume").code == 0
    assert clinic_folder.run("batch", "run.yaml", "-o", "out/whole.pdf").code == 0
    one, two = ((clinic_folder.out / name).read_bytes() for name in ("run.pdf", "whole.pdf"))
    assert one == two
    assert not [path for path in clinic_folder.out.iterdir() if path.name.startswith(".")]


HEALTHY = "title: Fair\nparts:\n- {roster: people.csv}\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ["run.yaml:1:1", "the file holds no plan"]),
        ("title: Fair\n", ['"parts" is missing']),
        ("title: Fair\nparts: []\n", ["run.yaml:2:8", "give at least 1"]),
        ("parts:\n- {roster: people.csv}\n", ['"title" is missing']),
        ("title: Fair\nparts:\n- {}\n", ["run.yaml:3:", "neither"]),
        ("title: Fair\nparts:\n- {roster: gone.csv}\n", ["run.yaml:3:12", 'no file "gone.csv"']),
        ("title: Fair\nparts:\n- {roster: ../people.csv}\n", ["run.yaml:3:12", "leads out of"]),
        ("title: Fair\nparts:\n- {roster: /etc/passwd}\n", ["run.yaml:3:12", "leads out of"]),
        ("title: Fair\nparts:\n- {roster: 'https://x.org/a'}\n", ["is an address"]),
        (HEALTHY + "output: ../run.pdf\n", ["run.yaml:4:9", "leads out of"]),
        (HEALTHY + "output: run.csv\n", ["run.yaml:4:", "ends in .pdf"]),
        (HEALTHY + "content: ../content.yaml\n", ["run.yaml:4:10", "leads out of"]),
        (HEALTHY + "content: gone.yaml\n", ["can't read the file"]),
        (HEALTHY + "output: a.pdf\noutput: b.pdf\n", ["run.yaml:5:1", '"output"', "second time"]),
        (HEALTHY.replace("Fair", "Fair \U00013000"), ["run.yaml:1:8", "no font has a glyph"]),
        (HEALTHY.replace("Fair", "F" * 121), ["run.yaml:1:8", "at most 120 letters"]),
        (HEALTHY + "separator: [part]\n", ["run.yaml:4:1", '"separator"', '"separators"']),
        (HEALTHY + "separators: [parts]\n", ["run.yaml:4:14", '"part"']),
        (HEALTHY + "separators: [programme]\n", ["run.yaml:3:", "want sort: programme"]),
        (HEALTHY + "profile: screen\n", ["run.yaml:4:", "write office or press"]),
        (HEALTHY + "chunk: 0\n", ["run.yaml:4:8", "1 or more"]),
        (HEALTHY + "defaults: {clinician: nobody}\n", ["run.yaml:4:23", "no clinician"]),
        (HEALTHY + "defaults: {language: fr}\n", ["run.yaml:4:22", "written in en-US"]),
        (HEALTHY + "defaults: {date: 12/24/2026}\n", ["run.yaml:4:18", "year-month-day"]),
        (HEALTHY + "imposition: {scheme: booklet}\n", ["run.yaml:4:22", "cut-stack"]),
        (HEALTHY + "imposition: {scheme: 2-up, up: 2}\n", ["run.yaml:4:", "has no meaning"]),
        (HEALTHY.replace("}", ", copies: 2}"), ["run.yaml:3:", 'a column "copies"']),
        (HEALTHY.replace("}", ", edition: ink-saver}"), ["run.yaml:3:", "below defaults"]),
        (HEALTHY.replace("}", ", worksheets: A}"), ['"worksheets"', '"worksheet"']),
        (HEALTHY + "- {piece: brochure}\n", ["run.yaml:4:", "how many copies"]),
        (HEALTHY + "- {piece: broshure, copies: 2}\n", ["run.yaml:4:11", '"brochure"']),
        (HEALTHY + "- {piece: brochure, copies: 0}\n", ["run.yaml:4:29", "1 or more"]),
        (HEALTHY + "- {piece: brochure, copies: 10000000}\n", ["run.yaml:4:29", "100000 or less"]),
        (HEALTHY + "- {piece: brochure, copies: 2, sort: name}\n", ["this is for a roster"]),
        (HEALTHY + "- {piece: brochure, roster: people.csv, copies: 2}\n", ["of its own"]),
        (HEALTHY + "a: &a [x, x]\nb: [*a, *a]\n", ["starts with *"]),
        ("title: Fair\nparts:\n\t- {roster: people.csv}\n", ["run.yaml:3:1", "a tab"]),
        ("title: 'Fair\nparts:\n", ["a quote is opened here and not closed"]),
        (HEALTHY + "--- \ntitle: Two\n", ["a second document"]),
    ],
)
def test_a_bad_plan_is_refused_with_its_place(
    clinic_folder: ClinicFolder, text: str, wanted: list[str]
) -> None:
    roster(clinic_folder, ADA)
    outcome = plan(clinic_folder, text)
    assert outcome.code == 3, outcome
    assert outcome.finding_with(*wanted), outcome.err
    assert not clinic_folder.out.exists()


def test_all_that_is_wrong_is_told_at_once(clinic_folder: ClinicFolder) -> None:
    change(clinic_folder, set_at("clinic", "phone", to=""))
    text = "titel: Fair\nparts:\n- {roster: gone.csv}\n- {piece: brochure, copies: 0}\n"
    outcome = plan(clinic_folder, text)
    for wanted in ('"titel"', "gone.csv", "copies", "content.yaml"):
        assert outcome.finding_with(wanted), outcome.err


def test_a_plan_is_not_written_over_by_its_own_run(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA, name="run-manifest.csv")
    before = files_below(clinic_folder.path)
    text = "title: Fair\noutput: run.pdf\nparts:\n- {roster: run-manifest.csv}\n"
    outcome = plan(clinic_folder, text)
    assert outcome.code == 3
    outcome.the_error("run-manifest.csv", "write over a file that it reads")
    assert plan(clinic_folder, text, "-o", "run.yaml").code == 3
    after = files_below(clinic_folder.path)
    assert {name: after[name] for name in before} == before


def test_a_title_that_overflows_its_separator_stops_the_run_before_it_begins(
    clinic_folder: ClinicFolder,
) -> None:
    parts = [{"piece": "testimonials", "copies": 2, "title": "Mm" * 60}]
    (clinic_folder.path / "styles" / "separators.css").write_text(".title { font-size: 80pt; }")
    outcome = plan(clinic_folder, {"title": "W" * 120, "parts": parts, "separators": ["part"]})
    assert outcome.code == 4
    assert outcome.finding_with("Separator sheets", "longer than its one page")
    assert not clinic_folder.out.exists()


def test_a_piece_that_can_not_be_laid_out_stops_the_whole_run(clinic_folder: ClinicFolder) -> None:
    change(clinic_folder, set_at("handouts", "brochure", "title", to="Needling \U00013000"))
    roster(clinic_folder, ADA)
    outcome = plan(clinic_folder, EVENT)
    assert outcome.code == 4
    assert outcome.finding_with("brochure", "no font has a glyph")
    assert not clinic_folder.out.exists()


def test_what_belongs_into_the_plan_is_no_option(clinic_folder: ClinicFolder) -> None:
    roster(clinic_folder, ADA)
    outcome = plan(clinic_folder, HEALTHY, "--sort", "name")
    assert outcome.code == 2
    assert "--sort is written in the plan" in outcome.err


def test_the_schema_knows_plans(clinic_folder: ClinicFolder) -> None:
    schema = json.loads(clinic_folder.run("schema", "plan").out)
    jsonschema.validate(EVENT, schema)
    jsonschema.validate(SEPARATED, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**EVENT, "copies": 2}, schema)
