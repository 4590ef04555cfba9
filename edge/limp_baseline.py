"""How a person's gait is when sound: what is learned of it, what it lets expect, and how it is kept.

The rule of this file: a baseline holds sums over blocks (see `edge.limp`), one for walking and one for running, for one
person and one place of the tracker; it is learned from runs without pain and without an altered gait alone. What is
expected is Bayesian linear regression on step rate and bounce, which stand for speed and grade, with a weak prior on
the scatter (Gelman et al. 2013, Bayesian Data Analysis, 3.6 and 14.2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from edge.samples import Column

FEATURES = 10
"""Real and imaginary parts of harmonics 1, 3, 5 of the force, then of 1 and 3 of the turning."""
FORCE_FEATURES = 6
COVARIATES = 3
_BYTES = 4
_ZZ, _XX = np.triu_indices(COVARIATES), np.triu_indices(FEATURES)
_NUMBERS = 1 + len(_ZZ[0]) + COVARIATES * FEATURES + len(_XX[0])
_VERSION = b"KL02"
_MOST_BLOCKS = 2000.0
"""More is not kept (3 h): old runs fade so that a gait may change over months."""
_SLOPE_PRIOR = np.diag([0.01, 0.01, 0.005])
"""As if so many blocks had been seen one unit of each covariate away, with no effect: a prior that says little. With
1.0 a pace never seen was taken for known: at the wrist features move by 5 scatters where the step rate rises by 8 %."""
_NO_SLOPE_PRIOR = np.diag([0.01, 3e-4, 3e-4])
"""The same where slopes of 60 scatters are taken for possible, as they are at the wrist."""
_BOUNCE_NOISE = 0.012
"""Standard deviation of the logarithm of a block's bounce on even ground: 0.010 in simulated runs on a road, which is
mostly chance. Taken for real, it made the way of a limp in hills look known from a flat run (errors in variables)."""
_PRIOR_BLOCKS = 3.0
_PRIOR_SCATTER: Column = np.diag(np.repeat([0.06**2, 0.12**2], [FORCE_FEATURES, FEATURES - FORCE_FEATURES]))
"""Variance of a block's features of open joggers and walkers, pocket and wrist (MotionSense, WISDM): medians."""


@dataclass(frozen=True, slots=True)
class LimpModel:
    """What is expected of limps and of sound gait. The defaults are the method; other values are for controls."""

    needed: float = 100.0
    """Blocks of sound gait (10 min) before more than ask is said."""
    needed_to_ease: float = 100.0
    """Blocks of sound gait before it eases."""
    needed_to_ask: float = 40.0
    """Blocks of this very run before a change within it may be asked about."""
    shortest: int = 3
    longest: int = 10
    """Blocks that a limp must have lasted, and over how many at most their deviation is averaged."""
    limp_spread: float = 0.06
    """How far a limp moves a feature: simulated limps with contact times 10 % apart move each by 0.03 to 0.14."""
    wander: float = 0.3
    """Slow changes from run to run and within one as a share of the variance of blocks: in the open recordings the
    halves differ by 0.2 to 0.7 of it."""
    least_wander: tuple[float, float] = (0.008, 0.01)
    """Standard deviation of slow changes of force and turning at least: another shoe, another fit of the strap."""
    within: float = 0.1
    """Slow changes within one run as a share of the variance of blocks; with 0.03 tired runs raised alarms."""
    least_within: float = 0.5
    """Standard deviation of slow changes within one run at least, as a share of that from run to run."""
    earlier: int = 50
    """Sound blocks of this run (5 min), before the last ones, that these are compared with."""
    most_of_a_block: float = 60.0
    """Squared deviation of a block, in variances, that counts at most: one stumble, or one block of a tracker that was
    moved, is no limp."""
    most_degrees: float = 100.0
    """Degrees of freedom at most: blocks of real gait have longer tails than a normal distribution."""
    ask: float = 7.0
    ease: float = 11.0
    """Log evidence at which it asks, and eases: mean times to a false alarm of 1,100 and 60,000 blocks (2 h, 100 h)."""
    usual_ask: float = 0.0
    usual_ease: float = 9.0
    """Log evidence against the usual that asking and easing need besides: what only began in this run may be usual."""
    usual_alone: float = 11.0
    """Log evidence against the usual that is asked about though it did not begin in this run."""
    most_unsure: float = np.inf
    """Variance of blocks up to which what pace and bounce change is known: beyond it is asked at most."""
    ask_unsure: float = 9.0
    """Log evidence at which it asks beyond that."""
    over: float = 0.0
    """Log evidence below which an altered gait is over."""

    def confidence(self, evidence: float) -> float:
        """Return the confidence in 0 to 1 of a log evidence: 0.5 at `ask`, 0.95 at `ease`."""
        slope = float(np.log(19.0)) / (self.ease - self.ask)
        return float(1.0 / (1.0 + np.exp(-np.clip(slope * (evidence - self.ask), -40.0, 40.0))))


USUAL = LimpModel()
WRIST = replace(USUAL, needed_to_ease=300.0, most_unsure=1.0)
"""At the wrist pace and bounce change the features by more than a limp does, so it eases only where the baseline has
seen both: 30 min of sound running, this kind of running among them."""


