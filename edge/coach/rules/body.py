"""Rules about the body today: red flags, pain and injuries, illness, medication.

The rule of this file: what was said holds until a clear word or its time ends it, and the careful reading holds in
doubt.
"""

from __future__ import annotations

import math

from edge.coach.beliefs import Injury, State
from edge.coach.heard import (
    ABOVE_NECK,
    AMS_SEVERE,
    ANTIBIOTIC,
    BELOW_NECK,
    BETA,
    CLEARED,
    DAY_S,
    FEVER,
    HOUR_S,
    OVER,
    PAINKILLER,
    QUINOLONE,
    is_over,
    lasting_s,
    names_any,
    of_kind,
    words,
)
from edge.coach.injury import EARNED_UP_TO, SEVERITY_DOUBT, next_step, your_place
from edge.coach.phrases import say
from edge.coach.rules.limits import REST_ONLY, SOFT_KINDS, Limits
from edge.coach.said import Said
from edge.coach.substitutes import spared_kinds
from edge.coach.types import Reason
from edge.coach.words import of_ten, sentence

HELP = (
    "Stop. Do not train. Chest pain, fainting, unusual breathlessness, a racing or irregular heart, sudden weakness "
    "or a "
    "hot, swollen calf need help now: call the emergency number if it is there or comes back, else see a doctor today. "
    "I go on when you tell me that a clinician has cleared it."
)
#: Other words for other needs, by the word that was said.
HELP_FOR = {
    "altitude": "Stop, rest, and go down now, at least 300 to 1,000 m, not alone; call for help where you are "
    "confused, "
    "unsteady or breathless at rest. I go on when you tell me that a clinician has cleared it.",
    "heat": "Stop. Get into the shade, cool down with water on skin and clothes, and call the emergency number if "
    "there is "
    "confusion, collapse or vomiting. I go on when you tell me that a clinician has cleared it.",
    "crisis": "Training can wait. Please talk to somebody now: a person you trust, a crisis line, or the emergency "
    "number if "
    "you may not be safe. You are not alone with this.",
}
#: Chest pain at any number, and a headache from here on, are red flags whatever else was said.
HEADACHE_FROM = 7.0
_CALF_CLOT = frozenset({"swollen", "swelling", "hot", "red"})
CLEARED_GENTLE_DAYS = 7.0
FEVER_SILENT_DAYS, FEVER_FREE_HOURS, ILL_SILENT_DAYS, ILL_FREE_HOURS = 7.0, 48.0, 3.0, 24.0
AFTER_ILL_DAYS, COLD_DAYS = 7.0, 2.0
#: Degrees C from which a typed temperature is fever.
FEVER_FROM_C = 37.8
QUINOLONE_DAYS, ANTIBIOTIC_DAYS = 30.0, 14.0
TENDON_AREAS = frozenset({"achilles", "ankle", "calf", "knee", "foot", "shoulder"})
_RUNS = {
    "walk": frozenset({"walk"}),
    "walk-run": frozenset({"walk", "walk-run"}),
    "eased": frozenset({"walk", "walk-run"}),
    "short easy": SOFT_KINDS,
    "easy": SOFT_KINDS,
    "full": SOFT_KINDS,
    "watch": SOFT_KINDS,
}
#: Longest session in s and share of the usual distance, by state; of all others, which leave less, the shortest.
_MOST_S = {"easy": math.inf, "watch": math.inf, "full": math.inf}
_SHARE = {"easy": 0.7, "watch": 0.7, "full": 1.0}
SHORT_S, SHORT_SHARE = 1800.0, 0.5
_IDS = {"watch": "R-PAIN", "eased": "R-PAIN-EASE", "stopped": "R-PAIN-STOP", "clinician": "R-CLINICIAN"}


