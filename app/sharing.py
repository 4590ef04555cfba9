"""Sharing as a service: consents, what would leave, and the shared prior in use, all kept in the diary.

The rule of this file: nothing leaves without consent to its purpose, and consent is off until it is given; what leaves
is drawn once a year and kept, because noise that is drawn again can be averaged away; without a shared prior the
bundled one stands.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app import places
from app.coach_inputs import read, text_of
from app.store import Store
from edge.coach.beliefs import State
from edge.coach.groups import groups_of
from models.person import bundled, spread_of
from models.sharing.blur import blurred
from models.sharing.contribution import LEAST_RUNS, Contribution, statistics
from models.sharing.exchange import PURPOSES, Permit, PriorExchange, SharingError
from models.sharing.files import shared_prior
from models.sharing.prior_text import contribution_from, contribution_text, shared_from, shared_text
from models.sharing.shared import GroupShift, SharedPrior
from models.sharing.situation import Situation, situation_of

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Under these names the diary keeps the consents, what would leave, and the shared prior in use.
CONSENTS, OUTGOING, IN_USE = "consents", "prior outgoing", "prior in use"
#: One contribution a year: that is what the stated epsilon holds for.
YEAR_S = 365.0 * 86400.0
_MOST_LOGGED = 200
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log: to what purpose, what happened ("on", "off" or "left") and when."""

    purpose: str
    what: str
    at_unix_s: float


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What would leave, as the text of its file, since when it is so, and whether it ever left."""

    text: str
    made_unix_s: float
    left: bool = False


@dataclass(frozen=True, slots=True)
class InUse:
    """The shared prior in use, as the text of its file, the situation that it is asked for, and since when."""

    text: str
    situation: Situation
    since_unix_s: float


def log_of(store: Store) -> tuple[Event, ...]:
    """Return the log of consents, oldest first; none given where that cannot be read."""
    try:
        return tuple(read(Event, one) for one in json.loads(store.memory(CONSENTS) or b"[]"))
    except (ValueError, KeyError, TypeError) as problem:
        _LOG.warning("the consents cannot be read (%s); none is taken as given", type(problem).__name__)
        return ()


def consented_unix_s(log: Sequence[Event], purpose: str) -> float:
    """Return since when consent to a purpose stands; NaN where it does not."""
    said = [one for one in log if one.purpose == purpose and one.what in ("on", "off")]
    return said[-1].at_unix_s if said and said[-1].what == "on" else math.nan


def consent(store: Store, purpose: str, on: bool, now_unix_s: float) -> None:
    """Give or withdraw consent to one purpose; ValueError for an unknown one.

    Withdrawn everywhere, what never left is dropped; what left is kept, so that nothing else leaves in the same year.
    """
    if purpose not in PURPOSES:
        raise ValueError(f"{purpose!r} is none of {', '.join(PURPOSES)}")
    _note(store, Event(purpose, "on" if on else "off", now_unix_s))
    kept, log = outgoing_of(store), log_of(store)
    if not any(math.isfinite(consented_unix_s(log, one)) for one in PURPOSES) and kept is not None and not kept.left:
        store.save_memory(OUTGOING, b"", now_unix_s)


def permit(store: Store, purpose: str) -> Permit:
    """Return the permit for a purpose; SharingError where consent to it does not stand."""
    since = consented_unix_s(log_of(store), purpose)
    if not math.isfinite(since):
        raise SharingError(
            f"you have not consented to sharing by {purpose}, so nothing left this device: "
            f"`kadenz prior show` shows what would leave, `kadenz prior consent {purpose} on` allows it"
        )
    return Permit(purpose, since)


def _note(store: Store, event: Event) -> None:
    log = (*log_of(store), event)[-_MOST_LOGGED:]
    store.save_memory(CONSENTS, json.dumps([json.loads(text_of(one)) for one in log]).encode(), event.at_unix_s)


def outgoing_of(store: Store) -> Outgoing | None:
    """Return what is kept to leave; None where there is nothing, or it cannot be read."""
    try:
        kept = store.memory(OUTGOING)
        return read(Outgoing, json.loads(kept)) if kept else None
    except (ValueError, KeyError, TypeError):
        return None


def outgoing(store: Store, now_unix_s: float) -> Contribution:
    """Return exactly what would leave now: that of this year where there is one, else a new one, which is kept.

    SharingError where there are too few runs, or no model to compare them with.
    """
    kept = outgoing_of(store)
    if kept is not None and now_unix_s - kept.made_unix_s < YEAR_S:
        return contribution_from(kept.text)
    left = [one.at_unix_s for one in log_of(store) if one.what == "left"]
    if kept is None and left and now_unix_s - left[-1] < YEAR_S:
        raise SharingError("you shared this year already, and what left was forgotten here: one in a year is enough")
    told = blurred(_own(store, now_unix_s))
    text = contribution_text(told)
    store.save_memory(OUTGOING, text_of(Outgoing(text, now_unix_s)).encode(), now_unix_s)
    return contribution_from(text)


def _own(store: Store, now_unix_s: float) -> Contribution:
    """Return what this person's runs say beside the bundled prior, not blurred: it must not leave this file."""
    from app.coach import facts_of, state_of
    from edge.coach.state import lessons_until
    from models.learner import learn

    facts = facts_of(store)
    lessons, person = lessons_until(facts, store.profile(), places.load(), now_unix_s)
    known, _ = learn(lessons, person)
    if known.prior.model_hash == "rules":
        raise SharingError(f"there is nothing to compare you with: {known.prior.source}")
    if known.person.runs < LEAST_RUNS:
        raise SharingError(
            f"{known.person.runs:.0f} runs of ten minutes and more with heart rate are too few to share; "
            f"it takes {LEAST_RUNS}"
        )
    row = statistics(
        known.person.mean[None], known.prior.mean[None], np.array([known.person.scatter_bpm2]), spread_of()
    )[0]
    situation = situation_of(groups_of(state_of(store, now_unix_s, None, facts)))
    return Contribution(situation, tuple(row.tolist()), known.prior.model_hash)


