"""The seal: a checksum in the reserved bytes at the end of every page of a closed diary.

The rule of this file: a seal may be missing or void, never wrong. Row checksums miss what belongs to no
row (free space, headers, links between pages); the seal covers every byte of the file at rest.

SQLite leaves the last bytes of each page to extensions (file format, 1.3.4) and never reads them. A diary
keeps twelve: eight for the seal's name, which only page 1 uses, and the CRC-32 of the rest of the page. The
name is the diary's `epoch`, a random number in the table `meta`. A seal is written on a clean close, while
the write lock is held and the write-ahead log is empty: first the checksums, then, durably behind them, the
name. The first transaction that writes afterwards changes the epoch. So a kill or a power cut at any point
leaves a seal whose name is the diary's epoch and which is right, or one with another name, which is void.
"""

from __future__ import annotations

import os
import struct
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

#: Every diary has this page size, which is SQLite's default.
PAGE_BYTES = 4096
RESERVED_BYTES = 12
_TRAILER = struct.Struct("<QI")
_CHUNK_PAGES = 1024
#: Two random names of 62 bits differ in some 31 of them; one that differs in so few is the same, damaged.
_SAME_NAME_BITS = 8


def first_page() -> bytes:
    """Return the only page of an empty database in write-ahead mode with reserved bytes (SQLite file format, 1.3)."""
    sizes = struct.pack(">HBBBBBB", PAGE_BYTES, 2, 2, RESERVED_BYTES, 64, 32, 32)
    counters = struct.pack(">12I", 1, 1, 0, 0, 0, 4, 0, 0, 1, 0, 0, 0)
    header = b"SQLite format 3\0" + sizes + counters + bytes(20) + struct.pack(">II", 1, 3_040_000)
    empty_leaf = struct.pack(">BHHHB", 0x0D, 0, 0, PAGE_BYTES - RESERVED_BYTES, 0)
    return (header + empty_leaf).ljust(PAGE_BYTES, b"\0")


def log_bytes(diary: Path) -> int:
    """Return the size in bytes of the diary's write-ahead log, 0 where there is none."""
    try:
        return diary.with_name(diary.name + "-wal").stat().st_size
    except FileNotFoundError:
        return 0


class PageFile:
    """The diary's file as pages, read and sealed beside SQLite.

    POSIX drops all of a process's locks on a file when it closes any handle to it, SQLite's own included.
    So a process keeps one handle per diary, opened before its first connection and closed after its last.
    """

    _handles: dict[tuple[int, int], list[int]] = {}  # noqa: RUF012 - shared by intent
    _guard = threading.RLock()

    def __init__(self, path: Path) -> None:
        with self._guard:
            found = path.stat()
            self._key = (found.st_dev, found.st_ino)
            if self._key not in self._handles:
                self._handles[self._key] = [_opened(path), 0]
            self._handles[self._key][1] += 1
            self._handle = self._handles[self._key][0]

    def close(self) -> None:
        """Give the handle back; the last user closes it. Call it after the connection is closed."""
        with self._guard:
            self._handles[self._key][1] -= 1
            if not self._handles[self._key][1]:
                os.close(self._handles.pop(self._key)[0])

    def has_trailers(self) -> bool:
        """Return whether the file's header reserves the seal's bytes; a foreign copy may not."""
        head = self._read(0, 21)
        return head[16:18] == struct.pack(">H", PAGE_BYTES) and head[20:21] == bytes([RESERVED_BYTES])

    def sealed_as(self, epoch: int) -> bool:
        """Return whether the seal bears this name, damaged bits of the name allowed for."""
        trailer = self._read(PAGE_BYTES - RESERVED_BYTES, RESERVED_BYTES)
        if len(trailer) < RESERVED_BYTES:
            return False
        name = int(_TRAILER.unpack(trailer)[0])
        return name != 0 and (name ^ epoch).bit_count() <= _SAME_NAME_BITS

    def seal(self, epoch: int) -> None:
        """Write the checksums of all pages that lack theirs, then the seal's name; both durably.

        The caller holds the diary's write lock and knows that its log is empty.
        """
        for number, page in self._pages():
            if number > 1 and page[-RESERVED_BYTES:] != (trailer := _trailer(number, page, 0)):
                self._write(number, trailer)
        os.fsync(self._handle)
        self._write(1, _trailer(1, self._read(0, PAGE_BYTES), epoch))
        os.fsync(self._handle)

    def differing(self) -> Iterator[int]:
        """Yield the number (from 1) of every page that is not as it was sealed."""
        for number, page in self._pages():
            if len(page) < PAGE_BYTES or zlib.crc32(page[:-4], number) != _TRAILER.unpack(page[-RESERVED_BYTES:])[1]:
                yield number

    def sizes(self) -> tuple[int, int]:
        """Return the pages that the header states and the file's size in bytes."""
        head = self._read(28, 4)
        return (struct.unpack(">I", head)[0] if len(head) == 4 else 0), os.fstat(self._handle).st_size

    def _pages(self) -> Iterator[tuple[int, memoryview]]:
        number = 1
        while chunk := self._read((number - 1) * PAGE_BYTES, _CHUNK_PAGES * PAGE_BYTES):
            view = memoryview(chunk)
            for at in range(0, len(chunk), PAGE_BYTES):
                yield number, view[at : at + PAGE_BYTES]
                number += 1

    def _read(self, at: int, size: int) -> bytes:
        with self._guard:
            os.lseek(self._handle, at, os.SEEK_SET)
            return os.read(self._handle, size)

    def _write(self, page: int, trailer: bytes) -> None:
        with self._guard:
            os.lseek(self._handle, page * PAGE_BYTES - RESERVED_BYTES, os.SEEK_SET)
            os.write(self._handle, trailer)


def void_seal(path: Path) -> None:
    """Take the seal's name off a diary's file that nobody has open: a copy's header is not that of its source."""
    with path.open("r+b") as file:
        head = file.read(21)
        if head[16:18] == struct.pack(">H", PAGE_BYTES) and head[20:21] == bytes([RESERVED_BYTES]):
            file.seek(PAGE_BYTES - RESERVED_BYTES)
            file.write(bytes(RESERVED_BYTES))


def _opened(path: Path) -> int:
    binary = getattr(os, "O_BINARY", 0)
    try:
        return os.open(path, os.O_RDWR | binary)
    except OSError:
        return os.open(path, os.O_RDONLY | binary)


def _trailer(number: int, page: bytes | memoryview, name: int) -> bytes:
    checksum = zlib.crc32(struct.pack("<Q", name), zlib.crc32(page[:-RESERVED_BYTES], number))
    return _TRAILER.pack(name, checksum)
