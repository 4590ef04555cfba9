"""Laws of the activity filter: any chunking, any turn of the sensor, bounded memory, bad input named."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.activity import DELAY_S, HOP, HOP_S, Activity, ActivityFilter, classify
from edge.activity.align import AlignState, align, low_pass, products
from edge.activity.features import NAMES, RATE_HZ, WINDOW, features, level_frame
from edge.activity.net import CLASSES, bundled, smooth, transitions
from edge.quaternion import as_matrix, from_rotation_vector, rotate
from hardware_sim import gait as gaits
from hardware_sim import runner, sensors

Motion = tuple[np.ndarray, np.ndarray]
KNOWN = set(CLASSES)


def simulated(seconds: float, rate_hz: float = 50.0, step_hz: float = 1.8, seed: int = 0) -> Motion:
    """A trunk that goes up and down at the step frequency and swings at the stride's, with noise; not a person."""
    generator, t = np.random.default_rng(seed), np.arange(round(seconds * rate_hz)) / rate_hz
    up = 2.5 * np.sin(2 * np.pi * step_hz * t) + 0.8 * np.sin(4 * np.pi * step_hz * t + 1)
    side = np.sin(np.pi * step_hz * t)
    accel = np.stack([0.8 * side, 0.5 * np.cos(2 * np.pi * step_hz * t), 9.81 + up], axis=1)
    gyro = np.stack([0.4 * side, 0.2 * side, 0.3 * np.cos(np.pi * step_hz * t)], axis=1)
    return accel + generator.normal(0, 0.1, accel.shape), gyro + generator.normal(0, 0.02, gyro.shape)


def joined(parts: list[Activity]) -> Activity:
    return Activity(*(np.concatenate([getattr(p, n) for p in parts]) for n in ("t_s", "label", "probability")))


def same(one: Activity, other: Activity) -> None:
    np.testing.assert_allclose(one.t_s, other.t_s, rtol=0, atol=1e-9)
    np.testing.assert_allclose(one.probability, other.probability, rtol=0, atol=1e-9)
    assert one.label.tolist() == other.label.tolist()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 700), max_size=8), st.sampled_from([20.0, 25.0, 50.0, 104.0]), st.integers(0, 99))
def test_any_chunking_and_a_restart_in_the_middle_give_the_same_windows(cuts: list[int], rate_hz: float, seed: int):
    accel, gyro = simulated(700 / rate_hz, rate_hz, seed=seed)
    live, parts = ActivityFilter(rate_hz), []
    for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), 700], strict=True):
        parts.append(live.feed(accel[start:end], gyro[start:end]))
        live = ActivityFilter(rate_hz, live.state)
    same(joined([*parts, live.finish()]), classify(accel, gyro, rate_hz))


@settings(max_examples=15, deadline=None)
@given(st.tuples(*[st.floats(-3, 3)] * 3), st.integers(0, 99))
def test_how_the_sensor_is_turned_does_not_matter(turn: tuple[float, float, float], seed: int):
    accel, gyro = simulated(12, seed=seed)
    quaternion = from_rotation_vector(np.array(turn))
    turned = classify(rotate(quaternion, accel), rotate(quaternion, gyro), 50.0)
    plain = classify(accel, gyro, 50.0)
    np.testing.assert_allclose(turned.probability, plain.probability, rtol=0, atol=1e-6)
    assert turned.label.tolist() == plain.label.tolist()


@pytest.mark.parametrize("seconds", [0.05, 0.5, 3.9, 4.0, 4.1, 5.3, 7.77, 30.0])
@pytest.mark.parametrize("rate_hz", [20.0, 50.0, 100.0, 204.8])
def test_windows_cover_the_whole_recording(seconds: float, rate_hz: float):
    found = classify(*simulated(seconds, rate_hz), rate_hz)
    assert HOP_S <= 1.3
    assert len(found) >= 1
    assert found.t_s[0] <= HOP_S
    assert found.t_s[-1] >= seconds - 2 * HOP_S
    assert found.t_s[-1] <= seconds
    assert np.all(np.diff(found.t_s) > 0)
    assert np.all(np.diff(found.t_s) <= HOP_S + 1e-9)
    assert set(found.label.tolist()) <= KNOWN


