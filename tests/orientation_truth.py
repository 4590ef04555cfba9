"""Simulated turns whose truth is known, for the tests of orientation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge import quaternion as turns
from edge.samples import Column

GRAVITY = np.array([0.0, 0.0, 9.81])


@dataclass(frozen=True)
class Swing:
    """Columns of a sensor that swings about and is shaken, all its errors a bias."""

    gyro_rad_s: Column
    accel_m_s2: Column
    truth: Column
    rate_hz: float


def swing(
    rate_hz: float = 100.0, duration_s: float = 60.0, bias_deg_s: float = 0.0, shake_m_s2: float = 3.0, seed: int = 1
) -> Swing:
    """Return a motion of sums of sines; the force is taken in the middle of each step."""
    rng = np.random.default_rng(seed)
    step_s = 1.0 / rate_hz
    t_s = (np.arange(round(duration_s * rate_hz)) + 0.5) * step_s
    waves = rng.uniform(0.3, 1.5, (3, 4)), rng.uniform(0.0, 6.0, (3, 4)), rng.normal(0.0, 0.6, (3, 4))
    rate = np.stack(
        [(a * np.sin(2 * np.pi * f * t_s[:, None] + p)).sum(axis=1) for f, p, a in zip(*waves, strict=True)], 1
    )
    start = turns.normalise(rng.normal(0.0, 1.0, 4))
    step = turns.from_rotation_vector(rate * step_s)
    truth = turns.multiply(start, turns.prefix_product(step))
    middle = turns.multiply(truth, turns.from_rotation_vector(-0.5 * step_s * rate))
    shake = shake_m_s2 * np.sin(2 * np.pi * np.array([1.3, 1.4, 2.7]) * t_s[:, None] + rng.uniform(0.0, 6.0, 3))
    accel = turns.rotate(turns.conjugate(middle), GRAVITY + shake)
    gyro = rate + np.radians(bias_deg_s) * np.array([1.0, -1.0, 1.0]) + rng.normal(0.0, 0.002, rate.shape)
    return Swing(gyro, accel + rng.normal(0.0, 0.02, accel.shape), truth, rate_hz)


def inclination_deg(rows: Column, truth: Column) -> float:
    """Return the rms inclination error in deg."""
    return float(np.sqrt(np.mean(turns.inclination_deg(rows, truth) ** 2)))


def heading_deg(rows: Column, truth: Column) -> float:
    """Return the rms heading error in deg after the best constant offset."""
    heading = turns.heading_rad(rows, truth)
    return float(
        np.degrees(np.sqrt(np.mean(np.angle(np.exp(1j * (heading - np.angle(np.exp(1j * heading).mean())))) ** 2)))
    )
