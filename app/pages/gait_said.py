"""How a run was stepped, each value with its range and where it comes from.

The rule of this file: what no sensor told is not in the list; a value worked out from others says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from app.pages.lines import cadence_rows
from app.views.report import RunNumbers
from edge import gait
from edge.gait import Unsaid
from edge.samples import Column, Dynamics, Estimate, Inertial, Samples, select

#: The longest stretch of raw motion that is read, and the shortest, in s: more tells no more.
LONGEST_S, SHORTEST_S = 600.0, 20.0
FEWEST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of the gait: its name, the value with its range, its unit, and where it comes from (a key)."""

    name: str
    value: Estimate
    unit: str
    source: str


def gait_rows(samples: tuple[Samples, ...], numbers: RunNumbers) -> tuple[Measured, ...]:
    """Return what is known of the gait: cadence, step length, oscillation, contact, evenness; () where nothing is."""
    found: list[Measured] = []
    _, cadence_spm = cadence_rows(samples)
    if len(cadence_spm) >= FEWEST_ROWS:
        low, high = np.percentile(cadence_spm, [5.0, 95.0])
        mean = numbers.cadence_spm if math.isfinite(numbers.cadence_spm) else float(np.mean(cadence_spm))
        found.append(Measured("cadence", Estimate(mean, float(low), float(high), "range"), "spm", "range"))
    stated = select(samples, Dynamics)
    if stated is not None:
        for name, column, unit in (
            ("step length", stated.step_length_m, "m"),
            ("vertical oscillation", 100.0 * stated.vertical_oscillation_m, "cm"),
            ("ground contact", 1000.0 * stated.ground_contact_s, "ms"),
        ):
            found += _spread(name, column, unit)
    if not any(one.name == "step length" for one in found) and numbers.cadence_spm > 0.0 and numbers.moving_s > 0.0:
        steps = numbers.cadence_spm * numbers.moving_s / 60.0
        worked = Estimate(numbers.distance_m / steps, math.nan, math.nan, "worked out")
        found.append(Measured("step length", worked, "m", "worked out"))
    return (*(one for one in found if math.isfinite(one.value.value)), *_moved(samples))


def _spread(name: str, column: Column, unit: str) -> list[Measured]:
    known = column[np.isfinite(column) & (column > 0.0)]
    if len(known) < FEWEST_ROWS:
        return []
    low, middle, high = np.percentile(known, [5.0, 50.0, 95.0])
    return [Measured(name, Estimate(float(middle), float(low), float(high), "range"), unit, "range")]


def _moved(samples: tuple[Samples, ...]) -> list[Measured]:
    """Return what the raw motion tells without knowing where the sensor is worn."""
    stretch = _longest(select(samples, Inertial))
    if stretch is None:
        return []
    accel_m_s2, rate_hz = stretch
    step_s = gait.step_times_s(accel_m_s2, rate_hz)
    found = []
    told = gait.regularity(accel_m_s2, rate_hz, step_s)
    if not isinstance(told, Unsaid):
        found.append(Measured("evenness", told.stride, "", "doubt"))
    uneven = gait.timing_asymmetry(accel_m_s2, rate_hz, step_s, gait.Position.UNKNOWN)
    if not isinstance(uneven, Unsaid):
        share = Estimate(100.0 * uneven.value, 100.0 * uneven.low, 100.0 * uneven.high, uneven.source)
        found.append(Measured("asymmetry", share, "%", "doubt"))
    return [one for one in found if math.isfinite(one.value.value)]


def _longest(rows: Inertial | None) -> tuple[Column, float] | None:
    """Return the longest stretch without a hole, cut to `LONGEST_S` about its middle, and its rate in Hz."""
    if rows is None or len(rows) < 2:
        return None
    wait_s = np.diff(rows.t_s)
    usual_s = float(np.median(wait_s))
    if not usual_s > 0.0:
        return None
    pieces = np.split(np.arange(len(rows)), np.flatnonzero((wait_s > 3.0 * usual_s) | (wait_s <= 0.0)) + 1)
    best = max(pieces, key=len)
    if len(best) * usual_s < SHORTEST_S:
        return None
    keep = int(LONGEST_S / usual_s)
    from_row = max(0, (len(best) - keep) // 2)
    accel = rows.accel_m_s2[best[from_row : from_row + keep]]
    return (accel, 1.0 / usual_s) if np.isfinite(accel).all() else None
