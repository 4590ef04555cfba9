"""Distance, moving time, splits and best efforts of runs whose truth is known, and of real ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from edge_truth import NAN, NO_PAUSES, fixes, odometer, recordings, straight, wander
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.clock import active_clock_s, merged_pauses_s, silent_stops_s
from edge.fixes import believable, jitter_m2, positions_m, steps_m
from edge.samples import Fix, Odometer, Samples, Stride, select
from edge.track import (
    MILE_M,
    Course,
    best_effort_s,
    best_efforts_s,
    course,
    flat_distance_m,
    grade_cost_ratio,
    grades,
    moving_s,
    splits,
    suspects,
)


def run(fix: Fix, *more: Samples, sport: str = "running", pauses: np.ndarray = NO_PAUSES) -> Course:
    return course((fix, *more), sport, pauses)


def at_rows(fix: Fix, rows: np.ndarray) -> Fix:
    return Fix(*(getattr(fix, name)[rows] for name in Fix.__slots__))


def moved(fix: Fix, rows: slice | list[int], north_m: float) -> Fix:
    latitude = fix.latitude_deg.copy()
    latitude[rows] += north_m / 111_000.0
    return Fix(fix.t_s, latitude, *(getattr(fix, name) for name in Fix.__slots__[2:]))


@pytest.mark.parametrize(
    ("here", "there", "metres"),
    [  # geodesics on WGS 84: a degree of latitude at the equator and the pole, of longitude at the equator
        ((0.0, 0.0), (1.0, 0.0), 110574.39),
        ((89.0, 0.0), (90.0, 0.0), 111693.86),
        ((0.0, 179.5), (0.0, -179.5), 111319.49),
    ],
)
def test_steps_are_those_of_the_ellipsoid(here: tuple[float, float], there: tuple[float, float], metres: float) -> None:
    latitude, longitude = np.array([here, there]).T
    assert steps_m(positions_m(latitude, longitude))[0] == pytest.approx(metres, rel=2e-5)


@pytest.mark.parametrize("at", [(0.0, 0.5), (50.0, 179.99), (-69.9, -60.0)])
@pytest.mark.parametrize("step_s", [1.0, 4.0, 15.0])
def test_a_run_is_as_long_as_it_was_anywhere_on_earth(at: tuple[float, float], step_s: float) -> None:
    t_s = np.arange(0.0, 3001.0, step_s)
    told = run(fixes(t_s, 2.0 * t_s, 1.5 * t_s, at))
    assert told.total_m == pytest.approx(2.5 * t_s[-1], rel=2e-3)
    assert moving_s(told, NO_PAUSES) == pytest.approx(t_s[-1])


@pytest.mark.parametrize("white_m", [0.0, 0.3, 1.0, 3.0])
def test_scatter_of_the_fixes_adds_no_distance(white_m: float) -> None:
    rng, t_s = np.random.default_rng(5), np.arange(3600.0)
    east, north = 3.0 * t_s + rng.normal(0, white_m, 3600), 30.0 * np.sin(t_s / 80.0) + rng.normal(0, white_m, 3600)
    truth = np.hypot(3.0, np.diff(30.0 * np.sin(t_s / 80.0))).sum()
    assert run(fixes(t_s, east, north)).total_m == pytest.approx(truth, rel=0.02)


def test_laps_of_a_400_m_track_keep_their_bends() -> None:
    t_s = np.arange(3600.0)
    turn = 3.0 * t_s / 63.66
    assert run(fixes(t_s, 63.66 * np.cos(turn), 63.66 * np.sin(turn))).total_m == pytest.approx(10_797.0, rel=0.005)


@pytest.mark.parametrize("white_m", [0.0, 1.0])
def test_drift_in_an_hour_of_standing_adds_no_kilometres(white_m: float) -> None:
    rng, t_s = np.random.default_rng(6), np.arange(3600.0)
    east, north = (wander(rng, 3600, 1.0, 4.0, 90.0) + rng.normal(0, white_m, 3600) for _ in range(2))
    raw = np.hypot(np.diff(east), np.diff(north)).sum()
    told = run(fixes(t_s, east, north))
    assert raw > 1500.0
    assert told.total_m < 150.0
    assert moving_s(told, NO_PAUSES) < 200.0


def test_a_stop_is_taken_out_of_the_moving_time_but_not_of_the_best_effort() -> None:
    t_s = np.arange(2001.0)
    told = run(straight(np.where((t_s >= 500) & (t_s < 700), 0.0, 3.0), t_s))
    assert moving_s(told, NO_PAUSES) == pytest.approx(1800.0, abs=12.0)
    assert told.total_m == pytest.approx(5400.0, rel=0.002)
    assert best_effort_s(told, 5000.0) == pytest.approx(5000.0 / 3.0 + 200.0, rel=0.002)
    assert best_effort_s(told, 3000.0) == pytest.approx(1000.0, rel=0.002)


def test_there_and_back_loses_nothing_at_the_turn() -> None:
    t_s = np.arange(1201.0)
    told = run(fixes(t_s, 3.0 * np.minimum(t_s, 1200.0 - t_s), 0.0 * t_s))
    assert told.total_m == pytest.approx(3600.0, rel=0.004)
    assert moving_s(told, NO_PAUSES) == pytest.approx(1200.0, abs=3.0)


@given(st.integers(0, 299), st.integers(1, 6), st.floats(150.0, 1e6), st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_spikes_of_any_size_anywhere_leave_the_distance_alone(first: int, long: int, off_m: float, seed: int) -> None:
    t_s = np.arange(300.0)
    jitter = np.random.default_rng(seed).normal(0.0, 0.1, (2, 300))
    fix = fixes(t_s, 3.0 * t_s + jitter[0], jitter[1])
    spiked = moved(fix, slice(first, first + long), min(off_m, 4e6))
    assert run(spiked).total_m == pytest.approx(897.0, abs=7.0 * long + 12.0)


def test_no_accepted_step_is_faster_than_12_m_s() -> None:
    rng, t_s = np.random.default_rng(7), np.arange(3000.0)
    fix = straight(np.full(3000, 3.0), t_s)
    for row in rng.integers(0, 3000, 40):
        fix = moved(fix, [row], rng.normal(0.0, 800.0))
    told = run(fix)
    assert np.all(np.diff(told.distance_m) <= 12.0 * np.diff(told.t_s))
    assert told.total_m == pytest.approx(8997.0, rel=0.01)


def test_a_first_fix_far_off_after_a_pause_counts_for_nothing() -> None:
    t_s = np.concatenate((np.arange(600.0), np.arange(1200.0, 1800.0)))
    fix = fixes(t_s, np.where(t_s < 900.0, 3.0 * t_s, 3.0 * (t_s - 600.0)), 0.0 * t_s)
    told = run(moved(fix, [600], 400.0), pauses=np.array([[599.0, 1200.0]]))
    assert told.total_m == pytest.approx(3597.0, abs=8.0)


def test_a_teleport_between_two_long_stretches_is_not_distance() -> None:
    t_s = np.arange(2000.0)
    told = run(moved(straight(np.full(2000, 3.0), t_s), slice(1000, None), 50_000.0))
    assert told.total_m == pytest.approx(5997.0, abs=5.0)
    assert best_effort_s(told, 5000.0) > 1600.0


@given(st.permutations(range(60)), st.lists(st.integers(0, 59), max_size=20))
@settings(max_examples=40, deadline=None)
def test_order_and_repetition_of_rows_change_nothing(order: list[int], twice: list[int]) -> None:
    t_s = np.arange(60.0)
    fix = fixes(t_s, 3.0 * t_s, np.sin(t_s))
    again = at_rows(fix, np.array(order + twice))
    assert run(again).total_m == run(fix).total_m
    odo = odometer(t_s, 2.9 * t_s)
    mixed = Odometer(*(getattr(odo, name)[np.array(order + twice)] for name in Odometer.__slots__))
    np.testing.assert_array_equal(run(again, mixed).distance_m, run(fix, odo).distance_m)


@given(st.integers(200, 1400))
@settings(max_examples=25, deadline=None)
def test_two_halves_are_as_long_as_the_whole(cut: int) -> None:
    t_s = np.arange(1600.0)
    fix = fixes(t_s, 3.0 * t_s, 40.0 * np.sin(t_s / 60.0))
    halves = sum(run(at_rows(fix, rows)).total_m for rows in (np.arange(cut + 1), np.arange(cut, 1600)))
    assert halves == pytest.approx(run(fix).total_m, rel=0.002)


@given(st.floats(0.5, 3.5))
@settings(max_examples=20, deadline=None)
def test_efforts_scale_with_speed(times: float) -> None:
    t_s = np.arange(2500.0)
    one, more = (run(straight(np.full(2500, 0.0), t_s), odometer(t_s, f * 2.0 * t_s)) for f in (1.0, times))
    assert more.total_m == pytest.approx(times * one.total_m)
    assert best_effort_s(more, 800.0) == pytest.approx(best_effort_s(one, 800.0) / times)


def brute_force_s(t_s: np.ndarray, count_m: np.ndarray, length_m: float) -> float:
    """The control: starts on a fine grid and at every row, one by one."""
    starts = np.concatenate((np.linspace(count_m[0], count_m[-1] - length_m, 4001), count_m))
    starts = np.unique(starts[starts <= count_m[-1] - length_m])
    last = np.interp(starts, count_m + 1e-9 * np.arange(len(count_m)), t_s)
    return float((np.interp(starts + length_m, count_m + 1e-9 * np.arange(len(count_m)), t_s) - last).min())


@given(st.integers(0, 2**31), st.sampled_from([100.0, 400.0, 1000.0]))
@settings(max_examples=40, deadline=None)
def test_a_best_effort_is_the_fastest_stretch_there_is(seed: int, length_m: float) -> None:
    rng = np.random.default_rng(seed)
    t_s = np.concatenate(([0.0], np.cumsum(rng.uniform(1.0, 6.0, 400))))
    count_m = np.concatenate(([0.0], np.cumsum(rng.uniform(1.0, 5.0, 400) * np.diff(t_s))))
    told = best_effort_s(course((odometer(t_s, count_m),), "running", NO_PAUSES), length_m)
    assert told == pytest.approx(brute_force_s(t_s, count_m, length_m), rel=0.02)
    assert told <= brute_force_s(t_s, count_m, length_m) + 1e-6


def test_a_longer_effort_never_takes_less_time_or_pace_than_possible() -> None:
    rng, t_s = np.random.default_rng(8), np.arange(4000.0)
    told = best_efforts_s(course((odometer(t_s, np.cumsum(rng.uniform(2.0, 4.5, 4000))),), "running", NO_PAUSES))
    times = np.array([told[m] for m in sorted(told)])
    assert list(told) == sorted(told)
    assert max(told) == 10_000.0
    assert np.all(np.diff(times) > 0.0)


def test_a_gap_cannot_make_a_best_effort() -> None:
    """Ten minutes by car inside a silence: 8 m/s would be a record over 3 km."""
    t_s = np.concatenate((np.arange(1500.0), np.arange(2100.0, 3600.0)))
    count_m = np.where(t_s < 1800.0, 3.0 * t_s, 3.0 * (t_s - 600.0) + 4800.0)
    told = course((odometer(t_s, count_m),), "running", NO_PAUSES)
    assert best_effort_s(told, 3000.0) == pytest.approx(1000.0, rel=0.01)


def test_splits_end_where_the_kilometres_do() -> None:
    t_s = np.arange(0.0, 2001.0, 7.0)
    told = splits(course((odometer(t_s, 2.5 * t_s),), "running", NO_PAUSES), 1000.0, NO_PAUSES)
    np.testing.assert_allclose(told.distance_m, [1000.0, 1000.0, 1000.0, 1000.0, 987.5])
    np.testing.assert_allclose(told.elapsed_s, [400.0] * 4 + [395.0])
    miles = splits(course((odometer(t_s, 2.5 * t_s),), "running", NO_PAUSES), MILE_M, NO_PAUSES)
    assert miles.distance_m.sum() == pytest.approx(told.distance_m.sum())
    assert miles.elapsed_s[0] == pytest.approx(MILE_M / 2.5)


def test_the_devices_own_count_comes_first_where_it_can_be_true() -> None:
    t_s = np.arange(1000.0)
    fix = straight(np.full(1000, 3.0), t_s)
    assert run(fix, odometer(t_s, 3.1 * t_s)).source == "odometer"
    assert run(fix, odometer(t_s, 0.0 * t_s)).source == "fix"
    assert run(fix, odometer(t_s, 30.0 * t_s)).source == "fix"
    assert run(fix, odometer(t_s, np.where(t_s < 400, 3.0 * t_s, NAN))).source == "fix"
    unknown = np.full(1000, NAN)
    stride = Stride(t_s, unknown, np.full(1000, 2.8), unknown)
    treadmill = course((stride,), "running", NO_PAUSES)
    assert (treadmill.source, treadmill.total_m) == ("stride", pytest.approx(2797.2))


def test_a_count_that_restarts_or_drops_out_goes_on() -> None:
    t_s = np.arange(1000.0)
    restarted = np.where(t_s < 500, 3.0 * t_s, 3.0 * (t_s - 500))
    assert course((odometer(t_s, restarted),), "running", NO_PAUSES).total_m == pytest.approx(2994.0, abs=4.0)
    dropped = np.where(t_s == 300, 0.0, 3.0 * t_s)
    assert course((odometer(t_s, dropped),), "running", NO_PAUSES).total_m == pytest.approx(2997.0)
    later = course((odometer(t_s, 40_000.0 + 3.0 * t_s),), "running", NO_PAUSES)
    assert later.total_m == pytest.approx(2997.0)


def test_a_count_in_steps_of_ten_metres_moves_all_the_time() -> None:
    t_s = np.arange(3000.0)
    told = course((odometer(t_s, 10.0 * np.floor(2.0 * t_s / 10.0)),), "running", NO_PAUSES)
    assert moving_s(told, NO_PAUSES) == pytest.approx(3000.0, rel=0.01)
    assert best_effort_s(told, 400.0) == pytest.approx(200.0, rel=0.01)
    assert told.refused_s == 0.0


spans = st.lists(st.tuples(st.floats(0.0, 90.0), st.floats(0.0, 90.0)), max_size=8)


@given(spans)
@settings(max_examples=80, deadline=None)
def test_pauses_in_any_order_take_out_what_they_cover_once(pairs: list[tuple[float, float]]) -> None:
    merged = merged_pauses_s(np.array(pairs))
    grid = np.linspace(0.0, 100.0, 20_001)
    covered = np.zeros(len(grid), dtype=bool)
    for begin, end in pairs:
        covered |= (grid >= begin) & (grid < end)
    assert float(active_clock_s(np.array([100.0]), merged)[0]) == pytest.approx(100.0 * (1 - covered.mean()), abs=0.1)
    assert np.all(np.diff(merged.ravel()) >= 0.0)
    np.testing.assert_array_equal(merged, merged_pauses_s(merged))


def test_a_silence_is_a_stop_only_where_nobody_got_on() -> None:
    rows = np.concatenate((np.arange(600.0), np.arange(720.0, 1000.0)))
    stood = np.where(rows < 650, 3.0 * rows, 3.0 * (rows - 121))
    np.testing.assert_allclose(silent_stops_s(rows, rows, stood), [[599.0, 720.0]])
    assert len(silent_stops_s(rows, rows, 3.0 * rows)) == 0
    varied = np.cumsum(np.tile([2.0, 3.0, 9.0, 25.0], 60))
    assert len(silent_stops_s(varied, varied, np.where(varied > 900, 3.0 * varied - 60.0, 3.0 * varied))) == 0


def test_grade_cost_is_minettis_and_downhill_can_be_damped() -> None:
    """Minetti 2002: 3.6 J/kg/m on the flat by the polynomial; the abstract's 18.93 at +0.45, 3.92 at -0.45."""
    assert grade_cost_ratio(0.0) == 1.0
    assert grade_cost_ratio(0.45) * 3.6 == pytest.approx(18.93, rel=0.05)
    assert grade_cost_ratio(-0.45) * 3.6 == pytest.approx(3.92, rel=0.05)
    assert grade_cost_ratio(2.0) == grade_cost_ratio(0.45)
    grade = np.linspace(-0.5, 0.5, 101)
    full, damped = grade_cost_ratio(grade), grade_cost_ratio(grade, downhill=1 / 3)
    np.testing.assert_allclose(full[full >= 1], damped[full >= 1])
    np.testing.assert_allclose(1 - damped[full < 1], (1 - full[full < 1]) / 3)


