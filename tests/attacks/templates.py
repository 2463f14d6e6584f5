"""Hostile templates: what would run a program, read another file, or never end."""

# ruff: noqa: E501 - each payload stands on one line, to be copied

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from attacks.case import HARMLESS, MARKER, Case
from attacks.machine import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

UNTOLD = "the-line-of-somebody-elses-file"
OTHERS = "somebody-elses.txt"
"""A file beside the clinic's folder."""
PICKLE = f"cos\nsystem\n(S'touch {MARKER}'\ntR."
"""A pickle, in the protocol of letters alone, that runs a program."""
_MODELS = (
    "view",
    "view.clinic",
    "view.piece",
    "view.provenance",
    "view.panels[0]",
    "view.quotes[0]",
)
_TOUCH = json.dumps(f"touch {MARKER}")
_OPEN = f"open({json.dumps(MARKER)}, 'w')"


def _pickled(model: str) -> str:
    return f'{{{{ {model}.parse_raw({json.dumps(PICKLE)}, proto="pickle", allow_pickle=True) }}}}'


def _pickled_file(model: str) -> str:
    return (
        f'{{{{ {model}.parse_file("templates/evil.pickle", proto="pickle", allow_pickle=True) }}}}'
    )


CODE: dict[str, str] = {
    **{f"a pickle through {model}": _pickled(model) for model in _MODELS},
    **{f"a pickled file through {model}": _pickled_file(model) for model in _MODELS},
    "a pickle through a class": f'{{{{ view.clinic.__class__.parse_raw({json.dumps(PICKLE)}, proto="pickle", allow_pickle=True) }}}}',
    "a pickle through the filter attr": f'{{{{ (view.clinic|attr("parse_raw"))({json.dumps(PICKLE)}, proto="pickle", allow_pickle=True) }}}}',
    "a pickle through map": f"{{{{ [view.clinic]|map(attribute='parse_raw')|first }}}}{{% set f = [view.clinic]|map(attribute='parse_raw')|first %}}{{{{ f({json.dumps(PICKLE)}, proto='pickle', allow_pickle=True) }}}}",
    "subclasses of object": f"{{% for c in ''.__class__.__mro__[1].__subclasses__() %}}{{% if c.__name__ == 'Popen' %}}{{{{ c({_TOUCH}, shell=True) }}}}{{% endif %}}{{% endfor %}}",
    "subclasses through the filter attr": "{{ (''|attr('__class__')|attr('__mro__'))[1]|attr('__subclasses__') }}{{ cycler|attr('__init__')|attr('__globals__') }}",
    "subclasses through groupby": "{% for c in ['']|groupby('__class__.__mro__') %}{{ c.grouper[1].__subclasses__() }}{% endfor %}",
    "globals of cycler": f"{{{{ cycler.__init__.__globals__.os.popen({_TOUCH}).read() }}}}",
    "globals of joiner": f"{{{{ joiner.__init__.__globals__['os'].system({_TOUCH}) }}}}",
    "globals of namespace": f"{{{{ namespace.__init__.__globals__.os.system({_TOUCH}) }}}}",
    "globals of lipsum": f"{{{{ lipsum.__globals__['os'].system({_TOUCH}) }}}}",
    "globals of lipsum by format": "{{ '{0.__globals__[os].environ}'.format(lipsum) }}",
    "globals of a method of view": f"{{{{ view.panel.__func__.__globals__['__builtins__']['__import__']('os').system({_TOUCH}) }}}}",
    "globals of a macro": f"{{% macro m() %}}{{% endmacro %}}{{{{ m._func.__globals__['__builtins__']['eval']({json.dumps(_OPEN)}) }}}}",
    "self of the template": f"{{{{ self._TemplateReference__context.cycler.__init__.__globals__.os.system({_TOUCH}) }}}}",
    "self, and its environment": f"{{{{ self.__init__.__globals__.__builtins__.__import__('os').system({_TOUCH}) }}}}",
    "a frame of a generator": "{% set g = view.panels|map('upper') %}{{ g.gi_frame.f_back.f_globals }}{{ g.gi_code }}",
    "a module as a loop's": f"{{% for x in [1] %}}{{{{ loop.__init__.__globals__['__builtins__'].eval({json.dumps(_OPEN)}) }}}}{{% endfor %}}",
    "a caller's": f"{{% macro m() %}}{{{{ caller._func.__globals__['__builtins__'].eval({json.dumps(_OPEN)}) }}}}{{% endmacro %}}{{% call m() %}}x{{% endcall %}}",
    "an exception's": "{% set x = view.panel('nowhere') %}{{ x.__traceback__.tb_frame.f_builtins.open }}",
    "undefined's": "{{ nothing.__init__.__globals__ }}",
    "a stored format": "{% set f = '{0.__class__.__init__.__globals__}'.format %}{{ f(view) }}",
    "a format through map": "{{ ['{0.__class__}']|map('format', view)|list }}{{ '{0.__class__.__mro__}'|format(view) }}",
    "a format by mapping": "{{ '{a.__class__.__init__.__globals__[sys].modules}'.format_map({'a': view}) }}",
    "a format of str through join": "{{ ''.join(['{0.__init__.__globals__}'.format(view)]) }}",
    "an import of a module": "{% import 'os' as os %}{{ os.system('touch " + MARKER + "') }}",
    "an extension": f"{{% do view.clinic.__class__.__setattr__('x', 1) %}}{{% debug %}}{{{{ {_TOUCH}|system }}}}",
    "an object that is changed": "{{ view.__dict__.update({'id': 'x'}) }}{{ view.clinic.__pydantic_fields_set__.add('x') }}",
    "a copy that is changed": "{{ view.clinic.model_copy(update={'name': 'x'}).name }}{{ view.clinic.copy(update={'name': 'x'}).name }}",
    "a model built unchecked": "{{ view.clinic.model_construct(name='x').name }}{{ view.clinic.construct(name='x') }}",
    "a model rebuilt in its namespace": "{{ view.clinic.model_rebuild(force=True, _types_namespace={'x': 1}) }}",
    "a model read from text": "{{ view.clinic.model_validate_json('{}') }}{{ view.clinic.from_orm(view) }}",
    "a schema's own code": "{{ view.clinic.model_json_schema() }}{{ view.clinic.schema_json() }}{{ view.clinic.__pydantic_core_schema__ }}",
    "a class by attribute of a filter": "{{ view.panels|map(attribute='__class__')|map(attribute='__init__')|map(attribute='__globals__')|list }}",
    "a sort by what is hidden": "{{ [view.clinic]|sort(attribute='__class__.__init__.__globals__')|list }}",
    "a sum by what is hidden": "{{ [view]|sum(attribute='__class__', start=0) }}",
    "a selectattr by what is hidden": "{{ [view]|selectattr('__init__.__globals__')|list }}",
    "tojson of what is hidden": "{{ view.__dict__|tojson }}{{ view.__class__|pprint }}",
    "eval through a filter's name": "{{ 'x'|map('eval')|list }}{{ ['os']|map('import')|list }}",
    "autoescape off": "{% autoescape false %}<script src='/etc/hostname'></script>{{ self.__class__ }}{% endautoescape %}",
}  # fmt: skip
"""Each would leave the marker, or read what no template needs."""

