"""The real activity files: the status that MANIFEST.csv implies, the devices' own totals, other readers as oracles."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import fitdecode
import gpxpy
import numpy as np
import pytest
from conftest import real_data_folder

from app.importing import Status, status_of
from device.files.clock import FIT_EPOCH_S
from device.files.fit import read_fit
from device.files.fit_columns import record_points
from device.files.fit_wire import read_parts
from device.files.gpx import read_gpx
from device.files.reading import read_path
from device.files.recording import FileReading
from device.files.totals import settled
from edge.samples import Fix, select
from edge.summary import RunSummary, summarise

pytestmark = pytest.mark.real

#: File -> the status it gets although its `parse` column implies another. docs/import.md says why.
EXCEPTIONS = {
    # never closed (the header states no length), but every message is there: more than the reference parser reads
    "jimmykane+sports-lib/broken.fit.gz": Status.SALVAGED,
    "andrewcooke+choochoo/2018-02-24-10-04-10.fit.gz": Status.SALVAGED,
    "andrewcooke+choochoo/2018-04-15-09-18-20.fit.gz": Status.SALVAGED,
    # no records, but session and laps: an activity of which only the totals are known
    "GoldenCheetah+GoldenCheetah/2012_02_05_09_03_59.fit": Status.IMPORTED,
    # points, none of which has a time: courses
    "GoldenCheetah+GoldenCheetah/A_ride_mapped_on_11_22_2011.gpx.gz": Status.SKIPPED,
    "tkrajina+gpxpy/Mojstrovka.gpx": Status.SKIPPED,
    "tkrajina+gpxpy/track-with-small-floats.gpx": Status.SKIPPED,
    "tkrajina+gpxpy/track_with_dilution_errors.gpx": Status.SKIPPED,
}


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """One file of the open set, its row of the manifest, and what was read of it."""

    name: str
    row: dict[str, str]
    reading: FileReading
    summaries: tuple[RunSummary, ...]


@pytest.fixture(scope="module")
def folder() -> Path:
    found = real_data_folder()
    if found is None or not (found / "activity_files" / "MANIFEST.csv").exists():
        pytest.skip("no real recordings here: set KADENZ_DATA to their folder")
    return found / "activity_files"


def manifest(folder: Path) -> list[dict[str, str]]:
    with (folder / "MANIFEST.csv").open(newline="") as source:
        rows = [row for row in csv.DictReader(source) if row["split"] == "open"]
    return [row for row in rows if (folder / row["file"]).exists()]


@pytest.fixture(scope="module")
def everything(folder: Path) -> list[Read]:
    return list(_read(folder))


def _read(folder: Path) -> Iterator[Read]:
    for row in manifest(folder):
        for reading in read_path(folder / row["file"]):
            found = tuple(summarise(r.samples, r.sport, r.pauses) for r in reading.recordings)
            yield Read(row["file"], row, reading, found)


def implied(row: dict[str, str]) -> Status:
    """Return the status that a row's parse result, file type and record count imply."""
    if row["parse"].startswith("not checked"):
        return Status.SKIPPED
    if row["parse"] != "ok":
        salvaged = int(row["n_records"] or 0) > 0 or row["file"] == "corriporai+runpandas/malformed.tcx.gz"
        return Status.SALVAGED if salvaged else Status.REJECTED
    if row["type"] not in ("", "activity"):
        return Status.SKIPPED
    return Status.IMPORTED if int(row["n_records"] or 0) > 0 else Status.SKIPPED


def test_every_file_gets_the_status_its_manifest_row_implies(everything: list[Read]) -> None:
    wrong = {
        read.name: status_of(read.reading)
        for read in everything
        if not read.name.endswith(".zip")
        and status_of(read.reading) is not EXCEPTIONS.get(read.name, implied(read.row))
    }
    assert wrong == {}


def test_every_exception_is_needed_and_explained(everything: list[Read]) -> None:
    rows = {read.name: read.row for read in everything}
    assert all(implied(rows[name]) is not status for name, status in EXCEPTIONS.items())
    text = (Path(__file__).parents[1] / "docs" / "import.md").read_text()
    assert [name for name in EXCEPTIONS if name.split("/")[1] not in text] == []


def test_the_devices_own_totals_are_met(everything: list[Read]) -> None:
    distance, timer, heart = [], [], []
    for read in everything:
        if read.reading.whole:
            for r, plain in zip(read.reading.recordings, read.summaries, strict=True):
                ours, theirs = settled(plain, r.stated, r.sport), r.stated
                if theirs.distance_m > 0.0:
                    distance.append(abs(ours.distance_m / theirs.distance_m - 1.0))
                if theirs.timer_s > 0.0:
                    timer.append(abs(ours.timer_s / theirs.timer_s - 1.0))
                if theirs.avg_hr_bpm > 0.0:
                    heart.append(abs(ours.avg_hr_bpm - theirs.avg_hr_bpm))
    assert len(distance) > 150 and len(timer) > 150 and len(heart) > 120
    assert np.median(distance) <= 0.005 and np.quantile(distance, 0.95) <= 0.02
    assert np.quantile(timer, 0.95) <= 0.01
    assert np.median(heart) <= 1.0 and np.quantile(heart, 0.95) <= 3.0


