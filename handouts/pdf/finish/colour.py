"""Colours of a finished document turned into inks, wherever they stand in it.

The layout engine writes RGB. Here every colour of page contents, forms, patterns, shadings,
Type 3 fonts, soft masks and pictures becomes DeviceCMYK; black text is black ink alone and
overprints, so that no white edge shows where the plates are not in register.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    PdfError,
    PdfImage,
    Stream,
    parse_content_stream,
    unparse_content_stream,
)

from handouts.basics.errors import LayoutError
from handouts.basics.findings import Finding, Place, Report
from handouts.compose import laid_out
from handouts.pdf.finish.inks import BLACK, Ink, Luminosity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pikepdf import Pdf
    from PIL import Image

    from handouts.pdf.finish.inks import Inks

    Instruction = ContentStreamInstruction | ContentStreamInlineImage

OVERPRINT = Name(f"/{laid_out.BLACK_OVERPRINT}")
KNOCKOUT = Name(f"/{laid_out.KNOCKOUT}")
GRADIENT_STEPS = 32
"""Steps between two stops of a gradient: inks do not mix along the line on which light does."""

_SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
_PAINTS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do"}
_COLOURS = {"g", "rg", "k", "G", "RG", "K"}
_IN_SPACE = {"sc", "scn", "SC", "SCN"}
_DEVICE_PARTS = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
INK_SPACES = {"/DeviceGray", "/DeviceCMYK"}
"""Grey is the black plate alone under a CMYK output intent (ISO 15930-7)."""
_FILLED = 0
"""The text rendering mode in which text is filled and not stroked."""


def overprint_states() -> dict[str, Dictionary]:
    """Give the graphics states of black text and of all else, by their names."""
    return {
        str(OVERPRINT): Dictionary(OP=True, op=True, OPM=1),
        str(KNOCKOUT): Dictionary(OP=False, op=False, OPM=0),
    }


def convert_colours(pdf: Pdf, inks: Inks, label: str) -> None:
    """Turn every colour of a document's pages into inks.

    Raises:
        LayoutError: with a finding for each kind of colour that has no known inks.

    """
    walk = _Walk(pdf, inks)
    for page in pdf.pages:
        page.contents_coalesce()
        page.obj.Group = Dictionary(
            Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK, I=True
        )
        walk.content(page.obj.Contents, page.obj.Resources)
    if walk.unknown:
        raise LayoutError(
            Report(
                tuple(
                    Finding(what, why, mend, Place(piece=label))
                    for what, (why, mend) in walk.unknown.items()
                )
            )
        )


@dataclass(frozen=True, slots=True)
class _State:
    """What decides, at a place in a content stream, how its colours are read."""

    fill_space: str = ""
    stroke_space: str = ""
    black_fill: bool = False
    text_mode: int = _FILLED
    overprints: bool = False


class _Walk:
    """Goes through all that pages draw, each object once."""

    def __init__(self, pdf: Pdf, inks: Inks | Luminosity) -> None:
        self._pdf = pdf
        self._inks = inks
        self._seen: set[tuple[int, int]] = set()
        self.unknown: dict[str, tuple[str, str]] = {}

    def _first_time(self, thing: Object) -> bool:
        if not thing.is_indirect:
            return True
        new = thing.objgen not in self._seen
        self._seen.add(thing.objgen)
        return new

    def refuse(self, what: str) -> None:
        """Note a colour that can't be turned into inks."""
        self.unknown[what] = (
            "which inks it needs on the press is not known",
            "write colours as #rrggbb in styles and SVG, and save pictures as plain RGB or grey",
        )

    def content(self, stream: Object, resources: Object) -> None:
        """Convert a content stream, and all that its resources hold."""
        if self._first_time(stream):
            writer = _ContentWriter(self._inks, self.refuse)
            stream.write(
                unparse_content_stream(list(writer.converted(parse_content_stream(stream))))
            )
            if writer.overprinted:
                if "/ExtGState" not in resources:
                    resources.ExtGState = Dictionary()
                for name, state in overprint_states().items():
                    resources.ExtGState[name] = state
        if self._first_time(resources):
            self._resources(resources)

    def _resources(self, resources: Object) -> None:
        for kind, look in (
            ("/ExtGState", self._state),  # masks first: the engine lists their forms twice
            ("/XObject", self._x_object),
            ("/Pattern", self._pattern),
            ("/Shading", self._shading),
            ("/Font", self._font),
        ):
            for _, thing in sorted(resources.get(kind, Dictionary()).items()):
                look(thing)

    def _x_object(self, thing: Object) -> None:
        if thing.Subtype == Name.Form:
            self._form(thing)
        elif isinstance(thing, Stream) and self._first_time(thing):
            self._picture(thing)

    def _form(self, form: Object) -> None:
        if "/CS" in form.get("/Group", Dictionary()):
            form.Group.CS = Name.DeviceCMYK
        self.content(form, form.get("/Resources", Dictionary()))

    def _pattern(self, pattern: Object) -> None:
        if isinstance(pattern, Stream):
            self.content(pattern, pattern.get("/Resources", Dictionary()))
        else:
            self._shading(pattern.Shading)

    def _state(self, state: Object) -> None:
        mask = state.get("/SMask")
        if isinstance(mask, Dictionary):
            inks, self._inks = self._inks, Luminosity()
            self._form(mask.G)
            self._inks = inks

    def _font(self, font: Object) -> None:
        if font.get("/Subtype") == Name.Type3 and self._first_time(font):
            for _, glyph in sorted(font.CharProcs.items()):
                self.content(glyph, font.get("/Resources", Dictionary()))

    def _shading(self, shading: Object) -> None:
        if str(shading.get("/ColorSpace")) in INK_SPACES or not self._first_time(shading):
            return
        if shading.ColorSpace != Name.DeviceRGB or int(shading.ShadingType) not in {2, 3}:
            self.refuse("a gradient is written in a colour space of its own")
            return
        shading.ColorSpace = Name.DeviceCMYK
        shading.Function = self._gradient(shading.Function)

    def _gradient(self, function: Object) -> Object:
        """Give the inks along a gradient, sampled finely between its stops."""
        kind = int(function.FunctionType)
        if kind == 3:
            joined = Dictionary(dict(function.items()))
            joined.Functions = Array([self._gradient(part) for part in function.Functions])
            return joined
        if kind != 2:
            self.refuse("a gradient follows a curve that is not known")
            return function
        starts, ends = (np.array([float(part) for part in function[key]]) for key in ("/C0", "/C1"))
        steps = (np.arange(GRADIENT_STEPS + 1) / GRADIENT_STEPS) ** float(function.N)
        samples = bytes(
            round(amount * 2.55)
            for step in steps
            for amount in self._inks.of(*(starts + (ends - starts) * step))
        )
        return self._pdf.make_stream(
            samples,
            FunctionType=0,
            Domain=Array([0, 1]),
            Range=Array([0, 1] * 4),
            Size=Array([GRADIENT_STEPS + 1]),
            BitsPerSample=8,
        )

    def _picture(self, image: Stream) -> None:
        """Convert a picture; its soft mask is no colour and stays."""
        if image.get("/ImageMask", False):
            return
        try:
            picture = PdfImage(image).as_pil_image()
        except (PdfError, NotImplementedError, ValueError, OSError):
            self.refuse("a picture is saved in a way that can't be read")
            return
        size = f"a picture of {picture.width} x {picture.height} dots"
        if picture.mode == "CMYK":
            self._check_ink(picture, size)
            return
        space = image.ColorSpace
        if str(space) not in {"/DeviceRGB", "/DeviceGray"} and space[0] != Name.Indexed:
            self.refuse(f"{size} has a colour space of its own")
            return
        dots = picture.convert("RGB")
        red, green, blue = (np.asarray(band) for band in dots.split())
        neutral = np.array_equal(red, green) and np.array_equal(green, blue)
        image.write(self._inks.grey_picture(red) if neutral else self._inks.picture(dots))
        image.ColorSpace = Name.DeviceGray if neutral else Name.DeviceCMYK
        image.BitsPerComponent = 8
        if "/Decode" in image:
            del image.Decode

    def _check_ink(self, picture: Image.Image, size: str) -> None:
        most = round(int(np.asarray(picture).astype(np.uint16).sum(axis=2).max()) / 2.55)
        if most > self._inks.most_ink_percent:
            self.unknown[f"{size} has up to {most} % of ink"] = (
                f"the paper takes {self._inks.most_ink_percent} %",
                "save it for coated paper with less total ink, or as RGB",
            )


