"""Whose knee, wired: the dose that provokes is found in the diary's words, and its limit only takes away."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from coach_people import DAY_S, NAN, NOON, Riegel, decide, regular, run, state
from hypothesis import given, settings
from hypothesis import strategies as st
from test_coach_service import add

from app import choosing, coach, patterns
from app.store import Store
from edge.coach.beliefs import State
from edge.coach.rules import RULES, limits_of
from edge.coach.said import Constraint, Said
from edge.coach.types import Pattern, RunFact
from models.provoke import DOSES


def knee_life(pairs: int = 24) -> tuple[list[RunFact], tuple[Said, ...]]:
    """Return runs of 6 and 13 km by turns ten days apart; after the long ones the knee hurts 2, then is well."""
    runs, said = [], []
    for k in range(2 * pairs):
        ago = 10.0 * (2 * pairs - k)
        far = k % 2 == 1
        runs.append(run(ago, 13000.0 + 100.0 * (k % 5) if far else 6000.0 + 100.0 * (k % 5)))
        evening = NOON - ago * DAY_S + 0.3 * DAY_S
        what = Constraint("pain", "knee", "left", 2.0) if far else Constraint("mood", situation="good")
        said.append(Said(what, evening, k))
        if far:
            said.append(Said(Constraint("pain_resolved", "knee", "left"), evening + 3 * DAY_S, k))
    return runs, tuple(said)


def believed_of(said: tuple[Said, ...], runs: list[RunFact]) -> State:
    return replace(state(runs), said=said)


def test_the_dose_that_provokes_is_named_with_the_runs_it_rests_on() -> None:
    runs, said = knee_life()
    found = patterns.patterns_of(believed_of(said, runs), runs)
    by_dose = {one.dose: one for one in found}
    assert by_dose["distance"].named and by_dose["distance"].area == "knee" and by_dose["distance"].side == "left"
    assert by_dose["distance"].most < 13.0 and by_dose["distance"].painful_runs >= 8
    painful = {r.run_id for r in runs if r.distance_m > 10000.0}
    assert by_dose["distance"].evidence and set(by_dose["distance"].evidence) <= painful


def test_silence_and_few_pains_teach_nothing() -> None:
    runs, said = knee_life()
    few = (
        tuple(s for s in said if s.constraint.kind != "pain")
        + tuple(s for s in said if s.constraint.kind == "pain")[:2]
    )
    assert patterns.patterns_of(believed_of(few, runs), runs) == ()
    only_pain = tuple(s for s in said if s.constraint.kind == "pain")
    assert patterns.patterns_of(believed_of(only_pain, runs), runs) == ()
    assert patterns.patterns_of(believed_of((), runs), runs) == ()


PATTERN = st.builds(
    Pattern,
    st.sampled_from(["knee", "calf"]),
    st.sampled_from(["left", ""]),
    st.sampled_from([*DOSES, "nonsense"]),
    st.one_of(st.floats(-5.0, 60.0), st.just(NAN), st.just(math.inf)),
    st.floats(0.0, 1.0),
    st.booleans(),
    st.integers(3, 30),
    st.just(("r1",)),
)


@given(st.lists(PATTERN, max_size=4).map(tuple), st.floats(0.5, 40.0))
@settings(max_examples=60, deadline=None)
def test_a_pattern_never_raises_any_limit(found: tuple[Pattern, ...], ago: float) -> None:
    before_state = state(regular(first_ago=ago))
    before, after = limits_of(before_state), limits_of(replace(before_state, patterns=found))
    assert after.distance_m <= before.distance_m and after.duration_s <= before.duration_s
    assert after.kinds <= before.kinds and after.race_allowed <= before.race_allowed
    assert after.heart_rate_allowed <= before.heart_rate_allowed and after.effort_only >= before.effort_only
    assert after.seek_help == before.seek_help and set(before.rule_ids) <= set(after.rule_ids)
    decision = decide(replace(before_state, patterns=found), Riegel())
    for _, session in (("", decision.session), *decision.alternatives):
        assert session is None or session.distance_m <= after.distance_m
    for reason in decision.because:
        assert "nan" not in reason.text.lower() and "inf " not in reason.text and "None" not in reason.text


def test_its_reason_calls_it_a_pattern_with_its_runs_and_says_probably_only_where_it_is_named() -> None:
    named = Pattern("knee", "left", "distance", 7.0, 0.97, True, 9, ("r1", "r2"))
    decision = decide(replace(state(regular(first_ago=2.3)), patterns=(named,)), Riegel())
    told = next(r for r in decision.because if "R-PATTERN" in r.evidence)
    assert "pattern in your runs, no diagnosis" in told.text and "probably" in told.text and "7.0 km" in told.text
    assert {"r1", "r2"} <= set(told.evidence) and "R-PATTERN" in decision.rule_ids and "R-PATTERN" in RULES
    unsure = decide(replace(state(regular(first_ago=2.3)), patterns=(replace(named, named=False),)), Riegel())
    assert "perhaps from" in next(r for r in unsure.because if "R-PATTERN" in r.evidence).text


@pytest.mark.parametrize("chance", [math.nan, math.inf, -1.0])
def test_a_chance_that_is_none_is_not_said_and_the_limit_holds(chance: float) -> None:
    odd = Pattern("knee", "both", "distance", 5.0, chance, True, 4, ())
    believed = replace(state(regular(first_ago=2.3)), patterns=(odd,))
    told = next(r for r in decide(believed, Riegel()).because if "R-PATTERN" in r.evidence)
    assert "%" not in told.text and "knee on both sides" in told.text and "5.0 km" in told.text
    assert all(math.isfinite(value) for _, value in told.numbers) and limits_of(believed).distance_m <= 5000.0


@pytest.mark.parametrize("on", [True, False])
def test_a_decision_with_a_pattern_replays_and_the_switch_takes_it_away(on: bool) -> None:
    with Store.in_memory() as store:
        for k in range(30):
            ago = 10.0 * (30 - k)
            add(store, ago, 13000.0 if k % 2 else 6000.0)
            evening = NOON - ago * DAY_S + 0.3 * DAY_S
            what = Constraint("pain", "knee", "left", 2.0) if k % 2 else Constraint("mood", situation="good")
            store.add_sentence("how it was", (what,), evening)
            if k % 2:
                store.add_sentence("gone", (Constraint("pain_resolved", "knee", "left"),), evening + 3 * DAY_S)
        choosing.switch(store, on, NOON)
        decision_id, decision = coach.decide_today(store, NOON, None, Riegel())
        assert ("R-PATTERN" in decision.rule_ids) == on
        assert coach.replay(store, decision_id)
