"""Which cards were shown, and what came of them: kept beside the diary's decisions, and made again from them.

The rule of this file: it stays on the device. What a person says of a card (done, refused) always counts; what they
merely open counts only while they let it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.store import Store
from edge.coach.journeys import EXITS, PREFIX
from edge.coach.shown import DAY_S, Moment, compact
from edge.coach.types import Decision, Shown

#: Under this name the diary keeps the history of cards.
MEMORY = "cards"
OUTCOMES = ("opened", "done", "refused")
KEPT_DAYS = 800.0
#: What a decision's outcome starts with where it is about a card.
_WORD = "card"


@dataclass(frozen=True, slots=True)
class CardMemory:
    """The history of cards, oldest first, and whether opening one may count."""

    shown: tuple[Shown, ...] = ()
    reading_counts: bool = True


def memory_of(store: Store) -> CardMemory:
    """Return the history of cards; made again from decisions and outcomes where it is missing or damaged."""
    text = store.memory(MEMORY)
    try:
        stored = json.loads(text) if text else None
        if stored is None:
            return CardMemory(_from_decisions(store))
        rows = tuple(Shown(str(c), float(at), str(what), str(stamp)) for c, at, what, stamp in stored["shown"])
        return CardMemory(rows, bool(stored["reading_counts"]))
    except (ValueError, KeyError, TypeError):
        return CardMemory(_from_decisions(store))


def shown_before(store: Store, now_unix_s: float, utc_offset_s: float) -> tuple[Shown, ...]:
    """Return what of the history matters for a decision now."""
    return compact(memory_of(store).shown, Moment(now_unix_s, utc_offset_s))


def remember(store: Store, decision: Decision, now_unix_s: float, utc_offset_s: float) -> None:
    """Keep what a decision shows: its cards, and the journeys that begin or end with it."""
    known = memory_of(store)
    fresh = [Shown(card.content_id, now_unix_s, "shown", card.stamp) for card in decision.content]
    fresh += [
        Shown(PREFIX + one.journey_id, now_unix_s, one.state, one.stamp)
        for one in decision.journeys
        if one.state in ("begun", *EXITS)
    ]
    _save(store, CardMemory((*known.shown, *fresh), known.reading_counts), now_unix_s, utc_offset_s)


def note(store: Store, card_id: str, outcome: str, now_unix_s: float, utc_offset_s: float = 0.0) -> bool:
    """Keep what came of a card; ValueError where it was never shown. False where opening is not to count."""
    known = memory_of(store)
    seen = [one for one in known.shown if one.card_id == card_id and one.outcome == "shown"]
    if outcome not in OUTCOMES or not seen:
        raise ValueError(f"no card {card_id!r} was shown that could be {outcome}")
    if outcome == "opened" and not known.reading_counts:
        return False
    latest = max(seen, key=lambda one: one.at_unix_s)
    decision_id = _decision_with(store, card_id)
    if decision_id:
        store.add_outcome(decision_id, f"{_WORD} {card_id} {outcome}", now_unix_s)
    row = Shown(card_id, now_unix_s, outcome, latest.stamp)
    _save(store, CardMemory((*known.shown, row), known.reading_counts), now_unix_s, utc_offset_s)
    return True


def let_reading_count(store: Store, counts: bool, now_unix_s: float) -> None:
    """Switch on or off whether opening a card counts; off forgets what was opened."""
    known = memory_of(store)
    kept = known.shown if counts else tuple(one for one in known.shown if one.outcome != "opened")
    _save(store, CardMemory(kept, counts), now_unix_s, 0.0)


def _save(store: Store, memory: CardMemory, now_unix_s: float, utc_offset_s: float) -> None:
    rows = _once_a_day(memory.shown, utc_offset_s)
    newest = max((one.at_unix_s for one in rows), default=0.0)
    kept = [
        [one.card_id, one.at_unix_s, one.outcome, one.stamp]
        for one in rows
        if one.at_unix_s > newest - KEPT_DAYS * DAY_S
    ]
    text = json.dumps({"reading_counts": memory.reading_counts, "shown": kept}, separators=(",", ":"))
    store.save_memory(MEMORY, text.encode(), now_unix_s)


def _once_a_day(rows: Iterable[Shown], utc_offset_s: float) -> Sequence[Shown]:
    """Return the rows in order of time, the first of each card, outcome and occasion of a local day."""
    offset_s = utc_offset_s if math.isfinite(utc_offset_s) else 0.0
    found: dict[tuple[str, str, str, int], Shown] = {}
    for one in sorted(rows, key=lambda o: (o.at_unix_s, o.card_id, o.outcome)):
        found.setdefault((one.card_id, one.outcome, one.stamp, int((one.at_unix_s + offset_s) // DAY_S)), one)
    return tuple(found.values())


def _decision_with(store: Store, card_id: str) -> str:
    """Return the id of the latest decision that showed a card; "" where it is not among the latest."""
    for row in store.decisions(60):
        if any(card.get("id") == card_id for card in json.loads(row.document).get("content", [])):
            return row.decision_id
    return ""


def _from_decisions(store: Store) -> tuple[Shown, ...]:
    """Return the history of cards as the stored decisions and their outcomes tell it."""
    rows: list[Shown] = []
    for row in store.decisions(2000):
        told = json.loads(row.document)
        stamps = {str(card["id"]): str(card.get("stamp", "")) for card in told.get("content", [])}
        rows += [Shown(card_id, row.made_unix_s, "shown", stamp) for card_id, stamp in stamps.items()]
        rows += [
            Shown(PREFIX + str(one["id"]), row.made_unix_s, str(one["state"]), str(one["stamp"]))
            for one in told.get("journeys", [])
            if one["state"] in ("begun", *EXITS)
        ]
        for outcome in store.outcomes(row.decision_id):
            word, _, rest = outcome.partition(" ")
            card_id, _, what = rest.partition(" ")
            if word == _WORD and what in OUTCOMES and card_id in stamps:
                rows.append(Shown(card_id, row.made_unix_s, what, stamps[card_id]))
    return tuple(sorted(rows, key=lambda one: one.at_unix_s))
