"""Journeys: cards that belong together over days or weeks, with a start and exits.

The rule of this file: where a journey stands follows from facts and history alone. It ends once, by the first exit
that applies, and what ended does not go on; its steps never go back.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from edge.coach.conditions import Condition, holds
from edge.coach.facts import Facts
from edge.coach.shown import DAY_S, SEEN, Moment
from edge.coach.types import Shown, Standing

#: How a journey can end, in the order in which exits are looked for.
EXITS = ("injured", "refused", "overtaken", "done", "stale")
PREFIX = "journey:"


@dataclass(frozen=True, slots=True)
class Step:
    """A card, and from which to which day of the journey (0 = the day it begins) it may come."""

    card_id: str
    from_day: int
    to_day: int


@dataclass(frozen=True, slots=True)
class Journey:
    """One journey: its steps in order, when it starts and ends, how long it lasts and rests, its name by language."""

    journey_id: str
    steps: tuple[Step, ...]
    starts: tuple[Condition, ...]
    injured: tuple[Condition, ...]
    overtaken: tuple[Condition, ...]
    """Beside these, a new occasion (another stamp) overtakes it."""
    done: tuple[Condition, ...]
    """Beside these, its last step shown before today ends it well."""
    stale: tuple[Condition, ...]
    lasts_days: int
    rests_days: int
    """How long after an end it does not begin again; a refusal counts four times."""
    stamp: str
    names: tuple[tuple[str, str], ...]


def standings(
    journeys: Sequence[Journey], facts: Facts, history: Sequence[Shown], language: str
) -> tuple[Standing, ...]:
    """Return where each journey stands that begins, goes on or ends now."""
    found = (_standing(journey, facts, history, language) for journey in journeys)
    return tuple(one for one in found if one is not None)


def steps_open(
    journeys: Sequence[Journey], standing: Sequence[Standing], history: Sequence[Shown], facts: Facts
) -> frozenset[str]:
    """Return the ids of the cards that are open steps of a journey that begins or goes on."""
    going = {one.journey_id for one in standing if one.state in ("begun", "on")}
    opened = (_open(j, history, facts) for j in journeys if j.journey_id in going)
    return frozenset(card_id for ids in opened for card_id in ids)


def begun(journey: Journey, history: Sequence[Shown], now_unix_s: float) -> Shown | None:
    """Return when a journey began that has not ended; None with none under way."""
    own = [o for o in history if o.card_id == PREFIX + journey.journey_id and o.at_unix_s < now_unix_s]
    last = max(own, key=lambda o: (o.at_unix_s, o.outcome != "begun"), default=None)
    return last if last is not None and last.outcome == "begun" else None


def _standing(journey: Journey, facts: Facts, history: Sequence[Shown], language: str) -> Standing | None:
    start = begun(journey, history, facts.now_unix_s)
    if start is None:
        if not _may_begin(journey, facts, history):
            return None
        return _told(journey, "begun", 0, _stamp(journey, facts), language)
    step = _reached(journey, start, history, facts)
    ends = {
        "injured": bool(journey.injured) and holds(journey.injured, facts),
        "refused": _refused(journey, start, history, facts),
        "overtaken": _overtaken(journey, start, facts),
        "done": (bool(journey.done) and holds(journey.done, facts)) or _walked(journey, start, history, facts),
        "stale": _day(start, facts) > journey.lasts_days or (bool(journey.stale) and holds(journey.stale, facts)),
    }
    state = next((name for name in EXITS if ends[name]), "on")
    return _told(journey, state, step, start.stamp, language)


def _told(journey: Journey, state: str, step: int, stamp: str, language: str) -> Standing:
    name = dict(journey.names)[language]
    return Standing(journey.journey_id, name, state, max(step, 1), len(journey.steps), stamp)


def _may_begin(journey: Journey, facts: Facts, history: Sequence[Shown]) -> bool:
    """Return whether a journey starts now: its conditions hold, it is not hurt from the start, it has rested."""
    if not holds(journey.starts, facts) or (journey.injured and holds(journey.injured, facts)):
        return False
    if (journey.done and holds(journey.done, facts)) or (journey.stale and holds(journey.stale, facts)):
        return False
    if journey.overtaken and holds(journey.overtaken, facts):
        return False
    ended = [o for o in history if o.card_id == PREFIX + journey.journey_id and o.at_unix_s < facts.now_unix_s]
    stamp = _stamp(journey, facts)
    return all(
        (stamp and one.stamp and one.stamp != stamp)
        or facts.now_unix_s >= one.at_unix_s + DAY_S * journey.rests_days * (4 if one.outcome == "refused" else 1)
        for one in ended
    )


def _stamp(journey: Journey, facts: Facts) -> str:
    value = facts.number(journey.stamp) if journey.stamp else math.nan
    return f"{journey.stamp}={math.floor(value):d}" if math.isfinite(value) else ""


def _day(start: Shown, facts: Facts) -> int:
    return facts.today - Moment(facts.now_unix_s, facts.utc_offset_s).day(start.at_unix_s)


def _since(journey: Journey, start: Shown, history: Sequence[Shown], facts: Facts) -> list[Shown]:
    """Return what was shown of a journey's cards since it began; the day it began counts whole."""
    first_s = Moment(facts.now_unix_s, facts.utc_offset_s).day(start.at_unix_s) * DAY_S - facts.utc_offset_s
    ids = {step.card_id for step in journey.steps}
    return [o for o in history if o.card_id in ids and first_s <= o.at_unix_s < facts.now_unix_s]


def _reached(journey: Journey, start: Shown, history: Sequence[Shown], facts: Facts) -> int:
    """Return the number (from 1) of the latest step shown since a journey began; 0 with none."""
    order = {step.card_id: number for number, step in enumerate(journey.steps, start=1)}
    seen = (order[o.card_id] for o in _since(journey, start, history, facts) if o.outcome in SEEN)
    return max(seen, default=0)


def _refused(journey: Journey, start: Shown, history: Sequence[Shown], facts: Facts) -> bool:
    return any(o.outcome == "refused" for o in _since(journey, start, history, facts))


def _overtaken(journey: Journey, start: Shown, facts: Facts) -> bool:
    stamp = _stamp(journey, facts)
    newer = bool(stamp and start.stamp and stamp != start.stamp)
    return newer or (bool(journey.overtaken) and holds(journey.overtaken, facts))


def _walked(journey: Journey, start: Shown, history: Sequence[Shown], facts: Facts) -> bool:
    """Return whether the last step was shown before today, or said to be done."""
    moment, last = Moment(facts.now_unix_s, facts.utc_offset_s), journey.steps[-1].card_id
    found = [o for o in _since(journey, start, history, facts) if o.card_id == last]
    return any(o.outcome == "done" or moment.day(o.at_unix_s) < moment.today for o in found)


def _open(journey: Journey, history: Sequence[Shown], facts: Facts) -> list[str]:
    """Return the steps that may come on this day of the journey: none before one that was already shown."""
    start = begun(journey, history, facts.now_unix_s)
    day = 0 if start is None else _day(start, facts)
    reached = 0 if start is None else _reached(journey, start, history, facts)
    numbered = enumerate(journey.steps, start=1)
    return [step.card_id for n, step in numbered if n >= reached and step.from_day <= day <= step.to_day]
