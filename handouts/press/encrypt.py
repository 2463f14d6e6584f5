"""A password on a finished file."""

from __future__ import annotations

from io import BytesIO

from pikepdf import Encryption, Pdf


def encrypt(pdf: bytes, password: str) -> bytes:
    """Encrypt a file with AES-256 (PDF 2.0, revision 6); the password opens and owns it."""
    out = BytesIO()
    with Pdf.open(BytesIO(pdf)) as document:
        document.save(
            out, encryption=Encryption(owner=password, user=password, R=6, aes=True, metadata=True)
        )
    return out.getvalue()
