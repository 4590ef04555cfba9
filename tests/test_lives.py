"""Laws of simulated lives: who is drawn beside changes nothing, and bodies answer as bodies do, in both worlds."""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim import effort, scenarios
from hardware_sim.lives import (
    FIRST,
    NEW_YEAR_2022,
    RACE,
    Air,
    Days,
    Life,
    Morning,
    People,
    Work,
    World,
    best_weekly_km,
    draw,
    fate,
    joined,
    live,
    runner,
    twins,
)  # fmt: skip
from hardware_sim.lives.chance import chance
from hardware_sim.lives.second import SECOND

ROOT = Path(__file__).parents[1]
WORLDS = pytest.mark.parametrize("world", (FIRST, SECOND), ids=lambda world: world.name)
N = 40


def obedient(people: People) -> People:
    habits = dataclasses.replace(people.habits, obedience=np.ones(len(people)))
    life = dataclasses.replace(people.life, illness_per_y=np.zeros(len(people)), pregnancy_per_y=np.zeros(len(people)))
    frailty = dataclasses.replace(people.frailty, overall=np.zeros(len(people)))
    return dataclasses.replace(people, habits=habits, life=life, frailty=frailty)


def speeds_after(world: World, *groups: tuple[People, float], days: int = 150) -> list[np.ndarray]:
    """Return the 10 km speed of groups of people after days with some km a day, run every second day."""
    plan = np.zeros((sum(len(people) for people, _ in groups), days))
    plan[:, ::2] = np.concatenate([np.full(len(people), 2.0 * km) for people, km in groups])[:, None]
    speed = live(obedient(joined(*(people for people, _ in groups))), days, world, plan).truth.speed_10k_m_s[:, -1]
    return np.split(speed, np.cumsum([len(people) for people, _ in groups])[:-1])


def columns(value: object, name: str = "") -> list[tuple[str, np.ndarray]]:
    if not dataclasses.is_dataclass(value):
        return [(name, value)] if isinstance(value, np.ndarray) else []
    return [one for f in dataclasses.fields(value) for one in columns(getattr(value, f.name), f"{name}.{f.name}")]


def the_same(one: object, other: object) -> bool:
    pairs = zip(columns(one), columns(other), strict=True)
    return all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for (_, a), (_, b) in pairs)


def some(days: Days, rows: slice) -> list[np.ndarray]:
    return [column[rows] for _, column in columns(days)]


# --- chance and independence ---------------------------------------------------------------------------------------


@given(st.integers(0, 2**40), st.integers(0, 40), st.integers(1, 40))
@settings(max_examples=30, deadline=None)
def test_a_person_is_the_same_whoever_is_drawn_beside(seed: int, first: int, count: int) -> None:
    alone, among = draw(seed, 1, first), draw(seed, first + count)
    assert the_same(alone, among.take(slice(first, first + 1)))


@given(st.integers(0, 10_000), st.integers(1, 12), st.sampled_from((FIRST, SECOND)))
@settings(max_examples=5, deadline=None)
def test_a_life_is_the_same_whoever_lives_beside_and_however_long(seed: int, count: int, world: World) -> None:
    many = live(draw(seed, 12), 40, world)
    few = live(draw(seed, count), 25, world)
    for (name, a), (_, b) in zip(columns(many), columns(few), strict=True):
        assert np.array_equal(a[:count, :25], b, equal_nan=b.dtype.kind == "f"), name


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = live(draw(3, 30), 50)
    monkeypatch.setattr("hardware_sim.lives.living._ROOM", 7 * 50)
    assert the_same(whole, live(draw(3, 30), 50))


def test_another_seed_is_somebody_else() -> None:
    one, other = draw(1, 200), draw(2, 200)
    assert not np.any(one.body.height_m == other.body.height_m)


