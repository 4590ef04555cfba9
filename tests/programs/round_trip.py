"""Every real activity written as FIT, GPX and TCX and read back by parsers that are not ours, value for value.

`python tests/programs/round_trip.py [--every N] [--files CSV]` prints the table of docs/export.md. Readers: fitdecode,
gpxpy, ElementTree with the schema of tests/schemas. A value that is written is held against the samples of the same
instant (of up to one second away where the recording's times are not whole seconds and the file's are).
"""

from __future__ import annotations

import argparse
import csv
import io
import math
import os
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import fitdecode
import gpxpy
import numpy as np

from device.files.fit_write import fit_activity
from device.files.gpx_write import gpx_track
from device.files.laying import Unheld, stops
from device.files.reading import read_path
from device.files.recording import Recording
from device.files.tcx_write import tcx_activity
from edge import samples as s

FOOT = {"running", "walking", "hiking"}
Values = dict[str, list[tuple[float, float]]]
#: column -> where the recording has it (the first stream that is there), and half a step of each format: 0 is exact.
COLUMNS = {
    "latitude_deg": (((s.Fix, "latitude_deg"),), 90.0 / 2**31, 0.0, 0.0),
    "longitude_deg": (((s.Fix, "longitude_deg"),), 90.0 / 2**31, 0.0, 0.0),
    "altitude_m": (((s.Altitude, "altitude_m"), (s.Fix, "altitude_m")), 0.1, 0.0, 0.0),
    "accuracy_m": (((s.Fix, "accuracy_m"),), 0.5, None, None),
    "distance_m": (((s.Odometer, "distance_m"), (s.Stride, "distance_m")), 0.005, 0.0, 0.0),
    "speed_m_s": (((s.Odometer, "speed_m_s"), (s.Fix, "speed_m_s"), (s.Stride, "speed_m_s")), 0.0005, 0.0, 0.0),
    "heart_rate_bpm": (((s.HeartRate, "bpm"),), 0.5, 0.5, 0.5),
    "steps_spm": (((s.Stride, "cadence_spm"),), 1.0 / 128, 1.0, 1.0),
    "turns_rpm": (((s.Cycling, "cadence_rpm"),), 1.0 / 256, 0.5, 0.5),
    "power_w": (((s.Power, "power_w"),), 0.5, 0.5, 0.5),
    "temperature_c": (((s.Temperature, "temperature_c"), (s.Pressure, "temperature_c")), 0.5, 0.0, None),
    "vertical_oscillation_m": (((s.Dynamics, "vertical_oscillation_m"),), 5e-5, None, None),
    "ground_contact_s": (((s.Dynamics, "ground_contact_s"),), 5e-5, None, None),
    "step_length_m": (((s.Dynamics, "step_length_m"),), 5e-5, None, None),
    "rr_s": (((s.HeartRate, "rr_s"),), 5e-4, None, None),
}  # fmt: skip
FORMATS = ("fit", "gpx", "tcx")
#: Times this near to each other are one instant: formats write milliseconds.
_SAME_S = 0.0011


def read_fit(content: bytes, steps: bool) -> tuple[Values, list[float], int]:
    """Return columns, times of the timer's stops, and the number of laps, as fitdecode reads them."""
    found: Values = {name: [] for name in COLUMNS}
    stopped: list[float] = []
    laps, time_s = 0, math.nan
    plain = (
        ("enhanced_altitude", "altitude_m", 1.0), ("distance", "distance_m", 1.0),
        ("heart_rate", "heart_rate_bpm", 1.0), ("enhanced_speed", "speed_m_s", 1.0), ("power", "power_w", 1.0),
        ("temperature", "temperature_c", 1.0), ("gps_accuracy", "accuracy_m", 1.0),
        ("vertical_oscillation", "vertical_oscillation_m", 1e-3), ("stance_time", "ground_contact_s", 1e-3),
        ("step_length", "step_length_m", 1e-3), ("position_lat", "latitude_deg", 180.0 / 2**31),
        ("position_long", "longitude_deg", 180.0 / 2**31),
    )  # fmt: skip
    reader = fitdecode.FitReader(
        io.BytesIO(content), check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.RAISE
    )
    for frame in reader:
        if not isinstance(frame, fitdecode.FitDataMessage):
            continue
        if frame.name == "record":
            time_s = frame.get_value("timestamp").timestamp()
            for name, column, factor in plain:
                value = frame.get_value(name, fallback=None)
                if value is not None:
                    found[column].append((time_s, value * factor))
            turns = frame.get_value("cadence", fallback=None)
            if turns is not None:
                turns += frame.get_value("fractional_cadence", fallback=None) or 0.0
                found["steps_spm" if steps else "turns_rpm"].append((time_s, turns * 2.0 if steps else turns))
        elif frame.name == "hrv":
            found["rr_s"] += [(time_s, rr_s) for rr_s in frame.get_value("time") if rr_s is not None]
        elif frame.name == "event" and frame.get_value("event") == "timer" and frame.get_value("event_type") == "stop":
            stopped.append(frame.get_value("timestamp").timestamp())
        laps += frame.name in ("lap", "length")
    return found, stopped, laps


