"""A course is followed by its fixes: what lies ahead joins what is measured, loops are not jumped across."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.desk.desk import Desk
from app.desk.run import course_options
from app.live.course import Course
from app.live.run import LiveRun
from app.views.phase import Act
from device.files.course import CourseError, CoursePoints
from edge.coach.live import LiveContext
from edge.coach.types import Session
from edge.samples import Fix
from edge.session import FeatureRow
from edge.track.rows import degrees

HOME = np.array([47.0, 9.0])


def fix(east_m: float, north_m: float) -> Fix:
    latitude, longitude = degrees(np.array([[east_m, north_m]]), HOME)[0]
    one = np.ones(1)
    return Fix(0.0 * one, latitude * one, longitude * one, 0.0 * one, 3.0 * one, 4.0 * one)


def course(places: np.ndarray, heights: np.ndarray) -> Course:
    at = degrees(places, HOME)
    return Course(CoursePoints("", at[:, 0], at[:, 1], heights))


def straight(length_m: float = 5000.0) -> Course:
    east = np.arange(0.0, length_m + 1.0, 10.0)
    return course(np.column_stack([east, 0.0 * east]), 400.0 + 30.0 * np.sin(east / 500.0))


def test_what_lies_ahead_begins_here_at_the_height_that_is_measured() -> None:
    way = straight()
    for east in range(0, 2001, 50):
        way.fix(fix(float(east), 8.0))
    ahead = way.ahead(2040.0, 431.0)
    assert ahead[0] == pytest.approx((2040.0, 431.0))
    assert ahead[-1][0] == pytest.approx(2040.0 + 3000.0, abs=15.0)
    true = 30.0 * (np.sin(5000.0 / 500.0) - np.sin(2000.0 / 500.0))
    assert ahead[-1][1] - 431.0 == pytest.approx(true, abs=1.0)
    assert way.left_m == pytest.approx(3000.0, abs=15.0)


def test_off_the_course_nothing_lies_ahead_and_it_is_found_again() -> None:
    way = straight()
    way.fix(fix(1000.0, 300.0))
    assert way.ahead(1000.0, 400.0) == ()
    way.fix(fix(1200.0, 10.0))
    assert way.ahead(1200.0, 400.0)


def test_a_way_out_and_back_is_not_jumped_across() -> None:
    out = np.arange(0.0, 2001.0, 10.0)
    places = np.column_stack([np.concatenate([out, out[::-1]]), np.zeros(2 * len(out))])
    way = course(places, np.linspace(0.0, 100.0, 2 * len(out)))
    for east in (0.0, 300.0, 600.0, 900.0, 1200.0, 1500.0, 1800.0, 2000.0):
        way.fix(fix(east, 0.0))
    assert way.left_m == pytest.approx(2000.0, abs=30.0)
    for east in (1800.0, 1500.0, 1200.0, 900.0):
        way.fix(fix(east, 0.0))
    assert way.left_m == pytest.approx(900.0, abs=30.0)


def test_a_loop_begins_at_its_start_and_a_course_without_heights_says_nothing() -> None:
    turn = np.linspace(0.0, 2.0 * np.pi, 300)
    places = 500.0 * np.column_stack([np.cos(turn) - 1.0, np.sin(turn)])
    loop = course(places, np.full(300, np.nan))
    loop.fix(fix(0.0, 0.0))
    assert loop.left_m > 3000.0
    assert loop.ahead(0.0, 400.0) == ()


def test_the_moment_of_a_run_shows_what_lies_ahead() -> None:
    by_feel = Session("easy", *(float("nan"),) * 6)
    run = LiveRun("r", LiveContext(by_feel, 0.0), 185.0, course=straight())
    run._take((fix(500.0, 0.0),))
    known = {"t_s": 170.0, "distance_m": 510.0, "altitude_m": 430.0}
    run.row = FeatureRow(*(known.get(name, float("nan")) for name in FeatureRow.__slots__))
    assert run.moment().ahead[0] == pytest.approx((510.0, 430.0))


def test_a_course_is_chosen_by_hand_and_a_damaged_one_is_refused_in_words(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "diary.db", lambda: (0.0, 0.0))
    (tmp_path / "courses").mkdir()
    (tmp_path / "courses" / "hill.gpx").write_text(
        '<gpx><rte><rtept lat="47" lon="9"><ele>1</ele></rtept><rtept lat="47.01" lon="9"/></rte></gpx>'
    )
    (tmp_path / "courses" / "bad.gpx").write_text("<gpx>")
    sheet = desk.ask(Act("courses"), "more").sheet
    assert sheet is not None and [offer.text for offer in sheet.offers] == ["none", "bad.gpx", "hill.gpx"]
    assert "bad.gpx" in desk.ask(Act("course", "bad.gpx"), "more").word and desk.settings.course == ""
    desk.ask(Act("course", "hill.gpx"), "more")
    assert course_options(desk) == ["--course", str(tmp_path / "courses" / "hill.gpx")]
    with pytest.raises(CourseError):
        Course.of(tmp_path / "courses" / "none.gpx")
