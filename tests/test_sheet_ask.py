"""``handouts sheet --ask``: what is answered is what is printed, and nothing slips through."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys

import pytest
from ask_tools import KEPT, REST, asked, drafts, printed, refused_at_the_end, to
from conftest import MOST_S, ROOT, ClinicFolder, files_below, run
from processes import wait_for, waits_for_keys


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
    assert "on each side, rest 30 seconds between sets. 1–2 times a day." in shown
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
