"""A month or a year of one person's running, gathered for a page.

The rule of this file: sums and medians of the diary's own rows; runs that must not count set no record and no trend.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.coach import facts_of, state_of
from app.desk.insights import CADENCE_DOUBT, PACE_DOUBT
from app.pages.run_data import TOLD_M
from app.store import Store
from app.views.insights import Doubtful
from edge.coach.beliefs import Belief, State
from edge.coach.performance import race_time_s
from edge.coach.types import RunFact
from edge.coach.whatif import local_day
from models.learner import PersonLearner

EPOCH = date(1970, 1, 1)
DAY_S = 86400.0
RUNNING = "running"
_90 = 1.645


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a year: its first day and the day after its last, local; `month` is 0 for a whole year."""

    year: int
    month: int = 0

    @property
    def first(self) -> date:
        """Return the first day."""
        return date(self.year, self.month or 1, 1)

    @property
    def after(self) -> date:
        """Return the day after the last."""
        if not self.month:
            return date(self.year + 1, 1, 1)
        return date(self.year + self.month // 12, self.month % 12 + 1, 1)

    @property
    def before(self) -> Period:
        """Return the period of the same kind before this one."""
        if not self.month:
            return Period(self.year - 1)
        return Period(self.year, self.month - 1) if self.month > 1 else Period(self.year - 1, 12)

    def holds(self, day: date) -> bool:
        """Return whether a day lies in it."""
        return self.first <= day < self.after

    @property
    def days(self) -> list[date]:
        """Return its days."""
        return [self.first + timedelta(days=i) for i in range((self.after - self.first).days)]


@dataclass(frozen=True, slots=True)
class Totals:
    """What was run in a stretch of time: runs, days with a run, m, s in motion, m of climb (of so many runs)."""

    runs: int
    days: int
    distance_m: float
    moving_s: float
    climb_m: float
    climb_runs: int


@dataclass(frozen=True, slots=True)
class Best:
    """The fastest time over a distance, or the longest run: in m and s, the day, and whether none was better before."""

    distance_m: float
    time_s: float
    day: date
    first: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """A belief before and after: its name (a key), its unit (a key), low, value and high each; NaN where not known."""

    name: str
    unit: str
    was: tuple[float, float, float]
    now: tuple[float, float, float]
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the person said of body and rest: days on which pain was told, and of illness, and the places that hurt."""

    pain_days: int
    places: tuple[str, ...]
    ill_days: int


@dataclass(frozen=True, slots=True)
class PeriodData:
    """All that a period's page is drawn from. `shown_until` is the day after the last that is past."""

    period: Period
    shown_until: date
    totals: Totals
    before: Totals
    by_day: dict[date, float]
    pieces: tuple[tuple[date, Totals], ...]
    """Weeks of a month, or months of a year, by their first day."""
    others: tuple[tuple[str, int, float], ...]
    """Other sports: how often, and s in all."""
    left_out: int
    longest: Best | None
    bests: tuple[Best, ...]
    pace: tuple[Doubtful, ...]
    beats: tuple[Doubtful, ...]
    """Heart beats for a km."""
    cadence: tuple[Doubtful, ...]
    pause_days: int
    """The longest stretch of days without a run."""
    told: Told
    learned: tuple[Learned, ...]


def day_of(fact: RunFact) -> date:
    """Return the local day of a run."""
    return EPOCH + timedelta(days=local_day(fact))


def latest_day(store: Store) -> date | None:
    """Return the local day of the latest run, None without one."""
    return max((day_of(f) for f in facts_of(store) if f.sport == RUNNING), default=None)


def period_data(store: Store, period: Period, now_unix_s: float) -> PeriodData:
    """Return all of a period, as far as it is past at a moment."""
    facts = [f for f in facts_of(store) if f.start_unix_s <= now_unix_s]
    today = EPOCH + timedelta(days=int(now_unix_s // DAY_S))
    last_run = max((day_of(f) for f in facts), default=today)
    until = min(period.after, max(today, last_run) + timedelta(days=1))
    runs = [f for f in facts if f.sport == RUNNING and f.valid]
    here = [f for f in runs if period.holds(day_of(f))]
    earlier = [f for f in runs if day_of(f) < period.first]
    past = [day for day in period.days if day < until]
    by_day = dict.fromkeys(past, 0.0)
    for fact in here:
        by_day[day_of(fact)] += fact.distance_m
    return PeriodData(
        period,
        until,
        totals_of(here),
        totals_of([f for f in runs if period.before.holds(day_of(f))]),
        by_day,
        tuple((first, totals_of([f for f in here if first <= day_of(f) < after])) for first, after in _pieces(period)),
        _others([f for f in facts if f.sport != RUNNING and period.holds(day_of(f))]),
        sum(not f.valid for f in facts if f.sport == RUNNING and period.holds(day_of(f))),
        _longest(here, earlier),
        _bests(here, earlier),
        _trend(here, _pace, PACE_DOUBT),
        _trend(here, _beats_a_km, PACE_DOUBT),
        _trend(here, _cadence, CADENCE_DOUBT, share=False),
        _longest_pause(by_day),
        _told(store, period, now_unix_s),
        _learned(store, period, until, facts),
    )


def totals_of(facts: Sequence[RunFact]) -> Totals:
    """Return what runs add up to."""
    climbs = [f.ascent_m for f in facts if math.isfinite(f.ascent_m)]
    return Totals(
        len(facts), len({day_of(f) for f in facts}), sum(f.distance_m for f in facts), sum(f.moving_s for f in facts),
        sum(climbs), len(climbs),
    )  # fmt: skip


def _pieces(period: Period) -> list[tuple[date, date]]:
    """Return first day and day after of each week (Monday first) of a month, or each month of a year."""
    if not period.month:
        months = [Period(period.year, m) for m in range(1, 13)]
        return [(m.first, m.after) for m in months]
    monday = period.first - timedelta(days=period.first.weekday())
    weeks = []
    while monday < period.after:
        weeks.append((max(monday, period.first), min(monday + timedelta(days=7), period.after)))
        monday += timedelta(days=7)
    return weeks


def _others(facts: Sequence[RunFact]) -> tuple[tuple[str, int, float], ...]:
    count = Counter(f.sport for f in facts)
    return tuple((sport, n, sum(f.moving_s for f in facts if f.sport == sport)) for sport, n in count.most_common())


def _longest(here: Sequence[RunFact], earlier: Sequence[RunFact]) -> Best | None:
    if not here:
        return None
    one = max(here, key=lambda f: f.distance_m)
    first = bool(earlier) and all(f.distance_m < one.distance_m for f in earlier)
    return Best(one.distance_m, one.moving_s, day_of(one), first)


def _bests(here: Sequence[RunFact], earlier: Sequence[RunFact]) -> tuple[Best, ...]:
    """Return the fastest time of the period over each distance that records are kept over."""
    found = []
    for distance_m in TOLD_M:
        done = [f for f in here if distance_m in f.best_efforts_s]
        if done:
            one = min(done, key=lambda f: f.best_efforts_s[distance_m])
            time_s = one.best_efforts_s[distance_m]
            others = [f.best_efforts_s[distance_m] for f in earlier if distance_m in f.best_efforts_s]
            found.append(Best(distance_m, time_s, day_of(one), bool(others) and time_s < min(others)))
    return tuple(found)


def _pace(fact: RunFact) -> float:
    return fact.moving_s / fact.distance_m * 1000.0 if fact.distance_m > 0 else math.nan


def _cadence(fact: RunFact) -> float:
    return fact.avg_cadence_spm


def _beats_a_km(fact: RunFact) -> float:
    return fact.avg_hr_bpm * fact.moving_s / 60.0 / (fact.distance_m / 1000.0) if fact.distance_m > 0 else math.nan


def _trend(
    facts: Sequence[RunFact], of: Callable[[RunFact], float], doubt: float, share: bool = True
) -> tuple[Doubtful, ...]:
    """Return (day, low, value, high) of each run: the doubt is that which the app's insights show."""
    found = []
    for fact in sorted(facts, key=lambda f: f.start_unix_s):
        value = of(fact)
        if math.isfinite(value) and value > 0.0:
            half = doubt * value if share else doubt
            found.append((float(local_day(fact)), value - half, value, value + half))
    return tuple(found)


def _longest_pause(by_day: dict[date, float]) -> int:
    longest = current = 0
    for day in sorted(by_day):
        current = current + 1 if by_day[day] <= 0.0 else 0
        longest = max(longest, current)
    return longest


def _told(store: Store, period: Period, now_unix_s: float) -> Told:
    """Return what was said in the period of pain and illness; what was taken back is not counted."""
    said = [s for s in store.said() if s.said_unix_s <= now_unix_s]
    inside = [(EPOCH + timedelta(days=int(s.said_unix_s // DAY_S)), s.constraint) for s in said]
    inside = [(day, c) for day, c in inside if period.holds(day)]
    pain = [(day, c) for day, c in inside if c.kind == "pain" and c.severity != 0.0]
    areas = tuple(area for area, _ in Counter(c.area for _, c in pain if c.area).most_common(4))
    return Told(len({day for day, _ in pain}), areas, len({day for day, c in inside if c.kind == "illness"}))


def _learned(store: Store, period: Period, until: date, facts: Sequence[RunFact]) -> tuple[Learned, ...]:
    """Return what was believed when the period began and when it ended, where both or the later are known."""
    was, now = (_state(store, day, facts) for day in (period.first, until))
    found = []
    for (name, unit, before), (_, _, after) in zip(_beliefs(was), _beliefs(now), strict=True):
        if after is not None and math.isfinite(after.value):
            first = (math.nan,) * 3 if before is None else (before.low, before.value, before.high)
            found.append(Learned(name, unit, first, (after.low, after.value, after.high), after.source))
    return tuple(found)


def _state(store: Store, day: date, facts: Sequence[RunFact]) -> State:
    at_unix_s = (day - EPOCH).days * DAY_S
    return state_of(store, at_unix_s, None, [f for f in facts if f.start_unix_s <= at_unix_s], 0.0, PersonLearner(b""))


def _beliefs(state: State) -> list[tuple[str, str, Belief | None]]:
    """Return the beliefs that a page shows, in their order: name, unit, belief."""
    heart = state.heart
    half = _90 * heart.sd_at_2_8_bpm
    line = Belief(heart.at_2_8_bpm, heart.at_2_8_bpm - half, heart.at_2_8_bpm + half, heart.source, heart.as_of_unix_s)
    return [
        ("10 km", "time", _ten_km(state.fitness.vdot)),
        ("usual pace", "pace", state.fitness.usual_pace_s_per_km),
        ("heart at 2.8 m/s", "bpm", line),
        ("highest heart rate", "bpm", state.max_hr_bpm),
        ("used to altitude", "height", state.where.acclimatised_m),
    ]


def _ten_km(vdot: Belief | None) -> Belief | None:
    """Return the time in s over 10 km that a fitness stands for; the fitter end is the faster one."""
    if vdot is None or not math.isfinite(vdot.value):
        return None
    low, value, high = (race_time_s(v, 10000.0) for v in (vdot.high, vdot.value, vdot.low))
    return Belief(value, low, high, vdot.source, vdot.as_of_unix_s, vdot.evidence)
