"""The living persona: every part of one person's state with its value, doubt, source and date, or what would tell it.

The rule of this file: pure functions of values; a part that is not known says so and what would tell.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from edge.coach.beliefs import Belief, State
from edge.coach.cards import phase_of
from edge.coach.entry import Entry
from edge.coach.heart import line_bpm
from edge.coach.injury import next_step
from edge.coach.own_targets import ENOUGH_RUNS, known
from edge.coach.performance import race_time_s
from edge.coach.phrases import GERMAN, say
from edge.coach.rules import used_to_m
from edge.coach.types import RunFact
from edge.coach.weather import wbgt_of
from edge.coach.weight_course import weight_entries
from edge.coach.what_said import place_words
from edge.coach.words import sentence

_90 = 1.645
#: A way measured by satellite is right within this share, a week's load within that, by experience (assumptions).
WAY_DOUBT_SHARE, LOAD_DOUBT_SHARE = 0.02, 0.10
#: People's hearts answer height and warmth so many times as strongly as the usual one (`models.own_targets`).
RESPONSES = (0.55, 1.4)
_RESPONSE = {
    "altitude": (
        "height raises your heart rate about {share:percent} more than most people's",
        "height raises your heart rate about {share:percent} less than most people's",
    ),
    "heat": (
        "warmth raises your heart rate about {share:percent} more than most people's",
        "warmth raises your heart rate about {share:percent} less than most people's",
    ),
}
_DAY_S = 86400.0
PARTS = (
    "fitness", "endurance", "heart rate", "load", "injuries", "altitude", "heat", "weight", "sleep", "stress",
    "preferences", "phase", "goal",
)  # fmt: skip
_TELLS = {
    "fitness": "a race result, or a brisk run of 1.5 km or more",
    "endurance": "a run in the last 30 days",
    "heart rate": "three runs with a heart-rate strap",
    "load": "any activity recorded or imported",
    "altitude": "a run with a position",
    "heat": 'a sensor, or `kadenz checkin "hot today, 28 degrees"`',
    "weight": "`kadenz me set weight 70`",
    "sleep": '`kadenz checkin "slept badly"`',
    "stress": '`kadenz checkin "stress at work"`',
    "preferences": "choosing another session for a day",
    "goal": '`kadenz me set goal "10 km"` or `kadenz race add`',
}


def persona(state: State, facts: Sequence[RunFact]) -> tuple[Entry, ...]:
    """Return every part of `PARTS` at least once, in that order; `facts` are all sports up to the state's moment."""
    found = [*_fitness(state), *_heart(state), *_load(state, facts), *_injuries(state), *_places(state),
             *_body(state), *_choices(state)]  # fmt: skip
    told = {entry.part for entry in found}
    found += [_unknown(part, state.language) for part in PARTS if part not in told]
    return tuple(sorted(found, key=lambda entry: PARTS.index(entry.part)))


def _unknown(part: str, language: str) -> Entry:
    nan = math.nan
    tells = say(language, _TELLS[part]) if part in _TELLS else ""
    return Entry(part, say(language, "not known"), nan, nan, nan, "", "unknown", nan, tells)


def _of(part: str, text: str, belief: Belief, unit: str) -> Entry:
    return Entry(
        part, text, belief.value, belief.low, belief.high, unit, belief.source, belief.as_of_unix_s, "", belief.evidence
    )


def _exact(part: str, text: str, value: float, unit: str, source: str, at_unix_s: float) -> Entry:
    return Entry(part, text, value, value, value, unit, source, at_unix_s)