def red_flag(state: State, limits: Limits) -> Limits:
    """Apply R-REDFLAG: no training advice until a clinician cleared it, then a gentle week."""
    flagged, cleared_s = red_flags(state)
    if flagged is not None:
        text = say(state.language, "You told me of a warning sign that is no matter for a coach.")
        reason = Reason(text, (("signs", 1.0),), ("R-REDFLAG",))
        help_text = next((text for word, text in HELP_FOR.items() if names_any(flagged, {word})), HELP)
        return limits.tighter(reason, kinds=REST_ONLY, race_allowed=False, seek_help=say(state.language, help_text))
    days = (state.now_unix_s - cleared_s) / DAY_S
    if not 0.0 <= days < CLEARED_GENTLE_DAYS:
        return limits
    text = say(state.language, "A clinician has cleared you: for a week nothing hard and nothing long.")
    return limits.tighter(Reason(text, (("days_since", days),), ("R-REDFLAG",)), kinds=SOFT_KINDS, race_allowed=False)


def red_flags(state: State) -> tuple[Said | None, float]:
    """Return the newest red flag that no clinician has cleared, and when the last was cleared (Unix s)."""
    flagged: Said | None = None
    cleared_s = -math.inf
    for one in of_kind(state, "red_flag", "pain"):
        if one.constraint.kind == "red_flag" and names_any(one, CLEARED):
            flagged, cleared_s = None, one.said_unix_s if flagged is not None else cleared_s
        elif is_red_flag(one):
            flagged = one
    return flagged, cleared_s


def is_red_flag(one: Said) -> bool:
    """Return whether a saying is a red flag by itself."""
    c = one.constraint
    if c.kind == "red_flag":
        return True
    painful = not c.severity <= 0.0
    if c.area == "chest":
        return painful
    if c.area == "head":
        return c.severity >= HEADACHE_FROM or names_any(one, AMS_SEVERE)
    return c.area == "calf" and painful and names_any(one, _CALF_CLOT)


def injured(state: State, limits: Limits) -> Limits:
    """Apply R-PAIN, R-PAIN-EASE, R-PAIN-STOP, R-CLINICIAN, R-BONE and R-LADDER, the strictest of all places."""
    typed = [i for i in state.injuries if i.evidence == ("your profile",)]
    if state.profile.injuries or typed:
        limits = _stated(state, limits)
    for injury in state.injuries:
        if injury not in typed:
            limits = _one_injury(state, injury, limits)
    return limits


def _stated(state: State, limits: Limits) -> Limits:
    named_in = ", ".join(state.profile.injuries)
    text = say(
        state.language,
        "You told me about: {places:word}. So nothing hard and nothing long; stop at pain of 3/10 or a changed stride, "
        "and see a clinician if it stays for more than a week.",
        places=named_in,
    )
    reason = Reason(text, (("injuries", float(len(state.profile.injuries))),), ("R-PAIN",))
    return limits.tighter(reason, distance_m=_share_m(state, 0.7), kinds=SOFT_KINDS)


def _share_m(state: State, share: float) -> float:
    usual_m = state.history.usual_distance_m
    return share * usual_m if math.isfinite(usual_m) else math.inf


def _one_injury(state: State, injury: Injury, limits: Limits) -> Limits:
    rule_id = "R-BONE" if injury.bone else _IDS.get(injury.state, "R-LADDER")
    reason = Reason(_injury_words(injury, state), (("severity", injury.severity.value),), (rule_id, *injury.evidence))
    kinds = REST_ONLY if injury.bone else _RUNS.get(injury.state, REST_ONLY) | spared_kinds(injury.area)
    return limits.tighter(
        reason,
        distance_m=_share_m(state, _SHARE.get(injury.state, SHORT_SHARE)),
        duration_s=_MOST_S.get(injury.state, SHORT_S),
        kinds=kinds,
        race_allowed=injury.state in ("watch", "full"),
    )


