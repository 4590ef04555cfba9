"""Which way is north: from a compass that can be believed, else from the course over ground.

The rule of this file: the horizontal field is believed only while its strength and dip are those of the place; where a
magnet or iron is near, the heading goes on by the gyroscope from what was believed before and after.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from edge import quaternion as turns
from edge.orientation.chain import solve_chain
from edge.samples import Column

BLOCK_S = 1.0
STRENGTH_SHARE = 0.1
DIP_RAD = np.radians(10.0)
"""A field that differs more than that from the usual one is not the earth's (VQF: magNormTh, magDipTh)."""
COMPASS_RAD = np.radians(5.0)
COURSE_RAD = np.radians(15.0)
"""How far a believed heading errs, for some seconds at a time."""
WANDER_RAD_S05 = np.radians(0.05)
"""How the heading by gyroscope alone walks away."""
BELIEVED_SHARE = 0.2
"""With less of the recording believed, the compass has no say."""


def to_magnetic_north(quaternion: Column, field_ut: Column, step_s: Column) -> Column | None:
    """Return orientations (n, 4) whose y axis of the earth is magnetic north; None where the field is not believed."""
    earth = turns.rotate(quaternion, field_ut)
    level = np.hypot(earth[:, 0], earth[:, 1])
    strength, dip = np.hypot(level, earth[:, 2]), -np.arctan2(earth[:, 2], level)
    known = np.isfinite(strength) & (level > 0.0)
    if not known.any():
        return None
    usual, usual_dip = np.median(strength[known]), np.median(dip[known])
    with np.errstate(invalid="ignore"):
        believed = known & (np.abs(strength - usual) < STRENGTH_SHARE * usual) & (np.abs(dip - usual_dip) < DIP_RAD)
    if believed.mean() < BELIEVED_SHARE:
        return None
    missing = 0.5 * np.pi - np.arctan2(earth[:, 1], earth[:, 0])
    return _turned(quaternion, np.where(believed, missing, np.nan), step_s, COMPASS_RAD)


def along_course(
    quaternion: ArrayLike,
    rate_hz: float,
    course_rad: ArrayLike,
    forward: tuple[float, float, float] = (1.0, 0.0, 0.0),
) -> Column:
    """Return orientations (n, 4) whose forward axis of the sensor follows the course over ground.

    `course_rad` (n,) is counter-clockwise from east, NaN where it is not known or the runner stands; `forward` is the
    sensor's axis that points along the run. This is the heading where there is no compass or a magnet is near it.
    """
    rows, course = np.asarray(quaternion, dtype=np.float64), np.asarray(course_rad, dtype=np.float64)
    if rows.ndim != 2 or rows.shape != (len(course), 4):
        raise ValueError(f"quaternion must have shape ({len(course)}, 4) like course_rad, got {rows.shape}")
    return to_course(rows, course, np.full(len(rows), 1.0 / rate_hz), forward)


def to_course(quaternion: Column, course_rad: Column, step_s: Column, forward: tuple[float, float, float]) -> Column:
    """Return `along_course` of samples (n,) that each stand for a time of their own."""
    ahead = turns.rotate(quaternion, forward)
    missing = course_rad - np.arctan2(ahead[:, 1], ahead[:, 0])
    missing[np.hypot(ahead[:, 0], ahead[:, 1]) < 0.3] = np.nan
    return _turned(quaternion, missing, step_s, COURSE_RAD)


def _turned(quaternion: Column, missing_rad: Column, step_s: Column, doubt_rad: float) -> Column:
    """Return orientations turned about the vertical by the smooth part of what is missing (n,), NaN where unknown."""
    known = np.isfinite(missing_rad)
    if not known.any():
        return quaternion
    block = (np.cumsum(step_s) // BLOCK_S).astype(np.intp)
    block -= block[0]
    count = np.bincount(block, known, minlength=block[-1] + 1)
    wave = np.exp(1j * np.where(known, missing_rad, 0.0)) * known
    mean = np.bincount(block, wave.real, minlength=len(count)) + 1j * np.bincount(
        block, wave.imag, minlength=len(count)
    )
    whole = np.angle(mean.sum())
    seen = np.angle(mean * np.exp(-1j * whole))
    share = count / np.bincount(block, minlength=len(count)).clip(1)
    for _ in range(10):
        offset = _smooth(seen, share / doubt_rad**2)
        weight = 1.0 / (1.0 + ((seen - offset) / doubt_rad) ** 2)
        offset = _smooth(seen, share * weight / doubt_rad**2)
        seen = offset + (seen - offset + np.pi) % (2.0 * np.pi) - np.pi
        share = share * 0.5 + 0.5 * np.minimum(share, share * weight)
    centre = (np.arange(len(offset)) + 0.5) * BLOCK_S + (np.cumsum(step_s)[0] // BLOCK_S) * BLOCK_S
    turn = whole + np.interp(np.cumsum(step_s), centre, offset)
    about_up = np.zeros((len(turn), 4))
    about_up[:, 0], about_up[:, 3] = np.cos(0.5 * turn), np.sin(0.5 * turn)
    return turns.multiply(about_up, quaternion)


def _smooth(seen_rad: Column, weight: Column) -> Column:
    """Return the likeliest walk (n,) through values (n,) with weights 1/rad2; zero weight where unknown."""
    tie = 1.0 / (WANDER_RAD_S05**2 * BLOCK_S)
    diagonal = weight + 1e-9
    diagonal[:-1] += tie
    diagonal[1:] += tie
    right = (weight * seen_rad)[:, None, None]
    upper = np.full((len(weight) - 1, 1, 1), -tie)
    return solve_chain(diagonal[:, None, None], upper, right)[:, 0, 0]
