"""Web addresses: a scheme has no case, and a code can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import zxingcpp
from pdf_tools import page_texts

if TYPE_CHECKING:
    from conftest import ClinicFolder

BOOKING = 'booking: "https://www.example.com/book"'


def test_a_scheme_and_a_host_have_no_case(clinic_folder: ClinicFolder) -> None:
    clinic_folder.edit(BOOKING, "booking: HTTPS://WWW.EXAMPLE.COM/Book")
    assert clinic_folder.run("build", "brochure").code == 0
    file = clinic_folder.out / "brochure.pdf"
    assert "example.com/Book" in "".join(page_texts(file))
    codes = [
        code.text
        for page in pypdfium2.PdfDocument(file)
        for code in zxingcpp.read_barcodes(page.render(scale=4).to_pil())
    ]
    assert "https://WWW.EXAMPLE.COM/Book" in codes


def test_an_address_that_is_too_long_for_its_code(plain_clinic: ClinicFolder) -> None:
    address = "https://www.example.com/" + "a" * 296
    plain_clinic.edit(BOOKING, f'booking: "{address}"')
    found = plain_clinic.refused(command="check").the_error()
    assert found.startswith(plain_clinic.place(f'"{address}"'))
    assert "the address has 320 letters, too many for its QR code" in found
    most = int(found.split("of ")[-1].split(" letters")[0])
    plain_clinic.edit(address, address[:most])
    plain_clinic.check()


def test_the_website_may_be_left_out(plain_clinic: ClinicFolder) -> None:
    plain_clinic.edit('  website: "https://www.example.com"\n', "")
    plain_clinic.check()
