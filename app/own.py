"""What a person corrected and what was new to them, in the diary; and the way back.

The rule of this file: it is kept as memories of the diary, with no schema of its own; a damaged one is empty.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace

from app.coach_inputs import read, text_of
from app.store import Store
from edge.coach.own import Correction, Introduced, Own
from edge.coach.types import Decision, Profile

OWN, BEFORE = "own", "own before"
_KEPT_STEPS = 20


@dataclass(frozen=True, slots=True)
class Step:
    """What stood before a change: the profile and the corrections, and the change in words."""

    profile: Profile
    own: Own
    change: str


def own_of(store: Store) -> Own:
    """Return what the person corrected and what was new to them when."""
    try:
        return read(Own, json.loads(store.memory(OWN) or b'{"corrections":[],"introduced":[],"learned":[]}'))
    except (ValueError, KeyError, TypeError):
        return Own()


def introduce(store: Store, decision: Decision, today: int, now_unix_s: float) -> None:
    """Keep what a decision shows for the first time, once."""
    own = own_of(store)
    after = with_new(own, decision, today, now_unix_s)
    if after is not own:
        _save(store, after, now_unix_s)


def with_new(own: Own, decision: Decision, today: int, now_unix_s: float) -> Own:
    """Return what was introduced so far with what a decision introduces; the same where that is nothing."""
    known = {one.element for one in own.introduced}
    fresh = tuple(Introduced(name, today, now_unix_s) for name in decision.introduced if name not in known)
    return replace(own, introduced=(*own.introduced, *fresh)) if fresh else own


def change(store: Store, profile: Profile, own: Own, words: str, now_unix_s: float) -> None:
    """Keep a changed profile and corrections, and what stood before."""
    steps = (*_steps(store), Step(store.profile(), own_of(store), words))[-_KEPT_STEPS:]
    store.save_memory(BEFORE, json.dumps([text_of(step) for step in steps]).encode(), now_unix_s)
    store.save_profile(profile)
    _save(store, own, now_unix_s)


def undo(store: Store, now_unix_s: float) -> str:
    """Take the last change back; returns it in words, "" where there is none. What was shown since stays shown."""
    steps = _steps(store)
    if not steps:
        return ""
    last, now = steps[-1], own_of(store)
    shown = tuple(one for one in now.introduced if not one.element.startswith("kept:"))
    answers = tuple(one for one in last.own.introduced if one.element.startswith("kept:"))
    store.save_memory(BEFORE, json.dumps([text_of(step) for step in steps[:-1]]).encode(), now_unix_s)
    store.save_profile(last.profile)
    _save(store, Own(last.own.corrections, (*shown, *answers)), now_unix_s)
    return last.change


def corrected(own: Own, name: str, value: float, now_unix_s: float) -> Own:
    """Return the corrections with one for a name; NaN takes it away."""
    left = tuple(one for one in own.corrections if one.name != name)
    new = () if math.isnan(value) else (Correction(name, value, now_unix_s),)
    return replace(own, corrections=(*left, *new))


def _steps(store: Store) -> tuple[Step, ...]:
    try:
        return tuple(read(Step, json.loads(text)) for text in json.loads(store.memory(BEFORE) or b"[]"))
    except (ValueError, KeyError, TypeError):
        return ()


def _save(store: Store, own: Own, now_unix_s: float) -> None:
    store.save_memory(OWN, text_of(own).encode(), now_unix_s)