_UP = f"../../{OTHERS}"
LEAKS: dict[str, str] = {
    "an include above the folder": f"{{% include '{_UP}' %}}",
    "an include of the whole path": "{% include '@' %}",
    "an include with dots": f"{{% include 'x/../../../{OTHERS}' %}}",
    "an include that may be missing": f"{{% include ['{_UP}', '@'] ignore missing %}}",
    "an extends above the folder": f"{{% extends '{_UP}' %}}",
    "an import above the folder": f"{{% import '{_UP}' as x %}}{{{{ x }}}}",
    "an include of a link": "{% include 'link.html' %}",
    "an include of a link that is a folder": f"{{% include 'beside/{OTHERS}' %}}",
    "an extends of a link": "{% extends 'link.html' %}",
    "an import of a link": "{% import 'link.html' as x %}{{ x }}",
    "a model's file": f"{{{{ view.clinic.parse_file('../{OTHERS}') }}}}",
    "a model's file as text": f"{{{{ view.clinic.logo.__class__('../{OTHERS}').read_text() }}}}",
    "a path's text": f"{{{{ view.clinic.logo.parent.joinpath('../../{OTHERS}').read_text() }}}}",
    "an image": "<img src='@' alt='x'>",
    "an image above the folder": f"<img src='../{OTHERS}' alt='x'>",
    "an image by a link": "<img src='templates/link.svg' alt='x'>",
    "a stylesheet": "<link rel=stylesheet href='@'><style>@import url(@);</style>",
    "an object": "<object data='@'></object><embed src='@'><iframe src='@'></iframe>",
    "an attachment": "<link rel=attachment href='@'><a rel=attachment href='@'>x</a>",
    "an attachment by file address": "<link rel=attachment href='file://@'>",
    "an svg in the page": "<svg width='1' height='1'><image href='@'/><use href='@#x'/></svg>",
    "an address of the web": "<img src='http://127.0.0.1:9/x.png' alt='x'>",
    "a base": "<base href='file:///'><img src='etc/hostname' alt='x'>",
}  # fmt: skip
"""Each would print a line of somebody else's file; `@` stands for its whole path."""

