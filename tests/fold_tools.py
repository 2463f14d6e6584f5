"""What the tests of folds share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.basics.folds import FOLDS, FoldKind

if TYPE_CHECKING:
    from conftest import ClinicFolder


KINDS = list(FoldKind)
INSIDE_3 = ("inside-left", "inside-center", "inside-right")
INSIDE_4 = ("inside-left", "inside-center-left", "inside-center-right", "inside-right")


def fold_as(clinic: ClinicFolder, *lines: str) -> None:
    clinic.edit(
        "    template: brochure\n",
        "    template: brochure\n" + "".join(f"    {line}\n" for line in lines),
    )


MANIFEST = """\
describes: A leaflet to fold
format: fold
fold: {fold}
panels: [{panels}]
sections: brief
"""
LEAFLET = """\
{% extends "base.html" %}
{% import "parts.html" as parts %}
{% block content %}
{% for each in view.panels %}
{% call parts.panel(each.name) %}
<p>Panel {{ each.name }}.</p>
{% if loop.first %}
<h1>{{ view.piece.title }}</h1>
{% endif %}
{% if loop.last %}
{{ parts.provenance(view) }}
{% if view.clinic.language_help %}
<p>{{ view.clinic.language_help }}</p>
{% endif %}
{{ parts.sources(view) }}
{% endif %}
{% endcall %}
{% endfor %}
{% endblock %}
"""
LEAFLET_STYLE = """\
@page { margin: 10mm 7mm 8mm; }
@page back { margin-bottom: 40mm; @bottom-left {
  content: element(provenance); width: 100%; vertical-align: top; } }
body { font-size: 10.5pt; --leading: 14pt; --caption-size: 9.5pt; }
"""


def leaflet(clinic: ClinicFolder, fold: str, panels: tuple[str, ...] = ()) -> None:
    """Give the clinic a template for a fold, and a handout from it."""
    (clinic.path / "templates").mkdir()
    names = panels or FOLDS[FoldKind(fold)].reading_order
    (clinic.path / "templates" / "leaflet.yaml").write_text(
        MANIFEST.format(fold=fold, panels=", ".join(names))
    )
    (clinic.path / "templates" / "leaflet.html").write_text(LEAFLET)
    (clinic.path / "styles" / "leaflet.css").write_text(LEAFLET_STYLE)
    clinic.text += '\n  leaflet:\n    template: leaflet\n    title: "A leaflet"\n'
