"""The population prior of the forecast of tomorrow: one logistic regression over every morning of many people.

The rule of this file: a person counts by the root of their mornings, so that one with many years does not speak for
all; whoever is judged is left out of the prior that judges them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.tomorrow import Prior
from models.tomorrow_habits import FEATURES, Array, Habits
from models.train.tomorrow_histories import Days

#: Chosen over people left out: how far a person stands from the population, and what a weight drifts in a day.
SPREAD, DRIFT = 0.05, 0.003
_RIDGE = 1e-3
_STEPS = 8
_DIGITS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Mornings:
    """One person's mornings after the first day (n,): the habits (n, 20) before the day, and whether they ran."""

    name: str
    habits: Array
    ran: Array


def mornings(days: Days) -> Mornings:
    """Return what was known each morning after the first day and whether a run came of it."""
    habits, rows = Habits.new(), np.empty((len(days), len(FEATURES)))
    weekday = (days.day + 3) % 7
    for at, (day, km) in enumerate(zip(weekday.tolist(), days.km.tolist(), strict=True)):
        rows[at] = habits.features(day)
        habits.update(day, km)
    return Mornings(days.name, rows[1:], (days.km[1:] > 0.0).astype(np.float64))


def _logistic(inputs: Array, ran: Array, weight: Array) -> Array:
    """Return the ridge logistic regression's weights (k,), the constant first and free, by Newton's steps."""
    found, ridge = np.zeros(inputs.shape[1]), _RIDGE * weight.sum() * np.eye(inputs.shape[1])
    ridge[0, 0] = 0.0
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp(-inputs @ found))
        steep = (inputs * (weight * chance * (1.0 - chance))[:, None]).T @ inputs + ridge
        found = found - np.linalg.solve(steep, inputs.T @ (weight * (chance - ran)) + ridge @ found)
    return np.asarray(found)


def _rounded(values: Array) -> Array:
    return np.array([float(f"{value:.{_DIGITS}g}") for value in values.tolist()])


def fit(people: Sequence[Mornings]) -> Prior:
    """Return the prior of people, rounded to five digits; ValueError where there is none."""
    if not people:
        raise ValueError("no person to learn from")
    habits = np.concatenate([one.habits for one in people])
    ran = np.concatenate([one.ran for one in people])
    weight = np.concatenate([np.full(len(one.ran), len(one.ran) ** -0.5) for one in people if len(one.ran)])
    weight = weight / weight.mean()
    centre, scale = _rounded(habits.mean(axis=0)), _rounded(habits.std(axis=0) + 1e-6)
    inputs = np.concatenate([np.ones((len(habits), 1)), (habits - centre) / scale], axis=1)
    return Prior(centre, scale, _rounded(_logistic(inputs, ran, weight)), SPREAD, DRIFT)


def _column(name: str, values: Array) -> str:
    lines = "\n".join(f"    {value!r}," for value in values.tolist())
    return f"{name} = (\n{lines}\n)\n"


def source_of(prior: Prior, people: int, count: int) -> str:
    """Return the source text of `models/tomorrow_prior.py`: the prior as numbers that need no file."""
    head = (
        f'"""The population prior of the forecast of tomorrow: from {people} people and {count} mornings.\n\n'
        "The rule of this file: made by models/train/tomorrow_training.py, never by hand.\n"
        '"""\n\nfrom __future__ import annotations\n\nimport numpy as np\n\nfrom models.tomorrow import Prior\n\n'
    )
    columns = "".join(
        _column(name, values)
        for name, values in (("_CENTRE", prior.centre), ("_SCALE", prior.scale), ("_WEIGHTS", prior.weights))
    )
    return (
        f"{head}{columns}\n#: What the population says before anything is known of the person.\n"
        f"POPULATION = Prior(np.array(_CENTRE), np.array(_SCALE), np.array(_WEIGHTS), {prior.spread}, {prior.drift})\n"
    )


def train(histories: Sequence[Days], out: Path) -> Prior:
    """Write the prior of all people to a source file and return it; the same histories give the same bytes."""
    people = [mornings(days) for days in histories]
    prior = fit(people)
    out.write_text(source_of(prior, len(people), sum(len(one.ran) for one in people)), encoding="utf-8")
    return prior
