"""The course of weight for a person's own page: what the scale said, which way it goes, and nothing about eating.

The rule of this file: where energy is short, in the young, in pregnancy and after birth, no course is spoken of.
"""

from __future__ import annotations

import math

from edge.coach.beliefs import State
from edge.coach.entry import Entry
from edge.coach.heard import of_kind
from edge.coach.phrases import say
from edge.coach.rules.person import UNDERWEIGHT, body_mass_index, energy_signs, goal_kg, weights

DAY_S = 86400.0
#: The course is the line through what was said in so many days, of at least so many weighings over so many days.
COURSE_DAYS, FEWEST, SPAN_DAYS = 56.0, 3, 10.0
#: A scale shows a kilogram more or less from day to day (90 %, assumption); below a slope it is steady.
SCALE_DOUBT_KG, STEADY_KG_A_WEEK = 1.0, 0.1


def weight_entries(state: State) -> list[Entry]:
    """Return what is known of the weight: the newest, its course over eight weeks where that may be spoken of."""
    readings = weights(state)
    at_s, kg = readings[-1] if readings else (state.now_unix_s, state.profile.weight_kg)
    if not 0.0 < kg < math.inf:
        return []
    text, course = say(state.language, "{kg:rate} kg, as you told me", kg=kg), _course(state, readings)
    entries = [Entry("weight", text, kg, kg - SCALE_DOUBT_KG, kg + SCALE_DOUBT_KG, "kg", "you said", at_s)]
    return [*entries, course] if course is not None else entries


def course_kg_a_week(readings: list[tuple[float, float]], now_unix_s: float) -> tuple[float, float, int] | None:
    """Return slope and its 90 % doubt in kg a week by least squares, and the weighings; None with too few."""
    line = [(at / DAY_S, kg) for at, kg in readings if 0.0 <= now_unix_s - at <= COURSE_DAYS * DAY_S]
    if len(line) < FEWEST or line[-1][0] - line[0][0] < SPAN_DAYS:
        return None
    day, mean = sum(d for d, _ in line) / len(line), sum(kg for _, kg in line) / len(line)
    square = sum((d - day) ** 2 for d, _ in line)
    slope = sum((d - day) * (kg - mean) for d, kg in line) / square
    left = sum((kg - mean - slope * (d - day)) ** 2 for d, kg in line)
    scatter = max(math.sqrt(left / (len(line) - 2)), SCALE_DOUBT_KG / 1.645)
    return 7.0 * slope, 7.0 * 1.645 * scatter / math.sqrt(square), len(line)


def _course(state: State, readings: list[tuple[float, float]]) -> Entry | None:
    found = course_kg_a_week(readings, state.now_unix_s)
    if found is None or not may_speak_of_course(state):
        return None
    slope, doubt, count = found
    text = "steady: {count:count} weighings in eight weeks show no course"
    if abs(slope) > max(doubt, STEADY_KG_A_WEEK):
        text = (
            "{way:word} by about {kg:rate} kg a week, between {low:rate} kg and {high:rate} kg ({count:count} "
            "weighings)"
        )
    way = say(state.language, "rising" if slope > 0.0 else "falling")
    low, high = max(abs(slope) - doubt, 0.0), abs(slope) + doubt
    text = say(state.language, text, way=way, kg=abs(slope), low=low, high=high, count=count)
    return Entry("weight", text, slope, slope - doubt, slope + doubt, "kg a week", "inferred", readings[-1][0])


def may_speak_of_course(state: State) -> bool:
    """Return whether the course of the weight may be spoken of to this person."""
    readings = weights(state)
    now_kg = readings[-1][1] if readings else state.profile.weight_kg
    low = min(_index(state, now_kg), _index(state, goal_kg(state)))
    return not (state.profile.age < 18.0 or of_kind(state, "pregnancy") or energy_signs(state) or low < UNDERWEIGHT)


def _index(state: State, kg: float) -> float:
    found = body_mass_index(kg, state.profile.height_m)
    return found if math.isfinite(found) else math.inf


__all__ = ["course_kg_a_week", "may_speak_of_course", "weight_entries"]
