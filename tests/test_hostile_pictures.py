"""Pictures from anywhere: what would take too long to draw is refused, by a count."""

from __future__ import annotations

import base64
import io
import zlib
from typing import TYPE_CHECKING
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from handouts.load.pictures import MOST_DOTS, MOST_SCANS, check_picture
from handouts.load.svg_budget import MOST_PARTS, check_budget

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 100 100">{}</svg>'
)
DOT = '<rect width="1" height="1"/>'
PAINTED = '<circle r="1" fill="red"/>'


def tens(kind: str, depth: int = 9) -> str:
    """Draw parts that each draw the next ten times."""
    levels = [f'<g id="l{depth}">{DOT}</g>']
    levels += [f'<g id="l{n}">' + f'<{kind} href="#l{n + 1}"/>' * 10 + "</g>" for n in range(depth)]
    return SVG.format(f"<defs>{''.join(levels)}</defs><use href='#l0'/>")


def by(way: str, element: str, depth: int = 12, times: int = 4) -> str:
    """Draw parts that each use the next several times, by a property."""
    parts = [
        f'<{element} id="p{n}" width="9" height="9">'
        + f'<path d="M0 0L9 9L3 3" {way}="url(#p{n + 1})"/>' * times
        + f"</{element}>"
        for n in range(depth)
    ]
    last = f'<{element} id="p{depth}" width="9" height="9">{DOT}</{element}>'
    return SVG.format(f'{"".join(parts)}{last}<path d="M0 0L9 9" {way}="url(#p0)"/>')


def repeated(kind: str, written: str) -> str:
    stops = '<stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/>'
    gradient = f'<{kind} id="g" {written}>{stops}</{kind}>'
    return SVG.format(f'{gradient}<rect width="99" height="99" fill="url(#g)"/>')


def embedded(data: bytes, kind: str = "png") -> str:
    return f'<image href="data:image/{kind};base64,{base64.b64encode(data).decode()}"/>'


def png(width: int, height: int) -> bytes:
    """Make a picture of one bit a dot; so large a one is some kilobytes."""
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


TOO_MUCH = {
    "use, ten to the ninth": lambda: tens("use"),
    "patterns in patterns": lambda: by("fill", "pattern"),
    "masks in masks": lambda: by("mask", "mask"),
    "clips in clips": lambda: by("clip-path", "clipPath"),
    "markers in markers": lambda: by("marker-mid", "marker"),
    "markers at each of 100,000 corners": lambda: SVG.format(
        f'<marker id="m">{DOT}</marker><path marker-mid="url(#m)" d="M0 0{" 1 1" * 100_000}"/>'
    ),
    "by a rule of a style sheet": lambda: SVG.format(
        "<style>.a, g > .b:hover { fill: url(#p) }</style>"
        f'<pattern id="p" width="9" height="9">{PAINTED * 500}</pattern>'
        + '<g><rect class="a" width="9" height="9"/></g>'
        * 500
    ),
    "inherited from a group": lambda: SVG.format(
        f'<pattern id="p" width="9" height="9">{PAINTED * 500}'
        f'</pattern><g fill="url(#p)">{DOT * 500}</g>'
    ),
    "100,000 elements": lambda: SVG.format(DOT * 100_000),
    "a path of 10 MB": lambda: SVG.format(f'<path d="M0 0{" L9.1 9.1" * 1_200_000}"/>'),
    "a text of 200,000 letters": lambda: SVG.format(f"<text>{'letters ' * 25_000}</text>"),
    "a step of a millionth": lambda: repeated(
        "linearGradient", 'spreadMethod="repeat" x1="0" x2="0.000001"'
    ),
    "a circle of a millionth": lambda: repeated(
        "radialGradient", 'spreadMethod="reflect" r="0.000001"'
    ),
    "a step of a millionth, by a matrix": lambda: repeated(
        "linearGradient", 'spreadMethod="repeat" gradientTransform="scale(0.000001)"'
    ),
    "a step in the picture's units": lambda: repeated(
        "linearGradient",
        'spreadMethod="repeat" gradientUnits="userSpaceOnUse" x1="0" x2="0.0001"',
    ),
}
NOT_SO = {
    "a use of itself": (SVG.format('<g id="a"><use href="#a"/></g>'), "inside itself"),
    "a pattern of itself": (
        SVG.format(
            '<pattern id="p"><rect width="9" height="9" fill="url(#p)"/></pattern>'
            '<rect width="9" height="9" fill="url(#p)"/>'
        ),
        "inside itself",
    ),
    "groups in groups": (SVG.format("<g>" * 500 + "</g>" * 500), "nested more than"),
    "a width of 1e9": (SVG.format("").replace("<svg", '<svg width="1e9px"'), "has a width"),
    "no height": (SVG.format("").replace("<svg", '<svg height="0"'), "has a height"),
    "a width that is none": (SVG.format("").replace("<svg", '<svg width="nan"'), "has a width"),
    "a view of words": (SVG.format("").replace("0 0 100 100", "a b c d"), "has a viewBox"),
    "a view without a size": (SVG.format("").replace("0 0 100 100", "0 0 0 9"), "has a viewBox"),
    "a view beyond numbers": (SVG.format("").replace("0 0 100 100", "0 0 1e999 9"), "viewBox"),
    "a large PNG inside": (SVG.format(embedded(png(10_000, 10_000))), "megapixels"),
    "many PNGs inside": (SVG.format(embedded(png(5_000, 5_000)) * 3), "megapixels"),
    "an SVG inside that draws too much": (
        SVG.format(embedded(tens("use").encode(), "svg+xml")),
        "a picture in it",
    ),
    "an SVG inside one inside": (
        SVG.format(embedded(SVG.format(embedded(SVG.encode(), "svg+xml")).encode(), "svg+xml")),
        "a picture in it",
    ),
    "a broken PNG inside": (SVG.format(embedded(png(64, 64)[:-30])), "is broken"),
}


