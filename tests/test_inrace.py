"""Laws of the in-race model: what it needs, what it may say, and that its fit finds the median."""

from __future__ import annotations

import gzip
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.inrace import HALF_KM, MARATHON_KM, SPLITS_KM, Weights, finish_s, form, linear, predict, shipped
from models.train.inrace_runners import Finishers, read, read_half_alone, riegel_s, years
from models.train.inrace_training import fit, held_out, quantile_weights, source_of


def splits_at(pace_s_km: float, fade: float = 0.0) -> dict[float, float]:
    """Return elapsed times at a pace that fades by a share of itself each km."""
    return {km: pace_s_km * km * (1.0 + 0.5 * fade * km) for km in SPLITS_KM[30.0]}


def half(splits_s: dict[float, float]) -> dict[float, float]:
    return {km: splits_s[km] for km in SPLITS_KM[HALF_KM]}


def simulated(point_km: float, count: int, rng: np.random.Generator) -> Finishers:
    """Runners who fade by their sex and first stretch, with a long slow tail of misses."""
    ends = np.array(SPLITS_KM[point_km])
    pace = rng.uniform(220.0, 420.0, count)
    start = rng.normal(0.0, 0.03, count)
    splits = pace[:, None] * ends * (1.0 + start[:, None] * (ends < 6.0))
    female = rng.integers(0, 2, count) * 1.0
    fade = np.exp(0.10 - 0.04 * female - 0.8 * start + rng.exponential(0.05, count))
    finish = splits[:, -1] * (1.0 + (MARATHON_KM / point_km - 1.0) * fade)
    return Finishers(point_km, splits, finish, rng.uniform(18.0, 70.0, count), female)


@pytest.mark.parametrize("pace_s_km", [185.0, 240.0, 315.0, 420.0, 520.0])
def test_an_even_runner_finishes_near_the_even_pace_and_a_little_later(pace_s_km: float):
    told = predict(splits_at(pace_s_km), 40.0, "m")
    assert 0.97 < told.value / (pace_s_km * MARATHON_KM) < 1.12
    assert told.low < told.value < told.high


def test_who_slows_down_is_told_a_later_finish_than_who_came_as_far_evenly():
    fading, even = splits_at(300.0, 0.004), splits_at(300.0)
    same = {km: seconds * fading[30.0] / even[30.0] for km, seconds in even.items()}
    assert predict(fading, 40.0, "f").value > predict(same, 40.0, "f").value


def test_thirty_kilometres_know_more_than_half_way():
    far, near = predict(splits_at(300.0), 40.0, "m"), predict(half(splits_at(300.0)), 40.0, "m")
    assert far.high - far.low < 0.7 * (near.high - near.low)
    assert "30 km" in far.source
    assert "21" in near.source


def test_without_all_splits_up_to_half_way_nothing_is_said():
    told = predict({5.0: 1500.0, HALF_KM: 6400.0})
    assert math.isnan(told.value)
    assert "not all known" in told.source


def test_age_and_sex_may_be_unknown():
    known = [predict(splits_at(300.0), 42.0, sex).value for sex in ("m", "f")]
    assert min(known) <= predict(splits_at(300.0)).value <= max(known)


@given(st.floats(220.0, 600.0), st.lists(st.floats(-0.3, 0.5), min_size=6, max_size=6), st.floats(16.0, 85.0))
@settings(max_examples=60, deadline=None)
def test_the_finish_is_after_the_last_split_and_inside_its_interval(pace: float, wobble: list[float], age: float):
    ends = np.array([0.0, *SPLITS_KM[30.0]])
    elapsed = np.cumsum(pace * np.diff(ends) * (1.0 + np.array(wobble)))
    told = predict(dict(zip(ends[1:].tolist(), elapsed.tolist(), strict=True)), age, "f")
    assert elapsed[-1] < told.low <= told.value <= told.high
    assert told.value < 3.0 * elapsed[-1]


@pytest.mark.parametrize(
    ("splits_s", "age", "sex", "words"),
    [
        ({5.0: 600.0}, 40.0, "m", "5 km"),
        ({5.0: 1500.0, 10.0: 1400.0}, 40.0, "m", "10 km"),
        ({5.0: 1500.0, 10.0: 30000.0}, 40.0, "m", "10 km"),
        ({}, 200.0, "m", "age 200"),
        ({}, 40.0, "x", "sex 'x'"),
    ],
)
def test_what_cannot_be_is_refused_by_name(splits_s: dict[float, float], age: float, sex: str, words: str):
    with pytest.raises(ValueError, match=words):
        predict(splits_s, age, sex)


