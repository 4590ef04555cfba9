"""From histories and survey to person.onnx: fit, round, put together, export.

The rule of this file: the same data gives the same bytes; nothing here draws at random.
"""

from __future__ import annotations

import dataclasses
import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx

from models.conformal import KNOWN_GROUPS
from models.person_forward import Weights
from models.train import person_heart, person_survey
from models.train.person_graph import OPSET, build
from models.train.person_held_out import sessions
from models.train.person_histories import History, data_sha256, histories
from models.train.person_intervals import quantiles
from models.train.person_prior import weights
from models.train.person_survey import Fitness, Survey
from models.train.race_runners import FILE_NAME
from models.train.race_training import significant

DIGITS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """The model's bytes and weights, what they were made from, and the CPU seconds that it took."""

    model: bytes
    weights: Weights
    fitness: Fitness
    survey: Survey
    people: list[History]
    cpu_s: float


def rounded(w: Weights) -> Weights:
    """Return the weights in significant digits, so that the last bits of the fit do not reach the file."""
    names = [field.name for field in dataclasses.fields(Weights)]
    kept = {name: significant(getattr(w, name).astype(np.float64), DIGITS).astype(np.float32) for name in names}
    return Weights(**kept)


def learned(people: list[History], fitness: Fitness) -> Weights:
    """Return the weights from all of these people, with the interval from each held out in turn."""
    found = quantiles(sessions(people, fitness))
    reach = np.array([found.reach(group) for group in KNOWN_GROUPS])
    return rounded(weights(fitness, person_heart.fit(people), reach))


def train(data: Path) -> Trained:
    """Return the model of a data folder; FileNotFoundError where the survey or the histories are absent."""
    begun_s = time.process_time()
    people, surveyed = histories(data), person_survey.survey(data)
    judged = [p for p in people if len(p)]
    fitness = person_survey.fit(surveyed)
    w = learned(judged, fitness)
    notes = {
        "data": f"training_history, {FILE_NAME}",
        "data_sha256": data_sha256(data),
        "survey_sha256": hashlib.sha256((data / FILE_NAME).read_bytes()).hexdigest(),
        "people": str(len(judged)),
        "runs": str(sum(len(p) for p in judged)),
        "surveyed": str(len(surveyed)),
        "onnx": onnx.__version__,
        "opset": str(OPSET),
    }
    return Trained(build(w, notes), w, fitness, surveyed, judged, time.process_time() - begun_s)
