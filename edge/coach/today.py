"""Today's decision: a wish from the diary, targets from the model and the person, and the rules above both.

The rule of this file: the same state and the same model answers give the same decision, bit for bit; the rules
are applied last, to the session and to each alternative.
"""

from __future__ import annotations

import dataclasses
import hashlib
import math
from dataclasses import dataclass

from edge.coach import introducing, plan, rules, targets
from edge.coach.beliefs import State
from edge.coach.cards import cards
from edge.coach.catalogue import Catalogue
from edge.coach.personal import Personal, personal
from edge.coach.phrases import say
from edge.coach.rules import Limits
from edge.coach.substitutes import NAMES, SUBSTITUTE_S, how, without_running
from edge.coach.targets import Band
from edge.coach.telling import SUBSTITUTE_RULES, in_order
from edge.coach.titles import EFFORT, TITLES
from edge.coach.types import Decision, Race, RacePredictor, Reason, Session
from edge.coach.words import BY_EFFORT_SHARE, OPEN_SHARE, sentence

__all__ = ["decide", "proposal", "sentence_of"]

#: Slower than this nobody walks.
SLOWEST_S_PER_KM = 2400.0
REST = Session("rest", 0.0, 0.0, math.nan, math.nan, math.nan, math.nan)
#: The fallback that shaped the pace where there is no model.
NO_MODEL = "F-NO-MODEL"
NO_CARDS = Catalogue()
#: Rules that also speak on a race day: those about the body, not those about distance.
RACE_DAY_RULES = frozenset(
    {"R-PAIN", "R-ALTITUDE", "R-ALTITUDE-HIGH", "R-BETA", "R-YOUTH", "R-LADDER", "R-HEAT", "R-MEDS", "R-ILL",
     "R-FATIGUE", "R-SLEEP", "R-STRESS", "R-SHIFT", "R-OVERRIDE"}
)  # fmt: skip
#: Rules by which there is no pace to hold, and walking counts: a fast end at most, under the last two not even that.
NO_PACE_RULES = frozenset({"R-BETA", "R-PREGNANT", "R-POSTPARTUM"})
NO_FAST_END_RULES = frozenset({"R-PREGNANT", "R-POSTPARTUM"})
#: Kinds that are run through, without walking by turns.
WHOLE_RUNS = rules.RUNNING_KINDS - {"walk-run"}
#: Cards that may stand beside a call for help: anything else would be training.
HELP_CARDS = ("red-flag", "help")
_BY_EFFORT = "{title:word}: {far_m:km}, about {long_s:minutes}, by effort: {effort:word}; not faster than {fast:pace}."
_BY_BREATH = "{title:word}: {far_m:km}, about {long_s:minutes}, by effort: {effort:word}."
_BY_PACE = "{title:word}: {far_m:km}, about {long_s:minutes}, at {fast:clock} to {slow:pace}: {effort:word}."
_WITH_HEART = (
    "{title:word}: {far_m:km}, about {long_s:minutes}, at {fast:clock} to {slow:pace}, heart rate {low:count} to "
    "{high_bpm:beats}: {effort:word}."
)


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
    found = proposal(state, predictor, catalogue)
    return dataclasses.replace(found, inputs_hash=hashlib.sha256(repr(state).encode()).hexdigest()[:16])


def proposal(state: State, predictor: RacePredictor | None, catalogue: Catalogue = NO_CARDS) -> Decision:
    """Return what `decide` returns, without the hash of what it was made from: `inputs_hash` is "".

    For those who decide many times, or seal a decision by a hash of their own.
    """
    limits = rules.limits_of(state)
    decision = _decided(state, limits, predictor)
    content, journeys = cards(state, limits, decision.session, predictor, catalogue)
    if limits.seek_help:
        help_cards = tuple(card for card in content if card.content_id.startswith(HELP_CARDS))
        return dataclasses.replace(decision, content=help_cards)
    return introducing.introduced(state, dataclasses.replace(decision, content=content, journeys=journeys))


