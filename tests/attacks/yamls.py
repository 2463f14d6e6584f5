"""Hostile YAML: as content, as a prescription, as a plan for a run."""

# ruff: noqa: E501 - each text stands on one line, to be copied

from __future__ import annotations

from typing import TYPE_CHECKING

from attacks.case import HARMLESS, Case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
TREES: dict[str, Callable[[], str]] = {
    "1.9 MB of unknown keys": lambda: "".join(f"key-{n}: {n}\n" for n in range(120_000)),
    "1.9 MB of unknown keys in one line": lambda: "{" + ", ".join(f"k{n}: 1" for n in range(170_000)) + "}",
    "1.9 MB of one text": lambda: "title: " + "words " * 310_000,
    "1.9 MB of one key": lambda: "k" * 1_900_000 + ": 1",
    "one list of 900,000": lambda: "[" + "1," * 900_000 + "]",
    "one list of 300,000 lines": lambda: "- x\n" * 300_000,
    "lists 100,000 deep": lambda: "a: " + "[" * 100_000,
    "lists 100,000 deep that end": lambda: "[" * 100_000 + "]" * 100_000,
    "lists 900 deep": lambda: "[" * 900 + "]" * 900,
    "keys 300,000 deep": lambda: "{a: " * 300_000,
    "keys 1,000 deep by indenting": lambda: "".join(f"{' ' * n}a:\n" for n in range(1000)),
    "dashes 100,000 deep": lambda: "- " * 100_000 + "x",
    "question marks": lambda: "? " * 500_000,
    "a billion laughs": lambda: LAUGHS,
    "anchors, 100,000": lambda: "".join(f"a{n}: &a{n} 1\n" for n in range(100_000)),
    "an anchor of itself": lambda: "a: &a\n  b: *a\n",
    "merges of merges": lambda: "a: &a {x: 1}\n"
    + "".join(f"m{n}: &m{n}\n  <<: [{', '.join([f'*m{n - 1}' if n else '*a'] * 9)}]\n" for n in range(12)),
    "20,000 documents": lambda: "---\na: 1\n" * 20_000,
    "tags of Python": lambda: "a: !!python/object/apply:os.system ['touch code-ran-here']\n",
    "tags of Python's modules": lambda: "a: !!python/module:antigravity\nb: !!python/name:os.system\n",
    "a tag of a million letters": lambda: f"a: !{'x' * 1_000_000} 1\n",
    "a number of 1.9 million digits": lambda: f"a: {'9' * 1_900_000}\n",
    "a number of 100,000 digits by base": lambda: f"a: 0x{'f' * 100_000}\nb: 0b{'1' * 100_000}\n",
    "a number by sixties": lambda: f"a: 1{':59' * 300_000}\n",
    "a number of 1e999999999": lambda: "a: 1e999999999\nb: .inf\nc: .nan\n",
    "a day that there is not": lambda: "dated: 2026-99-99\nother: 0000-00-00T99:99:99Z\n",
    "binary of 1.9 MB": lambda: f"a: !!binary {'QUFB' * 470_000}\n",
    "quotes without end": lambda: 'a: "' + "\\x41" * 400_000,
    "folds of 600,000 lines": lambda: "a: >-\n" + "  x\n" * 400_000,
    "a comment of 1.9 MB": lambda: "#" * 1_900_000,
    "spaces of 1.9 MB": lambda: "a:" + " " * 1_900_000 + "1",
    "blank lines, 1.9 million": lambda: "\n" * 1_900_000 + "a: 1",
    "the same key 100,000 times": lambda: "a: 1\n" * 100_000,
    "keys that move the terminal": lambda: '"\\e]0;owned\\a\\e[2J": 1\n"a\\u202eb\\u200b": 2\n',
    "keys that are lists": lambda: "? [a, b]\n: 1\n? {c: d}\n: 2\n",
    "a percent sign": lambda: "%YAML 9999999999999999999999.1\n%TAG ! !\n---\na: 1\n",
}  # fmt: skip
BYTES: dict[str, Callable[[], bytes]] = {
    "5 GB of nothing": lambda: b"",
    "UTF-16 that breaks off": lambda: "a: 1".encode("utf-16")[:-1],
    "NULs": lambda: bytes(1_000_000),
    "noise": lambda: bytes(range(256)) * 4000,
}
EXERCISES = "".join(
    f"  e{n}:\n    name: Turn\n    purpose: To move.\n    posture: sitting\n    steps: [Turn.]\n"
    "    dose: {hold: 10 s, repetitions: 1, times_a_day: 1}\n"
    for n in range(12_000)
)


