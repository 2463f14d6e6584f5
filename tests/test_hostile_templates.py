"""Templates of somebody who means harm: none runs code, none goes on without end."""

from __future__ import annotations

import dataclasses
import json
import re
import warnings
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, ClinicFolder, run
from jinja2 import DictLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from handouts.basics.choices import Edition
from handouts.basics.errors import ContentError
from handouts.basics.findings import Place
from handouts.basics.limits import MEGABYTE, Limit
from handouts.compose import fill_limits, templates
from handouts.compose.attributes import MAPPING_METHODS, TEXT_METHODS
from handouts.compose.composed import OWN_SHEET
from handouts.compose.piece_view import build_view
from handouts.compose.plain_view import plain
from handouts.compose.sandbox import FILTERS, FUNCTIONS, TESTS, Sandbox
from handouts.compose.sheet_view import build_sheet_view
from handouts.compose.templates import Templates
from handouts.load.content import load_content
from handouts.load.prescription import prescription_from_file
from handouts.prescribe.page_layouts import arrangements
from handouts.prescribe.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Outcome

    from handouts.compose.views import PieceView, SheetView

LOADED = load_content(ROOT / "content.yaml")


@cache
def view(piece: str = "exercises") -> PieceView:
    template = LOADED.content.handouts[piece].template
    manifest = Templates(ROOT).manifest(template, Place())
    return build_view(LOADED.content, piece, manifest, Edition.STANDARD)[0]


@cache
def sheet_view() -> SheetView:
    path = ROOT / "tests" / "data" / "prescriptions" / "09-long-notes.yaml"
    sheet, _ = resolve(
        (prescription_from_file(path, LOADED),), LOADED, LOADED.content.provenance.dated
    )
    manifest = Templates(ROOT).manifest("sheet", Place())
    return build_sheet_view(
        LOADED.content, sheet, manifest, arrangements(sheet)[0], OWN_SHEET.record
    )[0]


def fill(folder: Path, source: str, **others: str) -> str:
    """Fill a clinic's own template with a real piece."""
    (folder / "templates").mkdir(exist_ok=True)
    for name, text in {"hostile": source, **others}.items():
        (folder / "templates" / f"{name}.html").write_text(text, encoding="utf-8")
    return Templates(folder).html("hostile", view(), "", "en-US")


def refused(folder: Path, source: str, **others: str) -> str:
    """Fill a template that must be refused; give the finding, which names the template."""
    with pytest.raises(ContentError) as caught:
        fill(folder, source, **others)
    (finding,) = caught.value.report.findings
    assert finding.place.file.startswith("templates/"), finding
    return str(finding)


