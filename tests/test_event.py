"""A whole event from a plan: every part in its place, counted, and told on its ticket."""

from __future__ import annotations

import json
import re
import shlex
import stat
import subprocess
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2
import pytest
from event_tools import (
    ADA,
    BEN,
    CANARIES,
    EVENT,
    plan,
    roster,
    squeezed,
    table,
    texts,
)
from promised import change

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder


BAD = "r-4,Jabberwock Wyvern,no-such-programme,,,,,"
pytestmark = pytest.mark.usefixtures("shared_cache")


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
    sides = sum(part["sides"] for part in told["parts"])
    assert sides == told["sides"] == len(lines) * 2 - 2  # two sheets of an exercise have one side
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
    assert "1 people.csv 1 1 letter: 1 page 1 In all 1 letter: 1" in words
