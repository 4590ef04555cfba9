"""Pressure, satellites, places and motion in one height; gusts, slams and rides are not climbed."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import numpy as np
import pytest
from edge_truth import BAD, GOOD, NAN, POCKET, fixes, hill_repeats, sensed, wander
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.altitude import climb, noise_of
from edge.altitude.fusion import fuse, shaken_spm
from edge.altitude.gusts import calmed
from edge.altitude.noise import likenesses
from edge.altitude.swings import found_ground, staircase, swings_of, turning_rows, ups_and_downs
from edge.altitude.weather import temperature_scale
from edge.samples import Column, Fix, Inertial, Pressure, Samples, Stride


def air_pa(altitude_m: Column, warm_k: float = 0.0, sea_level_pa: float = 101_325.0) -> Column:
    """Return the pressure (n,) in Pa at altitudes in m in air that is warmer than the standard's by so many K.

    The hypsometric equation integrated for a lapse of 6.5 K/km (ICAO Doc 7488, section 2).
    """
    sea_k = 288.15 + warm_k
    return np.asarray(sea_level_pa * (1.0 - 0.0065 * altitude_m / sea_k) ** 5.25588)


def fix_at(t_s: Column, altitude_m: Column, north_m: Column | None = None) -> Fix:
    there = fixes(t_s, np.zeros(len(t_s)), 3.0 * t_s if north_m is None else north_m)
    return dataclasses.replace(there, altitude_m=altitude_m)


def pressure(t_s: Column, pressure_pa: Column) -> Pressure:
    return Pressure(t_s, pressure_pa, np.full(len(t_s), NAN))


def test_the_scale_of_warm_air_is_found_by_the_satellites_and_by_the_temperature() -> None:
    t_s = np.arange(7200.0)
    ground = 600.0 + 300.0 * np.sin(t_s / 900.0)
    rng = np.random.default_rng(0)
    air = pressure(t_s, air_pa(ground + rng.normal(0.0, 0.2, len(t_s)), 25.0))
    sky = fix_at(t_s, ground + 20.0 + wander(rng, len(t_s), 1.0, 4.0, 90.0))
    truth = 1.0 + 25.0 / 288.15
    by_sky, by_heat, blind = fuse((air, sky)), fuse((air,), 288.15 + 25.0 - 0.0065 * 600.0 - 273.15), fuse((air,))
    for told in (by_sky, by_heat):
        assert told.weather is not None
        assert told.weather.scale.value == pytest.approx(truth, abs=0.015)
        assert told.climb.ascent.value == pytest.approx(np.diff(ground).clip(0.0).sum(), rel=0.02)
    assert blind.weather is not None
    assert blind.weather.scale.value == pytest.approx(1.0)
    assert blind.weather.scale.low < truth - 0.02 and blind.weather.scale.high > 1.05


def test_a_front_that_passes_is_no_descent() -> None:
    """Weather of 200 Pa in two hours, 17 m, is seen by the satellites and by the same lap run again."""
    t_s = np.arange(7200.0)
    ground = 200.0 + 10.0 * np.sin(2.0 * np.pi * t_s / 600.0)
    rng = np.random.default_rng(1)
    heard = air_pa(ground + rng.normal(0.0, 0.2, len(t_s))) + 200.0 * t_s / 7200.0
    lap = 2.0 * np.pi * t_s / 600.0
    place = fixes(t_s, 300.0 * np.cos(lap), 300.0 * np.sin(lap))
    told = fuse((pressure(t_s, heard), place))
    alone = fuse((pressure(t_s, heard),))
    off, alone_off = (np.polyfit(x.t_s, x.altitude_m - ground[x.t_s.astype(int)], 1)[0] * 7200.0 for x in (told, alone))
    assert abs(off) < 3.0 < 12.0 < abs(alone_off)


def test_gusts_and_slams_climb_nothing() -> None:
    t_s = np.arange(3333.0)
    rng = np.random.default_rng(2)
    heard = sensed(rng, t_s, np.full(len(t_s), 100.0), GOOD)
    for start, length in zip(rng.integers(10, 3300, 25), rng.integers(1, 8, 25), strict=True):
        heard[start : start + length] += rng.choice([-4.0, 4.0])
    heard[1000:] += 5.0
    assert climb(t_s, heard).ascent.value < 10.0
    dense_s = np.arange(0.0, 600.0, 0.04)
    slam = 100.0 + rng.normal(0.0, 0.3, len(dense_s))
    slam[(dense_s % 60.0) < 0.3] += 15.0
    assert climb(dense_s, slam).ascent.value < 2.0


def test_a_lift_after_the_run_is_not_climbed() -> None:
    t_s, ground = hill_repeats(times=2)
    lift_s = t_s[-1] + np.arange(1.0, 61.0)
    lift_m = ground[-1] + np.clip((lift_s - t_s[-1] - 20.0) * 1.5, 0.0, 30.0)
    all_s, all_m = np.concatenate([t_s, lift_s]), np.concatenate([ground, lift_m])
    running = all_s <= t_s[-1]
    steps = Stride(all_s, np.where(running, 165.0, 0.0), np.where(running, 3.0, 0.0), 0.0 * all_s)
    heard = air_pa(sensed(np.random.default_rng(3), all_s, all_m, GOOD))
    told = fuse((pressure(all_s, heard), steps))
    assert [r.label for r in told.rides] == ["lift"]
    assert told.climb.ascent.value == pytest.approx(80.0, abs=5.0)
    assert climb(told.t_s, told.altitude_m).ascent.value == pytest.approx(110.0, abs=6.0)


def test_an_accelerometer_tells_steps_where_no_stride_sensor_is() -> None:
    t_s = np.arange(0.0, 60.0, 0.02)
    shake = np.where(t_s < 30.0, 5.0 * np.sin(2.0 * np.pi * 2.7 * t_s), 0.0)
    accel = np.column_stack([0.0 * t_s, 0.0 * t_s, 9.81 + shake])
    when_s, steps = shaken_spm(Inertial(t_s, accel, 0.0 * accel))
    assert np.all(steps[when_s < 29.0] > 60.0) and np.all(steps[when_s > 31.0] == 0.0)


def test_a_hopeless_sensor_says_so_instead_of_a_number() -> None:
    t_s = np.arange(3600.0)
    ground = 6.0 * (1.0 - np.cos(2.0 * np.pi * t_s / 150.0))
    rng = np.random.default_rng(4)
    heard = ground + rng.normal(0.0, 2.0, 3600) + wander(rng, 3600, 1.0, 2.5, 40.0)
    told = climb(t_s, heard)
    assert told.unusable.startswith("unusable: noise of")
    assert np.isnan(told.ascent.value) and told.ascent.high > told.ascent.low


@pytest.mark.parametrize("sensor", [GOOD, POCKET, BAD], ids=["good", "pocket", "bad"])
def test_taking_off_what_noise_adds_brings_the_ascent_nearer(sensor: object) -> None:
    """The control: hills with flat stretches between, where the extremes of noise count as ground."""
    t_s = np.arange(3600.0)
    ground = 15.0 * np.clip(1.5 * np.sin(2.0 * np.pi * t_s / 600.0), -1.0, 1.0)
    true, with_m, without_m = np.diff(ground).clip(0.0).sum(), [], []
    for seed in range(6):
        heard = sensed(np.random.default_rng(seed), t_s, ground, sensor)  # type: ignore[arg-type]
        told = swings_of(t_s, heard, noise_of(t_s, heard))
        with_m.append(told.sum_m[0] - true)
        without_m.append(told.sum_m[0] + told.added_m[0] - true)
    assert abs(np.mean(with_m)) < max(abs(np.mean(without_m)), 0.03 * true)


@given(st.integers(0, 50), st.floats(0.5, 4.0))
@settings(max_examples=15, deadline=None)
def test_a_staircase_has_the_swings_of_its_turning_points_and_no_others(seed: int, limit_m: float) -> None:
    altitude_m = np.cumsum(np.random.default_rng(seed).normal(0.0, 1.0, 200))
    turning = turning_rows(altitude_m, limit_m)
    if len(turning) > 1:
        level = staircase(altitude_m, turning)
        total = ups_and_downs(level)
        np.testing.assert_allclose(ups_and_downs(altitude_m[turning]), total)
        assert np.sum(np.abs(np.diff(level))) == pytest.approx(total.sum())


@given(st.integers(0, 30), st.floats(-300.0, 3000.0), st.floats(0.0, 1e6))
@settings(max_examples=10, deadline=None)
def test_where_zero_is_and_when_it_began_change_no_ascent(seed: int, up_m: float, later_s: float) -> None:
    t_s, ground = hill_repeats(times=2)
    heard = sensed(np.random.default_rng(seed), t_s, ground, POCKET)
    here, there = climb(t_s, heard).ascent.value, climb(t_s + round(later_s), heard + up_m).ascent.value
    assert here == pytest.approx(there, abs=1e-3, nan_ok=True)


def test_likenesses_have_the_noise_they_are_asked_for_and_never_change() -> None:
    t_s = np.arange(4000.0)
    noise = noise_of(t_s, sensed(np.random.default_rng(5), t_s, np.zeros(4000), POCKET))
    drawn = likenesses(noise, 4000, 1.0, 8)
    assert np.std(drawn) == pytest.approx(noise.total_m, rel=0.15)
    np.testing.assert_array_equal(drawn, likenesses(noise, 4000, 1.0, 8))


def test_a_hilltop_survives_the_calming() -> None:
    t_s, ground = hill_repeats(leg_s=100.0, times=3)
    kept_s, kept_m = calmed(t_s, ground)
    assert kept_m.max() == ground.max() and len(kept_s) == len(t_s)


def test_nothing_short_or_odd_crashes() -> None:
    nothing: tuple[Samples, ...] = ()
    assert np.isnan(fuse(nothing).climb.ascent.value)
    one = pressure(np.array([0.0]), np.array([1e5]))
    assert len(fuse((one,)).t_s) == 0
    for count in (2, 3, 5, 8, 30):
        t_s = np.arange(float(count))
        told = fuse((pressure(t_s, np.full(count, 99_000.0)), fix_at(t_s, np.full(count, 200.0))))
        assert told.climb.ascent.value == pytest.approx(0.0, abs=0.1)
    broken = pressure(np.array([3.0, 1.0, NAN, 2.0]), np.array([NAN, 1e5, 1e5, 0.0]))
    assert len(fuse((broken,)).t_s) == 0


def test_wrong_columns_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="times must rise: row 2"):
        climb(np.array([0.0, 1.0, 1.0]), np.zeros(3))
    with pytest.raises(ValueError, match="row 1 is not finite"):
        climb(np.array([0.0, 1.0]), np.array([1.0, NAN]))
    with pytest.raises(ValueError, match="alike"):
        climb(np.zeros(3), np.zeros(2))


def test_heights_go_with_the_absolute_temperature() -> None:
    assert temperature_scale(15.0, 0.0) == pytest.approx(1.0)
    assert temperature_scale(29.4075, 0.0) == pytest.approx(1.05, abs=1e-4)
    assert temperature_scale(NAN, 0.0) == 1.0


def test_the_ground_found_is_as_long_as_what_was_heard() -> None:
    t_s, ground = hill_repeats(times=2)
    smooth, turning = found_ground(ground, 1.0, noise_of(t_s, ground))
    assert len(smooth) == len(t_s)
    assert np.all(np.diff(turning) > 0)


@pytest.mark.real
def test_five_floors_are_counted_by_a_telephone(data_folder: Path) -> None:
    text = (data_folder / "barometer/phone_floors_hku/train_set.csv").read_text()
    rows = list(csv.DictReader(text.splitlines()))
    t_s = np.array([float(r["seconds_elapsed"]) for r in rows])
    told = fuse((pressure(t_s, 100.0 * np.array([float(r["pressure"]) for r in rows])),))
    assert told.floors_up.value == 5.0
    assert told.floors_down.value == 0.0
    assert told.rides == ()