def offer(store: Store, door: PriorExchange, now_unix_s: float) -> Contribution:
    """Hand this year's contribution through a door, and note that it left; SharingError without consent."""
    allowed = permit(store, door.purpose)
    told = outgoing(store, now_unix_s)
    door.offer(told, allowed)
    kept = outgoing_of(store)
    if kept is not None:
        store.save_memory(OUTGOING, text_of(dataclasses.replace(kept, left=True)).encode(), now_unix_s)
    _note(store, Event(door.purpose, "left", now_unix_s))
    return told


def in_use(store: Store) -> InUse | None:
    """Return the shared prior in use; None where there is none, or it cannot be read any more."""
    try:
        kept = store.memory(IN_USE)
        return read(InUse, json.loads(kept)) if kept else None
    except (ValueError, KeyError, TypeError) as problem:
        _LOG.warning("the shared prior cannot be read (%s); the bundled one stands", type(problem).__name__)
        return None


def use(store: Store, path: Path, now_unix_s: float) -> GroupShift | None:
    """Use the shared prior of a file from now on; SharingError with the reason where it cannot be believed."""
    return take(store, shared_prior(path), path.name, now_unix_s)


def take(store: Store, prior: SharedPrior, name: str, now_unix_s: float) -> GroupShift | None:
    """Use a shared prior from now on; `name` is what an error calls it. Returns the shift of this person's group."""
    from app.coach import state_of

    base = bundled().model_hash
    if prior.base != base:
        raise SharingError(f"{name}: foreign: made over another bundled prior ({prior.base[:16]}, this one is {base})")
    if not prior.groups:
        raise SharingError(f"{name}: absurd: it tells of no group")
    situation = situation_of(groups_of(state_of(store, now_unix_s)))
    kept = InUse(shared_text(prior), situation, now_unix_s)
    store.save_memory(IN_USE, text_of(kept).encode(), now_unix_s)
    return prior.of(situation)


def leave(store: Store, now_unix_s: float) -> bool:
    """Return to the bundled prior; False where that was in use already."""
    if in_use(store) is None:
        return False
    store.save_memory(IN_USE, b"", now_unix_s)
    return True


def shift_in_use(store: Store) -> GroupShift | None:
    """Return by how much the prior is moved for this person; None where the bundled one stands alone."""
    kept = in_use(store)
    if kept is None:
        return None
    try:
        prior = shared_from(kept.text)
        return prior.of(kept.situation) if prior.base == bundled().model_hash else None
    except (SharingError, OSError, ValueError, RuntimeError) as problem:
        _LOG.warning("the shared prior in use cannot be believed (%s); the bundled one stands", problem)
        return None


def follow(store: Store, state: State, now_unix_s: float) -> None:
    """Let the shared prior in use follow the person's situation as a decision found it; it counts from the next on."""
    kept = in_use(store)
    situation = situation_of(groups_of(state))
    if kept is not None and kept.situation != situation:
        changed = dataclasses.replace(kept, situation=situation)
        store.save_memory(IN_USE, text_of(changed).encode(), now_unix_s)
