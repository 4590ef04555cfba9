"""Height while running: the streaming law, saving and restoring, and what is told of gusts and silence."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from edge_truth import GOOD, NAN, hill_repeats, sensed
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.altitude.live import LiveClimb, LiveHeights
from edge.samples import Column, Fix, Pressure


def pressure(t_s: Column, altitude_m: Column) -> Pressure:
    return Pressure(t_s, 101_325.0 * (1.0 - 2.25577e-5 * altitude_m) ** 5.25588, np.full(len(t_s), NAN))


def fix(t_s: Column, altitude_m: Column) -> Fix:
    nothing = np.full(len(t_s), NAN)
    return Fix(t_s, nothing, nothing, altitude_m, nothing, nothing)


def table(parts: list[LiveHeights]) -> Column:
    names = [f.name for f in dataclasses.fields(LiveHeights)]
    return np.stack([np.concatenate([getattr(p, n) for p in parts]) for n in names])


def a_run(seed: int = 0, rate_hz: float = 2.0, length_s: float = 400.0) -> tuple[Pressure, Fix]:
    rng = np.random.default_rng(seed)
    t_s = np.sort(rng.uniform(0.0, length_s, int(length_s * rate_hz)))
    t_s = t_s[(t_s < 120.0) | (t_s > 135.0)]
    ground = 100.0 + 15.0 * np.sin(t_s / 40.0)
    sky_s = np.arange(0.5, length_s, 3.0)
    return pressure(t_s, ground + rng.normal(0.0, 0.2, len(t_s))), fix(
        sky_s, 130.0 + 15.0 * np.sin(sky_s / 40.0) + rng.normal(0.0, 3.0, len(sky_s))
    )


def cut(samples: Pressure | Fix, from_s: float, to_s: float) -> Pressure | Fix:
    rows = (samples.t_s >= from_s) & (samples.t_s < to_s)
    return type(samples)(*(getattr(samples, f.name)[rows] for f in dataclasses.fields(samples)))


RUN = a_run()
WHOLE = table([(live := LiveClimb()).feed(RUN), live.finish()])


@given(st.lists(st.floats(0.0, 400.0), max_size=12), st.integers(0, 11))
@settings(max_examples=40, deadline=None)
def test_any_chunking_and_a_restore_give_the_same_rows(cuts_s: list[float], restored: int) -> None:
    edges = [-np.inf, *sorted(cuts_s), np.inf]
    live, parts = LiveClimb(), []
    for index, (a, b) in enumerate(itertools.pairwise(edges)):
        if index == restored:
            live = LiveClimb(live.state)
        parts.append(live.feed(tuple(cut(s, a, b) for s in RUN)))
    np.testing.assert_allclose(table([*parts, live.finish()]), WHOLE, rtol=0.0, atol=1e-9)


def test_samples_a_second_late_change_nothing() -> None:
    late = np.argsort(RUN[0].t_s + np.random.default_rng(1).uniform(0.0, 0.9, len(RUN[0])))
    live, parts = LiveClimb(), []
    for rows in np.array_split(late, 50):
        air = Pressure(RUN[0].t_s[rows], RUN[0].pressure_pa[rows], RUN[0].temperature_c[rows])
        parts.append(live.feed((air,)))
    alone = LiveClimb()
    np.testing.assert_allclose(
        table([*parts, live.finish()]), table([alone.feed((RUN[0],)), alone.finish()]), atol=1e-9
    )


def test_the_gain_and_the_rate_follow_the_hills() -> None:
    t_s, ground = hill_repeats(times=5)
    live = LiveClimb()
    told = live.feed((pressure(t_s, sensed(np.random.default_rng(2), t_s, ground, GOOD)),))
    assert told.gain_m[-1] == pytest.approx(200.0, rel=0.1)
    assert np.all(np.diff(told.gain_m[8:]) >= 0.0)
    uphill = (t_s[: len(told)] % 266.0 > 40.0) & (t_s[: len(told)] % 266.0 < 125.0)
    assert np.median(told.climb_rate_m_s[uphill]) == pytest.approx(40.0 / 133.0, abs=0.03)
    assert np.all(told.gain_age_s[8:] < 8.0)
    assert np.all(np.isnan(told.altitude_m))


def test_fixes_set_the_level_and_the_doubt_shrinks() -> None:
    assert WHOLE[1][-5] == pytest.approx(130.0 + 15.0 * np.sin(395.0 / 40.0), abs=2.0)
    t_s = np.arange(3600.0)
    live = LiveClimb()
    level = np.full(3600, 120.0)
    told = live.feed((pressure(t_s, level), fix(t_s, level + np.random.default_rng(7).normal(0.0, 5.0, 3600))))
    assert told.altitude_sd_m[-1] < 0.5 * told.altitude_sd_m[60]


def test_silence_is_told_as_age_and_then_as_nan() -> None:
    row = dict(zip([f.name for f in dataclasses.fields(LiveHeights)], WHOLE[:, 130], strict=True))
    assert np.isnan(row["altitude_m"]) and np.isnan(row["altitude_age_s"])
    assert 0.0 < WHOLE[3][122] <= 4.0


def test_a_gust_of_three_seconds_climbs_nothing() -> None:
    t_s = np.arange(900.0)
    ground = 100.0 + np.random.default_rng(3).normal(0.0, 0.15, 900)
    ground[400:403] += 6.0
    ground[600:602] -= 6.0
    live = LiveClimb()
    live.feed((pressure(t_s, ground),))
    assert live.state.gain_m < 1.0


def test_nothing_and_nan_give_no_rows_and_a_far_time_is_refused() -> None:
    live = LiveClimb()
    assert len(live.feed(())) == 0 and len(live.finish()) == 0
    assert len(live.feed((pressure(np.array([NAN, 3.0]), np.array([5.0, NAN])),))) == 0
    with pytest.raises(ValueError, match="six hours"):
        live.feed((pressure(np.array([1e9]), np.array([10.0])),))
    assert live.state.newest_s == -np.inf
