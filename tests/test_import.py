"""Laws of `kadenz import`: every file a status, one activity one run, exit codes, the JSON keys."""

from __future__ import annotations

import gzip
import json
import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from fit_writer import START, FitWriter, activity, write_head, write_records, write_session

from app.cli import main
from app.documents import run_document
from app.importing import Status, find_files, find_tasks, import_tasks
from app.store import RunRow, Store
from device.files.reading import FileTask
from device.files.recording import StatedTotals
from device.files.totals import settled
from edge.samples import Estimate
from edge.summary import RunSummary

RUN_KEYS = {
    "id", "sport", "sub_sport", "start_time", "duration_s", "timer_s", "moving_s", "distance_m", "ascent_m",
    "descent_m", "avg_hr_bpm", "max_hr_bpm", "avg_cadence_spm", "calories_kcal", "start_latitude_deg",
    "start_longitude_deg", "altitude_min_m", "altitude_max_m", "device", "stated",
}  # fmt: skip
STATED_KEYS = {
    "duration_s", "timer_s", "distance_m", "ascent_m", "descent_m", "avg_hr_bpm", "max_hr_bpm", "avg_cadence_spm",
    "calories_kcal",
}  # fmt: skip


def gpx(start: int, seconds: int, metres: float = 3.0, kind: str = "running") -> bytes:
    from datetime import UTC, datetime

    points = []
    for i in range(0, seconds + 1, 5):
        when = datetime.fromtimestamp(631065600 + start + i, UTC).isoformat()
        points.append(f'<trkpt lat="{0.1 + i * metres / 111_195.0:.7f}" lon="10"><time>{when}</time></trkpt>')
    return f"<gpx><trk><type>{kind}</type><trkseg>{''.join(points)}</trkseg></trk></gpx>".encode()


def statuses(folder: Path, store: Store, workers: int = 0) -> dict[str, str]:
    found = find_tasks(find_files([folder]))
    return {Path(o.file).name: o.status.value for o in import_tasks(store, found, workers)}


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert main(["import", *arguments, "--json"]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert isinstance(found, list)
    return found


def test_every_file_of_a_mixed_folder_has_a_status(tmp_path: Path) -> None:
    settings = FitWriter()
    write_head(settings, kind=2)
    content = activity(300).content()
    folder = tmp_path / "files"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.fit").write_bytes(content)
    (folder / "b_again.fit.gz").write_bytes(gzip.compress(content))
    (folder / "c_also.gpx").write_bytes(gpx(START + 4, 296))
    (folder / "deep" / "cut.fit").write_bytes(activity(300, start=START + 86400).content()[:4000])
    (folder / "deep" / "settings.fit").write_bytes(settings.content())
    (folder / "deep" / "head.fit").write_bytes(content[:20])
    (folder / "deep" / "table.csv").write_bytes(b"a,b\n")
    (folder / "empty.fit").write_bytes(b"")
    (folder / "later.gpx").write_bytes(gpx(START + 7 * 86400, 600))
    with Store.in_memory() as store:
        assert statuses(folder, store) == {
            "a.fit": "imported", "b_again.fit.gz": "duplicate", "c_also.gpx": "duplicate", "cut.fit": "salvaged",
            "settings.fit": "skipped", "head.fit": "rejected", "table.csv": "skipped", "empty.fit": "skipped",
            "later.gpx": "imported",
        }  # fmt: skip
        assert len(store.runs()) == 3


def test_worker_processes_give_what_one_process_gives(tmp_path: Path) -> None:
    for i in range(14):
        (tmp_path / f"{i:02d}.fit").write_bytes(activity(60 + i, start=START + i * 86400).content())
    (tmp_path / "bad.fit").write_bytes(b"junk")
    with Store.in_memory() as alone, Store.in_memory() as pooled:
        assert statuses(tmp_path, alone, 0) == statuses(tmp_path, pooled, 2)
        assert [r.run_id for r in alone.runs()] == [r.run_id for r in pooled.runs()]
        assert [r.summary for r in alone.runs()] == [r.summary for r in pooled.runs()]


class Deadly(FileTask):
    """A task that ends whatever process it is sent to."""

    def __reduce__(self) -> tuple[Callable[[int], NoReturn], tuple[int]]:
        return os._exit, (1,)


def test_a_reader_process_that_dies_costs_one_file(tmp_path: Path) -> None:
    for i in range(5):
        (tmp_path / f"{i}.fit").write_bytes(activity(60, start=START + i * 86400).content())
    found = find_tasks(find_files([tmp_path]))
    found[2] = Deadly(found[2].path)
    with Store.in_memory() as store:
        outcomes = list(import_tasks(store, found, workers=2))
    assert [o.status.value for o in outcomes] == ["imported", "imported", "rejected", "imported", "imported"]
    assert "died" in outcomes[2].problems[0]


@pytest.mark.parametrize(("start", "seconds", "metres", "kind", "same"), [
    (0, 600, 3.0, "running", True), (40, 560, 3.0, "running", True), (0, 600, 3.2, "unknown", True),
    (0, 600, 3.0, "walking", True), (0, 600, 3.0, "cycling", False), (90, 600, 3.0, "running", False),
    (0, 400, 3.0, "running", False), (0, 600, 4.0, "running", False),
])  # fmt: skip
def test_one_activity_in_two_formats_is_one_run(
    tmp_path: Path, start: int, seconds: int, metres: float, kind: str, same: bool
) -> None:
    (tmp_path / "a.fit").write_bytes(activity(600).content())
    (tmp_path / "b.gpx").write_bytes(gpx(START + start, seconds, metres, kind))
    with Store.in_memory() as store:
        assert statuses(tmp_path, store)["b.gpx"] == ("duplicate" if same else "imported")


def test_sessions_of_one_file_are_kept_apart_and_a_repeated_one_is_noted(tmp_path: Path) -> None:
    (tmp_path / "a.fit").write_bytes(activity(600).content() * 2)
    with Store.in_memory() as store:
        outcomes = list(import_tasks(store, find_tasks(find_files([tmp_path]))))
        assert [o.status for o in outcomes] == [Status.IMPORTED] and len(store.runs()) == 1
        assert "the same activity" in outcomes[0].problems[0]


def test_the_same_folder_twice_is_all_duplicates(tmp_path: Path) -> None:
    for i in range(3):
        (tmp_path / f"{i}.fit").write_bytes(activity(100, start=START + 86400 * i).content())
    with Store.in_memory() as store:
        assert set(statuses(tmp_path, store).values()) == {"imported"}
        assert set(statuses(tmp_path, store).values()) == {"duplicate"}


def test_json_has_exactly_the_stated_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.fit"
    path.write_bytes(activity(120).content())
    (found,) = answer(capsys, str(path), "--db", str(tmp_path / "diary.db"))
    assert set(found) == {"file", "status", "problems", "runs"} and found["file"] == str(path)
    (run,) = found["runs"]  # type: ignore[misc]
    assert set(run) == RUN_KEYS and set(run["stated"]) == STATED_KEYS
    assert run["start_time"] == "2024-04-30T08:00:00+02:00"
    assert (run["sport"], run["timer_s"], run["avg_hr_bpm"]) == ("running", 120.0, 150.0)
    assert run["distance_m"] == pytest.approx(360.0, rel=0.01)
    assert run["ascent_m"] == 0.0 and run["stated"]["ascent_m"] is None


def test_a_file_with_totals_alone_shows_the_devices_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fit = FitWriter()
    write_head(fit)
    write_session(fit, START, 600)
    (tmp_path / "a.fit").write_bytes(fit.content())
    (found,) = answer(capsys, str(tmp_path / "a.fit"))
    (run,) = found["runs"]  # type: ignore[misc]
    assert (run["timer_s"], run["distance_m"], run["avg_hr_bpm"]) == (600.0, 1800.0, 150.0)
    assert run["start_latitude_deg"] is None and run["moving_s"] is None


def test_a_missing_path_is_exit_code_one_and_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(tmp_path / "nowhere")]) == 1
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.splitlines()) == 1 and "nowhere" in said.err


