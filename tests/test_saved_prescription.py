"""A prescription that is kept: read back as it was, and printed again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from conftest import run, run_here
from hypothesis import example, given
from hypothesis import strategies as st
from sheet_tools import (
    ADA,
    LEVATOR,
    OPEN_BOOK,
    RELEASE,
    TRAPEZIUS,
    from_file,
    from_options,
    printed_sheet,
    refused_sheet,
    resolved,
    whole_content,
)

from handouts.load.prescription import prescription_from_file
from handouts.models.personal import name_fault, text_fault
from handouts.prescribe.saved import saved

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

YAMLS_OWN = [
    "no", "1:30", "# a", "a # b", "a: b", "- a", "'", '"', "it's", '"a" b', "@a", "`a`", "%a",
    "&a", "*a", "!a", "null", "~", "true", "12", "012", "0x1f", "1_000", "1e3", "2026-12-01",
    "---", "...", "--- a", "=", "<<", "?", "? a", ": a", "[a]", "{a: b}", ">", "|", "a\\nb",
    "two\nlines", "two\n\nparts", "a\n\tb", "a\n  b\n c", "a \n b", "a\r\nb", "a\tb", "\ufeffa",
    "a\u2028b", "\x1ca", "a\x85", "e\u0301 é", "日本", "👩‍🦰", "\x00\x07", "x " * 300, "x" * 300,
]  # fmt: skip
TEXT = st.sampled_from(YAMLS_OWN) | st.text(
    st.sampled_from("ab :#-'\"\n\t,[]{}&*!|>%@`~0123\\") | st.characters(codec="utf-8"), min_size=1
).filter(lambda text: text.translate(dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x85"))).strip())
TEXT = TEXT.filter(lambda text: text_fault(text) is None)
REASON = TEXT.map("tolerated well {}".format).filter(lambda text: text_fault(text) is None)
WRITTEN = st.fixed_dictionaries(
    {"patient": TEXT.filter(lambda text: name_fault(text) is None)},
    optional={
        "goal": TEXT,
        "notes": TEXT,
        "next_visit": TEXT.map("Next: {}".format),
        "date": st.dates(dt.date(1970, 1, 1), dt.date(2999, 12, 31)).map(str),
        "log_weeks": st.integers(2, 8),
        "edition": st.sampled_from(["standard", "large-print", "ink-saver"]),
        "paper": st.sampled_from(["letter", "a4"]),
        "layout": st.sampled_from(["auto", "1", "2", "4"]),
    },
)


@given(WRITTEN, st.none() | TEXT, st.none() | REASON, st.sampled_from(["left", "right", "each"]))
@example({"patient": "Ada", "notes": "a\n\tb"}, "a\n\tb", "as we agreed", "left")
@example({"patient": "\x1ca"}, None, None, "left")
def test_what_was_saved_reads_back_as_it_was(
    tmp_path: Path, written: dict[str, Any], note: str | None, reason: str | None, side: str
) -> None:
    exercises: list[Any] = [
        RELEASE,
        {"exercise": LEVATOR, "side": side, "hold": "10-90 s", "sets": 2, "rest": "1 min 30 s"},
        {"exercise": OPEN_BOOK, "side": side, "days_a_week": "3-5"},
    ]
    if note is not None:
        exercises[0] = {"exercise": RELEASE, "note": note}
    reasons = (f"{LEVATOR}:hold=90s: {why}",) if (why := reason) else ()
    if not reasons:
        exercises[1]["hold"] = "10-30 s"
    given = from_options(**written, **({"beyond_limits": reasons} if reasons else {}))
    exercises[1]["repetitions"] = 2
    before = resolved(from_file(tmp_path / "a.yaml", {"exercises": exercises}), given)
    kept = tmp_path / "b.yaml"
    kept.write_bytes(saved(before, whole_content()))
    after = resolved(prescription_from_file(kept, whole_content()))
    assert after == before
    assert saved(after, whole_content()) == kept.read_bytes()


def test_a_saved_prescription_prints_the_same_bytes(clinic_folder: ClinicFolder) -> None:
    args = (
        "sheet", *ADA, "--programme", "neck-and-head-start", "--exercise", f"{LEVATOR}:side=right",
        "--notes", "No: more\n'than' this", "--goal", "1:30", "--weeks", "3", "--paper", "a4",
    )  # fmt: skip
    first = run_here(*args, "--save", "ada.yaml", "-o", "1.pdf", cwd=clinic_folder.path)
    assert first.code == 0, first.err
    again = run("sheet", "ada.yaml", "-o", "2.pdf", cwd=clinic_folder.path)
    assert again.code == 0, again.err
    pdf = (clinic_folder.path / "1.pdf").read_bytes()
    assert (clinic_folder.path / "2.pdf").read_bytes() == pdf
    third = run_here(*args, "--save", "again.yaml", "-o", "3.pdf", cwd=clinic_folder.path)
    assert third.code == 0, third.err
    assert (clinic_folder.path / "3.pdf").read_bytes() == pdf
    assert (clinic_folder.path / "again.yaml").read_bytes() == (
        clinic_folder.path / "ada.yaml"
    ).read_bytes()


@pytest.fixture
def kept_in(clinic_folder: ClinicFolder) -> ClinicFolder:
    """A clinic's folder with a prescription that was saved there."""
    names = (f"{LEVATOR}:side=left", f"{TRAPEZIUS}:side=right", f"{OPEN_BOOK}:side=left")
    sheet = resolved(from_options(*names, patient="Ada Sample", notes="Slow."))
    (clinic_folder.path / "ada.yaml").write_bytes(saved(sheet, whole_content()))
    return clinic_folder


