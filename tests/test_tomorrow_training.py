"""Laws of the forecast's training and judging: clean days, honest baselines, and a prior that is the same twice."""

from __future__ import annotations

import gzip
import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from app.bench.models_tomorrow_bench import measure as measure_tomorrow
from models.tomorrow_habits import FEATURES
from models.tomorrow_prior import POPULATION
from models.train.tomorrow_histories import Days, Run, days_of, read, weekday
from models.train.tomorrow_scores import Walk, baselines, best_so_far, cover, log_loss, score, walk
from models.train.tomorrow_training import fit, mornings, source_of, train

DAY_S = 86400.0


def run(day: int, hour: float, km: float, minutes: float, heart: float = math.nan) -> Run:
    return Run(day * DAY_S + hour * 3600.0, minutes * 60.0, km, heart)


def weekly(name: str, weeks: int, rng: np.random.Generator, share: float = 0.9) -> Days:
    """Somebody who runs 6 km on Tuesdays and Fridays and 15 km on Sundays, mostly."""
    plan = np.tile([0.0, 6.0, 0.0, 0.0, 6.0, 0.0, 15.0], weeks) * (rng.random(7 * weeks) < share)
    plan[0] = 5.0
    pace = np.where(plan > 0.0, 330.0, np.nan)
    return Days(name, 4 + 7 * 2000, plan, pace, np.where(plan > 0.0, 145.0, np.nan), (0, 0))


def test_odd_rows_and_second_recordings_are_left_out_and_counted():
    rows = [
        run(10, 7.0, 8.0, 40.0, 150.0),
        run(10, 7.1, 7.9, 40.0, 152.0),
        run(10, 18.0, 4.0, 24.0, 140.0),
        run(12, 9.0, 0.1, 1.0),
        run(12, 9.5, 61.0, 60.0),
        run(12, 10.0, 1.0, 90.0),
        run(13, 10.0, 5.0, 0.0),
        run(14, 8.0, 5.0, 25.0, 30.0),
    ]
    days = days_of("somebody", rows, len(rows))
    assert days.left_out == (4, 1)
    assert days.first_day == 10
    assert days.km.tolist() == [12.0, 0.0, 0.0, 0.0, 5.0]
    assert days.pace_s_km[0] == pytest.approx(64.0 * 60.0 / 12.0)
    assert days.heart_bpm[0] == pytest.approx((40.0 * 150.0 + 24.0 * 140.0) / 64.0)
    assert np.isnan(days.heart_bpm[1:]).all()


def test_a_person_without_a_run_is_named():
    with pytest.raises(ValueError, match="nobody has no run"):
        days_of("nobody", [run(1, 8.0, 0.0, 10.0)], 1)


def test_weekdays_are_the_calendars():
    for day in (0, 3, 4, 19000, 20000):
        assert weekday(day) == (day + 3) % 7
    assert weekday(date(2024, 2, 26).toordinal() - date(1970, 1, 1).toordinal()) == 0


def written(folder: Path, name: str, header: str, rows: list[str]) -> None:
    (folder / "training_history" / "some").mkdir(parents=True, exist_ok=True)
    path = folder / "training_history" / "some" / f"athlete_{name}.csv.gz"
    path.write_bytes(gzip.compress("\n".join([header, *rows]).encode()))


def test_days_are_those_of_the_clock_where_the_run_was(tmp_path: Path):
    written(tmp_path, "a", "start,sport,timer_s,dist_m,avg_hr,lon", [
        "2020-01-02T03:00:00,1.0,1800,6000,150,-80.0",
        "2020-01-02T16:00:00,1.0,1800,6000,,150.0",
        "2020-01-05T03:00:00,2.0,1800,6000,,-80.0",
    ])  # fmt: skip
    written(tmp_path, "b", "start_local,type,moving_s,distance_m,avg_hr", [
        "2020-01-02 23:30:00,Run,1800,6000,",
        "2020-01-04 00:30:00,Run,1800,6000,",
        "2020-01-04 09:30:00,Walk,1800,6000,",
    ])  # fmt: skip
    first, second = read(tmp_path)
    assert (np.flatnonzero(first.km) + first.first_day).tolist() == [18262, 18264]
    assert (np.flatnonzero(second.km) + second.first_day).tolist() == [18263, 18265]


def test_no_history_is_said(tmp_path: Path):
    with pytest.raises(FileNotFoundError, match="no training history"):
        read(tmp_path)


def test_baselines_know_only_the_days_before():
    days = weekly("w", 8, np.random.default_rng(1))
    km, chance = baselines(days)
    later = days.km.copy()
    later[40:] = 30.0 - later[40:]
    other_km, other_chance = baselines(Days("x", days.first_day, later, days.pace_s_km, days.heart_bpm, (0, 0)))
    np.testing.assert_array_equal(km[:40], other_km[:40])
    np.testing.assert_array_equal(chance[:40], other_chance[:40])
    assert km[20].tolist() == pytest.approx([days.km[20], days.km[0:21:7].mean(), days.km[max(0, 21 - 28) : 21].mean()])


def test_the_best_so_far_is_chosen_before_the_morning_is_known():
    losses = np.array([[1.0, 0.0], [5.0, 1.0], [0.0, 9.0], [0.0, 9.0]])
    assert best_so_far(losses).tolist() == [1.0, 1.0, 9.0, 0.0]


