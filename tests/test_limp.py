"""Altered gait: any chunking tells the same, no easing without a baseline, a limp is found, a mirror is no limp."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bench import limp_bench as bench
from edge.limp import Altered, GaitState, LimpFilter, LimpState
from edge.limp_baseline import NOTHING, Baseline, restored, saved
from edge.samples import Inertial

BAD = 0.2  # contact times a fifth apart


@cache
def baseline() -> Baseline:
    return bench.own_baseline(bench.simulated(1, 0, "trunk", 720))


@cache
def limping() -> bench.Recorded:
    return bench.simulated(1, 1, "trunk", 160, BAD)


def told(watch: LimpFilter, one: bench.Recorded, edges: list[float], restore: bool = False) -> tuple[Altered, ...]:
    out: list[Altered] = []
    bounds = [-1.0, *sorted(edges), 1e6]
    for begin_s, end_s in pairwise(bounds):
        samples, _ = one.part(begin_s, end_s)
        out += watch.feed(samples, one.step_s[one.step_s < end_s - 2.0])
        if restore:
            watch = LimpFilter(watch.baseline, watch.state)
    return (*out, *watch.feed(one.part(1e6, 1e7)[0], one.step_s))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.floats(1.0, 159.0), max_size=6), st.booleans())
def test_any_chunking_and_any_restart_tells_the_same(edges: list[float], restore: bool) -> None:
    whole = LimpFilter(baseline()).feed(limping().samples, limping().step_s)
    assert len(whole) > 15
    parts = told(LimpFilter(baseline()), limping(), edges, restore)
    assert [(o.t_s, o.state, o.what) for o in parts] == [(o.t_s, o.state, o.what) for o in whole]
    np.testing.assert_allclose([o.confidence for o in parts], [o.confidence for o in whole], atol=1e-9)


def test_a_bad_limp_is_found_within_a_minute_and_a_sound_run_is_not() -> None:
    limp = LimpFilter(baseline()).feed(limping().samples, limping().step_s)
    found_s = [one.t_s for one in limp if one.state is GaitState.EASE]
    assert found_s and 60.0 <= found_s[0] <= 140.0
    sound = bench.simulated(1, 2, "trunk", 300)
    assert all(one.state is not GaitState.EASE for one in LimpFilter(baseline()).feed(sound.samples, sound.step_s))


def test_without_a_baseline_it_never_says_more_than_ask() -> None:
    one = bench.simulated(1, 3, "trunk", 480, BAD, begins_s=330.0)
    states = {o.state for o in LimpFilter().feed(one.samples, one.step_s)}
    assert GaitState.EASE not in states


def test_the_mirror_image_of_a_runner_is_the_same_runner() -> None:
    one = bench.simulated(1, 2, "trunk", 200)
    mirrored = Inertial(one.samples.t_s, one.samples.accel_m_s2 * [1, -1, 1], one.samples.gyro_rad_s * [-1, 1, -1])
    plain = LimpFilter(baseline()).feed(one.samples, one.step_s)
    assert plain == LimpFilter(baseline()).feed(mirrored, one.step_s)


def test_it_does_not_matter_with_which_foot_a_run_begins() -> None:
    one = bench.simulated(1, 2, "trunk", 200)
    other = LimpFilter(baseline()).feed(one.samples, one.step_s[1:])
    assert all(o.state is not GaitState.EASE for o in other)


def test_confidence_does_not_fall_while_a_limp_lasts() -> None:
    after = [o.confidence for o in LimpFilter(baseline()).feed(limping().samples, limping().step_s) if o.t_s > 100.0]
    assert np.all(np.diff(after) >= 0.0)
    assert after[-1] >= 0.95


def test_without_a_gyroscope_a_bad_limp_is_found_too() -> None:
    s = limping().samples
    deaf = Inertial(s.t_s, s.accel_m_s2, np.full_like(s.gyro_rad_s, np.nan))
    assert any(o.state is GaitState.EASE for o in LimpFilter(baseline()).feed(deaf, limping().step_s))


def test_a_baseline_kept_is_under_a_kilobyte_and_tells_the_same() -> None:
    kept = saved(baseline())
    assert len(kept) <= 1024
    again = LimpFilter(restored(kept)).feed(limping().samples, limping().step_s)
    whole = LimpFilter(baseline()).feed(limping().samples, limping().step_s)
    np.testing.assert_allclose([o.confidence for o in again], [o.confidence for o in whole], atol=1e-2)
    assert saved(restored(kept)) == kept


@pytest.mark.parametrize("kept", [b"", b"KL02", saved(NOTHING)[:-1], b"XX" + saved(NOTHING)[2:]])
def test_bytes_that_are_no_baseline_are_refused(kept: bytes) -> None:
    with pytest.raises(ValueError, match="baseline"):
        restored(kept)


def test_nothing_is_told_before_there_are_steps() -> None:
    watch = LimpFilter(baseline(), LimpState())
    empty = Inertial(np.empty(0), np.empty((0, 3)), np.empty((0, 3)))
    assert watch.feed(empty, np.empty(0)) == ()
