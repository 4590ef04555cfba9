"""Laws of the files that leave the house, read back by others' parsers: every value is in the file or told."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import fitdecode
import gpxpy
import numpy as np
import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from store_cases import recording, summary

from app.cli import main
from app.store import Store
from device.files import fit_encode as fit
from device.files.fit import read_fit
from device.files.fit_write import fit_activity
from device.files.gpx import read_gpx
from device.files.gpx_write import gpx_track
from device.files.laying import WHY, laid, stops
from device.files.recording import Lap, Recording
from device.files.tcx import read_tcx
from device.files.tcx_write import tcx_activity
from device.files.tracks import NO_TOTALS
from device.files.xml_write import decimal, utc
from edge import samples as s
from edge.coach.phrases import GERMAN
from edge.summary import Pause

sys.path.insert(0, str(Path(__file__).parent / "programs"))
from round_trip import COLUMNS, FORMATS, compare, pauses_found, recordings, written
from round_trip import read_fit as read_by_fitdecode

SCHEMAS = Path(__file__).parent / "schemas"
START = 1_700_000_000.0


@pytest.fixture(scope="module")
def tcx_schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMAS / "tcx_activities.xsd")


def a_run(seconds: int = 90, *, moment_s: float = 0.0, **changed: object) -> Recording:
    """Return a run with a value in every column that a format may hold, each sensor at its own moment of the second.

    From 20 to 40 s it stands still and nothing is recorded.
    """
    t_s, rng = np.concatenate([np.arange(21.0), np.arange(40.0, seconds)]), np.random.default_rng(7)
    seconds = len(t_s)

    def at(part: float) -> np.ndarray:
        return t_s + part * moment_s

    none = np.full(seconds, np.nan)
    beats = rng.integers(0, 7, seconds).astype(float)
    samples = (
        s.DeviceInfo("garmin", "fenix5", "12.30"),
        s.Fix(at(0.1), 47.0 + t_s * 1e-5, 11.0 - t_s * 1e-5, none, none, rng.integers(1, 9, seconds).astype(float)),
        s.Altitude(at(0.2), 570.0 + np.sin(t_s)),
        s.HeartRate(at(0.9), 140.0 + t_s % 9, beats, rng.uniform(0.3, 1.2, int(beats.sum()))),
        s.Stride(at(0.5), 170.0 + t_s % 3 / 2, none, none),
        s.Odometer(at(0.2), t_s * 2.875, 2.5 + t_s % 7 / 8),
        s.Power(at(0.3), 250.0 + t_s % 11),
        s.Temperature(at(0.2), -5.0 + t_s % 2),
        s.Dynamics(at(0.4), 0.08 + t_s % 4 / 1000, 0.24 + t_s % 3 / 1000, 1.02 + t_s % 5 / 100),
        s.Pressure(at(0.6), 95_000.25 + t_s, none),
        s.Humidity(at(0.7), 55.125 + t_s % 2),
        s.Battery(at(0.8), 80.0 - t_s // 60),
    )
    stated = replace(NO_TOTALS, duration_s=89.0, timer_s=69.0, distance_m=255.88, avg_hr_bpm=144.0, calories_kcal=17.0)
    values: dict[str, object] = {
        "pauses": (Pause(20.0, 40.0), Pause(89.0, 89.001)),
        "laps": (Lap(0.0, 50.0, 143.75, "distance"), Lap(50.0, 89.0, 112.1, "manual")),
        "stated": stated,
    }
    return recording(samples, start_unix_s=START, utc_offset_s=7200.0, **(values | changed))


@pytest.mark.parametrize("moment_s", [0.0, 1.0])
@pytest.mark.parametrize("form", FORMATS)
def test_every_value_is_in_the_file_within_half_a_step_or_is_told(form: str, moment_s: float) -> None:
    for one in compare(a_run(moment_s=moment_s), form):
        half = COLUMNS[one.column][1 + FORMATS.index(form)]
        assert one.silent == 0, one
        # a sensor late in its second may tell once more where no position is, before a pause and at the end
        assert one.held == 0 if half is None else one.original - one.held <= 2 * (form == "gpx" and moment_s > 0.0), one
        assert one.worst <= (half or 0.0) * (1.0 + 1e-6), one


def test_what_fit_has_no_field_for_goes_into_developer_fields_without_loss() -> None:
    content, unheld = fit_activity(a_run())
    seconds = [*range(21), *range(40, 90)]
    found: dict[str, list[float]] = {}
    for frame in fitdecode.FitReader(io.BytesIO(content)):
        if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "record":
            for name in ("kadenz humidity.humidity_percent", "absolute_pressure", "battery_soc"):
                if frame.has_field(name):
                    found.setdefault(name, []).append(frame.get_value(name))
    assert found["kadenz humidity.humidity_percent"] == [55.125 + t % 2 for t in seconds]
    assert found["absolute_pressure"] == [95_000 + t for t in seconds]
    assert found["battery_soc"] == [80.0 - t // 60 for t in seconds]
    assert not unheld


def test_our_own_reader_takes_everything_of_a_fit_file_back() -> None:
    was = a_run()
    content, _ = fit_activity(was)
    reading = read_fit(content)
    (now,) = reading.recordings
    assert reading.whole and not reading.problems
    assert (now.sport, now.sub_sport, now.start_unix_s, now.utc_offset_s) == ("running", "trail", START, 7200.0)
    assert now.device == "garmin fenix5" and now.laps == was.laps
    assert [p for p in now.pauses if p.to_s - p.from_s > 0.01] == [Pause(20.0, 40.0)]
    for name in ("duration_s", "timer_s", "distance_m", "avg_hr_bpm", "calories_kcal"):
        assert getattr(now.stated, name) == getattr(was.stated, name)
    beats, ours = s.select(was.samples, s.HeartRate), s.select(now.samples, s.HeartRate)
    assert beats is not None and ours is not None
    assert np.array_equal(beats.rr_count, ours.rr_count) and np.allclose(beats.rr_s, ours.rr_s, atol=5.1e-4)


def test_our_own_readers_take_pauses_and_laps_of_the_others_back() -> None:
    was = a_run()
    _, (gpx,), _, whole = read_gpx(io.BytesIO(gpx_track(was, "x")[0].encode()))
    assert whole and [round(p.from_s) for p in gpx.pauses] == [20] and gpx.sub_sport == "trail"
    _, (tcx,), _, whole = read_tcx(io.BytesIO(tcx_activity(was)[0].encode()))
    assert whole and [lap.distance_m for lap in tcx.laps] == [143.75, 112.1]
    assert [lap.to_s - lap.from_s for lap in tcx.laps] == [30.0, 39.0]
    assert tcx.stated.calories_kcal == 17.0 and tcx.device == "a watch"


def test_a_stretch_in_which_nothing_was_recorded_stops_the_timer() -> None:
    was = a_run()
    was = replace(was, samples=(*was.samples, s.Gap(60.0, 75.0, "all", "the recorder was not running")))
    assert stops(was) == (Pause(20.0, 40.0), Pause(60.0, 75.0))
    content, unheld = fit_activity(was)
    _, stopped, _ = read_by_fitdecode(content, True)
    assert [when - START for when in stopped] == [20.0, 60.0]
    assert [(u.what, u.count) for u in unheld] == [("gap.cause", 1)]


def test_motion_is_told_to_be_left_out() -> None:
    was = a_run()
    motion = s.Inertial(np.arange(52.0) / 52, np.zeros((52, 3)), np.zeros((52, 3)))
    for form in FORMATS:
        _, unheld = written(replace(was, samples=(*was.samples, motion)), form)
        assert ("inertial", 52) in [(u.what, u.count) for u in unheld]


def test_values_that_a_field_cannot_hold_are_told() -> None:
    high = s.HeartRate(np.arange(3.0), np.array([140.0, 300.0, 141.0]), np.zeros(3), np.empty(0))
    for form in ("fit", "tcx"):
        _, unheld = written(recording((high,), laps=()), form)
        assert [(u.count, u.why) for u in unheld if "no name" not in u.why] == [(1, "beyond")]


def test_tcx_is_valid_by_the_schema(tcx_schema: xmlschema.XMLSchema) -> None:
    for was in (a_run(), a_run(moment_s=1.0, laps=(), pauses=()), recording(), recording(sport="rowing", device="")):
        tcx_schema.validate(tcx_activity(was, "notes <&> “”")[0])


def test_the_schema_refuses_what_is_wrong(tcx_schema: xmlschema.XMLSchema) -> None:
    text, _ = tcx_activity(a_run())
    for was, now in (
        ("<Intensity>Active", "<Intensity>Lazy"), ("<Calories>17", "<Calories>-1"), ("<Value>140", "<Value>0"),
        ("<AltitudeMeters>", "<Height>0</Height><AltitudeMeters>"),
    ):  # fmt: skip
        assert was in text and not tcx_schema.is_valid(text.replace(was, now))


def test_names_and_notes_are_escaped_in_gpx() -> None:
    parsed = gpxpy.parse(gpx_track(recording(device="a <b> & c"), 'x "<&>" y')[0])
    assert parsed.tracks[0].name == 'x "<&>" y' and parsed.tracks[0].source == "a <b> & c"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_the_same_and_has_no_exponent(value: float) -> None:
    assert float(decimal(value)) == value and "e" not in decimal(value)


@given(st.floats(0.0, 4e9))
def test_a_time_reads_back_within_half_a_millisecond(unix_s: float) -> None:
    from datetime import datetime

    assert abs(datetime.fromisoformat(utc(unix_s).replace("Z", "+00:00")).timestamp() - unix_s) <= 0.00051


@given(st.lists(st.floats(-1e12, 1e12) | st.just(float("nan")), max_size=20))
def test_what_does_not_fit_a_field_is_invalid_and_counted(values: list[float]) -> None:
    column = np.array(values, dtype=np.float64)
    kept, beyond = fit.stored(column, fit.UINT16, 10.0)
    fits = np.isfinite(column) & (np.rint(column * 10.0) >= 0) & (np.rint(column * 10.0) <= 0xFFFE)
    assert beyond == int((np.isfinite(column) & ~fits).sum())
    assert (kept[~fits] == 0xFFFF).all() and np.array_equal(kept[fits], np.rint(column[fits] * 10.0))


@given(st.text(), st.integers(4, 60))
def test_a_text_is_cut_within_its_bytes_and_stays_text(text: str, most: int) -> None:
    try:
        cut = fit.shortened(text, most)
    except UnicodeEncodeError:
        return
    assert len(cut.encode()) <= most and (cut == text or cut.endswith("…"))


@given(st.floats(-0.5, 0.5), st.integers(2, 200), st.integers(0, 99))
@settings(max_examples=80, deadline=None)
def test_a_sensor_that_tells_each_second_keeps_every_value(moment_s: float, seconds: int, seed: int) -> None:
    jitter = np.random.default_rng(seed).uniform(-0.2, 0.2, seconds)
    heart = s.heart_rate(np.arange(float(seconds)) + moment_s + jitter + 1.0, np.full(seconds, 140.0))
    rows = laid(recording((heart,)), whole_seconds=True)
    assert len(rows.points) == seconds and not rows.unheld
    assert np.abs(rows.points.time_s - START - heart.t_s).max() < 1.0


def test_every_reason_has_its_german() -> None:
    assert set(WHY.values()) <= set(GERMAN)


@pytest.fixture
def diary(tmp_path: Path) -> tuple[Path, str]:
    with Store(tmp_path / "d.db") as store:
        run_id = store.add_recording(a_run(), summary(duration_s=89.0, timer_s=69.0))
        store.add_recording(
            recording((s.heart_rate(np.arange(9.0), np.full(9, 120.0)),), start_unix_s=START + 1e6), summary()
        )
    return tmp_path / "d.db", run_id


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_writes_a_run(
    diary: tuple[Path, str], tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path, run_id = diary
    target = tmp_path / f"out.{form}"
    assert main(["export", "--activity", run_id, str(target), "--db", str(path), "--json"]) == 0
    told = capsys.readouterr()
    document = json.loads(told.out)
    assert document["run"] == run_id and document["format"] == form
    assert len(told.err.splitlines()) == len(document["unheld"])
    with Store(tmp_path / "other.db"):
        pass
    assert main(["import", str(target), "--db", str(tmp_path / "other.db")]) == 0
    with Store(tmp_path / "other.db") as other:
        (row,) = other.runs()
        assert (row.sport, row.start_unix_s) == ("running", START)


def test_a_run_without_positions_is_no_gpx_but_fit_and_tcx(
    diary: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["export", "--db", str(diary[0]), "--activity", "last"]
    assert main([*words, str(tmp_path / "a.gpx")]) == 1
    assert "no positions" in capsys.readouterr().err and not (tmp_path / "a.gpx").exists()
    assert main([*words, str(tmp_path / "a.fit")]) == 0 and main([*words, str(tmp_path / "a.tcx")]) == 0


@pytest.mark.parametrize(
    ("run", "name", "told"),
    [
        ("nobody", "a.fit", "no run 'nobody'"),
        ("last", "a.txt", ".fit, .gpx or .tcx"),
        ("last", "none/a.fit", "cannot be written"),
    ],
)
def test_what_cannot_be_written_is_one_clear_line(
    diary: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], run: str, name: str, told: str
) -> None:
    assert main(["export", "--db", str(diary[0]), "--activity", run, str(tmp_path / name)]) == 1
    err = capsys.readouterr().err
    assert told in err and len(err.splitlines()) == 1


def test_in_german_it_is_told_in_german(
    diary: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--db", str(diary[0]), "--lang", "de", "--activity", diary[1], str(tmp_path / "a.gpx")]) == 0
    err = capsys.readouterr().err
    assert "nicht in der Datei: " in err and "geschrieben: " in err and "values" not in err


@pytest.mark.real
def test_real_files_keep_every_value_or_tell(data_folder: Path, tcx_schema: xmlschema.XMLSchema) -> None:
    seen = 0
    for name, was in recordings(data_folder / "activity_files", 35):
        seen += 1
        for form in FORMATS:
            if form == "gpx" and s.select(was.samples, s.Fix) is None:
                continue
            for one in compare(was, form):
                half = COLUMNS[one.column][1 + FORMATS.index(form)]
                assert one.silent == 0 and one.worst <= (half or 0.0) * (1.0 + 1e-6), (name, one)
            long, found = pauses_found(was, form)
            assert found == long, (name, form)
        text, _ = tcx_activity(was)
        if len(text) < 400_000:
            tcx_schema.validate(text)
    assert seen > 8
