"""What an imported past says about its person: at most three findings, each with the runs that it rests on.

The rule of this file: a finding is a number that anybody can compute again from the diary; one that the runs do not
make certain is not said. Guidance, never a diagnosis.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from app.language import date_words
from edge.coach.columns import Runs, local_offset, runs_until
from edge.coach.phrases import say
from edge.coach.types import RunFact
from edge.samples import Column

MOST = 3
#: Fewer runs than this are no past to speak of.
FEWEST_IN_ALL = 10
# A stretch of fewer weeks is no habit; hours and weekdays need so many runs and so great a share of them.
FEWEST_WEEKS, FEWEST_RUNS, FEWEST_LONG, GREAT_SHARE = 8, 20, 12, 0.5
WINDOW_HOURS = 3
# The trend of pace at the same heart rate: months with so many runs of 10 min and more, so many months.
FEWEST_A_MONTH, FEWEST_MONTHS = 3, 9
SHORTEST_S = 600.0
#: Standard errors on either side; with the autocorrelation of the months counted in, about 95 %.
DOUBT = 2.0
LEAST_CHANGE = 0.01
LEAST_CLIMB_M, STEEPEST, KNOWN_SHARE = 200.0, 0.2, 0.8
_MONTH_DAYS = 365.25 / 12.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its kind, its numbers by name (the unit is in the name), and the ids of the runs it rests on."""

    kind: str
    values: dict[str, float]
    runs: tuple[str, ...]
    sentence: str
    """The English sentence with its gaps, as `edge.coach.phrases.say` fills it."""

    def text(self, language: str) -> str:
        """Return the finding in the person's language."""
        said = {name: value for name, value in self.values.items() if not name.endswith("_day")}
        days = {name: _day_said(v, language) for name, v in self.values.items() if name.endswith("_day")}
        return say(language, self.sentence, **said, **days)


def findings(facts: Sequence[RunFact], now_unix_s: float) -> tuple[Finding, ...]:
    """Return the most telling findings that are certain enough, the most telling first."""
    runs = runs_until(facts, now_unix_s, local_offset(facts))
    if len(runs) < FEWEST_IN_ALL:
        return ()
    makers: tuple[Callable[[Runs], Finding | None], ...] = (_trend, _streak, _longest, _hour, _weekday, _climb, _total)
    found = (maker(runs) for maker in makers)
    return tuple(one for one in found if one is not None)[:MOST]


def _ids(runs: Runs, rows: NDArray[np.bool_] | NDArray[np.int64]) -> tuple[str, ...]:
    chosen = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
    return tuple(runs.facts[i].run_id for i in chosen.tolist())


def _day_said(days: float, language: str) -> str:
    return date_words(language, (date(1970, 1, 1) + timedelta(days=int(days))).isoformat())


def _longest(runs: Runs) -> Finding:
    row = int(np.argmax(runs.distance_m))
    values = {"far_m": float(runs.distance_m[row]), "ran_day": float(runs.day[row])}
    sentence = "Your longest run: {far_m:km} on {ran_day:word}."
    return Finding("longest run", values, (runs.facts[row].run_id,), sentence)


def _streak(runs: Runs) -> Finding | None:
    """Return the longest row of weeks (Monday to Sunday) that each hold a run."""
    week = (runs.day + 3) // 7  # 1970-01-01 was a Thursday
    weeks = np.unique(week)
    parts = np.split(weeks, np.flatnonzero(np.diff(weeks) > 1) + 1)
    best = max(parts, key=len)
    if len(best) < FEWEST_WEEKS:
        return None
    inside = (week >= best[0]) & (week <= best[-1])
    values = {
        "weeks": float(len(best)),
        "first_day": float(best[0] * 7 - 3),
        "last_day": float(best[-1] * 7 + 3),
        "runs": float(inside.sum()),
    }
    sentence = (
        "Your longest time without an empty week: {weeks:count} weeks, from {first_day:word} to {last_day:word}, "
        "with {runs:count} runs."
    )
    return Finding("weeks without a gap", values, _ids(runs, inside), sentence)


