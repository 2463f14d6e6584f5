"""``handouts sheet --ask``: what is answered is what is printed, and nothing slips through."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import MOST_S, ROOT, ClinicFolder, Outcome, files_below, run
from hypothesis import example, given
from hypothesis import strategies as st
from processes import wait_for, waits_for_keys
from terminal_tools import on_screen

from handouts.cli.choose import (
    UnclearError,
    candidates,
    changes,
    pick,
    pick_each,
    select,
    side_of,
)
from handouts.jobs.meant import Offer

KEPT = "No sheet is made. Your answers are kept for you alone to read, until it is"
REST = "", "", "", "", ""
"""Enter for goal, notes, next visit, weeks and edition."""
FOUR = (
    Offer("suboccipital-release", "Suboccipital release"),
    Offer("levator-scapulae-stretch", "Levator scapulae stretch"),
    Offer("upper-trapezius-stretch", "Upper trapezius stretch"),
    Offer("open-book", "Open book mobilization"),
)


LEVATOR_BREATHING = (
    "Hold 25 seconds, each side. Do this 2–3 times on each side. 1–2 times a day.\n    Breathe."
)


def asked(clinic: ClinicFolder, *answers: str, args: tuple[str | Path, ...] = ()) -> Outcome:
    """Answer the prompts, a line each; every answer must have been asked for."""
    typed = "".join(f"{answer}\n" for answer in answers)
    return clinic.run("sheet", "--ask", *args, typed=typed)


def refused_at_the_end(
    clinic: ClinicFolder, *answers: str, args: tuple[str | Path, ...] = ()
) -> str:
    """Answer all prompts and then "n"; give the summary. Nothing may be written."""
    before = files_below(clinic.path)
    outcome = asked(clinic, *answers, "n", args=args)
    assert outcome.code == 1, outcome.err
    assert outcome.out == ""
    assert outcome.err.endswith("Make the sheet? [Y/n]: n\nNothing is written.\n"), outcome.err
    assert files_below(clinic.path) == before
    return outcome.err


@pytest.fixture
def by_hand(own_drafts: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is typed pass for what somebody types in a terminal."""
    monkeypatch.setattr("handouts.cli.ask.typed_by_hand", lambda: True)


def drafts() -> list[Path]:
    """Give the drafts that are kept."""
    return list((Path(os.environ["XDG_CACHE_HOME"]) / "handouts" / "drafts").glob("*"))


def printed(clinic: ClinicFolder, name: str, outcome: Outcome) -> tuple[bytes, dict[str, object]]:
    assert outcome.code == 0, outcome.err
    kept = yaml.safe_load((clinic.path / f"{name}.yaml").read_text())
    return (clinic.path / f"{name}.pdf").read_bytes(), kept


def to(name: str) -> tuple[str, ...]:
    return ("-o", f"{name}.pdf", "--save", f"{name}.yaml")


def test_the_same_answers_make_the_same_file_as_options(clinic_folder: ClinicFolder) -> None:
    by_prompts = asked(
        clinic_folder,
        "Ada Sample",
        "neck",
        "+open book -1",
        "l",
        "2 hold=20s side=r",
        "3 2 times=2",
        "",
        "Turn my head to park the car",
        "Slowly, please.",
        "In two weeks",
        "3",
        "ink",
        "",
        args=("--layout", "4", *to("prompts")),
    )
    by_options = clinic_folder.run(
        "sheet",
        *("--for", "Ada Sample", "--programme", "neck-and-head-start"),
        *("--leave-out", "suboccipital-release"),
        *("--exercise", "levator-scapulae-stretch:hold=20s,side=right,times=2"),
        *("--exercise", "upper-trapezius-stretch:times=2", "--exercise", "open-book:side=left"),
        *("--goal", "Turn my head to park the car", "--notes", "Slowly, please."),
        *("--next-visit", "In two weeks", "--weeks", "3", "--edition", "ink-saver"),
        *("--layout", "4", *to("options")),
    )
    ours, kept = printed(clinic_folder, "prompts", by_prompts)
    theirs, as_kept = printed(clinic_folder, "options", by_options)
    assert kept == as_kept
    assert ours == theirs
    assert by_prompts.out == by_options.out.replace("options", "prompts")
    assert by_prompts.err.count("these are sample clinic details") == 1


