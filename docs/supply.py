"""Writes what handouts is made of: a bill of materials and a list of licences, from the lock.

With --check, says where they are stale, where a lock is not what pyproject.toml asks for, and which
licence is unknown or not allowed. Nothing in them changes with the day or the machine.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from licences import Held, Licences, licence_problems, read_licences
from locked import Locked, lock_problems, read_lock
from packageurl import PackageURL

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent
VERSION = re.compile(r'__version__ = "([^"]+)"')

HEAD = """\
# Licences

This page is made by `make docs` from `.locks/run.txt` and `.locks/licences.yaml`. handouts itself
is under the MIT licence, see [LICENSE](../LICENSE). Licences have their SPDX names; where a text has
none, the nearest is given. Where there is a choice (OR), one is taken that asks nothing of who
prints handouts. A text lies in the package's folder `NAME-VERSION.dist-info` in `.venv`.
"""


def own_version(root: Path) -> str:
    """Give the version of handouts itself."""
    text = (root / "handouts" / "__init__.py").read_text(encoding="utf-8")
    (version,) = VERSION.findall(text)
    return str(version)


def parts(of: str, holds: Iterable[Held]) -> list[Component]:
    """Give components for others' work that lies in something."""
    return [
        Component(
            name=held.name,
            type=ComponentType.LIBRARY,
            bom_ref=f"{of}#{held.name}",
            scope=ComponentScope.EXCLUDED if held.unused else None,
            licenses=[LicenseExpression(held.licence)],
        )
        for held in holds
    ]


def bill_of_materials(version: str, locked: list[Locked], licences: Licences) -> str:
    """Write the bill as CycloneDX 1.6, with who needs whom; the hashes stand in the lock."""
    bom = Bom()
    own = Component(
        name="handouts",
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref="handouts",
        licenses=[LicenseExpression("MIT")],
        components=parts("handouts", licences.shipped),
    )
    bom.metadata.component = own
    bom.metadata.properties.add(Property(name="handouts:hashes", value=".locks/run.txt"))
    made = []
    for entry in locked:
        package = licences.packages[entry.name]
        url = PackageURL("pypi", None, entry.name, entry.version)
        component = Component(
            name=entry.name,
            version=entry.version,
            type=ComponentType.LIBRARY,
            bom_ref=str(url),
            purl=url,
            licenses=[LicenseExpression(package.licence)],
            properties=[Property(name="handouts:where", value=str(entry.marker))]
            if entry.marker
            else [],
            components=parts(str(url), package.holds),
        )
        made.append((entry, component))
        bom.components.add(component)
    for component in parts("system", licences.system):
        bom.components.add(component)
        bom.register_dependency(own, [component])
    for entry, component in made:
        askers = [by for other, by in made if other.name in entry.asked_by]
        if any("handouts" in by for by in entry.asked_by):
            askers.append(own)
        for asker in askers:
            bom.register_dependency(asker, [component])
    written = json.loads(JsonV1Dot6(bom).output_as_string())
    del written["serialNumber"], written["metadata"]["timestamp"]
    return json.dumps(written, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Write a table for a page."""
    lines = [columns, ("---",) * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def licence_page(locked: list[Locked], licences: Licences) -> str:
    """Write the page of licences."""
    versions: dict[str, list[str]] = {}
    for entry in locked:
        versions.setdefault(entry.name, []).append(entry.version)
    packages: list[tuple[str, ...]] = [
        (
            name,
            " or ".join(versions[name]),
            package.licence,
            f"`{package.text}`" if package.text else "not in the wheel",
        )
        for name, package in sorted(licences.packages.items())
    ]
    held: list[tuple[str, ...]] = [
        (name, held.name, held.licence + (f" (unused: {held.unused})" if held.unused else ""))
        for name, package in sorted(licences.packages.items())
        for held in package.holds
    ]
    shipped: list[tuple[str, ...]] = [
        (part.name, part.licence, f"[{part.text}](../{part.text})") for part in licences.shipped
    ]
    system: list[tuple[str, ...]] = [(part.name, part.licence) for part in licences.system]
    sections: tuple[tuple[str, tuple[str, ...], list[tuple[str, ...]]], ...] = (
        ("What is installed with it", ("Package", "Version", "Licence", "Text"), packages),
        ("What these packages hold of others", ("Package", "Holds", "Licence"), held),
        ("What lies in handouts itself", ("File", "Licence", "Text"), shipped),
        ("What the operating system brings", ("Library", "Licence"), system),
    )
    return HEAD + "".join(
        f"\n## {title}\n\n{table(columns, rows)}" for title, columns, rows in sections
    )


def written(root: Path) -> dict[str, str]:
    """Make the two files from a folder's lock; nothing where a licence is missing or too many."""
    locked, _ = read_lock(root / ".locks" / "run.txt")
    licences = read_licences(root)
    if {entry.name for entry in locked} != licences.packages.keys():
        return {}
    return {
        "docs/sbom.cdx.json": bill_of_materials(own_version(root), locked, licences),
        "docs/licences.md": licence_page(locked, licences),
    }


def problems(root: Path) -> list[str]:
    """Say what is wrong with a folder's locks and licences, and which file is stale."""
    locked, _ = read_lock(root / ".locks" / "run.txt")
    stale = [
        f"{name} is stale: run make docs"
        for name, text in written(root).items()
        if not (root / name).is_file() or (root / name).read_text(encoding="utf-8") != text
    ]
    return [*lock_problems(root), *licence_problems(root, locked), *stale]


def main() -> int:
    """Write the two files first, unless --check is asked for; then say what is wrong."""
    if "--check" not in sys.argv[1:]:
        for name, text in written(ROOT).items():
            (ROOT / name).write_text(text, encoding="utf-8")
    found = problems(ROOT)
    for problem in found:
        print(problem, file=sys.stderr)  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
