"""A page for a physiotherapist: what hurt when and how much was run, and nothing that tells where."""

from __future__ import annotations

import json
import math
import time
from pathlib import Path

import pytest
from coach_people import DAY_S, run, says, state

from app.cli import main
from app.physio import WEEKS, physio_page, physio_text
from app.store import Store
from edge.coach.said import Constraint

RUNS = [run(d, 8000.0 if d > 7 else 16000.0, 350.0, hr=145.0) for d in range(80, 0, -3)]
SAID = (
    says("pain", 20.0, area="knee", side="left", severity=3.0, how="downhill"),
    says("pain", 4.0, area="knee", side="left", severity=5.0),
    says("stress", 3.0),
)


def test_the_page_holds_weeks_pains_and_what_changed() -> None:
    page = physio_page(state(RUNS, said=SAID), RUNS, SAID)
    assert len(page.weeks) == WEEKS and sum(week.runs for week in page.weeks) >= len(RUNS) - 1
    assert max(week.worst_pain for week in page.weeks if math.isfinite(week.worst_pain)) == 5.0
    assert [words for _, words in page.said] == ["left knee pain downhill, 3 of 10", "left knee pain, 5 of 10"]
    assert any("longest run" in one for one in page.changes)
    assert page.injuries and page.injuries[0].startswith("left knee")


def test_nothing_tells_where_the_person_was_or_how_their_heart_beat() -> None:
    text = physio_text(physio_page(state(RUNS, said=SAID), RUNS, SAID), "2026-01-01")
    assert "35.7" not in text and "Raleigh" not in text and "145" not in text and "nan" not in text


def test_an_empty_diary_is_an_empty_page_without_gaps() -> None:
    text = physio_text(physio_page(state([]), [], ()), "2026-01-01")
    assert "nan" not in text and "None" not in text and "Nothing" in text


def test_the_command_writes_the_page_and_names_what_it_cannot_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store(tmp_path / "diary.db") as store:
        store.add_sentence("knee", (Constraint("pain", "knee", "left", 4.0),), time.time() - DAY_S)
    words = ["export", "--for", "physio", "--db", str(tmp_path)]
    assert main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["said"][0][1] == "left knee pain, 4 of 10"
    assert main([*words, "--out", str(tmp_path / "page.md")]) == 0
    assert "left knee" in (tmp_path / "page.md").read_text()
    assert main([*words, "--out", str(tmp_path / "nowhere" / "page.md")]) == 1
    assert "page.md" in capsys.readouterr().err
