"""The live session: any chunking gives the same rows, a save in the middle changes nothing, old values vanish."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.samples import Columnar, Fix, HeartRate, Odometer, Pressure, Samples, Stride, column_names
from edge.session import STALE_S, Features, LiveSession, SessionState

SPEED_M_S = 3.0
SLOPE = 0.04


def run_samples(seconds: int = 180, seed: int = 3) -> tuple[Samples, ...]:
    """A steady climb at 3 m/s and 4 %: every stream at 1 Hz with its own phase, pressure at 4 Hz."""
    rng = np.random.default_rng(seed)
    t_s = np.arange(seconds, dtype=float)
    height = 100.0 + SLOPE * SPEED_M_S * t_s
    tp_s = np.arange(0, seconds, 0.25)
    pressure = 101325.0 * (1 - 2.25577e-5 * (100.0 + SLOPE * SPEED_M_S * tp_s)) ** 5.25588
    nothing = np.full(seconds, np.nan)
    return (
        Fix(t_s + 0.3, nothing, nothing, height + 12.0 + rng.normal(0, 2, seconds), nothing, nothing),
        HeartRate(t_s + 0.1, 140.0 + 0.05 * t_s, np.zeros(seconds), np.empty(0)),
        Stride(t_s + 0.6, np.full(seconds, 172.0), np.full(seconds, SPEED_M_S), nothing),
        Odometer(t_s + 0.3, SPEED_M_S * (t_s + 0.3), np.full(seconds, SPEED_M_S)),
        Pressure(tp_s, pressure, nothing.repeat(4)),
    )


def chunk(samples: tuple[Samples, ...], from_s: float, to_s: float) -> tuple[Samples, ...]:
    parts: list[Samples] = []
    for s in samples:
        assert isinstance(s, Columnar)
        keep = (s.t_s >= from_s) & (s.t_s < to_s)
        if type(s) is HeartRate:
            parts.append(HeartRate(s.t_s[keep], s.bpm[keep], s.rr_count[keep], s.rr_s))
        else:
            parts.append(type(s)(*(getattr(s, name)[keep] for name in column_names(type(s)))))
    return tuple(parts)


def joined(parts: list[Features]) -> Features:
    return Features(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in dataclasses.fields(Features)))


def whole(samples: tuple[Samples, ...]) -> Features:
    session = LiveSession()
    return joined([session.feed(samples), session.finish()])


def assert_same(one: Features, other: Features) -> None:
    for f in dataclasses.fields(Features):
        np.testing.assert_allclose(getattr(one, f.name), getattr(other, f.name), atol=1e-9, rtol=0, err_msg=f.name)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.05, 30.0), min_size=1, max_size=40), st.integers(0, 40))
def test_any_chunking_and_a_restore_in_the_middle_give_the_same_rows(lengths: list[float], restore_at: int) -> None:
    samples = run_samples()
    cuts = [0.0, *np.cumsum(lengths), 1e9]
    session, parts = LiveSession(), []
    for i, (from_s, to_s) in enumerate(itertools.pairwise(cuts)):
        parts.append(session.feed(chunk(samples, from_s, to_s)))
        if i == restore_at:
            session = LiveSession(session.state)
    parts.append(session.finish())
    assert_same(joined(parts), whole(samples))


def test_rows_recover_what_was_run() -> None:
    rows = whole(run_samples())
    assert rows.t_s[0] == 0.0 and np.all(np.diff(rows.t_s) == 1.0)
    later = rows.t_s > 60
    np.testing.assert_allclose(rows.speed_m_s[later], SPEED_M_S, atol=1e-9)
    np.testing.assert_allclose(rows.distance_m[later], SPEED_M_S * rows.t_s[later], atol=SPEED_M_S)
    np.testing.assert_allclose(rows.grade[later], SLOPE, atol=0.004)
    truth = 112.0 + SLOPE * SPEED_M_S * rows.t_s[later]
    assert abs(np.mean(rows.altitude_m[later] - truth)) < 1.0
    assert np.std(rows.altitude_m[later] - truth) < 1.0


def test_a_lost_strap_becomes_unknown_and_never_a_frozen_number() -> None:
    samples = list(run_samples())
    heart = samples[1]
    assert isinstance(heart, HeartRate)
    kept = heart.t_s < 100.0
    samples[1] = HeartRate(heart.t_s[kept], heart.bpm[kept], heart.rr_count[kept], heart.rr_s)
    rows = whole(tuple(samples))
    lost = rows.t_s > 100.0 + STALE_S
    assert np.isnan(rows.heart_rate_bpm[lost]).all()
    assert np.isfinite(rows.heart_rate_bpm[(rows.t_s > 1) & (rows.t_s < 100)]).all()
    np.testing.assert_allclose(np.diff(rows.heart_rate_age_s[lost]), 1.0)


def test_without_any_counted_distance_speed_is_integrated() -> None:
    stride = run_samples()[2]
    rows = whole((stride,))
    assert rows.distance_m[-1] == pytest.approx(SPEED_M_S * rows.t_s[-1], rel=0.02)


def test_nothing_in_nothing_out() -> None:
    session = LiveSession()
    assert len(session.feed(())) == 0 and len(session.finish()) == 0
    assert isinstance(session.state, SessionState)