def _decided(state: State, limits: Limits, predictor: RacePredictor | None) -> Decision:
    """Return today's decision without cards."""
    if limits.seek_help:
        return _help_decision(state, limits)
    race = plan.race_today(state)
    if race is not None:
        go = limits.race_allowed
        return _race_decision(state, limits, race, predictor) if go else _no_race_decision(state, limits, race)
    wish = plan.wish(state, limits)
    own = personal(state, limits) if wish.kind in ("easy", "long") else Personal()
    draft = _draft(wish.kind, own.share * wish.distance_m, state, limits, predictor)
    alternatives = _offered(_alternatives(draft.session, state, limits, predictor), own, limits)
    runs = draft.session.kind in rules.RUNNING_KINDS
    without_model = not draft.model_hash and runs and state.fitness.vdot is not None
    alone = any("F-NO-PERSON" in reason.evidence for reason in draft.reasons)
    ids = (
        *limits.rule_ids,
        *wish.rule_ids,
        *((NO_MODEL,) if without_model else ()),
        *(("F-NO-PERSON",) if alone else ()),
    )
    first = (*limits.reasons, *wish.reasons) if wish.kind in ("first", "return") else (*wish.reasons, *limits.reasons)
    first = (*_race_too_soon(state, limits), *first)
    because = in_order((*own.reasons, *first, *draft.reasons, *_how(state, alternatives, draft.session)), draft.session)
    return _decision(
        state, limits, sentence_of(draft.session, limits, state.language), draft, because, alternatives, ids
    )


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
        because=because or (Reason(say(state.language, "Nothing in your diary asks for more today."), (), ()),),
        alternatives=alternatives,
        content=(),
        rule_ids=tuple(dict.fromkeys(rule_ids)),
        model_hash=draft.model_hash,
        propensity=1.0,
        inputs_hash="",
        forecast=state.forecast,
    )


def _draft(
    kind: str, distance_m: float, state: State, limits: Limits, predictor: RacePredictor | None, slower: float = 1.0
) -> _Draft:
    """Return a session of a kind and a wished distance in m with its targets, within the limits."""
    if kind == "rest" or kind not in limits.kinds:
        return _Draft(REST, (), "")
    if kind in rules.CROSS_KINDS:
        return _Draft(without_running(kind, limits.duration_s) or REST, (), "")
    band, model_hash = targets.pace_band(kind, state, predictor)
    band = Band(float(round(band.low * slower)), float(round(band.high * slower)), band.reasons)
    heart = targets.heart_band(kind, band, state, limits)
    moved = targets.in_heat(targets.at_altitude(band, state), state)
    seconds = distance_m / 1000.0 * _mean_pace(kind, moved, state)
    most = min(plan.longest_s(kind) / seconds, 1.0) if seconds > 0 else 1.0
    wished = Session(
        kind, distance_m * most, seconds * most, moved.low, moved.high, _whole(heart.low), _whole(heart.high)
    )
    session = rules.clip(wished, limits)
    reasons = (*moved.reasons, *heart.reasons) if kind != "walk-run" else ()  # by turns there is no pace to explain
    if not NO_PACE_RULES.isdisjoint(limits.rule_ids):
        session, reasons = _without_pace(session, state, NO_FAST_END_RULES.isdisjoint(limits.rule_ids))
    return _Draft(session if session.distance_m > 0 else REST, reasons, model_hash)


def _without_pace(session: Session, state: State, fast_end: bool) -> tuple[Session, tuple[Reason, ...]]:
    """Return the session with no slow end to its pace, and a fast one only where asked, and why: effort leads."""
    low = session.pace_low_s_per_km
    text = say(state.language, "There is no pace to hold: as easy as it takes to talk, and walking counts.")
    numbers = (("pace_low_s_per_km", low),) if math.isfinite(low) else ()
    high = min((OPEN_SHARE if fast_end else 1.2 * BY_EFFORT_SHARE) * low, SLOWEST_S_PER_KM)
    return dataclasses.replace(session, pace_high_s_per_km=high), (Reason(text, numbers, ("by effort",)),)


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
    if main.kind in rules.CROSS_KINDS or main.kind in ("rest", "walk-run"):
        instead = substitutes(main, limits)
        if instead or main.kind != "rest":
            return (*((s.kind, s) for s in instead), ("rest", REST))
        return _instead_of_rest(state, limits, predictor)
    kind = "easy" if main.kind == "long" else main.kind
    shorter = _draft(kind, 0.65 * main.distance_m, state, limits, predictor).session
    gentle = main.kind if main.kind in ("first", "return") else "easy"
    easier = _draft(gentle, 0.85 * main.distance_m, state, limits, predictor, slower=1.06).session
    return (("shorter", shorter), ("easier", easier), ("rest", REST))


def _offered(
    alternatives: tuple[tuple[str, Session], ...], own: Personal, limits: Limits
) -> tuple[tuple[str, Session], ...]:
    """Return the alternatives with what suits this person before the last, which is rest."""
    found = ((kind, without_running(kind, limits.duration_s)) for kind in own.offers)
    return (*alternatives[:-1], *((kind, s) for kind, s in found if s is not None), *alternatives[-1:])


def _instead_of_rest(state: State, limits: Limits, predictor: RacePredictor | None) -> tuple[tuple[str, Session], ...]:
    kind = next((k for k in ("easy", "return", "first") if k in limits.kinds), "rest")
    usual_m = state.history.usual_distance_m
    short_m = min(0.5 * usual_m, 5000.0) if math.isfinite(usual_m) else 2000.0
    short = _draft(kind, short_m, state, limits, predictor, slower=1.04).session
    if short.kind == "rest":
        walk = without_running("walk", limits.duration_s) if "walk" in limits.kinds else None
        return ((walk.kind, walk),) if walk is not None else ()
    easier = _draft(kind, 0.6 * short_m, state, limits, predictor, slower=1.08).session
    return (("shorter", short), ("easier", easier))


