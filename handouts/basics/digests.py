"""Digests of bytes and of files, as tickets and records name them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from handouts.basics.plain_files import plain_file

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK_BYTES = 1_000_000


def sha256(data: bytes) -> str:
    """Give the SHA-256 of bytes as hex digits."""
    return hashlib.sha256(data).hexdigest()


def checksum(path: Path) -> str:
    """Give a plain file's SHA-256.

    Raises:
        OSError: it can't be read, or is no plain file.

    """
    digest = hashlib.sha256()
    with plain_file(path) as file:
        while block := file.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()
