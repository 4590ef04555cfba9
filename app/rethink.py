"""Deciding again on a diary that is a little different: for what-if sentences and for the days to come.

The rule of this file: all that was learned of the person stays as it is; only the diary and the moment change. What no
session rests on (what runs do to this person, the hash of the state) is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app import places
from app.coach_inputs import UNKNOWN
from edge.coach.beliefs import State
from edge.coach.corrections import with_own
from edge.coach.lessons import Taught
from edge.coach.state import Ran, ran, state_of
from edge.coach.today import proposal
from edge.coach.types import Decision, RacePredictor
from edge.coach.whatif import Diary
from edge.samples import Estimate


class _Asked:
    """A race predictor that is asked each question once; a failing model answers "unknown"."""

    def __init__(self, inner: RacePredictor) -> None:
        self.inner = inner
        self.answers: dict[tuple[object, ...], Estimate] = {}

    @property
    def model_hash(self) -> str:
        """The hash of the model behind it."""
        return self.inner.model_hash

    def predict(self, bests_s: dict[float, float], target_m: float, age: float, sex: str, weekly_km: float) -> Estimate:
        """Return the model's answer in s."""
        question = (*bests_s.items(), target_m, age, sex, weekly_km)
        if question not in self.answers:
            try:
                self.answers[question] = self.inner.predict(bests_s, target_m, age, sex, weekly_km)
            except (ValueError, RuntimeError, KeyError):
                self.answers[question] = UNKNOWN
        return self.answers[question]


def engine_of(state: State, predictor: RacePredictor | None) -> Callable[[Diary, float], Decision]:
    """Return what decides for a diary at a moment in Unix s, with everything that the state has learned."""
    learned = Taught(state.heart, state.forecast, state.learned_by, state.own_targets)
    asked = None if predictor is None else _Asked(predictor)

    since_s = state.where.arrived_unix_s
    kept: list[tuple[Diary, float, Ran]] = []

    def told(diary: Diary, now_unix_s: float) -> Ran:
        """Return what the runs tell, made again only where they, the place or the moment are others."""
        for known, at_s, found in kept:
            if at_s == now_unix_s and _same_runs(known, diary):
                return found
        found = ran(
            diary.facts, diary.profile, diary.races, places.load(), diary.here, now_unix_s, state.utc_offset_s, since_s
        )
        kept[:] = [*kept[:1], (diary, now_unix_s, found)]  # the first, from which others are changed, and the last
        return found

    def again(diary: Diary, now_unix_s: float) -> Decision:
        changed = state_of(
            told(diary, now_unix_s), diary.profile, diary.races, now_unix_s, learned, diary.said, diary.wished
        )
        changed = replace(changed, ahead=state.ahead, patterns=state.patterns, language=state.language)
        return proposal(with_own(changed, state.own), asked)

    return again


def _same_runs(one: Diary, other: Diary) -> bool:
    same = one.facts is other.facts and one.profile is other.profile
    return same and one.races is other.races and one.here is other.here
