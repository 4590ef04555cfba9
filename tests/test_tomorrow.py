"""Laws of the forecast of tomorrow: what it may say, what it remembers, and that it learns a habit from its past."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.tomorrow import Prior, Tomorrow
from models.tomorrow_habits import FEATURES, Habits
from models.tomorrow_interval import Aims, holds, median_day
from models.tomorrow_prior import POPULATION

DAYS = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.one_of(st.just(0.0), st.floats(0.3, 60.0)),
        st.one_of(st.just(math.nan), st.floats(180.0, 700.0)),
        st.one_of(st.just(math.nan), st.floats(80.0, 200.0)),
    ),
    max_size=40,
)


def person(days: list[tuple[int, float, float, float]], first: int = 20000) -> Tomorrow:
    one, day = Tomorrow(POPULATION), first
    for step, km, pace, heart in days:
        day += step
        one.update(day, km, pace, heart)
    return one


def next_day(one: Tomorrow) -> int:
    return 20000 if one.last_day is None else one.last_day + 1


@given(DAYS)
@settings(max_examples=30, deadline=None)
def test_every_forecast_is_a_distribution(days: list[tuple[int, float, float, float]]):
    told = person(days).forecast(next_day(person(days)))
    assert 0.0 < told.run_probability < 1.0
    assert 0.0 <= told.km.low <= told.km.value <= told.km.high
    assert told.mean_km >= 0.0
    assert told.median_km == (0.0 if told.run_probability <= 0.5 else pytest.approx(told.median_km))
    for estimate in (told.km_if_run, told.pace_s_km, told.heart_bpm):
        assert 0.0 < estimate.low <= estimate.value <= estimate.high


@given(DAYS, DAYS)
@settings(max_examples=30, deadline=None)
def test_saved_and_restored_goes_on_as_if_nothing_had_happened(before: list, after: list):
    one = person(before)
    again = Tomorrow.restore(POPULATION, one.save())
    for step, km, pace, heart in after:
        day = next_day(one) + step
        one.update(day, km, pace, heart)
        again.update(day, km, pace, heart)
    assert again.save() == one.save()
    assert again.forecast(next_day(one)) == one.forecast(next_day(one))


def test_the_state_is_under_four_kib():
    assert len(person([(1, 5.0, 300.0, 150.0)] * 90).save()) <= 4096


def test_days_left_out_are_days_without_a_run():
    short, long = Tomorrow(POPULATION), Tomorrow(POPULATION)
    for one in (short, long):
        one.update(100, 6.0)
    for day in range(101, 110):
        long.update(day, 0.0)
    short.update(110, 7.0)
    long.update(110, 7.0)
    assert short.save() == long.save()


def test_a_forecast_changes_nothing():
    one = person([(1, 5.0, 300.0, 150.0), (2, 8.0, 310.0, 148.0)])
    before = one.save()
    one.forecast(next_day(one))
    assert one.save() == before


def test_who_runs_every_other_day_is_known_after_two_months():
    one = Tomorrow(POPULATION)
    for day in range(60):
        one.update(day, 6.0 * (day % 2 == 0))
    runs = one.forecast(60).run_probability
    one.update(60, 6.0)
    assert runs > 0.75
    assert one.forecast(61).run_probability < 0.25


def test_the_long_run_is_expected_on_its_weekday():
    one = Tomorrow(POPULATION)
    said = {}
    for day in range(140):
        if day > 120:
            said[day % 7] = one.forecast(day)
        one.update(day, {3: 20.0, 0: 8.0, 5: 8.0}.get(day % 7, 0.0), 330.0, 145.0)
    assert said[3].km_if_run.value > 17.0
    assert said[0].km_if_run.value < 10.0
    assert said[3].km.high >= 20.0
    assert said[1].run_probability < 0.2 < said[3].run_probability


def test_pace_and_heart_rate_come_from_the_own_runs_whose_value_is_known():
    one = person([(1, 5.0, 300.0, math.nan)] * 20)
    told = one.forecast(next_day(one))
    assert told.pace_s_km.value == pytest.approx(300.0, abs=1.0)
    assert told.heart_bpm.value == 148.0
    assert told.heart_bpm.source == "anybody"


RUN_KM = np.array([3.0, 5.0, 7.0, 10.0, 15.0]), np.array([0.1, 0.3, 0.5, 0.7, 0.9])


@given(st.floats(0.002, 0.998), st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=200))
@settings(max_examples=60, deadline=None)
def test_the_interval_begins_at_zero_unless_a_run_is_awaited(chance: float, misses: list[tuple[int, bool]]):
    aims = Aims.new()
    for number, missed in misses:
        aims.follow(number, missed, 3.0)
    low, high = aims.day(RUN_KM, chance)
    assert 0.0 <= low <= high <= 15.0
    assert (low > 0.0) == aims.awaits(chance)
    assert aims.sound()


@given(st.floats(0.05, 0.4), st.floats(0.41, 0.9))
@settings(max_examples=30, deadline=None)
def test_a_likelier_run_never_makes_the_interval_shorter_at_its_end(less: float, more: float):
    aims = Aims.new()
    assert aims.day(RUN_KM, less)[1] <= aims.day(RUN_KM, more)[1]


@pytest.mark.parametrize("runs_of_ten", [1, 4, 9])
def test_four_of_five_days_are_held_however_often_they_run(runs_of_ten: int):
    rng, one, held = np.random.default_rng(runs_of_ten), Tomorrow(POPULATION), []
    for day in range(1500):
        km = float(rng.uniform(3.0, 12.0)) if rng.random() < runs_of_ten / 10 else 0.0
        if day:
            told = one.forecast(day).km
            held.append((km > 0.0, holds(km, told.low, told.high)))
        one.update(day, km)
    ran, kept = np.array(held).T
    assert 0.77 < kept.mean() < 0.83
    assert 0.72 < kept[ran].mean() < 0.88
    assert 0.72 < kept[~ran].mean() < 0.88


def test_a_long_silence_ends_at_zero_on_most_days_and_breaks_nothing():
    one = person([(1, 5.0, 300.0, 150.0)] * 60)
    one.update(next_day(one) + 366, 0.0)
    told = one.forecast(next_day(one))
    assert told.run_probability < 0.05
    assert told.median_km == 0.0
    one.update(next_day(one), 6.0, 310.0, math.nan)
    assert one.forecast(next_day(one)).run_probability > told.run_probability


def test_the_median_of_a_day_is_zero_where_a_rest_is_likelier():
    assert median_day(RUN_KM, 0.5) == 0.0
    assert median_day(RUN_KM, 1.0) == 7.0
    assert median_day(RUN_KM, 0.4) == 0.0


def test_a_state_of_the_earlier_form_is_named_as_such():
    with pytest.raises(ValueError, match="earlier form"):
        Tomorrow.restore(POPULATION, b"KTM1" + bytes(3308))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"day": 20001}, "does not follow"),
        ({"day": 20000}, "does not follow"),
        ({"day": 90000}, "does not follow"),
        ({"km": -1.0}, "km of -1"),
        ({"km": math.nan}, "km of nan"),
        ({"km": 500.0}, "km of 500"),
        ({"pace_s_km": 50.0}, "pace_s_km of 50"),
        ({"heart_bpm": 300.0}, "heart_bpm of 300"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_changes_nothing(change: dict[str, float], words: str):
    one = person([(1, 5.0, 300.0, 150.0)])
    before = one.save()
    with pytest.raises(ValueError, match=words):
        one.update(**({"day": 20002, "km": 5.0} | change))
    assert one.save() == before


@pytest.mark.parametrize("saved", [b"", b"KTM2", b"XXXX" + bytes(3324), bytes(5000)])
def test_foreign_bytes_are_no_state(saved: bytes):
    with pytest.raises(ValueError, match="no forecast state"):
        Tomorrow.restore(POPULATION, saved)


def test_damaged_numbers_are_no_state():
    saved = bytearray(person([(1, 5.0, 300.0, 150.0)]).save())
    saved[40:44] = np.array([np.nan], dtype="<f4").tobytes()
    with pytest.raises(ValueError, match="no forecast state"):
        Tomorrow.restore(POPULATION, bytes(saved))


def test_only_the_next_day_can_be_asked_for():
    one = person([(1, 5.0, 300.0, 150.0)])
    with pytest.raises(ValueError, match="not the day after"):
        one.forecast(next_day(one) + 1)


def test_a_prior_of_another_size_is_refused():
    with pytest.raises(ValueError, match="weights"):
        Tomorrow(Prior(np.zeros(3), np.ones(3), np.zeros(4), 0.1, 0.0))


def test_habits_have_a_name_each():
    habits = Habits.new().features(0)
    assert len(habits) == len(FEATURES) == len(set(FEATURES))
    assert np.isfinite(habits).all()


def test_who_keeps_to_a_strange_plan_is_told_little_worse_than_by_the_best_simple_rate():
    one, misses, simple = Tomorrow(POPULATION), [], []
    seen = np.ones((7, 2)) * [1.0, 2.0]
    for day in range(400):
        ran = day % 7 in (0, 2, 3)
        if day:
            chance = one.forecast(day).run_probability, seen[day % 7, 0] / seen[day % 7, 1]
            misses.append(-math.log(chance[0] if ran else 1.0 - chance[0]))
            simple.append(-math.log(chance[1] if ran else 1.0 - chance[1]))
        one.update(day, 7.0 * ran)
        seen[day % 7] += (ran, 1.0)
    assert sum(misses) < sum(simple) + 8.0
