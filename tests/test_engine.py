"""The layout engine finds its libraries by itself."""

from __future__ import annotations

import subprocess
import sys

import pytest

ASKS_NOBODY = """
import subprocess

def refuse(*command, **_):
    raise SystemExit(f"it asks {command}")

subprocess.Popen = refuse
from handouts.render.patches.library_versions import library_versions

print(library_versions().weasyprint)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it has to ask")
def test_no_compiler_is_asked_where_the_libraries_are() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKS_NOBODY], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("70")
