"""The seal: a checksum of every page of a closed diary, in a file beside it.

The rule of this file: a seal may be missing or void, never wrong. Row checksums miss what belongs to no
row (free space, headers, links between pages); the seal covers every byte of the file at rest.

A seal names the diary's `epoch`, a random number inside the diary. It is written on a clean close, while
the write lock is held and the write-ahead log is empty; the first transaction that writes afterwards
changes the epoch and removes the file. So a kill or a power cut at any point leaves a seal that is right,
or one whose epoch is not the diary's: that one is void.
"""

from __future__ import annotations

import hashlib
import os
import struct
import threading
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_HEAD = struct.Struct("<8sqIQ")
_MAGIC = b"KDNZSEAL"
_DIGEST_BYTES = 16
_READ_BYTES = 1 << 22


class SealError(ValueError):
    """The seal's own file is damaged."""


@dataclass(frozen=True, slots=True, eq=False)
class Seal:
    """The CRC-32 of every page (n,) of a diary in the state that its epoch names, and its size in bytes."""

    epoch: int
    page_bytes: int
    file_bytes: int
    checksums: NDArray[np.uint32]

    def differing_pages(self, other: Seal) -> list[int]:
        """Return the page numbers (from 1) that differ between two seals, the missing and surplus ones included."""
        shared = min(len(self.checksums), len(other.checksums))
        changed = (np.flatnonzero(self.checksums[:shared] != other.checksums[:shared]) + 1).tolist()
        return changed + list(range(shared + 1, max(len(self.checksums), len(other.checksums)) + 1))


def seal_path(diary: Path) -> Path:
    """Return where the seal of a diary is kept."""
    return diary.with_name(diary.name + ".seal")


def load_seal(diary: Path) -> Seal | None:
    """Return the diary's seal, None where there is none; raises SealError where its own bytes are damaged."""
    try:
        raw = seal_path(diary).read_bytes()
    except FileNotFoundError:
        return None
    body, digest = raw[:-_DIGEST_BYTES], raw[-_DIGEST_BYTES:]
    if len(body) < _HEAD.size or hashlib.blake2b(body, digest_size=_DIGEST_BYTES).digest() != digest:
        raise SealError(f"the seal {seal_path(diary).name} is damaged")
    _, epoch, page_bytes, file_bytes = _HEAD.unpack_from(body)
    return Seal(epoch, page_bytes, file_bytes, np.frombuffer(body, "<u4", offset=_HEAD.size))


def save_seal(diary: Path, seal: Seal) -> None:
    """Write the seal beside the diary, whole or not at all, and durably."""
    body = _HEAD.pack(_MAGIC, seal.epoch, seal.page_bytes, seal.file_bytes) + seal.checksums.astype("<u4").tobytes()
    target = seal_path(diary)
    draft = target.with_name(target.name + ".new")
    with draft.open("wb") as file:
        file.write(body + hashlib.blake2b(body, digest_size=_DIGEST_BYTES).digest())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)


def log_bytes(diary: Path) -> int:
    """Return the size in bytes of the diary's write-ahead log, 0 where there is none."""
    try:
        return diary.with_name(diary.name + "-wal").stat().st_size
    except FileNotFoundError:
        return 0


class PageFile:
    """The diary's file as bytes, read beside SQLite.

    POSIX drops all of a process's locks on a file when it closes any handle to it, SQLite's own included.
    So a process keeps one handle per diary, opened before its first connection and closed after its last.
    """

    _handles: dict[tuple[int, int], list[int]] = {}  # noqa: RUF012 - shared by intent
    _guard = threading.Lock()

    def __init__(self, path: Path) -> None:
        with self._guard:
            found = path.stat()
            self._key = (found.st_dev, found.st_ino)
            if self._key not in self._handles:
                self._handles[self._key] = [os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)), 0]
            self._handles[self._key][1] += 1
            self._handle = self._handles[self._key][0]

    def close(self) -> None:
        """Give the handle back; the last user closes it. Call it after the connection is closed."""
        with self._guard:
            self._handles[self._key][1] -= 1
            if not self._handles[self._key][1]:
                os.close(self._handles.pop(self._key)[0])

    def page_bytes(self) -> int:
        """Return the page size in bytes of the file's header (SQLite file format, 1.3.2), 4096 for a senseless one."""
        head = self._read(0, 18)
        size = struct.unpack(">H", head[16:18])[0] if len(head) == 18 else 0
        size = 65536 if size == 1 else size
        return int(size) if size >= 512 and size & (size - 1) == 0 else 4096

    def sealed(self, epoch: int, page_bytes: int) -> Seal:
        """Return the seal of the file's bytes as they are now."""
        checksums: list[int] = []
        at = 0
        while chunk := self._read(at, _READ_BYTES):
            view = memoryview(chunk)
            checksums += [zlib.crc32(view[i : i + page_bytes]) for i in range(0, len(chunk), page_bytes)]
            at += len(chunk)
        return Seal(epoch, page_bytes, at, np.array(checksums, np.uint32))

    def _read(self, at: int, size: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._handle, size, at)
        with self._guard:
            os.lseek(self._handle, at, os.SEEK_SET)
            return os.read(self._handle, size)
