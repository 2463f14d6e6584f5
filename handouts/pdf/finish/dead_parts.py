"""Takes out what the layout engine puts into every file and nothing draws with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Stream, parse_content_stream, unparse_content_stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pikepdf import Object, Pdf


def drop_dead_parts(pdf: Pdf) -> None:
    """Take out colour spaces that no content names, forms that draw nothing, and their dead fonts.

    A form that names no font is the same in many files, and then a run's file has it once.
    """
    empty = {
        thing.objgen
        for thing in pdf.objects
        if isinstance(thing, Stream)
        and thing.get("/Subtype") == Name.Form
        and not thing.read_bytes().strip()
    }
    for streams, resources in _contents(pdf):
        _drop_spaces(streams, resources)
        _drop_fonts(streams, resources)
        if empty:
            _drop_forms(streams, resources, empty)


def _contents(pdf: Pdf) -> Iterable[tuple[list[Object], Object]]:
    """Give resources with all content streams that draw with them; pages may share theirs."""
    shared: dict[tuple[int, int], tuple[list[Object], Object]] = {}
    own = []
    for streams, resources in _each_content(pdf):
        if resources.is_indirect:
            shared.setdefault(resources.objgen, ([], resources))[0].extend(streams)
        else:
            own.append((streams, resources))
    return (*shared.values(), *own)


def _each_content(pdf: Pdf) -> Iterator[tuple[list[Object], Object]]:
    """Give content streams with their resources: of pages, forms and patterns."""
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        if "/Resources" in page.obj and contents is not None:
            streams = list(contents) if isinstance(contents, Array) else [contents]
            yield streams, page.obj.Resources
    for thing in pdf.objects:
        if isinstance(thing, Stream) and "/Resources" in thing:
            yield [thing], thing.Resources


def _drop_spaces(streams: list[Object], resources: Object) -> None:
    spaces = resources.get("/ColorSpace", Dictionary())
    if not list(spaces.keys()):
        return
    content = b"\n".join(stream.read_bytes() for stream in streams)
    for name in list(spaces.keys()):
        if name.encode() not in content:
            del spaces[name]
    if not list(spaces.keys()):
        del resources["/ColorSpace"]


def _drop_fonts(streams: list[Object], resources: Object) -> None:
    """Take the fonts from forms that show no text; a page may yet be given a person's words."""
    if "/Font" not in resources or any(one.get("/Subtype") != Name.Form for one in streams):
        return
    if any(b"Tf" in stream.read_bytes() for stream in streams):
        return
    for stream in streams:
        stream.Resources = Dictionary({k: part for k, part in resources.items() if k != "/Font"})


def _drop_forms(streams: list[Object], resources: Object, empty: set[tuple[int, int]]) -> None:
    forms = resources.get("/XObject", Dictionary())
    dead = {name for name, form in forms.items() if form.objgen in empty}
    if not dead:
        return
    for stream in streams:
        kept = [
            step
            for step in parse_content_stream(stream)
            if str(step.operator) != "Do" or str(step.operands[0]) not in dead
        ]
        stream.write(unparse_content_stream(kept))
    for name in dead:
        del forms[name]
