"""Standing and walking as the body tells them."""

from __future__ import annotations

import numpy as np
from edge_truth import wander
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.track.pause import PauseState, paused_rows, standing_s


def by_steps(cadence: np.ndarray) -> np.ndarray:
    none = np.full(len(cadence), np.nan)
    return paused_rows(PauseState(), cadence, none, none)[1]


def test_a_stop_is_told_within_11_s_and_walking_on_within_3() -> None:
    cadence = np.where((np.arange(100) >= 40) & (np.arange(100) < 70), 0.0, 160.0)
    paused = np.flatnonzero(by_steps(cadence))
    assert 45 <= paused[0] <= 51 and 69 <= paused[-1] <= 72


def test_after_the_run_a_stop_lasts_from_the_last_step_to_the_first() -> None:
    t_s, none = np.arange(100.0), np.full(100, np.nan)
    cadence = np.where((t_s >= 40.0) & (t_s < 70.0), 0.0, 160.0)
    np.testing.assert_array_equal(standing_s(t_s, cadence, none, none), [[40.0, 70.0]])


def test_slow_uphill_walkers_are_not_paused_by_missed_steps_or_satellites() -> None:
    rng = np.random.default_rng(2)
    cadence = np.clip(70.0 + wander(rng, 72_000, 1.0, 10.0, 100.0), 45.0, 100.0)
    cadence[rng.random(len(cadence)) < 0.08] = 0.0
    paused = paused_rows(PauseState(), cadence, np.full(72_000, np.nan), np.zeros(72_000))[1]
    assert not paused.any()


def test_a_lost_sensor_decides_nothing() -> None:
    cadence = np.concatenate((np.full(20, 160.0), np.full(100, np.nan)))
    assert not by_steps(cadence).any()


def test_without_a_body_sensor_satellites_decide_slowly() -> None:
    speed, none = np.concatenate((np.full(50, 3.0), np.zeros(60), np.full(20, 3.0))), np.full(130, np.nan)
    paused = paused_rows(PauseState(), none, none, speed)[1]
    assert not paused[:68].any() and paused[72:108].all() and not paused[112:].any()


@settings(max_examples=50)
@given(st.lists(st.sampled_from([0.0, 60.0, 160.0, np.nan]), min_size=1, max_size=60), st.integers(0, 60))
def test_any_chunking_gives_the_same_pauses(cadence: list[float], cut: int) -> None:
    told, none = np.repeat(np.array(cadence), 3), np.full(3 * len(cadence), np.nan)
    cut = min(cut, len(told))
    state, first = paused_rows(PauseState(), told[:cut], none[:cut], none[:cut])
    second = paused_rows(state, told[cut:], none[cut:], none[cut:])[1]
    np.testing.assert_array_equal(np.concatenate((first, second)), by_steps(told))
