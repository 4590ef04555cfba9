"""The simulated radio as a Link: frames of a world at their time, or as fast as they can be taken.

The rule of this file: pacing decides when a packet is handed over, never what is in it or when it arrived:
`arrival_s` is on the scenario's time line, so the same world gives the same results at any speed.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from device.link import LinkEvent, LinkState, Packet
from hardware_sim.world import Connection, Frame, World

_AHEAD_S = 0.005
_BREATH = 256


@dataclass(frozen=True, slots=True)
class Pace:
    """Where waiting happens: a clock in s and a sleep; the defaults are the real ones."""

    now_s: Callable[[], float] = field(default=time.monotonic)
    sleep: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep)


class SimLink:
    """A world as a Link: `speed` 1 is real time, N is N times faster, 0 or infinity is as fast as possible."""

    def __init__(self, world: World, speed: float = 1.0, pace: Pace | None = None) -> None:
        if math.isnan(speed) or speed < 0.0:
            raise ValueError(f"speed must be 0 (as fast as possible) or more, not {speed!r}")
        self.world = world
        self.speed = math.inf if speed == 0.0 else speed
        self._pace = pace or Pace()
        self._closed = asyncio.Event()

    async def packets(self) -> AsyncIterator[Packet | LinkEvent]:
        """Yield packets and link events in order of arrival; the last is CLOSED, for all trackers (name "")."""
        begun_s, count, last_s = self._pace.now_s(), 0, self.world.start_at_s
        for event in self.world.events():
            await self._wait(begun_s, event.t_s, count)
            if self._closed.is_set():
                break
            count, last_s = count + 1, event.t_s
            yield handed_over(event)
        ended_s = last_s if self._closed.is_set() else max(last_s, self.world.duration_s)
        yield LinkEvent("", LinkState.CLOSED, ended_s, "closed" if self._closed.is_set() else "end of the scenario")

    async def _wait(self, begun_s: float, due_s: float, count: int) -> None:
        """Wait until an arrival is due; at full speed only let others breathe now and then."""
        if math.isinf(self.speed):
            if count % _BREATH == 0:
                await self._pace.sleep(0.0)
            return
        ahead_s = begun_s + (due_s - self.world.start_at_s) / self.speed - self._pace.now_s()
        if ahead_s > _AHEAD_S:
            await self._pace.sleep(ahead_s)

    async def close(self) -> None:
        """End the stream: the next event is CLOSED."""
        self._closed.set()


def handed_over(event: Frame | Connection) -> Packet | LinkEvent:
    """Return what a world sends as a host meets it."""
    if isinstance(event, Frame):
        return Packet(event.tracker, event.characteristic, event.t_s, event.payload)
    return LinkEvent(event.tracker, LinkState.CONNECTED if event.up else LinkState.LOST, event.t_s, event.cause)
