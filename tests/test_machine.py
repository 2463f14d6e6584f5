"""A fresh machine: what is missing is installed, or told in one line before anything is made."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    not shutil.which("apt-get"), reason="the stand-ins below are for Debian and Ubuntu"
)
PYTHON_WITHOUT_PANGO = """#!/bin/sh
[ -e "$DONE" ]
"""
STAND_INS = {
    "apt-get": '#!/bin/sh\necho "$*" >> "$CALLED"\n[ "$1" = update ] || touch "$DONE"\n',
    "broken-apt-get": '#!/bin/sh\necho "$*" >> "$CALLED"\necho "E: no network"\nexit 100\n',
    "sudo-asks": "#!/bin/sh\nexit 1\n",
    "sudo": '#!/bin/sh\n[ "$1" = -n ] && shift\nexec "$@"\n',
    "root": "#!/bin/sh\necho 0\n",
    "user": "#!/bin/sh\necho 1000\n",
}


def needs(
    tmp_path: Path, what: str, **stand_ins: str
) -> tuple[subprocess.CompletedProcess[str], str]:
    """Ask what a machine without Pango needs; give the answer, and what was installed."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "python-here").write_text(PYTHON_WITHOUT_PANGO)
    for name, stand_in in stand_ins.items():
        (tools / name.replace("_", "-")).write_text(STAND_INS[stand_in])
    for tool in tools.iterdir():
        tool.chmod(0o755)
    called = tmp_path / "called"
    result = subprocess.run(
        [ROOT / ".ci" / "needs", what],
        env={
            "PATH": f"{tools}:{os.environ['PATH']}",
            "PYTHON": "python-here",
            "DONE": str(tmp_path / "done"),
            "CALLED": str(called),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return result, called.read_text() if called.exists() else ""


def test_root_gets_it_installed(tmp_path: Path) -> None:
    result, called = needs(tmp_path, "print", id="root", apt_get="apt-get")
    assert (result.returncode, result.stderr) == (0, "")
    assert "libpangoft2-1.0-0" in called
    assert "ghostscript" not in called


def test_sudo_without_a_password_gets_it_installed(tmp_path: Path) -> None:
    result, called = needs(tmp_path, "test", id="user", sudo="sudo", apt_get="apt-get")
    assert (result.returncode, result.stderr) == (0, "")
    assert "ghostscript" in called


def test_elsewhere_one_line_says_what_to_type(tmp_path: Path) -> None:
    result, called = needs(tmp_path, "print", id="user", sudo="sudo-asks", apt_get="apt-get")
    assert result.returncode == 1
    assert called == ""
    (line,) = result.stderr.splitlines()
    assert "To mend: sudo apt install python3-venv libpango-1.0-0" in line


def test_an_installation_that_fails_says_why(tmp_path: Path) -> None:
    result, _ = needs(tmp_path, "print", id="root", apt_get="broken-apt-get")
    assert result.returncode == 1
    assert "E: no network" in result.stderr
    assert "To mend: sudo apt install" in result.stderr
    assert not (tmp_path / "done").exists()


def test_this_machine_has_what_the_tests_need() -> None:
    result = subprocess.run([ROOT / ".ci" / "needs", "test"], check=False, capture_output=True)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
