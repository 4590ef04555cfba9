"""How private a contribution is: epsilon by two accountants that know nothing of each other, and an attack that works.

The rule of this file: the attacker knows the target's numbers before any blurring, the population and the method, and
sees every release; what they do is shown to work where nothing is blurred.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.sharing import merge
from models.sharing.blur import clipped
from models.sharing.merge import DEPTHS, Way

Array = NDArray[np.float64]
DELTA = 1e-5


def epsilon_google(multiplier: float, times: int, delta: float = DELTA) -> float:
    """Return epsilon of so many Gaussian releases, noise over sensitivity, by dp-accounting (privacy loss)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dp_accounting
        from dp_accounting.pld import PLDAccountant

    accountant = PLDAccountant()
    accountant.compose(dp_accounting.GaussianDpEvent(noise_multiplier=multiplier), times)
    return float(accountant.get_epsilon(delta))


def epsilon_microsoft(multiplier: float, times: int, delta: float = DELTA) -> float:
    """Return the same by prv_accountant (privacy random variables; Gopi, Lee and Wutschitz 2021), its upper bound."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from prv_accountant import GaussianMechanism, PRVAccountant

        accountant = PRVAccountant(
            prvs=[GaussianMechanism(noise_multiplier=multiplier)], max_self_compositions=[times],
            eps_error=0.01, delta_error=delta / 1000.0,
        )  # fmt: skip
        return float(accountant.compute_epsilon(delta=delta, num_self_compositions=[times])[2])


def central_multiplier(way: Way = merge.USUAL) -> float:
    """Return noise over sensitivity of each of the nested releases that hold a person."""
    return merge.central_noise_sd(100, way) / merge.mean_sensitivity(100, way)


def device_multiplier(way: Way = merge.USUAL) -> float:
    """Return noise over sensitivity of what a device hands over, for whoever merges."""
    return way.device_noise_sd / (2.0 * way.clip_norm)


@dataclass(frozen=True, slots=True)
class Attack:
    """How well an attacker tells who was in: area under the curve, its 95 % interval over targets, group size."""

    auc: float
    low: float
    high: float
    people: int


def attack(rows: Array, people: int, way: Way, seed: int, targets: int = 80, shadows: int = 400) -> Attack:
    """Return what a likelihood-ratio attack with shadow merges reaches on groups of so many of rows (n, k).

    All are in one situation, so that every nested group is the same people: the attacker sees the mean of all releases.
    Shadow merges with and without the target give two Gaussians with one covariance (Carlini et al. 2022, LiRA); as
    many other merges are judged.
    """
    rng = np.random.default_rng(seed)
    scores = np.array([_scores(rows, people, way, target, shadows, rng) for target in range(targets)])
    each = np.array([_auc(inside, outside) for inside, outside in scores])
    drawn = each[rng.integers(0, len(each), (2000, len(each)))].mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975]).tolist()
    return Attack(float(each.mean()), low, high, people)


def _scores(
    rows: Array, people: int, way: Way, target: int, count: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Return the attacker's scores of merges (count,) with and without the target."""
    inside, outside = (_releases(rows, people, way, target, with_target, 2 * count, rng) for with_target in (1, 0))
    learned = [inside[:count], outside[:count]]
    within = np.concatenate([one - one.mean(axis=0) for one in learned])
    covariance = np.cov(within, rowvar=False) + 1e-12 * np.eye(rows.shape[1])
    line = np.linalg.solve(covariance, learned[0].mean(axis=0) - learned[1].mean(axis=0))
    return inside[count:] @ line, outside[count:] @ line


def _releases(
    rows: Array, people: int, way: Way, target: int, with_target: int, count: int, rng: np.random.Generator
) -> Array:
    """Return what is seen of merges (count, k): the trimmed mean with device noise, and the mean of central noises."""
    others = rng.integers(0, len(rows) - 1, (count, people))
    others += others >= target
    if with_target:
        others[:, 0] = target
    blurred = clipped(rows, way.clip_norm)[others]
    blurred = blurred + way.device_noise_sd * rng.standard_normal(blurred.shape)
    cut = math.floor(way.trimmed * people)
    means = np.sort(blurred, axis=1)[:, cut : people - cut].mean(axis=1)
    if math.isinf(way.central_mu):
        return np.asarray(means)
    depths = DEPTHS if people >= way.least_people else 1
    sd = merge.central_noise_sd(people, way) / math.sqrt(depths)
    return np.asarray(means + sd * rng.standard_normal(means.shape))


def _auc(inside: Array, outside: Array) -> float:
    """Return how often a merge with the target scores higher than one without; ties count half."""
    ordered = np.sort(outside)
    below, not_above = np.searchsorted(ordered, inside, "left"), np.searchsorted(ordered, inside, "right")
    return float((below + not_above).mean() / (2.0 * len(outside)))
