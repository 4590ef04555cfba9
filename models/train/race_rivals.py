"""What else was tried, judged on the same folds: ridge for each pattern, boosted trees, the model without reweighting.

The rule of this file: rivals see exactly what the model sees. The simplest that wins is shipped.
"""

from __future__ import annotations

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import Ridge

from models.train.race_cv import PARTS, Split
from models.train.race_fit import Array, Parameters, answer, fit, questions, raw_features
from models.train.race_runners import Cases, Runners


def _columns(runners: Runners, cases: Cases) -> tuple[Array, Array]:
    """Return log bests (c, 4), NaN where not known, and the person's features (c, 5)."""
    bests = np.where(cases.known, np.log(runners.times_s[cases.runner]), np.nan)
    return bests, raw_features(runners.age, runners.female, runners.weekly_km)[cases.runner]


def _ridge(split: Split, seen: Cases, asked: Cases) -> Array:
    """Return log times by one ridge regression for each target and set of known bests."""
    result = np.full(len(asked), np.nan)
    runners = split.runners
    code, seen_code = (c.target * 16 + c.known @ (1 << np.arange(4)) for c in (asked, seen))
    for pattern in np.unique(code):
        there, here = seen.pick(seen_code == pattern), asked.pick(code == pattern)
        tables = [
            np.concatenate(_columns(runners, c), axis=1)[:, np.r_[here.known[0], [True] * 5]] for c in (there, here)
        ]
        model = Ridge(alpha=0.3).fit(tables[0], np.log(runners.times_s[there.runner, there.target]))
        result[code == pattern] = model.predict(tables[1])
    return result


def _trees(split: Split, seen: Cases, asked: Cases) -> Array:
    """Return log times by boosted trees for each target, on log time less Riegel's guess."""
    result = np.full(len(asked), np.nan)
    for target in range(4):
        tables, guesses, targets = [], [], []
        for cases in (seen.pick(seen.target == target), asked.pick(asked.target == target)):
            bests, person = _columns(split.runners, cases)
            steps = np.log(np.array([5000.0, 10000.0, 21097.5, 42195.0]))
            guess = np.nanmean(bests + 1.06 * (steps[target] - steps), axis=1)
            others = np.arange(4) != target
            tables.append(np.concatenate([guess[:, None], (bests - guess[:, None])[:, others], person], axis=1))
            guesses.append(guess)
            targets.append(np.log(split.runners.times_s[cases.runner, target]) - guess)
        model = HistGradientBoostingRegressor(
            loss="absolute_error",
            max_iter=150,
            learning_rate=0.05,
            max_leaf_nodes=8,
            min_samples_leaf=25,
            random_state=0,
        )
        result[asked.target == target] = guesses[1] + model.fit(tables[0], targets[0]).predict(tables[1])
    return result


def rival_times(split: Split) -> tuple[Cases, dict[str, Array]]:
    """Return all tasks in fold order and the held-out times in s (c,) of every rival."""
    parts: list[Cases] = []
    found: dict[str, list[Array]] = {"ridge for each pattern": [], "boosted trees": []}
    for k in range(PARTS):
        asked = split.inside(k)
        seen = split.cases.pick(split.fold[split.cases.runner] != k)
        parts.append(asked)
        found["ridge for each pattern"].append(np.exp(_ridge(split, seen, asked)))
        found["boosted trees"].append(np.exp(_trees(split, seen, asked)))
    joined = Cases(*(np.concatenate([getattr(c, name) for c in parts]) for name in ("runner", "target", "known")))
    return joined, {name: np.concatenate(columns) for name, columns in found.items()}


def shuffled_times(split: Split, generator: np.random.Generator) -> tuple[Cases, Array, Array]:
    """Return the negative control: tasks, true times and held-out predictions (c,) where each runner's times belong
    to somebody else, distance by distance.
    """
    times = split.runners.times_s.copy()
    for column in times.T:
        there = np.flatnonzero(np.isfinite(column))
        column[there] = column[generator.permutation(there)]
    runners = Runners(
        split.runners.number,
        times,
        split.runners.adjusted_s,
        *(getattr(split.runners, name) for name in ("age", "female", "weekly_km")),
    )
    mixed = Split(runners, split.cases, split.fold)
    cases, rows = [], []
    for k in range(PARTS):
        part = mixed.inside(k)
        parameters: Parameters = fit(runners, mixed.cases.pick(mixed.fold[mixed.cases.runner] != k), rounds=10)
        cases.append(part)
        rows.append(np.exp(answer(parameters, questions(runners, part)).log_time))
    joined = Cases(*(np.concatenate([getattr(c, name) for c in cases]) for name in ("runner", "target", "known")))
    return joined, times[joined.runner, joined.target], np.concatenate(rows)
