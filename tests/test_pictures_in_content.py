"""A clinic's own pictures: from its folder only, readable, and harmless."""

from __future__ import annotations

import io
import os
import socket
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from handouts.load.pictures import check_picture

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import ClinicFolder

CASES = ROOT / "tests" / "data" / "pictures"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 9 9">{}</svg>'
)


def raster(kind: str) -> bytes:
    """Make a small picture whose pixels do not compress, so that it has several chunks."""
    noise = bytes(zlib.crc32(bytes([n % 256, n // 256])) % 256 for n in range(64 * 64 * 3))
    buffer = io.BytesIO()
    Image.frombytes("RGB", (64, 64), noise).save(buffer, kind)
    return buffer.getvalue()


PNG, JPEG = raster("PNG"), raster("JPEG")


def with_logo(clinic: ClinicFolder, written: str) -> str:
    """Name another logo, for pale grounds alone, and give the place of its name."""
    old = "logo: styles/sample-logo.svg"
    clinic.edit(old, f'logo: "{written}"\n  logo_on_dark: styles/sample-logo.svg')
    return clinic.place(f'"{written}"')


def refused_logo(clinic: ClinicFolder, written: str) -> str:
    place = with_logo(clinic, written)
    found = clinic.refused().the_finding()
    assert found.startswith(f'{place} error: "logo": '), found
    return found


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A good picture, but outside the clinic's folder."""
    path = tmp_path / "secret.svg"
    path.write_text(SVG.format("<circle r='3'/>"))
    return path


@pytest.mark.parametrize("written", ["../secret.svg", "styles/../../secret.svg", "./../secret.svg"])
def test_a_path_out_of_the_folder(plain_clinic: ClinicFolder, secret: Path, written: str) -> None:
    assert "copy the picture into it" in refused_logo(plain_clinic, written)


def test_an_absolute_path(plain_clinic: ClinicFolder, secret: Path) -> None:
    assert "leads out of the folder" in refused_logo(plain_clinic, str(secret))


def test_a_link_out_of_the_folder(plain_clinic: ClinicFolder, secret: Path) -> None:
    (plain_clinic.path / "logo.svg").symlink_to(secret)
    assert "leads out of the folder" in refused_logo(plain_clinic, "logo.svg")


def test_a_linked_folder_that_leads_out(plain_clinic: ClinicFolder, secret: Path) -> None:
    (plain_clinic.path / "pictures").symlink_to(secret.parent)
    assert "leads out of the folder" in refused_logo(plain_clinic, "pictures/secret.svg")


@pytest.mark.parametrize(
    "written", ["file:///etc/passwd", "FILE:/etc/passwd", "data:image/png;base64,AAAA"]
)
def test_an_address_in_place_of_a_file(plain_clinic: ClinicFolder, written: str) -> None:
    assert "is an address; copy the picture" in refused_logo(plain_clinic, written)


@pytest.mark.parametrize("address", ["http://127.0.0.1:{}/x.png", "//127.0.0.1:{}/x.png"])
def test_no_connection_is_opened(plain_clinic: ClinicFolder, address: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        refused_logo(plain_clinic, address.format(server.getsockname()[1]))
        with pytest.raises(BlockingIOError):
            server.accept()


def test_the_listening_socket_would_notice_a_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        with socket.create_connection(server.getsockname()):
            server.accept()[0].close()


@pytest.mark.parametrize("written", ["logo.png", "styles", "styles/Sample-Logo.svg", "."])
def test_a_picture_that_is_not_there(plain_clinic: ClinicFolder, written: str) -> None:
    found = refused_logo(plain_clinic, written)
    assert f'there is no picture "{written}"; check the name' in found


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("logo.png", PNG[:400]),
        ("logo.png", b""),
        ("logo.png", b"no picture at all"),
        ("logo.jpg", JPEG[:400]),
    ],
)
def test_a_broken_picture(plain_clinic: ClinicFolder, name: str, data: bytes) -> None:
    (plain_clinic.path / name).write_bytes(data)
    found = refused_logo(plain_clinic, name)
    assert f'"{name}" is broken' in found
    assert "save it again" in found


@given(
    st.sampled_from([("logo.png", PNG), ("logo.jpg", JPEG)]),
    st.data(),
)
def test_a_damaged_picture_is_refused_or_still_good(
    tmp_path: Path, picture: tuple[str, bytes], data: st.DataObject
) -> None:
    name, good = picture
    start = data.draw(st.integers(0, len(good) - 1))
    junk = data.draw(st.binary(min_size=1, max_size=20))
    (tmp_path / name).write_bytes(good[:start] + junk + good[start + len(junk) :])
    try:
        assert check_picture(tmp_path, name)
    except ValueError as refusal:
        assert "save it" in str(refusal)  # noqa: PT017 - a property: either way is right


def test_a_png_with_a_damaged_chunk_name(plain_clinic: ClinicFolder) -> None:
    body = PNG[: PNG.index(b"IDAT") - 4]
    data = PNG[PNG.index(b"IDAT") + 4 :][: int.from_bytes(PNG[len(body) :][:4], "big")]

    def chunk(name: bytes, content: bytes) -> bytes:
        crc = zlib.crc32(name + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + name + content + crc

    parts = chunk(b"IDAT", data[:100]) + chunk(b"\x00\x01\x02\x03", data[100:])
    (plain_clinic.path / "logo.png").write_bytes(body + parts + chunk(b"IEND", b""))
    assert '"logo.png" is broken' in refused_logo(plain_clinic, "logo.png")


def test_a_file_that_is_no_picture(plain_clinic: ClinicFolder) -> None:
    (plain_clinic.path / "logo.gif").write_bytes(b"GIF89a")
    assert "save it again as one of them" in refused_logo(plain_clinic, "logo.gif")


def test_a_picture_of_30_megabytes(plain_clinic: ClinicFolder) -> None:
    path = plain_clinic.path / "logo.png"
    path.write_bytes(PNG)
    os.truncate(path, 30_000_000)
    assert "save it smaller" in refused_logo(plain_clinic, "logo.png")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<script href='x.js'/>",
        "<g onload='alert(1)'/>",
        "<circle ONCLICK='alert(1)'/>",
        "<image href='http://127.0.0.1/x.png'/>",
        "<image xlink:href='https://example.com/x.png'/>",
        "<image href='//example.com/x.png'/>",
        "<image href='file:///etc/passwd'/>",
        "<image xlink:href='../../secret.png'/>",
        "<use href='other.svg#part'/>",
        "<a href='javascript:alert(1)'><circle r='3'/></a>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>hi</p></foreignObject>",
        "<style>@import url(http://example.com/x.css);</style>",
        "<style>@import url('//example.com/x.css');</style>",
        "<style>@import 'http://example.com/x.css';</style>",
        "<style>@import '//example.com/x.css';</style>",
        "<style>@import 'x.css';</style>",
        "<style><![CDATA[ circle { fill: url(x.svg#a) } ]]></style>",
        "<circle fill='url(http://example.com/a.svg#a)'/>",
        "<circle style='background: url(file:///etc/passwd)'/>",
        "<circle><set attributeName='onclick' to='alert(1)'/></circle>",
    ],
)
def test_an_svg_that_runs_or_fetches_something(plain_clinic: ClinicFolder, inside: str) -> None:
    (plain_clinic.path / "logo.svg").write_text(SVG.format(inside))
    assert "save it as plain SVG" in refused_logo(plain_clinic, "logo.svg")


@pytest.mark.parametrize(
    "data",
    [
        "",
        "<svg",
        "<html/>",
        '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        + SVG.format("<text>&b;</text>"),
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("<text>&a;</text>"),
    ],
)
def test_a_file_that_is_no_plain_svg(plain_clinic: ClinicFolder, data: str) -> None:
    (plain_clinic.path / "logo.svg").write_text(data)
    assert "save it again" in refused_logo(plain_clinic, "logo.svg")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("logo.png", PNG),
        ("pictures/Our Logo.PNG", PNG),
        ("logo.jpg", JPEG),
        ("logo.jpeg", JPEG),
        (
            "logo.svg",
            SVG.format(
                "<defs><linearGradient id='a'/></defs><style>g { fill: url(#a) }</style>"
                "<g><circle fill='url(#a)'/><use href='#a'/></g>"
            ).encode(),
        ),
    ],
)
def test_a_good_picture_passes(plain_clinic: ClinicFolder, name: str, data: bytes) -> None:
    (plain_clinic.path / name).parent.mkdir(exist_ok=True)
    (plain_clinic.path / name).write_bytes(data)
    with_logo(plain_clinic, name)
    plain_clinic.check()


