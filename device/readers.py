"""How each kind of payload becomes samples of a session: stamped on arrival, or with the device's own time.

The rule of this file: a reader finds times, losses, repeats and late packets; the ledger decides what is told.
"""

from __future__ import annotations

import dataclasses
from typing import TypeAlias

from device.channel import Channel
from device.clock import DeviceClock
from device.ledger import Ledger
from device.link import Packet
from device.wire import bangle, csc, p8, plausible, quirks
from device.wire.errors import WireError
from device.wire.profiles import Profile
from edge.samples import Columnar, DeviceInfo, Gap, Samples, Stride

LATE_PACKETS = 64

Told: TypeAlias = list[Samples]
_NOBODY = DeviceInfo()


@dataclasses.dataclass(frozen=True, slots=True)
class Who:
    """What a tracker says of itself: device information and the name that it advertises."""

    device: DeviceInfo = _NOBODY
    name: str = ""


def as_meant(who: Who, samples: tuple[Columnar, ...]) -> tuple[Columnar, ...]:
    """Return samples of a listed tracker as it means them, all others as they are."""
    meant = bangle.corrected(samples, who.name or who.device.model)
    if not quirks.counts_steps(who.device, who.name):
        return meant
    return tuple(
        dataclasses.replace(one, cadence_spm=0.5 * one.cadence_spm) if isinstance(one, Stride) else one for one in meant
    )


class ArrivalReader:
    """Characteristics without device time; what two payloads say together (cycling) is remembered."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._cycling: dict[str, csc.CscStream] = {}

    def read(self, packet: Packet, key: str, reader: Profile, who: Who) -> Told:
        """Return what a payload brings, its rows at its arrival."""
        ledger = self._ledger
        channel = ledger.channel(packet.tracker, key, reader.steady)
        if channel.repeats(packet.arrival_s, packet.payload):
            ledger.counts.duplicates += 1
            return []
        t_s = packet.arrival_s - ledger.start_s
        try:
            measurement = reader.parse(packet.payload)
            found = self._samples(packet, key, reader, measurement, t_s)
        except WireError as problem:
            return [*ledger.malformed(packet.tracker, key, [channel], t_s, str(problem))]
        ledger.well_formed(packet.tracker, key)
        ended = ledger.heard(channel, packet, t_s)
        quarantine = ledger.quarantine(packet.tracker, key)
        return [
            *ended,
            *ledger.tell(channel, as_meant(who, found), reader.doubts(measurement), t_s, quarantine=quarantine),
        ]

    def _samples(
        self, packet: Packet, key: str, reader: Profile, measurement: object, t_s: float
    ) -> tuple[Columnar, ...]:
        if key == csc.UUID:
            return self._cycling.setdefault(packet.tracker, csc.CscStream()).feed(packet.payload, t_s)
        return reader.samples(measurement, t_s)

    def save(self) -> dict[str, object]:
        """Return the state as JSON can hold it."""
        return {tracker: stream.save() for tracker, stream in self._cycling.items()}

    def restore(self, saved: dict[str, list[float]]) -> None:
        """Take up the state that `save` described."""
        self._cycling = {tracker: csc.CscStream.restore(tuple(row)) for tracker, row in saved.items()}


class Clocks:
    """The device clocks of a session, one for each tracker and profile."""

    def __init__(self) -> None:
        self._clocks: dict[str, DeviceClock] = {}

    def of(self, tracker: str, profile: str) -> DeviceClock:
        """Return the clock that a tracker stamps a profile's packets with."""
        return self._clocks.setdefault(f"{tracker}/{profile}", DeviceClock())

    def save(self) -> dict[str, str]:
        """Return the state as JSON can hold it."""
        return {name: clock.save() for name, clock in self._clocks.items()}

    def restore(self, saved: dict[str, str]) -> None:
        """Take up the state that `save` described."""
        self._clocks = {name: DeviceClock.restore(text) for name, text in saved.items()}


# ── the open tracker: numbered packets with the device's time ──────────────────────────────────────────────────


class OpenTrackerReader:
    """P8: a loss is a hole in the numbers."""

    def __init__(self, ledger: Ledger, clocks: Clocks) -> None:
        self._ledger, self._clocks = ledger, clocks

    def read(self, packet: Packet) -> Told:
        """Return what a data packet brings."""
        ledger, tracker = self._ledger, packet.tracker
        try:
            data = p8.parse(packet.payload)
        except WireError as problem:
            ledger.malformed(tracker, "P8", [], 0.0, str(problem))
            ledger.spoiled[tracker] = f"malformed: {problem}"
            return []
        ledger.well_formed(tracker, "P8")
        channel = ledger.channel(tracker, f"P8.{data.stream}", True)
        if channel.seen(data.seq, data.device_us):
            ledger.counts.duplicates += 1
            return []
        return self._numbered(channel, packet, data)

    def _numbered(self, channel: Channel, packet: Packet, data: p8.DataPacket) -> Told:
        ledger = self._ledger
        ahead = (data.seq - channel.seq) & 0xFFFF if channel.seq >= 0 else 1
        restarted = bool(data.flags & p8.RESTARTED)
        late = 0x10000 - ahead <= LATE_PACKETS and not restarted
        renumbered = ahead >= 0x8000 and not late
        jumped = False
        clock = self._clocks.of(packet.tracker, "P8")
        if late:
            ledger.counts.late += 1
        else:
            jumped = clock.update(data.last_row_s, packet.arrival_s)
            channel.seq = data.seq
        t_s = clock.host_s(data.device_us * 1e-6 + data.offsets_s()) - ledger.start_s
        gaps = ledger.heard(channel, packet, max(0.0, float(t_s[0])))
        if not gaps and not late:
            renewed = jumped or renumbered or (restarted and ahead != 1)
            gaps = self._missing(channel, data, ahead, renewed, float(t_s[0]))
        doubts = plausible.location_doubts(p8.position(data)[0]) if data.stream == p8.POSITION else ()
        quarantine = ledger.quarantine(packet.tracker, "P8")
        found = p8.samples(data, t_s)
        return [*gaps, *ledger.tell(channel, found, doubts, float(t_s[-1]), late=late, quarantine=quarantine)]

    def _missing(self, channel: Channel, data: p8.DataPacket, ahead: int, renewed: bool, t_s: float) -> list[Gap]:
        """Return the gaps before a numbered packet when numbers are missing or the device's clock began anew."""
        spoiled = self._ledger.spoiled.pop(channel.tracker, "")
        if renewed:
            cause = "the device's clock began anew"
        elif ahead > 1:
            self._ledger.counts.lost += ahead - 1
            cause = f"{ahead - 1} packets lost before number {data.seq}" + (f" ({spoiled})" if spoiled else "")
        elif data.flags & p8.OVERFLOWED:
            cause = "the device's own buffer overflowed"
        else:
            return []
        return [self._ledger.gap(name, max(0.0, t_s), cause) for name in self._ledger.owned(channel)]