WITHOUT_END: dict[str, str] = {
    "a range of 10^9": "{% for a in range(1000000000) %}x{% endfor %}",
    "ranges in ranges": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "a text times 10^10": "{{ 'x' * 10000000000 }}",
    "a list times 10^10": "{{ [1] * 10000000000 }}",
    "a power of powers": "{{ 9 ** 9 ** 9 ** 9 }}",
    "a number shifted by doubling": "{% set n = namespace(x='x') %}{% for a in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "letters centred in 10^10": "{{ 'x'.center(10000000000) }}{{ 'x'|center(10000000000) }}",
    "a format as wide as 10^10": "{{ '{:10000000000}'.format(1) }}{{ '%10000000000d'|format(1) }}",
    "an include of itself": "{% include 'testimonials.html' %}",
    "an extends of itself": "{% extends 'testimonials.html' %}",
    "an import of itself": "{% import 'testimonials.html' as x %}",
    "a macro of itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a macro that calls itself twice": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}",
    "a block of itself": "{% block a %}{{ self.a() }}{% endblock %}",
    "a loop of itself": "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "lorem ipsum, 10^8": "{{ lipsum(n=100000000) }}",
    "batches of 10^9": "{{ [1]|batch(1000000000, 'x')|list }}",
    "slices of 10^9": "{{ [1]|slice(1000000000)|list }}",
    "an indent of 10^9": "{{ 'a\\nb'|indent(1000000000) }}",
    "words wrapped at nothing": "{{ ('x ' * 1000000)|wordwrap(1) }}",
    "replace and replace": "{{ ('x' * 100000)|replace('x', 'x' * 100000) }}",
    "brackets 20,000 deep": "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}",
    "blocks 20,000 deep": "{% if 1 %}" * 20_000 + "{% endif %}" * 20_000,
    "ors 100,000 long": "{{ 1" + " or 1" * 100_000 + " }}",
    "a number of 100,000 digits": "{{ " + "9" * 100_000 + " }}",
    "a million tags": "{{ 1 }}" * 300_000,
    "elements 50,000 deep": "<div>" * 50_000,
    "elements 2,000 deep": "<div>" * 2000 + "x" + "</div>" * 2000,
    "a table of 10^9 columns": "<table><tr><td colspan=1000000000>x</td></tr></table>",
    "a table of 10^9 rows": "<table><tr><td rowspan=1000000000>x</td></tr></table>",
    "a list from 10^300": f"<ol start={'9' * 300}><li>x</ol>",
    "a picture of 10^9 as data": "<img alt=x src='data:image/svg+xml,%3Csvg xmlns=\"http://www.w3.org/2000/svg\" width=\"1000000000\" height=\"1000000000\"/%3E'>",
    "control letters": "\x1b]0;owned\x07{{ nothing\x1b[2J }}",
    "control letters in an error": "{{ view['\x1b[2J\x1b]0;owned\x07'] }}",
}  # fmt: skip


_FRONT = '{% call parts.panel("front") %}\n'


def in_the_shipped(text: str) -> str:
    """Put a text into the shipped template, so that a leak is printed; one that replaces it stays."""
    if text.startswith("{% extends"):
        return text
    shipped = (ROOT / "templates" / "testimonials.html").read_text(encoding="utf-8")
    return shipped.replace(_FRONT, f"{_FRONT}{text}\n", 1)


def as_template(text: str) -> Callable[[Path], None]:
    """Give what makes a text the clinic's own template, beside what it may look for."""

    def prepare(clinic: Path) -> None:
        other = clinic.parent / OTHERS
        other.write_text(f"{UNTOLD}\n", encoding="utf-8")
        templates = clinic / "templates"
        (templates / "evil.pickle").write_text(PICKLE, encoding="utf-8")
        (templates / "beside").symlink_to(clinic.parent)
        for link in ("link.html", "link.svg"):
            (templates / link).symlink_to(other)
        (templates / "testimonials.html").write_text(
            text.replace("@", str(other)), encoding="utf-8"
        )

    return prepare


def cases() -> Iterator[Case]:
    """Give each template before ``check``, which must not fill it falsely, and ``build``."""
    leaks = {name: in_the_shipped(text) for name, text in LEAKS.items()}
    for kind, texts in (("code", CODE), ("leak", leaks), ("no end", WITHOUT_END)):
        for name, text in texts.items():
            for command in (("check", "--quick", "-q"), ("build", "testimonials", "-q")):
                yield Case(
                    f"template {kind} {command[0]}",
                    name,
                    command,
                    as_template(text),
                    "templates/",
                    HARMLESS,
                    secret=UNTOLD,
                )