WAYS_OUT = (
    # from any value to all classes
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''['__cla' ~ 'ss__'] }}",
    "{{ ''['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "{{ ''['\\u005f\\u005fclass\\u005f\\u005f'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ [].__class__.__base__ }}",
    "{{ [].append(1) }}",
    "{{ ().__class__ }}",
    "{{ {}.__class__ }}",
    "{{ {}.update({}) }}",
    "{{ {'a': 1}.pop('a') }}",
    "{{ (1).__class__ }}",
    "{{ 1.0.hex() }}",
    "{{ true.__class__ }}",
    "{{ none.__class__ }}",
    "{{ view.__class__ }}",
    "{{ view.__init__.__globals__ }}",
    "{{ view.__dict__ }}",
    "{{ view.fields }}",
    "{{ view['fields'] }}",
    "{{ view.__str__() }}",
    "{{ view._fields }}",
    "{{ view.ｃlinic.__ｃlass__ }}",
    "{{ view.ﬁelds }}",
    "{{ view.panel.__call__.__globals__ }}",
    "{{ view.panel.by_name }}",
    "{{ view.panel.__self__ }}",
    # methods of what the view was made of
    "{{ view.clinic.parse_raw('x', proto='pickle', allow_pickle=True) }}",
    "{{ view.clinic.parse_file('/etc/passwd') }}",
    "{{ view.clinic.model_construct() }}",
    "{{ view.clinic.model_dump() }}",
    "{{ view.clinic.model_fields }}",
    "{{ view.clinic.__pydantic_validator__ }}",
    "{{ view.clinic['parse_raw'] }}",
    "{{ view.clinic.copy() }}",
    "{{ view.edition.__class__ }}",
    "{{ view.edition.mro() }}",
    "{{ view.exercises[0].exercise.posture.fields }}",
    "{{ view.exercises[0].exercise.posture.__class__ }}",
    "{{ view.exercises[0].dose.changed_by(view) }}",
    "{{ view.clinic.clinicians.__class__ }}",
    "{{ view.clinic.clinicians.copy() }}",
    "{{ [view.clinic]|map(attribute='parse_raw')|list }}{{ view.clinic.parse_raw }}",
    "{{ [view]|map('attr', '__class__')|list }}",
    "{{ [view]|map(attribute='__class__.__mro__')|first }}",
    "{{ [view]|selectattr('__class__', 'defined')|first.x }}",
    "{{ [view]|groupby('__class__')|first }}",
    "{{ [view]|sort(attribute='__class__.__name__') }}",
    "{{ [view]|sum(attribute='__init__') }}",
    "{{ [view, view]|unique(attribute='__class__') }}",
    "{{ [view, view]|max(attribute='__class__') }}",
    "{{ [view]|join(attribute='__class__') }}",
    "{{ view|items }}",
    # formats that look into things
    "{{ '{0.__class__}'.format(view) }}",
    "{{ '{0.__init__.__globals__}'|format(view) }}",
    "{{ '{x.__class__}'.format_map({'x': view}) }}",
    "{{ ('{0.__class__}'|safe).format(view) }}",
    "{{ ['{0.__class__}']|map('format', view)|first }}",
    "{{ '%s' % view }}",
    "{{ '%(a)s' % {'a': view} }}",
    "{{ '%s'|format(view) }}",
    "{{ '%s' is divisibleby view }}",
    "{{ ''.join(['a']) }}",
    "{{ ''.encode() }}",
    "{{ ''.translate({}) }}",
    "{{ ('<b>'|safe).unescape() }}",
    "{{ ('<b>'|safe).__html_format__('x') }}",
    "{{ ('<b>'|safe).escape.__func__ }}",
    "{{ ''.split.__self__ }}",
    "{{ ''.split.of }}",
    "{{ ''.split.name }}",
    # Jinja's own things
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self['_TemplateReference__context'] }}",
    "{% block b %}{{ super._context }}{% endblock %}",
    "{% block b %}{{ self.b._context }}{% endblock %}",
    "{% block b %}{{ self.b.__call__.__globals__ }}{% endblock %}",
    "{% block b %}{{ super() }}{% endblock %}",
    "{{ lipsum.__globals__ }}",
    "{{ lipsum() }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ cycler(1).next.__func__ }}",
    "{{ joiner().__init__ }}",
    "{{ dict.__base__ }}",
    "{{ dict(a=1) }}",
    "{{ range.__class__ }}",
    "{{ range.mro() }}",
    "{{ range(2).start }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ namespace.mro }}",
    "{% set n = namespace(a=1) %}{{ n.__class__ }}",
    "{% set n = namespace(a=1) %}{{ n._Namespace__attrs }}",
    "{% set n = namespace(a=1) %}{{ n['_Namespace__attrs'] }}",
    "{% for i in [1] %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{% for i in [1] %}{{ loop._iterator }}{% endfor %}",
    "{% for i in [1] %}{{ loop['_recurse'] }}{% endfor %}",
    "{% for i in [1] %}{{ loop.cycle.__func__ }}{% endfor %}",
    "{% for i in [1] %}{{ loop.cycle.of }}{% endfor %}",
    "{% for i in [1] %}{{ loop.iterable }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "{% macro m() %}{% endmacro %}{{ m.name }}",
    "{% macro m() %}{{ caller._func }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% macro m() %}{{ varargs.__class__ }}{% endmacro %}{{ m(1) }}",
    "{% macro m() %}{{ kwargs.__class__ }}{% endmacro %}{{ m(a=1) }}",
    "{% macro m() %}{{ kwargs.pop('a') }}{% endmacro %}{{ m(a=1) }}",
    "{% import 'parts.html' as p %}{{ p.__dict__ }}",
    "{% import 'parts.html' as p %}{{ p._body_stream }}",
    "{% import 'parts.html' as p %}{{ p['__class__'] }}",
    "{% import 'parts.html' as p %}{{ p.panel._func.__globals__ }}",
    "{% from 'parts.html' import __class__ as c %}{{ c }}",
    "{% from 'parts.html' import _body_stream %}",
    "{{ ([1]|map('string')).gi_frame }}",
    "{{ ([1]|select).gi_code }}",
    "{{ ([1]|batch(1)).gi_frame }}",
    "{{ nothing.__class__ }}",
    "{{ nothing.__init__.__globals__ }}",
    "{{ (nothing if false).__class__ }}",
    "{{ view['nothing'].__class__ }}",
    "{{ nothing._undefined_obj }}",
    "{{ nothing() }}",
    # names of other frameworks, and extensions
    "{{ config }}",
    "{{ request.application.__globals__ }}",
    "{{ url_for.__globals__ }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ environment }}",
    "{{ context }}",
    "{{ _self.env }}",
    "{{ __builtins__ }}",
    "{{ __import__('os') }}",
    "{{ open('/etc/passwd') }}",
    "{% debug %}",
    "{% do [].append(1) %}",
    "{% trans %}x{% endtrans %}",
    "{% break %}",
    # filters and tests that are not on the list
    "{{ view|tojson }}",
    "{{ view|pprint }}",
    "{{ {'a': 1}|xmlattr }}",
    "{{ [1]|random }}",
    "{{ view is filter('attr') }}",
    "{{ view is callable }}",
    "{{ [1]|map('random')|list }}",
    "{{ [1]|select('callable')|list }}",
    "{% filter attr('__class__') %}x{% endfilter %}",
    # calling what is no function
    "{{ view() }}",
    "{{ view.clinic() }}",
    "{{ ''() }}",
    "{{ view.title() }}",
    "{% call view.clinic() %}x{% endcall %}",
    # insides of things on paper
    "{{ view }}",
    "{{ view.exercises }}",
    "{{ view.clinic ~ '' }}",
    "{{ view|string }}",
    "{{ [view]|join }}",
    "{{ range }}",
    "{{ self }}",
)  # fmt: skip


