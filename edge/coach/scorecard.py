"""Forecasts and advice against what came: every morning that was answered for, the misses first.

The rule of this file: a morning counts once, by its first decision; nothing is scored that was not said beforehand, and
a verdict on the advice is given only where enough days speak for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from edge.coach.phrases import paces, say
from edge.coach.types import Forecast, RunFact, Session
from edge.coach.whatif import local_day
from edge.coach.words import OPEN_SHARE
from edge.samples import Column, Estimate

#: Fewer days than this say nothing about the advice; a difference must also be twice its standard error.
LEAST_DAYS = 20
_90_SD = 2.0
#: A run is the session that was suggested when its distance is within this share of it.
FOLLOWED_SHARE = 0.25
MOST_MISSES = 10


@dataclass(frozen=True, slots=True)
class Morning:
    """What was said for a local day: the forecast by habit, the session, and the session by the plain rules alone."""

    day: int
    decision_id: str
    forecast: Forecast | None
    session: Session | None
    plain: Session | None


@dataclass(frozen=True, slots=True)
class Miss:
    """A morning that was wrong: its day, how badly (1: certain and wrong; more: far outside), and the sentence."""

    day: int
    decision_id: str
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A share of intervals that held, of how many, beside what they promise."""

    held: int
    of: int
    promised: float


@dataclass(frozen=True, slots=True)
class Beside:
    """A mean error beside that of the plain way, over so many days, and the standard error of the difference."""

    ours: float
    plain: float
    days: int
    se: float

    @property
    def verdict(self) -> str:
        """Return whether ours is better, worse or as good, or that there is too little data to say."""
        return self.verdict_in("en")

    def verdict_in(self, language: str) -> str:
        """Return the verdict in words of a language."""
        if self.days < LEAST_DAYS:
            text = "too little data to say: {days:count} of {least:days_dative}"
            return say(language, text, days=self.days, least=LEAST_DAYS)
        gain = self.plain - self.ours
        if abs(gain) < _90_SD * self.se:
            return say(language, "no difference that the days so far can show")
        return say(language, "better" if gain > 0.0 else "worse")


@dataclass(frozen=True, slots=True)
class Scorecard:
    """How the mornings did: forecasts of running (Brier score), intervals, advice, and the misses, the worst first."""

    mornings: int
    running: Beside
    distance: Kept
    pace: Kept
    heart: Kept
    followed: int
    advised: int
    heart_target_bpm: Beside
    pace_target_s_per_km: Beside
    misses: tuple[Miss, ...]


def score(mornings: Sequence[Morning], runs: Sequence[RunFact], today: int, language: str = "en") -> Scorecard:
    """Return the scorecard of all days before today that have a morning; runs that must not count are left out.

    The misses are told in a language.
    """
    first: dict[int, Morning] = {}
    for one in mornings:
        first.setdefault(one.day, one)
    past = [first[day] for day in sorted(first) if day < today]
    ran = _by_day(runs)
    told = [(one, one.forecast) for one in past if one.forecast is not None]
    advised = [one for one in past if one.session is not None and one.session.distance_m > 0.0]
    done = [(one, ran[one.day]) for one in advised if one.day in ran and _followed(one, ran[one.day])]
    misses = [miss for one, forecast in told for miss in _misses(one, forecast, ran.get(one.day), language)]
    misses += [miss for one, run in done for miss in _advice_misses(one, run, language)]
    return Scorecard(
        len(past),
        _running(told, ran),
        _kept([(f.distance_m, ran[o.day].distance_m if o.day in ran else 0.0) for o, f in told]),
        _kept([(f.pace_s_per_km, _pace(ran[o.day])) for o, f in told if o.day in ran]),
        _kept([(f.heart_rate_bpm, ran[o.day].avg_hr_bpm) for o, f in told if o.day in ran]),
        len(done),
        len(advised),
        _targets([(_heart(o.session), _heart(o.plain), run.avg_hr_bpm) for o, run in done]),
        _targets([(_pace_middle(o.session), _pace_middle(o.plain), _pace(run)) for o, run in done]),
        tuple(sorted(misses, key=lambda miss: (-miss.size, miss.day))[:MOST_MISSES]),
    )


def _by_day(runs: Sequence[RunFact]) -> dict[int, RunFact]:
    """Return the longest valid run of each local day."""
    found: dict[int, RunFact] = {}
    for run in sorted(runs, key=lambda f: f.distance_m):
        if run.valid and run.sport == "running" and run.distance_m > 0.0 and run.moving_s > 0.0:
            found[local_day(run)] = run
    return found