class _ContentWriter:
    """Writes one content stream anew, its colours as inks and its black text overprinting."""

    def __init__(self, inks: Inks | Luminosity, refuse: Callable[[str], None]) -> None:
        self._inks = inks
        self._refuse = refuse
        self._state = _State()
        self._saved: list[_State] = []
        self.overprinted = False

    def converted(self, instructions: Sequence[Instruction]) -> Iterator[Instruction]:
        """Give the instructions in their order."""
        for instruction in instructions:
            if isinstance(instruction, ContentStreamInlineImage):
                self._refuse("a picture stands inside a page's own commands")
                continue
            yield from self._one(instruction, str(instruction.operator))
        yield from self._overprint(wanted=False)

    def _one(
        self, instruction: ContentStreamInstruction, operator: str
    ) -> Iterator[ContentStreamInstruction]:
        if operator in _SHOWS_TEXT:
            state = self._state
            wanted = self._inks.overprints and state.black_fill and state.text_mode == _FILLED
            yield from self._overprint(wanted=wanted)
        elif operator in _PAINTS:
            yield from self._overprint(wanted=False)
        elif operator in _COLOURS or operator in _IN_SPACE:
            yield from self._colour(instruction, operator)
            return
        elif operator in {"cs", "CS"}:
            yield from self._space(instruction, operator)
            return
        elif operator == "q":
            self._saved.append(self._state)
        elif operator == "Q" and self._saved:
            self._state = self._saved.pop()
        elif operator == "Tr":
            self._state = replace(self._state, text_mode=int(instruction.operands[0]))
        yield instruction

    def _overprint(self, *, wanted: bool) -> Iterator[ContentStreamInstruction]:
        if self._state.overprints is not wanted:
            self.overprinted = True
            self._state = replace(self._state, overprints=wanted)
            yield _command("gs", OVERPRINT if wanted else KNOCKOUT)

    def _space(
        self, instruction: ContentStreamInstruction, operator: str
    ) -> Iterator[ContentStreamInstruction]:
        """Take out the choice of a space: a colour says its own. A new space begins with black."""
        space = str(instruction.operands[0])
        stroke = operator == "CS"
        self._choose(space, stroke=stroke)
        if space in _DEVICE_PARTS:
            yield from self._ink(BLACK, stroke=stroke)
        else:
            yield instruction

    def _choose(self, space: str, *, stroke: bool) -> None:
        if stroke:
            self._state = replace(self._state, stroke_space=space)
        else:
            self._state = replace(self._state, fill_space=space, black_fill=False)

    def _colour(
        self, instruction: ContentStreamInstruction, operator: str
    ) -> Iterator[ContentStreamInstruction]:
        stroke = operator.isupper()
        operands = list(instruction.operands)
        if operator in _IN_SPACE:
            space = self._state.stroke_space if stroke else self._state.fill_space
            if space == "/Pattern" and len(operands) == 1:
                yield instruction
                return
            if _DEVICE_PARTS.get(space) != len(operands):
                self._refuse(f"a colour is written in the space {space.removeprefix('/')}")
                return
        else:
            self._choose("", stroke=stroke)
        parts = [float(part) for part in operands]
        if len(parts) == 4:
            ink = self._inks.limited(Ink(*(round(100 * part) for part in parts)))
        else:
            ink = self._inks.of(*(parts * 3 if len(parts) == 1 else parts))
        yield from self._ink(ink, stroke=stroke)

    def _ink(self, ink: Ink, *, stroke: bool) -> Iterator[ContentStreamInstruction]:
        if not stroke:
            self._state = replace(self._state, black_fill=ink == BLACK)
        amounts = (Decimal(amount) / 100 for amount in ink)
        yield _command("K" if stroke else "k", *amounts)


def _command(operator: str, *operands: Any) -> ContentStreamInstruction:
    return ContentStreamInstruction(list(operands), Operator(operator))
