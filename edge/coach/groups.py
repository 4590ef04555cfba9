"""Which groups a person is in and why: a small fixed vocabulary, to share what is known of people alike.

The rule of this file: a pure function; every dimension has exactly one group, "unknown" where nothing tells.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from edge.coach import labels
from edge.coach.beliefs import State
from edge.coach.plan import level_of
from edge.coach.types import Reason
from edge.coach.words import metres

VOCABULARY = {
    "level": ("new", "regular", "marathon"),
    "age": ("under 18", "18 to 34", "35 to 49", "50 to 64", "65 and over", "unknown"),
    "goal": ("race up to 15 km", "half or marathon", "weight", "health", "unknown"),
    "injury": ("hurts now", "coming back", "named in the profile", "none said"),
    "home": ("below 1,000 m", "1,000 to 2,000 m", "above 2,000 m", "unknown"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a dimension of `VOCABULARY`, and why this person is in it."""

    dimension: str
    name: str
    because: Reason


def groups_of(state: State) -> tuple[Group, ...]:
    """Return the person's group in each dimension, in the order of `VOCABULARY`."""
    return (_level(state), _age(state.profile.age), _goal(state), _injury(state), _home(state))


def _group(dimension: str, name: str, text: str, *numbers: tuple[str, float]) -> Group:
    return Group(dimension, name, Reason(text, numbers, ("groups",)))


def _level(state: State) -> Group:
    history, label = state.history, state.profile.experience
    said = f'; you said "{labels.SPOKEN.get(label, label)}"' if label else ""
    text = f"{history.runs} runs, {history.weekly_m / 1000.0:.0f} km in a week of late{said}"
    if not history.runs:
        text = f"no run yet{said}"
    return _group("level", level_of(state), text, ("runs", float(history.runs)), ("weekly_m", history.weekly_m))


def _age(years: float) -> Group:
    if not math.isfinite(years):
        return _group("age", "unknown", "you have not said your age")
    band = sum(years >= limit for limit in (18.0, 35.0, 50.0, 65.0))
    return _group("age", VOCABULARY["age"][band], f"you said {years:.0f} years", ("age_years", years))


def _goal(state: State) -> Group:
    ahead = [race for race in state.races if race.day >= state.today and math.isnan(race.time_s)]
    if ahead:
        longest_m = max(race.distance_m for race in ahead)
        name = "half or marathon" if longest_m > 15000.0 else "race up to 15 km"
        return _group("goal", name, f"a race of {longest_m / 1000.0:.1f} km is entered", ("race_m", longest_m))
    goal = state.profile.goal.casefold()
    words = {
        "half or marathon": ("marathon", "half", "21", "42"),
        "race up to 15 km": ("10 km", "10k", "5 km", "5k", "15 km", "parkrun", "race"),
        "weight": ("weight", "weigh", "lose", "gain", " kg", "abnehmen", "zunehmen", "gewicht", "wiegen"),
        "health": ("health", "fit", "gesund", "enjoy", "fun", "stress"),
    }
    found = next((name for name, known in words.items() if any(word in goal for word in known)), "unknown")
    return _group("goal", found, f'you said "{state.profile.goal}"' if goal else "no race entered and no goal said")


def _injury(state: State) -> Group:
    if state.injuries:
        back = all(one.step >= 0 for one in state.injuries)
        areas = ", ".join(one.area for one in state.injuries)
        worst = max(one.severity.value for one in state.injuries)
        return _group("injury", "coming back" if back else "hurts now", f"you said: {areas}", ("severity", worst))
    if state.profile.injuries:
        return _group("injury", "named in the profile", f"you said: {', '.join(state.profile.injuries)}")
    return _group("injury", "none said", "you told me of no pain that lasts")


def _home(state: State) -> Group:
    home = state.where.home_altitude_m
    if home is None or not math.isfinite(home.value):
        return _group("home", "unknown", "no run has told where home is")
    name = VOCABULARY["home"][int(home.value >= 1000.0) + int(home.value > 2000.0)]
    return _group("home", name, f"most runs begin near {metres(home.value)} ({home.source})", ("home_m", home.value))
