"""The coach as a service: diary in, decision out, kept in the diary with all that it takes to compute it again.

The rule of this file: it only carries values between the diary, the place table, the race model and edge.coach.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from app import choosing, places, sharing
from app.cards import catalogue
from app.cards.history import remember, shown_before
from app.coach_inputs import (
    COACH_VERSION,
    Inputs,
    Listening,
    Remembered,
    facts_hash,
    inputs_from,
    sealed,
    stored,
    text_of,
)
from app.output import iso_time, plain
from app.own import introduce, own_of
from app.patterns import patterns_of
from app.rethink import engine_of
from app.store import DecisionRow, RunRow, Store
from app.trips import ahead_of, home_among, ran_since, since_here, trips_of, under_way
from device.files.totals import settled
from edge.coach.beliefs import State
from edge.coach.choosing import put_first
from edge.coach.corrections import with_own
from edge.coach.lessons import Learner
from edge.coach.state import lessons_until, state_from
from edge.coach.today import decide
from edge.coach.types import (
    Content,
    Counterfactual,
    Decision,
    Place,
    Profile,
    RacePredictor,
    Reason,
    RunFact,
    Session,
    Standing,
    Wished,
)
from edge.coach.whatif import Diary, counterfactual
from edge.heart import load_from_average, load_from_effort
from edge.samples import Estimate
from edge.summary import RunSummary
from models.learner import PersonLearner, expected_of_last

#: How hard (0 to 10) a run counts that was recorded without heart rate.
EASY_EFFORT = 6.0
#: Under this name the diary keeps what was learned of the person.
MEMORY = "person"
#: And under this one what the person chose for days.
WISHED = "wished"
_LOG = logging.getLogger(__name__)
Predictor = RacePredictor | Literal["bundled"] | None


def learner_of(store: Store) -> PersonLearner:
    """Return what learns this person: over the bundled prior, moved where people like them shared and they use it."""
    return PersonLearner(store.memory(MEMORY), shared=sharing.shift_in_use(store))


def bundled_predictor() -> RacePredictor | None:
    """Return the bundled race model, or None where it cannot be loaded: the rules then stand alone."""
    try:
        from models.race import RaceModel

        return RaceModel.load()
    except (ImportError, OSError, ValueError, RuntimeError) as problem:
        _LOG.warning("the race model cannot be loaded (%s); Riegel's formula stands in", problem)
        return None


def decide_today(
    store: Store,
    now_unix_s: float,
    here: Place | None = None,
    predictor: Predictor = "bundled",
    utc_offset_s: float = math.nan,
    language: str = "en",
) -> tuple[str, Decision]:
    """Return the id and the decision for the local day of `now_unix_s`, and keep both in the diary.

    The cards are those of the catalogue, in a language of `edge.coach.languages`.
    """
    facts = facts_of(store)
    learner = learner_of(store)
    believed = dataclasses.replace(
        state_of(store, now_unix_s, here, facts, utc_offset_s, learner, True), language=language
    )
    state = stored(State, believed)  # as it reads back: a whole number someone typed, an infinity
    chosen = bundled_predictor() if predictor == "bundled" else predictor
    listening = None if chosen is None else Listening(chosen)
    decision = decide(state, listening, catalogue())
    given = here or (state.where.here if state.where.here_source == "you said" else None)
    decision = replace(decision, otherwise=_otherwise(state, facts, given, decision, chosen))
    picked, kept = choosing.first(store, decision, state, facts)
    seen = Inputs(
        COACH_VERSION,
        state,
        tuple(listening.questions) if listening else (),
        listening.model_hash if listening else "",
        listening is not None,
        facts_hash([f for f in facts if f.start_unix_s <= now_unix_s]),
        len(facts),
        catalogue().content_hash,
        decision.otherwise,
        picked,
    )
    inputs = stored(Inputs, seen)
    decision = _sealed(replace(decision, otherwise=inputs.otherwise), inputs)
    shown = _text_of(decision, state.utc_offset_s)
    store.save_memory(MEMORY, learner.memory, now_unix_s)
    remember(store, decision, now_unix_s, state.utc_offset_s)
    if kept is not None:
        choosing.save(store, kept, now_unix_s)
    introduce(store, decision, state.today, now_unix_s)
    sharing.follow(store, state, now_unix_s)
    return store.save_decision(shown, text_of(inputs), now_unix_s), decision


def _otherwise(
    state: State,
    facts: Sequence[RunFact],
    here: Place | None,
    decision: Decision,
    predictor: RacePredictor | None,
) -> Counterfactual | None:
    """Return what one change in the diary would have made of today, all that was learned being equal."""
    engine = engine_of(state, predictor)
    past = tuple(f for f in facts if f.start_unix_s <= state.now_unix_s)
    diary = Diary(past, state.profile, state.races, state.said, here, state.wished, state.language)
    return counterfactual(
        diary, decision, lambda changed: engine(changed, state.now_unix_s), state.today, state.where.home
    )


def replay(store: Store, decision_id: str) -> bool:
    """Return whether a stored decision, computed again from its stored inputs, is the same bit for bit.

    False where an input or the document was changed, or where another version of the coach or of its cards made it.
    """
    return replays(store.decision(decision_id))


def replays(row: DecisionRow) -> bool:
    """Return whether a decision's row, computed again from its inputs, is the same bit for bit; see `replay`."""
    try:
        inputs = inputs_from(row.inputs)
        if inputs.catalogue_hash != catalogue().content_hash or row.made_unix_s != inputs.state.now_unix_s:
            return False
        again = _decided_again(inputs)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, ArithmeticError, IndexError):
        return False  # inputs that no coach could have stored
    return _text_of(again, inputs.state.utc_offset_s) == row.document and text_of(inputs) == row.inputs


