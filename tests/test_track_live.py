"""The live track, the smoothed track, pauses and pace: any chunking alike, and true to what is known."""

from __future__ import annotations

import itertools
from dataclasses import fields

import numpy as np
import pytest
from edge_truth import NAN, fixes, wander
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.samples import Fix, Inertial, Pressure, Stride
from edge.track.live import LiveTrack, TrackFilter
from edge.track.rows import Heading, degrees, local_m
from edge.track.smooth import smooth_track


def columns(count: int, seed: int = 0) -> tuple[Fix, Stride, Heading]:
    """Return a run round bends with noise: fixes with Doppler speed, steps and heading."""
    rng, t_s = np.random.default_rng(seed), np.arange(float(count))
    speed = 2.8 + 0.3 * np.sin(t_s / 50.0)
    turn = np.cumsum(0.02 * np.sin(t_s / 37.0))
    east, north = np.cumsum(speed * np.cos(turn)), np.cumsum(speed * np.sin(turn))
    east, north = (x + wander(rng, count, 1.0, 6.0, 20.0) + rng.normal(0.0, 1.0, count) for x in (east, north))
    bare, unknown = fixes(t_s, east, north), np.full(count, NAN)
    fix = Fix(t_s, bare.latitude_deg, bare.longitude_deg, unknown, speed + rng.normal(0.0, 0.2, count), unknown)
    return fix, Stride(t_s, 160.0 + 8.0 * (speed - 2.8), unknown, unknown), Heading(t_s, turn + 0.7)


def without(fix: Fix, lost: np.ndarray) -> Fix:
    return Fix(*(getattr(fix, name)[~lost] for name in Fix.__slots__))


def part(samples: Fix | Stride | Heading, from_s: float, to_s: float) -> Fix | Stride | Heading:
    rows = (samples.t_s >= from_s) & (samples.t_s < to_s)
    return type(samples)(*(getattr(samples, f.name)[rows] for f in fields(samples)))


def in_chunks(cuts: list[float], restore: bool) -> LiveTrack:
    fix, stride, heading = columns(220)
    fix = without(fix, (fix.t_s > 120.0) & (fix.t_s < 160.0))
    live, told = TrackFilter(), []
    edges = [-1.0, *sorted(cuts), 1e6]
    for from_s, to_s in itertools.pairwise(edges):
        chunk = [part(s, from_s, to_s) for s in (fix, stride, heading)]
        told.append(live.feed((chunk[0], chunk[1]), chunk[2]))  # type: ignore[arg-type]
        if restore:
            live = TrackFilter(live.state)
    told.append(live.finish())
    return LiveTrack(*(np.concatenate([getattr(one, f.name) for one in told]) for f in fields(LiveTrack)))


@settings(deadline=None, max_examples=6)
@given(st.lists(st.floats(0.0, 219.0), max_size=6), st.booleans())
def test_any_chunking_and_any_restoring_give_the_same_track(cuts: list[float], restore: bool) -> None:
    whole, told = in_chunks([], False), in_chunks(cuts, restore)
    assert len(whole) == 220
    for f in fields(LiveTrack):
        np.testing.assert_allclose(getattr(told, f.name), getattr(whole, f.name), rtol=0.0, atol=1e-9, err_msg=f.name)


def test_a_lone_jump_is_held_and_adds_nothing() -> None:
    fix, stride, _ = columns(200)
    latitude = fix.latitude_deg.copy()
    latitude[150] += 60.0 / 111_000.0
    speed = fix.speed_m_s.copy()
    speed[150] = 9.0
    jumped = Fix(fix.t_s, latitude, fix.longitude_deg, fix.altitude_m, speed, fix.accuracy_m)
    right, told = TrackFilter().feed((fix, stride)), TrackFilter().feed((jumped, stride))
    assert told.held[150] >= 1.0 > right.held[150]
    assert abs(told.distance_m[-1] - right.distance_m[-1]) < 1.0
    assert np.max(np.abs(told.latitude_deg - right.latitude_deg)) * 111_000.0 < 12.0


