"""``handouts sheet --ask``: doses split, and a patient's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ask_tools import REST, refused_at_the_end

if TYPE_CHECKING:
    from conftest import ClinicFolder


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
    assert "Morning: Hold 10 seconds. Do this twice on each side." in shown
    assert "Evening: Hold 30 seconds. Do this twice on each side." in shown
    assert "Once a day: Monday, Wednesday, Friday." in shown
    assert "When a headache starts: Hold for 10 slow breaths. Do this once. Twice a day" in shown


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
