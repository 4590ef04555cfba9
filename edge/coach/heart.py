"""Heart rate of one person: its line over speed, and its maximum, each with what it rests on.

The rule of this file: few runs say little, so the person's own line is pulled towards that of the group until
their runs outweigh it.
"""

from __future__ import annotations

import math

import numpy as np

from edge.coach.beliefs import Belief, HeartLine
from edge.coach.columns import Runs
from edge.coach.types import Profile
from edge.samples import Column

#: Speed in m/s at which lines are compared: the middle of the group's runs.
CENTRE_M_S = 2.8
#: The group: mean and standard deviation of heart rate at 2.8 m/s, of the slope, and the scatter about a line.
#: Measured on eleven open training histories (docs/coach.md); the scatter agrees with a mixed model's 10.3 bpm.
GROUP_AT_CENTRE_BPM = (148.0, 11.0)
GROUP_SLOPE = (13.5, 6.0)
SCATTER_BPM = 10.1
LINE_DAYS = 730
MEMORY_DAYS = 120.0
#: So many runs, each counted by its weight, make a line the person's own.
OWN_RUNS, OWN_WEIGHT = 3, 1.5
_HR_RANGE_BPM = (70.0, 215.0)
#: 211 - 0.64 age, standard error 10.8 bpm (Nes et al. 2013, HUNT, n = 3,320).
_AGE_LINE = (211.0, 0.64, 10.8)
_NO_AGE = (184.0, 14.0)
_90 = 1.645


def heart_line(runs: Runs, sea_level_speed_m_s: Column, now_unix_s: float) -> HeartLine:
    """Return the person's line of mean heart rate in bpm over sea-level speed in m/s (ridge towards the group).

    Uses runs of 10 min and more of the last two years, the newer the weightier (half of it after 83 days).
    """
    age_days = (now_unix_s - runs.start_unix_s) / 86400.0
    use = (age_days <= LINE_DAYS) & (runs.moving_s >= 600.0)
    use &= (runs.avg_hr_bpm > _HR_RANGE_BPM[0]) & (runs.avg_hr_bpm < _HR_RANGE_BPM[1])
    fresh = np.exp(-age_days[use] / MEMORY_DAYS)
    weight = fresh / SCATTER_BPM**2
    design = np.stack([np.ones(int(use.sum())), sea_level_speed_m_s[use] - CENTRE_M_S], axis=1)
    prior = np.diag([GROUP_AT_CENTRE_BPM[1] ** -2, GROUP_SLOPE[1] ** -2])
    precision = prior + design.T @ (design * weight[:, None])
    pull = prior @ np.array([GROUP_AT_CENTRE_BPM[0], GROUP_SLOPE[0]])
    line = np.linalg.solve(precision, pull + design.T @ (weight * runs.avg_hr_bpm[use]))
    covariance = np.linalg.inv(precision)
    count = int(use.sum())
    return HeartLine(
        float(line[0]),
        float(max(line[1], 0.0)),
        float(math.sqrt(covariance[0, 0])),
        _scatter(runs.avg_hr_bpm[use] - design @ line),
        count,
        "measured" if count >= OWN_RUNS and float(fresh.sum()) >= OWN_WEIGHT else "people like you",
        float(runs.start_unix_s[use][-1]) if count else now_unix_s,
    )


def line_bpm(line: HeartLine, speed_m_s: float) -> float:
    """Return the heart rate in bpm that the line gives for a speed in m/s."""
    return line.at_2_8_bpm + line.slope_bpm_per_m_s * (speed_m_s - CENTRE_M_S)


#: A stated maximum outside is no maximum, an age outside is none.
STATED_RANGE_BPM, AGES = (100.0, 240.0), (5.0, 110.0)


def max_heart_rate(runs: Runs, profile: Profile, now_unix_s: float) -> Belief:
    """Return the maximal heart rate in bpm: stated, else measured, else from age, whose +-18 bpm its interval shows."""
    if STATED_RANGE_BPM[0] <= profile.max_hr_bpm <= STATED_RANGE_BPM[1]:
        return Belief(profile.max_hr_bpm, profile.max_hr_bpm - 4, profile.max_hr_bpm + 4, "you said", now_unix_s)
    middle, sd, source = _from_age(profile)
    seen = np.array([f.max_hr_bpm for f in runs.facts])
    seen = seen[np.isfinite(seen) & (seen > 100.0) & (seen < 225.0)]
    if len(seen) < 10:
        return Belief(middle, middle - _90 * sd, middle + _90 * sd, source, now_unix_s)
    reached = float(np.sort(seen)[-3])  # the third highest: single peaks are often artefacts
    if reached >= middle - sd:
        return Belief(reached + 3.0, reached - 2.0, reached + 10.0, "measured", now_unix_s)
    value = 0.5 * (reached + middle)  # never run all out with a strap on, or a low maximum: between the two
    return Belief(value, reached, middle + _90 * sd, f"inferred from {source} and your highest", now_unix_s)


def _from_age(profile: Profile) -> tuple[float, float, str]:
    if not AGES[0] <= profile.age <= AGES[1]:
        return (*_NO_AGE, "people like you")
    return _AGE_LINE[0] - _AGE_LINE[1] * profile.age, _AGE_LINE[2], "your age"


def _scatter(residual_bpm: Column) -> float:
    """Return the scatter about the line in bpm, ten runs' worth of the group's mixed in."""
    return float(math.sqrt((10.0 * SCATTER_BPM**2 + float((residual_bpm**2).sum())) / (10.0 + len(residual_bpm))))
