"""The desk without a screen: faults become views, and where effort leads no pace is shown, in the run too."""

from __future__ import annotations

from dataclasses import asdict
from math import isnan, nan
from pathlib import Path

import pytest

from app.cli import main
from app.desk.desk import Desk
from app.desk.report import latest
from app.live.context import BY_FEEL
from app.live.moment import LiveMoment
from app.live.run import LiveRun
from app.views.live import nothing_told
from app.views.live_moment import moment_view, steps_of
from app.views.phase import Act, Phase
from app.views.settings import DEFAULT
from app.views.words import Words
from app.warning_signs import SIGNS
from edge.coach.live import LiveContext
from edge.coach.types import Session
from edge.session import FeatureRow

NOW = 1_795_593_600.0


@pytest.mark.parametrize(
    "screen", ["today", "plan", "report", "beliefs", "insights", "privacy", "welcome", "run", "settings", "check-in"]
)
def test_a_diary_that_cannot_be_read_is_a_view_and_never_a_fault(tmp_path: Path, screen: str) -> None:
    diary = tmp_path / "diary.db"
    diary.write_bytes(b"this is no diary" * 100)
    view = Desk(diary, lambda: (NOW, 0.0)).view(screen)
    if screen not in ("run", "settings", "check-in"):
        assert view.phase is Phase.ERROR and view.notice.title


def test_every_warning_sign_can_be_pointed_at_and_leads_to_help(tmp_path: Path) -> None:
    for number, sign in enumerate(SIGNS):
        desk = Desk(tmp_path / f"{number}.db", lambda: (NOW, 0.0))
        sheet = desk.ask(Act("warning"), "check-in").sheet
        assert sheet is not None and [one.text for one in sheet.offers] == [one.named("en") for one in SIGNS]
        assert desk.ask(sheet.offers[number].act, "check-in").open == "today"
        desk.set("first_run_done", "on")
        assert desk.view("today").help_now, sign.situation


def test_where_effort_leads_the_run_shows_no_band() -> None:
    open_band = Session("easy", 5000.0, 2400.0, 420.0, 900.0, nan, nan)
    run = LiveRun("r", LiveContext(open_band, NOW), 185.0)
    run.row = FeatureRow(60.0, 2.4, 0.1, 140.0, 130.0, 0.1, 160.0, 0.1, 100.0, 0.1, 0.0)
    assert all(isnan(end) for end in run.moment().band_s_per_km)
    banded = LiveRun("r", LiveContext(Session("easy", 5000.0, 2000.0, 380.0, 420.0, nan, nan), NOW), 185.0)
    banded.row = run.row
    assert banded.moment().band_s_per_km == (380.0, 420.0)


def test_a_pause_counts_from_the_first_moment_and_the_shown_time_stands_still() -> None:
    def second(t_s: float) -> FeatureRow:
        return FeatureRow(t_s, 2.4, 0.1, 140.0, 130.0, 0.1, 160.0, 0.1, 100.0, 0.1, 0.0)

    run = LiveRun("r", LiveContext(BY_FEEL, NOW), 185.0)
    run.pause()  # nothing has come yet, and the tap counts all the same
    assert run.moment().paused
    run.row = second(20.0)
    assert moment_view(run.moment(), Words()).time == "0:00"
    run.resume()
    run.row = second(80.0)
    assert run.pauses == [(0.0, 20.0)] and moment_view(run.moment(), Words()).time == "1:00"
    run.pause()
    run.row = second(95.0)
    assert moment_view(run.moment(), Words()).time == "1:00" and run.moment().stopped_s == 35.0


BANDS = [(380.0, 420.0, "6:20 – 7:00"), (420.0, 900.0, "from 7:00"), (420.0, 1300.0, "–"), (nan, nan, "–")]


@pytest.mark.parametrize(("low", "high", "text"), BANDS)
def test_a_band_without_an_end_is_written_without_one(low: float, high: float, text: str) -> None:
    assert Words().pace_band(low, high).value == text


def test_before_the_first_second_nothing_is_shown_that_was_not_told() -> None:
    view = nothing_told(Words())
    assert view.steps == () and view.laps == () and view.next_text == "" and view.signals.of == 0
    assert {view.pace.value, view.heart.value, view.cadence.value} == {"–"}
    assert isnan(BY_FEEL.distance_m)


def test_a_run_leaves_as_files_everything_leaves_as_a_folder_and_all_is_deleted(tmp_path: Path) -> None:
    diary = tmp_path / "diary.db"
    assert main(["record", "--db", str(diary), "--sim", "default", "--speed", "0", "--seconds", "200"]) == 0
    desk = Desk(diary, lambda: (NOW, 0.0))
    desk.set("language", "de")
    run_id = latest(desk.store())
    for form, suffix in (("page", "html"), ("fit", "fit"), ("tcx", "tcx")):
        desk.ask(Act("export as", (form, run_id)), "report")
        assert (tmp_path / "exports" / f"run-{run_id}.{suffix}").stat().st_size > 1000
    assert "everything" in desk.ask(Act("export all"), "privacy").word
    folder = next((tmp_path / "exports").glob("everything-*"))
    other = tmp_path / "other.db"
    assert main(["import", "--db", str(other), str(folder)]) == 0
    assert Desk(other).settings.language == "de"
    answer = desk.ask(Act("delete all"), "privacy")
    assert "gelöscht" in answer.word and answer.open == "first-run" and desk.settings == DEFAULT
    assert not (tmp_path / "exports").exists()
    with desk.store() as store:
        assert not store.runs()


@pytest.mark.parametrize(("kind", "count"), [("easy", 2), ("steady", 3), ("walk-run", 7)])
def test_the_steps_of_a_run_are_those_that_a_watch_gets(kind: str, count: int) -> None:
    session = asdict(Session(kind, 6000.0, 1260.0, 300.0, 330.0, nan, nan))
    row = {"t_s": 400.0, "distance_m": 1300.0}
    steps = steps_of(LiveMoment("r", row, session), Words())
    assert len(steps) >= count and [one.state for one in steps].count("now") == 1
    assert steps[0].state == "done" and steps[-1].state in ("next", "now")
    assert steps_of(LiveMoment("r", row, {"kind": "rest"}), Words()) == ()
