"""After a pause the plan leads back to what there was, by the rules, and never withers to runs of a few minutes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from coach_people import DAY_S, NOON, FewPlaces, Riegel, run

from edge.coach.said import Constraint, Said
from edge.coach.state import state_from
from edge.coach.today import decide
from edge.coach.types import Profile, RunFact, Session

WEEKS_BEFORE = 16


def lived(
    pause_days: int, weeks_after: int, weekly_runs: int, usual_m: float, said: tuple[Said, ...] = ()
) -> list[Session]:
    """Return what was suggested, and done to the metre, after a pause that ended on `TODAY`."""
    step = 7 / weekly_runs
    ages = np.arange(pause_days, pause_days + 7 * WEEKS_BEFORE, step)
    facts = [run(round(a), usual_m * (1.5 if k % weekly_runs == 0 else 1.0), 380.0) for k, a in enumerate(ages)]
    done: list[Session] = []
    for day in range(7 * weeks_after):
        now = NOON + day * DAY_S
        known = tuple(one for one in said if one.said_unix_s <= now)
        state = state_from(facts, Profile(), (), FewPlaces(), None, now, 0.0, None, known)
        session = decide(state, Riegel()).session
        assert session is not None
        done.append(session)
        if session.distance_m > 0:
            facts.append(moved(run(0, session.distance_m, 1000.0 * session.duration_s / session.distance_m), day))
    return done


def moved(fact: RunFact, days: int) -> RunFact:
    return replace(fact, run_id=f"after-{days}", start_unix_s=fact.start_unix_s + days * DAY_S)


@pytest.mark.parametrize(("pause_days", "weekly_runs", "usual_m"), [(16, 4, 8000.0), (30, 3, 6000.0), (21, 5, 11000.0)])
def test_within_fourteen_weeks_of_a_pause_the_weeks_are_nearly_what_they_were(
    pause_days: int, weekly_runs: int, usual_m: float
) -> None:
    sessions = lived(pause_days, 14, weekly_runs, usual_m)
    before_m = (weekly_runs + 0.5) * usual_m
    last = sum(s.distance_m for s in sessions[-28:]) / 4.0
    assert 0.8 * before_m <= last <= 1.1 * before_m


def test_after_a_pain_with_its_ladder_the_runs_grow_again_and_none_is_a_few_minutes() -> None:
    knee = [Said(Constraint("pain", "knee", "left", 4.0), NOON - DAY_S)]
    knee += [Said(Constraint("pain", "knee", "left", 1.0), NOON + d * DAY_S) for d in range(1, 21)]
    knee += [Said(Constraint("pain_resolved", "knee", "left"), NOON + 21 * DAY_S)]
    sessions = lived(2, 16, 4, 7000.0, tuple(knee))
    week_m = [sum(s.distance_m for s in sessions[k : k + 7]) for k in range(0, 7 * 16, 7)]
    assert week_m[-1] > 0.7 * 4.5 * 7000.0, week_m
    assert all(s.distance_m >= 1999.0 for s in sessions[60:] if s.kind in ("easy", "long", "steady"))
