"""One recording in, one summary out: whatever the recording lacks."""

from __future__ import annotations

import math
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from edge_truth import NAN, altitude, beats, fixes, hill_repeats, odometer, recordings
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.samples import (
    Battery,
    Columnar,
    Cycling,
    DeviceInfo,
    Estimate,
    Gap,
    HeartRate,
    Inertial,
    Power,
    Samples,
    Stride,
    column_names,
    in_time_order,
)
from edge.summary import Pause, RunSummary, summarise

T_S = np.arange(0.0, 3601.0)


def whole_run() -> tuple[Samples, ...]:
    fix = fixes(T_S, 3.0 * T_S, 20.0 * np.sin(T_S / 90.0))
    steps = Stride(T_S, np.where(T_S % 600 < 30, 0.0, 174.0), np.full(3601, NAN), np.full(3601, NAN))
    height = altitude(T_S, 300.0 + 30.0 * np.sin(T_S / 150.0))
    return DeviceInfo("maker"), fix, height, beats(T_S, 150.0), steps, odometer(T_S, 3.0 * T_S)  # type: ignore[return-value]


def same(one: RunSummary, other: RunSummary) -> None:
    for field in fields(RunSummary):
        a, b = getattr(one, field.name), getattr(other, field.name)
        if isinstance(a, float):
            assert a == pytest.approx(b, rel=1e-9, abs=1e-9, nan_ok=True), field.name
        elif not isinstance(a, Estimate):
            assert a == b, field.name


def test_a_whole_run_is_told_whole() -> None:
    told = summarise(whole_run(), "running", (), 70.0)
    assert told.duration_s == told.timer_s == 3600.0
    assert told.moving_s == pytest.approx(3600.0)
    assert told.distance_m == pytest.approx(10_800.0)
    assert told.avg_hr_bpm == told.max_hr_bpm == 150.0
    assert told.avg_cadence_spm == 174.0
    assert told.ascent_m == pytest.approx(212.8, rel=0.02)
    assert told.altitude_min_m == pytest.approx(270.0, abs=1.5)
    assert (told.start_latitude_deg, told.start_longitude_deg) == (pytest.approx(50.0), pytest.approx(8.0))
    assert told.calories_kcal.low < 790.0 < told.calories_kcal.high
    assert told.best_efforts_s[5000.0] == pytest.approx(5000.0 / 3.0)
    assert told.suspect == ()


streams = st.lists(st.booleans(), min_size=6, max_size=6)


@given(streams, st.sampled_from(["running", "cycling", "walking", "swimming", ""]))
@settings(max_examples=40, deadline=None)
def test_any_choice_of_streams_gives_a_summary_and_never_a_negative_number(kept: list[bool], sport: str) -> None:
    told = summarise(tuple(s for s, keep in zip(whole_run(), kept, strict=True) if keep), sport)
    numbers = [getattr(told, field.name) for field in fields(RunSummary)]
    assert all(n >= 0.0 or math.isnan(n) for n in numbers if isinstance(n, float))
    assert math.isnan(told.distance_m) == (not (kept[1] or kept[5]))
    assert math.isnan(told.avg_hr_bpm) == (not kept[3])
    assert math.isnan(told.ascent_m) == (not kept[2])
    assert math.isnan(told.moving_s) or told.moving_s <= told.timer_s <= told.duration_s


@pytest.mark.parametrize(
    "nothing", [(), (DeviceInfo(),), (Gap(0.0, 9.0, "fix", "lost"),), (Battery(np.empty(0), np.empty(0)),)]
)
def test_nothing_at_all_is_all_unknown(nothing: tuple[Samples, ...]) -> None:
    told = summarise(nothing, "running")
    assert math.isnan(told.duration_s) and math.isnan(told.distance_m) and math.isnan(told.calories_kcal.value)
    assert told.best_efforts_s == {}


def shuffled(sample: Samples, order: np.ndarray) -> Samples:
    if isinstance(sample, (DeviceInfo, Gap)):
        return sample
    if isinstance(sample, HeartRate):
        return HeartRate(sample.t_s[order], sample.bpm[order], sample.rr_count[order], sample.rr_s)
    return type(sample)(*(getattr(sample, name)[order] for name in column_names(type(sample))))


@given(st.integers(0, 2**31))
@settings(max_examples=15, deadline=None)
def test_order_repetition_and_parting_of_rows_change_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    order = np.concatenate((rng.permutation(3601), rng.integers(0, 3601, 200)))
    run = whole_run()
    mixed = tuple(shuffled(s, order) for s in run)
    parted = tuple(
        shuffled(s, rows) for s in run for rows in (np.arange(1700, 3601), np.arange(1700)) if isinstance(s, Columnar)
    )
    same(summarise(run, "running"), summarise(mixed[::-1], "running"))
    same(summarise(run, "running"), summarise(parted, "running"))


def test_pauses_stop_the_timer_and_nothing_else() -> None:
    told = summarise(whole_run(), "running", (Pause(1000.0, 1300.0), Pause(1200.0, 1400.0), Pause(9000.0, 9100.0)))
    assert (told.duration_s, told.timer_s) == (3600.0, 3200.0)
    assert told.moving_s == pytest.approx(3200.0)
    assert told.distance_m == pytest.approx(10_800.0)
    tracked = summarise(whole_run()[:2], "running", (Pause(1000.0, 1400.0),))
    assert tracked.distance_m == pytest.approx(9_600.0, rel=0.01)


