"""A simulated year: played day by day, told with its reasons, the same for the same seed."""

from __future__ import annotations

import importlib.util
import itertools
import json
import math
from pathlib import Path

import pytest

from app.cli import main
from app.year import CASTS, Year, play
from edge.coach import novelty
from hardware_sim.lives.second import SECOND
from models.learner import PersonLearner


def played(name: str = "mover", days: int = 40, seed: int = 3) -> Year:
    return play(seed, CASTS[name], SECOND, days, PersonLearner(), None)


@pytest.fixture(scope="module")
def year() -> Year:
    return played()


def test_the_same_seed_plays_the_same_year_and_another_person_another(year: Year) -> None:
    assert repr(played(days=12).days) == repr(year.days[:12])
    assert repr(played("beginner", 12).days) != repr(year.days[:12])


def test_every_morning_has_a_decision_with_a_reason_and_the_truth_beside_it(year: Year) -> None:
    assert len(year.days) == 40
    for one in year.days:
        assert one.decision.because and one.decision.session is not None
        assert 1200.0 < one.true_10k_s < 6000.0 and math.isfinite(one.believed_easy_bpm.value)
    assert any(one.followed for one in year.days) and not all(one.followed for one in year.days)


def test_nothing_of_a_day_is_known_on_its_morning(year: Year) -> None:
    shorter = played(days=20)
    assert repr(shorter.days[-1].decision) == repr(year.days[19].decision)


def test_the_returner_begins_hurt_and_the_mover_ends_high() -> None:
    assert any(one.pain > 0.0 for one in played("returner", 7).days)
    moved = play(3, CASTS["mover"], SECOND, 160, PersonLearner(), None).days
    assert moved[100].altitude_m < 500.0 and moved[-1].altitude_m > 2300.0
    assert any("R-ALTITUDE" in one.decision.rule_ids for one in moved[148:])


@pytest.mark.skipif(importlib.util.find_spec("matplotlib") is None, reason="matplotlib (extra bench) is not installed")
def test_the_command_writes_a_page_with_its_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["sim", "year", "--seed", "3", "--person", "beginner", "--days", "21", "--out", str(tmp_path), "--json"]
    assert main(words) == 0
    document = json.loads(capsys.readouterr().out)
    page = (tmp_path / "beginner.md").read_text()
    assert document["simulated"] and document["days"] == 21 and "simulated" in page
    assert "(beginner.png)" in page and (tmp_path / "beginner.png").stat().st_size > 20_000
    assert "nan" not in page and "None" not in page
    assert main(["sim", "year", "--days", "3", "--out", str(tmp_path)]) == 1


def test_in_a_played_year_at_most_one_element_is_new_in_seven_days_and_each_but_once(year: Year) -> None:
    new = [(one.day, name) for one in year.days for name in one.decision.introduced if novelty.is_element(name)]
    days = [day for day, _ in new]
    assert new and len({name for _, name in new}) == len(new)
    assert all(later - earlier >= 7 for earlier, later in itertools.pairwise(days))