def test_people_read_a_line_per_exception_and_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.fit").write_bytes(activity(100).content())
    (tmp_path / "b.csv").write_bytes(b"a,b\n")
    assert main(["import", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert said.out == "2 files: 1 imported, 1 skipped; 1 new runs\n"
    assert said.err == f"skipped: {tmp_path / 'b.csv'} (CSV)\n"


def summary(**known: float) -> RunSummary:
    names = [n for n in RunSummary.__dataclass_fields__ if n not in ("calories_kcal", "best_efforts_s", "suspect")]
    nothing = Estimate(math.nan, math.nan, math.nan, "")
    values = {name: known.get(name, math.nan) for name in names}
    return RunSummary(**values, calories_kcal=nothing, best_efforts_s={}, suspect=())


def stated(**known: float) -> StatedTotals:
    return StatedTotals(**{name: known.get(name, math.nan) for name in StatedTotals.__dataclass_fields__})


@pytest.mark.parametrize(("ours", "theirs", "sport", "field", "value"), [
    ({"duration_s": 100, "timer_s": 100}, {"timer_s": 96}, "running", "timer_s", 96.0),
    ({"duration_s": 300, "timer_s": 300}, {"timer_s": 600}, "running", "timer_s", 300.0),  # cut short
    ({"duration_s": 900, "timer_s": 900, "moving_s": 900}, {"timer_s": 600}, "running", "timer_s", 900.0),
    ({"duration_s": 600, "distance_m": 0.0}, {"distance_m": 1500, "timer_s": 600}, "swimming", "distance_m", 1500.0),
    ({"duration_s": 600, "distance_m": 1490}, {"distance_m": 1500, "timer_s": 600}, "running", "distance_m", 1490.0),
    ({"duration_s": 600, "avg_hr_bpm": 88}, {"avg_hr_bpm": 93, "timer_s": 600}, "swimming", "avg_hr_bpm", 93.0),
    ({"duration_s": 600, "avg_hr_bpm": 88}, {"avg_hr_bpm": 93, "timer_s": 600}, "running", "avg_hr_bpm", 88.0),
    ({"duration_s": 100, "timer_s": 100, "moving_s": 99}, {"timer_s": 96}, "running", "moving_s", 96.0),
])  # fmt: skip
def test_the_better_of_two_numbers_stands(
    ours: dict[str, float], theirs: dict[str, float], sport: str, field: str, value: float
) -> None:
    assert getattr(settled(summary(**ours), stated(**theirs), sport), field) == value


def test_an_open_run_has_a_document_of_nulls() -> None:
    row = RunRow("x", "record", "running", "", 1714456800.0, math.nan, "", "open", 0, None, None, "", False)
    document = run_document(row)
    assert set(document) == RUN_KEYS and document["distance_m"] is None
    assert document["start_time"] == "2024-04-30T06:00:00Z"


def test_records_before_any_session_message_make_a_run(tmp_path: Path) -> None:
    fit = FitWriter()
    write_head(fit)
    write_records(fit, START, range(300))
    (tmp_path / "a.fit").write_bytes(fit.content())
    with Store.in_memory() as store:
        assert statuses(tmp_path, store) == {"a.fit": "imported"}
