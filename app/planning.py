"""The coming days of a diary: planned, compared with what was accepted before, and changed by the person.

The rule of this file: what was accepted is kept in the diary; a change stays open until it is accepted, undone or past.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace

from app.coach import WISHED, Predictor, bundled_predictor, facts_of, state_of, wished_of
from app.coach_inputs import read, text_of
from app.rethink import engine_of
from app.store import Store
from edge.coach.types import Place, Wished
from edge.coach.week import Change, Week, changes, week
from edge.coach.whatif import Diary

#: Under this name the diary keeps the week that was last accepted.
ACCEPTED = "accepted week"
_KEPT_WISHES = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """The coming days, and the changes since they were last accepted."""

    week: Week
    changes: tuple[Change, ...]


def plan_of(
    store: Store,
    now_unix_s: float,
    here: Place | None = None,
    predictor: Predictor = "bundled",
    utc_offset_s: float = math.nan,
    language: str = "en",
) -> Plan:
    """Return the plan at a moment, its reasons in a language; days new to the accepted one are accepted."""
    facts = [f for f in facts_of(store) if f.start_unix_s <= now_unix_s]
    state = replace(state_of(store, now_unix_s, here, facts, utc_offset_s), language=language)
    engine = engine_of(state, bundled_predictor() if predictor == "bundled" else predictor)
    diary = Diary(tuple(facts), state.profile, state.races, state.said, here, state.wished, language)
    now = week(diary, now_unix_s, state.utc_offset_s, engine)
    accepted = _accepted(store)
    if accepted is None:
        accept(store, now)
        return Plan(now, ())
    known = {one.day for one in accepted.days}
    fresh = tuple(one for one in now.days if one.day not in known)
    old = tuple(one for one in accepted.days if one.day >= state.today - len(now.days))
    kept = replace(accepted, days=(*old, *fresh))
    if kept.days != accepted.days:
        accept(store, kept)
    return Plan(now, changes(kept, now, diary))


def accept(store: Store, accepted: Week) -> None:
    """Keep a week as the one that later ones are compared with."""
    store.save_memory(ACCEPTED, text_of(accepted).encode(), accepted.made_unix_s)


def undo(store: Store, plan: Plan, day: int, now_unix_s: float) -> Change | None:
    """Choose for a local day what was planned before; the rules still stand. None where nothing changed on that day."""
    change = next((one for one in plan.changes if one.day == day), None)
    if change is None:
        return None
    choose(store, Wished(day, change.was.kind, change.was.distance_m), now_unix_s)
    return change


def choose(store: Store, wished: Wished, now_unix_s: float) -> None:
    """Keep what the person wants on a day, in place of what they wanted before."""
    others = [one for one in wished_of(store) if one.day != wished.day]
    kept = sorted([*others, wished], key=lambda one: one.day)[-_KEPT_WISHES:]
    store.save_memory(WISHED, json.dumps([[one.day, one.kind, one.distance_m] for one in kept]).encode(), now_unix_s)


def _accepted(store: Store) -> Week | None:
    """Return the accepted week, None without one that this version can read."""
    stored = store.memory(ACCEPTED)
    try:
        return read(Week, json.loads(stored)) if stored else None
    except (ValueError, KeyError, TypeError):
        return None
