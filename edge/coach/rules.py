"""The rules that stand above every model: what a session may be, whatever anyone predicts.

The rule of this file: rules only take away. Each has an id, a text, a source and a test; each that takes
something away leaves a reason with its numbers. Distances in m, durations in s.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

from edge.coach.acclimatisation import is_notable
from edge.coach.beliefs import State
from edge.coach.history import BREAK_DAYS
from edge.coach.types import Profile, Reason, Session
from edge.coach.words import ago, days, km, metres, minutes, sentence


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as people may read it, and where it comes from."""

    rule_id: str
    text: str
    source: str


RULES: dict[str, Rule] = {
    rule.rule_id: rule
    for rule in (
        Rule(
            "R-110",
            "No training run is longer than 110 % of the longest valid run of the last 30 days, today included.",
            "Frandsen et al., BJSM 2025 (5,205 runners): injury hazard 1.64 (1.31-2.05) above 10 to 30 %",
        ),
        Rule(
            "R-RETURN",
            "After 14 days or more without a run, start again at 50 to 60 % of the longest run before the break; "
            "60 % at most for a week, 80 % at most for a second, nothing hard in both.",
            "coaching practice; Mujika and Padilla 2000 on detraining",
        ),
        Rule(
            "R-FIRST",
            "With no run known, the first session is short, easy and may be walked; what a person states as their "
            "longest run counts to 60 %.",
            "coaching practice; ACSM guidelines 2015: start low, go slow",
        ),
        Rule(
            "R-PAIN",
            "With an injury or pain stated there is nothing hard and nothing long, at most 70 % of the usual distance.",
            "project guard-rail: pain or injury -> no quality, no long run; 3/10 or altered gait -> stop",
        ),
        Rule(
            "R-HARDEASY",
            "No hard and no long run on the day of, or the day after, a hard or long run.",
            "hard-easy principle, coaching practice; about 80 % of running easy",
        ),
        Rule(
            "R-RECOVER",
            "After a race nothing hard or long for 2 to 10 days by distance; from 30 km on, two days without running.",
            "coaching practice",
        ),
        Rule(
            "R-ROW",
            "No more days in a row than the person's rhythm: 1 for newcomers, 2 below 3.5 runs a week, at most 6.",
            "coaching practice",
        ),
        Rule("R-DONE", "One run a day is enough for this plan: what was run today counts.", "coaching practice"),
        Rule(
            "R-ALTITUDE",
            "In the first 48 h above 1,500 m the person is not used to, targets are by effort and nothing is hard.",
            "project guard-rail; 1,700 m: performance still reduced at 47 h",
        ),
        Rule(
            "R-ALTITUDE-HIGH",
            "In the first 48 h above 2,500 m the person is not used to, only easy running, three quarters as far.",
            "project guard-rail; Wilderness Medical Society 2024 on acute mountain sickness",
        ),
        Rule(
            "R-BETA",
            "With beta-blockers or the like, effort in words replaces every heart-rate target.",
            "project guard-rail: beta-blockers hold heart rate down",
        ),
        Rule(
            "R-YOUTH",
            "Under 18: nothing hard by plan, one hour at most, and a guardian should know.",
            "project guard-rail for minors",
        ),
        Rule(
            "R-TAPER",
            "Before a race volume falls by 41 to 60 % over 7 to 21 days; the last long run ends 8 days before it.",
            "taper meta-analysis 2023: up to 21 days, volume -41 to -60 %, intensity kept",
        ),
        Rule(
            "F-NO-MODEL",
            "Without the race model, pace rests on Riegel's formula; it is used, and said, only then.",
            "Riegel 1981: t2 = t1 (d2 / d1) ^ 1.06",
        ),
        Rule("R-RACE", "An entered race is exempt from the limit of 110 %.", "the person's own choice"),
    )
}
HARD_KINDS = frozenset({"steady", "intervals"})
ALL_KINDS = frozenset({"rest", "easy", "long", "steady", "intervals"})
GENTLE_KINDS = frozenset({"rest", "easy"})
QUANTUM_M = 100.0
LIMIT_SHARE = 1.10
RETURN_SHARE, RETURN_SECOND_WEEK_SHARE = 0.60, 0.80
YOUTH_LIMIT_S = 3600.0
#: First sessions by stated experience: distance in m and duration in s, walking included.
FIRST = {
    "none": (2000.0, 1200.0),
    "beginner": (3000.0, 1500.0),
    "": (2000.0, 1200.0),
    "regular": (4000.0, 1680.0),
    "experienced": (5000.0, 1980.0),
}
#: A break of this length makes a newcomer again.
NEWCOMER_AGAIN_DAYS = 365
#: Below this a share of the former longest run is no session; a newcomer's first is.
SMALLEST_RETURN_M = 1500.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What the rules leave: the longest distance in m and duration in s, the kinds, and how it may be steered."""

    distance_m: float
    duration_s: float
    kinds: frozenset[str]
    effort_only: bool
    heart_rate_allowed: bool
    rule_ids: tuple[str, ...]
    reasons: tuple[Reason, ...]

    def tighter(
        self,
        reason: Reason,
        *,
        distance_m: float = math.inf,
        duration_s: float = math.inf,
        kinds: frozenset[str] | None = None,
        effort_only: bool = False,
        heart_rate_allowed: bool = True,
    ) -> Limits:
        """Return these limits with one more rule applied; nothing ever becomes looser."""
        return dataclasses.replace(
            self,
            distance_m=min(self.distance_m, distance_m),
            duration_s=min(self.duration_s, duration_s),
            kinds=self.kinds if kinds is None else self.kinds & kinds,
            effort_only=self.effort_only or effort_only,
            heart_rate_allowed=self.heart_rate_allowed and heart_rate_allowed,
            rule_ids=(*self.rule_ids, *(e for e in reason.evidence if e in RULES)),
            reasons=(*self.reasons, reason),
        )


def limits_of(state: State) -> Limits:
    """Return what the rules leave for today; the distance is always finite."""
    limits = _distance_limits(state)
    for rule in (_after_break, _pain, _done, _recover, _hard_easy, _altitude, _beta, _youth):
        limits = rule(state, limits)
    return limits


def clip(session: Session, limits: Limits) -> Session:
    """Return the session within the limits, its distance in steps of 100 m downwards, its duration in proportion."""
    if session.kind == "race" or session.distance_m <= 0:
        return session
    by_time = limits.duration_s / session.duration_s * session.distance_m if session.duration_s > 0 else math.inf
    distance_m = _floor(min(session.distance_m, limits.distance_m, by_time))
    duration_s = session.duration_s * distance_m / session.distance_m
    return dataclasses.replace(session, distance_m=distance_m, duration_s=math.floor(duration_s))


def first_session(profile: Profile) -> tuple[float, float]:
    """Return distance in m and duration in s of a newcomer's first session, within 60 % of a stated longest run."""
    distance_m, duration_s = FIRST.get(profile.experience, FIRST[""])
    if profile.longest_recent_m > 0:
        stated = RETURN_SHARE * profile.longest_recent_m
        share = min(1.0, stated / distance_m)
        distance_m, duration_s = distance_m * share, duration_s * share
    return distance_m, duration_s


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


