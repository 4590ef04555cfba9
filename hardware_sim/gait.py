"""Gait kinematics: what an accelerometer and a gyroscope feel on the trunk or the wrist of a runner.

The rule of this file: orientation is a closed formula of time, the gyroscope is its exact derivative, and the
accelerometer is the specific force of the same motion, so that any orientation filter finds its truth here.
World frame: x along the course, y left, z up, turned to east-north-up by the heading. Angles are z-y-x Euler.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware_sim.runner import Gait

Array = NDArray[np.float64]
GRAVITY_M_S2 = 9.80665
#: Where the hand is from the shoulder about which the bent arm swings, in lengths of the forearm: below it. With it the
#: stride has 3 % of the vertical power at stride and step, the wrist turns at 4.0 rad/s and shakes at 10.6 m/s2 (rms,
#: medians); on the wrists of 21 open joggers of WISDM it is 3 %, 3.8 rad/s and 9.7 m/s2.
HAND = np.array([0.0, 0.0, -0.8])
_WHILE_FIRST_STANDS = ((1, 1.0, -0.5 * np.pi),)
_RING_RAD_S = 2.0 * np.pi * 16.0  # the foot strike's transient at the trunk: 10 to 20 Hz (Shorten & Winslow 1992)


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """How the two feet differ, at whole seconds (n,), linear between them; all 0 where they are alike.

    The first foot is that of even steps. Shares, but for the lean.
    """

    early: Array
    """By which part of a step time the second foot comes down too early."""
    load: Array
    """How much less the first foot carries and pushes; the second does as much more."""
    contact: Array
    """How much shorter the first foot's contact is; the second's is as much longer."""
    impact: Array
    """How much softer the first foot lands; the second lands as much harder."""
    lean_rad: Array
    """How far the trunk rolls while the first foot stands, and back while the second does."""


@dataclass(frozen=True, slots=True, eq=False)
class Pacing:
    """The slow columns behind the gait at whole seconds (n,): cadence, vigour 0..1, heading rate, forward acceleration.

    Between the seconds cadence, heading rate and acceleration are linear; phase and heading are their exact integrals.
    """

    cadence_spm: Array
    vigour: Array
    heading_rate_rad_s: Array
    forward_m_s2: Array
    heading_start_rad: float = 0.0
    sides: Sides | None = None
    """None where the two feet are alike but for the impact."""


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """True motion of a sensor (n, ...): specific force m/s2 and angular rate rad/s in its frame, attitude matrices."""

    t_s: Array
    force_sensor_m_s2: Array
    rate_sensor_rad_s: Array
    world_from_sensor: Array


@dataclass(frozen=True, slots=True)
class _Signal:
    """An angle and its first two derivatives in time."""

    value: Array
    rate: Array
    accel: Array


def _integrate(knots: Array, t_s: Array) -> tuple[Array, Array, Array]:
    """Return integral, value and slope at times in s of a column that is linear between whole seconds."""
    whole = np.clip(np.floor(t_s).astype(np.int64), 0, len(knots) - 2)
    part = t_s - whole
    total = np.concatenate([[0.0], np.cumsum(0.5 * (knots[1:] + knots[:-1]))])
    slope = knots[whole + 1] - knots[whole]
    return total[whole] + part * (knots[whole] + 0.5 * slope * part), knots[whole] + slope * part, slope


def step_phase(pacing: Pacing, t_s: Array) -> Array:
    """Return the steps (both feet) since the start as a real number (n,); each whole number is a foot strike."""
    return _steps(pacing, t_s)[0]


def _steps(pacing: Pacing, t_s: Array) -> tuple[Array, Array, Array]:
    """Return the steps since the start (n,) as a real number and their first two derivatives in time."""
    steps, rate, slope = _integrate(pacing.cadence_spm / 60.0, t_s)
    if pacing.sides is None:
        return steps, rate, slope
    early, change = _between(pacing.sides.early, t_s)
    sine, cosine = np.sin(np.pi * steps), np.cos(np.pi * steps)
    stretch = 1.0 + 0.5 * np.pi * early * sine
    return (
        steps + 0.5 * early * (1.0 - cosine),
        rate * stretch + 0.5 * change * (1.0 - cosine),
        slope * stretch + 0.5 * np.pi**2 * early * rate**2 * cosine + np.pi * change * rate * sine,
    )


def _between(knots: Array, t_s: Array) -> tuple[Array, Array]:
    """Return value and slope at times in s (n,) of a column that is linear between whole seconds."""
    whole = np.clip(np.floor(t_s).astype(np.int64), 0, len(knots) - 2)
    slope = knots[whole + 1] - knots[whole]
    return knots[whole] + slope * (t_s - whole), slope


def _swing(pacing: Pacing, t_s: Array, per_step: float, parts: tuple[tuple[int, float, float], ...]) -> _Signal:
    """Return vigour times the sum of amplitude * cos(harmonic * phase + shift), phase turning `per_step` per step."""
    steps, step_rate, step_slope = _steps(pacing, t_s)
    turn = 2.0 * np.pi * per_step
    whole = np.clip(np.floor(t_s).astype(np.int64), 0, len(pacing.vigour) - 2)
    vigour_rate = pacing.vigour[whole + 1] - pacing.vigour[whole]
    vigour = pacing.vigour[whole] + vigour_rate * (t_s - whole)
    shape, first, second = np.zeros((3, len(t_s)))
    for harmonic, amplitude, shift in parts:
        angle, w, dw = harmonic * turn * steps + shift, harmonic * turn * step_rate, harmonic * turn * step_slope
        cosine, sine = amplitude * np.cos(angle), amplitude * np.sin(angle)
        shape += cosine
        first -= w * sine
        second -= w**2 * cosine + dw * sine
    return _Signal(vigour * shape, vigour * first + vigour_rate * shape, vigour * second + 2.0 * vigour_rate * first)


def _plus(signal: _Signal, value: Array | float, rate: Array | float = 0.0, accel: Array | float = 0.0) -> _Signal:
    return _Signal(signal.value + value, signal.rate + rate, signal.accel + accel)


def _angles(gait: Gait, pacing: Pacing, t_s: Array, placement: str) -> tuple[_Signal, _Signal, _Signal]:
    """Return yaw, pitch and roll of the trunk or of the arm."""
    turn, turn_rate, turn_slope = _integrate(pacing.heading_rate_rad_s, t_s)
    yaw = _swing(pacing, t_s, 0.5, ((1, gait.yaw_rad, 0.0), (2, 0.15 * gait.yaw_rad, 1.0)))
    pitch = _swing(pacing, t_s, 1.0, ((1, gait.pitch_rad, 0.6), (2, 0.3 * gait.pitch_rad, 0.1)))
    roll = _swing(pacing, t_s, 0.5, ((1, gait.roll_rad, 1.3), (3, 0.2 * gait.roll_rad, 0.4)))
    if pacing.sides is not None:
        compensation = _swing(dataclasses.replace(pacing, vigour=pacing.sides.lean_rad), t_s, 0.5, _WHILE_FIRST_STANDS)
        roll = _plus(roll, compensation.value, compensation.rate, compensation.accel)
    lean = gait.lean_rad
    if placement == "wrist":
        arm = _swing(pacing, t_s, 0.5, ((1, gait.arm_swing_rad, 0.2), (2, 0.12 * gait.arm_swing_rad, 0.9)))
        pitch = _Signal(pitch.value + arm.value, pitch.rate + arm.rate, pitch.accel + arm.accel)
        lean = -0.35
    return _plus(yaw, turn + pacing.heading_start_rad, turn_rate, turn_slope), _plus(pitch, lean), roll


def _body_rates(yaw: _Signal, pitch: _Signal, roll: _Signal) -> tuple[Array, Array]:
    """Return angular rate in rad/s and angular acceleration in rad/s2, both (n, 3), in the body frame (z-y-x)."""
    sp, cp, sr, cr = np.sin(pitch.value), np.cos(pitch.value), np.sin(roll.value), np.cos(roll.value)
    y, p, r = yaw.rate, pitch.rate, roll.rate
    rate = np.stack([r - y * sp, p * cr + y * sr * cp, -p * sr + y * cr * cp], axis=1)
    change = np.stack(
        [
            roll.accel - yaw.accel * sp - y * p * cp,
            pitch.accel * cr - p * r * sr + yaw.accel * sr * cp + y * r * cr * cp - y * p * sr * sp,
            -pitch.accel * sr - p * r * cr + yaw.accel * cr * cp - y * r * sr * cp - y * p * cr * sp,
        ],
        axis=1,
    )
    return rate, change


def _world_from_body(yaw: _Signal, pitch: _Signal, roll: _Signal) -> Array:
    """Return the rotation matrices (n, 3, 3) of z-y-x Euler angles."""
    cy, sy, cp, sp = np.cos(yaw.value), np.sin(yaw.value), np.cos(pitch.value), np.sin(pitch.value)
    cr, sr = np.cos(roll.value), np.sin(roll.value)
    rows = [
        [cy * cp, cy * sp * sr - sy * cr, cy * sp * cr + sy * sr],
        [sy * cp, sy * sp * sr + cy * cr, sy * sp * cr - cy * sr],
        [-sp, cp * sr, cp * cr],
    ]
    return np.moveaxis(np.array(rows), 2, 0)


def _shares(gait: Gait, pacing: Pacing, t_s: Array, side: Array) -> tuple[Array, Array | float, Array]:
    """Return contact as a share of the step, load and impact against the mean of both feet; `side` 1 is the first."""
    impact = 1.0 - side * gait.asymmetry
    if pacing.sides is None:
        return np.full(len(t_s), gait.duty), 1.0, impact
    early, load, contact, soft = (
        _between(column, t_s)[0]
        for column in (pacing.sides.early, pacing.sides.load, pacing.sides.contact, pacing.sides.impact)
    )
    carried = (1.0 - side * load) / (1.0 + early * load)
    return np.minimum(gait.duty * (1.0 - side * contact), 0.97), carried, impact * np.maximum(1.0 - side * soft, 0.0)


def _trunk_force(gait: Gait, pacing: Pacing, t_s: Array, strikes: Array) -> Array:
    """Return the trunk's specific force (n, 3) in m/s2, x along the course: half-sine stance, flight, foot strike."""
    steps, step_rate, _ = _steps(pacing, t_s)
    vigour = np.interp(t_s, np.arange(len(pacing.vigour)), pacing.vigour)
    number = np.floor(steps).astype(np.int64)
    side = np.where(number % 2 == 0, 1.0, -1.0)
    duty, load, impact = _shares(gait, pacing, t_s, side)
    stance = np.clip((steps - number) / duty, 0.0, 1.0)
    support = load * 0.5 * np.pi / duty * np.sin(np.pi * stance)  # mean over a stride is 1: weight is carried
    since_s = (steps - number) / np.maximum(step_rate, 0.5)
    strength = gait.impact_m_s2 * impact * strikes[np.minimum(number, len(strikes) - 1)]
    ring = vigour * strength * np.exp(-since_s / gait.impact_decay_s) * np.sin(_RING_RAD_S * since_s)
    # what the foot strike gives in momentum the rest of the stance gives less
    strike_mean = vigour * strength * step_rate * _RING_RAD_S / (_RING_RAD_S**2 + gait.impact_decay_s**-2)
    carried = GRAVITY_M_S2 - strike_mean
    up = GRAVITY_M_S2 + vigour * (carried * support - GRAVITY_M_S2 + ring)
    forward = np.interp(t_s, np.arange(len(pacing.forward_m_s2)), pacing.forward_m_s2)
    forward = forward - vigour * (2.6 * load * np.sin(2.0 * np.pi * stance) + 0.25 * (ring - strike_mean))
    sideways = side * vigour * (0.9 * np.sin(np.pi * stance))
    return np.stack([forward, sideways, up], axis=1)