def test_a_file_and_options_are_the_defaults_and_can_be_taken_back(
    clinic_folder: ClinicFolder,
) -> None:
    prescription = clinic_folder.path / "last-time.yaml"
    prescription.write_text(
        "patient: Ada Sample\ndate: 2026-11-01\nprogramme: all-four\nleave_out: [open-book]\n"
        "exercises:\n- {exercise: levator-scapulae-stretch, hold: 25 s, note: Breathe.}\n"
        "goal: Drive again\nnotes: Old news\nlog_weeks: 4\n"
    )
    given = (prescription, "--exercise", "upper-trapezius-stretch:side=left")
    given += ("--next-visit", "Tuesday")
    summary = refused_at_the_end(clinic_folder, "", "", "", "", "", *REST, args=given)
    *_, same = summary.partition("\nAda Sample\n")
    assert "November 1, 2026" in same
    assert (
        "Hold 25 seconds, each side. Do this 2–3 times on each side. 1–2 times a day.\n    Breathe."
        in same
    )
    assert "Hold 20–30 seconds, left side." in same
    assert "Open book" not in same
    assert "Goal: Drive again\nNotes: Old news\nNext visit: Tuesday\nLog: 4 weeks" in same

    answers = "", "t", "neck", "+4", "e", "", "-", "-", "", "", ""
    summary = refused_at_the_end(clinic_folder, *answers, args=given)
    *_, changed = summary.partition("\nAda Sample\n")
    assert "December 1, 2026" in changed
    assert (
        "Hold 25 seconds, each side. Do this 2–3 times on each side. 1–2 times a day.\n    Breathe."
        in changed
    )
    assert "Hold 20–30 seconds, left side." in changed
    assert "Open book mobilization\n    Do this 5–10 times on each side." in changed
    assert "\nNext visit: Tuesday\nLog: 4 weeks" in changed
    assert "Goal:" not in changed
    assert "Notes:" not in changed


def test_no_programme_can_be_chosen_against_the_files(clinic_folder: ClinicFolder) -> None:
    prescription = clinic_folder.path / "p.yaml"
    prescription.write_text("patient: Ada Sample\nprogramme: all-four\n")
    summary = refused_at_the_end(clinic_folder, "", "0", "", "1", "", *REST, args=(prescription,))
    assert "A sheet needs an exercise" in summary
    assert "1   Suboccipital release\n      Hold 1–2 minutes. Do this once." in summary
    assert "Open book mobilization\n    " not in summary


def test_a_missing_side_is_asked_for_until_it_is_one(clinic_folder: ClinicFolder) -> None:
    summary = refused_at_the_end(
        clinic_folder, "Ada Sample", "", "levator", "", "both", "R", "", *REST
    )
    assert summary.count("Levator scapulae stretch: which side?") == 3
    assert summary.count("A side is l, r or e") == 2
    assert summary.count("Hold 20–30 seconds, right side.") == 2


def test_a_dose_past_its_limit_needs_another_value_or_a_reason(
    clinic_folder: ClinicFolder,
) -> None:
    summary = refused_at_the_end(
        clinic_folder,
        "Ada Sample",
        "neck",
        "",
        "2 hold=90s",
        "80",  # no unit
        "y",  # no reason
        "50 s",  # past it, too
        "Held it well here",
        "3 reps=9",
        "4",  # within it
        "3 times=8",
        "",  # not changed
        "1 hold=10min",
        "Slept with it, no symptoms",
        "1 hold=3min",  # within it again, so its reason goes
        "",
        *REST,
    )
    *_, shown = summary.partition("\nAda Sample\n")
    assert "\nPast a limit: Levator scapulae stretch, 50 s: Held it well here\n" in shown
    assert "Hold 50 seconds, each side." in shown
    assert "Hold 20–30 seconds, each side. Do this 4 times on each side. 1–2 times a day." in shown
    assert "Hold 3 minutes. Do this once." in shown
    for said in (
        "hold of 90 seconds is past its limit of 35 seconds",
        "Write 35 seconds at most, or the reason",
        '"80" is no time to hold',
        "This is no reason; say why in a few words",
        "hold of 50 seconds is past its limit",
        "repetitions of 9 in one go is past its limit of 4",
        "times a day of 8 is past its limit of 2",
        "Not changed.",
    ):
        assert said in summary


