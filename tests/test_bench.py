"""The bench of runs: a trial of it, on our own side alone; how fast it is, is not asked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """The program, as it finds its own parts when it is started."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "tests" / "bench")
        patch.chdir(ROOT)
        import run_bench  # noqa: PLC0415 - beside its parts alone

        return run_bench  # type: ignore[no-any-return]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    page = tmp_path / "figures.md"
    monkeypatch.setattr(sys, "argv", ["run_bench.py", "--quick", "--write", str(page)])
    return page


def test_a_trial_writes_its_tables_between_the_markers_of_a_page(
    bench: ModuleType,
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One run is really printed and measured; the others are told to have been like it."""
    page.write_text("Before\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nBehind\n", "utf-8")
    run = tmp_path / "run.pdf"
    measured = bench.measure("warm", 2, run)

    class Trial(bench.Bench):  # type: ignore[name-defined,misc]
        def ours(self, *_asked: Any) -> Any:
            self._target = run
            return measured

        def cold(self) -> tuple[float, float, float]:
            return 3.0, 2.0, 1.0

    monkeypatch.setattr(bench, "Bench", Trial)
    bench.main()

    written = page.read_text("utf-8")
    assert written.startswith("Before\n<!-- bench: begin -->\n\nMeasured on ")
    assert written.endswith("\n\n<!-- bench: end -->\nBehind\n")
    assert "\nold\n" not in written
    assert capsys.readouterr().out.strip() in written
    rows = [line for line in written.splitlines() if line.startswith("| ")]
    assert any(row.startswith("| 4 rows, warm layout") for row in rows)
    assert any(row.startswith("| 2 rows over 2 layouts, cold") for row in rows)
    assert any(row.startswith("| bytes a sheet") for row in rows)
    assert sum(row.startswith("| peak memory") for row in rows) == 2
    (ours,) = [row for row in rows if row.startswith("| handouts | 4 and 6 |")]
    assert " words, " in ours
    assert "| – |" in ours  # the same run again took no more time
    assert "held" not in written
    assert "missed" not in written


def test_a_page_without_markers_is_left_alone(bench: ModuleType, page: Path) -> None:
    page.write_text("Nothing to replace\n", "utf-8")
    with pytest.raises(SystemExit, match="lacks <!-- bench: begin -->"):
        bench.main()
    assert page.read_text("utf-8") == "Nothing to replace\n"
