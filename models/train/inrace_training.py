"""The fit of the in-race model: least absolute deviations of the finish in seconds, and its interval.

The rule of this file: the mean absolute error wants the median, so the absolute error is what is made small; it is
weighted by each runner's time left, so that a second counts the same whoever loses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.inrace import MARATHON_KM, SPLITS_KM, Array, Weights, finish_s, form, linear
from models.train.inrace_runners import YEAR, Finishers, read

PARTS = 5
TAIL = 0.05
_ROUNDS = 20
_RIDGE = 1e-5
#: Below this miss in log time (about 6 s at half way) the absolute error is smoothed, or the steps would not settle.
_SMOOTH = 1e-3
_DIGITS = 6


def quantile_weights(terms: Array, truth: Array, importance: Array, level: float) -> Array:
    """Return the weights (k,) of a linear quantile regression, by reweighted least squares (Schlossmacher 1973).

    The constant, the first, is set last, so that the share below is the level in spite of the smoothing.
    """
    found = np.linalg.lstsq(terms * np.sqrt(importance)[:, None], truth * np.sqrt(importance), rcond=None)[0]
    free = np.eye(terms.shape[1])
    free[0, 0] = 0.0
    for _ in range(_ROUNDS):
        miss = truth - terms @ found
        weight = np.where(miss > 0.0, level, 1.0 - level) * importance / np.maximum(np.abs(miss), _SMOOTH)
        weighted = terms * weight[:, None]
        square = weighted.T @ terms
        found = np.linalg.solve(square + _RIDGE * np.trace(square) / len(free) * free, weighted.T @ truth)
    found[0] += _quantile(truth - terms @ found, importance, level)
    return np.asarray(found)


def _quantile(values: Array, importance: Array, level: float) -> float:
    order = np.argsort(values, kind="stable")
    heap = np.cumsum(importance[order])
    return float(values[order[int(np.searchsorted(heap, level * heap[-1]))]])


def target(finishers: Finishers) -> tuple[Array, Array]:
    """Return log of the time left over the even-pace time left (n,), and the even-pace time left in hours (n,)."""
    so_far = finishers.splits_s[:, -1]
    even_left = so_far * (MARATHON_KM / finishers.point_km - 1.0)
    return np.log(np.maximum(finishers.finish_s - so_far, 60.0) / even_left), even_left / 3600.0


def fit(finishers: Finishers) -> Weights:
    """Return the weights learned on finishers; ValueError where they are fewer than 1000."""
    if len(finishers) < 1000:
        raise ValueError(f"{len(finishers)} finishers with splits are too few")
    terms = form(linear(finishers.point_km, finishers.splits_s, finishers.age, finishers.female))
    truth, left = target(finishers)
    median = quantile_weights(terms, truth, left, 0.5)
    miss = truth - terms @ median
    even = np.ones(len(miss))
    return Weights(median, *(quantile_weights(terms, miss, even, level) for level in (TAIL, 1.0 - TAIL)))


def held_out(finishers: Finishers, seed: int = 0, parts: int = PARTS) -> Array:
    """Return finish, low and high in s (n, 3) of every finisher, by weights that never saw them."""
    fold = np.random.default_rng(seed).permutation(len(finishers)) % parts
    found = np.empty((len(finishers), 3))
    for part in range(parts):
        rows, held = fit(finishers.pick(fold != part)), finishers.pick(fold == part)
        found[fold == part] = finish_s(rows, held.point_km, held.splits_s, held.age, held.female)
    return found


def _tuple(values: Array) -> str:
    return "(" + ", ".join(repr(float(f"{value:.{_DIGITS}g}")) for value in values.tolist()) + ")"


def source_of(points: Sequence[tuple[float, int, Weights]]) -> str:
    """Return the source text of `models/inrace_weights.py`."""
    rows = "".join(
        f"    # {count} finishers\n    {km!r}: ({_tuple(one.median)}, {_tuple(one.low)}, {_tuple(one.high)}),\n"
        for km, count, one in points
    )
    return (
        f'"""The weights of the in-race model by the point of the race in km, from the splits of Boston {YEAR}.\n\n'
        "The rule of this file: made by models/train/inrace_training.py, never by hand: median, low, high.\n"
        '"""\n\nfrom __future__ import annotations\n\n# fmt: off\n# ruff: noqa: E501\n'
        f"WEIGHTS: dict[float, tuple[tuple[float, ...], ...]] = {{\n{rows}}}\n"
    )


def train(recordings: Path, out: Path) -> None:
    """Write the weights of every point to a source file; the same results give the same bytes."""
    points = []
    for km in SPLITS_KM:
        finishers = read(recordings, km)
        points.append((km, len(finishers), fit(finishers)))
    out.write_text(source_of(points), encoding="utf-8")


def linear_held_out(finishers: Finishers, seed: int = 0, parts: int = PARTS) -> Array:
    """Return the finish in s (n,) of every finisher by the linear terms alone: 8 or 10 weights, held out."""
    fold = np.random.default_rng(seed).permutation(len(finishers)) % parts
    terms = linear(finishers.point_km, finishers.splits_s, finishers.age, finishers.female)
    (truth, left), found = target(finishers), np.empty(len(finishers))
    for part in range(parts):
        seen = fold != part
        found[~seen] = terms[~seen] @ quantile_weights(terms[seen], truth[seen], left[seen], 0.5)
    so_far = finishers.splits_s[:, -1]
    return np.asarray(so_far + so_far * (MARATHON_KM / finishers.point_km - 1.0) * np.exp(found))
