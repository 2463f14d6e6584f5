"""Files that are no files: pipes, devices, folders, links in a circle, and what can't be read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from attacks.case import Case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _folder(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    other = path.with_name(f"other-{path.name}")
    path.symlink_to(other.name)
    other.symlink_to(path.name)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10_000_000_000)


def _closed(path: Path) -> None:
    path.write_bytes(b"x")
    path.chmod(0)


KINDS: dict[str, Callable[[Path], None]] = {
    "a pipe": _pipe,
    "/dev/zero": _link("/dev/zero"),
    "/dev/full": _link("/dev/full"),
    "/dev/urandom": _link("/dev/urandom"),
    "standard input of another": _link("/proc/1/fd/0"),
    "memory of the process": _link("/proc/self/mem"),
    "a folder": _folder,
    "links in a circle": _loop,
    "a link to nothing": _link("nowhere"),
    "10 GB of nothing": _sparse,
    **({"a file that can't be read": _closed} if os.geteuid() else {}),
}
"""How each is made; root can read every file."""
UNTOLD = "the-line-of-somebody-elses-file"


OTHERS = "somebody-elses.txt"
"""A file beside the clinic's folder."""


def _others(clinic: Path, path: Path) -> None:
    """Link to somebody else's file, outside the clinic's folder."""
    other = clinic.parent / OTHERS
    other.write_text(f"{UNTOLD}\n", encoding="utf-8")
    path.symlink_to(other)


BUILD = ("build", "testimonials", "-q")
ASKED_FOR: dict[str, tuple[str, tuple[str, ...]]] = {
    "content check": ("content.yaml", ("check", "--quick", "-q")),
    "content build": ("content.yaml", BUILD),
    "content list": ("content.yaml", ("list",)),
    "roster check csv": ("people.csv", ("roster", "check", "people.csv", "-q")),
    "roster check xlsx": ("people.xlsx", ("roster", "check", "people.xlsx", "-q")),
    "batch csv": ("people.csv", ("batch", "people.csv", "-q")),
    "batch xlsx": ("people.xlsx", ("batch", "people.xlsx", "-q")),
    "batch plan": ("plan.yaml", ("batch", "plan.yaml", "-q")),
    "sheet": ("own.yaml", ("sheet", "own.yaml", "-q")),
    "preflight": ("attack.pdf", ("preflight", "attack.pdf", "--profile", "press")),
    "impose": (
        "attack.pdf",
        ("impose", "attack.pdf", "--scheme", "2-up", "--paper", "tabloid", "-o", "up.pdf"),
    ),
}
IN_THE_FOLDER: dict[str, tuple[str, tuple[str, ...]]] = {
    "logo check": ("styles/sample-logo.svg", ("check", "--quick", "-q")),
    "logo": ("styles/sample-logo.svg", BUILD),
    "logo png": ("styles/attack.png", BUILD),
    "template": ("templates/testimonials.html", BUILD),
    "included template": ("templates/parts.html", BUILD),
    "manifest": ("templates/testimonials.yaml", BUILD),
    "style": ("styles/clinic.css", BUILD),
    "shared style": ("styles/tokens.css", BUILD),
}
"""Files that the clinic's folder is looked through for, whoever put them there."""


def _put(
    file: str, make: Callable[[Path], None], *, outside: bool = False
) -> Callable[[Path], None]:
    def prepare(clinic: Path) -> None:
        path = clinic / file
        path.unlink(missing_ok=True)
        if outside:
            _others(clinic, path)
        else:
            make(path)
        if file == "styles/attack.png":
            content = clinic / "content.yaml"
            text = content.read_text(encoding="utf-8")
            content.write_text(text.replace("styles/sample-logo.svg", file), encoding="utf-8")

    return prepare


def cases() -> Iterator[Case]:
    """Give each odd file in each place, and links to somebody else's file in the folder."""
    for kind, (file, command) in (ASKED_FOR | IN_THE_FOLDER).items():
        named = file.rsplit("/", 1)[-1]
        for name, make in KINDS.items():
            yield Case(f"odd {kind}", name, command, _put(file, make), named)
    for kind, (file, command) in IN_THE_FOLDER.items():
        prepare = _put(file, _pipe, outside=True)
        named = file.rsplit("/", 1)[-1]
        yield Case(
            f"odd {kind}", "a link to somebody else's", command, prepare, named, secret=UNTOLD
        )