def test_chance_is_uniform_and_normal_and_uncorrelated_between_uses_days_and_people() -> None:
    luck = chance(np.full(200, 7), np.arange(200))
    day = np.arange(500)
    uniform, normal, other = luck.uniform("a", day), luck.normal("a", day), luck.normal("b", day)
    assert abs(uniform.mean() - 0.5) < 0.005 and uniform.min() > 0.0 and uniform.max() < 1.0
    assert abs(np.histogram(uniform, 20, (0.0, 1.0))[0] / uniform.size - 0.05).max() < 0.003
    assert abs(normal.mean()) < 0.015 and abs(normal.std() - 1.0) < 0.015
    for a, b in ((normal, other), (normal[:, 1:], normal[:, :-1]), (normal[1:], normal[:-1])):
        assert abs(np.corrcoef(a.ravel(), b.ravel())[0, 1]) < 0.015


def test_joined_people_are_the_people_joined() -> None:
    assert the_same(joined(draw(4, 3), draw(4, 5, first=3)), draw(4, 8))


# --- ranges --------------------------------------------------------------------------------------------------------


def test_people_are_within_the_ranges_of_people() -> None:
    people = draw(11, 4000)
    body, heart, talent = people.body, people.heart, people.talent
    bmi = body.weight_kg / body.height_m**2
    assert body.age_y.min() >= 14.0 and body.age_y.max() <= 80.0 and 38.0 < body.age_y.mean() < 48.0
    assert (body.age_y < 18.0).sum() > 10 and (body.age_y > 70.0).sum() > 40
    assert 0.38 < body.female.mean() < 0.46
    assert bmi.min() > 16.0 and bmi.max() < 37.0
    assert np.all(heart.rest_bpm < heart.max_bpm - 40.0)
    assert abs(np.std(heart.max_bpm - (211.0 - 0.64 * body.age_y)) - 10.8) < 1.0
    assert 0.005 < np.mean(heart.beta_blocker > 0.0) < 0.06
    assert np.all((talent.altitude_loss_per_km >= 0.046) & (talent.altitude_loss_per_km <= 0.080))
    assert 0.85 < people.frailty.overall.mean() < 1.2
    assert 0.02 < np.mean(people.home.altitude_m > 1500.0) < 0.10
    assert np.all(np.isfinite(body.weight_goal_kg[body.weight_goal_kg == body.weight_goal_kg]))
    assert not np.any(body.weight_goal_kg < 19.9 * body.height_m**2)


@WORLDS
def test_days_are_within_the_ranges_of_days(world: World) -> None:
    days = live(draw(12, 150), 300, world)
    ran, truth = days.ran, days.truth
    for name, low, high in (
        ("distance_m", 200.0, 65_000.0), ("speed_m_s", 0.7, 6.6), ("hr_bpm", 50.0, 222.0),
        ("cadence_spm", 110.0, 215.0),
        ("rpe", 1.0, 10.0), ("pain_said", 0.0, 10.0), ("sleep_h", 2.0, 11.0), ("mood", 1.0, 5.0),
        ("rest_hr_bpm", 30.0, 110.0), ("weight_kg", 30.0, 140.0), ("altitude_m", -10.0, 4000.0),
    ):  # fmt: skip
        values = getattr(days, name)
        assert np.nanmin(values) >= low and np.nanmax(values) <= high, name
    for name in ("distance_m", "duration_s", "hr_bpm", "max_hr_bpm", "cadence_spm", "ascent_m"):
        assert np.array_equal(np.isfinite(getattr(days, name)), ran), name
    assert np.all(days.max_hr_bpm[ran] >= days.hr_bpm[ran])
    ten_km_min = 10_000.0 / 60.0 / truth.speed_10k_m_s
    assert ten_km_min.min() > 26.0 and 45.0 < np.median(ten_km_min) < 62.0
    assert np.all(truth.endurance[:, -1] > 1.015) and np.percentile(truth.endurance, 99) < 1.26
    assert np.all(truth.brisk_hr_bpm >= truth.easy_hr_bpm)
    assert 0.0 < truth.injured.mean() < 0.15 and 0.01 < days.ill.mean() < 0.08 and days.away.any()
    assert (days.kind == RACE).any() and np.array_equal(days.kind >= 0, ran)


