"""Laws of the targets that a model of one person adds to the coach's, and of what stands in without it."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path

import pytest
from coach_people import NOON, FewPlaces, Riegel, regular, run, state
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cards import catalogue
from app.coach_inputs import read, text_of
from edge.coach import rules
from edge.coach.beliefs import OwnTargets, State
from edge.coach.own_targets import ENOUGH_RUNS, Band, own_heart
from edge.coach.state import state_from
from edge.coach.today import decide
from edge.coach.types import Profile, RunFact
from edge.coach.words import OPEN_SHARE
from edge.samples import Estimate
from models import learner as module
from models import own_targets as told_by
from models.learner import PersonLearner
from models.person import prior_of

PACE, EASY_HR = Estimate(400.0, 370.0, 432.0, "test"), Estimate(130.0, 122.0, 138.0, "test")


def known(runs: list[RunFact], profile: Profile | None = None) -> State:
    return state_from(runs, profile or Profile(), (), FewPlaces(), None, NOON, 0.0, PersonLearner())


def own(pace: Estimate = PACE, hr: Estimate = EASY_HR, runs: int = 20) -> OwnTargets:
    return OwnTargets(
        pace, dataclasses.replace(pace, value=340.0, low=320.0, high=360.0), hr, 1.0, 1.0, runs, runs, "x"
    )


def test_what_a_model_says_is_on_its_quantum_and_comes_back_bit_for_bit() -> None:
    told = known(regular()).own_targets
    assert told is not None and told.runs == 40
    for one in (*dataclasses.astuple(told.easy_pace_s_per_km)[:3], *dataclasses.astuple(told.easy_hr_bpm)[:3]):
        assert one == round(one)
    again = read(OwnTargets, json.loads(text_of(told)))
    assert again == told and repr(known(regular()).own_targets) == repr(told)


def test_the_target_moves_towards_the_model_and_says_so() -> None:
    base = state(regular())
    slower = dataclasses.replace(base, own_targets=own())
    without, with_model = decide(base, Riegel()), decide(slower, Riegel())
    assert without.session is not None and with_model.session is not None
    assert with_model.session.pace_low_s_per_km > without.session.pace_low_s_per_km
    assert any("Your last" in reason.text and "on the flat" in reason.text for reason in with_model.because)


@pytest.mark.parametrize("absurd", [math.nan, math.inf, -math.inf, -1.0, 0.0, 1e-9, 1e300])
def test_absurd_targets_and_bodies_shape_no_session_and_break_no_card(absurd: float) -> None:
    told = Estimate(absurd, 370.0, 432.0, "test")
    profile = Profile(weight_kg=absurd, height_m=absurd)
    base = state(regular(), profile)
    odd = dataclasses.replace(base, own_targets=own(told, Estimate(absurd, absurd, absurd, "test")))
    without, with_model = decide(base, Riegel(), catalogue()), decide(odd, Riegel(), catalogue())
    assert with_model.session == without.session
    assert [card.text for card in with_model.content] == [card.text for card in without.content]


def test_before_it_knows_the_person_enough_nothing_changes() -> None:
    base = state(regular())
    few = dataclasses.replace(base, own_targets=own(runs=ENOUGH_RUNS - 1))
    assert decide(few, Riegel()).session == decide(base, Riegel()).session


def test_without_the_file_rules_stand_in_and_say_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "prior_of", lambda context: prior_of(context, tmp_path / "person.onnx"))
    found = known(regular())
    assert found.own_targets is None
    assert any("F-NO-PERSON" in reason.evidence for reason in decide(found, Riegel()).because)


anything = st.floats(allow_nan=True, allow_infinity=True)
estimates = st.builds(Estimate, anything, anything, anything, st.just("any"))


@settings(max_examples=150, deadline=None)
@given(st.builds(OwnTargets, estimates, estimates, estimates, anything, anything, st.integers(-5, 99),
                 st.integers(-5, 99), st.just("any")), st.booleans())  # fmt: skip
def test_whatever_a_model_says_the_rules_hold_and_the_pace_stays_near_the_usual(told: OwnTargets, beta: bool) -> None:
    base = state(regular(), Profile(beta_blockers=beta))
    decision = decide(dataclasses.replace(base, own_targets=told), Riegel())
    limits = rules.limits_of(base)
    for session in (decision.session, *(one for _, one in decision.alternatives)):
        assert session is not None
        assert session.kind == "rest" or session.kind in limits.kinds
        assert session.distance_m <= limits.distance_m + 1e-6
        if beta:
            assert math.isnan(session.hr_low_bpm) and math.isnan(session.hr_high_bpm)
        if session.kind in ("easy", "long"):
            slowest = OPEN_SHARE * session.pace_low_s_per_km if beta else 1.35 * 360.0  # by effort there is no slow end
            assert 0.85 * 360.0 <= session.pace_low_s_per_km <= session.pace_high_s_per_km <= slowest


def test_a_heart_rate_band_is_never_raised_by_the_model() -> None:
    base = known(regular())
    told = base.own_targets
    assert told is not None
    high = dataclasses.replace(told, easy_hr_bpm=Estimate(190.0, 185.0, 195.0, "test"))
    plain = dataclasses.replace(base, own_targets=dataclasses.replace(told, heart_runs=0))
    one, other = (decide(s, Riegel()).session for s in (dataclasses.replace(base, own_targets=high), plain))
    assert one is not None and other is not None and one.hr_high_bpm <= other.hr_high_bpm


def test_line_and_model_count_alike_and_the_band_moves_little() -> None:
    base = known(regular())
    told = base.own_targets
    assert told is not None
    line = Band(140.0, 156.0, ())
    for easy_bpm, high in ((144.0, 154.0), (120.0, 152.0)):  # half of 4 below the middle; half of 28, 4 at most
        easy = Estimate(easy_bpm, easy_bpm - 4.0, easy_bpm + 4.0, "test")
        moved = dataclasses.replace(base, own_targets=dataclasses.replace(told, easy_hr_bpm=easy, heart_runs=20))
        assert own_heart("easy", line, moved, (60.0, 225.0)).high == high


def test_what_cannot_be_in_a_profile_is_as_not_said() -> None:
    odd, fine = (known(regular(), Profile(age=40.0, rest_hr_bpm=rest)) for rest in (5.0, math.nan))
    assert repr(odd.own_targets) == repr(fine.own_targets)


@given(st.floats(-100.0, 100.0), st.floats(-5.0, 20.0))
def test_a_response_stays_within_the_published_spread(mine: float, usual: float) -> None:
    low, high = told_by.RESPONSES
    assert low - 1e-9 <= told_by._response(mine, usual) <= high + 1e-9


def test_one_run_is_no_model_of_a_person() -> None:
    told = known([run(2.0, hr=140.0)]).own_targets
    assert told is not None and told.runs == 1
