"""Whose knee? Which dose provokes one person's pain, how sure that is, and how much of it the knee will bear.

The rule of this file: a dose is named only where the evidence reaches `CLAIM`, and never more than two; till then it
is said that it is not known. Every explanation of none, one or two doses is weighed (Bayes; Hoeting 1999, model
averaging): pain after a run has log odds that rise with the doses over this person's own usual ones. It is a pattern
in the person's runs, no diagnosis, and it stands below every rule.
"""

from __future__ import annotations

import functools
import itertools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
DOSES = ("distance", "descent", "speed", "surface", "row")
"""km, m down a km, speed (share of 10 km speed, or m/s), share of hard ground, days run in a row before."""
#: Probability from which a dose is named; from simulated people of the first physiology, see docs/choose.md.
CLAIM = 0.95
#: Probability from which one is careful with a dose without naming it: a limit costs little, a name must be right.
SUSPECT = 0.15
#: Pain said, 0 to 10, from which a run counts as painful.
PAINFUL = 2.0
FEWEST_PAINFUL = 3
_EXPLANATIONS: tuple[tuple[int, ...], ...] = (
    (),
    *itertools.combinations(range(5), 1),
    *itertools.combinations(range(5), 2),
)
#: Before anything is known: by itself 0.2, one dose 0.6, two doses 0.2; each dose alike.
_PRIOR = np.log([0.2, *[0.12] * 5, *[0.02] * 10])
_LEVEL = np.linspace(-6.5, 0.5, 13)
_SLOPE = np.array([0.5, 1.0, 1.6, 2.3, 3.1, 4.2])
_LEAST_SPREAD = np.array([0.1, 0.15, 0.02, 0.05, 0.5])
QUANTUM = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """What is known of n runs in order: day (n,), doses (n, 5) of `DOSES`, pain said of the area after it (n,), 0 to
    10, NaN where nothing was said, and the pain of it before the run (n,), 0 where none and NaN where unknown.
    """

    day: Array
    doses: Array
    pain: Array
    before: Array

    def __post_init__(self) -> None:
        count = len(self.day)
        if self.doses.shape != (count, 5) or self.pain.shape != (count,) or self.before.shape != (count,):
            raise ValueError(
                f"{count} days need doses (n, 5) and pains (n,), not {self.doses.shape}, {self.pain.shape}"
            )
        if not np.all(np.isfinite(self.doses)) or np.any(self.doses < 0.0):
            raise ValueError("a dose of a run is negative or not finite")
        said = self.pain[~np.isnan(self.pain)]
        if np.any((said < 0.0) | (said > 10.0)) or np.any((self.before < 0.0) | (self.before > 10.0)):
            raise ValueError("a pain that was said is outside 0 to 10")

    def first(self, count: int) -> Runs:
        """Return the first runs."""
        return Runs(self.day[:count], self.doses[:count], self.pain[:count], self.before[:count])


@dataclass(frozen=True, slots=True, eq=False)
class Provocation:
    """What provokes the pain, as believed: the chance of each dose (5,) and of none of them; how many painful runs."""

    chance: Array
    by_itself: float
    painful_runs: int
    usual: Array
    spread: Array
    level: Array
    """(5,): log odds of pain at the usual dose, if it is this dose alone; `slope` (5,) for each spread above."""
    slope: Array

    @property
    def named(self) -> tuple[str, ...]:
        """Return the doses that may be named: one or two, or none where it is not known."""
        return tuple(DOSES[k] for k in np.flatnonzero(self.chance >= CLAIM)) if self.enough else ()

    @property
    def suspects(self) -> tuple[str, ...]:
        """Return the doses to be careful with before anything may be named, and those that are named."""
        return tuple(DOSES[k] for k in np.flatnonzero(self.chance >= SUSPECT))

    @property
    def enough(self) -> bool:
        """Return whether there are painful runs enough to name anything."""
        return self.painful_runs >= FEWEST_PAINFUL

    def bearable(self, dose: str, chance: float) -> float:
        """Return the greatest dose, in its own unit, after which pain has at most this chance if the dose provokes it.

        Never below what is usual less one spread, so that a limit stays a limit and is no ban.
        """
        at = DOSES.index(dose)
        above = (math.log(chance / (1.0 - chance)) - float(self.level[at])) / float(self.slope[at])
        scaled = float(self.usual[at]) + min(max(above, -1.0), 3.0) * float(self.spread[at])
        return math.exp(scaled) if at < 3 else max(scaled, 0.0)

    def sentence(self) -> str:
        """Return what is known, in one sentence."""
        if not self.named:
            return f"After {self.painful_runs} painful runs it is not known what provokes it."
        told = " and ".join(f"{name} ({100 * self.chance[DOSES.index(name)]:.0f} %)" for name in self.named)
        return f"After {self.painful_runs} painful runs it looks provoked by {told}; a pattern, not a diagnosis."


