"""Recordings of raw frames as links: what was recorded takes the same way through the house as what is received.

The rule of this file: pacing decides when an event is handed over, never what is in it: arrival times are those of
the recording, so a replay gives the same samples at any speed.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Protocol

from device import btsnoop
from device.journal import Event, Journal, JournalError, JournalWriter
from device.link import Link, LinkEvent, LinkState

_BREATH = 256
_AHEAD_S = 0.005


class Recording(Protocol):
    """Recorded events in order; `damage` tells after reading where it had to end, "" at the file's own end."""

    damage: str
    started_unix_s: float

    def __iter__(self) -> Iterator[Event]: ...


def open_recording(path: Path | str) -> Recording:
    """Return a journal or a btsnoop capture, by how the file begins; JournalError where it is neither."""
    try:
        with Path(path).open("rb") as file:
            start = file.read(len(btsnoop.MAGIC))
    except OSError as problem:
        raise JournalError(f"{path}: cannot be read: {problem.strerror or problem}") from problem
    return btsnoop.Capture(path) if start == btsnoop.MAGIC else Journal(path)


class JournalLink:
    """A journal or btsnoop file as a Link: `speed` 1 is real time, N is N times faster, 0 is as fast as possible."""

    def __init__(
        self,
        path: Path | str,
        speed: float = 1.0,
        *,
        now_s: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Open the file; JournalError where it is no recording, ValueError for a speed below 0."""
        if math.isnan(speed) or speed < 0.0:
            raise ValueError(f"speed must be 0 (as fast as possible) or more, not {speed!r}")
        self.recording = open_recording(path)
        self.speed = math.inf if speed == 0.0 else speed
        self._now_s, self._sleep = now_s, sleep
        self._closed = False

    async def packets(self) -> AsyncIterator[Event]:
        """Yield what was recorded; the last is CLOSED, with the damage of the file, if any, as its cause."""
        begun_s, first_s, last_s = self._now_s(), math.nan, 0.0
        for count, event in enumerate(self.recording):
            first_s = event.arrival_s if count == 0 else first_s
            await self._wait(begun_s, event.arrival_s - first_s, count)
            if self._closed:
                break
            last_s = event.arrival_s
            yield event
            if isinstance(event, LinkEvent) and event.state is LinkState.CLOSED and not event.tracker:
                return
        cause = "closed" if self._closed else self.recording.damage or "end of the recording"
        yield LinkEvent("", LinkState.CLOSED, last_s, cause)

    async def _wait(self, begun_s: float, due_s: float, count: int) -> None:
        """Wait until an event is due; at full speed only let others breathe now and then."""
        if math.isinf(self.speed):
            if count % _BREATH == 0:
                await self._sleep(0.0)
            return
        ahead_s = begun_s + due_s / self.speed - self._now_s()
        if ahead_s > _AHEAD_S:
            await self._sleep(ahead_s)

    async def close(self) -> None:
        """End the stream: the next event is CLOSED."""
        self._closed = True


class JournalingLink:
    """A link whose packets and events are also written to a journal, before they are handed on."""

    def __init__(self, link: Link, journal: JournalWriter) -> None:
        self.link, self.journal = link, journal

    async def packets(self) -> AsyncIterator[Event]:
        """Yield what the link yields; the journal is closed when the link ends or is left."""
        try:
            async for event in self.link.packets():
                self.journal.write(event)
                yield event
        finally:
            self.journal.close()

    async def close(self) -> None:
        """Close the link; the journal follows with its last event."""
        await self.link.close()
