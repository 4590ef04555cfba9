"""Laws of the prior of a person: whatever is known of them, with onnxruntime, in NumPy, or by rules."""

from __future__ import annotations

import dataclasses
import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.coach.types import Profile
from models.adapt import Run, expected_hr, update
from models.person import MODEL_FILE, Context, ModelError, PersonModel, prior_of, reach_of, rules_prior
from models.person_climate import usual_temperature_c
from models.person_forward import CONTEXT, CONTEXT_LIMITS, STATE, initialisers, read_weights

MODEL, PLAIN = PersonModel.load(), PersonModel.load(use_onnxruntime=False)
contexts = st.builds(Context, **{name: st.one_of(st.just(np.nan), st.floats(*b)) for name, b in CONTEXT_LIMITS.items()})


def spread(context: Context) -> np.ndarray:
    return np.sqrt(np.diag(MODEL.prior(context).covariance))


def mean(name: str, **known: float) -> float:
    return MODEL.prior(Context(**known)).quantity(name)[0]


@given(contexts)
def test_onnxruntime_and_numpy_agree(context):
    one, other = MODEL.forward(context.row()), PLAIN.forward(context.row())
    for name in ("mean", "covariance", "embedding"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=0, atol=1e-5)


@given(contexts)
def test_whatever_is_known_the_belief_is_one(context):
    prior = MODEL.prior(context)
    assert np.isfinite(prior.mean).all() and np.isfinite(prior.embedding).all()
    np.testing.assert_array_equal(prior.covariance, prior.covariance.T)
    scale = np.sqrt(np.diag(prior.covariance))
    assert np.linalg.eigvalsh(prior.covariance / np.outer(scale, scale)).min() > 0
    assert (scale <= 1.0001 * spread(Context())).all() or context.beta_blockers > 0


@given(contexts, st.sampled_from(CONTEXT))
def test_knowing_less_never_makes_it_surer(context, name):
    if name in ("runs_28d", "speed_28d_m_s"):  # what a mean rests on: without it a default stands in
        return
    less = dataclasses.replace(context, **{name: np.nan})
    assert (spread(less) >= spread(context) * 0.9999).all()


def test_nothing_known_gives_the_population():
    prior = MODEL.prior(Context())
    w = MODEL.weights
    np.testing.assert_allclose(prior.mean, w.state_mean, rtol=1e-5)
    np.testing.assert_allclose(np.sqrt(np.diag(prior.covariance)), w.state_sd, rtol=1e-4)
    np.testing.assert_allclose(prior.embedding, 0.0, atol=1e-5)


def test_each_thing_known_moves_what_it_should():
    slow, quick = 3600.0, 2400.0
    assert mean("ten_km_log_speed", ten_km_s=quick) > mean("ten_km_log_speed", ten_km_s=slow)
    assert mean("hr_level_bpm", ten_km_s=quick) < mean("hr_level_bpm", ten_km_s=slow)
    assert mean("ten_km_log_speed", female=1.0) < mean("ten_km_log_speed", female=0.0)
    assert mean("ten_km_log_speed", age_years=65.0) < mean("ten_km_log_speed", age_years=35.0)
    assert mean("ten_km_log_speed", km_28d=300.0) > mean("ten_km_log_speed", km_28d=60.0)
    assert mean("endurance_exponent", km_28d=300.0) < mean("endurance_exponent", km_28d=60.0)
    assert mean("hr_level_bpm", beta_blockers=1.0) < mean("hr_level_bpm", beta_blockers=0.0) - 10.0
    assert mean("hr_altitude_bpm_per_km", altitude_m=2600.0) < mean("hr_altitude_bpm_per_km", altitude_m=0.0)
    hot = mean("hr_level_bpm", speed_28d_m_s=2.8, hr_28d_bpm=165.0)
    assert 155.0 < hot < 165.0 and mean("hr_level_bpm", speed_28d_m_s=3.3, hr_28d_bpm=165.0) < hot


def test_more_runs_behind_a_mean_heart_rate_make_it_surer():
    one, many = (Context(speed_28d_m_s=2.8, hr_28d_bpm=150.0, runs_28d=n) for n in (1.0, 20.0))
    level = STATE.index("hr_level_bpm")
    assert spread(many)[level] < spread(one)[level]


@pytest.mark.parametrize(
    ("known", "named"),
    [
        ({"age_years": -3.0}, "age_years -3 is outside"),
        ({"age_years": 300.0}, "age_years 300"),
        ({"hr_28d_bpm": 0.0}, "hr_28d_bpm 0"),
        ({"ten_km_s": np.inf}, "ten_km_s inf"),
    ],
)
def test_a_value_that_cannot_be_right_is_named(known, named):
    with pytest.raises(ValueError, match=named):
        Context(**known).row()