def _fitness(state: State) -> list[Entry]:
    found, vdot, usual = [], state.fitness.vdot, state.fitness.usual_pace_s_per_km
    if vdot is not None:
        best, middle, worst = (race_time_s(one, 10000.0) for one in (vdot.high, vdot.value, vdot.low))
        text = "you could race 10 km in about {middle:clock} near the sea, between {best:clock} and {worst:clock}"
        text = say(state.language, text, middle=middle, best=best, worst=worst)
        found.append(_of("fitness", text, vdot, "VDOT"))
    if usual is not None:
        text = "you usually run at {usual:pace}, most runs between {fast:pace} and {slow:pace}"
        text = say(state.language, text, usual=usual.value, fast=usual.low, slow=usual.high)
        found.append(_of("fitness", text, usual, "s per km"))
    longest = state.history.longest_30d
    if longest is not None:
        far_m, doubt_m = longest.distance_m, WAY_DOUBT_SHARE * longest.distance_m
        text = "your longest run of 30 days: {far_m:km} in {long_s:minutes}, measured within about {doubt_m:metres}"
        text = say(state.language, text, far_m=far_m, long_s=longest.moving_s, doubt_m=doubt_m)
        measured = Belief(far_m, far_m - doubt_m, far_m + doubt_m, "measured", state.now_unix_s, (longest.run_id,))
        found.append(_of("endurance", text, measured, "m"))
    return found


def _heart(state: State) -> list[Entry]:
    line, usual, top = state.heart, state.fitness.usual_pace_s_per_km, state.max_hr_bpm
    text = "highest heart rate about {top:beats}, between {low:count} and {high:beats}"
    text = say(state.language, text, top=top.value, low=top.low, high=top.high)
    found = [_of("heart rate", text, top, "beats/min")]
    if usual is None:
        return found
    bpm, doubt = line_bpm(line, 1000.0 / usual.value), _90 * math.hypot(line.sd_at_2_8_bpm, line.residual_sd_bpm)
    text = "a run at {usual:pace} takes {bpm:beats}, single runs {low:count} to {high:beats}"
    text = say(state.language, text, usual=usual.value, bpm=bpm, low=bpm - doubt, high=bpm + doubt)
    source = f"{line.source}, {line.runs} runs with heart rate"
    own = Belief(bpm, bpm - doubt, bpm + doubt, source, line.as_of_unix_s)
    return [*found, _of("heart rate", text, own, "beats/min")]


def _load(state: State, facts: Sequence[RunFact]) -> list[Entry]:
    week = [f for f in facts if 0.0 <= state.now_unix_s - f.start_unix_s < 28 * _DAY_S and math.isfinite(f.load)]
    totals = {sport: sum(f.load for f in week if f.sport == sport) for sport in sorted({f.sport for f in week})}
    total = sum(totals.values()) / 4.0
    if not total > 0.0:
        return []
    shares = ", ".join(
        say(state.language, "{sport:word} {share:count} %", sport=say(state.language, sport), share=25.0 * load / total)
        for sport, load in totals.items()
        if total > 0
    )
    text = "{week_m:km} of running in a usual week; with all sports {total:count} points of effort ({shares:word})"
    text = say(state.language, text, week_m=state.history.weekly_m, total=total, shares=shares)
    doubt = LOAD_DOUBT_SHARE * total
    source = "measured, or by time without heart rate"
    return [_of("load", text, Belief(total, total - doubt, total + doubt, source, state.now_unix_s), "points a week")]


def _injuries(state: State) -> list[Entry]:
    found = []
    for one in state.injuries:
        language, text = state.language, "{place:word}: {state:word}; next: {then:word}"
        if math.isfinite(one.severity.value):
            text = "{place:word}: {state:word}, last said {felt:of_ten}; next: {then:word}"
        then = one.next_step_when if language == "en" else next_step(one, state.now_unix_s, language)
        place, felt = place_words(language, one.area, one.side), one.severity.value
        text = say(language, text, place=place, state=say(language, one.state), felt=felt, then=then)
        found.append(_of("injuries", text, one.severity, "0 to 10"))
    if found:
        return found
    named = ", ".join(state.profile.injuries)
    text = "you named: {named:word}" if named else "nothing hurts, as far as you told me"
    text = say(state.language, text, named=named)
    return [Entry("injuries", text, *(3 * (math.nan,)), "", "you said", state.now_unix_s)]


