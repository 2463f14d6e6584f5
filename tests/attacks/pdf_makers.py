"""Hostile PDF files that take more than a line to write."""

from __future__ import annotations

from attacks.pdf_writer import page, pdf, stream, text_with_font


def own_length() -> bytes:
    """Write a stream whose length is the stream itself."""
    return pdf({4: b"<</Length 4 0 R>>stream\n0 0 10 10 re f\nendstream"})


def xref_loop() -> bytes:
    """Write a file whose cross-reference table says that it stands before itself."""
    made = pdf({})
    place = int(made.rsplit(b"startxref\n", 1)[1].split()[0])
    return made.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % place)


def xref_stream_loop() -> bytes:
    """Write two cross-reference streams that each name the other as the one before."""
    head, second_at = b"%PDF-1.7\n", 200
    described = b"/Type/XRef/Size 8/W[1 2 1]/Root 1 0 R/Prev %d/Length 4"
    table = b"%d 0 obj\n<<" + described + b">>stream\n%s\nendstream"
    first = head + table % (6, second_at, bytes(4)) + b"\nendobj\n"
    second = table % (7, len(head), bytes(4)) + b"\nendobj\n"
    return first.ljust(second_at, b" ") + second + b"startxref\n%d\n%%%%EOF\n" % second_at


def object_stream_of_itself() -> bytes:
    """Write an object stream that is said to lie in itself."""
    table = bytearray()
    for kind, where, index in (
        (0, 0, 0),
        (2, 5, 0),
        (2, 5, 1),
        (2, 5, 2),
        (2, 5, 3),
        (2, 5, 4),
        (1, 9, 0),
    ):
        table += bytes((kind,)) + where.to_bytes(2, "big") + bytes((index,))
    body = b"%PDF-1.7\n6 0 obj\n" + stream(bytes(table), b"/Type/XRef/Size 7/W[1 2 1]/Root 1 0 R")
    return body + b"\nendobj\nstartxref\n9\n%%EOF\n"


def tree_that_doubles(levels: int) -> bytes:
    """Write a page tree in which each level has the next one twice."""
    changes = {1: b"<</Type/Catalog/Pages 10 0 R>>"}
    for level in range(levels):
        child = 11 + level if level + 1 < levels else 3
        changes[10 + level] = b"<</Type/Pages/Count %d/Kids[%d 0 R %d 0 R]>>" % (
            2 ** (levels - level), child, child,
        )  # fmt: skip
    return pdf(changes)


def outlines() -> bytes:
    """Write an outline whose only entry is its own next."""
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>",
            6: b"<</First 7 0 R/Last 7 0 R/Count 1>>",
            7: b"<</Title(x)/Parent 6 0 R/Next 7 0 R/Prev 7 0 R/First 7 0 R/Last 7 0 R>>",
        }
    )


def structure_loop() -> bytes:
    """Write a structure tree that is its own child."""
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R>>",
            6: b"<</Type/StructTreeRoot/K 7 0 R/RoleMap<</P/Q/Q/P>>/ParentTree 8 0 R>>",
            7: b"<</Type/StructElem/S/P/P 6 0 R/K[7 0 R 7 0 R]>>",
            8: b"<</Kids[8 0 R]/Limits[0 9]>>",
        }
    )


def charstrings_without_end() -> bytes:
    """Write a Type 3 font whose letter draws itself a thousand times."""
    letter = b"1000 0 d0 " + b"BT /F 1 Tf (a) Tj ET " * 1000
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]"
        b"/CharProcs<</a 7 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97"
        b"/Widths[1000]/Resources<</Font<</F 6 0 R>>>>>>"
    )
    return text_with_font(font, b"BT /F 12 Tf 50 50 Td (aaa) Tj ET", o7=stream(letter))


def cmap(body: bytes) -> bytes:
    """Write a composite font with its own map of characters."""
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 8 0 R"
        b"/DescendantFonts[7 0 R]>>"
    )
    inner = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(I)"
        b"/Supplement 0>>/W[0 2000000000 500]/DW 500>>"
    )
    return text_with_font(font, b"BT /F 12 Tf 50 50 Td <00410042> Tj ET", o7=inner, o8=stream(body))


def huge_number(number: bytes) -> bytes:
    """Write a page with a number that is none, in its drawing and its boxes."""
    return page(
        b"/TrimBox[0 0 %s 500]/BleedBox[0 0 400 %s]" % (number, number),
        b"%s w 0 0 m %s %s l S 0 0 %s 10 re f" % (number, number, number, number),
    )


def encrypted() -> bytes:
    """Write a file that claims to be encrypted, with a key that is none."""
    code = b"<" + b"00" * 32 + b">"
    return pdf(
        {},
        b"/Encrypt<</Filter/Standard/V 2/R 3/Length 999999999/P -1/O %s/U %s>>/ID[<00><00>]"
        % (code, code),
    )


def sampled(bits: int, size: int) -> bytes:
    """Give a function that claims so many samples on each side."""
    return stream(
        bytes(100),
        b"/FunctionType 0/Domain[0 1 0 1]/Range[0 1 0 1 0 1 0 1]/BitsPerSample %d/Size[%d %d]"
        % (bits, size, size),
    )


def calculated(body: bytes) -> bytes:
    """Give a function that calculates."""
    return stream(body, b"/FunctionType 4/Domain[0 400 0 500]/Range[0 1 0 1 0 1 0 1]")


def stitched() -> bytes:
    """Give a function that is stitched together of itself."""
    return (
        b"<</FunctionType 3/Domain[0 1]/Functions[7 0 R 7 0 R]/Bounds[.5]/Encode[0 1 0 1]"
        b"/Range[0 1 0 1 0 1 0 1]>>"
    )


def lzw_bomb() -> bytes:
    """Give LZW data that becomes about a thousand times as long."""
    bits, width, count = [f"{256:09b}", f"{0:09b}"], 9, 258
    for _ in range(2_000_000):
        bits.append(f"{count:0{width}b}")
        count += 1
        if count in {511, 1023, 2047}:
            width += 1
        if count == 4095:
            bits.append(f"{256:0{width}b}")
            width, count = 9, 258
            bits.append(f"{0:09b}")
    bits.append(f"{257:0{width}b}")
    text = "".join(bits)
    return int(text.ljust(-(-len(text) // 8) * 8, "0"), 2).to_bytes(-(-len(text) // 8), "big")


JBIG2 = bytes.fromhex("0000000030000100000013") + b"\x7f\xff\xff\xff" * 2 + bytes(11)
JPX = (
    bytes.fromhex("ff4fff51002f0000")
    + b"\x7f\xff\xff\xff" * 2
    + bytes(8)
    + b"\x7f\xff\xff\xff" * 2
    + bytes(8)
    + bytes.fromhex("0003070101070101070101ff90000a0000000000000001ff93")
)
