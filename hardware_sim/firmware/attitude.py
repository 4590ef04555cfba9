"""Attitudes in the forms that makers send: quaternion, angles, heading, gravity.

The rule of this file: from rotations sensor to east-north-up (n, 3, 3); nothing is remembered from row to row.
"""

from __future__ import annotations

import numpy as np

from hardware_sim.firmware.inertial import Array
from hardware_sim.gait import GRAVITY_M_S2


def quaternion(world_from_sensor: Array) -> Array:
    """Return unit quaternions w, x, y, z (n, 4) with w not negative."""
    m = world_from_sensor
    diagonal = m[:, 0, 0], m[:, 1, 1], m[:, 2, 2]
    signs = np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]])
    size = 0.5 * np.sqrt(np.maximum(0.0, 1.0 + signs @ np.stack(diagonal)))
    size[1] = np.copysign(size[1], m[:, 2, 1] - m[:, 1, 2])
    size[2] = np.copysign(size[2], m[:, 0, 2] - m[:, 2, 0])
    size[3] = np.copysign(size[3], m[:, 1, 0] - m[:, 0, 1])
    return np.asarray((size / np.linalg.norm(size, axis=0)).T)


def euler_deg(world_from_sensor: Array) -> Array:
    """Return roll, pitch and yaw (n, 3) in deg, of z-y-x turns."""
    m = world_from_sensor
    roll = np.arctan2(m[:, 2, 1], m[:, 2, 2])
    pitch = -np.arcsin(np.clip(m[:, 2, 0], -1.0, 1.0))
    return np.asarray(np.degrees(np.stack([roll, pitch, np.arctan2(m[:, 1, 0], m[:, 0, 0])], axis=1)))


def heading_deg(world_from_sensor: Array) -> Array:
    """Return where the x axis points (n,), in deg clockwise from north."""
    east, north = world_from_sensor[:, 0, 0], world_from_sensor[:, 1, 0]
    return np.asarray(np.mod(np.degrees(np.arctan2(east, north)), 360.0))


def gravity_m_s2(world_from_sensor: Array) -> Array:
    """Return the direction of up (n, 3) in the sensor's axes, as long as gravity is strong."""
    return np.asarray(GRAVITY_M_S2 * world_from_sensor[:, 2, :])
