"""Hostile SVG pictures."""

# ruff: noqa: E501 - each picture stands on one line, to be copied

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 100 100" width="100" height="100">'
)
RECT = '<rect width="9" height="9"/>'


def svg(body: str, head: str = HEAD) -> bytes:
    """Write a picture with something in it."""
    return f"{head}{body}</svg>".encode()


def sized(**attributes: str) -> bytes:
    """Write a picture with other attributes of its root."""
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return svg(RECT, f'<svg xmlns="http://www.w3.org/2000/svg"{written}>')


def levels(kind: str, inner: str, count: int, times: int, use: str) -> str:
    """Define things each of which uses the one before it several times; the last is `#n{count}`."""
    made = [f"<defs>{inner.format(id='n0')}"]
    for number in range(1, count + 1):
        uses = use.format(id=f"n{number - 1}") * times
        made.append(f'<{kind} id="n{number}">{uses}</{kind}>')
    return "".join(made) + "</defs>"


def uses(count: int, times: int) -> bytes:
    """Use a rectangle ``times ** count`` times."""
    group = levels("g", '<g id="{id}">' + RECT + "</g>", count, times, '<use xlink:href="#{id}"/>')
    return svg(f'{group}<use xlink:href="#n{count}"/>')


def painted(kind: str, attribute: str, count: int, times: int = 4, more: str = "") -> bytes:
    """Nest patterns, masks, markers or clips each of which needs the one before it."""
    shape = f'<path d="M0 0L9 9L9 0L0 9" {attribute}="url(#{{id}})"/>'
    made = [f'<defs><{kind} id="n0" {more}>{RECT}</{kind}>']
    made += [
        f'<{kind} id="n{n}" {more}>{shape.format(id=f"n{n - 1}") * times}</{kind}>'
        for n in range(1, count + 1)
    ]
    return svg("".join(made) + "</defs>" + shape.format(id=f"n{count}"))


def itself(kind: str, attribute: str, more: str = "") -> bytes:
    """Let a pattern, mask, marker or clip need itself."""
    shape = f'<path d="M0 0L9 9L9 0" {attribute}="url(#a)"/>'
    return svg(f'<defs><{kind} id="a" {more}>{shape}</{kind}></defs>{shape}')


def gradient(body: str, more: str = "") -> bytes:
    """Fill the picture with a gradient."""
    return svg(
        f'<defs><linearGradient id="a" {more}>{body}</linearGradient></defs>'
        '<rect width="100" height="100" fill="url(#a)"/>'
    )


def repeated(step: str) -> bytes:
    """Fill the picture with a gradient that repeats at every step."""
    stops = '<stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/>'
    return gradient(
        stops,
        f'gradientUnits="userSpaceOnUse" x1="0" x2="{step}" y1="0" y2="0" spreadMethod="repeat"',
    )


def filtered(body: str) -> bytes:
    """Draw through a filter."""
    return svg(
        f'<defs><filter id="a">{body}</filter></defs><rect width="99" height="99" filter="url(#a)"/>'
    )


def within(count: int) -> bytes:
    """Put a picture as data into a picture, and so on."""
    made = svg(RECT)
    for _ in range(count):
        data = base64.b64encode(made).decode()
        made = svg(f'<image width="99" height="99" xlink:href="data:image/svg+xml;base64,{data}"/>')
    return made


def raster_within(data: bytes, kind: str = "png") -> bytes:
    """Put a raster as data into a picture."""
    code = base64.b64encode(data).decode()
    return svg(f'<image width="99" height="99" xlink:href="data:image/{kind};base64,{code}"/>')


