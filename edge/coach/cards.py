"""Cards beside the session: what a good coach would say once, at the right moment, and then not again.

The rule of this file: a card has its reason with numbers and its expiry; general guidance, not medical advice.
"""

from __future__ import annotations

import math

from edge.coach.acclimatisation import AltitudeEffect, heart_rate_rise_bpm
from edge.coach.beliefs import State
from edge.coach.plan import level_of, next_race, race_today
from edge.coach.rules import Limits, altitude_here_m, hours_here, used_to_m
from edge.coach.targets import altitude_effect
from edge.coach.types import Content, Reason
from edge.coach.words import days, metres, race_name

_DAY_S = 86400.0
AMS_FROM_M = 2000.0
_AMS = (
    " Headache with nausea, dizziness or bad sleep up here can be mountain sickness: no higher and no running until"
    " it is gone; if it gets worse, go down. Confusion, unsteady walking or breathlessness at rest: stop, go down at"
    " once and call for help."
)
_HIGH = " Sleep no more than 500 m higher from one night to the next above 3,000 m."


def cards(state: State, limits: Limits) -> tuple[Content, ...]:
    """Return today's cards, the most important first."""
    found = (_altitude(state), _unknown_home(state), _pain(state), _start(state, limits), _race(state))
    return tuple(card for card in found if card is not None)


def _altitude(state: State) -> Content | None:
    changed = altitude_effect(state)
    if changed is None:
        return None
    here_m, used_m = altitude_here_m(state), used_to_m(state)
    up = here_m > used_m
    name = state.where.here.name if state.where.here and state.where.here.name else "this place"
    reason = _altitude_reason(state, changed, here_m, used_m)
    until = state.now_unix_s + max(changed.days_until_settled, 1.0) * _DAY_S
    if up:
        return Content("altitude-up", f"{name}, {metres(here_m)}", _up(state, changed, here_m), (reason,), until)
    return Content("altitude-down", f"Down to {metres(here_m)}", _down(changed, used_m), (reason,), until)


def _altitude_reason(state: State, changed: AltitudeEffect, here_m: float, used_m: float) -> Reason:
    where, home = state.where, state.where.home
    at_home = f"Most of your runs start near {home.name} ({metres(home.altitude_m)})" if home else "Your runs tell home"
    text = (
        f"{at_home}; your body is used to about {metres(used_m)} and you are at {metres(here_m)} "
        f"({where.here_source}; altitude {where.here_altitude_m.source if where.here_altitude_m else 'unknown'})."
    )
    numbers = [("here_m", here_m), ("used_to_m", used_m), ("change_m", here_m - used_m)]
    numbers += [("pace_change", changed.pace_change.value), ("power_loss", changed.power_loss.value)]
    numbers += [("days_until_settled", changed.days_until_settled), ("hours_here", hours_here(state))]
    if where.here_altitude_m:
        numbers += [("here_low_m", where.here_altitude_m.low), ("here_high_m", where.here_altitude_m.high)]
    evidence = ("GeoNames", "Bassett 1999", "Wehrlin and Hallén 2006", "Sucec 1996")
    return Reason(text, tuple(numbers), evidence)


def _up(state: State, changed: AltitudeEffect, here_m: float) -> str:
    change = changed.pace_change
    rise = heart_rate_rise_bpm(state.max_hr_bpm.value, changed.power_loss.value)
    text = (
        f"The air here holds less oxygen: you have about {changed.power_loss.value:.0%} less aerobic power than at sea "
        f"level. Expect the same effort to be {change.value:.1%} slower ({change.low:.1%} to {change.high:.1%}; people "
        f"differ), or your heart to beat some {max(rise, 2.0):.0f} beats/min faster if you hold your usual pace. "
        "Today's targets are already moved."
    )
    if hours_here(state) < 48.0:
        text += " Days 1 and 2 are the easiest: run by breath, walk the hills, drink, and leave hard running for later."
    settled = max(changed.days_until_settled, 1.0)
    text += (
        f" It gets better: about a third of the loss comes back, most of it within two weeks; in {days(settled)} "
        "the adjustment is small enough to drop."
    )
    if here_m >= AMS_FROM_M:
        text += _AMS
    return text + (_HIGH if here_m >= 2800.0 else "")


