"""A sensor on the shoe: contact and stride length from a path whose truth is known, and from a gait laboratory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.bench import gait_bench as bench
from app.bench import gait_recordings as recordings
from edge.gait import Position, Unsaid, gait
from edge.gait.foot import strides
from edge.samples import Column, Estimate

GRAVITY = 9.80665
STRIDE_S, SWING_S = 1.1, 0.45


def shoe(length_m: float, rate_hz: float = 200.0, count: int = 20) -> tuple[Column, Column]:
    """Return force and angular rate (n, 3) of a foot that rolls off, swings ahead by a length and comes down flat."""
    t_s = np.arange(0.0, STRIDE_S * count, 1.0 / rate_hz)
    in_stride = (t_s % STRIDE_S - 0.5 * (STRIDE_S - SWING_S)) / SWING_S
    part = np.clip(in_stride, 0.0, 1.0)
    ahead = 2.0 * np.pi * length_m / SWING_S**2 * np.sin(2.0 * np.pi * part)
    push = np.clip((in_stride + 0.3) / 0.4, 0.0, 1.0)
    swing = np.clip((in_stride - 0.1) / 0.9, 0.0, 1.0)
    angle = -0.5 * (1.0 - np.cos(np.pi * push)) * 0.9 + 0.5 * (1.0 - np.cos(np.pi * swing)) * 0.9
    rate = np.gradient(angle, t_s)
    still = np.where((part > 0.0) & (part < 1.0), ahead, 0.0)
    strike = 25.0 * np.exp(-np.clip(in_stride - 1.0, 0.0, None) * SWING_S / 0.01) * (in_stride >= 1.0)
    strike *= np.sin(2.0 * np.pi * 30.0 * np.clip(in_stride - 1.0, 0.0, None) * SWING_S)
    cosine, sine = np.cos(angle), np.sin(angle)
    up = GRAVITY + strike
    accel = np.stack([cosine * still - sine * up, np.zeros(len(t_s)), sine * still + cosine * up], axis=1)
    return accel, np.stack([np.zeros(len(t_s)), rate, np.zeros(len(t_s))], axis=1)


@pytest.mark.parametrize("length_m", [0.8, 1.4])
@pytest.mark.parametrize("turned", [False, True])
def test_the_length_of_a_known_stride_is_found_however_the_sensor_is_turned(length_m: float, turned: bool) -> None:
    accel, gyro = shoe(length_m)
    if turned:
        turn, _ = np.linalg.qr(np.random.default_rng(4).normal(size=(3, 3)))
        turn *= np.sign(np.linalg.det(turn))
        accel, gyro = accel @ turn.T, gyro @ turn.T
    found = strides(accel, gyro, 200.0)
    assert len(found.length_m) >= 15
    assert np.median(found.length_m) == pytest.approx(length_m, rel=0.08)
    assert np.median(found.stride_s) == pytest.approx(STRIDE_S, abs=0.02)
    assert np.median(found.contact_s) == pytest.approx(STRIDE_S - SWING_S, abs=0.08)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("running", [False, True])
def test_a_simulated_shoe_is_measured_within_its_intervals(seed: int, running: bool) -> None:
    """Simulated: a foot that rolls off about its ball, a sensor on the laces mounted anyhow, with noise."""
    made = recordings.simulated_shoe(seed, running, strides=25)
    told = gait(made.accel_m_s2, 200.0, Position.FOOT, made.gyro_rad_s)
    for said, true in (
        (told.stride_length_m, made.length_m),
        (told.contact_s, made.contact_s),
        (told.flight_s, made.flight_s),
    ):
        assert isinstance(said, Estimate)
        assert said.low - 0.02 <= true <= said.high + 0.02
        assert said.high - said.low >= 0.04, "an error bar that says how well a shoe can tell it"


def test_a_still_shoe_and_a_short_one_make_no_strides() -> None:
    accel, gyro = shoe(1.0)
    assert len(strides(accel[:50], gyro[:50], 200.0).length_m) == 0
    quiet = np.random.default_rng(0).normal(0.0, 0.02, (2000, 3))
    assert len(strides(quiet + np.array([0.0, 0.0, GRAVITY]), quiet, 200.0).length_m) == 0
    lost = np.full((2000, 3), np.nan)
    assert len(strides(lost, lost, 200.0).length_m) == 0


def test_a_stride_with_lost_readings_is_left_out() -> None:
    accel, gyro = shoe(1.2)
    accel[1000:1060] = np.nan
    assert 0 < len(strides(accel, gyro, 200.0).length_m) < len(strides(*shoe(1.2), 200.0).length_m)


def test_a_shoe_at_too_low_a_rate_says_what_it_needs() -> None:
    accel, gyro = shoe(1.0)
    told = gait(accel[::8], 25.0, Position.FOOT, gyro[::8])
    assert told.contact_s == told.stride_length_m == Unsaid("needs 50 Hz")


@pytest.mark.real
def test_ten_metres_are_ten_metres_of_strides(data_folder: Path) -> None:
    """The protocol's way to the turn, by median stride and marked steps: no nearer than a step of 0.7 m."""
    way_m = [bench._way_out_m(trial) for trial in recordings.voisard(data_folder, 8)]
    assert np.mean(way_m) == pytest.approx(10.0, abs=0.7)


@pytest.mark.real
def test_contact_time_agrees_with_events_marked_by_hand(data_folder: Path) -> None:
    trials = list(recordings.voisard(data_folder, 12))
    errors = np.concatenate(
        [
            bench._contact_errors_s(rows, events)[:, 0]
            for trial in trials
            for rows, events in zip(trial.feet, trial.events_s, strict=True)
        ]
    )
    assert len(errors) > 100
    assert abs(np.median(errors)) < 0.04
    assert np.std(errors) < 0.06
