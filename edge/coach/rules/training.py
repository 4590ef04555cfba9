"""Rules about training itself: how far, after a break, the day after, and after a race.

The rule of this file: each that takes something away leaves a reason with its numbers. Distances in m, durations in s.
"""

from __future__ import annotations

import dataclasses
import math

from edge.coach.beliefs import State
from edge.coach.history import BREAK_DAYS, recovery_days
from edge.coach.phrases import say
from edge.coach.rules.limits import (
    ALL_KINDS,
    GENTLE_KINDS,
    HARD_KINDS,
    LOW_KINDS,
    REST_ONLY,
    RETURN_SHARE,
    SOFT_KINDS,
    Limits,
    first_session,
    floor_m,
)
from edge.coach.types import Reason
from edge.coach.words import sentence

LIMIT_SHARE = 1.10
RETURN_SECOND_WEEK_SHARE = 0.80
#: A break of this length makes a newcomer again.
NEWCOMER_AGAIN_DAYS = 365
#: Below this a share of the former longest run is no session; a newcomer's first is.
SMALLEST_RETURN_M = 1500.0


def is_first(state: State) -> bool:
    """Return whether this is a newcomer's first session: no valid run known, or none for a year, or only tiny ones."""
    history = state.history
    if history.runs == 0:
        return True
    if not on_break(state):
        return False
    former_m = history.former_longest.distance_m if history.former_longest else 0.0
    tiny = RETURN_SHARE * former_m < SMALLEST_RETURN_M and history.longest_30d is None
    return history.gap_days >= NEWCOMER_AGAIN_DAYS or tiny


def on_break(state: State) -> bool:
    """Return whether the person has not run for 14 days or more."""
    return state.history.days_since_run >= BREAK_DAYS


def distance_limits(state: State) -> Limits:
    """Return the limits in distance alone: R-FIRST, R-RETURN or R-110."""
    open_limits = Limits(math.inf, math.inf, ALL_KINDS, False, True, (), ())
    history = state.history
    if history.longest_30d is not None:
        longest = history.longest_30d
        limit_m, limit_s = LIMIT_SHARE * longest.distance_m, LIMIT_SHARE * longest.moving_s
        text = say(
            state.language,
            "Your longest valid run of the last 30 days is {longest_m:km} ({longest_s:minutes}); no training run goes "
            "beyond 110 % of it, {limit_m:km}.",
            longest_m=longest.distance_m, longest_s=longest.moving_s, limit_m=floor_m(limit_m),
        )  # fmt: skip
        numbers = (("longest_30d_m", longest.distance_m), ("limit_m", limit_m), ("limit_s", limit_s))
        reason = Reason(text, numbers, ("R-110", longest.run_id))
        open_limits = open_limits.tighter(reason, distance_m=limit_m, duration_s=limit_s)
    if is_first(state):
        return _first_limits(state, open_limits)
    return _return_limits(state, open_limits)


def _first_limits(state: State, limits: Limits) -> Limits:
    distance_m, duration_s = first_session(state.profile)
    if state.history.runs:
        text = say(
            state.language,
            "Your last run was {since_days:ago}: the body counts that as a new start, so the first session is "
            "{duration_s:minutes}, walking included.",
            since_days=state.history.days_since_run, duration_s=duration_s,
        )  # fmt: skip
    else:
        text = say(
            state.language,
            "I know no run of yours yet, so this is a careful guess from what you told me: {duration_s:minutes}, "
            "walking included. After one recorded run I will know far better.",
            duration_s=duration_s,
        )
    numbers: tuple[tuple[str, float], ...] = (("runs_known", float(state.history.runs)), ("limit_m", distance_m))
    if 0.0 < state.profile.longest_recent_m < math.inf:
        numbers = (*numbers, ("stated_longest_m", state.profile.longest_recent_m))
    kinds = LOW_KINDS | {"first"}
    first = dataclasses.replace(limits, kinds=kinds)
    return first.tighter(Reason(text, numbers, ("R-FIRST",)), distance_m=distance_m, duration_s=1.2 * duration_s)


_CAME_BACK = "{ended_days:ago} you came back from {gap_days:days} without a run"


def _return_limits(state: State, limits: Limits) -> Limits:
    """Apply R-RETURN while a break lasts and in the two weeks after it."""
    history, former = state.history, state.history.former_longest
    if former is None or history.gap_days < BREAK_DAYS or history.days_since_return >= 14:
        return limits
    share = RETURN_SECOND_WEEK_SHARE if history.days_since_return >= 7 else RETURN_SHARE
    limit_m = share * former.distance_m
    ended = history.days_since_return
    when = "You have not run for {gap_days:days}" if ended < 0 else _CAME_BACK
    text = say(
        state.language,
        "{when:word}; your longest run in the 30 days before was {former_m:km}, so for now at most {share:percent} of "
        "that, {limit_m:km}, and nothing hard.",
        when=sentence(say(state.language, when, gap_days=history.gap_days, ended_days=ended)),
        former_m=former.distance_m, share=share, limit_m=floor_m(limit_m),
    )  # fmt: skip
    numbers = (("gap_days", float(history.gap_days)), ("former_longest_m", former.distance_m), ("limit_m", limit_m))
    kept = dataclasses.replace(limits, kinds=limits.kinds & LOW_KINDS | {"return"})
    return kept.tighter(Reason(text, numbers, ("R-RETURN", former.run_id)), distance_m=limit_m)


def after_break(state: State, limits: Limits) -> Limits:
    """Close the gap that a history without any usable window would leave: a limit is always finite."""
    if math.isfinite(limits.distance_m):
        return limits
    distance_m, duration_s = first_session(state.profile)
    reason = Reason(say(state.language, "No recent run to measure by."), (("limit_m", distance_m),), ("R-FIRST",))
    return limits.tighter(reason, distance_m=distance_m, duration_s=1.2 * duration_s)


def done(state: State, limits: Limits) -> Limits:
    """Apply R-DONE."""
    run_m = state.history.today_m
    if run_m <= 0:
        return limits
    text = say(state.language, "You have already run {run_m:km} today.", run_m=run_m)
    reason = Reason(text, (("today_m", run_m),), ("R-DONE",))
    return limits.tighter(reason, kinds=REST_ONLY)


def recover(state: State, limits: Limits) -> Limits:
    """Apply R-RECOVER."""
    since, race_m = state.history.days_since_race, state.history.race_m
    if since < 0 or since > recovery_days(race_m):
        return limits
    text = "{since_days:ago} you ran {race_m:km} at race effort: recovery comes first."
    if race_m >= 30000:
        text = "{since_days:ago} you ran {race_m:km}, which takes long to recover from: that comes first."
    text = sentence(say(state.language, text, since_days=since, race_m=race_m))
    reason = Reason(text, (("days_since_race", float(since)), ("race_m", race_m)), ("R-RECOVER",))
    rest_only = race_m >= 30000 and since <= 2
    return limits.tighter(reason, kinds=REST_ONLY if rest_only else SOFT_KINDS)


def hard_easy(state: State, limits: Limits) -> Limits:
    """Apply R-HARDEASY."""
    since = state.history.days_since_hard
    if since not in (0, 1) or not limits.kinds & (HARD_KINDS | {"long"}):
        return limits
    text = "Your last hard or long run was {since_days:ago}, so today stays easy."
    text = say(state.language, text, since_days=since)
    reason = Reason(text, (("days_since_hard", float(since)),), ("R-HARDEASY",))
    return limits.tighter(reason, kinds=GENTLE_KINDS)
