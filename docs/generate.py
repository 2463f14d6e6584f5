"""Writes the generated files: schema, helps, languages' data, pictures. --check: which are stale.

Pictures are compared with a tolerance, because font libraries differ a little between
machines; texts are compared letter by letter.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
from cldr import cldr_texts
from PIL import Image, ImageChops
from shelf_page import shelf_page

from handouts.cli import main as handouts_command

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures"
PICTURE_DPI = 60
MOST_DIFFERENT_SHARE = 0.01
"""How many pixels of a kept picture may differ from a fresh one."""
NOTICEABLE_DIFFERENCE = 48
HELP_MARKS = re.compile(r"(<!-- help:(\w*) -->\n).*?(<!-- /help -->)", re.DOTALL)


def handouts(*arguments: str) -> str:
    """Run the command as a user would and give what it prints."""
    run = [sys.executable, "-m", "handouts", *arguments]
    return subprocess.run(  # noqa: S603 - our own command
        run, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


def commands(group: click.Group, above: str = "") -> Iterator[str]:
    """Give a group's own name and those of its commands, the groups among them too."""
    yield above
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        whole = f"{above} {name}".strip()
        if isinstance(command, click.Group):
            yield from commands(command, whole)
        else:
            yield whole


def help_text(command: str) -> str:
    """Give a command's help, as the reader would call it."""
    words = command.split()
    text = handouts(*words, "--help").replace("python -m handouts", "handouts")
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines()) + "\n"


def generated_texts() -> dict[Path, str]:
    """Make every generated text: schema, command page, help inside other pages, languages' data."""
    texts = {DOCS / "content.schema.json": handouts("schema"), **cldr_texts()}
    texts[DOCS / "shelf.md"] = shelf_page()
    sections = []
    for command in commands(handouts_command):
        title = f"handouts {command}".strip()
        sections.append(f"## `{title}`\n\n```text\n{help_text(command)}```\n")
    head = "# Every command\n\nThis page is made by `make docs` from the commands' own help.\n\n"
    texts[DOCS / "commands.md"] = head + "\n".join(sections)
    for page in sorted([ROOT / "README.md", *DOCS.glob("*.md")]):
        if page.name == "commands.md":
            continue
        written = page.read_text(encoding="utf-8")
        fresh = HELP_MARKS.sub(
            lambda match: f"{match[1]}```text\n{help_text(match[2])}```\n{match[3]}", written
        )
        if HELP_MARKS.search(written):
            texts[page] = fresh
    return texts


def generated_pictures(folder: Path) -> list[Path]:
    """Draw every page of every piece, in the clinic's own paper."""
    handouts("preview", "--quiet", "--out", str(folder), "--dpi", str(PICTURE_DPI))
    return sorted((folder / "preview").glob("*.png"))


def looks_alike(kept: Path, fresh: Path) -> bool:
    """Say whether two pictures look the same but for a few pixels."""
    with Image.open(kept) as first, Image.open(fresh) as second:
        if first.size != second.size:
            return False
        difference = ImageChops.difference(first.convert("L"), second.convert("L"))
        changed = sum(difference.histogram()[NOTICEABLE_DIFFERENCE:])
        return changed <= MOST_DIFFERENT_SHARE * first.width * first.height


def stale() -> list[str]:
    """Name the generated files that are missing or differ from fresh ones."""
    names = [
        str(path.relative_to(ROOT))
        for path, text in generated_texts().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    with tempfile.TemporaryDirectory() as scratch:
        fresh = {path.name: path for path in generated_pictures(Path(scratch))}
        kept = {path.name: path for path in PICTURES.glob("*.png")}
        names += [f"docs/pictures/{name}" for name in sorted(fresh.keys() ^ kept.keys())]
        names += [
            f"docs/pictures/{name}"
            for name in sorted(fresh.keys() & kept.keys())
            if not looks_alike(kept[name], fresh[name])
        ]
    return names


def write() -> None:
    """Write all generated files anew."""
    for path, text in generated_texts().items():
        path.write_text(text, encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        fresh = generated_pictures(Path(scratch))
        PICTURES.mkdir(exist_ok=True)
        for path in PICTURES.glob("*.png"):
            path.unlink()
        for path in fresh:
            (PICTURES / path.name).write_bytes(path.read_bytes())


def main() -> int:
    """Write the files, or with --check say which are stale."""
    if "--check" not in sys.argv[1:]:
        write()
        return 0
    names = stale()
    for name in names:
        print(f"{name} is stale: run make docs", file=sys.stderr)  # noqa: T201
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
