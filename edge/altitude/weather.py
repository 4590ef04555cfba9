"""The true scale of a pressure altitude and the weather that moved it during the run.

The rule of this file: pressure tells fast changes, satellites and places seen twice tell slow ones; both are joined
in one regression whose unknowns are the scale and the weather at knots ten minutes apart, with their uncertainty.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.fixes import is_place, positions_m
from edge.samples import Column, Estimate, Fix

# ICAO Doc 7488: sea-level temperature in K and its fall in K/m.
_SEA_LEVEL_K, _LAPSE_K_M = 288.15, 0.0065
# The air's mean temperature lies within 12 K of the standard (1 sigma); a thermometer outside, within 3 K.
_SCALE_SD, _MEASURED_SCALE_SD = 0.042, 0.011
_KNOT_S, _WALK_M, _START_M = 600.0, 0.8, 1000.0
"""Weather may change by 0.8 m (10 Pa) in ten minutes, 1 sigma: 2 m in an hour, and more where the data say so."""
_BLOCK_S, _LEAST_GPS_M = 120.0, 4.0
_CELL_M, _CELL_S, _REVISIT_S, _PLACE_M, _SAME_M = 20.0, 60.0, 240.0, 0.7, 15.0
_ROUNDS, _HUBER = 6, 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Weather:
    """What turns a standard-atmosphere altitude h into metres: scale * (h - middle_m) + drift(t)."""

    scale: Estimate
    middle_m: float
    knot_s: Column
    drift_m: Column
    """Altitude in m at the middle, (k,) at the knots."""
    drift_sd_m: Column

    def altitude_m(self, t_s: Column, standard_m: Column) -> Column:
        """Return true altitudes (n,) in m."""
        return np.asarray(self.scale.value * (standard_m - self.middle_m) + np.interp(t_s, self.knot_s, self.drift_m))


def temperature_scale(air_temperature_c: float, standard_m: float) -> float:
    """Return the true height of a layer over its standard-atmosphere height, 1 where the temperature is NaN.

    By the hypsometric equation heights go with the absolute temperature; the standard's is 288.15 K at sea level.
    """
    if not np.isfinite(air_temperature_c):
        return 1.0
    return float((air_temperature_c + 273.15) / (_SEA_LEVEL_K - _LAPSE_K_M * standard_m))


def weather_of(t_s: Column, standard_m: Column, fix: Fix | None, air_temperature_c: float = float("nan")) -> Weather:
    """Return scale and drift of a standard-atmosphere altitude (n,) in m at rising times in s.

    Without fixes the scale is that of the temperature, or 1 with an interval of 7 %, and the drift is level with an
    uncertainty that grows from the middle. Regression with Huber's weights (Huber 1964).
    """
    knots = np.linspace(t_s[0], t_s[-1], max(2, int(np.ceil((t_s[-1] - t_s[0]) / _KNOT_S)) + 1))
    middle = float(np.median(standard_m))
    known = np.isfinite(air_temperature_c)
    scale0, sd0 = temperature_scale(air_temperature_c, middle), _MEASURED_SCALE_SD if known else _SCALE_SD
    prior, wanted = _prior(knots, middle, scale0, sd0)
    rows, heights, group = _evidence(t_s, standard_m - middle, knots, fix, scale0)
    solved, cover = _robust(prior, wanted, rows, heights, group)
    sd = np.sqrt(np.diag(cover))
    scale, half = float(solved[0]), 1.645 * float(sd[0])
    source = "pressure; " + ("fixes, " if len(rows) else "") + ("temperature" if known else "standard atmosphere")
    return Weather(Estimate(scale, scale - half, scale + half, source), middle, knots, solved[1:], sd[1:])


def _prior(knots: Column, middle_m: float, scale: float, scale_sd: float) -> tuple[Column, Column]:
    """Return equations (k + 1, k + 1) and their right sides, each divided by its standard deviation."""
    count = len(knots)
    walk_m = _WALK_M * ((knots[1] - knots[0]) / _KNOT_S) ** 0.5
    equations, wanted = np.zeros((count + 1, count + 1)), np.zeros(count + 1)
    equations[0, 0], wanted[0] = 1.0 / scale_sd, scale / scale_sd
    equations[1, 1 + count // 2], wanted[1] = 1.0 / _START_M, middle_m / _START_M
    step = np.arange(count - 1)
    equations[2 + step, 2 + step], equations[2 + step, 1 + step] = 1.0 / walk_m, -1.0 / walk_m
    return equations, wanted


def _evidence(
    t_s: Column, above_m: Column, knots: Column, fix: Fix | None, scale: float
) -> tuple[Column, Column, Column]:
    """Return equations (m, k + 1), heights (m,) in m and group (m,): 0 satellite altitudes, 1 places seen twice."""
    nothing = np.empty((0, len(knots) + 1)), np.empty(0), np.empty(0)
    if fix is None or len(fix) < 2:
        return nothing
    inside = (fix.t_s >= t_s[0]) & (fix.t_s <= t_s[-1])
    high = inside & np.isfinite(fix.altitude_m)
    place = inside & is_place(fix.latitude_deg, fix.longitude_deg)
    gps_s, gps_m = _block_medians(fix.t_s[high], fix.altitude_m[high])
    one_s, other_s = _seen_twice(fix.t_s[place], fix.latitude_deg[place], fix.longitude_deg[place])

    # A bridge, or a place in the air, is not the same height twice.
    same = np.abs(np.interp(one_s, t_s, above_m) - np.interp(other_s, t_s, above_m)) < _SAME_M
    one_s, other_s = one_s[same], other_s[same]

    sky = np.column_stack([np.interp(gps_s, t_s, above_m), _hats(gps_s, knots)])
    # Two visits never match to the metre. Were that a regressor too, it would draw the scale down.
    twice = np.column_stack([np.zeros(len(one_s)), _hats(other_s, knots) - _hats(one_s, knots)])
    fallen_m = scale * (np.interp(one_s, t_s, above_m) - np.interp(other_s, t_s, above_m))
    heights = np.concatenate([gps_m, fallen_m])
    return np.concatenate([sky, twice]), heights, np.repeat([0.0, 1.0], [len(gps_m), len(one_s)])


def _hats(when_s: Column, knots: Column) -> Column:
    """Return the share (m, k) that every knot has in a line drawn between knots."""
    apart = np.abs(when_s[:, None] - knots[None, :]) / (knots[1] - knots[0])
    return np.asarray(np.maximum(0.0, 1.0 - apart))


def _block_medians(t_s: Column, value: Column) -> tuple[Column, Column]:
    """Return the row of median altitude of every two minutes: the error of fixes lasts about as long."""
    if not len(t_s):
        return t_s, value
    block = ((t_s - t_s[0]) / _BLOCK_S).astype(np.intp)
    order = np.lexsort((value, block))
    first = np.flatnonzero(np.diff(block, prepend=-1))
    last = np.append(first[1:], len(block)) - 1
    chosen = order[(first + last) // 2]
    return t_s[chosen], value[chosen]


def _seen_twice(t_s: Column, latitude_deg: Column, longitude_deg: Column) -> tuple[Column, Column]:
    """Return the times (m,) in s of two visits to one place of 20 m, at least four minutes apart; one a minute."""
    if len(t_s) < 2:
        return np.empty(0), np.empty(0)
    cell = np.round(positions_m(latitude_deg, longitude_deg) / _CELL_M).astype(np.int64)
    number = (cell[:, 0] * 4_000_037 + cell[:, 1]) * 4_000_037 + cell[:, 2]
    order = np.lexsort((t_s, number))
    again = (np.diff(number[order]) == 0) & (np.diff(t_s[order]) > _REVISIT_S)
    one_s, other_s = t_s[order[:-1][again]], t_s[order[1:][again]]
    _, kept = np.unique((other_s // _CELL_S).astype(np.intp), return_index=True)
    return one_s[kept], other_s[kept]


def _robust(prior: Column, wanted: Column, rows: Column, heights: Column, group: Column) -> tuple[Column, Column]:
    """Return unknowns (k + 1,) and their covariance by least squares with Huber's weights, the noise measured."""
    weight, sd = np.ones(len(rows)), np.where(group == 0.0, 5.0, _PLACE_M)
    for _ in range(_ROUNDS):
        scaled = (np.sqrt(weight) / sd)[:, None]
        normal = prior.T @ prior + (rows * scaled).T @ (rows * scaled)
        solved = np.linalg.solve(normal, prior.T @ wanted + (rows * scaled).T @ (heights * scaled[:, 0]))
        off = heights - rows @ solved
        for which, least in ((0.0, _LEAST_GPS_M), (1.0, _PLACE_M)):
            if (mine := group == which).sum() >= 4:
                sd[mine] = max(1.4826 * float(np.median(np.abs(off[mine]))), least)
        weight = np.minimum(1.0, _HUBER / np.maximum(np.abs(off) / sd, 1e-9))
    return np.asarray(solved, dtype=np.float64), np.asarray(np.linalg.inv(normal), dtype=np.float64)