def refused(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    with pytest.raises(ValueError, match=name) as caught:
        check_picture(folder, name)
    return str(caught.value)


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_draws_too_much_is_refused(name: str, tmp_path: Path) -> None:
    said = refused(tmp_path, "a.svg", TOO_MUCH[name]().encode())
    assert f"{MOST_PARTS:,}" in said


@pytest.mark.parametrize("name", NOT_SO)
def test_what_goes_round_or_has_no_size_is_refused(name: str, tmp_path: Path) -> None:
    svg, what = NOT_SO[name]
    assert what in refused(tmp_path, "a.svg", svg.encode())


GRADIENT = '<linearGradient spreadMethod="repeat" {}="{}"/>'
LONG_TEXTS = {
    "a style without an end": "<style>{}</style>".format("a" * 500_000),
    "comments without an end": "<style>{}</style>".format("/*" * 250_000),
    "an address without an end": '<path fill="{}"/>'.format("url(#" * 100_000),
    "an address of spaces": '<path fill="url(#{}"/>'.format(" " * 500_000),
    "a style's address without an end": '<path style="fill:{}"/>'.format("url(#" * 100_000),
    "a step without an end": GRADIENT.format("gradientTransform", "a(" * 250_000),
    "a number without an end": GRADIENT.format("x2", "1" * 500_000 + "x"),
}


@pytest.mark.parametrize("name", LONG_TEXTS)
def test_a_long_text_is_read_once(name: str, tmp_path: Path) -> None:
    """A pattern that went back over what it has read would take hours."""
    (tmp_path / "a.svg").write_text(SVG.format(LONG_TEXTS[name]))
    assert check_picture(tmp_path, "a.svg")


@pytest.mark.parametrize(
    "svg",
    [
        tens("use", 3),
        by("fill", "pattern", 3, 2),
        by("mask", "mask", 3, 2),
        repeated("linearGradient", 'spreadMethod="repeat" x2="0.1"'),
        repeated("radialGradient", ""),
        SVG.format(embedded(png(100, 100)) + embedded(SVG.format(DOT).encode(), "svg+xml")),
        SVG.format("<style>.a{fill:url(#none)}</style>" + DOT * 5_000),
        SVG.format("").replace("<svg", '<svg width="100%" height="2.5cm"'),
    ],
)
def test_what_is_usual_is_taken(svg: str, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(svg)
    assert check_picture(tmp_path, "a.svg")


def test_check_says_so_with_file_and_limit(plain_clinic: ClinicFolder) -> None:
    (plain_clinic.path / "bomb.svg").write_text(tens("use"))
    plain_clinic.edit("logo: styles/sample-logo.svg", "logo: bomb.svg")
    found = plain_clinic.refused(command="check").the_error("bomb.svg", f"{MOST_PARTS:,}")
    assert found.startswith(plain_clinic.place("bomb.svg"))


# What is counted is what would be drawn

TREES = st.lists(
    st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=3), min_size=1, max_size=6
)


@settings(max_examples=60)
@given(TREES, st.sampled_from(["use", "mask"]))
def test_parts_are_counted_as_if_they_were_drawn(
    tree: list[list[tuple[int, int]]], way: str
) -> None:
    """Beside the places of what is drawn, which are as many as the elements in ``expanded``."""

    def draw(to: int) -> str:
        return f'<use href="#l{to}"/>' if way == "use" else f'<g mask="url(#l{to})"/>'

    def element(at: int) -> str:
        inner = "".join(
            draw(at + step) * times for step, times in tree[at] if at + step < len(tree)
        )
        tag = "g" if way == "use" else "mask"
        return f'<{tag} id="l{at}">{inner}</{tag}>'

    def expanded(at: int) -> int:
        return 1 + sum(
            times * (1 + expanded(at + step)) for step, times in tree[at] if at + step < len(tree)
        )

    parts = "".join(element(at) for at in range(len(tree)))
    root = fromstring(SVG.format(f"<defs>{parts}</defs>{draw(0)}"))  # noqa: S314 - our own
    whole = 2 + expanded(0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("handouts.load.svg_budget._SIGNS_IN_PART", 1e12)
        patch.setattr("handouts.load.svg_budget._SEARCHED_IN_PART", 1e12)
        counted = [_passes(root, patch, most) for most in (whole - 0.5, whole + 0.5)]
    assert counted[0] is False
    assert counted[1] is (
        sum(1 for _ in root.iter()) <= whole
    )  # what nothing draws is counted, too


def _passes(root: object, patch: pytest.MonkeyPatch, most: float) -> bool:
    patch.setattr("handouts.load.svg_budget.MOST_PARTS", most)
    try:
        check_budget(root)  # type: ignore[arg-type]
    except ValueError:
        return False
    return True


# Pictures of dots


@pytest.mark.parametrize("size", [(10_000, 10_000), (1, MOST_DOTS + 1), (20_000, 20_000)])
def test_too_many_dots_are_refused_by_the_header(size: tuple[int, int], tmp_path: Path) -> None:
    small = bytearray(png(1, 1))
    small[16:24] = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big")
    small[29:33] = zlib.crc32(small[12:29]).to_bytes(4, "big")
    assert f"{MOST_DOTS // 1_000_000} megapixels" in refused(tmp_path, "a.png", bytes(small))


def test_a_large_picture_is_decoded_and_its_damage_found(tmp_path: Path) -> None:
    whole = png(3_000, 3_000)
    (tmp_path / "a.png").write_bytes(whole)
    assert check_picture(tmp_path, "a.png")
    assert "is broken" in refused(tmp_path, "b.png", whole[: len(whole) // 2])


def test_a_jpeg_that_is_drawn_over_and_over(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(out, "JPEG", progressive=True)
    whole = out.getvalue()
    (tmp_path / "a.jpg").write_bytes(whole)
    assert check_picture(tmp_path, "a.jpg")
    last = whole[whole.rindex(b"\xff\xda") : -2]
    over = whole[:-2] + last * (MOST_SCANS + 1) + whole[-2:]
    assert f"the limit is {MOST_SCANS}" in refused(tmp_path, "b.jpg", over)
