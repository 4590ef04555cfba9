"""What a window of motion looks like, whatever the position and orientation of the sensor: a table of numbers.

The rule of this file: windows come in a frame that does not turn with the sensor (the strapdown of
`edge.orientation`), so gravity is the mean force; every number is the same for any turn of the sensor and any
heading. Spectra are read at the person's own step frequency by tables made once.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from edge.samples import Column

RATE_HZ = 20.0
WINDOW = 80
"""Samples of a window: 4 s."""
CHANNELS = ("v", "h", "wv", "wh", "m", "w")
"""Vertical and horizontal force, turning about the vertical and about level axes, length of force and of turning."""
BAND_EDGES_HZ = (0.35, 0.75, 1.2, 1.6, 2.0, 2.4, 3.0, 3.8, 5.0, 7.5)
HARMONICS = (0.5, 1.0, 1.5, 2.0, 3.0)
"""Multiples of the step frequency; 0.5 is the stride's."""
STEP_S = np.linspace(0.3, 0.8, 51)
"""Step times that are looked for: 75 to 200 steps/min."""
_FFT = 160
_WHOLE_HZ = (0.3, 8.0)
_GRAVITY_M_S2 = 9.80665
_SHAPED = (("v", 0), ("m", 6), ("w", 7))
#: Noise floor of the power in a channel, (m/s2)^2 or (rad/s)^2 per window.
_FLOOR = np.array([1e-2, 1e-2, 1e-3, 1e-3, 1e-2, 1e-3])

_FREQUENCY = np.arange(_FFT // 2 + 1) * RATE_HZ / _FFT
_HANN = 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(1, WINDOW + 1) / (WINDOW + 1))
_FIRST = np.array([0, 1, 3, 4, 6, 7])
_LEVEL = (np.array([1, 4]), np.array([2, 5]))
_LEVEL_FLOOR = np.array([0.02, 0.002])
_TAPER = _HANN / np.sqrt(np.sum(_HANN**2))


def _bands() -> Column:
    """Return the sums over bands (81, 10) of a spectrum: the whole first."""
    edges = [_WHOLE_HZ, *pairwise(BAND_EDGES_HZ)]
    return np.stack([_between(low, high) for low, high in edges], axis=1)


def _between(low_hz: float, high_hz: float) -> Column:
    return np.asarray(np.searchsorted([low_hz, high_hz], _FREQUENCY, side="right") == 1, dtype=np.float64)


def _cosines(lag_s: Column) -> Column:
    """Return what turns a power spectrum into its autocorrelation at lags (k,), (81, k), set right for the taper."""
    twice = np.full(len(_FREQUENCY), 2.0)
    twice[[0, -1]] = 1.0
    own = np.abs(np.fft.rfft(_TAPER, _FFT)) ** 2
    cosine = twice[:, None] * np.cos(2.0 * np.pi * _FREQUENCY[:, None] * lag_s)
    taper = own @ cosine
    return np.asarray(cosine / np.maximum(taper, 0.02 * (own @ twice)))


def _near(frequency_hz: float) -> Column:
    """Return the weights (81,) that read a spectrum at a frequency and an eighth of a hertz to both sides."""
    places = np.minimum(frequency_hz, 9.5) + np.array([-0.125, 0.0, 0.125])
    return np.asarray(np.sum(np.maximum(0.0, 1.0 - np.abs(_FREQUENCY[:, None] - places) / _FREQUENCY[1]), axis=1))


def _step_table() -> Column:
    """Return for each step time what reads its harmonics and the autocorrelation at 1, 2 and 1/2 steps, (51, 81, 8)."""
    rows = []
    for step in STEP_S:
        harmonics = np.stack([_near(k / step) for k in HARMONICS], axis=1)
        rows.append(np.concatenate([harmonics, _cosines(step * np.array([1.0, 2.0, 0.5]))], axis=1))
    return np.stack(rows)


_BANDS = _bands()
_LAGS = _cosines(STEP_S)
_STEPS = _step_table()


def _names() -> tuple[str, ...]:
    names = [f"level_{c}" for c in CHANNELS]
    names += [f"band_{c}_{low}" for c in CHANNELS for low in BAND_EDGES_HZ[:-1]]
    names += [f"height_{c}_{k}" for c in CHANNELS for k in HARMONICS]
    names += [f"share_{c}_{k}" for c in CHANNELS for k in HARMONICS]
    names += [f"shares_{c}" for c in CHANNELS]
    names += [f"again_{c}_{k}" for c in CHANNELS for k in ("1", "2", "half")]
    names += [f"{what}_{c}" for what in ("skew", "kurt", "top", "bottom") for c, _ in _SHAPED]
    names += ["long_h", "long_wh", "lightest", "heaviest", "yaw", "vertical", "upright", "turning", "step_hz"]
    return tuple(names)


NAMES = _names()
"""Name of every column of `features`."""


def level_frame(still_frame: Column) -> Column:
    """Return channels (n, 8, 80) of windows (n, 80, 6) of force in m/s2 and turning in rad/s, frame keeping still.

    Vertical and two level forces, turning about the vertical and two level axes, the length of force and of turning.
    Up is the mean force of the window.
    """
    mean = np.add.reduce(still_frame[:, :, :3], axis=1) / still_frame.shape[1]
    up = mean / np.maximum(np.sqrt(np.sum(mean * mean, axis=1, keepdims=True)), 1e-9)
    basis = _upright(up)
    parts = still_frame.reshape(len(still_frame), -1, 3) @ basis
    channels = np.empty((len(still_frame), 8, still_frame.shape[1]))
    channels[:, :6] = parts.reshape(still_frame.shape).transpose(0, 2, 1)
    squares = channels[:, :6] ** 2
    channels[:, 6] = squares[:, 0] + squares[:, 1] + squares[:, 2]
    channels[:, 7] = squares[:, 3] + squares[:, 4] + squares[:, 5]
    channels[:, 6:] = np.sqrt(channels[:, 6:])
    return channels


