"""Kept things that somebody else has changed: the cache, a run's parts, a folder's record."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from jinja2.bccache import bc_magic

from attacks.case import MARKER, Case
from attacks.machine import HANDOUTS, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CACHE = "../cache"
"""Beside the clinic's folder; XDG_CACHE_HOME names it by its whole path."""
ENV = {"XDG_CACHE_HOME": "{clinic}/../cache"}
FALSE_WORDS = "Swallow-the-needle"
PICKLE = f"cos\nsystem\n(S'touch {MARKER}'\ntR.".encode()
ANOTHER_UID = 12_345
PRINTED = frozenset({0})
"""What is kept is only a help: whatever is done to it, the command does its work."""
SHEET = ("sheet", "--for", "Ada Sample", "--exercise", "suboccipital-release", "-o", "own.pdf")
BUILD = ("build", "exercises")
RUN = ("batch", "people.csv", "-o", "run.pdf", "--resume", "-q")
Change = "Callable[[Path], None]"


def _handouts(clinic: Path, *words: str) -> None:
    subprocess.run(
        [*HANDOUTS, *words],
        cwd=clinic,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": f"{clinic}/../cache"},
        capture_output=True,
        check=True,
    )


def _kept_files(clinic: Path) -> list[Path]:
    return [path for path in (clinic / CACHE).rglob("*") if path.is_file()]


def _false_words(path: Path) -> None:
    """Change the words below and in a kept drawing, and nothing that a reader would miss."""
    text = path.read_bytes()
    path.write_bytes(
        text.replace(b"Lie still", FALSE_WORDS.encode()).replace(
            b"</svg>", b"<text x='10' y='10' font-size='9'>%s</text></svg>" % FALSE_WORDS.encode()
        )
    )


def _pickle(path: Path) -> None:
    path.write_bytes(PICKLE)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10_000_000_000)


def _deep(path: Path) -> None:
    path.write_bytes(b"[" * 1_000_000)


def _other_shape(path: Path) -> None:
    path.write_text(json.dumps({"hold": {"svg": 5, "caption": [], "alt": None}, "streams": -1}))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


CHANGES: dict[str, Callable[[Path], None]] = {
    "other words": _false_words,
    "a pickle": _pickle,
    "a pipe": _pipe,
    "a device": _device,
    "a folder": _folder,
    "10 GB of nothing": _sparse,
    "lists a million deep": _deep,
    "another shape": _other_shape,
    "nothing": _empty,
}


def _changed(words: tuple[str, ...], change: Callable[[Path], None]) -> Callable[[Path], None]:
    """Let the command keep what it keeps, then change each file of it."""

    def prepare(clinic: Path) -> None:
        _handouts(clinic, *words)
        for path in _kept_files(clinic):
            change(path)
        (clinic / "own.pdf").unlink(missing_ok=True)
        shutil.rmtree(clinic / "out", ignore_errors=True)

    return prepare


def _bytecode(clinic: Path) -> None:
    """Plant a program where Jinja looks for the bytecode of each shipped template."""
    folder = clinic / CACHE / "handouts" / "templates"
    folder.mkdir(mode=0o700, parents=True)
    for path in (ROOT / "templates").glob("*.html"):
        key = hashlib.sha1(f"{path.name}|{path}".encode(), usedforsecurity=False).hexdigest()
        (folder / f"__jinja2_{key}.cache").write_bytes(bc_magic + PICKLE)


def _open_to_all(clinic: Path) -> None:
    for path in (clinic / CACHE).rglob("*"):
        path.chmod(0o777)
    (clinic / CACHE / "handouts").chmod(0o777)


def _somebody_elses(clinic: Path) -> None:
    for path in (clinic / CACHE).rglob("*"):
        os.chown(path, ANOTHER_UID, ANOTHER_UID)


def _linked(clinic: Path) -> None:
    """Let the cache's folder be a link into a folder that is open to all."""
    real = clinic.parent / "elsewhere"
    (clinic / CACHE / "handouts").rename(real)
    real.chmod(0o777)
    (clinic / CACHE / "handouts").symlink_to(real)


OWNERS: dict[str, Callable[[Path], None]] = {
    "open to all": _open_to_all,
    "a link to what is open to all": _linked,
    **({"somebody else's": _somebody_elses} if os.geteuid() == 0 else {}),
}
"""Only root can give files away."""


def _owned(
    words: tuple[str, ...], owner: Callable[[Path], None], change: Callable[[Path], None]
) -> Callable[[Path], None]:
    changed = _changed(words, change)

    def prepare(clinic: Path) -> None:
        changed(clinic)
        owner(clinic)

    return prepare


def _no_cache(kind: str) -> Callable[[Path], None]:
    def prepare(clinic: Path) -> None:
        cache = clinic / CACHE
        if kind == "a file":
            cache.write_bytes(b"x")
        elif kind == "a pipe":
            os.mkfifo(cache)
        elif kind == "a device":
            cache.symlink_to("/dev/full")
        else:
            cache.symlink_to("cache")

    return prepare


def _parts(change: Callable[[Path], None]) -> Callable[[Path], None]:
    """Plant parts of a stopped run, by the names that a run gives them."""

    def prepare(clinic: Path) -> None:
        rows = [f"r{n},Ada Sample{n},neck-and-head-start" for n in range(3)]
        (clinic / "people.csv").write_text("\n".join(("id,name,programme", *rows)))
        parts = clinic / "run.pdf.parts"
        parts.mkdir(mode=0o700)
        for name in ("part-000000000", "part-000000001", "alone-000000000", "run.json"):
            (parts / name).write_bytes(b'{"digest": "", "streams": [], "errors": []}\n')
            change(parts / name)

    return prepare


def _record(change: Callable[[Path], None]) -> Callable[[Path], None]:
    def prepare(clinic: Path) -> None:
        (clinic / "out").mkdir()
        record = clinic / "out" / ".handouts.json"
        record.write_bytes(b"{}")
        change(record)

    return prepare


def cases() -> Iterator[Case]:
    """Give what is done to the cache, its owners, a run's parts and a folder's record."""
    for kind, words in (("sheet", SHEET), ("build", BUILD)):
        for name, change in CHANGES.items():
            prepare = _changed(words, change)
            yield Case(
                f"cache {kind}", name, words, prepare, "", PRINTED, env=ENV, secret=FALSE_WORDS
            )
        planted = "a pickle behind the sign of bytecode"
        yield Case(f"cache {kind}", planted, words, _bytecode, "", PRINTED, env=ENV)
        for owner, own in OWNERS.items():
            prepare = _owned(words, own, _false_words)
            yield Case(
                f"cache {kind}", owner, words, prepare, "", PRINTED,
                env=ENV, secret=FALSE_WORDS, says="warning:",
            )  # fmt: skip
        for name in ("a file", "a pipe", "a device", "a link to itself"):
            where = f"whose folder is {name}"
            yield Case(f"cache {kind}", where, words, _no_cache(name), "", PRINTED, env=ENV)
    for name, change in CHANGES.items():
        if name != "other words":
            yield Case(
                "parts of a run", name, RUN, _parts(change), "", PRINTED, may_change="run.pdf"
            )
            build = ("build", "testimonials", "-q")
            odd = frozenset({0, 5}) if name in {"a folder", "a pipe", "a device"} else PRINTED
            yield Case("record", name, build, _record(change), "", odd, may_change="out")