_FELT = {
    "watch": "{your:word} speaks ({felt:word}): nothing hard and nothing long, shorter than usual",
    "eased": "{your:word} hurts ({felt:word}): walking and jogging by turns at most",
    "stopped": "{your:word} hurts too much to run ({felt:word}): no running",
    "clinician": "{your:word} has hurt for too long: no running, and let a clinician look at it",
}
#: Said to be better on the day it hurt, and not since.
_BETTER = {
    "eased": "{your:word} was better later that day ({felt:word}): walking and jogging by turns at most for now",
    "stopped": "{your:word} was better later that day ({felt:word}): no running yet",
}
_BETTER["clinician"] = _BETTER["stopped"]
_LADDER = "{your:word} is coming back, step {step:count} of 5 ({name:word})"
_BONE = "What you say of {your:word} can be a bone under stress: no running, see a clinician"


def _injury_words(injury: Injury, state: State) -> str:
    """Return why a place limits the day, and what brings the next state."""
    language = state.language
    known = injury.severity.high - injury.severity.low <= 2.0 * SEVERITY_DOUBT
    felt = of_ten(injury.severity.value) if known else say(language, "you did not say how much")
    better = known and injury.severity.value <= EARNED_UP_TO and injury.state in _BETTER
    what = _BONE if injury.bone else (_BETTER if better else _FELT).get(injury.state, _LADDER)
    your, name = your_place(injury.area, injury.side, language), say(language, injury.state)
    told = sentence(say(language, what, your=your, felt=felt, step=injury.step + 1, name=name))
    return say(
        language,
        "{told:word}. The next step comes {then:word}.",
        told=told,
        then=next_step(injury, state.now_unix_s, language),
    )


def ill(state: State, limits: Limits) -> Limits:
    """Apply R-FEVER and R-ILL, the strictest of all that was said."""
    sayings = of_kind(state, "illness")
    if not sayings:
        return limits
    fever = [o for o in sayings if has_fever(o)]
    below = [o for o in sayings if is_below_neck(o)]
    cold = [o for o in sayings if names_any(o, ABOVE_NECK) and not is_over(o) and not has_fever(o)]
    fever_ends = [o.said_unix_s for o in sayings if is_over(o) or is_without_fever(o)]
    ends = [o.said_unix_s for o in sayings if is_over(o) and not names_any(o, FEVER)]
    limits = _after_illness(state, limits, fever, fever_ends, "R-FEVER", FEVER_SILENT_DAYS, FEVER_FREE_HOURS)
    limits = _after_illness(state, limits, below, ends, "R-ILL", ILL_SILENT_DAYS, ILL_FREE_HOURS)
    if cold and state.now_unix_s - cold[-1].said_unix_s < max(COLD_DAYS * DAY_S, lasting_s(cold[-1], 0.0)):
        text = say(
            state.language, "A cold above the neck: short and easy at most, and stop if it sinks into the chest."
        )
        reason = Reason(text, (("sayings", float(len(cold))),), ("R-ILL",))
        limits = limits.tighter(reason, kinds=SOFT_KINDS, distance_m=_share_m(state, 0.7))
    return limits


def has_fever(one: Said) -> bool:
    """Return whether an illness was said to come with fever."""
    return names_any(one, FEVER) and not is_over(one) and not is_without_fever(one)


def is_without_fever(one: Said) -> bool:
    """Return whether it was said that there is no fever."""
    said = words(one.constraint.situation)
    return not said.isdisjoint(FEVER) and not said.isdisjoint({"no", "without"}) and said.isdisjoint(OVER)


def is_below_neck(one: Said) -> bool:
    """Return whether an illness is below the neck, or not said where."""
    if names_any(one, BELOW_NECK):
        return not (is_over(one) and not names_any(one, FEVER))
    return not (is_over(one) or names_any(one, FEVER | ABOVE_NECK))


