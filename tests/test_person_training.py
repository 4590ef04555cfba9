"""The training of the person model: it finds what was put in, writes the same bytes twice, and wins on real people."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx")
pytest.importorskip("sklearn")

from models.adapt import Run
from models.person_forward import CONTEXT
from models.train import person_heart, person_survey
from models.train.person_evidence import covers, errors, gather
from models.train.person_graph import build
from models.train.person_held_out import person_model, weights_without
from models.train.person_histories import from_runs, histories, history
from models.train.person_protocol import KNOWN, gain_interval, held_out, mean_error, starts
from models.train.person_rivals import RIVALS
from models.train.person_survey import Survey
from models.train.person_training import learned


def person(number: int, rng: np.random.Generator, count: int = 120):
    """One simulated person whose heart rate is a line over speed with a level and slope of their own."""
    level, slope = rng.normal(150, 10), rng.normal(14, 3)
    speed = np.clip(rng.normal(2.8, 0.3, count), 1.5, 4.5)
    duration = rng.uniform(1500, 5000, count)
    bpm = np.clip(level + slope * (speed - 2.8) + rng.normal(0, 5, count), 80, 205)
    days = np.cumsum(rng.uniform(1, 4, count))
    columns = zip(days, speed, duration, bpm, strict=True)
    runs = tuple(Run(d * 86400.0, v * s, s, b, 0.0, 0.0, 17.0, 2.0) for d, v, s, b in columns)
    return from_runs(f"person{number}", runs)


@pytest.fixture(scope="module")
def people():
    rng = np.random.default_rng(4)
    return [person(k, rng) for k in range(6)]


@pytest.fixture(scope="module")
def surveyed() -> Survey:
    rng = np.random.default_rng(6)
    context = np.full((300, len(CONTEXT)), np.nan)
    female, age = rng.integers(0, 2, 300), rng.uniform(20, 65, 300)
    for name, column in (("age_years", age), ("female", female), ("km_28d", rng.uniform(60, 250, 300))):
        context[:, CONTEXT.index(name)] = column
    level = 1.3 - 0.15 * female - 0.004 * (age - 40) + rng.normal(0, 0.08, 300)
    line = np.log(np.array([5000.0, 10000.0, 21097.5, 42195.0]) / 10000.0)
    log_speed = level[:, None] - 0.07 * line + rng.normal(0, 0.02, (300, 4))
    log_speed[rng.random((300, 4)) < 0.4] = np.nan
    some = np.isfinite(log_speed).any(axis=1)
    context[:, CONTEXT.index("weight_kg")], context[:, CONTEXT.index("height_m")] = 70.0, 1.75
    return Survey(context[some], log_speed[some])


def test_the_survey_part_finds_level_endurance_and_what_sex_adds(surveyed):
    found = person_survey.fit(surveyed)
    assert abs(found.mean[1] - 0.07) < 0.01
    assert abs(found.effect[0, 0] + 0.15) < 0.03
    assert 0.05 < np.sqrt(found.covariance[0, 0]) < 0.12 and 0.01 < found.noise < 0.03


def test_the_heart_part_finds_the_middle_of_people(people):
    found = person_heart.fit(people)
    own = [np.polyfit(np.exp(p.log_speed) - 2.8, p.hr_bpm, 1) for p in people]
    assert abs(found.mean[0] - np.mean([line[1] for line in own])) < 5.0
    assert abs(found.mean[1] - np.mean([line[0] for line in own])) < 3.0


def test_on_simulated_people_it_beats_the_line_and_both_controls_lose(people, surveyed):
    evidence = gather(people, person_survey.fit(surveyed), whole=False)
    found = {one.known: one for one in errors(evidence)}
    assert found[10].gain > 20.0 and found[10].gain_low <= found[10].gain <= found[10].gain_high
    for bpm in evidence.controls.values():
        assert bpm[KNOWN.index(10)] > 1.3 * found[10].ours
    assert all(0.5 <= c.share <= 1.0 for c in covers(evidence))


def test_the_asked_runs_come_after_the_known_ones_and_are_the_same_for_all(people):
    misses = held_out(people, RIVALS["personal mean"])
    for number in range(len(people)):
        asked = [set(misses.asked[(misses.person == number) & (misses.known == k)].tolist()) for k in KNOWN]
        assert all(a == asked[0] for a in asked) and min(asked[0]) >= max(KNOWN)
    assert (misses.asked >= misses.start).all()


def test_nobody_is_judged_by_what_was_learned_from_them(people, surveyed):
    seen = []

    def method(others):
        seen.append({p.name for p in others})
        return lambda h, known, asked: np.zeros(len(asked))

    held_out(people, method)
    assert all(p.name not in names and len(names) == len(people) - 1 for p, names in zip(people, seen, strict=True))
    fitness = person_survey.fit(surveyed)
    one, other = (weights_without(people, fitness, frozenset({k})) for k in (0, 1))
    assert not np.array_equal(one.state_mean, other.state_mean)


def test_a_person_with_few_runs_is_not_asked_about():
    rng = np.random.default_rng(0)
    assert len(starts(person(0, rng, 49))) == 0 and len(starts(person(0, rng, 50))) == 1
    assert len(starts(person(0, rng, 2000))) == 10


def test_the_bootstrap_interval_holds_its_middle():
    rng = np.random.default_rng(2)
    theirs = rng.uniform(8, 12, (40, 5))
    low, high = gain_interval(0.7 * theirs, theirs, rng)
    np.testing.assert_allclose(low, 0.3, atol=1e-9)
    np.testing.assert_allclose(high, 0.3, atol=1e-9)


def test_rows_that_are_no_runs_leave_a_history_empty(tmp_path: Path):
    folder = tmp_path / "training_history" / "x"
    folder.mkdir(parents=True)
    columns = ["start_utc", "type", "distance_m", "moving_s", "avg_hr", "elev_gain_m", "lat01", "lon01"]
    with gzip.open(folder / "nobody.csv.gz", "wt", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(columns)
        table.writerow(["2024-01-01 08:00:00", "Ride", "20000", "3600", "130", "", "", ""])
        table.writerow(["2024-01-02 08:00:00+00:00", "Run", "0", "0", "", "", "", ""])
        table.writerow(["2024-01-03T08:00:00Z", "Run", "8000", "2700", "odd", "", "1.0", "2.0"])
    found = histories(tmp_path)
    assert [len(h) for h in found] == [0] and found[0].rows.shape == (0, 10)
    assert len(history("nobody", [])) == 0
    with pytest.raises(FileNotFoundError):
        histories(tmp_path / "elsewhere")


@pytest.mark.real
def test_training_twice_gives_the_same_bytes(data_folder: Path):
    people = [p for p in histories(data_folder) if 0 < len(p) < 300]
    fitness = person_survey.fit(person_survey.survey(data_folder))
    assert build(learned(people, fitness), {}) == build(learned(people, fitness), {})


@pytest.mark.real
def test_on_real_people_never_seen_it_beats_the_population_line(data_folder: Path):
    people = [p for p in histories(data_folder) if len(starts(p))][:4]
    fitness = person_survey.fit(person_survey.survey(data_folder))
    ours = mean_error(held_out(people, person_model(fitness)))
    line = mean_error(held_out(people, RIVALS["population line"]))
    assert (ours[1:] < line[1:] * np.array([0.88, 0.82, 0.78, 0.78])).all()