def test_a_silence_without_progress_stops_the_timer_by_itself() -> None:
    rows = np.concatenate((np.arange(1000.0), np.arange(1600.0, 2600.0)))
    metres = np.where(rows < 1300.0, 3.0 * rows, 3.0 * (rows - 600.0))
    told = summarise((odometer(rows, metres), beats(rows, 140.0)), "running")  # type: ignore[arg-type]
    assert (told.duration_s, told.timer_s) == (2599.0, 1998.0)
    lost = summarise((odometer(rows, 3.0 * rows),), "running")
    assert lost.timer_s == lost.duration_s


def test_half_the_rows_tell_nearly_the_same() -> None:
    run = whole_run()
    rows = np.unique(np.cumsum(np.random.default_rng(2).integers(1, 12, 1200)).clip(0, 3600))
    rows = np.unique(np.concatenate(([0], rows, [3600])))
    smart = summarise(tuple(shuffled(s, rows) for s in run), "running", (), 70.0)
    full = summarise(run, "running", (), 70.0)
    for name, tolerance in (("distance_m", 1e-6), ("avg_hr_bpm", 1e-6), ("moving_s", 0.01), ("ascent_m", 0.06)):
        assert getattr(smart, name) == pytest.approx(getattr(full, name), rel=tolerance), name


def test_an_indoor_run_needs_no_fix() -> None:
    steps = Stride(T_S, np.full(3601, 168.0), np.full(3601, 2.5), np.full(3601, NAN))
    told = summarise((steps, beats(T_S, 140.0)), "running")  # type: ignore[arg-type]
    assert told.distance_m == pytest.approx(9000.0)
    assert told.suspect == ()
    assert math.isnan(told.start_latitude_deg)


def test_a_ride_recorded_as_a_run_is_suspect() -> None:
    carried = Stride(T_S, np.zeros(3601), np.full(3601, NAN), np.full(3601, NAN))
    assert "ride" in summarise((odometer(T_S, 5.5 * T_S), carried), "running").suspect[0]
    assert summarise((odometer(T_S, 8.0 * T_S),), "running").suspect
    assert summarise((odometer(T_S, 8.0 * T_S), carried), "cycling").suspect == ()


def test_a_ride_takes_its_energy_from_power_and_tells_no_steps() -> None:
    crank = Cycling(T_S, np.full(3601, 85.0), np.full(3601, NAN), np.full(3601, NAN))
    told = summarise((odometer(T_S, 8.0 * T_S), crank, Power(T_S, np.full(3601, 200.0))), "cycling")
    assert told.calories_kcal.value == pytest.approx(800.0, rel=0.01)
    assert math.isnan(told.avg_cadence_spm)
    assert told.best_efforts_s == {}


def test_raw_motion_sets_the_ends_of_the_recording() -> None:
    t_s = np.linspace(0.0, 100.0, 10_401)
    motion = Inertial(t_s, np.zeros((10_401, 3)), np.zeros((10_401, 3)))
    assert summarise((motion, beats(np.arange(20.0, 80.0), 120.0)), "running").duration_s == 100.0  # type: ignore[arg-type]


def test_a_clock_that_jumps_by_years_does_not_hang() -> None:
    t_s = T_S + np.where(T_S > 1800.0, 6.8e7, 0.0)
    fix = fixes(t_s, 3.0 * T_S, 0.0 * T_S)
    told = summarise((fix, altitude(t_s, 300.0 + T_S / 100.0)), "running")
    assert told.distance_m == pytest.approx(10_800.0, rel=0.01)
    assert told.timer_s < 4000.0


def test_hills_of_the_summary_are_those_of_the_altitude() -> None:
    t_s, height = hill_repeats()
    told = summarise((altitude(t_s, height), odometer(t_s, 3.0 * t_s)), "running")
    assert told.ascent_m == pytest.approx(400.0, rel=0.05)
    assert told.descent_m == pytest.approx(400.0, rel=0.05)


@given(st.lists(st.tuples(st.one_of(st.floats(0.0, 50.0), st.just(NAN)), st.floats(-5.0, 5.0)), max_size=30))
def test_time_order_is_rising_whatever_came(rows: list[tuple[float, float]]) -> None:
    t_s, values = np.array(rows, dtype=float).reshape(-1, 2).T
    told_s, told = in_time_order(t_s, values)
    assert np.all(np.diff(told_s) > 0.0)
    assert set(told_s) == {t for t in t_s if math.isfinite(t)}
    assert len(told) == len(told_s)


@pytest.mark.real
def test_summaries_agree_with_the_devices_own_totals(data_folder: Path) -> None:
    pairs = []
    for r in recordings(data_folder, "irvingbennett", "elevate", "fitdecode"):
        told = summarise(r.samples, r.sport, r.pauses)
        assert not told.moving_s > told.timer_s
        assert not told.timer_s > told.duration_s
        if r.stated.timer_s > 300.0:
            pairs.append((told, r.stated))
    assert len(pairs) >= 30
    far = [
        abs(t.distance_m / s.distance_m - 1.0)
        for t, s in pairs
        if s.distance_m > 500.0 and not math.isnan(t.distance_m)
    ]
    heart = [abs(t.avg_hr_bpm - s.avg_hr_bpm) for t, s in pairs if s.avg_hr_bpm > 0.0 and not math.isnan(t.avg_hr_bpm)]
    timer = [abs(t.timer_s / s.timer_s - 1.0) for t, s in pairs]
    assert np.median(far) < 0.005 and np.quantile(far, 0.95) < 0.02
    assert np.median(heart) < 1.0 and np.quantile(heart, 0.95) < 3.0
    assert np.median(timer) < 0.001 and np.quantile(timer, 0.95) < 0.01
