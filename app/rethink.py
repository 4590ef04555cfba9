"""Deciding again on a diary that is a little different: for what-if sentences and for the days to come.

The rule of this file: all that was learned of the person stays as it is; only the diary and the moment change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app import places
from app.coach_inputs import Listening
from edge.coach.beliefs import State
from edge.coach.corrections import with_own
from edge.coach.lessons import Circumstances, Lessons, Taught
from edge.coach.state import state_from
from edge.coach.today import decide
from edge.coach.types import Decision, RacePredictor
from edge.coach.whatif import Diary


@dataclass(frozen=True, slots=True)
class _Learned:
    """A learner that gives what a state already holds, whatever the lessons."""

    state: State

    def taught(self, lessons: Lessons, person: Circumstances, today: int, now_unix_s: float) -> Taught:
        return Taught(self.state.heart, self.state.forecast, self.state.learned_by, self.state.own_targets)


def engine_of(state: State, predictor: RacePredictor | None) -> Callable[[Diary, float], Decision]:
    """Return what decides for a diary at a moment in Unix s, with everything that the state has learned."""
    learned = _Learned(state)

    def again(diary: Diary, now_unix_s: float) -> Decision:
        changed = state_from(
            diary.facts,
            diary.profile,
            diary.races,
            places.load(),
            diary.here,
            now_unix_s,
            state.utc_offset_s,
            learned,
            diary.said,
            diary.wished,
            here_since_unix_s=state.where.arrived_unix_s,
        )
        changed = replace(changed, ahead=state.ahead, language=state.language)
        changed = replace(changed, patterns=state.patterns)
        changed = with_own(changed, state.own)
        return decide(changed, None if predictor is None else Listening(predictor))

    return again