def read_gpx(text: str, steps: bool) -> tuple[Values, list[float], int]:
    """Return columns and where segments end, as gpxpy reads them."""
    found: Values = {name: [] for name in COLUMNS}
    parsed = gpxpy.parse(text)
    ends = []
    names = {
        "hr": ("heart_rate_bpm", 1.0), "atemp": ("temperature_c", 1.0), "speed": ("speed_m_s", 1.0),
        "cad": ("steps_spm", 2.0) if steps else ("turns_rpm", 1.0), "PowerInWatts": ("power_w", 1.0),
        "distance": ("distance_m", 1.0),
    }  # fmt: skip
    for segment in parsed.tracks[0].segments:
        for point in segment.points:
            time_s = point.time.timestamp()
            found["latitude_deg"].append((time_s, point.latitude))
            found["longitude_deg"].append((time_s, point.longitude))
            if point.elevation is not None:
                found["altitude_m"].append((time_s, point.elevation))
            for element in (inner for outer in point.extensions for inner in outer.iter()):
                name = element.tag.rpartition("}")[2]
                if name in names:
                    column, factor = names[name]
                    found[column].append((time_s, float(element.text) * factor))
        ends.append(time_s)
    return found, ends[:-1], 0


def read_tcx(text: str, steps: bool) -> tuple[Values, list[float], int]:
    """Return columns, where tracks end within a lap, and the number of laps, as ElementTree reads them."""
    found: Values = {name: [] for name in COLUMNS}
    main = "{http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2}"
    names = {
        "LatitudeDegrees": ("latitude_deg", 1.0), "LongitudeDegrees": ("longitude_deg", 1.0),
        "AltitudeMeters": ("altitude_m", 1.0), "DistanceMeters": ("distance_m", 1.0), "Speed": ("speed_m_s", 1.0),
        "Value": ("heart_rate_bpm", 1.0), "Watts": ("power_w", 1.0),
        "RunCadence": ("steps_spm", 2.0) if steps else ("turns_rpm", 1.0),
        "Cadence": ("steps_spm", 2.0) if steps else ("turns_rpm", 1.0),
    }  # fmt: skip
    root = ElementTree.fromstring(text)
    laps, ends = 0, []
    for lap in root.iter(f"{main}Lap"):
        laps += 1
        for track in lap.findall(f"{main}Track"):
            for point in track:
                time_s = _unix_s(point.findtext(f"{main}Time") or "")
                for element in point.iter():
                    name = element.tag.rpartition("}")[2]
                    if name in names:
                        column, factor = names[name]
                        found[column].append((time_s, float(element.text or "nan") * factor))
            ends.append(time_s)
    return found, ends[:-1], laps


def _unix_s(text: str) -> float:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC).timestamp()


READERS = {"fit": read_fit, "gpx": read_gpx, "tcx": read_tcx}


def written(recording: Recording, form: str) -> tuple[bytes | str, tuple[Unheld, ...]]:
    """Return a recording in a format, and what that could not hold."""
    if form == "fit":
        return fit_activity(recording)
    return gpx_track(recording, "run") if form == "gpx" else tcx_activity(recording)


@dataclass
class Compared:
    """One column of a file in a format: all its values, those in the file, those told to be left out, what differs."""

    form: str
    column: str
    original: int = 0
    held: int = 0
    told: int = 0
    worst: float = 0.0
    silent: int = field(default=0)
    """Values that are neither in the file nor told to be left out."""


def original_of(recording: Recording, column: str) -> tuple[np.ndarray, np.ndarray, str]:
    """Return Unix times and values of a column, from the first stream that has any, and that stream's name for it."""
    for kind, name in COLUMNS[column][0]:
        stream = s.select(recording.samples, kind)
        if stream is None:
            continue
        values, t_s = getattr(stream, name), stream.t_s
        if name == "rr_s":
            if int(stream.rr_count.sum()) != len(values):
                continue
            t_s = np.repeat(t_s, stream.rr_count.astype(int))
        known = np.isfinite(values) & np.isfinite(t_s)
        if known.any():
            return t_s[known] + recording.start_unix_s, values[known], f"{s.stream_name(stream)}.{name}"
    return np.empty(0), np.empty(0), ""