def _in_content(old: str, new: str) -> Callable[[Path], None]:
    def prepare(clinic: Path) -> None:
        path = clinic / "content.yaml"
        text = path.read_text(encoding="utf-8")
        changed = text.replace(old, new, 1)
        if changed == text:
            raise ValueError(f"the content has no {old!r}")
        path.write_text(changed, encoding="utf-8")

    return prepare


IN_CONTENT: dict[str, tuple[str, str]] = {
    "12,000 exercises": ("\nexercises:\n", f"\nexercises:\n{EXERCISES}"),
    "a section of 300,000 words": ('"In short"', f'"{"words " * 300_000}"'),
    "a section of 50,000 paragraphs": (
        '    heading: "In short"\n    body:\n',
        '    heading: "In short"\n    body:\n' + '      - text: "A word."\n' * 50_000,
    ),
    "a word of 200,000 letters": ('"In short"', f'"{"w" * 200_000}"'),
    "30,000 hyphens and quotes": ('"In short"', "'" + "-’-" * 30_000 + "'"),
    "30,000 plain words": ("\nplain_words:\n", "\nplain_words:\n" + "".join(f"  w{n}: word\n" for n in range(30_000))),
    "marks on one letter, 100,000": ('"In short"', '"a' + "\u0301" * 100_000 + '"'),
    "marks of direction, 100,000": ('"In short"', '"' + "\u2067\u202b" * 50_000 + '"'),
    "emoji joined, 20,000": ('"In short"', '"' + "👩\u200d" * 20_000 + '"'),
    "10,000 tables of hours": ("  hours:\n", "  hours:\n" + '    - days: "x"\n      hours: "y"\n' * 10_000),
    "an address of 10,000 lines": ("  address:\n", "  address:\n" + '    - "A street"\n' * 10_000),
    "a web address of a million letters": ('"https://www.example.com/book"', f'"https://www.example.com/{"a" * 1_000_000}"'),
    "a log of a million weeks": ("log_weeks: 2", "log_weeks: 1000000"),
    "a repetition of 1e308": ("repetitions: 1\n", "repetitions: 1e308\n"),
    "a hold of 400 digits": ('hold: "1-2 min"', f'hold: "{"9" * 400} min"'),
    "joints of nan": ("nod: 14.5", "nod: .nan"),
    "joints of 1e308": ("nod: 14.5", "nod: 1e308"),
    "a colour of a million letters": ('"#0f5c63"', f'"#{"0" * 1_000_000}"'),
}  # fmt: skip
COMMANDS = {
    "content": ("content.yaml", ("check", "--quick", "-q")),
    "prescription": ("own.yaml", ("sheet", "own.yaml", "-q")),
    "plan": ("plan.yaml", ("batch", "plan.yaml", "-q")),
}


def _written(file: str, data: bytes) -> Callable[[Path], None]:
    def prepare(clinic: Path) -> None:
        (clinic / file).write_bytes(data)

    return prepare


def _sparse(file: str) -> Callable[[Path], None]:
    def prepare(clinic: Path) -> None:
        with (clinic / file).open("wb") as sparse:
            sparse.truncate(5_000_000_000)

    return prepare


def cases() -> Iterator[Case]:
    """Give each tree as each kind of file, and content that is only too large."""
    for kind, (file, command) in COMMANDS.items():
        for name, make in TREES.items():
            yield Case(f"yaml {kind}", name, command, _written(file, make().encode()), file)
        for name, data in BYTES.items():
            prepare = _sparse(file) if "GB" in name else _written(file, data())
            yield Case(f"yaml {kind}", name, command, prepare, file)
    for name, (old, new) in IN_CONTENT.items():
        for kind, command in (
            ("check", ("check", "--quick", "-q")),
            ("build", ("build", "explainer", "-q")),
        ):
            prepare = _in_content(old, new)
            yield Case(f"content {kind}", name, command, prepare, "", HARMLESS)
