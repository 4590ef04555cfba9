"""Whose knee, as a service: what the runs and the pains of the diary say of a dose that provokes pain.

The rule of this file: a run is asked about when something was said within two days after it; silence is no answer, and
a run begun while the place still hurt says nothing. Whether it still hurt is what the injury ladder says.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from edge.coach.beliefs import State
from edge.coach.injury import NO_INJURY, injuries_of
from edge.coach.said import Said
from edge.coach.types import Pattern, RunFact
from edge.coach.whatif import local_day

#: A word about a place is of the last run before it, for so long; and runs of so many days are looked at.
ANSWER_S, LOOKED_DAYS = 2 * 86400.0, 730
#: Pain in at most this share of runs is borne (as in `app.bench.provoke_lives`).
BEARABLE = 0.03
#: Who only ever tells of pain has not told which runs go well: nothing is read from that (project guard-rail).
FEWEST_PAINLESS = 3
#: Share of hard ground by what a file calls the run (assumption); a road is all hard.
HARD_GROUND = {"trail": 0.1, "treadmill": 0.3, "track": 0.4}


def patterns_of(state: State, facts: Sequence[RunFact]) -> tuple[Pattern, ...]:
    """Return what provokes pain, by place; () without `models.provoke`, or with too few painful runs of a place."""
    pains = [s for s in state.said if s.constraint.kind == "pain" and s.constraint.area not in ("", *NO_INJURY)]
    places = dict.fromkeys((s.constraint.area, s.constraint.side) for s in pains)
    since_s = state.now_unix_s - LOOKED_DAYS * 86400.0
    runs = [f for f in facts if f.valid and f.sport == "running" and since_s < f.start_unix_s <= state.now_unix_s]
    runs = sorted((f for f in runs if f.distance_m > 0.0 and f.moving_s > 0.0), key=lambda f: f.start_unix_s)
    found: list[Pattern] = []
    for place in places:
        if runs and sum((p.constraint.area, p.constraint.side) == place for p in pains) >= 3:
            found += _of_place(*place, state, runs)
    return tuple(found)


def _of_place(area: str, side: str, state: State, runs: list[RunFact]) -> list[Pattern]:
    """Return the doses of one place to be careful with."""
    try:
        from models import provoke
    except ImportError:
        return []
    pain = np.array([_after(area, side, state.said, run, later) for run, later in _pairs(runs)])
    before = np.array([_before(area, side, state, run) for run in runs])
    known = provoke.Runs(np.array([float(local_day(run)) for run in runs]), _doses(runs), pain, before)
    belief = provoke.learn(known)
    painless = int(((pain < provoke.PAINFUL) & (before < provoke.PAINFUL)).sum())
    if not belief.enough or painless < FEWEST_PAINLESS:
        return []
    hurt = np.flatnonzero((pain >= provoke.PAINFUL) & (before < provoke.PAINFUL))[-8:]
    evidence = tuple(runs[i].run_id for i in hurt.tolist())
    return [
        Pattern(
            area,
            side,
            dose,
            round(belief.bearable(dose, BEARABLE), 3),
            float(belief.chance[provoke.DOSES.index(dose)]),
            dose in belief.named,
            belief.painful_runs,
            evidence,
        )
        for dose in belief.suspects
    ]


def _pairs(runs: list[RunFact]) -> list[tuple[RunFact, float]]:
    """Return each run with the start of the next in Unix s; infinite for the last."""
    return list(zip(runs, [*(run.start_unix_s for run in runs[1:]), math.inf], strict=True))


def _after(area: str, side: str, said: Sequence[Said], run: RunFact, later_s: float) -> float:
    """Return the worst pain of a place said after a run and before the next, 0 where only other things were said; NaN
    where nothing was said.
    """
    until_s = min(run.start_unix_s + ANSWER_S, later_s)
    heard = [s for s in said if run.start_unix_s < s.said_unix_s <= until_s]
    if not heard:
        return math.nan
    own = [s.constraint for s in heard if s.constraint.kind == "pain" and s.constraint.area == area]
    numbers = [c.severity for c in own if not side or c.side in ("", side, "both")]
    if not numbers:
        return 0.0
    known = [number for number in numbers if math.isfinite(number)]
    return max(known) if known else math.nan


def _before(area: str, side: str, state: State, run: RunFact) -> float:
    """Return the pain of a place as the injury ladder holds it when a run begins; 0 where the place is sound."""
    heard = tuple(s for s in state.said if s.said_unix_s < run.start_unix_s)
    if not any(s.constraint.area == area for s in heard):
        return 0.0
    standing = injuries_of(heard, np.array([run.start_unix_s]), run.start_unix_s, state.utc_offset_s)
    here = [i for i in standing if i.area == area and i.side in ("", side)]
    return max((i.severity.value for i in here), default=0.0)


def _doses(runs: list[RunFact]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return (n, 5) km, m down a km (as much as up; 0 unknown), m/s, share of hard ground, days in a row before."""
    km = np.array([run.distance_m for run in runs]) / 1000.0
    ascent_m = np.nan_to_num(np.maximum([run.ascent_m for run in runs], 0.0), nan=0.0)
    speed = np.array([run.distance_m / run.moving_s for run in runs])
    ground = np.array([HARD_GROUND.get(run.sub_sport, 1.0) for run in runs])
    ran = {local_day(run) for run in runs}
    row = np.array([float(_row_before(ran, local_day(run))) for run in runs])
    return np.stack([km, ascent_m / km, speed, ground, row], axis=1)


def _row_before(ran: set[int], day: int) -> int:
    count = 0
    while day - 1 - count in ran:
        count += 1
    return count
