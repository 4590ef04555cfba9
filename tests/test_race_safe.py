"""Laws of the marathon time on the safe side: its level is chosen on others, and it keeps few from a time too fast."""

from __future__ import annotations

import numpy as np
import pytest

from models.train.race_cv import PARTS, Split
from models.train.race_fit import KNOTS, fit
from models.train.race_runners import Runners, all_cases, folds
from models.train.race_safe import LEVELS, chosen, held_out_middle, shuffled_split, too_fast


def simulated(count: int, rng: np.random.Generator) -> Runners:
    level = 8.1 + rng.normal(0, 0.15, count)
    times = np.exp(level[:, None] + 1.1 * KNOTS + rng.normal(0, 0.03, (count, 4)))
    times[:, 3] *= np.exp(rng.exponential(0.08, count))
    person = rng.uniform(20, 60, count), rng.integers(0, 2, count) * 1.0, rng.uniform(20, 90, count)
    return Runners(np.arange(count) * 1.0, times, times, *person)


def split_of(runners: Runners) -> Split:
    rng = np.random.default_rng(0)
    cases = all_cases(runners)
    whole = cases.pick((cases.target == 3) & (cases.known.sum(axis=1) == 3))
    return Split(runners, whole, folds(len(runners), PARTS, rng))


def test_too_fast_is_more_than_ten_minutes():
    truth = np.array([10000.0, 10000.0, 10000.0, 10000.0])
    assert too_fast(np.array([9399.0, 9401.0, 10000.0, 12000.0]), truth) == 0.25


def test_the_lowest_level_that_serves_is_chosen():
    truth = np.full(100, 14400.0)
    told = np.log(np.linspace(12000.0, 15000.0, 100))
    shift = np.linspace(0.0, 0.2, len(LEVELS))
    level = chosen(told, truth, shift)
    assert too_fast(np.exp(told + shift[level]), truth) <= 0.17
    assert too_fast(np.exp(told + shift[level - 1]), truth) > 0.17
    assert chosen(told, truth, np.zeros(3)) == 2


def test_the_safe_time_is_later_and_too_fast_for_fewer():
    split = split_of(simulated(120, np.random.default_rng(2)))
    one = fit(split.runners, split.cases, rounds=3)
    safe = held_out_middle(split, {frozenset({fold}): one for fold in range(PARTS)}, 0.7)
    assert (safe.safe_s > safe.middle_s).all()
    assert too_fast(safe.safe_s, safe.truth_s) < too_fast(safe.middle_s, safe.truth_s)
    assert np.mean(safe.truth_s <= safe.safe_s) == pytest.approx(0.7, abs=0.12)


def test_shuffled_times_are_the_same_times_of_other_runners():
    split = split_of(simulated(60, np.random.default_rng(3)))
    mixed = shuffled_split(split, np.random.default_rng(4))
    assert not np.array_equal(mixed.runners.times_s, split.runners.times_s)
    np.testing.assert_array_equal(np.sort(mixed.runners.times_s, axis=0), np.sort(split.runners.times_s, axis=0))
