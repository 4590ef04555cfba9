"""The rule about what provokes pain in this person's own runs: it stands below all others and only takes away.

The rule of this file: a pattern is no diagnosis; what cannot be limited here (ways, ground) is said and limits nothing.
"""

from __future__ import annotations

import math

from edge.coach.beliefs import State
from edge.coach.injury import named
from edge.coach.rules.limits import LOW_KINDS, SOFT_KINDS, Limits
from edge.coach.types import Pattern, Reason
from edge.coach.words import days, km, pace

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
    reason = Reason(_text(one), _numbers(one), ("R-PATTERN", *one.evidence))
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


def _text(one: Pattern) -> str:
    place = named(one.area, one.side)
    cause = _WORDS[one.dose]
    is_sure = one.named and _is_chance(one.chance)
    sure = f"probably from {cause} ({100.0 * one.chance:.0f} %)" if is_sure else f"perhaps from {cause}"
    hurt = f"your {place} hurt after {one.painful_runs} runs, {sure}"
    return f"A pattern in your runs, no diagnosis: {hurt}; so {_limit(one)}."


def _limit(one: Pattern) -> str:
    """Return what is asked for, in words."""
    if one.dose == "distance":
        return f"no more than {km(1000.0 * one.most)} today"
    if one.dose == "descent":
        return f"a way with no more than {one.most:.0f} m down a km"
    if one.dose == "speed":
        return f"nothing hard today, and not faster than {pace(1000.0 / one.most)}"
    if one.dose == "row":
        return f"no more than {days(max(math.floor(one.most), 1))} in a row"
    return "softer ground where there is some"
