"""Clipping and noise: what makes a contribution say little of one person.

The rule of this file: pure functions of arrays; without a generator the randomness is the operating system's, and a
generator is for tests and simulations alone. Numbers leave on a grid, so that their last digits carry nothing.
"""

from __future__ import annotations

import dataclasses
import random

import numpy as np
from numpy.typing import NDArray

from models.sharing.contribution import Contribution

Array = NDArray[np.float64]
#: Length of the numbers at most, in spreads between people, and the noise of the device on each number. Chosen in the
#: first physiology: more noise hides liars as well as people (docs/fleet.md).
CLIP_NORM, DEVICE_NOISE_SD = 1.5, 1.5
#: The grid on which numbers leave.
GRID = 0.01


def clipped(rows: Array, norm: float = CLIP_NORM) -> Array:
    """Return rows (n, k), those longer than `norm` shortened to it."""
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows * np.minimum(1.0, norm / np.maximum(length, 1e-300)))


def normal(shape: tuple[int, ...], rng: np.random.Generator | None) -> Array:
    """Return standard normal numbers, from the operating system's randomness where no generator is given."""
    if rng is not None:
        return rng.standard_normal(shape)
    system = random.SystemRandom()
    return np.array([system.gauss(0.0, 1.0) for _ in range(int(np.prod(shape)))]).reshape(shape)


def noised(rows: Array, sd: float, rng: np.random.Generator | None = None) -> Array:
    """Return rows (n, k) with independent noise of a standard deviation on each number, on the grid."""
    return np.asarray(np.round((rows + sd * normal(rows.shape, rng)) / GRID) * GRID)


def blurred(
    told: Contribution,
    rng: np.random.Generator | None = None,
    clip_norm: float = CLIP_NORM,
    noise_sd: float = DEVICE_NOISE_SD,
) -> Contribution:
    """Return a contribution as it may leave: clipped, then noised; ValueError where it was blurred before."""
    if told.noise_sd > 0.0 or told.clip_norm < np.inf:
        raise ValueError("a contribution is blurred once: noise drawn twice could be averaged away")
    row = noised(clipped(np.array([told.numbers]), clip_norm), noise_sd, rng)[0]
    numbers = tuple(round(one, 2) for one in row.tolist())
    return dataclasses.replace(told, numbers=numbers, clip_norm=clip_norm, noise_sd=noise_sd)
