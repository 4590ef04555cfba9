"""Altitude: the curves against the published tables, and who gets a card where."""

from __future__ import annotations

import math

import pytest
from coach_people import DAY_S, DENVER, LEADVILLE, NOON, RALEIGH, Riegel, decide, regular, run, state
from hypothesis import given
from hypothesis import strategies as st

from edge.coach import acclimatisation as acc
from edge.coach.types import Decision, Place


def percent(here_m: float, used_m: float, compared_m: float = math.nan) -> float:
    return 100.0 * acc.effect(here_m, used_m, compared_m).pace_change.value


@pytest.mark.parametrize(
    ("what", "value", "low", "high"),
    [
        ("Denver on arrival, 10 km: 3 to 5 %", percent(1609, 96), 3.0, 5.0),
        ("Sucec 2,440 m week 1: 9.9 to 14.3 %", percent(2440, acc.acclimatised_after_m(0, 2440, 3.5), 0), 9.9, 14.3),
        ("Sucec 2,440 m weeks 5 to 9: 7.0 to 9.6 %", 100 * acc.pace_loss(2440, 2440), 7.0, 9.6),
        ("Sucec power week 1: 12.8 %", 100 * acc.power_loss(2440, 824).value, 10.8, 14.8),
        ("Sucec power weeks 5 to 9: 9.2 %", 100 * acc.power_loss(2440, 2440).value, 7.7, 11.2),
        ("Denver power, Wehrlin 8.2 and Bassett 9.5 %", 100 * acc.unacclimatised_loss(1609).value, 8.2, 9.5),
        ("Denver power acclimatised, Bassett 6.1 %", 100 * acc.power_loss(1609, 1609).value, 5.1, 6.6),
        ("Adams 2,300 m two miles +7.2 %, within the interval", 100 * acc.effect(2300, 0).pace_change.low, 3.0, 7.2),
        ("Beidleman 3,000 m, 11.6 %, within the interval", 100 * acc.effect(3000, 0).pace_change.low, 5.0, 11.6),
        ("a third comes back at 1,600 m", 100 * acc.recovered_share(1609), 28.0, 40.0),
    ],
)  # fmt: skip
def test_the_curves_agree_with_the_published_tables(what: str, value: float, low: float, high: float) -> None:
    assert low <= value <= high, what


def test_most_of_the_recovery_comes_within_two_weeks() -> None:
    used = [acc.acclimatised_after_m(0, 2440, d) for d in (0, 7, 14, 28, 60)]
    course = [acc.effect(2440, u, 0.0).pace_change.value for u in used]
    assert course == sorted(course, reverse=True) and 0.6 < course[4] / course[0] < 0.8
    assert (course[0] - course[2]) / (course[0] - course[4]) > 0.75


@given(st.floats(-400, 4500), st.floats(0, 4500))
def test_higher_is_slower_lower_is_faster_and_the_same_is_the_same(here_m: float, used_m: float) -> None:
    change = acc.effect(here_m, used_m).pace_change
    assert change.low <= change.value <= change.high
    if here_m > max(used_m, 300.0) + 1.0:
        assert change.value > 0
    if used_m > max(here_m, 300.0) + 1.0:
        assert change.value < 0
    assert acc.effect(used_m, used_m).pace_change.value == 0


@given(st.floats(0, 4000), st.floats(0, 4000), st.floats(0, 100), st.floats(0, 100))
def test_two_stays_in_one_place_are_one_long_stay(start: float, place: float, one: float, two: float) -> None:
    twice = acc.acclimatised_after_m(acc.acclimatised_after_m(start, place, one), place, two)
    assert twice == pytest.approx(acc.acclimatised_after_m(start, place, one + two), abs=1e-6)


def card(decision: Decision) -> str:
    return next((c.content_id for c in decision.content if c.content_id.startswith("altitude")), "")


def test_a_runner_from_raleigh_gets_the_card_on_landing_in_denver_before_anything_hard() -> None:
    decision = decide(state(regular(), here=DENVER), Riegel())
    plain = decide(state(regular()), Riegel())
    assert card(decision) == "altitude-up" and card(plain) == ""
    assert "R-ALTITUDE" in decision.rule_ids
    assert decision.session is not None and decision.session.kind in ("easy", "rest")
    text = decision.content[0].text
    assert "slower" in text and "easiest" in text and "weeks" in text


