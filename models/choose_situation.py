"""Who is in a similar situation: the embedding of the person model and how much one runs, as numbers about 0.

The rule of this file: what is unknown counts as usual, and nothing that was refused to be said is guessed.
"""

from __future__ import annotations

import math

from models.person import Context, PersonModel, prior_of

NAMES = ("one", "speed", "endurance", "heart level", "heart slope", "km", "runs", "age")


def situation(context: Context, model: PersonModel | None = None) -> tuple[float, ...]:
    """Return the situation (8,) of `NAMES`: 1, the embedding (4), log km and log runs of 28 days, age; 0 unknown.

    ValueError names a value of the context that cannot be right.
    """
    prior = prior_of(context) if model is None else model.prior(context)
    km = _or_usual(math.log(max(context.km_28d, 1.0) / 75.0)) if not math.isnan(context.km_28d) else 0.0
    runs = _or_usual(math.log(max(context.runs_28d, 0.5) / 10.0)) if not math.isnan(context.runs_28d) else 0.0
    age = 0.0 if math.isnan(context.age_years) else (context.age_years - 42.0) / 14.0
    return (1.0, *(float(value) for value in prior.embedding), km, runs, age)


def _or_usual(value: float) -> float:
    return min(max(value, -3.0), 3.0)
