"""Cues of the run: one at a time, none within 20 s, each with a reason, none about what is unknown."""

from __future__ import annotations

import dataclasses
import itertools
from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.coach.live import (
    QUIET_S,
    Cue,
    LiveCoach,
    LiveContext,
    LiveMemory,
    moved_band_s_per_km,
    target_band_s_per_km,
)
from edge.coach.live_pain import ANSWERS
from edge.coach.types import Session
from edge.session import Features

EASY = Session("easy", 5000.0, 1800.0, 340.0, 370.0, 130.0, 150.0)
CONTEXT = LiveContext(EASY, start_unix_s=1_000_000.0)


def rows(seconds: int = 900, **columns: object) -> Features:
    values = {f.name: np.zeros(seconds) for f in dataclasses.fields(Features)}
    values |= {
        "t_s": np.arange(seconds, dtype=float),
        "speed_m_s": np.full(seconds, 1000 / 355.0),
        "distance_m": np.arange(seconds) * 1000 / 355.0,
        "heart_rate_bpm": np.full(seconds, 142.0),
        "cadence_spm": np.full(seconds, 170.0),
    }
    values |= {name: np.broadcast_to(np.asarray(v, dtype=float), (seconds,)).copy() for name, v in columns.items()}
    return Features(**values)


def cues(features: Features, context: LiveContext = CONTEXT) -> tuple[Cue, ...]:
    return LiveCoach(context).feed(features)


def ids(found: tuple[Cue, ...]) -> list[str]:
    return [c.decision.rule_ids[0] for c in found]