def learn(runs: Runs) -> Provocation:
    """Return what provokes the pain after these runs; those without an answer, or with pain before, say nothing."""
    scaled, usual, spread = over_usual(runs.doses)
    fresh = (runs.before < PAINFUL) & ~np.isnan(runs.pain)
    hurt = runs.pain[fresh] >= PAINFUL
    evidence, level, slope = _evidence(scaled[fresh], hurt)
    weight = np.exp(evidence + _PRIOR - np.max(evidence + _PRIOR))
    weight = weight / weight.sum()
    chance = np.array([sum(weight[k] for k, one in enumerate(_EXPLANATIONS) if dose in one) for dose in range(5)])
    return Provocation(
        np.rint(chance / QUANTUM) * QUANTUM, float(weight[0]), int(hurt.sum()), usual, spread, level, slope
    )


def over_usual(doses: Array) -> tuple[Array, Array, Array]:
    """Return doses in spreads above this person's usual ones, with the usual and the spread in their scale."""
    if not len(doses):
        return doses, np.zeros(5), np.ones(5)
    scale = doses.copy()
    scale[:, :3] = np.log(np.maximum(doses[:, :3], 1e-2))
    usual = np.median(scale, axis=0)
    usual[4] = scale[:, 4].mean()
    spread = np.maximum(scale.std(axis=0), _LEAST_SPREAD)
    return np.clip((scale - usual) / spread, -3.0, 4.0), usual, spread


def _evidence(scaled: Array, hurt: NDArray[np.bool_]) -> tuple[Array, Array, Array]:
    """Return the log evidence of each explanation (16,), and of each single dose its expected level and slope (5,)."""
    found, level, slope = [], [], []
    sign = np.where(hurt, 1.0, -1.0)
    for explanation in _EXPLANATIONS:
        grid, prior = _grid(len(explanation))
        # log odds (grid, runs) of what came
        odds = sign * (grid[:, :1] + grid[:, 1:] @ scaled[:, explanation].T)
        likelihood = prior - np.logaddexp(0.0, -odds).sum(axis=1)
        most = float(likelihood.max())
        share = np.exp(likelihood - most)
        found.append(most + math.log(float(share.sum())))
        if len(explanation) == 1:
            level.append(float(share @ grid[:, 0] / share.sum()))
            slope.append(float(share @ grid[:, 1] / share.sum()))
    return np.array(found), np.array(level), np.array(slope)


@functools.cache
def _grid(slopes: int) -> tuple[Array, Array]:
    """Return level and slopes (points, 1 + slopes) with the log of their prior (points,), which sums to 1."""
    points = np.array(list(itertools.product(_LEVEL, *[_SLOPE] * slopes)))
    prior = -0.5 * ((points[:, 0] + 2.5) / 2.0) ** 2 - 0.5 * (np.log(points[:, 1:] / 2.0) / 0.45) ** 2 @ np.ones(slopes)
    return points, prior - math.log(float(np.exp(prior).sum()))