def test_a_profile_of_the_coach_is_a_context():
    context = Context.of(Profile(age=40, sex="f", weight_kg=60, experience="regular", beta_blockers=True))
    assert (context.age_years, context.female, context.experience, context.beta_blockers) == (40, 1, 2, 1)
    assert np.isnan(Context.of(Profile()).female) and np.isnan(Context.of(Profile()).experience)


def bad_files() -> dict[str, bytes | None]:
    whole = MODEL_FILE.read_bytes()
    one_bit = bytearray(whole)
    one_bit[len(whole) // 2] ^= 1
    return {
        "missing": None,
        "empty": b"",
        "cut": whole[:5000],
        "one bit": bytes(one_bit),
        "text": b"not a model\n" * 9,
        "another model": MODEL_FILE.with_name("race.onnx").read_bytes(),
        "huge": bytes(70_000),
    }


@pytest.mark.parametrize("kind", list(bad_files()))
@pytest.mark.parametrize("use_onnxruntime", [True, False])
def test_a_file_that_cannot_be_believed_is_named_and_rules_stand(kind: str, use_onnxruntime: bool, tmp_path: Path):
    path, content = tmp_path / "person.onnx", bad_files()[kind]
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"person\.onnx: .+"):
        PersonModel.load(path, use_onnxruntime)
    prior = prior_of(Context(age_years=60.0), path)
    assert prior.source.startswith("rules, because") and prior.model_hash == "rules"
    assert np.linalg.eigvalsh(prior.covariance).min() > 0
    assert prior.mean[3] < rules_prior(Context(), "").mean[3]


@settings(max_examples=60)
@given(st.integers(0, 40_000), st.integers(1, 255))
def test_no_altered_byte_goes_unseen_or_ends_badly(place, flip):
    content = bytearray(MODEL_FILE.read_bytes())
    content[place % len(content)] ^= flip
    with pytest.raises(ValueError):
        read_weights(bytes(content))


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_by_name(content):
    with pytest.raises(ValueError):
        PersonModel(content)


def test_the_small_reader_reads_what_onnx_reads():
    onnx = pytest.importorskip("onnx")
    graph = onnx.load_from_string(MODEL_FILE.read_bytes()).graph
    floats = {t.name: onnx.numpy_helper.to_array(t) for t in graph.initializer if t.data_type == 1}
    read = dict(initialisers(MODEL_FILE.read_bytes()))
    assert set(read) == set(floats)
    for name, values in floats.items():
        np.testing.assert_array_equal(read[name], values)


def test_without_onnxruntime_the_same_weights_answer():
    program = """
import sys
sys.modules["onnxruntime"] = None
from models.person import Context, prior_of
prior = prior_of(Context(age_years=40.0))
print(prior.source)
assert "onnxruntime" not in [m for m, v in sys.modules.items() if v is not None]
"""
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    assert MODEL.model_hash in said.stdout and "NumPy" in said.stdout


def test_the_model_file_is_small_and_its_hash_is_told():
    content = MODEL_FILE.read_bytes()
    assert len(content) <= 64 * 1024
    assert MODEL.model_hash == hashlib.sha256(content).hexdigest()[:16]
    assert MODEL.model_hash in MODEL.prior(Context()).source


def test_the_more_runs_are_known_the_narrower_is_the_interval():
    first, later = MODEL.reach(0.0), MODEL.reach(30.0)
    assert first[0] < 0 < first[1] and later[0] < 0 < later[1] and reach_of(30.0) == later
    person = MODEL.prior(Context()).begin(0.0)
    before = expected_hr(person, Run(0.0, 8000.0, 2700.0), first)
    for day in range(30):
        person = update(person, Run(86400.0 * day, 8000.0, 2700.0, 150.0 + day % 7))
    after = expected_hr(person, Run(31 * 86400.0, 8000.0, 2700.0), later)
    assert after.low < after.value < after.high and after.high - after.low < before.high - before.low


def test_it_is_warmer_in_summer_at_noon_and_near_the_equator():
    january, july = 15 * 86400.0, 196 * 86400.0
    assert usual_temperature_c(40.0, 0.0, july) > usual_temperature_c(40.0, 0.0, january) + 15.0
    assert usual_temperature_c(-35.0, 0.0, july) < usual_temperature_c(-35.0, 0.0, january) - 10.0
    assert usual_temperature_c(30.0, 0.0, july + 15 * 3600.0) > usual_temperature_c(30.0, 0.0, july + 3 * 3600.0) + 5.0
    assert usual_temperature_c(1.0, 0.0, january) > usual_temperature_c(50.0, 0.0, january)
    assert np.isnan(usual_temperature_c(np.nan, 0.0, july))
