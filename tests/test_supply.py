"""What is installed is what is locked, with its hash, and its licences are known."""

from __future__ import annotations

import base64
import hashlib
import importlib.resources
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import ROOT
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from supply import problems

from handouts.checks.syllables import count_syllables

if TYPE_CHECKING:
    from pathlib import Path

LOCKS = ("build", "run", "check", "bench", "maintenance")


@dataclass(frozen=True)
class Copy:
    """A copy of what the supply is made from, to spoil."""

    folder: Path

    def change(self, file: str, old: str, new: str) -> None:
        """Put one text in another's place, in one file or in all locks."""
        paths = [self.folder / file] if file else [*self.folder.glob(".locks/*.txt")]
        found = 0
        for path in paths:
            text = path.read_text(encoding="utf-8")
            found += text.count(old)
            path.write_text(text.replace(old, new), encoding="utf-8")
        assert found, f"{old} is not in {file}"

    def refused(self, *parts: str) -> None:
        """See one problem with all these words."""
        found = problems(self.folder)
        assert any(all(part in one for part in parts) for one in found), found


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    for folder in (".locks", "styles"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for pattern in ("pyproject.toml", "docs/*.py", "docs/licences.md", "docs/sbom.cdx.json",
                    "handouts/__init__.py", "handouts/checks/syllables*",
                    "handouts/wording/cldr*"):  # fmt: skip
        for path in ROOT.glob(pattern):
            place = tmp_path / path.relative_to(ROOT)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place)
    return Copy(tmp_path)


