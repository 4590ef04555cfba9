"""What sensors make of the truth: noise, bias, drift, and the numbers a watch derives from them.

The rule of this file: every column here is what a tracker believes, never what is so.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware_sim.truth import Truth

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """A watch's or pod's own 1 Hz columns (n,): SI units, heading in deg clockwise from north."""

    latitude_deg: Array
    longitude_deg: Array
    elevation_m: Array
    speed_m_s: Array
    distance_m: Array
    heading_deg: Array
    accuracy_m: Array
    strides_per_min: Array
    step_speed_m_s: Array
    step_distance_m: Array
    pressure_pa: Array
    temperature_c: Array


def wander(rng: np.random.Generator, count: int, sigma: float, memory_s: float, smooth_s: float = 0.0) -> Array:
    """Return a Gauss-Markov column (count,) at 1 Hz with a standard deviation and a memory in s.

    First order, or with `smooth_s` second order: without kinks, as a receiver's own filter leaves it.
    """
    reach = int(5.0 * memory_s)
    kernel = np.exp(-np.arange(reach) / memory_s)
    if smooth_s > 0.0:
        kernel = kernel - np.exp(-np.arange(reach) / smooth_s)
    kernel *= sigma / np.sqrt(np.sum(kernel**2))
    white = rng.normal(0.0, 1.0, count + reach - 1)
    size = 1 << int(np.ceil(np.log2(len(white) + reach)))
    whole = np.fft.irfft(np.fft.rfft(white, size) * np.fft.rfft(kernel, size), size)
    return np.asarray(whole[reach - 1 : reach - 1 + count])


def watch(truth: Truth, rng: np.random.Generator, temperature_c: float) -> Watch:
    """Return what one watch or pod believes during a run.

    Position: 2.2 m smooth wander with 45 s memory and 0.1 m white per axis; Doppler speed 0.07 m/s; step speed off by
    a per-device factor of up to 3 %; barometer bias 60 Pa and 1.5 Pa noise; elevation tied to it.
    """
    count = len(truth.t_s)
    east = wander(rng, count, 2.2, 45.0, 6.0) + rng.normal(0.0, 0.1, count)
    north = wander(rng, count, 2.2, 45.0, 6.0) + rng.normal(0.0, 0.1, count)
    per_deg = 111_320.0
    speed = np.maximum(0.0, truth.speed_m_s + rng.normal(0.0, 0.07, count))
    step_speed = np.maximum(0.0, truth.speed_m_s * rng.normal(1.0, 0.012) + rng.normal(0.0, 0.04, count))
    air = truth.pressure_pa + rng.normal(0.0, 60.0) + rng.normal(0.0, 1.5, count)
    return Watch(
        latitude_deg=truth.latitude_deg + north / per_deg,
        longitude_deg=truth.longitude_deg + east / (per_deg * np.cos(np.radians(truth.latitude_deg))),
        elevation_m=truth.altitude_m + rng.normal(0.0, 2.0) + wander(rng, count, 0.25, 20.0),
        speed_m_s=speed,
        distance_m=np.cumsum(speed) * rng.normal(1.0, 0.003),
        heading_deg=np.mod(90.0 - np.degrees(truth.heading_rad) + rng.normal(0.0, 2.0, count), 360.0),
        accuracy_m=np.clip(3.5 + wander(rng, count, 0.6, 30.0), 1.5, 20.0),
        strides_per_min=0.5 * truth.cadence_spm + rng.normal(0.0, 0.3, count) * (truth.cadence_spm > 0.0),
        step_speed_m_s=step_speed,
        step_distance_m=np.cumsum(step_speed),
        pressure_pa=air,
        temperature_c=temperature_c + 8.0 * np.exp(-truth.t_s / 600.0) + rng.normal(0.0, 0.02, count),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Imu:
    """The errors of one inertial sensor: constant bias (3,) and white noise, SI units."""

    gyro_bias_rad_s: Array
    accel_bias_m_s2: Array
    gyro_noise_rad_s: float = 0.0015
    accel_noise_m_s2: float = 0.02

    def measure(self, rate: Array, force: Array, rng: np.random.Generator) -> tuple[Array, Array]:
        """Return gyroscope and accelerometer readings (n, 3) of true angular rate and specific force."""
        gyro = rate + self.gyro_bias_rad_s + rng.normal(0.0, self.gyro_noise_rad_s, rate.shape)
        return gyro, force + self.accel_bias_m_s2 + rng.normal(0.0, self.accel_noise_m_s2, force.shape)


def imu(rng: np.random.Generator) -> Imu:
    """Return the errors of one consumer sensor: 0.3 deg/s and 60 mm/s2 of bias (1 sigma)."""
    return Imu(rng.normal(0.0, np.radians(0.3), 3), rng.normal(0.0, 0.06, 3))


def strap_bpm(beats_s: Array, t_s: Array) -> tuple[Array, list[Array]]:
    """Return the strap's number at times in s (n,) from its last five beats, and the intervals in s since the last."""
    rr = np.diff(beats_s, prepend=2.0 * beats_s[0] - beats_s[1])  # the beat before the first, a like interval earlier
    last = np.searchsorted(beats_s, t_s, side="right")
    total = np.concatenate([[0.0], np.cumsum(rr)])
    from_beat = np.maximum(last - 5, 0)
    spent = total[last] - total[from_beat]
    bpm = np.divide(60.0 * (last - from_beat), spent, out=np.zeros(len(t_s)), where=spent > 0.0)
    edges = np.concatenate([[0], last])
    return bpm, [rr[a:b] for a, b in itertools.pairwise(edges.tolist())]
