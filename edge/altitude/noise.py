"""The noise of an altitude recording, measured from the recording itself, and noise made after its likeness.

The rule of this file: white scatter plus a Gauss-Markov wander (Sabatini & Genovese 2013, 2014); how large each is
follows from the rows, never from the name of a sensor.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.samples import Column

_WINDOW_S = 16.0
_WANDER_S = 60.0
_RANGE_SIGMAS = 3.5
_LEAST_M = 2.0
_CAUTION = 1.0
_LEAST_CHANGES, _MOST_QUANTUM_M = 20, 10.0


@dataclass(frozen=True, slots=True)
class Noise:
    """The noise of one recording, 1 sigma in m: what changes from row to row, and what wanders over a minute."""

    scatter_m: float
    wander_m: float
    quantum_m: float
    """Smallest step in m that the altitudes are given in; 0 when continuous."""
    step_s: float
    """Usual time in s between rows."""

    @property
    def total_m(self) -> float:
        return float(np.hypot(self.scatter_m, self.wander_m))

    @property
    def window_s(self) -> float:
        """Seconds to average over so that scatter falls to 0.3 m, within 4 and 16 s: a hilltop must survive."""
        return float(np.clip(self.scatter_m**2 * self.step_s / 0.09, 4.0, _WINDOW_S))

    @property
    def left_m(self) -> float:
        """Noise in m that averaging over the window leaves."""
        scatter = self.scatter_m * min(1.0, (self.step_s / self.window_s) ** 0.5)
        return float(np.hypot(scatter, self.wander_m))

    def in_steps(self, altitude_m: Column) -> Column:
        """Return altitudes in m, shape as given, rounded to the step of this recording."""
        return np.asarray(np.round(altitude_m / self.quantum_m) * self.quantum_m if self.quantum_m else altitude_m)

    def mean_sd_m(self, window_s: float) -> float:
        """Return the standard deviation in m of a mean over a window in s."""
        x = window_s / _WANDER_S
        wander2 = self.wander_m**2 * 2.0 * (x - 1.0 + float(np.exp(-x))) / x**2
        return float((self.scatter_m**2 * min(1.0, self.step_s / window_s) + wander2) ** 0.5)

    @property
    def threshold_m(self) -> float:
        """Swings in m below this are taken for noise: an hour's range of it is about six sigma."""
        return max(_RANGE_SIGMAS * self.left_m, 1.5 * self.quantum_m, _LEAST_M)


def noise_of(t_s: Column, altitude_m: Column) -> Noise:
    """Return the noise of an altitude series by how far rows lie off the line between their neighbours.

    Neighbouring rows give the scatter; means over some 10 s, in which a hill is still straight, give the
    wander, taken for a Gauss-Markov process of 60 s. The highest 30 % of the squares, hilltops and spikes, are
    left out. Model: Sabatini & Genovese 2014, Sensors 14:13324.
    """
    step_s = float(np.median(np.diff(t_s)))
    scatter2 = _bend2(t_s, altitude_m)
    first = Noise(scatter2**0.5, 0.0, quantum_of_m(altitude_m), step_s)
    width_s = max(first.window_s, 1.5 * step_s)
    wander2 = min(_wander2(t_s, altitude_m, times * width_s, scatter2 * step_s) for times in (1.0, 2.0, 4.0))
    wander_m = wander2**0.5 if np.isfinite(wander2) else 0.0
    return Noise(first.scatter_m, wander_m, first.quantum_m, step_s)


def _wander2(t_s: Column, altitude_m: Column, width_s: float, scatter2_s: float) -> float:
    """Return the variance in m2 of the wander as means over `width_s` show it, one standard error high.

    `scatter2_s` is the scatter's variance times its step, in m2 s. Infinite with too few means.
    """
    middle_s, mean_m = _means(t_s, altitude_m, width_s)
    if len(mean_m) < 12:
        return float("inf")
    slow2 = _bend2(middle_s, mean_m) * (1.0 + _CAUTION * (2.0 / len(mean_m)) ** 0.5)
    return float(max(slow2 - scatter2_s / width_s, 0.0) / bend_share(width_s))


