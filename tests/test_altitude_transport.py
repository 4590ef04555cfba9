"""Legs or a ride: lifts, ropeways, cars and aeroplanes are told from running, and floors are counted."""

from __future__ import annotations

import numpy as np
import pytest
from edge_truth import NAN
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from edge.altitude.transport import (
    AEROPLANE,
    CABLE_CAR,
    CAR,
    LIFT,
    ON_FOOT,
    STILL,
    Motion,
    by_legs_m,
    floors,
    labelled,
    rides,
)
from edge.samples import Column


def ride(
    before_s: int, ride_s: int, rate_m_s: float, speed_m_s: float, steps: float, foot: float = 3.0
) -> tuple[Column, Column, Motion]:
    """Return times, altitude and motion of running, a ride, and running again; NaN speed or steps is unknown."""
    rate = np.concatenate([np.zeros(before_s), np.full(ride_s, rate_m_s), np.zeros(before_s)])
    speed = np.concatenate([np.full(before_s, foot), np.full(ride_s, speed_m_s), np.full(before_s, foot)])
    cadence = np.concatenate([np.full(before_s, 165.0), np.full(ride_s, steps), np.full(before_s, 165.0)])
    cadence = np.full(len(rate), NAN) if np.isnan(steps) else cadence
    speed = np.full(len(rate), NAN) if np.isnan(speed_m_s) else speed
    noise = np.random.default_rng(0).normal(0.0, 0.1, len(rate))
    return np.arange(len(rate), dtype=float), 300.0 + np.cumsum(rate) + noise, Motion(speed, cadence)


RIDES = {
    "lift": (ride(120, 20, 1.5, 0.1, 0.0), LIFT),
    "lift down": (ride(120, 20, -1.5, 0.1, 0.0), LIFT),
    "lift known by pressure alone": (ride(120, 20, 2.5, NAN, NAN), LIFT),
    "escalator": (ride(120, 40, 0.3, 0.4, 0.0), LIFT),
    "cable car": (ride(120, 400, 1.5, 5.0, 0.0), CABLE_CAR),
    "car": (ride(120, 400, 0.5, 14.0, 0.0), CAR),
    "car without a step sensor": (ride(120, 400, -0.5, 20.0, NAN), CAR),
    "aeroplane": (ride(120, 1200, 2.0, 200.0, 0.0), AEROPLANE),
    "cabin pressure alone": (ride(120, 900, 1.8, NAN, 0.0), AEROPLANE),
}


@pytest.mark.parametrize("case", RIDES.values(), ids=RIDES)
def test_a_ride_is_told_from_running(case: tuple[tuple[Column, Column, Motion], int]) -> None:
    (t_s, altitude_m, motion), label = case
    codes = labelled(t_s, altitude_m, motion)
    inside = (t_s > 125.0) & (t_s < t_s[-1] - 125.0)
    outside = (t_s < 110.0) | (t_s > t_s[-1] - 110.0)
    assert np.mean(codes[inside] == label) > 0.9
    assert np.mean(codes[outside] == ON_FOOT) > 0.95
    rise = altitude_m[-1] - altitude_m[0]
    legs = by_legs_m(altitude_m, codes)
    assert abs(legs[-1] - legs[0]) < max(2.5, 0.03 * abs(rise))
    told = rides(t_s, altitude_m, codes)
    assert len(told) == 1
    assert told[0].height_m == pytest.approx(rise, abs=max(2.5, 0.05 * abs(rise)))


ON_LEGS = {
    "steep uphill": ride(60, 600, 0.4, 1.5, 130.0),
    "fast downhill": ride(60, 300, -0.9, 4.5, 175.0),
    "stairs": ride(60, 60, 0.35, 0.5, 110.0),
    "stairs by pressure alone": ride(60, 60, 0.35, NAN, NAN),
    "a race up a tower": ride(60, 300, 0.7, 0.6, 140.0),
    "sprint": ride(60, 30, 0.0, 8.5, 240.0),
    "downhill, nothing else known": ride(60, 120, -0.9, NAN, NAN),
}


@pytest.mark.parametrize("case", ON_LEGS.values(), ids=ON_LEGS)
def test_what_legs_do_is_no_ride(case: tuple[Column, Column, Motion]) -> None:
    t_s, altitude_m, motion = case
    assert rides(t_s, altitude_m, labelled(t_s, altitude_m, motion)) == ()


def test_standing_still_climbs_nothing() -> None:
    t_s, altitude_m, motion = ride(100, 200, 0.01, 0.0, 0.0)
    codes = labelled(t_s, altitude_m, motion)
    assert np.mean(codes[110:290] == STILL) > 0.9
    assert by_legs_m(altitude_m, codes)[290] - by_legs_m(altitude_m, codes)[110] == pytest.approx(0.0, abs=0.3)


@given(arrays(np.float64, st.integers(0, 60), elements=st.floats(-50.0, 50.0)), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_nothing_known_of_motion_never_crashes_and_short_is_on_foot(change_m: Column, cut: int) -> None:
    t_s, altitude_m = np.arange(len(change_m), dtype=float), np.cumsum(change_m)
    unknown = np.full(len(t_s), NAN)
    codes = labelled(t_s, altitude_m, Motion(unknown, unknown))
    assert codes.shape == t_s.shape
    assert np.all(
        labelled(t_s[:cut][:2], altitude_m[:cut][:2], Motion(unknown[:cut][:2], unknown[:cut][:2])) == ON_FOOT
    )
    assert len(by_legs_m(altitude_m, codes)) == len(altitude_m)


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="differ in length"):
        labelled(np.arange(3.0), np.zeros(3), Motion(np.zeros(2), np.zeros(3)))


def test_floors_are_whole_and_their_interval_holds_low_and_high_ceilings() -> None:
    up, down = floors(np.array([15.2, -6.1, 1.0, 3.0]))
    assert (up.value, down.value) == (6.0, 2.0)
    assert up.low <= 5.0 and up.high >= 7.0
    assert floors(np.empty(0))[0].value == 0.0
