"""How far the trunk goes up and down in a step, from the force that a sensor on it feels.

The rule of this file: over whole strides the mean force is gravity, so its direction is up; and a motion that repeats
is integrated twice by dividing its harmonics by the square of their frequency, so no drift can arise.

Source: Fourier integration of the vertical acceleration, Cavagna 1975 (Force platforms as ergometers, J Appl Physiol
39:174-179) for the bounce by double integration; the band-limited form is the same integral, harmonic by harmonic.
"""

from __future__ import annotations

import numpy as np

from edge.gait.grid import GRID_HZ, gain
from edge.samples import Column

STEPS_A_WINDOW = 8
_POINTS_A_STEP = 24
_HARMONICS = np.array([1.0, 2.0, 3.0])


def oscillations_m(grid: Column, step_s: Column, rate_hz: float) -> Column:
    """Return the height in m from the lowest to the highest point of a mean step, for every eight steps (k,).

    From the force on the 50 Hz grid (m, 3), which readings at a rate in Hz went into, and step instants (n,) in s.
    Eight steps between which there was a pause make no window.
    """
    first = np.arange(0, len(step_s) - STEPS_A_WINDOW, STEPS_A_WINDOW // 2)
    if not len(first) or len(grid) < 2:
        return np.empty(0)
    apart = np.stack([step_s[first + k + 1] - step_s[first + k] for k in range(STEPS_A_WINDOW)], axis=1)
    going = apart.max(axis=1) < 1.5 * np.median(apart, axis=1)
    begin, mean_s = step_s[first[going]], apart[going].mean(axis=1)
    turn = np.arange(STEPS_A_WINDOW * _POINTS_A_STEP) / _POINTS_A_STEP
    at = (begin[:, None] + mean_s[:, None] * turn) * GRID_HZ
    force = np.stack([np.interp(at, np.arange(len(grid)), column) for column in grid.T], axis=2)
    known = np.isfinite(force).all(axis=(1, 2))
    return _heights_m(force[known], 1.0 / mean_s[known], turn, rate_hz)


def _heights_m(force: Column, step_hz: Column, turn: Column, rate_hz: float) -> Column:
    """Return the height (k,) of force (k, n, 3) over whole strides, `turn` (n,) counting the steps."""
    mean = force.mean(axis=1)
    up = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    rise = np.einsum("knc,kc->kn", force, up)
    waves = np.exp(2j * np.pi * np.outer(_HARMONICS, turn))
    harmonic = 2.0 * rise @ waves.conj().T / len(turn)
    frequency = step_hz[:, None] * _HARMONICS
    passed = np.maximum(gain(frequency.ravel(), rate_hz).reshape(frequency.shape), 0.25)
    height = np.real(-harmonic / (passed * (2.0 * np.pi * frequency) ** 2) @ waves[:, :_POINTS_A_STEP])
    return np.asarray(np.ptp(height, axis=1))
