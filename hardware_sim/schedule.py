"""What is to happen when: a heap of calls on the radio's own time line.

The rule of this file: the radio's time is a number of seconds since its start that only a driver moves: `LiveDriver`
lets it pass with an event loop's clock (real or virtual), `advance` makes a stretch of it happen at once.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable


class Call:
    """One call that is to come; `cancel` takes it back."""

    __slots__ = ("cancelled", "due_s", "function")

    def __init__(self, due_s: float, function: Callable[[], None]) -> None:
        self.due_s, self.function, self.cancelled = due_s, function, False

    def cancel(self) -> None:
        """Never make the call."""
        self.cancelled = True


class Schedule:
    """Calls in order of time, those of one instant in the order in which they were asked for."""

    def __init__(self) -> None:
        self.changed: Callable[[], None] = lambda: None
        """Called when the next due call may have changed; a driver sets it."""
        self.clock_s: Callable[[], float] = lambda: self._now_s
        """Returns the time in s by the clock of the driver, for who stands outside the calls; a driver sets it."""
        self._now_s = 0.0
        self._heap: list[tuple[float, int, Call]] = []
        self._count = itertools.count()

    @property
    def now_s(self) -> float:
        """Return the radio's time in s since its start."""
        return self._now_s

    def at(self, due_s: float, function: Callable[[], None]) -> Call:
        """Make a call at an instant in s, or as soon as possible where that is past; returns what cancels it."""
        call = Call(max(due_s, self._now_s), function)
        first = not self._heap or call.due_s < self._heap[0][0]
        heapq.heappush(self._heap, (call.due_s, next(self._count), call))
        if first:
            self.changed()
        return call

    def after(self, delay_s: float, function: Callable[[], None]) -> Call:
        """Make a call in so many s from now."""
        return self.at(self._now_s + delay_s, function)

    def next_s(self) -> float | None:
        """Return when the next call is due in s, None when there is none."""
        while self._heap and self._heap[0][2].cancelled:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def run_until(self, until_s: float) -> None:
        """Make every call that is due by an instant in s, in order, and move the time there; it never runs back."""
        while (due_s := self.next_s()) is not None and due_s <= until_s:
            self._now_s = max(self._now_s, due_s)
            heapq.heappop(self._heap)[2].function()
        self._now_s = max(self._now_s, until_s)

    def advance(self, by_s: float) -> None:
        """Let `by_s` s of the radio's time happen at once; ValueError when negative."""
        if not by_s >= 0.0:
            raise ValueError(f"a clock does not run backwards: {by_s!r}")
        self.run_until(self._now_s + by_s)


class LiveDriver:
    """Moves a schedule with the clock of an event loop, until `stop`; time that `advance` skipped stays skipped."""

    def __init__(self, schedule: Schedule, loop: asyncio.AbstractEventLoop) -> None:
        self._schedule, self._loop = schedule, loop
        self._begun_s = loop.time() - schedule.now_s
        self._timer: asyncio.TimerHandle | None = None
        self._running = False
        schedule.changed, schedule.clock_s = self._arm, self._clock_s
        self._arm()

    def catch_up(self) -> None:
        """Make the calls that are due by the loop's clock; whoever reads `now_s` from outside calls it first."""
        if self._running:
            return
        self._running = True
        try:
            self._schedule.run_until(self._clock_s())
        finally:
            self._running = False
        self._arm()

    def advance(self, by_s: float) -> None:
        """Let `by_s` s of the radio's time happen at once; the loop's clock goes on from there."""
        self.catch_up()
        self._begun_s -= by_s
        self.catch_up()

    def stop(self) -> None:
        """Let the radio's time stand still."""
        self._schedule.changed = lambda: None
        self._schedule.clock_s = lambda: self._schedule.now_s
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _clock_s(self) -> float:
        return max(self._schedule.now_s, self._loop.time() - self._begun_s)

    def _arm(self) -> None:
        if self._running:
            return
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due_s = self._schedule.next_s()
        if due_s is not None:
            self._timer = self._loop.call_at(self._begun_s + due_s, self.catch_up)
