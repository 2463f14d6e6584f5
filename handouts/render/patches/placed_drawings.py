"""Drawings that are placed on pages, each as a form that the file has once.

The engine draws an inline SVG anew wherever it stands, after its elements went through the
cascade: a fifth of the time in which a sheet of four exercises is rendered. An SVG element that
names a form is laid out as a box of the form's shape, and the form is put where the box comes out,
as the engine does with a raster picture.

Written for WeasyPrint 70, around its handler of inline SVG, and with what it asks of a picture.
Upstream could let others hand out pictures of their own for an address.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handouts.basics.errors import LayoutError
from handouts.drawings.form import PLACE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handouts.drawings.form import Form

_SVG = "{http://www.w3.org/2000/svg}svg"


@contextmanager
def drawings_placed(forms: Mapping[str, Form]) -> Iterator[None]:
    """Let the engine place these forms, by their names, where their elements stand."""
    from weasyprint import html  # noqa: PLC0415 - after the fonts are set

    plain = html.HTML_HANDLERS[_SVG]

    def placed(element: Any, box: Any, *rest: Any) -> list[Any]:
        name = element.get(PLACE)
        if name is None:
            return plain(element, box, *rest)  # type: ignore[no-any-return]
        if name not in forms:
            raise LayoutError.because(
                f'there is no drawing "{name}"',
                why="an SVG element of a template names it as its own",
                mend=f"print the picture's svg as it is, and take {PLACE} out of the template",
            )
        return [html.make_replaced_box(element, box, _Picture(name, forms[name]))]

    html.HTML_HANDLERS[_SVG] = placed
    try:
        yield
    finally:
        html.HTML_HANDLERS[_SVG] = plain


@dataclass(frozen=True, slots=True)
class _Picture:
    """A form as the engine asks for a picture."""

    id: str
    """Names it in the file; the engine writes those of one name once."""
    form: Form

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[None, None, float]:
        """Give its width and height, of which it has none, and how wide it is for its height."""
        del resolution, font_size
        return None, None, self.form.width / self.form.height

    def draw(self, stream: Any, width: float, height: float, style: object) -> None:
        """Place the form in the middle of its box, as large as fits (SVG 2, 8.6: xMidYMid meet)."""
        del style
        scale = min(width / self.form.width, height / self.form.height)
        left = (width - scale * self.form.width) / 2
        top = (height - scale * self.form.height) / 2
        name = stream.add_image(self, interpolate=False, ratio=1)
        stream.transform(scale, 0, 0, scale, left, top)
        stream.draw_x_object(name)

    def get_x_object(self, interpolate: object, ratio: object) -> Any:
        """Write the form."""
        from weasyprint.images import pydyf  # noqa: PLC0415 - after the fonts are set

        del interpolate, ratio
        extra = {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array((0, 0, self.form.width, self.form.height)),
            "Resources": pydyf.Dictionary(),
        }
        return pydyf.Stream([self.form.operators.encode()], extra, compress=True)
