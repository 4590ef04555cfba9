"""Laws of the activity model: NumPy and ONNX agree, the same data gives the same bytes, people are kept apart."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from edge.activity import classify
from edge.activity.features import NAMES, features
from edge.activity.net import CLASSES, bundled
from models.train import activity_fit as fitting
from models.train import activity_scores as scores
from models.train.__main__ import main
from models.train.activity_columns import CHOSEN, ranked
from models.train.activity_recordings import SETS, TRIALS, Recording, data_sha256, motionsense
from models.train.activity_training import npz_bytes, onnx_bytes
from models.train.activity_variety import PACE, PART_S, varied
from models.train.activity_windows import Windows, joined

MODEL = Path(__file__).parents[1] / "models" / "activity.onnx"
CARD = MODEL.with_name("ACTIVITY_CARD.md")


def some_windows(count: int = 600, seed: int = 0) -> Windows:
    generator = np.random.default_rng(seed)
    label = np.array(["still", "walk", "run", "stairs", "stairs_up", "clapping"])[np.arange(count) % 6]
    table = generator.normal(0, 1, (count, len(NAMES))) + (np.arange(count) % 6)[:, None] * 0.8
    person = np.array([f"p{k // 60}" for k in range(count)])
    return Windows(table, np.full(count, SETS[0]), person, np.arange(count) // 30, label, np.zeros(count, bool))


def run_onnx(model: bytes, table: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"features": table})[0])


def test_the_bundled_net_gives_in_numpy_what_the_onnx_file_gives():
    generator = np.random.default_rng(1)
    windows = generator.normal(0, 1, (300, 80, 6)) * generator.lognormal(0, 1.5, (300, 1, 1))
    windows[:, :, 2] += 9.81
    table = np.concatenate([features(windows), generator.normal(0, 50, (300, len(NAMES)))])
    found = bundled().probabilities(table)
    np.testing.assert_allclose(found, run_onnx(MODEL.read_bytes(), table), rtol=0, atol=1e-5)
    assert MODEL.stat().st_size <= 30_000


def test_the_same_windows_give_the_same_bytes_and_any_net_agrees_with_its_graph():
    windows = some_windows()
    nets = [fitting.fit(windows, CHOSEN[:20]) for _ in range(2)]
    assert npz_bytes(nets[0]) == npz_bytes(nets[1])
    assert onnx_bytes(nets[0], {"a": "1"}) == onnx_bytes(nets[1], {"a": "1"})
    graph = run_onnx(onnx_bytes(nets[0], {}), windows.table)
    np.testing.assert_allclose(nets[0].probabilities(windows.table), graph, rtol=0, atol=1e-12)


def test_the_fit_learns_what_it_is_shown_and_stairs_without_direction_are_both():
    windows = some_windows(15000)
    net = fitting.fit(windows, NAMES[:40])
    given = scores.grouped(np.array(CLASSES)[net.probabilities(windows.table).argmax(axis=1)])
    true = np.where(windows.label == "clapping", "unknown", scores.grouped(windows.label))
    assert np.mean(given == true) > 0.9
    assert fitting.allowed(windows)[3].tolist() == [0, 0, 0, 1, 1, 0]


def test_the_gradient_is_that_of_the_loss():
    generator = np.random.default_rng(4)
    layers = [a.astype(np.float64) for a in fitting._start(5, generator)]
    x, may = generator.normal(size=(8, 5)), np.eye(6)[generator.integers(0, 6, 8)]

    def loss(hidden: np.ndarray) -> float:
        out = np.maximum(x @ hidden + layers[1], 0) @ layers[2] + layers[3]
        log = out - np.log(np.exp(out).sum(axis=1, keepdims=True))
        wanted = 0.95 * may + 0.05 / 6
        return float(-(wanted * log).sum() / 8 + 0.5 * fitting.DECAY * (hidden**2).sum())

    found = fitting._gradient(layers, x, may, np.ones(8))[0]
    step = np.zeros_like(layers[0])
    step[2, 3] = 1e-5
    slope = (loss(layers[0] + step) - loss(layers[0] - step)) / 2e-5
    assert found[2, 3] == pytest.approx(slope, rel=1e-3, abs=1e-6)


def test_every_set_and_activity_weighs_the_same():
    windows = some_windows()
    weight = fitting.weights(windows)
    assert weight[windows.label == "still"].sum() == pytest.approx(weight[windows.label == "walk"].sum())
    stairs = np.char.startswith(windows.label, "stairs")
    assert weight[stairs].sum() == pytest.approx(weight[windows.label == "run"].sum())


def test_nobody_is_learnt_from_and_judged(monkeypatch: pytest.MonkeyPatch):
    windows, seen = some_windows(), []

    def watched(train: Windows, names: object) -> set[str]:
        seen.append(set(train.person))
        return seen[-1]

    def words(net: set[str], judge: Windows) -> np.ndarray:
        assert not net & set(judge.person)
        return np.full(len(judge), "still")

    monkeypatch.setattr(scores, "fit", watched)
    monkeypatch.setattr(scores, "words", words)
    assert (scores.held_out(windows, windows, CHOSEN) == "still").all()
    assert len(seen) == 5


def test_a_feature_that_means_the_same_everywhere_ranks_before_one_that_shifts_with_the_device():
    generator, count = np.random.default_rng(6), 900
    kind, walks = np.array(SETS)[np.arange(count) % 3], np.arange(count) % 2
    table = generator.normal(0, 1, (count, len(NAMES)))
    table[:, 3] += 2 * walks
    table[:, 4] += 2 * walks + 3 * (np.arange(count) % 3)
    label = np.where(walks, "walk", "stairs")
    found = ranked(Windows(table, kind, np.full(count, "p"), np.arange(count), label, np.zeros(count, bool)))
    assert found[0] == NAMES[3]
    assert found.index(NAMES[4]) > 0
    assert set(CHOSEN) <= set(NAMES)


def test_getting_up_and_turning_are_neither_stairs_nor_run_and_count_a_tenth():
    windows = some_windows()
    trials = replace(windows, kind=np.full(600, TRIALS[0]), label=np.where(windows.label == "run", "between", "walk"))
    both = joined(windows, trials)
    assert fitting.allowed(trials)[2].tolist() == [1, 1, 0, 0, 0, 1]
    weight = fitting.weights(both)
    walk = [weight[(both.kind == kind) & (both.label == "walk")].sum() for kind in (SETS[0], TRIALS[0])]
    assert walk[1] == pytest.approx(fitting.TRIAL_WEIGHT * walk[0])


def test_what_is_varied_keeps_gravity_labels_and_person_and_is_never_judged():
    generator = np.random.default_rng(0)
    accel, gyro = generator.normal(0, 1, (2, 5300, 3)) + np.array([[[0, 0, 9.81]], [[0, 0, 0.0]]])
    label = np.where(np.arange(5300) < 2650, "still", "walk")
    recording = Recording(TRIALS[1], "g1", label, accel, gyro, 100.0)
    parts = list(varied(recording, np.random.default_rng(1)))
    assert [len(p.accel_m_s2) / 100.0 for p in parts] == [PART_S, PART_S, 13.0]
    assert np.concatenate([p.label for p in parts]).tolist() == label.tolist()
    for part, rows in zip(parts, np.array_split(accel[:4000], 2), strict=False):
        np.testing.assert_allclose(part.accel_m_s2.mean(axis=0), rows.mean(axis=0))
        assert abs(part.rate_hz / 100.0 - 1.0) <= PACE
        assert not np.allclose(part.accel_m_s2, rows)
    again = list(varied(recording, np.random.default_rng(1)))
    np.testing.assert_array_equal(parts[2].gyro_rad_s, again[2].gyro_rad_s)
    windows = replace(some_windows(), varied=np.arange(600) % 3 > 0)
    assert not windows.real().varied.any()
    assert len(windows.real()) == 200


def test_f1_is_counted_as_it_is_named():
    windows = some_windows(120)
    perfect = scores.score("x", windows, windows.label)
    assert perfect.macro_f1 == 1.0
    none = scores.score("x", windows, np.full(120, "unknown"))
    assert none.macro_f1 == 0.0
    assert none.counts[:, 4].sum() == 100


def test_training_without_the_recordings_says_where_it_looked(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["activity", "--data", str(tmp_path), "--out", str(tmp_path)]) == 1
    assert "motionsense" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_card_is_of_the_bundled_model():
    assert hashlib.sha256(MODEL.read_bytes()).hexdigest() in CARD.read_text()


@pytest.mark.real
def test_the_bundled_model_was_trained_on_these_recordings(data_folder: Path):
    if not (data_folder / "har").is_dir():
        pytest.skip("no activity recordings here")
    session = onnxruntime.InferenceSession(MODEL.read_bytes(), providers=["CPUExecutionProvider"])
    assert session.get_modelmeta().custom_metadata_map["data_sha256"] == data_sha256(data_folder)


@pytest.mark.real
def test_the_bundled_model_knows_what_a_person_does(data_folder: Path):
    if not (data_folder / "har").is_dir():
        pytest.skip("no activity recordings here")
    right, count = 0, 0
    for index, recording in enumerate(motionsense(data_folder / "har" / "motionsense")):
        if index % 8 == 0:
            found = classify(recording.accel_m_s2, recording.gyro_rad_s, recording.rate_hz).label
            right, count = right + int(np.sum(found == recording.label)), count + len(found)
    assert right / count > 0.9
