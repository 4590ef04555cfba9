"""What leaves a device: a few numbers on how this person differs from what the bundled prior expects of such people.

The rule of this file: sufficient statistics of a belief given its context, in units of the spread between people; no
position, time, name or identifier has a field here, and there are `MOST_NUMBERS` numbers at most.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from models.person_forward import STATE
from models.sharing.situation import Situation

MOST_NUMBERS = 32
#: The quantities that runs teach: of these a person can tell something new.
TAUGHT = tuple(name for name in STATE if name not in ("hr_altitude_bpm_per_km",))
#: What is told, in order: how far this person lies from the bundled prior, how far squared, and how well that is known
#: (0 nothing, 1 exactly), of each quantity; then how their heart rate scatters beside the usual.
NAMES = (
    *(f"shift of {name}" for name in TAUGHT),
    *(f"spread of {name}" for name in TAUGHT),
    *(f"known of {name}" for name in TAUGHT),
    "scatter of hr",
)
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
