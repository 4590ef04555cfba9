"""Today's decision: a wish from the diary, targets from the model and the person, and the rules above both.

The rule of this file: the same state and the same model answers give the same decision, bit for bit; the rules
are applied last, to the session and to each alternative.
"""

from __future__ import annotations

import dataclasses
import hashlib
import math
from dataclasses import dataclass

from edge.coach import plan, rules, targets
from edge.coach.beliefs import State
from edge.coach.cards import cards
from edge.coach.catalogue import Catalogue
from edge.coach.rules import Limits
from edge.coach.targets import Band
from edge.coach.types import Decision, Race, RacePredictor, Reason, Session
from edge.coach.words import clock, km, minutes, pace, paces, race_name

__all__ = ["decide"]

REST = Session("rest", 0.0, 0.0, math.nan, math.nan, math.nan, math.nan)
#: The fallback that shaped the pace where there is no model.
NO_MODEL = "F-NO-MODEL"
NO_CARDS = Catalogue()
#: Rules that also speak on a race day: those about the body, not those about distance.
RACE_DAY_RULES = frozenset({"R-PAIN", "R-ALTITUDE", "R-ALTITUDE-HIGH", "R-BETA", "R-YOUTH"})
_EFFORT = {
    "easy": "easy enough to talk in sentences",
    "long": "easy enough to talk in sentences all the way",
    "steady": "comfortably hard, a few words at a time",
    "intervals": "hard but even, never all out",
    "return": "very easy, talking all the time",
    "first": "very easy, walking as much as you like",
}
_TITLES = {
    "easy": "Easy run",
    "long": "Long run",
    "steady": "Steady run",
    "intervals": "Repetitions",
    "return": "A run to come back",
    "first": "A first session",
}


@dataclass(frozen=True, slots=True)
class _Draft:
    """A session before and after the rules, with its reasons and the hash of the model that shaped it."""

    session: Session
    reasons: tuple[Reason, ...]
    model_hash: str


def decide(state: State, predictor: RacePredictor | None, catalogue: Catalogue = NO_CARDS) -> Decision:
    """Return today's decision; valid until the end of the local day. Without a predictor Riegel's formula stands in.

    The cards beside it come from the catalogue; they are chosen last and change nothing.
    """
    limits = rules.limits_of(state)
    decision = _decided(state, limits, predictor)
    content, journeys = cards(state, limits, decision.session, predictor, catalogue)
    return dataclasses.replace(decision, content=content, journeys=journeys)


def _decided(state: State, limits: Limits, predictor: RacePredictor | None) -> Decision:
    """Return today's decision without cards."""
    race = plan.race_today(state)
    if race is not None:
        return _race_decision(state, limits, race, predictor)
    wish = plan.wish(state, limits)
    draft = _draft(wish.kind, wish.distance_m, state, limits, predictor)
    alternatives = _alternatives(draft.session, state, limits, predictor)
    without_model = not draft.model_hash and draft.session.kind != "rest" and state.fitness.vdot is not None
    ids = (*limits.rule_ids, *wish.rule_ids, *((NO_MODEL,) if without_model else ()))
    first = (*limits.reasons, *wish.reasons) if wish.kind in ("first", "return") else (*wish.reasons, *limits.reasons)
    because = (*first, *draft.reasons)
    return _decision(state, limits, _show(draft.session, limits), draft, because, alternatives, ids)


def _decision(
    state: State,
    limits: Limits,
    show: str,
    draft: _Draft,
    because: tuple[Reason, ...],
    alternatives: tuple[tuple[str, Session], ...],
    rule_ids: tuple[str, ...],
) -> Decision:
    return Decision(
        show=show,
        session=draft.session,
        valid_until_unix_s=state.end_of_day_unix_s,
        because=because or (Reason("Nothing in your diary asks for more today.", (), ()),),
        alternatives=alternatives,
        content=(),
        rule_ids=tuple(dict.fromkeys(rule_ids)),
        model_hash=draft.model_hash,
        propensity=1.0,
        inputs_hash=hashlib.sha256(repr(state).encode()).hexdigest()[:16],
        forecast=state.forecast,
    )


def _draft(
    kind: str, distance_m: float, state: State, limits: Limits, predictor: RacePredictor | None, slower: float = 1.0
) -> _Draft:
    """Return a session of a kind and a wished distance in m with its targets, within the limits."""
    if kind == "rest" or kind not in limits.kinds:
        return _Draft(REST, (), "")
    band, model_hash = targets.pace_band(kind, state, predictor)
    band = Band(float(round(band.low * slower)), float(round(band.high * slower)), band.reasons)
    heart = targets.heart_band(kind, band, state, limits)
    moved = targets.at_altitude(band, state)
    seconds = distance_m / 1000.0 * _mean_pace(kind, moved, state)
    most = min(plan.longest_s(kind) / seconds, 1.0) if seconds > 0 else 1.0
    wished = Session(
        kind, distance_m * most, seconds * most, moved.low, moved.high, _whole(heart.low), _whole(heart.high)
    )
    session = rules.clip(wished, limits)
    return _Draft(session if session.distance_m > 0 else REST, (*moved.reasons, *heart.reasons), model_hash)


