"""Laws of race prediction: the bundled model, whatever is known of the runner."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.model_file import ModelError
from models.race import MODEL_FILE, RaceModel, fastest_believable_s, predict_times, slowest_believable_s

MARATHON, HALF, TEN, FIVE = 42195.0, 21097.5, 10000.0, 5000.0
DISTANCES = (800.0, 1609.344, 3000.0, FIVE, 8000.0, TEN, 15000.0, HALF, 30000.0, MARATHON)

distances = st.lists(st.sampled_from(DISTANCES), min_size=1, max_size=4, unique=True)
levels = st.floats(2.9, 5.2)
"""Speed over 10 km in m/s, the survey's slowest to its fastest."""
ages = st.one_of(st.none(), st.floats(16, 75))
sexes = st.sampled_from(["f", "m", None])
weeks = st.one_of(st.none(), st.floats(0, 180))


def time_at(level_m_s: float, distance_m: float, wobble: float = 1.0) -> float:
    return wobble * TEN / level_m_s * (distance_m / TEN) ** 1.08


@st.composite
def runners(draw: st.DrawFn) -> tuple[dict[float, float], float | None, str | None, float | None]:
    level = draw(levels)
    bests = {d: time_at(level, d, draw(st.floats(0.95, 1.05))) for d in draw(distances)}
    return bests, draw(ages), draw(sexes), draw(weeks)


def one(bests, target_m, age=None, sex=None, weekly_km=None) -> tuple[float, float, float]:
    answer = predict_times(bests, target_m, age, sex, weekly_km)
    return tuple(float(column[0]) for column in answer)


@given(runners(), st.sampled_from(DISTANCES))
def test_the_interval_contains_the_time_and_all_are_possible(runner, target_m):
    bests, age, sex, weekly_km = runner
    time_s, low_s, high_s = one(bests, target_m, age, sex, weekly_km)
    assert 0 < low_s < time_s < high_s < slowest_believable_s(target_m)
    assert time_s > fastest_believable_s(target_m)


@given(runners(), st.sampled_from(DISTANCES), st.data())
def test_a_faster_best_never_gives_a_slower_prediction(runner, target_m, data):
    bests, age, sex, weekly_km = runner
    assume(weekly_km is None or weekly_km >= 35)  # a fast runner on a few km a week is outside the survey
    which = data.draw(st.sampled_from(sorted(bests)))
    faster = bests | {which: bests[which] * data.draw(st.floats(0.9, 1.0))}
    assert one(faster, target_m, age, sex, weekly_km)[0] <= one(bests, target_m, age, sex, weekly_km)[0]


@given(runners(), st.floats(800, MARATHON), st.floats(800, MARATHON))
def test_a_longer_race_never_takes_less_time(runner, one_m, other_m):
    bests, age, sex, weekly_km = runner
    short, long = sorted((one_m, other_m))
    assume(long > short * 1.001)
    assert one(bests, short, age, sex, weekly_km)[0] < one(bests, long, age, sex, weekly_km)[0]


@given(st.lists(runners(), min_size=2, max_size=6), st.sampled_from(DISTANCES))
def test_a_batch_gives_what_each_runner_alone_gives(people, target_m):
    known = sorted({d for bests, *_ in people for d in bests})
    columns = {d: np.array([bests.get(d, np.nan) for bests, *_ in people]) for d in known}
    ages_, sexes_, weeks_ = ([p[k] for p in people] for k in (1, 2, 3))
    together = np.stack(predict_times(columns, target_m, ages_, sexes_, weeks_), axis=1)
    alone = np.array([one(bests, target_m, [a], [s], [w]) for bests, a, s, w in people])
    np.testing.assert_array_equal(together, alone)


@given(runners(), st.sampled_from(DISTANCES))
def test_the_order_of_the_bests_and_unknown_ones_change_nothing(runner, target_m):
    bests, age, sex, weekly_km = runner
    turned = dict(reversed(list(bests.items()))) | {d: np.nan for d in DISTANCES if d not in bests}
    np.testing.assert_allclose(
        one(bests, target_m, age, sex, weekly_km), one(turned, target_m, age, sex, weekly_km), atol=0.1001
    )


@given(runners(), st.sampled_from(DISTANCES))
def test_times_are_whole_tenths_of_a_second_so_that_they_replay(runner, target_m):
    bests, age, sex, weekly_km = runner
    for value in one(bests, target_m, age, sex, weekly_km):
        assert value == round(value, 1)
    assert one(bests, target_m, age, sex, weekly_km) == one(bests, target_m, age, sex, weekly_km)


def test_a_runner_without_any_best_gets_no_number():
    times, lows, highs = predict_times({FIVE: [np.nan, 1170.0], TEN: [np.nan, np.nan]}, HALF)
    assert np.isnan([times[0], lows[0], highs[0]]).all()
    assert np.isfinite([times[1], lows[1], highs[1]]).all()


