"""How each kind of payload becomes samples of a session: stamped on arrival, or with the device's own time.

The rule of this file: a reader finds times, losses, repeats and late packets; the ledger decides what is told.
"""

from __future__ import annotations

import dataclasses
import math
from typing import TypeAlias

from device.channel import Channel
from device.clock import DeviceClock
from device.ledger import Ledger
from device.link import Packet
from device.wire import bangle, csc, heart_rate, location, p8, plausible, quirks, running
from device.wire.errors import WireError
from device.wire.profiles import Profile
from edge.samples import Columnar, DeviceInfo, Gap, Samples, Stride

LATE_PACKETS = 64
#: A frame whose time is at most so far behind the newest, in s, is late; farther behind, the clock was set back.
LATE_S = 5.0
_BEHIND_S = 0.4
_LEAST_STEP_S = 1e-3
_FROZEN_AFTER = 4

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
        t_s = after(packet.arrival_s - ledger.start_s, channel.device_s)
        try:
            measurement = reader.parse(packet.payload)
            found = self._samples(packet, key, reader, measurement, t_s)
        except WireError as problem:
            return [*ledger.malformed(packet.tracker, key, t_s, str(problem), channel, *reader.streams)]
        ledger.well_formed(packet.tracker, key)
        channel.device_s = t_s
        ended = [*ledger.hole(channel, packet, t_s), *ledger.heard(channel, packet, t_s)]
        doubts = (*reader.doubts(measurement), *_frozen(channel, reader, measurement))
        quarantine = ledger.quarantine(packet.tracker, key)
        return [*ended, *ledger.tell(channel, as_meant(who, found), doubts, t_s, quarantine=quarantine)]

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


def after(t_s: float, before_s: float) -> float:
    """Return an arrival's time on the session's line in s: later than the one before also where the clock is coarse."""
    return t_s if math.isnan(before_s) else max(t_s, before_s + _LEAST_STEP_S)


def _frozen(channel: Channel, reader: Profile, measurement: object) -> tuple[plausible.Doubt, ...]:
    """Return doubts about values that cannot stay the same to the last bit, and do."""
    if channel.same < _FROZEN_AFTER or not _moves(measurement):
        return ()
    return tuple(plausible.Doubt(name, f"frozen: the same values {channel.same + 1} times") for name in reader.streams)


def _moves(measurement: object) -> bool:
    """Return whether a measurement of a living, moving person differs from the next one: beats, distance, place."""
    if isinstance(measurement, heart_rate.HeartRateMeasurement):
        return bool(measurement.rr_s)
    if isinstance(measurement, running.RunningMeasurement):
        return measurement.speed_m_s > 0.0 and not math.isnan(measurement.distance_m)
    return isinstance(measurement, location.LocationMeasurement) and measurement.speed_m_s > 0.5


class Clocks:
    """The device clocks of a session, one for each tracker and profile."""

    def __init__(self) -> None:
        self._clocks: dict[str, DeviceClock] = {}
        self._lead_s: dict[str, float] = {}

    def follow(self, profile: str, channel: Channel, last_s: float, arrival_s: float) -> bool:
        """Take a packet whose last row is at a device time in s; True when the device's clock began anew.

        A stream whose packets end before those of another stream of the same clock only has its times mapped.
        """
        name, own_s = f"{channel.tracker}/{profile}", last_s - channel.device_s
        behind_s = self._lead_s.get(name, -math.inf) - last_s
        channel.device_s = last_s
        if behind_s > _BEHIND_S and (own_s >= 0.0 or (math.isnan(own_s) and behind_s < LATE_S)):
            return False
        jumped = self.of(channel.tracker, profile).update(last_s, arrival_s)
        self._lead_s[name] = last_s if jumped else max(last_s, self._lead_s.get(name, -math.inf))
        return jumped

    def of(self, tracker: str, profile: str) -> DeviceClock:
        """Return the clock that a tracker stamps a profile's packets with."""
        return self._clocks.setdefault(f"{tracker}/{profile}", DeviceClock())

    def save(self) -> dict[str, tuple[str, float]]:
        """Return the state as JSON can hold it."""
        return {name: (clock.save(), self._lead_s.get(name, -math.inf)) for name, clock in self._clocks.items()}

    def restore(self, saved: dict[str, tuple[str, float]]) -> None:
        """Take up the state that `save` described."""
        self._clocks = {name: DeviceClock.restore(text) for name, (text, _) in saved.items()}
        self._lead_s = {name: lead_s for name, (_, lead_s) in saved.items()}


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
            ledger.malformed(tracker, "P8", 0.0, str(problem))
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
            jumped = self._clocks.follow("P8", channel, data.last_row_s, packet.arrival_s)
            channel.seq = data.seq
        t_s = clock.host_s(data.device_us * 1e-6 + data.offsets_s()) - ledger.start_s
        channel.holds(data.rows * data.spacing_us * 1e-6)
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
