"""What one person's past says of the next day, in few numbers: rates, habits by context, yesterday, the gap.

The rule of this file: each number is updated once a day and forgets; a habit that was seen little says what the
person's own rate says. Numbers are kept in single precision, so that what is saved is exactly what was.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Kept = NDArray[np.float32]

#: A person of whom nothing is known runs on two days of five; it counts as 2.5 days.
FIRST_RATE, FIRST_DAYS = 0.4, 2.5
#: How much of a rate is left after a day: of a week, three weeks, two months, half a year, and the base of the habits.
RATE_KEEPS = np.array([*np.exp(-1.0 / np.array([7.0, 21.0, 60.0, 180.0])), 0.97])
#: Days of the past that are kept as they were.
RECENT_DAYS = 28
_FIRST_KM = 5.0
_KM_KEEP, _LOAD_KEEP = 0.98, 0.87
_LONG_GAP = 12


@dataclass(frozen=True, slots=True)
class Context:
    """A habit: how many situations it tells apart, what it keeps each time it is seen, days the own rate counts."""

    name: str
    count: int
    keep: float
    pull_days: float


CONTEXTS = (
    Context("which of the last six days had a run", 64, 0.97, 3.0),
    Context("weekday and yesterday", 14, 0.95, 3.0),
    Context("weekday and yesterday, slowly", 14, 0.985, 4.0),
    Context("weekday, slowly", 7, 0.98, 4.0),
    Context("weekend, last two days, this day a week ago", 16, 0.97, 3.0),
    Context("weekday and gap", 28, 0.96, 3.0),
    Context("yesterday, quickly", 2, 0.9, 2.0),
    Context("days since the last run, quickly", 12, 0.9, 2.0),
)
_COUNTS = np.array([context.count for context in CONTEXTS])
_OFFSETS = np.concatenate([[0], np.cumsum(_COUNTS)[:-1]])
_KEEPS = np.array([context.keep for context in CONTEXTS])
_PULLS = np.array([context.pull_days for context in CONTEXTS])
_GAP_CLASS = (0, 1, 2, 2, 3)

FEATURES = (
    "rate of a week",
    "rate of three weeks",
    "rate of two months",
    "rate of half a year",
    "rate",
    *(context.name for context in CONTEXTS),
    "three days ago",
    "this weekday, last four weeks",
    "log of days since the last run",
    "log of days known",
    "km yesterday",
    "km of three days",
    "km of a week",
)


def _logit(share: Array) -> Array:
    return np.asarray(np.log(share) - np.log1p(-share))


@dataclass(slots=True, eq=False)
class Habits:
    """The numbers of one person, changed by `update`; complete when constructed."""

    rates: Kept
    """Runs and days (5, 2), each forgetting by `RATE_KEEPS`."""
    seen: Kept
    """Runs and days (165, 2) of every situation of every context."""
    recent_km: Kept
    """The last 28 days (28,), yesterday first."""
    usual: Kept
    """Sum of km and count of runs, forgetting, then km a day of the last week (3,)."""
    days: int = 0
    gap: int = 1
    """Days since the last run; 1 says yesterday."""

    @classmethod
    def new(cls) -> Habits:
        """Return the numbers of a person of whom nothing is known."""
        rates = np.tile(np.array([FIRST_RATE * FIRST_DAYS, FIRST_DAYS], dtype=np.float32), (len(RATE_KEEPS), 1))
        seen = np.zeros((int(_COUNTS.sum()), 2), dtype=np.float32)
        return cls(rates, seen, np.zeros(RECENT_DAYS, dtype=np.float32), np.zeros(3, dtype=np.float32))

    def _situation(self, weekday: int) -> NDArray[np.int64]:
        """Return the rows of `seen` (contexts,) that speak of a day."""
        ran = (self.recent_km[:7] > 0.0).astype(np.int64)
        gap = _GAP_CLASS[min(self.gap - 1, 4)]
        last_six = int(ran[:6] @ (32, 16, 8, 4, 2, 1))
        weekend = 8 * (weekday >= 5) + int(ran[[0, 1, 6]] @ (4, 2, 1))
        by_day = 2 * weekday + int(ran[0])
        own = (last_six, by_day, by_day, weekday, weekend, 4 * weekday + gap, int(ran[0]), min(self.gap, _LONG_GAP) - 1)
        return np.asarray(_OFFSETS + np.array(own))

    def features(self, weekday: int) -> Array:
        """Return what `FEATURES` names (20,) of the next day, whose weekday is given, Monday 0."""
        rate = np.asarray(self.rates[:, 0] / self.rates[:, 1], dtype=np.float64)
        own, seen = rate[-1], self.seen[self._situation(weekday)].astype(np.float64)
        habits = _logit((seen[:, 0] + _PULLS * own) / (seen[:, 1] + _PULLS)) - _logit(own)
        usual_km = float(self.usual[0] / self.usual[1]) if self.usual[1] > 0.0 else _FIRST_KM
        same = self.recent_km[6 : min(self.days, RECENT_DAYS) : 7] > 0.0
        km = self.recent_km[:3].astype(np.float64) / usual_km
        rest = (
            float(km[2] > 0.0),
            float(same.mean()) if len(same) else 0.0,
            np.log(min(self.gap, 400)),
            np.log1p(self.days),
            km[0],
            km.mean(),
            float(self.usual[2]) / usual_km,
        )
        return np.concatenate([_logit(rate), habits, rest])

    def update(self, weekday: int, km: float) -> None:
        """Take in a day that is over: its weekday and km, 0 without a run."""
        ran, keep = float(km > 0.0), RATE_KEEPS[:, None]
        fresh = np.array([ran, 1.0]) + (1.0 - keep) * np.array([FIRST_RATE, 1.0])
        rows = self._situation(weekday)
        self.seen[rows] = self.seen[rows] * _KEEPS[:, None] + np.array([ran, 1.0])
        self.rates[:] = keep * self.rates + fresh
        self.recent_km[1:] = self.recent_km[:-1].copy()
        self.recent_km[0] = km
        if ran:
            self.usual[:2] = _KM_KEEP * self.usual[:2] + np.array([km, 1.0])
        self.usual[2] = _LOAD_KEEP * self.usual[2] + (1.0 - _LOAD_KEEP) * km
        self.gap = 1 if ran else self.gap + 1
        self.days += 1


#: How much each forecaster is believed at first: the regression, persistence, weekday mean, 28-day mean; and how much
#: of that belief comes back each day, so that none is lost for ever.
_FIRST_TRUST = np.array([0.80, 0.05, 0.10, 0.05])
_RETURN = 0.002
_CHANCE = (0.002, 0.998)


@dataclass(slots=True, eq=False)
class Mixture:
    """The regression insured by three simple rates: each is believed by how well it did (Herbster and Warmuth 1998).

    So no person is told much worse than the best of them would, however strange their habits are.
    """

    counts: Kept
    """Runs and days (9, 2) after a day without and with a run, then of each weekday."""
    trust: Kept
    """How much each of the four is believed (4,), sum 1."""

    @classmethod
    def new(cls) -> Mixture:
        """Return what is believed before the first day."""
        return cls(np.zeros((9, 2), dtype=np.float32), _FIRST_TRUST.astype(np.float32))

    def _chances(self, habits: Habits, weekday: int, regression: float) -> Array:
        """Return the four chances of a run."""
        rows = self.counts[[int(habits.gap == 1 and habits.days > 0), 2 + weekday]].astype(np.float64)
        month = min(habits.days, RECENT_DAYS)
        hits = np.array([*rows[:, 0], np.count_nonzero(habits.recent_km[:month])])
        rates = (hits + 1.0) / (np.array([*rows[:, 1], month]) + 2.0)
        return np.concatenate([[regression], rates])

    def chance(self, habits: Habits, weekday: int, regression: float) -> float:
        """Return the chance of a run on the next day, between 0.002 and 0.998."""
        believed = self._chances(habits, weekday, regression) @ self.trust.astype(np.float64)
        return float(min(max(float(believed), _CHANCE[0]), _CHANCE[1]))

    def update(self, habits: Habits, weekday: int, regression: float, ran: bool) -> None:
        """Take in whether a run came; `habits` and the regression's chance are those of the morning before it."""
        chances = self._chances(habits, weekday, regression)
        trust = self.trust * (chances if ran else 1.0 - chances)
        self.trust[:] = (1.0 - _RETURN) * trust / trust.sum() + _RETURN * _FIRST_TRUST
        self.counts[[int(habits.gap == 1), 2 + weekday]] += np.array([float(ran), 1.0], dtype=np.float32)
