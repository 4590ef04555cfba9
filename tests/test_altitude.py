"""Climbing: what the terrain gave and not the sensor."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from edge_truth import BAD, GOOD, NAN, POCKET, Sensor, fixes, hill_repeats, recordings, sensed
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from edge.altitude import altitude_rows, climb, noise_of, standard_altitude_m, turning_rows
from edge.samples import Altitude, Pressure

SENSORS = {"good": GOOD, "pocket": POCKET, "bad": BAD}
SEEDS = range(8)
sensors = pytest.mark.parametrize("sensor", SENSORS.values(), ids=SENSORS)


def ascents(t_s: np.ndarray, altitude_m: np.ndarray, sensor: Sensor, quantum_m: float = 0.0) -> np.ndarray:
    told = []
    for seed in SEEDS:
        heard = sensed(np.random.default_rng(seed), t_s, altitude_m, sensor)
        heard = np.round(heard / quantum_m) * quantum_m if quantum_m else heard
        told.append(climb(t_s, heard).ascent.value)
    return np.array(told)


@sensors
@pytest.mark.parametrize("leg_s", [110.0, 133.0, 200.0])
def test_ten_repeats_of_a_40_m_hill_climb_400_m(sensor: Sensor, leg_s: float) -> None:
    told = ascents(*hill_repeats(leg_s=leg_s), sensor)
    assert np.median(np.abs(told / 400.0 - 1.0)) < 0.10
    assert np.mean(np.abs(told / 400.0 - 1.0) < 0.10) >= 0.75, told


@sensors
def test_ten_repeats_of_a_rounded_hill_climb_400_m(sensor: Sensor) -> None:
    t_s = np.arange(2661.0)
    told = ascents(t_s, 20.0 * (1.0 - np.cos(np.pi * t_s / 133.0)), sensor)
    assert np.all(np.abs(told / 400.0 - 1.0) < 0.10), told


@sensors
def test_ten_flat_kilometres_climb_less_than_10_m(sensor: Sensor) -> None:
    t_s = np.arange(3333.0)
    told = ascents(t_s, np.full(len(t_s), 100.0), sensor)
    assert np.median(told) < 10.0
    assert np.mean(told < 10.0) >= 0.85, told


@pytest.mark.parametrize("quantum_m", [0.2, 1.0, 5.0])
def test_altitudes_given_in_steps_climb_the_same(quantum_m: float) -> None:
    flat = ascents(np.arange(3333.0), np.full(3333, 100.0), GOOD, quantum_m)
    hills = ascents(*hill_repeats(), GOOD, quantum_m)
    assert np.all(flat < 10.0)
    assert np.all(np.abs(hills / 400.0 - 1.0) < 0.10)


@sensors
def test_a_fixed_threshold_serves_no_two_sensors(sensor: Sensor) -> None:
    """The control: without the measured noise, 1 m lets noise climb and 20 m eats a rolling course."""
    t_s = np.arange(3601.0)
    rolling = sensed(np.random.default_rng(1), t_s, 10.0 * (1.0 - np.cos(2.0 * np.pi * t_s / 257.0)), sensor)
    flat = sensed(np.random.default_rng(2), t_s, np.zeros(len(t_s)), sensor)
    fine, coarse = (np.diff(x[turning_rows(x, m)]).clip(0.0).sum() for x, m in ((flat, 1.0), (rolling, 20.5)))
    assert fine > 30.0 or coarse < 200.0


@pytest.mark.parametrize("sensor", [GOOD, POCKET], ids=["good", "pocket"])
def test_rolling_ground_of_20_m_waves_climbs_280_m(sensor: Sensor) -> None:
    t_s = np.arange(3599.0)
    told = ascents(t_s, 10.0 * (1.0 - np.cos(2.0 * np.pi * t_s / 257.0)), sensor)
    assert np.all(np.abs(told / 280.0 - 1.0) < 0.10), told


@sensors
def test_the_noise_is_found_within_a_factor_of_two_on_the_flat(sensor: Sensor) -> None:
    t_s = np.arange(3333.0)
    for seed in SEEDS:
        noise = noise_of(t_s, sensed(np.random.default_rng(seed), t_s, np.zeros(len(t_s)), sensor))
        assert noise.scatter_m == pytest.approx(sensor.white_m, rel=0.5)
        assert 0.5 * sensor.wander_m < noise.wander_m < 2.2 * sensor.wander_m


def test_the_interval_holds_the_truth_nine_times_in_ten() -> None:
    held = []
    for sensor in SENSORS.values():
        for truth, (t_s, altitude_m) in ((400.0, hill_repeats()), (0.0, (np.arange(3333.0), np.zeros(3333)))):
            for seed in SEEDS:
                ascent = climb(t_s, sensed(np.random.default_rng(seed), t_s, altitude_m, sensor)).ascent
                held.append(ascent.low - 0.5 <= truth <= ascent.high)
    assert np.mean(held) >= 0.88


walks = arrays(np.float64, st.integers(3, 120), elements=st.floats(-80.0, 80.0, width=32))


@given(walks, st.floats(0.5, 60.0))
@settings(max_examples=120, deadline=None)
def test_swings_alternate_reach_the_threshold_and_are_the_same_backwards(
    altitude_m: np.ndarray, limit_m: float
) -> None:
    swings = np.diff(altitude_m[turning_rows(altitude_m, limit_m)])
    backwards = np.diff(altitude_m[::-1][turning_rows(altitude_m[::-1], limit_m)])
    assert np.all(np.abs(swings) >= limit_m)
    assert np.all(swings[1:] * swings[:-1] < 0.0)
    np.testing.assert_allclose(np.sort(np.abs(swings)), np.sort(np.abs(backwards)))


@given(walks, st.floats(0.1, 3.0), st.floats(-200.0, 200.0))
@settings(max_examples=60, deadline=None)
def test_swings_scale_with_the_terrain_and_ignore_where_zero_is(
    altitude_m: np.ndarray, times: float, up_m: float
) -> None:
    swings = np.diff(altitude_m[turning_rows(altitude_m, 10.0)])
    scaled = altitude_m * times
    np.testing.assert_allclose(
        np.diff(scaled[turning_rows(scaled, 10.0 * times)]).sum(), swings.sum() * times, atol=1e-3
    )
    assert len(turning_rows(np.round(altitude_m) + np.round(up_m), 10.5)) == len(
        turning_rows(np.round(altitude_m), 10.5)
    )


def test_up_forwards_is_down_backwards() -> None:
    t_s, altitude_m = hill_repeats(times=4)
    heard = sensed(np.random.default_rng(3), t_s, altitude_m + t_s / 50.0, POCKET)
    forth, back = climb(t_s, heard), climb(t_s, heard[::-1])
    assert forth.ascent.value == pytest.approx(back.descent.value, rel=0.02)
    assert forth.ascent.value - forth.descent.value == pytest.approx(1064.0 / 50.0, abs=8.0)


def test_pressure_of_the_standard_atmosphere() -> None:
    """ICAO Doc 7488, table: pressure in Pa at geopotential altitude in m."""
    table = {0.0: 101325.0, 1000.0: 89874.6, 2000.0: 79495.2, 5000.0: 54019.9, 8000.0: 35599.8}
    told = standard_altitude_m(np.array(list(table.values())))
    np.testing.assert_allclose(told, list(table), atol=1.0)
    assert np.isnan(standard_altitude_m(np.array([0.0, -5.0, NAN]))).all()


def test_pressure_is_set_right_by_the_fixes() -> None:
    t_s = np.arange(600.0)
    pressure = Pressure(t_s, np.full(600, 99_000.0), np.full(600, 20.0))
    fix = fixes(t_s, 3.0 * t_s, 0.0 * t_s)
    high = type(fix)(
        *(getattr(fix, n) for n in ("t_s", "latitude_deg", "longitude_deg")),
        np.full(600, 512.0),
        fix.speed_m_s,
        fix.accuracy_m,
    )
    assert altitude_rows((pressure, high))[1] == pytest.approx(512.0)
    assert altitude_rows((pressure,))[1] == pytest.approx(196.0, abs=1.0)


def test_spikes_missing_stretches_and_impossible_altitudes_climb_nothing() -> None:
    t_s = np.arange(3000.0)
    heard = 250.0 + np.random.default_rng(4).normal(0.0, 0.2, 3000)
    heard[[500, 1500]] = 45_000.0
    heard[900] += 80.0
    heard[2000:2300] = NAN
    told = climb(*altitude_rows((Altitude(t_s, heard),)))
    assert told.ascent.value < 5.0
    assert told.altitude_max_m < 260.0


def test_no_altitude_is_unknown_and_two_rows_are_enough() -> None:
    assert np.isnan(climb(np.empty(0), np.empty(0)).ascent.value)
    told = climb(np.array([0.0, 600.0]), np.array([100.0, 180.0]))
    assert told.ascent.value == pytest.approx(80.0, abs=5.0)


@pytest.mark.real
def test_climbs_agree_with_the_devices_own_on_real_runs(data_folder: Path) -> None:
    ratios = [
        climb(*altitude_rows(r.samples)).ascent.value / r.stated.ascent_m
        for r in recordings(data_folder, "irvingbennett", "2018-", "elevate")
        if r.stated.ascent_m > 50.0
    ]
    told = np.array(ratios)[np.isfinite(ratios)]
    assert len(told) >= max(10, 0.9 * len(ratios))
    assert 0.9 < np.median(told) < 1.1
    assert np.mean(np.abs(told - 1.0) < 0.3) > 0.8