def _places(state: State) -> list[Entry]:
    found, home, used, here = [], state.where.home_altitude_m, state.where.acclimatised_m, wbgt_of(state.weather)
    if home is not None:
        text = say(state.language, "home lies at about {home_m:metres}", home_m=home.value)
        found.append(_of("altitude", text, home, "m"))
    if used is not None and math.isfinite(used_to_m(state)):
        text = say(state.language, "your body is used to about {used_m:metres}", used_m=used.value)
        found.append(_of("altitude", text, used, "m"))
    if here is not None:
        wbgt, source = here
        text = "heat stress today (WBGT) {wbgt_c:degrees}, between {low_c:count} and {high_c:degrees}"
        text = say(state.language, text, wbgt_c=wbgt.value, low_c=wbgt.low, high_c=wbgt.high)
        found.append(Entry("heat", text, wbgt.value, wbgt.low, wbgt.high, "°C", source, state.now_unix_s))
    return [*found, *_responses(state)]


def _responses(state: State) -> list[Entry]:
    """Return how this person's heart answers height and warmth beside other people's, where a model has learned it."""
    own = known(state)
    if own is None or own.heart_runs < ENOUGH_RUNS:
        return []
    found = []
    for part, times in (("altitude", own.altitude_response), ("heat", own.heat_response)):
        if not RESPONSES[0] <= times <= RESPONSES[1]:
            continue
        share = round(20.0 * (times - 1.0)) / 20.0
        if share == 0.0:  # as it is for everybody of whom the runs tell nothing
            continue
        text = say(state.language, _RESPONSE[part][0 if share > 0.0 else 1], share=abs(share))
        entry = Entry(part, text, times, *RESPONSES, "times the usual", "inferred", state.now_unix_s)
        found.append(entry)
    return found


def _body(state: State) -> list[Entry]:
    found = weight_entries(state)
    for part in ("sleep", "stress"):
        said = [one for one in state.said if one.constraint.kind == part]
        if said:
            lately = sum(state.now_unix_s - one.said_unix_s < 7 * _DAY_S for one in said)
            what = said[-1].constraint.situation or part
            what = say(state.language, what if state.language == "en" or what in GERMAN else part)
            text = "last said: {what:word}; {times:word} in seven days"
            text = say(state.language, text, what=what, times=_times(lately, state.language))
            source = f"you said (sentence {said[-1].sentence})"
            found.append(_exact(part, text, float(lately), "times in 7 days", source, said[-1].said_unix_s))
    return found


def _times(count: int, language: str) -> str:
    return say(language, "once" if count == 1 else "{count:count} times", count=count)


def _choices(state: State) -> list[Entry]:
    found, now, language = [], state.now_unix_s, state.language
    if state.wished:
        kinds = [one.kind for one in state.wished]
        most = max(sorted(set(kinds)), key=kinds.count)
        text = "you chose another session on {chosen:count} days, most often {most:word}"
        if len(kinds) == 1:
            text = "you chose another session on one day, most often {most:word}"
        text = say(language, text, chosen=len(kinds), most=say(language, most))
        found.append(_exact("preferences", text, float(len(kinds)), "days", "you said", now))
    phase, since = phase_of(state), state.history.days_since_run
    text = "{phase:word}: last run {since:ago}" if since >= 0 else "{phase:word}: no run yet"
    text = say(language, text, phase=say(language, phase), since=since)
    found.append(_exact("phase", text, float(since) if since >= 0 else math.nan, "days", "inferred", now))
    if state.profile.goal:
        found.append(Entry("goal", state.profile.goal, *(3 * (math.nan,)), "", "you said", now))
    for race in state.races:
        if race.day >= state.today and math.isnan(race.time_s):
            ahead = race.day - state.today
            when = "today" if ahead == 0 else "tomorrow" if ahead == 1 else "in {ahead:count} days"
            text, when = "{race:word}: {far_m:km}, {when:word}", say(language, when, ahead=ahead)
            text = say(language, text, race=race.name or say(language, "a race"), far_m=race.distance_m, when=when)
            found.append(_exact("goal", sentence(text), race.distance_m, "m", "you said", now))
    return found
