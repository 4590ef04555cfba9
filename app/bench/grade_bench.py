"""Grade-adjusted pace on open athletes: whose curve foretells the heart rate of climbs that it has not seen.

The rule of this file: runs are split by date, the first three fifths teach; of a later run only its level ground sets
the level of the heart rate, and the climbs and descents of that run are foretold.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.bench.figures import Figure, Say
from device.files.reading import read_path
from device.files.recording import Recording
from edge.altitude import altitude_rows, climb
from edge.clock import merged_pauses_s
from edge.pace_grade import PRIOR_DOWN, PRIOR_UP, GradeCurve, design, grade_curve, lesson
from edge.samples import Column, HeartRate, in_time_order, select
from edge.track import course, grades

ATHLETES = ("running_page_irvingbennett", "running_page_GeziP", "running_page_hugh-zhan9")
_HILL, _LEVEL = 0.03, 0.02


@dataclass(frozen=True, slots=True, eq=False)
class HillRun:
    """One run at one row a second (n,)."""

    start_unix_s: float
    t_s: Column
    speed_m_s: Column
    grade: Column
    bpm: Column


def hill_run(recording: Recording) -> HillRun | None:
    """Return a run's columns, None where heart rate, altitude or distance is missing."""
    heart = select(recording.samples, HeartRate)
    if recording.sport != "running" or heart is None or len(heart) < 600:
        return None
    track = course(
        recording.samples, "running", merged_pauses_s(np.array([(p.from_s, p.to_s) for p in recording.pauses]))
    )
    height = climb(*altitude_rows(recording.samples))
    if not track.source or track.total_m < 2000.0 or len(height.t_s) < 100:
        return None
    t_s = np.arange(track.t_s[0] + 5.0, track.t_s[-1] - 5.0)
    speed = (
        np.interp(t_s + 5.0, track.t_s, track.distance_m) - np.interp(t_s - 5.0, track.t_s, track.distance_m)
    ) / 10.0
    grade = np.interp(t_s, track.t_s, np.nan_to_num(grades(track, height.t_s, height.smooth_m)))
    beat_s, bpm = in_time_order(heart.t_s, heart.bpm)
    known = bpm > 40.0
    if known.sum() < 600:
        return None
    return HillRun(recording.start_unix_s, t_s, speed, grade, np.interp(t_s, beat_s[known], bpm[known]))


def athlete_runs(folder: Path, most: int) -> list[HillRun]:
    """Return an athlete's runs in order of date, without those recorded twice."""
    runs: dict[int, HillRun] = {}
    for path in sorted(folder.iterdir())[:most]:
        for reading in read_path(path):
            for recording in reading.recordings:
                one = hill_run(recording)
                if one is not None:
                    runs[round(one.start_unix_s / 600.0)] = one
    return [runs[key] for key in sorted(runs)]


def foretold_bpm(runs: list[HillRun], up: float, down: float, slope: float, drift: float) -> float:
    """Return the root mean square error in beats/min of the climbs and descents of unseen runs."""
    off = [np.empty(0)]
    for one in runs:
        x = design(one.t_s, one.speed_m_s, one.grade)
        load = slope * (x[:, 2] + up * x[:, 3] + down * x[:, 4]) + drift * x[:, 1]
        usable = (one.t_s - one.t_s[0] > 300.0) & (one.speed_m_s > 1.2) & (one.bpm > 60.0)
        level, hill = usable & (np.abs(one.grade) < _LEVEL), usable & (np.abs(one.grade) >= _HILL)
        if level.sum() > 120 and hill.sum() > 60:
            off.append((one.bpm - load - np.median(one.bpm[level] - load[level]))[hill][::10])
    errors = np.concatenate(off)
    return float(np.sqrt(np.mean(np.clip(errors, -40.0, 40.0) ** 2))) if len(errors) else float("nan")


def slope_and_drift(runs: list[HillRun], up: float, down: float) -> tuple[float, float]:
    """Return beats/min for each m/s and for each hour over all teaching runs, with a level for each run."""
    normal, pull = np.diag([20.0, 20.0]), np.array([20.0 * 12.0, 20.0 * 5.0])
    for one in runs:
        x = design(one.t_s, one.speed_m_s, one.grade)
        usable = (one.t_s - one.t_s[0] > 300.0) & (one.speed_m_s > 1.2) & (one.bpm > 60.0)
        a = np.column_stack((x[:, 2] + up * x[:, 3] + down * x[:, 4], x[:, 1]))[usable][::10]
        if len(a) > 30:
            y = one.bpm[usable][::10]
            a, y = a - a.mean(axis=0), y - y.mean()
            normal, pull = normal + a.T @ a, pull + a.T @ y
    slope, drift = np.linalg.solve(normal, pull)
    return float(slope), float(drift)


def _compared(runs: list[HillRun]) -> tuple[GradeCurve, dict[str, float]]:
    """Return a person's curve and the errors of the ways to adjust for grade."""
    cut = int(0.6 * len(runs))
    lessons = tuple(x for r in runs[:cut] if (x := lesson(r.t_s, r.speed_m_s, r.grade, r.bpm)) is not None)
    curve = grade_curve(lessons)
    ways = {
        "none": (0.0, 0.0),
        "Minetti": (1.0, 1.0),
        "prior": (PRIOR_UP, PRIOR_DOWN),
        "personal": (curve.up, curve.down),
        "flipped": (-curve.up, -curve.down),
    }
    return curve, {
        name: foretold_bpm(runs[cut:], *way, *slope_and_drift(runs[:cut], *way)) for name, way in ways.items()
    }


def grade_figures(recordings: Path, quick: bool, say: Say) -> tuple[list[Figure], tuple[str, ...]]:
    """Return for each open athlete the error on unseen climbs, beside no adjustment and plain Minetti."""
    figures, notes = [], []
    for name in ATHLETES:
        folder = recordings / "activity_files" / name
        if not folder.is_dir():
            continue
        say(f"track: grade curve, {name}")
        runs = athlete_runs(folder, 12 if quick else 10_000)
        if len(runs) < 5:
            continue
        curve, error = _compared(runs)
        letter = "ABC"[ATHLETES.index(name)]
        figures.append(
            Figure(f"heart rate of unseen climbs, athlete {letter}", error["personal"], "bpm", peer="plain Minetti",
                   peer_value=error["Minetti"], note=f"{len(runs)} runs, the last two fifths unseen; rms")
        )  # fmt: skip
        notes.append(
            f"athlete {letter}: {len(runs)} runs ({curve.runs} teach); unseen climbs, rms bpm: no adjustment "
            f"{error['none']:.2f}, plain Minetti {error['Minetti']:.2f}, prior {error['prior']:.2f}, personal "
            f"{error['personal']:.2f} (up {curve.up:.2f} +- {curve.up_sd:.2f}, down {curve.down:.2f} "
            f"+- {curve.down_sd:.2f}), flipped {error['flipped']:.2f}"
        )
    return figures, tuple(notes)
