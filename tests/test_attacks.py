"""A sample of the attacks, and failures planted before what judges them: each must be seen."""

from __future__ import annotations

import json
import random
import shutil
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attacks import kills, races, series
from attacks.__main__ import main
from attacks.case import MARKER, Case, run_case
from attacks.catalogue import every_case
from attacks.machine import HadTime, start
from attacks.pdf_writer import text_with_font
from conftest import run_here
from made_once import made_once

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from attacks.case import Verdict

SEED = 11
UNTOLD = "nobody-reads-this"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"

# The sample

SAMPLE = (
    "pdf preflight/a length that is the stream itself",
    "pdf impose/a trim of names",
    "pdf impose/forms 20,000 deep",
    "pdf preflight/forms that double 30 times",
    "svg check/use, ten to the ninth",
    "svg build/a gradient that repeats at a millionth",
    "png check/2^31 px on a side",
    "xlsx check/a row two thousand million",
    "xlsx check/entities in entities",
    "xlsx check/a million shared strings",
    "xlsx check/a comment without end",
    "ods check/a million rows alike",
    "csv check/a cell of 131,073 letters",
    "yaml content/1.9 MB of unknown keys",
    "odd roster check csv/a pipe",
    "odd content check//dev/zero",
    "odd template/a link to somebody else's",
    "odd manifest/a link to somebody else's",
    "template code build/a pickle through view.clinic",
    "template code build/globals of lipsum",
    "template leak build/an include of a link",
    "template no end build/a macro of itself",
    "cache build/a pickle behind the sign of bytecode",
    "cache sheet/other words",
    "disk batch/ENOSPC at fsync, after 0",
    "disk sheet/EROFS at fsync, after 0",
)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give what commands keep who have printed already: drawings, and a run's layout."""

    def keep(folder: Path) -> None:
        clinic = folder / "clinic"
        kills.prepare(clinic)
        monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        for words in (("check", "--quick"), ("batch", "people.csv")):
            outcome = run_here(*words, "-q", cwd=clinic)
            assert outcome.code == 0, outcome.err

    made = made_once("attacks", keep) / "cache"
    return Path(shutil.copytree(made, tmp_path / "cache", copy_function=shutil.copy2))


def test_a_sample_of_the_cases_is_withstood(tmp_path: Path, kept: Path) -> None:
    by_name = {f"{case.kind}/{case.name}": case for case in every_case()}
    env = {"XDG_CACHE_HOME": str(kept)}
    with ThreadPoolExecutor(2) as pool:
        verdicts = list(
            pool.map(
                lambda numbered: run_case(
                    by_name[numbered[1]], tmp_path / f"case-{numbered[0]}", env, patience=3
                ),
                enumerate(SAMPLE),
            )
        )
    assert not [verdict.row for verdict in verdicts if verdict.faults]


def _said(run: Callable[..., int], tmp_path: Path, **most: object) -> tuple[int, list[str]]:
    lines: list[str] = []
    return run(tmp_path, SEED, lines.append, **most), lines


def test_sheets_of_a_wave_are_whose_they_are_reported_to_be(tmp_path: Path) -> None:
    faults, lines = _said(series.race_sheets, tmp_path, count=12)
    assert not faults, lines
    assert lines


def test_one_name_for_two_sheets_is_told_truly(tmp_path: Path) -> None:
    faults, lines = _said(series.race_one_name, tmp_path, count=1)
    assert not faults, lines
    assert lines


@pytest.mark.usefixtures("kept")
def test_two_runs_at_one_output_do_not_mix(tmp_path: Path) -> None:
    faults, lines = _said(series.race_runs, tmp_path, count=2)
    assert not faults, lines
    assert lines


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(("name", "count"), [("sheet", 4), ("build", 2), ("batch", 2)])
def test_a_killed_command_leaves_nobody_and_nothing(tmp_path: Path, name: str, count: int) -> None:
    faults, lines = _said(
        series.kill_commands, tmp_path, count=count, names=(name,), gone_s=10, undisturbed=1
    )
    assert not faults, lines
    assert len(lines) == count


