"""When to speak unasked: the one card to bring to the person now, or the reason for saying nothing.

The rule of this file: silence is a choice and is told with its reason; looking changes nothing, only `said` does.
"""

from __future__ import annotations

from dataclasses import replace

from app.cards import catalogue
from app.cards.history import remember, shown_before
from app.coach import Predictor, bundled_predictor, state_of
from app.store import Store
from edge.coach.catalogue import speaks_unasked
from edge.coach.shown import Moment
from edge.coach.today import decide
from edge.coach.types import Content, Decision


def notice(
    store: Store, now_unix_s: float, utc_offset_s: float, predictor: Predictor = "bundled", language: str = "en"
) -> tuple[Content | None, str, Decision]:
    """Return the card to bring now and "", or None and why nothing is said; and the decision it stands beside.

    Quiet hours, and how many cards a day and a week may bring, are those of the catalogue's policy.
    """
    state = replace(state_of(store, now_unix_s, utc_offset_s=utc_offset_s), language=language)
    decision = decide(state, bundled_predictor() if predictor == "bundled" else predictor, catalogue())
    history = shown_before(store, now_unix_s, state.utc_offset_s)
    moment = Moment(now_unix_s, state.utc_offset_s)
    card, why = speaks_unasked(decision.content, history, catalogue().policy, moment)
    return card, why, decision


def said(store: Store, card: Content, decision: Decision, now_unix_s: float, utc_offset_s: float) -> None:
    """Keep that a card was brought: it then counts among those of its day and week."""
    remember(store, replace(decision, content=(card,), journeys=()), now_unix_s, utc_offset_s)
