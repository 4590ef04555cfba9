"""Which kind of session today is, and how far: the rhythm of hard and easy days read from the diary.

The rule of this file: it wishes; the rules then take away. Distances in m.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from edge.coach import labels
from edge.coach.beliefs import State
from edge.coach.history import LONG_SHARE
from edge.coach.phrases import say
from edge.coach.rules import FIRST, RUNNING_KINDS, Limits, first_session
from edge.coach.types import Race, Reason

#: A training run is no longer than this, in m and s, whatever was run before (entered ultramarathons aside).
LONGEST_TRAINING_M = 35000.0
LONGEST_TRAINING_S = 3 * 3600.0
RETURN_LONGEST_S = 2 * 3600.0
#: Rules under which walking is the session of the day.
WALKING_RULES = frozenset({"R-LADDER", "R-POSTPARTUM"})
WALK_RUN_M, WALK_RUN_S = 2500.0, 1500.0
#: The one hard day of the week comes so many days after the day of the long run.
QUALITY_AFTER_LONG = 3
#: A week is planned for what was borne of late, less a little, and never beyond this share of the last four weeks;
#: those who build (newcomers, and others with a race entered) add so much a week (assumptions; rules clip each run).
BORNE_SHARE, MOST_OF_LATE, BUILDS = 0.97, 1.15, 1.04
BUILD_DAYS = 120
#: A week may have a run more than those of late once these lack no more than the rest of it; who builds, sooner.
ROOM, ROOM_TO_BUILD = 0.7, 0.9
#: What a run after a hard or long one, and the hard one, are of the usual run; in the mean the runs beside the long one
#: are `EVEN_SHARE` of it, and the long one is `LONG_WORTH` of them (of the week, for those who build).
RECOVERY_SHARE, QUALITY_SHARE, EVEN_SHARE, LONG_WORTH, LONG_OF_WEEK = 0.75, 0.95, 0.97, 1.45, 0.45
#: The usual run is not moved further than this from the median of the last 20 in one go.
NEAR_USUAL = (0.85, 1.25)
#: Who runs less than this share of their best four weeks of the last 26 gets back to them: by so much over the mean of
#: the last four weeks, with one run a week more, and each run a little longer than the longest of 30 days at most.
PAUSED_SHARE, REGAIN, REGAIN_RUN = 0.8, 1.4, 1.05
#: Who ran as often as this a week before a break may run two days in a row from its second week on.
OFTEN = 4.5
#: Less than this is no run: it is asked for wherever the rules leave it.
SMALLEST_RUN_M = 2000.0
RETURN_WISH, LATE_RETURN_WISH, LATE_RETURN_DAYS = 0.55, 0.50, 30


@dataclass(frozen=True, slots=True)
class Wish:
    """A wished session: its kind, distance in m, and why."""

    kind: str
    distance_m: float
    reasons: tuple[Reason, ...]
    rule_ids: tuple[str, ...] = ()


def level_of(state: State) -> str:
    """Return "new", "regular" or "marathon": by what is run, else by what is said."""
    weekly_km, label = state.history.weekly_m / 1000.0, state.profile.experience
    said_new = label in ("none", "beginner")  # what runs contradict is asked about (edge.coach.labels), not overruled
    if said_new and (weekly_km < 25.0 or labels.contradiction(state) is not None):
        return "new"
    if weekly_km >= 50.0:
        return "marathon"
    return "new" if said_new or weekly_km < 12.0 or state.history.runs < 8 else "regular"


def days_in_a_row_allowed(state: State) -> int:
    """Return how many days in a row the person's own rhythm holds."""
    a_week = state.history.runs_a_week
    if level_of(state) == "new" and a_week < 3.5:
        return 1
    return 2 if a_week < 3.5 else 3 if a_week < 4.5 else 4 if a_week < 5.5 else 6


def longest_s(kind: str) -> float:
    """Return the longest duration in s that is suggested for a kind of session, whatever was run before."""
    return {"return": RETURN_LONGEST_S, "walk-run": WALK_RUN_S}.get(kind, LONGEST_TRAINING_S)


def race_today(state: State) -> Race | None:
    """Return the race entered for today that has no result yet, the longest where there are several."""
    due = [r for r in state.races if r.day == state.today and math.isnan(r.time_s) and r.distance_m > 0]
    return max(due, key=lambda r: r.distance_m, default=None)


def next_race(state: State) -> Race | None:
    """Return the next race entered after today within 21 days, the longest of its day."""
    due = [r for r in state.races if 0 < r.day - state.today <= 21 and r.distance_m > 0]
    return min(due, key=lambda r: (r.day, -r.distance_m), default=None)