def test_less_than_a_window_is_unknown_with_no_probability():
    found = classify(*simulated(3.0), 50.0)
    assert set(found.label.tolist()) == {"unknown"}
    assert np.isnan(found.probability).all()


def test_nothing_at_all_gives_no_window():
    assert len(classify(np.empty((0, 3)), np.empty((0, 3)), 50.0)) == 0


def test_what_is_further_than_three_seconds_from_a_window_does_not_matter():
    accel, gyro = simulated(40)
    other, turning = simulated(40, step_hz=2.8, seed=5)
    middle = 20.0
    one = classify(accel, gyro, 50.0)
    near = (np.abs(np.arange(len(accel)) / 50.0 - middle) <= 2.0 + 3.0)[:, None]
    two = classify(np.where(near, accel, 3 * other), np.where(near, gyro, 3 * turning), 50.0)
    row = int(np.argmin(np.abs(one.t_s - middle)))
    assert one.probability[row] == pytest.approx(two.probability[row], abs=1e-9)
    assert one.label[row] == two.label[row]


@pytest.mark.parametrize("rate_hz", [20.0, 50.0, 100.0])
def test_a_word_leaves_three_seconds_after_the_middle_of_its_window(rate_hz: float):
    accel, gyro = simulated(30, rate_hz)
    live = ActivityFilter(rate_hz)
    late = []
    for k in range(len(accel)):
        late += (k / rate_hz - live.feed(accel[k : k + 1], gyro[k : k + 1]).t_s).tolist()
    assert max(late[3:]) <= DELAY_S + 2 / rate_hz + 0.05


def test_lying_still_is_still_and_a_lasting_bias_of_the_gyroscope_does_not_change_it():
    generator = np.random.default_rng(1)
    accel = np.array([3.0, 1.0, 9.0]) + generator.normal(0, 0.03, (1500, 3))
    gyro = np.array([0.01, -0.01, 0.01]) + generator.normal(0, 0.005, (1500, 3))
    assert set(classify(accel, gyro, 50.0).label.tolist()) == {"still"}


@pytest.mark.parametrize(
    ("accel", "gyro", "rate_hz", "named"),
    [
        (np.zeros((5, 2)), np.zeros((5, 3)), 50.0, r"accel_m_s2 has shape \(5, 2\)"),
        (np.zeros((5, 3)), np.zeros(5), 50.0, r"gyro_rad_s has shape \(5,\)"),
        (np.zeros((5, 3)), np.zeros((4, 3)), 50.0, "5 rows, gyro_rad_s 4"),
        (np.where(np.arange(5)[:, None] == 3, np.nan, np.zeros((5, 3))), np.zeros((5, 3)), 50.0, "accel_m_s2 .*row 3"),
        (np.zeros((5, 3)), np.full((5, 3), np.inf), 50.0, "gyro_rad_s .*row 0"),
        (np.zeros((5, 3)), np.zeros((5, 3)), 10.0, "rate_hz 10"),
        (np.zeros((5, 3)), np.zeros((5, 3)), float("nan"), "rate_hz nan"),
    ],
)
def test_bad_input_is_named_with_its_place(accel: np.ndarray, gyro: np.ndarray, rate_hz: float, named: str):
    with pytest.raises(ValueError, match=named):
        classify(accel, gyro, rate_hz)


