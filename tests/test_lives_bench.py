"""Laws of the comparison of simulated lives with real histories: cleaning, weights, distances."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ks_2samp

from app.bench import lives_bench
from app.bench.lives_histories import FEWEST_RUNS, SAMPLES, WITHIN, History, distance, pool, real_histories, structure
from hardware_sim.lives import draw, live

HEAD = (
    "start_local,start_utc,type,subtype,distance_m,moving_s,elapsed_s,avg_hr,avg_speed_mps,"
    "elev_gain_m,lat01,lon01,region"
)
values = st.lists(st.floats(0.5, 50.0), min_size=2, max_size=40).map(np.array)


def history(km: np.ndarray) -> History:
    return History(
        "somebody", np.arange(len(km), dtype=float) * 2.0, km, np.full(len(km), 6.0), np.full(len(km), np.nan)
    )


def written(folder: Path, rows: list[str]) -> list[History]:
    """Return the histories read from a file with these rows before a long plain history."""
    plain = [f"2024-{1 + k // 28:02d}-{1 + k % 28:02d} 07:00:00,,Run,,5000,1800,,150,,,,," for k in range(FEWEST_RUNS)]
    (folder / "training_history" / "some").mkdir(parents=True)
    with gzip.open(folder / "training_history" / "some" / "athlete_x.csv.gz", "wt") as file:
        file.write("\n".join([HEAD, *rows, *plain]) + "\n")
    return real_histories(folder)


@given(values, values)
@settings(max_examples=50, deadline=None)
def test_with_one_person_each_the_distance_is_that_of_kolmogorov_and_smirnov(
    one: np.ndarray, other: np.ndarray
) -> None:
    pools = [pool([history(km)], "distance") for km in (one, other)]
    assert distance(*pools) == pytest.approx(ks_2samp(one, other, method="asymp").statistic, abs=1e-9)
    assert distance(pools[0], pools[0]) == 0.0 and distance(*pools) == distance(*pools[::-1])


@given(values, st.integers(2, 5))
@settings(max_examples=30, deadline=None)
def test_every_person_counts_the_same_however_much_they_run(km: np.ndarray, times: int) -> None:
    other = history(np.array([7.0, 9.0]))
    once, often = pool([history(km), other], "distance"), pool([history(np.tile(km, times)), other], "distance")
    assert distance(once, often) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("row", "km"),
    [
        ("2023-12-01 07:00:00,,Run,,10000,3600,,150,,,,,", 10.0),
        ("2023-12-01 07:00:00,,running,,10000,3600,,,,,,,", 10.0),
        ("2023-12-01 07:00:00,,Walk,,10000,6000,,100,,,,,", None),
        ("2023-12-01 07:00:00,,Run,,0,3600,,150,,,,,", None),
        ("2023-12-01 07:00:00,,Run,,10000,,,150,,,,,", None),
        ("2023-12-01 07:00:00,,Run,,10000,1200,,150,,,,,", None),
        ("2023-12-01 07:00:00,,Run,,10000,9000,,150,,,,,", None),
        ("2023-12-01 07:00:00,,Run,,10000,3600,,150,,,,,\n2023-12-01 07:00:40,,Run,,9000,3500,,150,,,,,", 10.0),
        ("2023-12-01 07:00:00,,Run,,10000,3600,,150,,,,,\n2023-12-01 17:00:40,,Run,,2000,700,,150,,,,,", 12.0),
    ],
)
def test_odd_rows_go_doubles_become_one_and_a_day_is_added_up(row: str, km: float | None, tmp_path: Path) -> None:
    (found,) = written(tmp_path, [row])
    assert len(found.day) == FEWEST_RUNS + (km is not None)
    assert km is None or found.km[0] == pytest.approx(km)


def test_a_folder_without_histories_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no histories"):
        real_histories(tmp_path)


def test_weeks_without_a_run_count_and_gaps_are_days() -> None:
    one = History("x", np.array([0.0, 1.0, 15.0]), np.array([5.0, 6.0, 7.0]), np.full(3, 6.0), np.full(3, 150.0))
    assert one.sample("weekly volume").tolist() == [11.0, 0.0, 7.0] and one.sample("gap").tolist() == [1.0, 14.0]


def test_simulated_histories_have_an_order_of_days() -> None:
    lives = lives_bench.simulated_histories(live(draw(3, 12), 400))
    assert len(lives) > 8
    for label in WITHIN:
        assert np.isfinite(structure(lives, label)), label
    assert all(len(one.sample(name)) > 20 for one in lives for name in SAMPLES)


@pytest.mark.real
def test_simulated_people_are_nearer_to_real_ones_than_half_of_these_to_the_other(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("QUICK_PEOPLE", 80), ("DAYS", 800), ("_HALVES", 20)):
        monkeypatch.setattr(lives_bench, name, value)
    section = lives_bench.measure(data_folder, True, lambda line: None)
    distances = [one for one in section.figures if one.name.startswith("Kolmogorov")]
    assert len(distances) == len(SAMPLES)
    for one in distances:
        assert one.value < 0.2 and one.value < one.peer_value + 0.03, one.name
    assert all(control.worse for control in section.controls) and len(section.pictures) == len(SAMPLES) + 1
