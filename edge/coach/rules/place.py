"""Rules about the place: altitude, mountain sickness, heat.

The rule of this file: altitudes in m, temperatures in degrees C; an interval is read at its unsafe end.
"""

from __future__ import annotations

import math

from edge import heat
from edge.coach.acclimatisation import is_notable
from edge.coach.beliefs import State
from edge.coach.heard import AMS, AMS_SEVERE, DAY_S, OVER, names_any, of_kind, words
from edge.coach.phrases import say
from edge.coach.rules.limits import REST_ONLY, SOFT_KINDS, Limits
from edge.coach.said import Said
from edge.coach.types import Reason
from edge.coach.weather import sources_in, wbgt_of

#: From here on a headache is taken for mountain sickness, and it is remembered for so long.
AMS_FROM_M = 2000.0
AMS_DAYS = 3.0
#: A number said of a journey within this range is an altitude in m, below it days.
SAID_RANGE_M = (500.0, 9000.0)
INDOOR_KINDS = frozenset({"rest", "pool", "strength"})
_AT_ALTITUDE = (
    "You are at {here_m:metres}, your body is used to about {used_m:metres}: in the first 48 hours run by effort, "
    "not by pace, and nothing hard."
)
_AT_UNKNOWN_ALTITUDE = (
    "You are at {here_m:metres}, and I do not know which height your body is used to: run by effort, not by pace, and "
    "nothing hard for now."
)
_DOWN = (
    "Stop, go down now, at least 300 to 1,000 m, do not go alone, and call for help. Confusion, unsteady walking and "
    "breathlessness at rest at altitude are emergencies."
)


def altitude_here_m(state: State) -> float:
    """Return the altitude in m of where the person is; NaN when unknown."""
    return state.where.here_altitude_m.value if state.where.here_altitude_m else math.nan


def used_to_m(state: State) -> float:
    """Return the altitude in m that the person is acclimatised to; NaN when unknown."""
    return state.where.acclimatised_m.value if state.where.acclimatised_m else math.nan


def hours_here(state: State) -> float:
    """Return the hours since arrival; 0 where arrival is not known."""
    arrived = state.where.arrived_unix_s
    return (state.now_unix_s - arrived) / 3600.0 if math.isfinite(arrived) else 0.0


def said_altitude_m(state: State, days: float = 2.0) -> float:
    """Return the highest altitude in m that the person said to be going to within so many days; NaN with none."""
    gone = [o for o in of_kind(state, "travel") if state.now_unix_s - o.said_unix_s < days * DAY_S]
    return max(
        (o.constraint.value for o in gone if SAID_RANGE_M[0] <= o.constraint.value <= SAID_RANGE_M[1]), default=math.nan
    )


def max_known(one: float, other: float) -> float:
    """Return the larger of two numbers of which either may be NaN."""
    return other if math.isnan(one) else one if math.isnan(other) else max(one, other)


def altitude(state: State, limits: Limits) -> Limits:
    """Apply R-ALTITUDE and R-ALTITUDE-HIGH: here, or where the person said in the last two days that they go."""
    limits = _altitude(state, limits, altitude_here_m(state), hours_here(state))
    said_m = said_altitude_m(state)
    return _altitude(state, limits, said_m, 0.0) if said_m > max_known(altitude_here_m(state), 0.0) else limits


def _altitude(state: State, limits: Limits, here_m: float, hours: float) -> Limits:
    known_m = used_to_m(state)
    used_m = 0.0 if math.isnan(known_m) else known_m  # home unknown: the careful reading
    if math.isnan(here_m) or here_m <= max(1500.0, used_m) or not is_notable(here_m, used_m) or hours >= 48:
        return limits
    text = say(
        state.language,
        _AT_ALTITUDE if math.isfinite(known_m) else _AT_UNKNOWN_ALTITUDE, here_m=here_m, used_m=used_m,
    )  # fmt: skip
    numbers = (("here_m", here_m), ("used_to_m", used_m), ("hours_here", hours))
    limits = limits.tighter(Reason(text, numbers, ("R-ALTITUDE",)), kinds=SOFT_KINDS, effort_only=True)
    if here_m <= 2500.0:
        return limits
    template = (
        "You are above 2,500 m ({here_m:metres}): in the first days the longest that I allow is a quarter shorter."
    )
    text = say(state.language, template, here_m=here_m)
    high = Reason(text, numbers, ("R-ALTITUDE-HIGH",))
    return limits.tighter(high, distance_m=0.75 * limits.distance_m, duration_s=0.75 * limits.duration_s)