# --- what bodies do ------------------------------------------------------------------------------------------------


@WORLDS
def test_more_training_makes_faster_up_to_a_dose_and_none_makes_slower(world: World) -> None:
    people = draw(21, N)
    speeds = speeds_after(world, *((people, km) for km in (0.0, 2.0, 4.0, 7.0, 30.0)))
    means = [float(np.log(one).mean()) for one in speeds]
    assert np.all(np.diff(means[:4]) > 0.0)
    assert means[4] < means[3]


@WORLDS
def test_the_best_dose_is_better_than_much_less_and_much_more(world: World) -> None:
    people = draw(20, N)
    best = best_weekly_km(people, world)
    assert np.all((best >= 0.0) & (best <= 175.0)) and np.log(best + 1.0).std() + 0.2 > 0.25
    doses = np.concatenate([share * best for share in (1.0, 0.5, 1.9)])
    middle, less, more = np.split(_after(joined(people, people, people), world, doses), 3)
    assert np.mean(middle >= less - 1e-3) > 0.95 and np.mean(middle >= more - 1e-3) > 0.95


def _after(people: People, world: World, weekly_km: np.ndarray) -> np.ndarray:
    """Return the log of 10 km speed after twelve weeks of three or four runs."""
    body, none = world.bodies(people), np.zeros(len(people))
    for day in range(84):
        metres = weekly_km * 1000.0 / 3.5 * (day % 2 == 0)
        work = Work(metres / (0.82 * body.speed_10k_m_s()), metres, none, none, none + 0.7, none + 1.0)
        body.night(work, Air(none + 10.0, none + 50.0, none, none + 1000.0), people.body.weight_kg)
    return np.log(body.speed_10k_m_s())


@WORLDS
def test_fitness_fades_in_weeks_without_running(world: World) -> None:
    people = obedient(draw(22, N))
    plan = np.zeros((N, 184))
    plan[:, :100:2] = 10.0
    speed = np.log(live(people, 184, world, plan).truth.speed_10k_m_s)
    lost = 1.0 - np.exp((speed[:, -1] - speed[:, 100]).mean())
    assert 0.04 < lost < 0.20  # Coyle 1984: 7 % of VO2max in 12 to 21 days, 16 % in 84, highly trained people


@WORLDS
def test_a_taper_helps(world: World) -> None:
    people = obedient(draw(23, N))
    plan = np.zeros((N, 120))
    plan[:, ::2] = 12.0
    less = plan.copy()
    less[:, 106:] *= 0.5
    both = live(joined(people, people), 120, world, np.concatenate([plan, less])).truth.speed_10k_m_s[:, -1]
    kept, tapered = np.split(both, 2)
    assert 0.0 < np.log(tapered / kept).mean() < 0.05


@WORLDS
def test_twins_who_differ_in_trainability_alone_diverge(world: World) -> None:
    people = draw(24, N)
    dull, keen = (
        dataclasses.replace(people, talent=dataclasses.replace(people.talent, trainability=np.full(N, gain)))
        for gain in (0.08, 0.45)
    )
    speeds = speeds_after(world, (dull, 6.0), (dull, 0.0), (keen, 6.0), (keen, 0.0))
    gains = [np.log(speeds[0] / speeds[1]), np.log(speeds[2] / speeds[3])]
    assert np.all(gains[1] > gains[0] + 0.03)


def air(temperature_c: float = 10.0, altitude_m: float = 0.0, days_there: float = 1000.0) -> Air:
    return Air(*(np.full(N, value) for value in (temperature_c, 50.0, altitude_m, days_there)))


def easy(speed: np.ndarray, seconds: float = 2400.0) -> Work:
    none = np.zeros(N)
    return Work(np.full(N, seconds), speed * seconds, none, none, none + 0.8, none + 1.0)