def changed(outcome_lines: list[str]) -> dict[str, str]:
    """Give what changed in each exercise since it was saved, as the warnings have it."""
    found = [line.partition(" warning: ") for line in outcome_lines if "changed in the" in line]
    assert all(where.startswith("ada.yaml:") for where, _, _ in found)
    return {what.split()[0]: what.partition("its ")[2].partition(" (")[0] for _, _, what in found}


def test_what_changed_in_the_content_since_is_named_and_the_saved_dose_printed(
    kept_in: ClinicFolder,
) -> None:
    kept_in.edit('- "Sit tall."', '- "Sit up tall."')
    kept_in.edit(
        '2 times a day.\n    dose:\n      hold: "20-30 s"',
        '2 times a day.\n    dose:\n      hold: "10-15 s"',
    )
    kept_in.edit(
        'title: "Open your {left} arm toward the floor"',
        'title: "Now open your {left} arm toward the floor"',
    )
    sheet, outcome = printed_sheet(kept_in, "ada.yaml")
    assert changed(outcome.findings) == {
        LEVATOR: "words", TRAPEZIUS: "dose", OPEN_BOOK: "drawings",
    }  # fmt: skip
    assert sheet.says("Sit up tall.", "Now open your left arm", "Hold 20–30 seconds, right side")
    assert not sheet.says("10–15")
    assert "Ada" not in outcome.err


def test_nothing_changed_and_nothing_is_said(kept_in: ClinicFolder) -> None:
    kept_in.edit('heading: "Side effects"', 'heading: "Effects"')
    outcome = refused_sheet(kept_in, "ada.yaml", "--strict")  # of the sample details
    assert changed(outcome.findings) == {}


def test_an_exercise_that_is_gone_is_refused_with_the_nearest_and_nothing_else_is(
    kept_in: ClinicFolder,
) -> None:
    kept_in.text = kept_in.text.replace("open-book", "open-books")
    found = refused_sheet(kept_in, "ada.yaml").the_error(f'no exercise called "{OPEN_BOOK}"')
    assert found.startswith("ada.yaml:")
    assert 'did you mean "open-books"' in found


def test_a_limit_that_was_lowered_since_stops_the_saved_dose(kept_in: ClinicFolder) -> None:
    kept_in.edit('{hold: "35 s", repetitions: 4', '{hold: "25 s", repetitions: 4')
    kept_in.edit(
        '3 times a day.\n    dose:\n      hold: "20-30 s"',
        '3 times a day.\n    dose:\n      hold: "20-25 s"',
    )
    found = refused_sheet(kept_in, "ada.yaml").the_error("is past its limit of 25 seconds")
    assert found.startswith("ada.yaml:")
