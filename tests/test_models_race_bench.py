"""Laws of the benchmark of races on folders that nobody has seen: what is missing is named, what is there is judged."""

from __future__ import annotations

import csv
import gzip
import math
from pathlib import Path

import numpy as np
import pytest

from app.bench.figures import Section
from app.bench.models_race_bench import kept_for_judging, measure
from models.inrace import HALF_KM, MARATHON_KM, SPLITS_KM
from models.train.inrace_runners import FOLDER, file_of, read, years
from models.train.race_runners import FILE_NAME, KNOTS_M

_SURVEY = ("id", "age", "gender", "typical", "k5_ti", "k10_ti", "mh_ti", "mf_ti")


def measured(folder: Path) -> Section:
    return measure(folder, True, lambda line: None)


def clock(seconds: float) -> str:
    return f"{int(seconds) // 3600}:{int(seconds) // 60 % 60:02d}:{int(seconds) % 60:02d}"


def paces(count: int) -> list[float]:
    return np.random.default_rng(1).uniform(240.0, 400.0, count).tolist()


def write_year(folder: Path, year: int, header: list[str], rows: list[list[str]], packed: bool = True) -> Path:
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    text = "\n".join(",".join(row) for row in [header, *rows]).encode()
    path = folder / FOLDER / f"boston_{year}_no_names.csv{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(text) if packed else text)
    return path


def year_of_clocks(folder: Path, count: int) -> None:
    """A year as another site would tell it: clocks, other names, a column more, and one runner who was stopped."""
    header = ["Sex", "Age", "5K", "10K", "20K", "Half Marathon", "25K", "30K", "Official Time", "Shoe"]
    rows = [
        ["W" if k % 2 else "M", str(20 + k % 50), *map(clock, [*(pace * km for km in SPLITS_KM[30.0]), late]), "x"]
        for k, pace in enumerate(paces(count))
        for late in [1.06 * pace * MARATHON_KM]
    ]
    write_year(folder, 2013, header, [*rows, [*rows[0][:-2], "", "x"]], packed=False)


def write_survey(folder: Path, count: int, step: int) -> None:
    """Simulated runners who slow by an exponent of 1.1, numbered in steps."""
    rng = np.random.default_rng(2)
    path = folder / FILE_NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as lines:
        sheet = csv.writer(lines)
        sheet.writerow(_SURVEY)
        for k in range(count):
            base = rng.uniform(2200.0, 4000.0)
            times = base * (KNOTS_M / 10000.0) ** 1.1 * np.exp(rng.normal(0.0, 0.03, 4))
            known = rng.random(4) < 0.5
            known[[2, 3]] = True
            cells = [f"{t:.0f}" if there else "" for t, there in zip(times, known, strict=True)]
            sheet.writerow([step * (k + 1), "" if k == 3 else f"{rng.uniform(20, 60):.0f}", k % 2, 30, *cells])


def test_an_empty_folder_gives_a_section_that_names_every_missing_file(tmp_path: Path):
    section = measured(tmp_path)
    assert section.figures == ()
    said = " ".join(section.notes)
    assert FILE_NAME in said
    assert str(file_of(tmp_path, 2014)) in said
    assert "Loch Ness: not measured" in said


def test_another_year_with_other_column_names_is_judged_without_the_year_of_the_weights(tmp_path: Path):
    year_of_clocks(tmp_path, 150)
    section = measured(tmp_path)
    found = {figure.name: figure for figure in section.figures}
    for name in ("from half way", "from 30 km"):
        assert math.isfinite(found[f"Boston 2013 {name}: MAE"].value)
        assert "150 finishers of 2013" in found[f"Boston 2013 {name}: MAE"].note
    assert any("Boston 2014" in note and "is not there" in note for note in section.notes)
    assert any("survivors only: 2013" in note for note in section.notes)


def test_clocks_minutes_and_seconds_say_the_same(tmp_path: Path):
    header = ["5k", "10k", "20k", "half", "official", "age", "gender"]
    ends = [*SPLITS_KM[HALF_KM], MARATHON_KM]
    times = np.round(np.outer(paces(20), ends))
    ways = {
        2001: lambda seconds: f"{seconds / 60.0:.6f}",
        2002: lambda seconds: f"{seconds:.0f}",
        2003: clock,
    }
    for year, write in ways.items():
        write_year(tmp_path, year, header, [[*map(write, row), "40", "F"] for row in times.tolist()])
    assert years(tmp_path) == [2001, 2002, 2003]
    for year in ways:
        found = read(tmp_path, HALF_KM, year)
        np.testing.assert_allclose(found.finish_s, times[:, -1], atol=1e-3)
        np.testing.assert_allclose(found.splits_s, times[:, :-1], atol=1e-3)


def test_who_finishes_before_the_last_split_is_left_out(tmp_path: Path):
    header = ["5k", "10k", "20k", "half", "official", "age", "gender"]
    good, bad = ["25", "50", "100", "105.5", "215", "40", "F"], ["25", "50", "100", "105.5", "100", "40", "F"]
    write_year(tmp_path, 2014, header, [good, bad, good[:3]])
    assert len(read(tmp_path, HALF_KM)) == 1


def test_a_file_that_cannot_be_read_costs_its_rows_and_is_named(tmp_path: Path):
    year_of_clocks(tmp_path, 120)
    (tmp_path / FOLDER / "boston_2014_no_names.csv.gz").write_bytes(gzip.compress(b"5k,10k" * 99)[:-12])
    (tmp_path / FILE_NAME).write_text("id,age\n1,40\n")
    section = measured(tmp_path)
    said = " ".join(section.notes)
    assert "boston_2014_no_names.csv.gz cannot be unpacked" in said
    assert "has no runners with gender, typical, k5_ti" in said
    assert any("Boston 2013" in figure.name for figure in section.figures)


def test_a_year_without_thirty_kilometres_is_judged_at_half_way_alone(tmp_path: Path):
    rows = [[*(clock(pace * km) for km in (*SPLITS_KM[HALF_KM], MARATHON_KM))] for pace in paces(120)]
    write_year(tmp_path, 2016, ["5k", "10k", "20k", "half", "official"], rows)
    section = measured(tmp_path)
    assert {figure.name.split(":")[0] for figure in section.figures} == {"Boston 2016 from half way"}
    assert any("Boston 2016 from 30 km" in note and "25k" in note for note in section.notes)


def test_runners_kept_for_judging_are_judged_by_the_shipped_file_and_others_are_not(tmp_path: Path):
    write_survey(tmp_path, 110, 3)
    found = {figure.name: figure for figure in kept_for_judging(tmp_path).figures}
    kept = "marathon, race.onnx on runners kept for judging"
    assert found[f"{kept}: over 10 min too fast"].at_most == 18.0
    assert found[f"{kept}: MAE below Riegel"].at_least == 30.0
    assert 0.0 < found[f"{kept}: MAE"].value < 30.0
    write_survey(tmp_path, 110, 1)
    assert kept_for_judging(tmp_path).figures == ()


@pytest.mark.parametrize("count", [1, 20])
def test_too_few_runners_are_a_note(tmp_path: Path, count: int):
    write_survey(tmp_path, count, 1)
    section = measured(tmp_path)
    assert section.figures == ()
    assert any("too few" in note for note in section.notes)
