"""The air of a radio as HCI packets: connections, discovery of the table, requests, answers, notifications.

The rule of this file: it tells what the transcript tells and invents nothing but the discovery that every host makes;
a request and its answer bear the same instant, the answer's. Sources as in `air` and `table`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Protocol

from hardware_sim.btsnoop.file import ACL, EVENT, Packet
from hardware_sim.btsnoop.table import PROPERTIES
from hardware_sim.peripheral import CCCD, Characteristic, Peripheral, Service, full_uuid
from hardware_sim.transcript import Line, Transcript

_SIG_TAIL = full_uuid("0000")[4:]
_FIRST_HANDLE = 0x0040


class Recorded(Protocol):
    """A radio with a transcript of what went over its air."""

    @property
    def peripherals(self) -> Sequence[Peripheral]: ...

    @property
    def transcript(self) -> Transcript: ...


def packets_of(radio: Recorded, begun_unix_s: float) -> Iterator[Packet]:
    """Yield the packets of everything that a radio's transcript still holds, in order."""
    talks = {one.name: _Talk(one, _FIRST_HANDLE + place) for place, one in enumerate(radio.peripherals)}
    for talk in talks.values():
        yield from talk.at(begun_unix_s).advertised()
    lines = list(radio.transcript.lines())
    for place, line in enumerate(lines):
        if line.tracker in talks:
            answers = (
                one for one in lines[place + 1 : place + 20] if one.tracker == line.tracker and one.what != "notify"
            )
            yield from talks[line.tracker].at(begun_unix_s + line.t_s).said(line, _refusal(next(answers, None)))


def _refusal(line: Line | None) -> int:
    """Return the code of a refusal, 0 where a line is none."""
    return int(line.what.split()[1], 16) if line is not None and line.what.startswith("refused ") else 0


class _Talk:
    """What is said with one tracker."""

    def __init__(self, one: Peripheral, handle: int) -> None:
        self._one, self._handle = one, handle
        self._unix_s = 0.0

    def at(self, unix_s: float) -> _Talk:
        """Set the instant of what comes next."""
        self._unix_s = unix_s
        return self

    def advertised(self) -> Iterator[Packet]:
        """Yield an advertisement with the services and a scan response with the name."""
        all_uuids = [_uuid(one) for one in self._one.advertised.services]
        content = b"".join(
            _field(kind, b"".join(uuids))
            for kind, size in ((0x03, 2), (0x07, 16))
            if (uuids := [one for one in all_uuids if len(one) == size])
        )
        name = _field(0x09, (self._one.advertised.name or self._one.name).encode())
        for kind, fields in ((0, content), (4, name)):
            report = bytes([0x02, 1, kind, 1]) + self._address() + bytes([len(fields)]) + fields + b"\xc4"
            yield self._event(0x3E, report)

    def said(self, line: Line, refused: int) -> Iterator[Packet]:
        """Yield the packets of one line of the transcript; `refused` is the code of a refusal that follows it."""
        if line.what == "connected":
            yield self._event(0x3E, struct.pack("<BBHBB", 1, 0, self._handle, 0, 1) + self._address() + bytes(7))
            yield from self._discovery()
        elif line.what.startswith("disconnected"):
            yield self._event(0x05, struct.pack("<BHB", 0, self._handle, 0x13))
        elif line.uuid and (one := self._find(line.uuid)) is not None:
            yield from self._about(line, one, refused)

    def _about(self, line: Line, one: Characteristic, refused: int) -> Iterator[Packet]:
        value = one.handle + 1
        bit = 1 if "notify" in one.properties else 2
        if line.what == "read":
            yield from self._ask(struct.pack("<BH", 0x0A, value), b"\x0b" + line.payload)
        elif line.what == "write":
            answer = struct.pack("<BBHB", 0x01, 0x12, value, refused) if refused else b"\x13"
            yield from self._ask(struct.pack("<BH", 0x12, value) + line.payload, answer)
        elif line.what == "command":
            yield self._att(False, struct.pack("<BH", 0x52, value) + line.payload)
        elif line.what in ("subscribe", "unsubscribe"):
            on = bit if line.what == "subscribe" else 0
            yield from self._ask(struct.pack("<BHH", 0x12, value + 1, on), b"\x13")
        elif line.what == "notify":
            yield self._att(True, struct.pack("<BH", 0x1B if bit == 1 else 0x1D, value) + line.payload)

    # ── discovery ──────────────────────────────────────────────────────────────────────────────────────────────

    def _discovery(self) -> Iterator[Packet]:
        mtu = self._one.mtu
        yield from self._ask(struct.pack("<BH", 0x02, mtu), struct.pack("<BH", 0x03, mtu))
        services = self._one.services
        for place, one in enumerate(services):
            end = services[place + 1].handle - 1 if place + 1 < len(services) else 0xFFFF
            entry = struct.pack("<HH", one.handle, end) + _uuid(one.uuid)
            asked = struct.pack("<BHHH", 0x10, one.handle, 0xFFFF, 0x2800)
            yield from self._ask(asked, bytes([0x11, len(entry)]) + entry)
        for one in services:
            yield from self._characteristics(one)

    def _characteristics(self, service: Service) -> Iterator[Packet]:
        for one in service.characteristics:
            bits = sum(bit for bit, name in PROPERTIES if name in one.properties)
            entry = struct.pack("<HBH", one.handle, bits, one.handle + 1) + _uuid(one.uuid)
            asked = struct.pack("<BHHH", 0x08, one.handle, 0xFFFF, 0x2803)
            yield from self._ask(asked, bytes([0x09, len(entry)]) + entry)
            own = [(one.handle + 2, CCCD)] if one.notifies else []
            for handle, uuid in [*own, *((d.handle, d.uuid) for d in one.descriptors)]:
                short = _uuid(uuid)
                answer = bytes([0x05, 1 if len(short) == 2 else 2]) + struct.pack("<H", handle) + short
                yield from self._ask(struct.pack("<BHH", 0x04, handle, handle), answer)

    # ── frames ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _find(self, uuid: str) -> Characteristic | None:
        found: Sequence[Characteristic] = [
            one for each in self._one.services for one in each.characteristics if one.uuid == uuid
        ]
        return found[0] if found else None

    def _ask(self, request: bytes, answer: bytes) -> Iterator[Packet]:
        yield self._att(False, request)
        yield self._att(True, answer)

    def _att(self, by_tracker: bool, pdu: bytes) -> Packet:
        frame = struct.pack("<HH", len(pdu), 4) + pdu
        word = self._handle | (0x2000 if by_tracker else 0)
        return Packet(self._unix_s, by_tracker, ACL, struct.pack("<HH", word, len(frame)) + frame)

    def _event(self, code: int, about: bytes) -> Packet:
        return Packet(self._unix_s, True, EVENT, bytes([code, len(about)]) + about)

    def _address(self) -> bytes:
        return bytes.fromhex(self._one.address.replace(":", ""))[::-1]


def _field(kind: int, content: bytes) -> bytes:
    return bytes([1 + len(content), kind]) + content


def _uuid(text: str) -> bytes:
    """Return a UUID as it goes over the air: 2 bytes where the SIG gave it, 16 otherwise."""
    full = full_uuid(text)
    if full.startswith("0000") and full.endswith(_SIG_TAIL[4:]):
        return bytes.fromhex(full[4:8])[::-1]
    return bytes.fromhex(full.replace("-", ""))[::-1]