def test_one_best_out_of_line_moves_the_answer_less_than_its_share():
    honest = one({FIVE: 1200.0, TEN: 2500.0, HALF: 5550.0}, MARATHON, 35, "m", 60)[0]
    typed_wrongly = one({FIVE: 1200.0, TEN: 5000.0, HALF: 5550.0}, MARATHON, 35, "m", 60)[0]
    assert 1.0 <= typed_wrongly / honest < 1.12


def test_an_extra_best_that_agrees_never_widens_the_interval_much():
    _, low, high = one({HALF: 5700.0}, MARATHON, 40, "m", 60)
    _, low_two, high_two = one({FIVE: 1230.0, HALF: 5700.0}, MARATHON, 40, "m", 60)
    assert high_two - low_two < 1.05 * (high - low)


def test_more_weekly_distance_makes_the_same_bests_worth_a_faster_marathon():
    times = [one({HALF: 6300.0}, MARATHON, 40, "f", km)[0] for km in (20, 40, 60, 80, 110)]
    assert times == sorted(times, reverse=True)


@pytest.mark.parametrize("target_m", DISTANCES)
def test_below_the_survey_the_answer_stays_near_the_formulas(target_m):
    level = time_at(4.0, FIVE)
    riegel = level * (target_m / FIVE) ** 1.06
    assert 0.93 < one({FIVE: level}, target_m, 35, "m", 60)[0] / riegel < 1.15


@pytest.mark.parametrize(
    ("bests", "target_m", "person", "named"),
    [
        ({FIVE: [600.0]}, HALF, {}, "600 s over 5000 m"),
        ({FIVE: [1200.0, 9000.0]}, HALF, {}, r"9000 s over 5000 m .*row 1"),
        ({FIVE: [-1.0]}, HALF, {}, "-1 s"),
        ({FIVE: [np.inf]}, HALF, {}, "inf s"),
        ({400.0: [80.0]}, HALF, {}, "best of 400 m is outside 800 m to 42195 m"),
        ({FIVE: [1200.0]}, 100_000.0, {}, "target of 100000 m is outside 800 m to 42195 m"),
        ({FIVE: [1200.0]}, 400.0, {}, "target of 400 m"),
        ({}, HALF, {}, "no best"),
        ({FIVE: [1200.0]}, HALF, {"age": [3.0]}, "age 3 "),
        ({FIVE: [1200.0]}, HALF, {"sex": ["x"]}, "'x'"),
        ({FIVE: [1200.0]}, HALF, {"sex": ["f", "m"]}, "2 values for 1 rows"),
        ({FIVE: [1200.0]}, HALF, {"weekly_km": [-5.0]}, "weekly distance in km -5"),
        ({FIVE: [[1200.0]]}, HALF, {}, "2 dimensions"),
    ],
)
def test_a_value_that_cannot_be_right_is_named(bests, target_m, person, named):
    with pytest.raises(ValueError, match=named):
        predict_times(bests, target_m, **person)


def test_the_model_answers_the_coach_as_it_answers_a_batch():
    model = RaceModel.load()
    answer = model.predict({400.0: 70.0, FIVE: 1170.0, 50000.0: 17000.0}, HALF, 40.0, "f", float("nan"))
    assert (answer.value, answer.low, answer.high) == one({FIVE: 1170.0}, HALF, 40, "f", None)
    assert model.model_hash in answer.source
    assert model.model_hash == hashlib.sha256(MODEL_FILE.read_bytes()).hexdigest()[:16]


def test_the_coach_gets_no_number_where_no_best_is_within_the_range():
    assert np.isnan(RaceModel.load().predict({400.0: 70.0}, HALF, 40.0, "", 50.0).value)


@pytest.mark.parametrize("content", [None, b"", b"not a model", MODEL_FILE.read_bytes()[:4000]])
def test_a_missing_or_broken_model_file_is_named_with_its_reason(content: bytes | None, tmp_path: Path):
    path = tmp_path / "race.onnx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"race\.onnx: .+"):
        RaceModel.load(path)


def test_the_model_file_is_small_and_says_where_it_comes_from():
    assert MODEL_FILE.stat().st_size <= 64 * 1024
    notes = RaceModel.load().notes
    assert {"data_sha256", "level", "opset", "runners", "seed"} <= set(notes)
    assert int(notes["opset"]) >= 17


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_any_pattern_of_known_values_gives_a_number(seed):
    random = np.random.default_rng(seed)
    count = 200
    bests = {d: time_at(4.0, d) * random.uniform(0.8, 1.3, count) for d in (FIVE, TEN, HALF)}
    bests = {d: np.where(random.random(count) < 0.5, np.nan, t) for d, t in bests.items()}
    age = np.where(random.random(count) < 0.5, np.nan, random.uniform(16, 75, count))
    week = np.where(random.random(count) < 0.5, np.nan, random.uniform(0, 180, count))
    sex = random.choice(np.array(["f", "m", None]), count).tolist()
    some = ~np.isnan(np.stack(list(bests.values()))).all(axis=0)
    for column in predict_times(bests, MARATHON, age, sex, week):
        assert np.isfinite(column[some]).all()
        assert np.isnan(column[~some]).all()
