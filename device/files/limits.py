"""What is refused before it can do harm: files too large, archives that unpack into far more than they are.

The rule of this file: every byte that is read or unpacked is counted here; no size in a header is believed.
"""

from __future__ import annotations

import hashlib
import lzma
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

MIB = 1 << 20


#: What reading a damaged disk, gzip or zip stream raises (a wrong checksum, a lost end, an unknown method, a lock).
_DAMAGE = (OSError, EOFError, ValueError, RuntimeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes that are refused when exceeded, and the ratio of unpacked to packed."""

    file_bytes: int = 512 * MIB
    """One file or archive member, unpacked."""
    archive_bytes: int = 16384 * MIB
    """All members of one archive together, unpacked."""
    members: int = 100_000
    ratio: float = 200.0
    """Unpacked over packed; deflate reaches 1032, real recordings 3 to 40."""
    ratio_from_bytes: int = 16 * MIB
    """Below this much unpacked data the ratio does not matter."""


class LimitError(Exception):
    """A limit was exceeded; the text is the sentence for the person."""


class CountedStream:
    """A binary stream that counts and hashes what is read, stops at a limit, and turns damage into an end.

    `damage` names what ended a packed stream early; what came before it was handed out.
    """

    def __init__(self, source: BinaryIO, limits: Limits, packed_bytes: int = 0) -> None:
        self.read_bytes = 0
        self.damage = ""
        self._source = source
        self._limits = limits
        self._packed = packed_bytes
        self._hash = hashlib.sha256()
        self._ahead = b""

    def peek(self, count: int) -> bytes:
        """Return up to `count` bytes that the next read will hand out again."""
        while len(self._ahead) < count and (more := self._take(count - len(self._ahead))):
            self._ahead += more
        return self._ahead[:count]

    def read(self, count: int = -1) -> bytes:
        """Return up to `count` bytes, all the rest for a negative count; b"" at the end."""
        if count < 0:
            parts = []
            while part := self.read(MIB):
                parts.append(part)
            return b"".join(parts)
        if self._ahead:
            out, self._ahead = self._ahead[:count], self._ahead[count:]
            return out
        return self._take(count)

    def sha256(self) -> str:
        """Return the hash of the whole stream in hex; reads what is left."""
        self._ahead = b""
        while self._take(MIB):
            pass
        return self._hash.hexdigest()

    def _take(self, count: int) -> bytes:
        if self.damage:
            return b""
        try:
            out = self._source.read(count)
        except _DAMAGE as problem:
            self.damage = f"the rest cannot be read: {problem}"
            return b""
        self._count(len(out))
        self._hash.update(out)
        return out

    def _count(self, count: int) -> None:
        limits = self._limits
        self.read_bytes += count
        if self.read_bytes > limits.file_bytes:
            raise LimitError(f"larger than {limits.file_bytes // MIB} MiB")
        too_dense = self._packed and self.read_bytes > limits.ratio * self._packed
        if too_dense and self.read_bytes > limits.ratio_from_bytes:
            raise LimitError(f"unpacks to more than {limits.ratio:.0f} times its size")
