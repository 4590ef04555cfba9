"""The coming days: what the rules leave, changes as was, now and because, and the person's own choice within both."""

from __future__ import annotations

import dataclasses
import json
from itertools import pairwise
from pathlib import Path

import pytest
from coach_people import DAY_S, NOON, TODAY, FewPlaces, Riegel, run

from app.cli import main
from app.past import recording_of
from app.planning import accept, choose, plan_of, undo
from app.store import Store
from edge.coach.rules import training
from edge.coach.said import Constraint
from edge.coach.state import state_from
from edge.coach.today import decide
from edge.coach.types import Decision, Profile, RunFact, Wished
from edge.coach.week import Week, changes, week
from edge.coach.whatif import Diary
from edge.summary import summarise
from hardware_sim.history import weeks


def engine(diary: Diary, now: float) -> Decision:
    told = state_from(
        diary.facts, diary.profile, diary.races, FewPlaces(), diary.here, now, 0.0, None, diary.said, diary.wished
    )
    return decide(told, Riegel())


def planned(facts: list[RunFact], wished: tuple[Wished, ...] = (), now: float = NOON) -> Week:
    return week(Diary(tuple(facts), Profile(), (), (), None, wished), now, 0.0, engine)


REGULAR = [run(d, 8000.0 if d % 7 else 14000.0, 350.0, hr=145.0) for d in range(1, 50, 2)]


def test_a_week_has_seven_days_and_no_two_hard_ones_in_a_row() -> None:
    days = planned(REGULAR).days
    assert [one.day for one in days] == list(range(TODAY, TODAY + 7))
    kinds = [one.session.kind for one in days]
    assert {"easy"} < set(kinds)
    hard = [kind in ("long", "steady", "intervals") for kind in kinds]
    assert not any(a and b for a, b in pairwise(hard))


def test_no_planned_run_is_longer_than_the_rule_allows() -> None:
    longest_m = max(f.distance_m for f in REGULAR)
    for one in planned(REGULAR).days:
        longest_m = max(longest_m, one.session.distance_m)
        assert one.session.distance_m <= training.LIMIT_SHARE * longest_m


def test_the_plan_of_tomorrow_is_what_tomorrow_decides_when_today_goes_as_planned() -> None:
    now = planned(REGULAR)
    first = now.days[0].session
    done = [*REGULAR]
    if first.distance_m > 0.0:
        done.append(run(-0.25, first.distance_m, 1000.0 * first.duration_s / first.distance_m))
    tomorrow = planned(done, now=(TODAY + 1) * DAY_S + 7 * 3600.0)
    assert not changes(now, tomorrow, Diary(tuple(done), Profile(), (), (), None))


def test_a_run_that_was_not_planned_changes_the_days_after_and_is_the_reason() -> None:
    now = planned(REGULAR)
    ran_m = 5000.0 if now.days[0].session.distance_m > 9000.0 else 15000.0
    done = [*REGULAR, run(-0.25, ran_m, 330.0, hr=172.0)]
    told = changes(now, planned(done, now=NOON + DAY_S), Diary(tuple(done), Profile(), (), (), None))
    assert told and all(f"you ran {ran_m / 1000.0:.1f} km" in one.because.text for one in told)
    assert all(one.was != one.now for one in told)


def test_what_the_person_chose_wins_where_the_rules_leave_it_and_only_there() -> None:
    easy_day = next(one for one in planned(REGULAR).days[1:] if one.session.kind in ("easy", "rest"))
    mine = planned(REGULAR, (Wished(easy_day.day, "easy", 5000.0),)).on(easy_day.day)
    assert (
        mine is not None and mine.session.kind == "easy" and mine.session.distance_m == pytest.approx(5000.0, abs=100)
    )
    greedy = planned(REGULAR, (Wished(TODAY, "easy", 90000.0),)).days[0].session
    assert greedy.distance_m <= training.LIMIT_SHARE * max(f.distance_m for f in REGULAR)


def filled() -> Store:
    store = Store.in_memory()
    for past in weeks(5, 5, until_unix_s=NOON):
        recording = recording_of(past)
        store.add_recording(recording, summarise(recording.samples, "running", (), 70.0), source="test")
    return store


def test_a_change_stays_open_until_it_is_accepted_or_undone() -> None:
    with filled() as store:
        assert plan_of(store, NOON, predictor=None).changes == ()
        store.add_sentence("knee hurts", (Constraint("pain", "knee", "left", 4.0),), NOON + 60.0)
        store.save_profile(Profile(injuries=("left knee",)))
        changed = plan_of(store, NOON + 120.0, predictor=None)
        assert changed.changes and all("left knee pain" in one.because.text for one in changed.changes)
        assert plan_of(store, NOON + 180.0, predictor=None).changes == changed.changes
        accept(store, changed.week)
        assert plan_of(store, NOON + 240.0, predictor=None).changes == ()


def test_an_undo_brings_back_what_the_rules_still_allow() -> None:
    with filled() as store:
        before = plan_of(store, NOON, predictor=None).week
        day = next(one for one in before.days[1:] if one.session.kind == "easy")
        choose(store, Wished(day.day, "rest", 0.0), NOON)
        plan = plan_of(store, NOON + 60.0, predictor=None)
        assert [one.day for one in plan.changes][:1] == [day.day]
        assert undo(store, plan, day.day, NOON + 60.0) is not None
        again = plan_of(store, NOON + 120.0, predictor=None).week.on(day.day)
        assert again is not None and again.session.distance_m == pytest.approx(day.session.distance_m, abs=100.0)
        assert undo(store, dataclasses.replace(plan, changes=()), day.day, NOON) is None


def test_the_command_shows_the_week_and_names_what_cannot_be_undone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["today", "--db", str(tmp_path), "--experience", "beginner", "--json"]
    assert main([*words, "--week"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert len(document["week"]) == 7 and document["changes"] == [] and document["show"]
    assert main([*words, "--undo", "2001-01-01"]) == 1
    assert "nothing to undo" in capsys.readouterr().err
    assert main([word for word in words if word != "--json"] + ["--week"]) == 0
    assert "The coming days" in capsys.readouterr().out