def png(
    width: int,
    height: int,
    rows: bytes,
    colour: int = 0,
    depth: int = 8,
    *more: tuple[bytes, bytes],
) -> bytes:
    """Write a PNG whose header may lie; ``rows`` is its packed data."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(name + data)
        return len(data).to_bytes(4, "big") + name + data + crc.to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((depth, colour, 0, 0, 0))
    others = b"".join(chunk(*each) for each in more)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + others
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)

SVGS: dict[str, Callable[[], bytes]] = {
    "use, ten to the ninth": lambda: uses(9, 10),
    "use, two to the 24th": lambda: uses(24, 2),
    "use of itself": lambda: svg('<g id="a"><use xlink:href="#a"/><use xlink:href="#a"/></g>'),
    "use of one another": lambda: svg(
        '<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g>'
    ),
    "use of the whole picture": lambda: svg(
        '<use xlink:href="#r"/>', HEAD.replace("<svg", '<svg id="r"')
    ),
    "use of symbols, ten to the ninth": lambda: svg(
        levels(
            "symbol", '<symbol id="{id}">' + RECT + "</symbol>", 9, 10, '<use xlink:href="#{id}"/>'
        )
        + '<use xlink:href="#n9"/>'
    ),
    "patterns in patterns": lambda: painted(
        "pattern", "fill", 12, 4, 'width="1" height="1" patternUnits="userSpaceOnUse"'
    ),
    "a pattern of itself": lambda: itself("pattern", "fill", 'width="1" height="1"'),
    "a pattern of a millionth": lambda: svg(
        f'<pattern id="a" width="0.000001" height="0.000001" patternUnits="userSpaceOnUse">{RECT}</pattern>'
        '<rect width="100" height="100" fill="url(#a)"/>'
    ),
    "masks in masks": lambda: painted("mask", "mask", 12),
    "a mask of itself": lambda: itself("mask", "mask"),
    "clips in clips": lambda: painted("clipPath", "clip-path", 12),
    "a clip of itself": lambda: itself("clipPath", "clip-path"),
    "markers in markers": lambda: painted(
        "marker", "marker-mid", 12, 4, 'markerWidth="5" markerHeight="5"'
    ),
    "a marker of itself": lambda: itself(
        "marker", "marker-end", 'markerWidth="5" markerHeight="5"'
    ),
    "markers at each of 20,000 corners, of 20,000 corners": lambda: svg(
        f'<marker id="a" markerWidth="5" markerHeight="5"><path d="M0 0{"L9 9" * 20_000}"/></marker>'
        f'<path d="M0 0{"L9 9" * 20_000}" marker-mid="url(#a)"/>'
    ),
    "a gradient that repeats at a millionth": lambda: repeated("0.000001"),
    "a gradient that repeats at 1e-300": lambda: repeated("1e-300"),
    "a gradient that repeats at nothing": lambda: repeated("0"),
    "a gradient that repeats at nan": lambda: repeated("nan"),
    "a round gradient that repeats": lambda: svg(
        '<radialGradient id="a" r="0.0000001" spreadMethod="reflect"><stop offset="0"/>'
        '<stop offset="1" stop-color="red"/></radialGradient><rect width="99" height="99" fill="url(#a)"/>'
    ),
    "a gradient of itself": lambda: gradient("", 'xlink:href="#a"'),
    "a gradient of 100,000 stops": lambda: gradient(
        '<stop offset=".5" stop-color="red"/>' * 100_000
    ),
    "a gradient whose stops are nan": lambda: gradient('<stop offset="nan"/><stop offset="inf"/>'),
    "a filter of 100,000 points": lambda: filtered('<feGaussianBlur stdDeviation="100000"/>'),
    "a filter of 100,000 parts": lambda: filtered('<feOffset dx="1" dy="1"/>' * 100_000),
    "a filter that moves by nan": lambda: filtered('<feOffset dx="nan" dy="1e400"/>'),
    "a view of nothing": lambda: sized(viewBox="0 0 0 0", width="9", height="9"),
    "a view of inf": lambda: sized(viewBox="0 0 inf inf", width="9", height="9"),
    "a view of nan": lambda: sized(viewBox="nan nan nan nan"),
    "a view of 1e300": lambda: sized(viewBox="0 0 1e300 1e-300"),
    "a view below nothing": lambda: sized(viewBox="0 0 -5 -5"),
    "a view of three numbers": lambda: sized(viewBox="0 0 5", width="9", height="9"),
    "a view of words": lambda: sized(viewBox="zero one two three"),
    "a width of 1e9": lambda: sized(width="1000000000", height="1000000000"),
    "a width of 1e400": lambda: sized(width="1e400", height="1"),
    "a width of nan": lambda: sized(width="nan", height="nan"),
    "a width of nothing": lambda: sized(width="0", height="0"),
    "a path of a million points": lambda: svg(f'<path d="M0 0{"L1 2" * 1_000_000}"/>'),
    "a path of a million arcs": lambda: svg(f'<path d="M0 0{"A1 1 0 0 0 2 2" * 500_000}"/>'),
    "a path of an arc of 1e300": lambda: svg('<path d="M0 0A1e300 1e-300 1e300 0 0 1 2"/>'),
    "a path that breaks off": lambda: svg('<path d="M0 0A1 1 0 0"/><path d="M"/><path d="C 1 1"/>'),
    "dashes of 1e-9": lambda: svg('<path d="M0 0L9e9 9" stroke="red" stroke-dasharray="1e-9"/>'),
    "dashes of nan": lambda: svg('<path d="M0 0L9 9" stroke="red" stroke-dasharray="nan -1 inf"/>'),
    "dashes, 100,000 of them": lambda: svg(
        f'<path d="M0 0L9 9" stroke="red" stroke-dasharray="{"1 " * 100_000}"/>'
    ),
    "text of a million letters": lambda: svg(f"<text>{'words ' * 170_000}</text>"),
    "text of 20,000 places": lambda: svg(f'<text x="{"1 " * 20_000}">{"a" * 20_000}</text>'),
    "text on a path of 100,000 points": lambda: svg(
        f'<path id="p" d="M0 0{"L1 2" * 100_000}"/><text><textPath xlink:href="#p">{"a" * 5000}</textPath></text>'
    ),
    "text in 1e9 points": lambda: svg('<text font-size="1000000000">words</text>'),
    "text in texts, 5,000 deep": lambda: svg(
        "<text>" + "<tspan>" * 5000 + "x" + "</tspan>" * 5000 + "</text>"
    ),
    "pictures in pictures, five": lambda: within(5),
    "pictures in pictures, thirty": lambda: within(30),
    "a picture that names itself": lambda: svg(
        '<image width="99" height="99" xlink:href="attack.svg"/>'
    ),
    "a PNG of 1e9 px in it": lambda: raster_within(
        png(40_000, 40_000, zlib.compress(bytes(1000)), 2)
    ),
    "a PNG bomb in it": lambda: raster_within(
        png(20_000, 20_000, zlib.compress(bytes(20_001 * 20_000), 1))
    ),
    "no picture in it": lambda: raster_within(b"GIF89a nothing", "jpeg"),
    "entities in entities": lambda: ENTITIES.encode() + svg("<text>&j;</text>"),
    "an entity that is a file": lambda: (
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + svg("<text>&a;</text>")
    ),
    "groups 100,000 deep": lambda: svg("<g>" * 100_000 + "</g>" * 100_000),
    "groups 900 deep": lambda: svg("<g>" * 900 + RECT + "</g>" * 900),
    "pictures 900 deep": lambda: svg("<svg>" * 900 + RECT + "</svg>" * 900),
    "a million groups": lambda: svg("<g/>" * 1_000_000),
    "100,000 attributes": lambda: svg("<g " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"),
    "a transform of 100,000 items": lambda: svg(
        f'<g transform="{"rotate(1) " * 100_000}">{RECT}</g>'
    ),
    "a transform of nothing": lambda: svg(
        f'<g transform="scale(0) skewX(90) matrix(0)">{RECT}</g>'
    ),
    "a transform of 1e308": lambda: svg(f'<g transform="{"scale(1e308)" * 9}">{RECT}</g>'),
    "colours of 100,000 letters": lambda: svg(
        f'<rect width="9" height="9" fill="{"a" * 100_000}"/>'
    ),
    "colours that are urls of urls": lambda: svg(
        f'<rect width="9" height="9" fill="{"url(#a) " * 10_000}"/>'
    ),
    "a style of 50,000 rules": lambda: svg(
        f"<style>{'g a,b>c~d{fill:red}' * 50_000}</style>" + RECT * 1000
    ),
    "a style that imports": lambda: svg('<style>@import "a.css"; @import url(//x/y);</style>'),
    "a style of selectors without end": lambda: svg(
        f"<style>{'g ' * 20_000}{{fill:red}}</style>{RECT}"
    ),
    "a style of nested not": lambda: svg(
        f"<style>{':not(' * 5000}a{')' * 5000}{{fill:red}}</style>{RECT}"
    ),
    "a switch, opacity and blend on 20,000": lambda: svg(f'<g opacity=".5">{RECT}</g>' * 20_000),
    "nested opacity, 900": lambda: svg('<g opacity=".99">' * 900 + RECT + "</g>" * 900),
    "letters that no encoding has": lambda: b'<?xml version="1.0" encoding="utf-7"?>' + svg(RECT),
    "UTF-16 that breaks off": lambda: svg(RECT).decode().encode("utf-16")[:-3],
    "control letters in an id": lambda: svg(
        '<g id="&#27;]0;owned&#7;"><use xlink:href="x&#27;[2J"/></g>'
    ),
    "an id of a million letters": lambda: svg(
        f'<g id="{"a" * 1_000_000}"/><use xlink:href="#{"a" * 1_000_000}"/>'
    ),
}
