"""What touches the layout engine's private parts fails here, and not on paper, when they change."""

from __future__ import annotations

import ast
import inspect
import re
from hashlib import sha256
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT

from handouts.render import patches
from handouts.render.loaded_engine import font_configuration, weasyprint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PUBLIC = {"weasyprint", "weasyprint.urls"}
"""What all of ``render`` may import."""

LEANS_ON = {
    "kept_styles": {
        "css:CSS.__init__": "8263e6979a38",
        "css:StyleFor.add_page_declarations": "78e388ade232",
        "css:find_stylesheets": "ac92dbb80c3f",
        "css:preprocess_stylesheet": "1e8c36ce5967",
    },
    "kept_words": {
        "draw.text:draw_first_line": "1bb8eae6d88e",
        "draw.text:draw_text": "ebaf96239c6c",
    },
    "line_breaks": {"text.line_break:split_first_line": "39ad1016863c"},
    "library_versions": {"text.ffi:_dlopen": "9ab3167cbc80"},
    "no_empty_strings": {
        "draw.text:draw_first_line": "1bb8eae6d88e",
        "pdf.stream:Stream.show_text": "3e008af86f62",
    },
    "numbered_tags": {
        "pdf.tags:_build_box_tree": "f716251a83e7",
        "pdf.tags:add_tags": "f0e74575b0ba",
    },
    "page_room": {
        "document:Page.__init__": "56afceec729b",
        "formatting_structure.boxes:Box.content_box_y": "60e8cc23c960",
    },
    "placed_drawings": {
        "draw:draw_replacedbox": "7cb1486a51be",
        "html:handle_element": "84d25034f9d3",
        "html:handle_svg": "7333e60dbdc9",
        "html:make_replaced_box": "cfb6d92ef916",
        "pdf:_use_references": "4d1abd9646c3",
        "pdf.stream:Stream.add_image": "b6eefec44b54",
        "svg.images:svg": "e8ba71af5e09",
    },
    "quick_paths": {"svg.path:path": "194cd562b8d9", "svg:SVG.draw_node": "5e24443a435c"},
    "shaping": {
        "draw.text:draw_first_line": "1bb8eae6d88e",
        "pdf.fonts:Font": "1888854798bf",
        "pdf.stream:Stream.add_font": "e4226e111747",
        "text.line_break:Layout": "681b737d1ba5",
        "text.fonts:get_pango_font_key": "74cbeff1fac3",
    },
    "slot_lines": {
        "document:Page.__init__": "56afceec729b",
        "draw.text:draw_first_line": "1bb8eae6d88e",
        "formatting_structure.boxes:TextBox": "7fcb818c71c2",
        "formatting_structure.boxes:Box.descendants": "c15a877f6136",
        "formatting_structure.boxes:Box.content_box_x": "d264fc466c66",
    },
}
"""The engine's own code that each patch was written for, with a digest of it.

Where one differs, read what has changed there, look at the patch, and write the other digest.
"""


def engines(name: str) -> Any:
    """Give a part of the engine."""
    weasyprint()
    module, _, path = name.partition(":")
    part: Any = import_module(f"weasyprint.{module}")
    for attribute in path.split("."):
        part = getattr(part, attribute)
    return part


def digest(name: str) -> str:
    return sha256(inspect.getsource(engines(name)).encode()).hexdigest()[:12]


@pytest.mark.parametrize("patch", LEANS_ON)
def test_the_engine_is_the_one_that_a_patch_was_written_for(patch: str) -> None:
    found = {name: digest(name) for name in LEANS_ON[patch]}
    assert found == LEANS_ON[patch]


def modules(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*.py")) if path.name != "__init__.py")


def test_each_patch_has_its_reason_and_its_test() -> None:
    found = {path.stem for path in modules(ROOT / "handouts" / "render" / "patches")}
    assert found == LEANS_ON.keys()
    for name in found:
        told = inspect.getdoc(import_module(f"{patches.__name__}.{name}")) or ""
        assert f"WeasyPrint {weasyprint().__version__.split('.')[0]}" in told, name
        assert "Upstream could" in told, name


def test_nobody_else_touches_private_parts() -> None:
    for path in modules(ROOT / "handouts"):
        if path.parent.name == "patches":
            continue
        source = path.read_text(encoding="utf-8")
        assert "_page_box" not in source, path
        for node in ast.walk(ast.parse(source)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
                if [alias.name for alias in node.names] == ["FontConfiguration"]:
                    continue
            for name in names:
                assert not re.match(r"(weasyprint|pydyf|tinyhtml5|tinycss2)\b", name) or (
                    name in PUBLIC
                ), f"{path} imports {name}"


def test_the_engine_calls_what_is_patched_by_its_name() -> None:
    """Else it would call its own function, and the patch would do nothing."""
    assert "draw_first_line(" in inspect.getsource(engines("draw.text:draw_text"))
    assert "stream.show_text(" in inspect.getsource(engines("draw.text:draw_first_line"))
    assert "_build_box_tree(" in inspect.getsource(engines("pdf.tags:add_tags"))
    assert "TAGS[" in inspect.getsource(engines("svg:SVG.draw_node"))
    page = weasyprint().HTML(string="<p>a").render(font_config=font_configuration()).pages[0]
    (line,) = [box for box in page._page_box.descendants() if getattr(box, "text", "") == "a"]
    assert line.baseline > 0