def taper_share(race: Race | None, today: int) -> float:
    """Return the share of usual distance to run before a race: 1 with none near, falling to 0.4.

    Marathon: 0.75, 0.6, 0.45 in the last three weeks; half marathon two weeks; shorter one week (volume -41 to -60 %).
    """
    if race is None:
        return 1.0
    ahead = race.day - today
    weeks = 3 if race.distance_m >= 30000 else 2 if race.distance_m >= 20000 else 1
    if ahead > 7 * weeks:
        return 1.0
    if ahead <= 3:
        return 0.4
    return 0.5 if ahead <= 7 else 0.6 if ahead <= 14 else 0.75


def wish(state: State, limits: Limits) -> Wish:
    """Return what today should be if the rules allow it."""
    if not limits.kinds & RUNNING_KINDS:
        walks = "walk" in limits.kinds and bool(WALKING_RULES & set(limits.rule_ids))
        return Wish("walk" if walks and state.history.today_m <= 0 else "rest", 0.0, (), ())
    if limits.kinds & RUNNING_KINDS == {"walk-run"}:
        return Wish("walk-run", WALK_RUN_M, ())
    if "first" in limits.kinds and "easy" not in limits.kinds:
        return Wish("first", first_session(state.profile)[0], ())
    if "return" in limits.kinds and "easy" not in limits.kinds:
        return _return_rest(state) or _return_wish(state)
    own = _own_wish(state, limits)
    if own is not None:
        return own
    rest = _rest_wish(state)
    if rest is not None:
        return rest
    race = next_race(state)
    share = taper_share(race, state.today)
    if share < 1.0 and race is not None:
        return _taper_wish(state, race, share)
    return _long_wish(state, limits) or _quality_wish(state, limits) or _easy_wish(state)


def _own_wish(state: State, limits: Limits) -> Wish | None:
    """Return what the person chose for today, where the rules leave that kind; its distance is still clipped."""
    own = next((one for one in reversed(state.wished) if one.day == state.today), None)
    if own is None or own.kind not in limits.kinds:
        return None
    rests, language = own.kind == "rest", state.language
    words = say(language, "rest") if rests else say(language, "{own_m:km}", own_m=own.distance_m)
    reason = Reason(
        say(language, "You chose this for today: {words:word}.", words=words),
        (("distance_m", own.distance_m),),
        ("you said",),
    )
    return Wish(own.kind, own.distance_m, (reason,))


def _return_wish(state: State) -> Wish:
    history = state.history
    former_m = history.former_longest.distance_m if history.former_longest else FIRST["none"][0]
    share = LATE_RETURN_WISH if history.gap_days >= LATE_RETURN_DAYS else RETURN_WISH
    if 0 <= history.days_since_return <= 1 and history.today_m == 0 and history.runs_a_week < 3.5:
        share = LATE_RETURN_WISH
    if history.days_since_return >= 7:
        share = 0.7
    usual_m = history.usual_distance_m
    numbers = (("share", share), ("former_longest_m", former_m), ("gap_days", float(history.gap_days)))
    if share * former_m <= usual_m or not math.isfinite(usual_m):
        text = "Today {share:percent} of that longest run, {today_m:km}, is enough: a start, not a test."
        text = say(state.language, text, share=share, today_m=share * former_m)
        return Wish("return", share * former_m, (Reason(text, numbers, ("R-RETURN",)),))
    text = say(state.language, "Your usual run is {usual_m:km}; no more today: a start, not a test.", usual_m=usual_m)
    reason = Reason(text, (*numbers, ("usual_distance_m", usual_m)), ("R-RETURN", "your diary"))
    return Wish("return", usual_m, (reason,))


def _return_rest(state: State) -> Wish | None:
    """Return a day off between the first runs after a break: the day after a run, and beyond the former rhythm."""
    history = state.history
    often = math.isfinite(history.former_runs_a_week) and history.former_runs_a_week >= OFTEN
    in_a_row = 2 if often and history.days_since_return >= 7 else 1
    full = (
        history.runs_6d >= max(math.floor(history.former_runs_a_week), 1) if history.former_runs_a_week > 0 else False
    )
    if history.days_in_a_row < in_a_row and not full:
        return None
    text = say(
        state.language,
        "You ran on {runs:days} of the last six, after {gap:days} without a run: a day between two runs lets the body "
        "take it in.",
        runs=history.runs_6d, gap=history.gap_days,
    )  # fmt: skip
    numbers = (("runs_6d", float(history.runs_6d)), ("gap_days", float(history.gap_days)))
    return Wish("rest", 0.0, (Reason(text, numbers, ("R-ROW",)),), ("R-ROW",))