def _turned(force: Array, heading: Array) -> Array:
    """Return course-frame vectors (n, 3) in the east-north-up frame."""
    c, s = np.cos(heading), np.sin(heading)
    return np.stack([c * force[:, 0] - s * force[:, 1], s * force[:, 0] + c * force[:, 1], force[:, 2]], axis=1)


def motion(gait: Gait, pacing: Pacing, t_s: Array, placement: str, strikes: Array, body_from_sensor: Array) -> Motion:
    """Return the true motion of a sensor at times in s (n,) on the "trunk" or the "wrist".

    `strikes` scales the impact of each step; `body_from_sensor` (3, 3) is how the sensor is mounted.
    """
    yaw, pitch, roll = _angles(gait, pacing, t_s, placement)
    world_from_body = _world_from_body(yaw, pitch, roll)
    rate, change = _body_rates(yaw, pitch, roll)
    heading = _integrate(pacing.heading_rate_rad_s, t_s)[0] + pacing.heading_start_rad
    force = np.einsum("nji,nj->ni", world_from_body, _turned(_trunk_force(gait, pacing, t_s, strikes), heading))
    if placement == "wrist":
        lever = gait.forearm_m * HAND
        force = force + np.cross(change, lever) + np.cross(rate, np.cross(rate, lever))
    return Motion(t_s, force @ body_from_sensor, rate @ body_from_sensor, world_from_body @ body_from_sensor)


def mounting(rng: np.random.Generator, spread_rad: float = 0.25) -> Array:
    """Return how a person clips a sensor on: a rotation matrix (3, 3) a few degrees off the body's axes."""
    x, y, z = rng.normal(0.0, spread_rad, 3)
    signals = [_Signal(np.array([a]), np.zeros(1), np.zeros(1)) for a in (z, y, x)]
    return np.asarray(_world_from_body(*signals)[0])
