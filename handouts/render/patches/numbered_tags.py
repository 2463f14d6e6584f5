"""Tags that say which element of the page each of them stands for.

The engine tags each page for itself: a section that runs on to the next page becomes two, and
what stands beside it comes between. With the element's number on each tag, the press can put
them together again.

Written for WeasyPrint 70, around its ``_build_box_tree``. Upstream could join the parts of an
element over its pages, and write descriptions and languages as it writes titles.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from handouts.compose.laid_out import OWN_ELEMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

_DESC = "{http://www.w3.org/2000/svg}desc"


@contextmanager
def tags_numbered() -> Iterator[None]:
    """Let the engine write each tag's element, its language, and a drawing's whole description.

    Of a drawing the engine writes the title alone, which mostly is its caption over again.
    """
    from weasyprint.pdf import tags  # noqa: PLC0415 - after the fonts are set

    numbers: dict[Any, int] = {}
    plain = tags._build_box_tree  # noqa: SLF001 - the one place where tag and element meet

    def numbered(box: Any, *rest: Any) -> Iterator[Any]:
        for tag in plain(box, *rest):
            if box.element is not None and OWN_ELEMENT not in tag:
                tag[OWN_ELEMENT] = numbers.setdefault(box.element, len(numbers))
                if description := box.element.findtext(_DESC):
                    tag["Alt"] = tags.pydyf.String(description)
                if language := box.element.get("lang"):
                    tag["Lang"] = tags.pydyf.String(language)
            yield tag

    tags._build_box_tree = numbered  # noqa: SLF001
    try:
        yield
    finally:
        tags._build_box_tree = plain  # noqa: SLF001