@WORLDS
@given(low_m=st.floats(300.0, 3500.0), more_m=st.floats(50.0, 1000.0))
@settings(max_examples=15, deadline=None)
def test_height_slows_and_raises_the_heart_rate_and_getting_used_helps(
    world: World, low_m: float, more_m: float
) -> None:
    body = world.bodies(draw(25, N))
    low, high, used = air(10.0, low_m, 0.0), air(10.0, low_m + more_m, 0.0), air(10.0, low_m + more_m, 30.0)
    run = easy(0.75 * body.speed_10k_m_s())
    assert np.all(body.toll(high) < body.toll(low)) and np.all(body.toll(used) >= body.toll(high))
    assert np.all(body.heart_rate_bpm(run, high) >= body.heart_rate_bpm(run, low))


@WORLDS
def test_the_toll_of_height_is_that_of_the_tables(world: World) -> None:
    body = world.bodies(draw(25, N))
    sea, denver_new, denver_home = (body.toll(one).mean() for one in (air(), air(10.0, 1609.0, 0.0), air(10.0, 1609.0)))
    assert 0.07 < 1.0 - denver_new / sea < 0.11  # Wehrlin & Hallen -8.2 %, Bassett -9.5 %
    assert 0.04 < 1.0 - denver_home / sea < 0.075  # Bassett, acclimatised: -6.1 %


@WORLDS
@given(cool_c=st.floats(16.0, 30.0), more_c=st.floats(1.0, 8.0))
@settings(max_examples=15, deadline=None)
def test_heat_slows_and_raises_the_heart_rate(world: World, cool_c: float, more_c: float) -> None:
    body = world.bodies(draw(26, N))
    run = easy(0.75 * body.speed_10k_m_s())
    assert np.all(body.toll(air(cool_c + more_c)) < body.toll(air(cool_c)))
    assert np.all(body.heart_rate_bpm(run, air(cool_c + more_c)) >= body.heart_rate_bpm(run, air(cool_c)))


@WORLDS
def test_heart_rate_rises_with_speed_climb_and_time_and_stays_between_rest_and_max(world: World) -> None:
    people = draw(27, N)
    body, speed = world.bodies(people), world.bodies(people).speed_10k_m_s()
    rates = [body.heart_rate_bpm(easy(share * speed), air()) for share in (0.5, 0.65, 0.8, 0.95)]
    assert np.all(np.diff(rates, axis=0) > 0.0)
    assert np.all(rates[0] > body.rest_bpm()) and np.all(rates[-1] <= people.heart.max_bpm)
    hilly = dataclasses.replace(easy(0.7 * speed), ascent_m=np.full(N, 150.0))
    assert np.all(body.heart_rate_bpm(hilly, air()) > body.heart_rate_bpm(easy(0.7 * speed), air()))
    assert np.all(
        body.heart_rate_bpm(easy(0.7 * speed, 7200.0), air()) >= body.heart_rate_bpm(easy(0.7 * speed, 1200.0), air())
    )


@WORLDS
def test_a_beta_blocker_lowers_every_heart_rate(world: World) -> None:
    people = draw(28, N)
    free, taking = (
        dataclasses.replace(people, heart=dataclasses.replace(people.heart, beta_blocker=np.full(N, share)))
        for share in (0.0, 0.22)
    )
    one, other = (live(who, 60, world) for who in (free, taking))
    assert np.array_equal(one.ran, other.ran)
    assert np.all(other.hr_bpm[one.ran] < one.hr_bpm[one.ran]) and np.all(other.rest_hr_bpm < one.rest_hr_bpm)


