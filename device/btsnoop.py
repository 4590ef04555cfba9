"""Captures of a Bluetooth host (btsnoop: Android's HCI log, `btmon -w`) as packets and link events.

The rule of this file: bytes of others, so nothing is believed. Records and HCI frames here, what the trackers say in
`btsnoop_att`. A capture is read up to its first damage, whose place is told; what is no frame of ours is passed over.
Sources: RFC 1761 and its Bluetooth data links 1002 (H4) and 2001 (Linux monitor); Core Specification 5.4 vol 4 part E
5.4 (HCI), 7.7 (events), vol 3 part A 3.1 (L2CAP).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from device.btsnoop_att import Attributes
from device.journal import Event, JournalError
from device.link import LinkEvent, LinkState, Packet

MAGIC = b"btsnoop\0"
_H4, _MONITOR = 1002, 2001
_START, _RECORD = struct.Struct(">8sII"), struct.Struct(">IIIIq")
_UNIX_US = 0x00DCDDB30F2F8000  # microseconds from year 0, as btsnoop counts, to 1970
_MOST_BYTES = 0x10000 + 16  # an ACL frame of the greatest length with its header
_EVENT, _ACL = 4, 2  # H4 packet indicators
_MONITOR_KINDS = {3: (_EVENT, True), 4: (_ACL, False), 5: (_ACL, True)}
_DISCONNECTED, _LE_META = 0x05, 0x3E
_CONNECTIONS = (0x01, 0x0A, 0x29)  # LE Connection Complete, Enhanced v1 and v2: the same first ten bytes
_ATT_CHANNEL = 4
_CENTRAL = 0
_REASONS = {
    0x05: "authentication failed",
    0x08: "out of reach",
    0x13: "ended by the tracker",
    0x14: "the tracker is low on resources",
    0x15: "the tracker was switched off",
    0x16: "ended by this host",
    0x22: "the tracker did not answer",
    0x3D: "the encryption does not match",
    0x3E: "could not be established",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """One HCI frame: time in s since the first record, adapter, H4 kind (2 ACL, 4 event), direction, bytes."""

    t_s: float
    adapter: int
    kind: int
    received: bool
    payload: bytes


class Capture:
    """Notifications, connections and losses of a btsnoop file; arrival in s since its first record, never falling.

    A tracker is named by its address, or `connection 0x0040` where the capture began after it had connected; a
    characteristic by its UUID, or `handle 0x0042` where the capture holds no discovery of it (a discovery anywhere in
    the file serves all of it). May be iterated again; `damage` is as in `journal.Journal`.
    """

    def __init__(self, path: Path | str) -> None:
        """Open a capture; JournalError where it cannot be read, is no btsnoop file, or of another data link."""
        self.path = Path(path)
        self.damage = ""
        self.started_unix_s = math.nan
        with self._opened() as file:
            start = file.read(_START.size)
            first = file.read(_RECORD.size)
        if len(start) < _START.size or start[:8] != MAGIC:
            raise JournalError(f"{self.path}: byte 0: this is no btsnoop capture")
        _, version, self._link = _START.unpack(start)
        if version != 1 or self._link not in (_H4, _MONITOR):
            raise JournalError(f"{self.path}: byte 8: btsnoop version {version}, data link {self._link} is not read")
        if len(first) == _RECORD.size:
            self.started_unix_s = (_RECORD.unpack(first)[4] - _UNIX_US) / 1e6

    def _opened(self) -> BinaryIO:
        try:
            return self.path.open("rb")
        except OSError as problem:
            raise JournalError(f"{self.path}: cannot be read: {problem.strerror or problem}") from problem

    def __iter__(self) -> Iterator[Event]:
        """Yield packets and link events up to the first damage; JournalError where the file can no longer be opened."""
        discovery = _Host({})
        for frame in self._frames():
            discovery.feed(frame)
        host = _Host(discovery.names)
        for frame in self._frames():
            yield from host.feed(frame)

    def _frames(self) -> Iterator[Frame]:
        self.damage, at, begun_us, now_s = "", _START.size, None, 0.0
        with self._opened() as file:
            file.seek(at)
            while head := file.read(_RECORD.size):
                _, length, flags, _, stamp_us = _RECORD.unpack(head) if len(head) == _RECORD.size else (0,) * 5
                payload = file.read(length) if length <= _MOST_BYTES else b""
                if len(head) < _RECORD.size or len(payload) < length:
                    what = "the capture is cut in a record" if length <= _MOST_BYTES else f"a record of {length} bytes"
                    self.damage = f"{self.path}: byte {at}: {what}"
                    return
                at += len(head) + length
                begun_us = stamp_us if begun_us is None else begun_us
                now_s = max(now_s, (stamp_us - begun_us) / 1e6)
                frame = _frame(self._link, now_s, flags, payload)
                if frame is not None:
                    yield frame


def _frame(link: int, t_s: float, flags: int, payload: bytes) -> Frame | None:
    """Return the frame of a record; None for what is neither an event nor connection data."""
    if link == _MONITOR:
        kind, received = _MONITOR_KINDS.get(flags & 0xFFFF, (0, False))
        return Frame(t_s, flags >> 16, kind, received, payload) if kind else None
    if payload and payload[0] in (_ACL, _EVENT):
        return Frame(t_s, 0, payload[0], bool(flags & 1), payload[1:])
    return None


@dataclass(slots=True)
class _Connection:
    """One connection: whose, what its handles are, and the frames that are not whole yet, by direction."""

    tracker: str
    attributes: Attributes
    parts: dict[bool, bytearray] = field(default_factory=dict)


class _Host:
    """Follows connections through HCI frames; `names` are the characteristics of each tracker by handle."""

    def __init__(self, names: dict[str, dict[int, str]]) -> None:
        self.names = names
        self._connections: dict[tuple[int, int], _Connection] = {}

    def feed(self, frame: Frame) -> list[Event]:
        """Return what a frame tells; nothing for one that is cut or not ours."""
        if frame.kind == _ACL:
            return self._data(frame)
        code = frame.payload[0] if frame.payload else 0
        if code == _LE_META:
            return self._connected(frame, frame.payload[2:])
        return self._disconnected(frame, frame.payload[2:]) if code == _DISCONNECTED else []

    def _connected(self, frame: Frame, told: bytes) -> list[Event]:
        if len(told) < 12 or told[0] not in _CONNECTIONS or told[1] != 0 or told[4] != _CENTRAL:
            return []
        tracker = ":".join(f"{byte:02X}" for byte in reversed(told[6:12]))
        self._begin(frame, int.from_bytes(told[2:4], "little") & 0xFFF, tracker)
        return [LinkEvent(tracker, LinkState.CONNECTED, frame.t_s)]

    def _begin(self, frame: Frame, handle: int, tracker: str) -> _Connection:
        connection = _Connection(tracker, Attributes(self.names.setdefault(tracker, {})))
        self._connections[frame.adapter, handle] = connection
        return connection

    def _disconnected(self, frame: Frame, told: bytes) -> list[Event]:
        if len(told) < 4 or told[0] != 0:
            return []
        connection = self._connections.pop((frame.adapter, int.from_bytes(told[1:3], "little") & 0xFFF), None)
        if connection is None:
            return []
        cause = f"{_REASONS.get(told[3], 'disconnected')} (0x{told[3]:02X})"
        return [LinkEvent(connection.tracker, LinkState.LOST, frame.t_s, cause)]

    def _data(self, frame: Frame) -> list[Event]:
        if len(frame.payload) < 4:
            return []
        word, length = struct.unpack_from("<HH", frame.payload)
        handle, boundary = word & 0xFFF, word >> 12 & 3
        connection = self._connections.get((frame.adapter, handle))
        if connection is None:
            connection = self._begin(frame, handle, f"connection 0x{handle:04X}")
        whole = _joined(connection.parts, frame.received, boundary == 1, frame.payload[4 : 4 + length])
        if whole is None:
            return []
        return [
            Packet(connection.tracker, name, frame.t_s, value)
            for name, value in connection.attributes.feed(whole, frame.received)
        ]


def _joined(parts: dict[bool, bytearray], received: bool, continues: bool, piece: bytes) -> bytes | None:
    """Return the attribute protocol's bytes when a piece completes its frame; None until then, and for others."""
    if not continues:
        parts[received] = bytearray()
    elif received not in parts:
        return None
    held = parts[received]
    held += piece
    if len(held) < 4 or len(held) < 4 + int.from_bytes(held[:2], "little"):
        return None
    del parts[received]
    length, channel = struct.unpack_from("<HH", held)
    return bytes(held[4 : 4 + length]) if channel == _ATT_CHANNEL else None


def import_btsnoop(path: Path | str) -> Capture:
    """Return the packets and link events of a btsnoop capture, to be iterated; JournalError where it is none."""
    return Capture(path)
