"""What the person says of a learned belief wins over it, in today's decision too.

The rule of this file: pure functions of values. A correction stands in the place of what was learned; the height that
they are used to may only become more careful by it, because rules rest on it.
"""

from __future__ import annotations

import math
from dataclasses import replace

from edge.coach.beliefs import Belief, State
from edge.coach.heart import line_bpm
from edge.coach.own import CORRECTABLE, Correction, Own
from edge.coach.performance import race_time_s
from edge.coach.phrases import say
from edge.coach.words import pace as pace_text


def with_own(state: State, own: Own) -> State:
    """Return the state with what the person corrected up to its moment in place of what was learned."""
    shown = tuple(one for one in own.introduced if one.at_unix_s < state.now_unix_s)
    held = {one.name: one for one in own.corrections if one.set_unix_s <= state.now_unix_s}
    changed = replace(state, own=Own(tuple(held.values()), shown, tuple((name, learned(state, name)) for name in held)))
    for one in held.values():
        changed = _CHANGES[one.name](changed, one)
    return changed


def learned(state: State, name: str) -> float:
    """Return what a state holds of a correctable name in its unit of `CORRECTABLE`; NaN where nothing is known."""
    usual = state.fitness.usual_pace_s_per_km
    if name == "heart-rate":
        return line_bpm(state.heart, 1000.0 / usual.value if usual is not None else 2.8)
    held = {
        "fitness": state.fitness.vdot,
        "usual-pace": usual,
        "max-hr": state.max_hr_bpm,
        "used-to-altitude": state.where.acclimatised_m,
    }[name]
    return held.value if held is not None else math.nan


def correction_text(name: str, value: float, language: str = "en") -> str:
    """Return a corrected or learned value as people read it: a pace as 8:00 /km, all else with its unit."""
    if name == "usual-pace":
        return say(language, "{pace:pace}", pace=value)
    number = f"{value:g}" if language == "en" else f"{value:g}".replace(".", ",")
    return f"{number} {say(language, CORRECTABLE[name][0])}"


def correctable_range(name: str) -> str:
    """Return what may be said instead of a learned value, as people read it."""
    unit, low, high = CORRECTABLE[name]
    return f"{pace_text(low)} to {pace_text(high)}" if name == "usual-pace" else f"{low:g} to {high:g} {unit}"


def _fitness(state: State, said: Correction) -> State:
    bests = ((10000.0, race_time_s(said.value, 10000.0)),)
    fitness = replace(state.fitness, vdot=_belief(said, 0.03), from_race=True, bests_s=bests)
    return replace(state, fitness=fitness, own_targets=None)


def _usual_pace(state: State, said: Correction) -> State:
    fitness = replace(state.fitness, usual_pace_s_per_km=_belief(said, 0.03))
    return replace(state, fitness=fitness, own_targets=None)


def _heart(state: State, said: Correction) -> State:
    usual = state.fitness.usual_pace_s_per_km
    at_m_s = 1000.0 / usual.value if usual is not None else 2.8
    moved = state.heart.at_2_8_bpm + said.value - line_bpm(state.heart, at_m_s)
    line = replace(state.heart, at_2_8_bpm=moved, sd_at_2_8_bpm=3.0, source="you said", as_of_unix_s=said.set_unix_s)
    return replace(state, heart=line)


def _max_hr(state: State, said: Correction) -> State:
    return replace(state, max_hr_bpm=_belief(said, 0.02))


def _used_to(state: State, said: Correction) -> State:
    learned = state.where.acclimatised_m
    if learned is not None and learned.value <= said.value:
        return state
    return replace(state, where=replace(state.where, acclimatised_m=_belief(said, 0.0)))


_CHANGES = {
    "fitness": _fitness, "usual-pace": _usual_pace, "heart-rate": _heart, "max-hr": _max_hr,
    "used-to-altitude": _used_to,
}  # fmt: skip


def _belief(said: Correction, share: float) -> Belief:
    doubt = math.fabs(share * said.value)
    return Belief(said.value, said.value - doubt, said.value + doubt, "you said", said.set_unix_s)
