"""The recent past in numbers: longest run, breaks, load, rhythm.

The rule of this file: every window ends at the end of today, so that a limit holds at whatever hour the
session is run: of the last 30 days, today is one.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from edge.coach.beliefs import History, Longest
from edge.coach.columns import Runs
from edge.coach.types import Race

WINDOW_DAYS = 30
WEEKS_12 = 84
BREAK_DAYS = 14
#: A break that ended longer ago than this no longer shapes the plan.
RETURN_MEMORY_DAYS = 120
#: A run this much longer than the usual one is a long run; this much faster, a hard one.
LONG_SHARE = 1.3
HARD_SPEED_SHARE = 1.07
HARD_HR_SHARE = 0.86
#: Without a race entered, a run counts as one when it is this far, or this far and this much beyond all others.
RACE_LIKE_M, LONG_RACE_LIKE_M, RACE_LIKE_SHARE = 40000.0, 25000.0, 1.3


def history_of(runs: Runs, today: int, races: tuple[Race, ...], max_hr_bpm: float, now_unix_s: float) -> History:
    """Return the history up to and including the local day `today`."""
    gap_days, former, since_return = _break(runs, today)
    usual_m = _usual_distance_m(runs, today)
    hard = hard_runs(runs, max_hr_bpm, races)
    long = runs.distance_m >= max(LONG_SHARE * usual_m, 1.0) if len(runs) else np.zeros(0, dtype=bool)
    since_race, race_m = _last_race(runs, today, races)
    return History(
        runs=len(runs),
        left_out=runs.left_out,
        last_run_unix_s=float(runs.start_unix_s[-1]) if len(runs) else math.nan,
        days_since_run=_days_since(runs.day, today),
        today_m=float(runs.distance_m[runs.day == today].sum()),
        longest_30d=_longest_lately(runs, today, now_unix_s),
        former_longest=former,
        gap_days=gap_days,
        days_since_return=since_return,
        distance_7d_m=_sum(runs, runs.distance_m, today, 7),
        distance_28d_m=_sum(runs, runs.distance_m, today, 28),
        distance_42d_m=_sum(runs, runs.distance_m, today, 42),
        load_7d=_sum(runs, runs.load, today, 7),
        load_28d=_sum(runs, runs.load, today, 28),
        load_42d=_sum(runs, runs.load, today, 42),
        weekly_m=_sum(runs, runs.distance_m, today, 28) / 4.0,
        best_weekly_m=_best_weekly_m(runs, today),
        runs_a_week=float(len(np.unique(runs.day[runs.day > today - 28]))) / 4.0,
        runs_6d=len(np.unique(runs.day[(runs.day > today - 7) & (runs.day < today)])),
        usual_distance_m=usual_m,
        days_in_a_row=_days_in_a_row(runs.day, today),
        long_weekday=_long_weekday(runs, today),
        days_since_long=_days_since(runs.day[long], today),
        days_since_hard=_days_since(runs.day[hard | long], today),
        last_was_hard=bool(len(runs) and (hard | long)[-1]),
        hard_7d=len(np.unique(runs.day[hard & (runs.day > today - 7)])),
        days_since_race=since_race,
        race_m=race_m,
    )


def longest(runs: Runs, chosen: NDArray[np.bool_]) -> Longest | None:
    """Return the longest of the chosen runs, or None."""
    if not chosen.any():
        return None
    index = int(np.argmax(np.where(chosen, runs.distance_m, -1.0)))
    return Longest(float(runs.distance_m[index]), float(runs.moving_s[index]), runs.facts[index].run_id)


def _longest_lately(runs: Runs, today: int, now_unix_s: float) -> Longest | None:
    """Return the longest run of the last 30 days however they are counted: the strictest window that holds a run."""
    windows = (
        runs.day > today - WINDOW_DAYS,  # still within 30 days when today ends
        runs.start_unix_s > now_unix_s - WINDOW_DAYS * 86400.0,
        runs.day >= today - WINDOW_DAYS,
    )
    return next((found for found in (longest(runs, window) for window in windows) if found is not None), None)


def hard_runs(runs: Runs, max_hr_bpm: float, races: tuple[Race, ...]) -> NDArray[np.bool_]:
    """Return (n,) whether each run was hard: clearly faster than usual, at a high heart rate, or a race."""
    if not len(runs):
        return np.zeros(0, dtype=bool)
    recent = runs.day > runs.day[-1] - 60
    fast = runs.speed_m_s > HARD_SPEED_SHARE * float(np.median(runs.speed_m_s[recent]))
    high = np.nan_to_num(runs.avg_hr_bpm) > HARD_HR_SHARE * max_hr_bpm
    raced = np.isin(runs.day, [race.day for race in races])
    result: NDArray[np.bool_] = fast | high | raced
    return result


def _break(runs: Runs, today: int) -> tuple[int, Longest | None, int]:
    """Return the length in days of the last break of 14 days or more, the longest run before it, days since its end."""
    days = np.append(runs.day, today)
    if len(days) < 2:
        return 0, None, -1
    gaps = np.diff(days)
    breaks = np.flatnonzero((gaps >= BREAK_DAYS) & (days[1:] > today - RETURN_MEMORY_DAYS))
    if not len(breaks):
        return 0, None, -1
    last = int(breaks[-1])
    before = (runs.day <= days[last]) & (runs.day > days[last] - WINDOW_DAYS)
    since = -1 if last == len(runs) - 1 else int(today - days[last + 1])
    return int(gaps[last]), longest(runs, before), since


def _usual_distance_m(runs: Runs, today: int) -> float:
    recent = runs.distance_m[runs.day > today - 60][-20:]
    return float(np.median(recent)) if len(recent) else math.nan


def _best_weekly_m(runs: Runs, today: int) -> float:
    """Return the highest distance in m a week over four weeks in a row, within the last twelve."""
    days = np.zeros(WEEKS_12)
    recent = runs.day > today - WEEKS_12
    np.add.at(days, runs.day[recent] - (today - WEEKS_12 + 1), runs.distance_m[recent])
    total = np.concatenate([[0.0], np.cumsum(days)])
    return float((total[28:] - total[:-28]).max()) / 4.0


def _sum(runs: Runs, column: NDArray[np.float64], today: int, days: int) -> float:
    return float(column[runs.day > today - days].sum())


def _days_since(day: NDArray[np.int64], today: int) -> int:
    return int(today - day[-1]) if len(day) else -1


def _days_in_a_row(day: NDArray[np.int64], today: int) -> int:
    """Return how many days in a row up to yesterday (or today) hold a run."""
    unique = np.unique(day)
    if not len(unique) or unique[-1] < today - 1:
        return 0
    apart = np.flatnonzero(np.diff(unique)[::-1] != 1)
    return int(apart[0]) + 1 if len(apart) else len(unique)


def _long_weekday(runs: Runs, today: int) -> int:
    """Return the weekday (0 = Monday) on which most of the weekly longest runs of eight weeks fell; Sunday if none."""
    chosen = runs.day > today - 56
    week, weekday = (today - runs.day[chosen]) // 7, weekday_of(runs.day[chosen])
    votes = np.zeros(7)
    for number in np.unique(week):
        of_week = np.flatnonzero(week == number)
        votes[weekday[of_week[np.argmax(runs.distance_m[chosen][of_week])]]] += 1
    return int(np.argmax(votes)) if votes.max() >= 2 else 6


def weekday_of(day: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the weekday (0 = Monday) of days since 1970-01-01, which was a Thursday."""
    return (day + 3) % 7


