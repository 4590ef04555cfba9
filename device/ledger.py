"""The book that a session keeps: who delivers which stream, how far each is told, and why anything is missing.

The rule of this file: a stream is told once, in time order, by one channel at a time; every stretch without numbers
is a gap with its cause, as soon as it is noticed. Times are arrival times in s unless a name says otherwise.
"""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np

from device.channel import Budget, Channel, Counts, Stream
from device.link import Packet
from device.wire import plausible
from edge.samples import Battery, Columnar, Gap, HeartRate, Inertial, Samples, column_names, stream_name

_DOUBTS_TOLD_EVERY_S = 10.0


class Ledger:
    """Channels and streams of one session; `start_s` is the arrival time at which samples count from 0."""

    def __init__(self, start_s: float = math.nan) -> None:
        self.start_s = start_s
        self.counts = Counts()
        self.battery_percent: dict[str, float] = {}
        self.channels: dict[tuple[str, str], Channel] = {}
        self.spoiled: dict[str, str] = {}
        """Tracker -> what happened to packets whose numbers or times will be missed."""
        self._streams: dict[str, Stream] = {}
        self._budgets: dict[str, Budget] = {}
        self._check_s = math.inf

    def channel(self, tracker: str, key: str, steady: bool) -> Channel:
        """Return the channel of a tracker's characteristic or stream, new where it is."""
        return self.channels.setdefault((tracker, key), Channel(tracker, key, steady))

    def owned(self, channel: Channel) -> list[str]:
        """Return the names of the streams that a channel delivers."""
        return [name for name, stream in self._streams.items() if stream.owner == channel.name]

    # ── silence ────────────────────────────────────────────────────────────────────────────────────────────────

    def heard(self, channel: Channel, packet: Packet, t_s: float) -> list[Gap]:
        """Note a packet of a channel whose first row is at `t_s` of the session; return the gaps that it ends."""
        silent = bool(channel.silent) and channel.steady
        ended = [self.gap(name, t_s, channel.silent) for name in self.owned(channel)] if silent else []
        channel.heard(packet.arrival_s, packet.payload)
        channel.silent = ""
        if channel.steady:
            self._check_s = min(self._check_s, packet.arrival_s + channel.limit_s())
        return ended

    def hole(self, channel: Channel, packet: Packet, t_s: float) -> list[Gap]:
        """Return the gaps of a hole before a packet: too long for this channel, too short to be a silence."""
        hole_s = channel.hole_s(packet.arrival_s)
        return [self.gap(name, t_s, f"nothing came for {hole_s:.1f} s") for name in self.owned(channel) if hole_s]

    def watch(self, now_s: float) -> list[Gap]:
        """Return a gap for every stream whose channel has been silent for too long by now."""
        if now_s < self._check_s:
            return []
        gaps: list[Gap] = []
        for channel in self.channels.values():
            quiet_s = now_s - channel.last_arrival_s
            if channel.steady and not channel.silent and quiet_s >= channel.limit_s():
                gaps += self._fall_silent(channel, now_s, f"no data from {channel.tracker}")
        self.schedule()
        return gaps

    def schedule(self) -> None:
        """Set the time at which `watch` next has something to look at."""
        due = [c.last_arrival_s + c.limit_s() for c in self.channels.values() if c.steady and not c.silent]
        self._check_s = min(due, default=math.inf)

    def lost(self, tracker: str, now_s: float, cause: str) -> list[Gap]:
        """Return the gaps of a tracker (all of them where it is "") whose connection is lost."""
        concerned = [c for c in self.channels.values() if tracker in ("", c.tracker) and not c.silent]
        return [gap for channel in concerned for gap in self._fall_silent(channel, now_s, cause)]

    def dropped(self, tracker: str, key: str, now_s: float, cause: str) -> list[Gap]:
        """Return the gaps of packets that were let go; numbered packets tell theirs when the next one comes."""
        channel = self.channels.get((tracker, key))
        if channel is None:
            self.spoiled[tracker] = cause
            return []
        t_s = now_s - self.start_s
        return [self.gap(name, t_s, cause) for name in self.owned(channel) if self._streams[name].told_s < t_s]

    def still_silent(self, now_s: float) -> list[Gap]:
        """Return the gaps, told up to now, of the streams that are silent."""
        silent, t_s = [c for c in self.channels.values() if c.silent and c.steady], now_s - self.start_s
        names = ((name, c.silent) for c in silent for name in self.owned(c))
        return [self.gap(name, t_s, cause) for name, cause in names if self._streams[name].told_s < t_s]

    def _fall_silent(self, channel: Channel, now_s: float, cause: str) -> list[Gap]:
        channel.silent = cause
        gaps: list[Gap] = []
        for name in self.owned(channel) if channel.steady else ():
            gaps += [*self._settle(name), self.gap(name, now_s - self.start_s, cause)]
        return gaps

    # ── gaps and doubts ────────────────────────────────────────────────────────────────────────────────────────

    def gap(self, name: str, to_s: float, cause: str) -> Gap:
        """Return the gap from where a stream was last told to a time of the session, and note it as told."""
        stream = self._streams[name]
        gap = Gap(min(stream.told_s, to_s), to_s, name, cause)
        stream.told_s = max(stream.told_s, to_s)
        return gap

    def doubt(self, name: str, t_s: float, cause: str) -> list[Gap]:
        """Return the gap of a row that is not believed; a run of the same kind is told every ten seconds at most."""
        stream = self._streams[name]
        same = stream.doubt.partition(":")[0] == cause.partition(":")[0]
        if same and t_s - stream.told_s < _DOUBTS_TOLD_EVERY_S:
            stream.doubt_s = t_s
            return []
        gaps = [] if same else self._settle(name)
        stream.doubt = cause
        return [*gaps, self.gap(name, t_s, cause)]

    def settle(self) -> list[Gap]:
        """Return the gaps of doubtful rows that are still to be told."""
        return [gap for name in self._streams for gap in self._settle(name)]

    def _settle(self, name: str) -> list[Gap]:
        """Return the gap that is still to be told when a run of doubtful rows ends."""
        stream = self._streams[name]
        cause, stream.doubt = stream.doubt, ""
        return [self.gap(name, stream.doubt_s, cause)] if cause and stream.doubt_s > stream.told_s else []

    # ── the error budget ───────────────────────────────────────────────────────────────────────────────────────

    def well_formed(self, tracker: str, characteristic: str) -> None:
        """Note a payload that could be read."""
        self._budget(tracker, characteristic).judge(good=True)

    def malformed(
        self, tracker: str, characteristic: str, t_s: float, why: str, channel: Channel | None = None, *streams: str
    ) -> list[Gap]:
        """Note a payload that could not be read; return the gaps of the streams that it should have been of.

        `streams` are those that its channel should deliver: nobody else does, so that they are missing from here on.
        """
        self.counts.malformed += 1
        self._budget(tracker, characteristic).judge(good=False)
        if channel is None:
            return []
        channel.distrusted = bool(self.quarantine(tracker, characteristic))
        for name in streams:
            self._streams.setdefault(name, Stream(channel.name, max(0.0, t_s)))
        return [gap for name in self.owned(channel) for gap in self.doubt(name, t_s, f"malformed: {why}")]

    def quarantine(self, tracker: str, characteristic: str) -> str:
        """Return why a characteristic is not believed at present; empty while it is."""
        return self._budget(tracker, characteristic).quarantine

    def _budget(self, tracker: str, characteristic: str) -> Budget:
        return self._budgets.setdefault(f"{tracker}/{characteristic}", Budget())

    # ── telling ────────────────────────────────────────────────────────────────────────────────────────────────

    def tell(
        self,
        channel: Channel,
        found: tuple[Samples, ...],
        doubts: tuple[plausible.Doubt, ...],
        t_s: float,
        *,
        late: bool = False,
        quarantine: str = "",
    ) -> list[Samples]:
        """Return the believed part of samples and a gap for each doubt; streams owned by another are left out."""
        told: list[Samples] = []
        channel.distrusted = bool(quarantine)
        doubted = {doubt.stream: doubt.cause for doubt in doubts}
        for samples in found:
            if isinstance(samples, Columnar) and len(samples):
                self._charge(channel.tracker, samples)
                cause = quarantine or doubted.get(stream_name(samples), "")
                told += self._tell_one(channel, samples, cause, t_s, late, bool(quarantine))
        return told

    def _tell_one(
        self, channel: Channel, samples: Columnar, cause: str, t_s: float, late: bool, quarantined: bool
    ) -> list[Samples]:
        name = stream_name(samples)
        if isinstance(samples, Inertial) and not channel.rank and np.isfinite(samples.gyro_rad_s).any():
            channel.rank = 1  # motion with turning is worth more than acceleration alone
        claimed = self._claim(channel, name, max(0.0, float(samples.t_s[0])))
        if claimed is None:
            self.counts.second_source += 1
            return []
        kept, doubt = (None, None) if cause else plausible.believe(samples)
        cause = cause or (doubt.cause if doubt else "")
        told: list[Samples] = [*claimed]
        if cause:
            self.counts.quarantined += bool(quarantined)
            self.counts.implausible += not quarantined
            told += self.doubt(name, t_s, cause)
        return [*told, *self._told(name, kept, late)]

    def _told(self, name: str, kept: Columnar | None, late: bool) -> list[Samples]:
        stream = self._streams[name]
        shown = None if kept is None else _rows_from(kept, 0.0 if late else max(0.0, stream.newest_s))
        if shown is None:
            self.counts.overlapping += kept is not None
            return []
        gaps = self._settle(name)
        stream.newest_s = max(stream.newest_s, float(shown.t_s[-1]))
        stream.told_s = max(stream.told_s, stream.newest_s)
        return [*gaps, shown]

    def _charge(self, tracker: str, samples: Columnar) -> None:
        if isinstance(samples, Battery) and samples.level_percent[-1] <= 100.0:
            self.battery_percent[tracker] = float(samples.level_percent[-1])

    def _claim(self, channel: Channel, name: str, t_s: float) -> list[Gap] | None:
        """Return None when another channel delivers this stream, else the gap of a stream taken over from it.

        A channel takes over from a silent one, from one of lower rank, and from one that has never been believed or is
        not at present.
        """
        stream = self._streams.setdefault(name, Stream(channel.name, max(0.0, t_s)))
        if stream.owner == channel.name:
            return []
        owner = next(c for c in self.channels.values() if c.name == stream.owner)
        outranked = channel.rank > owner.rank and not owner.silent
        worthless = stream.newest_s < 0.0 or owner.distrusted
        if channel.distrusted or not (outranked or worthless or (owner.silent and owner.steady)):
            return None
        stream.owner, stream.newest_s = channel.name, math.nextafter(stream.newest_s, math.inf)
        if outranked:
            return []
        return [self.gap(name, t_s, f"{owner.silent or stream.doubt or 'not believed'}; now from {channel.tracker}")]

    # ── state ──────────────────────────────────────────────────────────────────────────────────────────────────

    def save(self) -> dict[str, object]:
        """Return the whole state as JSON can hold it."""
        return {
            "start_s": None if math.isnan(self.start_s) else self.start_s,
            "counts": dataclasses.asdict(self.counts),
            "battery": self.battery_percent,
            "channels": [dataclasses.asdict(channel) for channel in self.channels.values()],
            "streams": {name: dataclasses.asdict(stream) for name, stream in self._streams.items()},
            "budgets": {name: dataclasses.asdict(budget) for name, budget in self._budgets.items()},
            "spoiled": self.spoiled,
        }

    @classmethod
    def restore(cls, state: dict[str, object]) -> Ledger:
        """Return the ledger that `save` described."""
        told: dict[str, Any] = state
        ledger = cls(math.nan if told["start_s"] is None else told["start_s"])
        ledger.counts = Counts(**told["counts"])
        ledger.battery_percent = told["battery"]
        for row in told["channels"]:
            channel = Channel(**(row | {"recent": [(seq, us) for seq, us in row["recent"]]}))
            ledger.channels[channel.tracker, channel.key] = channel
        ledger._streams = {name: Stream(**row) for name, row in told["streams"].items()}
        ledger._budgets = {name: Budget(**row) for name, row in told["budgets"].items()}
        ledger.spoiled = told["spoiled"]
        ledger.schedule()
        return ledger


def _rows_from(samples: Columnar, from_s: float) -> Columnar | None:
    """Return the rows at or after a time in s, None when there are none: never before the start, never told twice."""
    if samples.t_s[0] >= from_s:
        return samples
    rows = np.flatnonzero(samples.t_s >= from_s)
    if len(rows) == 0 or isinstance(samples, HeartRate):
        return None
    return type(samples)(*(getattr(samples, name)[rows] for name in column_names(type(samples))))
