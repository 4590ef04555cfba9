"""Rules about the day: tired, slept badly, stressed, after a night shift, little time, no time, and asked to look away.

The rule of this file: a saying holds for its day and the night after (24 h), unless it was said for how many days.
"""

from __future__ import annotations

import math

from edge.coach.beliefs import State
from edge.coach.heard import (
    GOOD,
    HOUR_S,
    NEGATIONS,
    VERY,
    WEEKDAYS,
    lasting_s,
    local_day,
    names_any,
    of_kind,
    said_today,
    words,
)
from edge.coach.phrases import say
from edge.coach.rules.limits import REST_ONLY, SOFT_KINDS, Limits
from edge.coach.said import Said
from edge.coach.types import Reason

HOLDS_S = 24.0 * HOUR_S
SHORTEST_S = 600.0
ENOUGH_SLEEP_HOURS = 6.0
WEEK_DAYS = 7
VERY_TIRED_SHARE, VERY_FROM = 0.6, 7.0
_DAYS = frozenset({*WEEKDAYS, "weekend", "tomorrow"})
_TEXTS = {
    "fatigue": ("R-FATIGUE", "You are tired: nothing hard and nothing long."),
    "sleep": ("R-SLEEP", "You slept badly: nothing hard and nothing long."),
    "stress": ("R-STRESS", "A stressful day is a load too: nothing hard and nothing long."),
    "mood": ("R-STRESS", "On a low day an easy run is enough, and so is a rest day: nothing hard, nothing long."),
    "shift_work": ("R-SHIFT", "After a night shift nothing hard and nothing long; sleep comes first."),
}


#: Words of a night shift that is still to come.
BEFORE = frozenset({"before", "tonight", "ahead"})


def well_being(state: State, limits: Limits) -> Limits:
    """Apply R-FATIGUE, R-SLEEP, R-STRESS and R-SHIFT."""
    for kind, (rule_id, text) in _TEXTS.items():
        found = burdens(state, kind)
        if not found:
            continue
        hours = (state.now_unix_s - found[-1].said_unix_s) / HOUR_S
        if kind == "shift_work" and names_any(found[-1], BEFORE):
            text = "With a night shift ahead nothing hard and nothing long."
        reason = Reason(say(state.language, text), (("hours_since_said", hours),), (rule_id,))
        most_m = math.inf
        if kind == "fatigue" and any(is_very(one) for one in found):
            most_m = VERY_TIRED_SHARE * _usual_m(state)
        limits = limits.tighter(reason, kinds=SOFT_KINDS, distance_m=most_m)
    return limits


def burdens(state: State, kind: str) -> list[Said]:
    """Return the sayings of a kind that still hold and are a burden: a good night is none."""
    found = [o for o in of_kind(state, kind) if state.now_unix_s - o.said_unix_s < _holds_s(o)]
    return [o for o in found if not is_good(o)]


def _holds_s(one: Said) -> float:
    """Return how long a burden holds in s: a day, or the days that were said; of sleep the value is hours."""
    return HOLDS_S if one.constraint.kind == "sleep" else max(HOLDS_S, lasting_s(one, 0.0))


def is_good(one: Said) -> bool:
    """Return whether a saying is of something good: "slept well", and not "not well"."""
    if one.constraint.kind == "shift_work":
        return False
    if one.constraint.kind == "sleep" and one.constraint.value < ENOUGH_SLEEP_HOURS:
        return False
    good = GOOD - {"low"} if one.constraint.kind == "mood" else GOOD
    return names_any(one, good) and not names_any(one, NEGATIONS)


def is_very(one: Said) -> bool:
    """Return whether a tiredness is great, by number or by word."""
    return one.constraint.severity >= VERY_FROM or names_any(one, VERY)


def _usual_m(state: State) -> float:
    usual_m = state.history.usual_distance_m
    return usual_m if math.isfinite(usual_m) else math.inf


def little_time(state: State, limits: Limits) -> Limits:
    """Apply R-TIME: the least time that was said today is the most a session takes."""
    said = [o.constraint.value for o in said_today(state, "time") if not math.isnan(o.constraint.value)]
    if not said:
        return limits
    most_s = max(min(said), 0.0) * 60.0
    if not math.isfinite(most_s):
        return limits
    text = say(state.language, "You have {most_s:minutes} today, so the session fits into that.", most_s=most_s)
    kinds = REST_ONLY if most_s < SHORTEST_S else None
    return limits.tighter(Reason(text, (("most_s", most_s),), ("R-TIME",)), duration_s=most_s, kinds=kinds)


def unavailable(state: State, limits: Limits) -> Limits:
    """Apply R-AVAILABLE: rest on a day that was said to be none for running."""
    if not any(is_unavailable_today(state, one) for one in of_kind(state, "availability")):
        return limits
    return limits.tighter(
        Reason(say(state.language, "You told me that today is no day for running."), (), ("R-AVAILABLE",)),
        kinds=REST_ONLY,
        race_allowed=False,
    )


def is_unavailable_today(state: State, one: Said) -> bool:
    """Return whether a saying makes today a day without running: today, tomorrow, a weekday, the weekend or the week.

    A number with "week" is how many runs a week are possible, which forbids no day.
    """
    said = words(one.constraint.situation)
    ahead = state.today - local_day(one.said_unix_s, state.utc_offset_s)
    if said & {"free", "yes", "available", "can"} or not 0 <= ahead < WEEK_DAYS:
        return False
    weekday = (state.today + 3) % WEEK_DAYS
    if said & _DAYS:
        weekend = "weekend" in said and weekday >= 5
        return weekend or WEEKDAYS[weekday] in said or ("tomorrow" in said and ahead == 1)
    if "week" in said:
        return math.isnan(one.constraint.value)
    return ahead == 0


def override(state: State, limits: Limits) -> Limits:
    """Answer R-OVERRIDE: what was asked changes nothing, and says so."""
    if not said_today(state, "override_request"):
        return limits
    text = "You asked me to look away from a rule. I hear it, and it changes no rule: they stand above me too."
    return limits.tighter(Reason(say(state.language, text), (), ("R-OVERRIDE",)))
