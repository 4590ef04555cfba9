"""Who is in a similar situation: the embedding of the person model and how much one runs, as numbers about 0.

The rule of this file: what is unknown counts as usual, and nothing that was refused to be said is guessed.
"""

from __future__ import annotations

import math

from models.person import Context, PersonModel, prior_of

NAMES = ("one", "speed", "endurance", "heart level", "heart slope", "km", "runs", "age", "effort")


def situation(context: Context, model: PersonModel | None = None) -> tuple[float, ...]:
    """Return the situation (9,) of `NAMES`: 1, the embedding (4), log km and log runs of 28 days, age, and
    the usual share of 10 km speed; 0 unknown.

    ValueError names a value of the context that cannot be right.
    """
    prior = prior_of(context) if model is None else model.prior(context)
    usual = (
        math.log(context.km_28d / 75.0) if context.km_28d > 0.0 else math.nan,
        math.log(context.runs_28d / 10.0) if context.runs_28d > 0.0 else math.nan,
        (context.age_years - 42.0) / 14.0,
        (context.speed_28d_m_s * context.ten_km_s / 10_000.0 - 0.8) / 0.08,
    )
    return (1.0, *(float(value) for value in prior.embedding), *(_or_usual(value) for value in usual))


def _or_usual(value: float) -> float:
    return 0.0 if math.isnan(value) else min(max(value, -3.0), 3.0)
