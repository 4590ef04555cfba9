"""Laws of the race model's training: the graph is the formula, and the same data gives the same file."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import numpy as np
import pytest

from models.race import MODEL_FILE, SAFE_SIDE, SLOW_SIDE, RaceModel
from models.train import race_baselines as baselines
from models.train.__main__ import main
from models.train.race_cv import Predictions
from models.train.race_fit import FEATURES, KNOTS, Parameters, Question, fit, hats, raw_features
from models.train.race_graph import build
from models.train.race_interval import SCALE_FEATURES, Interval, Misses, bounds, calibrate, weighted_quantile
from models.train.race_runners import FILE_NAME, KNOTS_M, Cases, Runners, all_cases, folds, read, widest
from models.train.race_scores import coverage, formula_times, nearest_best, score
from models.train.race_training import significant

DISTANCES_M = np.array([800.0, 1609.344, 4000.0, 7000.0, 12000.0, 30000.0, 42195.0])


def some_parameters(generator: np.random.Generator) -> Parameters:
    return Parameters(
        mean=np.array([7.12, 7.87, 8.68, 9.48]) + generator.normal(0, 0.02, 4),
        level=generator.normal(0, 0.1, FEATURES),
        slope=generator.normal(0, 0.01, FEATURES),
        wall=generator.normal(0, 0.02, FEATURES),
        prior=np.array([-2.3, 0.05, -4.0]),
        noise=generator.normal(-3.3, 0.2, 4),
        centre=generator.normal(0, 0.3, FEATURES),
        spread=generator.uniform(0, 0.01, 3),
    )


def some_interval(generator: np.random.Generator) -> Interval:
    return Interval(
        shift=generator.normal(0, 0.01, 4),
        low=-generator.uniform(1.5, 2.5, (2, 4)),
        high=generator.uniform(1.5, 2.5, (2, 4)),
        scale=generator.normal(0, 0.2, SCALE_FEATURES),
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("target_m", [800.0, 3000.0, 5000.0, 9000.0, 15000.0, 25000.0, 42195.0])
def test_the_graph_gives_what_the_formula_gives(seed: int, target_m: float):
    generator, count = np.random.default_rng(seed), 100
    parameters, interval = some_parameters(generator), some_interval(generator)
    known = generator.random((count, len(DISTANCES_M))) < 0.5
    known[:, 0] |= ~known.any(axis=1)
    level = generator.uniform(2.5, 4.5, (count, 1))
    times = 10000.0 / level * (DISTANCES_M / 10000.0) ** 1.07 * generator.uniform(0.9, 1.1, (count, 7))
    person = [generator.uniform(16, 75, count), generator.integers(0, 2, count) * 1.0, generator.uniform(0, 150, count)]
    for column in person:
        column[generator.random(count) < 0.3] = np.nan
    question = Question(
        log_time=np.where(known, np.log(times), 0.0),
        log_distance=np.log(DISTANCES_M / 10000.0),
        known=known,
        target=np.full(count, np.log(target_m / 10000.0)),
        features=raw_features(*person),
        unknown=np.isnan(np.stack(person, axis=1)).astype(float),
    )
    wanted = np.exp(np.stack(bounds(parameters, interval, question)))
    bests = {float(d): np.where(known[:, k], times[:, k], np.nan) for k, d in enumerate(DISTANCES_M)}
    sexes = [{1.0: "f", 0.0: "m"}.get(s) for s in person[1]]
    found = RaceModel(build(parameters, interval, {})).predict_times(bests, target_m, person[0], sexes, person[2])
    np.testing.assert_allclose(np.stack(found), wanted, rtol=0, atol=0.05001)


def test_the_same_parameters_give_the_same_bytes():
    made = {
        build(some_parameters(g), some_interval(g), {"a": "1", "b": "2"}) for g in map(np.random.default_rng, (5, 5))
    }
    assert len(made) == 1


def test_the_last_bits_of_another_machine_do_not_reach_the_file():
    parameters, interval = some_parameters(np.random.default_rng(6)), some_interval(np.random.default_rng(6))
    names = [field.name for field in dataclasses.fields(Parameters)]
    nudged = Parameters(**{name: np.nextafter(getattr(parameters, name), np.inf) for name in names})
    assert build(nudged, interval, {}) == build(parameters, interval, {})


def test_the_marathon_is_published_on_the_safe_side_and_shorter_races_as_before():
    rng = np.random.default_rng(7)
    count = 4000
    knot = np.arange(count) % 4
    miss = rng.normal(0.0, 0.05, count)
    seen = Misses(
        features=np.zeros((count, SCALE_FEATURES)),
        base=np.full(count, np.log(0.05)),
        hat=np.eye(4)[knot],
        miss=miss,
        weight=np.ones(count),
        several=rng.integers(0, 2, count),
        plain=np.ones(count, dtype=bool),
    )
    found = calibrate(seen)
    shares = [float(np.mean(miss[knot == k] <= found.shift[k])) for k in range(4)]
    np.testing.assert_allclose(shares, [SLOW_SIDE, SLOW_SIDE, SLOW_SIDE, SAFE_SIDE], atol=0.002)
    for many in (0, 1):
        rows = seen.several == many
        scale = 0.05 * np.exp(seen.features @ found.scale)
        low, high = (found.shift[knot] + scale * table[many][knot] for table in (found.low, found.high))
        assert np.mean((miss >= low)[rows] & (miss <= high)[rows]) == pytest.approx(0.90, abs=0.01)


def simulated(count: int, generator: np.random.Generator) -> Runners:
    """People whose law is known: level by sex and volume, an exponent of 1.1 and noise of 3 %."""
    female, weekly_km = generator.integers(0, 2, count) * 1.0, generator.uniform(10, 120, count)
    level = 8.0 + 0.15 * female - 0.25 * np.log((weekly_km + 16) / 64) + generator.normal(0, 0.12, count)
    times = np.exp(level[:, None] + 1.1 * KNOTS + generator.normal(0, 0.03, (count, 4)))
    times[generator.random((count, 4)) < 0.4] = np.nan
    age = generator.uniform(18, 65, count)
    return Runners(np.arange(count) * 1.0, times, times, age, female, weekly_km)


def test_the_fit_finds_the_law_that_made_the_runners():
    runners = simulated(700, np.random.default_rng(1))
    found = fit(runners, all_cases(runners))
    np.testing.assert_allclose(np.diff(found.mean) / np.diff(KNOTS), 1.1, atol=0.02)
    assert found.level[0] == pytest.approx(0.15, abs=0.04)
    assert found.level[3] == pytest.approx(-0.25, abs=0.06)
    assert np.abs(found.wall).max() < 0.06


def test_every_task_hides_its_target_and_every_runner_counts_whole_in_one_fold():
    runners = simulated(60, np.random.default_rng(2))
    cases = all_cases(runners)
    assert not cases.known[np.arange(len(cases)), cases.target].any()
    assert cases.known.any(axis=1).all()
    whole = widest(cases, runners)
    assert len(np.unique(cases.runner[whole] * 4 + cases.target[whole])) == whole.sum()
    fold = folds(60, 10, np.random.default_rng(3))
    assert np.bincount(fold).tolist() == [6] * 10


def test_straight_lines_between_the_knots_and_beyond():
    np.testing.assert_allclose(hats(np.array([-3.0, -0.2, 0.5, 1.4])) @ KNOTS, [-3.0, -0.2, 0.5, 1.4])
    np.testing.assert_allclose(hats(KNOTS), np.eye(4), atol=1e-12)


@pytest.mark.parametrize(
    ("formula", "ratio"),
    [("Riegel", 2.0849), ("Cameron", 2 * 13.17521 / 12.40005)],
)
def test_the_formulas_give_their_ratio_from_half_to_whole_marathon(formula: str, ratio: float):
    half, marathon = np.array([21097.5]), np.array([42195.0])
    found = baselines.FORMULAS[formula](half, np.array([6000.0]), marathon)
    assert found[0] / 6000.0 == pytest.approx(ratio, rel=1e-4)


@pytest.mark.parametrize(("target_m", "time_s"), [(10000.0, 2481.0), (21097.5, 5495.0), (42195.0, 11449.0)])
def test_vdot_50_gives_the_times_of_daniels_table(target_m: float, time_s: float):
    found = baselines.vdot(np.array([5000.0]), np.array([1197.0]), np.array([target_m]))
    assert found[0] == pytest.approx(time_s, rel=0.001)


def test_vdot_of_a_twenty_minute_five_kilometres_is_49_8():
    assert baselines.vdot_of(np.array([5000.0]), np.array([1200.0]))[0] == pytest.approx(49.8, abs=0.05)


def test_a_formula_starts_from_the_nearest_best():
    runners = Runners(
        *(np.zeros(1),), np.array([[1200.0, 2500.0, 5600.0, 12000.0]]), *(np.zeros((1, 4)),), *[np.zeros(1)] * 3
    )
    cases = Cases(
        np.zeros(2, int), np.array([3, 0]), np.array([[True, True, False, False], [False, False, True, True]])
    )
    assert nearest_best(cases).tolist() == [1, 2]
    assert formula_times(runners, cases)["Riegel"][0] == pytest.approx(2500.0 * 4.2195**1.06)


def test_errors_and_coverage_are_counted_as_they_are_named():
    truth = np.array([1000.0, 2000.0, 3000.0, 4000.0])
    found = score(truth + np.array([60.0, -660.0, 0.0, 120.0]), truth)
    assert (found.mae_min, found.too_fast, found.bias_min) == (3.5, 0.25, -2.0)
    runners = Runners(np.zeros(4), np.stack([truth] * 4, axis=1), np.zeros((4, 4)), *[np.zeros(4)] * 3)
    cases = Cases(np.arange(4), np.zeros(4, int), np.ones((4, 4), bool))
    inside = coverage(runners, Predictions(cases, truth, truth - [1, 1, 1, -1], truth + 59.0), np.ones(4, bool))
    assert inside.share == 0.75
    assert inside.width_min == pytest.approx((3 * 60 + 58) / 240)


def test_conformal_quantiles_leave_room_for_the_next_one():
    values, weight = np.arange(1.0, 100.0), np.ones(99)
    assert weighted_quantile(values, weight, 0.95) == 95.0
    assert weighted_quantile(values, weight, 0.05) == 5.0
    assert weighted_quantile(values[:5], weight[:5], 0.95) == 5.0


def test_rounding_keeps_seven_significant_digits():
    assert significant(np.array([0.0, 1234.56789, -1.23456789e-5])).tolist() == [0.0, 1234.568, -1.234568e-5]


def test_training_without_the_data_says_where_it_looked(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["race", "--data", str(tmp_path), "--out", str(tmp_path / "race.onnx")]) == 1
    assert FILE_NAME in capsys.readouterr().err
    assert not (tmp_path / "race.onnx").exists()


@pytest.mark.real
def test_the_bundled_model_was_trained_on_this_survey_file(data_folder: Path):
    if not (data_folder / FILE_NAME).exists():
        pytest.skip(f"no {FILE_NAME} here")
    notes = RaceModel.load().notes
    assert notes["data_sha256"] == hashlib.sha256((data_folder / FILE_NAME).read_bytes()).hexdigest()
    assert int(notes["runners"]) == len(read(data_folder))


@pytest.mark.real
def test_the_fit_to_the_survey_is_the_same_twice(data_folder: Path):
    if not (data_folder / FILE_NAME).exists():
        pytest.skip(f"no {FILE_NAME} here")
    runners = read(data_folder)
    cases = all_cases(runners)
    some = cases.pick(cases.runner < 400)
    first, again = (fit(runners, some, rounds=4) for _ in range(2))
    interval = some_interval(np.random.default_rng(0))
    assert build(first, interval, {}) == build(again, interval, {})


@pytest.mark.real
def test_a_faster_best_gives_no_runner_of_the_survey_a_slower_prediction(data_folder: Path):
    if not (data_folder / FILE_NAME).exists():
        pytest.skip(f"no {FILE_NAME} here")
    runners, model = read(data_folder), RaceModel.load()
    sexes = ["f" if f else "m" for f in runners.female]
    for target in range(4):
        others = np.arange(4) != target
        bests = {float(d): runners.times_s[:, k] for k, d in enumerate(KNOTS_M) if others[k]}
        plain = model.predict_times(bests, KNOTS_M[target], runners.age, sexes, runners.weekly_km)[0]
        for distance in bests:
            faster = bests | {distance: 0.96 * bests[distance]}
            moved = model.predict_times(faster, KNOTS_M[target], runners.age, sexes, runners.weekly_km)[0]
            assert np.nanmax(moved / plain) <= 1.0005


def test_the_card_is_of_the_bundled_model():
    card = MODEL_FILE.with_name("CARD.md").read_text()
    assert hashlib.sha256(MODEL_FILE.read_bytes()).hexdigest() in card