def test_while_a_command_waits_for_a_processor_no_time_goes_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But it does while the command computes, or waits for something else."""
    watched = start((sys.executable, "-c", "import time; time.sleep(60)"), tmp_path)
    try:
        had = HadTime(watched)
        time.sleep(0.3)
        had.look()
        assert had.seconds >= 0.3
        monkeypatch.setattr("attacks.machine._is_ready", lambda _pid: True)
        before_s = had.seconds
        time.sleep(0.3)
        had.look()
        assert had.seconds - before_s < 0.2
        monkeypatch.setattr("attacks.machine._computed_s", lambda _pid: time.monotonic())
        assert watched.left_after(0.2)
    finally:
        watched.end()
        watched.process.wait()


# What is generated is what it is called


def test_each_case_has_a_name_of_its_own_and_enough_are_there() -> None:
    names = [(case.kind, case.name) for case in every_case()]
    assert len(set(names)) == len(names)
    files = {
        name for kind, name in names if kind.split()[0] in {"pdf", "svg", "png", "jpg", "xlsx"}
    }
    assert len(files) > 60
    assert len({name for kind, name in names if kind.startswith("template")}) > 40


def test_waves_hold_each_patient_once() -> None:
    made = series.waves(1000, random.Random(SEED))  # noqa: S311
    assert [number for wave in made for number in wave] == list(range(1000))
    assert max(map(len, made)) <= series.LARGEST_WAVE
    assert len({races.patient(number) for number in range(1000)}) == 1000


def test_the_runner_makes_the_files_of_a_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--make", str(tmp_path), "svg check/use of itself"]) == 0
    assert "handouts check" in capsys.readouterr().out
    assert (tmp_path / "1" / "clinic" / "styles" / "attack.svg").is_file()


# Planted failures of a case


def _nothing(clinic: Path) -> None:
    """Spoil nothing."""


def fake(tmp_path: Path, body: str) -> tuple[str, ...]:
    """Write a program that stands in handouts' place."""
    path = tmp_path / "fake.py"
    path.write_text(f"import os, signal, subprocess, sys, time\n{body}\n", encoding="utf-8")
    return (sys.executable, str(path))


def judged(tmp_path: Path, body: str, **parts: object) -> Verdict:
    """Run a case against a program that stands in handouts' place."""
    rules: dict[str, object] = {"file": "given.pdf", "seconds": 3, "megabytes": 500, **parts}
    case = Case("planted", "a failure", ("check",), _nothing, **rules)  # type: ignore[arg-type]
    return run_case(case, tmp_path / "case", program=fake(tmp_path, body))


