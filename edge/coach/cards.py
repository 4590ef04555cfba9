"""From a person's state to the cards beside the session: the facts that cards may ask for, and the choice.

The rule of this file: it only reads; what a model says of this person is rounded before any card sees it. General
guidance, not medical advice.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from edge.coach import journeys, own_targets, targets
from edge.coach.acclimatisation import heart_rate_rise_bpm
from edge.coach.beliefs import State
from edge.coach.catalogue import Catalogue, choose
from edge.coach.facts import Facts
from edge.coach.performance import HALF_M
from edge.coach.plan import level_of, next_race, race_today
from edge.coach.rules import Limits, altitude_here_m, hours_here, limits_of, used_to_m
from edge.coach.rules.person import body_mass_index
from edge.coach.said import AREAS
from edge.coach.targets import altitude_effect
from edge.coach.types import Content, RacePredictor, Session, Standing

_DAY_S = 86400.0
#: For how many days a saying of a kind still counts; what is not listed counts for two.
SAID_DAYS = {
    "pain": 14.0, "red_flag": 30.0, "illness": 7.0, "travel": 10.0, "medication": 7.0, "pregnancy": 300.0, "cycle": 3.0,
    "red_s": 180.0, "weight_goal": 30.0, "shift_work": 3.0, "pain_resolved": 14.0,
}  # fmt: skip
#: Words that end what was said before.
_OVER = frozenset({"gone", "over", "resolved", "ended", "recovered", "cleared", "stopped", "better", "good", "fine"})
#: Half the 90 % interval of Riegel's formula, which stands in for the race model (`edge.coach.targets.predict`).
DOUBT_QUANTUM, HEART_QUANTUM_BPM, SLOWER_QUANTUM = 0.01, 0.5, 0.005
_90 = 1.645
_PROFILE_AREAS = {
    "foot": ("fuß", "fuss", "ferse", "heel", "plantar"), "ankle": ("knöchel",), "shin": ("schienbein",),
    "calf": ("wade",), "knee": ("knie", "patella"), "hip": ("hüft",), "groin": ("leiste",), "back": ("rücken",),
    "shoulder": ("schulter",),
}  # fmt: skip
_OFF_RUNNING = frozenset({"rest", "walk", "bike", "pool", "strength"})


def cards(
    state: State, limits: Limits, session: Session | None, predictor: RacePredictor | None, catalogue: Catalogue
) -> tuple[tuple[Content, ...], tuple[Standing, ...]]:
    """Return today's cards in the person's language, the most important first, and where their journeys stand."""
    if not catalogue.cards:
        return (), ()
    facts = facts_of(state, limits, session, predictor)
    found = journeys.standings(catalogue.journeys, facts, state.shown, state.language)
    return choose(catalogue, facts, state.shown, state.language, found).content, found


def facts_of(state: State, limits: Limits, session: Session | None, predictor: RacePredictor | None) -> Facts:
    """Return what cards may ask about a person today."""
    numbers: dict[str, float] = {}
    for part in (_place(state), _ahead(state), _history(state), _race(state), _session(session, state), _body(state)):
        numbers.update(part)
    numbers.update(_models(state, predictor, numbers.get("slower_share", math.nan)))
    here, home = state.where.here, state.where.home
    race = race_today(state) or next_race(state)
    altitude = state.where.here_altitude_m
    injury = _worst(state)
    return Facts(
        state.now_unix_s,
        state.utc_offset_s,
        frozenset(_flags(state, limits, session)),
        here_name=here.name if here else "",
        home_name=home.name if home else "",
        ahead_name=state.ahead.name if state.ahead else "",
        race_name=race.name if race else "",
        injury_area=injury[0] if injury else "",
        injury_words=", ".join(state.profile.injuries),
        altitude_source=altitude.source if altitude else "",
        model_source=state.learned_by,
        **numbers,
    )


def _place(state: State) -> dict[str, float]:
    here_m, used_m, altitude = altitude_here_m(state), used_to_m(state), state.where.here_altitude_m
    arrived_s = state.where.arrived_unix_s
    found = {
        "here_m": here_m,
        "here_low_m": altitude.low if altitude else math.nan,
        "here_high_m": altitude.high if altitude else math.nan,
        "home_m": state.where.home_altitude_m.value if state.where.home_altitude_m else math.nan,
        "used_to_m": used_m,
        "change_m": here_m - used_m,
    }
    if math.isfinite(arrived_s):
        days = (state.now_unix_s - arrived_s) / _DAY_S
        day = float((arrived_s + state.utc_offset_s) // _DAY_S)
        found |= {"hours_here_hours": hours_here(state), "here_days": days, "arrived_day": day}
    changed = altitude_effect(state)
    if changed is None:
        return found
    slower = changed.pace_change
    if slower.value < 0:
        return found | {"faster_share": -slower.value, "settled_days": changed.days_until_settled}
    rise_bpm = max(heart_rate_rise_bpm(state.max_hr_bpm.value, changed.power_loss.value), 2.0)
    return found | {
        "slower_share": slower.value,
        "slower_low_share": slower.low,
        "slower_high_share": slower.high,
        "power_lost_share": changed.power_loss.value,
        "rise_bpm": rise_bpm,
        "settled_days": max(changed.days_until_settled, 1.0),
    }


def _ahead(state: State) -> dict[str, float]:
    ahead, used_m = state.ahead, used_to_m(state)
    if ahead is None or ahead.arrival_unix_s <= state.now_unix_s:
        return {}
    day = (ahead.arrival_unix_s + state.utc_offset_s) // _DAY_S
    up_m = ahead.altitude_m - (used_m if math.isfinite(used_m) else 0.0)
    return {"ahead_m": ahead.altitude_m, "ahead_up_m": up_m, "ahead_day": day, "ahead_days": day - state.today}


def _history(state: State) -> dict[str, float]:
    history, usual = state.history, state.fitness.usual_pace_s_per_km
    since, returned = float(history.days_since_run), float(history.days_since_return)
    on_return = history.gap_days > 0 and returned >= 0
    return {
        "runs_known": float(history.runs),
        "longest_m": history.longest_30d.distance_m if history.longest_30d else math.nan,
        "former_longest_m": history.former_longest.distance_m if history.former_longest else math.nan,
        "usual_distance_m": history.usual_distance_m,
        "weekly_distance_m": history.weekly_m if history.weekly_m > 0 else math.nan,
        "runs_a_week": history.runs_a_week,
        "since_run_days": since if since >= 0 else math.nan,
        "last_run_day": state.today - since if since >= 0 else math.nan,
        "since_long_days": _count(history.days_since_long),
        "since_race_days": _count(history.days_since_race),
        "raced_m": history.race_m,
        "in_a_row_days": float(history.days_in_a_row),
        "gap_days": float(history.gap_days) if history.gap_days else math.nan,
        "since_return_days": returned if on_return else math.nan,
        "returned_day": state.today - returned if on_return else math.nan,
        "usual_pace_s_per_km": usual.value if usual else math.nan,
    }


def _count(days: int) -> float:
    return float(days) if days >= 0 else math.nan


def _race(state: State) -> dict[str, float]:
    race = race_today(state) or next_race(state)
    if race is None:
        return {}
    return {"race_m": race.distance_m, "to_race_days": float(race.day - state.today), "race_day": float(race.day)}


def _session(session: Session | None, state: State) -> dict[str, float]:
    found = {} if session is None else {"session_m": session.distance_m, "session_s": session.duration_s}
    told = [o.constraint.value for o in state.said if o.constraint.kind == "time" and _counts(o.said_unix_s, state, 1)]
    times = [value for value in told if not math.isnan(value)]  # "pushed for time" names no minutes
    return found | ({"said_s": 60.0 * times[-1]} if times else {})


def _body(state: State) -> dict[str, float]:
    profile, habits, injury = state.profile, state.habits, _worst(state)
    found = {"age_years": profile.age, "body_mass_index": body_mass_index(profile.weight_kg, profile.height_m)}
    if habits is not None:
        found |= {"cadence_spm": habits.cadence_spm, "step_m": habits.step_m, "climb_m": habits.climb_m}
    air = state.weather.temperature_c
    found["temperature_c"] = math.nan if air is None else air.value
    if injury is None:
        return found
    _, severity, began_unix_s = injury
    if math.isfinite(began_unix_s):
        day = (began_unix_s + state.utc_offset_s) // _DAY_S
        found |= {"injury_began_day": day, "injury_days": state.today - day}
    return found | {"injury_severity": severity}


def _models(state: State, predictor: RacePredictor | None, slower_share: float) -> dict[str, float]:
    """Return what models say of this person, in whole quanta; by rule where there is no model."""
    half, line = targets.predict(state, predictor, HALF_M), state.heart
    doubt = math.nan if half is None else 0.5 * (half.high_s - half.low_s) / half.time_s
    told = own_targets.known(state)
    if told is not None and own_targets.is_pace(told.easy_pace_s_per_km):
        pace = told.easy_pace_s_per_km  # two looks at one person: their doubts together are less than each
        mine = 0.5 * (pace.high - pace.low) / pace.value
        doubt = 1.0 / math.hypot(1.0 / doubt, 1.0 / mine) if doubt > 0.0 else mine
    heart_bpm = _90 * math.hypot(line.sd_at_2_8_bpm, line.residual_sd_bpm)
    return {
        "doubt_share": _stepped(doubt, DOUBT_QUANTUM),
        "heart_doubt_bpm": _stepped(heart_bpm, HEART_QUANTUM_BPM),
        "own_slower_share": _stepped(slower_share * _response(state, "altitude_response"), SLOWER_QUANTUM),
        "heat_response_share": _stepped(_response(state, "heat_response"), DOUBT_QUANTUM),
    }


def _response(state: State, name: str) -> float:
    """Return how much more height or warmth does to this person than to others, as a model expects; 1 without one."""
    told = own_targets.known(state)
    value = 1.0 if told is None else float(getattr(told, name))
    return value if 0.5 <= value <= 1.5 else 1.0


def _stepped(value: float, quantum: float) -> float:
    return round(value / quantum) * quantum if math.isfinite(value) else math.nan


def _flags(state: State, limits: Limits, session: Session | None) -> Iterator[str]:
    """Yield every flag that holds: rules, sayings, the session, level and phase, injuries, what is left and tried."""
    yield from (f"rule:{rule_id}" for rule_id in limits.rule_ids)
    yield from (f"left:{kind}" for kind in limits.kinds)
    yield f"level:{level_of(state)}"
    yield "phase:first" if "R-FIRST" in limits.rule_ids else f"phase:{phase_of(state, limits)}"
    yield from _said(state)
    yield from _injured(state)
    yield from _where(state)
    if session is not None:
        yield f"session:{session.kind}"
        yield from ("resting",) if session.kind in _OFF_RUNNING else ()
    if state.profile.sex:
        yield f"sex:{state.profile.sex}"
    yield from (f"tried:{what}" for what in (state.habits.tried if state.habits else ()))
    if race_today(state) is not None:
        yield "race-today"
    elif next_race(state) is not None:
        yield "race-ahead"


def phase_of(state: State, limits: Limits | None = None) -> str:
    """Return the phase with Kadenz: "new", "active", "drifting" or "returning"."""
    if "R-RETURN" in (limits or limits_of(state)).rule_ids:
        return "returning"
    if state.history.days_since_run >= 8:
        return "drifting"
    return "new" if state.history.runs < 12 else "active"


def _where(state: State) -> Iterator[str]:
    here_m, used_m = altitude_here_m(state), used_to_m(state)
    if math.isfinite(used_m):
        yield "home-known"
    if altitude_effect(state) is not None:
        yield "higher" if here_m > used_m else "lower"
    if here_m >= 2000.0:
        yield "high"


def _counts(said_unix_s: float, state: State, days: float) -> bool:
    return 0.0 <= state.now_unix_s - said_unix_s < days * _DAY_S


def _said(state: State) -> Iterator[str]:
    """Yield what was said lately and not taken back by a later word: its kind, then with area, side and situation."""
    latest = {one.constraint.kind: one for one in state.said}
    for kind, one in latest.items():
        said = one.constraint
        words = {*said.situation.lower().replace("-", " ").split(), said.area, said.side} - {""}
        if words & _OVER or not _counts(one.said_unix_s, state, SAID_DAYS.get(kind, 2.0)):
            continue
        yield f"said:{kind}"
        yield from (f"said:{kind}:{word}" for word in words)


def _injuries(state: State) -> Iterator[tuple[str, str, float, float]]:
    """Yield area, state, severity and beginning (Unix s) of every injury that the state holds."""
    for one in state.injuries:
        yield one.area, one.state, one.severity.value, one.began_unix_s


def _worst(state: State) -> tuple[str, float, float] | None:
    """Return area, severity and beginning of the injury to speak of: the one that hurts most, else a stated one."""
    held = [(area, severity, began) for area, _, severity, began in _injuries(state)]
    if held:
        return max(held, key=lambda one: one[1] if math.isfinite(one[1]) else -1.0)
    areas = [area for area in map(_area_of, state.profile.injuries) if area]
    return (areas[0], math.nan, math.nan) if areas else None


def _injured(state: State) -> Iterator[str]:
    for area, step, _, _ in _injuries(state):
        yield from (f"injury:{area}", f"injury:{step.replace(' ', '-')}")
        if step not in ("watch", "eased", "stopped", "clinician"):
            yield f"ladder:{step.replace(' ', '-')}"
        if step != "watch":
            yield "injured"
    for text in state.profile.injuries:
        yield "injured"
        yield from (f"injury:{area}" for area in (_area_of(text),) if area)


def _area_of(text: str) -> str:
    """Return the body area that a free text names, "" where it names none."""
    small = text.lower()
    names = ((area, (area, *_PROFILE_AREAS.get(area, ()))) for area in AREAS if area != "other")
    return next((area for area, known in names if any(name in small for name in known)), "")