def test_a_habit_is_learned_and_the_intervals_hold():
    rng = np.random.default_rng(3)
    prior = fit([mornings(weekly(f"p{k}", 60, rng)) for k in range(3)])
    days = weekly("held out", 60, rng)
    found = score(days, walk(days, prior))
    assert found.log_loss < min(found.each_log_loss) + 3.0 / found.mornings
    assert found.km_gain > 0.1
    told = cover(walk(days, prior))
    assert 0.74 < told.held.mean() < 0.96  # nine of ten days keep to the plan: no interval of sense holds less
    assert len(told.if_run[0]) == len(told.if_run[2]) == int(told.ran.sum())


def test_every_morning_counts_once_as_it_stands():
    chance = np.array([0.1, 0.1, 0.4, 0.9])
    km, ran = np.array([0.0, 6.0, 0.0, 6.0]), np.array([0.0, 1.0] * 2)
    low, high, blank = np.array([0.0, 0.0, 2.0, 5.0]), np.array([0.0, 0.0, 8.0, 8.0]), np.full(4, np.nan)
    ends = np.tile(np.array([5.0, 7.0]), (4, 3, 1))
    found = cover(Walk(ran, km, chance, blank, blank, low, high, blank, blank, blank, blank, ends))
    assert found.held.tolist() == [1.0, 0.0, 0.0, 1.0]
    assert found.against.tolist() == [False, False, True, False]
    assert found.width_km.tolist() == [0.0, 0.0, 6.0, 3.0]
    assert [one.tolist() for one in found.if_run] == [[1.0, 1.0], [], []]


def test_log_loss_is_that_of_the_chance_given_to_what_came():
    assert log_loss(np.array([0.8, 0.8]), np.array([1.0, 0.0])).tolist() == pytest.approx(
        [-math.log(0.8), -math.log(0.2)]
    )


def test_the_same_people_give_the_same_prior(tmp_path: Path):
    people = [weekly(f"p{k}", 20, np.random.default_rng(k)) for k in range(2)]
    first, again = tmp_path / "one.py", tmp_path / "two.py"
    train(people, first)
    prior = train(people, again)
    assert first.read_bytes() == again.read_bytes()
    assert source_of(prior, 2, 278).encode() == first.read_bytes()


def test_the_bundled_prior_has_a_weight_for_every_habit():
    assert POPULATION.weights.shape == (len(FEATURES) + 1,)
    assert (POPULATION.scale > 0.0).all()
    assert np.isfinite(POPULATION.weights).all()


def test_the_benchmark_judges_histories_of_any_length(tmp_path: Path):
    rng = np.random.default_rng(5)
    for name in ("a", "b"):
        rows = [
            f"2021-{1 + day // 28:02d}-{1 + day % 28:02d} 07:00:00,Run,{1500 + 60 * (day % 5)},{5000 + 99 * (day % 7)},"
            for day in range(120)
            if rng.random() < 0.4
        ]
        written(tmp_path, name, "start_local,type,moving_s,distance_m,avg_hr", rows)
    section = measure_tomorrow(tmp_path, True, lambda line: None)
    assert {figure.name for figure in section.figures if figure.has_goal} >= {
        "MAE of the day's km: median gain over athletes",
        "log loss of running: athletes for whom it is worse",
        "80 % intervals: hold",
    }
    assert len(section.controls) == 5


def some_days(folder: Path, name: str, days: list[int]) -> None:
    header = "start_local,type,moving_s,distance_m,avg_hr"
    written(folder, name, header, [f"2021-03-{day:02d} 07:00:00,Run,1500,5000," for day in days])


def test_a_folder_without_histories_is_named_and_nothing_is_measured(tmp_path: Path):
    section = measure_tomorrow(tmp_path, True, lambda line: None)
    assert not section.figures
    assert str(tmp_path) in section.notes[0]


def test_people_with_runs_on_one_day_only_have_no_morning(tmp_path: Path):
    some_days(tmp_path, "a", [4])
    section = measure_tomorrow(tmp_path, True, lambda line: None)
    assert not section.figures
    assert "two days" in section.notes[0]


def test_one_athlete_is_judged_by_the_bundled_prior_and_it_is_said(tmp_path: Path):
    some_days(tmp_path, "a", list(range(1, 29, 2)))
    some_days(tmp_path, "b", [7])
    section = measure_tomorrow(tmp_path, True, lambda line: None)
    told = section.notes[-1]
    assert "bundled" in told
    assert "1 athletes have runs on one day only" in told
    assert len(section.controls) == 2
    assert all(math.isfinite(figure.value) for figure in section.figures)


def test_athletes_of_few_days_break_nothing(tmp_path: Path):
    some_days(tmp_path, "a", [1, 2])
    some_days(tmp_path, "b", [1, 1, 2, 2, 28])
    section = measure_tomorrow(tmp_path, True, lambda line: None)
    assert all(math.isfinite(figure.value) for figure in section.figures)


@pytest.mark.real
def test_real_histories_are_forecast_better_than_by_the_best_baseline_so_far(data_folder: Path):
    if not (data_folder / "training_history").is_dir():
        pytest.skip("no training histories here")
    people = [
        Days(days.name, days.first_day, days.km[:400], days.pace_s_km[:400], days.heart_bpm[:400], (0, 0))
        for days in read(data_folder)[:4]
    ]
    learned = [mornings(days) for days in people]
    gains = []
    for number, days in enumerate(people):
        prior = fit([one for other, one in enumerate(learned) if other != number])
        gains.append(score(days, walk(days, prior)).km_gain)
    assert np.median(gains) > 0.1