@pytest.mark.parametrize("case", ["svg-quoted-reference", "svg-metadata", "svg-linked-by-click"])
def test_an_svg_that_fetches_nothing_passes(plain_clinic: ClinicFolder, case: str) -> None:
    (plain_clinic.path / "logo.svg").write_bytes((CASES / f"{case}.svg").read_bytes())
    with_logo(plain_clinic, "logo.svg")
    plain_clinic.check()


@pytest.mark.parametrize("name", ["room #2.png", "why?.png", "a%20b.png", "très joli & co.png"])
def test_any_name_of_a_file_is_printed(clinic_folder: ClinicFolder, name: str) -> None:
    Image.new("RGB", (400, 400), "teal").save(clinic_folder.path / name)
    with_logo(clinic_folder, name)
    outcome = clinic_folder.run("build", "explainer")
    assert outcome.code == 0, outcome.err


@pytest.mark.parametrize("written", ["C:/Users/Desk/room.jpg", "C:\\\\Desk\\\\room.jpg"])
def test_a_path_of_another_drive(plain_clinic: ClinicFolder, written: str) -> None:
    assert "copy it into the folder of content.yaml" in refused_logo(plain_clinic, written)


def test_a_backslash_that_became_a_return(plain_clinic: ClinicFolder) -> None:
    with_logo(plain_clinic, "styles\\room.png")
    outcome = plain_clinic.run("check", "--quick")
    assert "write / for \\" in outcome.the_error("there is no picture")


