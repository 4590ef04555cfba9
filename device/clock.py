"""A tracker's clock on the host's time line: device seconds in, host seconds out.

The rule of this file: a packet can be late but never early, so the line that supports the delays from below is the
offset and drift of the two clocks, plus the radio's constant share, which one-way times cannot tell. Mapped time is
one rising function of device time, extended only at its end. Sources: minimum-delay filtering, Paxson 1998; a line
under the delays, Moon, Skelly and Towsley 1999 and Zhang, Liu and Xia 2002 (convex hull).
"""

from __future__ import annotations

import json
import math
from collections import deque

import numpy as np

from device.envelope import Envelope
from edge.samples import Column

JUMP_S = 0.5
#: A clock set back by less than the packets are apart is told within this time; a stall that does not drain, later.
CONFIRM_S, STALLED_S = 2.0, 10.0
_SLEW, _CATCH_UP = 0.25, 0.9  # share of the time passed by which mapped time may be stretched or pressed together
_STEADY_S = 0.15  # delays that agree within this do not drain
_YOUNG_S = 60.0  # so long after its beginning, an epoch may still rest on packets that had queued
_KNOTS = 128  # how many packets back a late one is mapped as it would have been in time


class DeviceClock:
    """Maps one device clock to the host's; a clock that jumps by more than 0.5 s starts a new epoch.

    Each packet takes constant time and a bounded memory; what `host_s` returns rests on the packets so far only.
    """

    def __init__(self) -> None:
        self.epoch = 0
        self._delays = Envelope()
        self._spacing_s = 0.0
        self._newest: tuple[float, float] | None = None
        self._behind: tuple[float, float, float] | None = None
        self._knots: deque[tuple[float, float]] = deque(maxlen=_KNOTS)
        self._columns: tuple[Column, Column] | None = None

    def update(self, device_s: float, arrival_s: float) -> bool:
        """Take the device time of a packet's last row and its arrival, both in s; True when a new epoch began.

        Packets come in the order in which they were sent; one that overtook others is only mapped, with `host_s`.
        """
        jumped = self._newest is not None and self._jumped(self._newest, device_s, arrival_s)
        if jumped:
            self._begin_anew()
        if self._newest is not None and device_s > self._newest[0]:
            self._space(device_s - self._newest[0])
        self._delays.note(device_s, arrival_s - device_s)
        self._extend(device_s)
        newest_s = device_s if self._newest is None else max(device_s, self._newest[0])
        self._newest = (newest_s, arrival_s)
        return jumped

    def _space(self, passed_s: float) -> None:
        """Note how far apart packets are at most as a rule: a loss stretches it for a while, an outage hardly."""
        usual_s = self._spacing_s
        self._spacing_s = max(min(passed_s, 3.0 * usual_s), 0.98 * usual_s) if usual_s else passed_s

    def _begin_anew(self) -> None:
        """Forget all but the drift: it is the same crystal."""
        self.epoch += 1
        self._delays = Envelope(self.drift)
        self._newest = self._behind = self._columns = None
        self._knots.clear()

    # ── jumps ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _jumped(self, newest: tuple[float, float], device_s: float, arrival_s: float) -> bool:
        """Return whether this cannot be the same clock: it ran back, came too early, or is late and stays late."""
        late_s = arrival_s - device_s - self._delays.at(device_s)
        passed_s, waited_s = device_s - newest[0], arrival_s - newest[1]
        if late_s < -JUMP_S:
            return not self._began_in_a_queue(device_s, passed_s, waited_s)
        return passed_s < -JUMP_S or self._fell_back(late_s, passed_s, waited_s, arrival_s)

    def _began_in_a_queue(self, device_s: float, passed_s: float, waited_s: float) -> bool:
        """Return whether an epoch that began with late packets is catching up: its rows follow on each other."""
        young = device_s - self._delays.began_s < _YOUNG_S
        return young and waited_s < passed_s <= 1.4 * self._spacing_s

    def _fell_back(self, late_s: float, passed_s: float, waited_s: float, arrival_s: float) -> bool:
        """Return whether packets stay late by the same time: a queue that drains becomes less late.

        Where the rows follow on each other after a silence, a queue is likelier than a clock that was set, and it
        may drain slowly; this waits longer then. Elsewhere it decides before a further packet would come too late.
        """
        if late_s <= JUMP_S:
            self._behind = None
            return False
        usual_s = 1.4 * self._spacing_s
        patience_s = STALLED_S if waited_s > usual_s >= passed_s else CONFIRM_S - 2.0 * self._spacing_s
        if self._behind is not None:
            since_s, before_s, patience_s = self._behind
            if abs(late_s - before_s) <= _STEADY_S:
                return arrival_s - since_s >= max(JUMP_S, patience_s)
            if late_s > before_s and late_s - before_s < JUMP_S:
                return False  # one packet sent again, later than its like
        self._behind = (arrival_s, late_s, patience_s)
        return False

    # ── mapping ────────────────────────────────────────────────────────────────────────────────────────────────

    def _extend(self, device_s: float) -> None:
        """Add where the line puts a device time, as near as mapped time may go there and still rise."""
        host_s = device_s + self._delays.at(device_s)
        if self._knots:
            known_s, mapped_s = self._knots[-1]
            passed_s = device_s - known_s
            if passed_s <= 0.0:
                return
            ahead_s = mapped_s + passed_s - host_s
            back = _CATCH_UP if ahead_s > JUMP_S else _SLEW
            host_s = mapped_s + passed_s - max(-_SLEW * passed_s, min(back * passed_s, ahead_s))
        self._knots.append((device_s, host_s))
        self._columns = None

    def host_s(self, device_s: Column) -> Column:
        """Return device times (n,) in s on the host's time line in s, rising with them; NaN before the first update."""
        if not self._knots:
            return np.full(np.shape(device_s), np.nan)
        if self._columns is None:
            known = np.array(self._knots)
            self._columns = known[:, 0], known[:, 1]
        known_s, mapped_s = self._columns
        inside_s = np.clip(device_s, known_s[0], known_s[-1])
        beyond_s = (device_s - inside_s) * (1.0 + self.drift)
        return np.asarray(np.interp(inside_s, known_s, mapped_s) + beyond_s, dtype=np.float64)

    @property
    def latest_host_s(self) -> float:
        """Return the host time in s of the newest device time; NaN before the first update."""
        return self._knots[-1][1] if self._knots else math.nan

    @property
    def drift(self) -> float:
        """Return how many host seconds pass in a device second, less one: 35e-6 where it loses 35 us a second."""
        return self._delays.drift

    def uncertainty_s(self) -> float:
        """Return the stated doubt of the mapping in s, its constant share apart; NaN before the first packet.

        About 95 % of mapped times are nearer than this to the truth. It cannot know of a stream whose packets keep
        step with the radio's intervals: there the delays are the same for minutes and wrong by the same.
        """
        return self._delays.doubt_s()

    # ── state ──────────────────────────────────────────────────────────────────────────────────────────────────

    def save(self) -> str:
        """Return the state as text for `restore`."""
        rest = [self._spacing_s, self._newest, self._behind]
        return json.dumps([self.epoch, self._delays.save(), list(self._knots), *rest])

    @classmethod
    def restore(cls, saved: str) -> DeviceClock:
        """Return the clock that `save` described; ValueError where the text is none."""
        clock = cls()
        clock.epoch, delays, knots, clock._spacing_s, newest, behind = json.loads(saved)
        clock._delays = Envelope.restore(delays)
        clock._knots.extend((device_s, host_s) for device_s, host_s in knots)
        clock._newest = None if newest is None else (newest[0], newest[1])
        clock._behind = None if behind is None else (behind[0], behind[1], behind[2])
        return clock