def test_a_run_on_target_hears_its_target_and_its_kilometres_only() -> None:
    assert ids(cues(rows())) == ["L-START", "L-KM", "L-KM"]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_cues_are_never_closer_than_the_quiet_time_and_always_say_why_and_expire(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 600
    speed, heart = rng.uniform(0.0, 6.0, n), rng.uniform(90, 200, n)
    heart[rng.random(n) < 0.3] = nan
    grade = np.repeat(rng.uniform(-0.2, 0.2, n // 50), 50)
    found = cues(rows(n, speed_m_s=speed, heart_rate_bpm=heart, grade=grade, distance_m=np.cumsum(speed)))
    at_s = [c.t_s for c in found]
    assert all(b - a >= QUIET_S for a, b in itertools.pairwise(at_s))
    for cue in found:
        assert cue.decision.because and all(r.text and r.numbers for r in cue.decision.because)
        assert cue.decision.valid_until_unix_s > CONTEXT.start_unix_s + cue.t_s


def test_feeding_second_by_second_gives_the_same_cues() -> None:
    features = rows(600, heart_rate_bpm=160.0)
    coach, found = LiveCoach(CONTEXT), []
    for i in range(len(features)):
        one = Features(*(getattr(features, f.name)[i : i + 1] for f in dataclasses.fields(Features)))
        found += coach.feed(one)
        coach = LiveCoach(CONTEXT, coach.memory)
    assert [(c.t_s, c.decision) for c in found] == [(c.t_s, c.decision) for c in cues(features)]


def test_a_heart_rate_above_the_band_is_met_with_its_numbers() -> None:
    found = [c for c in cues(rows(heart_rate_bpm=161.0)) if c.decision.rule_ids[0] == "L-EASE-HR"]
    assert found and "11 bpm above" in found[0].decision.because[0].text


def test_a_lost_strap_is_said_once_and_no_heart_rate_cue_follows() -> None:
    heart = np.full(900, 142.0)
    heart[300:] = nan
    found = cues(rows(heart_rate_bpm=heart, heart_rate_age_s=np.maximum(0.0, np.arange(900) - 299.0)))
    assert ids(found).count("L-NO-HR") <= 3 and "L-NO-HR" in ids(found) and "L-EASE-HR" not in ids(found)


@pytest.mark.parametrize("name", ["heart_rate_bpm", "speed_m_s", "grade", "altitude_m", "distance_m"])
def test_an_infinite_number_is_none(name: str) -> None:
    column = np.where(np.arange(900) < 400, getattr(rows(), name), np.inf)
    assert ids(cues(rows(**{name: column}))) == ids(cues(rows(**{name: np.where(np.isinf(column), nan, column)})))


def test_a_climb_moves_the_band_before_it_judges_the_pace() -> None:
    low, high = target_band_s_per_km(EASY, 0.06)
    assert low > EASY.pace_low_s_per_km * 1.15 and high > low
    uphill = rows(300, grade=0.06, speed_m_s=1000 / ((low + high) / 2), distance_m=0.0)
    assert "L-SLOW" not in ids(cues(uphill)) and "L-CLIMB" in ids(cues(uphill))


def test_an_altitude_that_is_not_known_is_not_said() -> None:
    context = dataclasses.replace(CONTEXT, altitude_m=nan, pace_slower_percent=9.0)
    first = cues(rows(60), context)[0]
    assert "L-START" in first.decision.rule_ids and len(first.decision.because) == 1


def test_at_altitude_the_first_words_say_what_the_place_costs() -> None:
    context = dataclasses.replace(CONTEXT, altitude_m=1609.0, pace_slower_percent=4.0)
    first = cues(rows(60), context)[0].decision
    assert "1,609 m" in first.because[0].text and "4 %" in first.because[0].text


def test_with_no_target_pace_nothing_is_said_about_pace() -> None:
    session = dataclasses.replace(EASY, pace_low_s_per_km=nan, pace_high_s_per_km=nan)
    found = ids(cues(rows(speed_m_s=6.0, grade=0.05), dataclasses.replace(CONTEXT, session=session)))
    assert not {"L-FAST", "L-SLOW", "L-CLIMB"} & set(found)


# It hurts: one tap, one answer


@pytest.mark.parametrize(("area", "severity", "level"), [
    ("knee", 0.0, 0), ("knee", 2.0, 0), ("knee", 3.0, 1), ("knee", 4.0, 2), ("knee", 5.0, 3), ("knee", 10.0, 3),
    ("knee", nan, 2), ("shin", 3.0, 2), ("hip", 4.0, 3), ("chest", 1.0, 4), ("chest", nan, 4), ("chest", 0.0, 0),
    ("head", 6.0, 4), ("other", 3.0, 1),
])  # fmt: skip
def test_a_tap_is_answered_by_rule_in_the_same_call(area: str, severity: float, level: int) -> None:
    coach = LiveCoach(CONTEXT)
    cue = coach.hurts(area, severity, "left", 100.0)
    assert coach.memory.hurt_level == level and cue.t_s == 100.0
    assert cue.decision.show == ANSWERS[level][1] and cue.decision.rule_ids[0] == ANSWERS[level][0]
    assert cue.decision.because[0].text and cue.decision.because[0].numbers


def test_the_answer_waits_for_no_silence() -> None:
    coach = LiveCoach(CONTEXT)
    spoken = coach.feed(rows(60))
    assert spoken and coach.hurts("knee", 6.0, t_s=spoken[-1].t_s + 0.5).decision.show == ANSWERS[3][1]


def test_after_a_stop_nothing_of_training_is_said_again() -> None:
    coach = LiveCoach(CONTEXT)
    coach.hurts("knee", 6.0, "left", 0.0)
    found = coach.feed(rows(900, heart_rate_bpm=170.0, grade=0.06))
    assert found and all(c.decision.show == ANSWERS[3][1] for c in found)
    assert all(b.t_s - a.t_s >= QUIET_S for a, b in itertools.pairwise(found))
    assert LiveCoach(CONTEXT, coach.memory).feed(rows(60, speed_m_s=1.0)) == ()


def test_after_easing_nobody_is_asked_to_go_faster() -> None:
    coach = LiveCoach(CONTEXT)
    coach.hurts("knee", 3.0, "left", 0.0)
    assert not {"L-SLOW", "L-CLIMB", "L-START"} & set(ids(coach.feed(rows(900, speed_m_s=2.2, heart_rate_bpm=120.0))))


def test_the_answer_only_gets_stricter_and_growing_pain_is_a_step_stricter() -> None:
    coach = LiveCoach(CONTEXT)
    coach.hurts("knee", 3.0, "left", 0.0)
    assert coach.hurts("knee", 3.5, "left", 60.0).decision.show == ANSWERS[2][1]
    assert coach.hurts("knee", 0.0, "left", 90.0).decision.show == ANSWERS[2][1]
    assert coach.hurts("chest", 2.0, "", 95.0).decision.rule_ids[0] == "R-REDFLAG"
    assert coach.hurts("ankle", 1.0, "", 99.0).decision.rule_ids[0] == "R-REDFLAG"


@pytest.mark.parametrize(("area", "severity", "side"), [("elbow", 3.0, ""), ("knee", 11.0, ""), ("knee", 3.0, "up")])
def test_what_is_no_tap_is_refused_by_name(area: str, severity: float, side: str) -> None:
    with pytest.raises(ValueError, match=r"elbow|11|up"):
        LiveCoach(CONTEXT).hurts(area, severity, side, 1.0)


# The target moves with the place


def band(context: LiveContext, wbgt_c: float = nan, **columns: object) -> tuple[float, float]:
    row = rows(1, **columns).row(0)
    return moved_band_s_per_km(row, LiveMemory(wbgt_c=wbgt_c), context)


HIGH = dataclasses.replace(CONTEXT, altitude_m=1600.0, used_to_m=100.0)


@given(st.floats(1900.0, 4500.0), st.floats(50.0, 2000.0))
def test_the_higher_the_run_leads_the_slower_the_band(higher_m: float, more_m: float) -> None:
    here, above = band(HIGH, altitude_m=higher_m), band(HIGH, altitude_m=higher_m + more_m)
    assert EASY.pace_low_s_per_km < here[0] <= above[0] and EASY.pace_high_s_per_km < here[1] <= above[1]


@given(st.floats(12.0, 40.0), st.floats(1.0, 10.0))
def test_the_hotter_the_air_the_slower_the_band(wbgt_c: float, more: float) -> None:
    assert EASY.pace_low_s_per_km <= band(CONTEXT, wbgt_c)[0] <= band(CONTEXT, wbgt_c + more)[0]


@given(st.floats(-0.2, 0.2), st.floats(0.0, 4500.0), st.floats(0.0, 40.0))
def test_grade_height_and_air_move_the_band_each_by_its_own(grade: float, height_m: float, wbgt_c: float) -> None:
    together = band(HIGH, wbgt_c, grade=grade, altitude_m=height_m)[0]
    alone = [
        band(HIGH, grade=grade, altitude_m=nan)[0],
        band(HIGH, grade=0.0, altitude_m=height_m)[0],
        band(HIGH, wbgt_c, grade=0.0, altitude_m=nan)[0],
    ]
    expected = alone[0] * alone[1] * alone[2] / EASY.pace_low_s_per_km**2
    assert together == pytest.approx(expected, rel=1e-9)


def test_heat_that_the_target_holds_already_moves_nothing_again() -> None:
    assert band(dataclasses.replace(CONTEXT, planned_wbgt_c=24.0), 24.0) == (340.0, 370.0)


def test_what_is_not_known_moves_nothing() -> None:
    assert band(CONTEXT, altitude_m=3000.0) == band(HIGH, altitude_m=nan) == (340.0, 370.0)


def test_a_moved_band_is_said_once_with_its_reason() -> None:
    coach = LiveCoach(HIGH)
    found = coach.feed(rows(900, altitude_m=2900.0, speed_m_s=2.5, distance_m=0.0))
    said = [c for c in found if c.decision.rule_ids[0] == "L-PLACE"]
    assert len(said) == 1 and "2,900 m" in said[0].decision.because[0].text
    hot = LiveCoach(CONTEXT)
    hot.air(30.0)
    assert [c for c in hot.feed(rows(200)) if "WBGT of 30" in c.decision.because[0].text]


@pytest.mark.parametrize("wbgt_c", [nan, 99.0, -273.0])
def test_air_that_cannot_be_is_refused_by_name(wbgt_c: float) -> None:
    with pytest.raises(ValueError, match="WBGT"):
        LiveCoach(CONTEXT).air(wbgt_c)
