"""Laws of the update of one person and of the intervals that keep their promise."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.adapt import DAY_S, LEVEL, TEN_KM, Person, Run, expected_hr, heart_row, later, update, update_race
from models.conformal import (
    MOST_CORRECTION,
    Correction,
    Quantiles,
    calibrate,
    corrected,
    inside,
    interval,
    known_group,
    weighted_quantile,
)
from models.person import Context, PersonModel

START = PersonModel.load().prior(Context()).begin(0.0)
runs = st.builds(
    Run,
    start_unix_s=st.floats(0, 1e8),
    distance_m=st.floats(500, 50_000),
    duration_s=st.floats(600, 20_000),
    hr_bpm=st.one_of(st.just(math.nan), st.floats(60, 215)),
    climb_m=st.one_of(st.just(math.nan), st.floats(0, 1500)),
    above_used_m=st.one_of(st.just(math.nan), st.floats(-500, 4000)),
    temperature_c=st.one_of(st.just(math.nan), st.floats(-25, 45)),
    days_since_run=st.one_of(st.just(math.nan), st.floats(0, 400)),
)
histories = st.lists(runs, max_size=12).map(lambda found: sorted(found, key=lambda r: r.start_unix_s))


def learned(history: list[Run], person: Person = START) -> Person:
    for run in history:
        person = update(person, run)
    return person


def steady(day: float, hr_bpm: float = 150.0, distance_m: float = 7560.0, **more: float) -> Run:
    return Run(day * DAY_S, distance_m, 2700.0, hr_bpm, **more)


@given(histories)
def test_after_any_history_the_belief_is_one(history):
    person = learned(history)
    assert np.isfinite(person.mean).all()
    np.testing.assert_array_equal(person.covariance, person.covariance.T)
    scale = np.sqrt(np.diag(person.covariance))
    assert np.linalg.eigvalsh(person.covariance / np.outer(scale, scale)).min() > -1e-9
    assert 1.0 < person.scatter_bpm2 < 1e4


@given(histories, runs)
def test_stored_and_restored_the_person_is_the_same_bit_for_bit(history, run):
    person = learned(history)
    stored = person.to_bytes()
    assert len(stored) <= 4096
    back = Person.from_bytes(stored)
    assert back.to_bytes() == stored
    later_run = dataclasses.replace(run, start_unix_s=2e8)
    assert update(back, later_run).to_bytes() == update(person, later_run).to_bytes()


@pytest.mark.parametrize("stored", [b"", b"KZP1", b"x" * 564, START.to_bytes()[:-1], START.to_bytes() + b"0"])
def test_bytes_of_something_else_are_refused(stored):
    with pytest.raises(ValueError, match="person"):
        Person.from_bytes(stored)


def test_numbers_that_no_belief_has_are_refused():
    broken = dataclasses.replace(START, mean=START.mean * math.nan)
    with pytest.raises(ValueError, match="no belief"):
        Person.from_bytes(broken.to_bytes())


def test_a_higher_heart_rate_raises_what_is_expected_and_makes_it_surer():
    asked = steady(2.0)
    before = expected_hr(START, asked)
    high, low = (
        expected_hr(update(START, steady(1.0, 175.0)), asked),
        expected_hr(update(START, steady(1.0, 125.0)), asked),
    )
    assert low.value < before.value < high.value
    assert high.high - high.low < before.high - before.low


def test_thirty_runs_at_one_heart_rate_are_believed():
    person = learned([steady(float(day), 130.0) for day in range(30)])
    assert abs(expected_hr(person, steady(31.0)).value - 130.0) < 2.0


def test_one_odd_run_moves_less_than_its_share():
    usual = learned([steady(float(day), 150.0) for day in range(20)])
    odd, near = (update(usual, steady(21.0, bpm)).mean[LEVEL] - usual.mean[LEVEL] for bpm in (210.0, 156.0))
    assert 0.0 < odd < 10.0 * near * 0.5


@given(st.floats(0.0, 3000.0), st.floats(0.0, 3000.0))
def test_doubt_grows_while_nothing_is_heard(one, other):
    short, long = sorted((one, other))
    assert (np.diag(later(START, long * DAY_S).covariance) >= np.diag(later(START, short * DAY_S).covariance)).all()
    np.testing.assert_array_equal(later(START, long * DAY_S).mean, START.mean)
    assert later(START, -5.0).as_of_unix_s == START.as_of_unix_s


def test_a_run_without_heart_rate_teaches_speed_alone():
    person = update(START, Run(0.0, 12_000.0, 3000.0))
    assert person.runs == 0.0 and person.mean[TEN_KM] > START.mean[TEN_KM]
    assert person.covariance[TEN_KM, TEN_KM] < START.covariance[TEN_KM, TEN_KM]


def test_a_race_tells_ten_km_speed():
    person = update_race(update_race(START, 10_000.0, 2400.0, 0.0), 21_097.5, 5300.0, 0.0)
    assert abs(math.exp(person.mean[TEN_KM]) - 10_000.0 / 2400.0) < 0.1
    with pytest.raises(ValueError, match="no speed"):
        update_race(START, 0.0, 2400.0, 0.0)


def test_climb_warmth_altitude_and_rest_raise_what_is_expected():
    plain = expected_hr(START, steady(1.0, math.nan, temperature_c=17.0, climb_m=0.0, days_since_run=2.0)).value
    for more in ({"temperature_c": 32.0}, {"climb_m": 120.0}, {"above_used_m": 2000.0}, {"days_since_run": 20.0}):
        assert expected_hr(START, steady(1.0, math.nan, **more)).value > plain


@given(runs)
def test_what_is_unknown_is_taken_for_usual(run):
    unknown = dataclasses.replace(
        run, climb_m=math.nan, above_used_m=math.nan, temperature_c=math.nan, days_since_run=math.nan
    )
    assert heart_row(unknown)[6:] == [0.0, 0.0, 0.0, 0.0]
    assert np.isfinite(heart_row(run)).all()


@pytest.mark.parametrize(
    ("run", "named"),
    [
        (Run(0.0, 0.0, 600.0, 150.0), "0 m in 600 s"),
        (Run(0.0, 5000.0, -1.0, 150.0), "-1 s"),
        (Run(0.0, math.nan, 600.0, 150.0), "nan m"),
        (Run(0.0, math.inf, math.inf, 150.0), "inf m"),
        (Run(math.nan, 5000.0, 1500.0, 150.0), "no moment"),
        (Run(0.0, 5000.0, 1500.0, 0.0), "0 bpm"),
        (Run(0.0, 5000.0, 1500.0, 300.0), "300 bpm"),
    ],
)
def test_a_run_that_cannot_be_is_named(run, named):
    with pytest.raises(ValueError, match=named):
        update(START, run)


def test_conformal_quantiles_hold_for_new_outcomes_in_every_group():
    rng = np.random.default_rng(3)
    scale = {"narrow": 1.0, "wide": 4.0}
    group = rng.choice(sorted(scale), 4000)
    scores = rng.standard_t(5, 4000) * np.array([scale[g] for g in group])
    found = calibrate(scores, list(group), rng.integers(0, 50, 4000))
    for name, factor in scale.items():
        fresh = rng.standard_t(5, 20_000) * factor
        low, high = found.reach(name)
        assert abs(((fresh >= low) & (fresh <= high)).mean() - 0.9) < 0.02


def test_a_symmetric_interval_holds_and_reaches_as_far_both_ways():
    rng = np.random.default_rng(5)
    low, high = calibrate(rng.normal(size=3000), ["a"] * 3000, np.arange(3000) % 30, symmetric=True).reach("a")
    assert low == -high and abs(high - 1.645) < 0.1


def test_a_person_with_many_outcomes_counts_no_more_than_one_with_few():
    scores = np.concatenate([np.full(1000, 5.0), np.linspace(-1, 1, 20)])
    person = np.concatenate([np.zeros(1000, dtype=np.int64), np.ones(20, dtype=np.int64)])
    assert calibrate(scores, ["all"] * 1020, person).reach("all")[0] < 0.0


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=40), st.floats(0.51, 0.99))
def test_the_two_tails_are_mirror_images(values, share):
    column, weight = np.array(values), np.ones(len(values))
    assert weighted_quantile(column, weight, 1.0 - share) == -weighted_quantile(-column, weight, 1.0 - (1.0 - share))


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0, 2.5])
def test_the_correction_brings_a_person_unlike_the_others_to_ninety_per_cent(scale):
    rng = np.random.default_rng(8)
    state, hits = Correction(), []
    for score in rng.normal(0.0, scale, 4000):
        hits.append(inside(float(score), (-1.645, 1.645), state))
        state = corrected(state, hits[-1])
    assert abs(np.mean(hits[200:]) - 0.9) < 0.02 and state.outcomes == 4000


@given(st.lists(st.booleans(), max_size=200))
def test_the_correction_stays_within_its_limits_and_is_restored(hits):
    state = Correction()
    for hit in hits:
        state = corrected(state, hit)
        assert abs(state.log_factor) <= MOST_CORRECTION
    assert Correction.from_bytes(state.to_bytes()) == state


@pytest.mark.parametrize("stored", [b"", b"x" * 20, Correction().to_bytes()[:-1], Correction(9.0).to_bytes()])
def test_stored_corrections_of_something_else_are_refused(stored):
    with pytest.raises(ValueError, match="correction"):
        Correction.from_bytes(stored)


def test_the_interval_widens_on_both_sides():
    reach = (-1.0, 2.0)
    assert interval(100.0, 5.0, reach) == (95.0, 110.0)
    low, high = interval(100.0, 5.0, reach, Correction(math.log(2.0)))
    assert (low, high) == pytest.approx((90.0, 120.0))


def test_groups_follow_the_known_runs_and_a_strange_one_is_named():
    assert [known_group(k) for k in (0, 1, 2, 3, 9, 10, 500)] == [
        "none known", "one or two known", "one or two known", "three to nine known", "three to nine known",
        "ten or more known", "ten or more known",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="'x' was not calibrated"):
        Quantiles(("a",), (-1.0,), (1.0,), (3,)).reach("x")
    with pytest.raises(ValueError, match="1 of them not numbers"):
        calibrate(np.array([0.0, math.nan]), ["a", "a"], np.array([0, 1]))