ROW = (
    "You have run {in_a_row:days} in a row; with {often:rate} runs a week, {allowed:days} in a row is your rhythm. "
    "Rest is when the training takes."
)
EVERY_OTHER = "With {often:rate} runs a week, a day off after each run is your rhythm. Rest is when the training takes."


def _rest_wish(state: State) -> Wish | None:
    history, allowed = state.history, days_in_a_row_allowed(state)
    if history.days_in_a_row >= allowed:
        text = ROW if allowed > 1 else EVERY_OTHER
        text = say(state.language, text, in_a_row=history.days_in_a_row, often=history.runs_a_week, allowed=allowed)
        numbers = (("days_in_a_row", float(history.days_in_a_row)), ("allowed", float(allowed)))
        return Wish("rest", 0.0, (Reason(text, numbers, ("R-ROW",)),), ("R-ROW",))
    had = math.floor(_runs_a_week(state) + (ROOM_TO_BUILD if builds(state) else ROOM))
    if regains(state):
        had = min(math.floor(_runs_a_week(state)) + 1, max(math.floor(history.former_runs_a_week + 0.5), had))
    if history.runs_a_week >= 1.0 and history.runs_6d >= had:
        text = say(
            state.language,
            "You ran on {runs:days} of the last six, {week_m:km}; your weeks lately had {often:rate} runs. This one "
            "has had its share.",
            runs=history.runs_6d, week_m=history.distance_7d_m, often=history.runs_a_week,
        )  # fmt: skip
        numbers = (("runs_6d", float(history.runs_6d)), ("runs_a_week", history.runs_a_week))
        return Wish("rest", 0.0, (Reason(text, numbers, ("your diary",)),))
    race = next_race(state)
    if race is not None and race.day - state.today == 2 and race.distance_m >= 10000:
        text = say(state.language, "Two days before {race:word}: rest.", race=named_race(race, state.language))
        return Wish("rest", 0.0, (Reason(text, (("days_to_race", 2.0),), ("R-TAPER",)),), ("R-TAPER",))
    return None


def _taper_wish(state: State, race: Race, share: float) -> Wish:
    ahead = race.day - state.today
    text = say(
        state.language,
        "{ahead:days} to {race:word}: about {share:percent} of the usual distance, so that you stand fresh.",
        ahead=ahead, race=named_race(race, state.language), share=share,
    )  # fmt: skip
    reason = Reason(text, (("days_to_race", float(ahead)), ("share", share)), ("R-TAPER",))
    usual_m = min(_usual_m(state), state.history.usual_distance_m) if state.history.runs else _usual_m(state)
    return Wish("easy", max(share * usual_m, min(usual_m, SMALLEST_RUN_M)), (reason,), ("R-TAPER",))


def named_race(race: Race, language: str) -> str:
    """Return a race by its name, else by its distance: "your half marathon"."""
    return race.name or say(language, "your {race_m:race}", race_m=race.distance_m)


def _long_wish(state: State, limits: Limits) -> Wish | None:
    history = state.history
    if "long" not in limits.kinds or history.longest_30d is None or (level_of(state) == "new" and history.runs < 8):
        return None
    weekday = (state.today + 3) % 7
    overdue = history.days_since_long >= 9
    if not overdue and (weekday != history.long_weekday or 0 <= history.days_since_long < 5):
        return None
    longest_m = history.longest_30d.distance_m
    distance_m = max(_long_m(state), 1.2 * _usual_m(state))
    counts = min(distance_m, limits.distance_m) >= LONG_SHARE * history.usual_distance_m
    if not counts and weekday != history.long_weekday:
        return None  # else a run that is not long enough to count as the long one would be asked for day after day
    since = history.days_since_long
    when = "Your last long run was {since:ago}" if since > 0 else "It is your day for the long run"
    text = say(
        state.language,
        "{when:word}; your longest in 30 days is {longest_m:km}, in a usual week you run {week_m:km}.",
        when=say(state.language, when, since=since), longest_m=longest_m, week_m=history.weekly_m,
    )  # fmt: skip
    numbers = (
        ("days_since_long", float(since)),
        ("longest_30d_m", longest_m),
        ("weekly_m", history.weekly_m),
    )
    return Wish("long", min(distance_m, LONGEST_TRAINING_M), (Reason(text, numbers, ("your diary",)),))


