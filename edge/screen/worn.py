"""How a device is worn: pocket, hand, arm band, mounted or on a table, as probabilities from how it moves.

The rule of this file: one block of rows gives one row of features that no choice of left or right changes; a linear
discriminant turns them into evidence. Pocket and wrist were learned from people, the other ways from simulated runs.
"""

from __future__ import annotations

from enum import Enum

import numpy as np

from edge.samples import Column
from edge.screen.gravity import doublings


class Worn(Enum):
    """Where a device is; HAND means hand or wrist."""

    POCKET = 0
    HAND = 1
    ARM_BAND = 2
    MOUNTED = 3
    TABLE = 4


FEATURES = ("turning", "shaking", "jerking", "flatness", "swing", "uprightness")
#: Weights (features + 1, ways), the last row being the offsets: `python -m app.bench.screen_bench FOLDER` prints them.
_WEIGHTS = np.array(
    [
        [3.45, 4.5, 2.28, -3.24, -6.99],
        [-1.02, -2.22, 0.21, 4.93, -1.9],
        [-1.39, -6.51, -4.62, 8.78, 3.75],
        [-1.25, -0.2, -5.52, -1.55, 8.51],
        [1.29, 2.84, -3.2, -0.93, 0.0],
        [1.34, -1.88, 1.62, 3.97, -5.05],
        [13.04, 12.0, 10.97, 1.93, -37.93],
    ]
)
#: What one block leaves of the evidence of the blocks before: about ten seconds are remembered.
KEPT = 0.75
#: Blocks overlap in what they say, and nobody moves as the mean: their evidence counts for less than a whole.
_TRUST = 0.35
# Roughness of the air pressure within a block, log Pa: under cloth and in the open at running speed, where the
# dynamic pressure is 5 Pa. Assumed, not measured on people.
_CLOTH_LOG_PA, _OPEN_LOG_PA, _SPREAD_LOG_PA = 0.0, 0.9, 0.6


def block_rows(rate_hz: float) -> int:
    """Return how many rows make a block at a rate in Hz: a power of two, 2 to 4 s."""
    return int(2 << doublings(rate_hz))


def features(accel_m_s2: Column, gyro_rad_s: Column, up: Column) -> Column:
    """Return the `FEATURES` (blocks, 6) of blocks (blocks, rows, 3): logs of rates and shares of gravity."""
    force = np.sqrt(np.sum(accel_m_s2**2, axis=2))
    turning = np.sqrt(np.mean(np.sum(gyro_rad_s**2, axis=2), axis=1))
    shaking = force.std(axis=1)
    jerking = np.sqrt(np.mean(np.diff(force, axis=1) ** 2, axis=1))
    mean = up.mean(axis=1)
    swing = np.sqrt(np.maximum(0.0, 1.0 - np.sum(mean**2, axis=1)))
    logs = [np.log(turning + 0.01), np.log(shaking + 0.05), np.log((jerking + 0.03) / (shaking + 0.05))]
    return np.stack([*logs, mean[:, 2] ** 2, swing, mean[:, 1] ** 2], axis=1)


def evidence(rows: Column, roughness_pa: float = float("nan")) -> Column:
    """Return log-likelihoods (blocks, ways) up to a constant; unknown features say nothing."""
    known = np.asarray(np.isfinite(rows).all(axis=1))
    told = _TRUST * (np.where(known[:, None], rows, 0.0) @ _WEIGHTS[:-1] + _WEIGHTS[-1]) * known[:, None]
    if np.isfinite(roughness_pa):
        expected = np.full(len(Worn), _OPEN_LOG_PA)
        expected[[Worn.POCKET.value, Worn.TABLE.value]] = _CLOTH_LOG_PA
        told = told - 0.5 * ((np.log(max(roughness_pa, 0.1)) - expected) / _SPREAD_LOG_PA) ** 2
    return np.asarray(told - told.max(axis=1, keepdims=True))


def probability(log_weight: Column) -> Column:
    """Return probabilities (ways,) of log weights."""
    weight = np.exp(log_weight - log_weight.max())
    return np.asarray(weight / weight.sum())
