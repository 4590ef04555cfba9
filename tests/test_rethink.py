"""Deciding again takes short cuts, and gives what the whole way gives, bit for bit."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from coach_people import DAY_S, DENVER, NOON, Riegel
from test_coach_service import filled

from app import coach, places
from app.coach_inputs import Listening, inputs_from
from app.rethink import engine_of
from app.store import Store
from edge.coach.beliefs import State
from edge.coach.corrections import with_own
from edge.coach.lessons import Circumstances, Lessons, Taught
from edge.coach.said import Constraint, Said
from edge.coach.state import state_from
from edge.coach.today import decide
from edge.coach.types import Decision, Place
from edge.coach.whatif import Diary, counterfactual


@dataclass(frozen=True)
class Learned:
    """A learner that has learned what a state holds."""

    state: State

    def taught(self, lessons: Lessons, person: Circumstances, today: int, now_unix_s: float) -> Taught:
        return Taught(self.state.heart, self.state.forecast, self.state.learned_by, self.state.own_targets)


def whole(state: State, diary: Diary, now_unix_s: float) -> Decision:
    """Return the decision on a diary by the whole way, everything made anew."""
    found = state_from(
        diary.facts, diary.profile, diary.races, places.load(), diary.here, now_unix_s, state.utc_offset_s,
        Learned(state), diary.said, diary.wished, here_since_unix_s=state.where.arrived_unix_s,
    )  # fmt: skip
    found = with_own(replace(found, patterns=state.patterns, ahead=state.ahead), state.own)
    return decide(found, Listening(Riegel()))


@pytest.mark.parametrize("days", [0.0, 0.4, 1.0, 2.0, 16.0])
@pytest.mark.parametrize("here", [None, DENVER])
def test_deciding_again_gives_what_the_whole_way_gives(days: float, here: Place | None) -> None:
    with filled(Store.in_memory()) as store:
        now_s = NOON + days * DAY_S
        store.add_sentence("knee", [Constraint("pain", "knee", "left", 4.0)], NOON - DAY_S) if days == 1.0 else None
        inputs = inputs_from(store.decision(coach.decide_today(store, now_s, here, Riegel())[0]).inputs)
        state, decision = inputs.state, decide(inputs.state, Listening(Riegel()))
        facts = tuple(f for f in coach.facts_of(store) if f.start_unix_s <= now_s)
        diary = Diary(facts, state.profile, state.races, state.said, here, state.wished)
        tried: list[tuple[Diary, Decision]] = []
        quick = engine_of(state, Riegel())

        def engine(changed: Diary) -> Decision:
            tried.append((changed, quick(changed, now_s)))
            return tried[-1][1]

        told = counterfactual(diary, decision, engine, state.today, state.where.home)
        assert repr(told) == repr(inputs.otherwise) and tried
        for changed, found in tried:
            slow = whole(state, changed, now_s)
            assert repr(found.session) == repr(slow.session) and found.rule_ids == slow.rule_ids
            assert found.because == slow.because[: len(found.because)] and len(slow.because) - len(found.because) <= 1


def test_another_moment_or_another_diary_is_no_short_cut() -> None:
    with filled(Store.in_memory()) as store:
        state = coach.state_of(store, NOON)
        facts = tuple(f for f in coach.facts_of(store) if f.start_unix_s <= NOON)
        diary = Diary(facts, state.profile, state.races, state.said, None)
        quick = engine_of(state, Riegel())
        for k in (0, 1, 0, 2, 1, 0):
            changed = replace(diary, facts=facts[: len(facts) - 3 * k], said=(Said(Constraint("sleep"), NOON, 1),) * k)
            for now_s in (NOON, NOON + 3 * DAY_S, NOON):
                assert repr(quick(changed, now_s).session) == repr(whole(state, changed, now_s).session)