def test_quantile_weights_hold_their_share_below():
    rng = np.random.default_rng(1)
    terms = np.stack([np.ones(4000), rng.normal(size=4000)], axis=1)
    truth = 0.3 + 0.5 * terms[:, 1] + rng.exponential(0.2, 4000)
    for level in (0.1, 0.5, 0.9):
        found = quantile_weights(terms, truth, np.ones(4000), level)
        assert np.mean(truth < terms @ found) == pytest.approx(level, abs=0.01)
        assert found[1] == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("point_km", list(SPLITS_KM))
def test_the_fit_beats_riegel_on_runners_it_never_saw_and_its_interval_holds(point_km: float):
    finishers = simulated(point_km, 2000, np.random.default_rng(2))
    found = held_out(finishers, parts=2)
    ours, riegel = (np.abs(one - finishers.finish_s).mean() for one in (found[:, 0], riegel_s(finishers)))
    assert ours < 0.8 * riegel
    assert 0.86 < np.mean((finishers.finish_s >= found[:, 1]) & (finishers.finish_s <= found[:, 2])) < 0.94


def test_the_same_finishers_give_the_same_source():
    finishers = simulated(HALF_KM, 1200, np.random.default_rng(3))
    assert source_of([(HALF_KM, 1200, fit(finishers))]) == source_of([(HALF_KM, 1200, fit(finishers))])


def test_too_few_finishers_are_refused():
    with pytest.raises(ValueError, match="too few"):
        fit(simulated(HALF_KM, 100, np.random.default_rng(4)))


def test_no_weights_say_the_pace_so_far():
    splits = np.array([[1500.0, 3000.0, 6000.0, 300.0 * HALF_KM]])
    terms = linear(HALF_KM, splits, np.array([math.nan]), np.array([math.nan]))
    assert form(terms).shape == (1, 8 + 28 + 5)
    none = Weights(*np.zeros((3, 41)))
    told = finish_s(none, HALF_KM, splits, np.array([40.0]), np.array([1.0]))
    np.testing.assert_allclose(told, 300.0 * MARATHON_KM)


@pytest.mark.real
def test_the_bundled_weights_miss_their_own_year_by_far_less_than_riegel(data_folder: Path):
    if 2014 not in years(data_folder):
        pytest.skip("no results of Boston 2014 here")
    finishers = read(data_folder, 30.0)
    told = finish_s(shipped(30.0), 30.0, finishers.splits_s, finishers.age, finishers.female)[:, 0]
    ours, riegel = (np.abs(one - finishers.finish_s).mean() for one in (told, riegel_s(finishers)))
    assert ours < 0.65 * riegel


def test_the_results_are_read_by_what_was_known_at_the_point(tmp_path: Path):
    boston, loch = tmp_path / "race_results/boston_marathon", tmp_path / "race_results/lochness_marathon"
    boston.mkdir(parents=True)
    loch.mkdir(parents=True)
    rows = [
        "5k,10k,20k,half,25k,30k,official,age,gender",
        "25.0,50.0,100.0,105.5,125.0,150.0,215.0,40,F",
        "25.0,50.0,100.0,105.5,-,-,230.0,,M",
        "8.0,17.0,38.0,40.0,47.0,59.0,85.0,40,M",
        "25.0,,100.0,105.5,125.0,150.0,215.0,40,F",
    ]
    (boston / "boston_2014_no_names.csv.gz").write_bytes(gzip.compress("\n".join(rows).encode()))
    (boston / "boston_2012_no_names.csv.gz").write_bytes(gzip.compress(b"official,age,gender\n200.0,40,F"))
    assert years(tmp_path) == [2014]
    half_way, far = (read(tmp_path, km) for km in SPLITS_KM)
    assert half_way.finish_s.tolist() == [215.0 * 60.0, 230.0 * 60.0]
    assert half_way.female.tolist() == [1.0, 0.0]
    assert np.isnan(half_way.age[1])
    assert far.splits_s.tolist() == [[1500.0, 3000.0, 6000.0, 6330.0, 7500.0, 9000.0]]
    timed = ["halftime,chiptime", *["01:45:00,03:40:00"] * 120, ",04:00:00", "00:10:00,04:00:00"]
    (loch / "lochness_2015_no_names.csv.gz").write_bytes(gzip.compress("\n".join(timed).encode()))
    (loch / "lochness_2012_no_names.csv.gz").write_bytes(gzip.compress(b"halftime,chiptime\n,04:00:00"))
    found = read_half_alone(tmp_path)
    assert list(found) == [2015]
    assert len(found[2015]) == 120
    assert found[2015].splits_s[0, -1] == 6300.0