def test_doses_given_past_a_limit_are_asked_about_but_not_with_a_reason(
    clinic_folder: ClinicFolder,
) -> None:
    given = ("--programme", "neck-and-head-start", "--for", "Ada Sample")
    given += ("--exercise", "levator-scapulae-stretch:hold=2min")
    answers = ("", "", "")
    summary = refused_at_the_end(clinic_folder, *answers, "", "30 s", "", *REST, args=given)
    assert summary.count("hold of 2 minutes is past its limit") == 2
    assert "A sheet needs one or the other." in summary
    assert "Hold 30 seconds, each side." in summary
    given += ("--beyond-limits", "levator-scapulae-stretch:hold=2min: Held it well here")
    summary = refused_at_the_end(clinic_folder, *answers, "", *REST, args=given)
    assert "is past its limit" not in summary
    assert "Past a limit: Levator scapulae stretch, 120 s: Held it well here" in summary


def test_a_number_alone_asks_part_by_part(clinic_folder: ClinicFolder) -> None:
    summary = refused_at_the_end(
        clinic_folder,
        *("Ada Sample", "all-four", ""),
        *("2", "40", "25 s", "", "", "3", "", "left"),  # hold, repetitions, sets, times, days, side
        *("4", "6", "", "", "", "x", "r"),  # counted: no hold
        *("1", "", "2", "", "", "mon/wed/fri"),  # no sides
        *("3", "", "2", "2", "30 s", "", "", ""),  # sets, so their rest
        "",
        *REST,
    )
    *_, shown = summary.partition("\nAda Sample\n")
    assert "Hold 25 seconds, left side. Do this 2–3 times. 3 times a day." in shown
    assert "Do this 6 times, right side. 1–2 times a day." in shown
    assert "Hold 1–2 minutes. Do this twice. 1–2 times a day: Monday, Wednesday, Frid" in shown
    assert "Do 2 sets of" in shown
    assert "on each side, rest 30 seconds between. 1–2 times a day." in shown
    assert summary.count('"40" is no time to hold') == 1
    assert summary.count("A side is l, r or e") == 1


def test_wrong_answers_say_what_would_be_right(clinic_folder: ClinicFolder) -> None:
    summary = refused_at_the_end(
        clinic_folder,
        *("", "Ada Sample", "9", "a", "all"),
        *("stretch", "1-3", "1 +2", "+2 -2", "-1 -2 -3 -4", "-4"),
        *("4 side=l", "1 hold=20", "1 side=l", "2 hold=", "2 colour=red", "2 rest=9s", ""),
        *("", "", "", "9", "many", "4", "i", "ink", "perhaps"),
    )
    for said in (
        "A sheet needs it.",
        "That is not in the list. Write a number, 1 to 2, or part of a name.",
        '"a" could be 1 Neck and head: a start or 2 All four exercises',
        '"stretch" could be 2 Levator scapulae stretch or 3 Upper trapezius stretch',
        "Write each number, with spaces: 1 2 3",
        "Write numbers alone (1 3), or each with its sign",
        "Levator scapulae stretch is both added and taken out.",
        "A sheet needs an exercise.",
        "Open book mobilization is not on the sheet.",
        '"20" is no time to hold; write it like',
        "it is not done by side",
        "hold needs one value. Write it like 2 hold=20s side=left",
        "A dose has hold, reps, sets, rest, times, days and side",
        "has a rest but no sets",
        '"i" could be',
        "Write y or n, or one of: name, day, programme, exercises,",
    ):
        assert summary.count(said) == 1, said
    assert summary.count("Write a whole number from 2 to 8.") == 2
    assert "Log: 4 weeks. Edition: ink-saver." in summary


def test_only_a_clinic_with_several_clinicians_asks_for_one(clinic_folder: ClinicFolder) -> None:
    name = '      name: "Natalie Sample"\n'
    clinic_folder.edit(
        "    natalie:\n" + name,
        '    bo:\n      name: "Bo Sample"\n      credentials: "PT"\n      licence: "PT-1"\n'
        "    natalie:\n" + name,
    )
    summary = refused_at_the_end(clinic_folder, "Ada", "", "bo", "", "1", "", *REST)
    assert summary.count("Which clinician?") == 2
    assert ", Bo Sample\n" in summary


