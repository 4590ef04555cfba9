"""Rules about who somebody is and what their body goes through: youth, pregnancy and birth, weight and energy.

The rule of this file: it only ever asks for less, and nothing here helps to eat less or weigh less.
"""

from __future__ import annotations

import math

from edge.coach.beliefs import State
from edge.coach.heard import BIRTH, CLEARED, DAY_S, MISSED, is_over, names_any, of_kind, words
from edge.coach.rules.limits import CROSS_KINDS, LOW_KINDS, REST_ONLY, SOFT_KINDS, Limits
from edge.coach.rules.place import altitude_here_m, is_hot, used_to_m
from edge.coach.said import Said
from edge.coach.types import Reason
from edge.coach.words import metres

YOUTH_LIMIT_S = 3600.0
PREGNANT_LIMIT_S, PREGNANT_MOST_M = 3600.0, 2500.0
#: A pregnancy that is not spoken of again is taken to have ended in a birth after so many days.
PREGNANCY_DAYS = 280.0
#: A number of weeks beyond is none of a pregnancy, and is not believed.
MOST_PREGNANT_WEEKS = 42.0
WALK_ONLY_DAYS, LOW_IMPACT_DAYS, WALK_RUN_DAYS, GENTLE_DAYS = 42.0, 84.0, 112.0, 182.0
WALK_RUN_S = 1800.0
UNDERWEIGHT, ENERGY_LIMIT_S, ENERGY_DAYS = 18.5, 2700.0, 90.0
LOSS_A_WEEK = 0.01
_HEIGHT_M, _WEIGHT_KG = (1.0, 2.5), (20.0, 300.0)
_BACK = frozenset({"back", "regular", "returned", "normal"})
_NOW = frozenset({"now", "current", "weigh", "weight", "measured"})
_WARNINGS = (
    "Stop at bleeding, fluid, contractions, dizziness, headache, chest pain, breathlessness before effort, "
    "weakness, or a "
    "sore swollen calf, and call your clinician."
)


def youth(state: State, limits: Limits) -> Limits:
    """Apply R-YOUTH."""
    if not state.profile.age < 18:
        return limits
    text = "Under 18 the plan stays easy and within an hour; talk it over with a parent or guardian."
    if of_kind(state, "weight_goal"):
        text += " I plan nothing for a weight goal."
    reason = Reason(text, (("age", state.profile.age),) if math.isfinite(state.profile.age) else (), ("R-YOUTH",))
    return limits.tighter(reason, duration_s=YOUTH_LIMIT_S, kinds=SOFT_KINDS)


def pregnancy(state: State, limits: Limits) -> Limits:
    """Apply R-PREGNANT or R-POSTPARTUM, by what was said last."""
    found = of_kind(state, "pregnancy")
    if not found:
        return limits
    last = found[-1]
    said = words(last.constraint.situation)
    if "not" in said or "no" in said:
        return limits
    if said & BIRTH or is_over(last):
        return _after_birth(limits, _weeks(last) * 7.0 + (state.now_unix_s - last.said_unix_s) / DAY_S)
    if "breastfeeding" in said and not last.constraint.value >= 0.0:  # after birth, and nobody said how long
        return _after_birth(limits, WALK_RUN_DAYS + (state.now_unix_s - last.said_unix_s) / DAY_S)
    if "breastfeeding" in said:
        days = _weeks(last) * 7.0 + (state.now_unix_s - last.said_unix_s) / DAY_S
        return _after_birth(limits, days)
    days = _weeks(last, MOST_PREGNANT_WEEKS) * 7.0 + (state.now_unix_s - last.said_unix_s) / DAY_S
    if days >= PREGNANCY_DAYS:
        return _after_birth(limits, days - PREGNANCY_DAYS)
    return _pregnant(state, limits)


def _weeks(one: Said, most: float = 150.0) -> float:
    """Return the weeks of pregnancy, or since birth, that were said; 0 where none were."""
    weeks = one.constraint.value
    return weeks if 0.0 <= weeks <= most else 0.0


def _pregnant(state: State, limits: Limits) -> Limits:
    text = (
        f"Pregnant: by effort, you can talk all the way; nothing hard or long; with your clinician's word. {_WARNINGS}"
    )
    reason = Reason(text, (("most_s", PREGNANT_LIMIT_S),), ("R-PREGNANT",))
    limits = limits.tighter(
        reason,
        kinds=SOFT_KINDS,
        duration_s=PREGNANT_LIMIT_S,
        effort_only=True,
        heart_rate_allowed=False,
        race_allowed=False,
    )
    here_m, used_m = altitude_here_m(state), used_to_m(state)
    if here_m > PREGNANT_MOST_M and not used_m >= here_m - 300.0:
        text = f"You are at {metres(here_m)}: no running above 2,500 m in pregnancy."
        limits = limits.tighter(Reason(text, (("here_m", here_m),), ("R-PREGNANT",)), kinds=REST_ONLY)
    if is_hot(state):
        text = "Too warm for running in pregnancy: rest, or the pool."
        limits = limits.tighter(Reason(text, (), ("R-PREGNANT",)), kinds=frozenset({"rest", "pool"}))
    return limits


