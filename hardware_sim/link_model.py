"""How the air between two radios behaves: when a packet handed over at one end comes out at the other.

The rule of this file: packets are never lost on a link that lives (the link layer repeats them) and never overtake
each other; they wait for connection events. Source: Bluetooth Core 5.4, vol 6 part B, 4.5 (connection state).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

_LOST_ALWAYS = 0.999


@dataclass(frozen=True, slots=True)
class LinkModel:
    """A link's parameters; `ideal()` has no delay at all."""

    interval_s: float = 0.03
    packets_per_event: int = 6
    packet_error_rate: float = 0.02
    supervision_s: float = 4.0
    connect_s: float = 0.12
    """Time to connect once the tracker was heard, and to discover its services."""
    distance_m: float = 1.5

    @property
    def rssi_dbm(self) -> int:
        """Return the signal strength at this distance in dBm: free space and a body in between."""
        return max(-100, round(-55.0 - 25.0 * math.log10(max(self.distance_m, 0.1))))


def ideal() -> LinkModel:
    """Return a link without delay or loss, for tests of logic and for throughput."""
    return LinkModel(interval_s=0.0, packet_error_rate=0.0, connect_s=0.0)


class Air:
    """One direction of a link: the instants at which packets come out."""

    def __init__(self, model: LinkModel, rng: random.Random, anchor_s: float) -> None:
        self.interval_s: Callable[[float], float] = lambda at_s: model.interval_s
        """The connection interval in s at an instant; a fault may change it."""
        self.dead_until_s: Callable[[float], float] = lambda at_s: at_s
        """The end of the stretch without radio that holds at an instant, the instant itself without one."""
        self._model, self._rng = model, rng
        self._event_s = anchor_s
        self._used = 0

    def out_s(self, ready_s: float) -> float:
        """Return when a packet that is ready at an instant comes out, in s; later packets never before."""
        interval = self.interval_s(ready_s)
        if interval <= 0.0:
            self._event_s = max(self._event_s, self.dead_until_s(ready_s))
            return max(ready_s, self._event_s)
        self._wait_until(ready_s, interval)
        if self._used >= self._model.packets_per_event:
            self._step(interval)
        while (alive_s := self.dead_until_s(self._event_s)) > self._event_s:
            self._wait_until(alive_s, interval)
        while self._rng.random() < min(self._model.packet_error_rate, _LOST_ALWAYS):
            self._step(interval)
        self._used += 1
        return self._event_s

    def _wait_until(self, ready_s: float, interval: float) -> None:
        if ready_s > self._event_s:
            self._event_s += interval * math.ceil((ready_s - self._event_s) / interval - 1e-9)
            self._used = 0

    def _step(self, interval: float) -> None:
        self._event_s += interval
        self._used = 0