def bend_share(width_s: float) -> float:
    """Return the share of the wander's variance that shows as bends of its means over stretches of a width in s."""
    x = width_s / _WANDER_S
    own, next1 = 2.0 * (x - 1.0 + float(np.exp(-x))) / x**2, ((1.0 - float(np.exp(-x))) / x) ** 2
    return own - 4.0 / 3.0 * next1 + float(np.exp(-x)) * next1 / 3.0  # covariances of means of a Gauss-Markov process


def _bend2(t_s: Column, values: Column) -> float:
    """Return the mean square in m2 of a row's own error, from its distance to the line between its neighbours."""
    if len(t_s) < 3:
        return 0.0
    share = (t_s[1:-1] - t_s[:-2]) / (t_s[2:] - t_s[:-2])
    off = values[1:-1] - (1.0 - share) * values[:-2] - share * values[2:]
    square = np.sort(off**2 / (1.0 + share**2 + (1.0 - share) ** 2))
    return float(square[: max(int(0.7 * len(square)), 1)].mean()) / 0.309  # what 70 % of a chi-square hold


def _means(t_s: Column, values: Column, width_s: float) -> tuple[Column, Column]:
    """Return middle times and means of the rows in every stretch of `width_s` that has any."""
    stretch = ((t_s - t_s[0]) / width_s).astype(np.intp)
    count = np.bincount(stretch)
    filled = count > 0
    time, total = np.bincount(stretch, t_s)[filled], np.bincount(stretch, values)[filled]
    return time / count[filled], total / count[filled]


def quantum_of_m(altitude_m: Column) -> float:
    """Return the step in m in which altitudes are given, 0 when fewer than nine in ten changes are multiples of it."""
    change = np.abs(np.diff(altitude_m))
    change = change[change > 1e-6]
    if len(change) < _LEAST_CHANGES:
        return 0.0
    quantum = float(np.min(change))
    even = np.abs(change / quantum - np.round(change / quantum)) < 0.05
    return quantum if quantum <= _MOST_QUANTUM_M and even.mean() > 0.9 else 0.0


def averaged(t_s: Column, altitude_m: Column, window_s: float) -> Column:
    """Return the altitude (n,), on lines between its rows, averaged over a window in s; the half of it at both ends."""
    before, after = np.maximum(t_s - 0.5 * window_s, t_s[0]), np.minimum(t_s + 0.5 * window_s, t_s[-1])
    area = _area(t_s, altitude_m, after) - _area(t_s, altitude_m, before)
    return np.asarray(area / (after - before))


def _area(t_s: Column, altitude_m: Column, when_s: Column) -> Column:
    """Return the integral (m,) in m s of the altitude from its first row to each of the times."""
    step = np.diff(t_s)
    area = np.concatenate(([0.0], np.cumsum(0.5 * (altitude_m[1:] + altitude_m[:-1]) * step)))
    row = np.clip(np.searchsorted(t_s, when_s, side="right") - 1, 0, len(step) - 1)
    since = when_s - t_s[row]
    slope = (np.diff(altitude_m) / step)[row]
    return np.asarray(area[row] + since * (altitude_m[row] + 0.5 * slope * since))


def likenesses(noise: Noise, clock_s: Column, repeats: int, seed: int = 0) -> Column:
    """Return noise (repeats, n) in m like that of a recording, at its times in s: scatter and wander.

    The wander is drawn on an even grid by its spectrum, with random Gaussian coefficients, and is periodic over
    twice the length at least. The same seed gives the same noise, so that a result never depends on chance.
    """
    rng = np.random.default_rng(seed)
    step_s = max(noise.step_s, _WANDER_S / 30.0)
    count = 1 << int(np.ceil(np.log2(2.0 * (clock_s[-1] - clock_s[0]) / step_s + 64.0)))
    fall = np.exp(-step_s / _WANDER_S)
    turn = 2.0 * np.pi * np.arange(count // 2 + 1) / count
    spectrum = (1.0 - fall**2) / (1.0 - 2.0 * fall * np.cos(turn) + fall**2)
    drawn = np.fft.rfft(rng.normal(0.0, noise.wander_m, (repeats, count)), axis=1) * np.sqrt(spectrum)
    slow = np.fft.irfft(drawn, count, axis=1)
    at = (clock_s - clock_s[0]) / step_s
    row = at.astype(np.intp)
    share = at - row
    wander = (1.0 - share) * slow[:, row] + share * slow[:, row + 1]
    return np.asarray(wander + rng.normal(0.0, noise.scatter_m, (repeats, len(clock_s))))
