"""Heat by WBGT: known values, an interval for what is not known, and its unsafe end acted on."""

from __future__ import annotations

import math

import pytest
from coach_people import DENVER, NOON, Riegel, regular, run, says, state
from hypothesis import given
from hypothesis import strategies as st

from edge import heat
from edge.climate import usual_day_c, usual_temperature_c
from edge.coach.beliefs import Belief, Weather
from edge.coach.said import Said
from edge.coach.today import decide
from edge.coach.types import Decision, Profile, Race
from edge.coach.weather import wbgt_of

airs = st.floats(0.0, 48.0)  # colder, the fit is not monotone in humidity
damps = st.floats(5.0, 99.0)


def kinds(decision: Decision) -> set[str]:
    assert decision.session is not None
    return {decision.session.kind, *(s.kind for _, s in decision.alternatives)}


def day(said: list[Said] | None = None, measured: Weather | None = None, profile: Profile | None = None) -> Decision:
    return decide(state(regular(), profile, said=said or [], measured=measured), Riegel())


def sensor(air_c: float, humidity: float | None = None, sun: str = "") -> Weather:
    damp = None if humidity is None else Belief(humidity, humidity, humidity, "sensor", NOON)
    return Weather(Belief(air_c, air_c, air_c, "sensor", NOON), damp, sun)


def test_the_wet_bulb_is_stulls_example() -> None:
    assert heat.wet_bulb_c(20.0, 50.0) == pytest.approx(13.7, abs=0.05)  # Stull 2011, section 3


def test_the_suns_wbgt_is_the_bureaus_formula() -> None:
    # Bureau of Meteorology: 30 degrees C and 50 %: e = 21.1 hPa, WBGT 29.3
    assert heat.vapour_pressure_hpa(30.0, 50.0) == pytest.approx(21.1, abs=0.05)
    assert heat.sun_c(30.0, 50.0) == pytest.approx(29.3, abs=0.05)


@given(airs, damps)
def test_the_wet_bulb_is_no_warmer_than_the_air_and_sun_no_cooler_than_shade(air: float, damp: float) -> None:
    assert heat.wet_bulb_c(air, damp) <= air
    assert heat.sun_c(air, damp) >= heat.shade_c(air, damp)


@given(airs, damps, st.sampled_from(heat.SUNS))
def test_what_is_unknown_only_widens_the_interval(air: float, damp: float, sun: str) -> None:
    known = heat.wbgt((air, air), (damp, damp), sun)
    unknown = heat.wbgt((air, air), None, sun)
    assert known.low <= known.value <= known.high and unknown.low <= unknown.high
    either = heat.wbgt((air, air), (damp, damp), "")
    assert either.low <= known.low + 1e-9 and either.high >= known.high - 1e-9
    usual = heat.unknown_humidity(air)
    if sun == "shade" and usual[0] <= damp <= usual[1]:
        assert unknown.low <= known.low + 1e-9 and unknown.high >= known.high - 1e-9


def test_the_flags_are_those_of_the_acsm() -> None:
    assert [heat.flag(c) for c in (17.9, 18.0, 22.9, 23.0, 27.9, 28.0)] == [
        "green", "yellow", "yellow", "red", "red", "black",
    ]  # fmt: skip


def test_pace_lost_to_heat_contains_the_best_men_of_ely() -> None:
    lost = heat.pace_loss(22.5)
    assert (
        lost.low == pytest.approx(0.02, abs=0.006)
        and lost.low < lost.value < lost.high
        and heat.pace_loss(10).value == 0
    )


def test_heat_is_met_by_flag_by_effort_then_gentle_then_indoors() -> None:
    assert "R-HEAT" not in day(measured=sensor(12.0, 50.0)).rule_ids
    warm, hot, black = (day(measured=sensor(t, 50.0, "sun")) for t in (19.0, 25.0, 32.0))
    assert "by effort" in warm.show and "R-HEAT" in warm.rule_ids
    assert kinds(hot) <= {"easy", "rest"} and "R-HEAT" in hot.rule_ids
    assert kinds(black) <= {"rest", "pool", "strength"} and "indoors" in black.show