REFUSES = 'sys.stderr.write("given.pdf error: it is no PDF\\n1 error.\\n"); sys.exit(3)'
STAYS = 'subprocess.Popen(["sleep", "30"], start_new_session={}, stderr=subprocess.DEVNULL)\n'
PLANTED = {
    "a process that stays": (STAYS.format(False) + REFUSES, "left the process 'sleep 30"),
    "one that has left the session": (STAYS.format(True) + REFUSES, "left the process 'sleep 30"),
    "a traceback": ("1 / 0", "traceback: ZeroDivisionError"),
    "an exit code of its own": ("sys.exit(1)", "exit 1"),
    "a crash": ("os.kill(os.getpid(), signal.SIGSEGV)", "exit -11"),
    "work without end": ("time.sleep(60)", "still ran after 3 s"),
    "memory without end": ("a = b'x' * 900_000_000; time.sleep(60)", "took more than 500 MB"),
    "memory in a child": (
        """subprocess.run([sys.executable, '-c', 'a = b"x" * 900_000_000; input()'], stdin=0)""",
        "took more than 500 MB",
    ),
    "no word": ("sys.exit(3)", "said nothing"),
    "another file's name": (REFUSES.replace("given", "other"), "did not name given.pdf"),
    "a thousand lines": (f"sys.stderr.write('given.pdf\\n' * 1000);{REFUSES}", "said 1002 lines"),
    "control characters": (f"sys.stderr.write('\\x1b[2J');{REFUSES}", "wrote control characters"),
    "a staged file": (f"open('.handouts-x', 'w').close();{REFUSES}", "left .handouts-x"),
    "half a file": (f"open('run.pdf', 'w').close();{REFUSES}", "left run.pdf"),
    "a changed file": (f"open('content.yaml', 'a').write('x');{REFUSES}", "changed content.yaml"),
    "a file that is gone": (f"os.remove('content.yaml');{REFUSES}", "changed content.yaml"),
    "a temporary file": (
        f"open(os.environ['TMPDIR'] + '/x', 'w').close();{REFUSES}",
        "left x in the folder for temporary files",
    ),
    "code that ran": (f"open('{MARKER}', 'w').close();{REFUSES}", "RAN CODE"),
    "a secret that is told": (f"print('{UNTOLD}');{REFUSES}", "PRINTED what it must not"),
}  # fmt: skip


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_failure_is_seen(tmp_path: Path, planted: str) -> None:
    body, fault = PLANTED[planted]
    verdict = judged(tmp_path, body, secret=UNTOLD)
    assert any(fault in found for found in verdict.faults), verdict.faults


def test_a_refusal_is_withstanding(tmp_path: Path) -> None:
    verdict = judged(tmp_path, REFUSES, secret=UNTOLD)
    assert not verdict.faults
    assert verdict.row[4:] == ("3", "ok")


def test_a_secret_in_a_written_file_is_seen(tmp_path: Path) -> None:
    made = text_with_font(HELVETICA, b"BT /F 9 Tf 9 9 Td (%s) Tj ET" % UNTOLD.encode())
    body = f"open('out.pdf', 'wb').write({made!r})"
    verdict = judged(tmp_path, body, secret=UNTOLD, codes=frozenset({0}))
    assert verdict.faults == ("out.pdf HOLDS what it must not",)


def test_a_warning_that_is_missing_is_seen(tmp_path: Path) -> None:
    assert judged(tmp_path, REFUSES, says="warning:").faults == ("did not say 'warning:'",)


# Planted failures of a race and of a kill

PRINTS = """
name = sys.argv[sys.argv.index("--for") + 1]
os.makedirs("out", exist_ok=True)
number = next(n for n in range(1, 99) if not os.path.exists(f"out/sheet-{n}.pdf"))
data = MADE.replace(b"NAME", NAMED)
with open("out/sheet-%d.pdf" % number, "xb") as file:
    file.write(data)
print("out/sheet-%d.pdf  2 sides, letter" % number)
"""


def printing(tmp_path: Path, named: str) -> tuple[str, ...]:
    """Write a program that prints a sheet for somebody."""
    made = text_with_font(HELVETICA, b"BT /F 9 Tf 9 9 Td (For NAME) Tj ET")
    return fake(tmp_path, f"MADE = {made!r}\n{PRINTS.replace('NAMED', named)}")


def test_a_sheet_for_another_patient_is_seen(tmp_path: Path) -> None:
    program = printing(tmp_path, f"{races.patient(5)!r}.encode()")
    faults = races.sheets(tmp_path / "race", [4], {}, program)
    assert faults == [f"sheet-1.pdf was reported for {races.patient(4)} and is for nobody"]


def test_a_true_sheet_is_true(tmp_path: Path) -> None:
    assert races.sheets(tmp_path / "race", [4], {}, printing(tmp_path, "name.encode()")) == []


def test_a_report_of_a_file_that_is_missing_is_seen(tmp_path: Path) -> None:
    program = fake(tmp_path, "print('out/sheet-1.pdf  2 sides, letter')")
    faults = races.sheets(tmp_path / "race", [4], {}, program)
    assert any("is for nobody" in fault for fault in faults)


