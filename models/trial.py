"""A trial of one: two styles compared on one person, with an interval that holds however often one looks.

The rule of this file: styles are compared within a pair of occasions close in time, in an order that was drawn before;
so whatever drifts (form, season, mood) moves both. Under "no difference" the difference of a pair is symmetric about
0 whatever drifts, and a bet against that has an expected gain of nothing: the capital of a mixture of bets passes 20
with a chance of at most 1 in 20 in all time (Ville 1939). Half of the capital bets on the mean, which also gives the
interval: the differences against which the bets are not won, for a difference that stays the same (Waudby-Smith &
Ramdas 2024; mixture after Cover 1991). The other half bets on the symmetry alone (after de la Pena 1999), which the
drawn order makes exact, and is quicker where answers scatter little.
"""

from __future__ import annotations

import dataclasses
import math
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
ALPHA = 0.05
#: A pair whose second occasion comes later than this is given up: the person may have changed.
PAIR_DAYS = 14
MOST_PAIRS = 200
#: A difference within this is no difference worth keeping a trial for; rewards are 0 to 1.
NO_MATTER = 0.15
_GRID = np.linspace(-1.0, 1.0, 401)
_BETS = np.array([-0.85, -0.65, -0.45, -0.3, -0.15, 0.15, 0.3, 0.45, 0.65, 0.85])
_TILTS = np.array([-8.0, -4.0, -2.0, -1.0, -0.5, 0.5, 1.0, 2.0, 4.0, 8.0])
_MAGIC = b"KZT1"
_HEAD = struct.Struct("<4sQBidBHH")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a trial says now: the difference first minus second with its always-valid 95 % interval, and in words."""

    difference: float
    low: float
    high: float
    pairs: int
    verdict: str
    """ "first", "second", "no difference that matters" or "not known"."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Two styles under comparison: the seed of their order, the differences of finished pairs, and what is open."""

    first: str
    second: str
    seed: int
    differences: tuple[float, ...] = ()
    begun: int = 0
    """Pairs begun, those given up too."""
    open_day: int = -1
    """Day of the first occasion of an open pair, -1 without."""
    open_reward: float = math.nan
    left: bool = False

    def __post_init__(self) -> None:
        if not self.first or not self.second or self.first == self.second:
            raise ValueError(f"a trial compares two styles, not {self.first!r} and {self.second!r}")
        if not 0 <= self.seed < 2**64:
            raise ValueError(f"the seed {self.seed!r} is not 0 to 2^64 - 1")

    @property
    def over(self) -> bool:
        """Return whether nothing more is compared: left, decided, or as many pairs as a trial may have."""
        return self.left or len(self.differences) >= MOST_PAIRS or self.finding().verdict != "not known"

    def style(self, day: int) -> str | None:
        """Return the style for the next occasion on a day (since 1970-01-01); None where the trial is over."""
        if self.over:
            return None
        stands = self._opened(day)
        began_with_first = _order(self.seed, stands.begun)
        return self.first if began_with_first == (stands.open_day < 0) else self.second

    def heard(self, day: int, reward: float) -> Trial:
        """Return the trial after the occasion on a day had its reward, 0 to 1; NaN, no answer, gives the pair up."""
        if self.over:
            return self
        stands = self._opened(day)
        if not math.isfinite(reward):
            return stands._given_up() if stands.open_day >= 0 else stands
        reward = min(max(reward, 0.0), 1.0)
        if stands.open_day < 0:
            return dataclasses.replace(stands, open_day=day, open_reward=reward)
        sign = 1.0 if _order(stands.seed, stands.begun) else -1.0
        found = (*stands.differences, sign * (stands.open_reward - reward))
        return dataclasses.replace(stands._given_up(), differences=found)

    def leave(self) -> Trial:
        """Return the trial as left: it asks nothing more, and what was heard stays until it is forgotten."""
        return dataclasses.replace(self, left=True)

    def finding(self) -> Finding:
        """Return what is known now."""
        found = np.array(self.differences)
        mean = float(found.mean()) if len(found) else math.nan
        low, high = interval(found)
        over = np.flatnonzero(evidence(found) >= math.log(1.0 / ALPHA))
        if not len(over):
            matters = max(-low, high) >= NO_MATTER
            return Finding(mean, low, high, len(found), "not known" if matters else "no difference that matters")
        won = float(found[: int(over[0]) + 1].sum()) > 0.0
        low, high = (max(low, 0.0), high) if won else (low, min(high, 0.0))
        return Finding(mean, low, high, len(found), "first" if won else "second")

    def _opened(self, day: int) -> Trial:
        """Return the trial as it stands on a day: a pair that waited too long is given up."""
        if self.open_day >= 0 and not 0 <= day - self.open_day <= PAIR_DAYS:
            return self._given_up()
        return self

    def _given_up(self) -> Trial:
        return dataclasses.replace(self, begun=self.begun + 1, open_day=-1, open_reward=math.nan)

    def to_bytes(self) -> bytes:
        """Return the trial as bytes (2 KB at most but for the names); `from_bytes` gives the same trial."""
        names = [self.first.encode(), self.second.encode()]
        head = _HEAD.pack(
            _MAGIC, self.seed, self.left, self.open_day, self.open_reward, len(names[0]), len(names[1]), self.begun
        )
        return head + b"".join(names) + np.array(self.differences, dtype="<f8").tobytes()

    @classmethod
    def from_bytes(cls, raw: bytes) -> Trial:
        """Return the trial that was saved; ValueError where the bytes are no trial."""
        if len(raw) < _HEAD.size or raw[:4] != _MAGIC:
            raise ValueError(f"{len(raw)} bytes that begin with {raw[:4]!r} are no trial")
        _, seed, left, open_day, open_reward, one, other, begun = _HEAD.unpack_from(raw)
        names, rest = raw[_HEAD.size : _HEAD.size + one + other], raw[_HEAD.size + one + other :]
        if len(names) != one + other or len(rest) % 8 or len(rest) > 8 * MOST_PAIRS:
            raise ValueError(f"{len(raw)} bytes are not the length of a trial")
        found = tuple(np.frombuffer(rest, dtype="<f8").tolist())
        if not all(abs(value) <= 1.0 for value in found):
            raise ValueError("a difference of a saved trial is outside -1 to 1")
        return cls(names[:one].decode(), names[one:].decode(), seed, found, begun, open_day, open_reward, bool(left))


