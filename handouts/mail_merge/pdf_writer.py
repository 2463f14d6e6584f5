"""Writing a PDF as a stream: each object goes out once, and only its place is remembered."""

from __future__ import annotations

import zlib
from array import array
from typing import IO, TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADER = b"%%PDF-%b\n%%\xe2\xe3\xcf\xd3\n"
OBJECTS_A_STREAM = 200
_ROWS_AT_ONCE = 1 << 16
_LEVEL = 6
_SHORT, _SMALL_WINDOW, _LITTLE_MEMORY = 4096, 12, 5
_IN_FILE, _IN_STREAM = 1, 2


def compressed(data: bytes) -> bytes:
    """Compress a stream's data, for /FlateDecode.

    Short data gets a small window and little effort, which takes a third of the time.
    """
    if len(data) > _SHORT:
        return zlib.compress(data, _LEVEL)
    packer = zlib.compressobj(1, zlib.DEFLATED, _SMALL_WINDOW, _LITTLE_MEMORY)
    return packer.compress(data) + packer.flush()


class PdfWriter:
    """Writes objects one after another (ISO 32000-1, 7.5: object and cross-reference streams).

    Objects without data are gathered into object streams; the places of all objects are
    kept as numbers, 11 bytes each.
    """

    def __init__(self, file: IO[bytes], version: bytes) -> None:
        self._file = file
        self._at = 0
        self._kinds, self._places, self._indexes = array("B", [0]), array("Q", [0]), array("H", [0])
        self._gathered: list[tuple[int, bytes]] = []
        self._write(HEADER % version)

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._at += len(data)

    def reserve(self) -> int:
        """Give a number to an object that is written later."""
        self._kinds.append(0)
        self._places.append(0)
        self._indexes.append(0xFFFF)
        return len(self._kinds) - 1

    def put(self, number: int, body: bytes) -> int:
        """Write an object without data."""
        self._gathered.append((number, body))
        if len(self._gathered) == OBJECTS_A_STREAM:
            self._put_gathered()
        return number

    def add(self, body: bytes) -> int:
        """Number and write an object without data."""
        return self.put(self.reserve(), body)

    def put_stream(self, number: int, entries: bytes, data: bytes) -> int:
        """Write an object with data; ``entries`` are those of its dictionary but its length."""
        self._kinds[number] = _IN_FILE
        self._places[number] = self._at
        self._indexes[number] = 0
        self._write(
            b"%d 0 obj<<%b/Length %d>>stream\n%b\nendstream endobj\n"
            % (number, entries, len(data), data)
        )
        return number

    def add_stream(self, entries: bytes, data: bytes) -> int:
        """Number and write an object with data."""
        return self.put_stream(self.reserve(), entries, data)

    def _put_gathered(self) -> None:
        if not self._gathered:
            return
        holder = self.reserve()
        at, heads = 0, []
        for index, (number, body) in enumerate(self._gathered):
            self._kinds[number] = _IN_STREAM
            self._places[number] = holder
            self._indexes[number] = index
            heads.append(b"%d %d" % (number, at))
            at += len(body) + 1
        head = b" ".join(heads) + b" "
        data = head + b" ".join(body for _, body in self._gathered)
        entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (
            len(self._gathered),
            len(head),
        )
        self._gathered.clear()
        self.put_stream(holder, entries, compressed(data))

    def finish(self, root: int, info: int, identity: bytes) -> None:
        """Write where everything stands; the file is whole then."""
        self._put_gathered()
        number = self.reserve()
        start = self._at
        self._kinds[number], self._places[number], self._indexes[number] = _IN_FILE, start, 0
        data = b"".join(self._table())
        name = identity.hex().encode()
        self.put_stream(
            number,
            b"/Type/XRef/Size %d/W[1 5 2]/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]/Filter/FlateDecode"
            b"/DecodeParms<</Predictor 12/Columns 8>>" % (len(self._kinds), root, info, name, name),
            data,
        )
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _table(self) -> Iterable[bytes]:
        """Give the table of places, each row less the one above it, a piece at a time."""
        packer = zlib.compressobj(_LEVEL)
        above = np.zeros((1, 8), np.uint8)
        self._indexes[0] = 0xFFFF
        for first in range(0, len(self._kinds), _ROWS_AT_ONCE):
            part = slice(first, first + _ROWS_AT_ONCE)
            kinds = np.frombuffer(self._kinds[part], np.uint8)
            rows = np.zeros((len(kinds), 8), np.uint8)
            rows[:, 0] = kinds
            places = np.frombuffer(self._places[part], np.uint64).astype(">u8")
            rows[:, 1:6] = places.view(np.uint8).reshape(-1, 8)[:, 3:]
            indexes = np.frombuffer(self._indexes[part], np.uint16).astype(">u2")
            rows[:, 6:] = indexes.view(np.uint8).reshape(-1, 2)
            differences = rows - np.vstack((above, rows[:-1]))
            above = rows[-1:]
            marked = np.hstack((np.full((len(rows), 1), 2, np.uint8), differences))
            yield packer.compress(marked.tobytes())
        yield packer.flush()


def joined(parts: Iterable[bytes | int], numbers: list[int]) -> bytes:
    """Write parts one after another; a number among them is that of an object."""
    return b"".join(b"%d 0 R" % numbers[part] if isinstance(part, int) else part for part in parts)