def test_what_is_given_wrong_ends_it_before_any_question(clinic_folder: ClinicFolder) -> None:
    for args, said in (
        (("--exercise", "open-book:hold=20s"), "can't have a hold"),
        (("--programme", "none"), 'no programme called "none"'),
        (("--strict",), "sample clinic details"),
    ):
        outcome = asked(clinic_folder, args=args)
        assert outcome.code == 3, outcome
        assert said in outcome.err
        assert "Patient's name" not in outcome.err


@pytest.mark.parametrize("answered", [0, 2, 6])
def test_the_end_of_what_can_be_read_writes_nothing(
    clinic_folder: ClinicFolder, answered: int
) -> None:
    answers = ("Zed Quixote", "neck", "-1", "2 side=l", "", "Climb Everest again")[:answered]
    before = files_below(clinic_folder.path)
    typed = "".join(f"{answer}\n" for answer in answers)
    outcome = run("sheet", "--ask", cwd=clinic_folder.path, typed=typed)
    assert (outcome.code, outcome.out) == (5, "")
    assert outcome.the_error("a question got no answer", "standard input ended")
    assert "Quixote" not in outcome.err
    assert "Everest" not in outcome.err
    assert files_below(clinic_folder.path) == before


def test_no_answer_in_the_wrong_place_is_repeated(clinic_folder: ClinicFolder) -> None:
    lost = "Zed Quixote"
    outcome = run(
        *("sheet", "--ask"),
        cwd=clinic_folder.path,
        typed=f"Ada\n{lost}\nneck\n{lost}\n+4\n{lost}\nl\n{lost}\n\n\n\n\n{lost}\n\n{lost}\n\n{lost}\n",
    )
    assert outcome.code == 5
    assert "Make the sheet?" in outcome.err
    assert "Quixote" not in outcome.err


@pytest.mark.parametrize("key", [b"\x1b[D", b"\xff", b"\x07"])
def test_keys_that_are_no_letters_get_into_no_name(clinic_folder: ClinicFolder, key: bytes) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "handouts", "sheet", "--ask"],
        cwd=clinic_folder.path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        input=b"Ada" + key + b" Sample\nAda Sample\nneck\n\n\n" + b"\n" * 5 + b"n\n",
        capture_output=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr.count(b"Please type it again") == 1
    assert b"\nAda Sample\n" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.usefixtures("own_drafts")
def test_ctrl_c_on_a_terminal_writes_nothing(clinic_folder: ClinicFolder) -> None:
    before = files_below(clinic_folder.path)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "handouts", "sheet", "--ask"],
        cwd=clinic_folder.path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        screen = b""
        while b"Patient's name" not in screen:
            screen += os.read(ours, 4096)
        os.write(ours, b"Ada Sample\n")
        while b"Which programme?" not in screen:
            screen += os.read(ours, 4096)
        wait_for(lambda: waits_for_keys(process), process)
        process.send_signal(signal.SIGINT)  # sooner it would be lost in Python itself
        try:
            process.wait(MOST_S)
        finally:
            process.kill()  # where it hangs, the test fails at once and leaves nothing behind
        assert process.stdout
        out = process.stdout.read()
        screen += os.read(ours, 4096)
    os.close(ours)
    assert process.returncode == 130
    assert out == b""
    assert screen.count(KEPT.encode()) == 1
    assert len(drafts()) == 1
    assert screen.count(b"Stopped; no file is left half written.") == 1
    assert b"Aborted" not in screen
    assert b"Traceback" not in screen
    assert files_below(clinic_folder.path) == before


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


LISTS = st.lists(
    st.from_regex(r"[a-z]{1,6}(-[a-z]{1,6}){0,2}", fullmatch=True),
    min_size=1,
    max_size=9,
    unique=True,
).map(lambda ids: tuple(Offer(id_, id_.replace("-", " ").capitalize()) for id_ in ids))


@given(LISTS, st.data())
def test_a_part_of_a_name_is_that_item_or_is_said_to_be_several(
    items: tuple[Offer, ...], data: st.DataObject
) -> None:
    item = data.draw(st.sampled_from(items))
    assert pick(str(items.index(item) + 1), items) == item
    assert pick(item.id, items) == pick(item.name.upper(), items) == item
    start = data.draw(st.integers(0, len(item.name) - 1))
    part = item.name[start : data.draw(st.integers(start + 1, len(item.name)))]
    if not part.strip():
        return
    meant = candidates(part.strip(), items)
    exact = [one for one in items if one.name.lower() == part.lower().strip()]
    assert meant == tuple(exact) if exact else item in meant
    if len(meant) == 1:
        assert pick(part, items) == meant[0]
    else:
        with pytest.raises(UnclearError, match=f"{items.index(item) + 1} {item.name}"):
            pick(part, items)


