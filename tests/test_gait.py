"""Steps and gait: any chunking, any turn of the sensor, any rate give the same steps; what cannot be told is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.bench import gait_bench as bench
from app.bench import gait_recordings as recordings
from edge.gait import (
    NO_GYROSCOPE,
    NOT_FROM_HERE,
    Position,
    StepCounter,
    Unsaid,
    cadence,
    gait,
    regularity,
    step_times_s,
    timing_asymmetry,
)
from edge.gait.grid import GridState, gain, resample
from edge.gait.tempo import TEMPO_HZ, beats, believed, forward
from edge.samples import Column, Estimate

GRAVITY = 9.80665
UP = np.array([0.0, 0.0, GRAVITY])


def walk(
    rate_hz: float = 100.0,
    step_hz: float = 1.9,
    seconds: float = 20.0,
    half: float = 0.0,
    still_s: float = 3.0,
    swing: float = 3.0,
) -> Column:
    """Return force (n, 3) of standing, walking and standing; `half` is the share of stride-rate motion."""
    t_s = np.arange(0.0, seconds + 2.0 * still_s, 1.0 / rate_hz)
    going = (t_s >= still_s) & (t_s < still_s + seconds)
    phase = 2.0 * np.pi * step_hz * (t_s - still_s)
    up = swing * (np.sin(phase) + 0.3 * np.sin(2.0 * phase) + half * np.sin(0.5 * phase + 0.4))
    noise = np.random.default_rng(0).normal(0.0, 0.05, (len(t_s), 3))
    return noise + np.stack([0.3 * going * up, np.zeros(len(t_s)), GRAVITY + going * up], axis=1)


def chunked(accel: Column, sizes: list[int], rate_hz: float, restore_at: int = -1) -> Column:
    counter, begin, found = StepCounter(rate_hz), 0, []
    while begin < len(accel):
        for number, size in enumerate(sizes):
            found.append(counter.feed(accel[begin : begin + size]))
            begin += size
            if number == restore_at:
                counter = StepCounter(rate_hz, counter.state)
    return np.concatenate([*found, counter.finish()])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    sizes=st.lists(st.integers(1, 700), min_size=1, max_size=6).filter(lambda sizes: sum(sizes) > 60),
    restore_at=st.integers(-1, 5),
    rate_hz=st.sampled_from([20.0, 52.0, 104.0, 256.0]),
)
def test_any_chunking_and_a_restore_give_the_same_steps(sizes: list[int], restore_at: int, rate_hz: float) -> None:
    accel = walk(rate_hz, half=0.4)
    whole = StepCounter(rate_hz)
    expected = np.concatenate([whole.feed(accel), whole.finish()])
    assert len(expected) > 30
    np.testing.assert_allclose(chunked(accel, sizes, rate_hz, restore_at), expected, atol=1e-9)


@pytest.mark.parametrize("rate_hz", [20.0, 50.0, 104.0, 405.0])
@pytest.mark.parametrize("step_hz", [1.4, 1.9, 2.8])
def test_every_step_of_a_walk_is_counted_at_any_rate(rate_hz: float, step_hz: float) -> None:
    found = step_times_s(walk(rate_hz, step_hz), rate_hz)
    assert abs(len(found) - 20.0 * step_hz) <= 1.5
    np.testing.assert_allclose(np.diff(found)[2:-2], 1.0 / step_hz, atol=0.02)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_a_turned_sensor_counts_the_same_steps(seed: int) -> None:
    turn, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))
    accel = walk()
    np.testing.assert_allclose(step_times_s(accel @ turn.T, 100.0), step_times_s(accel, 100.0), atol=1e-6)


@pytest.mark.parametrize("half", [0.0, 0.8, 1.5])
def test_a_swing_at_half_the_step_rate_does_not_halve_the_cadence(half: float) -> None:
    found = step_times_s(walk(step_hz=2.7, half=half, swing=6.0), 100.0)
    assert abs(len(found) - 54) <= 2
    assert cadence(found, 15.0).spm.value == pytest.approx(162.0, abs=4.0)


def test_a_live_step_is_given_within_two_seconds_of_its_instant() -> None:
    for rate_hz in (20.0, 104.0):
        counter, accel = StepCounter(rate_hz), walk(rate_hz, 1.7)
        size = int(0.1 * rate_hz)
        for end in range(size, len(accel), size):
            new = counter.feed(accel[end - size : end])
            assert np.all(end / rate_hz - new <= 2.0)


def test_live_and_after_the_run_agree_but_for_the_ends() -> None:
    accel = walk(104.0, half=0.3)
    live, after = StepCounter(104.0), step_times_s(accel, 104.0)
    found = np.concatenate([live.feed(accel), live.finish()])
    assert 0 <= len(after) - len(found) <= 4, "live the first steps of a walk are its proof, and too old to be given"
    nearest = np.abs(found[:, None] - after[None, :]).min(axis=1)
    assert np.median(nearest) < 0.01


@pytest.mark.parametrize("rows", [0, 1, 2, 30, 200])
def test_a_short_or_still_recording_has_no_steps(rows: int) -> None:
    noise = np.random.default_rng(1).normal(0.0, 0.03, (rows, 3)) + UP
    assert len(step_times_s(noise, 100.0)) == 0
    assert len(step_times_s(np.zeros((rows, 3)), 100.0)) == 0
    counter = StepCounter(100.0)
    assert len(counter.feed(noise)) == len(counter.finish()) == 0
    told = gait(noise, 100.0, Position.FOOT, noise)
    assert isinstance(told.contact_s, Unsaid)
    assert isinstance(told.cadence_spm, Unsaid)


def counted(accel: Column, rate_hz: float = 100.0) -> tuple[int, int]:
    """Return how many steps are counted after the run and live."""
    counter = StepCounter(rate_hz)
    return len(step_times_s(accel, rate_hz)), len(counter.feed(accel)) + len(counter.finish())


@pytest.mark.parametrize("cycles", [1, 2, 3])
@pytest.mark.parametrize("beat_hz", [1.5, 2.0, 2.6])
def test_a_gesture_of_a_few_beats_is_no_walk(cycles: int, beat_hz: float) -> None:
    assert counted(walk(step_hz=beat_hz, seconds=cycles / beat_hz, still_s=6.0)) == (0, 0)


def test_what_trembles_quickly_without_moving_is_no_walk() -> None:
    assert counted(walk(step_hz=4.0, swing=1.5, seconds=30.0)) == (0, 0)
    assert counted(walk(step_hz=4.0, swing=15.0, seconds=30.0))[0] == pytest.approx(120, abs=2), "a sprinter's steps"


def shaken(seed: int) -> Column:
    """Return force (n, 3) of 18 s of pushes in the tempo of steps, each unlike the last in form, time and force."""
    rng = np.random.default_rng(seed)
    t_s = np.arange(0.0, 18.0, 0.01)
    at_s, width_s = np.cumsum(rng.uniform(0.3, 0.9, 25)), rng.uniform(0.04, 0.15, 25)
    push = rng.lognormal(0.5, 0.8, 25) * np.exp(-0.5 * ((t_s[:, None] - at_s) / width_s) ** 2)
    return np.stack([np.zeros(len(t_s)), np.zeros(len(t_s)), GRAVITY + push.sum(axis=1)], axis=1)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_steps_of_any_shaking_rise_and_lie_within_it(seed: int) -> None:
    counter, accel = StepCounter(100.0), shaken(seed)
    for found in (step_times_s(accel, 100.0), np.concatenate([counter.feed(accel), counter.finish()])):
        assert np.all(np.diff(found) > 0.0)
        assert np.all((found > -0.5) & (found < 18.5))


def test_uneven_shaking_is_no_walk() -> None:
    after, live = np.mean([counted(shaken(seed)) for seed in range(12)], axis=0)
    assert after < 2.5, "a tenth of the pushes"
    assert live < 2.5


def turned_round(weak: float) -> Column:
    """Return force (n, 3) of ten steps, four weak ones of a turn, ten steps and a closing one, at 2 Hz after 3 s."""
    t_s = np.arange(0.0, 20.0, 0.01)
    strength = np.array([5.0] * 10 + [weak] * 4 + [5.0] * 10 + [0.2 * 5.0])
    at_s = 3.0 + 0.5 * np.arange(len(strength))
    push = np.sum(strength * np.exp(-0.5 * ((t_s[:, None] - at_s) / 0.08) ** 2), axis=1)
    noise = np.random.default_rng(2).normal(0.0, 0.05, (len(t_s), 3))
    return noise + np.stack([np.zeros(len(t_s)), np.zeros(len(t_s)), GRAVITY + push], axis=1)


def test_a_walk_goes_on_through_a_turn_but_not_through_standing() -> None:
    assert step_times_s(turned_round(1.2), 100.0).size == pytest.approx(25, abs=1)
    assert step_times_s(turned_round(0.0), 100.0).size < 24


@pytest.mark.parametrize("position", list(Position))
def test_a_gyroscope_makes_no_number_where_the_place_supports_none(position: Position) -> None:
    accel = walk(100.0)
    gyro = np.random.default_rng(3).normal(0.0, 1.0, accel.shape)
    np.testing.assert_array_equal(step_times_s(accel, 100.0, gyro), step_times_s(accel, 100.0))
    told = gait(accel, 100.0, position, gyro)
    foot = {told.contact_s, told.flight_s, told.stride_length_m}
    if position is Position.FOOT:
        assert told.timing_asymmetry == told.vertical_oscillation_m == Unsaid(NOT_FROM_HERE)
    else:
        assert foot == {Unsaid(NOT_FROM_HERE)}


def test_lost_readings_hide_their_steps_and_no_others() -> None:
    accel = walk(100.0)
    accel[1000:1400] = np.nan
    found = step_times_s(accel, 100.0)
    assert not np.any((found > 10.7) & (found < 13.3))
    whole = step_times_s(walk(100.0), 100.0)
    kept = whole[(whole < 9.0) | (whole > 15.0)]
    assert np.abs(found[:, None] - kept).min(axis=0).max() < 0.03
    assert len(step_times_s(np.full((500, 3), np.nan), 100.0)) == 0


def test_bad_readings_are_named() -> None:
    with pytest.raises(ValueError, match=r"accel_m_s2: shape \(4, 2\)"):
        step_times_s(np.zeros((4, 2)), 100.0)
    with pytest.raises(ValueError, match="accel_m_s2: row 2 is infinite"):
        step_times_s(np.array([[0.0, 0, 0], [0, 0, 0], [0, np.inf, 0]]), 100.0)
    with pytest.raises(ValueError, match="rate_hz: 3"):
        StepCounter(3.0)
    with pytest.raises(ValueError, match="rate_hz"):
        step_times_s(np.zeros((4, 3)), float("nan"))
    with pytest.raises(ValueError, match="gyro_rad_s: 3 rows for 4"):
        step_times_s(np.zeros((4, 3)), 100.0, np.zeros((3, 3)))


def test_the_grid_keeps_a_constant_and_a_slow_wave() -> None:
    t_s = np.arange(0.0, 10.0, 1.0 / 104.0)
    wave = np.stack([np.full(len(t_s), 2.0), np.sin(2.0 * np.pi * 2.0 * t_s), t_s], axis=1)
    _, grid = resample(GridState(), wave, 104.0, end=True)
    at = np.arange(len(grid)) / 50.0
    np.testing.assert_allclose(grid[:, 0], 2.0, atol=1e-12)
    kept = gain(np.array([2.0]), 104.0)[0]
    np.testing.assert_allclose(grid[20:-20, 1], kept * np.sin(4.0 * np.pi * at[20:-20]), atol=0.01)
    assert TEMPO_HZ[0] >= 0.7 and TEMPO_HZ[-1] <= 5.0


def test_a_phase_within_rounding_of_a_whole_turn_is_a_beat_once() -> None:
    turn = 2.0 * np.pi
    for turns in range(1, 300):
        edge = np.nextafter(turns * turn, 0.0)
        phase, one = np.array([edge - 1.0, edge, edge + 1.0]), np.ones(3)
        first = beats(np.arange(2.0), phase[:2], one[:2], one[:2], -np.inf)
        then = beats(np.arange(1.0, 3.0), phase[1:], one[1:], one[1:], edge)
        assert len(first.t_s) + len(then.t_s) == 1


def test_cadence_has_an_age_and_goes_when_the_steps_do() -> None:
    step_s = np.arange(0.0, 10.0, 0.5)
    now = cadence(step_s, 10.0)
    assert now.spm.value == pytest.approx(120.0)
    assert now.spm.low <= 120.0 <= now.spm.high
    assert now.age_s == pytest.approx(0.5)
    assert np.isnan(cadence(step_s, 13.0).spm.value)
    assert np.isnan(cadence(np.empty(0), 1.0).age_s)


def limp(late_s: float) -> tuple[Column, Column]:
    """Return force (n, 3) at 100 Hz of pushes of which every second comes late, and their instants."""
    step_s = 2.0 + 0.5 * np.arange(60) + late_s * (np.arange(60) % 2)
    t_s = np.arange(0.0, 35.0, 0.01)
    push = np.exp(-0.5 * ((t_s[:, None] - step_s) / 0.06) ** 2).sum(axis=1)
    return np.stack([np.zeros(len(t_s)), np.zeros(len(t_s)), GRAVITY + 6.0 * push], axis=1), step_s


@pytest.mark.parametrize("late_s", [0.0, 0.03, 0.06])
def test_a_limp_is_told_within_its_interval(late_s: float) -> None:
    accel, _ = limp(late_s)
    found = step_times_s(accel, 100.0)
    told = timing_asymmetry(accel, 100.0, found, Position.CHEST)
    assert isinstance(told, Estimate)
    true = 2.0 * late_s / 0.5
    assert told.low <= true <= told.high
    assert told.value == pytest.approx(true, abs=0.03)
    even = regularity(accel, 100.0, found)
    assert not isinstance(even, Unsaid)
    assert even.stride.value > 0.95
    assert even.step.value <= even.stride.value + 1e-3


@pytest.mark.parametrize("position", list(Position))
def test_a_place_gives_only_what_it_supports(position: Position) -> None:
    accel = walk(100.0)
    told = gait(accel, 100.0, position)
    foot = (told.contact_s, told.flight_s, told.stride_length_m)
    assert foot == ((Unsaid(NO_GYROSCOPE if position is Position.FOOT else NOT_FROM_HERE),) * 3)
    on_trunk = position in (Position.CHEST, Position.WAIST)
    assert isinstance(told.vertical_oscillation_m, Estimate if on_trunk else Unsaid)
    assert isinstance(told.timing_asymmetry, Unsaid if position is Position.FOOT else Estimate)
    assert str(Unsaid(NOT_FROM_HERE)) == "not from this position"


def test_the_bounce_of_a_pure_wave_is_its_height() -> None:
    accel = walk(104.0, 2.5, half=0.0)
    told = gait(accel, 104.0, Position.CHEST).vertical_oscillation_m
    t = np.linspace(0.0, 2.0 * np.pi, 2000)
    height_m = 3.0 * 1.044 * np.ptp(np.sin(t) + 0.3 / 4.0 * np.sin(2.0 * t)) / (2.0 * np.pi * 2.5) ** 2
    assert isinstance(told, Estimate)
    assert told.low <= height_m <= told.high


@pytest.mark.parametrize("placement", ["trunk", "wrist"])
@pytest.mark.parametrize("seed", [0, 3])
def test_every_step_of_a_simulated_runner_is_found(placement: str, seed: int) -> None:
    accel, true_s, true_spm, height_m = recordings.simulated(seed, placement)
    found = step_times_s(accel, 104.0)
    assert abs(len(found) - len(true_s)) <= 1
    assert cadence(found, 60.0).spm.value == pytest.approx(true_spm[58], rel=0.01)
    told = gait(accel, 104.0, Position.CHEST if placement == "trunk" else Position.WRIST).vertical_oscillation_m
    if placement == "wrist":
        assert told == Unsaid(NOT_FROM_HERE)
    else:
        assert isinstance(told, Estimate)
        assert told.low <= height_m <= told.high


@pytest.mark.real
def test_walks_with_foot_switches_are_counted_within_two_per_cent(data_folder: Path) -> None:
    walks = list(recordings.oxford(data_folder, 9))
    errors = bench._errors_percent(walks, step_times_s, [recordings.without_bounces(w) for w in walks])
    assert np.mean(np.abs(errors)) <= 2.0


@pytest.mark.real
def test_who_sits_or_stands_makes_no_steps(data_folder: Path) -> None:
    for name, accel, rate_hz in recordings.motionsense(data_folder, ("sit", "std"), 8):
        assert counted(accel, rate_hz) == (0, 0), name


@pytest.mark.real
def test_a_short_walk_with_a_turn_is_counted_within_three_steps(data_folder: Path) -> None:
    trials = list(recordings.voisard(data_folder, 8))
    found = np.array([len(step_times_s(trial.lower_back[:, :3], 100.0)) for trial in trials])
    true = np.array([len(bench._strikes_s(trial)) for trial in trials])
    assert np.mean(np.abs(found - true)) <= 3.0


def test_what_is_believed_live_is_what_is_believed_with_predecessors() -> None:
    rng = np.random.default_rng(3)
    score = rng.normal(0.0, 3.0, (200, len(TEMPO_HZ)))
    before = rng.normal(-5.0, 2.0, len(TEMPO_HZ))
    np.testing.assert_allclose(believed(before, score), forward(before, score)[0], atol=1e-9)
