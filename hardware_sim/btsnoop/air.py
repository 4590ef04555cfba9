"""From HCI packets to what two ends of a connection said to each other in the Attribute Protocol.

The rule of this file: it puts fragments together and knows who is who, and leaves the meaning to `table`.
Sources: Bluetooth Core 5.4, vol 4 part E (5.4 packets, 7.7.5 and 7.7.65 events), vol 3 part A 3.1 (L2CAP frames),
vol 3 part C 11 (advertising data).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from hardware_sim.btsnoop.file import ACL, EVENT, Packet

_ATT_CHANNEL = 4
_DISCONNECTED, _LE = 0x05, 0x3E
_CONNECTED = (0x01, 0x0A, 0x29)
_ADVERTISED, _ADVERTISED_EXTENDED = 0x02, 0x0D


@dataclass(frozen=True, slots=True)
class Said:
    """One ATT packet: when (Unix time in s), who sent it, its bytes."""

    unix_s: float
    by_tracker: bool
    pdu: bytes


@dataclass(slots=True)
class Connection:
    """One connection; the address is empty where the capture began in the middle of it."""

    address: str
    begun_s: float
    said: list[Said] = field(default_factory=list)
    ended_s: float | None = None


class Air:
    """What a capture shows: connections in order of their begin, and advertising data by address."""

    def __init__(self, packets: Iterable[Packet]) -> None:
        self.connections: list[Connection] = []
        self.advertised: dict[str, dict[int, bytes]] = {}
        """Address -> type of advertising data -> the value that was seen last."""
        self._open: dict[int, Connection] = {}
        self._parts: dict[tuple[int, bool], bytes] = {}
        for packet in packets:
            if packet.kind == EVENT:
                self._event(packet)
            elif packet.kind == ACL:
                self._fragment(packet)

    # ── events ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _event(self, packet: Packet) -> None:
        code, about = packet.payload[:1], packet.payload[2:]
        if code == bytes([_DISCONNECTED]) and len(about) >= 3 and about[0] == 0:
            handle = int.from_bytes(about[1:3], "little") & 0x0FFF
            if (gone := self._open.pop(handle, None)) is not None:
                gone.ended_s = packet.unix_s
        elif code == bytes([_LE]) and about:
            self._le_event(packet.unix_s, about[0], about[1:])

    def _le_event(self, unix_s: float, kind: int, about: bytes) -> None:
        if kind in _CONNECTED and len(about) >= 11 and about[0] == 0:
            handle = int.from_bytes(about[1:3], "little") & 0x0FFF
            self._begin(handle, _address(about[5:11]), unix_s)
        elif kind == _ADVERTISED and about:
            self._reports(about[1:], about[0], 9, lambda head: (head[2:8], head[8]), trailer=1)
        elif kind == _ADVERTISED_EXTENDED and about:
            self._reports(about[1:], about[0], 24, lambda head: (head[3:9], head[23]), trailer=0)

    def _reports(
        self, rest: bytes, count: int, head: int, parts: Callable[[bytes], tuple[bytes, int]], trailer: int
    ) -> None:
        for _ in range(count):
            if len(rest) < head:
                return
            address, length = parts(rest[:head])
            self._advert(_address(address), rest[head : head + length])
            rest = rest[head + length + trailer :]

    def _advert(self, address: str, content: bytes) -> None:
        seen = self.advertised.setdefault(address, {})
        while len(content) >= 2 and content[0]:
            length = content[0]
            seen[content[1]] = content[2 : 1 + length]
            content = content[1 + length :]

    def _begin(self, handle: int, address: str, unix_s: float) -> Connection:
        one = Connection(address, unix_s)
        self.connections.append(one)
        self._open[handle] = one
        for by_tracker in (False, True):
            self._parts.pop((handle, by_tracker), None)
        return one

    # ── data ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _fragment(self, packet: Packet) -> None:
        if len(packet.payload) < 4:
            return
        word, key_length = int.from_bytes(packet.payload[:2], "little"), int.from_bytes(packet.payload[2:4], "little")
        handle, continues = word & 0x0FFF, (word >> 12) & 3 == 1
        key = (handle, packet.received)
        part = packet.payload[4 : 4 + key_length]
        whole = (self._parts.pop(key, b"") if continues else b"") + part
        length = int.from_bytes(whole[:2], "little")
        if len(whole) < 4 + length:
            self._parts[key] = whole
            return
        if int.from_bytes(whole[2:4], "little") == _ATT_CHANNEL and length:
            one = self._open.get(handle) or self._begin(handle, "", packet.unix_s)
            one.said.append(Said(packet.unix_s, packet.received, whole[4 : 4 + length]))


def _address(little_endian: bytes) -> str:
    return ":".join(f"{byte:02X}" for byte in reversed(little_endian))
