"""The state: what may count, from when, and how few or many runs change what is believed."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from coach_people import DAY_S, LEADVILLE, NAN, NOON, RALEIGH, TODAY, FewPlaces, regular, run, state
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.coach.heart import line_bpm
from edge.coach.performance import oxygen_ml_kg_min as oxygen
from edge.coach.performance import race_time_s, riegel_s, speed_m_s, vdot
from edge.coach.rules import hours_here, limits_of
from edge.coach.state import state_from
from edge.coach.types import Profile, Race


@pytest.mark.parametrize(
    ("distance_m", "minutes", "expected"),
    [(5000, 19 + 57 / 60, 50.0), (10000, 41 + 21 / 60, 50.0), (42195, 190 + 49 / 60, 50.0), (5000, 30 + 40 / 60, 30.0)],
)
def test_race_fitness_agrees_with_the_published_table(distance_m: float, minutes: float, expected: float) -> None:
    assert vdot(distance_m, 60.0 * minutes) == pytest.approx(expected, abs=0.15)


@given(st.floats(20, 80), st.sampled_from([1500.0, 5000.0, 21097.5, 42195.0]))
def test_a_race_time_gives_its_fitness_back(fitness: float, distance_m: float) -> None:
    assert vdot(distance_m, race_time_s(fitness, distance_m)) == pytest.approx(fitness, abs=1e-5)
    assert oxygen(speed_m_s(fitness)) == pytest.approx(fitness, abs=1e-9)


def test_riegel_doubles_with_the_exponent() -> None:
    assert riegel_s(1200.0, 5000.0, 10000.0) == pytest.approx(1200.0 * 2**1.06)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(12)))
def test_the_order_of_the_rows_does_not_matter(order: list[int]) -> None:
    runs = regular(weeks=3)
    assert repr(state([runs[i] for i in order])) == repr(state(runs))


def test_what_has_not_happened_yet_is_not_looked_at() -> None:
    runs = regular()
    assert repr(state([*runs, run(-1.0, 30000)])) == repr(state(runs))


@pytest.mark.parametrize("extra", [
    run(1.0, 0.0), run(1.0, 100.0), run(1.0, 8000, 20), run(1.0, 8000, 3000),
    run(1.0, 60000, 100, sport="cycling"), run(1.0, 9000, 700, sport="walking"), run(1.0, 9000, valid=False),
    replace(run(1.0), distance_m=NAN), replace(run(1.0), moving_s=0.0), replace(run(1.0), moving_s=NAN),
])  # fmt: skip
def test_odd_rows_change_no_belief(extra: object) -> None:
    runs = regular()
    plain, odd = state(runs), state([*runs, extra])  # type: ignore[list-item]
    assert repr(replace(odd, history=replace(odd.history, left_out=0))) == repr(plain)


def test_an_empty_diary_has_a_state() -> None:
    empty = state([])
    assert empty.history.runs == 0 and empty.fitness.vdot is None and empty.where.home is None
    assert empty.heart.source == "people like you" and empty.history.days_since_run == -1


def test_few_runs_are_pulled_to_the_group_and_many_are_believed() -> None:
    group = state([]).heart
    lines = [line_bpm(state([run(d + 1, hr=120) for d in range(n)]).heart, 1000 / 360) for n in (1, 5, 40)]
    assert line_bpm(group, 1000 / 360) > lines[0] > lines[1] > lines[2]
    assert lines[2] == pytest.approx(120, abs=1.5)


def test_the_line_finds_the_slope_that_a_person_has() -> None:
    rng = np.random.default_rng(3)
    paces = rng.uniform(290, 430, 120)
    runs = [run(i + 1, 8000, p, hr=140 + 18 * (1000 / p - 2.8) + rng.normal(0, 4)) for i, p in enumerate(paces)]
    heart = state(runs).heart
    assert heart.slope_bpm_per_m_s == pytest.approx(18, abs=3) and heart.at_2_8_bpm == pytest.approx(140, abs=2)


def test_the_maximum_is_stated_or_measured_or_from_age_with_its_doubt() -> None:
    assert state(regular(), Profile(max_hr_bpm=191)).max_hr_bpm.value == 191
    by_age = state([], Profile(age=40)).max_hr_bpm
    assert by_age.value == pytest.approx(185.4) and by_age.high - by_age.value == pytest.approx(17.8, abs=0.1)
    hard = [replace(r, max_hr_bpm=195.0) for r in regular()]
    assert state(hard, Profile(age=40)).max_hr_bpm.source == "measured"
    spiky = [*regular()[:-2], *(replace(r, max_hr_bpm=224.0) for r in regular()[-2:])]
    assert state(spiky, Profile(age=40)).max_hr_bpm.value < 190


def test_a_race_says_more_than_training_and_a_recent_one_more_than_an_old_one() -> None:
    runs = regular()
    trained = state(runs).fitness
    raced = state(runs, races=[Race(TODAY - 20, 10000.0, 2700.0)]).fitness
    older = state(runs, races=[Race(TODAY - 150, 10000.0, 2700.0)]).fitness
    assert trained.vdot and raced.vdot and older.vdot
    assert not trained.from_race and raced.from_race
    assert raced.vdot.value == pytest.approx(vdot(10000, 2700), rel=0.02)
    assert older.vdot.value < raced.vdot.value
    assert trained.vdot.high - trained.vdot.low > raced.vdot.high - raced.vdot.low


def test_training_is_raised_more_where_heart_rate_says_it_was_easy() -> None:
    easy = [replace(r, avg_hr_bpm=115.0) for r in regular()]
    hard = [replace(r, avg_hr_bpm=170.0) for r in regular()]
    low, high = (state(r, Profile(max_hr_bpm=190)).fitness.vdot for r in (hard, easy))
    assert low and high and low.value < high.value <= 1.09 * low.value


def test_one_effort_far_above_all_others_is_not_believed() -> None:
    runs = regular()
    glitch = replace(runs[3], best_efforts_s={5000.0: 1000.0})
    plain, odd = state(runs).fitness.vdot, state([*runs[:3], glitch, *runs[4:]]).fitness.vdot
    assert plain and odd and odd.value == pytest.approx(plain.value, rel=0.02)


def test_a_break_takes_fitness_away() -> None:
    fresh, rested = state(regular()).fitness.vdot, state(regular(), now=NOON + 40 * DAY_S).fitness.vdot
    assert fresh and rested and 0.80 < rested.value / fresh.value < 0.95


def test_loads_and_weeks_add_up() -> None:
    history = state([run(d, 5000) for d in range(1, 42)]).history
    assert history.distance_7d_m == 30000 and history.distance_28d_m == 135000 and history.distance_42d_m == 205000
    assert history.days_in_a_row == 41 and history.usual_distance_m == 5000 and history.runs_a_week == 6.75


def test_home_is_one_town_even_where_a_cell_border_runs_through_it() -> None:
    towns = [
        replace(RALEIGH, latitude_deg=35.8 + 0.01 * (-1) ** i, longitude_deg=-78.6 + 0.01 * (-1) ** i)
        for i in range(40)
    ]
    home = state([run(d + 1, at=town) for d, town in enumerate(towns)]).where.home
    assert home is not None and abs(home.latitude_deg - 35.8) < 0.02 and abs(home.longitude_deg + 78.6) < 0.02
    assert math.isnan(state(regular()).where.arrived_unix_s)


@pytest.mark.parametrize("since_s", [NOON + 5 * DAY_S, math.inf, math.nan])
def test_nobody_is_where_they_arrive_later(since_s: float) -> None:
    for runs in ([], regular()):
        told = state_from(runs, Profile(), (), FewPlaces(), LEADVILLE, NOON, 0.0, here_since_unix_s=since_s)
        assert not told.where.arrived_unix_s > NOON
        assert hours_here(told) == 0.0 and "R-ALTITUDE" in limits_of(told).rule_ids
