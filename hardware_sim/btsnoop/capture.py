"""A capture from the field as a tracker, so that what went wrong there becomes a test; and a radio's air as a capture.

The rule of this file: the tracker that was captured has the table, the answers and the notifications that the capture
shows, each notification as long after the first subscription as it came then; nothing is made up.

    strap = peripheral_from_capture("btsnoop_hci.log")
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from hardware_sim.btsnoop.air import Air
from hardware_sim.btsnoop.file import read_packets, write_packets
from hardware_sim.btsnoop.said import Recorded, packets_of
from hardware_sim.btsnoop.table import Exchange, Note, Seen, Session
from hardware_sim.peripheral import (
    Advertised,
    AttError,
    Characteristic,
    Descriptor,
    Peripheral,
    Sent,
    Service,
    full_uuid,
)

_NAMES, _UUIDS_16, _UUIDS_128, _MAKER, _SERVICE_DATA = (0x09, 0x08), (0x03, 0x02), (0x07, 0x06), 0xFF, 0x16


class CapturedTracker(Peripheral):
    """A tracker that does again what it was seen to do: the first connection first, then the next, then from the front.

    What came on a characteristic that was also written to is an answer, and comes when the same is written again.
    Reading gives the values that were read then, in their order, the last of them for ever.
    """

    def __init__(self, name: str, address: str | None, services: tuple[Service, ...], seen: Seen, ads: Advertised):
        every: list[Service | Characteristic | Descriptor] = [*services]
        for characteristic in (c for one in services for c in one.characteristics):
            every += [characteristic, *characteristic.descriptors]
        handles = [(one, one.handle) for one in every]
        super().__init__(name, services, address=address, advertised=ads, mtu=seen.mtu)
        for one, handle in handles:  # as captured, not as numbered
            one.handle = handle
        values = seen.characteristics
        self._at = {values[c.handle][1] if c.handle in values else c.handle + 1: c for c in self._characteristics()}
        self._seen = seen
        self._reads = {handle: iter(list(read)) for handle, read in seen.values.items()}
        self._sessions = [session for session in seen.sessions if session.notes or session.exchanges] or [Session()]
        self._links = -1
        self._begun = self._waits = False
        self._due: Iterator[Sent] = iter(())
        self._next: Sent | None = None
        self._exchanges: list[Exchange] = []

    def _characteristics(self) -> Iterator[Characteristic]:
        return (one for each in self.services for one in each.characteristics)

    def _value_handle(self, characteristic: Characteristic) -> int:
        return next(handle for handle, one in self._at.items() if one is characteristic)

    def read(self, characteristic: Characteristic, now_s: float) -> bytes:
        handle = self._value_handle(characteristic)
        if handle in self._seen.refusals and handle not in self._seen.values:
            raise AttError(self._seen.refusals[handle])
        characteristic.value = next(self._reads.get(handle, iter(())), characteristic.value)
        return characteristic.value

    def write(self, characteristic: Characteristic, value: bytes, now_s: float) -> None:
        handle = self._value_handle(characteristic)
        same = [one for one in self._exchanges if (one.handle, one.value) == (handle, value)]
        if not same:
            return
        if len(same) > 1:
            self._exchanges.remove(same[0])
        if same[0].refused:
            raise AttError(same[0].refused)
        for reply in same[0].replies:
            self.send(characteristic.uuid, reply)

    def linked(self, now_s: float) -> None:
        self._links += 1
        session = self._sessions[self._links % len(self._sessions)]
        self._exchanges = list(session.exchanges)
        self._begun, self._waits, self._next = False, False, None

    def subscribed(self, characteristic: Characteristic, on: bool, now_s: float) -> None:
        if on and not self._begun:
            self._begun = self._waits = True

    def packets(self, from_s: float, to_s: float) -> Iterable[Sent]:
        if self._waits:
            self._begin(from_s)
        sent = []
        while self._next is not None and self._next.t_s < to_s:
            sent.append(self._next)
            self._next = next(self._due, None)
        return sent

    def _begin(self, at_s: float) -> None:
        session = self._sessions[self._links % len(self._sessions)]
        begun_s = session.begun_s or 0.0
        notes: list[Note] = sorted(session.notes, key=lambda note: note.unix_s)
        self._due = (Sent(at_s + max(0.0, n.unix_s - begun_s), self._at[n.handle], n.payload) for n in notes)
        self._next = next(self._due, None)
        self._waits = False


def peripheral_from_capture(
    path: str | os.PathLike[str], *, address: str = "", uuids: Mapping[int, str] | None = None
) -> CapturedTracker:
    """Return the tracker of a btsnoop capture as a peripheral; the one with an address where there are several.

    `uuids` names characteristics by the handle of their value where the capture does not show the discovery. ValueError
    where the file is no capture, shows no or several trackers, or does not say what a notification belongs to.
    """
    air = Air(read_packets(Path(path).read_bytes()))
    there = list(dict.fromkeys(one.address for one in air.connections if one.said))
    if address:
        there = [one for one in there if one == address.upper()]
    if len(there) != 1:
        raise ValueError(
            f"the capture has no connection{f' with {address}' if address else ''}" if not there
            else f"the capture has several trackers; choose one with address=: {', '.join(there)}"
        )  # fmt: skip
    seen = Seen(uuids)
    for connection in air.connections:
        if connection.address == there[0]:
            seen.feed(connection)
    advertised, name = _advertised(air.advertised.get(there[0], {}))
    services = seen.table()
    if not advertised.services:
        advertised = Advertised(tuple(one.uuid for one in services))
    return CapturedTracker(name or _device_name(seen) or "captured", there[0] or None, services, seen, advertised)


def write_capture(path: str | os.PathLike[str], radio: Recorded, *, begun_unix_s: float = 0.0) -> None:
    """Write what went over a radio's air as a btsnoop capture (H4), which Wireshark opens.

    It holds what the transcript still holds; `begun_unix_s` is the Unix time of the radio's start in s.
    """
    write_packets(Path(path), packets_of(radio, begun_unix_s))


def _advertised(seen: Mapping[int, bytes]) -> tuple[Advertised, str]:
    short = [seen[kind][p : p + 2] for kind in _UUIDS_16 if kind in seen for p in range(0, len(seen[kind]) - 1, 2)]
    long = [seen[kind][p : p + 16] for kind in _UUIDS_128 if kind in seen for p in range(0, len(seen[kind]) - 15, 16)]
    maker, about = seen.get(_MAKER, b""), seen.get(_SERVICE_DATA, b"")
    name = next((seen[kind].decode(errors="replace") for kind in _NAMES if kind in seen), "")
    return (
        Advertised(
            tuple(full_uuid(one[::-1].hex()) if len(one) == 2 else _spelt(one) for one in (*short, *long)),
            {int.from_bytes(maker[:2], "little"): maker[2:]} if len(maker) >= 2 else {},
            {full_uuid(about[1::-1].hex()): about[2:]} if len(about) >= 2 else {},
        ),
        name,
    )


def _spelt(little_endian: bytes) -> str:
    text = little_endian[::-1].hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def _device_name(seen: Seen) -> str:
    """Return the value of the characteristic Device Name (0x2A00) where it was read."""
    for declared in seen.characteristics.values():
        if declared[2] == full_uuid("2A00") and seen.values.get(declared[1]):
            return seen.values[declared[1]][0].decode(errors="replace")
    return ""