def test_grade_and_flat_distance_of_an_even_climb() -> None:
    t_s = np.arange(1000.0)
    told = course((odometer(t_s, 3.0 * t_s),), "running", NO_PAUSES)
    grade = grades(told, t_s, 100.0 + 0.06 * 3.0 * t_s)
    np.testing.assert_allclose(grade, 0.06, atol=1e-9)
    assert flat_distance_m(told, grade)[-1] == pytest.approx(told.total_m * grade_cost_ratio(0.06))
    np.testing.assert_allclose(flat_distance_m(told, np.full(1000, NAN)), told.distance_m)


def suspicion(*samples: Samples, stepless: float = NAN, sport: str = "running") -> tuple[str, ...]:
    told = course(samples, sport, NO_PAUSES)
    return suspects(told, sport, best_efforts_s(told), stepless)


@pytest.mark.parametrize("speed_m_s", [7.5, 11.0, 25.0])
def test_a_vehicle_is_no_run(speed_m_s: float) -> None:
    t_s = np.arange(1500.0)
    assert suspicion(straight(np.full(1500, speed_m_s), t_s))
    assert not suspicion(straight(np.full(1500, speed_m_s), t_s), sport="cycling")


def test_nothing_speaks_against_an_honest_run_with_one_spike() -> None:
    t_s = np.arange(1500.0)
    fix = moved(straight(np.full(1500, 4.0), t_s), [700], 900.0)
    assert suspicion(fix) == ()
    assert suspicion(fix, stepless=0.1) == ()
    assert "ride" in suspicion(fix, stepless=0.95)[0]
    assert suspicion(odometer(t_s, 0.0 * t_s)) == ("no distance was recorded",)


