"""The example in docs/python.md does what it says, word for word."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from conftest import ClinicFolder

PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")


def test_the_example_prints_what_it_names(clinic_folder: ClinicFolder) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (clinic_folder.path / "example.py").write_text(example, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "example.py"],
        cwd=clinic_folder.path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    said = done.stdout.splitlines()
    assert said[-3:-1] == ["out/explainer.pdf 2", "out/sheet-1.pdf"]
    assert re.fullmatch(r"\d+ sheets in out/run\.pdf", said[-1])
    assert all("warning:" in line for line in said[:-3])
    for name in ("explainer", "sheet-1", "run"):
        assert (clinic_folder.out / f"{name}.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("module", "job", "request_name"),
    re.findall(r"^\| `(\w+)\.(\w+)` \| (?:`(\w+)`)?", PAGE, re.MULTILINE),
)
def test_each_job_on_the_page_is_there(module: str, job: str, request_name: str) -> None:
    found = import_module(f"handouts.jobs.{module}")
    assert callable(getattr(found, job))
    assert not request_name or hasattr(found, request_name)