def locked(lock: str) -> dict[str, set[str]]:
    """Give a lock's names and versions, read without our own reader."""
    found: dict[str, set[str]] = {}
    text = (ROOT / ".locks" / f"{lock}.txt").read_text(encoding="utf-8")
    for name, version in re.findall(r"^([a-z0-9][a-z0-9.-]*)==(\S+)", text, re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def bill() -> dict:
    return json.loads((ROOT / "docs" / "sbom.cdx.json").read_text(encoding="utf-8"))


def supply(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "docs/supply.py", *options],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_locks_and_licences_are_as_they_should_be() -> None:
    assert problems(ROOT) == []


def test_what_is_wrong_is_told_and_fails_the_check(copy: Copy) -> None:
    copy.change(".locks/run.txt", "segno==1.6.6", "segno==1.6.7")
    told = supply(copy.folder, "--check")
    assert told.returncode == 1
    assert (
        ".locks/check.txt has segno 1.6.6, .locks/run.txt has 1.6.7: run make lock" in told.stderr
    )
    assert "docs/licences.md is stale: run make docs" in told.stderr
    assert supply(copy.folder).returncode == 1
    assert "| segno | 1.6.7 |" in (copy.folder / "docs" / "licences.md").read_text("utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / ".locks" / f"{lock}.txt").read_text(encoding="utf-8")
    assert len(re.findall(r"^[a-z0-9]\S*==\S+", text, re.MULTILINE)) > 5
    assert "://" not in text
    assert re.findall(r"^-.*", text, re.MULTILINE) == ["--only-binary :all:"]
    for entry in re.split(r"\n(?=[a-z0-9])", text)[1:]:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("pyproject.toml", '"click>=8.4"', '"click>=99"', ".locks/run.txt has click"),
        ("pyproject.toml", '"segno>=1.6.6",', "", "segno, which nothing asks for"),
        ("pyproject.toml", '"segno>', '"rich>=9", "segno>', ".locks/run.txt lacks rich>=9"),
        ("pyproject.toml", '"pytest>=', '"pytest<2,>=', ".locks/check.txt has pytest"),
        ("pyproject.toml", '"page-validation>=', '"page-validation>=7,>=', "check.txt has page-"),
        ("pyproject.toml", '"pip>=', '"pip>=9', ".locks/build.txt has pip"),
        (".locks/check.txt", "weasyprint==70.0", "weasyprint==70.1", "weasyprint 70.1, .locks/run"),
        (".locks/run.txt", "segno==1.6.6", "segno>=1.6.6", "no locked version: segno>="),
        (".locks/run.txt", "segno==1.6.6", "segno @ file:///x", "no locked version: segno @"),
        (".locks/run.txt", "--only-binary :all:", "--index-url x", "version: --index-url x"),
        (".locks/run.txt", "--hash=sha256:", "--hash=md5:", "has no hash for segno"),
        ("docs/licences.md", "| segno | 1.6.6 |", "| segno | 1.6.5 |", "licences.md is stale"),
        ("docs/sbom.cdx.json", "segno@1.6.6", "segno@1.6.5", "sbom.cdx.json is stale"),
        ("", "segno==1.6.6", "segno==1.6.7", "sbom.cdx.json is stale"),
    ],
)
def test_a_lock_that_does_not_fit_is_named(
    copy: Copy, file: str, old: str, new: str, told: str
) -> None:
    copy.change(file, old, new)
    copy.refused(told)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("segno: {licence: BSD-3-Clause", "segno: {licence: AGPL-3.0-only", "is not allowed"),
        ("segno: {licence: BSD-3-Clause", "segno: {licence: GPL-3.0-or-later", "is not allowed"),
        ("segno: {licence: BSD-3-Clause", "segno: {licence: MIT AND GPL-2.0-only", "not allowed"),
        ("segno: {licence: BSD-3-Clause", "segno: {licence: SSPL-1.0", "is not allowed"),
        ("segno: {licence: BSD-3-Clause", "segno: {licence: Free", "is no SPDX expression"),
        ("segno: {licence: BSD-3-Clause", "segno: {licence: ''", "is not known"),
        ("  segno:", "  quickbars:", "the licence of segno is not known"),
        ("  segno:", "  quickbars: {licence: MIT}\n  segno:", "quickbars, which .locks/run.txt"),
        ("licence: MPL-2.0\n", "licence: MIT\n", "pikepdf says that its licence is MPL-2.0"),
        ("text: licenses/COPYING", "text: licenses/NONE", "zopfli has no licenses/NONE"),
        ("GEOS, licence: LGPL-2.1-only", "GEOS, licence: GPL-3.0-only", "shapely holds GEOS"),
        (" WITH GCC-exception-3.1, library", ", library", "numpy holds libgfortran: its licence"),
        ("        unused: only", "#", "pyphen holds dictionaries of other languages"),
        ("styles/FOGRA39L_coated.txt", "styles/NO.txt", "should lie in styles/NO.txt"),
        (
            "Pango, licence: LGPL-2.1-or-later",
            "Pango, licence: AGPL-3.0-only",
            "system holds Pango",
        ),
    ],
)
def test_a_licence_that_is_refused_or_not_known_is_named(
    copy: Copy, old: str, new: str, told: str
) -> None:
    copy.change(".locks/licences.yaml", old, new)
    copy.refused(told)


@pytest.mark.skipif(sys.platform != "linux", reason="wheels of other systems name them otherwise")
def test_a_library_that_a_wheel_holds_unnamed_is_found(copy: Copy) -> None:
    copy.change(".locks/licences.yaml", ", library: libgeos", "")
    copy.refused("shapely holds libgeos", "whose licence is not known")


def test_the_styles_hyphenate_nothing_so_no_dictionary_is_read() -> None:
    styles = [path.read_text(encoding="utf-8") for path in (ROOT / "styles").glob("*.css")]
    values = [value for text in styles for value in re.findall(r"hyphens:\s*([\w-]+)", text)]
    assert values
    assert set(values) <= {"manual", "none"}


def test_the_bill_names_all_that_is_locked_and_only_that() -> None:
    named = {(part["name"], part["version"]) for part in bill()["components"] if "version" in part}
    assert named == {(name, one) for name, versions in locked("run").items() for one in versions}
    assert all(part["licenses"] for part in bill()["components"])


