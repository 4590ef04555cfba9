"""The journal of raw frames: what a link handed over, byte for byte, for diagnosis and replay; never the diary.

The rule of this file: a record stands whole or not at all. Whatever a crash or a bad disk leaves of a file, the
records before the first that does not check are read and the place of the damage is told; writing ends for a stated
reason and never stops a recording.

The file, little-endian: 8 bytes `KADENZJ` and the version 1; f64 Unix time in s at the start (NaN: not told); u32
CRC-32 of these 16 bytes; then records of u8 kind, u16 length n of the body, u32 CRC-32 of kind, length and body, n
bytes of body. Kinds: 1 a tracker's name and 2 a characteristic's UUID in UTF-8, each kind numbered from 0 as they
come; 3 a packet: u16 tracker, u16 characteristic, f64 arrival in s, payload; 4 a link event: u16 tracker, u16
characteristic, f64 arrival, u8 state (0 connected, 1 lost, 2 closed, 3 dropped), cause in UTF-8. Arrival is the float
that the session saw, so that a replay gives the same samples to the last bit.
"""

from __future__ import annotations

import logging
import math
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from device.link import LinkEvent, LinkState, Packet

MAGIC = b"KADENZJ\x01"
MAX_BYTES = 64 * 1024 * 1024
_START, _HEAD, _PACKET, _EVENT = (struct.Struct(f) for f in ("<8sdI", "<BHI", "<HHd", "<HHdB"))
_TRACKER, _CHARACTERISTIC, _A_PACKET, _AN_EVENT = 1, 2, 3, 4
_STATES = (LinkState.CONNECTED, LinkState.LOST, LinkState.CLOSED, LinkState.DROPPED)
_FLUSH_S = 1.0
_MOST_BODY, _MOST_TEXT = 0xFFFF, 2000

Event = Packet | LinkEvent
_log = logging.getLogger(__name__)


class JournalError(ValueError):
    """A file is no journal, no capture, or cannot be made; the text names the file and the byte."""


# ── writing ────────────────────────────────────────────────────────────────────────────────────────────────────


class JournalWriter:
    """Appends what a link hands over to a new file, up to `max_bytes`; `write` never raises.

    A file that is there is never touched: the journal then goes beside it, `run-2.kj` for `run.kj`; `path` tells.
    When it is full, or the disk is, writing ends, once and for all, and `ended` says why. What a crash can take is the
    last second. The file is readable by its owner only.
    """

    def __init__(self, path: Path | str, max_bytes: int = MAX_BYTES, *, started_unix_s: float = math.nan) -> None:
        """Make the file; JournalError where that cannot be done."""
        self.ended = ""
        self.left_out = 0
        self._max_bytes, self._bytes, self._flushed_s = max_bytes, 0, -math.inf
        self._numbers: dict[tuple[int, str], int] = {}
        self._counts = {_TRACKER: 0, _CHARACTERISTIC: 0}
        self._waiting = bytearray()
        self.path, self._file = _new_file(Path(path))
        start = _START.pack(MAGIC, started_unix_s, 0)[:-4]
        self._waiting += start + zlib.crc32(start).to_bytes(4, "little")
        self._flush()

    def write(self, event: Event) -> None:
        """Append a packet or link event; nothing once `ended` tells why."""
        if self.ended:
            return
        if not self._holds(event):
            self.left_out += 1
            return
        records = self._records(event)
        if self._bytes + len(self._waiting) + len(records) > self._max_bytes:
            self._end(f"the journal is full: {self._max_bytes} bytes")
            return
        self._waiting += records
        if isinstance(event, LinkEvent) or not event.arrival_s < self._flushed_s + _FLUSH_S:
            self._flushed_s = event.arrival_s
            self._flush()

    def close(self) -> None:
        """Write what waits and close the file."""
        self._end("closed")

    def __enter__(self) -> JournalWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _holds(self, event: Event) -> bool:
        """Return whether a record can hold an event; not so for more bytes or names than any radio has."""
        body = len(event.payload) if isinstance(event, Packet) else 0
        return body + _PACKET.size <= _MOST_BODY and max(self._counts.values()) < _MOST_BODY

    def _records(self, event: Event) -> bytes:
        """Return the record of an event after those of the names it is the first to use."""
        names: list[bytes] = []
        tracker = self._number(_TRACKER, event.tracker, names)
        characteristic = self._number(_CHARACTERISTIC, event.characteristic, names)
        if isinstance(event, Packet):
            own = _record(_A_PACKET, _PACKET.pack(tracker, characteristic, event.arrival_s) + event.payload)
        else:
            state = _STATES.index(event.state)
            own = _record(_AN_EVENT, _EVENT.pack(tracker, characteristic, event.arrival_s, state) + _utf8(event.cause))
        return b"".join([*names, own])

    def _number(self, kind: int, name: str, names: list[bytes]) -> int:
        number = self._numbers.get((kind, name))
        if number is None:
            number = self._counts[kind]
            names.append(_record(kind, _utf8(name)))
            self._numbers[kind, name], self._counts[kind] = number, number + 1
        return number

    def _flush(self) -> None:
        try:
            while self._waiting:
                written = self._file.write(self._waiting)
                self._bytes += written
                del self._waiting[:written]
        except OSError as problem:
            self._waiting.clear()
            self._end(f"the journal could not be written: {problem.strerror or problem}")

    def _end(self, reason: str) -> None:
        if self.ended:
            return
        self.ended = reason
        if reason != "closed":
            _log.warning("%s; the recording goes on (%s)", reason, self.path)
        self._flush()
        try:
            self._file.close()
        except OSError as problem:
            _log.warning("the journal %s could not be closed: %s", self.path, problem)


