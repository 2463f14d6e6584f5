"""The command line as a user meets it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml
from conftest import ROOT, run, run_here

import handouts

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

COMMANDS = (
    "approve",
    "batch",
    "build",
    "check",
    "doctor",
    "exercise",
    "impose",
    "list",
    "new",
    "preflight",
    "preview",
    "roster",
    "schema",
    "sheet",
)
MAIN = ("-c", "from handouts.cli import main; main(prog_name='handouts')")
PROBE = """
import sys
from handouts.cli import main
try:
    main(sys.argv[1:])
except SystemExit as exit:
    assert not exit.code
print("loaded:", *sorted(name for name in sys.modules if "." not in name))
"""


class _EditorsLoader(yaml.SafeLoader):
    """Reads YAML as an editor does, where a day is a text."""


_EditorsLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_editors_see(path: Path) -> Any:
    """Read content as an editor that knows the schema does."""
    return yaml.load(path.read_text(encoding="utf-8"), _EditorsLoader)  # noqa: S506 - is a safe one


@pytest.fixture(scope="module")
def schema() -> Any:
    """What ``handouts schema`` prints."""
    return json.loads(run_here("schema", cwd=ROOT).out)


def complaints(schema: Any, content: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(content)]


def test_the_version_is_told(tmp_path: Path) -> None:
    outcome = run("--version", cwd=tmp_path)
    assert outcome.code == 0
    assert outcome.out == f"handouts, version {handouts.__version__}\n"


def test_help_names_every_command_and_how_to_begin(tmp_path: Path) -> None:
    outcome = run("--help", cwd=tmp_path)
    assert outcome.code == 0
    named = {line.split()[0] for line in outcome.out.partition("Commands:")[2].splitlines() if line}
    assert set(COMMANDS) <= named
    assert "handouts new" in outcome.out


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_of_every_command_has_an_example(tmp_path: Path, command: str, option: str) -> None:
    outcome = run_here(command, option, cwd=tmp_path)
    assert outcome.code == 0
    assert f"Example: handouts {command}" in outcome.out
    assert outcome.err == ""


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["build", "--help"], ["new", "-h"]])
def test_help_loads_nothing_heavy(tmp_path: Path, args: list[str]) -> None:
    heavy = {"weasyprint", "pydantic", "jinja2", "yaml", "PIL", "pikepdf"}
    helped = run(*args, cwd=tmp_path, command=("-c", PROBE))
    assert heavy & set(helped.out.partition("loaded:")[2].split()) == set()


def test_the_probe_for_heavy_modules_would_see_them() -> None:
    listed = run("list", cwd=ROOT, command=("-c", PROBE))
    assert {"pydantic", "yaml"} <= set(listed.out.partition("loaded:")[2].split())


def test_list_names_everything_that_can_be_asked_for(plain_clinic: ClinicFolder) -> None:
    outcome = run("list", cwd=plain_clinic.path)
    assert outcome.code == 0
    content = as_editors_see(plain_clinic.content)
    words = outcome.out.split()
    for group in ("handouts", "exercises", "programmes"):
        assert set(content[group]) <= set(words)
    assert "natalie" in words
    assert "Your exercises for home" in outcome.out


def test_list_as_json_holds_the_same(plain_clinic: ClinicFolder) -> None:
    listed = json.loads(plain_clinic.run("list", "--json").out)
    content = as_editors_see(plain_clinic.content)
    assert listed == {
        "pieces": {name: piece["title"] for name, piece in content["handouts"].items()},
        "exercises": {name: item["name"] for name, item in content["exercises"].items()},
        "programmes": {name: item["name"] for name, item in content["programmes"].items()},
        "clinicians": {"natalie": "Natalie Sample"},
    }


def test_check_says_that_all_is_well_and_writes_nothing(plain_clinic: ClinicFolder) -> None:
    outcome = run_here("check", "--quick", cwd=plain_clinic.path)
    assert outcome.code == 0
    assert outcome.out == "content.yaml: no errors, 3 warnings\n"
    assert len(outcome.findings) == 3
    assert sorted(path.name for path in plain_clinic.path.iterdir()) == ["content.yaml", "styles"]


def test_check_as_json_has_every_finding_with_its_place(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit('- "What else could I try?"', '- "Is it a cure?"')
    findings = json.loads(plain_clinic.run("check", "--quick", "--json").out)["findings"]
    assert len(findings) == 4
    promise = next(finding for finding in findings if "cure" in finding["what"])
    line, column = plain_clinic.place('"Is it a cure?"').split(":")[1:]
    assert promise == {
        "severity": "warning",
        "file": "content.yaml",
        "line": int(line),
        "column": int(column),
        "piece": "",
        "panel": "",
        "page": 0,
        "what": '"cure" promises a result',
        "why": promise["why"],
        "mend": promise["mend"],
    }
    assert promise["why"]
    assert promise["mend"]


@pytest.mark.parametrize("command", ["check", "build"])
def test_errors_are_json_too_when_asked_for(plain_clinic: ClinicFolder, command: str) -> None:
    plain_clinic.edit("paper: letter", "paper: a3")
    outcome = run_here(command, "--json", cwd=plain_clinic.path)
    assert outcome.code == 3
    (finding,) = json.loads(outcome.out)["findings"]
    assert finding["severity"] == "error"
    assert finding["what"] == '"paper" can\'t be "a3"'
    assert '"paper" can\'t be "a3"' in outcome.the_finding()


@pytest.mark.parametrize("command", ["check", "build"])
def test_errors_are_told_even_when_asked_to_be_quiet(
    plain_clinic: ClinicFolder, command: str
) -> None:
    plain_clinic.edit("paper: letter", "paper: a3")
    outcome = run_here(command, "--quiet", cwd=plain_clinic.path)
    assert outcome.code == 3
    assert outcome.out == ""
    assert '"paper" can\'t be "a3"' in outcome.the_finding()


def test_quiet_check_says_nothing_where_there_is_no_error(plain_clinic: ClinicFolder) -> None:
    outcome = plain_clinic.check("--quiet")
    assert (outcome.out, outcome.err) == ("", "")


def test_strict_check_ends_with_3_and_names_the_warnings(plain_clinic: ClinicFolder) -> None:
    outcome = plain_clinic.refused("--strict", command="check")
    assert len(outcome.findings) == 3
    assert "0 errors and 3 warnings" in outcome.err


def test_content_elsewhere_can_be_named(plain_clinic: ClinicFolder, tmp_path: Path) -> None:
    outcome = run_here("check", "--quick", "--content", plain_clinic.content, cwd=tmp_path)
    assert outcome.code == 0
    assert f"{plain_clinic.content}: no errors" in outcome.out


def test_an_unknown_piece_and_what_was_meant(plain_clinic: ClinicFolder) -> None:
    outcome = run_here("build", "brochur", "explainer", "leaflet", cwd=plain_clinic.path)
    assert outcome.code == 3
    assert 'did you mean "brochure"?' in outcome.the_finding('no piece called "brochur"')
    known = "write one of: brochure, exercises, explainer, testimonials"
    assert known in outcome.the_finding('no piece called "leaflet"')
    assert not plain_clinic.out.exists()


@pytest.mark.parametrize(
    "args", [["build", "--paper", "a3"], ["build", "--nope"], ["nope"], ["new"], ["check", "extra"]]
)
def test_a_wrong_command_line_ends_with_2(plain_clinic: ClinicFolder, args: list[str]) -> None:
    outcome = run_here(*args, cwd=plain_clinic.path)
    assert outcome.code == 2
    assert outcome.err.startswith("Usage: ")
    assert outcome.out == ""
    assert not plain_clinic.out.exists()


def test_a_wrong_paper_is_told_the_right_ones(plain_clinic: ClinicFolder) -> None:
    assert "'letter', 'a4'" in plain_clinic.run("build", "--paper", "a3").err


def test_a_source_date_that_is_no_number(
    plain_clinic: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nonsense in ("yesterday", "1e9", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", nonsense)
        outcome = plain_clinic.run("check", "--quick")
        assert outcome.code == 5
        assert f'SOURCE_DATE_EPOCH is "{nonsense}"' in outcome.the_finding()


def test_the_schema_is_valid_and_accepts_the_shipped_content(schema: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    assert complaints(schema, as_editors_see(ROOT / "content.yaml")) == []


@pytest.mark.parametrize(
    ("keys", "value", "said"),
    [
        (("clinc",), {}, "'clinc' was unexpected"),
        (("clinic", "fax"), "1", "'fax' was unexpected"),
        (("exercises", "open-book", "purpos"), "x", "'purpos' was unexpected"),
        (("exercises", "open-book", "dose", "hold"), "about a minute", "about a minute"),
        (("exercises", "open-book", "dose", "hold"), 90, "90 is not"),
        (("exercises", "open-book", "dose", "side"), "both", "'both' is not"),
        (("handouts", "brochure", "title"), 5, "is not of type 'string'"),
        (("sections", "Our Words"), {"heading": "x"}, "Our Words"),
        (("clinic", "paper"), "a3", "is not one of"),
    ],
)
def test_the_schema_refuses_what_handouts_refuses(
    schema: Any, keys: tuple[str, ...], value: Any, said: str
) -> None:
    content = as_editors_see(ROOT / "content.yaml")
    part = content
    for key in keys[:-1]:
        part = part[key]
    part[keys[-1]] = value
    before = complaints(schema, as_editors_see(ROOT / "content.yaml"))
    found = [complaint for complaint in complaints(schema, content) if complaint not in before]
    assert len(found) == 1, found
    assert said in found[0]


def test_the_schema_explains_its_keys(schema: Any) -> None:
    dose = schema["$defs"]["Dose"]["properties"]
    assert '"20-30 s"' in dose["hold"]["description"]
    assert '"examples": ["20-30 s", "1-2 min", "5 slow breaths"' in json.dumps(dose["hold"])


def test_the_schema_in_docs_is_the_one_that_is_printed() -> None:
    kept = ROOT / "docs" / "content.schema.json"
    assert kept.read_text(encoding="utf-8") == run_here("schema", cwd=ROOT).out


def test_the_content_names_its_schema_for_editors() -> None:
    first = (ROOT / "content.yaml").read_text(encoding="utf-8").partition("\n")[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert named != first
    assert (ROOT / named).is_file()


def test_a_new_folder_is_ready_to_use(tmp_path: Path) -> None:
    made = run_here("new", "my clinic", cwd=tmp_path)
    assert made.code == 0
    folder = tmp_path / "my clinic"
    for line in made.out.partition("\n\n")[0].splitlines():
        assert (tmp_path / line).is_file(), line
    assert {"content.yaml", "content.schema.json"} <= {path.name for path in folder.iterdir()}
    assert list(folder.rglob(".handouts-*")) == []
    checked = run_here("check", "--quick", cwd=folder)
    assert checked.code == 0, checked.err
    first = (folder / "content.yaml").read_text(encoding="utf-8").partition("\n")[0]
    assert (folder / first.removeprefix("# yaml-language-server: $schema=")).is_file()


def test_the_command_that_new_suggests_can_be_pasted(tmp_path: Path) -> None:
    made = run_here("new", "my clinic", cwd=tmp_path)
    suggested = made.out.rstrip().rpartition("then: ")[2].replace("handouts build", "pwd")
    result = subprocess.run(
        ["bash", "-c", suggested], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.stdout.strip() == str(tmp_path / "my clinic"), suggested


def test_new_does_not_overwrite(plain_clinic: ClinicFolder, tmp_path: Path) -> None:
    plain_clinic.edit('"Natalie Sample"', '"Natalie Real"')
    before = plain_clinic.text
    outcome = run_here("new", "clinic", cwd=tmp_path)
    assert outcome.code == 3
    assert "content.yaml" in outcome.the_finding()
    assert "already there" in outcome.the_finding()
    assert "choose another folder" in outcome.the_finding()
    assert plain_clinic.text == before
    assert sorted(path.name for path in plain_clinic.path.iterdir()) == ["content.yaml", "styles"]


def test_new_keeps_a_clinics_own_style(tmp_path: Path) -> None:
    style = tmp_path / "mine" / "styles" / "clinic.css"
    style.parent.mkdir(parents=True)
    style.write_text("body { color: teal }")
    run_here("new", "mine", cwd=tmp_path)
    assert style.read_text() == "body { color: teal }"


@pytest.mark.parametrize(
    ("shell", "mark"), [("bash", "complete "), ("zsh", "compdef"), ("fish", "complete ")]
)
def test_completion_for_every_shell(tmp_path: Path, shell: str, mark: str) -> None:
    outcome = run(cwd=tmp_path, env={"_HANDOUTS_COMPLETE": f"{shell}_source"}, command=MAIN)
    assert outcome.code == 0
    assert mark in outcome.out
    assert "handouts" in outcome.out
    if shutil.which(shell):
        syntax = subprocess.run(
            [shell, "-n"], input=outcome.out, text=True, capture_output=True, check=False
        )
        assert syntax.returncode == 0, syntax.stderr


def test_completion_offers_the_commands(tmp_path: Path) -> None:
    env = {"_HANDOUTS_COMPLETE": "bash_complete", "COMP_WORDS": "handouts ", "COMP_CWORD": "1"}
    outcome = run(cwd=tmp_path, env=env, command=MAIN)
    assert {line.partition(",")[2] for line in outcome.out.splitlines()} == set(COMMANDS)


@pytest.fixture
def without_pango(tmp_path: Path) -> Path:
    """A folder whose weasyprint fails as it does where Pango is not installed."""
    package = tmp_path / "stub" / "weasyprint"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(
        "raise OSError(\"cannot load library 'libpangoft2-1.0-0': libpangoft2-1.0-0: "
        'cannot open shared object file")\n'
    )
    return package.parent


SYSTEMS = ("Debian", "Fedora", "macOS", "Windows")


def test_without_pango_build_says_how_to_get_it(
    plain_clinic: ClinicFolder, without_pango: Path
) -> None:
    outcome = run("build", cwd=plain_clinic.path, first_on_path=without_pango)
    assert outcome.code == 5
    (found,) = outcome.findings
    assert "Pango's libraries are missing" in found
    assert "libpangoft2-1.0-0" in found
    assert all(system in found for system in SYSTEMS)
    assert outcome.err.splitlines()[0] == found
    assert outcome.err.splitlines()[1].startswith("1 error")
    assert not plain_clinic.out.exists()


def test_without_pango_the_doctor_says_how_to_get_it(tmp_path: Path, without_pango: Path) -> None:
    outcome = run("doctor", cwd=tmp_path, first_on_path=without_pango)
    assert outcome.code == 5
    lines = outcome.out.splitlines()
    (index,) = (index for index, line in enumerate(lines) if line.startswith("✗"))
    assert "Pango's libraries are missing" in lines[index]
    assert "to mend:" in lines[index + 1]
    assert all(system in lines[index + 1] for system in SYSTEMS)
    assert any(line.startswith("✓ Font Atkinson Hyperlegible") for line in lines)


def test_without_pango_content_can_still_be_checked(
    plain_clinic: ClinicFolder, without_pango: Path
) -> None:
    assert run("check", "--quick", cwd=plain_clinic.path, first_on_path=without_pango).code == 0


def test_the_doctor_finds_this_machine_well(tmp_path: Path) -> None:
    outcome = run("doctor", cwd=tmp_path)
    assert outcome.code == 0, outcome.out
    marks = [line[0] for line in outcome.out.splitlines() if not line.startswith(" ")]
    assert set(marks) <= {"✓", "!"}
    assert f"✓ Python: {sys.version.split()[0]}" in outcome.out
    for name in ("WeasyPrint", "Pango", "Font Noto Sans", "Colour profile"):
        assert f"✓ {name}: " in outcome.out


def test_the_day_is_todays_where_no_other_is_pretended(
    plain_clinic: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    year = date.today().year  # noqa: DTZ011 - the clinic's own day
    plain_clinic.edit("dated: 2026-11-22", f"dated: {year - 2}-01-01")
    plain_clinic.edit("next_review: 2028-11-22", f"next_review: {year - 1}-12-31")
    assert plain_clinic.check().finding_with(f"was due for review on {year - 1}-12-31")
