"""What a capture tells of a tracker: its table, its answers, and what it sent when.

The rule of this file: only what was seen is claimed; a notification whose characteristic the capture does not show is
an error that says how to name it. Source: Bluetooth Core 5.4, vol 3 part F 3.4 (ATT packets), part G 4 (procedures).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hardware_sim.btsnoop.air import Connection, Said
from hardware_sim.peripheral import CCCD, Characteristic, Descriptor, Service, full_uuid

_PRIMARY, _CHARACTERISTIC = "2800", "2803"
PROPERTIES = (
    (0x01, "broadcast"), (0x02, "read"), (0x04, "write-without-response"), (0x08, "write"), (0x10, "notify"),
    (0x20, "indicate"), (0x40, "authenticated-signed-writes"),
)  # fmt: skip
_UNNAMED = "FFF0"


@dataclass(frozen=True, slots=True)
class Note:
    """One notification or indication: when (Unix time in s), at which value handle, the bytes."""

    unix_s: float
    handle: int
    payload: bytes


@dataclass(slots=True)
class Exchange:
    """One value that was written, the code of its refusal (0: accepted), and what came back on the same handle."""

    handle: int
    value: bytes
    refused: int = 0
    replies: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class Session:
    """One connection: when something was first subscribed to (or first sent), what came, what was written."""

    begun_s: float | None = None
    notes: list[Note] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)


class Seen:
    """Everything that a tracker's connections show; feed them in order."""

    def __init__(self, uuids: Mapping[int, str] | None = None) -> None:
        self.services: dict[int, str] = {}
        self.characteristics: dict[int, tuple[int, int, str]] = {}
        """Handle of the declaration -> properties, handle of the value, UUID."""
        self.descriptors: dict[int, str] = {}
        self.values: dict[int, list[bytes]] = {}
        self.refusals: dict[int, int] = {}
        self.sessions: list[Session] = []
        self.mtu = 23
        self._uuids = {handle: full_uuid(uuid) for handle, uuid in (uuids or {}).items()}
        self._asked = b""

    def feed(self, connection: Connection) -> None:
        """Take one connection."""
        self.sessions.append(Session())
        self._asked = b""
        for said in connection.said:
            (self._answered if said.by_tracker else self._requested)(said)

    # ── the host ───────────────────────────────────────────────────────────────────────────────────────────────

    def _requested(self, said: Said) -> None:
        pdu, session = said.pdu, self.sessions[-1]
        if pdu[0] & 0x40 == 0 and pdu[0] != 0x1E:
            self._asked = pdu
        if pdu[0] in (0x12, 0x52) and len(pdu) >= 3:
            session.exchanges.append(Exchange(_u16(pdu, 1), pdu[3:]))
            if len(pdu) == 5 and pdu[3] & 3 and session.begun_s is None:
                session.begun_s = said.unix_s

    # ── the tracker ────────────────────────────────────────────────────────────────────────────────────────────

    def _answered(self, said: Said) -> None:
        pdu, asked = said.pdu, self._asked
        code = pdu[0]
        if code in (0x1B, 0x1D) and len(pdu) >= 3:
            self._noted(Note(said.unix_s, _u16(pdu, 1), pdu[3:]))
        elif code == 0x01 and len(pdu) >= 5:
            self._refused(pdu[1], _u16(pdu, 2), pdu[4])
        elif code == 0x03 and len(pdu) >= 3 and len(asked) >= 3:
            self.mtu = max(23, min(_u16(pdu, 1), _u16(asked, 1)))
        elif code == 0x11 and len(pdu) >= 2:
            for entry in _entries(pdu, 6):
                self.services[_u16(entry, 0)] = _uuid(entry[4:])
        elif code == 0x07 and len(asked) >= 9 and _u16(asked, 5) == 0x2800:
            for place in range(1, len(pdu) - 3, 4):
                self.services[_u16(pdu, place)] = _uuid(asked[7:])
        elif code == 0x09:
            self._read_by_type(_entries(pdu, 2), _uuid(asked[5:]) if len(asked) >= 7 else "")
        elif code == 0x05 and len(pdu) >= 2:
            size = 4 if pdu[1] == 1 else 18
            for place in range(2, len(pdu) - size + 1, size):
                self.descriptors[_u16(pdu, place)] = _uuid(pdu[place + 2 : place + size])
        elif code in (0x0B, 0x0D) and len(asked) >= 3:
            self._read(_u16(asked, 1), pdu[1:], goes_on=code == 0x0D and len(asked) >= 5 and _u16(asked, 3) > 0)

    def _read_by_type(self, entries: Sequence[bytes], asked: str) -> None:
        for entry in entries:
            if asked == full_uuid(_CHARACTERISTIC) and len(entry) >= 7:
                self.characteristics[_u16(entry, 0)] = (entry[2], _u16(entry, 3), _uuid(entry[5:]))
            elif asked != full_uuid(_CHARACTERISTIC):
                self._read(_u16(entry, 0), entry[2:], goes_on=False)

    def _read(self, handle: int, value: bytes, *, goes_on: bool) -> None:
        there = self.values.setdefault(handle, [])
        if goes_on and there:
            there[-1] += value
        else:
            there.append(value)

    def _refused(self, request: int, handle: int, code: int) -> None:
        if request == 0x0A:
            self.refusals[handle] = code
        exchanges = self.sessions[-1].exchanges
        if request == 0x12 and exchanges and exchanges[-1].handle == handle:
            exchanges[-1].refused = code

    def _noted(self, note: Note) -> None:
        session = self.sessions[-1]
        if session.begun_s is None:
            session.begun_s = note.unix_s
        asked = next((e for e in reversed(session.exchanges) if e.handle == note.handle), None)
        if asked is not None:
            asked.replies.append(note.payload)
        else:
            session.notes.append(note)

    # ── the table ──────────────────────────────────────────────────────────────────────────────────────────────

    def table(self) -> tuple[Service, ...]:
        """Return the services with every handle as seen; ValueError naming handles that the capture does not name."""
        found = {value: (declared, bits, uuid) for declared, (bits, value, uuid) in self.characteristics.items()}
        for handle, uuid in self._uuids.items():
            found.setdefault(handle, (handle - 1, self._guessed(handle), uuid))
        unknown = sorted({note.handle for s in self.sessions for note in s.notes} - set(found))
        if unknown:
            names = ", ".join(f"0x{handle:04x}" for handle in unknown)
            raise ValueError(
                f"the capture does not show which characteristic has handle {names} (the host knew the table "
                f"already); name it with uuids={{0x{unknown[0]:x}: '2A37'}}, or capture the first connection"
            )
        starts = sorted(self.services)
        grouped: dict[int, list[Characteristic]] = {start: [] for start in starts}
        values = sorted(found)
        for place, value in enumerate(values):
            declared, bits, uuid = found[value]
            end = found[values[place + 1]][0] if place + 1 < len(values) else 0x10000
            start = max((s for s in starts if s < declared), default=0)
            grouped.setdefault(start, []).append(self._characteristic(declared, bits, uuid, value, end))
        named = {0: full_uuid(_UNNAMED), **self.services}
        return tuple(Service(named[start], tuple(grouped[start]), start or 1) for start in sorted(grouped))

    def _characteristic(self, declared: int, bits: int, uuid: str, value: int, end: int) -> Characteristic:
        own = [(h, u) for h, u in sorted(self.descriptors.items()) if value < h < end and u != full_uuid(CCCD)]
        read = {h: self.values.get(h, [b""])[0] for h, _ in own}
        return Characteristic(
            uuid,
            tuple(name for bit, name in PROPERTIES if bits & bit),
            self.values.get(value, [b""])[0],
            descriptors=tuple(Descriptor(u, read[h], h) for h, u in own if h not in self.services),
            handle=declared,
        )

    def _guessed(self, handle: int) -> int:
        """Return the properties that a handle must have, from what was done with it."""
        bits = 0x02 if handle in self.values else 0
        for session in self.sessions:
            bits |= 0x08 if any(e.handle == handle for e in session.exchanges) else 0
            bits |= 0x10 if any(n.handle == handle for n in session.notes) else 0
        return bits


def _u16(content: bytes, place: int) -> int:
    return int.from_bytes(content[place : place + 2], "little")


def _entries(pdu: bytes, least: int) -> list[bytes]:
    """Return the entries of a list of equal parts whose size stands in front, none shorter than `least`."""
    size = pdu[1] if len(pdu) > 1 else 0
    return [pdu[p : p + size] for p in range(2, len(pdu) - size + 1, size)] if size >= least else []


def _uuid(little_endian: bytes) -> str:
    """Return a UUID of 2, 4 or 16 bytes in its full form."""
    text = little_endian[::-1].hex()
    if len(text) != 32:
        return full_uuid(text)
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
