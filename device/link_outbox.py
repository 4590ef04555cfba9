"""What the radio hands over: a bounded queue from the radio's loop to whoever records.

The rule of this file: putting never waits and never fails; when the queue is full the oldest packet gives way, is
counted, and the loss is told in its place.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque

from device.link import LinkEvent, LinkState, Packet

#: About 1 MB of frames: more than a minute of the busiest tracker.
CAPACITY = 4096


class Outbox:
    """Packets and link events in order; `put` and `fail` from any thread, `get` from one loop."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.dropped = 0
        """Packets that gave way since the beginning."""
        self._capacity = capacity
        self._events: deque[Packet | LinkEvent] = deque()
        self._packets = 0
        self._lost: dict[tuple[str, str], tuple[int, float]] = {}
        self._failure: BaseException | None = None
        self._lock = threading.Lock()
        self._waiting: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None

    def put(self, event: Packet | LinkEvent) -> None:
        """Add an event; the oldest packet gives way when the queue is full, a link event never does."""
        with self._lock:
            self._events.append(event)
            self._packets += isinstance(event, Packet)
            if self._packets > self._capacity:
                self._drop_oldest()
            self._wake()

    def fail(self, error: BaseException) -> None:
        """Let `get` raise an error once everything before it is taken."""
        with self._lock:
            self._failure = error
            self._wake()

    async def get(self) -> Packet | LinkEvent:
        """Return the next event, waiting for it; raises what `fail` was given when nothing is left."""
        while True:
            with self._lock:
                event = self._next()
                if event is not None:
                    return event
                if self._failure is not None:
                    raise self._failure
                ready = asyncio.Event()
                self._waiting = (asyncio.get_running_loop(), ready)
            await ready.wait()

    def _next(self) -> Packet | LinkEvent | None:
        if self._lost:
            (tracker, characteristic), (count, last_s) = self._lost.popitem()
            cause = f"{count} packets let go: this computer was too slow to take them"
            return LinkEvent(tracker, LinkState.DROPPED, last_s, cause, characteristic)
        if not self._events:
            return None
        event = self._events.popleft()
        self._packets -= isinstance(event, Packet)
        return event

    def _drop_oldest(self) -> None:
        at = next(i for i, event in enumerate(self._events) if isinstance(event, Packet))
        oldest = self._events[at]
        del self._events[at]
        assert isinstance(oldest, Packet)
        key = (oldest.tracker, oldest.characteristic)
        self._lost[key] = (self._lost.get(key, (0, 0.0))[0] + 1, oldest.arrival_s)
        self._packets -= 1
        self.dropped += 1

    def _wake(self) -> None:
        if self._waiting is None:
            return
        loop, ready = self._waiting
        self._waiting = None
        if not loop.is_closed():
            loop.call_soon_threadsafe(ready.set)
