"""A session of the coach as the steps of a watch: warm-up, what it is about, cool-down, repeats.

The rule of this file: the steps together are as far (or as long) as the session and never faster than it: what is cut
out of it for warming up, jogging and cooling down is easier than what it replaces. Targets are the session's own.
"""

from __future__ import annotations

import math
from dataclasses import replace

from device.files.workout import Repeat, Step, Workout
from edge.coach.phrases import say
from edge.coach.telling import worth_reading
from edge.coach.titles import effort_of, title_of
from edge.coach.types import Decision, Reason, Session
from edge.coach.words import pace_ends

_SPORTS = {"walk": "walking", "walk-run": "running", "bike": "cycling", "pool": "swimming", "strength": "training"}
_SUB_SPORTS = {"pool": "lap_swimming", "strength": "strength_training"}
#: Kinds that pace leads; in the others heart rate does, where there is a band of it (`edge.coach.targets`).
_BY_PACE = frozenset({"steady", "intervals", "race"})
#: Share of the session to warm up in, to cool down in, and the most of each in m.
_WARM_UP = {"steady": (0.20, 2000.0), "long": (0.08, 1000.0), "easy": (0.12, 1000.0), "intervals": (0.0, 0.0)}
_COOL_DOWN = {"steady": (0.12, 1500.0)}
#: `edge.coach.today` reckons a session of repetitions at 1.2 times its pace: with the rest jogged at about 1.32 times
#: that pace, this share of it is fast.
FAST_SHARE = 0.375
#: Lengths of a repetition in m, the longest of which there are at least so many is taken; jogged in between: half.
_REPETITIONS_M, _LEAST_TIMES, _JOG_SHARE = (1000.0, 800.0, 600.0, 400.0, 200.0), 4, 0.5
#: "Two minutes of walking, one of jogging" (`edge.coach.today`).
_WALK_S, _JOG_S = 120.0, 60.0
_QUANTUM_M = 10.0


def workout_of(decision: Decision, language: str = "en") -> Workout | None:
    """Return the decision's session as a workout, None on a day of rest."""
    session = decision.session
    if session is None or session.kind == "rest" or not (session.distance_m > 0.0 or session.duration_s > 0.0):
        return None
    told = because(worth_reading(decision.because, session))
    steps = _steps(session, language)
    lead = next((i for i, one in enumerate(steps) if isinstance(one, Step) and one.intensity == "active"), 0)
    first = steps[lead]
    if isinstance(first, Step) and decision.because:
        reason = say(language, "Because: {reason:word}", reason=decision.because[0].text)
        steps[lead] = replace(first, notes=f"{first.notes}. {reason}" if first.notes else reason)
    return Workout(
        title_of(session, language) if session.kind != "race" else say(language, "Race"),
        _SPORTS.get(session.kind, "running"),
        tuple(steps),
        told,
        _SUB_SPORTS.get(session.kind, ""),
    )


def because(reasons: tuple[Reason, ...]) -> str:
    """Return reasons as one text."""
    return " ".join(reason.text for reason in reasons)


def _steps(session: Session, language: str) -> list[Step | Repeat]:
    if session.kind == "walk-run":
        return _by_turns(session, language)
    if session.distance_m <= 0.0:
        return [_main(session, language, duration_s=session.duration_s)]
    if session.kind == "intervals":
        return _repetitions(session, language)
    before_m = _share(session, *_WARM_UP.get(session.kind, (0.0, 0.0)))
    after_m = _share(session, *_COOL_DOWN.get(session.kind, (0.0, 0.0)))
    steps: list[Step | Repeat] = [_warm_up(before_m, language)] if before_m > 0.0 else []
    steps.append(_main(session, language, distance_m=session.distance_m - before_m - after_m))
    return [*steps, _cool_down(after_m, language)] if after_m > 0.0 else steps


