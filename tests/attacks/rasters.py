"""Hostile PNG and JPEG pictures."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

from PIL import Image

from attacks.svgs import png

if TYPE_CHECKING:
    from collections.abc import Callable


def jpeg(mode: str = "RGB", size: tuple[int, int] = (300, 300), **options: object) -> bytes:
    """Write a JPEG."""
    out = io.BytesIO()
    Image.new(mode, size).save(out, "JPEG", **options)
    return out.getvalue()


def lying(width: int, height: int) -> bytes:
    """Write a JPEG whose header says another size."""
    made = bytearray(jpeg())
    place = made.index(b"\xff\xc0") + 5
    made[place : place + 4] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return bytes(made)


def with_segment(marker: int, data: bytes, times: int = 1) -> bytes:
    """Write a JPEG with more segments."""
    made = jpeg()
    segment = bytes((0xFF, marker)) + (len(data) + 2).to_bytes(2, "big") + data
    return made[:2] + segment * times + made[2:]


def scans(times: int) -> bytes:
    """Write a progressive JPEG whose last scan comes again and again."""
    made = jpeg(size=(2000, 2000), progressive=True)
    start = made.rindex(b"\xff\xda")
    return made[:start] + made[start:-2] * times + b"\xff\xd9"


def rows(width_bytes: int, height: int) -> bytes:
    """Give packed rows of nothing."""
    packer = zlib.compressobj(9)
    row = bytes(width_bytes + 1)
    return b"".join(packer.compress(row) for _ in range(height)) + packer.flush()


def animated(frames: int) -> bytes:
    """Write an APNG of many frames."""
    control = frames.to_bytes(4, "big") + bytes(4)
    frame = bytes(4) + (300).to_bytes(4, "big") * 2 + bytes(8) + b"\0\1\0\1\0\0"
    return png(300, 300, rows(300, 300), 0, 8, (b"acTL", control), *[(b"fcTL", frame)] * frames)


BROKEN_PROFILE = b"x\0\0" + zlib.compress(b"\xff" * 300)
PROFILE_BOMB = b"x\0\0" + zlib.compress(bytes(400_000_000), 9)
TEXT_BOMB = b"Comment\0\0" + zlib.compress(bytes(400_000_000), 9)
EXIF_LOOP = b"Exif\0\0MM\0*\0\0\0\x08" + b"\0\1\x87\x69\0\4\0\0\0\1\0\0\0\x08" + b"\0\0\0\x08"
EXIF_HUGE = (
    b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x12\1\3\0\xff\xff\xff\xff\xff\xff\xff\xff" * 1000
)

PNGS: dict[str, Callable[[], bytes]] = {
    "1e9 px in 1 MB": lambda: png(31_623, 31_623, rows(31_623, 31_623)),
    "170 million px, just below the bomb": lambda: png(13_300, 13_300, rows(13_300 * 3, 13_300), 2),
    "80 million px of 16 bits": lambda: png(8900, 8900, rows(8900 * 8, 8900), 6, 16),
    "2^31 px on a side": lambda: png(2_147_483_647, 2_147_483_647, b""),
    "one row of 100 million": lambda: png(100_000_000, 1, rows(12_500_000, 1), 0, 1),
    "one column of 80 million": lambda: png(1, 80_000_000, rows(1, 8_000_000), 0, 8),
    "no px": lambda: png(0, 0, zlib.compress(b"")),
    "fewer rows than it says": lambda: png(300, 300, rows(300, 3)),
    "many more rows than it says": lambda: png(300, 300, rows(300, 3_000_000)),
    "10,000 frames": lambda: animated(10_000),
    "2^31 frames": lambda: png(
        300, 300, rows(300, 300), 0, 8, (b"acTL", b"\x7f\xff\xff\xff" + bytes(4))
    ),
    "a profile that is broken": lambda: png(
        300, 300, rows(300, 300), 0, 8, (b"iCCP", BROKEN_PROFILE)
    ),
    "a profile of 400 MB": lambda: png(300, 300, rows(300, 300), 0, 8, (b"iCCP", PROFILE_BOMB)),
    "a text of 400 MB": lambda: png(300, 300, rows(300, 300), 0, 8, (b"zTXt", TEXT_BOMB)),
    "a palette that lies": lambda: png(300, 300, rows(300, 300), 3, 8, (b"PLTE", b"abcd")),
    "no palette": lambda: png(300, 300, rows(300, 300), 3),
    "a chunk of 2^31": lambda: png(300, 300, rows(300, 300)).replace(
        b"IDAT", b"\x7f\xff\xff\xffIDAT", 1
    ),
    "colours of a kind that there is not": lambda: png(300, 300, rows(300, 300), 77, 33),
    "resolution of nothing": lambda: png(
        300, 300, rows(300, 300), 0, 8, (b"pHYs", bytes(8) + b"\1")
    ),
    "a turn in its EXIF that is none": lambda: png(
        300, 300, rows(300, 300), 0, 8, (b"eXIf", EXIF_HUGE[6:])
    ),
    "100,000 chunks": lambda: png(300, 300, rows(300, 300), 0, 8, *[(b"tEXt", b"a\0b")] * 100_000),
    "a JPEG in fact": jpeg,
    "a header alone": lambda: b"\x89PNG\r\n\x1a\n",
    "no bytes": lambda: b"",
}
JPEGS: dict[str, Callable[[], bytes]] = {
    "65,535 px on a side in 6 kB": lambda: lying(65_535, 65_535),
    "no height": lambda: lying(300, 0),
    "inks": lambda: jpeg("CMYK"),
    "inks, 80 million px": lambda: jpeg("CMYK", (9000, 9000)),
    "scans without end": lambda: scans(2000),
    "a profile of which parts lack": lambda: with_segment(0xE2, b"ICC_PROFILE\0\1\xff" + bytes(99)),
    "a profile of noise": lambda: jpeg(icc_profile=b"\xff" * 4000),
    "an EXIF of itself": lambda: with_segment(0xE1, EXIF_LOOP),
    "an EXIF of endless entries": lambda: with_segment(0xE1, EXIF_HUGE),
    "100,000 comments": lambda: with_segment(0xFE, b"x" * 50, 100_000),
    "a table of letters that is none": lambda: with_segment(0xC4, b"\0" + b"\xff" * 16),
    "a file that breaks off": lambda: jpeg()[:400],
    "a PNG in fact": lambda: png(300, 300, rows(300, 300)),
}
