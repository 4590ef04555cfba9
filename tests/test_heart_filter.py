"""The laws of the live heart: chunks and restarts change nothing, faults are named, nothing is frozen or made up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bench.heart_bench import recorded_runs
from app.bench.heart_faults import Run, shuffled, simulated_run, with_faults
from edge.heart.filter import CleanHeart, HeartFilter, HeartState, clean_heart
from edge.heart.lag import lag_s
from edge.heart.verdict import Fault
from edge.samples import HeartRate, Stride, heart_rate


@pytest.fixture(scope="module")
def run() -> Run:
    return simulated_run("intervals", np.random.default_rng(2))


def cleaned(run: Run, stride: Stride | None = None) -> CleanHeart:
    known = np.isfinite(run.bpm)
    return clean_heart(heart_rate(run.t_s[known], run.bpm[known]), stride or run.stride)


def put_in(run: Run, rows: CleanHeart) -> np.ndarray:
    return run.fault[np.clip(np.searchsorted(run.t_s, rows.t_s), 0, len(run.t_s) - 1)]


def joined(parts: list[CleanHeart]) -> np.ndarray:
    return np.concatenate([np.stack([getattr(p, n) for n in CleanHeart.__slots__]) for p in parts], axis=1)


@given(st.integers(0, 2**32 - 1), st.sampled_from(list(Fault)[1:7]))
@settings(max_examples=6, deadline=None)
def test_any_chunking_and_a_restart_give_the_same_rows(run: Run, seed: int, kind: Fault) -> None:
    rng = np.random.default_rng(seed)
    faulty = with_faults(run, kind, rng)
    rows = np.flatnonzero(np.isfinite(faulty.bpm) & (faulty.t_s < 900.0))
    whole = clean_heart(heart_rate(faulty.t_s[rows], faulty.bpm[rows]), first(run.stride, 900.0))
    live, parts, from_s = HeartFilter(), [], -1.0
    for to_s in np.sort(np.append(rng.uniform(0.0, 900.0, 12), 1000.0)):
        now = rows[(faulty.t_s[rows] > from_s) & (faulty.t_s[rows] <= to_s)]
        steps = (run.stride.t_s > from_s) & (run.stride.t_s <= min(to_s, 899.999))
        stride = Stride(*(getattr(run.stride, n)[steps] for n in ("t_s", "cadence_spm", "speed_m_s", "distance_m")))
        parts.append(live.feed(heart_rate(faulty.t_s[now], faulty.bpm[now]), stride))
        from_s = to_s
        live = HeartFilter(live.state)
    parts.append(live.finish())
    np.testing.assert_array_equal(joined(parts), joined([whole]))


def first(stride: Stride, until_s: float) -> Stride:
    kept = stride.t_s < until_s
    return Stride(*(getattr(stride, n)[kept] for n in ("t_s", "cadence_spm", "speed_m_s", "distance_m")))


@pytest.mark.parametrize(
    ("kind", "least"),
    [(Fault.NO_CONTACT, 0.99), (Fault.DROPOUT, 0.7), (Fault.SPIKE, 0.9), (Fault.IMPOSSIBLE, 0.5), (Fault.FROZEN, 0.4)],
)
def test_faults_that_were_put_in_are_refused(run: Run, kind: Fault, least: float) -> None:
    faulty = with_faults(run, kind, np.random.default_rng(4))
    rows = cleaned(faulty)
    assert np.isnan(rows.bpm[put_in(faulty, rows) > 0]).mean() >= least
    assert np.isnan(rows.bpm[put_in(faulty, rows) == 0]).mean() < 0.08


def test_the_step_rate_is_not_the_heart_rate(run: Run) -> None:
    faulty = with_faults(run, Fault.CADENCE_LOCK, np.random.default_rng(1))
    rows, mixed = cleaned(faulty), cleaned(faulty, shuffled(run.stride, np.random.default_rng(2)))
    locked = put_in(faulty, rows) > 0
    assert (rows.fault[locked] == Fault.CADENCE_LOCK).mean() > 0.6
    assert (mixed.fault[locked] == Fault.CADENCE_LOCK).mean() < 0.2, "without its own step rate nothing can be found"


@pytest.mark.parametrize("off_bpm", [0.0, 2.0, -3.0])
def test_a_heart_that_happens_to_beat_at_the_step_rate_is_believed(off_bpm: float) -> None:
    rng, t_s = np.random.default_rng(5), np.arange(2400.0)
    wave = 3.0 * np.convolve(rng.normal(size=2420), np.ones(21) / 21.0, "valid")
    steps = Stride(t_s, 168.0 + wave, np.full(2400, 3.0), 3.0 * t_s)
    heart = 168.0 + off_bpm + 2.0 * np.sin(t_s / 150.0) + (t_s % 9 < 3)
    rows = clean_heart(heart_rate(t_s, np.round(heart)), steps)
    assert (rows.fault == Fault.CADENCE_LOCK).mean() < 0.02
    assert np.nanmin(rows.quality[60:]) > 0.5


def test_a_clean_strap_is_left_as_it_is(run: Run) -> None:
    rows = cleaned(run)
    usable = np.isfinite(rows.bpm)
    assert usable[5:].mean() > 0.97
    assert np.array_equal(rows.bpm[usable], rows.raw_bpm[usable])
    assert np.median(rows.quality) > 0.9


def test_a_dropout_ages_and_never_freezes() -> None:
    t_s = np.concatenate([np.arange(100.0), np.arange(160.0, 200.0)])
    rows = clean_heart(heart_rate(t_s, np.full(140, 150.0)), None)
    silent = (rows.t_s > 105.0) & (rows.t_s < 160.0)
    assert np.isnan(rows.bpm[silent]).all()
    np.testing.assert_allclose(rows.age_s[silent], rows.t_s[silent] - 99.0)
    assert (rows.fault[silent] == Fault.DROPOUT).all() and (rows.quality[silent] == 0.0).all()
    assert rows.bpm[-1] == 150.0


def test_zero_is_no_contact_and_a_spike_is_a_spike() -> None:
    bpm = 140.0 + np.arange(300.0) % 3
    bpm[100:110], bpm[200:202] = 0.0, 215.0
    rows = clean_heart(heart_rate(np.arange(300.0), bpm))
    assert (rows.fault[100:110] == Fault.NO_CONTACT).all() and (rows.fault[200:202] == Fault.SPIKE).all()
    assert (rows.fault[np.r_[0:100, 110:200, 202:300]] == Fault.FINE).all()


def test_a_late_answer_to_a_faster_pace_is_told() -> None:
    t_s = np.arange(600.0)
    speed = np.where(t_s < 300.0, 2.0, 4.0)
    steps = Stride(t_s, np.full(600, 170.0), speed, np.cumsum(speed))
    prompt = 120.0 + 60.0 * (1.0 - np.exp(-np.maximum(0.0, t_s - 300.0) / 30.0)) + t_s % 2
    late = 120.0 + 60.0 * (1.0 - np.exp(-np.maximum(0.0, t_s - 360.0) / 30.0)) + t_s % 2
    assert not (clean_heart(heart_rate(t_s, prompt), steps).fault == Fault.LAGGING).any()
    assert (clean_heart(heart_rate(t_s, late), steps).fault == Fault.LAGGING).sum() > 10


@pytest.mark.parametrize("count", [0, 1, 2, 30])
def test_short_empty_and_odd_rows_crash_nothing(count: int) -> None:
    t_s = np.arange(float(count))
    assert len(clean_heart(heart_rate(t_s, np.full(count, 130.0)))) == count
    odd = clean_heart(HeartRate(t_s, np.full(count, np.nan), np.zeros(count), np.empty(0)))
    assert np.isnan(odd.bpm).all()
    live = HeartFilter(HeartState())
    assert len(live.feed()) == 0 and len(live.finish()) == 0


@pytest.mark.parametrize("late_s", [0.0, 15.0, 30.0])
def test_the_lag_put_in_is_found_within_its_interval(run: Run, late_s: float) -> None:
    grid = np.arange(5.0, np.floor(run.t_s[-1]))
    speed = np.interp(grid, run.stride.t_s, run.stride.speed_m_s)
    told = lag_s(np.interp(grid - late_s, run.t_s, run.bpm), speed)
    assert told.low - 2.0 <= late_s <= told.high + 2.0
    assert abs(told.value - late_s) < 8.0


def test_a_steady_run_tells_no_lag_and_wrong_shapes_are_named() -> None:
    rng = np.random.default_rng(0)
    assert np.isnan(lag_s(150.0 + rng.normal(size=1200), 3.0 + 0.05 * rng.normal(size=1200)).value)
    assert np.isnan(lag_s(np.full(20, 150.0), np.full(20, 3.0)).value)
    assert np.isnan(lag_s(np.full(1200, 150.0), np.full(1200, np.nan)).value)
    with pytest.raises(ValueError, match="one length"):
        lag_s(np.zeros(10), np.zeros(9))


@pytest.mark.real
def test_recorded_runs_raise_few_false_locks(data_folder: Path) -> None:
    runs = list(recorded_runs(data_folder, True))
    rows = [clean_heart(heart, stride) for heart, stride in runs]
    assert len(rows) > 2
    assert sum((r.fault == Fault.CADENCE_LOCK).sum() for r in rows) < 0.005 * sum(len(r) for r in rows)
