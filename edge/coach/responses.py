"""What each kind of run does to this person: the next run's heart rate, and pain that begins after it.

The rule of this file: only what the diary holds, each with its n and 90 % interval; below `FEWEST` nothing is said.
An association in one diary, not a cause: what was run next was chosen, too. Each run is compared with others of the
same weeks, as weeks of illness, heat or form move all alike; and runs of one month are not taken for independent.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from edge.coach.beliefs import Belief, Response
from edge.coach.columns import Runs
from edge.coach.history import HARD_SPEED_SHARE
from edge.coach.said import Said
from edge.coach.types import Race
from edge.samples import Column

KINDS = ("easy", "long", "steady", "intervals", "race")
#: Fewer pairs than this are too few to say; likewise fewer other runs nearby, and fewer months.
FEWEST, FEWEST_NEAR, FEWEST_MONTHS = 8, 4, 4
NEXT_DAYS, WITHIN_DAYS, NEAR_DAYS, MONTH_DAYS = 2, 730, 28, 28
#: Pain begins where none was said in so many days before; it is of a run when said within so many days after.
SOUND_DAYS, SAID_DAYS, DAY_S = 14, 2, 86400.0
LONG_SHARE = 1.35
_90 = 1.645


def kinds_of(runs: Runs, races: Sequence[Race]) -> NDArray[np.str_]:
    """Return (n,) the kind of each run as its row tells: repetitions cannot be told from a mean, they are "steady".

    By speed and not by heart rate, as who is ill or hot has a high one today and tomorrow.
    """
    kind = np.full(len(runs), "easy", dtype="<U9")
    if not len(runs):
        return kind
    kind[runs.speed_m_s > HARD_SPEED_SHARE * _before(runs, runs.speed_m_s)] = "steady"
    kind[runs.distance_m >= LONG_SHARE * _before(runs, runs.distance_m)] = "long"
    kind[np.isin(runs.day, [race.day for race in races])] = "race"
    return kind


def _before(runs: Runs, values: Column) -> Column:
    """Return (n,) the median of each run and the nineteen before it."""
    first = [float(np.median(values[: row + 1])) for row in range(min(19, len(runs)))]
    whole = np.median(sliding_window_view(values, 20), axis=1) if len(runs) >= 20 else np.empty(0)
    return np.concatenate([first, whole])


def responses_of(
    runs: Runs, sea_level_speed_m_s: Column, races: Sequence[Race], said: Sequence[Said]
) -> tuple[Response, ...]:
    """Return what follows each kind of run; values rounded to 0.1."""
    kind = kinds_of(runs, races)
    left = _residual_bpm(runs, sea_level_speed_m_s)
    pains = np.array([one.said_unix_s for one in said if one.constraint.kind == "pain"])
    return tuple(_response(name, kind == name, runs, left, pains) for name in KINDS)


def _residual_bpm(runs: Runs, speed_m_s: Column) -> Column:
    """Return (n,) heart rate in bpm beside what speed, length, climb, season and date explain; NaN where unknown."""
    left = np.full(len(runs), np.nan)
    use = np.isfinite(runs.avg_hr_bpm) & (runs.avg_hr_bpm > 70.0) & (runs.moving_s >= 600.0)
    if len(runs):
        use &= runs.day > runs.day[-1] - WITHIN_DAYS
    climb = np.array([fact.ascent_m for fact in runs.facts]) / np.maximum(runs.distance_m, 1.0)
    years = (runs.day - runs.day[-1]) / 365.25 if len(runs) else np.zeros(0)
    turn = 2.0 * np.pi * years
    columns = (np.ones(len(runs)), speed_m_s, np.log(np.maximum(runs.moving_s, 1.0)),
               np.nan_to_num(np.clip(climb, 0.0, 0.2)), years, years**2, np.sin(turn), np.cos(turn))  # fmt: skip
    if use.sum() < 2 * len(columns):
        return left
    design = np.stack(columns, axis=1)[use]
    left[use] = runs.avg_hr_bpm[use] - design @ np.linalg.lstsq(design, runs.avg_hr_bpm[use], rcond=None)[0]
    return left


def _response(name: str, of: NDArray[np.bool_], runs: Runs, left: Column, pains: Column) -> Response:
    until = float(runs.start_unix_s[-1]) if len(runs) else 0.0
    after, months = after_kind(of, runs, left)
    begun = _begun(of, runs, pains)
    return Response(name, int(of.sum()), len(after), _mean(after, months, until), _share(begun, until, len(pains)))


def _begun(of: NDArray[np.bool_], runs: Runs, pains: Column) -> list[bool]:
    """Return of each run of a kind before which no pain was said for `SOUND_DAYS` whether some was said within two days
    and before the next run: a pain is counted once, after the last run before it.
    """
    found = []
    ends = np.append(runs.start_unix_s[1:], math.inf)
    for start_s, end_s in zip(runs.start_unix_s[of].tolist(), ends[of].tolist(), strict=True):
        if not ((pains > start_s - SOUND_DAYS * DAY_S) & (pains <= start_s)).any():
            found.append(bool(((pains > start_s) & (pains <= min(start_s + SAID_DAYS * DAY_S, end_s))).any()))
    return found


def after_kind(of: NDArray[np.bool_], runs: Runs, left: Column) -> tuple[Column, NDArray[np.int64]]:
    """Return the residuals in bpm of the runs that came within two days after, less those of runs of the same weeks
    that did not; and the month of each.
    """
    follows = np.zeros(len(runs), dtype=bool)
    gap = np.diff(runs.day)
    follows[1:] = of[:-1] & (gap > 0) & (gap <= NEXT_DAYS)
    others = np.flatnonzero(~follows & np.isfinite(left))
    found, months = [], []
    for row in np.flatnonzero(follows & np.isfinite(left)).tolist():
        near = others[np.abs(runs.day[others] - runs.day[row]) <= NEAR_DAYS]
        if len(near) >= FEWEST_NEAR:
            found.append(float(left[row] - left[near].mean()))
            months.append(int(runs.day[row]) // MONTH_DAYS)
    return np.array(found), np.array(months, dtype=np.int64)


def _mean(values: Column, months: NDArray[np.int64], as_of_unix_s: float) -> Belief | None:
    """Return the mean with the 90 % interval of values that are alike within a month; None with too few of either."""
    groups = np.unique(months, return_inverse=True)[1]
    count = int(groups.max()) + 1 if len(groups) else 0
    if len(values) < FEWEST or count < FEWEST_MONTHS:
        return None
    middle, n = float(values.mean()), len(values)
    sums = np.bincount(groups, values - middle)
    alike = float(sums @ sums) * count / (count - 1.0) / n**2
    doubt = _student(count - 1) * math.sqrt(max(alike, float(values.var(ddof=1)) / n))
    low, high = round(middle - doubt, 1), round(middle + doubt, 1)
    return Belief(round(middle, 1), low, high, "measured", as_of_unix_s, (f"{n} runs",))


def _student(freedom: int) -> float:
    """Return the 95 % quantile of Student's t by its expansion about the normal one (Abramowitz & Stegun 26.7.5)."""
    z = _90
    return z + (z**3 + z) / (4.0 * freedom) + (5.0 * z**5 + 16.0 * z**3 + 3.0 * z) / (96.0 * freedom**2)


def _share(followed: Sequence[bool], as_of_unix_s: float, pains: int) -> Belief | None:
    """Return the share followed by pain with Wilson's interval (1927); None with too few runs or no pain ever said."""
    n = len(followed)
    if n < FEWEST or not pains:
        return None
    p, z2 = sum(followed) / n, _90**2
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    doubt = _90 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Belief(round(p, 3), round(max(centre - doubt, 0.0), 3), round(min(centre + doubt, 1.0), 3), "you said",
                  as_of_unix_s, (f"{n} runs",))  # fmt: skip
