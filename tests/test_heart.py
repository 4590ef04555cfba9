"""Heart rate over time: averages, zones, drift and load."""

from __future__ import annotations

import numpy as np
import pytest
from edge_truth import NO_PAUSES
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.heart import (
    Pulse,
    average_bpm,
    drift,
    load_from_average,
    load_from_effort,
    load_from_pace,
    load_from_pulse,
    load_of,
    maximum_bpm,
    pulse,
    reserve_share,
    time_in_zones_s,
    zones_of_maximum_bpm,
    zones_of_reserve_bpm,
)
from edge.samples import heart_rate


def beating(t_s: np.ndarray, bpm: np.ndarray | float, pauses: np.ndarray = NO_PAUSES) -> Pulse:
    return pulse(heart_rate(t_s, np.broadcast_to(np.asarray(bpm, dtype=float), t_s.shape)), pauses)


def test_the_average_weighs_by_time_and_not_by_rows() -> None:
    t_s = np.concatenate((np.arange(0.0, 600.0, 1.0), np.arange(600.0, 1201.0, 20.0)))
    told = beating(t_s, np.where(t_s < 600.0, 120.0, 160.0))
    assert average_bpm(told) == pytest.approx(140.0, abs=0.1)
    assert maximum_bpm(told) == 160.0


@pytest.mark.parametrize("nothing", [0.0, np.nan, 255.0, -3.0, 20.0])
def test_no_signal_is_not_a_low_heart_rate(nothing: float) -> None:
    t_s = np.arange(600.0)
    told = beating(t_s, np.where(t_s % 3 == 0, nothing, 150.0))
    assert average_bpm(told) == pytest.approx(150.0)
    assert told.weight_s.sum() == pytest.approx(599.0, abs=3.0)
    assert np.isnan(average_bpm(beating(t_s, nothing)))
    assert np.isnan(maximum_bpm(beating(t_s, nothing)))
    assert np.isnan(average_bpm(pulse(None, NO_PAUSES)))


def test_a_sample_counts_neither_across_a_long_silence_nor_in_a_pause() -> None:
    t_s = np.concatenate((np.arange(300.0), np.arange(900.0, 1200.0)))
    bpm = np.where(t_s < 600.0, 100.0, 180.0)
    assert beating(t_s, bpm).weight_s.sum() == pytest.approx(598.0)
    paused = beating(np.arange(1200.0), np.where(np.arange(1200.0) < 600.0, 100.0, 180.0), np.array([[600.0, 1200.0]]))
    assert average_bpm(paused) == pytest.approx(100.0, abs=0.2)
    assert average_bpm(beating(np.array([0.0, 500.0]), np.array([120.0, 140.0]))) == 130.0


rates = st.lists(st.floats(30.0, 220.0), min_size=3, max_size=60)


@given(rates, st.randoms())
@settings(max_examples=60, deadline=None)
def test_order_of_rows_and_zones_lose_no_second(bpm: list[float], random: object) -> None:
    t_s = np.arange(float(len(bpm))) * 7.0
    order = list(range(len(bpm)))
    random.shuffle(order)  # type: ignore[attr-defined]
    told, mixed = beating(t_s, np.array(bpm)), beating(t_s[order + order], np.array(bpm)[order + order])
    assert average_bpm(told) == average_bpm(mixed)
    assert min(bpm) - 1e-9 <= average_bpm(told) <= max(bpm) + 1e-9
    assert time_in_zones_s(told, zones_of_maximum_bpm(190.0)).sum() == pytest.approx(t_s[-1])


def test_zones_by_maximum_and_by_reserve() -> None:
    np.testing.assert_allclose(zones_of_maximum_bpm(200.0), [100.0, 120.0, 140.0, 160.0, 180.0])
    np.testing.assert_allclose(zones_of_reserve_bpm(50.0, 200.0), [125.0, 140.0, 155.0, 170.0, 185.0])
    told = time_in_zones_s(
        beating(np.arange(601.0), np.where(np.arange(601.0) <= 300.0, 130.0, 190.0)), np.array([120.0, 180.0])
    )
    np.testing.assert_allclose(told, [0.0, 300.5, 299.5])


