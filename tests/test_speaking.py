"""How a cue reaches the person: warnings always, everything else by what was set and the hour; summaries when asked."""

from __future__ import annotations

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.live.run import LiveRun
from app.live.summaries import BY_KM, BY_TIME, Summaries, by_time
from app.platform_feel import PhoneFeel
from app.views.settings import DEFAULT, with_setting
from app.views.speaking import CUE, LAP, WARNING, quiet, told
from app.views.words import Words
from edge.coach.live import LiveContext
from edge.coach.types import Session
from edge.session import FeatureRow

WARNINGS = ("R-REDFLAG", "L-HURTS", "L-GAIT-EASE")


def row(t_s: float, distance_m: float = nan, bpm: float = nan) -> FeatureRow:
    known = {"t_s": t_s, "distance_m": distance_m, "heart_rate_bpm": bpm}
    return FeatureRow(*(known.get(name, nan) for name in FeatureRow.__slots__))


@pytest.mark.parametrize("rule", WARNINGS)
@given(hour=st.floats(0.0, 24.0, exclude_max=True), voice=st.booleans(), shakes=st.booleans())
def test_a_warning_is_said_and_felt_whatever_is_set(rule: str, hour: float, voice: bool, shakes: bool) -> None:
    settings = with_setting(with_setting(DEFAULT, "voice", voice), "vibrate", shakes)
    settings = with_setting(settings, "muted", (rule,))
    assert told(rule, "stop", settings, hour) == ("stop", WARNING) or told(rule, "stop", settings, hour).aloud == "stop"
    assert told(rule, "stop", settings, hour).felt == WARNING


def test_in_quiet_hours_a_cue_is_felt_and_not_said() -> None:
    assert quiet(DEFAULT, 23.0) and quiet(DEFAULT, 4.9) and not quiet(DEFAULT, 5.0) and not quiet(DEFAULT, 21.9)
    assert told("L-FAST", "slower", DEFAULT, 23.0).aloud == ""
    assert told("L-FAST", "slower", DEFAULT, 23.0).felt == CUE
    assert told("L-KM", "1 km", DEFAULT, 12.0) == told("L-TIME", "1 km", DEFAULT, 12.0)
    assert told("L-KM", "1 km", DEFAULT, 12.0).felt == LAP
    same = with_setting(with_setting(DEFAULT, "quiet_from_h", 7.0), "quiet_to_h", 7.0)
    assert not any(quiet(same, hour) for hour in range(24))


def test_what_is_muted_is_neither_said_nor_felt() -> None:
    told_now = told("L-FAST", "slower", with_setting(DEFAULT, "muted", ("L-FAST",)), 12.0)
    assert not told_now.aloud and not told_now.felt


def test_kilometres_are_said_as_often_as_was_asked() -> None:
    said = [km for km in range(1, 10) if Summaries(every_km=3.0).lets(BY_KM, km)]
    assert said == [3, 6, 9]
    assert not Summaries(every_km=0.0).lets(BY_KM, 1.0)
    assert Summaries(every_km=0.0).lets("L-FAST", nan)


@given(every=st.integers(1, 30), seconds=st.integers(60, 4000))
def test_by_time_each_moment_is_said_once(every: int, seconds: int) -> None:
    often, at = Summaries(every_min=every), []
    for second in range(1, seconds):
        often, due = often.due(row(float(second)), -1e9)
        at += [second] if due else []
    assert len(at) == int((seconds - 1) // (60.0 * every))


def test_a_summary_waits_while_something_else_was_just_said() -> None:
    often, due = Summaries(every_min=1.0).due(row(60.0), 50.0)
    assert not due
    assert often.due(row(70.0), 50.0)[1]


def test_a_summary_says_what_is_known_and_nothing_else() -> None:
    assert by_time(row(600.0, 1500.0, 150.0), Words()).text == "10:00 run, 1.50 km, 6:40 /km, 150 bpm"
    assert by_time(row(600.0), Words("de")).text == "10:00 gelaufen"


def test_in_a_run_a_summary_comes_by_time() -> None:
    by_feel = Session("easy", nan, nan, nan, nan, nan, nan)
    run = LiveRun("r", LiveContext(by_feel, 0.0), 185.0, summaries=Summaries(0.0, 1.0))
    run.row = row(75.0, 200.0, 140.0)
    run._summarise()
    assert run.spoken is not None and run.spoken.rule == BY_TIME
    run.coach.hurts("knee", 6.0)
    run.spoken, run.row = None, row(200.0, 500.0, 140.0)
    run._summarise()
    assert run.spoken is None  # after a pain nobody is told how far it was


class Motor:
    def __init__(self) -> None:
        self.did: list[object] = []

    def pattern(self, pattern: tuple[float, ...]) -> None:
        self.did.append(pattern)

    def vibrate(self, time: float) -> None:
        self.did.append(time)


def test_a_phone_shakes_by_pattern_or_one_by_one_and_never_fails() -> None:
    motor, at = Motor(), []
    PhoneFeel(motor, lambda call, after: call(), True).shake(WARNING)
    assert motor.did == [(0.0, *WARNING)]
    simple = Motor()
    PhoneFeel(simple, lambda call, after: (at.append(after), call()), False).shake(LAP)
    assert simple.did == [LAP[0], LAP[2]] and at == [0.0, LAP[0] + LAP[1]]
    PhoneFeel(object(), lambda call, after: call(), True).shake(CUE)
