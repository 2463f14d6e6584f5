"""The key of what is kept or left as it is: what it is made of, and all that makes it.

An upgrade of the program, of an engine or of a font makes everything anew. What the program
stands on is asked of its own requirements, and of theirs, so that none can be forgotten.
"""

from __future__ import annotations

import ctypes
import re
import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution, distributions
from pathlib import Path

import handouts
from handouts.basics.kept import key_of

_REQUIRED = re.compile(
    r"^Requires-Dist: *([\w.-]+) *(?:\[([^\]]*)\])?[^;\n]*(?:;(.*))?$", re.MULTILINE
)
_VERSION = re.compile(r"^Version: *(.+)$", re.MULTILINE)
_ONLY_FOR_EXTRA = re.compile(r"""extra\s*==\s*["']([\w.-]+)["']""")
_CODE_AND_WORDS = {".py", ".yaml", ".json"}
_SHAPERS = (("pango-1.0", "0", "pango_version_string"), ("harfbuzz", "0", "hb_version_string"))
"""The machine's own libraries that decide where each letter stands, not installed as packages."""


def made_with(*parts: str | bytes) -> str:
    """Give the key of what this program, as it is installed here, makes of these parts."""
    return key_of(*parts, *_makers())


@cache
def _makers() -> tuple[str | bytes, ...]:
    """Give the program's code and words, and the versions of all it stands on: 20 ms, once."""
    code = sha256()
    for path in sorted(Path(handouts.__file__).parent.rglob("*")):
        if path.suffix in _CODE_AND_WORDS:
            code.update(path.read_bytes())
    packages = (f"{name} {version}" for name, version in sorted(package_versions().items()))
    shapers = (_version_of_library(*library) for library in _SHAPERS)
    return (code.digest(), sys.version, *packages, *shapers)


def package_versions() -> dict[str, str]:
    """Give the version of each package that this program needs, and of those that these need.

    A package that is not installed has none: another system needs it, or an option. Where
    this program runs without being installed, all packages count that are.
    """
    if not _metadata("handouts"):
        return {_normal(one.name): one.version for one in distributions()}
    versions: dict[str, str] = {}
    waiting, seen = [("handouts", "")], set[tuple[str, str]]()
    while waiting:
        asked = waiting.pop()
        if asked in seen:
            continue
        seen.add(asked)
        name, extras = asked
        text = _metadata(name)
        found = _VERSION.search(text)
        versions[name] = found[1] if found else ""
        for needed, with_extras, marker in _REQUIRED.findall(text):
            extra = _ONLY_FOR_EXTRA.search(marker)
            if extra is None or extra[1] in extras.split(","):
                waiting.append((_normal(needed), with_extras.replace(" ", "")))
    return versions


def _metadata(name: str) -> str:
    """Read the head of what a package says of itself; parsing the whole takes ten times as long."""
    try:
        return (distribution(name).read_text("METADATA") or "").partition("\n\n")[0]
    except PackageNotFoundError:
        return ""


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _version_of_library(name: str, number: str, function: str) -> str:
    """Ask a library of the machine for its version; empty where it is not found by these names."""
    for file in (f"lib{name}.so.{number}", f"lib{name}.{number}.dylib", f"lib{name}-{number}.dll"):
        try:
            ask = getattr(ctypes.CDLL(file), function)
        except OSError:
            continue
        ask.restype = ctypes.c_char_p
        return bytes(ask()).decode()
    return ""
