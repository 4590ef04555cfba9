"""What simple trackers make of the same fixes: the peers of the track's benchmark."""

from __future__ import annotations

import numpy as np

from edge.samples import Column


def raw_sum_m(place_m: Column) -> float:
    """Return the sum in m of the steps between positions (n, 2)."""
    return float(np.hypot(*np.diff(place_m, axis=0).T).sum())


def moving_average_m(place_m: Column, width: int = 11) -> float:
    """Return the length in m after fixes beyond 3 sigma of the median step are cut and 11 fixes averaged."""
    step = np.hypot(*np.diff(place_m, axis=0).T)
    keep = np.concatenate(([True], step < np.median(step) + 3.0 * np.std(step)))
    kept = place_m[keep]
    smooth = np.stack([np.convolve(axis, np.ones(width) / width, mode="valid") for axis in kept.T], axis=1)
    return raw_sum_m(smooth)


def plain_kalman_m(t_s: Column, place_m: Column, push: float = 0.1, error_m: float = 8.0) -> float:
    """Return the length in m of a constant-velocity Kalman filter's track, which believes every fix."""
    state, spread = np.zeros((2, 2)), np.diag([error_m**2, 9.0])
    state[0] = place_m[0]
    told = [place_m[0]]
    for dt, fix in zip(np.diff(t_s), place_m[1:], strict=True):
        move = np.array([[1.0, dt], [0.0, 1.0]])
        state, spread = move @ state, move @ spread @ move.T
        spread = spread + push * np.array([[dt**3 / 3.0, dt**2 / 2.0], [dt**2 / 2.0, dt]])
        gain = spread[:, 0] / (spread[0, 0] + error_m**2)
        state = state + gain[:, None] * (fix - state[0])
        spread = spread - np.outer(gain, spread[0])
        told.append(state[0])
    return raw_sum_m(np.array(told))
