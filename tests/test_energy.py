"""Energy: near what is known, and honest about what is not."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.energy import (
    foot_kcal,
    heart_kcal,
    power_kcal,
    ride_kcal,
    run_kcal,
    running_cost_j_kg_m,
    stretches_of,
    walking_cost_j_kg_m,
)
from edge.samples import Column, Estimate

NAN = float("nan")


def even(speed_m_s: float, time_s: float, grade: float = 0.0) -> Column:
    t_s = np.arange(time_s + 1.0)
    return stretches_of(t_s, speed_m_s * t_s, t_s, 100.0 + grade * speed_m_s * t_s)


def test_running_flat_costs_about_one_kcal_per_kg_and_km() -> None:
    told = foot_kcal(even(3.0, 3600.0), 3600.0, 70.0)
    assert told.value / (70.0 * 10.8) == pytest.approx(1.0, abs=0.08)
    assert told.low < told.value < told.high
    assert told.high / told.low < 1.6


def test_an_unknown_weight_widens_the_interval_over_the_population() -> None:
    known, unknown = (foot_kcal(even(3.0, 3600.0), 3600.0, kg) for kg in (70.0, NAN))
    assert unknown.value == pytest.approx(known.value)
    assert unknown.high / unknown.low > 1.3 * known.high / known.low
    assert unknown.low < foot_kcal(even(3.0, 3600.0), 3600.0, 52.0).value < unknown.high
    assert unknown.low < foot_kcal(even(3.0, 3600.0), 3600.0, 92.0).value < unknown.high


@pytest.mark.parametrize(("grade", "running", "walking"), [(0.45, 18.93, 17.33), (-0.45, 3.92, 3.46), (0.0, 3.40, 2.5)])
def test_costs_are_those_measured_at_the_ends(grade: float, running: float, walking: float) -> None:
    """Minetti 2002, abstract: Cr at +0.45, -0.45 and level; Cw at +0.45 and -0.45 (level: the polynomial's 2.5)."""
    assert running_cost_j_kg_m(grade) == pytest.approx(running, rel=0.07)
    assert walking_cost_j_kg_m(np.array([grade]))[0] == pytest.approx(walking, rel=0.07)


def test_uphill_costs_more_and_a_walk_less_than_a_run() -> None:
    flat, up, down = (foot_kcal(even(3.0, 1800.0, grade), 1800.0, 70.0).value for grade in (0.0, 0.08, -0.08))
    assert down < flat < up
    assert up / flat == pytest.approx(running_cost_j_kg_m(0.08) / 3.6, rel=0.1)
    walk, run = foot_kcal(even(1.4, 3600.0), 3600.0, 70.0), foot_kcal(even(2.8, 1800.0), 1800.0, 70.0)
    assert walk.value < run.value


@given(st.floats(30.0, 150.0), st.floats(1.1, 3.0))
def test_energy_scales_with_weight_on_foot_and_with_work_on_a_bicycle(kg: float, times: float) -> None:
    stretches = even(3.0, 900.0)
    one, more = (foot_kcal(stretches, 900.0, w).value for w in (kg, times * kg))
    assert more == pytest.approx(times * one)
    assert power_kcal(times * 1e6).value == pytest.approx(times * power_kcal(1e6).value)


def test_a_kilojoule_at_the_pedals_is_about_a_kilocalorie() -> None:
    told = power_kcal(720_000.0)
    assert told.value == pytest.approx(800.0, rel=0.01)
    assert told.low < 720.0 < 880.0 < told.high


def test_a_ride_costs_more_when_faster_or_uphill_and_is_unsure() -> None:
    slow, fast, up = (ride_kcal(even(v, 3600.0, g), 3600.0, 75.0) for v, g in ((6.0, 0.0), (9.0, 0.0), (6.0, 0.04)))
    assert slow.value < fast.value < 3.5 * slow.value
    assert up.value > 1.8 * slow.value
    assert fast.high / fast.low > 2.0
    assert 150.0 < slow.value < 600.0


def test_heart_rate_alone_tells_energy_within_its_equations() -> None:
    """Keytel 2005 at 150 beats/min, 70 kg, 35 years: 63.1 kJ/min for men, 40.8 for women."""
    told = heart_kcal(150.0, 3600.0, 70.0)
    assert told.value == pytest.approx(0.5 * (60.5 + 40.4) * 60.0 / 4.184, rel=0.03)
    assert np.isnan(heart_kcal(40.0, 3600.0, 70.0).value)
    assert heart_kcal(150.0, 3600.0, NAN).low < told.low * 1.01


def test_no_distance_and_no_altitude_are_no_error() -> None:
    t_s = np.arange(100.0)
    assert stretches_of(t_s, np.zeros(100), t_s, t_s).shape == (3, 0)
    told = stretches_of(t_s, 3.0 * t_s, np.empty(0), np.empty(0))
    assert told[0].sum() == pytest.approx(297.0)
    np.testing.assert_array_equal(told[2], 0.0)
    assert foot_kcal(np.zeros((3, 0)), 0.0, 70.0).value == 0.0


def run_of(kg: float = 70.0, bpm: float = NAN, grade: float = 0.0, speed: float = 2.8, **said: object) -> Estimate:
    return run_kcal(np.full(60, 30.0), np.full(60, speed), grade, kg, bpm, **said)  # type: ignore[arg-type]


def test_a_run_alone_needs_no_heart_rate_and_is_the_same_however_it_is_cut() -> None:
    whole = run_kcal(np.array([1800.0]), np.array([2.8]), 0.0, 70.0)
    assert whole == foot_kcal(np.array([[2.8 * 1800.0], [1800.0], [0.0]]), 1800.0, 70.0)
    assert run_of().value == pytest.approx(whole.value) and run_of().high == pytest.approx(whole.high)


def test_heart_rate_narrows_where_it_agrees_and_widens_where_it_does_not() -> None:
    alone, agreeing, odd = run_of(), run_of(bpm=140.0, age=35.0, sex="m"), run_of(bpm=95.0, age=35.0, sex="m")
    assert agreeing.high / agreeing.low < alone.high / alone.low < odd.high / odd.low
    assert odd.low < alone.value < odd.high
    assert "Keytel" in agreeing.source and "Minetti" in agreeing.source


@given(st.floats(35.0, 140.0), st.floats(90.0, 180.0), st.floats(-0.3, 0.3), st.floats(0.8, 6.0))
def test_the_interval_always_holds_the_value_and_both_sources_pull(
    kg: float, bpm: float, grade: float, speed: float
) -> None:
    both, moved = run_of(kg, bpm, grade, speed), run_of(kg, NAN, grade, speed)
    assert 0.0 < both.low <= both.value <= both.high
    beaten = heart_kcal(bpm, 1800.0, kg)
    if beaten.value > 0.0:
        low, high = sorted((moved.value, beaten.value))
        assert low * (1 - 1e-9) <= both.value <= high * (1 + 1e-9)


def test_age_and_sex_choose_the_equation_and_what_is_not_said_is_named() -> None:
    """Keytel 2005: 30 min at 140 beats/min of a man and a woman of 40 and 70 kg, by hand."""
    man, woman = heart_kcal(140.0, 1800.0, 70.0, 40.0, "m"), heart_kcal(140.0, 1800.0, 70.0, 40.0, "f")
    assert man.value == pytest.approx((-55.0969 + 88.326 + 13.916 + 8.068) * 30.0 / 4.184)
    assert woman.value == pytest.approx((-20.4022 + 62.608 - 8.841 + 2.96) * 30.0 / 4.184)
    assert woman.value < heart_kcal(140.0, 1800.0, 70.0, 40.0).value < man.value
    assert heart_kcal(140.0, 1800.0, 70.0).source.endswith("age and sex unknown") and "unknown" not in man.source


@pytest.mark.parametrize("wrong", [NAN, -1.0, float("inf")])
def test_a_column_that_cannot_be_is_named(wrong: float) -> None:
    with pytest.raises(ValueError, match="speed_m_s"):
        run_kcal(np.array([60.0, 60.0]), np.array([3.0, wrong]))
    with pytest.raises(ValueError, match="duration_s"):
        run_kcal(np.array([60.0, wrong]), np.array([3.0, 3.0]))


def test_the_component_needs_nothing_but_numpy() -> None:
    program = (
        "import sys, edge.energy; loaded = {m.split('.')[0] for m in sys.modules}; "
        "print(sorted(loaded & {'scipy', 'onnxruntime', 'app', 'models', 'device', 'hardware_sim'}))"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"