@pytest.mark.parametrize("source", WAYS_OUT)
def test_a_way_out_of_the_sandbox_leads_nowhere(tmp_path: Path, source: str) -> None:
    found = refused(tmp_path, f"one\n{source}\n")
    assert "To mend" in found or "no Jinja template" in found
    assert "<built-in" not in found
    assert "<class" not in found
    assert "0x" not in found


HARMLESS = {
    "{{ '__class__' }}": "__class__",
    "{{ view.__class__ is defined }}": "False",
    "{{ view.clinic.parse_raw | default('nothing') }}": "nothing",
    "{{ '{0.__class__}' }}": "{0.__class__}",
    "{{ [view.clinic] | map(attribute='parse_raw') | select('defined') | list | length }}": "0",
}


@pytest.mark.parametrize("source", HARMLESS)
def test_what_is_asked_for_and_not_there_is_undefined(tmp_path: Path, source: str) -> None:
    assert fill(tmp_path, source) == HARMLESS[source]


def things_in(value: object, path: str = "view") -> Iterator[tuple[str, object]]:
    """Give everything that a view holds, with the expression that leads to it."""
    yield path, value
    if isinstance(value, BaseModel):
        names = list(type(value).model_fields)
    elif dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value)]
    else:
        names = []
    for name in names:
        yield from things_in(getattr(value, name), f"{path}.{name}")
    if isinstance(value, tuple) and value:
        yield from things_in(value[0], f"{path}[0]")
    if hasattr(value, "items"):
        for key, item in value.items():  # type: ignore[attr-defined]
            yield from things_in(item, f"{path}[{key!r}]")


def seen_of(value: object) -> set[str]:
    """Name what may be asked of a thing: fields and properties of our classes, a few methods."""
    if isinstance(value, Enum):
        properties = {n for n, part in vars(type(value)).items() if isinstance(part, property)}
        return properties | set(TEXT_METHODS)
    if isinstance(value, str):
        return set(TEXT_METHODS)
    if isinstance(value, BaseModel):
        kinds = [kind for kind in type(value).__mro__ if kind.__module__.startswith("handouts.")]
        properties = {n for k in kinds for n, part in vars(k).items() if isinstance(part, property)}
        return set(type(value).model_fields) | properties
    if dataclasses.is_dataclass(value):
        return set(dir(value)) - {"panel"} | {"panel"}
    return set(MAPPING_METHODS) if hasattr(value, "items") else set()


def probes(value: object) -> dict[str, str]:
    """Write an expression for each name that a view's things have and templates must not see."""
    written: dict[tuple[type, str], str] = {}
    for path, thing in things_in(value):
        if type(thing).__module__ == "datetime" or thing is None or "drawings[" in path:
            continue
        if ".form" in path:  # a drawing's own form is not seen at all
            continue
        hidden = {name for name in dir(thing)} - seen_of(thing)  # noqa: C416 - mypy's
        if dataclasses.is_dataclass(thing):
            hidden |= {name for name in dir(thing) if name.startswith("_")}
        for name in hidden:
            written.setdefault((type(thing), name), f"{path}.{name}")
    return {f"{kind.__name__}.{name}": path for (kind, name), path in written.items()}


ASKED = "{{% if {0} is defined %}}[{0}]{{% endif %}}\n"


@pytest.mark.parametrize("of", [view, lambda: view("testimonials"), sheet_view])
def test_no_method_of_what_a_view_holds_is_reached(tmp_path: Path, of: Any) -> None:
    asked = probes(of())
    source = "".join(ASKED.format(path) for path in sorted(asked.values()))
    bare = ImmutableSandboxedEnvironment(loader=DictLoader({"a": source}))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        told = bare.get_template("a").render(view=of())
    reached = re.findall(r"^\[(.+)\]$", told, re.MULTILINE)
    assert len(reached) > 150, "with Jinja's sandbox alone, many are"
    assert any("parse_raw" in path for path in reached)
    ours = Sandbox(DictLoader({"a": source}), plain(()))
    ours.globals["view"] = plain(of())
    assert re.findall(r"^\[(.+)\]$", ours.get_template("a").render(), re.MULTILINE) == []


def test_everything_a_template_is_given_is_plain_data() -> None:
    plain_kinds = {
        "Record", "Panels", "str", "Markup", "int", "float", "bool", "NoneType", "tuple",
        "mappingproxy",
    }  # fmt: skip
    for of in (view(), view("brochure"), sheet_view()):
        waiting = [plain(of)]
        kinds = set()
        while waiting:
            thing = waiting.pop()
            kinds.add(type(thing).__name__)
            if type(thing).__name__ == "Record":
                waiting += thing.fields.values()
            elif isinstance(thing, tuple):
                waiting += thing
            elif hasattr(thing, "values"):
                waiting += thing.values()
        assert kinds <= plain_kinds, kinds - plain_kinds


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
