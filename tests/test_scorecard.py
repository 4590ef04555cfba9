"""Forecasts and advice against what came: misses first, and no verdict without the days to carry it."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from coach_people import DAY_S, NOON, TODAY, run

from app.cli import main
from app.coach import decide_today
from app.past import recording_of
from app.store import Store
from edge.coach.scorecard import LEAST_DAYS, Morning, score
from edge.coach.types import Forecast, RunFact, Session
from edge.samples import Estimate
from edge.summary import summarise
from hardware_sim.history import weeks

NAN = math.nan


def around(value: float, half: float) -> Estimate:
    return Estimate(value, value - half, value + half, "test")


def morning(day: int, chance: float, km: float = 8.0, bpm: float = 140.0, plain_bpm: float = 125.0) -> Morning:
    told = Forecast(
        day, chance, around(1000.0 * km, 2000.0), around(1000.0 * km, 2000.0), around(360.0, 20.0), around(bpm, 8.0)
    )
    ours, plain = (Session("easy", 1000.0 * km, 2880.0, 350.0, 370.0, b - 6.0, b + 6.0) for b in (bpm, plain_bpm))
    return Morning(day, f"d{day}", told, ours, plain)


def ran(day: int, km: float = 8.0, bpm: float = 140.0, pace: float = 360.0) -> RunFact:
    return run(TODAY - day, 1000.0 * km, pace, hr=bpm)


def test_the_misses_come_first_and_the_most_certain_one_leads() -> None:
    days = [morning(TODAY - 3, 0.6), morning(TODAY - 2, 0.95), morning(TODAY - 1, 0.1)]
    card = score(days, [ran(TODAY - 1)], TODAY)
    assert [miss.day for miss in card.misses] == [TODAY - 2, TODAY - 1, TODAY - 3]
    assert "95 % likely; you did not run" in card.misses[0].text and card.misses[0].decision_id == f"d{TODAY - 2}"


def test_a_day_counts_once_by_its_first_decision_and_today_not_at_all() -> None:
    days = [morning(TODAY - 1, 0.9), morning(TODAY - 1, 0.1), morning(TODAY, 0.9)]
    card = score(days, [], TODAY)
    assert card.mornings == 1 and card.running.ours == pytest.approx(0.81)


def test_no_verdict_before_there_are_days_enough_and_then_the_right_one() -> None:
    for count, verdict in ((LEAST_DAYS - 1, "too little data"), (LEAST_DAYS + 10, "better")):
        days = [morning(TODAY - k, 0.9) for k in range(1, count + 1)]
        runs = [ran(TODAY - k, bpm=140.0 + k % 3) for k in range(1, count + 1)]
        assert score(days, runs, TODAY).heart_target_bpm.verdict.startswith(verdict)
    worse = [morning(TODAY - k, 0.9, bpm=125.0, plain_bpm=140.0) for k in range(1, 40)]
    card = score(worse, [ran(TODAY - k, bpm=140.0 + k % 3) for k in range(1, 40)], TODAY)
    assert card.heart_target_bpm.verdict == "worse"
    even = [morning(TODAY - k, 0.9, bpm=133.0 + k % 2, plain_bpm=133.0 + (k + 1) % 2) for k in range(1, 40)]
    card = score(even, [ran(TODAY - k) for k in range(1, 40)], TODAY)
    assert card.heart_target_bpm.verdict.startswith("no difference")


def test_intervals_are_counted_where_something_came() -> None:
    days = [morning(TODAY - k, 0.9) for k in (1, 2, 3)]
    card = score(days, [ran(TODAY - 1), ran(TODAY - 2, km=15.0, bpm=NAN)], TODAY)
    assert (card.distance.held, card.distance.of) == (1, 3)
    assert (card.heart.held, card.heart.of) == (1, 1) and (card.pace.held, card.pace.of) == (2, 2)
    assert (card.followed, card.advised) == (1, 3)


def test_the_command_scores_the_decisions_of_the_diary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store(tmp_path / "diary.db") as store:
        past = weeks(9, 5, until_unix_s=NOON)
        for one in past:
            recording = recording_of(one)
            store.add_recording(recording, summarise(recording.samples, "running", (), 70.0), source="test")
        for day in range(14, 0, -1):
            decide_today(store, NOON - day * DAY_S - 6 * 3600.0, predictor=None)
    assert main(["scorecard", "--db", str(tmp_path), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["mornings"] == 14 and document["intervals"]["distance"]["of"] == 14
    assert document["running"]["verdict"].startswith("too little data")
    assert main(["scorecard", "--db", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert out.index("Where I was wrong") < out.index("By habit")


def test_a_diary_without_mornings_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Store(tmp_path / "diary.db").close()
    assert main(["scorecard", "--db", str(tmp_path)]) == 0
    assert "kadenz today" in capsys.readouterr().out
