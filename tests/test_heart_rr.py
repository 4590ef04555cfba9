"""The laws of beat intervals: good ones come back bit for bit, wrong ones are found, and alpha1 agrees with theory."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bench.heart_faults import coloured, running_beats, with_beat_faults
from edge.heart.beats import (
    SCALES,
    Beat,
    alpha1,
    beat_times_s,
    classify,
    clean,
    fluctuation,
    quality_of,
    rmssd_s,
    variability,
)
from edge.samples import HeartRate


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_good_beats_are_given_back_bit_for_bit_or_hardly_touched(seed: int) -> None:
    rr_s = running_beats(300, np.random.default_rng(seed))
    beats = clean(rr_s)
    assert beats.share_corrected < 0.03
    if beats.share_corrected == 0.0:
        assert np.array_equal(beats.rr_s, rr_s)


@pytest.mark.parametrize(
    ("kind", "name"), [("missed", Beat.MISSED), ("extra", Beat.EXTRA), ("ectopic", Beat.ECTOPIC), ("long", None)]
)
def test_wrong_beats_are_found_named_and_put_right(kind: str, name: Beat | None) -> None:
    rng = np.random.default_rng(3)
    true = running_beats(1500, rng)
    rr_s, touched = with_beat_faults(true, kind, 0.02, rng)
    beats = clean(rr_s)
    found = beats.beat[touched]
    assert (found != Beat.NORMAL).mean() > 0.95
    assert (beats.beat[~touched] == Beat.NORMAL).mean() > 0.98
    if name is not None:
        assert (found == name).sum() > 0.4 * len(found)
    assert rmssd_s(beats).value == pytest.approx(np.sqrt(np.mean(np.diff(true) ** 2)), rel=0.1)
    if kind in ("missed", "extra"):
        assert beats.rr_s.sum() == pytest.approx(true.sum(), rel=1e-3), "time is kept"


def test_uncorrected_beats_are_worse() -> None:
    rng = np.random.default_rng(5)
    true = running_beats(300, rng)
    rr_s, _ = with_beat_faults(true, "ectopic", 0.03, rng)
    expected = alpha1(true).value
    assert abs(alpha1(clean(rr_s).rr_s).value - expected) < 0.1 < abs(alpha1(rr_s).value - expected)


def test_white_noise_has_the_fluctuation_of_theory() -> None:
    """A straight line takes 2 degrees of freedom: F^2(n) = (n^2 - 4) / (15 n) for white noise of unit variance."""
    noise = np.random.default_rng(1).normal(size=60_000)
    np.testing.assert_allclose(fluctuation(noise) ** 2, (SCALES**2 - 4.0) / (15.0 * SCALES), rtol=0.03)


@pytest.mark.parametrize(("power", "expected"), [(0.0, 0.585), (1.0, 1.0), (2.0, 1.5)])
def test_alpha1_of_noise_of_known_exponent(power: float, expected: float) -> None:
    rng = np.random.default_rng(8)
    told = [alpha1(0.4 + 0.006 * coloured(300, power, rng)) for _ in range(40)]
    assert np.mean([one.value for one in told]) == pytest.approx(expected, abs=0.04)
    assert np.mean([one.low <= expected <= one.high for one in told]) > 0.75


@given(st.floats(1e-4, 0.05), st.floats(0.3, 1.2))
@settings(max_examples=20, deadline=None)
def test_alpha1_knows_neither_scale_nor_level(size: float, level: float) -> None:
    noise = coloured(200, 1.0, np.random.default_rng(2))
    reference = alpha1(1.0 + 0.01 * noise).value
    assert alpha1(level + size * noise).value == pytest.approx(reference, abs=1e-6)


def test_quality_falls_with_the_share_of_wrong_beats() -> None:
    assert [quality_of(s) for s in (0.0, 0.03, 0.06, 0.5)] == [1.0, 0.5, 0.0, 0.0]
    assert quality_of(float("nan")) == 0.0


def rows_of(rr_s: np.ndarray) -> HeartRate:
    ends = np.cumsum(rr_s)
    t_s = np.arange(1.0, np.ceil(ends[-1]) + 1.0)
    count = np.diff(np.searchsorted(ends, t_s, side="right"), prepend=0)
    return HeartRate(t_s, np.full(len(t_s), 150.0), count.astype(float), rr_s)


def test_a_window_rests_on_its_own_beats_alone() -> None:
    rows = rows_of(running_beats(1500, np.random.default_rng(4)))
    whole = variability(rows)
    cut = np.searchsorted(rows.t_s, whole.t_s[5])
    kept = slice(int(cut) - 140, int(cut) + 1)
    before = int(rows.rr_count[: kept.start].sum())
    beats = rows.rr_s[before : before + int(rows.rr_count[kept].sum())]
    live = variability(HeartRate(rows.t_s[kept], rows.bpm[kept], rows.rr_count[kept], beats))
    row = int(np.flatnonzero(live.t_s == whole.t_s[5])[0])
    assert live.alpha1[row] == pytest.approx(whole.alpha1[5], abs=1e-9)
    assert live.rmssd_s[row] == pytest.approx(whole.rmssd_s[5], abs=1e-9)
    assert (whole.quality > 0.5).all() and (whole.rmssd_low_s <= whole.rmssd_s).all()


def test_windows_with_too_few_beats_say_nothing() -> None:
    rr_s = running_beats(900, np.random.default_rng(4))
    rows = rows_of(rr_s)
    silent = (rows.t_s > 100.0) & (rows.t_s < 200.0)
    keep = ~np.repeat(silent, rows.rr_count.astype(int))
    told = variability(HeartRate(rows.t_s, rows.bpm, np.where(silent, 0.0, rows.rr_count), rr_s[keep]))
    inside = (told.t_s > 160.0) & (told.t_s < 260.0)
    assert np.isnan(told.alpha1[inside]).all() and (told.quality[inside] == 0.0).all()
    assert len(variability(HeartRate(np.arange(5.0), np.full(5, 60.0), np.zeros(5), np.empty(0))).t_s) == 0


def test_beats_end_where_their_row_says() -> None:
    t_s, rr_s = beat_times_s(
        HeartRate(np.array([1.0, 2.0]), np.full(2, 120.0), np.array([2.0, 1.0]), np.array([0.5, 0.4, 0.6]))
    )
    np.testing.assert_allclose(t_s, [0.6, 1.0, 2.0])
    assert len(rr_s) == 3


def test_bad_input_is_named() -> None:
    for bad in ([0.4, np.nan, 0.4], [0.4, -0.1], [0.4, 0.0]):
        with pytest.raises(ValueError, match=r"row \[1\]"):
            classify(np.array(bad))
    with pytest.raises(ValueError, match="rr_count says 2"):
        beat_times_s(HeartRate(np.array([1.0]), np.array([60.0]), np.array([2.0]), np.array([1.0])))
    assert np.isnan(alpha1(np.full(10, 0.4)).value) and np.isnan(alpha1(np.full(100, 0.4), trend=True).value)
    assert np.isnan(rmssd_s(clean(np.full(5, 0.4))).value) and len(clean(np.empty(0)).rr_s) == 0