def _race_like(runs: Runs, today: int) -> list[int]:
    """Return which runs of the last 30 days were as long as a race, by themselves or against the 60 days before."""
    found = []
    for i in np.flatnonzero((runs.day > today - WINDOW_DAYS) & (runs.distance_m >= LONG_RACE_LIKE_M)).tolist():
        before = runs.distance_m[(runs.day < runs.day[i]) & (runs.day > runs.day[i] - 60)]
        beyond = runs.distance_m[i] > RACE_LIKE_SHARE * float(before.max(initial=0.0))
        if beyond or runs.distance_m[i] >= RACE_LIKE_M:
            found.append(i)
    return found


def _last_race(runs: Runs, today: int, races: tuple[Race, ...]) -> tuple[int, float]:
    """Return days since, and m of, the race or very long run of 30 days that asks for rest the longest; (-1, NaN)."""
    done = [(r.day, r.distance_m) for r in races if r.day in set(runs.day.tolist()) or math.isfinite(r.time_s)]
    done += [(int(runs.day[i]), float(runs.distance_m[i])) for i in _race_like(runs, today)]
    recent = [(day, m) for day, m in done if today - WINDOW_DAYS < day <= today]
    if not recent:
        return -1, math.nan
    day, distance_m = max(recent, key=lambda race: (race[0] + recovery_days(race[1]), race))
    return today - day, distance_m


def recovery_days(race_m: float) -> int:
    """Return the days without anything hard or long after a race or a very long run over so many m."""
    return 10 if race_m >= 30000 else 5 if race_m >= 20000 else 3 if race_m >= 9500 else 2
