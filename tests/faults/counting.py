"""A link whose samples can be checked by arithmetic, and a recorder process that records them.

Row number i of the run is taken at i / 100 s and its values are functions of i, so that every stored row can
be told right from wrong without a copy of what was sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import mmap
import os
import struct
import time
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.acks import LineWriter, ack_line
from app.recorder import Clocks, Hooks, Recorder, RunPlan, begin, finish, finish_cut_off, record, this_computer
from app.store import Store
from app.store.guard import RecorderGuard
from device.link import LinkEvent, LinkState, Packet
from edge.samples import HeartRate, Inertial, Samples

RATE_HZ = 100
ROWS = 10
_PROGRESS = struct.Struct("<dd")


def values(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the six motion values (n, 6) of the row numbers (n,)."""
    return np.stack([np.sqrt(rows + k) * (1.0 + 0.1 * k) for k in range(6)], axis=1)


def rows_wrong(inertial: Inertial) -> int:
    """Return how many stored rows are not what was sent, are out of order or are there twice."""
    rows = np.round(inertial.t_s * RATE_HZ)
    right = (rows / RATE_HZ == inertial.t_s) & (
        np.hstack([inertial.accel_m_s2, inertial.gyro_rad_s]) == values(rows)
    ).all(axis=1)
    return int(np.count_nonzero(~right) + np.count_nonzero(np.diff(rows) <= 0))


class CountingLink:
    """Packets of ten rows from a time of the run on, `speed` times as fast as real; notes how far it came."""

    def __init__(self, from_s: float, to_s: float, speed: float, progress: mmap.mmap) -> None:
        self._row, self._last = math.ceil(from_s * RATE_HZ), to_s * RATE_HZ
        self._from_s, self._speed, self._progress = from_s, speed, progress

    async def packets(self) -> AsyncIterator[Packet | LinkEvent]:
        begun_s = time.monotonic()
        while self._row < self._last:
            arrival_s = (self._row + ROWS) / RATE_HZ
            await asyncio.sleep(max(0.0, begun_s + (arrival_s - self._from_s) / self._speed - time.monotonic()))
            self._progress[:] = _PROGRESS.pack(self._from_s, arrival_s)
            yield Packet("counter", "rows", arrival_s, struct.pack("<q", self._row))
            self._row += ROWS
        yield LinkEvent("", LinkState.CLOSED, self._row / RATE_HZ)

    async def close(self) -> None:
        self._last = 0.0


class CountingSession:
    """Ten rows of motion per packet, and a heart rate at every full second."""

    def feed(self, event: Packet | LinkEvent) -> tuple[Samples, ...]:
        if isinstance(event, LinkEvent):
            return ()
        rows = np.arange(ROWS) + float(struct.unpack("<q", event.payload)[0])
        six = values(rows)
        motion = Inertial(rows / RATE_HZ, six[:, :3], six[:, 3:])
        beats = rows[rows % RATE_HZ == 0] / RATE_HZ
        return (motion, HeartRate(beats, 60.0 + beats, np.ones(len(beats)), beats)) if len(beats) else (motion,)


def progress_file() -> mmap.mmap:
    """Return shared memory for where a child began and how far its link came, in s of the run."""
    shared = mmap.mmap(-1, _PROGRESS.size)
    shared[:] = _PROGRESS.pack(math.nan, math.nan)
    return shared


def progress_of(shared: mmap.mmap) -> tuple[float, float]:
    """Return where the last child began and how far its link came, in s of the run; NaN before its first packet."""
    began, reached = _PROGRESS.unpack(shared[:])
    return float(began), float(reached)


def child(diary: Path, to_s: float, speed: float, pipe: int, progress: mmap.mmap) -> None:
    """Record into the diary until somebody kills this process or the run is over; tells everything over a pipe."""
    acks = LineWriter(pipe)

    def say(text: str) -> None:
        os.write(pipe, f"said {time.monotonic()} {text}\n".encode())

    clocks: Clocks = this_computer()
    with RecorderGuard(diary), Store(diary) as store:
        start = begin(store, RunPlan("counting", pace=speed), clocks, say)
        finish_cut_off(store, start, say)
        recorder = Recorder(store, start, CountingSession(), Hooks(ack=lambda a: acks.write(ack_line(a)), say=say))
        asyncio.run(record(CountingLink(start.offset_s, start.offset_s + to_s, speed, progress), recorder))
        acks.close()
        finish(store, start.run_id)
    say("closed")


def fork_child(diary: Path, to_s: float, speed: float, progress: mmap.mmap) -> tuple[int, int]:
    """Return the process id of a recording child and the pipe that it talks to."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    os.close(reading)
    code = 1
    with contextlib.suppress(BaseException):
        child(diary, to_s, speed, writing, progress)
        code = 0
    os._exit(code)