def _decided_again(inputs: Inputs) -> Decision:
    model = Remembered(inputs.questions, inputs.model_hash) if inputs.with_model else None
    again = decide(inputs.state, model, catalogue())
    return _sealed(replace(again, otherwise=inputs.otherwise), inputs)


def _sealed(decision: Decision, inputs: Inputs) -> Decision:
    """Return the decision with what was chosen put first, and the hash of all that it was made from."""
    return replace(put_first(decision, inputs.state, inputs.picked), inputs_hash=sealed(inputs))


def _text_of(decision: Decision, utc_offset_s: float) -> str:
    shown = plain(document(decision, utc_offset_s=utc_offset_s))
    return json.dumps(shown, ensure_ascii=False, sort_keys=True)


def diary_agrees(store: Store, decision_id: str) -> bool:
    """Return whether the diary still gives the state that a stored decision rests on (no later import or change)."""
    inputs = inputs_from(store.decision(decision_id).inputs)
    now_unix_s = inputs.state.now_unix_s
    return facts_hash([f for f in facts_of(store) if f.start_unix_s <= now_unix_s]) == inputs.facts_hash


def state_of(
    store: Store,
    now_unix_s: float,
    here: Place | None = None,
    facts: Sequence[RunFact] | None = None,
    utc_offset_s: float = math.nan,
    learner: Learner | None = None,
    keeps: bool = False,
) -> State:
    """Return what the diary lets the coach believe at a moment; with `keeps` a place named first is remembered."""
    rows = facts_of(store) if facts is None else facts
    taught_by = learner or learner_of(store)
    profile, races, said = store.profile(), store.races(), store.said()
    wished = wished_of(store)
    trips = trips_of(store)
    home = home_among(rows, now_unix_s) if trips else None
    trip = under_way(trips, home, now_unix_s)
    here = trip.place if here is None and trip is not None and not ran_since(rows, trip, now_unix_s) else here
    since = math.nan if here is None else since_here(store, here, trips, now_unix_s, keeps)
    state = state_from(
        rows, profile, races, places.load(), here, now_unix_s, utc_offset_s, taught_by, said, wished,
        here_since_unix_s=since,
    )  # fmt: skip
    state = replace(state, ahead=ahead_of(trips, home, now_unix_s))
    shown = shown_before(store, now_unix_s, state.utc_offset_s)
    patterns = patterns_of(state, rows) if choosing.choosing_of(store).on else ()
    return with_own(replace(state, shown=shown, patterns=patterns), own_of(store))


def wished_of(store: Store) -> tuple[Wished, ...]:
    """Return what the person chose for days, by day; none where that cannot be read."""
    try:
        return tuple(Wished(int(d), str(k), float(m)) for d, k, m in json.loads(store.memory(WISHED) or b"[]"))
    except (ValueError, TypeError):
        return ()


def expected_hr(store: Store, run_id: str) -> Estimate | None:
    """Return the mean heart rate in bpm that was to be expected of a run from all runs before it; None if it is none.

    None too for a run that must not count, is shorter than ten minutes or has no earlier run to go by.
    """
    start_unix_s = store.run(run_id).start_unix_s
    lessons, person = lessons_until(facts_of(store), store.profile(), places.load(), start_unix_s)
    return (
        expected_of_last(lessons, person, sharing.shift_in_use(store))
        if lessons.run_id and lessons.run_id[-1] == run_id
        else None
    )


