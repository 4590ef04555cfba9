"""A fuzzed day as the judges are told it: the person, their sayings and runs, the place; and what is asked of it often.

The rule of this file: nothing is judged here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from edge.coach.said import Said
from edge.coach.types import Pattern, Profile

DAY = 86400.0
_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class Life:
    """What is true of a fuzzed day: the person, their sayings so far, their runs (start in Unix s, m, s), the place."""

    profile: Profile
    said: tuple[Said, ...]
    runs: tuple[tuple[float, float, float], ...]
    now_s: float
    offset_s: float
    here_m: float
    used_m: float
    hours_here: float
    wbgt_high_c: float
    """The unsafe end by the oracle's own reckoning; NaN where no temperature was typed or measured."""
    race_today: bool
    patterns: tuple[Pattern, ...] = ()
    known: dict[tuple[object, ...], object] = field(default_factory=dict, compare=False)
    """What was already answered of this day: the oracle asks the same again and again."""


def once(question: Callable[..., _Answer]) -> Callable[..., _Answer]:
    """Return a question about a life that is thought over once."""

    @functools.wraps(question)
    def asked(life: Life, *about: str) -> _Answer:
        key = (question, *about)
        if key not in life.known:
            life.known[key] = question(life, *about)
        return life.known[key]  # type: ignore[return-value]

    return asked


def day_of(life: Life, unix_s: float) -> int:
    return int((unix_s + life.offset_s) // DAY)


def words_of(one: Said) -> frozenset[str]:
    return _words(one.constraint.situation)


@functools.lru_cache(maxsize=4096)
def _words(situation: str) -> frozenset[str]:
    return frozenset(re.split(r"[^a-z0-9]+", situation.lower()))


@once
def of(life: Life, kind: str) -> list[Said]:
    return [o for o in life.said if o.constraint.kind == kind]