def _running(told: list[tuple[Morning, Forecast]], ran: dict[int, RunFact]) -> Beside:
    """Return the Brier score of the chance of a run, beside the share of days with a run up to each morning."""
    came = np.array([float(one.day in ran) for one, _ in told])
    before = (np.concatenate([[0.0], np.cumsum(came)[:-1]]) + 1.0) / (np.arange(len(came)) + 2.0) if told else came
    chance = np.array([forecast.run_probability for _, forecast in told])
    return _beside((chance - came) ** 2, (before - came) ** 2)


def _beside(ours: Column, plain: Column) -> Beside:
    known = np.isfinite(ours) & np.isfinite(plain)
    count = int(known.sum())
    if not count:
        return Beside(math.nan, math.nan, 0, math.nan)
    gain = (plain - ours)[known]
    se = float(gain.std(ddof=1) / math.sqrt(count)) if count > 1 else math.inf
    return Beside(float(ours[known].mean()), float(plain[known].mean()), count, se)


def _kept(pairs: list[tuple[Estimate, float]]) -> Kept:
    known = [(e, came) for e, came in pairs if all(map(math.isfinite, (e.low, e.high, came)))]
    return Kept(sum(e.low <= came <= e.high for e, came in known), len(known), 0.8)


def _targets(rows: list[tuple[float, float, float]]) -> Beside:
    columns = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return _beside(np.abs(columns[:, 0] - columns[:, 2]), np.abs(columns[:, 1] - columns[:, 2]))


def _followed(one: Morning, run: RunFact) -> bool:
    session = one.session
    return session is not None and abs(run.distance_m - session.distance_m) <= FOLLOWED_SHARE * session.distance_m


def _heart(session: Session | None) -> float:
    return 0.5 * (session.hr_low_bpm + session.hr_high_bpm) if session is not None else math.nan


def _pace_middle(session: Session | None) -> float:
    if session is None or not session.pace_high_s_per_km < OPEN_SHARE * session.pace_low_s_per_km:
        return math.nan  # by effort there is no middle
    return 0.5 * (session.pace_low_s_per_km + session.pace_high_s_per_km)


def _pace(run: RunFact) -> float:
    return 1000.0 * run.moving_s / run.distance_m


def _misses(one: Morning, told: Forecast, run: RunFact | None, language: str) -> list[Miss]:
    """Return where a forecast was surprised: by a run or a rest, or by a distance outside its interval."""
    chance = told.run_probability
    if run is None and chance >= 0.5:
        text = say(language, "I thought a run {chance:count} % likely; you did not run.", chance=100.0 * chance)
        return [Miss(one.day, one.decision_id, chance, text)]
    if run is not None and chance < 0.5:
        text = "I thought a run only {chance:count} % likely; you ran {ran_m:km}."
        text = say(language, text, chance=100.0 * chance, ran_m=run.distance_m)
        return [Miss(one.day, one.decision_id, 1.0 - chance, text)]
    far = told.distance_if_run_m
    if run is None or not math.isfinite(far.high) or far.low <= run.distance_m <= far.high:
        return []
    off = max(far.low - run.distance_m, run.distance_m - far.high) / max(far.high, 1.0)
    text = "I expected {least_m:km} to {most_m:km}; you ran {ran_m:km}."
    text = say(language, text, least_m=far.low, most_m=far.high, ran_m=run.distance_m)
    return [Miss(one.day, one.decision_id, off, text)]


def _advice_misses(one: Morning, run: RunFact, language: str) -> list[Miss]:
    """Return where the session that was run did not fit the band that was given for it."""
    session, found = one.session, []
    if session is None:
        return []
    if math.isfinite(session.hr_high_bpm) and math.isfinite(run.avg_hr_bpm):
        off = max(session.hr_low_bpm - run.avg_hr_bpm, run.avg_hr_bpm - session.hr_high_bpm)
        if off > 3.0:
            text = "I gave {low:count} to {high:beats}; the run took {took:beats}."
            text = say(language, text, low=session.hr_low_bpm, high=session.hr_high_bpm, took=run.avg_hr_bpm)
            found.append(Miss(one.day, one.decision_id, off / 20.0, text))
    own = _pace(run)
    if math.isfinite(_pace_middle(session)):
        off = max(session.pace_low_s_per_km - own, own - session.pace_high_s_per_km)
        if off > 10.0:
            band = paces(language, session.pace_low_s_per_km, session.pace_high_s_per_km)
            text = say(language, "I gave {band:word}; you ran {own:pace}.", band=band, own=own)
            found.append(Miss(one.day, one.decision_id, off / 60.0, text))
    return found