def _distance_limits(state: State) -> Limits:
    """Return the limits in distance alone: R-FIRST, R-RETURN or R-110."""
    open_limits = Limits(math.inf, math.inf, ALL_KINDS, False, True, (), ())
    history = state.history
    if history.longest_30d is not None:
        longest = history.longest_30d
        limit_m, limit_s = LIMIT_SHARE * longest.distance_m, LIMIT_SHARE * longest.moving_s
        text = (
            f"Your longest valid run of the last 30 days is {km(longest.distance_m)} "
            f"({minutes(longest.moving_s)}); no training run goes beyond 110 % of it, {km(_floor(limit_m))}."
        )
        numbers = (("longest_30d_m", longest.distance_m), ("limit_m", limit_m), ("limit_s", limit_s))
        reason = Reason(text, numbers, ("R-110", longest.run_id))
        open_limits = open_limits.tighter(reason, distance_m=limit_m, duration_s=limit_s)
    if is_first(state):
        return _first_limits(state, open_limits)
    return _return_limits(state, open_limits)


def _first_limits(state: State, limits: Limits) -> Limits:
    distance_m, duration_s = first_session(state.profile)
    if state.history.runs:
        text = (
            f"Your last run was {ago(state.history.days_since_run)}: the body counts that as a new start, "
            f"so the first session is {minutes(duration_s)}, walking included."
        )
    else:
        text = (
            f"I know no run of yours yet, so this is a careful guess from what you told me: {minutes(duration_s)}, "
            "walking included. After one recorded run I will know far better."
        )
    numbers: tuple[tuple[str, float], ...] = (("runs_known", float(state.history.runs)), ("limit_m", distance_m))
    if state.profile.longest_recent_m > 0:
        numbers = (*numbers, ("stated_longest_m", state.profile.longest_recent_m))
    kinds = frozenset({"rest", "first"})
    first = dataclasses.replace(limits, kinds=kinds)
    return first.tighter(Reason(text, numbers, ("R-FIRST",)), distance_m=distance_m, duration_s=1.2 * duration_s)


