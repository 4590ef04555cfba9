"""Why a run was slower or faster than usual: what the diary holds that speaks for it, with how much it explains.

The rule of this file: a cause is named only with its evidence; what it explains is by a published relation or by the
person's own line, and what is left over cannot be known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from edge.coach.acclimatisation import pace_loss
from edge.coach.beliefs import State
from edge.coach.heart import line_bpm
from edge.coach.types import RunFact
from edge.coach.whatif import local_day

#: A run is compared with the median of so many others around it; a cause counts from this share of speed on.
COMPARED, WORTH_SHARE = 20, 0.01
#: A metre of climb costs as much as 7.92 m on the flat (Scarf 2007, J Sports Sci 25:719-726), the way down included.
CLIMB_COST = 7.92
#: Time over distance grows with this exponent (Riegel 1981).
RIEGEL = 0.06
#: Beats away from the person's own line that are an effort of its own, not scatter.
EFFORT_SDS = 1.3
#: Weeks are compared in the mean of their runs; a heart wanders for days, so no more than four runs count as apart.
WEEK_SDS, APART = 2.0, 4
#: What is said is not measured: it is named beside the others, with no share of its own.
UNMEASURED = 0.0
_SAID = frozenset({"illness", "sleep", "pain", "fatigue", "stress", "shift_work", "weather"})


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause: its name, the share of speed it explains (0 where it cannot be measured), numbers and evidence."""

    name: str
    share: float
    numbers: tuple[tuple[str, float], ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """A run beside the usual: how much slower (negative: faster) as a share, the causes, the greatest first."""

    slower: float
    usual_s_per_km: float
    own_s_per_km: float
    causes: tuple[Cause, ...]
    unexplained: float


def explained(run: RunFact, runs: list[RunFact], state: State) -> Explained | None:
    """Return why a run was slower or faster than the median of its neighbours in time; None with under 3 of them."""
    others = _others(run, runs)
    if len(others) < 3 or run.distance_m <= 0.0 or run.moving_s <= 0.0:
        return None
    usual = float(np.median([_pace(one) for one in others]))
    slower = _pace(run) / usual - 1.0
    sign = 1.0 if slower >= 0.0 else -1.0
    found = [*_ground(run, others, state), *_distance(run, others)]
    told = [cause for cause in found if sign * cause.share >= WORTH_SHARE]
    left = sign * (slower - sum(cause.share for cause in told))
    told += [cause for cause in _effort(run, usual, left, state) if sign * cause.share >= WORTH_SHARE]
    told.sort(key=lambda cause: -sign * cause.share)
    measured = sum(cause.share for cause in told)
    return Explained(slower, usual, _pace(run), (*told, *_unmeasured(run, runs, state, sign)), slower - measured)


def explained_week(new: list[RunFact], old: list[RunFact], runs: list[RunFact], state: State) -> Explained | None:
    """Return why the runs of a week were slower or faster than those of another; None where either has none.

    A week stands as its mean run beside the other week's; what was said counts for each of its days.
    """
    if not new or not old:
        return None
    run = _mean_run(new)
    usual, own = _pace(_mean_run(old)), _pace(run)
    slower = own / usual - 1.0
    sign = 1.0 if slower >= 0.0 else -1.0
    found = [*_ground(run, [_mean_run(old)], state), *_distance(run, [_mean_run(old)])]
    told = [cause for cause in found if sign * cause.share >= WORTH_SHARE]
    left = sign * (slower - sum(cause.share for cause in told))
    told += [cause for cause in _effort(run, usual, left, state, len(new)) if sign * cause.share >= WORTH_SHARE]
    told.sort(key=lambda cause: -sign * cause.share)
    heard = {cause.name: cause for one in new for cause in _said_before(one, state, sign)}
    measured = sum(cause.share for cause in told)
    return Explained(slower, usual, own, (*told, *heard.values()), slower - measured)


def _mean_run(runs: list[RunFact]) -> RunFact:
    """Return the mean of runs as one: way, time, climb, and heart rate by time; its id is that of the last."""
    count, total_s = len(runs), sum(one.moving_s for one in runs)
    heard = [one for one in runs if math.isfinite(one.avg_hr_bpm)]
    heard_s = sum(one.moving_s for one in heard)
    bpm = sum(one.avg_hr_bpm * one.moving_s for one in heard) / heard_s if 2.0 * heard_s > total_s else math.nan
    altitude_m = _median([_altitude(one) for one in runs])
    return replace(
        runs[-1],
        distance_m=sum(one.distance_m for one in runs) / count,
        moving_s=total_s / count,
        ascent_m=sum(one.ascent_m for one in runs) / count,
        avg_hr_bpm=bpm,
        altitude_m=altitude_m,
        altitude_min_m=altitude_m,
        altitude_max_m=altitude_m,
    )


def _others(run: RunFact, runs: list[RunFact]) -> list[RunFact]:
    """Return the runs nearest in time."""
    valid = [one for one in runs if one.run_id != run.run_id and one.distance_m > 0.0 and one.moving_s > 0.0]
    return sorted(valid, key=lambda one: abs(one.start_unix_s - run.start_unix_s))[:COMPARED]


def _pace(run: RunFact) -> float:
    return 1000.0 * run.moving_s / run.distance_m


def _climb(run: RunFact) -> float:
    """Return the ascent as a share of the distance, NaN where it is not known or cannot be."""
    share = run.ascent_m / run.distance_m
    return share if 0.0 <= share <= 0.3 else math.nan


def _median(values: list[float]) -> float:
    known = [value for value in values if math.isfinite(value)]
    return float(np.median(known)) if known else math.nan


def _ground(run: RunFact, others: list[RunFact], state: State) -> list[Cause]:
    """Return what hills and height explain."""
    found = []
    own, usual = _climb(run), _median([_climb(one) for one in others])
    if math.isfinite(own) and math.isfinite(usual):
        share = (1.0 + CLIMB_COST * own) / (1.0 + CLIMB_COST * usual) - 1.0
        numbers = (("ascent_m", run.ascent_m), ("usual_m_per_km", 1000.0 * usual), ("m_per_km", 1000.0 * own))
        found.append(Cause("hills", share, numbers, (run.run_id,)))
    home = state.where.home_altitude_m
    here, there = _altitude(run), _median([_altitude(one) for one in others])
    there = home.value if math.isnan(there) and home is not None else there
    used = state.where.acclimatised_m.value if state.where.acclimatised_m is not None else there
    if math.isfinite(here) and math.isfinite(there) and here >= 0.0:
        share = (1.0 + pace_loss(min(here, 3000.0), max(min(used, here), 0.0))) / (
            1.0 + pace_loss(min(max(there, 0.0), 3000.0), max(min(used, there), 0.0))
        ) - 1.0
        found.append(Cause("altitude", share, (("altitude_m", here), ("usual_m", there)), (run.run_id,)))
    return found


def _altitude(run: RunFact) -> float:
    low, high = run.altitude_min_m, run.altitude_max_m
    return 0.5 * (low + high) if math.isfinite(low) and math.isfinite(high) else run.altitude_m


def _distance(run: RunFact, others: list[RunFact]) -> list[Cause]:
    """Return what a longer or shorter way explains."""
    usual_m = float(np.median([one.distance_m for one in others]))
    share = (run.distance_m / usual_m) ** RIEGEL - 1.0
    numbers = (("distance_m", run.distance_m), ("usual_m", usual_m))
    return [Cause("long" if share > 0 else "short", share, numbers, (run.run_id,))]


def _effort(run: RunFact, usual_s_per_km: float, left: float, state: State, count: int = 1) -> list[Cause]:
    """Return what running easier or harder explains, by the heart against the person's own line; `left` at most.

    The line is flatter than the body: a heart that beats slower says how much was left out, not more than there was.
    The mean of `count` runs scatters less than one.
    """
    line = state.heart
    if not math.isfinite(run.avg_hr_bpm) or line.runs < 3 or line.slope_bpm_per_m_s <= 1.0:
        return []
    at_usual = line_bpm(line, 1000.0 / usual_s_per_km)
    off = run.avg_hr_bpm - at_usual
    sds = EFFORT_SDS if count == 1 else WEEK_SDS / math.sqrt(min(count, APART))
    if abs(off) < sds * line.residual_sd_bpm:
        return []
    speed = 1000.0 / usual_s_per_km
    share = speed / max(speed + off / line.slope_bpm_per_m_s, 0.5 * speed) - 1.0
    share = math.copysign(min(abs(share), max(left, 0.0)), share)
    numbers = (("heart_rate_bpm", run.avg_hr_bpm), ("usual_bpm", at_usual))
    return [Cause("easier" if off < 0 else "harder", share, numbers, (run.run_id,))]


def _unmeasured(run: RunFact, runs: list[RunFact], state: State, sign: float) -> list[Cause]:
    """Return what else the diary holds that slows people, or rests them, without a share of its own."""
    return [*_said_before(run, state, sign), *(_tired(run, runs, local_day(run)) if sign > 0 else [])]


def _said_before(run: RunFact, state: State, sign: float) -> list[Cause]:
    """Return what was said on the day of a run or the day before that slows people."""
    day, found = local_day(run), []
    offset = run.utc_offset_s if math.isfinite(run.utc_offset_s) else 0.0
    for said in state.said if sign > 0 else ():
        told_on = int((said.said_unix_s + offset) // 86400)
        if said.constraint.kind in _SAID and day - 1 <= told_on <= day:
            words = (said.constraint.side, said.constraint.area, said.constraint.kind)
            found.append(Cause(f"said {' '.join(w for w in words if w)}", UNMEASURED, (), ("you said",)))
    return found


def _tired(run: RunFact, runs: list[RunFact], day: int) -> list[Cause]:
    before = [one for one in runs if local_day(one) == day - 1 and one.run_id != run.run_id]
    usual_m = float(np.median([one.distance_m for one in runs]))
    far = max(before, key=lambda one: one.distance_m, default=None)
    if far is not None and far.distance_m >= 1.4 * usual_m:
        return [Cause("long run the day before", UNMEASURED, (("distance_m", far.distance_m),), (far.run_id,))]
    days = {local_day(one) for one in runs}
    row = next((k for k in range(1, 30) if day - k not in days), 30) - 1
    if row >= 4:
        return [Cause("days in a row", UNMEASURED, (("days", float(row + 1)),))]
    gap = min((day - one for one in days if one < day), default=0)
    if gap >= 10:
        return [Cause("a break before", UNMEASURED, (("days", float(gap)),))]
    return []