def compare(recording: Recording, form: str) -> Iterator[Compared]:
    """Yield what became of each column of a recording in a format."""
    content, unheld = written(recording, form)
    steps = s.select(recording.samples, s.Stride) is not None
    found, _, _ = READERS[form](content, steps)
    for column in COLUMNS:
        time_s, values, name = original_of(recording, column)
        if not len(values):
            assert not found[column], (form, column)
            continue
        bare = {name, name.rpartition(".")[2], {"steps_spm": "cadence", "turns_rpm": "cadence"}.get(column, column)}
        told = sum(u.count for u in unheld if u.what in bare)
        got = found[column]
        one = Compared(form, column, len(values), len(got), told, silent=len(values) - len(got) - told)
        near_s = 1.0 if told else _SAME_S  # of several in one second it may be another that was kept
        one.worst = _worst(time_s, values, near_s, np.array(got).reshape(-1, 2))
        yield one


def _worst(time_s: np.ndarray, values: np.ndarray, near_s: float, got: np.ndarray) -> float:
    """Return how far the worst of the written values (n, 2) is from the nearest sample that it can stand for."""
    apart = _nearest(time_s, values, near_s, got)
    elsewhere = np.isinf(apart)
    if elsewhere.any():
        apart[elsewhere] = _nearest(time_s, values, 1.0, got[elsewhere])
    return float(apart.max(initial=0.0))


def _nearest(time_s: np.ndarray, values: np.ndarray, near_s: float, got: np.ndarray) -> np.ndarray:
    """Return the distance (n,) to the nearest of nine samples around each written time; infinite where none is near."""
    at = np.searchsorted(time_s, got[:, 0])
    apart = np.full(len(got), np.inf)
    for offset in range(-4, 5):
        index = np.clip(at + offset, 0, len(time_s) - 1)
        near = np.abs(time_s[index] - got[:, 0]) <= near_s
        apart = np.minimum(apart, np.where(near, np.abs(values[index] - got[:, 1]), np.inf))
    return apart


def recordings(root: Path, every: int) -> Iterator[tuple[str, Recording]]:
    """Yield the recordings of every n-th real file with their names."""
    files = sorted(p for p in root.rglob("*") if p.is_file())
    for path in files[::every]:
        for reading in read_path(path):
            for number, recording in enumerate(reading.recordings):
                yield f"{path.relative_to(root)}#{number}", recording


def pauses_found(recording: Recording, form: str) -> tuple[int, int]:
    """Return how many stops of ten seconds and more a recording has, and how many of them a file's reader finds."""
    content, _ = written(recording, form)
    _, ends, _ = READERS[form](content, True)
    start_s = recording.start_unix_s
    long = [p for p in stops(recording) if p.to_s - p.from_s >= 10.0]
    return len(long), sum(any(abs(end - start_s - p.from_s) <= 15.0 for end in ends) for p in long)


def main() -> int:
    """Print the table, and write one line a file and column where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every n-th file only")
    parser.add_argument("--files", type=Path, metavar="CSV", help="write one line for each file, format and column")
    args = parser.parse_args()
    warnings.simplefilter("error")
    root = Path(os.environ["KADENZ_DATA"]) / "activity_files"
    rows: list[tuple[str, Compared]] = []
    count = 0
    for name, recording in recordings(root, args.every):
        count += 1
        for form in FORMATS:
            if form != "gpx" or s.select(recording.samples, s.Fix) is not None:
                rows += [(name, one) for one in compare(recording, form)]
        print(f"\r{count} recordings", end="", file=sys.stderr, flush=True)
    if args.files is not None:
        with args.files.open("w", newline="") as target:
            out = csv.writer(target)
            out.writerow(
                ("file", "format", "column", "values", "in_file", "told_left_out", "silent", "largest_difference")
            )
            for name, one in rows:
                out.writerow(
                    (name, one.form, one.column, one.original, one.held, one.told, one.silent, repr(one.worst))
                )
    head = (
        "column",
        "format",
        "recordings",
        "values",
        "in the file",
        "told left out",
        "half a step",
        "largest difference",
    )
    print(f"\n{count} recordings\n\n| {' | '.join(head)} |\n{'|---' * len(head)}|")
    for column, (_, *halves) in COLUMNS.items():
        for form, half in zip(FORMATS, halves, strict=True):
            mine = [one for _, one in rows if (one.column, one.form) == (column, form)]
            if mine:
                total, held, told = (sum(getattr(o, n) for o in mine) for n in ("original", "held", "told"))
                worst = max(o.worst for o in mine)
                step = "none: no place" if half is None else f"{half:.3g}"
                print(f"| {column} | {form} | {len(mine)} | {total} | {held} | {told} | {step} | {worst:.3g} |")
    silent = sum(o.silent for _, o in rows)
    print(f"\nvalues neither in the file nor told: {silent}")
    return int(silent != 0)


if __name__ == "__main__":
    sys.exit(main())
