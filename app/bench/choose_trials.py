"""Trials of one under drift, and off-policy estimates: how often they are wrong, and how often they find something.

The rule of this file: a simulated person's answers drift in ways that have nothing to do with the styles; whoever
finds a difference there has made a false discovery, at whichever pair it came. Simulated.
"""

from __future__ import annotations

import math

import numpy as np

from edge.samples import Column
from models import trial
from models.choose_value import FEWEST, value

DRIFTS = ("none", "trend", "season", "step", "wander", "habituation", "alternating")
PAIRS = 60


def level(drift: str, rng: np.random.Generator, count: int, pairs: int) -> Column:
    """Return the expected answer (count, 2 pairs) without any style, 0 to 1."""
    t = np.arange(2 * pairs) / (2.0 * pairs)
    phase = rng.random((count, 1))
    steps = rng.standard_normal((count, 2 * pairs))
    shapes = {
        "none": 0.5 + 0.0 * t,
        "trend": 0.2 + 0.6 * t + 0.0 * phase,
        "season": 0.5 + 0.3 * np.sin(2.0 * np.pi * (2.0 * t + phase)),
        "step": 0.25 + 0.5 * (t > 0.2 + 0.6 * phase),
        "wander": 0.5 + 0.05 * np.cumsum(steps, axis=1),
        "habituation": 0.2 + 0.7 * np.exp(-6.0 * t) + 0.0 * phase,
        "alternating": 0.5 + 0.3 * np.where(np.arange(2 * pairs) % 2 == 0, 1.0, -1.0),
    }
    return np.clip(np.broadcast_to(shapes[drift], (count, 2 * pairs)), 0.05, 0.95)


def answers(drift: str, difference: float, seed: int, count: int, binary: bool = False, pairs: int = PAIRS) -> Column:
    """Return the differences first minus second of pairs (count, pairs) whose order was drawn by a fair coin."""
    rng = np.random.default_rng(seed)
    first = rng.random((count, pairs)) < 0.5
    styles = np.stack([first, ~first], axis=2).reshape(count, 2 * pairs)
    expected = np.clip(level(drift, rng, count, pairs) + difference * (styles - 0.5), 0.0, 1.0)
    if binary:
        said = (rng.random(expected.shape) < expected).astype(float)
    else:  # five steps, as asked
        said = np.clip(np.rint(4.0 * (expected + 0.2 * rng.standard_normal(expected.shape))) / 4.0, 0.0, 1.0)
    apart = said[:, 0::2] - said[:, 1::2]
    return np.asarray(np.where(first, apart, -apart))


def found(differences: Column, alpha: float = trial.ALPHA) -> Column:
    """Return the pair, from 1, after which a difference is claimed, inf where never; (count,)."""
    over = trial.evidence(differences) >= math.log(1.0 / alpha)
    return np.where(over.any(axis=1), over.argmax(axis=1) + 1.0, np.inf)


def peeked(differences: Column) -> Column:
    """Return the same by the t-test that is looked at after every pair from the fifth: what not to do."""
    n = np.arange(1, differences.shape[1] + 1)
    mean = np.cumsum(differences, axis=1) / n
    spread = np.sqrt(np.maximum(np.cumsum(differences**2, axis=1) / n - mean**2, 1e-6) / n)
    over = (np.abs(mean) > 2.0 * spread) & (n >= 5)
    return np.where(over.any(axis=1), over.argmax(axis=1) + 1.0, np.inf)


def unpaired(drift: str, seed: int, count: int, pairs: int = PAIRS) -> float:
    """Return the false discoveries of first one style for a while, then the other, under a drift: the control."""
    rng = np.random.default_rng(seed)
    said = np.clip(level(drift, rng, count, pairs) + 0.2 * rng.standard_normal((count, 2 * pairs)), 0.0, 1.0)
    return float(np.mean(np.isfinite(found(said[:, :pairs] - said[:, pairs:]))))


def false_discoveries(count: int, seed: int) -> dict[str, float]:
    """Return the share of trials without any difference in which one is claimed, by drift and kind of answer."""
    return {
        f"{drift}, {'yes or no' if binary else 'five steps'}": float(
            np.mean(np.isfinite(found(answers(drift, 0.0, seed + k, count, binary))))
        )
        for k, drift in enumerate(DRIFTS)
        for binary in (False, True)
    }


def power(difference: float, count: int, seed: int) -> tuple[float, float]:
    """Return the share of trials under all drifts in which a difference is rightly found, and the median pair."""
    when = np.concatenate([found(answers(drift, difference, seed, count)) for drift in DRIFTS])
    return float(np.mean(np.isfinite(when))), float(np.median(when))


def covered(count: int, seed: int) -> float:
    """Return the share of trials whose interval held the true difference at every pair (a constant difference)."""
    rng = np.random.default_rng(seed)
    held = 0
    for difference in rng.uniform(-0.3, 0.3, count).tolist():
        shown = rng.choice([-1.0, 0.0, 1.0], PAIRS, p=[0.3 - difference / 2, 0.4, 0.3 + difference / 2])
        low, high = trial.interval(shown)
        held += low <= difference <= high
    return held / count


def off_policy(count: int, choices: int, seed: int) -> tuple[float, float, float]:
    """Return of `count` logs with four options and the floor: how often the interval held the truth where a number
    was given, the share of logs with a number, and the median effective size.
    """
    rng = np.random.default_rng(seed)
    held, given, sizes = 0, 0, []
    for _ in range(count):
        worth = rng.uniform(0.2, 0.9, 4)
        logged = 0.05 + 0.8 * rng.dirichlet(np.ones(4), choices)
        took = (rng.random((choices, 1)) > np.cumsum(logged, axis=1)).sum(axis=1).clip(0, 3)
        reward = (rng.random(choices) < worth[took]).astype(float)
        target = rng.dirichlet(np.ones(4))
        estimate = value(target[took] / logged[np.arange(choices), took], reward)
        sizes.append(estimate.effective_size)
        if estimate.effective_size >= FEWEST:
            given += 1
            held += estimate.low <= float(target @ worth) <= estimate.high
    return held / max(given, 1), given / count, float(np.median(sizes))
