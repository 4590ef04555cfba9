"""Laws of simulated runs as files: a foreign reader and ours read what was lived; the same seed, the same bytes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import fitdecode
import numpy as np
import pytest
from fit_writer import crc_of
from hypothesis import given, settings
from hypothesis import strategies as st

from device.files.fit import read_fit
from hardware_sim import cli
from hardware_sim.lives import HARD, WALKED, Days, People, draw, live
from hardware_sim.lives.files import fit_file, truth
from hardware_sim.lives.fit import Seconds, activity, crc
from hardware_sim.lives.watch import seconds

PEOPLE = draw(41, 12)
DAYS = live(PEOPLE, 90)
RUNS = [(int(row), int(column)) for row, column in np.argwhere(DAYS.ran)][::7]


def messages(content: bytes) -> dict[str, list[fitdecode.FitDataMessage]]:
    found: dict[str, list[fitdecode.FitDataMessage]] = {}
    with fitdecode.FitReader(io.BytesIO(content), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                found.setdefault(frame.name, []).append(frame)
    return found


@pytest.mark.parametrize(("row", "column"), RUNS[:12])
def test_a_foreign_reader_reads_what_was_lived(row: int, column: int) -> None:
    _, content = fit_file(PEOPLE, DAYS, row, column, 5.0)
    found = messages(content)
    session, (file_id,) = found["session"][0], found["file_id"]
    assert file_id.get_value("type") == "activity" and file_id.get_value("manufacturer") == "development"
    assert session.get_value("sport") == "running" and len(found["lap"]) == 1 and len(found["activity"]) == 1
    assert session.get_value("total_distance") == pytest.approx(DAYS.distance_m[row, column], abs=0.02)
    assert session.get_value("total_elapsed_time") == pytest.approx(DAYS.duration_s[row, column], abs=1.0)
    assert session.get_value("avg_heart_rate") == pytest.approx(DAYS.hr_bpm[row, column], abs=1.6)
    assert session.get_value("total_ascent") == pytest.approx(DAYS.ascent_m[row, column], abs=3.0, rel=0.06)
    records = found["record"]
    columns = {name: [one.get_value(name) for one in records] for name in ("distance", "heart_rate", "timestamp")}
    assert np.all(np.diff(columns["distance"]) >= 0.0)
    assert columns["distance"][-1] == pytest.approx(session.get_value("total_distance"), abs=0.02)
    assert np.mean(columns["heart_rate"]) == pytest.approx(DAYS.hr_bpm[row, column], abs=1.6)
    assert all(one.get_value("enhanced_speed") is not None or one.get_value("speed") > 0.0 for one in records[1:])
    assert (columns["timestamp"][-1] - columns["timestamp"][0]).total_seconds() == round(
        np.ceil(DAYS.duration_s[row, column])
    )


def test_our_reader_reads_the_same_run() -> None:
    row, column = RUNS[0]
    (recording,) = read_fit(fit_file(PEOPLE, DAYS, row, column, 1.0)[1]).recordings
    run = seconds(PEOPLE, DAYS, row, column)
    streams = {type(one).__name__: one for one in recording.samples}
    assert recording.sport == "running" and recording.stated.distance_m == pytest.approx(run.distance_m[-1], abs=0.01)
    assert np.abs(streams["HeartRate"].bpm - run.hr_bpm).max() <= 0.51
    assert np.abs(streams["Stride"].cadence_spm - run.cadence_spm).max() <= 1.01


@pytest.mark.parametrize(("row", "column"), RUNS)
def test_the_seconds_of_a_run_add_up_to_its_day(row: int, column: int) -> None:
    run = seconds(PEOPLE, DAYS, row, column)
    assert run.distance_m[-1] == pytest.approx(DAYS.distance_m[row, column], rel=1e-9)
    assert np.all(run.speed_m_s > 0.0) and np.all(run.speed_m_s < 9.0)
    assert run.hr_bpm.mean() == pytest.approx(DAYS.hr_bpm[row, column], abs=1.5)
    assert run.hr_bpm.min() >= 30.0 and run.hr_bpm.max() <= PEOPLE.heart.max_bpm[row] + 1.0
    assert np.sum(np.maximum(np.diff(run.altitude_m), 0.0)) == pytest.approx(
        DAYS.ascent_m[row, column], rel=0.02, abs=0.5
    )
    assert np.all((run.cadence_spm > 80.0) & (run.cadence_spm < 230.0))


def test_tempo_and_walks_show_in_the_seconds() -> None:
    spread = {
        kind: np.median([_spread(row, column) for row, column in np.argwhere(DAYS.kind == kind)])
        for kind in (0, HARD, WALKED)
    }
    assert spread[0] < 0.08 < spread[HARD] < spread[WALKED]


def _spread(row: int, column: int) -> float:
    speed = seconds(PEOPLE, DAYS, row, column).speed_m_s
    return float(speed.std() / speed.mean())


def test_a_day_of_rest_has_no_seconds() -> None:
    row, column = np.argwhere(~DAYS.ran)[0]
    with pytest.raises(ValueError, match="did not run"):
        seconds(PEOPLE, DAYS, int(row), int(column))


@given(st.binary(max_size=600))
@settings(max_examples=60, deadline=None)
def test_the_checksum_is_that_of_the_protocol(content: bytes) -> None:
    assert crc(content) == crc_of(content)
    assert crc(b"123456789") == 0xBB3D
    assert crc(content * 7) == crc_of(content * 7)


def test_a_run_without_samples_or_before_the_epoch_is_refused() -> None:
    one = Seconds(*(np.zeros(1) for _ in range(6)))
    with pytest.raises(ValueError, match="two samples"):
        activity(one, 10**9, 0, 1)


def test_truth_tells_fitness_by_day_and_spells() -> None:
    people, days = _hurt()
    told = truth(people, days, 0, "first")
    assert json.loads(json.dumps(told)) == told
    assert told["simulated"] is True and told["first_day"] == "2022-01-01"
    assert len(told["days"]["speed_10k_m_s"]) == 400  # type: ignore[index,call-overload]
    injured = np.zeros(400, dtype=bool)
    for spell in told["injuries"]:  # type: ignore[attr-defined]
        injured[spell["day"] : spell["day"] + spell["days"]] = True
    assert np.array_equal(injured, days.truth.injured[0]) and injured.any()


def _hurt() -> tuple[People, Days]:
    people = draw(42, 30)
    days = live(people, 400)
    row = np.flatnonzero(days.truth.injured.any(axis=1))[:1]
    people = people.take(row)
    return people, live(people, 400)


def generate(folder: Path, *options: str) -> dict[str, bytes]:
    assert cli.main(["generate", "--out", str(folder), "--days", "20", "--seed", "5", "--every", "10", *options]) == 0
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.*"))}


def test_generate_writes_the_same_runner_whatever_their_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few, many = generate(tmp_path / "few", "--runners", "2", "--json"), generate(tmp_path / "many", "--runners", "4")
    assert few == {name: content for name, content in many.items() if name[:12] in ("runner-00000", "runner-00001")}
    assert sum(name.endswith("truth.json") for name in many) == 4 and any(name.endswith(".fit") for name in many)
    assert json.loads(capsys.readouterr().out.splitlines()[0])["runs"] == sum(name.endswith(".fit") for name in few)


@pytest.mark.parametrize("options", [
    ("--runners", "0"), ("--days", "0"), ("--every", "0.1"), ("--first-day", "soon"), ("--seed", "-3"),
])  # fmt: skip
def test_generate_names_what_makes_no_sense(
    options: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["generate", "--out", str(tmp_path), *options]) == 1
    told = capsys.readouterr().err.strip()
    assert told.startswith("kadenz-sim generate:") and "\n" not in told
