"""Quaternions in columns (..., 4), w x y z: multiply, rotate, integrate, without a loop over samples.

The rule of this file: an array of quaternions is two complex numbers a row, w + xi and y + zi, so that the product
is (a + bj)(c + dj) = (ac - b d*) + (ad + b c*)j: four complex products for a whole column (Ward 1997, section 2.2).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from edge.samples import Column

_Complex = NDArray[np.complex128]


def _pair(quaternion: ArrayLike) -> tuple[_Complex, _Complex]:
    """Return the two complex numbers (...,) of quaternions (..., 4)."""
    q = np.ascontiguousarray(quaternion, dtype=np.float64)
    if q.shape[-1:] != (4,):
        raise ValueError(f"quaternions have four columns w, x, y, z; this array has shape {q.shape}")
    both = q.view(np.complex128)
    return both[..., 0], both[..., 1]


def multiply(left: ArrayLike, right: ArrayLike) -> Column:
    """Return the quaternion products (..., 4) of two broadcastable arrays (..., 4): first right turns, then left."""
    (a, b), (c, d) = _pair(left), _pair(right)
    first = a * c - b * np.conj(d)
    product = np.empty((*first.shape, 2), dtype=np.complex128)
    product[..., 0] = first
    product[..., 1] = a * d + b * np.conj(c)
    return np.asarray(product.view(np.float64))


def conjugate(quaternion: ArrayLike) -> Column:
    """Return the inverse rotations (..., 4) of unit quaternions (..., 4)."""
    return np.asarray(np.asarray(quaternion, dtype=np.float64) * [1.0, -1.0, -1.0, -1.0])


def normalise(quaternion: ArrayLike) -> Column:
    """Return quaternions (..., 4) of length one; NaN where the length is zero."""
    q = np.asarray(quaternion, dtype=np.float64)
    length = np.sqrt(q[..., 0] ** 2 + q[..., 1] ** 2 + q[..., 2] ** 2 + q[..., 3] ** 2)[..., None]
    return q / np.where(length > 0.0, length, np.nan)


def rotate(quaternion: ArrayLike, vector: ArrayLike) -> Column:
    """Return vectors (..., 3) turned by unit quaternions (..., 4), the shapes broadcast; same unit as the vectors."""
    q, v = np.asarray(quaternion, dtype=np.float64), np.asarray(vector, dtype=np.float64)
    w, x, y, z = q[..., 0], q[..., 1], q[..., 2], q[..., 3]
    a, b, c = v[..., 0], v[..., 1], v[..., 2]
    # v + 2 w (u x v) + 2 u x (u x v) with u the vector part
    p, r, s = 2.0 * (y * c - z * b), 2.0 * (z * a - x * c), 2.0 * (x * b - y * a)
    turned = np.empty((*p.shape, 3))
    turned[..., 0] = a + w * p + y * s - z * r
    turned[..., 1] = b + w * r + z * p - x * s
    turned[..., 2] = c + w * s + x * r - y * p
    return turned


def as_matrix(quaternion: ArrayLike) -> Column:
    """Return rotation matrices (..., 3, 3) of unit quaternions (..., 4); column k is where axis k goes."""
    q = np.asarray(quaternion, dtype=np.float64)
    return matrix_of_squares(q[..., :, None] * q[..., None, :])


def matrix_of_squares(squares: Column) -> Column:
    """Return matrices (..., 3, 3) of products q q' (..., 4, 4); of their mean it is the mean rotation."""
    return np.asarray((squares.reshape(-1, 16) @ _MATRIX).reshape(*squares.shape[:-2], 3, 3))


def _matrix_of_squares() -> Column:
    """Return what each product of two parts (16) adds to each element of the matrix (9)."""
    adds = np.zeros((4, 4, 3, 3))
    adds[0, 0] = np.eye(3)
    for k in range(3):
        adds[k + 1, k + 1] = -np.eye(3)
        for m in range(3):
            adds[k + 1, m + 1, k, m] += 2.0
    for k, m, n in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        adds[0, n + 1, m, k], adds[0, n + 1, k, m] = 2.0, -2.0
    return adds.reshape(16, 9)


_MATRIX = _matrix_of_squares()


def from_rotation_vector(turn_rad: ArrayLike) -> Column:
    """Return unit quaternions (..., 4) of rotation vectors (..., 3) in rad, exact for any angle."""
    turn = np.asarray(turn_rad, dtype=np.float64)
    half = 0.5 * np.sqrt(turn[..., 0] ** 2 + turn[..., 1] ** 2 + turn[..., 2] ** 2)
    quaternion = np.empty((*half.shape, 4))
    quaternion[..., 0] = np.cos(half)
    quaternion[..., 1:] = (0.5 * np.sinc(half / np.pi))[..., None] * turn
    return quaternion


def to_rotation_vector(quaternion: ArrayLike) -> Column:
    """Return rotation vectors (..., 3) in rad, shorter than pi, of unit quaternions (..., 4)."""
    q = np.asarray(quaternion, dtype=np.float64)
    q = np.where(q[..., :1] < 0.0, -q, q)
    sine = np.sqrt(np.sum(q[..., 1:] ** 2, axis=-1))
    angle = 2.0 * np.arctan2(sine, q[..., 0])
    return np.where(sine > 1e-12, angle / np.maximum(sine, 1e-12), 2.0)[..., None] * q[..., 1:]


def prefix_product(quaternion: ArrayLike) -> Column:
    """Return q0, q0 q1, q0 q1 q2, ... (..., n, 4) along the rows of quaternions (..., n, 4), in about 2n products.

    Source: Blelloch 1990, "Prefix sums and their applications": pairs first, then every second row from its pair.
    """
    q = np.asarray(quaternion, dtype=np.float64)
    if q.shape[-2] < 2:
        return q.copy()
    pairs = prefix_product(multiply(q[..., 0:-1:2, :], q[..., 1::2, :]))
    product = np.empty_like(q)
    product[..., 0, :] = q[..., 0, :]
    product[..., 1::2, :] = pairs
    rest = q[..., 2::2, :]
    product[..., 2::2, :] = multiply(pairs[..., : rest.shape[-2], :], rest)
    return product


def angle_deg(left: ArrayLike, right: ArrayLike) -> Column:
    """Return the angle in degrees (...,), 0 to 180, between two arrays of orientations (..., 4)."""
    between = multiply(conjugate(left), right)
    sine = np.sqrt(np.sum(between[..., 1:] ** 2, axis=-1))
    return np.asarray(np.degrees(2.0 * np.arctan2(sine, np.abs(between[..., 0]))))


def inclination_deg(left: ArrayLike, right: ArrayLike) -> Column:
    """Return the tilt part in degrees (...,) of the error between two orientations (..., 4), sensor to earth.

    Source: Laidig et al. 2021, "BROAD", equation 4: the error quaternion split into heading and inclination.
    """
    error = multiply(left, conjugate(right))
    return np.degrees(2.0 * np.arctan2(np.hypot(error[..., 1], error[..., 2]), np.hypot(error[..., 0], error[..., 3])))


def heading_rad(left: ArrayLike, right: ArrayLike) -> Column:
    """Return the heading part in rad (...,), -pi to pi, of the error between orientations (..., 4), sensor to earth."""
    error = multiply(left, conjugate(right))
    turn = 2.0 * np.arctan2(error[..., 3], error[..., 0])
    return np.asarray((turn + np.pi) % (2.0 * np.pi) - np.pi)
