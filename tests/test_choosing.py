"""Choosing, wired: among what the rules left, logged, replayed, switched off, and never against the weeks."""

from __future__ import annotations

import json
import math
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from coach_people import DAY_S, NOON, TODAY, Riegel, decide, regular, run, state
from hypothesis import given, settings
from hypothesis import strategies as st
from test_coach_service import filled

from app import choosing, coach
from app.choosing import Choosing
from app.cli import main
from app.store import Store
from edge.coach.beliefs import State
from edge.coach.choosing import (
    PLANNED,
    VARIANTS,
    VARIED_EVERY_DAYS,
    options_of,
    picked_of,
    put_first,
    reward_of,
    seed_of,
)
from edge.coach.rules import HARD_KINDS, limits_of
from edge.coach.said import Constraint, Said
from edge.coach.types import Decision, Picked, RunFact, Wished
from models.choose import GroupPrior


class Always:
    """A chooser that wants one option whenever it is there, else the last."""

    def __init__(self, name: str) -> None:
        self.name = name

    def pick(self, options: tuple[str, ...], context: tuple[float, ...], seed: int) -> Picked:
        name = self.name if self.name in options else options[-1]
        return Picked(name, 0.05, options, context, "test", seed, "test")


def easy_day() -> tuple[Decision, State]:
    """Return the decision of a day with an easy run, and what it rests on."""
    for days in range(56):
        believed = state(regular(first_ago=1.3 + 0.25 * (days // 8)), now=NOON + days % 8 * DAY_S)
        decision = decide(believed, Riegel())
        if decision.session is not None and decision.session.kind == "easy":
            return decision, believed
    raise AssertionError("no easy day in so many")


def test_what_is_put_first_was_left_by_the_rules_and_the_plan_stands_beside_it() -> None:
    decision, believed = easy_day()
    assert options_of(decision, believed)[0] == PLANNED
    for name in VARIANTS:
        picked = picked_of(decision, believed, Always(name), ())
        after = put_first(decision, believed, picked)
        assert after.session == dict(decision.alternatives)[name] and after.propensity == 0.05
        assert dict(after.alternatives)["as planned"] == decision.session
        assert after.session is not None and decision.session is not None
        assert after.session.distance_m <= decision.session.distance_m <= limits_of(believed).distance_m
        assert "5 %" in after.because[-1].text and after.because[:-1] == decision.because
    assert put_first(decision, believed, Picked("rest", 0.5, ("rest",), (), "x", 1, "x")) == decision
    assert put_first(decision, believed, None) == decision


def test_a_variant_that_takes_longer_than_the_plan_is_not_gentler() -> None:
    decision, believed = easy_day()  # a race model that answers anew each time can draft an "easier" of longer time
    assert decision.session is not None
    longer = replace(dict(decision.alternatives)["easier"], duration_s=decision.session.duration_s + 61.0)
    others = tuple((name, longer if name == "easier" else one) for name, one in decision.alternatives)
    assert options_of(replace(decision, alternatives=others), believed) == (PLANNED, "shorter")


@pytest.mark.parametrize("chance", [math.nan, math.inf, -math.inf, -0.1, 0.0, 1.1])
def test_a_pick_with_a_chance_that_is_none_changes_nothing(chance: float) -> None:
    decision, believed = easy_day()
    for name in (PLANNED, *VARIANTS):
        picked = Picked(name, chance, options_of(decision, believed), (), "x", 1, "x")
        assert put_first(decision, believed, picked) == decision


def test_a_chooser_that_answers_what_was_not_offered_is_found_out() -> None:
    decision, believed = easy_day()

    class Wild:
        def pick(self, options: tuple[str, ...], context: tuple[float, ...], seed: int) -> Picked:
            return Picked("marathon", 1.0, options, context, "x", seed, "x")

    with pytest.raises(ValueError, match="marathon"):
        picked_of(decision, believed, Wild(), ())


def test_nothing_is_chosen_while_help_is_called_for_nor_against_a_wish_nor_twice_in_a_week() -> None:
    decision, believed = easy_day()
    flag = Said(Constraint("red_flag", "chest", situation="pain"), believed.now_unix_s - 60.0)
    assert options_of(decision, replace(believed, said=(flag,))) == ()
    assert options_of(decision, replace(believed, wished=(Wished(believed.today, "easy", 5000.0),))) == ()
    assert options_of(decision, believed, (believed.today - VARIED_EVERY_DAYS + 1,)) == ()
    assert options_of(decision, believed, (believed.today - VARIED_EVERY_DAYS,))


@pytest.mark.parametrize("name", VARIANTS)
def test_twenty_weeks_of_the_gentlest_choices_keep_distance_and_hard_days(name: str) -> None:
    def played(vary: bool) -> tuple[list[RunFact], list[str], int]:
        done, kinds, varied = regular(), [], []
        start = max(r.start_unix_s for r in done) + 0.8 * DAY_S
        for day in range(140):
            believed = state(done, now=start + day * DAY_S)
            decision = decide(believed, Riegel())
            picked = picked_of(decision, believed, Always(name), varied) if vary else None
            varied += [believed.today] if picked is not None else []
            session = put_first(decision, believed, picked).session
            kinds.append("rest" if session is None else session.kind)
            if session is not None and session.distance_m > 0:
                pace = 0.5 * (session.pace_low_s_per_km + session.pace_high_s_per_km)
                done.append(run(0.0, session.distance_m, pace, hr=145.0, now=start + day * DAY_S))
        return done, kinds, len(varied)

    plain, plain_kinds, _ = played(False)
    done, kinds, varied = played(True)
    assert 15 <= varied <= 20
    assert sum(r.distance_m for r in done) > 0.9 * sum(r.distance_m for r in plain)
    hard = [k in HARD_KINDS or k == "long" for k in kinds]
    assert not any(one and other for one, other in pairwise(hard))
    assert abs(sum(hard) - sum(k in HARD_KINDS or k == "long" for k in plain_kinds)) <= 4


def until_chosen(store: Store) -> tuple[str, Decision, float]:
    for days in range(14):
        now = NOON + days * DAY_S
        decision_id, decision = coach.decide_today(store, now, None, Riegel())
        if decision.propensity < 1.0:
            return decision_id, decision, now
    raise AssertionError("nothing was chosen in a fortnight")


def test_a_choice_is_kept_with_its_chance_replays_bit_for_bit_and_stays_for_the_day() -> None:
    with filled(Store.in_memory()) as store:
        decision_id, decision, now = until_chosen(store)
        kept = choosing.choosing_of(store)
        assert coach.replay(store, decision_id) and decision.propensity == kept.log[-1].picked.propensity >= 0.05
        again, _ = coach.decide_today(store, now, None, Riegel())
        assert again == decision_id and len(choosing.choosing_of(store).log) == len(kept.log)


def test_one_changed_pick_is_found_out() -> None:
    with filled(Store.in_memory()) as store:
        decision_id, _, _ = until_chosen(store)
        row = store.decision(decision_id)
        picked = json.loads(row.inputs)["picked"]
        other = next(name for name in picked["options"] if name != picked["name"])
        changed = json.dumps(
            {**json.loads(row.inputs), "picked": {**picked, "name": other}}, ensure_ascii=False, separators=(",", ":")
        )
        assert not coach.replay(store, store.save_decision(row.document, changed, 1.0))


def test_switched_off_or_without_the_model_the_rules_order_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    with filled(Store.in_memory()) as store:
        _, _, now = until_chosen(store)
        choosing.forget(store, now)
        choosing.switch(store, False, now)
        off = coach.decide_today(store, now, None, Riegel())[1]
        assert off.propensity == 1.0 and not choosing.choosing_of(store).log
        choosing.switch(store, True, now)
        monkeypatch.setitem(sys.modules, "models.choose", None)
        without = coach.decide_today(store, now, None, Riegel())[1]
        assert without == off


def test_what_came_moves_what_is_chosen() -> None:
    """Refused plans and done short runs make the short one likelier."""
    with filled(Store.in_memory()) as store:
        _, _, now = until_chosen(store)
        day = int(now // DAY_S)
        first = choosing.choosing_of(store).log[-1].picked
        believed, facts = coach.state_of(store, now), coach.facts_of(store)
        log = []
        for back in range(20):
            name = PLANNED if back % 2 else "shorter"
            picked = Picked(name, 0.3, first.options, (0.0, 0.0, 0.0), "x", 1, "learned")
            log.append(choosing.Logged(day - 200 - 7 * back, picked, 1e6 if name == PLANNED else 8000.0))
        done = [run(float(200 + 7 * back), 8000.0, now=now) for back in range(0, 20, 2)]
        kept = Choosing(True, "", tuple(log))
        rewards = choosing.rewards(kept, [*facts, *done], day)
        assert sorted(set(rewards)) == [0.0, 1.0]
        from models.choose_prior import OPTIONS

        learner, _ = choosing._learned(kept, believed, [*facts, *done])
        before, _ = choosing._learned(Choosing(), believed, facts)
        gain = [
            float(learner.expected(OPTIONS[:2], (0.0, 0.0, 0.0))[0][k])
            - float(before.expected(OPTIONS[:2], (0.0, 0.0, 0.0))[0][k])
            for k in (0, 1)
        ]
        assert gain[1] > 0.05 and gain[0] < -0.05


def test_a_belief_that_began_with_another_prior_begins_again() -> None:
    with filled(Store.in_memory()) as store:
        _, _, now = until_chosen(store)
        kept, facts = choosing.choosing_of(store), coach.facts_of(store)
        believed = coach.state_of(store, now)
        other = GroupPrior(np.zeros((1, 16)), np.eye(16), 0.2, "another").begin([1.0]).to_bytes().hex()
        assert (
            choosing._learned(replace(kept, began=other), believed, facts)[1]
            == choosing._learned(replace(kept, began=""), believed, facts)[1]
        )


def test_the_chooser_is_told_how_fast_and_at_which_heart_rate_somebody_usually_runs() -> None:
    with filled(Store.in_memory()) as store:
        now = NOON
        believed, facts = coach.state_of(store, now), coach.facts_of(store)
        speed_m_s, heart_bpm = choosing._lately(facts, now)
        assert 1.5 < speed_m_s < 6.0
        assert math.isnan(heart_bpm) or 80.0 < heart_bpm < 200.0
        assert all(math.isnan(one) for one in choosing._lately([], now))
        assert all(math.isfinite(one) for one in choosing._situation(believed, facts))


def test_done_moved_refused_and_still_open() -> None:
    runs = [run(3.0, 8000.0), run(10.0, 3000.0)]
    assert reward_of(TODAY - 3, 8000.0, runs, TODAY) == 1.0
    assert reward_of(TODAY - 4, 8000.0, runs, TODAY) == 0.5
    assert reward_of(TODAY - 10, 8000.0, runs, TODAY) == 0.5
    assert reward_of(TODAY - 7, 8000.0, runs, TODAY) == 0.0
    assert math.isnan(reward_of(TODAY, 8000.0, runs, TODAY)) and math.isnan(reward_of(TODAY - 1, 8000.0, runs, TODAY))


@given(st.integers(-(10**6), 10**6))
@settings(max_examples=30, deadline=None)
def test_the_seed_of_a_day_is_one(day: int) -> None:
    assert seed_of(day, ("a", "b")) == seed_of(day, ("a", "b")) != seed_of(day + 1, ("a", "b"))
    assert 0 <= seed_of(day, ("a",)) < 2**63


def test_a_damaged_log_switches_choosing_off_and_forget_mends_it() -> None:
    with Store.in_memory() as store:
        store.save_memory(choosing.MEMORY, b'{"on":true,"log":7}', 0.0)
        assert choosing.choosing_of(store) == Choosing(on=False)
        choosing.forget(store, 0.0)
        assert choosing.switch(store, True, 0.0) == Choosing()


def test_the_command_shows_switches_and_forgets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "d.sqlite")
    with filled(Store(Path(path))) as store:
        until_chosen(store)
    assert main(["choose", "status", "--json", "--db", path]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["on"] and told["choices"] and set(told["choices"][0]) >= {"shown_first", "propensity", "reward"}
    assert main(["choose", "off", "--db", path]) == 0 and "off" in capsys.readouterr().out
    assert main(["choose", "forget", "--json", "--db", path]) == 0
    assert json.loads(capsys.readouterr().out)["choices"] == []
