"""One key more in a YAML file, with every byte that was there kept as it was."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

from handouts.basics.errors import ContentError
from handouts.load.yaml_source import read_yaml_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LINE_END = re.compile(r"\r\n|\n|\r")
_COMMENT_OR_NOTHING = re.compile(r"\s*(#.*)?$")
_PLAIN = re.compile(r"[a-z][a-z0-9_-]*$")
_VALUES = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
"""Words that a reader of YAML may take for no words."""
_WIDEST = 100
"""Letters of a line; a list that needs more stands below one another."""
_DEEPEST = 3
"""Deeper than that a mapping is written on one line."""


def reads_as(changed: bytes, file: str, expected: Any) -> bool:
    """Say whether a file, as it will be read, holds what is expected and nothing doubtful."""
    try:
        read = read_yaml_text(changed, file)
    except ContentError:
        return False
    return read.value == expected and not read.findings


def with_entry(
    text: str, section: tuple[str, ...], name: str, entry: Mapping[str, Any]
) -> str | None:
    """Give a file's text with one entry more at the end of a section, or None where it can't be.

    ``section`` is the path of keys that leads to it. Nothing of the text is taken away or moved
    apart. A section that is not there is begun at the end of what it stands in. Whoever calls it
    has to read the result: what a file looks like is anybody's guess.
    """
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    ends = [0, *(found.end() for found in _LINE_END.finditer(text)), len(text)]
    first = _LINE_END.search(text)
    newline = first[0] if first else "\n"
    more: Mapping[str, Any] = {name: entry}
    for depth, key in enumerate(section):
        if not isinstance(node, yaml.MappingNode):
            return None
        found = next((value for one, value in node.value if one.value == key), None)
        if found is None:
            for above in reversed(section[depth:]):
                more = {above: more}
            break
        node = found
    return _into(text, node, more, ends, newline) if isinstance(node, yaml.MappingNode) else None


def without_entry(text: str, line: int, column: int) -> str:
    """Give a file's text without the key at a place (from 1), and all that stands below it."""
    lines = text.splitlines(keepends=True)
    end = line
    while end < len(lines):
        later = lines[end]
        if later.strip() and len(later) - len(later.lstrip()) < column:
            break
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    return "".join((*lines[: line - 1], *lines[end:]))


def _into(
    text: str, node: yaml.MappingNode, more: Mapping[str, Any], ends: list[int], newline: str
) -> str | None:
    if node.flow_style:
        at = node.end_mark.index - 1
        before = text[node.start_mark.index + 1 : at].rstrip()
        comma = ", " if node.value and not before.endswith(",") else ""
        return f"{text[:at]}{comma}{_flow(more)[1:-1]}{text[at:]}"
    if not node.value:
        return None
    indent = node.start_mark.column
    at = _end_of(node, text, ends)
    line = next(number for number, end in enumerate(ends) if end >= at)
    if _COMMENT_OR_NOTHING.match(text[at : ends[line]].rstrip("\r\n")) is None:
        return None
    while line + 1 < len(ends) and _is_deeper_comment(text[ends[line] : ends[line + 1]], indent):
        line += 1
    at = ends[line]
    block = newline.join(_block(more, indent)) + newline
    if at and text[at - 1] not in "\r\n":
        block = newline + block.removesuffix(newline)
    return text[:at] + block + text[at:]


def _end_of(node: yaml.Node, text: str, ends: list[int]) -> int:
    """Give the place behind the last sign of a value."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end_of(last[1] if isinstance(last, tuple) else last, text, ends)
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        return len(text[: node.end_mark.index].rstrip())
    return int(node.end_mark.index)


def _is_deeper_comment(line: str, indent: int) -> bool:
    stripped = line.lstrip(" ")
    return stripped.startswith("#") and len(line) - len(stripped) > indent


def _block(tree: Mapping[str, Any], indent: int, depth: int = 0) -> Iterator[str]:
    for key, value in tree.items():
        head = " " * indent + _quoted(key) + ":"
        if isinstance(value, dict) and value and depth < _DEEPEST - 1:
            yield head
            yield from _block(value, indent + 2, depth + 1)
        elif isinstance(value, list) and len(head) + len(_flow(value)) >= _WIDEST:
            yield head
            yield from (" " * (indent + 2) + f"- {_flow(item)}" for item in value)
        else:
            yield f"{head} {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{_quoted(key)}: {_flow(item)}" for key, item in value.items())
        return "{" + inner + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value) if isinstance(value, int) else _quoted(str(value))


def _quoted(text: str) -> str:
    """Write a text as YAML and JSON both read it; an id stands bare, as the sample has it."""
    bare = _PLAIN.match(text) and text not in _VALUES
    return text if bare else json.dumps(text, ensure_ascii=False)
