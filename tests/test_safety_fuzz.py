"""The fuzz program itself: no breach, and each rule taken away is noticed, so that its silence means something."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "programs"))

from safety_fuzz import fuzz

from edge.coach import rules


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
