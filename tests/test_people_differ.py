"""The same day for people who differ: each pair differs in session, targets or words, and each day is safe."""

from __future__ import annotations

import dataclasses
import itertools
import math
import re

import pytest

from app.bench.people_bench import decided, said
from app.bench.people_cast import CAST, USUAL, Somebody, state_of
from app.coach import bundled_predictor
from edge.coach import rules
from edge.coach.heard import DAY_S
from edge.coach.types import Decision

RACE = bundled_predictor()
DAY: dict[str, Decision] = {one.name: decided(one, RACE) for one in CAST}
BY_NAME = {one.name: one for one in CAST}
#: Words of a diet: none of them may reach anybody.
DIET = re.compile(r"\b(calorie|kcal|deficit|diet|eat less|skip (a )?meal|fasted|burn fat|kg)\b", re.IGNORECASE)


def everything(decision: Decision) -> str:
    cards = " ".join(f"{card.title} {card.text} {card.action}" for card in decision.content)
    return f"{decision.show} {' '.join(reason.text for reason in decision.because)} {cards}"


def numbers(name: str) -> dict[str, float]:
    return {key: value for reason in DAY[name].because for key, value in reason.numbers}


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(DAY, 2)))
def test_any_two_people_differ_in_session_targets_or_words(one: str, other: str) -> None:
    assert said(DAY[one]) != said(DAY[other])


@pytest.mark.parametrize("name", [name for name in DAY if name != USUAL])
def test_what_differs_from_the_usual_day_has_its_reason(name: str) -> None:
    usual = {reason.text for reason in DAY[USUAL].because}
    own = [reason for reason in DAY[name].because if reason.text not in usual]
    cards = {card.content_id for card in DAY[name].content} - {card.content_id for card in DAY[USUAL].content}
    assert own or cards
    assert all(reason.text and (reason.numbers or reason.evidence) for reason in own)


@pytest.mark.parametrize("one", CAST, ids=lambda one: one.name)
def test_everybody_is_within_what_the_rules_leave(one: Somebody) -> None:
    limits, decision = rules.limits_of(state_of(one)), DAY[one.name]
    for session in (decision.session, *(other for _, other in decision.alternatives)):
        assert session is not None and (session.kind == "rest" or session.kind in limits.kinds)
        assert session.distance_m <= limits.distance_m + 1e-6
        assert session.duration_s <= limits.duration_s + 60.0
        if not limits.heart_rate_allowed:
            assert math.isnan(session.hr_high_bpm)


@pytest.mark.parametrize("name", list(DAY))
def test_nobody_is_told_to_eat_less(name: str) -> None:
    assert not DIET.search(everything(DAY[name]))


@pytest.mark.parametrize("name", ["underweight", "signs of too little energy"])
def test_where_energy_is_short_weight_goals_are_not_spoken_of(name: str) -> None:
    goal = BY_NAME["wants to lose weight"].said
    both = dataclasses.replace(BY_NAME[name], said=(*BY_NAME[name].said, *goal))
    decision = decided(both, RACE)
    assert "weight to fall" not in everything(decision) and not DIET.search(everything(decision))
    assert "clinician" in everything(decision)


def test_who_wants_to_gain_gets_room_for_strength_and_who_wants_to_lose_no_more_running() -> None:
    usual, gain, lose = (
        DAY[name].session for name in (USUAL, "wants to gain weight and strength", "wants to lose weight")
    )
    assert usual is not None and gain is not None and lose is not None
    assert gain.distance_m < usual.distance_m and lose.distance_m <= usual.distance_m
    assert "strength" in dict(DAY["wants to gain weight and strength"].alternatives)
    assert "walk" in dict(DAY["wants to lose weight"].alternatives)


def test_a_night_worked_shortens_the_run_and_a_night_ahead_is_said_otherwise() -> None:
    after, before, usual = (DAY[name] for name in ("after a night shift", "before a night shift", USUAL))
    assert after.session is not None and before.session is not None and usual.session is not None
    assert after.session.distance_m < before.session.distance_m <= usual.session.distance_m
    assert "to come" in everything(before) and "sleep first" in everything(after)


def test_with_beta_blockers_effort_replaces_heart_rate() -> None:
    decision = DAY["takes beta-blockers"]
    assert decision.session is not None and math.isnan(decision.session.hr_high_bpm)
    assert "R-BETA" in decision.rule_ids and "talk" in decision.show and "heart rate 1" not in decision.show


def test_after_birth_running_waits_and_then_is_gentle() -> None:
    early, later = DAY["8 weeks after birth"].session, DAY["20 weeks after birth"].session
    assert early is not None and early.kind not in rules.RUNNING_KINDS
    assert later is not None and later.kind in ("rest", "easy")


def test_a_weight_goal_of_long_ago_shapes_nothing() -> None:
    one = BY_NAME["wants to gain weight and strength"]
    old = dataclasses.replace(one, said=tuple((what, 90.0) for what, _ in one.said))
    assert said(decided(old, RACE))[1] == said(DAY[USUAL])[1] and DAY_S > 0
