"""Chance without state: a number that depends on seed, person, what it is for and the day, and on nothing else.

The rule of this file: nothing is drawn in order, so nobody's life changes with who is drawn beside, how many days are
lived, or what another part of the simulator asks for. A counter-based generator (Salmon et al. 2011, "Parallel random
numbers: as easy as 1, 2, 3") whose mixing function is the finaliser of SplitMix64 (Steele, Lea & Flood 2014).
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Column: TypeAlias = NDArray[np.float64]
"""Numbers, (n,) over people or (n, days)."""
Whole: TypeAlias = NDArray[np.int64]
"""Whole numbers, (n,) over people, (days,) or (n, days)."""
_Bits: TypeAlias = NDArray[np.uint64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def _mixed(bits: _Bits) -> _Bits:
    """Return the bits so mixed that every one of them depends on all (SplitMix64)."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(bits ^ (bits >> np.uint64(31)))


@functools.lru_cache(maxsize=1024)
def _salt(what: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(what.encode(), digest_size=8).digest(), "little"))


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """The luck of n people."""

    key: _Bits
    """(n,): who it is."""

    def _bits(self, what: str, day: Whole | None) -> _Bits:
        mine = _mixed(self.key ^ _salt(what))
        if day is None:
            return mine
        return _mixed(mine[:, None] + np.asarray(day).astype(np.uint64) * _GOLDEN)

    def uniform(self, what: str, day: Whole | None = None) -> Column:
        """Return numbers in (0, 1), (n,), or (n, days) for days of shape (days,) or (n, days)."""
        return np.asarray(((self._bits(what, day) >> np.uint64(12)) + np.float64(0.5)) * 2.0**-52)

    def normal(self, what: str, day: Whole | None = None) -> Column:
        """Return standard normal numbers of the same shape (Box & Muller 1958, from the halves of 64 bits)."""
        bits = self._bits(what, day)
        far = ((bits >> np.uint64(32)) + np.float64(0.5)) * 2.0**-32
        angle = (bits & np.uint64(0xFFFFFFFF)) * (2.0 * np.pi * 2.0**-32)
        return np.asarray(np.sqrt(-2.0 * np.log(far)) * np.cos(angle))


def chance(seed: Whole, number: Whole) -> Chance:
    """Return the luck of persons number (n,) of seeds (n,)."""
    return Chance(_mixed(_mixed(seed.astype(np.uint64) + _GOLDEN) ^ (number.astype(np.uint64) * _GOLDEN)))


def between(values: Column, low: Column | float, high: Column | float) -> Column:
    """Return the values cut to a range; for short columns much quicker than numpy's clip."""
    return np.minimum(np.maximum(values, low), high)