@given(LISTS, st.data())
def test_signs_change_a_selection_and_numbers_replace_it(
    items: tuple[Offer, ...], data: st.DataObject
) -> None:
    some = st.lists(st.sampled_from(items), unique=True)
    present, added, taken = data.draw(some), data.draw(some), data.draw(some)
    taken = [item for item in taken if item not in added]

    def numbers(sign: str, chosen: list[Offer]) -> str:
        return " ".join(f"{sign}{items.index(item) + 1}" for item in chosen)

    wanted = [item for item in items if item in {*present, *added} and item not in taken]
    answer = f"{numbers('+', added)} {numbers('-', taken)}"
    if wanted:
        assert list(select(answer, items, present)) == wanted
    else:
        with pytest.raises(UnclearError):
            select(answer, items, present)
    if added:
        alone = [item for item in items if item in added]
        assert list(select(numbers("", added), items, present)) == alone


@given(st.text())
@example("9" * 5000)
@example("²")
def test_no_answer_breaks_the_reading_of_it(text: str) -> None:
    for read in (
        lambda: select(text, FOUR, FOUR[:2]),
        lambda: pick_each(text, FOUR),
        lambda: changes(text),
        lambda: side_of(text),
    ):
        with contextlib.suppress(UnclearError):
            assert read()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("3 1", "13"),
        ("1,3", "13"),
        ("open book", "4"),
        ("open levator", "24"),
        ("levator stretch, 1", "12"),
        ("+ 4", "124"),
        ("+open book -2", "14"),
        ("-lev +4", "14"),
        ("", "12"),
        ("LEVATOR-SCAPULAE-STRETCH", "2"),
        ("suboccipítal", "1"),
    ],
)
def test_ways_to_choose(text: str, ids: str) -> None:
    assert select(text, FOUR, FOUR[:2]) == tuple(FOUR[int(number) - 1] for number in ids)


@pytest.mark.parametrize(
    "text", ["5", "0", "1 7", "1-3", "1 -2", "+1 2", "-1 -2", "-", "stretch", "+1 --2"]
)
def test_what_could_be_read_two_ways_is_refused(text: str) -> None:
    with pytest.raises(UnclearError):
        select(text, FOUR, FOUR[:2])


def test_a_short_change_is_taken_apart() -> None:
    assert changes("2 hold=20 s side=l") == ("2", {"hold": "20 s", "side": "left"})
    assert changes("2:hold=1-2 min,Reps=3") == ("2", {"hold": "1-2 min", "repetitions": "3"})
    assert changes("2 3 times = 2") == ("2 3", {"times_a_day": "2"})
    assert changes("levator") == ("levator", {})
    assert changes("2 week1.hold=9s weeks-2-3.reps=1") == (
        "2",
        {"weeks-1.hold": "9s", "weeks-2-3.repetitions": "1"},
    )
    when = "When I note a pull, or a = b note Sit."
    assert changes(f"2 times=2 when={when} days=3") == (
        "2",
        {"times_a_day": "2", "as_needed": when, "days_a_week": "3"},
    )
    for sign in ("=", " = ", " ", ": "):
        assert changes(f"2 reps=1, note{sign}Sit.") == ("2", {"repetitions": "1", "note": "Sit."})
    assert changes("2 Mistakes 1 + drawings=Take note of it. Stop_If=You = I") == (
        "2",
        {"mistake1+drawings": "Take note of it.", "stop-if": "You = I"},
    )
    for text in ("2 hold=", "2 hold= side=l", "2 reps=1 repetitions=2", "2 side=x"):
        with pytest.raises(UnclearError):
            changes(text)


