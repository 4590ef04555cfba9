"""Which groups a person is in and why: a small fixed vocabulary, to share what is known of people alike.

The rule of this file: a pure function; every dimension has exactly one group, "unknown" where nothing tells.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from edge.coach import labels
from edge.coach.beliefs import State
from edge.coach.phrases import say
from edge.coach.plan import level_of
from edge.coach.sources import source_words
from edge.coach.types import Reason
from edge.coach.what_said import place_words

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
    return (_level(state), _age(state.profile.age, state.language), _goal(state), _injury(state), _home(state))


def _group(dimension: str, name: str, text: str, *numbers: tuple[str, float]) -> Group:
    return Group(dimension, name, Reason(text, numbers, ("groups",)))


def _level(state: State) -> Group:
    history, label = state.history, state.profile.experience
    language = state.language
    said = say(language, '; you said "{label:word}"', label=labels.spoken(label, language)) if label else ""
    text = "{runs:count} runs, {week:count} km in a week of late" if history.runs else "no run yet"
    text = say(language, text, runs=history.runs, week=history.weekly_m / 1000.0) + said
    return _group("level", level_of(state), text, ("runs", float(history.runs)), ("weekly_m", history.weekly_m))


def _age(years: float, language: str) -> Group:
    if not math.isfinite(years):
        return _group("age", "unknown", say(language, "you have not said your age"))
    band = sum(years >= limit for limit in (18.0, 35.0, 50.0, 65.0))
    text = say(language, "you said {years:count} years", years=years)
    return _group("age", VOCABULARY["age"][band], text, ("age_years", years))


def _goal(state: State) -> Group:
    ahead = [race for race in state.races if race.day >= state.today and math.isnan(race.time_s)]
    if ahead:
        longest_m = max(race.distance_m for race in ahead)
        name = "half or marathon" if longest_m > 15000.0 else "race up to 15 km"
        text = say(state.language, "a race of {race_m:km} is entered", race_m=longest_m)
        return _group("goal", name, text, ("race_m", longest_m))
    goal = state.profile.goal.casefold()
    words = {
        "half or marathon": ("marathon", "half", "21", "42"),
        "race up to 15 km": ("10 km", "10k", "5 km", "5k", "15 km", "parkrun", "race"),
        "weight": ("weight", "weigh", "lose", "gain", " kg", "abnehmen", "zunehmen", "gewicht", "wiegen"),
        "health": ("health", "fit", "gesund", "enjoy", "fun", "stress"),
    }
    found = next((name for name, known in words.items() if any(word in goal for word in known)), "unknown")
    text = 'you said "{goal:word}"' if goal else "no race entered and no goal said"
    return _group("goal", found, say(state.language, text, goal=state.profile.goal))


def _injury(state: State) -> Group:
    if state.injuries:
        back = all(one.step >= 0 for one in state.injuries)
        areas = ", ".join(place_words(state.language, one.area, "") for one in state.injuries)
        worst = max(one.severity.value for one in state.injuries)
        text = say(state.language, "you said: {said:word}", said=areas)
        return _group("injury", "coming back" if back else "hurts now", text, ("severity", worst))
    if state.profile.injuries:
        text = say(state.language, "you said: {said:word}", said=", ".join(state.profile.injuries))
        return _group("injury", "named in the profile", text)
    return _group("injury", "none said", say(state.language, "you told me of no pain that lasts"))


def _home(state: State) -> Group:
    home = state.where.home_altitude_m
    if home is None or not math.isfinite(home.value):
        return _group("home", "unknown", say(state.language, "no run has told where home is"))
    name = VOCABULARY["home"][int(home.value >= 1000.0) + int(home.value > 2000.0)]
    text, source = "most runs begin near {home_m:metres} ({source:word})", source_words(state.language, home.source)
    text = say(state.language, text, home_m=home.value, source=source)
    return _group("home", name, text, ("home_m", home.value))