def model_of(place: str) -> LimpModel:
    """Return what is expected at a place of the tracker: "trunk", "wrist"; as at the trunk where it is another."""
    return WRIST if place == "wrist" else USUAL


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Number of blocks, and sums of products of covariates z (3,) and features x (FEATURES,)."""

    blocks: float
    zz: Column
    zx: Column
    xx: Column

    def plus(self, other: Sums) -> Sums:
        """Return the sums over both, whose left and right are the same."""
        return Sums(self.blocks + other.blocks, self.zz + other.zz, self.zx + other.zx, self.xx + other.xx)

    def times(self, share: float) -> Sums:
        """Return the sums as if each block counted so much."""
        return Sums(share * self.blocks, share * self.zz, share * self.zx, share * self.xx)


_NO_SUMS = Sums(
    0.0, np.zeros((COVARIATES, COVARIATES)), np.zeros((COVARIATES, FEATURES)), np.zeros((FEATURES, FEATURES))
)


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is known of one person's sound gait with the tracker at one place."""

    walk: Sums = _NO_SUMS
    run: Sums = _NO_SUMS

    def of(self, running: bool) -> Sums:
        """Return the sums of running or of walking."""
        return self.run if running else self.walk

    def with_block(self, running: bool, z: Column, x: Column) -> Baseline:
        """Return the baseline with one block more."""
        more = self.of(running).plus(Sums(1.0, np.outer(z, z), np.outer(z, x), np.outer(x, x)))
        return replace(self, run=more) if running else replace(self, walk=more)


NOTHING = Baseline()


def learned(baseline: Baseline, own: Baseline) -> Baseline:
    """Return the baseline after a sound run, whose own blocks are `LimpState.own`; older runs fade beyond 3 h."""
    return Baseline(_merged(baseline.walk, own.walk), _merged(baseline.run, own.run))


def _merged(known: Sums, own: Sums) -> Sums:
    """Return the sums over both, left and right of the run exchanged where that is nearer to what is known."""
    if known.blocks and own.blocks and float(np.sum(known.zx[0] * own.zx[0])) < 0.0:
        own = replace(own, zx=-own.zx)
    both = known.plus(own)
    return both.times(min(1.0, _MOST_BLOCKS / max(both.blocks, 1.0)))


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """What a block of sound gait is like: features, scatter of blocks, of slow changes; degrees of freedom."""

    x: Column
    scatter: Column
    wander: Column
    degrees: float
    least: Column
    """The part of `wander` that does not go with the scatter."""
    unsure: Column
    """Covariance (3, 3) of the slopes in units of the scatter."""
    blind: Column
    """The same where nothing is taken for known of the slopes beforehand."""


def expected(sums: Sums, z: Column, model: LimpModel) -> Expected:
    """Return what a sound block with covariates z (3,) is like."""
    precision = sums.zz + _SLOPE_PRIOR
    slopes = np.linalg.solve(precision, sums.zx)
    left = sums.xx - slopes.T @ precision @ slopes
    # three blocks go into the slopes, and a t of ten dimensions has nine degrees of freedom less than its scatter
    scatter = (_PRIOR_BLOCKS * _PRIOR_SCATTER + 0.5 * (left + left.T)) / max(sums.blocks, _PRIOR_BLOCKS)
    degrees = max(sums.blocks + _PRIOR_BLOCKS - FEATURES + 1.0, _PRIOR_BLOCKS)
    unsure, blind = (np.asarray(np.linalg.inv(_firm(sums, prior))) for prior in (_SLOPE_PRIOR, _NO_SLOPE_PRIOR))
    least = np.diag(np.repeat(np.square(model.least_wander), [FORCE_FEATURES, FEATURES - FORCE_FEATURES]))
    wander = (model.wander + float(z @ unsure @ z)) * scatter + least
    return Expected(z @ slopes, scatter, wander, min(degrees, model.most_degrees), least, unsure, blind)


def _firm(sums: Sums, prior: Column) -> Column:
    """Return how firmly the slopes are known (3, 3): what a block's bounce varies by chance tells nothing of hills.

    Taken off here alone, not where the slopes are fitted: there it would let chance grow with every block.
    """
    zz = sums.zz.copy()
    by_others = zz[2, :2] @ np.linalg.solve(zz[:2, :2] + prior[:2, :2], zz[:2, 2])
    zz[2, 2] -= min(max(float(zz[2, 2] - by_others), 0.0), sums.blocks * _BOUNCE_NOISE**2)
    return np.asarray(zz + prior)


def saved(baseline: Baseline) -> bytes:
    """Return the baseline as bytes: under 1 KB."""
    return _VERSION + np.concatenate([_numbers(baseline.walk), _numbers(baseline.run)]).astype("<f4").tobytes()


def _numbers(sums: Sums) -> Column:
    return np.concatenate([[sums.blocks], sums.zz[_ZZ], sums.zx.ravel(), sums.xx[_XX]])


def restored(kept: bytes) -> Baseline:
    """Return the baseline that was kept; ValueError where the bytes are not one."""
    if not kept.startswith(_VERSION) or len(kept) != len(_VERSION) + 2 * _NUMBERS * _BYTES:
        raise ValueError(f"baseline: {len(kept)} bytes beginning {kept[:4]!r} are not a baseline of a gait")
    numbers = np.frombuffer(kept[len(_VERSION) :], dtype="<f4").astype(np.float64)
    if not np.isfinite(numbers).all():
        raise ValueError("baseline: holds a number that is not finite")
    return Baseline(_sums(numbers[:_NUMBERS]), _sums(numbers[_NUMBERS:]))


def _sums(numbers: Column) -> Sums:
    first = 1 + len(_ZZ[0])
    middle = first + COVARIATES * FEATURES
    zz, xx = np.zeros((COVARIATES, COVARIATES)), np.zeros((FEATURES, FEATURES))
    zz[_ZZ], xx[_XX] = numbers[1:first], numbers[middle:]
    zz, xx = zz + np.triu(zz, 1).T, xx + np.triu(xx, 1).T
    return Sums(float(numbers[0]), zz, numbers[first:middle].reshape(COVARIATES, FEATURES), xx)
