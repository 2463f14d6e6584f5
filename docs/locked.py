"""The locks: which versions are installed, and whether they are what pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from packaging.markers import Marker

LOCKS = {
    "build": ("environment",),
    "run": ("",),
    "check": ("", "test", "check"),
    "bench": ("", "test", "check", "bench"),
    "maintenance": (
        "", "accessibility", "test", "check", "bench", "environment", "maintenance",
    ),
}  # fmt: skip
"""Each file of .locks/, and the lists of pyproject.toml it holds; "" is what handouts needs."""

_FREE_LINES = ("", "--only-binary :all:")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}( \\)?")
_VERSION = re.compile(r"==([^;]+)")


@dataclass(frozen=True, slots=True)
class Locked:
    """One package at one version, with who asks for it."""

    name: str
    version: str
    marker: Marker | None
    """Where it is installed; None is everywhere."""
    hashes: int
    asked_by: tuple[str, ...]


def read_lock(path: Path) -> tuple[list[Locked], list[str]]:
    """Give what a lock holds, and its lines that should not be there."""
    locked: list[Locked] = []
    strange: list[str] = []
    entries = re.split(r"\n(?=[^\s#])", path.read_text(encoding="utf-8"))
    for entry in entries:
        first, *rest = entry.splitlines() or [""]
        if first.startswith("#") or first in _FREE_LINES:
            strange += [line for line in rest if line.strip() and not line.startswith("#")]
            continue
        try:
            requirement = Requirement(first.removesuffix("\\").strip())
        except ValueError:
            strange.append(first)
            continue
        pinned = _VERSION.fullmatch(str(requirement.specifier))
        hashes = [line for line in rest if _HASH.fullmatch(line.strip())]
        notes = [line.strip() for line in rest if line.strip().startswith("#")]
        strange += [line for line in rest if line.strip() and line not in hashes
                    and line.strip() not in notes]  # fmt: skip
        if pinned is None or requirement.url:
            strange.append(first)
            continue
        asked_by = tuple(
            re.sub(r"^#\s*(via\s*)?", "", note) for note in notes if note not in {"#", "# via"}
        )
        locked.append(
            Locked(requirement.name, pinned[1], requirement.marker, len(hashes), asked_by)
        )
    return locked, strange


def asked_for(root: Path) -> dict[str, list[Requirement]]:
    """Give the lists of pyproject.toml; a list that takes in another holds it."""
    data = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    project = data["project"]
    written = {
        "": project["dependencies"],
        **project["optional-dependencies"],
        **data["dependency-groups"],
    }
    lists = {key: [Requirement(text) for text in texts] for key, texts in written.items()}

    def whole(key: str) -> Iterator[Requirement]:
        for requirement in lists[key]:
            if requirement.name == project["name"]:
                for extra in requirement.extras:
                    yield from whole(extra)
            else:
                yield requirement

    return {key: list(whole(key)) for key in lists}


def lock_problems(root: Path) -> Iterator[str]:
    """Say where a lock is not what pyproject.toml asks for, or would install what is not locked."""
    lists = asked_for(root)
    everywhere: dict[tuple[str, str], tuple[str, str]] = {}
    for lock, keys in LOCKS.items():
        file = f".locks/{lock}.txt"
        locked, strange = read_lock(root / file)
        for line in strange:
            yield f"{file} holds a line that names no locked version: {line.strip()}"
        for entry in locked:
            if not entry.hashes:
                yield f"{file} has no hash for {entry.name}"
            place = (entry.name, str(entry.marker))
            version, first = everywhere.setdefault(place, (entry.version, file))
            if version != entry.version:
                yield _renew(file, f"has {entry.name} {entry.version}, {first} has {version}")
        yield from _not_as_asked(file, locked, [one for key in keys for one in lists[key]])


def _not_as_asked(file: str, locked: list[Locked], wanted: list[Requirement]) -> Iterator[str]:
    for requirement in wanted:
        name = canonicalize_name(requirement.name)
        versions = [entry.version for entry in locked if entry.name == name]
        if not versions:
            yield _renew(file, f"lacks {requirement}, which pyproject.toml asks for")
        for version in versions:
            if not requirement.specifier.contains(version):
                yield _renew(file, f"has {name} {version}, pyproject.toml asks for {requirement}")
    names = {canonicalize_name(requirement.name) for requirement in wanted}
    for entry in locked:
        if entry.name not in names and all("handouts" in by for by in entry.asked_by):
            yield _renew(file, f"has {entry.name}, which nothing asks for")


def _renew(file: str, what: str) -> str:
    return f"{file} {what}: run make lock"