def mountain_sickness(state: State, limits: Limits) -> Limits:
    """Apply R-AMS: signs that were said, or a headache above 2,000 m, until they are said to be gone."""
    signs = ams_signs(state)
    if not signs:
        return limits
    here_m = altitude_here_m(state)
    severe = any(names_any(one, AMS_SEVERE) for one in signs)
    where = "at {here_m:metres}" if math.isfinite(here_m) else "at altitude"
    text = say(
        state.language,
        "You told me of signs that can be mountain sickness {where:word}: no higher and no running until they are "
        "gone; if they get worse, go down.",
        where=say(state.language, where, here_m=here_m),
    )
    numbers = (("here_m", here_m),) if math.isfinite(here_m) else (("signs", float(len(signs))),)
    reason = Reason(text, numbers, ("R-AMS",))
    return limits.tighter(
        reason, kinds=REST_ONLY, race_allowed=False, seek_help=say(state.language, _DOWN) if severe else ""
    )


def ams_signs(state: State) -> list[Said]:
    """Return the sayings of the last three days that speak of mountain sickness and were not said to be over."""
    high = max_known(altitude_here_m(state), said_altitude_m(state, AMS_DAYS)) > AMS_FROM_M
    found: list[Said] = []
    for one in of_kind(state, "illness", "red_flag", "pain", "pain_resolved"):
        said, kind = words(one.constraint.situation), one.constraint.kind
        head = one.constraint.area == "head"
        if (kind == "pain_resolved" and head) or (kind == "illness" and said & OVER):
            found = [o for o in found if names_any(o, AMS_SEVERE)]
            continue
        if kind == "red_flag" and "cleared" in said:
            found = []
            continue
        explicit = bool(said & {"ams", "altitude", "mountain"} | said & AMS_SEVERE) and kind in ("illness", "red_flag")
        hurts = kind == "pain" and head and not one.constraint.severity <= 0.0
        if explicit or (high and (hurts or (kind in ("illness", "red_flag") and bool(said & AMS)))):
            found.append(one)
    return [o for o in found if state.now_unix_s - o.said_unix_s < AMS_DAYS * DAY_S]


def hot(state: State, limits: Limits) -> Limits:
    """Apply R-HEAT by the unsafe end of the WBGT, one flag earlier for people at risk."""
    found = wbgt_of(state.weather)
    if found is None:
        return limits
    wbgt, sources = found
    level = heat_level(state, limits)
    if level == 0:
        return limits
    told = say(
        state.language, "WBGT {low_c:count} to {high_c:degrees} ({sources:word})",
        low_c=wbgt.low, high_c=wbgt.high, sources=sources_in(state.language, sources),
    )  # fmt: skip
    numbers = (("wbgt_low_c", wbgt.low), ("wbgt_high_c", wbgt.high), ("flag", float(level)))
    if level == 1:
        text = say(state.language, "Warm: {told:word}. Run by effort, not by pace, and drink to thirst.", told=told)
        return limits.tighter(Reason(text, numbers, ("R-HEAT",)), effort_only=True)
    if level == 2:
        hot = say(state.language, "It can be hot today" if by_climate(state) else "Hot")
        text = "{hot:word}: {told:word}. Nothing hard or long, by effort, in the coolest hours or in the shade."
        text = say(state.language, text, hot=hot, told=told)
        return limits.tighter(Reason(text, numbers, ("R-HEAT",)), kinds=SOFT_KINDS, effort_only=True)
    text = "Too hot to run outdoors: {told:word}. Rest, or train indoors where it is cool."
    text = say(state.language, text, told=told)
    return limits.tighter(Reason(text, numbers, ("R-HEAT",)), kinds=INDOOR_KINDS, effort_only=True, race_allowed=False)


def is_hot(state: State) -> bool:
    """Return whether the unsafe end of the WBGT reaches the red flag."""
    found = wbgt_of(state.weather)
    return found is not None and found[0].high >= heat.RED_C


def heat_level(state: State, limits: Limits) -> int:
    """Return how the heat is met: 0 not at all, 1 by effort, 2 nothing hard, 3 no running outdoors.

    People at risk are met one flag earlier. A climate table alone forbids no running, and says nothing of usual warmth,
    which the person's usual paces hold already.
    """
    found = wbgt_of(state.weather)
    if found is None:
        return 0
    level = heat.FLAGS.index(heat.flag(found[0].high))
    if level and heat_risk(state, limits):
        level = min(level + 1, 3)
    if not by_climate(state):
        return level
    return min(level, 2) if level >= 2 else 0


def by_climate(state: State) -> bool:
    """Return whether nobody measured or told today's temperature: it is the usual one of the place."""
    air = state.weather.temperature_c
    return air is not None and air.source == "climate table"


def heat_risk(state: State, limits: Limits) -> bool:
    """Return whether heat is more dangerous to this person: young, old, new to it, pregnant, ill, the heart."""
    age = state.profile.age
    ids = {"R-PREGNANT", "R-POSTPARTUM", "R-BETA", "R-FEVER", "R-ILL", "R-FIRST"}
    return age < 18 or age >= 65 or not ids.isdisjoint(limits.rule_ids)
