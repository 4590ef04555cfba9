"""What a window of motion looks like, whatever the position and orientation of the sensor: a table of numbers.

The rule of this file: windows come in a frame that does not turn with the sensor (the strapdown of
`edge.orientation`), so gravity is the mean force; every number is the same for any turn of the sensor and any
heading. Bands, harmonics and lags of the spectra are read by tables made once, harmonics at the person's own step
frequency, and all is written into its place: one window costs some fifty calls of NumPy.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

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
_BLOCK = 128
"""Windows that are worked on at a time."""
#: Noise floor of the power in a channel, (m/s2)^2 or (rad/s)^2 per window, and of how fast one turns, rad/s.
_FLOOR = np.array([1e-2, 1e-2, 1e-3, 1e-3, 1e-2, 1e-3])
_YAW_FLOOR_RAD_S = 0.05
_SOFT = 0.003
"""Share of the whole that is added to a band: what is below says little."""
_STILL_ENERGY = 0.0025 * WINDOW
"""Sum of squares of a swing that says nothing, (m/s2)^2 or (rad/s)^2."""

#: Rows of `level_frame`: the turning about and the force along two level directions and up, then both lengths.
_WV, _V, _M = 2, 5, 7
#: Which rows make up each of `CHANNELS`; those whose shape is described are the last three.
_MADE_OF = np.array(
    [[k in own for k in range(8)] for own in ((5,), (3, 4), (2,), (0, 1), (7,), (6,))], dtype=np.float64
)
_SHAPED = ("v", "w", "m")

_SPECTRUM_HZ = np.arange(_FFT // 2 + 1) * RATE_HZ / _FFT
_INSIDE = np.searchsorted(_WHOLE_HZ, _SPECTRUM_HZ, side="right") == 1
_FREQUENCY = _SPECTRUM_HZ[_INSIDE]
_HANN = 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(1, WINDOW + 1) / (WINDOW + 1))
_TAPER = _HANN / np.sqrt(np.sum(_HANN**2))


def _waves() -> Column:
    """Return what turns 80 samples into their mean, and cosine and sine parts of the rest's spectrum, (80, 123)."""
    mean = np.full((WINDOW, WINDOW), 1.0 / WINDOW)
    waves = np.fft.rfft((np.eye(WINDOW) - mean) * _TAPER, _FFT, axis=1)[:, _INSIDE]
    return np.concatenate([mean[:, :1], waves.real, waves.imag], axis=1)


def _cosines(lag_s: Column) -> Column:
    """Return what turns a power spectrum into its autocorrelation at lags (k,), (61, k), set right for the taper."""
    own = np.abs(np.fft.rfft(_TAPER, _FFT)) ** 2
    own[1:-1] *= 2.0
    taper = own @ np.cos(2.0 * np.pi * _SPECTRUM_HZ[:, None] * lag_s) / own.sum()
    return np.asarray(np.cos(2.0 * np.pi * _FREQUENCY[:, None] * lag_s) / np.maximum(taper, 0.02))


def _near(frequency_hz: float) -> Column:
    """Return the weights (61,) that read a spectrum at a frequency and an eighth of a hertz to both sides."""
    places = np.minimum(frequency_hz, 7.75) + np.array([-0.125, 0.0, 0.125])
    return np.asarray(np.sum(np.maximum(0.0, 1.0 - np.abs(_FREQUENCY[:, None] - places) / _SPECTRUM_HZ[1]), axis=1))


def _of_squares(power: Column) -> Column:
    """Return what reads the squares of `_waves` (123, k) of what reads a power spectrum (61, k)."""
    return np.concatenate([np.zeros((1, power.shape[1])), power, power])


def _step_table() -> Column:
    """Return for each step time what reads a window, (51, 123, 24).

    Columns: the whole, nine bands and five harmonics (each with a little of the whole), the harmonics and their sum,
    the autocorrelation at 1, 2 and 1/2 steps.
    """
    whole = np.ones(len(_FREQUENCY))
    bands = [1.0 * (np.searchsorted(edges, _FREQUENCY, side="right") == 1) for edges in pairwise(BAND_EDGES_HZ)]
    tables: list[Column] = []
    for step in STEP_S:
        harmonics = [_near(k / step) for k in HARMONICS]
        soft = [column + _SOFT * whole for column in (*bands, *harmonics)]
        columns = np.stack([whole, *soft, *harmonics, np.sum(harmonics, axis=0)], axis=1)
        lags = _cosines(step * np.array([1.0, 2.0, 0.5]))
        tables.append(_of_squares(np.concatenate([columns, lags], axis=1)))
    return np.stack(tables)


_WAVES = _waves()
_LAGS = _of_squares(_cosines(STEP_S))
_STEPS = _step_table()
_STEP_HZ = 1.0 / STEP_S
#: Columns of `_step_table` by what is done with them.
_LOGS, _BANDS, _PARTS, _SHARES = slice(0, 15), slice(1, 10), slice(15, 24), slice(15, 21)
_READ_FLOOR = _FLOOR[:, None] * np.repeat([1.0, 0.1, 0.0], [1, 14, 9])