def test_the_bill_is_cyclonedx_1_6() -> None:
    kept = importlib.resources.files("cyclonedx.schema") / "_res"
    schemas = {
        name: json.loads((kept / f"{name}.SNAPSHOT.schema.json").read_text(encoding="utf-8"))
        for name in ("bom-1.6", "jsf-0.82", "spdx")
    }
    registry = Registry().with_resources(
        [(schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()]
    )
    judge = Draft7Validator(schemas["bom-1.6"], registry=registry)
    assert list(judge.iter_errors(bill())) == []
    assert list(judge.iter_errors({**bill(), "components": [{"name": "no type"}]})) != []


def test_the_bill_says_who_needs_whom() -> None:
    needs = {entry["ref"]: entry.get("dependsOn", []) for entry in bill()["dependencies"]}
    refs = {part["name"]: part["bom-ref"] for part in bill()["components"]}
    assert refs["weasyprint"] in needs["handouts"]
    assert refs["pyphen"] not in needs["handouts"]
    assert refs["pyphen"] in needs[refs["weasyprint"]]
    reached, ahead = set(), ["handouts"]
    while ahead:
        one = ahead.pop()
        if one not in reached:
            reached.add(one)
            ahead += needs.get(one, [])
    assert reached >= set(refs.values())


def test_the_written_files_are_the_same_on_another_day_and_in_another_place(copy: Copy) -> None:
    for name in ("sbom.cdx.json", "licences.md"):
        (copy.folder / "docs" / name).unlink()
    made = supply(copy.folder)
    assert (made.returncode, made.stderr) == (0, "")
    for name in ("sbom.cdx.json", "licences.md"):
        text = (copy.folder / "docs" / name).read_bytes()
        assert text == (ROOT / "docs" / name).read_bytes()
    assert "serialNumber" not in bill()
    assert "timestamp" not in bill()["metadata"]


def test_the_page_of_licences_names_all_that_is_held() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    data = yaml.safe_load((ROOT / ".locks" / "licences.yaml").read_text(encoding="utf-8"))
    for name, package in data["packages"].items():
        assert (
            f"| {name} | {' or '.join(sorted(locked('run')[name]))} | {package['licence']} |"
            in page
        )
        for held in package.get("holds", ()):
            assert f"| {name} | {held['name']} | {held['licence']}" in page


def test_make_installs_nothing_without_a_hash() -> None:
    planned = subprocess.run(
        ["make", "--dry-run", "--always-make", "bench", "lock", "VENV=nowhere"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    ).stdout.replace("\\\n", " ")  # fmt: skip
    installs = [line for line in planned.splitlines() if "pip install" in line]
    locks = [line for line in installs if "--require-hashes --only-binary :all:" in line]
    assert len(locks) == len(LOCKS)
    (own,) = set(installs) - set(locks)
    assert "--no-deps --no-build-isolation --editable ." in own


def small_wheel(folder: Path) -> str:
    """Make a wheel with nothing in it, and give its hash."""
    path = folder / "nothing_much-1.0-py3-none-any.whl"
    info = "nothing_much-1.0.dist-info"
    files = {
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: nothing-much\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = []
    for name, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=")
        lines.append(f"{name},sha256={digest.decode()},{len(text)}")
    files[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,"]) + "\n"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_make_refuses_a_file_whose_hash_is_not_the_locked_one(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    digest = small_wheel(tmp_path)
    changed = f"{digest[:-1]}{(int(digest[-1], 16) + 1) % 16:x}"
    (tmp_path / ".locks").mkdir()
    for lock in ("build", "run"):
        (tmp_path / ".locks" / f"{lock}.txt").write_text(
            f"nothing-much==1.0 \\\n    --hash=sha256:{changed}\n"
        )
    made = subprocess.run(
        ["make", ".venv/locked", f"PYTHON={sys.executable}"],
        cwd=tmp_path,
        env={**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path)},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert made.returncode != 0
    assert "DO NOT MATCH THE HASHES" in made.stderr
    assert re.search(rf"Expected sha256 {changed}\s+Got\s+{digest}", made.stderr)
    assert not (tmp_path / ".venv" / "locked").exists()


@pytest.mark.parametrize(
    ("word", "count"),
    [("the", 1), ("The", 1), ("EXERCISE", 3), ("therapist", 3), ("shoulder", 2),
     ("etc", 4), ("Mr", 2), ("12", 1), ("h", 1), ("rhythm", 1), ("appreciate", 4)],
)  # fmt: skip
def test_syllables_are_counted_as_before(word: str, count: int) -> None:
    assert count_syllables(word) == count