def test_drift_is_the_rise_of_heart_rate_at_one_speed() -> None:
    t_s = np.arange(3601.0)
    assert drift(beating(t_s, 150.0), t_s, 3.0 * t_s) == pytest.approx(0.0, abs=1e-6)
    rising = beating(t_s, 140.0 * (1.0 + 0.1 * t_s / 3600.0))
    assert drift(rising, t_s, 3.0 * t_s) == pytest.approx(1.0 - 1.025 / 1.075, abs=1e-3)
    slowing = np.cumsum(np.where(t_s < 1800.0, 3.0, 2.7))
    assert drift(beating(t_s, 150.0), t_s, slowing) == pytest.approx(0.1, abs=1e-3)


def test_drift_of_a_short_run_or_none_is_unknown() -> None:
    t_s = np.arange(1000.0)
    assert np.isnan(drift(beating(t_s, 150.0), t_s, 3.0 * t_s))
    assert np.isnan(drift(pulse(None, NO_PAUSES), t_s, 3.0 * t_s))
    assert np.isnan(drift(beating(np.arange(3000.0), 150.0), np.arange(3000.0), np.zeros(3000)))


@pytest.mark.parametrize(("sex", "load"), [("m", 108.15), ("f", 114.86), ("", 111.51)])
def test_an_hour_at_seventy_per_cent_of_reserve(sex: str, load: float) -> None:
    """60 min x 0.7 x 0.64 e^(1.92 x 0.7) and 60 x 0.7 x 0.86 e^(1.67 x 0.7)... by Banister's curves."""
    expected = {"m": 60 * 0.7 * 0.64 * np.exp(1.92 * 0.7), "f": 60 * 0.7 * 0.86 * np.exp(1.67 * 0.7)}
    expected[""] = 0.5 * (expected["m"] + expected["f"])
    assert load_from_average(3600.0, 155.0, 50.0, 200.0, sex) == pytest.approx(expected[sex])
    assert load_from_pulse(beating(np.arange(3601.0), 155.0), 50.0, 200.0, sex) == pytest.approx(
        expected[sex], rel=1e-3
    )
    assert expected[sex] == pytest.approx(load, abs=6.0)


def test_intervals_load_more_than_their_average() -> None:
    t_s = np.arange(3601.0)
    hard = beating(t_s, np.where(t_s % 600 < 300, 185.0, 115.0))
    assert load_from_pulse(hard, 50.0, 200.0) > load_from_average(3600.0, average_bpm(hard), 50.0, 200.0)


@given(st.floats(0.0, 1.0), st.floats(1.0, 300.0), st.sampled_from(["m", "f", ""]))
def test_load_adds_over_time_and_grows_with_effort(share: float, minutes: float, sex: str) -> None:
    whole = load_of(np.array([minutes]), np.array([share]), sex)
    assert load_of(np.array([0.25, 0.75]) * minutes, np.array([share, share]), sex) == pytest.approx(whole)
    assert load_of(np.array([minutes]), np.array([min(share + 0.1, 1.0)]), sex) >= whole


def test_loads_from_pace_and_effort_stand_on_the_same_scale() -> None:
    hour = load_from_average(3600.0, 50.0 + 0.85 * 150.0, 50.0, 200.0)
    assert load_from_pace(3600.0, 4.0, 4.0) == pytest.approx(hour)
    assert load_from_pace(3600.0, 2.8, 4.0) < 0.6 * hour
    assert load_from_effort(3600.0, 8.5) == pytest.approx(hour)
    assert load_from_effort(3600.0, 0.0) == 0.0
    assert np.isnan(load_from_pulse(pulse(None, NO_PAUSES), 50.0, 200.0))


def test_a_reserve_needs_a_maximum_above_rest() -> None:
    with pytest.raises(ValueError, match="180"):
        reserve_share(np.array([150.0]), 180.0, 180.0)
    np.testing.assert_allclose(reserve_share(np.array([30.0, 125.0, 230.0]), 50.0, 200.0), [0.0, 0.5, 1.0])
