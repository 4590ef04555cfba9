"""The living persona: what I choose wins, one new element a week, a label asked about once, too few say nothing."""

from __future__ import annotations

import itertools
import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from coach_people import DAY_S, NOON, TODAY, Riegel, decide, regular, run, says, state
from hypothesis import given
from hypothesis import strategies as st
from test_coach_service import filled

from app import coach
from app.cli import main
from app.coach_inputs import inputs_from
from app.me_edits import edited
from app.output import CommandError
from app.own import own_of
from app.store import Store
from edge.coach import labels, novelty
from edge.coach.corrections import with_own
from edge.coach.groups import VOCABULARY, groups_of
from edge.coach.own import CORRECTABLE, Correction, Introduced, Own
from edge.coach.persona import PARTS, persona
from edge.coach.plan import level_of
from edge.coach.responses import FEWEST
from edge.coach.said import Constraint, Said
from edge.coach.state import State
from edge.coach.types import Profile, Race

ELEMENTS = (novelty.HEART_BAND, novelty.RESPONSE, *(f"{novelty.DISCOVERY}: {i}" for i in range(6)))
FAST = Race(TODAY - 20, 10000.0, 2710.0, "Park race")


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 1.0))
def test_in_a_year_at_most_one_element_is_new_in_any_seven_days_and_what_is_known_stays(
    seed: int, share: float
) -> None:
    wanted_on = np.random.default_rng(seed).random((365, len(ELEMENTS))) < share
    known: tuple[Introduced, ...] = ()
    for day, wanted in enumerate(wanted_on.tolist()):
        candidates = [name for name, here in zip(ELEMENTS, wanted, strict=True) if here]
        may = novelty.allowed(known, candidates, day)
        before = {one.element for one in known}
        assert set(candidates) & before <= set(may)
        known += tuple(Introduced(name, day, float(day)) for name in may if name not in before)
    days = [one.day for one in known]
    assert all(b - a >= 7 for a, b in itertools.pairwise(days))


def with_new(known: State, own: Own) -> tuple[State, Own, tuple[str, ...]]:
    told = with_own(known, own)
    new = decide(told, Riegel()).introduced
    fresh = tuple(Introduced(name, known.today, known.now_unix_s) for name in new)
    return told, replace(own, introduced=(*own.introduced, *fresh)), new


def test_decisions_of_weeks_bring_at_most_one_new_element_in_seven_days() -> None:
    runs, own, days = regular(30), Own(), []
    for day in range(60):
        now = NOON - (60 - day) * DAY_S
        known = state([one for one in runs if one.start_unix_s <= now], now=now)
        _, own, new = with_new(known, own)
        days += [day for name in new if novelty.is_element(name)]
    assert len(days) >= 2 and all(b - a >= 7 for a, b in itertools.pairwise(days))


def test_a_heart_rate_band_that_must_wait_comes_from_the_maximum_instead() -> None:
    known = state(regular(), Profile(max_hr_bpm=185.0))
    waits = Own((), (Introduced("discovery: x", TODAY - 2, NOON - 2 * DAY_S),))
    own, held = decide(known, Riegel()), decide(with_own(known, waits), Riegel())
    assert novelty.HEART_BAND in own.introduced and not any(map(novelty.is_element, held.introduced))
    assert "your own line" in " ".join(r.text for r in own.because).lower()
    assert "your own line" not in " ".join(r.text for r in held.because).lower()


def test_a_contradicted_label_is_asked_about_on_one_day_alone_and_stands_until_answered() -> None:
    known = state(regular(), Profile(experience="beginner"), (FAST,))
    told, own, new = with_new(known, Own())
    assert labels.asked("beginner") in new and level_of(told) == "new"
    asks = [card for card in decide(told, Riegel()).content if card.content_id == labels.CARD]
    assert len(asks) == 1 and "10 km" in asks[0].text and "beginner" in asks[0].text
    for ahead in range(1, 500, 7):
        later = with_own(state(regular(), known.profile, (FAST,), now=NOON + ahead * DAY_S), own)
        assert labels.question(later) is None
    assert level_of(with_own(replace(known, profile=Profile(experience="regular")), own)) != "new"


def test_a_label_that_the_runs_bear_out_is_never_asked_about() -> None:
    slow = [run(2.0 + 3 * i, 3000.0, 450.0) for i in range(10)]
    for runs, label in ((slow, "beginner"), (regular(), "regular"), (regular(), ""), ([], "none")):
        assert labels.question(state(runs, Profile(experience=label))) is None


@pytest.mark.parametrize("name", CORRECTABLE)
def test_a_correction_outside_its_range_is_refused_with_its_name_and_range(name: str) -> None:
    _, low, high = CORRECTABLE[name]
    for value in (low - 1.0, high + 1.0, math.nan, math.inf):
        with pytest.raises(ValueError, match=name):
            Correction(name, value, NOON)


def test_a_correction_wins_in_todays_session_and_forgetting_it_brings_back_what_was_learned() -> None:
    with filled(Store.in_memory()) as store:
        learned = coach.decide_today(store, NOON, None, Riegel())[1].session
        assert edited(store, ["correct", "usual-pace", "7:00"], False, False, NOON).startswith("Kept")
        decision_id, decision = coach.decide_today(store, NOON, None, Riegel())
        assert decision.session and learned and coach.replay(store, decision_id)
        assert decision.session.pace_low_s_per_km > learned.pace_low_s_per_km
        assert inputs_from(store.decision(decision_id).inputs).state.own.corrections
        edited(store, ["forget", "usual-pace"], False, False, NOON)
        assert coach.decide_today(store, NOON, None, Riegel())[1].session == learned
        edited(store, [], False, True, NOON)
        assert [one.value for one in own_of(store).corrections] == [420.0]


