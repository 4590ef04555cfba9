"""The fuzz program itself: no breach, and each rule taken away is noticed, so that its silence means something."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "programs"))

import safety_fuzz
from safety_fuzz import fuzz, played_shard, report_of, shards_of

from edge.coach import rules
from edge.coach.today import proposal


@pytest.mark.heavy
def test_no_sayings_no_profile_and_no_model_break_a_rule() -> None:
    found, seen, _, _ = fuzz(int(os.environ.get("KADENZ_SAFETY_WEEKS", "400")), 2026, 40)
    assert found == []
    assert {"R-REDFLAG", "R-BONE", "R-LADDER", "R-PAIN-STOP", "R-HEAT", "R-REDS", "R-YOUTH"} <= set(seen)


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["red_flag", "injured", "ill", "youth", "hot"])
def test_the_oracle_notices_a_rule_that_is_taken_away(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    left = tuple(rule for rule in rules._RULES if rule.__name__ != name)
    assert len(left) == len(rules._RULES) - 1
    monkeypatch.setattr(rules, "_RULES", left)
    found, _, _, _ = fuzz(150, 7, 20)
    assert found


@pytest.mark.heavy
def test_a_week_played_again_is_the_same_and_the_sum_counts_what_was_played() -> None:
    shards = shards_of(2030, 5, 6)
    assert [one.weeks for one in shards] == [2000, 30]
    once, again = played_shard(shards[1]), played_shard(shards[1])
    assert once["seen"] == again["seen"] and once["found"] == again["found"] == []
    told = report_of([once, again], 2030, 1.0)
    assert told["weeks"] == 60 and told["weeks_asked"] == 2030 and told["decisions"] == 420


@pytest.mark.heavy
def test_the_judge_notices_a_pattern_that_is_not_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    left = tuple(rule for rule in rules._RULES if rule.__name__ != "provoking")
    monkeypatch.setattr(rules, "_RULES", left)
    assert any("R-PATTERN" in text for text in fuzz(150, 7, 20)[0])


@pytest.mark.heavy
def test_the_judge_notices_a_pick_that_adds_and_a_model_that_moves_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    def more(decision, state, picked):  # type: ignore[no-untyped-def]
        longer = replace(decision.session, distance_m=1.2 * decision.session.distance_m + 1.0)
        return replace(decision, session=longer)

    def moved(state, predictor, cards=safety_fuzz.NO_CARDS):  # type: ignore[no-untyped-def]
        found = proposal(state, predictor, cards)
        return found if state.own_targets is None else replace(found, rule_ids=found.rule_ids[1:])

    monkeypatch.setattr(safety_fuzz, "put_first", more)
    assert any("a session that was not left" in text for text in fuzz(30, 7, 20)[0])
    monkeypatch.setattr(safety_fuzz, "proposal", moved)
    assert any("a model moves rules" in text for text in fuzz(60, 7, 20)[0])
