"""Payloads that carry the device's own time but no numbers: Polar's measurement service and Movesense.

The rule of this file: a loss is a step in the device's time that is longer than its rows are apart; a repeat is the
same content at the same device time; what is behind the newest by at most 5 s is late and kept.
"""

from __future__ import annotations

import dataclasses
import math
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from device.channel import Channel
from device.ledger import Ledger
from device.link import Packet
from device.pairing import WAIT_S, Pair
from device.readers import LATE_S, Clocks, Told, after
from device.wire import movesense, polar, polar_control
from device.wire.errors import WireError
from device.wire.polar_control import ControlAnswer, Operation, PmdStatus
from device.wire.polar_frame import PmdFrame, PmdType
from device.wire.profiles import short_uuid
from edge.samples import Column, Columnar, Gap, HeartRate, Inertial, Samples

PMD_DATA, PMD_CONTROL = short_uuid(polar.DATA), short_uuid(polar.CONTROL)
GSP_DATA, GSP_WRITE = short_uuid(movesense.NOTIFY), short_uuid(movesense.WRITE)
_MISSING_S, _MISSING_ROWS = 0.05, 2.5
_PATIENCE_S = WAIT_S + 0.5


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a frame belongs: late or not, after which gaps, and whether its clock began anew."""

    late: bool
    gaps: list[Gap]
    renewed: bool = False


def is_late(channel: Channel, last_s: float) -> bool:
    """Return whether a frame whose last row is at a device time in s came after newer ones."""
    return channel.device_s - LATE_S <= last_s < channel.device_s


def place(
    ledger: Ledger, clocks: Clocks, profile: str, channel: Channel, owner: Channel, packet: Packet, t_s: Column
) -> Placed:
    """Note a frame with rows at device times (n,) in s; `owner` is the channel whose streams its loss concerns."""
    first_s, last_s, before_s = float(t_s[0]), float(t_s[-1]), channel.device_s
    if is_late(channel, last_s):
        ledger.counts.late += 1
        return Placed(True, [])
    renewed = clocks.follow(profile, channel, last_s, packet.arrival_s)
    owner.holds(last_s - first_s)
    at_s = max(0.0, float(clocks.of(channel.tracker, profile).host_s(t_s[:1])[0]) - ledger.start_s)
    ended = ledger.heard(owner, packet, at_s)
    if channel is not owner:
        channel.heard(packet.arrival_s, packet.payload)
    if ended or math.isnan(before_s):
        return Placed(False, ended, renewed)
    spoiled = ledger.spoiled.pop(channel.tracker, "")
    apart_s = (last_s - first_s) / (len(t_s) - 1) if len(t_s) > 1 else channel.period_s
    if renewed:
        cause = "the device's clock began anew"
    elif first_s - before_s > max(_MISSING_S, _MISSING_ROWS * apart_s):
        ledger.counts.lost += 1
        cause = f"{first_s - before_s:.2f} s of the device's time are missing" + (f" ({spoiled})" if spoiled else "")
    else:
        return Placed(False, [], renewed)
    return Placed(False, [ledger.gap(name, at_s, cause) for name in ledger.owned(owner)], renewed)


def moved(samples: Columnar, t_s: Column) -> Columnar:
    """Return samples at other times (n,) in s."""
    return dataclasses.replace(samples, t_s=t_s)


def stamped_on_arrival(samples: Columnar, at_s: float) -> Columnar:
    """Return samples without device time ending at `at_s`; beats as far apart as their intervals say."""
    if not np.isnan(samples.t_s).any():
        return samples
    if isinstance(samples, HeartRate) and len(samples.rr_s) == len(samples):
        return moved(samples, at_s - (samples.rr_s.sum() - np.cumsum(samples.rr_s)))
    return moved(samples, np.full(len(samples), at_s))


# ── Polar ──────────────────────────────────────────────────────────────────────────────────────────────────────


class PolarReader:
    """PMD frames of all trackers; accelerometer and gyroscope of one become rows with both."""

    def __init__(self, ledger: Ledger, clocks: Clocks) -> None:
        self._ledger, self._clocks = ledger, clocks
        self._streams: dict[str, polar.PmdStream] = {}
        self._pairs: dict[str, Pair] = {}
        self._accelerates: set[str] = set()
        """Trackers that were asked for accelerometer rows, or sent some."""

    def control(self, packet: Packet) -> None:
        """Take a start request (its rate) or the answer to one (its factor); others say nothing of the data."""
        stream = self._streams.setdefault(packet.tracker, polar.PmdStream())
        try:
            if packet.payload[:1] == bytes([Operation.START]):
                request = polar_control.parse_request(packet.payload)
                stream.configure(PmdType(request.type), request.settings)
                if request.type == PmdType.ACC:
                    self._accelerates.add(packet.tracker)
                return
            answer = polar_control.parse_control(packet.payload)
            started = isinstance(answer, ControlAnswer) and answer.operation == Operation.START
            if started and answer.status is PmdStatus.SUCCESS:  # type: ignore[union-attr]
                stream.configure(PmdType(answer.type), answer.settings())  # type: ignore[union-attr]
        except (WireError, ValueError):
            self._ledger.counts.unknown += 1

    def read(self, packet: Packet) -> Told:
        """Return what a data frame brings."""
        ledger, tracker = self._ledger, packet.tracker
        stream = self._streams.setdefault(tracker, polar.PmdStream())
        try:
            frame = polar.parse(packet.payload)
            channel = self._channel(tracker, frame.header.type)
            if channel.seen(zlib.crc32(packet.payload), frame.header.device_ns // 1000):
                ledger.counts.duplicates += 1
                return []
            found = stream.feed_frame(frame)
        except WireError as problem:
            ledger.spoiled[tracker] = f"malformed: {problem}"
            return [*ledger.malformed(tracker, PMD_DATA, packet.arrival_s - ledger.start_s, str(problem))]
        ledger.well_formed(tracker, PMD_DATA)
        if not found or not len(found[0]):  # type: ignore[arg-type]
            return []
        return self._timed(packet, frame, channel, found)

    def _channel(self, tracker: str, kind: PmdType) -> Channel:
        return self._ledger.channel(tracker, f"PMD.{kind.name}", kind not in (PmdType.ACC, PmdType.GYRO))

    def _motion(self, tracker: str) -> Channel:
        return self._ledger.channel(tracker, "PMD.motion", True)

    def _timed(self, packet: Packet, frame: PmdFrame, channel: Channel, found: tuple[Samples, ...]) -> Told:
        ledger, tracker, kind = self._ledger, packet.tracker, frame.header.type
        columns = tuple(one for one in found if isinstance(one, Columnar))
        at_s = packet.arrival_s - ledger.start_s
        quarantine = ledger.quarantine(tracker, PMD_DATA)
        if np.isnan(columns[0].t_s).any():
            at_s = channel.device_s = after(at_s, channel.device_s)
            ended = ledger.heard(channel, packet, at_s)
            shown = tuple(stamped_on_arrival(one, at_s) for one in columns)
            return [*ended, *ledger.tell(channel, shown, polar.doubts(frame), at_s, quarantine=quarantine)]
        if kind in (PmdType.ACC, PmdType.GYRO):
            assert isinstance(columns[0], Inertial)
            return self._inertial(packet, kind, channel, columns[0], quarantine)
        clock = self._clocks.of(tracker, "PMD")
        placed = place(ledger, self._clocks, "PMD", channel, channel, packet, columns[0].t_s)
        shown = tuple(moved(one, clock.host_s(one.t_s) - ledger.start_s) for one in columns)
        doubts = polar.doubts(frame)
        return [
            *placed.gaps,
            *ledger.tell(channel, shown, doubts, float(shown[0].t_s[-1]), late=placed.late, quarantine=quarantine),
        ]

    def _inertial(self, packet: Packet, kind: PmdType, channel: Channel, rows: Inertial, quarantine: str) -> Told:
        tracker = packet.tracker
        pair, motion = self._pairs.setdefault(tracker, Pair()), self._motion(tracker)
        leads = kind is PmdType.ACC or tracker not in self._accelerates
        if kind is PmdType.ACC:
            self._accelerates.add(tracker)
        if is_late(channel, float(rows.t_s[-1])):
            self._ledger.counts.late += 1
            return self._tell_motion(tracker, rows, late=True)
        steps_on = 0.0 <= float(rows.t_s[0]) - channel.device_s <= WAIT_S
        waiting = [] if steps_on or math.isnan(channel.device_s) else self._tell_motion(tracker, pair.flush())
        placed = place(self._ledger, self._clocks, "PMD", channel, motion if leads else channel, packet, rows.t_s)
        if placed.renewed:
            pair.forget()
        if quarantine:
            return [*waiting, *placed.gaps, *self._tell_motion(tracker, rows, quarantine=quarantine)]
        if kind is PmdType.GYRO and leads:
            ready: Inertial | None = rows
        elif kind is PmdType.GYRO:
            ready = pair.gyroscope(rows.t_s, rows.gyro_rad_s)
        else:
            ready = pair.accelerometer(rows.t_s, rows.accel_m_s2)
        return [*waiting, *placed.gaps, *self._tell_motion(tracker, ready)]

    def _tell_motion(self, tracker: str, rows: Inertial | None, *, late: bool = False, quarantine: str = "") -> Told:
        if rows is None:
            return []
        t_s = self._clocks.of(tracker, "PMD").host_s(rows.t_s) - self._ledger.start_s
        motion = self._motion(tracker)
        return self._ledger.tell(motion, (moved(rows, t_s),), (), float(t_s[-1]), late=late, quarantine=quarantine)

    def overdue(self, now_s: float) -> Told:
        """Return rows that have waited for their partner for too long by now (arrival time in s)."""
        late = [t for t, pair in self._pairs.items() if pair.waiting and now_s - self._heard_s(t) > _PATIENCE_S]
        return [told for tracker in late for told in self._tell_motion(tracker, self._pairs[tracker].flush())]

    def _heard_s(self, tracker: str) -> float:
        return self._motion(tracker).last_arrival_s

    def lost(self, tracker: str) -> Told:
        """Return the rows that wait at a tracker ("" for all) whose connection ended; what follows is told anew."""
        told: Told = []
        for name in [name for name in self._streams if tracker in ("", name)]:
            self._streams[name].restart()
            if name in self._pairs:
                told += self._tell_motion(name, self._pairs[name].flush())
                self._pairs[name].forget()
        return told

    def save(self) -> dict[str, object]:
        """Return the state as JSON can hold it."""
        return {
            "streams": {tracker: stream.save() for tracker, stream in self._streams.items()},
            "pairs": {tracker: pair.save() for tracker, pair in self._pairs.items()},
            "accelerates": sorted(self._accelerates),
        }

    def restore(self, saved: dict[str, dict[str, str]]) -> None:
        """Take up the state that `save` described."""
        self._streams = {tracker: polar.PmdStream.restore(text) for tracker, text in saved["streams"].items()}
        self._pairs = {tracker: Pair.restore(text) for tracker, text in saved["pairs"].items()}
        self._accelerates = set(saved["accelerates"])


# ── Movesense ──────────────────────────────────────────────────────────────────────────────────────────────────


class MovesenseReader:
    """GSP notifications of all trackers; the host's own subscriptions say what a reference brings."""

    def __init__(self, ledger: Ledger, clocks: Clocks) -> None:
        self._ledger, self._clocks = ledger, clocks
        self._streams: dict[str, movesense.GspStream] = {}
        self._paths: dict[str, dict[str, str]] = {}

    def command(self, packet: Packet) -> None:
        """Take a command that the host wrote: a subscription tells what its reference means."""
        try:
            operation, reference, rest = movesense.parse_command(packet.payload)
            if operation == movesense.Command.SUBSCRIBE:
                path = rest.decode("ascii")
                self._streams.setdefault(packet.tracker, movesense.GspStream()).subscribe(reference, path)
                self._paths.setdefault(packet.tracker, {})[str(reference)] = path
        except (WireError, ValueError):
            self._ledger.counts.unknown += 1

    def read(self, packet: Packet) -> Told:
        """Return what a notification brings."""
        ledger, tracker = self._ledger, packet.tracker
        stream = self._streams.setdefault(tracker, movesense.GspStream())
        try:
            message = movesense.parse_notification(packet.payload)
            path = self._paths.get(tracker, {}).get(str(message.reference), "")
            channel = ledger.channel(tracker, f"GSP.{message.reference}", message.code != movesense.ANSWER)
            if message.code != movesense.ANSWER and self._repeated(channel, packet, path):
                ledger.counts.duplicates += 1
                return []
            found = tuple(one for one in stream.feed(packet.payload) if isinstance(one, Columnar))
        except WireError as problem:
            ledger.spoiled[tracker] = f"malformed: {problem}"
            return [*ledger.malformed(tracker, GSP_DATA, packet.arrival_s - ledger.start_s, str(problem))]
        ledger.well_formed(tracker, GSP_DATA)
        return self._timed(packet, channel, found) if found else []

    def _repeated(self, channel: Channel, packet: Packet, path: str) -> bool:
        timed = path and movesense.resource(path).rate_hz
        if not timed:
            return channel.repeats(packet.arrival_s, packet.payload)
        return channel.seen(zlib.crc32(packet.payload), packet.payload[0])

    def _timed(self, packet: Packet, channel: Channel, found: tuple[Columnar, ...]) -> Told:
        ledger, at_s = self._ledger, packet.arrival_s - self._ledger.start_s
        quarantine = ledger.quarantine(packet.tracker, GSP_DATA)
        if np.isnan(found[0].t_s).any():
            at_s = channel.device_s = after(at_s, channel.device_s)
            shown, gaps, late = (
                tuple(stamped_on_arrival(o, at_s) for o in found),
                ledger.heard(channel, packet, at_s),
                False,
            )
        else:
            clock = self._clocks.of(packet.tracker, "GSP")
            placed = place(ledger, self._clocks, "GSP", channel, channel, packet, found[0].t_s)
            shown = tuple(moved(one, clock.host_s(one.t_s) - ledger.start_s) for one in found)
            gaps, late = placed.gaps, placed.late
        return [*gaps, *ledger.tell(channel, shown, (), float(shown[0].t_s[-1]), late=late, quarantine=quarantine)]

    def save(self) -> dict[str, object]:
        """Return the state as JSON can hold it."""
        return {"streams": {tracker: stream.save() for tracker, stream in self._streams.items()}, "paths": self._paths}

    def restore(self, saved: dict[str, Any]) -> None:
        """Take up the state that `save` described."""
        self._streams = {tracker: movesense.GspStream.restore(text) for tracker, text in saved["streams"].items()}
        self._paths = {tracker: dict(paths) for tracker, paths in saved["paths"].items()}
