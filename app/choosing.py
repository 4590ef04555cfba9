"""Choosing as a service: what was chosen and what came of it, kept in the diary, visible, and switched off at any time.

The rule of this file: the belief is made again from the log and the runs, so the same diary chooses the same; without
`models.choose` the rule's order stands.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from app.coach_inputs import read, text_of
from app.store import Store
from edge.coach import choosing
from edge.coach.beliefs import State
from edge.coach.types import Decision, Picked, RunFact

if TYPE_CHECKING:
    from models.choose import Chooser as Learner

#: Under this name the diary keeps the switch and the log.
MEMORY = "choosing"
#: The runs of so many seconds before say how fast somebody usually runs.
LATELY_S = 28.0 * 86400.0
#: So many choices are kept and learned from, about eight years of one a week.
MOST_LOGGED = 400
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Logged:
    """One choice: its local day, what was picked, and the distance in m that was shown."""

    day: int
    picked: Picked
    distance_m: float


@dataclass(frozen=True, slots=True)
class Choosing:
    """What the diary keeps: whether it may choose, the belief it began with ("" for none yet), the choices in order."""

    on: bool = True
    began: str = ""
    log: tuple[Logged, ...] = ()

    @property
    def varied_days(self) -> tuple[int, ...]:
        """The days on which a variant stood before the plan."""
        return tuple(one.day for one in self.log if one.picked.name != choosing.PLANNED)


class DiaryChooser:
    """A chooser of `edge.coach` that has learned from a log and from the runs that came."""

    def __init__(self, learner: Learner) -> None:
        self._learner = learner

    def pick(self, options: tuple[str, ...], context: tuple[float, ...], seed: int) -> Picked:
        """Return one of the options."""
        from models.choose_prior import OPTIONS

        by_name = {one.name: one for one in OPTIONS}
        choice = self._learner.choose([by_name[name] for name in options], context, seed)
        return Picked(
            choice.option.name, choice.propensity, options, choice.context, choice.model_hash, seed, choice.by
        )


def choosing_of(store: Store) -> Choosing:
    """Return what the diary keeps of choosing; nothing chosen yet where that cannot be read."""
    try:
        return read(Choosing, json.loads(store.memory(MEMORY) or b'{"on":true,"began":"","log":[]}'))
    except (ValueError, KeyError, TypeError) as problem:
        _LOG.warning("what was chosen before cannot be read (%s); choosing is off", type(problem).__name__)
        return Choosing(on=False)


def save(store: Store, kept: Choosing, now_unix_s: float) -> None:
    """Keep it in the diary."""
    store.save_memory(MEMORY, text_of(kept).encode(), now_unix_s)


def switch(store: Store, on: bool, now_unix_s: float) -> Choosing:
    """Throw the kill switch (False) or take it back; what was learned stays."""
    kept = dataclasses.replace(choosing_of(store), on=on)
    save(store, kept, now_unix_s)
    return kept


def forget(store: Store, now_unix_s: float) -> None:
    """Forget every choice and what was learned of them; the switch stays as it is."""
    save(store, Choosing(choosing_of(store).on), now_unix_s)


def rewards(kept: Choosing, facts: Sequence[RunFact], today: int) -> list[float]:
    """Return what came of each choice, NaN where that is still to come."""
    return [choosing.reward_of(one.day, one.distance_m, facts, today) for one in kept.log]


def first(
    store: Store, decision: Decision, state: State, facts: Sequence[RunFact]
) -> tuple[Picked | None, Choosing | None]:
    """Return what is shown first, and what to keep of it; (None, None) where nothing is chosen today."""
    kept = choosing_of(store)
    before = dataclasses.replace(kept, log=tuple(one for one in kept.log if one.day < state.today))
    if not kept.on or len(choosing.options_of(decision, state, before.varied_days)) < 2:
        return None, None
    try:
        learner, began = _learned(before, state, facts)
        picked = choosing.picked_of(decision, state, DiaryChooser(learner), before.varied_days)
    except (ImportError, OSError, ValueError, RuntimeError) as problem:
        _LOG.warning("nothing is chosen today (%s); the rule's order stands", type(problem).__name__)
        return None, None
    shown = choosing.put_first(decision, state, picked).session
    if picked is None or shown is None:
        return None, None
    log = (*before.log, Logged(state.today, picked, shown.distance_m))[-MOST_LOGGED:]
    later = tuple(
        one for one in kept.log if one.day > state.today
    )  # a decision for an earlier day changes no later one
    return picked, Choosing(kept.on, began, (*log, *later))


def _learned(before: Choosing, state: State, facts: Sequence[RunFact]) -> tuple[Learner, str]:
    """Return the learner after all choices before today, and the belief it began with, in hexadecimal digits.

    A belief that began with another prior begins again with the present one, and learns all of the log.
    """
    from models.choose import Choice, Chooser
    from models.choose import State as Belief
    from models.choose_prior import OPTIONS, group

    began = group().begin(_situation(state, facts))
    if before.began:
        kept = Belief.from_bytes(bytes.fromhex(before.began))
        began = kept if kept.prior_hash == began.prior_hash else began
    learner, by_name = Chooser(began), {one.name: one for one in OPTIONS}
    for one, reward in zip(before.log, rewards(before, facts, state.today), strict=True):
        p = one.picked
        offered = tuple(by_name[name] for name in p.options)
        choice = Choice(by_name[p.name], p.propensity, (), offered, p.context, p.model_hash, p.seed, p.by)
        learner.learn(choice, reward)
    return learner, began.to_bytes().hex()


def _situation(state: State, facts: Sequence[RunFact]) -> tuple[float, ...]:
    """Return who this person is like, for the group's prior; as usual where the person model cannot tell."""
    from models.choose_situation import NAMES, situation
    from models.person import Context

    history = state.history
    speed_m_s, heart_bpm = _lately(facts, state.now_unix_s)
    context = dataclasses.replace(
        Context.of(state.profile),
        height_m=state.profile.height_m,
        km_28d=history.distance_28d_m / 1000.0,
        runs_28d=4.0 * history.runs_a_week,
        speed_28d_m_s=speed_m_s,
        hr_28d_bpm=heart_bpm,
        ten_km_s=dict(state.fitness.bests_s).get(10_000.0, math.nan),
    )
    try:
        return situation(context)
    except (OSError, ValueError, RuntimeError):
        return (1.0, *(0.0 for _ in NAMES[1:]))


def _lately(facts: Sequence[RunFact], now_unix_s: float) -> tuple[float, float]:
    """Return the mean speed in m/s and mean heart rate in bpm of the valid runs of 28 days; NaN with none."""
    runs = [
        one
        for one in facts
        if one.valid
        and one.sport == "running"
        and 0.0 <= now_unix_s - one.start_unix_s < LATELY_S
        and one.moving_s > 0.0
    ]
    speeds = [one.distance_m / one.moving_s for one in runs]
    hearts = [one.avg_hr_bpm for one in runs if math.isfinite(one.avg_hr_bpm)]
    return (fmean(speeds) if speeds else math.nan), (fmean(hearts) if hearts else math.nan)
