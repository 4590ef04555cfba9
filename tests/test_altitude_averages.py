"""Means over windows and cells, and the noise that is measured with them."""

from __future__ import annotations

import numpy as np
import pytest
from edge_truth import BAD, GOOD, POCKET, Sensor, hill_repeats, sensed
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.altitude import climb, noise_of
from edge.altitude.averages import Sums, averaged, cells
from edge.altitude.swings import agreed, swings_of


@given(st.integers(1, 60), st.integers(0, 12), st.integers(0, 100))
@settings(max_examples=60, deadline=None)
def test_a_mean_is_that_of_the_cells_there_are(count: int, around: int, seed: int) -> None:
    rows = np.random.default_rng(seed).normal(100.0, 5.0, (3, count))
    plain = [rows[:, max(i - around, 0) : i + around + 1].mean(axis=1) for i in range(count)]
    np.testing.assert_allclose(Sums(rows, around + 1).means(around), np.stack(plain, axis=1))


@given(st.integers(2, 80), st.floats(0.5, 9.0), st.integers(0, 100))
@settings(max_examples=60, deadline=None)
def test_cells_hold_the_mean_of_all(count: int, width_s: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    t_s, altitude_m = np.cumsum(rng.uniform(0.5, 9.0, count)), rng.normal(100.0, 5.0, count)
    cell_s, mean_m = cells(t_s, altitude_m, width_s)
    assert cell_s * len(mean_m) == pytest.approx(t_s[-1] - t_s[0])
    assert mean_m.mean() == pytest.approx(np.trapezoid(altitude_m, t_s) / (t_s[-1] - t_s[0]))


def test_an_average_keeps_an_even_slope() -> None:
    t_s = np.arange(300.0)
    np.testing.assert_allclose(averaged(t_s, 0.1 * t_s, 20.0)[15:-15], 0.1 * t_s[15:-15])


@pytest.mark.parametrize("sensor", [POCKET, BAD], ids=["pocket", "bad"])
def test_hills_are_not_taken_for_wander(sensor: Sensor) -> None:
    t_s, ground = hill_repeats()
    level, hills = (
        np.mean([noise_of(t_s, sensed(np.random.default_rng(s), t_s, x, sensor)).wander_m for s in range(8)])
        for x in (np.zeros(len(t_s)), ground)
    )
    assert 0.7 * level < hills < 1.35 * level


def test_many_recordings_are_averaged_as_each_alone() -> None:
    t_s, ground = hill_repeats(times=2)
    rows = np.stack([sensed(np.random.default_rng(s), t_s, ground, POCKET) for s in range(3)])
    noise = noise_of(t_s, rows[0])
    together, alone = agreed(rows, 1.0, noise, 1.2), [agreed(row, 1.0, noise, 1.2) for row in rows]
    np.testing.assert_allclose(together, np.stack(alone), atol=1e-9)


def test_waves_of_two_metres_count_where_the_sensor_can_tell_them() -> None:
    t_s = np.arange(3600.0)
    ground = 1.0 - np.cos(2.0 * np.pi * t_s / 120.0)
    told = [climb(t_s, sensed(np.random.default_rng(s), t_s, ground, GOOD)).ascent for s in range(6)]
    assert np.mean([e.low <= 60.0 <= e.high for e in told]) >= 0.8
    assert min(e.low for e in told) > 30.0


def test_what_averaging_wears_off_is_put_back() -> None:
    t_s, ground = hill_repeats()
    with_m, without_m = [], []
    for seed in range(6):
        heard = sensed(np.random.default_rng(seed), t_s, ground, BAD)
        told = swings_of(t_s, heard, noise_of(t_s, heard))
        assert told.worn_m[0] > 0.0
        with_m.append(told.sum_m[0] - 400.0)
        without_m.append(told.sum_m[0] - told.worn_m[0] - 400.0)
    assert abs(np.mean(with_m)) < abs(np.mean(without_m))


def test_gusts_make_the_interval_longer_downwards() -> None:
    t_s, ground = hill_repeats(times=4)
    calm = sensed(np.random.default_rng(2), t_s, ground, GOOD)
    windy = calm.copy()
    windy[50::100] += 6.0
    still, gusty = climb(t_s, calm).ascent, climb(t_s, windy).ascent
    assert gusty.value == pytest.approx(still.value, abs=3.0)
    assert gusty.value - gusty.low > still.value - still.low