def _mean_pace(kind: str, band: Band, state: State) -> float:
    """Return the pace in s per km over the whole session, walking breaks and the easy part of repetitions included."""
    if kind == "first":
        distance_m, duration_s = rules.first_session(state.profile)
        return max(band.middle, duration_s / distance_m * 1000.0)
    return band.middle * (1.2 if kind == "intervals" else 1.0)


def _whole(value: float) -> float:
    return float(round(value)) if math.isfinite(value) else value


def _alternatives(
    main: Session, state: State, limits: Limits, predictor: RacePredictor | None
) -> tuple[tuple[str, Session], ...]:
    """Return a shorter and an easier session, both within the same limits; for a rest day a short run and rest."""
    if main.kind == "rest":
        return _instead_of_rest(state, limits, predictor)
    kind = "easy" if main.kind == "long" else main.kind
    shorter = _draft(kind, 0.65 * main.distance_m, state, limits, predictor).session
    gentle = main.kind if main.kind in ("first", "return") else "easy"
    easier = _draft(gentle, 0.85 * main.distance_m, state, limits, predictor, slower=1.06).session
    return (("shorter", shorter), ("easier", easier), ("rest", REST))


def _instead_of_rest(state: State, limits: Limits, predictor: RacePredictor | None) -> tuple[tuple[str, Session], ...]:
    kind = next((k for k in ("easy", "return", "first") if k in limits.kinds), "rest")
    usual_m = state.history.usual_distance_m
    short_m = min(0.5 * usual_m, 5000.0) if math.isfinite(usual_m) else 2000.0
    short = _draft(kind, short_m, state, limits, predictor, slower=1.04).session
    if short.kind == "rest":
        return (("easier", REST),)
    easier = _draft(kind, 0.6 * short_m, state, limits, predictor, slower=1.08).session
    return (("shorter", short), ("easier", easier))


def _show(session: Session, limits: Limits) -> str:
    """Return the session in one sentence."""
    if session.kind == "rest":
        return "Rest today: walk if you like, no running."
    text = f"{_TITLES[session.kind]}: {km(session.distance_m)}, about {minutes(session.duration_s)}"
    effort = _EFFORT[session.kind]
    if limits.effort_only:
        return f"{text}, by effort: {effort}; not faster than {pace(session.pace_low_s_per_km)}."
    text += f", at {paces(session.pace_low_s_per_km, session.pace_high_s_per_km)}"
    if math.isfinite(session.hr_low_bpm):
        text += f", heart rate {session.hr_low_bpm:.0f} to {session.hr_high_bpm:.0f}"
    return f"{text}: {effort}."


def _race_decision(state: State, limits: Limits, race: Race, predictor: RacePredictor | None) -> Decision:
    """Return the decision for a race day: the race with its predicted time; injury and fever still come first."""
    name = race.name or f"Your {race_name(race.distance_m)}"
    prediction = targets.predict(state, predictor, race.distance_m)
    spoken = _spoken(state, limits)
    entered = Reason(f"You entered {name} for today.", (("distance_m", race.distance_m),), ("you said", "R-RACE"))
    easier = (("easier", dataclasses.replace(REST)),)
    if prediction is None:
        session = dataclasses.replace(REST, kind="race", distance_m=race.distance_m, duration_s=math.nan)
        draft = _Draft(session, (), "")
        show = f"{name}: {km(race.distance_m)}. I know too little to predict a time; start easy."
        return _decision(state, limits, show, draft, (entered, *spoken), easier, (*_kept(limits), "R-RACE"))
    middle = prediction.time_s / race.distance_m * 1000.0
    band = Band(float(round(middle * 0.99)), float(round(middle * 1.03)), ())
    moved = targets.at_altitude(band, state)
    heart = targets.heart_band("intervals" if race.distance_m <= 10000 else "steady", band, state, limits)
    time_s = float(round(prediction.time_s * moved.low / band.low))
    session = Session("race", race.distance_m, time_s, moved.low, moved.high, _whole(heart.low), _whole(heart.high))
    reasons = (
        entered,
        *_spoken(state, limits),
        targets.race_reason(state, prediction, name),
        *moved.reasons,
        *heart.reasons,
    )
    show = f"{name}: {km(race.distance_m)} in about {clock(time_s)}, at {paces(moved.low, moved.high)}."
    ids = (*_kept(limits), "R-RACE", *(() if prediction.model_hash else (NO_MODEL,)))
    return _decision(state, limits, show, _Draft(session, (), prediction.model_hash), reasons, easier, ids)


def _kept(limits: Limits) -> tuple[str, ...]:
    """Return the rules that also speak on a race day."""
    return tuple(i for i in limits.rule_ids if i in RACE_DAY_RULES)


def _spoken(state: State, limits: Limits) -> tuple[Reason, ...]:
    """Return what the rules say on a race day, and a word of caution after a break."""
    spoken = tuple(reason for reason in limits.reasons if set(reason.evidence) & RACE_DAY_RULES)
    if not {"R-RETURN", "R-FIRST"} & set(limits.rule_ids):
        return spoken
    text = "You have hardly run of late: take this race as a run to finish with walking breaks, or leave it this time."
    return (*spoken, Reason(text, (("distance_28d_m", state.history.distance_28d_m),), ("your diary",)))
