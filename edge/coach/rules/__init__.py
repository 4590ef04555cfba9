"""The rules that stand above every model: what a session may be, whatever anyone predicts.

The rule of this package: rules only take away. Each has an id, a text, a source (`texts.py`) and a test; each that
takes something away leaves a reason with its numbers. Distances in m, durations in s.
"""

from __future__ import annotations

from edge.coach.beliefs import State
from edge.coach.history import recovery_days
from edge.coach.rules import body, daily, pattern, person, place, training
from edge.coach.rules.limits import (
    ALL_KINDS,
    CROSS_KINDS,
    FIRST,
    GENTLE_KINDS,
    HARD_KINDS,
    LOW_KINDS,
    RUNNING_KINDS,
    Limits,
    clip,
    first_session,
)
from edge.coach.rules.place import altitude_here_m, hours_here, used_to_m
from edge.coach.rules.texts import RULES, Rule
from edge.coach.rules.training import is_first, on_break

__all__ = [
    "ALL_KINDS", "CROSS_KINDS", "FIRST", "GENTLE_KINDS", "HARD_KINDS", "LOW_KINDS", "RULES", "RUNNING_KINDS", "Limits",
    "Rule", "altitude_here_m", "clip", "first_session", "hours_here", "is_first", "limits_of", "on_break",
    "recovery_days", "used_to_m",
]  # fmt: skip
#: In the order in which they are applied; heat reads what came before it (who is at risk).
_RULES = (
    training.after_break, body.red_flag, body.injured, body.ill, training.done, training.recover, training.hard_easy,
    place.altitude, place.mountain_sickness, body.beta_blockers, body.medicines, person.youth, person.pregnancy,
    person.energy, place.hot, daily.well_being, daily.little_time, daily.unavailable, daily.override,
    pattern.provoking,
)  # fmt: skip


def limits_of(state: State) -> Limits:
    """Return what the rules leave for today; the distance is always finite."""
    limits = training.distance_limits(state)
    for rule in _RULES:
        limits = rule(state, limits)
    return limits
