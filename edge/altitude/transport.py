"""Who did the climbing: legs, or a lift, a cable car, a car or an aeroplane; and how many floors.

The rule of this file: steps decide where they are known; without them only what no legs can do is called transport.
What is not known (NaN) never speaks for transport.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from edge.samples import Column, Estimate

Mask: TypeAlias = NDArray[np.bool_]
Codes: TypeAlias = NDArray[np.intp]

#: Labels of every second, in the order of their codes.
LABELS = ("on foot", "still", "lift", "cable car", "car", "aeroplane")
ON_FOOT, STILL, LIFT, CABLE_CAR, CAR, AEROPLANE = range(6)

# Walking starts near 60 steps/min; sprinters end near 300.
_WALK_SPM, _STILL_M_S = 60.0, 0.35
# A lift is built for 0.5 m/s and more, an escalator climbs at 0.25 to 0.4 m/s (EN 115); legs on stairs reach
# 0.35 m/s walking and hold under 1.1 m/s in a race up a tower, downhill runners hold under 1.2 m/s.
_LIFT_M_S, _NO_LEGS_M_S, _LIFT_LEAST_M, _LIFT_LEAST_S = 0.2, 1.3, 3.5, 4.0
_VEHICLE_M_S, NO_RUNNER_M_S, _VEHICLE_S = 3.0, 9.0, 20.0
# Roads stay under 15 % (AASHTO); ropeways are steeper. An airliner's cabin changes by 1.5 to 2.5 m/s (ASHRAE 161).
_ROPE_GRADE, _ROPE_M_S, _ROPE_S = 0.15, 0.4, 40.0
_FLY_M_S, _FLY_RISE_M, _FLY_CABIN_S = 60.0, 600.0, 240.0
_RATE_S, _JOIN_S = 6.0, 8.0
# Ten feet, between the 2.6 m of flats and the 3.7 m of offices.
_FLOOR_M, _LOW_FLOOR_M, _HIGH_FLOOR_M, _LEAST_RISE_M = 3.05, 2.6, 3.7, 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """What is known of the movement at every second: (n,) each, NaN where unknown."""

    speed_m_s: Column
    """Speed over ground."""
    cadence_spm: Column
    """Steps per minute, 0 without steps."""


@dataclass(frozen=True, slots=True)
class Ride:
    """A stretch of transport in s since the start, its label and the height in m that it gave or took."""

    from_s: float
    to_s: float
    label: str
    height_m: float


def labelled(t_s: Column, altitude_m: Column, motion: Motion) -> Codes:
    """Return the code of `LABELS` (n,) for every row, given times about 1 s apart and the altitude in m.

    A ride lasts at least 4 s (lift), 20 s (car), 40 s (cable car). Recordings of cycling are not for this.
    """
    _check(t_s, altitude_m, motion)
    codes = np.full(len(t_s), ON_FOOT, dtype=np.intp)
    if len(t_s) < 3:
        return codes
    rate = np.abs(climb_rate_m_s(t_s, altitude_m))
    speed, steps = motion.speed_m_s, motion.cadence_spm
    stepless, stepping = steps < _WALK_SPM, steps >= _WALK_SPM
    slow = ~(speed > 1.2)
    codes[_long(t_s, (speed < _STILL_M_S) & ~stepping & (rate < 0.15), 3.0)] = STILL
    riding = (stepless & (speed > _VEHICLE_M_S)) | (~stepping & (speed > NO_RUNNER_M_S)) | (speed > 12.5)
    climbing = (rate > _ROPE_M_S) & (rate > _ROPE_GRADE * speed) & (stepless | (rate > _NO_LEGS_M_S))
    rope = _long(t_s, climbing & (speed > 1.2), _ROPE_S)
    for first, last in stretches(_long(t_s, riding, _VEHICLE_S) | rope):
        codes[first : last + 1] = CABLE_CAR if rope[first : last + 1].mean() > 0.5 else CAR
    codes[_lifts(t_s, altitude_m, rate, slow & ~stepping, stepless & slow)] = LIFT
    codes[_flights(t_s, altitude_m, rate, speed, stepping)] = AEROPLANE
    return codes


def _check(t_s: Column, altitude_m: Column, motion: Motion) -> None:
    lengths = {len(t_s), len(altitude_m), len(motion.speed_m_s), len(motion.cadence_spm)}
    if len(lengths) > 1:
        raise ValueError(f"times, altitudes, speeds and cadences differ in length: {sorted(lengths)}")
    if len(t_s) and not (np.isfinite(t_s).all() and np.isfinite(altitude_m).all() and (np.diff(t_s) > 0.0).all()):
        raise ValueError("times must rise and altitudes be finite")


def climb_rate_m_s(t_s: Column, altitude_m: Column) -> Column:
    """Return the vertical speed (n,) in m/s over 6 s around every row."""
    before, after = np.maximum(t_s - 0.5 * _RATE_S, t_s[0]), np.minimum(t_s + 0.5 * _RATE_S, t_s[-1])
    rise = np.interp(after, t_s, altitude_m) - np.interp(before, t_s, altitude_m)
    return np.asarray(rise / np.maximum(after - before, 1e-3))


def _lifts(t_s: Column, altitude_m: Column, rate: Column, could: Mask, surely: Mask) -> Mask:
    """Return where a lift moves: faster than legs, or at a lift's speed without any steps, over a floor and more."""
    fast = _long(t_s, could & (rate > _NO_LEGS_M_S), _LIFT_LEAST_S)
    known = _long(t_s, surely & (rate > _LIFT_M_S), _LIFT_LEAST_S)
    mask = np.zeros(len(t_s), dtype=bool)
    moving = could & (rate > _LIFT_M_S)
    for first, last in stretches(moving | fast | known):
        seen = fast[first : last + 1].any() or known[first : last + 1].any()
        mask[first : last + 1] = seen and abs(altitude_m[last] - altitude_m[first]) > _LIFT_LEAST_M
    return mask


