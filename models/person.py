"""The prior of a person: what to expect of somebody before, and after, little is known of them, and how sure that is.

The rule of this file: everything learned is inside person.onnx (models/train makes it); here the question is checked,
asked, and put into units. Where the file cannot be believed, or onnxruntime is absent, it says so and goes on: without
onnxruntime by the same weights in NumPy, without the file by rules.
"""

from __future__ import annotations

import functools
import hashlib
import math
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.coach.types import Profile
from models.adapt import Person, begin
from models.conformal import KNOWN_GROUPS, known_group
from models.model_file import ModelError, session, unusable
from models.person_forward import CONTEXT, STATE, Array32, Forward, Weights, forward, read_weights

Array = NDArray[np.float64]
MODEL_FILE = Path(__file__).with_name("person.onnx")
MOST_BYTES = 64 * 1024
#: Beyond these a value must be a mistake; within, the model holds it at `CONTEXT_LIMITS`.
_BELIEVABLE = {
    "age_years": (5.0, 110.0),
    "female": (0.0, 1.0),
    "weight_kg": (20.0, 300.0),
    "height_m": (1.0, 2.5),
    "experience": (0.0, 3.0),
    "max_hr_bpm": (100.0, 250.0),
    "km_28d": (0.0, 2000.0),
    "runs_28d": (0.0, 200.0),
    "altitude_m": (-500.0, 6000.0),
    "temperature_c": (-60.0, 60.0),
    "beta_blockers": (0.0, 1.0),
    "ten_km_s": (1400.0, 20000.0),
    "speed_28d_m_s": (0.3, 8.0),
    "hr_28d_bpm": (40.0, 230.0),
}
_EXPERIENCE = {"none": 0.0, "beginner": 1.0, "regular": 2.0, "experienced": 3.0}
#: The rules that stand where no file can be believed: mean and spread of each quantity as in the group of
#: edge.coach.heart and Riegel's exponent, widened; nothing about the person moves them but the three readings.
_RULES_MEAN = (1.24, 0.08, 0.99, 149.0, 13.5, 1.0, 1.0, 5.0, 0.5, 0.6)
_RULES_SD = (0.22, 0.04, 0.22, 15.0, 6.0, 3.0, 1.5, 2.0, 1.0, 0.6)


_RULES_REACH = (-2.0, 2.0)


def _believed(name: str, value: float) -> float:
    low, high = _BELIEVABLE[name]
    return value if low <= value <= high else math.nan