def _hour(runs: Runs) -> Finding | None:
    """Return the three hours of the day in which most runs started, where the diary knows the local time."""
    offset_s = np.array([fact.utc_offset_s for fact in runs.facts])
    known = np.isfinite(offset_s)
    if int(known.sum()) < max(FEWEST_RUNS, KNOWN_SHARE * len(runs)):
        return None
    hour = (np.floor((runs.start_unix_s + np.nan_to_num(offset_s)) / 3600.0) % 24).astype(np.int64)
    each = np.bincount(hour[known], minlength=24)
    sums = np.sum([np.roll(each, -shift) for shift in range(WINDOW_HOURS)], axis=0)
    first = int(np.argmax(sums))
    share = float(sums[first]) / int(known.sum())
    if share < GREAT_SHARE:
        return None
    inside = known & (((hour - first) % 24) < WINDOW_HOURS)
    values = {"from_hour": float(first), "to_hour": float((first + WINDOW_HOURS) % 24), "usual_share": share}
    sentence = (
        "You mostly start between {from_hour:count} and {to_hour:count} o'clock: {usual_share:percent} of your runs."
    )
    return Finding("hour of the day", values, _ids(runs, inside), sentence)


_WEEKDAYS = (
    "Your longest run of the week falls on a Monday in {usual_share:percent} of your weeks.",
    "Your longest run of the week falls on a Tuesday in {usual_share:percent} of your weeks.",
    "Your longest run of the week falls on a Wednesday in {usual_share:percent} of your weeks.",
    "Your longest run of the week falls on a Thursday in {usual_share:percent} of your weeks.",
    "Your longest run of the week falls on a Friday in {usual_share:percent} of your weeks.",
    "Your longest run of the week falls on a Saturday in {usual_share:percent} of your weeks.",
    "Your longest run of the week falls on a Sunday in {usual_share:percent} of your weeks.",
)


def _weekday(runs: Runs) -> Finding | None:
    """Return the weekday of most weekly longest runs, of the weeks with two runs and more."""
    week, weekday = (runs.day + 3) // 7, (runs.day + 3) % 7
    chosen = []
    for number in np.unique(week).tolist():
        rows = np.flatnonzero(week == number)
        if len(rows) >= 2:
            chosen.append(int(rows[np.argmax(runs.distance_m[rows])]))
    if len(chosen) < FEWEST_LONG:
        return None
    rows = np.array(chosen)
    votes = np.bincount(weekday[rows], minlength=7)
    best = int(np.argmax(votes))
    share = float(votes[best]) / len(rows)
    if share < GREAT_SHARE:
        return None
    values = {"weekday": float(best), "weeks": float(len(rows)), "usual_share": share}
    return Finding("weekday of the long run", values, _ids(runs, rows[weekday[rows] == best]), _WEEKDAYS[best])


def _climb(runs: Runs) -> Finding | None:
    """Return the run with the most climb, where nearly all runs know theirs."""
    ascent_m = np.array([fact.ascent_m for fact in runs.facts])
    usable = np.isfinite(ascent_m) & (ascent_m <= STEEPEST * runs.distance_m)
    if usable.sum() < KNOWN_SHARE * len(runs):
        return None
    row = int(np.argmax(np.where(usable, ascent_m, -1.0)))
    if ascent_m[row] < LEAST_CLIMB_M:
        return None
    values = {"up_m": float(ascent_m[row]), "far_m": float(runs.distance_m[row]), "ran_day": float(runs.day[row])}
    sentence = "Your run with the most climb: {up_m:metres} up in {far_m:km} on {ran_day:word}."
    return Finding("most climb", values, (runs.facts[row].run_id,), sentence)


def _total(runs: Runs) -> Finding:
    values = {
        "runs": float(len(runs)),
        "far_m": float(runs.distance_m.sum()),
        "first_day": float(runs.day[0]),
        "last_day": float(runs.day[-1]),
    }
    sentence = "{runs:count} runs and {far_m:km} together, from {first_day:word} to {last_day:word}."
    return Finding("all runs", values, tuple(fact.run_id for fact in runs.facts), sentence)