def _run_of(owner: str, out: Path, digest_of: Sequence[bytes] = ()) -> None:
    """Write what a run leaves, as far as it is looked at."""
    import hashlib  # noqa: PLC0415

    drawing = b"BT /F 9 Tf 9 9 Td " + b"".join(
        b"(For %s Sample%d) Tj 0 12 Td " % (owner.title().encode(), number)
        for number in range(races.ROWS)
        if number != races.ODD_ROW
    )
    made = text_with_font(HELVETICA, drawing + b"ET")
    out.mkdir(exist_ok=True)
    (out / "run.pdf").write_bytes(made)
    (out / "run-manifest.csv").write_text(f"id,name\n{owner}-0,x\n")
    (out / "run-manifest.json").write_text(json.dumps({"sheets": [{"id": f"{owner}-0"}]}))
    digest = hashlib.sha256(digest_of[0] if digest_of else made).hexdigest()
    (out / "run-ticket.json").write_text(json.dumps({"sha256": digest}))
    (out / "run-failed.csv").write_text(f"id\n{owner}-{races.ODD_ROW}\n")
    (out / "run-ticket.pdf").write_bytes(b"")


def test_a_run_that_belongs_together_is_whole(tmp_path: Path) -> None:
    _run_of("first", tmp_path)
    assert races.belongs_together(tmp_path, ("first", "other")) == []


@pytest.mark.parametrize(
    "name",
    ["run.pdf", "run-manifest.csv", "run-manifest.json", "run-failed.csv", "run-ticket.json"],
)
def test_one_file_of_another_run_is_seen(tmp_path: Path, name: str) -> None:
    _run_of("first", tmp_path / "first")
    _run_of("other", tmp_path / "other", [b"another file"])
    (tmp_path / "first" / name).write_bytes((tmp_path / "other" / name).read_bytes())
    assert races.belongs_together(tmp_path / "first", ("first", "other"))
    (tmp_path / "first" / name).unlink()
    assert races.belongs_together(tmp_path / "first", ("first", "other")) == [f"lacks {name}"]


SLEEP = "time.sleep(30)"
KILLED = {
    "a worker that stays": ('subprocess.run(["sleep", "30"])', "stays: sleep 30"),
    "a name in the arguments": (
        f'subprocess.run([sys.executable, "-c", "import time; time.sleep(30)", "{kills.NAME}"])',
        "the name was to be seen",
    ),
    "half a file": (f"open('out/own.pdf', 'wb').write(b'%PDF-1.7 half'); {SLEEP}", "half a file"),
    "a staged sheet": (f"open('out/.own.staged', 'wb').write(b'%PDF'); {SLEEP}", "with what is a"),
    "a lock": (f"open('out/.own.lock', 'w').close(); {SLEEP}", "out/.own.lock is left"),
    "an old file that is gone": (f"os.remove('out/run.pdf'); {SLEEP}", "out/run.pdf is gone"),
    "an exit code of its own": (
        f"signal.signal(signal.SIGTERM, lambda *_: os._exit(1)); {SLEEP}", "exit 1",
    ),
    "a name in a message": (
        f"sys.stderr.write('{kills.NAME}'); sys.stderr.flush(); {SLEEP}", "holds the name",
    ),
}  # fmt: skip


class _Late(random.Random):
    """Kills the first process alone, a second after it began."""

    def uniform(self, a: float, b: float) -> float:
        return 1.0

    def random(self) -> float:
        return 0.9


@pytest.mark.parametrize("planted", KILLED)
def test_what_a_kill_leaves_is_seen(tmp_path: Path, planted: str) -> None:
    body, fault = KILLED[planted]
    program = fake(tmp_path, body)
    killer = kills.Killer(tmp_path / "kill", _Late(), {}, 0.5, program)
    killed = killer.kill("sheet", signal.SIGTERM, 1)
    assert any(fault in found for found in killed.faults), killed.faults