def log_capital(differences: Array, supposed: Array | float = 0.0) -> Array:
    """Return the log of the capital after each pair, of bets against each supposed difference.

    Differences (..., pairs) in [-1, 1] and supposed (k,) or a number give (..., pairs) or, with k, (k, pairs).
    """
    apart = np.asarray(supposed, dtype=np.float64)[..., None, None]
    stakes = _BETS / (1.0 + np.abs(apart))  # no bet can lose all
    gains = np.log1p(stakes * (differences[..., None] - apart))
    return _mixed(np.cumsum(gains, axis=-2))


def evidence(differences: Array) -> Array:
    """Return the log of the capital after each pair (..., pairs) against "no difference" at all."""
    if not differences.shape[-1]:
        return np.zeros_like(differences)
    tilted = np.log(2.0) - np.logaddexp(0.0, -2.0 * _TILTS * differences[..., None])
    return np.logaddexp(_mixed(np.cumsum(tilted, axis=-2)), log_capital(differences)) - math.log(2.0)


def _mixed(won: Array) -> Array:
    """Return the log of the mean over the last axis of what was won, in logs."""
    most = won.max(axis=-1)
    return np.asarray(most + np.log(np.mean(np.exp(won - most[..., None]), axis=-1)))


def interval(differences: Array, alpha: float = ALPHA) -> tuple[float, float]:
    """Return the always-valid interval of the mean difference, the intersection over all pairs; (-1, 1) for none."""
    if not len(differences):
        return -1.0, 1.0
    lost = log_capital(differences, _GRID).max(axis=-1) < math.log(1.0 / alpha)
    if not np.any(lost):  # the difference changed so much that no single one is left
        return -1.0, 1.0
    step = float(_GRID[1] - _GRID[0])
    kept = _GRID[lost]
    return max(float(kept[0]) - step, -1.0), min(float(kept[-1]) + step, 1.0)


def _order(seed: int, pair: int) -> bool:
    """Return whether a pair begins with the first style: a fair coin that seed and number decide."""
    return bool(np.random.default_rng((seed, pair)).random() < 0.5)
