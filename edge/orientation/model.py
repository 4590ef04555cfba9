"""What the filter and the smoother believe of a gyroscope, an accelerometer and whoever carries them.

The rule of this file: the numbers are one fixed set for every sensor and every wearer; each has a physical meaning
and no number depends on the sample rate. The model, with x = (velocity, tilt and heading error, gyroscope bias):

    velocity' = (R f)_horizontal + g (tilt_y, -tilt_x) + noise      heading and tilt' = -R bias + noise
    bias'     = noise                                               velocity  = 0 + what a body part's swing allows

That a wearer's velocity is bounded is what tells gravity from acceleration: over a long time the mean acceleration
is zero. White velocity noise gives the mean acceleration a spectrum that rises with f squared, so the best smoother
falls with the fourth power of f / f_c, as the zero-phase low-pass of offline VQF does (Laidig and Seel 2023,
section 3); here f_c follows the motion, and rest and bias are known to the same equations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.samples import Column

GRAVITY_M_S2 = 9.81

V, TILT, TURN, BIAS = slice(0, 2), slice(2, 4), slice(2, 5), slice(5, 8)
"""Where velocity (2), tilt (2), tilt and heading (3) and bias (3) stand among the 8 states."""


@dataclass(frozen=True, slots=True)
class Model:
    """Standard deviations, SI; rates of a random walk are per square root of a second."""

    velocity_m_s: float = 0.21
    """How far the mean velocity of a second strays from its slow mean."""
    arm_m: float = 0.21
    """Velocity that comes with each rad/s of turning: the length of a lever."""
    turn_noise_rad_s05: float = np.radians(0.1)
    """Gyroscope noise with all that behaves like it."""
    scale_noise: float = 0.0005
    """Turn noise that comes with each rad/s: scale and misalignment errors, per square root of a second."""
    bias_noise_rad_s15: float = np.radians(0.003)
    """Walk of the bias (VQF allows 0.01: from 0 to 0.1 deg/s in 100 s)."""
    bias_rad_s: float = np.radians(0.5)
    """The bias before anything is known (VQF: biasSigmaInit)."""
    force_noise_m_s15: float = 0.05
    """Accelerometer noise with what a piece's mean loses."""
    rest_velocity_m_s: float = 0.02
    rest_turn_noise_rad_s05: float = np.radians(0.02)
    rest_rate_rad_s: float = np.radians(0.03)
    """Mean rate of a resting sensor around its bias, over one second."""
    quiet_rate_rad_s: float = np.radians(1.0)
    """At rest the samples of a block scatter less than this around their mean (rms of the vector)."""
    quiet_force_m_s2: float = 0.25
    """The same for the accelerometer."""
    bias_limit_rad_s: float = np.radians(2.0)
    """A steady rate above it is a slow turn, not a bias (VQF: biasClip)."""
    rest_after_s: float = 1.5
    """Quiet that long is rest (VQF: restMinT)."""
    scale: float = 0.003
    """Gyroscope scale and misalignment, each of the nine (after the run)."""
    lever_m: float = 0.5
    """Distance of the sensor from the joint it swings about (after the run)."""
    lost_turn_rad_s05: float = 2.0
    """Turn noise while the gyroscope is lost or saturated."""
    lost_force_m_s2: float = 10.0
    """Acceleration that may have gone unseen while the accelerometer is lost or saturated."""


LIVE = Model(turn_noise_rad_s05=np.radians(0.3), scale_noise=0.0, velocity_m_s=0.25, arm_m=0.0)
"""The live filter does not learn scale and lever, so all its turns are as doubtful as the quick ones."""
AFTER = Model()
_SAME = np.eye(8)


def turn_variance(model: Model, rate_rms_rad_s: Column, resting: NDArray[np.bool_]) -> Column:
    """Return the variance in rad2/s of the turn's walk for blocks (...,) by their rms rate and rest."""
    moving = model.turn_noise_rad_s05**2 + (model.scale_noise * rate_rms_rad_s) ** 2
    return np.where(resting, model.rest_turn_noise_rad_s05**2, moving)


def velocity_variance(
    model: Model, rate_rms_rad_s: Column, resting: NDArray[np.bool_], duration_s: Column | float
) -> Column:
    """Return the variance in m2/s2 of the velocity of blocks (...,): white, so the less the longer the block."""
    moving = model.velocity_m_s**2 + (model.arm_m * rate_rms_rad_s) ** 2
    return np.where(resting, model.rest_velocity_m_s**2, moving) / duration_s


def transition(turned_s: Column, duration_s: Column | float) -> Column:
    """Return how the eight states go on, (..., 8, 8), over blocks of known integral of the rotation (..., 3, 3)."""
    step = np.empty((*turned_s.shape[:-2], 8, 8))
    step[...] = _SAME
    fall = GRAVITY_M_S2 * np.asarray(duration_s)
    step[..., 0, 3], step[..., 1, 2] = fall, -fall
    np.negative(turned_s, out=step[..., TURN, BIAS])
    half = 0.5 * fall[..., None]
    step[..., 0, BIAS] = -half * turned_s[..., 1, :]
    step[..., 1, BIAS] = half * turned_s[..., 0, :]
    return step


def quiet(model: Model, rate_variance: Column, force_variance: Column, rate_rad_s: Column) -> NDArray[np.bool_]:
    """Return which blocks (...,) keep still, by the variance of their samples and their mean rate (..., 3)."""
    still = (rate_variance < model.quiet_rate_rad_s**2) & (force_variance < model.quiet_force_m_s2**2)
    return np.asarray(still & (np.abs(rate_rad_s).max(axis=-1) < model.bias_limit_rad_s))


def tilt_from_force(force: Column) -> Column:
    """Return the shortest turns (..., 4) that bring forces (..., 3) to the vertical; none where there is no force."""
    length = np.sqrt(np.sum(force * force, axis=-1, keepdims=True))
    return shortest_turn(force / np.where(length > 0.0, length, 1.0), np.broadcast_to([0.0, 0.0, 1.0], force.shape))


def shortest_turn(source: Column, target: Column) -> Column:
    """Return the shortest turns (..., 4) between unit vectors (..., 3); half a turn about any normal if opposed."""
    turn = np.empty((*source.shape[:-1], 4))
    turn[..., 0] = 1.0 + np.sum(source * target, axis=-1)
    turn[..., 1:] = np.cross(source, target)
    opposed = turn[..., 0] < 1e-9
    other = np.stack([-source[..., 1], source[..., 0], np.zeros(source.shape[:-1])], axis=-1)
    other[np.abs(source[..., 2]) > 0.9] = [1.0, 0.0, 0.0]
    turn[opposed, 1:] = other[opposed]
    return np.asarray(turn / np.sqrt(np.sum(turn * turn, axis=-1, keepdims=True)))