@WORLDS
def test_what_provokes_an_injury_raises_its_chance(world: World) -> None:
    body = world.bodies(draw(29, N))
    speed = body.speed_10k_m_s()
    plain = easy(0.75 * speed)
    usual = body.injury_chance(plain, air())
    for worse in (
        easy(0.75 * speed, 7200.0),
        easy(1.0 * speed, 2400.0),
        dataclasses.replace(plain, descent_m=np.full(N, 300.0)),
        dataclasses.replace(plain, hard_surface=np.ones(N)),
    ):
        assert np.all(body.injury_chance(worse, air()) > usual)
    for _ in range(6):
        body.night(plain, air(), draw(29, N).body.weight_kg)
    assert np.all(body.injury_chance(plain, air()) >= 0.0) and np.all(usual < 0.2)


@WORLDS
def test_days_in_a_row_raise_the_chance_of_injury(world: World) -> None:
    people = draw(30, N)
    rested, tired = world.bodies(people), world.bodies(people)
    run, none = easy(0.75 * rested.speed_10k_m_s()), easy(np.zeros(N), 0.0)
    for day in range(8):
        tired.night(run, air(), people.body.weight_kg)
        rested.night(run if day % 4 == 0 else none, air(), people.body.weight_kg)
    later = easy(0.75 * rested.speed_10k_m_s())
    assert np.mean(tired.injury_chance(later, air())) > np.mean(rested.injury_chance(later, air()))


# --- plans, habits, fate -------------------------------------------------------------------------------------------


def test_the_obedient_follow_a_plan_and_the_others_their_habits() -> None:
    people = obedient(draw(31, 80))
    plan = np.tile([0.0, 8.0, 0.0, 5.0], (80, 20))
    days = live(people, 80, plan=plan)
    assert days.followed.mean() > 0.95
    followed = days.followed & days.ran
    assert np.abs(days.distance_m[followed] / 1000.0 / plan[followed] - 1.0).max() < 0.3
    assert not np.any(days.ran[days.followed & (plan == 0.0)])
    free = live(people, 80, plan=np.full((80, 80), np.nan))
    assert not free.followed.any() and the_same(dataclasses.replace(live(people, 80)), free)


def test_a_plan_may_be_asked_for_every_morning() -> None:
    seen: list[Morning] = []

    def plan(morning: Morning) -> np.ndarray:
        seen.append(morning)
        return np.where(morning.pain > 2.0, 0.0, 6.0)

    days = live(obedient(draw(32, 5)), 30, plan=plan, start_day=20_000)
    assert [one.day for one in seen] == list(range(20_000, 20_030))
    assert np.all(days.wished_m[:, 0] == 6000.0) and days.ran.mean() > 0.8


