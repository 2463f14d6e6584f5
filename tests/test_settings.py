"""Findings name settings; the command line alone says them as options."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from typing import TYPE_CHECKING

import click
import pytest
from conftest import ROOT, ClinicFolder
from hypothesis import given
from hypothesis import strategies as st

from handouts.basics.choices import Edition, Flip, Layout, Order, Profile, SchemeName, Sort
from handouts.basics.errors import ContentError
from handouts.basics.findings import Finding, Place
from handouts.basics.papers import Paper, Sheet
from handouts.basics.settings import Setting, as_keys, filled, named
from handouts.cli import main
from handouts.cli.setting_names import in_options, option

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum
    from pathlib import Path

SHEET = (
    "sheet", "--for", "Ada Sample", "--programme", "neck-and-head-start",
    "--exercise", "levator-scapulae-stretch:side=left",
)  # fmt: skip
MARK = "{setting:"


def commands(group: click.Group) -> Iterator[click.Command]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        if isinstance(command, click.Group):
            yield from commands(command)
        else:
            yield command


COMMANDS = {command.name: command for command in commands(main)}
OPTIONS = {
    word
    for command in COMMANDS.values()
    for parameter in command.params
    if isinstance(parameter, click.Option)
    for word in (*parameter.opts, *parameter.secondary_opts)
}


def options_named(text: str) -> set[str]:
    """Give the options that a text names, with two dashes or one."""
    return OPTIONS.intersection(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text))


def options_in(source: str) -> list[tuple[int, set[str]]]:
    """Give the options in the text literals of a module, docstrings too, with their lines."""
    texts = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return [
        (node.lineno, found)
        for node in texts
        if isinstance(node.value, str) and (found := options_named(node.value))
    ]


def core() -> list[Path]:
    package = ROOT / "handouts"
    return [path for path in sorted(package.rglob("*.py")) if path.parent != package / "cli"]


def test_no_text_outside_the_command_line_names_an_option() -> None:
    found = {
        str(path.relative_to(ROOT)): named_here
        for path in core()
        if (named_here := options_in(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_the_search_for_options_finds_planted_ones() -> None:
    planted = 'def f(x):\n    """As --json."""\n    return f"give {x} with --paper a4", "or -o"'
    found = {word: line for line, words in options_in(planted) for word in words}
    assert found == {"--json": 2, "--paper": 3, "-o": 3}
    assert not options_named("--brand: #000; well-out ---out x--out")


@pytest.mark.parametrize("setting", Setting)
def test_each_setting_is_an_option_of_a_command(setting: Setting) -> None:
    assert option(setting) in OPTIONS
    assert in_options(f"give {named(setting)}!") == f"give {option(setting)}!"


@given(st.sampled_from(Setting), st.text(st.characters(exclude_characters="{}"), max_size=20))
def test_a_mark_gives_back_its_setting_and_value(setting: Setting, value: str) -> None:
    given = []
    text = f"a {named(setting, value)} b"
    assert filled(text, lambda *found: str(given.append(found))) == "a None b"
    assert given == [(setting, value)]


def test_a_file_holds_settings_by_their_keys() -> None:
    text = f"take a larger {named(Setting.PAPER)}, or {named(Setting.MARKS, 'false')}"
    assert as_keys(text) == "take a larger paper, or marks: false"
    assert in_options(text) == "take a larger --paper, or --no-marks"
    assert in_options(named(Setting.BEYOND_LIMITS, '"reason"')) == '--beyond-limits "reason"'


def test_what_looks_like_a_mark_and_is_none_stays() -> None:
    assert in_options("{setting:colour} {paper}") == "{setting:colour} {paper}"


def test_no_mark_reaches_whoever_reads_a_finding() -> None:
    paper = named(Setting.PAPER)
    finding = Finding(f"a {paper}", f"b {paper}", f"c {paper}", Place(file=f"{paper} a4"))
    for told in (str(finding), str(ContentError.because(paper)), str(finding.as_json())):
        assert MARK not in told
        assert "paper" in told
    assert finding.in_words(option).as_json()["file"] == "--paper a4"


@pytest.mark.parametrize("json", [(), ("--json",)])
def test_no_mark_that_is_planted_reaches_the_console(
    clinic_folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch, json: tuple[str, ...]
) -> None:
    def planted(*_: object) -> object:
        place = Place(file=named(Setting.CONTENT))
        mend = f"write {named(Setting.PROOF)} or {named(Setting.PAPER, 'a4')}"
        raise ContentError.because("planted", mend=mend, place=place)

    monkeypatch.setattr("handouts.jobs.check.check", planted)
    outcome = clinic_folder.run("check", "--quick", *json)
    assert outcome.code == 3
    for told in (outcome.err, *([outcome.out] if json else [])):
        assert MARK not in told
        assert "--content" in told
        assert "write --proof or --paper a4" in told


@pytest.mark.parametrize("words", [*map(str, Setting)])
def test_whatever_is_told_is_filled(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    from handouts.cli.console import say, tell  # noqa: PLC0415

    say(f"{{setting:{words}}}")
    tell(f"{{setting:{words}}}")
    written = capsys.readouterr()
    assert written.out == written.err == f"{option(Setting(words))}\n"


# Each command names its own options


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ((*SHEET, "--save", "kept.yaml", "-o", "file/x.pdf"), "choose another folder with -o,"),
        ((*SHEET, "--save", "file/kept.yaml", "-o", "x.pdf"), "choose another folder with --save,"),
        ((*SHEET, "--save", "file/kept.yaml"), "choose another folder with --save,"),
        (("build", "explainer", "-o", "file"), "choose another folder with -o,"),
        (("batch", "people.csv", "-o", "file/run.pdf"), "choose another folder with -o,"),
        (("batch", "people.csv", "--each", "file/each"), "choose another folder with --each,"),
        (
            ("roster", "check", "bad.csv", "--failed", "file/bad.csv"),
            "choose another folder with --failed,",
        ),
        (("roster", "template", "file/people.csv"), "choose another folder, one"),
    ],
)
def test_what_cannot_be_written_names_the_option_that_gave_it_and_leaves_nothing(
    clinic_folder: ClinicFolder, args: tuple[str, ...], told: str
) -> None:
    head = "name,programme\n"
    (clinic_folder.path / "people.csv").write_text(f"{head}Ada Sample,neck-and-head-start\n")
    (clinic_folder.path / "bad.csv").write_text(f"{head}Ada Sample,nothing-like-it\n")
    (clinic_folder.path / "file").touch()
    before = sorted(clinic_folder.path.rglob("*"))
    outcome = clinic_folder.run(*args)
    assert outcome.code == 5, outcome.err
    outcome.the_error("can't write into file", told, "nothing was changed")
    assert sorted(clinic_folder.path.rglob("*")) == before


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("build", "--proof"), "--proof marks the files of --profile press"),
        (("build", "--copies", "5"), "--copies stands on the ticket of --profile press"),
        ((*SHEET, "--proof"), "--proof marks the files of --profile press"),
        ((*SHEET, "--encrypt", "--profile", "press"), "a press can't open an encrypted file"),
    ],
)
def test_what_would_do_nothing_is_refused(
    clinic_folder: ClinicFolder, args: tuple[str, ...], told: str
) -> None:
    outcome = clinic_folder.run(*args)
    assert outcome.code == 2
    outcome.the_error(told)
    assert not clinic_folder.out.exists()


def test_all_that_would_do_nothing_or_lose_something_is_told_at_once(
    clinic_folder: ClinicFolder,
) -> None:
    files = "-o", "content.yaml", "--save", "content.yaml"
    outcome = clinic_folder.run(*SHEET, "--proof", *files)
    assert outcome.code == 2
    for told in ("--proof marks", "-o would", "--save would", "-o and --save name the same file"):
        outcome.the_finding(told)


# One list of everything


@pytest.mark.parametrize("command", ["batch", "build", "impose", "preview", "sheet"])
def test_the_output_is_spelled_alike(command: str) -> None:
    (out,) = (one for one in COMMANDS[command].params if one.name == "out")
    assert out.opts == ["-o", "--out"]


@pytest.mark.parametrize(
    ("command", "name", "members"),
    [
        ("build", "papers", Paper),
        ("build", "editions", Edition),
        ("build", "profile", Profile),
        ("preview", "papers", Paper),
        ("sheet", "paper", Paper),
        ("sheet", "edition", Edition),
        ("sheet", "profile", Profile),
        ("sheet", "order", Order),
        ("sheet", "layout", Layout),
        ("batch", "paper", Paper),
        ("batch", "edition", Edition),
        ("batch", "sort", Sort),
        ("preflight", "profile", Profile),
        ("impose", "paper", Sheet),
        ("impose", "scheme", SchemeName),
        ("impose", "flip", Flip),
    ],
)
def test_an_option_offers_all_there_is(command: str, name: str, members: type[StrEnum]) -> None:
    (parameter,) = (one for one in COMMANDS[command].params if one.name == name)
    assert isinstance(parameter.type, click.Choice)
    assert list(parameter.type.choices) == [str(member) for member in members]
    for member in members:
        assert parameter.type.convert(str(member), parameter, None) is member


def test_the_list_of_commands_says_what_each_command_says_of_itself() -> None:
    context = click.Context(main)
    formatter = context.make_formatter()
    main.format_commands(context, formatter)
    listed = " ".join(formatter.getvalue().split())
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        assert command.help is not None
        sentence = " ".join(command.help.split("\n\n")[0].split())
        assert f" {name} {sentence}" in listed


def test_each_module_that_holds_a_command_is_in_the_list() -> None:
    held = {
        path.stem
        for path in (ROOT / "handouts" / "cli").glob("[a-z]*.py")
        for found in vars(import_module(f"handouts.cli.{path.stem}")).values()
        if isinstance(found, click.Command) and found.name == path.stem
    }
    assert held == {*main.list_commands(click.Context(main))}