def _after_illness(
    state: State,
    limits: Limits,
    found: list[Said],
    ends_unix_s: list[float],
    rule_id: str,
    silent_days: float,
    free_hours: float,
) -> Limits:
    """Rest while it lasts and for some hours after, then a gentle week; without a word of its end, some days."""
    if not found:
        return limits
    last = found[-1]
    over = next((end for end in reversed(ends_unix_s) if end >= last.said_unix_s), None)
    holds_s = silent_days * DAY_S
    holds_s = max(holds_s, lasting_s(last, holds_s))
    rest_until = last.said_unix_s + holds_s if over is None else over + free_hours * HOUR_S
    numbers = (("hours_since_said", (state.now_unix_s - last.said_unix_s) / HOUR_S),)
    what = say(state.language, "fever" if rule_id == "R-FEVER" else "being ill below the neck")
    if state.now_unix_s < rest_until:
        text = "You told me of {what:word}: rest, until {free_hours:hours} after it is gone."
        text = say(state.language, text, what=what, free_hours=free_hours)
        text += "" if over is not None else " " + say(state.language, "Tell me when it is gone.")
        return limits.tighter(Reason(text, numbers, (rule_id,)), kinds=REST_ONLY, race_allowed=False)
    if state.now_unix_s < rest_until + AFTER_ILL_DAYS * DAY_S:
        text = "You are just over {what:word}: for a week nothing hard and nothing long."
        text = say(state.language, text, what=what)
        return limits.tighter(Reason(text, numbers, (rule_id,)), kinds=SOFT_KINDS, race_allowed=False)
    return limits


def beta_blockers(state: State, limits: Limits) -> Limits:
    """Apply R-BETA, by the profile or by what was said."""
    said = [o for o in of_kind(state, "medication") if names_any(o, BETA)]
    if not state.profile.beta_blockers and not (said and not is_over(said[-1])):
        return limits
    text = "You take beta-blockers, which hold your heart rate down: go by your breath, not by heart rate or pace."
    reason = Reason(say(state.language, text), (("beta_blockers", 1.0),), ("R-BETA",))
    return limits.tighter(reason, heart_rate_allowed=False, effort_only=True)


def medicines(state: State, limits: Limits) -> Limits:
    """Apply R-MEDS: painkillers, antibiotics, and medicines whose name was not understood."""
    limits = _medicine(
        state, limits, PAINKILLER, 1.0, "Painkillers mask pain: for a day nothing hard and nothing long."
    )
    limits = _medicine(
        state, limits, ANTIBIOTIC, ANTIBIOTIC_DAYS, "With antibiotics, and for a week after, nothing hard or long."
    )
    return _quinolone(state, limits)


def _medicine(state: State, limits: Limits, names: frozenset[str], days: float, text: str) -> Limits:
    taken = [o for o in of_kind(state, "medication") if names_any(o, names) and not is_over(o)]
    if not taken or state.now_unix_s - taken[-1].said_unix_s >= days * DAY_S:
        return limits
    numbers = (("days_since_said", (state.now_unix_s - taken[-1].said_unix_s) / DAY_S),)
    return limits.tighter(Reason(say(state.language, text), numbers, ("R-MEDS",)), kinds=SOFT_KINDS)


def _quinolone(state: State, limits: Limits) -> Limits:
    text = "Fluoroquinolones weaken tendons: for 30 days nothing hard or long; at any pain of a tendon stop and ask."
    limits_then = _medicine(state, limits, QUINOLONE, QUINOLONE_DAYS, text)
    if limits_then is limits:
        return limits
    sore = [i for i in state.injuries if i.area in TENDON_AREAS and not i.severity.value <= 0.0]
    if not sore:
        return limits_then
    text = say(
        state.language,
        "{your:word} hurts while a fluoroquinolone is at work: no running; see a doctor.",
        your=sentence(your_place(sore[0].area, sore[0].side, state.language)),
    )
    reason = Reason(text, (("places", float(len(sore))),), ("R-MEDS",))
    return limits_then.tighter(reason, kinds=REST_ONLY, race_allowed=False)