@pytest.mark.parametrize(
    ("plan", "named"),
    [(np.zeros((3, 10)), r"\(4, 10\)"), (np.full((4, 10), -1.0), "negative"), (np.full((4, 10), np.inf), "finite")],
)
def test_an_impossible_plan_is_named(plan: np.ndarray, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        live(draw(1, 4), 10, plan=plan)


@pytest.mark.parametrize(("seed", "count", "days", "start"), [
    (-1, 1, 1, 0), (1, -1, 1, 0), (1, 1, 0, 0), (1, 0, 1, 0), (1, 1, 1, 10**7),
])  # fmt: skip
def test_nobody_and_no_time_are_refused(seed: int, count: int, days: int, start: int) -> None:
    with pytest.raises(ValueError, match=r"not|reach"):
        live(draw(seed, count), days, start_day=start)


def test_the_ill_the_hurt_and_those_on_a_break_hardly_run() -> None:
    days = live(draw(33, 250), 200)
    usual = days.ran[~days.ill & ~days.on_break & ~days.truth.injured].mean()
    for flag in (days.ill, days.on_break, days.truth.pain > 4.0):
        assert flag.any() and days.ran[flag].mean() < 0.4 * usual


def test_weekends_seasons_and_trips_are_seen_in_lives() -> None:
    people = draw(34, 120)
    days = live(people, 730)
    weekday = (days.start_day + np.arange(730) + 3) % 7
    km = np.nan_to_num(days.distance_m)
    assert km[:, weekday >= 5].mean() > 1.15 * km[:, weekday < 5].mean()
    north = ~people.home.southern & (people.home.season_c > 6.0)
    month = ((days.start_day + np.arange(730)) % 365.25) / 30.4
    july, january = (month > 6.0) & (month < 7.0), month < 1.0
    assert days.temperature_c[north][:, july].mean() > days.temperature_c[north][:, january].mean() + 12.0
    assert np.all(days.days_at_altitude[days.away] < 60.0)


def test_pregnancy_stops_running_for_a_time_and_happens_to_some_women() -> None:
    people = draw(35, 200)
    sure = dataclasses.replace(people.life, pregnancy_per_y=np.where(people.life.pregnancy_per_y > 0.0, 2.0, 0.0))
    days = live(dataclasses.replace(people, life=sure), 300)
    expecting = days.pregnant > 0.0
    assert expecting.any() and not expecting[~people.body.female].any()
    assert not days.ran[days.pregnant >= 1.0].any()


def test_twins_share_what_can_be_asked_and_differ_inside() -> None:
    one, other = twins(36, 50)
    for name in ("body", "life", "home", "habits"):
        assert the_same(getattr(one, name), getattr(other, name))
    assert not np.any(one.talent.untrained_10k_m_s == other.talent.untrained_10k_m_s)


def test_a_person_can_be_recorded_by_the_live_simulator() -> None:
    people = draw(38, 6)
    days = live(people, 30)
    course, plan = scenarios.scenario("flat10k").course, (effort.Step(2.6, duration_s=900.0),)
    for row in range(6):
        someone = runner(people, days, row, 20)
        outing = effort.carry_out(someone, plan, course, effort.Day(20.0), np.random.default_rng(1), 1000.0)
        assert 24.0 < someone.vo2max_ml_kg_min < 80.0 and someone.sex == ("f" if people.body.female[row] else "m")
        assert someone.rest_hr_bpm < outing.hr_bpm[-1] <= someone.max_hr_bpm


def test_the_second_world_is_another_world() -> None:
    people = draw(37, 200)
    one, other = (live(people, 120, world) for world in (FIRST, SECOND))
    ratio = np.log(other.truth.speed_10k_m_s[:, -1] / one.truth.speed_10k_m_s[:, -1])
    assert 0.01 < ratio.std() < 0.15 and abs(ratio.mean()) < 0.1
    assert np.corrcoef(one.truth.speed_10k_m_s[:, -1], other.truth.speed_10k_m_s[:, -1])[0, 1] > 0.8
    assert np.std(other.truth.easy_hr_bpm[:, -1] - one.truth.easy_hr_bpm[:, -1]) > 1.0


def test_nothing_that_trains_ever_sees_the_second_world() -> None:
    """No module of models, and none that these could reach it by, names it in any form of import."""
    lives = ROOT / "hardware_sim" / "lives"
    paths = [*(ROOT / "models").rglob("*.py"), *(path for path in lives.glob("*.py") if path.name != "second.py")]
    assert any("train" in path.parts for path in paths)
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [f"{node.module or ''}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                names = [node.value] if node.value.startswith("hardware_sim") else []
            parts = {part for name in names for part in name.split(".")}
            assert not parts & {"second", "SECOND"}, f"{path}: {names}"


def test_a_life_can_be_lived_a_day_at_a_time_and_looked_at_on_the_way() -> None:
    people, start = draw(4, 3), NEW_YEAR_2022
    life = Life(people, FIRST, fate(people, start, 40), start)
    whole = live(people, 40)
    for day in range(40):
        assert life.morning().day == start + day
        life.live(None)
        if day == 12:
            seen = life.days()
            assert seen.ran.shape == (3, 13) and np.array_equal(seen.ran, whole.ran[:, :13])
            assert np.array_equal(seen.truth.soreness, whole.truth.soreness[:, :13])
    assert np.array_equal(life.days().distance_m, whole.distance_m, equal_nan=True)
    with pytest.raises(ValueError, match="all 40 days"):
        life.morning()
