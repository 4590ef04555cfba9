"""Merging: many people's numbers become one shift for each group, whoever lies, and whoever reads it.

The rule of this file: a trimmed mean in each number, central noise on it, then each group drawn to the wider one by its
doubt. Changing one person's row moves a trimmed sum by no more than the row moves (each number is held between two of
the others), so the noise is set by the clip alone: `mean_sensitivity`.

Sources: trimmed mean against poisoned clients (Yin et al. 2018, ICML); Gaussian mechanism, composition over nested
groups (Dong, Roth and Su 2022, JRSS B: k releases of mu are one of sqrt(k) mu); shrinkage (Efron and Morris 1975).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.sharing.blur import CLIP_NORM, DEVICE_NOISE_SD, normal
from models.sharing.contribution import Contribution, shift_of
from models.sharing.shared import GroupShift, SharedPrior
from models.sharing.situation import EVERYBODY, NARROWING, Situation

Array = NDArray[np.float64]
#: Groups of fewer people are not told of (everybody together: of fewer than `FEWEST`); and the share that is left out
#: at each end of every number.
LEAST_PEOPLE, FEWEST, TRIMMED = 50, 3, 0.3
#: The nested groups of one person, and the privacy of all of them together: mu of a Gaussian mechanism, which is
#: epsilon below 1.5 at delta 1e-5 (docs/fleet.md, two accountants).
DEPTHS, MU = len(NARROWING) + 1, 0.35
#: Standard deviation by which a group's shift is expected to differ from the wider group's, in spreads; of everybody's
#: from the bundled prior's. The most by which one number of a group may differ from the wider group's, so that liars
#: who meet in a small group do not own it, and the longest shift of one number that is believed.
GROUP_SD, EVERYBODY_SD, MOST_APART, MOST_SHIFT = 0.2, 0.4, 0.4, 1.5


@dataclass(frozen=True, slots=True)
class Way:
    """How to merge; what is not said is as the product does it. `central_mu` infinite is without central noise."""

    trimmed: float = TRIMMED
    central_mu: float = MU
    least_people: int = LEAST_PEOPLE
    clip_norm: float = CLIP_NORM
    device_noise_sd: float = DEVICE_NOISE_SD


USUAL = Way()


def trimmed_mean(rows: Array, share: float = TRIMMED) -> Array:
    """Return the mean (k,) of rows (n, k) without the largest and smallest share of each number."""
    cut = math.floor(share * len(rows))
    ordered = np.sort(rows, axis=0)
    return np.asarray(ordered[cut : len(rows) - cut].mean(axis=0))


def mean_sensitivity(people: int, way: Way = USUAL) -> float:
    """Return by how much the trimmed mean of so many moves at most, as a length, when one person is another."""
    kept = people - 2 * math.floor(way.trimmed * people)
    return 2.0 * way.clip_norm / kept


def central_noise_sd(people: int, way: Way = USUAL) -> float:
    """Return the standard deviation of the noise on each number of a group's mean: all nested groups cost `central_mu`.

    A group is one of `DEPTHS` releases that hold one person.
    """
    return mean_sensitivity(people, way) * math.sqrt(DEPTHS) / way.central_mu


def doubt_sd(people: int, way: Way = USUAL) -> float:
    """Return the standard deviation of each number of a group's mean: people, their devices' noise, central noise."""
    kept = max(people - 2 * math.floor(way.trimmed * people), 1)
    return math.hypot(math.sqrt((1.0 + way.device_noise_sd**2) / kept), central_noise_sd(people, way))


def merged_rows(
    rows: Array, situations: Sequence[Situation], base: str, rng: np.random.Generator | None = None, way: Way = USUAL
) -> SharedPrior:
    """Return the shared prior of blurred numbers (n, k) and their situations; without a generator by OS randomness."""
    members: dict[str, list[int]] = {}
    for at, situation in enumerate(situations):
        for name in situation.groups:
            members.setdefault(name, []).append(at)
    told = [name for name, who in members.items() if len(who) >= least_people(name, way)]
    found: dict[str, Array] = {}
    for name in sorted(told, key=_depth):
        found[name] = _drawn(rows[members[name]], found.get(wider(name)), rng, way)
    shifts = tuple(_shift(name, len(members[name]), found[name]) for name in found)
    return SharedPrior(base, _tens(len(rows)), shifts)


def least_people(group: str, way: Way = USUAL) -> int:
    """Return how many people a group takes to be told of; of a few of everybody the noise leaves next to nothing."""
    return min(FEWEST, way.least_people) if group == EVERYBODY else way.least_people


def wider(group: str) -> str:
    """Return the name of the group that a group is within; "" for everybody."""
    if group == EVERYBODY:
        return ""
    return group.rpartition("; ")[0] or EVERYBODY


def _depth(group: str) -> tuple[int, str]:
    return (0 if group == EVERYBODY else 1 + group.count("; "), group)


def _drawn(rows: Array, parent: Array | None, rng: np.random.Generator | None, way: Way) -> Array:
    """Return a group's mean (k,), noised and drawn to the wider group by how sure it is."""
    count = len(rows)
    mean = trimmed_mean(rows, way.trimmed)
    if way.central_mu < math.inf:
        mean = mean + central_noise_sd(count, way) * normal(mean.shape, rng)
    between = EVERYBODY_SD if parent is None else GROUP_SD
    centre = np.zeros(len(mean)) if parent is None else parent
    weight = between**2 / (between**2 + doubt_sd(count, way) ** 2)
    most = MOST_SHIFT if parent is None else MOST_APART
    return np.asarray(centre + np.clip(weight * (mean - centre), -most, most))


def _shift(group: str, people: int, numbers: Array) -> GroupShift:
    held: Array = np.round(np.clip(numbers, -MOST_SHIFT, MOST_SHIFT), 3).astype(np.float64)
    shift, scatter = shift_of(held)
    return GroupShift(group, _tens(people), shift, round(scatter, 3))


def _tens(people: int) -> int:
    return people // 10 * 10


def merged(told: Sequence[Contribution], rng: np.random.Generator | None = None, way: Way = USUAL) -> SharedPrior:
    """Return the shared prior of blurred contributions; the same one twice counts once.

    ValueError where there are none, or they are relative to several bundled priors or blurred in several ways.
    """
    once = list(dict.fromkeys(told))
    kinds = {(one.base, one.clip_norm, one.noise_sd) for one in once}
    if len(kinds) != 1:
        raise ValueError("no contribution" if not kinds else f"contributions of {len(kinds)} kinds do not go together")
    rows = np.array([one.numbers for one in once])
    return merged_rows(rows, [one.situation for one in once], once[0].base, rng, way)