def _share(session: Session, share: float, most_m: float) -> float:
    """Return a part of the session's distance in whole tens of metres."""
    return math.floor(min(share * session.distance_m, most_m) / _QUANTUM_M) * _QUANTUM_M


def _warm_up(distance_m: float, language: str) -> Step:
    notes = say(language, "start gently, let your body come along")
    return Step(say(language, "Warm-up"), "warmup", distance_m=distance_m, notes=notes)


def _cool_down(distance_m: float, language: str) -> Step:
    notes = say(language, "gently, until your breath is calm")
    return Step(say(language, "Cool-down"), "cooldown", distance_m=distance_m, notes=notes)


def _main(session: Session, language: str, distance_m: float = math.nan, duration_s: float = math.nan) -> Step:
    """Return the step that the session is about, with its bands."""
    low_m_s, high_m_s, words = _speeds(session, language)
    heart = math.isfinite(session.hr_low_bpm) and math.isfinite(session.hr_high_bpm)
    return Step(
        say(language, "Race") if session.kind == "race" else title_of(session, language),
        "active",
        distance_m=distance_m,
        duration_s=duration_s,
        speed_low_m_s=low_m_s,
        speed_high_m_s=high_m_s,
        hr_low_bpm=session.hr_low_bpm if heart else math.nan,
        hr_high_bpm=session.hr_high_bpm if heart else math.nan,
        heart_first=session.kind not in _BY_PACE,
        notes=", ".join(filter(None, ("" if session.kind == "race" else effort_of(session, language), words))),
    )


def _speeds(session: Session, language: str) -> tuple[float, float, str]:
    """Return the speed band in m/s that may be shown, and what is to be said where it is open.

    Without a slow end the band begins at 0 (walking is within it); where effort alone leads there is none.
    """
    low, high = pace_ends(session.pace_low_s_per_km, session.pace_high_s_per_km)
    if not math.isfinite(low):
        return math.nan, math.nan, "" if session.distance_m <= 0.0 else say(language, "by effort")
    if math.isfinite(high):
        return 1000.0 / high, 1000.0 / low, ""
    return 0.0, 1000.0 / low, say(language, "not faster than {fast:pace}", fast=low)


def _repetitions(session: Session, language: str) -> list[Step | Repeat]:
    """Return warm-up, fast parts with jogs between, and cool-down; the fast parts are `FAST_SHARE` of it at most."""
    fast_m = FAST_SHARE * session.distance_m
    each_m = next((m for m in _REPETITIONS_M if fast_m / m >= _LEAST_TIMES), min(_REPETITIONS_M[-1], fast_m))
    times = max(int(fast_m / each_m), 1)
    jog_m = _JOG_SHARE * each_m
    rest_m = session.distance_m - times * (each_m + jog_m)
    before_m = math.floor(0.55 * rest_m / _QUANTUM_M) * _QUANTUM_M
    fast = replace(_main(session, language, distance_m=each_m), name=say(language, "Fast"), intensity="interval")
    notes = say(language, "as easy as it takes to get your breath back")
    jog = Step(say(language, "Jog"), "recovery", distance_m=jog_m, notes=notes)
    return [_warm_up(before_m, language), Repeat(times, (fast, jog)), _cool_down(rest_m - before_m, language)]


def _by_turns(session: Session, language: str) -> list[Step | Repeat]:
    """Return walking and jogging by turns for the session's time; it ends walking where the turns leave time."""
    times = int(session.duration_s // (_WALK_S + _JOG_S))
    left_s = session.duration_s - times * (_WALK_S + _JOG_S)
    walk = Step(say(language, "Walk a little"), "recovery", duration_s=_WALK_S, notes=effort_of(session, language))
    jog = Step(say(language, "Jog"), "active", duration_s=_JOG_S, notes=effort_of(session, language))
    turns: list[Step | Repeat] = [Repeat(times, (walk, jog))] if times > 0 else []
    return [*turns, replace(walk, duration_s=left_s)] if left_s > 0.0 else turns