def _trend(runs: Runs) -> Finding | None:
    """Return how the pace at the same heart rate changed from the first to the last month, with its doubt.

    Speed is set to the median heart rate by the slope of speed over heart rate within months, averaged by month,
    and a line laid through the months; its standard error is widened by the autocorrelation of what is left.
    """
    use = np.isfinite(runs.avg_hr_bpm) & (runs.avg_hr_bpm > 70.0) & (runs.moving_s >= SHORTEST_S)
    month = np.floor(runs.day / _MONTH_DAYS).astype(np.int64)
    names, place, counts = np.unique(month[use], return_inverse=True, return_counts=True)
    full = counts >= FEWEST_A_MONTH
    if int(full.sum()) < FEWEST_MONTHS:
        return None
    rows = np.flatnonzero(use)[full[place]]
    speed, bpm = runs.speed_m_s[rows], runs.avg_hr_bpm[rows]
    slope = _within(speed, bpm, month[rows])
    middle_bpm = float(np.median(bpm))
    level = speed - slope * (bpm - middle_bpm)
    months = names[full]
    means = np.array([level[month[rows] == one].mean() for one in months.tolist()])
    start, change, doubt = _line(months.astype(np.float64), means)
    if abs(change) <= doubt or abs(change) < LEAST_CHANGE * start:
        return None
    before, after = 1000.0 / start, 1000.0 / (start + change)
    slow, fast = (abs(1000.0 / (start + change + side) - before) for side in (-doubt, doubt))
    values = {
        "middle_bpm": middle_bpm,
        "before_s_per_km": before,
        "after_s_per_km": after,
        "least_s": min(slow, fast),
        "most_s": max(slow, fast),
        "first_day": float(months[0] * _MONTH_DAYS),
        "last_day": float((months[-1] + 1) * _MONTH_DAYS),
    }
    return Finding("pace at the same heart rate", values, _ids(runs, rows), _FASTER if change > 0.0 else _SLOWER)


_FASTER = (
    "At the same heart rate, {middle_bpm:beats}, you run faster: from {before_s_per_km:clock} to "
    "{after_s_per_km:pace} between {first_day:word} and {last_day:word}; it may be {least_s:count} to {most_s:count} "
    "seconds a kilometre, and weather and hills are not taken out."
)
_SLOWER = (
    "At the same heart rate, {middle_bpm:beats}, you run slower: from {before_s_per_km:clock} to "
    "{after_s_per_km:pace} between {first_day:word} and {last_day:word}; it may be {least_s:count} to {most_s:count} "
    "seconds a kilometre, and weather and hills are not taken out."
)


def _within(speed: Column, bpm: Column, month: NDArray[np.int64]) -> float:
    """Return the slope of speed over heart rate within months, in m/s a beat/min; 0 where heart rates do not vary."""
    top = bottom = 0.0
    for one in np.unique(month).tolist():
        rows = month == one
        apart = bpm[rows] - bpm[rows].mean()
        top += float(apart @ (speed[rows] - speed[rows].mean()))
        bottom += float(apart @ apart)
    return top / bottom if bottom > 0.0 else 0.0


def _line(x: Column, y: Column) -> tuple[float, float, float]:
    """Return the line's value at the first x, its change to the last, and the doubt of that change."""
    apart = x - x.mean()
    slope = float(apart @ y) / float(apart @ apart)
    rest = y - y.mean() - slope * apart
    error = math.sqrt(float(rest @ rest) / (len(x) - 2) / float(apart @ apart))
    alike = min(max(float(rest[1:] @ rest[:-1]) / max(float(rest @ rest), 1e-12), 0.0), 0.9)
    span = float(x[-1] - x[0])
    doubt = DOUBT * error * math.sqrt((1.0 + alike) / (1.0 - alike)) * span
    return float(y.mean() + slope * (x[0] - x.mean())), slope * span, doubt
