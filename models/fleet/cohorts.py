"""How a fleet is cut into cohorts: large enough to hide in, many enough that liars can be trimmed away.

The rule of this file: a server that only sees sums cannot trim people; it trims cohorts. Large cohorts hide a person
better, many cohorts withstand liars better, and nothing gives both.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from models.fleet.budget import ROUNDS_A_YEAR, YEAR_MU
from models.fleet.layout import LEAST_COHORT, share_sd
from models.sharing.blur import CLIP_NORM
from models.sharing.merge import TRIMMED

#: SecAgg+: neighbours that hold a share of each device's key, and how many of them bring back a lost one's mask.
MOST_SHARES = 9


@dataclass(frozen=True, slots=True)
class Rule:
    """What a round asks of a fleet; a device refuses a round that asks for less than its own."""

    cohort: int = 100
    clip_norm: float = CLIP_NORM
    noise_multiplier: float = math.sqrt(ROUNDS_A_YEAR) / YEAR_MU
    trim: float = TRIMMED
    is_secure: bool = True
    timeout_s: float = 60.0

    def __post_init__(self) -> None:
        if self.cohort < LEAST_COHORT or not self.clip_norm > 0.0 or not self.timeout_s > 0.0:
            raise ValueError(f"cohorts of {self.cohort}, clip {self.clip_norm:g}, {self.timeout_s:g} s cannot be")
        if not 0.0 <= self.trim < 0.5 or not 0.0 <= self.noise_multiplier < math.inf:
            raise ValueError(f"trimming {self.trim:g}, noise multiplier {self.noise_multiplier:g} cannot be")


def shares(size: int) -> tuple[int, int]:
    """Return the SecAgg+ shares of each key and how many restore it, for a cohort of that size."""
    held = size if size <= MOST_SHARES else MOST_SHARES
    return held, max(2, (held + 1) // 2)


def cut(nodes: list[int], cohort: int, rng: np.random.Generator) -> list[list[int]]:
    """Return the nodes in random cohorts of `cohort` or a few more; none where there are too few for one."""
    if len(nodes) < LEAST_COHORT:
        return []
    order = [nodes[index] for index in rng.permutation(len(nodes))]
    count = max(1, len(order) // cohort)
    return [[int(one) for one in part] for part in np.array_split(np.asarray(order, dtype=object), count)]


def noise_sd(rule: Rule, people: int) -> float:
    """Return the noise of one device where `people` are at least added up; all of it where each stands alone."""
    return share_sd(rule.noise_multiplier, people if rule.is_secure else 1)
