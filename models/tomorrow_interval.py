"""The 80 % intervals of a day: of every five days with a run four are held, and of every five without one four.

The rule of this file: five numbers of a person say which mornings await a run, how many km of width a chance is worth,
and how far the intervals of a run reach; each follows its own misses, so that the share held is right for this person
however their habits drift (adaptive conformal inference, Gibbs and Candes 2021; by kind of day, Vovk 2012; the shortest
intervals, Sadinle, Lei and Wasserman 2019).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from models.tomorrow_habits import FIRST_RATE, Array, Kept

LEVEL = 0.80
#: A single-precision km is this exact.
TOLERANCE_KM = 1e-4
#: Of a distribution's values and the middle of each one's share, both (k,).
Distribution = tuple[Array, Array]
#: What a certain run is worth at first, in usual runs of width (chosen on simulated lives; forgotten in some runs).
_FIRST_WORTH = 6.0
#: How far a miss moves a number at last, and how much farther after few days of its kind.
_STEP, _EARLY, _EARLY_DAYS = 0.05, 5.0, 10.0
_SHARES = np.linspace(0.0, 1.0, 41)
_HALF = 20
_LEVEL_LOGIT = math.log(LEVEL / (1.0 - LEVEL))
_WORTH, _AWAITED, _REACH = 0, 1, 2
#: Limits of the numbers, in their order.
_LEAST = np.array([-2.0, -6.2, -2.0, -2.0, -2.0])
_MOST = np.array([7.0, 6.2, 5.0, 5.0, 5.0])


@dataclass(slots=True, eq=False)
class Aims:
    """One person's five numbers (5,): log of worth, logit of the chance from which a run is awaited, and the logit of
    the level between which km, pace and heart rate of a run stand.
    """

    numbers: Kept

    @classmethod
    def new(cls) -> Aims:
        """Return the numbers of a person of whom nothing is known: a run is awaited where it is likelier than usual."""
        first = [math.log(_FIRST_WORTH), math.log(FIRST_RATE / (1.0 - FIRST_RATE)), *[_LEVEL_LOGIT] * 3]
        return cls(np.array(first, dtype=np.float32))

    def day(self, run_km: Distribution, chance: float) -> tuple[float, float]:
        """Return the interval of the day's km, given the km of a run and the chance of one.

        Where no run is awaited it begins at zero; it is as long as is worth it, which may be [0, 0].
        """
        km = np.interp(_SHARES, run_km[1], run_km[0])
        worth = math.exp(float(self.numbers[_WORTH])) * chance * _SHARES - km / km[_HALF]
        if self.awaits(chance):
            high = _HALF + int(worth[_HALF:].argmax())
            return float(km[worth[: _HALF + 1].argmin()]), float(km[high])
        high = int(worth.argmax())
        return 0.0, float(km[high]) if worth[high] > 0.0 else 0.0

    def awaits(self, chance: float) -> bool:
        """Return whether a chance is so high that a run is awaited: on one of five days without a run it is."""
        return math.log(chance / (1.0 - chance)) > float(self.numbers[_AWAITED])

    def tails(self, column: int) -> tuple[float, float]:
        """Return the shares between which km, pace or heart rate (0, 1, 2) of a run stand."""
        level = 1.0 / (1.0 + math.exp(-float(self.numbers[_REACH + column])))
        return 0.5 * (1.0 - level), 0.5 * (1.0 + level)

    def follow(self, number: int, missed: bool, days: float) -> None:
        """Move a number by a miss or a hit, where so many days of its kind are known."""
        step = (_STEP + _EARLY / (_EARLY_DAYS + days)) * (float(missed) - (1.0 - LEVEL))
        moved = float(self.numbers[number]) + step
        self.numbers[number] = min(max(moved, float(_LEAST[number])), float(_MOST[number]))

    def follow_rest(self, chance: float, rests: float) -> None:
        """Take in a day without a run whose chance of one was given."""
        self.follow(_AWAITED, self.awaits(chance), rests)

    def follow_run(self, held: bool, parts: list[bool | None], runs: float) -> None:
        """Take in a day with a run: whether its km were held, and km, pace and heart rate if it came (or None)."""
        self.follow(_WORTH, not held, runs)
        for column, one in enumerate(parts):
            if one is not None:
                self.follow(_REACH + column, not one, runs)

    def sound(self) -> bool:
        """Return whether every number is finite and within its limits."""
        return bool(((self.numbers >= _LEAST - 1e-3) & (self.numbers <= _MOST + 1e-3)).all())


def quantile(distribution: Distribution, share: float) -> float:
    """Return the value below which so much of a distribution lies."""
    values, middle = distribution
    return float(np.interp(share, middle, values))


def median_day(run_km: Distribution, chance: float) -> float:
    """Return the median of a day's km: zero with its mass, then the runs'."""
    zero = 1.0 - chance
    return 0.0 if zero >= 0.5 else quantile(run_km, (0.5 - zero) / chance)


def holds(value: float, low: float, high: float) -> bool:
    """Return whether an interval holds a value, to single precision."""
    return low - TOLERANCE_KM <= value <= high + TOLERANCE_KM