def test_a_new_speed_that_lasts_is_credited_from_its_first_second_with_a_revision() -> None:
    t_s = np.arange(200.0)
    speed = np.where(t_s < 150.0, 2.0, 5.0) + 0.05 * np.sin(1.7 * t_s)
    bare, unknown = fixes(t_s, np.cumsum(speed), 0.0 * t_s), np.full(200, NAN)
    told = TrackFilter().feed((Fix(t_s, bare.latitude_deg, bare.longitude_deg, unknown, speed, unknown),))
    assert told.revision_m[145:165].max() > 1.0
    assert told.distance_m[-1] - told.distance_m[140] == pytest.approx(speed[141:199].sum(), abs=1.0)


def test_the_revisions_explain_the_distance_told() -> None:
    fix, stride, _ = columns(200)
    told = TrackFilter().feed((fix, stride))
    last = np.diff(told.distance_m) - told.revision_m[1:]
    assert np.all((last > -1e-9) & (last < 6.0))


def test_a_minute_without_satellites_is_bridged_by_steps_and_gyroscope() -> None:
    fix, stride, heading = columns(500)
    lost = (fix.t_s > 400.0) & (fix.t_s < 460.0)
    right = local_m(fix.latitude_deg, fix.longitude_deg, np.array([50.0, 8.0]))
    told, flipped = (
        TrackFilter().feed((without(fix, lost), stride), h)
        for h in (heading, Heading(heading.t_s, -heading.heading_rad))
    )
    speed = 2.8 + 0.3 * np.sin(fix.t_s / 50.0)
    assert told.distance_m[459] - told.distance_m[400] == pytest.approx(speed[401:460].sum(), rel=0.03)
    assert told.by_steps[410:459].all() and not told.by_steps[:399].any()
    off, wrong = (
        np.hypot(*(local_m(x.latitude_deg[459], x.longitude_deg[459], np.array([50.0, 8.0])) - right[459]))
        for x in (told, flipped)
    )
    assert off < 20.0 < wrong


def test_the_smoothed_track_bridges_it_too_and_its_interval_holds_the_truth() -> None:
    fix, stride, heading = columns(500)
    lost = (fix.t_s > 300.0) & (fix.t_s < 360.0)
    speed = 2.8 + 0.3 * np.sin(fix.t_s / 50.0)
    told = smooth_track((without(fix, lost), stride), heading)
    assert told.total_m.value == pytest.approx(speed[1:].sum(), rel=0.01)
    assert told.total_m.low < speed[1:].sum() < told.total_m.high
    assert np.isfinite(told.latitude_deg[300:360]).all()
    assert set(told.source[305:355]) == {2.0}


@pytest.mark.parametrize("noise_m", [0.5, 2.0])
def test_noisy_positions_alone_give_the_distance(noise_m: float) -> None:
    rng, t_s = np.random.default_rng(3), np.arange(1800.0)
    turn = 3.0 * t_s / 150.0
    east, north = (150.0 * f(turn) + rng.normal(0.0, noise_m, 1800) + wander(rng, 1800, 1.0, 3.0 * noise_m, 20.0)
                   for f in (np.cos, np.sin))  # fmt: skip
    assert smooth_track((fixes(t_s, east, north),)).total_m.value == pytest.approx(3.0 * 1799.0, rel=0.012)


