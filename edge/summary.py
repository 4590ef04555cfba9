"""One recording in, one summary out: the numbers that a diary row, a report and the coach rest on.

The rule of this file: it only joins what track, altitude, heart and energy compute; NaN means unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.altitude import Climb, altitude_rows, climb
from edge.clock import active_clock_s, held_s, merged_pauses_s, silent_stops_s
from edge.energy import foot_kcal, heart_kcal, power_kcal, ride_kcal, stretches_of
from edge.fixes import is_place
from edge.heart import average_bpm, maximum_bpm, pulse
from edge.samples import (
    Column,
    DeviceInfo,
    Estimate,
    Fix,
    Gap,
    HeartRate,
    Inertial,
    Magnetic,
    Power,
    Samples,
    Stride,
    in_time_order,
    select,
)
from edge.track import FOOT_SPORTS as FOOT_SPORTS
from edge.track import Course, best_efforts_s, course, kind_of, moving_s, suspects

_UNKNOWN = Estimate(float("nan"), float("nan"), float("nan"), "nothing to tell it from")


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in s since the start in which the device's timer stood still."""

    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What one recording amounts to; NaN where it cannot be known, None for a place without fixes."""

    duration_s: float
    timer_s: float
    moving_s: float
    distance_m: float
    ascent_m: float
    descent_m: float
    avg_hr_bpm: float
    max_hr_bpm: float
    avg_cadence_spm: float
    calories_kcal: Estimate
    altitude_min_m: float
    altitude_max_m: float
    start_latitude_deg: float
    start_longitude_deg: float
    altitude_noise_m: float
    """Standard deviation in m of the recording's own altitude noise, which sets the climb threshold."""
    best_efforts_s: dict[float, float]
    """Fastest time in s over each distance in m that the recording holds (`track.EFFORT_DISTANCES_M`)."""
    suspect: tuple[str, ...]
    """Why this recording must not count as a training run (satellite spikes, a vehicle, impossible speed)."""


def summarise(
    samples: tuple[Samples, ...], sport: str, pauses: tuple[Pause, ...] = (), weight_kg: float = float("nan")
) -> RunSummary:
    """Return the summary of one recording: any streams, any order of rows, pauses in s, weight in kg or NaN.

    Nothing is required: what the streams do not tell is NaN. Limits and sources of each quantity stand with
    the functions that compute it and in docs/run_metrics.md.
    """
    times_s = _row_times_s(samples)
    if len(times_s) == 0:
        times_s = np.full(2, np.nan)
    stops = merged_pauses_s(np.array([(p.from_s, p.to_s) for p in pauses]))
    track = course(samples, sport, stops)
    if len(stops) == 0:
        stops = silent_stops_s(times_s, track.t_s, track.distance_m)
    duration_s = float(times_s[-1] - times_s[0])
    timer_s = float(np.diff(active_clock_s(times_s[[0, -1]], stops))[0])
    beat, stride = pulse(select(samples, HeartRate), stops), select(samples, Stride)
    height = climb(*altitude_rows(samples))
    efforts = best_efforts_s(track) if sport in FOOT_SPORTS else {}
    latitude_deg, longitude_deg = start_place_deg(samples)
    moving = min(moving_s(track, stops), timer_s) if track.source else float("nan")
    return RunSummary(
        duration_s=duration_s,
        timer_s=timer_s,
        moving_s=moving,
        distance_m=track.total_m,
        ascent_m=height.ascent.value,
        descent_m=height.descent.value,
        avg_hr_bpm=average_bpm(beat),
        max_hr_bpm=maximum_bpm(beat),
        avg_cadence_spm=average_cadence_spm(stride, stops),
        calories_kcal=energy_kcal(samples, sport, track, height, average_bpm(beat), timer_s, stops, weight_kg),
        altitude_min_m=height.altitude_min_m,
        altitude_max_m=height.altitude_max_m,
        start_latitude_deg=latitude_deg,
        start_longitude_deg=longitude_deg,
        altitude_noise_m=height.noise_m,
        best_efforts_s=efforts,
        suspect=suspects(track, sport, efforts, stepless_share(stride, stops)),
    )


def _row_times_s(samples: tuple[Samples, ...]) -> Column:
    """Return the instants (n,) in s, rising, at which anything but raw motion was sampled; motion adds its ends."""
    columns = [s for s in samples if not isinstance(s, (DeviceInfo, Gap)) and len(s)]
    dense = (Inertial, Magnetic)
    parts = [s.t_s[[0, -1]] if isinstance(s, dense) else s.t_s for s in columns]
    return in_time_order(np.concatenate(parts))[0] if parts else np.empty(0)


def energy_kcal(
    samples: tuple[Samples, ...],
    sport: str,
    track: Course,
    height: Climb,
    avg_bpm: float,
    timer_s: float,
    stops: Column,
    kg: float,
) -> Estimate:
    """Return the energy in kcal by the best source there is: power on a bicycle, distance, then heart rate."""
    kind, power = kind_of(sport), select(samples, Power)
    if kind == "cycling" and power is not None and (work_j := _work_j(power, stops)) > 0.0:
        return power_kcal(work_j)
    if kind and track.source and track.total_m > 0.0:
        stretches = stretches_of(track.t_s, track.distance_m, height.t_s, height.smooth_m)
        return (foot_kcal if kind == "foot" else ride_kcal)(stretches, timer_s, kg)
    return heart_kcal(avg_bpm, timer_s, kg) if np.isfinite(avg_bpm) else _UNKNOWN


def _work_j(power: Power, pauses_s: Column) -> float:
    valid = (power.power_w >= 0.0) & (power.power_w < 3000.0)
    t_s, power_w = in_time_order(power.t_s[valid], power.power_w[valid])
    return float(np.sum(held_s(t_s, pauses_s) * power_w))


def average_cadence_spm(stride: Stride | None, pauses_s: Column) -> float:
    """Return the mean cadence in steps/min over the time in which there was one; NaN without any."""
    if stride is None:
        return float("nan")
    t_s, cadence_spm = in_time_order(stride.t_s, stride.cadence_spm)
    weight_s = held_s(t_s, pauses_s) * (cadence_spm > 0.0)
    if weight_s.sum() <= 0.0:
        return float("nan")
    return float(np.average(np.nan_to_num(cadence_spm), weights=weight_s))


def stepless_share(stride: Stride | None, pauses_s: Column) -> float:
    """Return the share 0..1 of the time with cadence in which it was below a walk's 60 steps/min; NaN without any."""
    if stride is None or not (valid := np.isfinite(stride.cadence_spm)).any():
        return float("nan")
    t_s, cadence_spm = in_time_order(stride.t_s[valid], stride.cadence_spm[valid])
    weight_s = held_s(t_s, pauses_s)
    return float(weight_s[cadence_spm < 60.0].sum() / weight_s.sum()) if weight_s.sum() > 0.0 else float("nan")


def start_place_deg(samples: tuple[Samples, ...]) -> tuple[float, float]:
    """Return latitude and longitude in degrees of the first believable fix; NaN without any."""
    fix = select(samples, Fix)
    if fix is None:
        return float("nan"), float("nan")
    place = is_place(fix.latitude_deg, fix.longitude_deg)
    _, latitude_deg, longitude_deg = in_time_order(fix.t_s[place], fix.latitude_deg[place], fix.longitude_deg[place])
    if len(latitude_deg) == 0:
        return float("nan"), float("nan")
    return float(latitude_deg[0]), float(longitude_deg[0])
