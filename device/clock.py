"""A tracker's clock on the host's time line: device seconds in, host seconds out.

The rule of this file: a packet can be late but never early, so the smallest delay seen lately is the offset of
the two clocks plus the radio's constant share. Source: minimum-delay filtering, Paxson 1998.
"""

from __future__ import annotations

import json
import math
from collections import deque

from edge.samples import Column

WINDOW_S = 600.0
BUCKET_S = 2.0
JUMP_S = 1.0
CONFIRM_S = 2.0
_SLEW = 0.25  # the offset moves by at most this share of the time passed, so that mapped time never runs back


class DeviceClock:
    """Maps one device clock to the host's; a clock that jumps by more than 1 s starts a new epoch."""

    def __init__(self) -> None:
        self.epoch = 0
        self._lows: deque[tuple[float, float]] = deque()
        self._newest_s = -math.inf
        self._offset_s = math.nan
        self._behind: tuple[float, float] | None = None

    def update(self, device_s: float, arrival_s: float) -> bool:
        """Take the device time of a packet's last row and its arrival, both in s; True when a new epoch began."""
        delay = arrival_s - device_s
        jumped = self._newest_s > -math.inf and (self._impossible(device_s, delay) or self._fell_back(arrival_s, delay))
        if jumped:
            self.epoch += 1
            self._lows.clear()
            self._newest_s, self._offset_s, self._behind = -math.inf, math.nan, None
        passed = max(0.0, device_s - self._newest_s)
        self._newest_s = max(self._newest_s, device_s)
        self._note(device_s, delay)
        self._follow(passed)
        return jumped

    def _impossible(self, device_s: float, delay: float) -> bool:
        """Return whether this cannot be the same clock: it ran back, or the packet came before it was taken."""
        return device_s < self._newest_s - JUMP_S or delay < self._offset_s - JUMP_S

    def _fell_back(self, arrival_s: float, delay: float) -> bool:
        """Return whether packets have been late by the same second or more for 2 s: a queue that drains is not."""
        if not delay > self._offset_s + JUMP_S:
            self._behind = None
            return False
        if self._behind is None or abs(delay - self._behind[1]) > 0.5 * JUMP_S:
            self._behind = (arrival_s, delay)
        return arrival_s - self._behind[0] >= CONFIRM_S

    def _note(self, device_s: float, delay: float) -> None:
        """Keep the delays that are, or can still become, the smallest of the window: rising ones, oldest first."""
        while self._lows and self._lows[-1][1] >= delay:
            self._lows.pop()
        if not self._lows or device_s - self._lows[-1][0] >= BUCKET_S:
            self._lows.append((device_s, delay))
        while self._lows[0][0] < device_s - WINDOW_S:
            self._lows.popleft()

    def _follow(self, passed: float) -> None:
        target = self._lows[0][1]
        if math.isnan(self._offset_s):
            self._offset_s = target
        else:
            reach = _SLEW * passed
            self._offset_s += min(reach, max(-reach, target - self._offset_s))

    def host_s(self, device_s: Column) -> Column:
        """Return device times (n,) in s on the host's time line in s; NaN before the first update."""
        return device_s + self._offset_s

    def save(self) -> str:
        """Return the state as text for `restore`."""
        newest = None if self._newest_s == -math.inf else self._newest_s
        offset = None if math.isnan(self._offset_s) else self._offset_s
        return json.dumps([self.epoch, newest, offset, list(self._lows), self._behind])

    @classmethod
    def restore(cls, saved: str) -> DeviceClock:
        """Return the clock that `save` described."""
        clock = cls()
        epoch, newest, offset, lows, behind = json.loads(saved)
        clock.epoch = epoch
        clock._newest_s = -math.inf if newest is None else newest
        clock._offset_s = math.nan if offset is None else offset
        clock._lows = deque((device_s, delay) for device_s, delay in lows)
        clock._behind = None if behind is None else (behind[0], behind[1])
        return clock
