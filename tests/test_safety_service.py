"""What was said, from the diary to the screen: kept, decided by, replayed, and shown in words."""

from __future__ import annotations

import json
import math

import pytest
from coach_people import DAY_S, NOON, Riegel
from test_coach_service import filled

from app import coach
from app.coach_inputs import inputs_from, text_of
from app.coach_text import session_cells
from app.output import plain
from app.store import Store
from app.view import session_text
from app.views.today import session_figures, today_view
from app.views.words import Words
from edge.coach.said import Constraint
from edge.coach.types import Decision

DAYS = {
    "a sore knee": [Constraint("pain", "knee", "left", 6.0)],
    "an aching shin at night": [Constraint("pain", "shin", "", math.nan, "night")],
    "pain of 4": [Constraint("pain", "knee", "right", 4.0)],
    "fever": [Constraint("illness", situation="fever")],
    "chest pain": [Constraint("red_flag", "chest", situation="chest_pain")],
    "heat": [Constraint("weather", situation="hot", value=33.0)],
    "postpartum": [Constraint("pregnancy", situation="postpartum", value=8.0)],
    "thirty minutes": [Constraint("time", value=30.0), Constraint("sleep", situation="bad")],
}


def decided(said: list[Constraint]) -> tuple[Decision, dict[str, object]]:
    with filled(Store.in_memory()) as store:
        store.add_sentence("as the labels say", said, NOON - 0.2 * DAY_S)
        decision_id, decision = coach.decide_today(store, NOON, None, Riegel())
        inputs = inputs_from(store.decision(decision_id).inputs)
        assert coach.replay(store, decision_id) and coach.diary_agrees(store, decision_id)
        assert repr(inputs.state) == repr(coach.state_of(store, NOON))
        assert text_of(inputs) == store.decision(decision_id).inputs
        document = json.loads(json.dumps(plain(coach.document(decision)), allow_nan=False))
    return decision, document


@pytest.mark.parametrize("name", list(DAYS))
def test_a_day_by_what_was_said_replays_bit_for_bit_and_is_valid_json(name: str) -> None:
    decision, document = decided(DAYS[name])
    assert document["show"] == decision.show and document["rule_ids"]


@pytest.mark.parametrize("name", list(DAYS))
def test_every_session_is_shown_in_words_without_missing_numbers(name: str) -> None:
    decision, _ = decided(DAYS[name])
    shown = [session_text(s) for _, s in decision.alternatives]
    for _, session in decision.alternatives:
        shown += session_cells(session)
        if session.distance_m == 0.0 and session.kind != "rest":
            assert "km" not in session_text(session) and "min" in session_text(session)
            assert "distance" not in [caption for _, caption in session_figures(session, Words())]
    assert not any(word in text for text in shown for word in ("nan", "None", "0.00"))
    assert today_view(decision, Words(), now_unix_s=NOON).title == decision.show


def test_taking_a_sentence_back_takes_its_rule_back() -> None:
    with filled(Store.in_memory()) as store:
        number = store.add_sentence("chest pain", DAYS["chest pain"], NOON - 0.2 * DAY_S)
        _, flagged = coach.decide_today(store, NOON, None, Riegel())
        store.take_back(number, NOON - 0.1 * DAY_S)
        _, free = coach.decide_today(store, NOON, None, Riegel())
    assert "R-REDFLAG" in flagged.rule_ids and "R-REDFLAG" not in free.rule_ids