def simulated_outing(seed: int, placement: str, speed_m_s: float, rate_hz: float = 104.0) -> Motion:
    """40 s of standing, 80 s of moving and 40 s of standing of somebody of the simulator, with a sensor's errors."""
    rng = np.random.default_rng(seed)
    gait = runner.some_gait(rng)
    speed = np.repeat([0.0, speed_m_s, 0.0], [40, 80, 41])
    cadence = runner.cadence_spm(gait, speed)
    vigour = np.clip((speed - 0.3) / 1.9, 0.0, 1.0)
    pacing = gaits.Pacing(cadence, vigour, np.zeros(161), np.gradient(speed))
    strikes = np.clip(rng.normal(1.0, 0.12, int(cadence.sum() / 60) + 8), 0.4, 1.8)
    t_s = np.arange(round(160 * rate_hz)) / rate_hz
    motion = gaits.motion(gait, pacing, t_s, placement, strikes, gaits.mounting(rng))
    gyro, accel = sensors.imu(rng).measure(motion.rate_sensor_rad_s, motion.force_sensor_m_s2, rng)
    return accel, gyro


@pytest.mark.parametrize("placement", ["trunk", "wrist"])
@pytest.mark.parametrize(("speed_m_s", "truly"), [(1.3, "walk"), (2.5, "run"), (3.2, "run"), (4.0, "run")])
def test_a_simulated_run_is_a_run_and_standing_around_it_is_still(placement: str, speed_m_s: float, truly: str):
    right, stood, count = 0, 0, 0
    for seed in range(3):
        found = classify(*simulated_outing(seed, placement, speed_m_s), 104.0)
        moving = (found.t_s > 43.0) & (found.t_s < 117.0)
        standing = (found.t_s < 37.0) | (found.t_s > 123.0)
        right, count = right + int(np.sum(found.label[moving] == truly)), count + int(moving.sum())
        stood += int(np.all(found.label[standing] == "still"))
    assert right >= 0.95 * count
    assert stood == 3


@pytest.mark.parametrize("value", [0.0, 1e-9, 156.9])
def test_no_motion_no_gravity_and_a_saturated_sensor_give_words_and_no_warning(value: float):
    found = classify(np.full((600, 3), value), np.full((600, 3), value / 5), 50.0)
    assert set(found.label.tolist()) <= KNOWN
    assert np.isfinite(found.probability).all()


def test_the_result_is_the_same_at_any_rate_that_holds_the_motion():
    words = [classify(*simulated(30, rate), rate).label for rate in (50.0, 100.0, 200.0)]
    assert np.mean(words[0] == words[1]) > 0.95
    assert np.mean(words[0] == words[2]) > 0.95


def test_the_low_pass_is_the_sinc_under_scipys_kaiser_window():
    signal = pytest.importorskip("scipy.signal")
    at = np.linspace(-0.2, 0.2, 81)
    wanted = np.sinc(16.0 * at) * signal.windows.kaiser(81, 6.0) * np.i0(6.0)
    np.testing.assert_allclose(low_pass(at), wanted, rtol=0, atol=2e-7 * np.i0(6.0))
    assert not low_pass(np.array([-0.201, 0.201])).any()


@pytest.mark.parametrize("rate_hz", [50.0, 100.0, 104.0, 200.0])
def test_the_low_pass_keeps_steps_and_stops_what_would_fold_back(rate_hz: float):
    t = np.arange(round(20 * rate_hz)) / rate_hz
    for hz, low, high in ((1.0, 0.99, 1.01), (4.0, 0.93, 1.03), (16.0, 0.0, 0.06), (19.0, 0.0, 0.03)):
        rows = np.zeros((len(t), 6))
        rows[:, 0] = np.sin(2 * np.pi * hz * t)
        made, _ = align(AlignState(), rows, rate_hz, end=True)
        assert low <= np.sqrt(2) * made[20:-20, 0].std() <= high


def test_up_is_where_gravity_says_and_every_column_has_a_name():
    generator = np.random.default_rng(2)
    windows = generator.normal(0, 1, (7, WINDOW, 6))
    windows[:, :, :3] += generator.normal(0, 6, (7, 1, 3))
    channels = level_frame(windows)
    np.testing.assert_allclose(channels[:, 3:5].mean(axis=2), 0.0, atol=1e-12)
    assert (channels[:, 5].mean(axis=1) > 0).all()
    for rows, sensor in ((slice(3, 6), windows[:, :, :3]), (slice(0, 3), windows[:, :, 3:])):
        length = np.linalg.norm(sensor, axis=2)
        np.testing.assert_allclose(np.linalg.norm(channels[:, rows], axis=1), length)
        np.testing.assert_allclose(channels[:, 7 if rows.start else 6], length)
    table = features(windows)
    assert table.shape == (7, len(NAMES))
    assert len(set(NAMES)) == len(NAMES)
    np.testing.assert_allclose(features(windows[3:4])[0], table[3], atol=1e-9)
    assert features(windows[:0]).shape == (0, len(NAMES))


