"""Pace follows a change within seconds and is calm at steady speed; the grade curve learns what it is shown."""

from __future__ import annotations

import numpy as np
import pytest
from edge_truth import wander

from edge.energy import running_cost_j_kg_m
from edge.pace import LOOK_BACK_S, calm, pace_m_s, spread_m_s
from edge.pace_grade import PRIOR_DOWN, PRIOR_UP, extra_cost, grade_curve, lagged, lesson
from edge.track.stride import learn, look_back, no_strides


def told(satellite: np.ndarray, cadence: np.ndarray | None = None) -> np.ndarray:
    body = np.full(len(satellite), np.nan) if cadence is None else cadence
    windows = np.lib.stride_tricks.sliding_window_view(np.stack((satellite, body)), LOOK_BACK_S, axis=1)
    return pace_m_s(windows[0], windows[1])[0]


def test_pace_is_calm_at_steady_speed() -> None:
    pace = told(3.0 + np.random.default_rng(0).normal(0.0, 0.25, 2000))
    assert np.std(pace) / 3.0 < 0.03 and np.mean(pace) == pytest.approx(3.0, rel=0.005)


@pytest.mark.parametrize("new_m_s", [2.0, 4.2])
def test_pace_follows_a_change_within_5_s(new_m_s: float) -> None:
    rng = np.random.default_rng(1)
    late = []
    for _ in range(30):
        true = np.where(np.arange(120) < 60, 3.0, new_m_s)
        pace = told(true + rng.normal(0.0, 0.25, 120), true / 9.0 * 8.5)
        share = (pace[60 - LOOK_BACK_S + 1 :] - 3.0) / (new_m_s - 3.0)
        late.append(np.flatnonzero(share >= 0.9)[0])
    assert np.median(late) <= 4.0


def test_a_lone_wild_speed_moves_nothing() -> None:
    true = np.full(90, 3.0) + 0.1 * np.sin(np.arange(90.0) * 2.3)
    wild = true.copy()
    wild[60] = 9.0
    assert np.max(np.abs(told(wild) - told(true))) < 0.15


def test_nothing_known_is_nan_and_noise_is_measured() -> None:
    assert np.isnan(told(np.full(40, np.nan))).all()
    noise = np.random.default_rng(2).normal(3.0, 0.3, (200, LOOK_BACK_S))
    assert np.median(spread_m_s(noise)) == pytest.approx(0.3, rel=0.15)
    jumps = np.array([[1.0, 9.0, 1.0, 1.0], [1.0, 1.2, 1.0, 9.0], [1.0, 1.0, 9.0, 9.0]])
    assert calm(jumps, np.full(3, 0.2)).tolist() == [[1.0] * 4, [1.0, 1.2, 1.0, 1.2], [1.0, 1.0, 9.0, 9.0]]


def test_a_foot_pod_is_set_right_and_cadence_keeps_its_level() -> None:
    count = 600
    true, none = np.full(count, 3.0), np.full(count, np.nan)
    taught = np.where(np.arange(count) < 540, true, np.nan)
    _, pod, _ = learn(no_strides(), np.full(count, 165.0), 1.05 * true, 0.0 * true, taught)
    _, steps, _ = learn(no_strides(), np.full(count, 165.0), none, 0.0 * true, taught)
    assert pod[-1] == pytest.approx(3.0, rel=0.005) and steps[-1] == pytest.approx(3.0, rel=0.005)
    assert np.isnan(learn(no_strides(), none, none, 0.0 * true, true)[1]).all()


def test_a_step_rate_that_was_run_before_tells_its_speed_though_cadence_strays() -> None:
    rng, second = np.random.default_rng(1), np.arange(1000)
    fast = (second // 100) % 2 == 1
    cadence = np.where(fast, 176.0, 162.0) + wander(rng, 1000, 1.0, 1.7, 8.0)
    true = np.where(fast, 4.0, 2.5)
    taught = np.where(second < 800, true + rng.normal(0.0, 0.25, 1000), np.nan)
    none, level = np.full(1000, np.nan), np.zeros(1000)
    live, after = learn(no_strides(), cadence, none, level, taught)[1], look_back(cadence, none, level, taught)[0]
    for told in (live, after):
        assert np.mean(told[820:900]) == pytest.approx(2.5, rel=0.07)
        assert np.mean(told[920:]) == pytest.approx(4.0, rel=0.07)


def hilly(up: float, down: float, seed: int) -> tuple[np.ndarray, ...]:
    rng, t_s = np.random.default_rng(seed), np.arange(3000.0)
    grade, speed = 0.08 * np.sin(t_s / 90.0), 2.8 + 0.2 * np.sin(t_s / 61.0 + seed)
    dearer, cheaper = extra_cost(grade)
    load = lagged(speed * (1.0 + up * dearer + down * cheaper))
    return t_s, speed, grade, 80.0 + 22.0 * load + 5.0 * t_s / 3600.0 + rng.normal(0.0, 2.0, 3000)


@pytest.mark.parametrize(("up", "down"), [(1.3, 0.0), (0.8, 0.9)])
def test_the_curve_of_a_simulated_person_is_found_from_their_heart_rate(up: float, down: float) -> None:
    lessons = tuple(x for k in range(12) if (x := lesson(*hilly(up, down, k))) is not None)
    curve = grade_curve(lessons)
    assert curve.up == pytest.approx(up, abs=0.15) and curve.down == pytest.approx(down, abs=0.25)


def test_without_runs_the_curve_is_minettis_and_flat_runs_teach_nothing() -> None:
    curve = grade_curve(())
    assert (curve.up, curve.down) == (PRIOR_UP, pytest.approx(PRIOR_DOWN))
    grade = np.array([0.0, 0.1])
    expected = running_cost_j_kg_m(0.1) / running_cost_j_kg_m(0.0)
    np.testing.assert_allclose(curve.cost_ratio(grade), [1.0, expected])
    t_s, speed, grade, bpm = hilly(1.0, 1.0, 0)
    flat = lesson(t_s, speed, 0.0 * grade, bpm)
    assert flat is not None and np.allclose(flat.precision, 0.0)
    assert lesson(t_s[:300], speed[:300], grade[:300], bpm[:300]) is None
