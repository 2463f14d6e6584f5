"""The wheel holds all that a clinic needs, and works where the checkout is not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT
from pdf_tools import PIECES, shipped

NO_NETWORK = """\
import socket

def _refuse(*args, **kwargs):
    raise OSError("the network is cut")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = _refuse
"""


def must_run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as it would be for others, without the network."""
    out = tmp_path_factory.mktemp("dist")
    must_run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out
    )
    (built,) = out.iterdir()
    return built


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it, and how to run things there with the network cut."""

    folder: Path
    cut: tuple[str, ...]
    env: dict[str, str]

    def run(self, *command: str) -> str:
        return must_run(*self.cut, *command, cwd=self.folder, env=self.env)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("installed")
    environment = folder / "environment"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    must_run(
        sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index",
        "--disable-pip-version-check", wheel, cwd=folder,
    )  # fmt: skip
    (site,) = environment.glob("lib/python*/site-packages")
    # Dependencies are taken from here; a .pth in that folder (an editable install) is not read.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    stub = folder / "stub"
    stub.mkdir()
    (stub / "sitecustomize.py").write_text(NO_NETWORK)
    env = {
        "PATH": f"{environment / 'bin'}:/usr/bin:/bin",
        "HOME": str(folder / "home"),
        "PYTHONPATH": str(stub),
        "LANG": "C.UTF-8",
    }
    return Installed(folder, network_cutter(), env)


def network_cutter() -> tuple[str, ...]:
    """Give a command that runs others without the network, where the machine has one."""
    for cutter in (("unshare", "-n"), ("unshare", "-rn")):
        if shutil.which(cutter[0]):
            tried = subprocess.run([*cutter, "true"], capture_output=True, check=False)
            if tried.returncode == 0:
                return cutter
    return ()


def files_of(folder: str) -> set[str]:
    top = ROOT / folder
    return {str(path.relative_to(top)) for path in top.rglob("*") if path.is_file()}


def test_the_wheel_holds_what_a_clinic_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert archive.testzip() is None
        content = archive.read("handouts/_assets/content.yaml")
    assert content == (ROOT / "content.yaml").read_bytes()
    for folder in ("templates", "styles"):
        within = f"handouts/_assets/{folder}/"
        held = {name.removeprefix(within) for name in names if name.startswith(within)}
        assert held == files_of(folder)
        assert held
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "handouts").rglob("*.py")}
    assert modules <= names
    words = {str(path.relative_to(ROOT)) for path in (ROOT / "handouts" / "wording").glob("en.*")}
    assert words <= names
    assert len(words) == 2
    assert "handouts/py.typed" in names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    (info,) = [top for top in tops if top.endswith(".dist-info")]
    assert tops == {"handouts", info}
    strange = re.compile(
        r"(^|/)(tests?/|test_|conftest)|\.pyc$|__pycache__|/out/|\.pdf$|\.handouts\.json|/docs/|\.git"
    )
    assert [name for name in names if strange.search(name)] == []
    assert any(name.startswith(f"{info}/licenses/LICENSE") for name in names)


def test_the_wheel_is_the_same_each_time(wheel: Path, tmp_path: Path) -> None:
    must_run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT,
        cwd=tmp_path,
    )  # fmt: skip
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_network_is_cut_and_the_checkout_is_not_there(installed: Installed) -> None:
    connect = "import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)"
    with pytest.raises(AssertionError, match="the network is cut"):
        installed.run("python", "-c", connect)
    if installed.cut:
        devices = installed.run("cat", "/proc/net/dev").splitlines()[2:]
        assert [line.split(":")[0].strip() for line in devices] in (["lo"], [])
    where = installed.run("python", "-c", "import handouts; print(handouts.__file__)").strip()
    assert Path(where).is_relative_to(installed.folder / "environment")
    path = installed.run("python", "-c", "import sys; print(sys.path)")
    assert repr(str(ROOT)) not in path
    assert not os.path.lexists(installed.folder / "content.yaml")


def test_a_new_clinics_folder_builds_from_the_wheel_alone(installed: Installed) -> None:
    installed.run("sh", "-c", "handouts new my-clinic && cd my-clinic && handouts build")
    out = installed.folder / "my-clinic" / "out"
    written = {path.name: path.read_bytes() for path in out.glob("*.pdf")}
    assert sorted(written) == sorted(f"{name}.pdf" for name in PIECES)
    for name, data in written.items():
        assert data.startswith(b"%PDF-")
        assert data == (shipped().piece(name[:-4], "letter").path).read_bytes(), name


def test_the_shelf_is_in_the_wheel_and_is_small(wheel: Path, installed: Installed) -> None:
    with zipfile.ZipFile(wheel) as archive:
        files = [info for info in archive.infolist() if info.filename.startswith("handouts/shelf/")]
    assert len([one for one in files if one.filename.count("/") == 2]) >= 36
    assert sum(info.compress_size for info in files) < 600_000
    installed.run(
        "sh", "-c", "handouts new own && cd own && handouts list exercises --for headache"
    )


def test_the_doctor_is_content_with_the_wheel(installed: Installed) -> None:
    assert installed.run("handouts", "doctor")
