"""The sensors of the phone or board that Kadenz runs on, as a link like any tracker.

The rule of this file: readings become open-tracker packets, so that everything behind the link treats the board
as it treats a tracker; the platform's own code is behind `BoardSensors`.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Protocol, TypeAlias

import numpy as np

from device.link import LinkEvent, LinkState, Packet
from device.wire import p8
from device.wire.location import POSITION_OK, LocationMeasurement
from edge.samples import Column, Fix, Inertial, Magnetic, Pressure

Reading: TypeAlias = Inertial | Magnetic | Pressure | Fix
"""A few rows of one sensor; `t_s` is the board's own monotonic clock in s."""
Sink: TypeAlias = Callable[[Reading | None], None]
"""Where readings go; None says that there will be no more. May be called from any thread."""

_ROWS = {p8.MOTION: 19, p8.ACCELERATION: 38, p8.MAGNETIC: 38, p8.PRESSURE: 57}
_LONGEST_SPACING_US = 0xFFFF * 10
_QUEUE = 4096


class BoardSensors(Protocol):
    """What a platform offers: start its sensors for the named streams, and stop them."""

    def start(self, wanted: frozenset[str], sink: Sink) -> None: ...

    def stop(self) -> None: ...


class Packer:
    """Readings in, open-tracker payloads out, numbered per stream."""

    def __init__(self) -> None:
        self._seq: dict[int, int] = {}

    def feed(self, reading: Reading) -> Iterator[bytes]:
        """Yield the payloads of a reading, oldest row first; rows with NaN times or values are left out."""
        if isinstance(reading, Fix):
            yield from self._positions(reading)
            return
        stream, columns = _columns(reading)
        good = np.isfinite(columns).all(axis=1) & np.isfinite(reading.t_s)
        t_s, rows = reading.t_s[good], columns[good]
        for first, last in _batches(t_s, _ROWS[stream]):
            yield self._packet(stream, t_s[first:last], _packed(stream, rows[first:last]))

    def _positions(self, fix: Fix) -> Iterator[bytes]:
        for i in np.flatnonzero(np.isfinite(fix.t_s) & np.isfinite(fix.latitude_deg)):
            where = LocationMeasurement(
                speed_m_s=float(fix.speed_m_s[i]),
                latitude_deg=float(fix.latitude_deg[i]),
                longitude_deg=float(fix.longitude_deg[i]),
                elevation_m=float(fix.altitude_m[i]),
                status=POSITION_OK,
                three_d=True,
            )
            body = p8.pack_position(where, float(fix.accuracy_m[i]))
            yield self._packet(p8.POSITION, fix.t_s[i : i + 1], body)

    def _packet(self, stream: int, t_s: Column, body: bytes) -> bytes:
        seq = self._seq.get(stream, 0)
        self._seq[stream] = (seq + 1) & 0xFFFF
        spacing = 0 if len(t_s) == 1 else round((t_s[-1] - t_s[0]) / (len(t_s) - 1) * 1e5) * 10
        return p8.encode(
            p8.DataPacket(stream, 0, seq, round(float(t_s[0]) * 1e6), max(spacing, 10 * (len(t_s) > 1)), len(t_s), body)
        )


def _columns(reading: Inertial | Magnetic | Pressure) -> tuple[int, Column]:
    """Return the open tracker's stream for a reading and its values (n, width)."""
    if isinstance(reading, Magnetic):
        return p8.MAGNETIC, reading.field_ut
    if isinstance(reading, Pressure):
        return p8.PRESSURE, reading.pressure_pa[:, None]
    if np.isnan(reading.gyro_rad_s).all():
        return p8.ACCELERATION, reading.accel_m_s2
    return p8.MOTION, np.hstack([reading.gyro_rad_s, reading.accel_m_s2])


def _packed(stream: int, rows: Column) -> bytes:
    if stream == p8.MOTION:
        return p8.pack_motion(rows[:, :3], rows[:, 3:])
    if stream == p8.ACCELERATION:
        return p8.pack_acceleration(rows)
    return p8.pack_magnetic(rows) if stream == p8.MAGNETIC else p8.pack_pressure(rows[:, 0])


def _batches(t_s: Column, most: int) -> Iterator[tuple[int, int]]:
    """Yield row ranges of at most `most` rows without a hole: each step near the usual one, and sendable."""
    if len(t_s) == 0:
        return
    steps = np.diff(t_s)
    usual = float(np.median(steps)) if len(steps) else 0.0
    whole = (np.abs(steps - usual) <= 0.5 * usual) & (steps * 1e6 <= _LONGEST_SPACING_US)
    edges = [0, *(np.flatnonzero(~whole) + 1).tolist(), len(t_s)]
    for begin, end in itertools.pairwise(edges):
        for first in range(begin, end, most):
            yield first, min(first + most, end)


class BoardLink:
    """The board's sensors as a Link; `now_s` is the clock that arrivals are stamped with."""

    def __init__(
        self,
        sensors: BoardSensors,
        wanted: frozenset[str] = frozenset({"inertial", "pressure", "fix"}),
        name: str = "board",
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.dropped = 0
        """Readings that came faster than they were taken and were let go, oldest first."""
        self._sensors, self._wanted, self._name, self._now_s = sensors, wanted, name, now_s
        self._queue: asyncio.Queue[tuple[float, Reading | None]] = asyncio.Queue()

    async def packets(self) -> AsyncIterator[Packet | LinkEvent]:
        """Yield CONNECTED, the packets, and CLOSED when the sensors or `close` end it."""
        loop, packer = asyncio.get_running_loop(), Packer()
        self._sensors.start(self._wanted, lambda reading: self._hand_over(loop, reading))
        yield LinkEvent(self._name, LinkState.CONNECTED, self._now_s())
        while True:
            arrival_s, reading = await self._queue.get()
            if reading is None:
                break
            for payload in packer.feed(reading):
                yield Packet(self._name, p8.DATA, arrival_s, payload)
        self._sensors.stop()
        yield LinkEvent("", LinkState.CLOSED, arrival_s, "the sensors ended")

    def _hand_over(self, loop: asyncio.AbstractEventLoop, reading: Reading | None) -> None:
        loop.call_soon_threadsafe(self._keep, self._now_s(), reading)

    def _keep(self, arrival_s: float, reading: Reading | None) -> None:
        if reading is not None and self._queue.qsize() >= _QUEUE:
            self._queue.get_nowait()
            self.dropped += 1
        self._queue.put_nowait((arrival_s, reading))

    async def close(self) -> None:
        """Stop the sensors; the next event is CLOSED."""
        self._keep(self._now_s(), None)


class RecordedBoard:
    """A board without hardware: plays readings back in order and remembers what it was asked."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.asked: list[str] = []
        self.now_s = 0.0
        self._readings = sorted(readings, key=lambda reading: float(reading.t_s[-1]))

    def clock_s(self) -> float:
        """Return the board's clock in s: the time of the newest reading that was played."""
        return self.now_s

    def start(self, wanted: frozenset[str], sink: Sink) -> None:
        """Play every reading of the wanted streams, then say that there are no more."""
        self.asked.append(f"start {' '.join(sorted(wanted))}")
        kinds = {"inertial": Inertial, "magnetic": Magnetic, "pressure": Pressure, "fix": Fix}
        for reading in self._readings:
            if any(isinstance(reading, kinds[name]) for name in wanted):
                self.now_s = float(reading.t_s[-1])
                sink(reading)
        sink(None)

    def stop(self) -> None:
        """Note that the sensors were stopped."""
        self.asked.append("stop")
