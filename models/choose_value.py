"""What another way of choosing would have brought, from a log of choices with propensities, or that it cannot be said.

The rule of this file: an estimate never stands without its effective sample size, and below `FEWEST` there is a
sentence and no number. Self-normalised importance weights (Hajek 1971; Swaminathan & Joachims 2015) and the doubly
robust estimator (Dudik 2011), whose expected rewards must come from before each choice.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from models.choose import FLOOR, Array

#: Rewards of 0 to 1 differ by 0.5 at most in standard deviation: with so many the 95 % interval is within +-0.1.
FEWEST = 96.0
_Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Value:
    """Mean reward to expect with its 95 % interval, NaN where there is too little data; the sentence says so."""

    value: float
    low: float
    high: float
    effective_size: float
    choices: int
    sentence: str


def value(weights: Array, rewards: Array, modelled: Array | None = None, chosen: Array | None = None) -> Value:
    """Return the value of a policy: `weights` are its chance of the chosen option over the logged propensity, (n,).

    With `modelled` (n,), the reward that a model expected of the policy, and `chosen` (n,), of the chosen option, the
    doubly robust estimate; else the self-normalised one. ValueError names what is out of range.
    """
    weights, rewards = np.asarray(weights, dtype=np.float64), np.asarray(rewards, dtype=np.float64)
    _check(weights, rewards)
    total = float(weights.sum())
    size = total**2 / float(weights @ weights) if total > 0.0 else 0.0
    if size < FEWEST:
        return Value(math.nan, math.nan, math.nan, size, len(rewards), _too_little(size, len(rewards)))
    if modelled is None or chosen is None:
        mean = float(weights @ rewards) / total
        half = _Z95 * math.sqrt(float(np.sum((weights * (rewards - mean)) ** 2))) / total
    else:
        each = np.asarray(modelled) + weights * (rewards - np.asarray(chosen))
        mean, half = float(each.mean()), _Z95 * float(each.std(ddof=1)) / math.sqrt(len(each))
    low, high = max(mean - half, 0.0), min(mean + half, 1.0)
    told = f"{mean:.2f} of 1 ({low:.2f} to {high:.2f}), worth {size:.0f} choices of {len(rewards)}"
    return Value(mean, low, high, size, len(rewards), told)


def _too_little(size: float, count: int) -> str:
    return f"Too little data to say: {count} choices are worth {size:.0f} for this question, and it takes {FEWEST:.0f}."


def _check(weights: Array, rewards: Array) -> None:
    if weights.shape != rewards.shape or weights.ndim != 1:
        raise ValueError(f"weights {weights.shape} and rewards {rewards.shape} must be one each for every choice")
    if not np.all((weights >= 0.0) & (weights <= 1.0 / FLOOR + 1e-9)):
        raise ValueError(f"a weight is outside 0 to {1.0 / FLOOR:g}: a propensity below the floor, or not finite")
    if not np.all((rewards >= 0.0) & (rewards <= 1.0)):
        raise ValueError("a reward is outside 0 to 1")