def substitutes(main: Session, limits: Limits) -> tuple[Session, ...]:
    """Return the sessions without running that the rules leave in place of running, at most three."""
    if not SUBSTITUTE_RULES & set(limits.rule_ids) or limits.kinds & WHOLE_RUNS:
        return ()
    kinds = [kind for kind in ("bike", "pool", "strength", "walk") if kind in limits.kinds and kind != main.kind]
    found = (without_running(kind, limits.duration_s) for kind in kinds)
    return tuple(session for session in found if session is not None)[:3]


def _how(state: State, alternatives: tuple[tuple[str, Session], ...], main: Session) -> tuple[Reason, ...]:
    """Return how a substitute is done so that it spares what hurts."""
    areas = [injury.area for injury in state.injuries if injury.state != "watch"]
    kinds = [s.kind for _, s in (("", main), *alternatives) if s.kind in rules.CROSS_KINDS]
    notes = [(kind, note) for kind in kinds if (note := how(kind, areas))]
    if not notes:
        return ()
    said = [f"{say(state.language, kind)}: {_each(note, state.language)}" for kind, note in notes]
    text = "Instead of running, and only without pain: {notes:word}."
    text = say(state.language, text, notes="; ".join(said))
    return (Reason(text, (("minutes", SUBSTITUTE_S / 60.0),), ("substitutes by body area",)),)


def _each(note: str, language: str) -> str:
    """Return notes on how a substitute is done, each in a language."""
    return "; ".join(say(language, one) for one in note.split("; "))


def _rest_words(limits: Limits, language: str) -> str:
    return say(language, _rest_sentence(limits))


def _rest_sentence(limits: Limits) -> str:
    ids = set(limits.rule_ids)
    if ids & {"R-FEVER", "R-ILL"} and limits.kinds == {"rest"}:
        return "Rest today: no training until you are well."
    if "R-BONE" in ids:
        return "Rest today, off the sore place as far as you can, and see a clinician."
    if ids & {"R-AMS"} and limits.kinds == {"rest"}:
        return "Rest today, and no higher: go down if it gets worse."
    if "R-HEAT" in ids and not limits.kinds & rules.RUNNING_KINDS:
        return "Rest today, or train indoors where it is cool: no running outdoors."
    if ids & SUBSTITUTE_RULES and limits.kinds & rules.CROSS_KINDS and not limits.kinds & WHOLE_RUNS:
        return "No running today: rest, or one of the sessions below, only without pain."
    return "Rest today: walk if you like, no running."


def sentence_of(session: Session, limits: Limits, language: str = "en") -> str:
    """Return the session in one sentence."""
    if session.kind == "rest":
        return _rest_words(limits, language)
    effort = say(language, EFFORT.get(session.kind, "easy"))
    if session.kind in rules.CROSS_KINDS:
        text, title = "{title:word}: {long_s:minutes}; {effort:word}.", NAMES[session.kind]
    elif session.kind == "walk-run":
        text, title = "{title:word}: about {long_s:minutes}; {effort:word}.", TITLES[session.kind]
    elif limits.effort_only:
        text = _BY_EFFORT if NO_FAST_END_RULES.isdisjoint(limits.rule_ids) else _BY_BREATH
        title = TITLES[session.kind]
    else:
        text, title = _WITH_HEART if math.isfinite(session.hr_low_bpm) else _BY_PACE, TITLES[session.kind]
    return say(
        language, text, title=say(language, title), effort=effort, long_s=session.duration_s, far_m=session.distance_m,
        fast=session.pace_low_s_per_km, slow=session.pace_high_s_per_km, low=session.hr_low_bpm,
        high_bpm=session.hr_high_bpm,
    )  # fmt: skip


def _help_decision(state: State, limits: Limits) -> Decision:
    """Return the decision of a red flag: seek help, and nothing of training beside it."""
    asking = ("R-REDFLAG", "R-AMS")
    reasons = tuple(r for r in limits.reasons if set(r.evidence) & set(asking))
    ids = tuple(i for i in limits.rule_ids if i in asking)
    found = _decision(state, limits, limits.seek_help, _Draft(REST, (), ""), reasons, (), ids)
    return dataclasses.replace(found, forecast=None)


