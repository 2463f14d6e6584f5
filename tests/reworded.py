"""Runs tests on a copy of the project whose shipped content says everything in other words.

    python tests/reworded.py [what pytest is told]

A clinic, or we, may write a sentence of content.yaml anew: no test may need the old one, but those
that are marked ``shipped_words`` because the words are what they judge.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
KEPT = {"testimonials", "sources", "clinic", "provenance", "brand"}
"""Parts of the content that are somebody's own words, or no sentences."""
EXCERPT = "excerpt"
"""It must stand in the testimonial as it is."""
INSTEAD = {
    "the": "its", "and": "yet", "you": "all", "for": "via", "with": "till", "your": "this",
    "that": "this", "this": "that", "when": "till", "have": "feel", "more": "full",
}  # fmt: skip
OTHERS = {4: "also", 5: "often", 6: "should", 7: "certain", 8: "straight", 9: "otherwise"}
"""In place of a sentence's first long word: as many letters, so that it fits."""
_WORD = re.compile(r"(?<![\w{-])[a-z]{3,9}(?![\w}-])")
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")


def reworded(text: str) -> str:
    """Say each sentence of a content in other words of the same length."""
    made, done = [], 0
    for start, end in _prose(yaml.compose(text, Loader=yaml.SafeLoader), ()):
        made += [text[done:start], _SENTENCE.sub(_other_words, text[start:end])]
        done = end
    return "".join((*made, text[done:]))


def _prose(node: yaml.Node, path: tuple[str, ...]) -> list[tuple[int, int]]:
    """Give where each text of several words begins and ends."""
    if (path[:1] and path[0] in KEPT) or path[-1:] == (EXCERPT,):
        return []
    if isinstance(node, yaml.MappingNode):
        return [place for key, value in node.value for place in _prose(value, (*path, key.value))]
    if isinstance(node, yaml.SequenceNode):
        return [place for item in node.value for place in _prose(item, path)]
    return [(node.start_mark.index, node.end_mark.index)] if node.value.count(" ") > 1 else []


def _other_words(sentence: re.Match[str]) -> str:
    long = next((m.start() for m in _WORD.finditer(sentence[0]) if len(m[0]) in OTHERS), None)
    return _WORD.sub(
        lambda m: OTHERS[len(m[0])] if m.start() == long else INSTEAD.get(m[0], m[0]), sentence[0]
    )


def main() -> int:
    """Copy the project, say its content anew, and run the tests there."""
    with tempfile.TemporaryDirectory(prefix="handouts-reworded-") as folder:
        copy = Path(folder) / "handouts"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "out"))
        content = copy / "content.yaml"
        before = content.read_text(encoding="utf-8")
        content.write_text(reworded(before), encoding="utf-8")
        words = ["-m", "not shipped_words", "-p", "no:cacheprovider", *sys.argv[1:]]
        return subprocess.run(
            [sys.executable, "-m", "pytest", *words],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy)},
            check=False,
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
