"""Templates that lead back to themselves, told from what is written in them.

Filled, such a circle ends at whichever limit it meets first: of depth, of size or of time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError, nodes

from handouts.basics.findings import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment

_LEADS = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)


def circle(environment: Environment, name: str) -> Place | None:
    """Give the line that closes the first circle on the way from a template, if there is one."""
    for template in _reached(environment, name):
        for line, to in _leads(environment, template):
            if template in _reached(environment, to):
                return Place(file=f"templates/{template}", line=line, column=1)
    return None


def _reached(environment: Environment, name: str) -> list[str]:
    """Give a template and all that it leads to, each once."""
    reached = [name]
    for template in reached:
        reached += dict.fromkeys(to for _, to in _leads(environment, template) if to not in reached)
    return reached


def _leads(environment: Environment, name: str) -> list[tuple[int, str]]:
    """Give the lines of a template that lead to another by its name, with that name."""
    try:
        source = environment.loader.get_source(environment, name)[0] if environment.loader else ""
        tree = environment.parse(source, name)
    except TemplateError:
        return []
    found: Iterable[Any] = tree.find_all(_LEADS)
    return [
        (node.lineno, node.template.value)
        for node in found
        if isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)
    ]
