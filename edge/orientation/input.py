"""What may be asked of an orientation, and what is lost in it: the checks at the door.

The rule of this file: a shape or a clock that cannot be meant raises ValueError naming what and where; a sample that
was not measured (NaN), a gap in time and a value at the end of the sensor's range are told as doubt, never an error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from edge import quaternion as turns
from edge.samples import Column

GAP_S = 0.2
"""A longer step in time, and longer than three periods, is a gap: what happened in it nobody knows."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the sensor's data sheet says: the ends of its ranges, and the delay of its low-pass.

    A value at an end is at least that large, how much larger is not known. The delay in s is what comes on top of
    half a sample, the delay of a mean over a step; orientations are moved ahead by it.
    """

    gyro_rad_s: float = np.inf
    accel_m_s2: float = np.inf
    delay_s: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """Samples (..., n, 3) with no NaN left, and how long in s (..., n) each was lost; None where nothing was."""

    gyro_rad_s: Column
    accel_m_s2: Column
    step_s: Column
    """(n,) the time each sample stands for, since the one before."""
    lost_gyro_s: Column | None
    lost_accel_s: Column | None


def rate(rate_hz: float) -> float:
    """Return a sample rate in Hz that can be meant."""
    if not (np.isfinite(rate_hz) and rate_hz > 0.0):
        raise ValueError(f"rate_hz must be a positive number, got {rate_hz!r}")
    return float(rate_hz)


def vectors(name: str, columns: ArrayLike, shape: tuple[int, ...] | None = None) -> Column:
    """Return (..., n, 3) as float columns, of a given shape where there is one."""
    array = np.asarray(columns, dtype=np.float64)
    if array.ndim < 2 or array.shape[-1] != 3 or (shape is not None and array.shape != shape):
        wanted = "(n, 3)" if shape is None else str(shape)
        raise ValueError(f"{name} must have shape {wanted}, got {array.shape}")
    return array


def steps(t_s: ArrayLike | None, count: int, rate_hz: float, last_s: float = np.nan) -> Column:
    """Return the time (n,) in s since the sample before; one period for the first of all."""
    if t_s is None:
        return np.full(count, 1.0 / rate_hz)
    at = np.asarray(t_s, dtype=np.float64)
    if at.shape != (count,):
        raise ValueError(f"t_s must have shape ({count},), got {at.shape}")
    if not np.isfinite(at).all():
        raise ValueError(f"t_s has no finite time in row {int(np.argmin(np.isfinite(at)))}")
    before = last_s if np.isfinite(last_s) else (at[0] - 1.0 / rate_hz if count else 0.0)
    step_s = np.diff(at, prepend=before)
    if (step_s <= 0.0).any():
        row = int(np.argmax(step_s <= 0.0))
        raise ValueError(f"t_s must rise; row {row} ({at[row]!r} s) does not come after the one before")
    return step_s


def motion(gyro_rad_s: Column, accel_m_s2: Column, step_s: Column, rate_hz: float, limits: Limits) -> Motion:
    """Return the samples with lost rates and forces set to zero and all doubt told in s."""
    gap = step_s > max(GAP_S, 3.0 / rate_hz)
    gaps = gap if gap.any() else None
    lost_gyro, gyro = _lost(gyro_rad_s, gaps)
    lost_accel, accel = _lost(accel_m_s2, gaps)
    lost_gyro = _or(lost_gyro, _ends(gyro, limits.gyro_rad_s))
    lost_accel = _or(lost_accel, _ends(accel, limits.accel_m_s2))
    return Motion(
        gyro,
        accel,
        step_s,
        None if lost_gyro is None else lost_gyro * step_s,
        None if lost_accel is None else lost_accel * step_s,
    )


def moved_ahead(rows: Column, gyro_rad_s: Column, delay_s: float) -> Column:
    """Return orientations (..., n, 4) some s later, at the rate of the same samples (..., n, 3)."""
    if delay_s == 0.0:
        return rows
    return turns.multiply(rows, turns.from_rotation_vector(gyro_rad_s * delay_s))


def _lost(columns: Column, gap: NDArray[np.bool_] | None) -> tuple[NDArray[np.bool_] | None, Column]:
    """Return which samples (..., n) are not known, or None, and the columns with those set to zero."""
    known = np.isfinite(columns)
    if gap is None and known.all():
        return None, columns
    lost: NDArray[np.bool_] = np.asarray(~known.all(axis=-1))
    lost = lost if gap is None else lost | gap
    return lost, np.where(lost[..., None], 0.0, columns)


def _ends(columns: Column, limit: float) -> NDArray[np.bool_] | None:
    """Return which samples (..., n) stand at the end of the range, or None."""
    if not np.isfinite(limit):
        return None
    return np.asarray((np.abs(columns) >= 0.999 * limit).any(axis=-1))


def _or(first: NDArray[np.bool_] | None, second: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
    if first is None or second is None:
        return second if first is None else first
    return np.asarray(first | second)