def test_levels_bands_and_regularity_are_those_of_the_spectrum_by_fft():
    accel, gyro = simulated(4, RATE_HZ, 1.8)
    window = np.concatenate([accel, gyro], axis=1)[None]
    table, vertical = features(window)[0], level_frame(window)[0, 5]
    taper = np.hanning(WINDOW + 2)[1:-1]
    power = np.abs(np.fft.rfft((vertical - vertical.mean()) * taper / np.linalg.norm(taper), 160)) ** 2
    hz = np.arange(81) / 8.0
    whole = power[(hz >= 0.3) & (hz < 8.0)].sum()
    band = power[(hz >= 1.6) & (hz < 2.0)].sum()
    assert table[NAMES.index("level_v")] == pytest.approx(np.log(whole + 0.01))
    wanted = np.log(band + 0.003 * whole + 0.001) - np.log(whole + 0.01)
    assert table[NAMES.index("band_v_1.6")] == pytest.approx(wanted)
    assert table[NAMES.index("again_v_2")] == pytest.approx(1.0, abs=0.1)
    assert np.abs(table[[NAMES.index(n) for n in ("top_v", "bottom_v")]]).max() < 1.0


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 40), st.integers(0, 99))
def test_the_frames_are_the_product_of_all_turns_so_far(count: int, seed: int):
    turns = as_matrix(from_rotation_vector(np.random.default_rng(seed).normal(0, 1, (count, 3))))
    product = np.eye(3)
    for turn, found in zip(turns, products(turns), strict=True):
        product = product @ turn
        np.testing.assert_allclose(found, product, atol=1e-12)


@pytest.mark.parametrize("step_hz", [1.4, 1.8, 2.3, 2.8])
def test_the_step_frequency_is_found(step_hz: float):
    accel, gyro = simulated(4, RATE_HZ, step_hz)
    table = features(np.concatenate([accel, gyro], axis=1)[None])
    assert table[0, NAMES.index("step_hz")] == pytest.approx(step_hz, rel=0.04)


def test_the_transition_model_is_forward_and_backward_over_five_windows():
    probability = np.random.default_rng(3).dirichlet(np.ones(6), 5)
    change, word = transitions(), probability**0.5
    before = np.einsum("a,ab,b,bc,c,cd->d", word[0], change, word[1], change, word[2], change)
    total = before * word[3] * (change @ word[4])
    np.testing.assert_allclose(smooth(probability)[0], total / total.sum())
    np.testing.assert_allclose(change.sum(axis=1), 1.0)
    assert smooth(probability[:4]).shape == (0, 6)


def test_one_window_out_of_line_is_smoothed_away():
    walk, run = np.full(6, 0.02), np.full(6, 0.05)
    walk[1], run[2] = 0.9, 0.75
    assert (smooth(np.stack([walk, walk, walk, run, walk])).argmax(axis=1) == 1).all()


def test_the_state_is_small_and_the_constants_are_as_stated():
    accel, gyro = simulated(300)
    live = ActivityFilter(50.0)
    live.feed(accel, gyro)
    state = live.state
    assert len(state.recent) < WINDOW
    assert len(state.newest) == WINDOW
    assert len(state.words) == 4
    assert len(state.align.tail) < 60
    assert HOP == 16


def test_the_weights_are_data_of_a_few_kilobytes():
    path = Path(__file__).parents[1] / "edge" / "activity" / "activity.npz"
    assert path.stat().st_size < 40_000
    assert hashlib.sha256(path.read_bytes()).hexdigest()
    assert bundled().hidden.shape[0] == len(bundled().columns)
