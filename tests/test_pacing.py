"""A race on its course: the same effort everywhere, the whole time spent, and what is no course is named."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import main
from device.files.course import CourseError, read_course
from edge.coach.pacing import FASTEST, Pacing, line_m, pacing
from edge.samples import Column, Estimate

TIME = Estimate(3000.0, 2900.0, 3200.0, "test")


def course(heights: list[float], length_m: float = 10000.0, base_m: float = 0.0) -> tuple[Column, Column, Column]:
    n = len(heights)
    return 45.0 + np.linspace(0.0, length_m, n) / 111195.0, np.full(n, 7.0), base_m + np.array(heights)


def paced(heights: list[float], **more: object) -> Pacing:
    return pacing(*course(heights), TIME, **more)  # type: ignore[arg-type]


def test_a_flat_course_is_even_and_takes_the_flat_time() -> None:
    told = paced([100.0] * 200)
    assert told.time_s.value == pytest.approx(3000.0, rel=1e-6) and told.length_m == pytest.approx(10000.0, rel=1e-3)
    assert [leg.pace_s_per_km for leg in told.legs] == pytest.approx([300.0] * len(told.legs), rel=2e-3)


def test_uphill_is_slower_downhill_a_little_faster_and_both_ways_cost_time() -> None:
    hill = [0.0, *([100.0] * 1), 0.0]
    told = paced(list(np.interp(np.linspace(0, 2, 400), [0, 1, 2], hill)))
    first, last = told.legs[2].pace_s_per_km, told.legs[-3].pace_s_per_km
    assert first > 300.0 > last >= 300.0 * FASTEST - 1.0
    assert told.time_s.value > 3000.0 and told.flat_s == 3000.0
    assert told.ascent_m == pytest.approx(100.0, rel=0.05)


@given(st.lists(st.floats(0.0, 400.0), min_size=2, max_size=30), st.sampled_from([500.0, 1000.0, 5000.0, 30000.0]))
def test_the_legs_spend_the_whole_time_over_the_whole_course(heights: list[float], split_m: float) -> None:
    told = paced(heights, split_m=split_m)
    assert sum(leg.time_s for leg in told.legs) == pytest.approx(told.time_s.value)
    assert told.legs[-1].end_m == told.length_m and told.legs[-1].clock_s.value == pytest.approx(
        told.time_s.value, abs=0.1
    )
    clocks = [leg.clock_s.value for leg in told.legs]
    assert clocks == sorted(clocks)
    assert all(leg.clock_s.low <= leg.clock_s.value <= leg.clock_s.high for leg in told.legs)


@given(st.floats(1500.0, 20000.0))
def test_a_wanted_time_is_the_time(wanted: float) -> None:
    told = pacing(*course([0.0, 80.0, 20.0, 120.0]), Estimate(wanted, wanted, wanted, "x"), of_the_course=True)
    assert told.time_s.value == wanted and math.isnan(told.flat_s)


def test_thin_air_costs_those_who_are_not_used_to_it() -> None:
    high = course([0.0] * 50, base_m=2000.0)
    sea, local = (pacing(*high, TIME, used_to_m=used).time_s.value for used in (0.0, 2000.0))
    assert sea > local > 3000.0
    assert pacing(*high, TIME).time_s.value == pytest.approx(3000.0)


def test_a_course_without_altitudes_is_taken_as_flat() -> None:
    latitude, longitude, _ = course([0.0] * 50)
    told = pacing(latitude, longitude, np.full(50, np.nan), TIME)
    assert told.ascent_m == 0.0 and told.time_s.value == pytest.approx(3000.0)


@pytest.mark.parametrize("length_m", [100.0, 900_000.0])
def test_a_length_that_is_no_race_is_refused(length_m: float) -> None:
    with pytest.raises(ValueError, match="400"):
        pacing(*course([0.0, 0.0], length_m), TIME)


def test_a_degree_of_latitude_is_111_km() -> None:
    assert line_m(np.array([0.0, 1.0]), np.array([0.0, 0.0]))[-1] == pytest.approx(111195.0, rel=1e-4)


def gpx(tag: str, group: str = "rte") -> str:
    latitude, longitude, height = course(list(np.interp(np.linspace(0, 2, 300), [0, 1, 2], [0, 90, 10])))
    points = "".join(
        f'<{tag} lat="{a:.6f}" lon="{b:.6f}"><ele>{h:.1f}</ele></{tag}>'
        for a, b, h in zip(latitude, longitude, height, strict=True)
    )
    return f'<?xml version="1.0"?><gpx version="1.1"><{group}><name>Hill Ten</name>{points}</{group}></gpx>'


@pytest.mark.parametrize(("tag", "group"), [("rtept", "rte"), ("trkpt", "trk"), ("wpt", "extensions")])
def test_routes_tracks_and_way_points_are_courses(tmp_path: Path, tag: str, group: str) -> None:
    (tmp_path / "c.gpx").write_text(gpx(tag, group))
    found = read_course(tmp_path / "c.gpx")
    assert found.name == "Hill Ten" and len(found.latitude_deg) == 300


@pytest.mark.parametrize("content", ["", "no xml", "<gpx></gpx>", '<gpx><trkpt lat="1" lon="2"/></gpx>',
                                     '<!DOCTYPE a [<!ENTITY x "y">]><gpx>&x;</gpx>'])  # fmt: skip
def test_what_is_no_course_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.gpx").write_text(content)
    with pytest.raises(CourseError, match=r"bad\.gpx"):
        read_course(tmp_path / "bad.gpx")
    with pytest.raises(CourseError, match="missing"):
        read_course(tmp_path / "missing.gpx")


def test_the_command_lays_a_time_over_the_course(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "c.gpx").write_text(gpx("rtept"))
    words = ["race", "pace", "--course", str(tmp_path / "c.gpx"), "--db", str(tmp_path)]
    assert main([*words, "--time", "0:50:00", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["time_s"]["value"] == 3000.0 and len(document["splits"]) == 10
    assert main([*words, "--time", "0:50:00"]) == 0
    assert "Hill Ten" in capsys.readouterr().out
    assert main(words) == 1
    assert "too little" in capsys.readouterr().err
