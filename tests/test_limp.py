"""Altered gait: any chunking tells the same, no easing without a baseline, a limp is found, a mirror is no limp."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bench import limp_bench as bench
from edge.limp import Altered, GaitState, LimpFilter, LimpState, blocks
from edge.limp_baseline import FEATURES, NOTHING, USUAL, Baseline, Expected, expected, model_of, restored, saved
from edge.limp_evidence import Past, evidence
from edge.samples import Column, Inertial

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


def test_blocks_judged_one_by_one_tell_what_the_run_tells() -> None:
    watch = LimpFilter(baseline())
    one_by_one = tuple(watch.judge(block) for block in blocks(limping().samples, limping().step_s))
    assert one_by_one == LimpFilter(baseline()).feed(limping().samples, limping().step_s)


def past(rng: np.random.Generator, count: int, offset: Column, rate: float = 0.0) -> Past:
    z = np.stack([np.ones(count), np.full(count, rate), np.zeros(count)], axis=1)
    return Past(z, offset + rng.normal(0.0, 0.01, (count, FEATURES)))


def usual() -> Expected:
    known = NOTHING
    rng = np.random.default_rng(5)
    for _ in range(200):
        z = np.array([1.0, rng.normal(0.0, 0.01), rng.normal(0.0, 0.01)])
        known = known.with_block(True, z, rng.normal(0.0, 0.03, FEATURES))
    return expected(known.run, np.array([1.0, 0.0, 0.0]), USUAL)


ALL = np.ones(FEATURES, dtype=bool)
AWAY = 0.04 * np.where(np.arange(FEATURES) % 2, 1.0, -1.0)


def test_what_differs_all_the_run_long_is_asked_about_and_what_began_in_it_eases() -> None:
    rng = np.random.default_rng(1)
    last = past(rng, 10, 2.0 * AWAY)
    from_the_start = evidence(last, past(rng, 30, 2.0 * AWAY), usual(), ALL, USUAL)
    began = evidence(last, past(rng, 30, 0.0 * AWAY), usual(), ALL, USUAL)
    assert began.log_e > USUAL.ease > from_the_start.log_e > USUAL.ask


def test_what_began_in_this_run_and_is_usual_is_no_limp() -> None:
    rng = np.random.default_rng(3)
    swings = evidence(past(rng, 10, 0.4 * AWAY), past(rng, 30, -0.6 * AWAY), usual(), ALL, USUAL)
    leaves = evidence(past(rng, 10, 1.3 * AWAY), past(rng, 30, 0.0 * AWAY), usual(), ALL, USUAL)
    assert swings.log_e < USUAL.ask < USUAL.ease < leaves.log_e


def test_what_differs_at_a_pace_that_the_baseline_has_not_seen_is_less_evidence() -> None:
    rng = np.random.default_rng(2)
    before = past(rng, 30, 0.0 * AWAY)
    known = evidence(past(rng, 10, 1.3 * AWAY), before, usual(), ALL, USUAL)
    unknown = evidence(past(rng, 10, 1.3 * AWAY, rate=0.2), before, usual(), ALL, USUAL)
    assert known.log_e > USUAL.ease > unknown.log_e


def test_at_the_wrist_a_pace_that_the_baseline_has_not_seen_never_eases() -> None:
    rng = np.random.default_rng(4)
    before, last = past(rng, 30, 0.0 * AWAY), past(rng, 10, 10.0 * AWAY, rate=0.2)
    trunk, wrist = (evidence(last, before, usual(), ALL, model_of(place)) for place in ("trunk", "wrist"))
    assert trunk.known and trunk.log_e > USUAL.ease
    assert not wrist.known and USUAL.ask < wrist.log_e < USUAL.ease
    at_a_known_pace = evidence(past(rng, 10, 10.0 * AWAY), before, usual(), ALL, model_of("wrist"))
    assert at_a_known_pace.known and at_a_known_pace.log_e > USUAL.ease


def test_an_altered_gait_never_becomes_what_it_is_compared_with() -> None:
    one = bench.simulated(1, 4, "trunk", 420, BAD)
    watch = LimpFilter(baseline())
    states = [o.state for o in watch.feed(one.samples, one.step_s) if o.t_s > 150.0]
    assert set(states) == {GaitState.EASE}
    assert len(watch.state.before) <= 12
