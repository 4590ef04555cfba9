"""Packed bytes unpacked piece by piece: all that stands before a defect is handed out, then the defect is raised.

The rule of this file: Python's gzip and zipfile give up the whole block in which a defect lies; this does not.
Sources: RFC 1951, RFC 1952; APPNOTE.TXT 4.3.7 (local file header).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import BinaryIO

_CHUNK = 1 << 16
_MOST_OUT = 1 << 20
GZIP_BITS, DEFLATE_BITS = 31, -15
_LOCAL_HEADER = struct.Struct("<4s22xHH")


class Inflated:
    """A stream of what gzip or deflate bytes unpack to; raises EOFError after the last byte before a defect."""

    def __init__(self, source: BinaryIO, bits: int, packed_bytes: int = -1) -> None:
        self._source = source
        self._bits = bits
        self._left = packed_bytes
        self._state = zlib.decompressobj(bits)
        self._out = b""
        self._over = False
        self._defect = ""

    def read(self, count: int) -> bytes:
        """Return up to `count` bytes, b"" at the end; raises EOFError where the data are damaged."""
        while len(self._out) < count and not self._over:
            self._out += self._more()
        if not self._out and self._defect:
            raise EOFError(self._defect)
        piece, self._out = self._out[:count], self._out[count:]
        return piece

    def _more(self) -> bytes:
        packed = self._state.unconsumed_tail or self._state.unused_data
        if self._state.eof:
            # Another gzip member may follow; anything else behind the end is padding.
            self._over = self._bits != GZIP_BITS or not (packed or self._packed()).startswith(b"\x1f\x8b")
            if self._over:
                return b""
            self._state = zlib.decompressobj(self._bits)
        packed = packed or self._packed()
        if not packed:
            return self._end("the packed data end early")
        before = self._state.copy()
        try:
            return self._state.decompress(packed, _MOST_OUT)
        except zlib.error as problem:
            return _up_to_defect(before, packed) + self._end(str(problem))

    def _packed(self) -> bytes:
        want = _CHUNK if self._left < 0 else min(_CHUNK, self._left)
        packed = self._source.read(want) if want else b""
        self._left -= len(packed) if self._left > 0 else 0
        return packed

    def _end(self, defect: str) -> bytes:
        self._over, self._defect = True, defect
        return b""


def _up_to_defect(state: zlib._Decompress, packed: bytes) -> bytes:
    """Return what the bytes give one by one until the defect."""
    parts = []
    try:
        for at in range(len(packed)):
            parts.append(state.decompress(packed[at : at + 1], _MOST_OUT))
    except zlib.error:
        pass
    return b"".join(parts)


def open_member(archive: zipfile.ZipFile, file: BinaryIO, info: zipfile.ZipInfo) -> BinaryIO:
    """Return a stream of one member's content; `file` is the archive's own file, used by nothing else meanwhile.

    Raises what zipfile raises for a locked member or an unknown method.
    """
    if info.flag_bits & 0x1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return archive.open(info)  # type: ignore[return-value]
    file.seek(info.header_offset)
    head = file.read(_LOCAL_HEADER.size)
    if len(head) < _LOCAL_HEADER.size or head[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile(f"no file stands where {info.filename!r} should")
    _, name, extra = _LOCAL_HEADER.unpack(head)
    file.seek(info.header_offset + _LOCAL_HEADER.size + name + extra)
    if info.compress_type == zipfile.ZIP_DEFLATED:
        return Checked(Inflated(file, DEFLATE_BITS, info.compress_size), info.CRC)  # type: ignore[return-value]
    return Checked(Stored(file, info.file_size), info.CRC)  # type: ignore[return-value]


class Stored:
    """The next so many bytes of a file."""

    def __init__(self, source: BinaryIO, size: int) -> None:
        self._source, self._left = source, size

    def read(self, count: int) -> bytes:
        """Return up to `count` bytes, b"" at the end; raises EOFError where the file ends early."""
        piece = self._source.read(min(count, self._left))
        if not piece and self._left:
            raise EOFError("the archive ends early")
        self._left -= len(piece)
        return piece


class Checked:
    """A member's stream that raises EOFError at its end when the CRC-32 of all of it is not the stated one."""

    def __init__(self, source: Inflated | Stored, crc: int) -> None:
        self._source, self._stated, self._crc = source, crc, 0

    def read(self, count: int) -> bytes:
        """Return up to `count` bytes, b"" at the end."""
        piece = self._source.read(count)
        self._crc = zlib.crc32(piece, self._crc)
        if not piece and count and self._crc != self._stated:
            raise EOFError("its checksum does not match")
        return piece
