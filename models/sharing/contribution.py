"""What leaves a device: a few numbers on how this person differs from what the bundled prior expects of such people.

The rule of this file: sufficient statistics of a belief given its context, in units of the spread between people; no
position, time, name or identifier has a field here, and there are `MOST_NUMBERS` numbers at most.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.adapt import HR_SCATTER_BPM
from models.person_forward import STATE
from models.sharing.situation import Situation

Array = NDArray[np.float64]
MOST_NUMBERS = 32
#: The quantities of which a few dozen runs teach enough to be worth telling; the effects of warmth, height, climb and
#: rest are not, and every number more is noise on the others and room for liars (docs/fleet.md).
TAUGHT = ("ten_km_log_speed", "usual_log_speed", "hr_level_bpm", "hr_slope_bpm_per_m_s", "hr_duration_bpm_per_log_s")
#: What is told, in order: how far this person lies from the bundled prior in each quantity; how their heart rate
#: scatters beside the usual. How well each is known is in it already: a belief that runs have not moved says zero.
NAMES = (*(f"shift of {name}" for name in TAUGHT), "scatter of heart rate")
#: The unit of the last: people's scatter differs by about a third (first physiology).
SCATTER_UNIT = 0.3
#: So many runs with heart rate it takes: fewer say more of those days than of the person.
LEAST_RUNS = 10
_PLACES = [STATE.index(name) for name in TAUGHT]
assert len(NAMES) <= MOST_NUMBERS


@dataclass(frozen=True, slots=True)
class Contribution:
    """The numbers of one person in the order of `NAMES`, and how they were blurred; ValueError where they cannot be."""

    situation: Situation
    numbers: tuple[float, ...]
    base: str
    """The first digits of the hash of the bundled prior that the numbers are relative to."""
    clip_norm: float = math.inf
    """The Euclidean length that the numbers were clipped to before noise; infinite where they were not."""
    noise_sd: float = 0.0
    """The standard deviation of the noise that the device added to each number."""

    def __post_init__(self) -> None:
        if len(self.numbers) != len(NAMES):
            raise ValueError(f"{len(self.numbers)} numbers where {len(NAMES)} belong")
        if not all(math.isfinite(one) for one in self.numbers):
            raise ValueError("a number that is none")
        if not self.clip_norm > 0.0 or not 0.0 <= self.noise_sd < math.inf:
            raise ValueError(f"clipped to {self.clip_norm:g} with noise {self.noise_sd:g} cannot be")


def statistics(mean: Array, expected: Array, scatter_bpm2: Array, spread: Array) -> Array:
    """Return the numbers (n, k) of n people from beliefs (n, 10), what the prior expected (n, 10) and scatter (n,).

    `spread` (10,) is that between people of whom nothing is known.
    """
    shift = ((mean - expected) / spread)[:, _PLACES]
    scatter = 0.5 * np.log(scatter_bpm2 / HR_SCATTER_BPM**2) / SCATTER_UNIT
    return np.column_stack([shift, scatter])


def shift_of(numbers: Array) -> tuple[tuple[float, ...], float]:
    """Return the shift (10,) of the prior's mean, in spreads, and by which factor its scatter changes, of numbers."""
    shift = np.zeros(len(STATE))
    shift[_PLACES] = numbers[:-1]
    return tuple(shift.tolist()), math.exp(SCATTER_UNIT * float(numbers[-1]))
