"""From the survey file to the model file: fit, calibrate, round, export.

The rule of this file: the same data gives the same bytes; every random choice comes from one seed.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.race import SAFE_SIDE, SLOW_SIDE
from models.train.race_cv import PARTS, Models, Split, single_models, unseen_misses
from models.train.race_fit import Array, Parameters, fit
from models.train.race_graph import OPSET, build
from models.train.race_interval import Interval, calibrate
from models.train.race_runners import FILE_NAME, KEPT, Runners, all_cases, folds, read

SEED = 20161126  # the day on which the survey's paper appeared
DIGITS = 7


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """The model's parameters and bytes, and the held-out models that its interval was learned from."""

    parameters: Parameters
    interval: Interval
    model: bytes
    single: Models


def significant(values: Array, digits: int = DIGITS) -> Array:
    """Return the values rounded to significant digits, so that the last bits of the fit do not reach the file."""
    return np.array([float(f"{value:.{digits - 1}e}") for value in values.ravel().tolist()]).reshape(values.shape)


def rounded(parameters: Parameters) -> Parameters:
    """Return the parameters in significant digits."""
    names = [f.name for f in dataclasses.fields(Parameters)]
    return Parameters(**{name: significant(getattr(parameters, name)) for name in names})


def rounded_interval(interval: Interval) -> Interval:
    """Return the interval in significant digits."""
    names = [f.name for f in dataclasses.fields(Interval)]
    return Interval(**{name: significant(getattr(interval, name)) for name in names})


def split_of(runners: Runners) -> Split:
    """Return the runners with their tasks and folds."""
    return Split(runners, all_cases(runners), folds(len(runners), PARTS, np.random.default_rng(SEED)))


def data_sha256(data: Path) -> str:
    """Return the SHA-256 of the survey file."""
    return hashlib.sha256((data / FILE_NAME).read_bytes()).hexdigest()


def train(data: Path) -> Trained:
    """Return the model of a data folder; FileNotFoundError where the survey file is absent."""
    split = split_of(read(data))
    single = single_models(split)
    parameters = rounded(fit(split.runners, split.cases))
    interval = rounded_interval(calibrate(unseen_misses(split, single)))
    notes = {
        "data": FILE_NAME,
        "data_sha256": data_sha256(data),
        "runners": str(len(split.runners)),
        "seed": str(SEED),
        "folds": str(PARTS),
        "opset": str(OPSET),
        "kept for judging": "" if (split.runners.number % KEPT == 0).any() else f"id divisible by {KEPT}",
        "level": f"{SLOW_SIDE:g} of what happened up to the half marathon, {SAFE_SIDE:g} over the marathon",
        "interval": "90 %, conformal by target distance and by one or several bests",
    }
    return Trained(parameters, interval, build(parameters, interval, notes), single)
