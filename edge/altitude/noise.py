"""The noise of an altitude recording, measured from the recording itself, and noise made after its likeness.

The rule of this file: white scatter plus a Gauss-Markov wander (Sabatini & Genovese 2013, 2014); how large each is
follows from the rows, never from the name of a sensor.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.samples import Column

_WINDOW_S = 16.0
# Published wanders of pressure sensors forget themselves within half a minute to two; hills hide which.
_WANDER_S = 50.0
_RANGE_SIGMAS = 3.5
_LEAST_M = 2.0
_SWING_SIGMAS, _LEAST_SWING_M = 2.5, 1.5
_LEAST_CHANGES, _MOST_QUANTUM_M = 20, 10.0
_WIDTHS_S = 2.0 ** np.arange(1.0, 6.5, 0.5)
_LEAST_MEANS, _ROUNDS, _TINY_M2 = 12, 4, 1e-6


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

    @property
    def cell_s(self) -> float:
        """Width in s of the cells in which swings are looked for: half a window, more where rows are rare."""
        return 0.5 * max(self.window_s, self.step_s)

    def mean_sd_m(self, window_s: float) -> float:
        """Return the standard deviation in m of a mean over a window in s."""
        x = window_s / _WANDER_S
        wander2 = self.wander_m**2 * 2.0 * (x - 1.0 + float(np.exp(-x))) / x**2
        return float((self.scatter_m**2 * min(1.0, self.step_s / window_s) + wander2) ** 0.5)

    @property
    def threshold_m(self) -> float:
        """Swings in m below this are taken for noise: an hour's range of it is about six sigma."""
        return max(_RANGE_SIGMAS * self.left_m, 1.5 * self.quantum_m, _LEAST_M)

    @property
    def swing_m(self) -> float:
        """The same where what noise adds is measured and taken off afterwards: so that fewer true hills are missed."""
        return max(_SWING_SIGMAS * self.left_m, 1.5 * self.quantum_m, _LEAST_SWING_M)


def noise_of(t_s: Column, altitude_m: Column) -> Noise:
    """Return the noise of an altitude series by how far rows lie off the line between their neighbours.

    Neighbouring rows give the scatter; means over 2 to 64 s give the wander, a Gauss-Markov process of 50 s. The
    highest 30 % of the squares, hilltops and spikes, are left out. Model: Sabatini & Genovese 2014, Sensors 14:13324.
    """
    step_s = float(np.median(np.diff(t_s)))
    scatter2 = _bend2(t_s, altitude_m)
    wander2 = _wander2(t_s, altitude_m, scatter2 * step_s, _WIDTHS_S[1.5 * step_s <= _WIDTHS_S])
    quantum_m = quantum_of_m(altitude_m)
    # A larger wander would show from row to row, but for what the rounding hides.
    wander2 = min(wander2, (scatter2 + quantum_m**2 / 12.0) / float(bend_share(np.asarray(step_s))))
    return Noise(scatter2**0.5, wander2**0.5, quantum_m, step_s)


def _wander2(t_s: Column, altitude_m: Column, scatter2_s: float, widths_s: Column) -> float:
    """Return the variance in m2 of the wander, from the bends of means over widths in s; 0 with too few means.

    The mean square of bends grows with the width as wander does, in proportion at first, and as round hills do, with
    its fourth power: both shares by least squares, weighted for a chi-square's error. `scatter2_s` is the scatter's
    variance times its step, in m2 s.
    """
    means = [_means(t_s, altitude_m, width_s) for width_s in widths_s]
    count = np.array([len(mean_m) for _, mean_m in means], dtype=np.float64)
    enough = count >= _LEAST_MEANS
    if not enough.any():
        return 0.0
    widths_s, count = widths_s[enough], count[enough]
    bend2 = np.array([_bend2(*rows) for rows, fine in zip(means, enough, strict=True) if fine])
    scatter2 = scatter2_s / widths_s
    like_wander, like_hills = bend_share(widths_s), (widths_s / widths_s[-1]) ** 4
    told, expected = (0.0, 0.0), bend2
    for _ in range(_ROUNDS):
        weight = count / np.maximum(np.maximum(expected, bend2), _TINY_M2) ** 2
        told = _two_shares(like_wander, like_hills, bend2 - scatter2, weight)
        expected = told[0] * like_wander + told[1] * like_hills + scatter2
    return told[0]


def _two_shares(one: Column, other: Column, whole: Column, weight: Column) -> tuple[float, float]:
    """Return how much of two columns (n,) makes up a third by weighted least squares, neither below 0."""
    a, b, c = (float(np.sum(weight * x)) for x in (one * one, one * other, other * other))
    u, v = float(np.sum(weight * one * whole)), float(np.sum(weight * other * whole))
    apart = a * c - b * b
    first, second = (c * u - b * v, a * v - b * u) if apart > 0.0 else (u, 0.0)
    if second <= 0.0 or apart <= 0.0:
        return max(u / a, 0.0), 0.0
    return (first / apart, second / apart) if first > 0.0 else (0.0, max(v / c, 0.0))


def bend_share(width_s: Column) -> Column:
    """Return the share of the wander's variance that shows as bends of its means over stretches of widths in s."""
    x = np.asarray(width_s) / _WANDER_S
    own, next1 = 2.0 * (x - 1.0 + np.exp(-x)) / x**2, ((1.0 - np.exp(-x)) / x) ** 2
    # Covariances of means of a Gauss-Markov process.
    return np.asarray(own - 4.0 / 3.0 * next1 + np.exp(-x) * next1 / 3.0)


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


def likenesses(noise: Noise, count: int, cell_s: float, repeats: int, seed: int = 0) -> Column:
    """Return noise (2 repeats, count) in m like that of a recording, in cells of a width in s: scatter and wander.

    The second half is the first upside down, so that what is odd in it cancels out. The wander is drawn by its
    spectrum, with random Gaussian coefficients. The same seed gives the same noise: no result depends on chance.
    """
    rng = np.random.default_rng(seed)
    size = 1 << int(np.ceil(np.log2(count + 4.0 * _WANDER_S / cell_s)))
    fall = np.exp(-cell_s / _WANDER_S)
    turn = 2.0 * np.pi * np.arange(size // 2 + 1) / size
    spectrum = (1.0 - fall**2) / (1.0 - 2.0 * fall * np.cos(turn) + fall**2)
    part = rng.normal(0.0, noise.wander_m * (0.5 * size) ** 0.5, (2, repeats, size // 2 + 1)) * np.sqrt(spectrum)
    slow = np.fft.irfft(part[0] + 1j * part[1], size, axis=1)[:, :count]
    scatter_m = noise.scatter_m * min(1.0, (noise.step_s / cell_s) ** 0.5)
    drawn = slow + rng.normal(0.0, scatter_m, (repeats, count))
    return np.concatenate([drawn, -drawn])
