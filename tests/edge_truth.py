"""Runs whose truth is known, and the noise of sensors: small generators for the tests of edge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.signal import lfilter

from device.files.reading import read_path
from device.files.recording import Recording
from edge.samples import Altitude, Column, Fix, Odometer, heart_rate

NAN = float("nan")
NO_PAUSES = np.empty((0, 2))


@dataclass(frozen=True)
class Sensor:
    """Altitude noise: white and Gauss-Markov sd in m, time constant in s, drift in m per hour."""

    white_m: float
    wander_m: float
    constant_s: float
    drift_m_h: float


GOOD = Sensor(0.2, 0.3, 60.0, 1.0)
POCKET = Sensor(0.5, 1.0, 40.0, 3.0)
BAD = Sensor(2.5, 1.5, 40.0, 4.0)


def wander(rng: np.random.Generator, count: int, step_s: float, sd: float, constant_s: float) -> Column:
    """Return a Gauss-Markov process."""
    fall = np.exp(-step_s / constant_s)
    noise = rng.normal(0.0, sd * np.sqrt(1.0 - fall**2), count)
    noise[0] = rng.normal(0.0, sd)
    return np.asarray(lfilter([1.0], [1.0, -fall], noise))


def sensed(rng: np.random.Generator, t_s: Column, altitude_m: Column, sensor: Sensor) -> Column:
    """Return the altitude as a sensor would tell it."""
    step_s = float(t_s[1] - t_s[0])
    drift = sensor.drift_m_h * rng.uniform(-1.0, 1.0) * t_s / 3600.0
    slow = wander(rng, len(t_s), step_s, sensor.wander_m, sensor.constant_s)
    return altitude_m + rng.normal(0.0, sensor.white_m, len(t_s)) + slow + drift


def hill_repeats(
    step_s: float = 1.0, height_m: float = 40.0, times: int = 10, leg_s: float = 133.0
) -> tuple[Column, Column]:
    """Return times and altitudes of running up and down one straight hill."""
    t_s = np.arange(0.0, 2.0 * leg_s * times + 0.5 * step_s, step_s)
    return t_s, 100.0 + height_m * np.abs((t_s / leg_s + 1.0) % 2.0 - 1.0)


def fixes(t_s: Column, east_m: Column, north_m: Column, at: tuple[float, float] = (50.0, 8.0)) -> Fix:
    """Return fixes of a track in local metres around a point, by the radii of curvature of WGS 84 there."""
    sine = np.sin(np.radians(at[0]))
    bend = 1.0 - 6.694379990141e-3 * sine**2
    meridian, normal = 6_378_137.0 * (1.0 - 6.694379990141e-3) / bend**1.5, 6_378_137.0 / bend**0.5
    longitude = at[1] + np.degrees(east_m / (normal * np.cos(np.radians(at[0]))))
    unknown = np.full(len(t_s), NAN)
    return Fix(
        t_s, at[0] + np.degrees(north_m / meridian), (longitude + 180.0) % 360.0 - 180.0, unknown, unknown, unknown
    )


def straight(speed_m_s: Column, t_s: Column) -> Fix:
    """Return fixes of running north at given speeds."""
    return fixes(t_s, np.zeros(len(t_s)), np.concatenate(([0.0], np.cumsum(speed_m_s[:-1] * np.diff(t_s)))))


def odometer(t_s: Column, distance_m: Column) -> Odometer:
    return Odometer(t_s, distance_m, np.full(len(t_s), NAN))


def altitude(t_s: Column, altitude_m: Column) -> Altitude:
    return Altitude(t_s, altitude_m)


def beats(t_s: Column, bpm: float | Column) -> object:
    return heart_rate(t_s, np.broadcast_to(np.asarray(bpm, dtype=np.float64), t_s.shape))


def recordings(folder: Path, *names: str) -> Iterator[Recording]:
    """Yield the recordings of files whose name holds one of the names; of all files without a name."""
    for path in sorted((folder / "activity_files").rglob("*")):
        if path.is_file() and path.suffix != ".md" and path.name != "MANIFEST.csv":
            if names and not any(name in path.name for name in names):
                continue
            for reading in read_path(path):
                yield from reading.recordings
