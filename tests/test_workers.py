"""Processes that work for a command: they keep to their limits, and end with it."""

from __future__ import annotations

import ast
import ctypes
import faulthandler
import os
import re
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT

from handouts.basics.errors import MachineError
from handouts.basics.limits import MEGABYTE, Limit, OverLimitError, within
from handouts.basics.workers import WorkerEndedError, Workers, apart

if TYPE_CHECKING:
    from conftest import ClinicFolder

SHORT = Limit(0.5, 300 * MEGABYTE)
SMALL = Limit(30, 300 * MEGABYTE)
"""Time enough to reach the bound of memory, where each page of it may cost a fault."""


@pytest.fixture(autouse=True)
def little_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let work that hears no alarm be ended a second after it, and not five."""
    monkeypatch.setattr("handouts.basics.limits._GRACE_S", 1)


def spin() -> None:
    while True:
        pass


def spin_and_swallow() -> None:
    while True:
        with suppress(Exception):  # as a library does that goes on after an error
            spin()


def spin_where_no_alarm_is_heard() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGPROF])
    spin()


def eat() -> None:
    eaten = []
    while True:
        eaten.append(bytes(10 * MEGABYTE))


def crash() -> None:
    faulthandler.disable()  # pytest's own
    ctypes.string_at(0)


def twice(number: int) -> int:
    return 2 * number


def process_id() -> int:
    return os.getpid()


@pytest.mark.parametrize(
    ("work", "limit", "said"),
    [
        (spin, SHORT, "more than 0.5 seconds"),
        (eat, SMALL, "more than 300 MB of memory"),
        (crash, SHORT, "more memory or time than it was given"),
        (spin_where_no_alarm_is_heard, SHORT, "more memory or time than it was given"),
    ],
)
def test_endless_work_is_ended(work: Any, limit: Limit, said: str) -> None:
    with pytest.raises(OverLimitError) as refused:
        apart(work, limit=limit)
    assert refused.value.words.startswith(said)


def test_an_alarm_that_is_swallowed_comes_again_until_the_process_is_ended() -> None:
    with pytest.raises(OverLimitError, match="more memory or time"):
        apart(spin_and_swallow, limit=SHORT)


def test_a_limit_holds_for_its_work_alone() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)
    for work, limit in ((spin, SHORT), (eat, SMALL)):
        with pytest.raises(OverLimitError), within(limit):
            work()
    after = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)
    assert after == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert apart(twice, 4, limit=SHORT) == 8


def test_results_stand_in_the_order_of_what_was_asked() -> None:
    with Workers(2) as workers:
        assert list(workers.map(twice, range(20))) == [2 * number for number in range(20)]


def test_an_error_ends_work_that_goes_on() -> None:
    with pytest.raises(ValueError, match="enough"), Workers(1) as workers:  # noqa: PT012
        number = workers.submit(process_id).result()
        workers.submit(spin)
        raise ValueError("enough")
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_a_process_that_is_ended_from_outside_is_told() -> None:
    with Workers(1) as workers:
        number = workers.submit(process_id).result()
        working = workers.submit(spin)
        os.kill(number, signal.SIGKILL)
        with pytest.raises(WorkerEndedError):
            working.result()
        with pytest.raises(WorkerEndedError):
            workers.submit(twice, 1)


def test_a_system_that_starts_no_process_is_told() -> None:
    code = (
        "import resource\nfrom handouts.basics.workers import Workers\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "Workers(1).__enter__()"
    )
    refused = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert MachineError.__name__ in refused.stderr
    assert "no process can be started for the work" in refused.stderr


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_workers_end_with_the_process_that_began_them(tmp_path: Path, how: signal.Signals) -> None:
    code = (
        "import sys; from test_workers import *\n"
        "if __name__ == '__main__':\n"
        "    with Workers(2) as workers:\n"
        "        numbers = {workers.submit(process_id).result() for _ in range(8)}\n"
        "        print(*numbers, flush=True)\n"
        "        [workers.submit(spin) for _ in range(2)][0].result()\n"
    )
    script = tmp_path / "begin.py"
    script.write_text(code, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    with subprocess.Popen(
        [sys.executable, script], env=environment, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        numbers = [int(number) for number in parent.stdout.readline().split()]
        parent.send_signal(how)
        assert parent.wait() == -how
    end = time.monotonic() + 10
    while any(Path(f"/proc/{number}").exists() for number in numbers):
        assert time.monotonic() < end, "a worker outlives its parent"
        time.sleep(0.01)
    assert numbers


STARTS = {"subprocess", "multiprocessing", "concurrent", "asyncio", "pty"}
HARMLESS = {("preflight/tags.py", "multiprocessing"), ("render/fonts.py", "multiprocessing.util")}
"""One asks for its parent, the other wants to be told of its end."""


def test_no_other_module_starts_a_process() -> None:
    package = ROOT / "handouts"
    for module in sorted(package.rglob("*.py")):
        name = module.relative_to(package).as_posix()
        if name == "basics/workers.py":
            continue
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            named: list[str] = []
            if isinstance(node, ast.Import):
                named = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                named = [node.module or ""]
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                started = re.match("fork|spawn|posix_spawn|popen|system|exec", node.attr)
                assert not (node.value.id == "os" and started), name
            for one in named:
                assert one.partition(".")[0] not in STARTS or (name, one) in HARMLESS, name


ENDED = (
    ("build", signal.SIGKILL), ("build", signal.SIGTERM), ("preview", signal.SIGKILL),
    ("preview", signal.SIGINT), ("batch people.csv", signal.SIGTERM),
)  # fmt: skip


@pytest.mark.parametrize(("command", "how"), ENDED)
def test_a_command_that_is_ended_leaves_no_process_and_no_part_of_a_file(
    clinic_folder: ClinicFolder, command: str, how: signal.Signals
) -> None:
    folder = clinic_folder.path
    rows = "\n".join(f"r-{n},Ada Sample,neck-and-head-start" for n in range(2000))
    (folder / "people.csv").write_text(f"id,name,programme\n{rows}\n", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "handouts", *command.split()],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder / "cache")},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    end = time.monotonic() + 60
    while not children.read_text() and process.poll() is None:
        assert time.monotonic() < end, "it starts no process"
        time.sleep(0.01)
    time.sleep(0.5)  # they are at work by then
    process.send_signal(how)
    _, err = process.communicate()
    assert process.returncode in {-how, 128 + how}
    assert "Traceback" not in err
    assert (how is signal.SIGKILL) or err.rstrip().splitlines()[-1].startswith("Stopped; ")
    end = time.monotonic() + 20
    while True:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            break
        assert time.monotonic() < end, "a process of the command is left"
        time.sleep(0.02)
    for path in folder.rglob("*.pdf"):
        assert path.parent.suffix == ".parts" or path.read_bytes().rstrip().endswith(b"%%EOF"), path
