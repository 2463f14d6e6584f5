"""What the tests share: a clinic's folder to spoil, and ways to run handouts in it."""

from __future__ import annotations

import contextlib
import gc
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import made_once
import pytest
import read_once
from click.testing import CliRunner
from hypothesis.configuration import set_hypothesis_home_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
MOST_S = 600
"""After so long a command hangs; no test is judged by how quick it is."""
LONGEST = (
    "test_kills.py",
    "test_attacks.py",
    "test_shelf_sheets.py",
    "test_event_sheets.py",
    "test_run.py",
)
"""Begun first: at the end each would keep one core at work, and leave the others idle."""
FINDING = re.compile(r"^(?:.*? )?(error|warning): .+")

set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "handouts-hypothesis")
hypothesis.settings.register_profile(
    "handouts",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[
        hypothesis.HealthCheck.too_slow,
        hypothesis.HealthCheck.function_scoped_fixture,
    ],
)
hypothesis.settings.load_profile("handouts")


def pytest_configure(config: pytest.Config) -> None:
    hand_on_no_deafness()
    if not hasattr(config, "workerinput"):
        made_once.begin()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONGEST)


def hand_on_no_deafness() -> None:
    """See that commands hear the signals that this process was started to ignore.

    What runs in the background, or by ``nohup``, ignores some, and hands that on; a handler it
    does not hand on.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        made_once.end()


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def findings(self) -> list[str]:
        """The lines of standard error that are findings."""
        return [line for line in self.err.splitlines() if FINDING.match(line)]

    def the_finding(self, *parts: str) -> str:
        """Give the one finding that holds all the parts; there must be exactly one."""
        found = [line for line in self.findings if all(part in line for part in parts)]
        assert len(found) == 1, f"{len(found)} findings with {parts} in:\n{self.err}{self.out}"
        return found[0]

    def the_error(self, *parts: str) -> str:
        """Give the only error, which must hold all the parts."""
        errors = [line for line in self.findings if FINDING.match(line)[1] == "error"]
        assert len(errors) == 1, f"{len(errors)} errors in:\n{self.err}{self.out}"
        assert all(part in errors[0] for part in parts), errors[0]
        return errors[0]

    def finding_with(self, *parts: str) -> bool:
        """Say whether there is a finding that holds all the parts."""
        return any(all(part in line for part in parts) for line in self.findings)


def run(
    *args: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    first_on_path: Path | None = None,
    command: tuple[str, ...] = ("-m", "handouts"),
    typed: str = "",
) -> Outcome:
    """Run handouts as a user does, in a process of its own; no traceback may be seen.

    ``typed`` is all that its prompts can read.
    """
    paths = [first_on_path, ROOT, os.environ.get("PYTHONPATH")]
    result = subprocess.run(
        [sys.executable, *command, *map(str, args)],
        cwd=cwd,
        input=typed,
        env={
            **os.environ,
            **(env or {}),
            "PYTHONPATH": os.pathsep.join(str(path) for path in paths if path),
        },
        capture_output=True,
        encoding="utf-8",
        timeout=MOST_S,
        check=False,
    )
    assert "Traceback" not in result.stderr, result.stderr
    return Outcome(result.returncode, result.stdout, result.stderr)


def run_here(*args: str | Path, cwd: Path, typed: str = "") -> Outcome:
    """Run handouts inside this process, which is faster; no exception may come out."""
    from handouts.cli import main  # noqa: PLC0415 - so that a broken package fails tests, not all

    with contextlib.chdir(cwd):
        words = [str(arg) for arg in args]
        result = CliRunner().invoke(main, words, input=typed, catch_exceptions=False)
    return Outcome(result.exit_code, result.stdout, result.stderr)


def files_below(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Give each file below a folder with its bytes and the moment it was last changed."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class ClinicFolder:
    """A clinic's folder; its content is a test's own to change."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.content = path / "content.yaml"
        self.out = path / "out"

    @property
    def text(self) -> str:
        return self.content.read_text(encoding="utf-8")

    @text.setter
    def text(self, text: str) -> None:
        self.content.write_text(text, encoding="utf-8")

    def edit(self, old: str, new: str) -> None:
        """Replace a text that must stand in the content exactly once."""
        assert self.text.count(old) == 1, f"{self.text.count(old)} times in content.yaml: {old!r}"
        self.text = self.text.replace(old, new)

    def place(self, written: str) -> str:
        """Say where a text that stands in the content once begins: content.yaml:LINE:COLUMN."""
        assert self.text.count(written) == 1, f"{self.text.count(written)} times: {written!r}"
        before = self.text[: self.text.index(written)]
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        return f"content.yaml:{line}:{column}"

    def run(self, *args: str | Path, typed: str = "") -> Outcome:
        """Run handouts in this folder, inside this process."""
        return run_here(*args, cwd=self.path, typed=typed)

    def check(self, *args: str) -> Outcome:
        """Run ``handouts check`` without a layout, which must accept the content."""
        outcome = self.run("check", "--quick", *args)
        assert outcome.code == 0, outcome.err
        return outcome

    def refused(self, *args: str, command: str = "build") -> Outcome:
        """Run a command that must refuse the content, all in one report, and touch nothing."""
        self.out.mkdir(exist_ok=True)
        (self.out / "brochure.pdf").write_bytes(b"what was printed last time")
        (self.out / "note.txt").write_text("mine")
        for file in self.out.iterdir():
            os.utime(file, ns=(10**18, 10**18))
        before = files_below(self.out), sorted(path.name for path in self.path.iterdir())
        outcome = self.run(command, *args)
        assert outcome.code == 3, outcome
        assert (files_below(self.out), sorted(p.name for p in self.path.iterdir())) == before
        *findings, count = outcome.err.splitlines()
        assert findings == outcome.findings, outcome.err
        errors = sum(FINDING.match(line)[1] == "error" for line in findings)
        assert count.startswith(f"{errors} error{'' if errors == 1 else 's'}"), outcome.err
        assert outcome.out == ""
        return outcome