def test_the_rest_of_a_name_behind_a_hash_is_told_with_the_missing_picture(
    plain_clinic: ClinicFolder,
) -> None:
    plain_clinic.edit("logo: styles/sample-logo.svg", "logo: styles/our logo #1.png")
    outcome = plain_clinic.run("check", "--quick")
    assert outcome.code == 3
    assert 'there is no picture "styles/our logo"' in outcome.the_error("picture")
    assert "what follows # here" in outcome.the_finding("warning")


def of_16_bits() -> bytes:
    buffer = io.BytesIO()
    ramp = np.repeat(np.linspace(0, 65535, 800).astype(np.uint16)[:, None], 1200, axis=1)
    Image.fromarray(ramp).save(buffer, "PNG")
    return buffer.getvalue()


def with_own_picture(clinic: ClinicFolder, written: str) -> None:
    """Give a section that the brochure and the explainer print a picture of the clinic's."""
    head, rest = clinic.text.split("      drawing: treated-places\n")
    labels = rest.index("      labels:\n")
    end = rest.index("\n\n", labels)
    clinic.text = f'{head}      file: "{written}"\n{rest[:labels].rstrip()}{rest[end:]}'


def test_shades_of_16_bits_are_printed_as_they_are(clinic_folder: ClinicFolder) -> None:
    (clinic_folder.path / "grey.png").write_bytes(of_16_bits())
    with_own_picture(clinic_folder, "grey.png")
    outcome = clinic_folder.run("build", "brochure")
    assert outcome.code == 0, outcome.err
    document = pypdfium2.PdfDocument(clinic_folder.out / "brochure.pdf")
    (grey,) = (
        np.asarray(picture.get_bitmap().to_pil().convert("L"), dtype=int)
        for page in document
        for picture in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    )
    assert [round(float(grey[row].mean())) for row in (0, 400, 799)] == pytest.approx(
        [0, 128, 255], abs=2
    )


def test_a_tall_picture_leaves_room_for_the_text(clinic_folder: ClinicFolder) -> None:
    lying = Image.new("RGB", (1600, 1000), "teal")
    turned = Image.Exif()
    turned[0x0112] = 6
    lying.save(clinic_folder.path / "phone.jpg", exif=turned)
    with_own_picture(clinic_folder, "phone.jpg")
    outcome = clinic_folder.run("build", "brochure", "--edition", "large-print")
    assert outcome.code == 0, outcome.err
    document = pypdfium2.PdfDocument(clinic_folder.out / "brochure-large-print.pdf")
    ((left, bottom, right, top),) = (
        picture.get_bounds()
        for page in document
        for picture in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    )
    assert (top - bottom) / (right - left) == pytest.approx(1.6, abs=0.01)
    assert (top - bottom) * 25.4 / 72 <= 121


def test_a_picture_with_too_few_dots_is_named_at_its_place(clinic_folder: ClinicFolder) -> None:
    Image.new("RGB", (160, 100), "teal").save(clinic_folder.path / "tiny.png")
    with_own_picture(clinic_folder, "tiny.png")
    outcome = clinic_folder.run("build", "brochure")
    assert outcome.code == 4
    found = outcome.the_error("too few dots")
    assert '"tiny.png" has too few dots' in found
    assert found.startswith(clinic_folder.place('"tiny.png"'))


def test_a_backslash_in_a_path(plain_clinic: ClinicFolder) -> None:
    assert "write / for \\" in refused_logo(plain_clinic, "styles\\\\sample-logo.svg")


@pytest.mark.parametrize(("name", "data"), [("logo.jpg", PNG), ("logo.png", JPEG)])
def test_a_picture_is_what_it_holds(plain_clinic: ClinicFolder, name: str, data: bytes) -> None:
    (plain_clinic.path / name).write_bytes(data)
    with_logo(plain_clinic, name)
    plain_clinic.check()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"RIFF....WEBPVP8 ", "WebP"), (b"\0\0\0\x18ftypheic", "HEIC"), (b"GIF89a", "GIF"),
        (b"\0\0\0\x18ftypavif", "AVIF"), (b"%PDF-1.7", "PDF"), (b"<!DOCTYPE html>", "web page"),
    ],
)  # fmt: skip
def test_another_kind_of_picture_is_named(
    plain_clinic: ClinicFolder, data: bytes, kind: str
) -> None:
    (plain_clinic.path / "logo.jpg").write_bytes(data)
    found = refused_logo(plain_clinic, "logo.jpg")
    assert f"a {kind} file" in found
    assert "save it again as one of them" in found


