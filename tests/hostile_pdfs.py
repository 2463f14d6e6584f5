"""PDFs that were made to do harm, or that no program would write; each made by a function."""

from __future__ import annotations

import zlib
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

if TYPE_CHECKING:
    from collections.abc import Callable

A5 = [0, 0, 420, 595]


def written(*objects: str | bytes, root: int = 1) -> bytes:
    """Write a PDF of objects as they are given, from number 1, with a right table of places."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        text = body.encode("latin-1") if isinstance(body, str) else body
        out += b"%d 0 obj\n" % number + text + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\n" % (len(objects) + 1, root)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def stream(data: bytes, entries: str = "", length: str = "") -> bytes:
    """Write a stream's object; ``length`` in place of the right one."""
    said = length or str(len(data))
    return f"<< /Length {said} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def one_page(page: str = "", contents: str | bytes = b"", *more: str | bytes) -> bytes:
    """Write a file of one page, with entries of its own, content, and objects from number 5."""
    body = stream(contents) if isinstance(contents, bytes) else contents
    return written(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R {page}"
        f"{'' if '/MediaBox' in page else ' /MediaBox [0 0 420 595]'} >>",
        body,
        *more,
    )


def nested_forms(depth: int, times: int = 2, cycle: bool = False) -> bytes:
    """Write forms that each draw the next so many times; the last draws a line."""
    forms: list[bytes] = []
    for level in range(depth):
        below = 5 + (level + 1) % depth if cycle else 6 + level
        last = level == depth - 1 and not cycle
        data = b"0 0 m 9 9 l S" if last else b"/F Do " * times
        named = "" if last else f"/Resources << /XObject << /F {below} 0 R >> >>"
        entries = f"/Type /XObject /Subtype /Form /BBox [0 0 420 595] {named}"
        forms.append(stream(data, entries))
    return one_page("/Resources << /XObject << /F 5 0 R >> >>", b"/F Do", *forms)


def _blanks_checksum(count: int) -> bytes:
    """Give the Adler-32 of so many blanks (RFC 1950), none of which need be made."""
    total = 1 + count * 32
    totals = count + 32 * count * (count + 1) // 2
    return (totals % 65521 << 16 | total % 65521).to_bytes(4)


