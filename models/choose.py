"""Learning what helps one person: Thompson sampling among the few options that the rules have left.

The rule of this file: an option that the caller did not offer cannot be chosen, whatever was learned; every offered
option keeps at least `FLOOR`; a choice replays bit for bit from the stored state, context and seed.
The reward (0 to 1) is linear in features x (1, context), with a Gaussian belief over the group's prior (Thompson 1933;
Agrawal & Goyal 2013). From `DRAWS` draws of the belief the share of wins of each option is counted; the choice is then
drawn with the floor kept. Given the draws, the stated propensity is therefore exact, not an estimate.
"""

from __future__ import annotations

import dataclasses
import hashlib
import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
#: Every option that the rules left keeps this chance (issue's contract), and so many options are "a few".
FLOOR, MOST_OPTIONS = 0.05, 5
DRAWS = 256
#: The belief's covariance counts by this share when draws are made: the floor explores already (Chapelle & Li 2011,
#: posterior reshaping); the least regret of 10 and of 40 decisions on simulated people of the first physiology, to
#: within 3 %, that still draws.
RESHAPED = 0.05
#: More coefficients do not fit into the 4 KiB of a state.
MOST_COEFFICIENTS, MOST_BYTES = 28, 4096
#: Expected rewards and their spread are rounded to this before options are compared.
QUANTUM = 1e-6
_MOST_FEATURE, _MOST_CONTEXT = 10.0, 3.0
_MAGIC = b"KZC1"
_HEAD = struct.Struct("<4s16sHH?Ld")


@dataclass(frozen=True, slots=True)
class Option:
    """Something that may be said or proposed ("nothing" too): what it is in numbers, each -10 to 10."""

    name: str
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen among what, with which chance, and all that is needed to choose it again."""

    option: Option
    propensity: float
    propensities: tuple[float, ...]
    """Of every option, in their order; they sum to 1."""
    options: tuple[Option, ...]
    context: tuple[float, ...]
    model_hash: str
    """Of the state that chose: 16 hexadecimal digits."""
    seed: int
    by: str
    """ "learned", "only option", or "switched off": the rule's first option."""


