"""Templates without end or outside their folder, and what a designer needs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, ClinicFolder, run
from template_tools import fill, refused

from handouts.basics.limits import MEGABYTE, Limit
from handouts.compose import fill_limits, templates
from handouts.compose.attributes import MAPPING_METHODS, TEXT_METHODS
from handouts.compose.sandbox import FILTERS, FUNCTIONS, TESTS

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Outcome


SIXTY = "{% for i in range(60) %}"
END = "{% endfor %}"
TOO_MUCH = {
    # size
    "a text repeated": "{{ 'a' * 10**10 }}",
    "a list repeated": "{{ ([1] * 10**10) | length }}",
    "a text doubled": (
        "{% set n = namespace(t='aa') %}" + SIXTY + "{% set n.t = n.t + n.t %}" + END
    ),
    "a text doubled by ~": (
        "{% set n = namespace(t='aa') %}" + SIXTY + "{% set n.t = n.t ~ n.t %}" + END
    ),
    "a text doubled by a block": (
        "{% set n = namespace(t='aa') %}" + SIXTY + "" +
        "{% set t %}{{ n.t }}{{ n.t }}{% endset %}{% set n.t = t %}" + END
    ),
    "a text doubled by a macro": (
        "{% macro twice(t) %}{{ t }}{{ t }}{% endmacro %}{% set n = namespace(t='aa') %}" +
        SIXTY + "{% set n.t = twice(n.t) %}" + END
    ),
    "a text doubled by replace": (
        "{% set n = namespace(t='aa') %}" +
        SIXTY + "{% set n.t = n.t.replace('a', 'aa') %}" + END
    ),
    "a text doubled by a filter": (
        "{% set n = namespace(t='aa') %}" +
        SIXTY + "{% set n.t = n.t | replace('a', 'aa') %}" + END
    ),
    "a list doubled": (
        "{% set n = namespace(t=[1]) %}" + SIXTY + "{% set n.t = n.t + n.t %}" + END
    ),
    "a list of itself, compared": (
        "{% set n = namespace(a=[1], b=[1]) %}" + SIXTY + "" +
        "{% set n.a = [n.a, n.a] %}{% set n.b = [n.b, n.b] %}{% endfor %}{{ n.a == n.b }}"
    ),
    "a tuple of itself, as a key": (
        "{% set n = namespace(a=(1,)) %}" + SIXTY + "" +
        "{% set n.a = (n.a, n.a) %}{% endfor %}{{ {n.a: 1} | length }}"
    ),
    "a tuple of itself, printed": (
        "{% set n = namespace(a=(1,)) %}" + SIXTY + "" +
        "{% set n.a = (n.a, n.a) %}{% endfor %}{{ n.a | string }}"
    ),
    "a tuple of itself, unique": (
        "{% set n = namespace(a=(1,)) %}" + SIXTY + "" +
        "{% set n.a = (n.a, n.a) %}{% endfor %}{{ [n.a] | unique | list | length }}"
    ),
    "a long text, looked for": (
        "{% set t = 'a' * 4000000 %}{{ 'b' in range(100000) | map('replace', 1, t) | list }}"
    ),
    "long joints": "{{ range(100000) | join('a' * 1000000) }}",
    "replaced by long texts": "{{ ('a' * 1000000).replace('a', 'b' * 1000000) }}",
    "replaced between all letters": "{{ ('a' * 1000000) | replace('', 'b' * 1000000) }}",
    "a batch with a filling": "{{ [1] | batch(10**9, 'x') | list | length }}",
    "slices": "{{ [1] | slice(10**9) | list | length }}",
    "rounded to a billion places": "{{ 1.5 | round(10**9, 'floor') }}",
    "a large range": "{{ range(10**9) | list | length }}",
    "numbers multiplied": (
        "{% set n = namespace(t=10**15) %}" + SIXTY + "{% set n.t = n.t * n.t %}" + END
    ),
    "a power of powers": "{{ 9 ** 50 ** 50 }}",
    "a large power": "{{ 9 ** 999999999 }}",
    "a negative power": "{{ (0 - 9) ** (0 - 99999) }}",
    "a large number from a text": "{{ ('9' * 4000) | int }}",
    "a page too long": (
        "{% for i in range(100000) %}{{ view.title }}{{ view.title }}{{ view.title }}" + END
    ),
    "pages in a macro": (
        "{% macro m() %}{% for i in range(100000) %}{{ css }}{{ view.booking_code }}" + END +
        "{% endmacro %}{{ m() }}"
    ),
    "many arguments": "{% macro m() %}{{ varargs | length }}{% endmacro %}{{ m(*([1] * 10**8)) }}",
    # time
    "loops in loops": (
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}" + END
    ),
    "loops in loops that set": (
        "{% set n = namespace(i=0) %}{% for a in range(100000) %}{% for b in range(100000) %}"
        "{% set n.i = n.i + 1 %}{% endfor %}" + END
    ),
    "maps of maps": (
        "{% for a in range(100000) %}{{ range(100000) | map('string') | list | length }}" + END
    ),
    "sorted for ever": (
        "{% for a in range(100000) %}{{ (range(100000) | sort(reverse=true)) | length }}" + END
    ),
    "a tree of calls": (
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}"
    ),
    "a tree of includes": (
        "{% set depth = (depth | default(0)) + 1 %}{% if depth < 60 %}{% include 'hostile.html' %}"
        "{% include 'hostile.html' %}{% endif %}"
    ),
    # depth
    "it includes itself": "{% include 'hostile.html' %}",
    "it imports itself": "{% import 'hostile.html' as h %}",
    "it extends itself": "{% extends 'hostile.html' %}",
    "a macro calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a caller calls itself": (
        "{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}{{ m() }}"
    ),
    "a block calls itself": "{% block b %}{{ self.b() }}{% endblock %}",
    "a loop calls itself": "{% for i in [1] recursive %}{{ loop([1]) }}" + END,
}  # fmt: skip


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("bomb", TOO_MUCH)
def test_a_template_without_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bomb: str
) -> None:
    monkeypatch.setattr(templates, "FILLING", Limit(0.5, 500 * MEGABYTE))
    found = refused(tmp_path, f"one\n{TOO_MUCH[bomb]}\n")
    assert found.startswith("templates/hostile.html")
    said = ("limit is", "without end", "50 at most", "more than 0.5 seconds")
    assert any(words in found for words in said)


DEEP = {
    "brackets": "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}",
    "lists": "{{ " + "[" * 20_000 + "]" * 20_000 + " }}",
    "signs": "{{ " + "-" * 50_000 + "1 }}",
    "nots": "{{ " + "not " * 40_000 + "1 }}",
    "loops": "{% for i in [1] %}" * 500 + "{% endfor %}" * 500,
    "ifs": "{% if 1 %}" * 5_000 + "{% endif %}" * 5_000,
    "sums": "{{ 1" + " + 1" * 40_000 + " }}",
    "filters": "{{ 1" + " | string" * 10_000 + " }}",
    "a long number": "{{ " + "9" * 100_000 + " }}",
    "a long name": "{{ " + "a" * 100_000 + " }}",
    "too long a file": "x" * 200_001,
    "macros": "".join(f"{{% macro m{i}() %}}" for i in range(2000)) + "{% endmacro %}" * 2000,
}


@pytest.mark.parametrize("depth", DEEP)
def test_a_template_too_deep_to_be_read_is_a_finding(tmp_path: Path, depth: str) -> None:
    refused(tmp_path, DEEP[depth])


def test_two_templates_that_include_one_another(tmp_path: Path) -> None:
    found = refused(tmp_path, "{% include 'other.html' %}", other="{% include 'hostile.html' %}")
    assert "it includes itself, or a macro calls itself, without end" in found


def test_a_timer_is_off_when_a_page_is_filled(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415 - not on Windows
    import signal  # noqa: PLC0415

    before = resource.getrlimit(resource.RLIMIT_AS)
    fill(tmp_path, "{{ view.title }}")
    refused(tmp_path, "{{ 'a' * 10**10 }}")
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_memory_is_limited_while_a_page_is_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fill_limits, "MOST_LETTERS", 10**12)
    monkeypatch.setattr(templates, "FILLING", Limit(5, 50 * MEGABYTE))
    found = refused(tmp_path, "{{ ('a' * 1000000000) | length }}")
    assert "more than 50 MB of memory" in found


OUTSIDE = ("/etc/passwd", "../content.yaml", "../../etc/passwd", "./../x", "..\\x", "a\0b", "", ".")


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("how", ["include", "import", "extends", "from"])
def test_no_template_outside_its_folder_is_taken(tmp_path: Path, name: str, how: str) -> None:
    (tmp_path / "content.yaml").write_text("a secret", encoding="utf-8")
    rest = {"import": " as a", "from": " import a"}.get(how, "")
    found = refused(tmp_path, f"{{% {how} {json.dumps(name)}{rest} %}}")
    assert "is not there" in found or "no Jinja template" in found
    assert "secret" not in found


def own_template(clinic: ClinicFolder, name: str, source: str) -> None:
    """Give the clinic a shipped template with something more at the beginning of its body."""
    (clinic.path / "templates").mkdir(exist_ok=True)
    shipped = (ROOT / "templates" / name).read_text(encoding="utf-8")
    begin = "{% block content %}"
    assert begin in shipped
    text = shipped.replace(begin, begin + source)
    (clinic.path / "templates" / name).write_text(text, encoding="utf-8")


PICKLE = (
    '{{ view.clinic.parse_raw("cos\\nsystem\\n(S\'touch ran\'\\ntR.", proto="pickle", '
    "allow_pickle=True) }}"
)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (PICKLE, 'there is no "parse_raw" here'),
        ("{% include 'exercises.html' %}", "without end"),
        ("{{ 'a' * 10**10 }}", "5,000,000 letters"),
    ],
)
def test_commands_refuse_a_hostile_template(
    clinic_folder: ClinicFolder, source: str, why: str
) -> None:
    own_template(clinic_folder, "exercises.html", source)
    for command in (["check"], ["build", "exercises"]):
        refuses(clinic_folder, clinic_folder.run(*command), why)


def test_commands_end_a_template_without_end(
    clinic_folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_template(clinic_folder, "exercises.html", TOO_MUCH["loops in loops"])
    built = run("build", "exercises", cwd=clinic_folder.path)
    refuses(clinic_folder, built, "it takes more than 5 seconds")
    monkeypatch.setattr(templates, "FILLING", Limit(0.5, 500 * MEGABYTE))
    refuses(clinic_folder, clinic_folder.run("check"), "it takes more than 0.5 seconds")


def refuses(clinic: ClinicFolder, outcome: Outcome, why: str) -> None:
    assert outcome.code == 3
    outcome.the_error("templates/exercises.html:", why)
    assert not (clinic.path / "ran").exists()
    assert not (clinic.path / "out").exists()


def test_a_sheets_hostile_template_repeats_no_name(clinic_folder: ClinicFolder) -> None:
    for source in (
        "{{ view.patient.words.text | round }}",
        "{{ view.patient.words.text + 1 }}",
        "{{ view[view.patient.words.text] }}",
        "{{ {}[view.patient.words.text] }}",
        "{% include view.patient.words.text %}",
        "{{ view.patient.words.text.nothing }}",
        "{{ view.patient.words }}",
        "{{ [1] | map(view.patient.words.text) | list }}",
        "{% macro m() %}{% endmacro %}{{ m(**{view.patient.words.text: 1}) }}",
    ):
        own_template(clinic_folder, "sheet.html", source)
        outcome = clinic_folder.run(
            "sheet", "--for", "Zacharias Privatus", "--exercise", "suboccipital-release"
        )
        assert outcome.code == 3, source
        assert "Privatus" not in outcome.err + outcome.out


WORKS = {
    "{{ 'a b' | upper }} {{ 'a-b'.split('-')[1] }} {{ 'ab'[0] }} {{ 'abc'[1:] }}": "A B b a bc",
    "{% for e in view.exercises %}{{ loop.index }}{{ loop.cycle('a', 'b') }}{% endfor %}": (
        "1a2b3a4b"
    ),
    "{{ view.panel('sheet').name }}": "sheet",
    "{{ view['title'] == view.piece.title }}": "True",
    "{% for id, who in view.clinic.clinicians.items() %}{{ id }}{{ who.name }}{% endfor %}": (
        "natalieNatalie Sample"
    ),
    "{{ view.clinic.clinicians.natalie.name }}": "Natalie Sample",
    "{{ view.clinic.clinicians | length }}": "1",
    "{{ view.exercises | map(attribute='exercise.posture') | first }}": "supine",
    "{{ view.exercises[0].exercise.posture == 'supine' }}": "True",
    "{{ view.exercises[0].posture }}": "Lying on your back",
    "{{ words.page.week | filled(n=3) }} {{ words.side.left }}": "Week 3 left",
    "{{ words.page.version | filled(version='<b>') }}": "Version &lt;b&gt;.",
    "{% for g in view.exercises | groupby('exercise.posture') %}{{ g.grouper }}{% endfor %}": (
        "side-lyingsittingsupine"
    ),
    "{% set n = namespace(sum=0) %}{% for i in range(4) %}{% set n.sum = n.sum + i %}{% endfor %}"
    "{{ n.sum }}": "6",
    "{{ [3, 1, 2] | sort | join(', ') }} {{ [1, 2] | sum }} {{ 5 % 2 }} {{ 2 ** 3 }}": (
        "1, 2, 3 3 1 8"
    ),
    "{% block b %}x{% endblock %}{{ self.b() }}": "xx",
    "{{ 'a' if view.nothing is defined else 'b' }}{{ 'c' if false }}": "b",
    "{{ view.title.startswith('x') }}{{ 'axa'.replace('a', 'b') }}": "Falsebxb",
    "{{ '<b>' }}{{ '<b>' | safe }}": "&lt;b&gt;<b>",
}  # fmt: skip


@pytest.mark.parametrize("source", WORKS)
def test_what_a_designer_needs_works(tmp_path: Path, source: str) -> None:
    assert fill(tmp_path, source) == WORKS[source]


def test_the_designers_page_lists_all_that_templates_can_use() -> None:
    page = (ROOT / "docs" / "designer.md").read_text(encoding="utf-8")
    section = page.partition("### What a template can use")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| ([A-Z][a-z ]+) \| (.+) \|$", section, re.MULTILINE))
    named = {key: set(re.findall(r"`([^`]+)`", value)) for key, value in rows.items()}
    assert named["Filters"] == {*FILTERS, "isolated", "filled"}
    words = {name for name in TESTS if name.isalpha()}
    assert named["Tests"] == words
    assert named["Functions"] == set(FUNCTIONS)
    assert named["Methods of texts"] == set(TEXT_METHODS)
    assert named["Methods of mappings"] == set(MAPPING_METHODS)