def test_every_run_holds_the_order_of_its_times(everything: list[Read]) -> None:
    for read in everything:
        for r, plain in zip(read.reading.recordings, read.summaries, strict=True):
            s = settled(plain, r.stated, r.sport)
            if s.duration_s == s.duration_s and s.timer_s == s.timer_s:
                assert 0.0 <= s.timer_s <= s.duration_s + 1e-6, read.name
            if s.moving_s == s.moving_s:
                assert s.moving_s <= s.timer_s, read.name


def test_a_cut_file_computes_the_totals_that_are_missing(folder: Path) -> None:
    names = [r["file"] for r in manifest(folder) if "irvingbennett" in r["file"]][::3]
    distance, timer, heart = [], [], []
    for name in names:
        content = unpacked(folder / name)
        (part,), _ = read_parts(content)
        at = min(min(t.positions) for t in part.of(18))
        if at < max(max(t.positions) for t in part.of(20)):
            continue
        stated = read_fit(content).recordings[0].stated
        cut = read_fit(content[: at - 1])
        ours = summarise(cut.recordings[0].samples, "running", cut.recordings[0].pauses)
        assert not cut.whole
        distance.append(abs(ours.distance_m / stated.distance_m - 1.0))
        timer.append(abs(ours.timer_s / stated.timer_s - 1.0))
        if stated.avg_hr_bpm > 0.0:
            heart.append(abs(ours.avg_hr_bpm - stated.avg_hr_bpm))
    assert len(distance) >= 10 and max(distance) <= 0.03 and max(timer) <= 0.03 and max(heart) <= 3.0


def unpacked(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


#: record field of fitdecode (raw, before any processing) -> column of ours
FIELDS = {
    "heart_rate": "heart_rate_bpm", "enhanced_altitude": "altitude_m", "enhanced_speed": "speed_m_s",
    "distance": "distance_m", "power": "power_w", "temperature": "temperature_c",
}  # fmt: skip


def test_records_are_those_of_fitdecode(folder: Path) -> None:
    """Field by field over the smaller whole files, until 12,000 records."""
    rows = [r for r in manifest(folder) if r["file"].lower().endswith((".fit", ".fit.gz")) and r["parse"] == "ok"]
    left = 12_000
    for row in sorted(rows, key=lambda r: int(r["bytes"])):
        left -= int(row["n_records"] or 0)
        if left < 0:
            break
        content = unpacked(folder / row["file"])
        with fitdecode.FitReader(content, processor=None, check_crc=fitdecode.CrcCheck.DISABLED) as reader:
            theirs = [f for f in reader if isinstance(f, fitdecode.FitDataMessage) and f.global_mesg_num == 20]
        parts = [p for p in read_parts(content)[0] if p.count(20)]
        assert sum(p.count(20) for p in parts) == len(theirs), row["file"]
        if len(parts) == 1:
            _compare(theirs, record_points(content, parts[0]), row["file"])


def _compare(theirs: list[fitdecode.FitDataMessage], ours: object, name: str) -> None:
    times = [m.get_raw_value(253, fallback=None) for m in theirs]
    known = [i for i, t in enumerate(times) if isinstance(t, int)]
    mine = np.asarray(ours.time_s)  # type: ignore[attr-defined]
    np.testing.assert_array_equal(mine[known], [times[i] + FIT_EPOCH_S for i in known], err_msg=name)
    for field, column in FIELDS.items():
        values = [m.get_value(field, fallback=None) for m in theirs]
        rows = [i for i, v in enumerate(values) if isinstance(v, (int, float))]
        if rows:
            got = np.asarray(getattr(ours, column))[rows]
            np.testing.assert_allclose(got, [values[i] for i in rows], atol=1e-6, err_msg=f"{name} {field}")


def test_tracks_are_those_of_gpxpy(folder: Path) -> None:
    rows = [r for r in manifest(folder) if r["file"].endswith((".gpx", ".gpx.gz")) and r["parse"] == "ok"]
    for row in sorted(rows, key=lambda r: int(r["bytes"]))[20:60]:
        content = unpacked(folder / row["file"])
        theirs = [p for t in gpxpy.parse(content.decode("utf-8-sig")).tracks for s in t.segments for p in s.points]
        dated = sorted({p.time for p in theirs if p.time is not None and 1990 < p.time.year < 2100})
        found = read_gpx(io.BytesIO(content))[1]
        fixes = [f for r in found if (f := select(r.samples, Fix)) is not None]
        if dated and dated[0].year > 2000 and "hugh-zhan9" not in row["file"]:
            assert sum(len(f) for f in fixes) == len(dated), row["file"]
            assert found[0].start_unix_s == pytest.approx(dated[0].timestamp()), row["file"]
