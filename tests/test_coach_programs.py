"""The proof programs at a reduced size, and that each of them can fail."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from programs.coach import counterfactual, placeholder, stale
from programs.coach import replay as replay_program

from app.bench.coach_programs import PROGRAMS, measure_of
from app.coach import replays


def test_stored_decisions_replay_and_every_changed_value_is_noticed() -> None:
    books = replay_program.run(1, 60, 20, seed=3, keep=True)
    assert books.decisions == 3
    replay_program.try_changes(books.kept[-1], np.random.default_rng(1), books)
    assert not books.broken
    assert not books.unnoticed
    assert len(books.noticed) > 100


def test_a_replay_program_that_is_given_a_changed_row_says_so(tmp_path: Path) -> None:
    row = next(replay_program.rows_of("first", 3, 0, 30, 30))
    assert replays(row)
    file = tmp_path / "rows"
    lines = [[r.decision_id, r.made_unix_s, r.document, r.inputs] for r in (row, replace(row, inputs="{}"))]
    file.write_text("\n".join(map(json.dumps, lines)))
    assert len(replay_program.check(file).breaches) == 1


def test_every_what_if_sentence_holds_when_done_by_hand() -> None:
    books = counterfactual.run(6, seed=2, days=80)
    assert books.decisions == 6
    assert not books.wrong


def test_a_sentence_that_is_not_true_is_found() -> None:
    session = counterfactual.Session("easy", 5000.0, 1800.0, 360.0, 380.0, 120.0, 140.0)
    case = counterfactual.Case(None, (), None, session, "It would be an easy run of 8.0 km, had you not run today.", ())  # type: ignore[arg-type]
    assert counterfactual.holds(case, replace(session, distance_m=8000.0)) == ""
    assert "distance" in counterfactual.holds(case, session)
    with pytest.raises(ValueError, match="no change"):
        counterfactual.by_hand(replace(case, state=_Nothing()), "had the moon been full")  # type: ignore[arg-type]


class _Home:
    home = None


class _Nothing:
    said = ()
    where = _Home


def test_nothing_stale_in_a_few_days() -> None:
    report = stale.run(100, 4, seed=5, a_life=20)
    assert not report.breaches


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Easy run of None km", "nothing"), ("about nan min", "nothing"), ("{name}, hello", "gap"), ("%s km", "gap"),
        ("rest for 30", "unit"), ("he should rest", "pronoun"), ("heart rate 120 to 130: easy", "unit"),
    ],
)  # fmt: skip
def test_faults_of_a_line_are_found(line: str, what: str) -> None:
    assert what in " ".join(placeholder.faults(line))


@pytest.mark.parametrize(
    "line", ["Easy run: 5.2 km, about 35 min, at 6:40 to 7:10 /km", "pain 4 of 10 on 2026-05-07", "in 2 of 3 weeks"]
)
def test_measured_numbers_dates_and_counts_are_no_faults(line: str) -> None:
    assert placeholder.faults(line) == []


def test_every_program_of_the_bench_is_in_the_tree() -> None:
    programs = Path(__file__).parent / "programs"
    assert all((programs / one.file).is_file() for one in PROGRAMS.values())


def test_what_a_program_told_before_is_read_and_a_damaged_answer_is_named(tmp_path: Path) -> None:
    told = {
        "weeks": 4000, "weeks_asked": 10000, "decisions": 28000, "violations": 1, "seed": 5, "weeks_per_cpu_s": 90.0,
        "seen": {"R-110": 4, "picked": 2, "run": 3}, "found": ["week 3 day 1: R-110"],
    }  # fmt: skip
    (tmp_path / "safety.json").write_text(json.dumps(told))
    section = measure_of("safety", "full", None, tmp_path)(tmp_path, False, lambda line: None)
    by_name = {one.name: one for one in section.figures}
    assert not by_name["broken safety rules"].reached and section.notes == ("week 3 day 1: R-110",)
    assert by_name["fuzzed weeks"].value == 4000 and not by_name["fuzzed weeks"].reached
    (tmp_path / "safety.json").write_text("{")
    with pytest.raises(ValueError, match=r"safety\.json is no JSON"):
        measure_of("safety", "full", None, tmp_path)(tmp_path, False, lambda line: None)
