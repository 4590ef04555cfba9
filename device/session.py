"""Packets of several trackers in, samples on one time line out; every loss a Gap with its cause.

The rule of this file: nothing is invented and nothing is silent. Time is arrival time, or the device's own time
where it sends one, in s since the first packet. The same packets give the same samples however they are chunked.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterable

import numpy as np

from device.channel import Channel, Counts, Stream
from device.clock import DeviceClock
from device.link import LinkEvent, LinkState, Packet
from device.wire import p8, plausible
from device.wire.errors import WireError
from device.wire.profiles import Profile, profile, short_uuid
from edge.samples import Battery, Columnar, Gap, HeartRate, Samples, column_names, stream_name

_P8_DATA = p8.DATA.upper()
_LATE_PACKETS = 64
_DOUBTS_TOLD_EVERY_S = 10.0


class TrackerSession:
    """Turns packets and link events into samples; one session for all trackers of a run.

    When two trackers send the same stream, the first keeps it until it falls silent; then the other takes over.
    """

    def __init__(self, *, start_s: float | None = None) -> None:
        """Begin with the first packet, or count from `start_s` (arrival time line) when a run is resumed."""
        self.counts = Counts()
        self.battery_percent: dict[str, float] = {}
        self._start_s = math.nan if start_s is None else start_s
        self._channels: dict[tuple[str, str], Channel] = {}
        self._streams: dict[str, Stream] = {}
        self._clocks: dict[str, DeviceClock] = {}
        self._spoiled: dict[str, str] = {}
        self._check_s = math.inf

    def feed(self, event: Packet | LinkEvent) -> tuple[Samples, ...]:
        """Return the samples and gaps that a packet or link event brings, in time order within each stream."""
        if math.isnan(self._start_s) and isinstance(event, Packet):
            self._start_s = event.arrival_s
        told = self._watch(event.arrival_s)
        if isinstance(event, LinkEvent):
            return (*told, *self._link(event))
        self.counts.packets += 1
        return (*told, *self._packet(event))

    def feed_all(self, events: Iterable[Packet | LinkEvent]) -> tuple[Samples, ...]:
        """Return what `feed` returns for each event, joined."""
        return tuple(samples for event in events for samples in self.feed(event))

    def finish(self, arrival_s: float) -> tuple[Samples, ...]:
        """Return the gaps that are still open when the session ends at an arrival time in s."""
        settled = [gap for name in self._streams for gap in self._settle(name)]
        return (*settled, *self._watch(arrival_s), *self._still_silent(arrival_s))

    # ── silence ────────────────────────────────────────────────────────────────────────────────────────────────

    def _watch(self, now_s: float) -> tuple[Gap, ...]:
        """Return a gap for every stream whose channel has been silent for too long by now."""
        if now_s < self._check_s:
            return ()
        gaps: list[Gap] = []
        for channel in self._channels.values():
            quiet_s = now_s - channel.last_arrival_s
            if channel.steady and not channel.silent and quiet_s >= channel.limit_s():
                gaps += self._fall_silent(channel, now_s, f"no data from {channel.tracker}")
        self._schedule()
        return tuple(gaps)

    def _schedule(self) -> None:
        due = [c.last_arrival_s + c.limit_s() for c in self._channels.values() if c.steady and not c.silent]
        self._check_s = min(due, default=math.inf)

    def _fall_silent(self, channel: Channel, now_s: float, cause: str) -> list[Gap]:
        channel.silent = cause
        gaps: list[Gap] = []
        for name in self._owned(channel) if channel.steady else ():
            gaps += [*self._settle(name), self._gap(name, now_s - self._start_s, cause)]
        return gaps

    def _owned(self, channel: Channel) -> list[str]:
        return [name for name, stream in self._streams.items() if stream.owner == channel.name]

    def _gap(self, name: str, to_s: float, cause: str) -> Gap:
        """Return the gap from where the stream was last told to a time in s, and note it as told."""
        stream = self._streams[name]
        gap = Gap(min(stream.told_s, to_s), to_s, name, cause)
        stream.told_s = max(stream.told_s, to_s)
        return gap

    def _doubt(self, name: str, t_s: float, cause: str) -> list[Gap]:
        """Return the gap of a row that is not believed; a run of the same kind is told every ten seconds at most."""
        stream = self._streams[name]
        same = stream.doubt.partition(":")[0] == cause.partition(":")[0]
        if same and t_s - stream.told_s < _DOUBTS_TOLD_EVERY_S:
            stream.doubt_s = t_s
            return []
        gaps = [] if same else self._settle(name)
        stream.doubt = cause
        return [*gaps, self._gap(name, t_s, cause)]

    def _settle(self, name: str) -> list[Gap]:
        """Return the gap that is still to be told when a run of doubtful rows ends."""
        stream = self._streams[name]
        cause, stream.doubt = stream.doubt, ""
        return [self._gap(name, stream.doubt_s, cause)] if cause and stream.doubt_s > stream.told_s else []

    def _link(self, event: LinkEvent) -> list[Gap]:
        if event.state is LinkState.CONNECTED:
            return []
        cause = f"connection lost: {event.cause}" if event.cause else "connection lost"
        gaps: list[Gap] = []
        for channel in self._channels.values():
            concerned = not event.tracker or channel.tracker == event.tracker
            if event.state is LinkState.LOST and concerned and not channel.silent:
                gaps += self._fall_silent(channel, event.arrival_s, cause)
        return gaps if event.state is LinkState.LOST else list(self._still_silent(event.arrival_s))

    def _still_silent(self, now_s: float) -> tuple[Gap, ...]:
        """Return the gaps, told up to now, of the streams that are silent."""
        silent, t_s = [c for c in self._channels.values() if c.silent and c.steady], now_s - self._start_s
        names = ((name, c.silent) for c in silent for name in self._owned(c))
        return tuple(self._gap(name, t_s, cause) for name, cause in names if self._streams[name].told_s < t_s)

    # ── packets ────────────────────────────────────────────────────────────────────────────────────────────────

    def _packet(self, packet: Packet) -> list[Samples]:
        characteristic = short_uuid(packet.characteristic)
        try:
            reader = profile(characteristic)
        except WireError:
            self.counts.unknown += 1
            return []
        if characteristic == _P8_DATA:
            return self._open_tracker(packet)
        return self._stamped_on_arrival(packet, characteristic, reader)

    def _channel(self, tracker: str, key: str, steady: bool) -> Channel:
        return self._channels.setdefault((tracker, key), Channel(tracker, key, steady))

    def _stamped_on_arrival(self, packet: Packet, key: str, reader: Profile) -> list[Samples]:
        channel = self._channel(packet.tracker, key, reader.steady)
        if channel.repeats(packet.arrival_s, packet.payload):
            self.counts.duplicates += 1
            return []
        t_s = packet.arrival_s - self._start_s
        try:
            measurement = reader.parse(packet.payload)
        except WireError as problem:
            self.counts.malformed += 1
            return [g for name in self._owned(channel) for g in self._doubt(name, t_s, f"malformed: {problem}")]
        ended = self._heard(channel, packet, t_s)
        doubts = reader.doubts(measurement)
        return [*ended, *self._tell(channel, reader.samples(measurement, t_s), doubts, t_s)]

    def _heard(self, channel: Channel, packet: Packet, t_s: float) -> list[Gap]:
        """Note a packet of a channel; return the gaps of the silence that it ends."""
        silent = bool(channel.silent) and channel.steady
        ended = [self._gap(name, t_s, channel.silent) for name in self._owned(channel)] if silent else []
        channel.heard(packet.arrival_s, packet.payload)
        channel.silent = ""
        if channel.steady:
            self._check_s = min(self._check_s, packet.arrival_s + channel.limit_s())
        return ended

    def _tell(
        self,
        channel: Channel,
        found: tuple[Columnar, ...],
        doubts: tuple[plausible.Doubt, ...],
        t_s: float,
        late: bool = False,
    ) -> list[Samples]:
        """Return the believed part of samples and a gap for each doubt; streams owned by another are left out."""
        told: list[Samples] = []
        doubted = {doubt.stream: doubt.cause for doubt in doubts}
        for samples in found:
            name = stream_name(samples)
            claimed = self._claim(channel, name, max(0.0, float(samples.t_s[0])))
            if claimed is None:
                self.counts.second_source += 1
                continue
            told += claimed
            kept, doubt = (None, None) if name in doubted else plausible.believe(samples)
            cause = doubted.get(name) or (doubt.cause if doubt else "")
            if cause:
                self.counts.implausible += 1
                told += self._doubt(name, t_s, cause)
            told += self._told(channel, name, kept, late)
        return told

    def _told(self, channel: Channel, name: str, kept: Columnar | None, late: bool) -> list[Samples]:
        stream = self._streams[name]
        shown = None if kept is None else _rows_from(kept, 0.0 if late else max(0.0, stream.newest_s))
        if shown is None:
            self.counts.overlapping += kept is not None
            return []
        gaps = self._settle(name)
        stream.newest_s = max(stream.newest_s, float(shown.t_s[-1]))
        stream.told_s = max(stream.told_s, stream.newest_s)
        if isinstance(shown, Battery):
            self.battery_percent[channel.tracker] = float(shown.level_percent[-1])
        return [*gaps, shown]

    def _claim(self, channel: Channel, name: str, t_s: float) -> list[Gap] | None:
        """Return None when another channel delivers this stream, else the gap of a stream taken over from it."""
        stream = self._streams.setdefault(name, Stream(channel.name, max(0.0, t_s)))
        if stream.owner == channel.name:
            return []
        owner = next(c for c in self._channels.values() if c.name == stream.owner)
        if not (owner.silent and owner.steady):
            return None
        stream.owner = channel.name
        return [self._gap(name, t_s, f"{owner.silent}; now from {channel.tracker}")]

    # ── the open tracker: numbered packets with the device's time ──────────────────────────────────────────────

    def _open_tracker(self, packet: Packet) -> list[Samples]:
        try:
            data = p8.parse(packet.payload)
        except WireError as problem:
            self.counts.malformed += 1
            self._spoiled[packet.tracker] = f"malformed: {problem}"
            return []
        channel = self._channel(packet.tracker, f"P8.{data.stream}", True)
        if channel.seen(data.seq, data.device_us):
            self.counts.duplicates += 1
            return []
        return self._numbered(channel, packet, data)

    def _numbered(self, channel: Channel, packet: Packet, data: p8.DataPacket) -> list[Samples]:
        ahead = (data.seq - channel.seq) & 0xFFFF if channel.seq >= 0 else 1
        restarted = bool(data.flags & p8.RESTARTED)
        late = 0x10000 - ahead <= _LATE_PACKETS and not restarted
        renumbered = ahead >= 0x8000 and not late
        jumped = False
        clock = self._clocks.setdefault(packet.tracker, DeviceClock())
        if late:
            self.counts.late += 1
        else:
            jumped = clock.update(data.last_row_s, packet.arrival_s)
            channel.seq = data.seq
        t_s = clock.host_s(data.device_us * 1e-6 + data.offsets_s()) - self._start_s
        gaps = self._heard(channel, packet, max(0.0, float(t_s[0])))
        if not gaps and not late:
            gaps = self._missing(
                channel, data, ahead, jumped or renumbered or (restarted and ahead != 1), float(t_s[0])
            )
        found = p8.samples(data, t_s)
        doubts = plausible.location_doubts(p8.position(data)[0]) if data.stream == p8.POSITION else ()
        return [*gaps, *self._tell(channel, found, doubts, float(t_s[-1]), late)]

    def _missing(self, channel: Channel, data: p8.DataPacket, ahead: int, renewed: bool, t_s: float) -> list[Gap]:
        """Return the gaps before a numbered packet when numbers are missing or the device's clock began anew."""
        spoiled = self._spoiled.pop(channel.tracker, "")
        if renewed:
            cause = "the device's clock began anew"
        elif ahead > 1:
            self.counts.lost += ahead - 1
            cause = f"{ahead - 1} packets lost before number {data.seq}" + (f" ({spoiled})" if spoiled else "")
        elif data.flags & p8.OVERFLOWED:
            cause = "the device's own buffer overflowed"
        else:
            return []
        return [self._gap(name, max(0.0, t_s), cause) for name in self._owned(channel)]

    # ── state ──────────────────────────────────────────────────────────────────────────────────────────────────

    def save(self) -> str:
        """Return the whole state as text for `restore`."""
        return json.dumps(
            {
                "start_s": None if math.isnan(self._start_s) else self._start_s,
                "counts": dataclasses.asdict(self.counts),
                "battery": self.battery_percent,
                "channels": [dataclasses.asdict(channel) for channel in self._channels.values()],
                "streams": {name: dataclasses.asdict(stream) for name, stream in self._streams.items()},
                "clocks": {tracker: clock.save() for tracker, clock in self._clocks.items()},
                "spoiled": self._spoiled,
            }
        )

    @classmethod
    def restore(cls, saved: str) -> TrackerSession:
        """Return the session that `save` described; ValueError where the text is none."""
        state = json.loads(saved)
        session = cls(start_s=state["start_s"])
        session.counts = Counts(**state["counts"])
        session.battery_percent = state["battery"]
        for row in state["channels"]:
            channel = Channel(**(row | {"recent": [(seq, us) for seq, us in row["recent"]]}))
            session._channels[channel.tracker, channel.key] = channel
        session._streams = {name: Stream(**row) for name, row in state["streams"].items()}
        session._clocks = {tracker: DeviceClock.restore(text) for tracker, text in state["clocks"].items()}
        session._spoiled = state["spoiled"]
        session._schedule()
        return session


def _rows_from(samples: Columnar, from_s: float) -> Columnar | None:
    """Return the rows at or after a time in s, None when there are none: never before the start, never told twice."""
    if samples.t_s[0] >= from_s:
        return samples
    rows = np.flatnonzero(samples.t_s >= from_s)
    if len(rows) == 0 or isinstance(samples, HeartRate):
        return None
    return type(samples)(*(getattr(samples, name)[rows] for name in column_names(type(samples))))