def _return_limits(state: State, limits: Limits) -> Limits:
    """Apply R-RETURN while a break lasts and in the two weeks after it."""
    history, former = state.history, state.history.former_longest
    if former is None or history.gap_days < BREAK_DAYS or history.days_since_return >= 14:
        return limits
    share = RETURN_SECOND_WEEK_SHARE if history.days_since_return >= 7 else RETURN_SHARE
    limit_m = share * former.distance_m
    ended = history.days_since_return
    when = (
        f"You have not run for {days(history.gap_days)}"
        if ended < 0
        else f"{sentence(ago(ended))} you came back from {days(history.gap_days)} without a run"
    )
    text = (
        f"{when}; your longest run in the 30 days before was {km(former.distance_m)}, "
        f"so for now at most {share:.0%} of that, {km(_floor(limit_m))}, and nothing hard."
    )
    numbers = (("gap_days", float(history.gap_days)), ("former_longest_m", former.distance_m), ("limit_m", limit_m))
    kept = dataclasses.replace(limits, kinds=frozenset({"rest", "return"}))
    return kept.tighter(Reason(text, numbers, ("R-RETURN", former.run_id)), distance_m=limit_m)


def _after_break(state: State, limits: Limits) -> Limits:
    """Close the gap that a history without any usable window would leave: a limit is always finite."""
    if math.isfinite(limits.distance_m):
        return limits
    distance_m, duration_s = first_session(state.profile)
    reason = Reason("No recent run to measure by.", (("limit_m", distance_m),), ("R-FIRST",))
    return limits.tighter(reason, distance_m=distance_m, duration_s=1.2 * duration_s)


def _pain(state: State, limits: Limits) -> Limits:
    if not state.profile.injuries:
        return limits
    named = ", ".join(state.profile.injuries)
    usual_m = state.history.usual_distance_m
    limit_m = 0.7 * usual_m if math.isfinite(usual_m) else math.inf
    text = (
        f"You told me about: {named}. So nothing hard and nothing long; stop at pain of 3/10 or a changed stride, "
        "and see a clinician if it stays for more than a week."
    )
    reason = Reason(text, (("injuries", float(len(state.profile.injuries))),), ("R-PAIN",))
    return limits.tighter(reason, distance_m=limit_m, kinds=GENTLE_KINDS | {"first", "return"})