def test_the_height_one_is_used_to_can_only_be_corrected_downwards() -> None:
    known = state(regular())
    learned = known.where.acclimatised_m
    assert learned is not None
    for said, used in ((3000.0, learned.value), (0.0, 0.0)):
        changed = with_own(known, Own((Correction("used-to-altitude", said, NOON),))).where.acclimatised_m
        assert changed is not None and changed.value == used


@pytest.mark.parametrize("words", [
    ["set", "shoe", "9"], ["set", "age", "300"], ["correct", "fitness", "x"], ["correct", "age", "40"],
    ["forget", "weight"], ["set"], ["sing", "a", "b"],
])  # fmt: skip
def test_an_edit_that_cannot_be_says_what_and_changes_nothing(words: list[str]) -> None:
    with Store.in_memory() as store:
        with pytest.raises(CommandError):
            edited(store, words, False, False, NOON)
        assert own_of(store) == Own() and repr(store.profile()) == repr(Profile())


def test_keeping_the_label_ends_the_question_and_undo_brings_it_back() -> None:
    with filled(Store.in_memory()) as store:
        edited(store, ["set", "experience", "beginner"], False, False, NOON)
        store.add_race(FAST)
        assert labels.is_open(coach.state_of(store, NOON))
        edited(store, ["set", "experience"], True, False, NOON)
        assert not labels.is_open(coach.state_of(store, NOON)) and level_of(coach.state_of(store, NOON)) == "new"
        edited(store, [], False, True, NOON)
        assert labels.is_open(coach.state_of(store, NOON))


@pytest.mark.parametrize("runs", [[], regular(), regular(40)])
def test_every_part_of_the_state_is_told_or_says_what_would_tell_and_no_group_is_outside_the_vocabulary(
    runs: list,  # type: ignore[type-arg]
) -> None:
    known = state(runs)
    entries = persona(known, runs)
    assert tuple(dict.fromkeys(entry.part for entry in entries)) == PARTS
    assert all(entry.source and (entry.tells or math.isfinite(entry.as_of_unix_s)) for entry in entries)
    assert not any(word in entry.text for entry in entries for word in ("nan", "None"))
    assert all(one.name in VOCABULARY[one.dimension] and one.because.text for one in groups_of(known))
    assert [one.dimension for one in groups_of(known)] == list(VOCABULARY)


def test_a_higher_heart_rate_after_long_runs_is_found_and_too_few_say_nothing() -> None:
    noise = np.random.default_rng(3).normal(0.0, 3.0, 120).tolist()
    runs = [
        run(240.0 - 2 * i, 16000.0 if i % 4 == 0 else 8000.0, 360.0, hr=142.0 + noise[i] + (8.0 if i % 4 == 1 else 0.0))
        for i in range(120)
    ]
    said = [says("pain", 200.0, area="knee", severity=2.0)]
    found = {one.kind: one for one in state(runs, said=said).responses}
    after = found["long"].next_bpm
    assert after is not None and after.low > 0.0 and found["long"].pairs >= FEWEST
    few = state(runs[-10:]).responses
    assert all(one.next_bpm is None for one in few if one.pairs < FEWEST)


def test_weeks_that_move_every_run_alike_are_no_response_and_a_pain_is_counted_once() -> None:
    """Without any effect a 90 % interval leaves out 0 in about one of ten diaries, weeks of illness or not."""
    rng, out = np.random.default_rng(7), []
    for _ in range(30):
        weeks = np.repeat(rng.normal(0.0, 6.0, 12), 10)
        runs = [
            run(
                240.0 - 2 * i,
                16000.0 if i % 4 == 0 else 8000.0,
                360.0,
                hr=float(142.0 + weeks[i] + rng.normal(0.0, 3.0)),
            )
            for i in range(120)
        ]
        after = next(one for one in state(runs).responses if one.kind == "long").next_bpm
        assert after is not None
        out.append(not after.low <= 0.0 <= after.high)
    assert sum(out) <= 8
    hurt = [says("pain", ago, area="knee", severity=4.0) for ago in (99.9, 99.8, 98.9, 97.9)]
    runs = [run(240.0 - 2 * i, 8000.0, 360.0, hr=140.0) for i in range(120)]
    easy = state(runs, said=hurt).responses[0].pain_share
    assert easy is not None and easy.value == round(1 / 112, 3)


def test_a_saying_of_infinity_is_refused_where_it_enters() -> None:
    for value in (math.inf, -math.inf):
        with pytest.raises(ValueError, match="infinite"):
            Constraint("time", value=value)
        with pytest.raises(ValueError, match="no moment"):
            Said(Constraint("time"), value)


def test_me_shows_as_values_what_it_shows_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = str(tmp_path / "d.db")
    with Store(Path(db)) as store:
        filled(store)
    assert main(["me", "--db", db, "--json", "--date", "2025-11-19"]) == 0
    page = json.loads(capsys.readouterr().out)
    assert {"profile", "beliefs", "state", "groups", "responses", "introduced", "questions"} <= set(page)
    assert main(["me", "set", "age", "40", "--db", db, "--date", "2025-11-19"]) == 0
    assert "age is 40" in capsys.readouterr().out
