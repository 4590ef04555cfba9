"""One person learned from their diary: the same belief however often it is asked for, and safe when files are not."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import numpy as np
import pytest
from coach_people import DAY_S, DENVER, NOON, RALEIGH, TODAY, FewPlaces, run, state
from hypothesis import given, settings
from hypothesis import strategies as st

from app.coach import decide_today, expected_hr, replay
from app.past import recording_of
from app.store import Store
from edge.coach.heart import line_bpm
from edge.coach.lessons import Taught
from edge.coach.state import lessons_until, state_from
from edge.coach.today import decide
from edge.coach.types import Profile, RunFact
from edge.summary import summarise
from hardware_sim.history import weeks
from models import learner as module
from models.learner import PersonLearner, expected_of_last
from models.person import prior_of

NAN = math.nan


def diary(count: int = 12, hr: float = 142.0) -> list[RunFact]:
    """Runs on two of three days, the last one yesterday; every fifth without heart rate, some of them in Denver."""
    places = (RALEIGH, RALEIGH, RALEIGH, DENVER)
    return [
        run(1 + 1.5 * k, 5000.0 + 700.0 * (k % 4), 350.0 + 11.0 * (k % 3), hr=NAN if k % 5 == 4 else hr + k % 7,
            at=places[k % 4])
        for k in range(count)
    ]  # fmt: skip


def taught(runs: list[RunFact], memory: PersonLearner | None = None, now: float = NOON, age: float = 40.0) -> Taught:
    lessons, person = lessons_until(runs, Profile(age=age), FewPlaces(), now)
    return (memory or PersonLearner()).taught(lessons, person, int(now // DAY_S), now)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 22), max_size=3, unique=True), st.integers(2, 12))
def test_asked_on_many_mornings_or_once_the_belief_is_the_same(mornings: list[int], count: int) -> None:
    runs = diary(count)
    often = PersonLearner()
    for days_ago in sorted(mornings, reverse=True):
        taught(runs, often, NOON - days_ago * DAY_S)
    assert repr(taught(runs, often)) == repr(taught(runs))


@pytest.mark.parametrize("damage", [b"", b"KZL1", b"KZL1" + bytes(4000), b"nonsense" * 100])
def test_a_memory_of_something_else_is_as_none(damage: bytes) -> None:
    assert repr(taught(diary(), PersonLearner(damage))) == repr(taught(diary()))


@given(st.integers(0, 10_000), st.integers(1, 255))
@settings(max_examples=40, deadline=None)
def test_one_wrong_byte_of_a_memory_never_raises(place: int, flip: int) -> None:
    learner = PersonLearner()
    taught(diary(5), learner)
    raw = bytearray(learner.memory)
    raw[place % len(raw)] ^= flip
    told = taught(diary(6), PersonLearner(bytes(raw)))
    assert math.isfinite(told.heart.at_2_8_bpm)


def test_where_the_past_changed_it_begins_again() -> None:
    learner = PersonLearner()
    taught(diary(), learner)
    changed = [dataclasses.replace(f, avg_hr_bpm=f.avg_hr_bpm + 15.0) if k == 5 else f for k, f in enumerate(diary())]
    assert repr(taught(changed, learner)) == repr(taught(changed))
    assert repr(taught(changed, learner, age=60.0)) == repr(taught(changed, age=60.0))
    assert repr(taught(changed[3:], learner)) == repr(taught(changed[3:]))


def test_what_is_kept_is_small() -> None:
    learner = PersonLearner()
    taught(diary(300), learner)
    assert len(learner.memory) < 5000


def test_one_run_moves_the_line_and_narrows_it_and_many_narrow_it_more() -> None:
    nobody, one, many = (taught(diary(count, hr=120.0)).heart for count in (0, 1, 60))
    usual = 1000.0 / 355.0
    assert line_bpm(nobody, usual) > line_bpm(one, usual) > line_bpm(many, usual) > 120.0
    assert nobody.sd_at_2_8_bpm > one.sd_at_2_8_bpm > many.sd_at_2_8_bpm
    assert (nobody.source, one.source) == ("people like you", "measured")


def test_the_morning_knows_nothing_of_the_day_that_it_forecasts() -> None:
    today = [*diary(), run(0.1, 21000.0, 300.0, hr=170.0)]
    assert taught(today).forecast == taught(diary()).forecast is not None
    assert taught([]).forecast is None and taught([run(0.1)]).forecast is None


def test_a_habit_is_forecast_with_its_doubt() -> None:
    every_day = [run(d, 8000.0, 360.0, hr=145.0) for d in range(1, 60)]
    told = taught(every_day).forecast
    assert told is not None and told.day == TODAY and told.run_probability > 0.9
    assert told.distance_m.low <= told.distance_m.value <= told.distance_m.high
    assert told.distance_if_run_m.value == pytest.approx(8000.0, abs=500.0)
    weeks_off = taught(every_day, now=NOON + 40 * DAY_S).forecast
    assert weeks_off is not None and weeks_off.run_probability < 0.5


def test_a_missing_model_file_falls_back_to_rules_and_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "prior_of", lambda context: prior_of(context, tmp_path / "person.onnx"))
    told = taught(diary())
    assert told.source.startswith("rules, because") and "person.onnx" in told.source
    assert math.isfinite(told.heart.at_2_8_bpm) and told.heart.source == "measured"


def test_the_targets_rest_on_the_learned_line() -> None:
    runs = [run(d, 8000.0, 360.0, hr=128.0) for d in (2, 4)]
    by_rule = decide(state(runs), None).session
    learned = decide(state_from(runs, Profile(), (), FewPlaces(), None, NOON, 0.0, PersonLearner()), None).session
    assert by_rule is not None and learned is not None
    assert math.isnan(by_rule.hr_high_bpm) and learned.hr_low_bpm < 128.0 < learned.hr_high_bpm


def test_what_a_run_was_expected_to_cost_is_known_from_those_before_it() -> None:
    runs = [run(d, 8000.0, 360.0, hr=140.0) for d in range(30, 0, -2)]
    lessons, person = lessons_until(runs, Profile(), FewPlaces(), NOON)
    told = expected_of_last(lessons, person)
    assert told is not None and told.low < 140.0 < told.high and told.value == pytest.approx(140.0, abs=3.0)
    odd = dataclasses.replace(lessons, avg_hr_bpm=np.append(lessons.avg_hr_bpm[:-1], 190.0))
    assert expected_of_last(odd, person) == told
    assert expected_of_last(lessons.first(1), person) is None


def test_the_diary_keeps_what_was_learned_and_the_decision_replays() -> None:
    with Store.in_memory() as store:
        for past in weeks(3, 3, until_unix_s=NOON):
            recording = recording_of(past)
            store.add_recording(recording, summarise(recording.samples, "running", (), 70.0), source="test")
        first, decision = decide_today(store, NOON, predictor=None)
        kept = store.memory("person")
        assert kept and decision.forecast is not None and replay(store, first)
        second, _ = decide_today(store, NOON + DAY_S, predictor=None)
        assert store.memory("person") == kept and replay(store, second) and store.check().ok
        last = max(store.runs(), key=lambda row: row.start_unix_s)
        told = expected_hr(store, last.run_id)
        assert told is not None and last.summary is not None
        assert told.low < last.summary.avg_hr_bpm < told.high
