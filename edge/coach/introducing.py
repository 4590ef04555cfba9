"""What of a decision is new to the person today: at most one personalised element a week, safety aside.

The rule of this file: it takes away what must wait and adds what the person's own runs and words tell; it never
touches the session or a rule.
"""

from __future__ import annotations

import math
from dataclasses import replace

from edge.coach import labels, targets
from edge.coach.beliefs import Response, State
from edge.coach.novelty import DISCOVERY, HEART_BAND, RESPONSE, allowed
from edge.coach.phrases import say
from edge.coach.types import Decision, Reason

_CARD = "discovery-"


def introduced(state: State, decision: Decision) -> Decision:
    """Return the decision with what may be shown today, and the names of what is new in it."""
    told = _own_response(state, decision)
    cards = [card.content_id for card in decision.content if card.content_id.startswith(_CARD)]
    candidates = (
        *((HEART_BAND,) if _has_own_band(state, decision) else ()),
        *((RESPONSE,) if told is not None else ()),
        *(f"{DISCOVERY}: {card}" for card in cards),
    )
    may = allowed(state.own.introduced, candidates, state.today)
    left = [
        card for card in decision.content if card.content_id not in cards or f"{DISCOVERY}: {card.content_id}" in may
    ]
    asks = labels.question(state)
    if asks is not None:
        left.append(asks)
    known = {one.element for one in state.own.introduced if one.day < state.today}
    new = tuple(name for name in may if name not in known)
    new = (*new, labels.asked(asks.stamp)) if asks is not None else new
    because = (*decision.because, told) if told is not None and RESPONSE in may else decision.because
    return replace(decision, content=tuple(left), because=because, introduced=new)


def _has_own_band(state: State, decision: Decision) -> bool:
    session = decision.session
    return session is not None and math.isfinite(session.hr_low_bpm) and targets.uses_own_line(state)


def _own_response(state: State, decision: Decision) -> Reason | None:
    """Return what this person's heart does on the run after a long or hard one, where today is that run."""
    history, session = state.history, decision.session
    if session is None or not session.distance_m > 0 or history.today_m > 0 or not 1 <= history.days_since_run <= 2:
        return None
    last = "long" if history.days_since_long == history.days_since_run else "steady" if history.last_was_hard else ""
    found = next((one for one in state.responses if one.kind == last and one.next_bpm is not None), None)
    return None if found is None else _told(found, state.language)


def _told(found: Response, language: str) -> Reason | None:
    middle = found.next_bpm
    if middle is None or middle.low <= 0.0 <= middle.high:
        return None
    way = "higher" if middle.value > 0 else "lower"
    first, last = sorted((abs(middle.low), abs(middle.high)))
    text = say(
        language,
        "After your {kind:word} runs the next one had a heart rate about {by:beats} {way:word} than usual at the same "
        "pace ({first:count} to {last:count}; {pairs:count} pairs of runs).",
        kind=say(language, found.kind), by=abs(middle.value), way=say(language, way), first=first, last=last,
        pairs=found.pairs,
    )  # fmt: skip
    numbers = (
        ("next_bpm", middle.value),
        ("low_bpm", middle.low),
        ("high_bpm", middle.high),
        ("n", float(found.pairs)),
    )
    return Reason(text, numbers, ("your own runs",))
