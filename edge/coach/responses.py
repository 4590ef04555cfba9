"""What each kind of run does to this person: the next run's heart rate, how long until it is usual, pain after it.

The rule of this file: only what the diary holds, each with its n and 90 % interval; below `FEWEST` nothing is said.
An association in one diary, not a cause: what was run next was chosen, too.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from edge.coach.beliefs import Belief, Response
from edge.coach.columns import Runs
from edge.coach.history import hard_runs
from edge.coach.said import Said
from edge.coach.types import Race
from edge.samples import Column

KINDS = ("easy", "long", "steady", "intervals", "race")
#: Fewer pairs than this are too few to say.
FEWEST = 8
NEXT_DAYS, BACK_DAYS, WITHIN_DAYS = 2, 10, 730
LONG_SHARE = 1.35
_90 = 1.645


def kinds_of(runs: Runs, max_hr_bpm: float, races: Sequence[Race]) -> NDArray[np.str_]:
    """Return (n,) the kind of each run as its row tells: repetitions cannot be told from a mean, they are "steady"."""
    kind = np.full(len(runs), "easy", dtype="<U9")
    if not len(runs):
        return kind
    kind[hard_runs(runs, max_hr_bpm, ())] = "steady"
    far_m = runs.distance_m.tolist()
    before = np.array([statistics.median(far_m[max(0, row - 19) : row + 1]) for row in range(len(far_m))])
    kind[runs.distance_m >= LONG_SHARE * before] = "long"
    kind[np.isin(runs.day, [race.day for race in races])] = "race"
    return kind


def responses_of(
    runs: Runs, sea_level_speed_m_s: Column, max_hr_bpm: float, races: Sequence[Race], said: Sequence[Said]
) -> tuple[Response, ...]:
    """Return what follows each kind of run; values rounded to 0.1."""
    kind = kinds_of(runs, max_hr_bpm, races)
    left = _residual_bpm(runs, sea_level_speed_m_s)
    pains = np.array([one.said_unix_s for one in said if one.constraint.kind == "pain"])
    return tuple(_response(name, kind == name, runs, left, pains) for name in KINDS)


def _residual_bpm(runs: Runs, speed_m_s: Column) -> Column:
    """Return (n,) heart rate in bpm beside the person's own straight line over speed and date; NaN where unknown."""
    left = np.full(len(runs), np.nan)
    use = np.isfinite(runs.avg_hr_bpm) & (runs.avg_hr_bpm > 70.0) & (runs.moving_s >= 600.0)
    if len(runs):
        use &= runs.day > runs.day[-1] - WITHIN_DAYS
    if use.sum() < 2 * FEWEST:
        return left
    years = (runs.day[use] - runs.day[-1]) / 365.0
    design = np.stack([np.ones(int(use.sum())), speed_m_s[use], years, years**2], axis=1)
    line = np.linalg.lstsq(design, runs.avg_hr_bpm[use], rcond=None)[0]
    left[use] = runs.avg_hr_bpm[use] - design @ line
    return left


def _response(name: str, of: NDArray[np.bool_], runs: Runs, left: Column, pains: Column) -> Response:
    rows = np.flatnonzero(of)
    until = float(runs.start_unix_s[-1]) if len(runs) else 0.0
    after, back = _next(rows, runs, left), _back(rows, runs, left)
    others = left[np.isfinite(left)]
    middle = float(others.mean()) if len(others) else 0.0
    followed = [bool(((pains > t) & (pains <= t + 2 * 86400.0)).any()) for t in runs.start_unix_s[rows].tolist()]
    return Response(
        name,
        len(rows),
        len(after),
        _mean(after - middle, until),
        _mean(back, until),
        _share(followed, until, len(pains)),
    )


def _next(rows: NDArray[np.int64], runs: Runs, left: Column) -> Column:
    """Return the residuals in bpm of the runs that came next within two days."""
    rows = rows[rows + 1 < len(runs)]
    near = (runs.day[rows + 1] - runs.day[rows] <= NEXT_DAYS) & (runs.day[rows + 1] > runs.day[rows])
    found = left[rows[near] + 1]
    return found[np.isfinite(found)]


def _back(rows: NDArray[np.int64], runs: Runs, left: Column) -> Column:
    """Return the days until a run whose heart rate was no higher than usual, where one came within ten days."""
    found = []
    for row in rows.tolist():
        later = (runs.day > runs.day[row]) & (runs.day <= runs.day[row] + BACK_DAYS) & (left <= 0.0)
        if later.any():
            found.append(float(runs.day[later][0] - runs.day[row]))
    return np.array(found)


def _mean(values: Column, as_of_unix_s: float) -> Belief | None:
    if len(values) < FEWEST:
        return None
    middle, doubt = float(values.mean()), _90 * float(values.std(ddof=1)) / math.sqrt(len(values))
    low, high = round(middle - doubt, 1), round(middle + doubt, 1)
    return Belief(round(middle, 1), low, high, "measured", as_of_unix_s, (f"{len(values)} runs",))


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