def _done(state: State, limits: Limits) -> Limits:
    run_m = state.history.today_m
    if run_m <= 0:
        return limits
    reason = Reason(f"You have already run {km(run_m)} today.", (("today_m", run_m),), ("R-DONE",))
    return limits.tighter(reason, kinds=frozenset({"rest"}))


def recovery_days(race_m: float) -> int:
    """Return the days without anything hard or long after a race or a very long run over so many m."""
    return 10 if race_m >= 30000 else 5 if race_m >= 20000 else 3 if race_m >= 9500 else 2


def _recover(state: State, limits: Limits) -> Limits:
    since, race_m = state.history.days_since_race, state.history.race_m
    if since < 0 or since > recovery_days(race_m):
        return limits
    text = f"{sentence(ago(since))} you ran {km(race_m)} as a race or a very long run: recovery comes first."
    reason = Reason(text, (("days_since_race", float(since)), ("race_m", race_m)), ("R-RECOVER",))
    rest_only = race_m >= 30000 and since <= 2
    return limits.tighter(reason, kinds=frozenset({"rest"}) if rest_only else GENTLE_KINDS | {"return", "first"})


def _hard_easy(state: State, limits: Limits) -> Limits:
    since = state.history.days_since_hard
    if since not in (0, 1) or not limits.kinds & (HARD_KINDS | {"long"}):
        return limits
    text = f"Your last hard or long run was {'yesterday' if since else 'today'}, so today stays easy."
    reason = Reason(text, (("days_since_hard", float(since)),), ("R-HARDEASY",))
    return limits.tighter(reason, kinds=GENTLE_KINDS)


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


def _altitude(state: State, limits: Limits) -> Limits:
    here_m, used_m = altitude_here_m(state), used_to_m(state)
    used_m = 0.0 if math.isnan(used_m) else used_m  # home unknown: the careful reading
    if math.isnan(here_m) or here_m <= max(1500.0, used_m) or not is_notable(here_m, used_m) or hours_here(state) >= 48:
        return limits
    text = (
        f"You are at {metres(here_m)}, your body is used to about {metres(used_m)}: "
        "in the first 48 hours run by effort, not by pace, and nothing hard."
    )
    numbers = (("here_m", here_m), ("used_to_m", used_m), ("hours_here", hours_here(state)))
    gentle = GENTLE_KINDS | {"return", "first"}
    limits = limits.tighter(Reason(text, numbers, ("R-ALTITUDE",)), kinds=gentle, effort_only=True)
    if here_m <= 2500.0:
        return limits
    high = Reason(f"Above 2,500 m the first days are shorter too: {metres(here_m)}.", numbers, ("R-ALTITUDE-HIGH",))
    return limits.tighter(high, distance_m=0.75 * limits.distance_m, duration_s=0.75 * limits.duration_s)


def _beta(state: State, limits: Limits) -> Limits:
    if not state.profile.beta_blockers:
        return limits
    text = "You take beta-blockers, which hold heart rate down, so effort in words replaces heart rate."
    return limits.tighter(Reason(text, (("beta_blockers", 1.0),), ("R-BETA",)), heart_rate_allowed=False)


def _youth(state: State, limits: Limits) -> Limits:
    if not state.profile.age < 18:
        return limits
    text = "Under 18 the plan stays easy and within an hour; talk it over with a parent or guardian."
    reason = Reason(text, (("age", state.profile.age),), ("R-YOUTH",))
    kinds = GENTLE_KINDS | {"return", "first"}
    return limits.tighter(reason, duration_s=YOUTH_LIMIT_S, kinds=kinds)


def _floor(distance_m: float) -> float:
    """Return a distance in m in steps of 100 m downwards; below 1 km in steps of 10 m."""
    step = QUANTUM_M if distance_m >= 1000.0 else 10.0
    return math.floor(distance_m / step) * step
