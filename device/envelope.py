"""The line under the delays of a device clock: what a packet takes at least, and how that drifts.

The rule of this file: only the smallest delay of every two seconds counts, and of those only the ones on the lower
convex hull of the last quarter of an hour; packets that waited, however long, lie above and move nothing.
"""

from __future__ import annotations

import math
from collections import deque
from itertools import pairwise

WINDOW_S = 900.0
BUCKET_S = 2.0
_BLOCK_S = 60.0
MAX_DRIFT = 200e-6  # a watch crystal in heat or frost; steeper is no clock but a queue
# Drift changes with temperature: out of a heated room into frost, -0.035 ppm/K^2 over 10 min of thermal lag.
_DRIFT_CHANGE_PER_S = 3e-8
_TRUSTED_S = 90.0  # over this span the slope of the hull and the drift believed before count the same
_QUEUED_S = 0.1
_FIRST_DOUBT_S = 0.05  # one connection interval as phones grant it, before anything is known
_WANDER_DOUBT_S = 0.0005  # what drift that changes with temperature adds; found by simulation

Point = tuple[float, float]


class Envelope:
    """The smallest delays of the last 900 to 960 s and the line under them; constant time per delay."""

    def __init__(self, drift_before: float = 0.0) -> None:
        """Begin with the drift to be believed while the delays tell none."""
        self.began_s = math.nan
        self.drift = self._drift_before = drift_before
        self._lows: deque[Point] = deque()
        self._hull: list[Point] = []
        self._scatter_s = 0.0
        self._open_s = math.nan
        self._low: Point = (math.nan, math.inf)
        self._base: Point = (math.nan, math.nan)

    def at(self, device_s: float) -> float:
        """Return the least delay in s expected at a device time in s; NaN before the first `note`."""
        return self._base[1] + self.drift * (device_s - self._base[0])

    def note(self, device_s: float, delay_s: float) -> None:
        """Take the delay in s of a packet and its device time in s."""
        if math.isnan(self._open_s):
            self.began_s = self._open_s = device_s
        elif device_s >= self._open_s + BUCKET_S:
            self._close(device_s)
        elif delay_s >= self._low[1] and delay_s >= self.at(device_s):
            return
        if delay_s < self._low[1]:
            self._low = (max(device_s, self._open_s), delay_s)
        self._fit(max(device_s, self._open_s))

    def _close(self, device_s: float) -> None:
        """Put the smallest delay of the last two seconds on the hull and drop what is older than the window."""
        self._lows.append(self._low)
        above_s = min(self._low[1] - self.at(self._low[0]), _QUEUED_S)  # a queue says nothing of the scatter
        self._scatter_s += (above_s - self._scatter_s) / len(self._lows)
        _push(self._hull, self._low)
        self._open_s, self._low = device_s, (math.nan, math.inf)
        if self._lows[0][0] < device_s - WINDOW_S - _BLOCK_S:
            self._forget(device_s - WINDOW_S)

    def _forget(self, before_s: float) -> None:
        """Drop what is older than a time and build the hull anew; a minute at once, so that it costs little."""
        while self._lows and self._lows[0][0] < before_s:
            self._lows.popleft()
        if not self._lows:
            self._drift_before = self.drift
        self._hull = []
        for low in self._lows:
            _push(self._hull, low)

    def _fit(self, now_s: float) -> None:
        """Lay the line of the believed drift under all the points."""
        hull = self._hull.copy()
        _push(hull, self._low)
        span_s = now_s - hull[0][0]
        if len(hull) > 1:
            trust = span_s**2 / (span_s**2 + _TRUSTED_S**2)
            self.drift = self._drift_before + trust * (_recent_slope(hull, now_s) - self._drift_before)
        self._base = (now_s, min(delay_s - self.drift * (at_s - now_s) for at_s, delay_s in hull))

    def doubt_s(self) -> float:
        """Return about twice the spread of `at` in s, the constant share apart; NaN before the first `note`."""
        if math.isnan(self.began_s):
            return math.nan
        buckets = len(self._lows)
        scatter_s = self._scatter_s if buckets > 4 else _FIRST_DOUBT_S
        return _WANDER_DOUBT_S + scatter_s * min(1.0, 24.0 / max(1, buckets))

    def save(self) -> tuple[list[float | None], list[Point], list[Point]]:
        """Return the state as JSON values for `restore`."""
        numbers = [self.began_s, self.drift, self._scatter_s, self._drift_before, self._open_s, *self._low, *self._base]
        return [number if math.isfinite(number) else None for number in numbers], list(self._lows), self._hull

    @classmethod
    def restore(cls, saved: tuple[list[float | None], list[Point], list[Point]]) -> Envelope:
        """Return the envelope that `save` described."""
        self = cls()
        numbers, lows, hull = saved
        told = [math.nan if n is None else n for n in numbers]
        self.began_s, self.drift, self._scatter_s, self._drift_before, self._open_s, low_s, low, *base = told
        self._base = (base[0], base[1])
        self._low = (low_s, math.inf if math.isnan(low) else low)
        self._lows = deque((at_s, delay_s) for at_s, delay_s in lows)
        self._hull = [(at_s, delay_s) for at_s, delay_s in hull]
        return self


def _push(hull: list[Point], point: Point) -> None:
    """Add a point at the right end of a lower convex hull, and drop those that it leaves above the hull."""
    while len(hull) > 1 and _slope(hull[-2], hull[-1]) >= _slope(hull[-2], point):
        hull.pop()
    hull.append(point)


def _slope(a: Point, b: Point) -> float:
    return (b[1] - a[1]) / (b[0] - a[0])


def _recent_slope(hull: list[Point], now_s: float) -> float:
    """Return the mean slope of a hull, recent edges weighing more, with the first and last bent back into line.

    The outer edges of a hull lead up to points that touch nothing, so they are too steep; each edge may differ from
    its inner neighbour by no more than drift can change between the two. Weight u^3 (1 - u), u from 0 to 1 = now.
    """
    began_s, span_s = hull[0][0], now_s - hull[0][0]
    slopes = [_slope(a, b) for a, b in pairwise(hull)]
    middle = next((n for n, (at_s, _) in enumerate(hull[1:]) if at_s >= began_s + 0.6 * span_s), len(slopes) - 1)
    slopes[middle] = max(-MAX_DRIFT, min(MAX_DRIFT, slopes[middle]))
    for n in range(middle + 1, len(slopes)):
        slopes[n] = min(slopes[n], slopes[n - 1] + _may_change(hull, n))
    for n in range(middle - 1, -1, -1):
        slopes[n] = max(slopes[n], slopes[n + 1] - _may_change(hull, n + 1))
    shares = [_share(1.0 if span_s == 0.0 else (at_s - began_s) / span_s) for at_s, _ in hull]
    weights = [b - a for a, b in pairwise(shares)]
    return sum(w * s for w, s in zip(weights, slopes, strict=True)) / sum(weights)


def _may_change(hull: list[Point], n: int) -> float:
    """Return how much drift can change between the middles of edge n - 1 and edge n of a hull."""
    return _DRIFT_CHANGE_PER_S * (hull[n + 1][0] - hull[n - 1][0]) / 2.0


def _share(u: float) -> float:
    return u**4 / 4.0 - u**5 / 5.0