@pytest.mark.parametrize("round_the_block", [False, True])
def test_corners_of_blocks_are_neither_cut_nor_taken_for_errors(round_the_block: bool) -> None:
    rng, gone = np.random.default_rng(4), 3.5 * np.arange(400.0)
    leg = (gone // 90.0).astype(int)
    turn = 0.5 * np.pi * (leg % 4 if round_the_block else leg % 2)
    east, north = (np.cumsum(3.5 * f(turn)) + rng.normal(0.0, 0.4, 400) for f in (np.cos, np.sin))
    told = smooth_track((fixes(np.arange(400.0), east, north),))
    assert told.total_m.value == pytest.approx(gone[-1], rel=0.03)


def test_the_air_tells_of_a_slope_that_steps_do_not() -> None:
    t_s, none = np.arange(500.0), np.full(500, NAN)
    height = 20.0 * np.sin(t_s / 60.0)
    speed = 3.0 - 0.6 * np.cos(t_s / 60.0)
    bare = fixes(t_s, np.cumsum(speed), 0.0 * t_s)
    fix = without(Fix(t_s, bare.latitude_deg, bare.longitude_deg, none, speed, none), (t_s > 350.0) & (t_s < 410.0))
    steps, air = Stride(t_s, 165.0 + 0.0 * t_s, none, none), Pressure(t_s, 101_325.0 - 12.0 * height, none)
    true_m = speed[351:410].sum()
    told_m = [np.diff(TrackFilter().feed((fix, steps, *more)).distance_m[[350, 409]])[0] for more in ((), (air,))]
    assert abs(told_m[1] - true_m) < 0.05 * true_m < abs(told_m[0] - true_m)


def test_a_fix_that_stands_out_weighs_little_once_the_next_ones_are_known() -> None:
    fix, _, _ = columns(200)
    latitude = fix.latitude_deg.copy()
    latitude[100] += 50.0 / 111_000.0
    told = smooth_track((Fix(fix.t_s, latitude, *(getattr(fix, n) for n in Fix.__slots__[2:])),))
    assert told.weight[100] < 0.05 < 0.5 < np.nanmedian(told.weight)


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_short_recordings_give_what_they_have(count: int) -> None:
    fix, _, _ = columns(200)
    short = (Fix(*(getattr(fix, n)[:count] for n in Fix.__slots__)),)
    assert len(smooth_track(short).t_s) >= count or count == 0
    live = TrackFilter()
    assert len(live.feed(short)) + len(live.finish()) == count
    assert np.isnan(smooth_track(()).total_m.value)


def test_unsorted_rows_and_nan_change_nothing() -> None:
    fix, stride, _ = columns(150)
    order = np.random.default_rng(1).permutation(150)
    mixed = Fix(*(np.append(getattr(fix, n)[order], NAN) for n in Fix.__slots__))
    for f in ("distance_m", "speed_m_s", "latitude_deg"):
        np.testing.assert_array_equal(
            getattr(smooth_track((mixed, stride)), f), getattr(smooth_track((fix, stride)), f)
        )


def test_times_of_the_calendar_are_refused() -> None:
    fix, _, _ = columns(10)
    late = Fix(fix.t_s + 1.7e9, *(getattr(fix, n) for n in Fix.__slots__[1:]))
    with pytest.raises(ValueError, match="t_s reaches"):
        TrackFilter().feed((late,))
    with pytest.raises(ValueError, match="Heading"):
        Heading(np.zeros(3), np.zeros(4))


def test_an_accelerometer_alone_tells_standing() -> None:
    rng, t_s = np.random.default_rng(0), np.arange(0.0, 60.0, 0.05)
    shake = np.where((t_s > 20.0) & (t_s < 45.0), 0.05, 3.0)
    accel = np.column_stack((0.0 * t_s, 0.0 * t_s, 9.81 + shake * rng.normal(size=len(t_s))))
    told = TrackFilter().feed((Inertial(t_s, accel, 0.0 * accel),))
    assert told.paused[32:44].all() and not told.paused[:26].any() and not told.paused[50:].any()


@given(st.floats(-80.0, 80.0), st.floats(-180.0, 179.9), st.floats(-5e3, 5e3), st.floats(-5e3, 5e3))
def test_metres_and_degrees_undo_each_other(latitude: float, longitude: float, east: float, north: float) -> None:
    at, place = np.array([latitude, longitude]), np.array([east, north])
    there = degrees(place, at)
    np.testing.assert_allclose(local_m(there[0], there[1], at), place, atol=1e-5)