@dataclass(frozen=True, slots=True)
class Context:
    """What may be known of a person; NaN where it is not. Distances of 28 days are all on foot; `altitude_m` and
    `temperature_c` are of where they live. Give `speed_28d_m_s` and `hr_28d_bpm` only of runs that no update will see.
    """

    age_years: float = math.nan
    female: float = math.nan
    weight_kg: float = math.nan
    height_m: float = math.nan
    experience: float = math.nan
    """0 none, 1 beginner, 2 regular, 3 experienced."""
    max_hr_bpm: float = math.nan
    km_28d: float = math.nan
    runs_28d: float = math.nan
    altitude_m: float = math.nan
    temperature_c: float = math.nan
    beta_blockers: float = math.nan
    ten_km_s: float = math.nan
    """Best time over 10 km, or what another best is worth over 10 km."""
    speed_28d_m_s: float = math.nan
    hr_28d_bpm: float = math.nan

    @classmethod
    def of(cls, profile: Profile) -> Context:
        """Return what a profile of the coach says; NaN for what cannot be right, as an old diary may hold anything."""
        sexes = {"f": 1.0, "m": 0.0}
        return cls(
            age_years=_believed("age_years", profile.age),
            female=sexes.get(profile.sex, math.nan),
            weight_kg=_believed("weight_kg", profile.weight_kg),
            experience=_EXPERIENCE.get(profile.experience, math.nan),
            max_hr_bpm=_believed("max_hr_bpm", profile.max_hr_bpm),
            beta_blockers=float(profile.beta_blockers),
        )

    def row(self) -> Array32:
        """Return the values (14,) in the order of the model; ValueError names one that cannot be right."""
        values = [float(getattr(self, name)) for name in CONTEXT]
        for name, value in zip(CONTEXT, values, strict=True):
            low, high = _BELIEVABLE[name]
            if not (math.isnan(value) or low <= value <= high):
                raise ValueError(f"{name} {value:g} is outside {low:g} to {high:g}")
        return np.array(values, dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """Mean (10,) and covariance (10, 10) of `STATE`, an embedding (4,) in which near means alike (10 km speed,
    endurance, heart-rate level and slope, each in units of the population's spread), and where it comes from.
    """

    mean: Array
    covariance: Array
    embedding: Array
    source: str
    model_hash: str
    scatter_times: float = 1.0
    """By which the usual scatter of heart rate (standard deviation) is multiplied."""

    def begin(self, now_unix_s: float) -> Person:
        """Return the person of whom this is all that is known."""
        person = begin(self.mean, self.covariance, self.model_hash, now_unix_s)
        if self.scatter_times == 1.0:
            return person
        return replace(person, scatter_bpm2=person.scatter_bpm2 * self.scatter_times**2)

    def quantity(self, name: str) -> tuple[float, float]:
        """Return mean and standard deviation of one quantity of `STATE`."""
        index = STATE.index(name)
        return float(self.mean[index]), math.sqrt(float(self.covariance[index, index]))


class PersonModel:
    """The prior's weights in memory, with or without onnxruntime."""

    def __init__(self, model: bytes, use_onnxruntime: bool = True) -> None:
        if len(model) > MOST_BYTES:
            raise ValueError(f"{len(model)} bytes are more than a prior has")
        self._weights = read_weights(model)
        self._hash = hashlib.sha256(model).hexdigest()[:16]
        self._session = _session(model) if use_onnxruntime else None

    @classmethod
    def load(cls, path: Path = MODEL_FILE, use_onnxruntime: bool = True) -> PersonModel:
        """Return the model of a file; ModelError names the file and the reason where that fails."""
        try:
            if path.stat().st_size > MOST_BYTES:
                raise ValueError(f"{path.stat().st_size} bytes are more than a prior has")
            return cls(path.read_bytes(), use_onnxruntime)
        except Exception as problem:  # onnxruntime's own errors share no base class of their own
            raise unusable("person model", path, problem) from problem

    @property
    def model_hash(self) -> str:
        """The first 16 hexadecimal digits of the model file's SHA-256."""
        return self._hash

    @property
    def weights(self) -> Weights:
        """The weights that the NumPy pass uses."""
        return self._weights

    @property
    def by_onnxruntime(self) -> bool:
        """Whether onnxruntime computes it; the NumPy pass does where that is not installed."""
        return self._session is not None

    def reach(self, runs: float) -> tuple[float, float]:
        """Return how many standard deviations the 90 % interval of heart rate reaches below (negative) and above.

        By how many runs are known; conformal, from people held out.
        """
        low, high = self._weights.interval[KNOWN_GROUPS.index(known_group(runs))].tolist()
        return low, high

    def forward(self, row: Array32) -> Forward:
        """Return the outputs for a context (14,), in units of the population's spread."""
        if self._session is None:
            return forward(self._weights, row)
        belief, embedding = self._session.run(None, {"context": row.reshape(1, -1)})
        return Forward(belief[-1, :-1], belief[:-1, :-1], embedding[0])

    def prior(self, context: Context) -> Prior:
        """Return the prior of one person; ValueError names a value that cannot be right."""
        source = f"person model {self._hash}" + ("" if self.by_onnxruntime else " (NumPy)")
        return _in_units(self._weights, self.forward(context.row()), source, self._hash)


def _session(model: bytes):  # type: ignore[no-untyped-def]  # onnxruntime has no types
    """Return a session, or None where onnxruntime is not installed."""
    try:
        return session(model, quick_to_load=True)
    except ImportError:
        return None


def _in_units(w: Weights, found: Forward, source: str, model_hash: str) -> Prior:
    sd = w.state_sd.astype(np.float64)
    covariance = found.covariance.astype(np.float64) * np.outer(sd, sd)
    mean = w.state_mean.astype(np.float64) + sd * found.mean
    return Prior(mean, 0.5 * (covariance + covariance.T), found.embedding.astype(np.float64), source, model_hash)


@functools.cache
def bundled() -> PersonModel:
    """Return the bundled model, loaded once; ModelError where it cannot be."""
    return PersonModel.load()


def rules_prior(context: Context, reason: str) -> Prior:
    """Return the prior by rules alone: wide, the same for everybody but for a stated age, maximum and beta-blockers."""
    row = dict(zip(CONTEXT, context.row().tolist(), strict=True))
    mean, sd = np.array(_RULES_MEAN), np.array(_RULES_SD)
    level = STATE.index("hr_level_bpm")
    if not math.isnan(row["max_hr_bpm"]):
        mean[level] += 0.8 * (row["max_hr_bpm"] - 185.0)
    elif not math.isnan(row["age_years"]):
        mean[level] -= 0.5 * (row["age_years"] - 40.0)
    if row["beta_blockers"] > 0.0:
        mean[level], sd[level] = mean[level] - 20.0, 20.0
    return Prior(mean, np.diag(sd**2), np.zeros(4), f"rules, because {reason}", "rules")


def reach_of(runs: float) -> tuple[float, float]:
    """Return the calibrated reach of the bundled model; without it a wide one by rule."""
    try:
        return bundled().reach(runs)
    except ModelError:
        return _RULES_REACH


def spread_of(path: Path | None = None) -> Array:
    """Return the spread (10,) between people of whom nothing is known, by the bundled model or a file; ModelError."""
    model = bundled() if path is None else PersonModel.load(path)
    return model.weights.state_sd.astype(np.float64)


def prior_of(context: Context, path: Path | None = None) -> Prior:
    """Return the prior of the bundled model, or of a file; where that cannot be believed, by rules, which say why."""
    try:
        model = bundled() if path is None else PersonModel.load(path)
    except ModelError as problem:
        return rules_prior(context, str(problem))
    return model.prior(context)


assert tuple(field.name for field in fields(Context)) == CONTEXT == tuple(_BELIEVABLE)
