"""The laws of the screen's turns: chunks and restarts change nothing, swings never turn it, a turn is shown at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bench.screen_bench import ours, phone_rule, without_gyroscope, without_hysteresis
from app.bench.screen_worlds import G_M_S2, WEARINGS, motionsense, simulated_run, still, turned
from edge.samples import Inertial
from edge.screen import Decision, Orientation, Rule, Screen, Worn
from edge.screen.gravity import gravity_sensor

HZ = 52.0


def part(inertial: Inertial, rows: slice) -> Inertial:
    return Inertial(inertial.t_s[rows], inertial.accel_m_s2[rows], inertial.gyro_rad_s[rows])


@pytest.fixture(scope="module")
def run() -> Inertial:
    calm = simulated_run(WEARINGS[1], 2.0, HZ, np.random.default_rng(3))
    return turned(calm, np.array([40.0, 80.0]), np.array([1.57, -1.57]), np.array([0.5, 0.7]))


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=5, deadline=None)
def test_any_chunking_and_a_restart_give_the_same_decisions(run: Inertial, seed: int) -> None:
    run = part(run, slice(1500, 3500))
    whole = Screen(HZ)
    told = whole.feed(run)
    rng, live, parts, row = np.random.default_rng(seed), Screen(HZ), list[Decision](), 0
    while row < len(run):
        step = int(rng.integers(1, 120))
        parts += live.feed(part(run, slice(row, row + step)))
        live, row = Screen(HZ, live.state), row + step
    assert str(parts) == str(list(told)) and len(parts) >= 1
    np.testing.assert_array_equal(live.state.worn_log, whole.state.worn_log)
    np.testing.assert_array_equal(live.state.recent, whole.state.recent)


@pytest.mark.parametrize("edge", list(Orientation))
def test_each_edge_that_points_up_is_shown(edge: Orientation) -> None:
    up = {0: [0.0, 1.0, 0.0], 1: [1.0, 0.0, 0.0], 2: [0.0, -1.0, 0.0], 3: [-1.0, 0.0, 0.0]}[edge.value]
    screen = Screen(50.0)
    screen.feed(still(np.array(up), 0.05, 0.0, 0.2, np.random.default_rng(0)))
    assert screen.decision.show is edge
    assert screen.state.sensed is edge


@pytest.mark.parametrize("wearing", WEARINGS, ids=lambda w: w.name)
def test_no_swing_of_a_runner_turns_the_screen(wearing: object) -> None:
    inertial = simulated_run(wearing, 4.0, HZ, np.random.default_rng(9))  # type: ignore[arg-type]
    assert np.sum(ours(inertial, HZ)[0] > 5.0) == 0


def test_without_hysteresis_and_by_the_simple_rule_a_swung_phone_turns_all_the_time() -> None:
    inertial = simulated_run(WEARINGS[1], 3.0, HZ, np.random.default_rng(5))
    assert len(without_hysteresis(inertial, HZ)[0]) > 50
    assert len(phone_rule(inertial, HZ)[0]) > 50


@pytest.mark.parametrize("rate_hz", [50.0, 104.0])
def test_a_turn_is_shown_within_300_ms_of_half_way(rate_hz: float) -> None:
    at = np.arange(15.0, 110.0, 8.0)
    lasts = np.linspace(0.3, 0.8, len(at))
    angle = np.where(np.arange(len(at)) % 2 == 0, 0.5, -0.5) * np.pi
    calm, rng = [], np.random.default_rng(4)
    t_s = np.arange(0.0, 120.0, 1.0 / rate_hz)
    up = np.tile([0.0, 0.8 * G_M_S2, 0.6 * G_M_S2], (len(t_s), 1))
    calm.append(Inertial(t_s, up + 0.5 * rng.normal(size=up.shape), 0.05 * rng.normal(size=up.shape)))
    calm.append(simulated_run(WEARINGS[6], 2.0, rate_hz, rng))
    for inertial in calm:
        put_in = turned(inertial, at, angle, lasts)
        told, _ = ours(put_in, rate_hz)
        told = told[told > 5.0]
        assert len(told) == len(at)
        delay = told - at - 0.5 * lasts
        assert np.max(delay) < 0.35 and np.quantile(delay, 0.9) < 0.3
        late, _ = without_gyroscope(put_in, rate_hz)
        late = late[late > 5.0]
        assert len(late) != len(at) or np.max(late - at - 0.5 * lasts) > 0.5, "the gyroscope makes it quick"


def test_a_flat_screen_keeps_its_orientation() -> None:
    rng = np.random.default_rng(2)
    screen = Screen(50.0)
    side = still(np.array([1.0, 0.0, 0.0]), 0.05, 0.0, 0.2, rng)
    screen.feed(side)
    flat = still(np.array([0.1, 0.2, 0.97]), 0.05, 0.0, 0.5, rng)
    assert screen.feed(Inertial(side.t_s[-1] + 0.02 + flat.t_s, flat.accel_m_s2, flat.gyro_rad_s)) == ()
    assert screen.decision.show is Orientation.LANDSCAPE_LEFT


def test_gravity_is_found_in_a_run_within_a_few_degrees() -> None:
    up = still(np.array([0.0, 0.6, 0.8]), 3.0, 0.0, 0.5, np.random.default_rng(3))
    told = gravity_sensor(up.accel_m_s2, np.zeros_like(up.gyro_rad_s), np.full(len(up), 0.02), 50.0)[200:]
    assert np.degrees(np.arccos(np.min(told @ np.array([0.0, 0.6, 0.8])))) < 8.0


def test_nan_gaps_and_saturation_crash_nothing(run: Inertial) -> None:
    accel, gyro, t_s = run.accel_m_s2.copy(), run.gyro_rad_s.copy(), run.t_s.copy()
    accel[100:200], gyro[300:320] = np.nan, np.nan
    accel = np.clip(accel, -20.0, 20.0)
    t_s[1000:] += 30.0
    screen = Screen(HZ)
    screen.feed(Inertial(t_s, accel, gyro))
    assert screen.state.since_gap == len(t_s) - 1000
    assert sum(screen.worn.values()) == pytest.approx(1.0)
    assert Screen(HZ).feed(Inertial(np.empty(0), np.empty((0, 3)), np.empty((0, 3)))) == ()
    assert Screen(HZ).feed(part(run, slice(0, 1))) == ()
    nothing = Screen(HZ)
    assert nothing.feed(Inertial(run.t_s, np.full_like(accel, np.nan), gyro)) == ()
    assert nothing.decision.why.rule is Rule.START


def test_bad_input_is_named(run: Inertial) -> None:
    with pytest.raises(ValueError, match="accel_m_s2 must be"):
        Screen(HZ).feed(Inertial(np.arange(3.0), np.zeros((3, 2)), np.zeros((3, 3))))
    with pytest.raises(ValueError, match="at row 1"):
        Screen(HZ).feed(Inertial(np.array([0.0, 1.0, 0.5]), np.zeros((3, 3)), np.zeros((3, 3))))
    with pytest.raises(ValueError, match="rate_hz"):
        Screen(5.0)
    screen = Screen(HZ)
    screen.feed(part(run, slice(0, 10)))
    with pytest.raises(ValueError, match="rise"):
        screen.feed(part(run, slice(0, 10)))


def test_a_table_a_mount_and_a_swinging_hand_are_told_apart() -> None:
    rng = np.random.default_rng(6)
    table, mount, hand = Screen(50.0), Screen(50.0), Screen(HZ)
    table.feed(still(np.array([0.0, 0.0, 1.0]), 0.02, 0.002, 0.6, rng))
    mount.feed(still(np.array([0.0, 0.9, 0.43]), 0.5, 0.05, 0.6, rng))
    hand.feed(simulated_run(WEARINGS[1], 2.0, HZ, rng))
    assert max(table.worn, key=table.worn.__getitem__) is Worn.TABLE
    assert max(mount.worn, key=mount.worn.__getitem__) is Worn.MOUNTED
    assert max(hand.worn, key=hand.worn.__getitem__) is Worn.HAND
    before = hand.worn[Worn.POCKET]
    hand.breathe(101_325.0 + 0.3 * rng.normal(size=50))
    hand.feed(
        Inertial(
            118.0 + np.arange(1.0, 700.0) / HZ, np.tile([0.0, G_M_S2, 0.0], (699, 1)), 0.5 * rng.normal(size=(699, 3))
        )
    )
    assert hand.state.roughness_pa < 1.0 and hand.worn[Worn.POCKET] != before


@pytest.mark.real
def test_a_phone_in_a_jogging_pocket_hardly_ever_turns(data_folder: Path) -> None:
    jogs = [c for c in motionsense(data_folder / "har" / "motionsense", 4) if c.activity in ("jog", "wlk")]
    mine = sum(np.sum(ours(c.inertial, 50.0)[0] > 5.0) for c in jogs)
    simple = sum(len(phone_rule(c.inertial, 50.0)[0]) for c in jogs)
    assert mine <= 4 and simple > 10 * max(mine, 1)
