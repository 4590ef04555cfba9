"""Laws of the benchmark of one person: it names what is missing, and the worst kind of session is found."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx")
pytest.importorskip("sklearn")

from app.bench import models_person_bench
from app.bench.figures import Section
from models.adapt import Run
from models.train.person_held_out import Sessions
from models.train.person_histories import History, from_runs
from models.train.person_kinds import kinds, of_each_person, told_lines, worst

HEADER = "start_local,start_utc,type,distance_m,moving_s,avg_hr,elev_gain_m,lat01,lon01"
SLOW = "slower than usual (under 95 %)"


@pytest.fixture(autouse=True)
def _no_cost(monkeypatch: pytest.MonkeyPatch):
    """The cost of the model is measured elsewhere."""

    class Cost:
        fallbacks = ()

    monkeypatch.setattr(models_person_bench, "measure_runtime", lambda quick: Cost())
    monkeypatch.setattr(models_person_bench, "_cost_figures", lambda cost: [])


def written(folder: Path, name: str, count: int, heart: str = "150") -> None:
    (folder / "training_history" / "some").mkdir(parents=True, exist_ok=True)
    moments = [f"20{20 + k // 336:02d}-{1 + k // 28 % 12:02d}-{1 + k % 28:02d} 07:00:00" for k in range(count)]
    rows = [f"{m},{m},Run,{5000 + 40 * (k % 9)},1800,{heart},10,50.1,8.6" for k, m in enumerate(moments)]
    path = folder / "training_history" / "some" / f"athlete_{name}.csv.gz"
    path.write_bytes(gzip.compress("\n".join([HEADER, *rows]).encode()))


def measured(folder: Path) -> Section:
    return models_person_bench.measure(folder, True, lambda line: None)


def test_an_empty_folder_is_named_and_nothing_is_judged(tmp_path: Path):
    section = measured(tmp_path)
    assert not section.figures
    assert "no training histories" in section.notes[0]
    assert any("no 10 km speed was judged" in note for note in section.notes)


def test_athletes_without_heart_rate_are_counted(tmp_path: Path):
    written(tmp_path, "a", 80, "")
    assert "1 of 1 athletes have no run with a believable heart rate" in measured(tmp_path).notes


def test_one_athlete_is_judged_by_the_bundled_prior_and_it_is_said(tmp_path: Path):
    written(tmp_path, "a", 80)
    section = measured(tmp_path)
    assert [one.name.startswith("as shipped") for one in section.figures] == [True] * 5
    assert section.figures[4].value < 8.0
    assert any("bundled prior alone" in note for note in section.notes)


def test_an_athlete_of_few_runs_breaks_nothing(tmp_path: Path):
    written(tmp_path, "a", 3)
    assert not measured(tmp_path).figures


def slow_half(miss_slow: float) -> tuple[list[History], Sessions]:
    """Two people with every second run slow, whose slow ones miss by so many bpm and others by one."""
    speeds = np.where(np.arange(120) % 2 == 0, 3.0, 2.4)
    runs = tuple(
        Run(86400.0 * k, v * 2400.0, 2400.0, 100.0 + 15.0 * v, 0.0, 0.0, 17.0, 1.0) for k, v in enumerate(speeds)
    )
    people = [from_runs(name, runs) for name in ("a", "b")]
    rows = np.tile(np.arange(120), 2)
    miss = np.where(speeds[rows] < 2.7, miss_slow, -1.0)
    number = np.repeat([0, 1], 120)
    return people, Sessions(number, np.zeros(240, int), np.full(240, 10), rows, miss, np.ones(240))


def test_the_worst_kind_is_the_one_with_the_largest_error():
    people, found = slow_half(3.0)
    by_kind = kinds(people, found)
    assert worst(by_kind, False) == (SLOW, pytest.approx(1.5))
    assert worst(by_kind, True) == (SLOW, pytest.approx(1.5))
    assert of_each_person(people, found, SLOW) == pytest.approx([1.5, 1.5])
    assert by_kind[SLOW].sessions == 120


def test_a_line_that_was_told_a_line_misses_nothing():
    people, found = slow_half(3.0)
    assert np.abs(told_lines(people, found).miss_bpm).max() < 1e-6