def test_many_spikes_spoil_a_run() -> None:
    t_s, rng = np.arange(1500.0), np.random.default_rng(9)
    fix = straight(np.full(1500, 3.0), t_s)
    assert any("spikes" in s for s in suspicion(moved(fix, list(rng.choice(1500, 150, replace=False)), 700.0)))


@pytest.mark.parametrize("rows", [0, 1, 2, 3])
def test_too_few_fixes_are_no_error(rows: int) -> None:
    t_s = np.arange(float(rows))
    told = run(fixes(t_s, 3.0 * t_s, 0.0 * t_s))
    assert np.isnan(told.total_m) if rows < 2 else told.total_m >= 0.0
    nowhere = Fix(t_s, *(np.zeros(rows) for _ in range(5)))
    assert np.isnan(run(nowhere).total_m)


@pytest.mark.real
def test_the_track_alone_tells_the_devices_distance_of_real_runs(data_folder: Path) -> None:
    off = []
    for r in recordings(data_folder, "irvingbennett", ".fit", ".FIT"):
        fix = select(r.samples, Fix)
        whole = fix is not None and np.ptp(fix.t_s) > 0.95 * r.stated.duration_s
        if fix is not None and whole and r.sport == "running" and r.stated.distance_m > 2000.0:
            pauses = merged_pauses_s(np.array([(p.from_s, p.to_s) for p in r.pauses]))
            off.append(course((fix,), r.sport, pauses).total_m / r.stated.distance_m - 1.0)
    assert len(off) >= 30
    assert abs(np.median(off)) < 0.005
    assert np.median(np.abs(off)) < 0.012
    assert np.quantile(np.abs(off), 0.9) < 0.04


@pytest.mark.real
def test_real_fixes_are_rarely_dropped(data_folder: Path) -> None:
    for r in recordings(data_folder, "irvingbennett"):
        if (fix := select(r.samples, Fix)) is not None and len(fix) > 100:
            known = fix.latitude_deg == fix.latitude_deg
            position = positions_m(fix.latitude_deg[known], fix.longitude_deg[known])
            scatter = jitter_m2(fix.t_s[known], position) ** 0.5
            assert believable(fix.t_s[known], position, 12.0, scatter).mean() > 0.98
