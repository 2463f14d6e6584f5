"""An attack with files: what is made, which command meets it, and what it may do then."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from attacks.machine import HANDOUTS, ROOT, Ended, start, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

REFUSED = frozenset({3, 4, 5})
HARMLESS = REFUSED | {0}
"""Where a command may as well do its work: what is attacked has no bad effect on paper."""
MOST_LINES = 105
MOST_CHARACTERS = 30_000
"""A hundred findings and how many more there are: nobody reads on."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
MARKER = "code-ran-here"
"""The name of the file that an attack's code would make in the clinic's folder."""


@dataclass(frozen=True)
class Case:
    """One attack: a clinic's folder is spoiled, a command runs, and this must hold."""

    kind: str
    name: str
    command: tuple[str, ...]
    prepare: Callable[[Path], None]
    file: str
    """What a refusal must name."""
    codes: frozenset[int] = REFUSED
    seconds: float = 20
    megabytes: int = 2000
    secret: str = ""
    """What no message and no file that is written may hold."""
    says: str = ""
    """What standard error must hold, whatever the exit code."""
    env: Mapping[str, str] = field(default_factory=dict)
    """`{clinic}` in a value stands for the clinic's folder."""
    may_change: str | tuple[str, ...] = ""
    """What the path of each file begins with that is changed or taken away by right."""
    clean: Callable[[Path], None] = lambda _clinic: None
    """Takes away what deleting the folder would not."""


@dataclass(frozen=True)
class Verdict:
    """What a case did, and every rule that it broke."""

    case: Case
    ended: Ended
    faults: tuple[str, ...]

    @property
    def row(self) -> tuple[str, ...]:
        """Give its row of the report."""
        exit_code = "cut" if self.ended.code is None else str(self.ended.code)
        return (
            self.case.kind,
            self.case.name,
            f"{self.ended.seconds:.1f}",
            str(self.ended.megabytes),
            exit_code,
            "; ".join(self.faults) or "ok",
        )


@cache
def _clinic_files() -> dict[str, bytes]:
    names = ("content.yaml", "styles/sample-logo.svg")
    return {name: (ROOT / name).read_bytes() for name in names}


def make_clinic(folder: Path) -> Path:
    """Make a clinic's folder as ``handouts new`` does, but quicker."""
    for name, data in _clinic_files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (folder / "templates").mkdir()
    return folder


Entry = tuple[int, int, float]
"""What an entry of a folder is: its mode, its size, when it was last changed."""


def tree(folder: Path) -> dict[str, Entry]:
    """Give each entry below a folder; nothing is opened, and no link is followed."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(place) / name
            seen = path.lstat()
            changed = 0 if stat.S_ISDIR(seen.st_mode) else seen.st_mtime
            size = 0 if stat.S_ISDIR(seen.st_mode) else seen.st_size
            found[path.relative_to(folder).as_posix()] = (seen.st_mode, size, changed)
    return found


def run_case(
    case: Case,
    folder: Path,
    env: Mapping[str, str] | None = None,
    *,
    patience: float = 1,
    program: Sequence[str] = HANDOUTS,
) -> Verdict:
    """Run a case in an empty folder, which is gone afterwards, and judge it.

    ``patience`` is by how much its time limit grows, where the machine has other work to do.
    """
    clinic, scratch = folder / "clinic", folder / "tmp"
    scratch.mkdir(parents=True)
    try:
        case.prepare(make_clinic(clinic))
        before = tree(clinic)
        own = {name: value.format(clinic=clinic) for name, value in case.env.items()}
        everything = {"TMPDIR": str(scratch), **(env or {}), **own}
        watched = start([*program, *case.command], clinic, everything)
        ended = watch(watched, clinic, most_s=case.seconds * patience, most_mb=case.megabytes)
        faults = (*judge(case, ended), *_left_behind(case, ended, clinic, before, scratch))
        return Verdict(case, ended, faults)
    finally:
        case.clean(clinic)
        for place, folders, _ in os.walk(folder):
            for name in folders:
                if not (Path(place) / name).is_symlink():
                    (Path(place) / name).chmod(0o700)
        shutil.rmtree(folder)


def judge(case: Case, ended: Ended) -> list[str]:
    """Name the rules that a command broke in how it ended and what it said."""
    if ended.limit:
        return [ended.limit]
    faults = [f"left the process {line!r}" for line in ended.left]
    if ended.code not in case.codes:
        faults.append(f"exit {ended.code}: {ended.err.strip()[-80:]!r}")
    if "Traceback" in ended.err or "Traceback" in ended.out:
        faults.append(f"traceback: {ended.err.strip().splitlines()[-1][:120]}")
    if ended.code in REFUSED:
        faults += _unclear(case, ended.err)
    if _CONTROL.search(ended.err + ended.out):
        faults.append("wrote control characters")
    if case.says not in ended.err:
        faults.append(f"did not say {case.says!r}")
    if case.secret and case.secret in ended.err + ended.out:
        faults.append("PRINTED what it must not")
    return faults


def _unclear(case: Case, err: str) -> Iterable[str]:
    lines = [line for line in err.splitlines() if "warning:" not in line]
    if not lines:
        yield "said nothing"
    if len(lines) > MOST_LINES or len("".join(lines)) > MOST_CHARACTERS:
        yield f"said {len(lines)} lines of {len(err)} characters"
    if case.file not in err:
        yield f"did not name {case.file}"


def _left_behind(
    case: Case, ended: Ended, clinic: Path, before: Mapping[str, Entry], scratch: Path
) -> Iterable[str]:
    after = tree(clinic)
    new = sorted(after.keys() - before.keys())
    if MARKER in after or (scratch / MARKER).exists():
        yield "RAN CODE"
    if case.secret:
        files = [clinic / name for name in new if stat.S_ISREG(after[name][0])]
        yield from (
            f"{path.name} HOLDS what it must not"
            for path in files
            if case.secret.encode() in words_of(path)
        )
    if ended.limit:
        return
    changed = [name for name in sorted(before) if after.get(name) != before[name]]
    if ended.code in REFUSED:
        changed = [name for name in changed if not _by_right(case, name)]
        new = [name for name in new if _is_left(name, after[name]) and not _by_right(case, name)]
    else:
        changed = []
        new = [name for name in new if _staged(name)]
    if changed:
        yield f"changed {', '.join(changed[:3])}"
    if new:
        yield f"left {', '.join(new[:3])}"
    if kept := sorted(path.name for path in scratch.iterdir()):
        yield f"left {', '.join(kept[:3])} in the folder for temporary files"


def _by_right(case: Case, name: str) -> bool:
    return bool(case.may_change) and name.startswith(case.may_change)


def _is_left(name: str, entry: Entry) -> bool:
    """Say whether an entry is more than an empty folder, which tells nothing false."""
    return _staged(name) or not stat.S_ISDIR(entry[0])


def _staged(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return last.startswith(".") and last != ".handouts.json"


def words_of(path: Path) -> bytes:
    """Give a file's bytes, and where it is a PDF the words that it prints and its attachments."""
    data = path.read_bytes()
    if not data.startswith(b"%PDF"):
        return data
    words = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout
    plain = subprocess.run(
        ["qpdf", "--qdf", "--object-streams=disable", path, "-"], capture_output=True, check=True
    ).stdout
    return words + plain
