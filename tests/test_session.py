"""The live session: any chunking gives the same rows, a save in the middle changes nothing, old values vanish."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.activity.net import CLASSES
from edge.samples import Columnar, Fix, HeartRate, Inertial, Odometer, Pressure, Samples, Stride, column_names
from edge.session import STALE_S, Features, LiveSession, SessionState

SPEED_M_S = 3.0
SLOPE = 0.04


def run_samples(seconds: int = 180, seed: int = 3) -> tuple[Samples, ...]:
    """A steady climb at 3 m/s and 4 %: every stream at 1 Hz with its own phase, pressure at 4 Hz."""
    rng = np.random.default_rng(seed)
    t_s = np.arange(seconds, dtype=float)
    height = 100.0 + SLOPE * SPEED_M_S * t_s
    tp_s = np.arange(0, seconds, 0.25)
    pressure = 101325.0 * (1 - 2.25577e-5 * (100.0 + SLOPE * SPEED_M_S * tp_s)) ** 5.25588
    nothing = np.full(seconds, np.nan)
    return (
        Fix(t_s + 0.3, nothing, nothing, height + 12.0 + rng.normal(0, 2, seconds), nothing, nothing),
        HeartRate(t_s + 0.1, 140.0 + 0.05 * t_s, np.zeros(seconds), np.empty(0)),
        Stride(t_s + 0.6, np.full(seconds, 172.0), np.full(seconds, SPEED_M_S), nothing),
        Odometer(t_s + 0.3, SPEED_M_S * (t_s + 0.3), np.full(seconds, SPEED_M_S)),
        Pressure(tp_s, pressure, nothing.repeat(4)),
    )


def chunk(samples: tuple[Samples, ...], from_s: float, to_s: float) -> tuple[Samples, ...]:
    parts: list[Samples] = []
    for s in samples:
        assert isinstance(s, Columnar)
        keep = (s.t_s >= from_s) & (s.t_s < to_s)
        if type(s) is HeartRate:
            parts.append(HeartRate(s.t_s[keep], s.bpm[keep], s.rr_count[keep], s.rr_s))
        else:
            parts.append(type(s)(*(getattr(s, name)[keep] for name in column_names(type(s)))))
    return tuple(parts)


def joined(parts: list[Features]) -> Features:
    return Features(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in dataclasses.fields(Features)))


def whole(samples: tuple[Samples, ...]) -> Features:
    session = LiveSession()
    return joined([session.feed(samples), session.finish()])


def assert_same(one: Features, other: Features) -> None:
    for f in dataclasses.fields(Features):
        np.testing.assert_allclose(getattr(one, f.name), getattr(other, f.name), atol=1e-9, rtol=0, err_msg=f.name)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(0.05, 30.0), min_size=1, max_size=25), st.integers(0, 25))
def test_any_chunking_and_a_restore_in_the_middle_give_the_same_rows(lengths: list[float], restore_at: int) -> None:
    samples = run_samples()
    cuts = [0.0, *np.cumsum(lengths), 1e9]
    session, parts = LiveSession(), []
    for i, (from_s, to_s) in enumerate(itertools.pairwise(cuts)):
        parts.append(session.feed(chunk(samples, from_s, to_s)))
        if i == restore_at:
            session = LiveSession(session.state)
    parts.append(session.finish())
    assert_same(joined(parts), whole(samples))


def test_rows_recover_what_was_run() -> None:
    rows = whole(run_samples())
    assert rows.t_s[0] == 0.0 and np.all(np.diff(rows.t_s) == 1.0)
    later = rows.t_s > 60
    np.testing.assert_allclose(rows.speed_m_s[later], SPEED_M_S, atol=1e-9)
    np.testing.assert_allclose(rows.distance_m[later], SPEED_M_S * rows.t_s[later], atol=SPEED_M_S)
    np.testing.assert_allclose(rows.grade[later], SLOPE, atol=0.004)
    truth = 112.0 + SLOPE * SPEED_M_S * rows.t_s[later]
    assert abs(np.mean(rows.altitude_m[later] - truth)) < 1.0
    assert np.std(rows.altitude_m[later] - truth) < 1.0


def test_a_lost_strap_becomes_unknown_and_never_a_frozen_number() -> None:
    samples = list(run_samples())
    heart = samples[1]
    assert isinstance(heart, HeartRate)
    kept = heart.t_s < 100.0
    samples[1] = HeartRate(heart.t_s[kept], heart.bpm[kept], heart.rr_count[kept], heart.rr_s)
    rows = whole(tuple(samples))
    lost = rows.t_s > 100.0 + STALE_S
    assert np.isnan(rows.heart_rate_bpm[lost]).all()
    assert np.isfinite(rows.heart_rate_bpm[(rows.t_s > 1) & (rows.t_s < 100)]).all()
    np.testing.assert_allclose(np.diff(rows.heart_rate_age_s[lost]), 1.0)


def test_without_any_counted_distance_speed_is_integrated() -> None:
    stride = run_samples()[2]
    rows = whole((stride,))
    assert rows.distance_m[-1] == pytest.approx(SPEED_M_S * rows.t_s[-1], rel=0.02)


def test_nothing_in_nothing_out() -> None:
    session = LiveSession()
    assert len(session.feed(())) == 0 and len(session.finish()) == 0
    assert isinstance(session.state, SessionState)


# With a motion sensor


def carried(seconds: float = 60.0, rate_hz: float = 104.0, steps_per_s: float = 2.8) -> Inertial:
    """A trunk that bounces at a step rate and turns slowly to the left at 0.05 rad/s, with noise."""
    rng = np.random.default_rng(5)
    t_s = np.arange(0.0, seconds, 1.0 / rate_hz)
    phase = 2.0 * np.pi * steps_per_s * t_s
    accel = np.stack([0.8 * np.sin(phase / 2.0), 0.7 * np.cos(phase), 9.81 + 6.0 * np.sin(phase)], axis=1)
    gyro = np.stack([0.5 * np.sin(phase / 2.0), 0.3 * np.cos(phase), np.full(len(t_s), 0.05)], axis=1)
    return Inertial(t_s, accel + rng.normal(0.0, 0.3, accel.shape), gyro + rng.normal(0.0, 0.02, gyro.shape))


def without(motion: Inertial, from_s: float, to_s: float) -> Inertial:
    kept = (motion.t_s < from_s) | (motion.t_s >= to_s)
    return Inertial(motion.t_s[kept], motion.accel_m_s2[kept], motion.gyro_rad_s[kept])


MOVED = (carried(), *run_samples(60)[:2], run_samples(60)[4])
HOLED = (without(carried(rate_hz=52.0), 20.3, 36.1), run_samples(60)[1])


@pytest.mark.parametrize("samples", [MOVED, HOLED], ids=["whole", "with a hole"])
@settings(max_examples=4, deadline=None)
@given(lengths=st.lists(st.floats(0.1, 20.0), min_size=1, max_size=20), restore_at=st.integers(0, 20))
def test_any_chunking_of_motion_gives_the_same_rows(
    samples: tuple[Samples, ...], lengths: list[float], restore_at: int
) -> None:
    session, parts = LiveSession(), []
    for i, (from_s, to_s) in enumerate(itertools.pairwise([0.0, *np.cumsum(lengths), 1e9])):
        parts.append(session.feed(chunk(samples, from_s, to_s)))
        if i == restore_at:
            session = LiveSession(session.state)
    parts.append(session.finish())
    assert_same(joined(parts), whole(samples))


def test_without_a_foot_pod_the_motion_sensor_tells_cadence_and_steps() -> None:
    rows = whole((carried(),))
    late = rows.t_s > 10.0
    np.testing.assert_allclose(rows.cadence_spm[late], 168.0, atol=1.0)
    assert rows.steps[-1] == pytest.approx(2.8 * (rows.t_s[-1] - 2.0), abs=4.0)
    assert np.all(np.diff(rows.steps[np.isfinite(rows.steps)]) >= 0.0)
    assert set(rows.activity[late]) <= set(range(len(CLASSES)))


def test_a_hole_in_the_motion_is_unknown_and_no_steps_are_made_up() -> None:
    rows = whole(HOLED)
    lost = (rows.t_s >= 27.0) & (rows.t_s < 37.0)
    assert np.isnan(rows.cadence_spm[lost]).all()
    assert rows.steps[-1] < 2.8 * (60.0 - 15.8) + 4.0
    assert np.isfinite(rows.cadence_spm[rows.t_s > 43.0]).all()


def test_a_heart_rate_with_a_fault_is_unknown_and_its_fault_is_told() -> None:
    t_s = np.arange(60.0)
    bpm = np.where((t_s >= 30.0) & (t_s < 33.0), 0.0, 150.0)
    rows = whole((HeartRate(t_s, bpm, np.zeros(60), np.empty(0)),))
    assert np.isnan(rows.heart_rate_bpm[31:33]).all() and (rows.heart_fault[31:33] > 0.0).all()
    assert np.isfinite(rows.heart_rate_bpm[[20, 50]]).all() and rows.heart_quality[20] == 1.0


@pytest.mark.parametrize("rows", [1, 5, 23, 24, 40])
def test_a_motion_sensor_that_ends_at_once_breaks_nothing(rows: int) -> None:
    motion = carried(2.0)
    few = Inertial(motion.t_s[:rows], motion.accel_m_s2[:rows], motion.gyro_rad_s[:rows])
    assert len(whole((few, *run_samples(20)))) == 20


def test_motion_without_numbers_is_dropped() -> None:
    motion = carried(30.0)
    accel = motion.accel_m_s2.copy()
    accel[500:510] = np.nan
    assert np.isfinite(whole((Inertial(motion.t_s, accel, motion.gyro_rad_s),)).cadence_spm[15:]).all()
