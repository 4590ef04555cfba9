"""What of a day may be chosen: the plan or a gentler variant of it, after all rules; and what came of the choice.

The rule of this file: nothing is offered that the rules did not leave, nothing is added to a day, and a plan is varied
once in `VARIED_EVERY_DAYS` at most, on easy days alone, so that the distance of weeks and their hard days stay.
"""

from __future__ import annotations

import dataclasses
import hashlib
import math
from collections.abc import Sequence

from edge.coach import plan, rules
from edge.coach.beliefs import State
from edge.coach.heard import of_kind, said_today
from edge.coach.phrases import say
from edge.coach.rules.daily import burdens, is_good
from edge.coach.scorecard import FOLLOWED_SHARE
from edge.coach.today import sentence_of
from edge.coach.types import Chooser, Decision, Picked, Reason, RunFact, Session
from edge.coach.whatif import local_day

PLANNED = "planned"
#: Variants that may be shown first, by their name among the alternatives; rest is never put first by choice.
VARIANTS = ("shorter", "easier")
CHOSEN_KINDS = frozenset({"easy"})
VARIED_EVERY_DAYS = 7
DONE, MOVED, REFUSED = 1.0, 0.5, 0.0
#: What a working day and a free day are (assumption, as in the simulated reactions).
BUSY, FREE = 0.4, -1.0


def options_of(decision: Decision, state: State, varied_days: Sequence[int] = ()) -> tuple[str, ...]:
    """Return the names of what may be shown first today, the plan first; () where nothing is to be chosen.

    `varied_days` are the local days on which a variant was put first. What the person wished for, a race ahead, a
    call for help, a hard, long, first or returning session is not varied.
    """
    main = decision.session
    if main is None or main.kind not in CHOSEN_KINDS or main.distance_m <= 0.0 or rules.limits_of(state).seek_help:
        return ()
    if any(wish.day == state.today for wish in state.wished) or plan.next_race(state) is not None:
        return ()
    if any(0 < state.today - day < VARIED_EVERY_DAYS for day in varied_days):
        return ()
    there = dict(decision.alternatives)
    names = [name for name in VARIANTS if name in there and _gentler(there[name], main)]
    return (PLANNED, *names) if names else ()


def _gentler(other: Session, main: Session) -> bool:
    """Return whether a session is of the same kind, and asks for no more and for something less."""
    less = other.distance_m < main.distance_m or other.pace_low_s_per_km > main.pace_low_s_per_km
    no_more = 0.0 < other.distance_m <= main.distance_m and other.duration_s <= main.duration_s
    return other.kind == main.kind and no_more and less


def context_of(state: State) -> tuple[float, float, float]:
    """Return what the day is like: tired, bright and busy, about -2 to 2, 0 as usual."""
    tired = float(bool(burdens(state, "fatigue"))) + float(bool(burdens(state, "sleep")))
    moods = said_today(state, "mood")
    bright = 0.0 if not moods else 1.0 if is_good(moods[-1]) else -1.0
    busy = BUSY if (state.today + 3) % 7 < 5 else FREE
    return tired, bright, busy + float(bool(of_kind(state, "shift_work") and burdens(state, "shift_work")))


def seed_of(day: int, options: tuple[str, ...]) -> int:
    """Return the seed of a day's choice, 0 to 2^63 - 1: the same day and options draw the same."""
    digest = hashlib.sha256(f"{day} {' '.join(options)}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def picked_of(decision: Decision, state: State, chooser: Chooser, varied_days: Sequence[int]) -> Picked | None:
    """Return what the chooser puts first among what the rules left; None where nothing is to be chosen."""
    options = options_of(decision, state, varied_days)
    if len(options) < 2:
        return None
    picked = chooser.pick(options, context_of(state), seed_of(state.today, options))
    if picked.name not in options or not _is_chance(picked.propensity):
        raise ValueError(f"the chooser gave {picked.name!r} with chance {picked.propensity!r}, not one of {options}")
    return picked


def _is_chance(value: float) -> bool:
    return 0.0 < value <= 1.0


def put_first(decision: Decision, state: State, picked: Picked | None) -> Decision:
    """Return the decision with what was picked shown first and the plan among the alternatives; its chance is logged.

    A pick that the rules do not leave today, or with a chance that is none, changes nothing. What would have made it
    another session speaks of the plan, and is left out where the plan is not what is shown.
    """
    if picked is None or decision.session is None or not _is_chance(picked.propensity):
        return decision
    if picked.name not in options_of(decision, state):
        return decision
    if picked.name == PLANNED:
        return dataclasses.replace(decision, propensity=picked.propensity)
    session = dict(decision.alternatives)[picked.name]
    others = tuple((name, one) for name, one in decision.alternatives if name != picked.name)
    return dataclasses.replace(
        decision,
        show=sentence_of(session, rules.limits_of(state), state.language),
        session=session,
        alternatives=(("as planned", decision.session), *others),
        because=(*decision.because, _reason(picked, decision.session, state.language)),
        propensity=picked.propensity,
        otherwise=None,
    )


def _reason(picked: Picked, planned: Session, language: str) -> Reason:
    text = say(
        language,
        "The plan was {planned_m:km}, which still stands below. I show the {name:word} run first, as what you did of "
        "my proposals is how I learn; it had a chance of {chance:count} % today. `kadenz choose off` ends that.",
        planned_m=planned.distance_m, name=say(language, picked.name), chance=100.0 * picked.propensity,
    )  # fmt: skip
    numbers = (
        ("propensity", picked.propensity),
        ("options", float(len(picked.options))),
        ("planned_m", planned.distance_m),
    )
    return Reason(text, numbers, (f"choose {picked.model_hash}",))


def reward_of(day: int, distance_m: float, runs: Sequence[RunFact], today: int) -> float:
    """Return what came of a run of `distance_m` shown on a local day: 1 done, 0.5 moved, 0 refused; NaN until it ended.

    Done is a valid run of the day within a quarter of the distance; moved another run of that day, or such a run on the
    day after.
    """
    if day + 1 >= today:
        return math.nan
    ran = [r for r in runs if r.valid and r.sport == "running" and r.distance_m > 0.0]
    near = [local_day(r) for r in ran if abs(r.distance_m - distance_m) <= FOLLOWED_SHARE * distance_m]
    if day in near:
        return DONE
    return MOVED if day + 1 in near or any(local_day(r) == day for r in ran) else REFUSED