def facts_of(store: Store) -> list[RunFact]:
    """Return every finished run of the diary as the coach sees it, oldest first."""
    profile = store.profile()
    return [fact for fact in (fact_of(row, profile) for row in store.runs()) if fact is not None]


def fact_of(row: RunRow, profile: Profile) -> RunFact | None:
    """Return one row of the diary as a fact; None while it is open or without a summary."""
    if row.summary is None or row.state != "finished":
        return None
    s = row.summary if row.stated is None else settled(row.summary, row.stated, row.sport)
    low_m, high_m = s.altitude_min_m, s.altitude_max_m
    return RunFact(
        row.run_id,
        row.start_unix_s,
        row.utc_offset_s,
        row.sport,
        row.sub_sport,
        _known(s.distance_m),
        _known(s.moving_s if math.isfinite(s.moving_s) else s.timer_s),
        s.timer_s,
        s.avg_hr_bpm,
        s.max_hr_bpm,
        s.ascent_m,
        s.start_latitude_deg,
        s.start_longitude_deg,
        0.5 * (low_m + high_m),
        dict(s.best_efforts_s),
        _load(s, profile),
        row.valid and not s.suspect,
        low_m,
        high_m,
        s.avg_cadence_spm,
    )


def rest_hr_bpm(profile: Profile) -> float:
    """Return the resting heart rate in beats/min to reckon load with: the stated one, else a usual 60."""
    return _or(profile.rest_hr_bpm, 60.0)


def _load(summary: RunSummary, profile: Profile) -> float:
    """Return the training load of a run: from its heart rate, else as an easy run; 0 where its time is unknown."""
    moving_s = _known(summary.moving_s)
    if not math.isfinite(summary.avg_hr_bpm):
        return load_from_effort(moving_s, EASY_EFFORT, profile.sex)
    rest_bpm, max_bpm = rest_hr_bpm(profile), _or(profile.max_hr_bpm, 190.0)
    return load_from_average(moving_s, summary.avg_hr_bpm, rest_bpm, max_bpm, profile.sex)


def _known(value: float) -> float:
    return value if math.isfinite(value) else 0.0


def _or(value: float, otherwise: float) -> float:
    return value if math.isfinite(value) else otherwise


def document(decision: Decision, decision_id: str = "", utc_offset_s: float = math.nan) -> dict[str, object]:
    """Return a decision as `kadenz today --json` prints it; NaN where nothing is given."""
    session = decision.session
    head: dict[str, object] = {"id": decision_id} if decision_id else {}
    return {
        **head,
        "show": decision.show,
        **(session_document(session) if session is not None else {}),
        "because": [_reason(reason) for reason in decision.because],
        "valid_until": iso_time(decision.valid_until_unix_s, utc_offset_s),
        "rule_ids": list(decision.rule_ids),
        "alternatives": [{"name": name, **session_document(other)} for name, other in decision.alternatives],
        "content": [_content(card, utc_offset_s) for card in decision.content],
        "model_hash": decision.model_hash,
        "inputs_hash": decision.inputs_hash,
        "propensity": decision.propensity,
        "forecast": decision.forecast,
        "otherwise": decision.otherwise,
        "journeys": [_journey(one) for one in decision.journeys],
        "introduced": list(decision.introduced),
    }


def session_document(session: Session) -> dict[str, object]:
    """Return a session as `--json` prints it."""
    return {
        "kind": session.kind,
        "distance_m": session.distance_m,
        "duration_s": session.duration_s,
        "pace_low_s_per_km": session.pace_low_s_per_km,
        "pace_high_s_per_km": session.pace_high_s_per_km,
        "hr_low_bpm": session.hr_low_bpm,
        "hr_high_bpm": session.hr_high_bpm,
    }


def _reason(reason: Reason) -> dict[str, object]:
    return {"text": reason.text, "numbers": dict(reason.numbers), "evidence": list(reason.evidence)}


def _content(card: Content, utc_offset_s: float) -> dict[str, object]:
    return {
        "id": card.content_id,
        "title": card.title,
        "text": card.text,
        "because": [_reason(reason) for reason in card.because],
        "valid_until": iso_time(card.valid_until_unix_s, utc_offset_s),
        "action": card.action,
        "tone": card.tone,
        "safety": card.safety,
        "stamp": card.stamp,
    }


def _journey(one: Standing) -> dict[str, object]:
    return {
        "id": one.journey_id,
        "name": one.name,
        "state": one.state,
        "step": one.step,
        "steps": one.steps,
        "stamp": one.stamp,
    }