@cache
def zipped_twice(size_mb: int) -> bytes:
    """Write a page whose content unpacks, twice, to so many megabytes of blanks."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    megabyte = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    once = b"\x78\xda" + megabyte * size_mb + b"\x03\x00" + _blanks_checksum(size_mb * 1_000_000)
    twice = zlib.compress(once, 9)
    return one_page("", stream(twice, "/Filter [/FlateDecode /FlateDecode]").decode("latin-1"))


def with_page(change: Callable[[pikepdf.Pdf, pikepdf.Dictionary], object]) -> bytes:
    """Make a right file, and spoil its page."""
    pdf = pikepdf.new()
    for _ in range(2):
        pdf.add_blank_page(page_size=(420, 595))
        pdf.pages[-1].trimbox = [10, 10, 410, 585]
        pdf.pages[-1].obj.BleedBox = Array([1, 1, 419, 594])
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(b"q 1 0 0 1 0 0 cm /F Do BT /T 9 Tf (a) Tj ET Q")
    form = pdf.make_stream(b"0 0 9 9 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(XObject=Dictionary(F=form), Font=Dictionary(T=font))
    change(pdf, page)
    out = BytesIO()
    pdf.save(out, static_id=True, compress_streams=False)
    return out.getvalue()


def bad_predictor() -> bytes:
    """Make a page whose content is packed with a predictor that there is not."""

    def spoil(pdf: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
        content = Stream(pdf, b"")
        parameters = Dictionary(Predictor=99, Columns=-4, Colors=10**9)
        content.write(zlib.compress(b"q Q"), filter=Name.FlateDecode, decode_parms=parameters)
        page.Contents = content

    return with_page(spoil)


def _large(width: object, height: object, **entries: object) -> bytes:
    def spoil(_pdf: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
        page.MediaBox = Array([0, 0, width, height])
        del page.TrimBox, page.BleedBox
        for key, value in entries.items():
            page[f"/{key}"] = value

    return with_page(spoil)


def many_pages(count: int) -> bytes:
    """Write a tree whose leaf is one page, drawn so many times."""
    leaf = "<< /Type /Pages /Kids [" + "3 0 R " * 100 + "] /Count 100 /Parent 2 0 R >>"
    kids = " ".join(["5 0 R"] * (count // 100))
    return written(
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Page /Parent 5 0 R /Contents 4 0 R /MediaBox [0 0 420 595] >>",
        stream(b""),
        leaf,
    )


def deep_tree(depth: int) -> bytes:
    """Write a tree of pages with one child at each level."""
    nodes = [
        f"<< /Type /Pages /Kids [{number + 1} 0 R] /Count 1 >>" for number in range(2, depth + 2)
    ]
    page = f"<< /Type /Page /Parent {depth + 1} 0 R /MediaBox [0 0 420 595] >>"
    return written("<< /Type /Catalog /Pages 2 0 R >>", *nodes, page)


def deep_brackets(depth: int) -> bytes:
    """Write a page that holds brackets in brackets."""
    return one_page("/Deep " + "[" * depth + "]" * depth)


def patterns(depth: int) -> bytes:
    """Write patterns that each are filled with the next, in tiles of a thousandth of a point."""
    tiles = [
        stream(
            b"/Pattern cs /P scn 0 0 420 595 re f",
            "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 420 595] /XStep 0.001 "
            f"/YStep 0.001 /Resources << /Pattern << /P {6 + level % depth} 0 R >> >>",
        )
        for level in range(depth + 1)
    ]
    draw = b"/Pattern cs /P scn 0 0 420 595 re f"
    return one_page("/Resources << /Pattern << /P 5 0 R >> >>", draw, *tiles)


def wide_picture(dots: int) -> bytes:
    """Write a picture that says of itself to have so many dots a side."""
    picture = stream(
        zlib.compress(b"\0" * 1000),
        "/Type /XObject /Subtype /Image /ColorSpace /DeviceCMYK /BitsPerComponent 8 "
        f"/Width {dots} /Height {dots} /Filter /FlateDecode",
    )
    page = "/Resources << /XObject << /F 5 0 R >> >>"
    return one_page(page, b"420 0 0 595 0 0 cm /F Do", picture)


def dashes() -> bytes:
    """Write a line in dashes so short that there are a thousand million of them."""
    return one_page("", b"[0.0000001] 0 d 0 0 m 420 595 l S")


HARMFUL: dict[str, Callable[[], bytes]] = {
    "a length that is its own": lambda: one_page("", stream(b"q Q", length="4 0 R").decode()),
    "forms that draw 2^30": lambda: nested_forms(30),
    "forms that draw 3^9, deep": lambda: nested_forms(12, 9),
    "a form that draws itself": lambda: nested_forms(1, 2, cycle=True),
    "forms that draw each other": lambda: nested_forms(7, 3, cycle=True),
    "forms nested 5,000 deep": lambda: nested_forms(5000, 1),
    "a page of 30,000 pt": lambda: _large(30_000, 30_000),
    "a page of 14,400 pt": lambda: _large(14_400, 14_400),
    "a unit of 30,000": lambda: _large(595, 842, UserUnit=30_000),
    "a page wider than any number": lambda: one_page(f"/MediaBox [0 0 {'9' * 400} 9]"),
    "content of 3 GB": lambda: zipped_twice(3_000),
    "a million pages": lambda: many_pages(1_000_000),
    "a tree of 20,000 levels": lambda: deep_tree(20_000),
    "brackets 100,000 deep": lambda: deep_brackets(100_000),
    "patterns in patterns": lambda: patterns(8),
    "a picture of 10^10 dots": lambda: wide_picture(100_000),
    "short dashes": dashes,
}
"""Small files that ask for endless work or memory."""


def _set(**entries: object) -> Callable[[], bytes]:
    def spoil(_pdf: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
        for key, value in entries.items():
            page[f"/{key}"] = value

    return lambda: with_page(spoil)


WRONG: dict[str, Callable[[], bytes]] = {
    "a trim of names": _set(TrimBox=Array([Name.A, Name.B, Name.C, Name.D])),
    "a trim of three numbers": _set(TrimBox=Array([1, 2, 3])),
    "a trim that is a number": _set(TrimBox=7),
    "a media box of words": lambda: one_page("/MediaBox [(a) (b) (c) (d)]"),
    "a turn by a word": _set(Rotate=Name.Left),
    "a unit that is a name": _set(UserUnit=Name.Mile),
    "content that is a number": _set(Contents=5),
    "resources that are a list": _set(Resources=Array([1])),
    "notes that are a number": _set(Annots=3),
    "kids that go round": lambda: written(
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"
    ),
    "kids that are no list": lambda: written(
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids 2 0 R /Count 1 >>"
    ),
    "a root that is a number": lambda: written("7"),
    "a predictor that there is not": bad_predictor,
}
"""Files with a wrong kind of thing in a right place."""