@pytest.mark.parametrize("size", ["", "width='100%' height='50%'", "width='300'"])
def test_an_svg_without_a_size_is_named(plain_clinic: ClinicFolder, size: str) -> None:
    (plain_clinic.path / "logo.svg").write_text(
        f"<svg xmlns='http://www.w3.org/2000/svg' {size}><rect width='9' height='9'/></svg>"
    )
    found = refused_logo(plain_clinic, "logo.svg")
    assert "has no size" in found
    assert "viewBox" in found


@pytest.mark.parametrize(
    ("inside", "lost"),
    [
        ("<filter id='f'><feColorMatrix values='0'/></filter>", "a filter <feColorMatrix>"),
        ("<filter id='f'><feGaussianBlur/></filter>", "a filter <feGaussianBlur>"),
        ("<rect style='filter: blur(2px)'/>", "a filter blur(2px)"),
        ("<rect style='mix-blend-mode:multiply'/>", "mix-blend-mode: multiply"),
        ("<style>.a { paint-order: stroke }</style>", "paint-order: stroke"),
        ("<flowRoot><flowPara>Words</flowPara></flowRoot>", "text that flows in a frame"),
        ("<meshgradient/>", "<meshgradient>"),
        ("<text font-family='Comic Neue, cursive'>Hi</text>", 'the font "Comic Neue"'),
        ("<rect style='fill: var(--brand)'/>", "a CSS variable"),
        ("<rect clip-path='circle(4px)'/>", "a clip-path circle(4px)"),
    ],
)
def test_what_the_engine_leaves_out_of_an_svg_is_told(
    plain_clinic: ClinicFolder, inside: str, lost: str
) -> None:
    (plain_clinic.path / "logo.svg").write_text(SVG.format(inside))
    with_logo(plain_clinic, "logo.svg")
    outcome = plain_clinic.run("check", "--quick")
    assert outcome.code == 0
    found = outcome.the_finding(lost)
    assert " warning: " in found
    assert '"logo.svg"' in found


def test_what_the_engine_draws_is_not_told(plain_clinic: ClinicFolder) -> None:
    inside = (
        "<metadata><x xmlns='urn:x' filter='y'/></metadata><title>A</title>"
        "<defs><clipPath id='c'><rect width='9' height='9'/></clipPath></defs>"
        "<text clip-path='url(#c)' font-family='Atkinson Hyperlegible'>Hi</text>"
    )
    (plain_clinic.path / "logo.svg").write_text(SVG.format(inside))
    with_logo(plain_clinic, "logo.svg")
    assert "logo.svg" not in plain_clinic.run("check", "--quick").err


def test_grey_of_16_bits_is_printed_as_it_is(
    clinic_folder: ClinicFolder,
) -> None:
    picture = Image.fromarray(np.full((300, 900), round(0.4 * 65535), np.uint16))
    picture.save(clinic_folder.path / "grey.png")
    with_logo(clinic_folder, "grey.png")
    assert clinic_folder.run("build", "exercises").code == 0
    page = pypdfium2.PdfDocument(clinic_folder.out / "exercises.pdf")[0]
    dots = np.asarray(page.render(scale=2).to_pil().convert("L"))
    assert (abs(dots.astype(int) - 102) <= 1).sum() > 400  # the logo: 30 x 10 mm


def test_a_picture_within_an_svg_is_drawn(clinic_folder: ClinicFolder) -> None:
    data = (CASES / "svg-with-picture.svg").read_bytes()
    (clinic_folder.path / "logo.svg").write_bytes(data)
    with_logo(clinic_folder, "logo.svg")
    outcome = clinic_folder.run("build", "testimonials")
    assert outcome.code == 0, outcome.err


def test_a_link_within_the_folder_passes(plain_clinic: ClinicFolder) -> None:
    (plain_clinic.path / "logo.svg").symlink_to("styles/sample-logo.svg")
    with_logo(plain_clinic, "logo.svg")
    plain_clinic.check()


def test_a_section_picture_is_looked_at_too(plain_clinic: ClinicFolder, secret: Path) -> None:
    plain_clinic.edit(
        '    body:\n      - list:\n          - "What may be causing my headaches?"',
        '    picture: {file: "../secret.svg", alt: "A picture"}\n'
        '    body:\n      - list:\n          - "What may be causing my headaches?"',
    )
    found = plain_clinic.refused().the_finding()
    assert found.startswith(plain_clinic.place('"../secret.svg"'))
    assert "leads out of the folder" in found
