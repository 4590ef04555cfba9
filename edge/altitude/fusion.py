"""Height over a run from all that tells of it: pressure, satellites, speed and steps, in one value.

The rule of this file: the fastest source gives the shape, the unbiased one the level and scale, and only what legs
did counts as the runner's climbing. Every number has its interval; what cannot be known is NaN with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from edge.altitude import Climb, altitude_rows, climb, plausible, standard_altitude_m
from edge.altitude.averages import cells
from edge.altitude.gusts import calmed
from edge.altitude.noise import noise_of
from edge.altitude.swings import found_ground
from edge.altitude.transport import NO_RUNNER_M_S, STILL, Codes, Motion, Ride, by_legs_m, floors, labelled, rides
from edge.altitude.weather import Weather, weather_of
from edge.fixes import is_place, positions_m, steps_m
from edge.samples import (
    Column,
    Estimate,
    Fix,
    Inertial,
    Odometer,
    Pressure,
    Samples,
    Stride,
    in_time_order,
    newest_at,
    select,
)

_HELD_S = 3.0
_VEHICLE_SHARE = 0.5
_QUIET_M_S2, _WINDOW_S = 0.6, 2.0
# Running and walking shake a sensor by more than this; a lift, a seat and a hand at rest by less (1 sigma).
_STEP_SPM = 150.0


@dataclass(frozen=True, slots=True, eq=False)
class Fused:
    """The height of a run, one row a second, (n,) each, and what it amounts to."""

    t_s: Column
    altitude_m: Column
    altitude_sd_m: Column
    """1 sigma in m, noise, level and scale together; NaN where nothing tells the level."""
    transport: Codes
    """Code of `altitude.transport.LABELS` for every row."""
    climb: Climb
    """What legs climbed; `climb.unusable` says why there is no number."""
    floors_up: Estimate
    floors_down: Estimate
    rides: tuple[Ride, ...]
    weather: Weather | None
    """None where the altitude is not from pressure."""


_UNKNOWN = Estimate(float("nan"), float("nan"), float("nan"), "no altitude")


def fuse(samples: tuple[Samples, ...], air_temperature_c: float = float("nan")) -> Fused:
    """Return the height of one recording from any streams; `air_temperature_c` is the air's own, not the sensor's.

    Pressure in Pa goes before the device's altitude, that before the satellites'. Nothing is required; without a
    source the columns are empty and the numbers NaN.
    """
    pressure = select(samples, Pressure)
    raw_s, raw_m = plausible(pressure.t_s, standard_altitude_m(pressure.pressure_pa)) if pressure else altitude_rows(())
    weather = None
    if len(raw_s) < 2:
        raw_s, raw_m = altitude_rows(samples)
    t_s, standard_m = _calmed_on_foot(samples, raw_s, raw_m)
    if len(t_s) < 2:
        nothing, none = np.empty(0), np.empty(0, dtype=np.intp)
        return Fused(nothing, nothing, nothing, none, climb(nothing, nothing), _UNKNOWN, _UNKNOWN, (), None)
    altitude_m = standard_m
    if pressure is not None and len(pressure) > 1:
        weather = weather_of(t_s, standard_m, select(samples, Fix), air_temperature_c)
        altitude_m = weather.altitude_m(t_s, standard_m)
    codes = labelled(t_s, altitude_m, motion_of(samples, t_s))
    return _counted(t_s, standard_m, altitude_m, codes, weather)


def _calmed_on_foot(samples: tuple[Samples, ...], t_s: Column, altitude_m: Column) -> tuple[Column, Column]:
    """Return the rows without gusts; of a recording made in a vehicle all rows, one a second at most."""
    calm = calmed(t_s, altitude_m)
    speed = motion_of(samples, t_s).speed_m_s
    known = speed[np.isfinite(speed)]
    if not len(known) or np.mean(known > NO_RUNNER_M_S) < _VEHICLE_SHARE:
        return calm
    _, kept = np.unique(np.floor(t_s), return_index=True)
    return t_s[kept], altitude_m[kept]


def _counted(t_s: Column, standard_m: Column, altitude_m: Column, codes: Codes, weather: Weather | None) -> Fused:
    """Return the result; climbing is counted on what legs did, its weather taken off."""
    own_m, riding = by_legs_m(altitude_m, codes), codes > STILL
    foot = climb(t_s[~riding], own_m[~riding]) if riding.any() else climb(t_s, own_m)
    up, down = _floors(foot, t_s[~riding], own_m[~riding])
    noise = noise_of(t_s, altitude_m)
    sd = np.full(len(t_s), np.nan)
    if weather is not None:
        scale_sd = (weather.scale.high - weather.scale.low) / 3.29
        level = np.interp(t_s, weather.knot_s, weather.drift_sd_m)
        sd = np.sqrt(noise.left_m**2 + level**2 + (scale_sd * (standard_m - weather.middle_m)) ** 2)
        foot = replace(foot, ascent=_scaled(foot.ascent, scale_sd), descent=_scaled(foot.descent, scale_sd))
    return Fused(t_s, altitude_m, sd, codes, foot, up, down, rides(t_s, altitude_m, codes), weather)


def _scaled(told: Estimate, scale_sd: float) -> Estimate:
    """Return the estimate with the doubt about the scale in its interval."""
    if not np.isfinite(told.value):
        return told
    doubt = 1.645 * scale_sd * told.value
    up, down = (float(np.hypot(side, doubt)) for side in (told.high - told.value, told.value - told.low))
    return replace(told, low=max(told.value - down, 0.0), high=told.value + up)


def _floors(told: Climb, t_s: Column, altitude_m: Column) -> tuple[Estimate, Estimate]:
    if len(t_s) < 2 or told.unusable:
        return _UNKNOWN, _UNKNOWN
    noise = noise_of(t_s, altitude_m)
    cell_s, heard_m = cells(t_s, altitude_m, noise.cell_s)
    smooth, turning = found_ground(heard_m, cell_s, noise)
    return floors(np.diff(smooth[turning]))


def motion_of(samples: tuple[Samples, ...], t_s: Column) -> Motion:
    """Return speed over ground in m/s and steps/min (n,) at times in s; NaN where nothing within 3 s tells them.

    Speed by the fixes' own, their places, then an odometer; steps by a stride sensor, else by whether the
    accelerometer shakes as in walking (150 or 0 steps/min).
    """
    fix, odometer, stride = select(samples, Fix), select(samples, Odometer), select(samples, Stride)
    speeds = [held(t_s, fix.t_s, fix.speed_m_s), held(t_s, *_place_speed(fix))] if fix else []
    speeds += [held(t_s, odometer.t_s, odometer.speed_m_s)] if odometer else []
    steps = [held(t_s, stride.t_s, stride.cadence_spm)] if stride else []
    inertial = select(samples, Inertial)
    steps += [held(t_s, *shaken_spm(inertial))] if inertial else []
    return Motion(_first_known(speeds, len(t_s)), _first_known(steps, len(t_s)))


def held(t_s: Column, at_s: Column, value: Column) -> Column:
    """Return the nearest earlier known value (n,) at each time, NaN where it is over 3 s old."""
    at_s, value = in_time_order(at_s[np.isfinite(value)], value[np.isfinite(value)])
    return newest_at(t_s, at_s, value, _HELD_S)[0]


def _first_known(columns: list[Column], count: int) -> Column:
    told = np.full(count, np.nan)
    for column in columns:
        told = np.where(np.isnan(told), column, told)
    return told


def _place_speed(fix: Fix) -> tuple[Column, Column]:
    """Return times and the median speed of five steps around, in m/s, from the places of fixes."""
    place = is_place(fix.latitude_deg, fix.longitude_deg)
    t_s, latitude, longitude = in_time_order(fix.t_s[place], fix.latitude_deg[place], fix.longitude_deg[place])
    if len(t_s) < 6:
        return np.empty(0), np.empty(0)
    speed = steps_m(positions_m(latitude, longitude)) / np.diff(t_s)
    around = np.lib.stride_tricks.sliding_window_view(np.pad(speed, 2, mode="edge"), 5)
    return t_s[1:], np.asarray(np.median(around, axis=1))


def shaken_spm(inertial: Inertial) -> tuple[Column, Column]:
    """Return times of two-second windows and 150 steps/min where the acceleration's size varies as in steps, else 0."""
    size = np.linalg.norm(inertial.accel_m_s2, axis=1)
    t_s, size = in_time_order(inertial.t_s[np.isfinite(size)], size[np.isfinite(size)])
    if not len(t_s):
        return t_s, size
    window = ((t_s - t_s[0]) / _WINDOW_S).astype(np.intp)
    count = np.maximum(np.bincount(window), 1)
    mean = np.bincount(window, size) / count
    spread = np.sqrt(np.maximum(np.bincount(window, size**2) / count - mean**2, 0.0))
    filled = np.bincount(window) > 1
    middle = t_s[0] + (np.arange(len(count)) + 0.5) * _WINDOW_S
    return middle[filled], np.where(spread[filled] > _QUIET_M_S2, _STEP_SPM, 0.0)
