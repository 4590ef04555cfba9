"""How much a run speaks for an altered gait: its last blocks against the usual, and against its own blocks before.

The rule of this file: two questions are asked of the mean deviation of the last m blocks. Is it further from the usual
than a run as a whole may be? Is it further from this run's earlier sound blocks than a run may drift? A limp is what
both say: tired runners drift, the slope of a road changes sides, and both stay within the usual; shoes leave it, but
did not begin within minutes. What the first alone says is asked about. What a pace or bounce may change that the
baseline has not seen widens both. The evidence is a sum over m of the ratios of densities, with a limp and without: an
e-detector (see `edge.limp`), of which the lesser of the two has no more false alarms.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from edge.limp_baseline import COVARIATES, FEATURES, FORCE_FEATURES, Expected, LimpModel
from edge.samples import Column

_FEWEST_BEFORE = 3
_NEWEST = 5
"""Blocks over which pace and bounce are averaged to be called known."""
_LESS = 0.1
"""So much below a threshold is surely below it."""


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """Blocks of this run, the newest last: covariates (n, 3) and deviations from the usual (n, FEATURES)."""

    z: Column = field(default_factory=lambda: np.empty((0, COVARIATES)))
    away: Column = field(default_factory=lambda: np.empty((0, FEATURES)))

    def __len__(self) -> int:
        return len(self.z)

    def plus(self, other: Past) -> Past:
        """Return these blocks and then the others."""
        return Past(np.concatenate([self.z, other.z]), np.concatenate([self.away, other.away]))

    def part(self, first: int | None, last: int | None) -> Past:
        """Return the blocks of a slice."""
        return Past(self.z[first:last], self.away[first:last])


@dataclass(frozen=True, slots=True, eq=False)
class _Means:
    """Mean deviations (m, p) and how they scatter where the gait is sound (m, p, p)."""

    away: Column
    sound: Column


@dataclass(frozen=True, slots=True)
class Evidence:
    """Log evidence that the last blocks are altered, and which share of the deviation is the force's."""

    log_e: float = -np.inf
    push: float = 0.0
    known: bool = True
    """Whether the baseline has seen this pace and bounce."""


def evidence(last: Past, before: Past, usual: Expected, usable: NDArray[np.bool_], model: LimpModel) -> Evidence:
    """Return what the last blocks say; -inf where they are too few. `usable` (FEATURES,) are features to be known."""
    if len(last) < model.shortest:
        return Evidence()
    pick = np.ix_(usable, usable)
    scatter, least = usual.scatter[pick], usual.least[pick]
    means = _against_usual(last, usual, usable, scatter, least, model)
    log_e = _log_ratios(means, usual.degrees, model)
    away = float(np.logaddexp.reduce(log_e))
    both, began = -np.inf, None
    if len(before) >= _FEWEST_BEFORE:
        began = _against_before(last, before, usual, usable, scatter, least, model)
        log_began = _log_ratios(began, usual.degrees, model)
        both = min(float(np.logaddexp.reduce(log_began)), _as_asking(away, model))
        if log_began.max() > log_e.max():
            means, log_e = began, log_began
    told = max(both, min(away - model.usual_alone + model.ask, model.ease - _LESS))
    newest = last.z[-_NEWEST:].mean(axis=0)
    known = float(newest @ usual.blind @ newest) <= model.most_unsure
    return Evidence(told if known else _unsure_told(told, model), _push(means, log_e, usable), known)


def _as_asking(away: float, model: LimpModel) -> float:
    """Return the log evidence against the usual on the scale of `ask` and `ease`."""
    rise = (model.ease - model.ask) / (model.usual_ease - model.usual_ask)
    return model.ask + (away - model.usual_ask) * rise


def _unsure_told(log_e: float, model: LimpModel) -> float:
    """Return the log evidence where pace and bounce are new: below easing, and below asking but for strong evidence."""
    return min(log_e, (model.ease if log_e >= model.ask_unsure else model.ask) - _LESS)


def _push(means: _Means, log_e: Column, usable: NDArray[np.bool_]) -> float:
    most = int(np.argmax(log_e))
    parts = (means.away[most] ** 2) / np.diagonal(means.sound[most])
    force = int(usable[:FORCE_FEATURES].sum())
    return float(parts[:force].sum() / max(parts.sum(), 1e-12))


def _counts(last: Past, model: LimpModel) -> Column:
    return np.arange(model.shortest, len(last) + 1, dtype=np.float64)


def _newest_means(rows: Column, model: LimpModel) -> Column:
    """Return the means of the newest 3, 4, ... rows."""
    means = np.cumsum(rows[::-1], axis=0) / np.arange(1, len(rows) + 1)[:, None]
    return np.asarray(means[model.shortest - 1 :])


def _unsure(z: Column, usual: Expected) -> Column:
    """Return (n,) in how many scatters the usual is unsure at covariates (n, 3)."""
    return np.asarray(np.einsum("ni,ij,nj->n", z, usual.unsure, z))


def _against_usual(
    last: Past, usual: Expected, usable: NDArray[np.bool_], scatter: Column, least: Column, model: LimpModel
) -> _Means:
    away = _newest_means(last.away, model)[:, usable]
    unsure = _newest_means(_unsure(last.z, usual)[:, None], model)[:, 0]
    share = 1.0 / _counts(last, model) + model.wander + unsure
    return _Means(away, share[:, None, None] * scatter + least)


def _against_before(
    last: Past,
    before: Past,
    usual: Expected,
    usable: NDArray[np.bool_],
    scatter: Column,
    least: Column,
    model: LimpModel,
) -> _Means:
    """Return the same against this run's earlier blocks, whose mean is believed as far as a run may be apart."""
    apart = (model.wander + float(_unsure(before.z, usual).mean())) * scatter + least
    gain = np.linalg.solve(apart + scatter / len(before), apart).T
    offset = gain @ before.away.mean(axis=0)[usable]
    left = apart - gain @ apart
    other_pace = _unsure(_newest_means(last.z, model) - before.z.mean(axis=0), usual)
    share = 1.0 / _counts(last, model) + model.within + other_pace
    sound = share[:, None, None] * scatter + 0.5 * (left + left.T) + model.least_within**2 * least
    return _Means(_newest_means(last.away, model)[:, usable] - offset, sound)


def _log_ratios(means: _Means, degrees: float, model: LimpModel) -> Column:
    """Return the logs of the ratios (m,) of the densities of t with a limp and without."""
    count = means.away.shape[1]
    limps = means.sound + model.limp_spread**2 * np.eye(count)
    size = [
        np.einsum("mp,mp->m", means.away, np.linalg.solve(one, means.away[:, :, None])[:, :, 0])
        for one in (means.sound, limps)
    ]
    wider = np.linalg.slogdet(limps)[1] - np.linalg.slogdet(means.sound)[1]
    half = 0.5 * (degrees + count)
    return np.asarray(half * (np.log1p(size[0] / degrees) - np.log1p(size[1] / degrees)) - 0.5 * wider)
