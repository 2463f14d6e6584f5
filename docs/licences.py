"""The licences of what handouts needs to run: whether they are known, allowed and as installed.

What stands in .locks/licences.yaml was read by a person. Here it is held against the lock, against
the list of what is allowed, and against the wheels that are installed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING

import yaml
from license_expression import ExpressionError, get_spdx_licensing
from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from boolean import Expression
    from locked import Locked

ALLOWED = frozenset(
    {
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD-3-Clause-Open-MPI", "BSL-1.0",
        "CC-BY-4.0", "CC0-1.0", "CNRI-Python", "FTL", "HPND", "HPND-sell-variant", "IJG", "ISC",
        "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "PostgreSQL", "Unicode-3.0", "X11", "Zlib",
        "libpng-2.0", "libtiff", "OFL-1.1",
        # The library may be used by any program; changes to it, or its file, stay free.
        "LGPL-2.1-only", "LGPL-2.1-or-later", "MPL-1.1", "MPL-2.0",
        # The exceptions take away what the licence would ask of a program.
        "Apache-2.0 WITH LLVM-exception", "GPL-3.0-or-later WITH GCC-exception-3.1",
    }
)  # fmt: skip
"""Licences that ask nothing of who prints handouts. AGPL and GPL alone are not among them."""

_SPDX = get_spdx_licensing()


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Held(_Data):
    """Others' work that lies inside something."""

    name: str
    licence: str
    text: str = ""
    library: str = ""
    unused: str = ""


class Package(_Data):
    """One package's licence, and what its wheel holds of others."""

    licence: str
    text: str = ""
    holds: tuple[Held, ...] = ()


class Licences(_Data):
    """All that .locks/licences.yaml says."""

    packages: dict[str, Package]
    shipped: tuple[Held, ...]
    system: tuple[Held, ...]


def read_licences(root: Path) -> Licences:
    """Read .locks/licences.yaml."""
    return _parsed((root / ".locks" / "licences.yaml").read_text(encoding="utf-8"))


@cache
def _parsed(text: str) -> Licences:
    return Licences.model_validate(yaml.safe_load(text))


def refusal(licence: str) -> str:
    """Say why a licence is refused; nothing where it is allowed, or one of its choices is."""
    try:
        expression = _SPDX.parse(licence, validate=True)
    except ExpressionError:
        return "is no SPDX expression"
    if expression is None:
        return "is not known"
    return "" if _is_allowed(expression) else "is not allowed"


def _is_allowed(expression: Expression) -> bool:
    if isinstance(expression, _SPDX.OR):
        return any(map(_is_allowed, expression.args))
    if isinstance(expression, _SPDX.AND):
        return all(map(_is_allowed, expression.args))
    return str(expression) in ALLOWED


def licence_problems(root: Path, locked: Sequence[Locked]) -> Iterator[str]:
    """Say which licences are unknown, not allowed, or not as the wheels have them."""
    licences = read_licences(root)
    names = {entry.name for entry in locked}
    for name in sorted(names - licences.packages.keys()):
        yield f"the licence of {name} is not known: look, and add it to .locks/licences.yaml"
    for name in sorted(licences.packages.keys() - names):
        yield f".locks/licences.yaml names {name}, which .locks/run.txt does not have"
    for name, package in licences.packages.items():
        if why := refusal(package.licence):
            yield f"{name}: its licence, {package.licence}, {why}"
        yield from _refused(name, package.holds)
    yield from _refused("handouts", licences.shipped)
    yield from _refused("the system", licences.system)
    for held in licences.shipped:
        if not (root / held.text).is_file():
            yield f"the licence of {held.name} should lie in {held.text}"
    for entry in locked:
        if entry.name in licences.packages:
            yield from _not_as_installed(entry, licences.packages[entry.name])


def _refused(where: str, holds: Sequence[Held]) -> Iterator[str]:
    for held in holds:
        why = refusal(held.licence)
        if why and not (held.unused and why == "is not allowed"):
            yield f"{where} holds {held.name}: its licence, {held.licence}, {why}"


@dataclass(frozen=True)
class _Installed:
    version: str
    licence: str
    texts: frozenset[str]
    libraries: tuple[str, ...]


@cache
def _installed(name: str) -> _Installed | None:
    """Say what is installed here; None for what is for another system or Python."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return None
    files = [str(path) for path in found.files or ()]
    return _Installed(
        found.version,
        str(found.metadata.json.get("license_expression", "")),
        frozenset(path.partition(".dist-info/")[2] for path in files if ".dist-info/" in path),
        tuple(sorted({path.rpartition("/")[2] for path in files if ".libs/" in path})),
    )


def _not_as_installed(entry: Locked, package: Package) -> Iterator[str]:
    installed = _installed(entry.name)
    if installed is None or installed.version != entry.version:
        return
    declared = installed.licence
    if declared and _SPDX.parse(declared) != _SPDX.parse(package.licence):
        yield f"{entry.name} says that its licence is {declared}, .locks/licences.yaml another"
    if package.text and package.text not in installed.texts:
        yield f"{entry.name} has no {package.text} in its .dist-info folder"
    known = tuple(held.library for held in package.holds if held.library)
    for library in installed.libraries:
        if not library.startswith(known):
            yield f"{entry.name} holds {library}, whose licence is not known"
