"""A clock that moves only when it is told to: every wait in the simulator can run on it.

The rule of this file: time is a value; nothing here looks at the wall clock.
"""

from __future__ import annotations

import heapq

_EARLY_S = 1e-9


class VirtualClock:
    """Seconds that pass when someone sleeps or advances, never by themselves."""

    def __init__(self, now_s: float = 0.0) -> None:
        self._now_s = now_s
        self._due_s: list[float] = []

    @property
    def now_s(self) -> float:
        """Return the virtual time in s."""
        return self._now_s

    def advance(self, by_s: float) -> float:
        """Move the clock forward by `by_s` s and return the new time in s; ValueError when negative."""
        if not by_s >= 0.0:
            raise ValueError(f"a clock does not run backwards: {by_s!r}")
        self._now_s += by_s
        return self._now_s

    def advance_to(self, due_s: float) -> float:
        """Move the clock forward to `due_s` and return the time in s; an instant in the past changes nothing."""
        self._now_s = max(self._now_s, due_s)
        return self._now_s

    def remind(self, due_s: float) -> None:
        """Note an instant in s that `next_due_s` will name."""
        heapq.heappush(self._due_s, due_s)

    def next_due_s(self) -> float | None:
        """Return the earliest reminder that is still ahead in s and forget those behind; None without one."""
        while self._due_s and self._due_s[0] <= self._now_s + _EARLY_S:
            heapq.heappop(self._due_s)
        return self._due_s[0] if self._due_s else None

    async def sleep(self, seconds: float) -> None:
        """Let `seconds` of virtual time pass at once, in the place of asyncio.sleep."""
        self.advance(max(0.0, seconds))