def _quality_wish(state: State, limits: Limits) -> Wish | None:
    history, level = state.history, level_of(state)
    ready = "steady" in limits.kinds and level != "new" and history.hard_7d == 0
    if not ready or history.weekly_m < 15000 or history.runs_a_week < 2 or state.fitness.vdot is None:
        return None
    if 0 <= history.days_since_hard < 2 or not _hard_day(state):
        return None
    fast = level == "marathon" and "intervals" in limits.kinds and (state.today // 7) % 2 == 1
    kind = "intervals" if fast else "steady"
    text = say(
        state.language,
        "No hard run in the last 7 days and {week_m:km} a week in your legs: {what:word} a week is enough, the rest "
        "stays easy.",
        week_m=history.weekly_m,
        what=say(state.language, "short fast repetitions once" if fast else "one steady run"),
    )
    numbers = (("hard_7d", float(history.hard_7d)), ("weekly_m", history.weekly_m))
    return Wish(kind, QUALITY_SHARE * _usual_m(state), (Reason(text, numbers, ("your diary",)),))


def _hard_day(state: State) -> bool:
    """Return whether this is the week's hard day: three days after the long run's, or the next one run on."""
    late = (state.today + 3 - state.history.long_weekday) % 7 - QUALITY_AFTER_LONG
    return 0 <= late <= 2 and state.history.days_since_run > late


def _easy_wish(state: State) -> Wish:
    history, usual_m = state.history, _usual_m(state)
    recovering = history.days_since_hard in (0, 1)
    share = RECOVERY_SHARE if recovering else 1.0
    why = "your last run was hard or long, so a short one" if recovering else "most running is easy running"
    if regains(state) and not recovering:
        why = "before the pause it was {former_m:km} a week, so a little more each time"
    text = say(
        state.language,
        "You run about {often:rate} times a week, {week_m:km} in all, so a usual run is {usual_m:km}; {why:word}.",
        usual_m=usual_m, often=history.runs_a_week, week_m=week_m(state),
        why=say(state.language, why, former_m=history.former_weekly_m),
    )  # fmt: skip
    numbers = (
        ("usual_distance_m", usual_m),
        ("week_m", week_m(state)),
        ("runs_a_week", history.runs_a_week),
        ("days_since_run", float(history.days_since_run)),
    )
    distance_m = max(share * usual_m, min(usual_m, SMALLEST_RUN_M))
    return Wish("easy", distance_m, (Reason(text, numbers, ("your diary",)),))


def week_m(state: State) -> float:
    """Return the distance in m that a week is planned for: what was borne of late, and more for those who build."""
    history = state.history
    if regains(state):
        return min(BORNE_SHARE * history.former_weekly_m, REGAIN * history.weekly_m)
    borne_m = max(history.weekly_m, BORNE_SHARE * history.best_weekly_m)
    return min(borne_m * (BUILDS if builds(state) else 1.0), MOST_OF_LATE * history.weekly_m)


def builds(state: State) -> bool:
    """Return whether the weeks are to grow: of newcomers, and of those with a race ahead."""
    ahead = any(0 < race.day - state.today <= BUILD_DAYS for race in state.races)
    return level_of(state) == "new" or ahead


def regains(state: State) -> bool:
    """Return whether the weeks of late are well below what was borne within half a year: after a pause."""
    history = state.history
    return history.weekly_m < PAUSED_SHARE * history.former_weekly_m


def _runs_a_week(state: State) -> float:
    """Return the runs a week of late; before today's run only 27 of the 28 days are over."""
    return state.history.runs_a_week * (28.0 / 27.0 if state.history.today_m == 0.0 else 1.0)


def _others(state: State) -> float:
    """Return how many runs a week has beside the long one."""
    return max(_runs_a_week(state) - 1.0, 1.0)


def _long_m(state: State) -> float:
    """Return the distance in m of this week's long run: 5 % longer at most, and no more than its share of the week."""
    history = state.history
    if history.longest_30d is None:
        return 0.0
    share = LONG_OF_WEEK if builds(state) else LONG_WORTH / (LONG_WORTH + _others(state))
    return min(1.05 * history.longest_30d.distance_m, share * week_m(state), LONGEST_TRAINING_M)


def _usual_m(state: State) -> float:
    """Return the distance in m of a usual run: the week's shared out among its runs, near the median of the last 20."""
    history = state.history
    usual_m = history.usual_distance_m
    if not math.isfinite(usual_m):
        return FIRST[""][0]
    if history.runs_a_week < 1.0:
        return usual_m
    shared_m = (week_m(state) - _long_m(state)) / (EVEN_SHARE * _others(state))
    near_m = min(max(shared_m, NEAR_USUAL[0] * usual_m), NEAR_USUAL[1] * usual_m)
    if not regains(state) or history.longest_30d is None:
        return near_m
    regained_m = min(
        history.former_usual_m, REGAIN_RUN * history.longest_30d.distance_m, week_m(state) / _others(state)
    )
    return max(near_m, min(regained_m, NEAR_USUAL[1] * max(shared_m, usual_m)))
