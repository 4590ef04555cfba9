"""What would have made today another session: every sentence is true, and nothing is said that is not."""

from __future__ import annotations

import dataclasses
import re

import pytest
from coach_people import DAY_S, DENVER, NOON, RALEIGH, TODAY, FewPlaces, Riegel, run, state
from hypothesis import given, settings
from hypothesis import strategies as st

from app.coach import decide_today, document, replay
from app.past import recording_of
from app.store import Store
from edge.coach.state import state_from
from edge.coach.today import decide
from edge.coach.types import Counterfactual, Decision, Profile, Race, RunFact, Session
from edge.coach.whatif import Diary, counterfactual, is_other
from edge.summary import summarise
from hardware_sim.history import weeks


def decided(diary: Diary) -> Decision:
    told = state_from(diary.facts, diary.profile, diary.races, FewPlaces(), diary.here, NOON, 0.0, None, diary.said)
    return decide(told, Riegel())


def asked(facts: list[RunFact], profile: Profile | None = None, races: tuple[Race, ...] = (), here=None):  # type: ignore[no-untyped-def]
    diary = Diary(tuple(facts), profile or Profile(), races, (), here)
    decision = decided(diary)
    return decision, counterfactual(diary, decision, decided, TODAY, RALEIGH)


def by_hand(facts: list[RunFact], told: Counterfactual) -> list[RunFact]:
    """Return the runs as the sentence wants them, changed without the code that found it."""
    numbers = dict(told.numbers)
    if "had you not run" in told.text:
        return [f for f in facts if f.run_id not in told.evidence]
    changed = []
    for f in facts:
        if f.run_id in told.evidence:
            share = numbers["had_been_m"] / f.distance_m
            f = dataclasses.replace(
                f, distance_m=numbers["had_been_m"], moving_s=f.moving_s * share, timer_s=f.timer_s * share,
                load=f.load * share, ascent_m=f.ascent_m * share,
            )  # fmt: skip
        changed.append(f)
    return changed


histories = st.lists(
    st.tuples(st.integers(0, 45), st.floats(2000.0, 24000.0), st.floats(290.0, 460.0)), min_size=1, max_size=20,
    unique_by=lambda one: one[0],
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(histories)
def test_every_sentence_about_a_run_is_true_when_the_run_is_changed_by_hand(
    rows: list[tuple[int, float, float]],
) -> None:
    facts = [run(days_ago + 0.2, metres, pace, hr=145.0) for days_ago, metres, pace in rows]
    decision, told = asked(facts)
    if told is None or not told.evidence:
        return
    then = decided(Diary(tuple(by_hand(facts, told)), Profile(), (), (), None)).session
    assert then is not None and decision.session is not None
    assert then.kind == told.kind
    assert then.distance_m == pytest.approx(dict(told.numbers)["then_distance_m"], abs=0.5)
    assert is_other(decision.session, then)


def test_a_rest_day_after_two_runs_in_a_row_names_yesterday() -> None:
    decision, told = asked([run(d, 8000.0, 360.0, hr=145.0) for d in (1, 2, 7, 9, 12, 14, 17, 19, 22, 25)])
    assert decision.session is not None and decision.session.kind == "rest"
    assert told is not None and "yesterday" in told.text and told.kind != "rest"


def test_pain_and_the_place_are_named_where_they_decide() -> None:
    runs = [run(d, 9000.0, 330.0, hr=140.0) for d in range(2, 40, 3)]
    _, knee = asked(runs, Profile(injuries=("left knee",)))
    assert knee is not None
    high, told = asked([run(d, 9000.0, 330.0, hr=140.0) for d in range(3, 60, 2)], here=DENVER)
    assert "R-ALTITUDE" in high.rule_ids
    assert told is None or re.search(r"at home near Raleigh|run", told.text)


def test_where_nothing_single_would_change_anything_nothing_is_said() -> None:
    _, told = asked([], Profile(age=30.0))
    assert told is None


def test_a_change_too_small_to_feel_is_no_other_session() -> None:
    easy = Session("easy", 8000.0, 2800.0, 340.0, 360.0, 130.0, 145.0)
    assert not is_other(easy, dataclasses.replace(easy, distance_m=8300.0))
    assert is_other(easy, dataclasses.replace(easy, distance_m=9000.0))
    assert is_other(easy, dataclasses.replace(easy, kind="long"))


def test_it_is_kept_with_the_decision_and_replays() -> None:
    with Store.in_memory() as store:
        for past in weeks(5, 4, until_unix_s=NOON):
            recording = recording_of(past)
            store.add_recording(recording, summarise(recording.samples, "running", (), 70.0), source="test")
        found = 0
        for day in range(4):
            key, decision = decide_today(store, NOON + day * DAY_S, predictor=None)
            assert replay(store, key)
            found += decision.otherwise is not None
            assert (document(decision)["otherwise"] is None) == (decision.otherwise is None)
        assert found


def test_the_state_of_the_tests_has_no_counterfactual_by_itself() -> None:
    assert decide(state([run(2)]), Riegel()).otherwise is None
