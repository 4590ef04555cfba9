"""Laws of the mapping from a tracker's clock to the host's: near, rising, never looking back, told when it jumps."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from device.clock import DeviceClock

Column = NDArray[np.float64]
DRIFT = 35e-6


def hour(rate_hz: float, seed: int, minutes: float = 40.0) -> tuple[Column, Column, Column]:
    """Return device time, true host time and arrival of a stream: 50 ms events, one in ten sent again, an outage."""
    rng = np.random.default_rng(seed)
    device_s = 1000.0 + np.arange(int(minutes * 60.0 * rate_hz)) / rate_hz
    since_s = device_s - 1000.0
    true_s = 7.0 + since_s * (1.0 + DRIFT) + 3e-6 * 1200.0 / 6.3 * np.sin(since_s * 6.3 / 1200.0)
    waits_s = 0.05 * (rng.uniform(0.0, 1.0, len(true_s)) + rng.geometric(0.9, len(true_s)) - 1.0)
    arrival_s = true_s + 0.004 + waits_s
    out = (true_s > 1207.0) & (true_s < 1247.0)
    arrival_s[out] = 1247.0 + (arrival_s[out] - 1207.0) * 0.2  # what queued comes as a burst of 8 s
    return device_s, true_s, np.maximum.accumulate(arrival_s)


def mapped(device_s: Column, arrival_s: Column, clock: DeviceClock | None = None) -> Column:
    clock = clock or DeviceClock()
    host_s = []
    for device, arrival in zip(device_s.tolist(), arrival_s.tolist(), strict=True):
        clock.update(device, arrival)
        host_s.append(clock.latest_host_s)
    return np.array(host_s)


# ── near the truth ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rate_hz", [52.0 / 19.0, 100.0 / 19.0])
def test_mapped_time_is_within_a_millisecond_though_the_clock_drifts_and_packets_wait(
    rate_hz: float, seed: int
) -> None:
    device_s, true_s, arrival_s = hour(rate_hz, seed)
    clock = DeviceClock()
    error_s = mapped(device_s, arrival_s, clock) - true_s
    error_s = np.abs(error_s - np.median(error_s))
    assert np.percentile(error_s, 95.0) < 1e-3
    assert error_s[device_s > 1300.0].max() < 2e-3
    assert clock.drift == pytest.approx(DRIFT, abs=6e-6)
    assert clock.epoch == 0
    on_arrival_s = arrival_s - true_s
    assert np.percentile(np.abs(on_arrival_s - np.median(on_arrival_s)), 95.0) > 20e-3  # the same packets, unmapped


def test_the_burst_after_an_outage_moves_nothing() -> None:
    device_s, true_s, arrival_s = hour(52.0 / 19.0, 1, 25.0)
    burst = arrival_s - true_s > 0.3
    kept = mapped(device_s[~burst], arrival_s[~burst])
    assert burst.sum() > 100
    assert np.abs(mapped(device_s, arrival_s)[~burst] - kept)[-300:].max() < 0.3e-3


def test_the_stated_doubt_shrinks_and_holds() -> None:
    device_s, true_s, arrival_s = hour(100.0 / 19.0, 5, 20.0)
    clock = DeviceClock()
    assert math.isnan(clock.uncertainty_s())
    host_s = mapped(device_s[:20], arrival_s[:20], clock)
    assert np.isfinite(host_s).all()
    early_s = clock.uncertainty_s()
    host_s = mapped(device_s[20:], arrival_s[20:], clock)
    error_s = host_s - true_s[20:]
    assert 0.2e-3 < clock.uncertainty_s() < 1.5e-3 < early_s
    assert abs(error_s[-1] - np.median(error_s)) < clock.uncertainty_s()


# ── one rising function ────────────────────────────────────────────────────────────────────────────────────────


@given(
    steps=st.lists(st.tuples(st.floats(0.005, 3.0), st.floats(0.0, 0.45)), min_size=2, max_size=60),
    rows=st.integers(1, 19),
)
@settings(deadline=None, max_examples=150)
def test_mapped_rows_rise_and_what_was_told_stays(steps: list[tuple[float, float]], rows: int) -> None:
    clock, device_s, told_s, told_device_s = DeviceClock(), 500.0, np.empty(0), np.empty(0)
    for step_s, delay_s in steps:
        packet_s = device_s + step_s * np.arange(1, rows + 1) / rows
        device_s += step_s
        clock.update(device_s, device_s + 20.0 + delay_s)
        told_s = np.append(told_s, clock.host_s(packet_s))
        told_device_s = np.append(told_device_s, packet_s)
    assert clock.epoch == 0
    assert (np.diff(told_s) > 0.0).all()
    since = told_device_s > told_device_s[rows - 1]  # before the first packet's time nothing is known
    assert clock.host_s(told_device_s[since]) == pytest.approx(told_s[since], abs=1e-9)
    assert np.abs(told_s - told_device_s - 20.0).max() <= 0.45 + 3.0 * 60.0 * 200e-6


@given(cut=st.integers(0, 400), jump_at=st.integers(0, 400), seed=st.integers(0, 3))
@settings(deadline=None, max_examples=30)
def test_a_clock_restored_in_the_middle_goes_on_as_if_nothing_had_been(cut: int, jump_at: int, seed: int) -> None:
    device_s, _, arrival_s = hour(1.0, seed, 400.0 / 60.0)
    device_s = device_s + np.where(np.arange(len(device_s)) >= jump_at, 9.0, 0.0)
    whole, first = DeviceClock(), DeviceClock()
    at_once = mapped(device_s, arrival_s, whole)
    before = mapped(device_s[:cut], arrival_s[:cut], first)
    second = DeviceClock.restore(first.save())
    assert second.save() == first.save()
    after = mapped(device_s[cut:], arrival_s[cut:], second)
    assert np.append(before, after).tolist() == at_once.tolist()
    assert second.save() == whole.save()
    assert second.epoch == (0 < jump_at < 400)


def test_nothing_is_known_before_the_first_packet() -> None:
    clock = DeviceClock()
    assert math.isnan(clock.latest_host_s)
    assert np.isnan(clock.host_s(np.array([1.0, 2.0]))).all()
    assert np.isnan(DeviceClock.restore(clock.save()).host_s(np.array([1.0]))).all()


# ── epochs ─────────────────────────────────────────────────────────────────────────────────────────────────────


def steady(rate_hz: float, seed: int, seconds: float = 60.0) -> tuple[Column, Column]:
    rng = np.random.default_rng(seed)
    device_s = 50.0 + np.arange(int(seconds * rate_hz)) / rate_hz
    return device_s, np.maximum.accumulate(device_s + 900.0 + rng.uniform(0.0, 0.05, len(device_s)))


@pytest.mark.parametrize("rate_hz", [1.0, 52.0 / 19.0, 100.0 / 19.0, 50.0])
@pytest.mark.parametrize("by_s", [-40.0, -3.0, -1.2, -0.8, 0.8, 1.5, 3.0, 3600.0])
@pytest.mark.parametrize("seed", range(3))
def test_a_clock_that_jumps_begins_one_epoch_within_two_seconds(rate_hz: float, by_s: float, seed: int) -> None:
    device_s, arrival_s = steady(rate_hz, seed)
    first = len(device_s) // 2
    device_s[first:] += by_s
    clock = DeviceClock()
    told = [clock.update(d, a) for d, a in zip(device_s.tolist(), arrival_s.tolist(), strict=True)]
    assert sum(told) == clock.epoch == 1
    assert 0.0 <= arrival_s[told.index(True)] - arrival_s[first - 1] <= 2.0 + 0.06  # the last packet before the jump
    assert clock.host_s(device_s[-1:])[0] == pytest.approx(arrival_s[-1], abs=0.06)


@pytest.mark.parametrize("rate_hz", [1.0, 100.0 / 19.0, 50.0])
def test_a_device_that_starts_again_at_zero_begins_an_epoch_at_once(rate_hz: float) -> None:
    device_s, arrival_s = steady(rate_hz, 1)
    clock = DeviceClock()
    mapped(device_s, arrival_s, clock)
    assert clock.update(0.4, float(arrival_s[-1]) + 0.5)
    assert clock.host_s(np.array([0.4])).tolist() == [arrival_s[-1] + 0.5]


@pytest.mark.parametrize("rate_hz", [1.0, 52.0 / 19.0, 50.0])
@pytest.mark.parametrize("catches_up", [0.05, 0.2, 1.0, 4.0, 20.0])
def test_a_queue_that_drains_after_an_outage_is_no_new_clock(rate_hz: float, catches_up: float) -> None:
    """`catches_up`: seconds of queue that go per second; 0.05 is a radio that can hardly carry the stream."""
    device_s, arrival_s = steady(rate_hz, 2, 300.0)
    out = device_s > 100.0
    queue_s = np.maximum(0.0, 40.0 - (device_s - 100.0) / (1.0 + 1.0 / catches_up))
    arrival_s = np.where(out, device_s + 900.0 + queue_s + (arrival_s - device_s - 900.0), arrival_s)
    clock = DeviceClock()
    mapped(device_s, np.maximum.accumulate(arrival_s), clock)
    assert clock.epoch == 0


@pytest.mark.parametrize("rate_hz", [2.0, 50.0])
def test_an_epoch_that_begins_in_a_queue_catches_up_with_the_truth(rate_hz: float) -> None:
    device_s, arrival_s = steady(rate_hz, 3, 60.0)
    late_s = np.maximum(arrival_s, arrival_s[0] + 6.0 + np.arange(len(arrival_s)) * 0.02 / rate_hz)
    clock = DeviceClock()
    host_s = mapped(device_s, late_s, clock)
    assert clock.epoch == 0
    assert (np.diff(host_s) > 0.0).all()
    assert np.abs(host_s - device_s - 900.0)[device_s > 65.0].max() < 0.06


def test_a_clock_that_stood_still_while_nothing_was_heard_is_told_within_twelve_seconds() -> None:
    device_s, arrival_s = steady(5.0, 4, 120.0)
    arrival_s[device_s > 100.0] += 40.0
    clock = DeviceClock()
    told = [clock.update(d, a) for d, a in zip(device_s.tolist(), arrival_s.tolist(), strict=True)]
    assert sum(told) == 1
    assert device_s[told.index(True)] < 112.0


def test_a_new_epoch_keeps_the_drift_of_the_crystal() -> None:
    device_s, _, arrival_s = hour(5.0, 2, 20.0)
    clock = DeviceClock()
    mapped(device_s, arrival_s, clock)
    before = clock.drift
    assert clock.update(3.0, float(arrival_s[-1]) + 0.2)
    assert clock.drift == before == pytest.approx(DRIFT, abs=6e-6)