def test_a_dose_can_be_split_and_split_in_another_way(clinic_folder: ClinicFolder) -> None:
    summary = refused_at_the_end(
        clinic_folder,
        "Ada Sample",
        "neck",
        "",
        "2 left.hold=20s left.reps=3 right.hold=10s right.reps=2",
        "2 morning.hold=10s evening.hold=20s morning.reps=4 evening.reps=3",
        "2 reps=2",
        "2 evening.hold=30s",
        "3 times=1 days=mon/wed/fri",
        "1 hold=10 breaths",
        "1 when=When a headache starts times=2",
        "",
        *REST,
    )
    *_, shown = summary.partition("\nAda Sample\n")
    assert "Left side: Hold 20 seconds. Do this 3 times. Right side: Hold 10" in summary
    assert "Left side" not in shown
    assert "Morning: Hold 10 seconds, each side. Do this twice on each side." in shown
    assert "Evening: Hold 30 seconds, each side. Do this twice on each side." in shown
    assert "Once a day: Monday, Wednesday, Friday." in shown
    assert "When a headache starts: Hold 10 slow breaths. Do this once. Twice a day" in shown


# A patient's own words


GUIDE = 'Step 4: "Use your right hand to guide the stretch lightly.", left out'


def test_words_and_notes_are_changed_where_doses_are(clinic_folder: ClinicFolder) -> None:
    summary = refused_at_the_end(
        clinic_folder,
        *("Ada Sample", "neck", ""),
        "2",  # shows its words, then asks for its dose
        *("", "", "", "", "", "l"),
        "2 step4=-",
        "2 Note Look down, as far as a = b and hold: easy.",
        "2 stop-if=Your arm tingles.",
        "2 stop-if=Your hand is numb.",
        "3 hold=25s note=Breathe out. Step 3=Let your {right} ear sink.",
        "3 step 3=Let your {right} ear drop.",
        "1 note=Sigh.",
        "undo",
        "",
        *REST,
    )
    before, _, shown = summary.partition("\nAda Sample\n")
    assert "\n      step4: Use your right hand to guide the stretch lightly.\n" in before
    assert "\n      equipment: A chair\n" in before
    assert "2 step1=… or 2 note=…" in before
    assert "Sigh" not in shown
    assert "Let your left ear drop" not in shown
    for said in (
        f"Hold 20–30 seconds, left side. Do this 2–3 times. 1–2 times a day.\n    {GUIDE}",
        'Stop sign added: "Your arm tingles."\n    Stop sign added: "Your hand is numb."\n',
        "\n    Look down, as far as a = b and hold: easy.\n",
        "Hold 25 seconds, each side.",
        'now "Let your right ear drop."\n',
        "\n    Breathe out.\n",
    ):
        assert shown.count(said) == 1, said


def test_what_is_wrong_with_words_is_told_without_them(clinic_folder: ClinicFolder) -> None:
    lost = "Zugzwang"
    summary = refused_at_the_end(
        clinic_folder,
        *("Ada Sample", "neck", ""),
        f"2 step9={lost}",
        f"2 stop-if={lost} hold=25s stop-if={lost}",
        f"2 step1={lost} for 30 seconds.",
        f"2 hold=25s mistake1={'x' * 200} {lost}",  # all of an answer or nothing
        f"2 words={lost}",
        f"4 note={lost}",
        f"stretch note={lost}",
        "2 step1=Sit to your left. side=l",
        "2 side=r",
        "2 side=r step1=+",
        *("", *REST),
    )
    typed = [line for line in summary.splitlines() if lost in line]
    assert all("[none]: " in line for line in typed)
    for said in (
        "has no step 9",
        "stop-if needs one value",
        "step 1 speaks of a dose",
        "letters, and 160 fit",
        "Words have step and its number",
        "Open book mobilization is not on the sheet.",
        '"stretch" could be 2 Levator',
        "names a side, and was written for another one",
    ):
        assert summary.count(said) == 1, said
    *_, shown = summary.partition("\nAda Sample\n")
    assert "Hold 20–30 seconds, right side." in shown
    assert "25" not in shown
    assert "Step 1" not in shown


def test_changes_of_what_is_taken_off_are_left_aside(clinic_folder: ClinicFolder) -> None:
    given = ("--change", "levator:step4=-", "--change", "open-book:note=Breathe.")
    summary = refused_at_the_end(clinic_folder, "Ada", "neck", "-2", "", *REST, args=given)
    assert "Levator scapulae stretch is not on the sheet; its changes are left aside." in summary
    assert "Open book mobilization is not on the sheet; its changes" in summary
    summary = refused_at_the_end(
        clinic_folder, "Ada", "neck", "-2", "undo", "+4", "e", "", *REST, args=given
    )
    assert "left aside" not in summary
    assert f"    {GUIDE}\n" in summary
    assert "\n    Breathe.\n" in summary.partition("\nAda\n")[2]


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
