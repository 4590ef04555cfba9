"""Laws of orientation: streaming, restoring, truth of simulated turns, and what is lost."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from orientation_truth import GRAVITY, heading_deg, inclination_deg, swing

from edge import quaternion as turns
from edge.orientation import AFTER, FilterState, Limits, OrientationFilter, along_course, estimate
from edge.orientation.model import shortest_turn

SHORT = swing(duration_s=12.0, bias_deg_s=0.5)
LONG = swing(duration_s=90.0, bias_deg_s=1.0)
REST = np.zeros((400, 3)), np.tile(GRAVITY, (400, 1))


def in_chunks(follower: OrientationFilter, gyro: np.ndarray, accel: np.ndarray, cuts: list[int]) -> np.ndarray:
    parts = np.split(np.arange(gyro.shape[-2]), sorted(cuts))
    return np.concatenate([follower.feed(gyro[..., p, :], accel[..., p, :]) for p in parts], axis=-2)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 1200), max_size=30))
def test_any_chunking_gives_the_same_rows(cuts: list[int]) -> None:
    whole = OrientationFilter(100.0).feed(SHORT.gyro_rad_s, SHORT.accel_m_s2)
    rows = in_chunks(OrientationFilter(100.0), SHORT.gyro_rad_s, SHORT.accel_m_s2, cuts)
    assert rows.shape == (1200, 4)
    assert turns.angle_deg(rows, whole).max() < 1e-5


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1200))
def test_save_and_restore_in_the_middle_changes_nothing(cut: int) -> None:
    first = OrientationFilter(100.0)
    before = first.feed(SHORT.gyro_rad_s[:cut], SHORT.accel_m_s2[:cut])
    saved = {f.name: np.array(getattr(first.state, f.name)) for f in fields(FilterState)}
    saved["last_s"] = float(saved["last_s"])
    after = OrientationFilter(100.0, state=FilterState(**saved)).feed(SHORT.gyro_rad_s[cut:], SHORT.accel_m_s2[cut:])
    whole = OrientationFilter(100.0).feed(SHORT.gyro_rad_s, SHORT.accel_m_s2)
    np.testing.assert_allclose(np.concatenate([before, after]), whole, atol=1e-12)


def test_trackers_side_by_side_are_each_as_if_alone() -> None:
    others = [swing(duration_s=12.0, seed=seed) for seed in (1, 2, 3)]
    gyro, accel = np.stack([o.gyro_rad_s for o in others]), np.stack([o.accel_m_s2 for o in others])
    accel[1, 300:500] = np.nan
    together = in_chunks(OrientationFilter(100.0, 3), gyro, accel, [7, 333, 900])
    assert together.shape == (3, 1200, 4)
    for k in range(3):
        alone = OrientationFilter(100.0).feed(gyro[k], accel[k])
        assert turns.angle_deg(together[k], alone).max() < 1e-5


def test_after_hours_the_doubt_is_still_a_covariance() -> None:
    rng = np.random.default_rng(3)
    follower = OrientationFilter(104.0, 2)
    for _ in range(60):
        gyro = rng.normal(0.0, 1.0, (2, 50 * 26, 3))
        follower.feed(gyro, rng.normal([0.0, 0.0, 9.81], 3.0, gyro.shape))
    covariance = follower.state.covariance
    np.testing.assert_allclose(covariance, np.swapaxes(covariance, 1, 2), rtol=0.0, atol=1e-12)
    assert np.linalg.eigvalsh(covariance).min() > 0.0
    assert np.sqrt(covariance[:, 2, 2]).max() < np.radians(3.0)


def test_live_rows_do_not_know_the_future() -> None:
    changed = SHORT.gyro_rad_s.copy()
    changed[600:] += 1.0
    rows = OrientationFilter(100.0).feed(changed, SHORT.accel_m_s2)
    np.testing.assert_array_equal(rows[:600], OrientationFilter(100.0).feed(SHORT.gyro_rad_s, SHORT.accel_m_s2)[:600])


@pytest.mark.parametrize("rate_hz", [25.0, 52.0, 104.0, 285.7])
def test_both_ways_find_a_simulated_truth_at_any_rate(rate_hz: float) -> None:
    moved = swing(rate_hz, 60.0, bias_deg_s=1.0)
    settled = slice(round(20.0 * rate_hz), None)
    live = OrientationFilter(rate_hz).feed(moved.gyro_rad_s, moved.accel_m_s2)
    after = estimate(moved.gyro_rad_s, moved.accel_m_s2, rate_hz)
    assert inclination_deg(live[settled], moved.truth[settled]) < 0.8
    assert inclination_deg(after, moved.truth) < 0.25
    assert heading_deg(after, moved.truth) < 1.0


def test_the_bias_is_learnt_in_motion_and_its_doubt_shrinks() -> None:
    follower = OrientationFilter(100.0)
    doubt = follower.bias_deviation_rad_s.max()
    follower.feed(LONG.gyro_rad_s, LONG.accel_m_s2)
    truth = np.radians([1.0, -1.0, 1.0])
    assert np.abs(follower.bias_rad_s[0] - truth).max() < np.radians(0.15)
    assert follower.bias_deviation_rad_s.max() < 0.3 * doubt
    assert not follower.resting[0]
    assert 0.0 < follower.inclination_deviation_rad[0] < np.radians(3.0)


def test_a_bias_ten_times_the_usual_is_found_as_well() -> None:
    moved = swing(duration_s=120.0, bias_deg_s=5.0)
    rows = estimate(moved.gyro_rad_s, moved.accel_m_s2, 100.0)
    assert inclination_deg(rows, moved.truth) < 0.25
    assert heading_deg(rows, moved.truth) < 1.0


def test_without_the_bias_term_it_gets_worse() -> None:
    from dataclasses import replace

    deaf = replace(AFTER, bias_rad_s=1e-9, bias_noise_rad_s15=1e-12, rest_rate_rad_s=1.0)
    heard = heading_deg(estimate(LONG.gyro_rad_s, LONG.accel_m_s2, 100.0), LONG.truth)
    unheard = heading_deg(estimate(LONG.gyro_rad_s, LONG.accel_m_s2, 100.0, model=deaf), LONG.truth)
    assert unheard > 3.0 * heard


def test_rest_is_seen_and_tells_the_bias() -> None:
    rng = np.random.default_rng(0)
    bias = np.radians([0.4, -0.3, 0.2])
    follower = OrientationFilter(100.0)
    follower.feed(REST[0] + bias + rng.normal(0.0, 0.001, (400, 3)), REST[1] + rng.normal(0.0, 0.02, (400, 3)))
    assert follower.resting[0]
    np.testing.assert_allclose(follower.bias_rad_s[0], bias, atol=np.radians(0.02))


def test_level_rest_is_no_turn_and_heading_starts_at_zero() -> None:
    for rows in (estimate(*REST, 100.0), OrientationFilter(100.0).feed(*REST)):
        np.testing.assert_allclose(np.abs(rows[:, 0]), 1.0, atol=1e-6)


def test_a_sensor_upside_down_is_found() -> None:
    rows = estimate(REST[0], -REST[1], 100.0)
    np.testing.assert_allclose(turns.rotate(rows, [0.0, 0.0, 1.0])[:, 2], -1.0, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(shortest_turn(-np.eye(3), np.eye(3)), axis=1), 1.0)


@pytest.mark.parametrize("count", [0, 1, 2, 9, 26, 199, 200, 201])
def test_short_recordings_give_one_unit_row_a_sample(count: int) -> None:
    gyro, accel = SHORT.gyro_rad_s[:count], SHORT.accel_m_s2[:count]
    for rows in (estimate(gyro, accel, 100.0), OrientationFilter(100.0).feed(gyro, accel)):
        assert rows.shape == (count, 4)
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-6)


def test_single_lost_samples_hardly_matter() -> None:
    gyro, accel = LONG.gyro_rad_s.copy(), LONG.accel_m_s2.copy()
    accel[::17], accel[5000:5050] = np.nan, np.nan
    gyro[7000] = np.nan
    rows = estimate(gyro, accel, 100.0)
    assert np.isfinite(rows).all()
    assert inclination_deg(rows, LONG.truth) < 0.6
    live = OrientationFilter(100.0).feed(gyro, accel)
    assert inclination_deg(live[3000:], LONG.truth[3000:]) < 1.5


@pytest.mark.parametrize("way", ["live", "after"])
def test_a_missing_accelerometer_leaves_the_turns_of_the_gyroscope(way: str) -> None:
    moved = swing(duration_s=10.0)
    accel = np.full((1000, 3), np.nan)
    follower = OrientationFilter(100.0)
    rows = follower.feed(moved.gyro_rad_s, accel) if way == "live" else estimate(moved.gyro_rad_s, accel, 100.0)
    apart = turns.multiply(rows, turns.conjugate(moved.truth))
    assert turns.angle_deg(apart, apart[:1]).max() < 1.5
    if way == "live":
        assert follower.inclination_deviation_rad[0] > 1.0


def test_a_missing_gyroscope_leaves_the_tilt_of_the_force() -> None:
    gyro = np.full((400, 3), np.nan)
    for rows in (estimate(gyro, REST[1], 100.0), OrientationFilter(100.0).feed(gyro, REST[1])):
        np.testing.assert_allclose(turns.rotate(rows, [0.0, 0.0, 1.0])[:, 2], 1.0, atol=1e-3)


def test_after_a_gap_the_tilt_is_found_again() -> None:
    moved = swing(duration_s=60.0)
    kept = np.r_[0:2000, 3500:6000]
    t_s = kept / 100.0
    settled = slice(3000, None)
    truth = moved.truth[kept][settled]
    follower = OrientationFilter(100.0)
    live = follower.feed(moved.gyro_rad_s[kept], moved.accel_m_s2[kept], t_s)
    after = estimate(moved.gyro_rad_s[kept], moved.accel_m_s2[kept], 100.0, t_s=t_s)
    assert inclination_deg(live[settled], truth) < 1.0
    assert inclination_deg(after[settled], truth) < 0.5
    assert follower.heading_deviation_rad[0] > 1.0


def test_uneven_times_are_integrated_as_they_are() -> None:
    rng = np.random.default_rng(5)
    fine = swing(1000.0, 20.0)
    at = np.sort(rng.choice(np.arange(1, 2000), 1500, replace=False)) * 10
    rate = np.add.reduceat(fine.gyro_rad_s, np.r_[0, at[:-1]])[: len(at)] / np.diff(np.r_[0, at])[:, None]
    accel = np.add.reduceat(fine.accel_m_s2, np.r_[0, at[:-1]])[: len(at)] / np.diff(np.r_[0, at])[:, None]
    truth = fine.truth[at - 1]
    told = estimate(rate, accel, 75.0, t_s=at / 1000.0)
    assert inclination_deg(told, truth) < 0.5
    assert heading_deg(told, truth) < 1.0
    assert heading_deg(estimate(rate, accel, 75.0), truth) > 2.0 * heading_deg(told, truth)


def test_chunks_with_times_are_as_one_batch() -> None:
    t_s = np.cumsum(np.random.default_rng(2).uniform(0.005, 0.015, 1200))
    whole = OrientationFilter(100.0).feed(SHORT.gyro_rad_s, SHORT.accel_m_s2, t_s)
    follower, parts = OrientationFilter(100.0), np.split(np.arange(1200), [13, 14, 700])
    rows = [follower.feed(SHORT.gyro_rad_s[p], SHORT.accel_m_s2[p], t_s[p]) for p in parts]
    assert turns.angle_deg(np.concatenate(rows), whole).max() < 1e-5


def test_told_of_a_clipped_range_it_doubts_and_errs_less() -> None:
    moved = swing(duration_s=60.0)
    ends = 1.6
    gyro = np.clip(moved.gyro_rad_s, -ends, ends)
    told, untold = (estimate(gyro, moved.accel_m_s2, 100.0, limits=limits) for limits in (Limits(ends), Limits()))
    assert inclination_deg(told, moved.truth) < 0.8 * inclination_deg(untold, moved.truth)


def test_a_told_delay_moves_the_rows_ahead() -> None:
    later = Limits(delay_s=0.02)
    for told, untold in (
        (
            estimate(SHORT.gyro_rad_s, SHORT.accel_m_s2, 100.0, limits=later),
            estimate(SHORT.gyro_rad_s, SHORT.accel_m_s2, 100.0),
        ),
        (
            OrientationFilter(100.0, limits=later).feed(SHORT.gyro_rad_s, SHORT.accel_m_s2),
            OrientationFilter(100.0).feed(SHORT.gyro_rad_s, SHORT.accel_m_s2),
        ),
    ):
        assert np.median(turns.angle_deg(told[:-2], untold[2:])) < 0.3
        assert turns.angle_deg(told, untold).mean() > 1.0
    assert (
        inclination_deg(estimate(SHORT.gyro_rad_s, SHORT.accel_m_s2, 100.0, limits=later)[:-2], SHORT.truth[2:]) < 0.5
    )


def test_a_compass_turns_north_to_y_and_a_magnet_does_not() -> None:
    moved = swing(duration_s=60.0)
    field = turns.rotate(turns.conjugate(moved.truth), [0.0, 20.0, -43.0])
    near = field.copy()
    near[2000:3000] += [60.0, 0.0, 0.0]
    for given_field in (field, near):
        rows = estimate(moved.gyro_rad_s, moved.accel_m_s2, 100.0, given_field)
        assert np.sqrt(np.mean(turns.angle_deg(rows, moved.truth) ** 2)) < 1.5
    nowhere = np.full((6000, 3), np.nan)
    rows = estimate(moved.gyro_rad_s, moved.accel_m_s2, 100.0, nowhere)
    np.testing.assert_array_equal(rows, estimate(moved.gyro_rad_s, moved.accel_m_s2, 100.0))


def test_the_course_over_ground_gives_the_heading() -> None:
    level = np.zeros((3000, 3))
    level[:, 2] = 0.15 * np.sin(np.arange(3000) / 200.0)
    course = 1.0 + np.cumsum(level[:, 2]) / 100.0
    rows = estimate(level + np.array([0.0, 0.0, 0.003]), np.tile(GRAVITY, (3000, 1)), 100.0)
    noisy = course + np.random.default_rng(0).normal(0.0, 0.2, 3000)
    noisy[1000:1500] = np.nan
    ahead = turns.rotate(along_course(rows, 100.0, noisy), [1.0, 0.0, 0.0])
    assert np.abs(np.arctan2(ahead[:, 1], ahead[:, 0]) - course).max() < np.radians(6.0)


def test_with_a_magnet_near_the_heading_is_that_of_the_course() -> None:
    count = 3000
    level = np.zeros((count, 3))
    level[:, 2] = 0.15 * np.sin(np.arange(count) / 200.0)
    course = 1.0 + np.cumsum(level[:, 2]) / 100.0
    motion = (level, np.tile(GRAVITY, (count, 1)), 100.0)
    magnet = np.random.default_rng(0).normal(0.0, 60.0, (count, 3))
    np.testing.assert_array_equal(
        estimate(*motion, magnet, course_rad=course), along_course(estimate(*motion), 100.0, course)
    )
    ahead = turns.rotate(estimate(*motion, course_rad=course), [1.0, 0.0, 0.0])
    assert np.abs(np.arctan2(ahead[:, 1], ahead[:, 0]) - course).max() < np.radians(3.0)
    with pytest.raises(ValueError, match="course_rad must have shape"):
        estimate(*motion, course_rad=course[1:])


@pytest.mark.parametrize(
    ("gyro", "accel", "rate_hz", "message"),
    [
        (np.zeros((5, 3)), np.zeros((4, 3)), 100.0, "accel_m_s2 must have shape"),
        (np.zeros((5, 2)), np.zeros((5, 2)), 100.0, "gyro_rad_s must have shape"),
        (np.zeros(3), np.zeros(3), 100.0, "gyro_rad_s must have shape"),
        (np.zeros((5, 3)), np.zeros((5, 3)), 0.0, "rate_hz"),
        (np.zeros((5, 3)), np.zeros((5, 3)), np.nan, "rate_hz"),
    ],
)
def test_what_cannot_be_meant_is_refused(gyro: np.ndarray, accel: np.ndarray, rate_hz: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        estimate(gyro, accel, rate_hz)
    with pytest.raises(ValueError, match=message):
        OrientationFilter(rate_hz).feed(gyro, accel)


def test_times_that_do_not_rise_are_refused_with_their_row() -> None:
    for t_s, message in (
        ([0.0, 0.1, 0.1], "row 2"),
        ([0.0, np.nan, 0.1], "row 1"),
        ([0.0, 0.1], "t_s must have shape"),
    ):
        with pytest.raises(ValueError, match=message):
            estimate(np.zeros((3, 3)), np.ones((3, 3)), 10.0, t_s=t_s)
    follower = OrientationFilter(10.0)
    follower.feed(np.zeros((1, 3)), np.ones((1, 3)), [5.0])
    with pytest.raises(ValueError, match="row 0"):
        follower.feed(np.zeros((1, 3)), np.ones((1, 3)), [4.0])


def test_trackers_and_states_must_agree() -> None:
    with pytest.raises(ValueError, match="trackers"):
        OrientationFilter(100.0, 0)
    with pytest.raises(ValueError, match="trackers"):
        OrientationFilter(100.0, 2, state=OrientationFilter(100.0).state)
    with pytest.raises(ValueError, match=r"\(2, n, 3\)"):
        OrientationFilter(100.0, 2).feed(np.zeros((5, 3)), np.zeros((5, 3)))
    with pytest.raises(ValueError, match="mag_ut"):
        estimate(*REST, 100.0, np.zeros((3, 3)))