def test_without_humidity_the_interval_is_shown_and_its_unsafe_end_counts() -> None:
    known = state(regular(), measured=sensor(27.0, 20.0, "shade"))
    unknown = state(regular(), measured=sensor(27.0, None, "shade"))
    (dry, _), (either, _) = wbgt_of(known.weather) or (None, ""), wbgt_of(unknown.weather) or (None, "")
    assert dry is not None and either is not None and either.high > heat.RED_C > dry.high
    decision = decide(unknown, Riegel())
    told = next(r for r in decision.because if "R-HEAT" in r.evidence)
    assert "humidity: not known" in told.text and f"{either.low:.0f} to {either.high:.0f}" in told.text
    assert kinds(decision) <= {"easy", "rest"}


def test_every_input_says_where_it_came_from() -> None:
    typed = [says("weather", 0.1, how="hot", value=29.0), says("weather", 0.1, how="humidity", value=60.0)]
    told = next(r for r in day(typed).because if "R-HEAT" in r.evidence)
    assert "temperature: you said; humidity: you said; sun: not known" in told.text
    both = next(r for r in day(typed, sensor(30.0, 40.0)).because if "R-HEAT" in r.evidence)
    assert "temperature: sensor; humidity: sensor" in both.text
    july = NOON + 240 * 86400.0
    weather = state(regular(), now=july).weather
    assert weather.temperature_c is not None and weather.temperature_c.source == "climate table"


def test_yesterdays_weather_is_not_todays() -> None:
    assert "R-HEAT" not in day([says("weather", 1.0, how="hot", value=38.0)]).rule_ids


def test_a_climate_table_alone_never_forbids_running() -> None:
    for month in range(12):
        now = NOON + month * 30 * 86400.0
        person = state(regular(), now=now)
        decision = decide(person, Riegel())
        assert not ("R-HEAT" in decision.rule_ids and "indoors" in decision.show)


def test_a_rest_day_in_mere_warmth_offers_no_substitute() -> None:
    in_a_row = [run(d, 6000.0) for d in (1, 2, 3, 4, 5, 6, 7, 8)]
    decision = decide(state(in_a_row, measured=sensor(20.0, 50.0)), Riegel())
    assert "R-HEAT" in decision.rule_ids and kinds(decision) <= {"rest", "easy"}


def test_people_at_risk_are_met_one_flag_earlier() -> None:
    mild = sensor(20.0, 50.0, "sun")
    assert kinds(day(measured=mild, profile=Profile(age=70))) <= {"easy", "rest", "strength"}
    assert "R-HEAT" in day(measured=mild).rule_ids


def test_targets_move_with_the_heat_and_say_the_doubt() -> None:
    cool, hot = day(measured=sensor(10.0, 50.0, "shade")), day(measured=sensor(26.0, 40.0, "shade"))
    assert cool.session is not None and hot.session is not None
    if cool.session.kind == hot.session.kind:
        assert hot.session.pace_low_s_per_km > cool.session.pace_low_s_per_km
    assert any("people differ" in r.text and "Ely 2007" in r.evidence for r in hot.because)


def test_no_race_is_started_under_a_black_flag() -> None:
    race = Race(int(NOON // 86400), 10000.0, math.nan, "City run")
    decision = decide(state(regular(), races=[race], measured=sensor(33.0, 60.0)), Riegel())
    assert decision.session is not None and decision.session.kind == "rest" and "do not start" in decision.show


def test_the_cool_hours_of_a_day_are_cooler_and_mountains_are_cooler_still() -> None:
    coolest, warmest = usual_day_c(35.8, -78.6, 0.0, NOON)
    assert coolest < warmest and warmest == pytest.approx(
        max(usual_temperature_c(35.8, -78.6, NOON + h * 3600.0 - 43200.0) for h in range(24)), abs=0.5
    )
    assert usual_day_c(DENVER.latitude_deg, DENVER.longitude_deg, 1609.0, NOON)[1] < warmest


def test_an_unknown_word_of_the_sun_is_refused() -> None:
    with pytest.raises(ValueError, match="moon"):
        heat.wbgt((20.0, 20.0), None, "moon")