def _flights(t_s: Column, altitude_m: Column, rate: Column, speed: Column, stepping: Mask) -> Mask:
    """Return where an aeroplane flies: 60 m/s over ground, or a cabin's steady change over 600 m without steps."""
    mask = _long(t_s, speed > _FLY_M_S, _VEHICLE_S)
    cabin = ~stepping & (rate > 0.5) & (rate < 8.0) & ~(speed < _VEHICLE_M_S * 10.0)
    for first, last in stretches(_long(t_s, cabin, _FLY_CABIN_S)):
        if abs(altitude_m[last] - altitude_m[first]) > _FLY_RISE_M:
            mask[first : last + 1] = True
    return mask


def _long(t_s: Column, mask: Mask, least_s: float) -> Mask:
    """Return the mask with holes of up to 8 s (or `least_s`) closed, and without stretches shorter than `least_s`."""
    closed = mask.copy()
    for first, last in stretches(~mask):
        if first > 0 and last < len(mask) - 1 and t_s[last + 1] - t_s[first - 1] <= min(_JOIN_S, least_s):
            closed[first : last + 1] = True
    kept = np.zeros(len(mask), dtype=bool)
    for first, last in stretches(closed):
        kept[first : last + 1] = t_s[last] - t_s[first] >= least_s
    return kept


def stretches(mask: Mask) -> list[tuple[int, int]]:
    """Return first and last row of every stretch in which the mask holds."""
    edge = np.diff(np.concatenate(([0], mask.astype(np.int8), [0])))
    return list(zip(np.flatnonzero(edge > 0).tolist(), (np.flatnonzero(edge < 0) - 1).tolist(), strict=True))


def rides(t_s: Column, altitude_m: Column, codes: Codes) -> tuple[Ride, ...]:
    """Return the stretches of transport in order of time, given the codes (n,) of `labelled`."""
    found = [
        Ride(float(t_s[a]), float(t_s[b]), LABELS[code], float(altitude_m[b] - altitude_m[a]))
        for code in (LIFT, CABLE_CAR, CAR, AEROPLANE)
        for a, b in stretches(codes == code)
    ]
    return tuple(sorted(found, key=lambda ride: ride.from_s))


def by_legs_m(altitude_m: Column, codes: Codes) -> Column:
    """Return the altitude (n,) in m that legs made: it holds while riding and while standing still."""
    change = np.diff(altitude_m, prepend=altitude_m[:1])
    carried = (codes != ON_FOOT) | np.concatenate(([False], codes[:-1] > STILL))
    return np.asarray(altitude_m[:1] + np.cumsum(np.where(carried, 0.0, change))) if len(altitude_m) else altitude_m


def floors(swing_m: Column) -> tuple[Estimate, Estimate]:
    """Return the floors climbed and descended, from climbs and descents (k,) in m between turning points.

    Each swing of 2 m or more counts its whole number of floors of 3.05 m; the interval is that of 3.7 and 2.6 m.
    """
    return _floors(swing_m, 1.0), _floors(swing_m, -1.0)


def _floors(swing_m: Column, sign: float) -> Estimate:
    rise = sign * swing_m[sign * swing_m >= _LEAST_RISE_M]
    value, low, high = (float(np.round(rise / each).sum()) for each in (_FLOOR_M, _HIGH_FLOOR_M, _LOW_FLOOR_M))
    return Estimate(value, low, high, f"altitude; floors of {_FLOOR_M:.2f} m")