def _down(changed: AltitudeEffect, used_m: float) -> str:
    faster = abs(changed.pace_change.value)
    return (
        f"You come from {metres(used_m)}, and the air here holds more oxygen: the same effort is about {faster:.1%} "
        "faster, and your heart beats slower at the same pace. Let pace come by itself, keep the effort where it was, "
        "and mind heat and damp air, which altitude does not prepare for. What the altitude gave fades over "
        f"{days(max(changed.days_until_settled, 1.0))} or so."
    )


def _unknown_home(state: State) -> Content | None:
    """Return a card for a high place when home is not known: it asks instead of adjusting."""
    here_m = altitude_here_m(state)
    if math.isnan(here_m) or here_m <= 1500.0 or math.isfinite(used_to_m(state)):
        return None
    text = (
        f"You are at {metres(here_m)}. I do not know yet where you live: if you came up within the last two weeks, "
        "run by effort, expect every pace to be slower, and leave hard running for the third day or later."
    )
    reason = Reason("No run in the diary tells where home is.", (("here_m", here_m),), ("GeoNames",))
    text += _AMS if here_m >= AMS_FROM_M else ""
    return Content("altitude-unknown-home", f"{metres(here_m)}", text, (reason,), state.end_of_day_unix_s)


def _pain(state: State) -> Content | None:
    if not state.profile.injuries:
        return None
    text = (
        "Run only where it does not hurt. Pain of 3 out of 10 or more, or a stride that changes: stop and walk home. "
        "If it stays for more than 7 to 14 days, or you cannot put weight on it, see a clinician. Chest pain, "
        "fainting, unusual breathlessness or a racing, irregular heart: stop and call for help at once."
    )
    reason = Reason(f"You told me about: {', '.join(state.profile.injuries)}.", (), ("you said", "R-PAIN"))
    return Content("pain", "With pain, less is more", text, (reason,), state.end_of_day_unix_s)


def _start(state: State, limits: Limits) -> Content | None:
    until = state.end_of_day_unix_s
    if "R-FIRST" in limits.rule_ids:
        text = (
            "Run one minute, walk one or two, and repeat; slow enough to talk. It should end with the feeling that "
            "more would have been possible. Take a day off after it. With heart, metabolic or kidney disease, "
            "chest pain, fainting or unusual breathlessness, ask a doctor first."
        )
        reason = Reason("This is a first session.", (("runs_known", float(state.history.runs)),), ("R-FIRST",))
        return Content("first-session", "Your first run with me", text, (reason,), until)
    if "R-RETURN" in limits.rule_ids:
        text = (
            "Lungs come back faster than tendons: the first two weeks are for the legs. Easy pace, a rest day whenever "
            "they feel heavy, and stop while it still feels too short."
        )
        numbers = (("gap_days", float(state.history.gap_days)),)
        reason = Reason("You are coming back from a break.", numbers, ("R-RETURN",))
        return Content("welcome-back", "Welcome back", text, (reason,), until)
    return None


def _race(state: State) -> Content | None:
    today, race = race_today(state), next_race(state)
    if today is not None:
        text = (
            "Start slower than it feels right: the first kilometres at the slow end of the band, the second half shows "
            "the day. Do not start with fever, chest pain or an injury that changes your stride."
        )
        numbers = (("distance_m", today.distance_m),)
        reason = Reason(f"You entered {today.name or race_name(today.distance_m)} for today.", numbers, ("you said",))
        return Content("race-day", "Race day", text, (reason,), state.end_of_day_unix_s)
    if race is None or race.day - state.today > 7:
        return None
    text = "Nothing trained now helps the race any more; sleep, food and fresh legs do. Keep a few short quick strides."
    if level_of(state) == "new":
        text += " For a first race, finishing with a smile is the goal."
    reason = Reason("Race week.", (("days_to_race", float(race.day - state.today)),), ("R-TAPER",))
    until = (race.day + 1) * _DAY_S - state.utc_offset_s
    return Content("race-week", f"{race.name or race_name(race.distance_m)} is near", text, (reason,), until)
