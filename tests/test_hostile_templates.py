"""Templates of somebody who means harm: none runs code, and all they see is plain data."""

from __future__ import annotations

import dataclasses
import re
import warnings
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT
from jinja2 import DictLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel
from template_tools import LOADED, fill, refused, view

from handouts.basics.findings import Place
from handouts.compose.attributes import MAPPING_METHODS, TEXT_METHODS
from handouts.compose.composed import OWN_SHEET
from handouts.compose.plain_view import plain
from handouts.compose.sandbox import Sandbox
from handouts.compose.sheet_view import build_sheet_view
from handouts.compose.templates import Templates
from handouts.load.prescription import prescription_from_file
from handouts.prescribe.page_layouts import arrangements
from handouts.prescribe.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.compose.views import SheetView


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