def test_paces_in_denver_are_three_to_five_percent_slower_on_the_third_day() -> None:
    runs = [*later_runs(), run(2.5, 5000, 380, at=DENVER)]
    there = decide(state(runs, here=DENVER), Riegel())
    home = decide(state(runs, here=RALEIGH), Riegel())
    assert there.session and home.session and there.session.kind == home.session.kind
    ratio = there.session.pace_low_s_per_km / home.session.pace_low_s_per_km
    assert 1.025 <= ratio <= 1.05
    assert "R-ALTITUDE" not in there.rule_ids


def later_runs() -> list:  # type: ignore[type-arg]
    return regular(first_ago=4.0)


def test_who_lives_in_denver_gets_none_there_and_one_in_leadville_and_one_on_the_way_down() -> None:
    runs = regular(at=DENVER)
    assert card(decide(state(runs), Riegel())) == ""
    assert card(decide(state(runs, here=DENVER), Riegel())) == ""
    leadville = decide(state(runs, here=LEADVILLE), Riegel())
    assert card(leadville) == "altitude-up" and "R-ALTITUDE-HIGH" in leadville.rule_ids
    assert "mountain sickness" in leadville.content[0].text and "call for help" in leadville.content[0].text
    down = decide(state(runs, here=RALEIGH), Riegel())
    assert card(down) == "altitude-down"
    denver = decide(state(runs, here=DENVER), Riegel())
    assert down.session and denver.session
    assert down.session.pace_low_s_per_km < denver.session.pace_low_s_per_km or down.session.kind == "rest"


def test_the_card_ends_after_two_weeks_of_living_there() -> None:
    before = regular(first_ago=30.0)
    for stay, expected in ((1, "altitude-up"), (8, "altitude-up"), (13, "altitude-up"), (15, ""), (25, "")):
        there = [run(d, 6000, 380, at=DENVER) for d in range(1, stay + 1, 2)] + [run(stay, 6000, 380, at=DENVER)]
        assert card(decide(state(before + there), Riegel())) == expected, stay


def test_a_visit_fades_on_the_way_home() -> None:
    runs = regular(first_ago=25.0) + [run(d, 6000, 400, at=LEADVILLE) for d in range(3, 24, 2)]
    used = [state([*runs, run(d, at=RALEIGH)], now=NOON).where.acclimatised_m for d in (2.5, 2.0)]
    after = state([*runs, run(0.5, at=RALEIGH)], now=NOON + 20 * DAY_S).where.acclimatised_m
    assert all(u is not None and u.value > 1500 for u in used)
    assert after is not None and after.value < 500


@pytest.mark.parametrize(("altitude_m", "expected"), [(395.0, ""), (397.0, "altitude-up"), (96.0, ""), (290.0, "")])
def test_the_card_starts_at_300_m_of_difference(altitude_m: float, expected: str) -> None:
    here = Place("Hill", 36.9, -81.0, altitude_m)
    assert card(decide(state(regular(), here=here), Riegel())) == expected


def test_a_measured_altitude_wins_over_the_table() -> None:
    from dataclasses import replace

    low = [replace(r, altitude_min_m=700.0, altitude_max_m=760.0) for r in regular()]
    where = state(low).where
    assert where.home_altitude_m is not None and where.home_altitude_m.value == 700.0


def test_home_is_where_most_time_is_run_and_a_trip_is_not_home() -> None:
    runs = regular(first_ago=8.0) + [run(d, 20000, at=DENVER) for d in (1, 2, 3, 4, 5, 6)]
    where = state(runs).where
    assert where.home is not None and where.home.name == "Raleigh"
    assert where.here is not None and where.here.name == "Denver"
    assert where.arrived_unix_s == pytest.approx(NOON - 6 * DAY_S)


def test_with_home_unknown_the_high_card_asks_and_nothing_is_adjusted() -> None:
    decision = decide(state([], here=LEADVILLE), None)
    assert card(decision) == "altitude-unknown-home" and "R-ALTITUDE" in decision.rule_ids
    assert math.isnan(state([]).where.arrived_unix_s)
