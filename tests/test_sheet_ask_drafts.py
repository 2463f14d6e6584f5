"""``handouts sheet --ask``: back, undo, any answer changed, and a draft that is left."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ask_tools import FOUR, KEPT, REST, asked, drafts, printed, refused_at_the_end, to
from terminal_tools import on_screen

if TYPE_CHECKING:
    from conftest import ClinicFolder


@pytest.fixture
def by_hand(own_drafts: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is typed pass for what somebody types in a terminal."""
    monkeypatch.setattr("handouts.cli.ask.typed_by_hand", lambda: True)


# Back, undo, any answer changed, and a draft that is left


def test_questions_are_gone_back_to_and_answers_taken_back(clinic_folder: ClinicFolder) -> None:
    summary = refused_at_the_end(
        clinic_folder,
        *("back", "undo", "Ada", "<", "Ada Sample", "neck"),
        *("+4", "back", "", "e"),  # asked for the side, goes back: 4 is there already
        *("2 hold=25s", "3 hold=25s", "undo", "3 reps=2", "undo", "undo"),
        *("undo", "undo", "-4"),  # the side, then the exercises
        *("2 reps=2", "", "First goal", "undo", "Second goal", "", "", "", ""),
    )
    for said in ("This is the first question.", "There is nothing to undo."):
        assert summary.count(said) == 1
    *_, shown = summary.partition("\nAda Sample\n")
    assert "\nGoal: Second goal\n" in shown
    assert "First" not in shown
    assert "25 seconds" not in shown
    assert "Levator scapulae stretch\n    Hold 20–30 seconds, each side. Do this twice" in shown
    assert "Open book" not in shown


def test_any_answer_is_changed_at_the_end(clinic_folder: ClinicFolder) -> None:
    answers = ("Ada Sample", "neck", "", "", "Old goal", "", "In two weeks", "", "")
    outcome = asked(
        clinic_folder,
        *answers,
        *("what", "goal", "-", "prog", "all", "", "e", "name", "Bea Sample", "day", "2026-12-03"),
        *("doses", "2 side=l", "", "undo", "1 reps=2", "", "visit", "back", "edition", "ink", "y"),
        args=to("changed"),
    )
    _, kept = printed(clinic_folder, "changed", outcome)
    assert (kept["patient"], str(kept["date"])) == ("Bea Sample", "2026-12-03")
    assert "goal" not in kept
    assert (kept["next_visit"], kept["edition"]) == ("In two weeks", "ink-saver")
    doses = {item["exercise"]: item for item in kept["exercises"]}
    assert set(doses) == {offer.id for offer in FOUR}
    assert doses["levator-scapulae-stretch"]["side"] == "each"
    assert doses["suboccipital-release"]["repetitions"] == 2
    assert outcome.err.count("these are sample clinic details") == 1


def test_what_can_not_be_printed_is_told_and_changed(clinic_folder: ClinicFolder) -> None:
    summary = refused_at_the_end(
        clinic_folder,
        "Ada Sample",
        "neck",
        "",
        "",
        "",
        "",
        "November 30, 2026",
        "",
        "",
        "visit",
        "-",
    )
    assert summary.count("The next visit is before the day that the sheet is given") <= 1
    assert summary.count("This can't be printed:") == 1
    assert "Change which? n ends it: visit" in summary


@pytest.mark.usefixtures("by_hand")
def test_a_draft_is_taken_up_where_it_was_left(clinic_folder: ClinicFolder) -> None:
    first = asked(clinic_folder, "Ada Sample", "neck", "-1 +4", "l", "2 hold=50s", "Well held here")
    assert first.code == 5
    assert KEPT in first.err
    (draft,) = drafts()
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert stat.S_IMODE(draft.parent.stat().st_mode) == 0o700
    again = asked(clinic_folder, "", "y", "", "", "", "", "", "", args=to("taken-up"))
    assert again.code == 5
    assert "A draft for A. S. is kept from 2026-12-01" in again.err
    assert "Programmes" not in again.err
    assert "Hold 50 seconds, each side" in again.err
    made = asked(clinic_folder, "y", "y", args=to("made"))
    _, kept = printed(clinic_folder, "made", made)
    assert kept["patient"] == "Ada Sample"
    assert kept["beyond_limits"][0]["reason"] == "Well held here"
    assert drafts() == []


@pytest.mark.usefixtures("by_hand")
def test_a_draft_is_deleted_by_a_word_or_told_where_it_no_longer_fits(
    clinic_folder: ClinicFolder,
) -> None:
    assert asked(clinic_folder, "Ada Sample", "neck", "4", "e").code == 5
    clinic_folder.text = clinic_folder.text.replace("open-book", "open-books")
    changed = asked(clinic_folder, "y", args=("--goal", "Drive again"))
    assert changed.code == 5
    assert "It would stand in place of what this command says of a sheet." in changed.err
    assert "It can't be taken up any more:" in changed.err
    assert len(drafts()) == 1
    assert asked(clinic_folder, "n").code == 5
    assert drafts() == []


@pytest.mark.usefixtures("by_hand")
def test_nothing_is_kept_before_the_first_answer(clinic_folder: ClinicFolder) -> None:
    assert "answers" not in asked(clinic_folder).err.partition("error:")[0]
    assert drafts() == []


@pytest.mark.usefixtures("own_drafts")
def test_nothing_is_kept_of_what_another_program_answers(clinic_folder: ClinicFolder) -> None:
    assert asked(clinic_folder, "Ada Sample").code == 5
    refused_at_the_end(clinic_folder, "Ada Sample", "neck", "", "", *REST)
    assert drafts() == []


@pytest.mark.usefixtures("by_hand")
def test_a_draft_that_can_not_be_kept_is_told(clinic_folder: ClinicFolder) -> None:
    Path(os.environ["XDG_CACHE_HOME"]).write_text("a file")
    outcome = asked(clinic_folder, "Ada Sample")
    assert outcome.code == 5
    assert "and your answers can't be kept: " in outcome.err


@pytest.mark.usefixtures("own_drafts")
def test_a_terminals_line_is_edited_with_arrow_keys(clinic_folder: ClinicFolder) -> None:
    left, up = "\x1b[D", "\x1b[A"
    typed = f"Ada Smple{left * 4}a\nneck\n\n\nOld goal\nback\n{up} of mine\n\n\n\n\nn\n"
    code, screen = on_screen("sheet", "--ask", cwd=clinic_folder.path, typed=typed.encode())
    assert code == 1, screen
    assert "\nAda Sample\r" in screen.replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert "Goal: Old goal of mine" in screen
    assert KEPT in screen


@pytest.mark.usefixtures("by_hand")
def test_a_draft_keeps_words_and_what_the_log_asks(clinic_folder: ClinicFolder) -> None:
    given = ("--change", "levator:note=Look down.", "--log", "headache")
    asked(clinic_folder, "Ada Sample", "neck", "", "2 step4=-", "", args=given)
    left = asked(clinic_folder, "y", *REST, "diary", "pain headache", "paper", "a4")
    assert left.code == 5
    assert "The log asks each day for: 1 pain, 2 headache, or - for nothing [headache]" in left.err
    made = asked(clinic_folder, "y", "y", args=to("made"))
    _, kept = printed(clinic_folder, "made", made)
    assert (kept["log"], kept["paper"]) == (["pain", "headache"], "a4")
    (levator,) = (one for one in kept["exercises"] if one["exercise"].startswith("levator"))
    assert levator["note"] == "Look down."
    assert levator["changes"]["steps"][0]["left_out"] is True