def _new_file(path: Path) -> tuple[Path, BinaryIO]:
    """Return a file that was not there, made, for writing without a buffer of its own."""
    for number in range(1, 1000):
        free = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            file = free.open("xb", buffering=0)
            free.chmod(0o600)
            return free, file
        except FileExistsError:
            continue
        except OSError as problem:
            raise JournalError(f"{free}: the journal cannot be made: {problem.strerror or problem}") from problem
    raise JournalError(f"{path}: there are too many journals of this name")


def _record(kind: int, body: bytes) -> bytes:
    head = _HEAD.pack(kind, len(body), 0)[:-4]
    return head + zlib.crc32(body, zlib.crc32(head)).to_bytes(4, "little") + body


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")[:_MOST_TEXT]


# ── reading ────────────────────────────────────────────────────────────────────────────────────────────────────


class Journal:
    """The events of a journal file, in the order they were written; may be iterated again.

    Ends at the first record that is cut or does not check; `damage` then names the file, the byte and what is wrong
    there. It is "" when the file ended on a whole record, and while nothing has been read.
    """

    def __init__(self, path: Path | str) -> None:
        """Open a journal; JournalError where the file cannot be read or does not begin as one."""
        self.path = Path(path)
        self.damage = ""
        self.started_unix_s = math.nan
        with _opened(self.path) as file:
            start = file.read(_START.size)
        if not start.startswith(MAGIC[: len(start)]):
            raise JournalError(f"{self.path}: byte 0: this is no journal of this version")
        if len(start) == _START.size and zlib.crc32(start[:-4]).to_bytes(4, "little") == start[-4:]:
            self.started_unix_s = float(_START.unpack(start)[1])
        elif len(start) == _START.size:
            raise JournalError(f"{self.path}: byte 8: the start of the journal does not check")

    def __iter__(self) -> Iterator[Event]:
        """Yield the events up to the first damage; JournalError where the file can no longer be opened."""
        names: dict[int, list[str]] = {_TRACKER: [], _CHARACTERISTIC: []}
        self.damage = ""
        with _opened(self.path) as file:
            if len(file.read(_START.size)) < _START.size:
                self.damage = f"{self.path}: byte 0: the file is cut in its start"
                return
            yield from self._events(file, names)

    def _events(self, file: BinaryIO, names: dict[int, list[str]]) -> Iterator[Event]:
        at = _START.size
        while head := file.read(_HEAD.size):
            body = file.read(_HEAD.unpack(head)[1]) if len(head) == _HEAD.size else b""
            wrong = _wrong(head, body)
            try:
                event = None if wrong else _read_record(head[0], body, names)
            except (struct.error, IndexError, UnicodeDecodeError):
                wrong = "a record that checks and says nothing"
            if wrong:
                self.damage = f"{self.path}: byte {at}: {wrong}"
                return
            at += len(head) + len(body)
            if event is not None:
                yield event


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as problem:
        raise JournalError(f"{path}: cannot be read: {problem.strerror or problem}") from problem


def _wrong(head: bytes, body: bytes) -> str:
    """Return what is wrong with a record, "" when it is whole."""
    if len(head) < _HEAD.size or len(body) < _HEAD.unpack(head)[1]:
        return "the file is cut in a record"
    checks = zlib.crc32(body, zlib.crc32(head[:-4])).to_bytes(4, "little") == head[-4:]
    return "" if checks else "a record does not check"


def _read_record(kind: int, body: bytes, names: dict[int, list[str]]) -> Event | None:
    """Return the event of a record, None for a name, which is noted; IndexError for what no writer writes."""
    if kind in names:
        names[kind].append(body.decode("utf-8"))
        return None
    if kind == _A_PACKET:
        tracker, characteristic, arrival_s = _PACKET.unpack_from(body)
        payload = body[_PACKET.size :]
        return Packet(names[_TRACKER][tracker], names[_CHARACTERISTIC][characteristic], arrival_s, payload)
    if kind != _AN_EVENT:
        raise IndexError(kind)
    tracker, characteristic, arrival_s, state = _EVENT.unpack_from(body)
    cause = body[_EVENT.size :].decode("utf-8", "replace")
    return LinkEvent(names[_TRACKER][tracker], _STATES[state], arrival_s, cause, names[_CHARACTERISTIC][characteristic])


def read_journal(path: Path | str) -> Journal:
    """Return the events of a journal file, to be iterated; `damage` tells afterwards where reading had to end.

    JournalError where the file cannot be read or is no journal.
    """
    return Journal(path)