def _names() -> tuple[str, ...]:
    rows = ["level_{}", *(f"band_{{}}_{low}" for low in BAND_EDGES_HZ[:-1]), *(f"height_{{}}_{k}" for k in HARMONICS)]
    rows += [*(f"share_{{}}_{k}" for k in HARMONICS), "shares_{}", *(f"again_{{}}_{k}" for k in ("1", "2", "half"))]
    names = [row.format(c) for c in CHANNELS for row in rows]
    names += [f"{what}_{c}" for what in ("skew", "kurt", "top", "bottom") for c in _SHAPED]
    return (*names, "lightest", "yaw", "step_hz")


NAMES = _names()
"""Name of every column of `features`."""
_SPECTRAL = 24 * len(CHANNELS)
_SKEW, _KURT, _TOP, _BOTTOM = (slice(k, k + 3) for k in range(_SPECTRAL, _SPECTRAL + 12, 3))
_LIGHTEST, _YAW, _STEP = -3, -2, -1

_MEAN = np.full(WINDOW, 1.0 / WINDOW)
_UP, _EYE = np.array([0.0, 0.0, 1.0]), np.eye(3)


def level_frame(still_frame: Column) -> Column:
    """Return channels (n, 8, 80) of windows (n, 80, 6) of force in m/s2 and turning in rad/s, frame keeping still.

    Turning about two level directions and up, forces along them, the length of turning and of force. Up is the mean
    force of the window.
    """
    sensor = still_frame.transpose(0, 2, 1)
    basis = _upright(sensor[:, :3] @ _MEAN)
    channels = np.empty((len(sensor), 8, WINDOW))
    np.matmul(basis, sensor[:, 3:], out=channels[:, :3])
    np.matmul(basis, sensor[:, :3], out=channels[:, 3:6])
    squares = np.square(channels[:, :6]).reshape(-1, 2, 3, WINDOW)
    np.sqrt(np.add.reduce(squares, axis=2), out=channels[:, 6:])
    return channels


def _upright(force: Column) -> Column:
    """Return matrices (n, 3, 3) whose rows are two level directions and that of a force (n, 3).

    Source: Householder 1958, "Unitary triangularization of a nonsymmetric matrix": the mirror between the force and
    the third axis.
    """
    up = force / np.maximum(np.sqrt(np.vecdot(force, force)), 1e-9)[:, None]
    mirror = up + np.copysign(_UP, up)
    basis: Column = _EYE - mirror[:, :, None] * (mirror / np.abs(mirror[:, 2:]))[:, None]
    basis[:, 2] = up
    return basis


def features(still_frame: Column) -> Column:
    """Return the table (n, 159) named by `NAMES` of windows (n, 80, 6) of m/s2 and rad/s, frame keeping still."""
    windows = np.asarray(still_frame, dtype=np.float64)
    table = np.empty((len(windows), len(NAMES)))
    for first in range(0, len(windows), _BLOCK):
        _fill(table[first : first + _BLOCK], windows[first : first + _BLOCK])
    return table


def _fill(table: Column, windows: Column) -> None:
    channels = level_frame(windows)
    waves = channels @ _WAVES
    squares = waves * waves
    step = (squares[:, _V] @ _LAGS).argmax(axis=1)
    _spectral(table[:, :_SPECTRAL].reshape(-1, len(CHANNELS), 24), _MADE_OF @ (squares @ _STEPS[step]))
    _shape(table, channels[:, _V:] - waves[:, _V:, :1])
    np.minimum.reduce(channels[:, _M], axis=1, out=table[:, _LIGHTEST])
    np.log(np.abs(waves[:, _WV, 0]) + _YAW_FLOOR_RAD_S, out=table[:, _YAW])
    table[:, _STEP] = _STEP_HZ[step]


def _spectral(table: Column, read: Column) -> None:
    """Write levels, bands, harmonics and regularity (n, 6, 24) of what `_step_table` reads."""
    read += _READ_FLOOR
    logs = np.log(read[:, :, _LOGS], out=table[:, :, _LOGS])
    logs[:, :, _BANDS] -= logs[:, :, :1]
    np.divide(read[:, :, _PARTS], read[:, :, :1], out=table[:, :, _PARTS])
    np.sqrt(table[:, :, _SHARES], out=table[:, :, _SHARES])


def _shape(table: Column, swing: Column) -> None:
    """Write skewness, kurtosis (its logarithm), highest and lowest of swings (n, 3, 80), as shares of their energy."""
    swing /= np.sqrt(np.vecdot(swing, swing) + _STILL_ENERGY)[:, :, None]
    squares = swing * swing
    np.vecdot(squares, swing, out=table[:, _SKEW])
    np.log(np.vecdot(squares, squares) + 1e-3, out=table[:, _KURT])
    np.maximum.reduce(swing, axis=2, out=table[:, _TOP])
    np.minimum.reduce(swing, axis=2, out=table[:, _BOTTOM])