def _after_birth(limits: Limits, days: float) -> Limits:
    """Apply R-POSTPARTUM by the days since the birth."""
    if days >= GENTLE_DAYS:
        return limits
    weeks, most_s = days / 7.0, math.inf
    if days < WALK_ONLY_DAYS:
        kinds, what = frozenset({"rest", "walk"}), "walking and the pelvic floor, no running"
    elif days < LOW_IMPACT_DAYS:
        kinds, what = CROSS_KINDS | REST_ONLY, "walking, bike, pool and strength, no running before twelve weeks"
    elif days < WALK_RUN_DAYS:
        kinds, what, most_s = LOW_KINDS, "walking and jogging by turns, half an hour at most", WALK_RUN_S
    else:
        kinds, what = SOFT_KINDS, "easy running by effort, nothing hard or long"
    text = (
        f"{max(weeks, 0.0):.0f} weeks after birth: {what}. Heaviness, leaking, pain or bleeding: step back and see "
        f"a pelvic "
        "health physiotherapist or your clinician."
    )
    reason = Reason(text, (("days_since_birth", days),), ("R-POSTPARTUM",))
    return limits.tighter(reason, kinds=kinds, duration_s=most_s, effort_only=True, race_allowed=False)


def energy(state: State, limits: Limits) -> Limits:
    """Apply R-UNDERWEIGHT and R-REDS."""
    limits = _underweight(state, limits)
    signs = energy_signs(state)
    if not signs:
        return limits
    text = (
        f"Signs of too little energy ({', '.join(signs)}): nothing hard, long or raced, eat enough, and let a "
        f"clinician "
        "who knows REDs look at it."
    )
    return _spared(limits, Reason(text, (("signs", float(len(signs))),), ("R-REDS",)))


def _spared(limits: Limits, reason: Reason) -> Limits:
    return limits.tighter(reason, kinds=SOFT_KINDS, duration_s=ENERGY_LIMIT_S, race_allowed=False)


def body_mass_index(weight_kg: float, height_m: float) -> float:
    """Return kg/m2; NaN where either is unknown or no adult's."""
    tall = _HEIGHT_M[0] <= height_m <= _HEIGHT_M[1]
    heavy = _WEIGHT_KG[0] <= weight_kg <= _WEIGHT_KG[1]
    return weight_kg / height_m**2 if tall and heavy else math.nan


def _underweight(state: State, limits: Limits) -> Limits:
    height_m, readings = state.profile.height_m, weights(state)
    if state.profile.age < 18:  # an adult's index says nothing; R-YOUTH holds
        return limits
    now = body_mass_index(readings[-1][1] if readings else state.profile.weight_kg, height_m)
    goal = body_mass_index(goal_kg(state), height_m)
    if now < UNDERWEIGHT:
        text = "Your weight is low for your height: nothing hard, long or raced, eat enough, and see a clinician."
        limits = _spared(limits, Reason(text, (("body_mass_index", now),), ("R-UNDERWEIGHT",)))
    if goal < UNDERWEIGHT:
        text = "The weight you name is too low for your height: I plan nothing towards it; talk to a clinician."
        limits = _spared(limits, Reason(text, (("goal_body_mass_index", goal),), ("R-UNDERWEIGHT",)))
    return limits


def goal_kg(state: State) -> float:
    """Return the weight in kg that the last weight goal leads to: "lose 5" counts from the last weight; NaN unknown."""
    goals = [o for o in of_kind(state, "weight_goal") if not names_any(o, _NOW | {"gain"})]
    if not goals:
        return math.nan
    readings = weights(state)
    now_kg = readings[-1][1] if readings else state.profile.weight_kg
    return now_kg - goals[-1].constraint.value if names_any(goals[-1], {"lose"}) else goals[-1].constraint.value


def weights(state: State) -> list[tuple[float, float]]:
    """Return the weights that were said, as Unix s and kg, oldest first."""
    found = [o for o in of_kind(state, "weight_goal") if names_any(o, _NOW)]
    return [(o.said_unix_s, o.constraint.value) for o in found if _WEIGHT_KG[0] <= o.constraint.value <= _WEIGHT_KG[1]]


def falls_fast(readings: list[tuple[float, float]], now_unix_s: float) -> bool:
    """Return whether the weight fell by more than 1 % a week between two sayings 5 to 35 days apart, lately."""
    recent = [(at, kg) for at, kg in readings if now_unix_s - at <= ENERGY_DAYS * DAY_S]
    for i, (before_s, before_kg) in enumerate(recent):
        for at_s, kg in recent[i + 1 :]:
            days = (at_s - before_s) / DAY_S
            if 5.0 <= days <= 35.0 and (before_kg - kg) / before_kg > LOSS_A_WEEK * days / 7.0:
                return True
    return False


def energy_signs(state: State) -> list[str]:
    """Return the signs of too little energy of the last three months in words, each once."""
    signs = []
    if _missed(state):
        signs.append("missed periods")
    if _lately(state, of_kind(state, "red_s")):
        signs.append("what you told me")
    if falls_fast(weights(state), state.now_unix_s):
        signs.append("weight falling by more than 1 % a week")
    return signs


def _missed(state: State) -> bool:
    """Return whether missed periods were said and no pregnancy explains them."""
    if of_kind(state, "pregnancy"):
        return False
    return _lately(state, [o for o in of_kind(state, "cycle") if names_any(o, MISSED | _BACK)], _BACK)


def _lately(state: State, found: list[Said], ends: frozenset[str] = CLEARED) -> bool:
    """Return whether the last saying is no end and not older than three months."""
    if not found or names_any(found[-1], ends | CLEARED):
        return False
    return state.now_unix_s - found[-1].said_unix_s < ENERGY_DAYS * DAY_S
