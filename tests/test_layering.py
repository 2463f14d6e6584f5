"""Imports point down, and the rules that say so catch what points up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
from conftest import LONGEST, ROOT

if TYPE_CHECKING:
    from pathlib import Path

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run lint-imports with the project's own rules on the package in a folder."""
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def package_copy(tmp_path: Path) -> Path:
    """A copy of the package, with its rules, to plant a wrong import in."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(
        ROOT / "handouts", tmp_path / "handouts", ignore=shutil.ignore_patterns("__pycache__")
    )
    return tmp_path


def test_the_package_keeps_its_rules() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize(
    ("module", "planted", "broken"),
    [
        (
            "models/dose.py", "import handouts.cli.console",
            "handouts.models is not allowed to import handouts.cli",
        ),
        (
            "checks/all.py", "from handouts.compose import views",
            "handouts.checks is not allowed to import handouts.compose",
        ),
        (
            "pdf/finish/finish.py", "import weasyprint",
            "handouts.pdf.finish.finish -> weasyprint",
        ),
        (
            "cli/list.py", "import weasyprint.css",
            "handouts.cli.list -> weasyprint",
        ),
        (
            "cli/list.py", "from handouts.load.content import load_content",
            "handouts.cli is not allowed to import handouts.load",
        ),
        (
            "render/glyphs.py", "import pikepdf",
            "handouts.render.glyphs -> pikepdf",
        ),
        (
            "compose/compose.py", "import pypdfium2",
            "handouts.compose.compose -> pypdfium2",
        ),
        (
            "cli/list.py", "import playa",
            "handouts.cli.list -> playa",
        ),
        (
            "pdf/sheets/draw.py", "from handouts.pdf.finish import finish",
            "No cycles are allowed in handouts.pdf.",
        ),
    ],
)  # fmt: skip
def test_an_import_that_points_up_is_caught(
    package_copy: Path, module: str, planted: str, broken: str
) -> None:
    path = package_copy / "handouts" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{planted}\n", encoding="utf-8")
    result = lint(package_copy)
    assert result.returncode == 1, result.stdout
    assert broken in " ".join(result.stdout.split())


def test_the_command_line_may_import_no_room_but_jobs_and_basics() -> None:
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {rule["name"]: rule for rule in rules["tool"]["importlinter"]["contracts"]}
    (layers,) = (rule["layers"] for rule in contracts.values() if rule["type"] == "layers")
    rooms = {f"handouts.{room}" for layer in layers for room in layer.split(" | ")}
    asked = {"handouts.cli", "handouts.jobs", "handouts.basics"}
    forbidden = contracts["The command line asks jobs alone"]["forbidden_modules"]
    assert set(forbidden) == rooms - asked


def test_a_module_that_no_layer_names_is_caught(package_copy: Path) -> None:
    (package_copy / "handouts" / "extra.py").write_text('"""Of no layer."""\n')
    result = lint(package_copy)
    assert result.returncode == 1, result.stdout
    assert "handouts.extra" in result.stdout


def test_what_is_begun_first_is_there() -> None:
    assert all((ROOT / "tests" / name).is_file() for name in LONGEST)
