"""Hostile PDF files: small, and without end for whoever reads them trustingly."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from attacks.pdf_makers import (
    JBIG2,
    JPX,
    calculated,
    charstrings_without_end,
    cmap,
    encrypted,
    huge_number,
    lzw_bomb,
    object_stream_of_itself,
    outlines,
    own_length,
    sampled,
    stitched,
    structure_loop,
    tree_that_doubles,
    xref_loop,
    xref_stream_loop,
)
from attacks.pdf_writer import (
    PAGE,
    boxed,
    deep_forms,
    doubling_forms,
    flate,
    form,
    function_shading,
    image,
    page,
    pdf,
    stream,
    text_with_font,
    tiling,
    zeros,
)

if TYPE_CHECKING:
    from collections.abc import Callable

GREY = b"/ColorSpace/DeviceGray"
PACKED = b"/Filter/FlateDecode"
PREDICTED = (
    b"/ColorSpace/DeviceGray/Filter/FlateDecode/DecodeParms"
    b"<</Predictor %d/Colors %d/Columns %d/BitsPerComponent %d>>"
)

PDFS: dict[str, Callable[[], bytes]] = {
    "a length that is the stream itself": own_length,
    "a table that stands before itself": xref_loop,
    "two tables, each before the other": xref_stream_loop,
    "an object stream in itself": object_stream_of_itself,
    "a page tree that is its own child": lambda: pdf({2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}),
    "a million pages by one list": lambda: pdf(
        {2: b"<</Type/Pages/Count 1000000/Kids[%s]>>" % (b"3 0 R " * 1_000_000)}
    ),
    "a page tree that doubles 30 times": lambda: tree_that_doubles(30),
    "a page tree that doubles 14 times": lambda: tree_that_doubles(14),
    "a page tree of 20,000 floors": lambda: pdf(
        {
            1: b"<</Type/Catalog/Pages 10 0 R>>",
            **{
                10 + n: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (11 + n if n < 19_999 else 3)
                for n in range(20_000)
            },
        }
    ),
    "a count of two thousand million": lambda: pdf(
        {2: b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>"}
    ),
    "forms that double 30 times": lambda: doubling_forms(30),
    "forms ten times in one another, ten floors": lambda: doubling_forms(10, 10),
    "forms 20,000 deep": lambda: deep_forms(20_000),
    "a form in itself": lambda: page(
        drawing=b"/F Do",
        resources=b"<</XObject<</F 6 0 R>>>>",
        o6=form(b"/F Do /F Do", b"<</XObject<</F 6 0 R>>>>"),
    ),
    "transparent groups that double 12 times": lambda: doubling_forms(12).replace(
        b"/Subtype/Form", b"/Subtype/Form/Group<</S/Transparency/I true/K true>>"
    ),
    "a page of 30,000 points": lambda: boxed(b"[0 0 30000 30000]"),
    "a page of a thousand million points": lambda: boxed(b"[0 0 1000000000 1000000000]"),
    "a page of 1e308 points": lambda: boxed(b"[0 0 1%s 500]" % (b"0" * 308)),
    "a page of no width": lambda: boxed(b"[0 0 0 0]"),
    "a page as wide as a hair": lambda: boxed(b"[0 0 0.00001 500]"),
    "units of a million": lambda: boxed(b"[0 0 400 500]", b"/UserUnit 1000000"),
    "units of nothing": lambda: boxed(b"[0 0 400 500]", b"/UserUnit 0"),
    "units that are a name": lambda: boxed(b"[0 0 400 500]", b"/UserUnit/Large"),
    "a box that refers to itself": lambda: pdf(
        {3: (PAGE % b"").replace(b"[0 0 400 500]", b"6 0 R"), 6: b"[6 0 R 0 400 500]"}
    ),
    "a trim of names": lambda: page(b"/TrimBox[/a /b /c /d]"),
    "a trim of two numbers": lambda: page(b"/TrimBox[0 0]"),
    "a trim that is a text": lambda: page(b"/TrimBox(everything)"),
    "a trim that is turned inside out": lambda: page(b"/TrimBox[400 500 0 0]"),
    "a quarter of a quarter turn": lambda: page(b"/Rotate 45"),
    "a turn by 1e30": lambda: page(b"/Rotate 1000000000000000000000000000000"),
    "a turn that is a list": lambda: page(b"/Rotate[90]"),
    "numbers like nan": lambda: huge_number(b"nan"),
    "numbers like inf": lambda: huge_number(b"inf"),
    "numbers like 1e308": lambda: huge_number(b"1" + b"0" * 308),
    "numbers of 100,000 digits": lambda: huge_number(b"9" * 100_000),
    "filters in a chain of 1,000": lambda: pdf(
        {4: stream(b"00>", b"/Filter[%s]" % (b"/ASCIIHexDecode" * 1000))}
    ),
    "a drawing of 3 GB of zeros": lambda: pdf({4: stream(zeros(3000), PACKED)}),
    "a drawing packed twice, of 30 GB": lambda: pdf(
        {4: stream(zlib.compress(zeros(3000) * 10), b"/Filter[/FlateDecode/FlateDecode]")}
    ),
    "an LZW bomb": lambda: pdf({4: stream(lzw_bomb(), b"/Filter/LZWDecode")}),
    "a run-length bomb": lambda: pdf(
        {4: stream(zlib.compress(b"\x81 " * 5_000_000), b"/Filter[/FlateDecode/RunLengthDecode]")}
    ),
    "ten million operators": lambda: pdf({4: flate(b"q Q " * 5_000_000)}),
    "a million states that nobody ends": lambda: pdf({4: flate(b"q " * 1_000_000)}),
    "lists a million deep": lambda: pdf({4: flate(b"[" * 1_000_000)}),
    "dictionaries 100,000 deep": lambda: page(b"/A " + b"<</A " * 100_000 + b"0" + b">>" * 100_000),
    "two million strokes with dashes of a thousandth": lambda: page(
        drawing=b"[.001] 0 d 1 w 0 0 m " + b"400 500 l 0 0 l " * 50 + b"S"
    ),
    "a hundred thousand annotations": lambda: pdf(
        {
            3: PAGE % (b"/Annots[%s]" % (b"6 0 R " * 100_000)),
            6: b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://x)>>>>",
        }
    ),
    "an annotation that is its own parent": lambda: pdf(
        {
            3: PAGE % b"/Annots[6 0 R]",
            6: b"<</Type/Annot/Subtype/Widget/FT/Tx/Rect[0 0 9 9]/Parent 6 0 R/Kids[6 0 R]>>",
        }
    ),
    "outlines in a circle": outlines,
    "a structure in a circle": structure_loop,
    "a catalog that is its own page tree": lambda: pdf({1: b"<</Type/Catalog/Pages 1 0 R>>"}),
    "contents that are the page": lambda: pdf({3: (PAGE % b"").replace(b"4 0 R", b"3 0 R")}),
    "a million contents": lambda: pdf(
        {3: (PAGE % b"").replace(b"4 0 R", b"[%s]" % (b"4 0 R " * 1_000_000))}
    ),
    "resources that are themselves": lambda: page(
        drawing=b"/F Do", resources=b"<</XObject 5 0 R/Font 5 0 R/Pattern 5 0 R/F 5 0 R>>"
    ),
    "an inheritance in a circle": lambda: pdf(
        {2: b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 3 0 R>>", 3: b"<</Type/Page/Parent 2 0 R>>"}
    ),
    "a picture of 2,000,000,000 dots": lambda: image(50_000, 40_000, zeros(2000), GREY + PACKED),
    "a picture that lacks all its dots": lambda: image(2_147_483_647, 2_147_483_647, b"", GREY),
    "a picture of negative size": lambda: image(-5, -5, b"abc", GREY),
    "a picture of 1,000,000 bits": lambda: image(10, 10, b"abc", GREY, 1_000_000),
    "a JBIG2 header that lies": lambda: image(10, 10, JBIG2, GREY + b"/Filter/JBIG2Decode", 1),
    "a JPX header that lies": lambda: image(10, 10, JPX, b"/Filter/JPXDecode"),
    "a fax of endless lines": lambda: image(
        10,
        10,
        bytes(1000),
        GREY + b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2147483647/Rows 2147483647>>",
        1,
    ),
    "a mask that is its own mask": lambda: image(10, 10, bytes(100), GREY + b"/SMask 6 0 R"),
    "a predictor out of range": lambda: image(
        10, 10, zlib.compress(bytes(110)), PREDICTED % (99, 1, 10, 8)
    ),
    "a predictor of endless columns": lambda: image(
        10, 10, zlib.compress(bytes(110)), PREDICTED % (12, 1, 2_147_483_647, 8)
    ),
    "a predictor of endless colours": lambda: image(
        10, 10, zlib.compress(bytes(110)), PREDICTED % (15, 2_147_483_647, 10, 16)
    ),
    "a predicted drawing": lambda: pdf(
        {
            4: stream(
                zlib.compress(b"0 0 10 10 re f"),
                PACKED + b"/DecodeParms<</Predictor 77/Columns 0>>",
            )
        }
    ),
    "an indexed space of itself": lambda: page(
        drawing=b"/C cs 1 scn 0 0 9 9 re f",
        resources=b"<</ColorSpace<</C 6 0 R>>>>",
        o6=b"[/Indexed 6 0 R 1 (abc)]",
    ),
    "an alternate space of itself": lambda: page(
        drawing=b"/C cs 1 scn 0 0 9 9 re f",
        resources=b"<</ColorSpace<</C 6 0 R>>>>",
        o6=b"[/Separation/Ink 6 0 R<</FunctionType 2/Domain[0 1]/N 1>>]",
    ),
    "an ICC profile of nothing": lambda: page(
        drawing=b"/C cs 1 1 1 1 scn 0 0 9 9 re f",
        resources=b"<</ColorSpace<</C[/ICCBased 6 0 R]>>>>",
        o6=stream(b"\xff" * 200, b"/N 4/Alternate 5 0 R"),
    ),
    "inks, ten thousand": lambda: page(
        drawing=b"/C cs 1 scn 0 0 9 9 re f",
        resources=b"<</ColorSpace<</C[/DeviceN[%s]/DeviceCMYK 6 0 R]>>>>"
        % b"".join(b"/Ink%d" % number for number in range(10_000)),
        o6=calculated(b"{pop 0 0 0 0}"),
    ),
    "a function of 10^9 samples": lambda: function_shading(sampled(8, 31_623)),
    "a function of 2^62 samples": lambda: function_shading(sampled(32, 2_147_483_647)),
    "a function that calculates 10^6 steps": lambda: function_shading(
        calculated(b"{" + b"dup mul " * 1_000_000 + b"0 0 0}")
    ),
    "a function that piles up": lambda: function_shading(
        calculated(b"{" + b"2 copy 4 copy 8 copy 16 copy " * 10_000 + b"}")
    ),
    "a function with braces 100,000 deep": lambda: function_shading(
        calculated(b"{" * 100_000 + b"}" * 100_000)
    ),
    "a function stitched of itself": lambda: function_shading(stitched()),
    "a mesh of 10^7 corners": lambda: page(
        drawing=b"/S sh",
        resources=b"<</Shading<</S 6 0 R>>>>",
        o6=stream(
            zeros(90),
            b"/ShadingType 4/ColorSpace/DeviceCMYK/BitsPerCoordinate 8/BitsPerComponent 8"
            b"/BitsPerFlag 8/Decode[0 400 0 500 0 1 0 1 0 1 0 1]" + PACKED,
        ),
    ),
    "tiles of a millionth": lambda: tiling(b"0.000001"),
    "tiles of no step": lambda: tiling(b"0"),
    "tiles of a tile of itself": lambda: tiling(
        b"1", b"/Pattern cs /T scn 0 0 1 1 re f", b"<</Pattern<</T 6 0 R>>>>"
    ),
    "a letter that draws itself": charstrings_without_end,
    "a character map of 2^32 ranges": lambda: cmap(
        b"begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange "
        b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange endcmap"
    ),
    "a character map that uses itself": lambda: cmap(b"/X usecmap begincmap " * 10_000),
    "a font of endless widths": lambda: text_with_font(
        b"<</Type/Font/Subtype/TrueType/BaseFont/Helvetica/FirstChar 0/LastChar 2147483647"
        b"/Widths[1]>>"
    ),
    "a font file of noise": lambda: text_with_font(
        b"<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor 7 0 R>>",
        o7=b"<</Type/FontDescriptor/FontName/X/Flags 4/FontFile2 8 0 R>>",
        o8=stream(b"\0\1\0\0\xff\xff" + b"\x80\xff\x01" * 5000),
    ),
    "text in letters of 1e9 points": lambda: text_with_font(
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"BT /F 1000000000 Tf 50 50 Td (Words) Tj ET",
    ),
    "a million words": lambda: text_with_font(
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"BT /F 12 Tf 50 50 Td " + b"(Words) Tj " * 1_000_000 + b"ET",
    ),
    "a key that is none": encrypted,
    "an encryption that is itself": lambda: pdf({}, b"/Encrypt 6 0 R/ID[<00><00>]"),
    "layers in a circle": lambda: pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<</Order[7 0 R]>>>>>>",
            6: b"<</Type/OCG/Name(x)>>",
            7: b"[6 0 R 7 0 R]",
        }
    ),
    "metadata with an entity bomb": lambda: pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>",
            6: stream(
                b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
                + b"".join(
                    b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (n + 1, *[n] * 8)
                    for n in range(ord("a"), ord("l"))
                )
                + b"]><x:xmpmeta xmlns:x='adobe:ns:meta/'>&l;</x:xmpmeta>",
                b"/Type/Metadata/Subtype/XML",
            ),
        }
    ),
    "nothing but a header": lambda: b"%PDF-1.7\n",
    "no bytes": lambda: b"",
    "two hundred thousand files in one": lambda: pdf({}) * 2000,
    "a title that moves the terminal": lambda: pdf(
        {6: b"<</Title(\\033]0;owned\\007\\033[2J)>>"}, b"/Info 6 0 R"
    ),
}
