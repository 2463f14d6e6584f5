"""Hostile rules in a clinic's own stylesheet, ``styles/clinic.css``."""

# ruff: noqa: E501 - each rule stands on one line, to be copied

from __future__ import annotations

from typing import TYPE_CHECKING

from attacks.case import HARMLESS, Case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CSS: dict[str, Callable[[], str]] = {
    "a gradient that repeats at a millionth": lambda: "body { background: repeating-linear-gradient(red 0, blue 0.0001px) }",
    "a round gradient that repeats": lambda: "body { background: repeating-radial-gradient(red 0, blue 0.0001px) }",
    "a gradient that repeats at nothing": lambda: "body { background: repeating-linear-gradient(red 0, blue 0) }",
    "a gradient of 100,000 stops": lambda: f"body {{ background: linear-gradient(red{', blue' * 100_000}) }}",
    "10,000 grounds": lambda: f"body {{ background: linear-gradient(red, blue){', linear-gradient(red, blue)' * 10_000} }}",
    "a ground of a hair's size": lambda: "body { background: linear-gradient(red, blue); background-size: 0.001px 0.001px }",
    "sums in sums, 5,000 deep": lambda: f"p {{ width: {'calc(1px + ' * 5000}1px{')' * 5000} }}",
    "sums of 100,000": lambda: f"p {{ width: calc(1px{' + 1px' * 100_000}) }}",
    "variables of one another": lambda: "body { --a: var(--b); --b: var(--a); color: var(--a) }",
    "variables that double 30 times": lambda: "body { --a0: 1px; "
    + "".join(f"--a{n + 1}: var(--a{n}) var(--a{n}); " for n in range(30))
    + "margin: var(--a30) }",
    "variables with defaults 3,000 deep": lambda: f"p {{ color: {'var(--x, ' * 3000}red{')' * 3000} }}",
    "brackets 100,000 deep": lambda: "p { x: " + "(" * 100_000,
    "blocks 100,000 deep": lambda: "@media print {" * 100_000,
    "blocks 900 deep": lambda: "@media print {" * 900 + "p { color: red }" + "}" * 900,
    "a page for each word": lambda: "p, li, td, th, h1, h2, span, b, i { break-before: page; break-after: page }",
    "nothing fits, so it goes on for ever": lambda: "@page { size: 1px 1px; margin: 0 } p { break-inside: avoid }",
    "margins wider than the page": lambda: "@page { margin: 500mm }",
    "a page of 1e9 mm": lambda: "@page { size: 1000000000mm 1000000000mm }",
    "pages of no size": lambda: "@page { size: 0 0 }",
    "a box 1e6 m high": lambda: "p { height: 1000000000mm }",
    "a padding of 1e7 pages": lambda: "p { padding-bottom: 3000000000mm; -weasy-box-decoration-break: clone; box-decoration-break: clone }",
    "100,000 blank pages by a margin": lambda: "p { margin-top: 30000000mm }",
    "letters of 1e9 points": lambda: "p { font-size: 1000000000pt }",
    "letters of 1e-9 points": lambda: "p { font-size: 0.000000001pt; line-height: 0 }",
    "letters that grow in each other": lambda: "* { font-size: 100em }",
    "letters 1e9 apart": lambda: "p { letter-spacing: 1000000000pt }",
    "words 1e9 apart": lambda: "p { word-spacing: 1000000000pt }",
    "letters over one another": lambda: "p { letter-spacing: -1000000000pt }",
    "an indent of 1e9": lambda: "p { text-indent: 1000000000mm }",
    "tabs of 1e9": lambda: "p { white-space: pre; tab-size: 1000000000 }",
    "a grid of a million": lambda: "body { display: grid; grid-template-columns: repeat(1000000, 1px) }",
    "a grid's row two thousand million": lambda: "body { display: grid } p { grid-row: 2000000000 }",
    "a grid's cell as wide as 100,000,000": lambda: "body { display: grid } p { grid-column: span 100000000 }",
    "a grid of areas": lambda: "body { display: grid; grid-template-areas: " + f"'{'a ' * 1000}' " * 1000 + "}",
    "a million columns": lambda: "body { columns: 1000000 }",
    "columns of a millionth": lambda: "body { column-width: 0.000001px; column-gap: 0 }",
    "columns in columns": lambda: "* { columns: 3; column-gap: 0 }",
    "flexes in flexes": lambda: "* { display: flex; flex-wrap: wrap; flex: 1 1 0 }",
    "grids in grids": lambda: "* { display: grid }",
    "tables in tables": lambda: "* { display: table }",
    "cells in cells": lambda: "* { display: table-cell }",
    "floats in floats": lambda: "* { float: left; width: 50% }",
    "everything fixed": lambda: "* { position: fixed }",
    "everything running": lambda: "* { position: running(a) } @page { @top-left { content: element(a) } }",
    "footnotes of footnotes": lambda: "* { float: footnote }",
    "counters without end": lambda: "* { counter-increment: a 2000000000 } *::before { content: counters(a, 'x') }",
    "a counter in Roman numerals": lambda: "p { counter-reset: a 2000000000 } p::before { content: counter(a, upper-roman) }",
    "a counter of additive signs": lambda: "@counter-style x { system: additive; additive-symbols: 1 'i' } p { counter-reset: a 100000000 } p::before { content: counter(a, x) }",
    "counter styles of one another": lambda: "@counter-style a { system: extends b } @counter-style b { system: extends a } p::before { content: counter(page, a) }",
    "a counter style that falls back on itself": lambda: "@counter-style a { system: fixed; symbols: x; fallback: a } p { counter-reset: n 9 } p::before { content: counter(n, a) }",
    "a counter padded to 1e9": lambda: "@counter-style a { system: numeric; symbols: '0' '1'; pad: 1000000000 '0' } p::before { content: counter(page, a) }",
    "content that is the element": lambda: "p { string-set: a content() } p::before { content: string(a) target-text('#a') }",
    "pages counted over and over": lambda: "@page { size: calc(100px) ; @top-left { content: counter(pages) } } p::before { content: target-counter('#x', page) }",
    "content of a million letters": lambda: f"p::before {{ content: '{'words ' * 170_000}' }}",
    "dots without end": lambda: "p::after { content: leader('.') leader('') leader(' ') }",
    "a stylesheet that imports itself": lambda: "@import url(styles/clinic.css);",
    "a stylesheet that imports a device": lambda: "@import url(/dev/zero);",
    "a stylesheet of the web": lambda: "@import url(https://example.invalid/a.css);",
    "a picture of a device": lambda: "body { background: url(/dev/zero) }",
    "a picture of the machine": lambda: "body { background: url(/etc/hostname) }",
    "a picture two folders up": lambda: "body { background: url(../../etc/hostname.png) }",
    "a font of the machine": lambda: "@font-face { font-family: x; src: url(/etc/hostname) } body { font-family: x }",
    "an attachment of the machine": lambda: "p { -weasy-link: attachment }",
    "a link of the machine": lambda: "p { -weasy-link: url(file:///etc/hostname); bookmark-level: 1 }",
    "selectors of 100,000 parts": lambda: "p " * 100_000 + "{ color: red }",
    "50,000 rules for all": lambda: "body * * * :not(i) { color: red }" * 50_000,
    "selectors in selectors": lambda: f"{':not(' * 3000}p{')' * 3000} {{ color: red }}",
    "has, has, has": lambda: f"{'*:has(*) ' * 30} {{ color: red }}",
    "nth of all": lambda: "*:nth-child(2000000000n + 1):nth-last-child(-99999999n) { color: red }",
    "corners of 1e9": lambda: "p { border: 1000000000px dotted red; border-radius: 1000000000px }",
    "a million dots of a border": lambda: "body { border: 0.001px dotted red }",
    "a zoom of 1e9": lambda: "p { transform: scale(1000000000) rotate(1e300deg) }",
    "a turn that is no number": lambda: "p { transform: matrix(1e999, 0, 0, 1e999, 0, 0) }",
    "10,000 turns": lambda: f"p {{ transform: {'rotate(1deg) ' * 10_000} }}",
    "resolution of nothing": lambda: "img { image-resolution: 0dppx }",
    "pictures 1e9 wide": lambda: "img, svg { width: 1000000000mm; height: 1000000000mm }",
    "a hyphen for each letter": lambda: "p { hyphens: auto; width: 0; overflow-wrap: anywhere }",
    "a line for each letter": lambda: "* { width: 0; overflow-wrap: anywhere; line-height: 1000mm }",
    "lines that clamp": lambda: "p { line-clamp: 1000000000; max-lines: 1; continue: discard }",
    "orphans of 1e9": lambda: "p { orphans: 1000000000; widows: 1000000000 }",
    "bleed of 1e9": lambda: "@page { bleed: 1000000000mm; marks: crop cross }",
    "a comment without end": lambda: "/*" + "x" * 1_900_000,
    "19 MB of spaces": lambda: " " * 19_000_000,
    "escapes that are no letters": lambda: "p::before { content: '\\0 \\d800 \\110000 \\ffffffff' }",
    "control letters": lambda: "p { \x1b]0;owned\x07: 1; color\x1b[2J: red }",
}  # fmt: skip
COMMANDS = {
    "build": ("build", "testimonials", "-q"),
    "sheet": ("sheet", "--for", "Ada Sample", "--programme", "neck-and-head-start", "-q"),
}


def with_rules(make: Callable[[], str]) -> Callable[[Path], None]:
    """Give what writes the clinic's own rules."""

    def prepare(clinic: Path) -> None:
        (clinic / "styles" / "clinic.css").write_text(make(), encoding="utf-8")

    return prepare


def cases() -> Iterator[Case]:
    """Give each stylesheet before a build and a sheet."""
    for name, make in CSS.items():
        for kind, command in COMMANDS.items():
            yield Case(f"css {kind}", name, command, with_rules(make), "", HARMLESS)