def _no_race_decision(state: State, limits: Limits, race: Race) -> Decision:
    """Return the decision not to start: the reasons that forbid it, and what is left of the day."""
    name = race.name or sentence(plan.named_race(race, state.language))
    text = say(state.language, "{race:word}: no start today. A race can be run another time.", race=name)
    numbers = (("distance_m", race.distance_m), ("against", float(len(limits.no_race_because))))
    reason = Reason(text, numbers, ("R-RACE-GO",))
    against = tuple(i for r in limits.no_race_because for i in r.evidence if i in rules.RULES)
    instead = (*((s.kind, s) for s in substitutes(REST, limits)), ("rest", REST))
    because = (*limits.no_race_because, reason, *_how(state, instead, REST))
    why = limits.no_race_because[0].text
    show = say(state.language, "{race:word}: do not start. {why:word}", race=name, why=why)
    return _decision(
        state, limits, show, _Draft(REST, (), ""), because, instead, (*against, *_kept(limits), "R-RACE-GO")
    )


def _go_if(state: State) -> Reason:
    """Return the conditions under which an entered race is started."""
    text = (
        "Start if the morning agrees: no fever, no chest pain, no breathlessness or dizziness, nothing that hurts 3 "
        "of 10 or "
        "more, and no black flag for heat. Else it is no start, and that is no failure."
    )
    return Reason(say(state.language, text), (("injuries", float(len(state.injuries))),), ("R-RACE-GO",))


def _race_decision(state: State, limits: Limits, race: Race, predictor: RacePredictor | None) -> Decision:
    """Return the decision for a race day: the race with its predicted time; injury and fever still come first."""
    name = race.name or sentence(plan.named_race(race, state.language))
    prediction = targets.predict(state, predictor, race.distance_m)
    spoken = _spoken(state, limits)
    text = say(state.language, "You entered {race:word} for today.", race=name)
    entered = Reason(text, (("distance_m", race.distance_m),), ("you said", "R-RACE"))
    easier, first = (("easier", dataclasses.replace(REST)),), (entered, _go_if(state), *spoken)
    if prediction is None:
        session = dataclasses.replace(REST, kind="race", distance_m=race.distance_m, duration_s=math.nan)
        draft = _Draft(session, (), "")
        text = "{race:word}: {far_m:km}. I know too little to predict a time; start easy."
        show = say(state.language, text, race=name, far_m=race.distance_m)
        return _decision(state, limits, show, draft, first, easier, (*_kept(limits), "R-RACE", "R-RACE-GO"))
    middle = prediction.time_s / race.distance_m * 1000.0
    band = Band(float(round(middle * 0.99)), float(round(middle * 1.03)), ())
    moved = targets.in_heat(targets.at_altitude(band, state), state)
    heart = targets.heart_band("intervals" if race.distance_m <= 10000 else "steady", band, state, limits)
    time_s = float(round(prediction.time_s * moved.low / band.low))
    session = Session("race", race.distance_m, time_s, moved.low, moved.high, _whole(heart.low), _whole(heart.high))
    told = (targets.race_reason(state, prediction, name), *moved.reasons, *heart.reasons)
    show = say(
        state.language, "{race:word}: {far_m:km} in about {time_s:clock}, at {fast:clock} to {slow:pace}.",
        race=name, far_m=race.distance_m, time_s=time_s, fast=moved.low, slow=moved.high,
    )  # fmt: skip
    ids = (*_kept(limits), "R-RACE", "R-RACE-GO", *(() if prediction.model_hash else (NO_MODEL,)))
    return _decision(state, limits, show, _Draft(session, (), prediction.model_hash), (*first, *told), easier, ids)


def _kept(limits: Limits) -> tuple[str, ...]:
    """Return the rules that also speak on a race day."""
    return tuple(i for i in limits.rule_ids if i in RACE_DAY_RULES)


def _race_too_soon(state: State, limits: Limits) -> tuple[Reason, ...]:
    """Return what to think of a race that comes while the person is only starting, again or at all; nothing else."""
    race = plan.next_race(state)
    if race is None or not {"R-RETURN", "R-FIRST"} & set(limits.rule_ids):
        return ()
    days = race.day - state.today
    text = (
        "{race:word} in {ahead:days} is soon: take it as a run with walking breaks, choose a shorter one, or leave it."
    )
    name = race.name or sentence(plan.named_race(race, state.language))
    text = say(state.language, text, race=name, ahead=float(days))
    return (Reason(text, (("days_to_race", float(days)), ("distance_m", race.distance_m)), ("you said",)),)


def _spoken(state: State, limits: Limits) -> tuple[Reason, ...]:
    """Return what the rules say on a race day, and a word of caution after a break."""
    spoken = tuple(reason for reason in limits.reasons if set(reason.evidence) & RACE_DAY_RULES)
    if not {"R-RETURN", "R-FIRST"} & set(limits.rule_ids):
        return spoken
    text = "You have hardly run of late: take this race as a run to finish with walking breaks, or leave it this time."
    text = say(state.language, text)
    return (*spoken, Reason(text, (("distance_28d_m", state.history.distance_28d_m),), ("your diary",)))
