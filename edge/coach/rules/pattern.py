"""The rule about what provokes pain in this person's own runs: it stands below all others and only takes away.

The rule of this file: a pattern is no diagnosis; what cannot be limited here (ways, ground) is said and limits nothing.
"""

from __future__ import annotations

import math

from edge.coach.beliefs import State
from edge.coach.injury import your_place
from edge.coach.phrases import say
from edge.coach.rules.limits import LOW_KINDS, SOFT_KINDS, Limits
from edge.coach.types import Pattern, Reason

_WORDS = {
    "distance": "longer runs",
    "descent": "much downhill",
    "speed": "fast running",
    "surface": "hard ground",
    "row": "days run in a row",
}


def provoking(state: State, limits: Limits) -> Limits:
    """Apply R-PATTERN for each pattern of the state."""
    for one in state.patterns:
        limits = _careful(state, limits, one)
    return limits


def _careful(state: State, limits: Limits, one: Pattern) -> Limits:
    if not (math.isfinite(one.most) and (one.most > 0.0 or one.dose == "row")) or one.dose not in _WORDS:
        return limits
    reason = Reason(_text(one, state.language), _numbers(one), ("R-PATTERN", *one.evidence))
    if one.dose == "distance":
        return limits.tighter(reason, distance_m=1000.0 * one.most)
    if one.dose == "speed":
        return limits.tighter(reason, kinds=SOFT_KINDS)
    if one.dose == "row":
        enough = state.history.days_in_a_row >= max(math.floor(one.most), 1)
        return limits.tighter(reason, kinds=LOW_KINDS) if enough else limits
    return limits.tighter(reason)


def _numbers(one: Pattern) -> tuple[tuple[str, float], ...]:
    chance = (("chance", one.chance),) if _is_chance(one.chance) else ()
    return (*chance, ("most", one.most), ("painful_runs", float(one.painful_runs)))


def _is_chance(value: float) -> bool:
    return 0.0 <= value <= 1.0


def _text(one: Pattern, language: str) -> str:
    cause = say(language, _WORDS[one.dose])
    is_sure = one.named and _is_chance(one.chance)
    sure = "probably from {cause:word} ({chance:count} %)" if is_sure else "perhaps from {cause:word}"
    numbers = {"chance": 100.0 * one.chance} if is_sure else {}
    return say(
        language,
        "A pattern in your runs, no diagnosis: {place:word} hurt after {runs:count} runs, {sure:word}; so "
        "{limit:word}.",
        place=your_place(one.area, one.side, language), runs=one.painful_runs,
        sure=say(language, sure, cause=cause, **numbers), limit=_limit(one, language),
    )  # fmt: skip


def _limit(one: Pattern, language: str) -> str:
    """Return what is asked for, in words."""
    if one.dose == "distance":
        return say(language, "no more than {most_m:km} today", most_m=1000.0 * one.most)
    if one.dose == "descent":
        return say(language, "a way with no more than {most:count} m down a km", most=one.most)
    if one.dose == "speed":
        return say(language, "nothing hard today, and not faster than {fast:pace}", fast=1000.0 / one.most)
    if one.dose == "row":
        return say(language, "no more than {most:days} in a row", most=max(math.floor(one.most), 1))
    return say(language, "softer ground where there is some")