def _upright(up: Column) -> Column:
    """Return matrices (n, 3, 3) whose columns are up (n, 3) and two level directions.

    Source: Duff et al. 2017, "Building an orthonormal basis, revisited".
    """
    x, y, z = up[:, 0], up[:, 1], up[:, 2]
    sign = np.where(z >= 0.0, 1.0, -1.0)
    a = -1.0 / (sign + z)
    b = x * y * a
    basis = np.empty((len(up), 3, 3))
    basis[:, :, 0] = up
    basis[:, 0, 1], basis[:, 1, 1], basis[:, 2, 1] = 1.0 + sign * x * x * a, sign * b, -sign * x
    basis[:, 0, 2], basis[:, 1, 2], basis[:, 2, 2] = b, sign + y * y * a, -y
    return basis


def features(still_frame: Column) -> Column:
    """Return the table (n, 165) named by `NAMES` of windows (n, 80, 6) of m/s2 and rad/s, frame keeping still."""
    if not len(still_frame):
        return np.empty((0, len(NAMES)))
    channels = level_frame(np.asarray(still_frame, dtype=np.float64))
    swing = channels - np.add.reduce(channels, axis=2, keepdims=True) / WINDOW
    spectrum = np.fft.rfft(swing * _TAPER, _FFT, axis=2)
    power8 = spectrum.real**2 + spectrum.imag**2
    power = np.take(power8, _FIRST, axis=1)
    power[:, 1] += power8[:, 2]
    power[:, 3] += power8[:, 5]
    return np.concatenate([*_spectral(power), *_shape(swing), *_whole(channels, swing), _step_hz(power)], axis=1)


def _spectral(power: Column) -> list[Column]:
    """Return levels, bands, harmonics and regularity, each (n, k), of power spectra (n, 6, 81)."""
    count = len(power)
    sums = power @ _BANDS
    total, bands = sums[:, :, :1], sums[:, :, 1:]
    floor = _FLOOR[:, None]
    level = np.log(total + floor)
    at_step = power @ _STEPS[_step_index(power)]
    height, again = at_step[:, :, :5], at_step[:, :, 5:]
    share = height / (total + 0.1 * floor)
    regular = again / np.maximum(power @ _LAG_ZERO, 1e-6)[:, :, None]
    both = np.log(np.concatenate([bands + 0.1 * floor, height + 0.1 * floor], axis=2) + 0.003 * total)
    parts = [level, both[:, :, :9] - level, both[:, :, 9:], np.sqrt(share), np.sqrt(share.sum(axis=2)), regular]
    return [part.reshape(count, -1) for part in parts]


_LAG_ZERO = _cosines(np.zeros(1))[:, 0]


def _step_index(power: Column) -> NDArray[np.int64]:
    """Return which of `STEP_S` (n,) repeats the vertical force best."""
    return np.asarray((power[:, 0] @ _LAGS).argmax(axis=1))


def _step_hz(power: Column) -> Column:
    return np.asarray(1.0 / STEP_S[_step_index(power)][:, None])


def _shape(swing: Column) -> list[Column]:
    """Return skewness, kurtosis (its logarithm), highest and lowest over s.d., each (n, 3), of v, m and w."""
    shaped = swing[:, [0, 6, 7]]
    squares = shaped * shaped
    spread = np.sqrt(np.add.reduce(squares, axis=2) / WINDOW) + 0.05
    third = np.einsum("ijk,ijk->ij", squares, shaped) / WINDOW
    fourth = np.einsum("ijk,ijk->ij", squares, squares) / WINDOW
    cube = spread**3
    return [
        third / cube,
        np.log(fourth / (cube * spread) + 0.1),
        np.maximum.reduce(shaped, axis=2) / spread,
        np.minimum.reduce(shaped, axis=2) / spread,
    ]


def _whole(channels: Column, swing: Column) -> list[Column]:
    """Return how long the level motions are, the lightest and heaviest force, yaw and ratios, (n, 8)."""
    covariance = swing[:, :6] @ swing[:, :6].transpose(0, 2, 1) / WINDOW
    variance = covariance.reshape(len(swing), 36)[:, ::7]
    first, second = variance[:, 1::3], variance[:, 2::3]
    cross = covariance[:, _LEVEL[0], _LEVEL[1]]
    level = first + second
    long = np.sqrt((first - second) ** 2 + 4.0 * cross**2) / (level + _LEVEL_FLOOR)
    force = channels[:, 6]
    logs = np.empty((len(swing), 5))
    logs[:, 0] = np.maximum.reduce(force, axis=1) / _GRAVITY_M_S2 + 1e-3
    logs[:, 1] = np.abs(np.add.reduce(channels[:, 3], axis=1) / WINDOW) + 0.05
    upright, yaw = variance[:, 0], variance[:, 3]
    logs[:, 2] = (upright + 0.0025) / (level[:, 0] + 0.01)
    logs[:, 3] = (yaw + 0.001) / (level[:, 1] + 0.001)
    logs[:, 4] = (yaw + level[:, 1] + 0.001) / (upright + 0.0025)
    np.sqrt(logs[:, 2:], out=logs[:, 2:])
    np.log(logs, out=logs)
    return [long, np.minimum.reduce(force, axis=1)[:, None] / _GRAVITY_M_S2, logs]