@pytest.fixture(scope="session", autouse=True)
def engine_that_workers_inherit() -> None:
    """Let the engine warm up once: each command's workers are forks of this process."""
    from handouts.basics.errors import HandoutsError  # noqa: PLC0415
    from handouts.basics.papers import Paper  # noqa: PLC0415
    from handouts.compose.compose import compose  # noqa: PLC0415
    from handouts.load.content import load_content  # noqa: PLC0415
    from handouts.pipeline.on_all_cores import get_ready  # noqa: PLC0415
    from handouts.pipeline.piece import lay_out_piece  # noqa: PLC0415

    get_ready()
    gc.collect()
    gc.freeze()
    with contextlib.suppress(HandoutsError):  # the tests say what is wrong
        loaded = load_content(ROOT / "content.yaml")
        lay_out_piece(loaded, None, compose(loaded, "explainer", Paper.LETTER))


@pytest.fixture
def shared_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what commands keep, drawings and layouts, be made once for a whole run of the tests."""
    folder = made_once.made_once("cache", lambda _: None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))


@pytest.fixture(scope="module", autouse=True)
def heap_that_workers_need_not_copy(engine_that_workers_inherit: None) -> Iterator[None]:
    """Set aside what is there before a file's tests: else each forked worker, which looks for
    garbage among it, copies it.
    """
    gc.collect()
    gc.freeze()
    yield
    read_once.forget()


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let handouts believe that it is a certain day."""

    def set_day(day: str) -> None:
        noon = datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=UTC)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(noon.timestamp()) + 12 * 3600))

    return set_day


@pytest.fixture
def own_drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep drafts of sheets apart from those of other tests, and of whoever runs them."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def clinic_folder(tmp_path: Path, on_day: Callable[[str], None]) -> ClinicFolder:
    """A clinic's folder with all that a clinic can print, on a day within its review time."""
    on_day("2026-12-01")
    folder = tmp_path / "clinic"
    (folder / "styles").mkdir(parents=True)
    shutil.copy(DATA / "whole-clinic.yaml", folder / "content.yaml")
    shutil.copy(ROOT / "styles" / "sample-logo.svg", folder / "styles" / "sample-logo.svg")
    return ClinicFolder(folder)


@pytest.fixture
def plain_clinic(clinic_folder: ClinicFolder) -> ClinicFolder:
    """A clinic's folder with little content: short pieces, no drawn exercises."""
    shutil.copy(DATA / "clinic.yaml", clinic_folder.content)
    return clinic_folder