@dataclass(frozen=True, slots=True, eq=False)
class GroupPrior:
    """What to expect of a person in a situation s (with a leading 1): mean (situation, coefficients) so that the
    person's coefficients have mean s @ mean, covariance between people (coefficients, coefficients), and the variance
    of a reward around what was expected of it.
    """

    mean: Array
    covariance: Array
    noise: float
    source: str

    def __post_init__(self) -> None:
        size = self.mean.shape[-1]
        if self.mean.ndim != 2 or self.covariance.shape != (size, size) or size > MOST_COEFFICIENTS:
            raise ValueError(f"a prior of {self.mean.shape} and {self.covariance.shape} has not one size up to 28")
        if not (np.all(np.isfinite(self.mean)) and np.all(np.isfinite(self.covariance)) and 0.0 < self.noise < 10.0):
            raise ValueError(f"the prior from {self.source!r} has numbers that are not finite, or noise {self.noise!r}")

    def begin(self, situation: Sequence[float]) -> State:
        """Return the state of a person of whom only the situation is known; NaN in it stands for the group's mean."""
        row = np.nan_to_num(np.asarray(situation, dtype=np.float64), nan=0.0, posinf=0.0, neginf=0.0)
        if row.shape != (len(self.mean),):
            raise ValueError(f"a situation has {len(self.mean)} numbers, not {row.shape}")
        mean = np.clip(row, -_MOST_CONTEXT, _MOST_CONTEXT) @ self.mean
        digest = hashlib.sha256(self.mean.tobytes() + self.covariance.tobytes()).digest()
        covariance = np.triu(self.covariance) + np.triu(self.covariance, 1).T  # what is saved is its upper half
        return State(mean, covariance, self.noise, 0, digest.hex()[:32])


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """The belief of one person: mean (d,), covariance (d, d), noise variance, rewards heard, hash of the prior."""

    mean: Array
    covariance: Array
    noise: float
    heard: int
    prior_hash: str
    on: bool = True
    """False: the kill switch is thrown, and the rule's first option is given."""

    def to_bytes(self) -> bytes:
        """Return the state as bytes, 3.6 KB at most; `from_bytes` gives the same state, bit for bit."""
        size = len(self.mean)
        head = _HEAD.pack(
            _MAGIC, bytes.fromhex(self.prior_hash), size, 0, self.on, min(self.heard, 2**32 - 1), self.noise
        )
        packed = self.covariance[np.triu_indices(size)]
        return head + self.mean.astype("<f8").tobytes() + packed.astype("<f8").tobytes()

    @classmethod
    def from_bytes(cls, raw: bytes) -> State:
        """Return the state that was saved; ValueError says what is wrong with the bytes."""
        if len(raw) < _HEAD.size or raw[:4] != _MAGIC or len(raw) > MOST_BYTES:
            raise ValueError(f"{len(raw)} bytes that begin with {raw[:4]!r} are no state of a chooser")
        _, prior_hash, size, _, on, heard, noise = _HEAD.unpack_from(raw)
        values = np.frombuffer(raw[_HEAD.size :], dtype="<f8") if (len(raw) - _HEAD.size) % 8 == 0 else np.empty(0)
        if len(values) != size + size * (size + 1) // 2 or not np.all(np.isfinite(values)) or not 0.0 < noise < 10.0:
            raise ValueError(f"a state of {size} coefficients does not have {len(raw)} bytes of finite numbers")
        covariance = np.zeros((size, size))
        covariance[np.triu_indices(size)] = values[size:]
        covariance += np.triu(covariance, 1).T
        state = cls(values[:size].copy(), covariance, noise, heard, prior_hash.hex(), on)
        if state.to_bytes() != raw:
            raise ValueError(f"{len(raw)} bytes hold more than a state of {size} coefficients says")
        return state

    @property
    def model_hash(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of the bytes."""
        return hashlib.sha256(self.to_bytes()).hexdigest()[:16]


class Chooser:
    """Chooses among safe options and learns from what came of it; `state` is what to keep."""

    reshaped = RESHAPED

    def __init__(self, state: State) -> None:
        self.state = state
        self._hash: str | None = None

    def switch(self, on: bool) -> None:
        """Throw the kill switch (False) or take it back."""
        self.state, self._hash = dataclasses.replace(self.state, on=on), None

    @property
    def model_hash(self) -> str:
        """The hash of the present state."""
        if self._hash is None:
            self._hash = self.state.model_hash
        return self._hash

    def choose(self, options: Sequence[Option], context: Sequence[float], seed: int) -> Choice:
        """Return one of the options, which are in the rule's order; a context that is unknown (NaN) counts as usual.

        ValueError for no option, more than `MOST_OPTIONS`, doubled names or features that are not of this model.
        """
        offered, context = _checked(tuple(options)), _context(context)
        if not self.state.on:
            return self._rule(offered, context, seed, "switched off")
        if len(offered) == 1:
            return self._rule(offered, context, seed, "only option")
        chance = np.random.default_rng(seed)
        shares = self._shares(self._rows(offered, context), chance)
        bound, at, below = chance.random(), 0, shares[0]
        while at < len(offered) - 1 and bound >= below:
            at += 1
            below += shares[at]
        return Choice(offered[at], shares[at], tuple(shares), offered, context, self.model_hash, seed, "learned")

    def expected(self, options: Sequence[Option], context: Sequence[float]) -> tuple[Array, Array]:
        """Return the expected reward of each option and its standard deviation, (n,) each, on the quantum."""
        rows = self._rows(_checked(tuple(options)), _context(context))
        spread = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", rows, self.state.covariance, rows), 0.0))
        return _rounded(rows @ self.state.mean), _rounded(spread)

    def learn(self, choice: Choice, reward: float) -> None:
        """Take in what came of a choice, 0 (refused) to 1 (done); beyond is cut, NaN or infinite teaches nothing."""
        if not math.isfinite(reward):
            return
        row = self._rows((choice.option,), choice.context)[0]
        state = self.state
        reach = state.covariance @ row
        gain = reach / (float(row @ reach) + state.noise)
        surprise = min(max(reward, 0.0), 1.0) - float(row @ state.mean)
        # the outer product of one vector is symmetric to the last bit, which half a matrix saved rests on
        covariance = state.covariance - np.outer(reach, reach) / (float(row @ reach) + state.noise)
        mean = state.mean + gain * surprise
        self.state = State(mean, covariance, state.noise, state.heard + 1, state.prior_hash, state.on)
        self._hash = None

    def _rule(self, offered: tuple[Option, ...], context: tuple[float, ...], seed: int, by: str) -> Choice:
        sure = (1.0, *(0.0 for _ in offered[1:]))
        return Choice(offered[0], 1.0, sure, offered, context, self.model_hash, seed, by)

    def _rows(self, offered: tuple[Option, ...], context: tuple[float, ...]) -> Array:
        """Return features x (1, context), (options, coefficients)."""
        features = np.array([one.features for one in offered])
        rows: Array = (features[:, :, None] * np.array((1.0, *context))).reshape(len(offered), -1)
        if rows.shape[1] != len(self.state.mean):
            raise ValueError(
                f"{features.shape[1]} features and {len(context)} of the context are not {len(self.state.mean)} numbers"
            )
        return rows

    def _shares(self, rows: Array, chance: np.random.Generator) -> list[float]:
        """Return the chance of each option, `FLOOR` at least."""
        factor = _root(_rounded(self.reshaped * (rows @ self.state.covariance @ rows.T)))
        drawn = _rounded(rows @ self.state.mean) + chance.standard_normal((DRAWS, len(rows))) @ factor.T
        wins = np.bincount(np.argmax(_rounded(drawn), axis=1), minlength=len(rows)) / DRAWS
        return _with_floor(wins)


def _with_floor(wins: Array) -> list[float]:
    """Return shares that sum to 1 and are `FLOOR` at least: those below are raised, the rest gives in proportion."""
    low = wins < FLOOR
    while True:
        left = 1.0 - FLOOR * int(low.sum())
        shares = np.where(low, FLOOR, wins * (left / float(wins[~low].sum())))
        below = (shares < FLOOR) & ~low
        if not below.any():
            raised: list[float] = shares.tolist()
            return raised
        low |= below


def _rounded(values: Array) -> Array:
    return np.asarray(np.rint(values / QUANTUM) * QUANTUM)


def _root(covariance: Array) -> Array:
    """Return the lower Cholesky factor of a small matrix; directions without variance, or less, get none."""
    size = len(covariance)
    lower = np.zeros((size, size))
    for row in range(size):
        for column in range(row + 1):
            left = float(covariance[row, column]) - float(lower[row, :column] @ lower[column, :column])
            if row == column:
                lower[row, row] = math.sqrt(left) if left > 0.0 else 0.0
            elif lower[column, column] > 0.0:
                lower[row, column] = left / lower[column, column]
    return lower


def _context(context: Sequence[float]) -> tuple[float, ...]:
    """Return the context with the unknown at 0 and the rest within +-3."""
    return tuple(
        min(max(float(value), -_MOST_CONTEXT), _MOST_CONTEXT) if math.isfinite(value) else 0.0 for value in context
    )


def _checked(offered: tuple[Option, ...]) -> tuple[Option, ...]:
    if not 1 <= len(offered) <= MOST_OPTIONS:
        raise ValueError(f"one chooses among 1 to {MOST_OPTIONS} options, not {len(offered)}")
    names = [one.name for one in offered]
    if len(set(names)) < len(names):
        raise ValueError(f"options need different names, not {', '.join(names)}")
    if not offered[0].features:
        raise ValueError(f"option {offered[0].name!r} has no features")
    for one in offered:
        if len(one.features) != len(offered[0].features):
            raise ValueError(f"option {one.name!r} has {len(one.features)} features, not {len(offered[0].features)}")
        for value in one.features:
            if not abs(value) <= _MOST_FEATURE:
                raise ValueError(f"a feature of option {one.name!r} is {value!r}, not -10 to 10")
    return offered
