"""No template and no style fetches anything from elsewhere."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from pdf_tools import (
    built,
    in_the_sheet,
    must_fail,
    own_style,
    own_template,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import ClinicFolder


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket that would notice somebody knocking."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server


def knocked(server: socket.socket) -> bool:
    try:
        connection, _ = server.accept()
    except TimeoutError:
        return False
    connection.close()
    return True


def test_the_listener_would_notice(listener: socket.socket) -> None:
    assert not knocked(listener)
    with socket.create_connection(listener.getsockname()):
        assert knocked(listener)


ADDRESSES = ("http://127.0.0.1:PORT/x.png", "file:///etc/hostname", "../secret.svg")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="3"/></svg>'
IN_TEMPLATES = {
    "img": '<img src="{}" alt="">',
    "link": '<link rel="stylesheet" href="{}">',
    "attachment": '<link rel="attachment" href="{}">',
    "attached link": '<a rel="attachment" href="{}">x</a>',
    "object": '<object data="{}"></object>',
    "embed": '<embed src="{}">',
    "svg image": '<svg width="9" height="9"><image href="{}" width="5" height="5"/></svg>',
    "style": '<p style="background: url({})">x</p>',
    "base": '<base href="{}">',
}
IN_STYLES = {
    "background": "body {{ background: url({}) }}",
    "content": "h1::before {{ content: url({}) }}",
    "font": '@font-face {{ font-family: X; src: url("{}") }} body {{ font-family: X }}',
    "bullet": "li {{ display: list-item; list-style-image: url({}) }}",
}


def asked(ways: dict[str, str], everywhere: str) -> list[Any]:
    """Ask for the first address in every way, and in one way for all of them."""
    pairs = {(way, ADDRESSES[0]) for way in ways} | {(everywhere, there) for there in ADDRESSES}
    return [pytest.param(ways[way], there, id=f"{way}-{there}") for way, there in sorted(pairs)]


def must_refuse_to_fetch(clinic: ClinicFolder, server: socket.socket) -> None:
    outcome = must_fail(clinic, "exercises")
    assert not knocked(server)
    assert outcome.finding_with("exercises (letter)", "folder"), outcome.err


def real(address: str, clinic: ClinicFolder, server: socket.socket) -> str:
    (clinic.path.parent / "secret.svg").write_text(SVG)
    return address.replace("PORT", str(server.getsockname()[1]))


@pytest.mark.parametrize(("how", "address"), asked(IN_TEMPLATES, "img"))
def test_a_template_that_asks_for_something_elsewhere_is_refused(
    plain_clinic: ClinicFolder, listener: socket.socket, how: str, address: str
) -> None:
    there = real(address, plain_clinic, listener)
    own_template(plain_clinic, "exercises", in_the_sheet(how.format(there)))
    must_refuse_to_fetch(plain_clinic, listener)


@pytest.mark.parametrize(("how", "address"), asked(IN_STYLES, "background"))
def test_a_style_that_asks_for_something_elsewhere_is_refused(
    plain_clinic: ClinicFolder, listener: socket.socket, how: str, address: str
) -> None:
    there = real(address, plain_clinic, listener)
    own_style(plain_clinic, how.format(there))
    must_refuse_to_fetch(plain_clinic, listener)


def test_a_link_out_of_the_folder_is_not_followed(plain_clinic: ClinicFolder) -> None:
    secret = plain_clinic.path.parent / "secret.svg"
    secret.write_text(SVG)
    (plain_clinic.path / "styles" / "inside.svg").symlink_to(secret)
    own_style(plain_clinic, "body { background: url(styles/inside.svg) }")
    assert must_fail(plain_clinic, "exercises").finding_with("inside.svg lies outside")


def test_a_picture_in_the_folder_may_be_asked_for(plain_clinic: ClinicFolder) -> None:
    (plain_clinic.path / "styles" / "own mark.svg").write_text(SVG)
    own_style(plain_clinic, '.key::before { content: url("styles/own mark.svg") }')
    built(plain_clinic, "exercises")
