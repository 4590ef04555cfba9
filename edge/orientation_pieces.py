"""A recording cut into pieces of a twentieth of a second, each integrated from its own start, once.

The rule of this file: what is summed up here holds whatever the orientation and (to first order in bias times piece)
whatever the bias (Forster et al. 2017, "On-manifold preintegration", section VI); every later iteration of the
smoother works on pieces and never touches the samples again. Samples stand as (m, pieces): the loop over the m
samples of a piece runs over all pieces at once. Quaternions are pairs of complex numbers, see `edge.quaternion`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge import quaternion as turns
from edge.samples import Column

_Complex = NDArray[np.complex128]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Columns over p pieces of m samples each."""

    within: tuple[_Complex, _Complex]
    """(m, p) twice: turns since the piece's start by the raw gyroscope."""
    turn: Column
    """(p, 4) the last of them."""
    mean_rotation: Column
    """(p, 3, 3) mean over the piece, into the axes of its start."""
    gain_m_s: Column
    """(p, 3) integral of the specific force, in the axes of its start."""
    rate_rad_s: Column
    """(p, 3) mean rate."""
    duration_s: Column
    """(p,)"""


def cut(gyro_rad_s: Column, accel_m_s2: Column, step_s: Column, samples: int) -> Pieces:
    """Return the pieces of whole columns (n, 3) and times (n,); n is a multiple of `samples`."""
    rate, force = _by_piece(gyro_rad_s, samples), _by_piece(accel_m_s2, samples)
    steps = step_s.reshape(-1, samples).T
    duration_s = steps.sum(axis=0)
    a, b = _prefix(*_small_turns(rate, 0.5 * steps))
    turn = turns.normalise(_columns(a[-1], b[-1]))
    weight = np.where(duration_s > 0.0, duration_s, 1.0)
    return Pieces(
        within=(a, b),
        turn=turn,
        mean_rotation=_mean_rotation(turn),
        gain_m_s=_gain(a, b, force, steps),
        rate_rad_s=((rate * steps).sum(axis=1) / weight).T,
        duration_s=duration_s,
    )


def _by_piece(columns: Column, samples: int) -> Column:
    """Return columns (n, 3) as (3, samples, pieces)."""
    return np.ascontiguousarray(columns.reshape(-1, samples, 3).transpose(2, 1, 0))


def _columns(a: _Complex, b: _Complex) -> Column:
    return np.stack([a.real, a.imag, b.real, b.imag], axis=-1)


def _small_turns(rate: Column, half_s: Column) -> tuple[_Complex, _Complex]:
    """Return the turns of each sample; sine and cosine by their series, exact to 1e-12 below 60 deg a sample."""
    half = rate * half_s
    x = half[0] * half[0] + half[1] * half[1] + half[2] * half[2]
    if x.size and float(x.max()) > 0.27:
        angle = np.sqrt(x)
        cosine, ratio = np.cos(angle), np.sinc(angle / np.pi)
    else:
        cosine = 1.0 - x / 2.0 * (1.0 - x / 12.0 * (1.0 - x / 30.0 * (1.0 - x / 56.0 * (1.0 - x / 90.0))))
        ratio = 1.0 - x / 6.0 * (1.0 - x / 20.0 * (1.0 - x / 42.0 * (1.0 - x / 72.0 * (1.0 - x / 110.0))))
    a, b = np.empty(x.shape, dtype=np.complex128), np.empty(x.shape, dtype=np.complex128)
    a.real, a.imag = cosine, ratio * half[0]
    b.real, b.imag = ratio * half[1], ratio * half[2]
    return a, b


def _prefix(a: _Complex, b: _Complex) -> tuple[_Complex, _Complex]:
    for row in range(1, len(a)):
        c, d, e, f = a[row - 1], b[row - 1], a[row], b[row]
        a[row], b[row] = c * e - d * np.conj(f), c * f + d * np.conj(e)
    return a, b


def _gain(a: _Complex, b: _Complex, force: Column, steps: Column) -> Column:
    """Return the integral (p, 3) of the force turned into the axes of the piece's start.

    A gyroscope sample is the mean rate of the step it ends, a force sample is taken in its middle: so the force is
    turned by half the step less.
    """
    first, second = a.copy(), b.copy()
    first[1:] += a[:-1]
    second[1:] += b[:-1]
    first[0] += 1.0
    w, x, y, z = first.real, first.imag, second.real, second.imag
    scale = 2.0 * steps / (w * w + x * x + y * y + z * z)
    p = y * force[2] - z * force[1]
    q = z * force[0] - x * force[2]
    r = x * force[1] - y * force[0]
    gain = np.empty((a.shape[1], 3))
    gain[:, 0] = (steps * force[0] + scale * (w * p + y * r - z * q)).sum(axis=0)
    gain[:, 1] = (steps * force[1] + scale * (w * q + z * p - x * r)).sum(axis=0)
    gain[:, 2] = (steps * force[2] + scale * (w * r + x * q - y * p)).sum(axis=0)
    return gain


def _mean_rotation(turn: Column) -> Column:
    """Return the mean rotation (p, 3, 3) over pieces that turn steadily, by Simpson's rule."""
    half = turns.from_rotation_vector(0.5 * turns.to_rotation_vector(turn))
    return (np.eye(3) + 4.0 * turns.as_matrix(half) + turns.as_matrix(turn)) / 6.0


def spread_over(pieces: Pieces, start: Column, end: Column) -> Column:
    """Return orientations (n, 4) of all samples from those at the start and end of each piece (p, 4).

    What must be added to the raw turns changes by bias times piece; in between it is interpolated.
    """
    a, b = pieces.within
    last = turns.multiply(end, turns.conjugate(pieces.turn))
    last = np.where(np.sum(last * start, axis=-1, keepdims=True) < 0.0, -last, last)
    share = np.arange(1.0, len(a) + 1.0)[:, None] / len(a)
    c0, d0 = start[:, 0] + 1j * start[:, 1], start[:, 2] + 1j * start[:, 3]
    c1, d1 = last[:, 0] + 1j * last[:, 1], last[:, 2] + 1j * last[:, 3]
    c, d = c0 + share * (c1 - c0), d0 + share * (d1 - d0)
    closeness = np.sum(last * start, axis=-1)
    scale = 1.0 / np.sqrt(1.0 - 2.0 * share * (1.0 - share) * (1.0 - closeness))
    rows = np.empty((a.shape[1], a.shape[0], 2), dtype=np.complex128)
    rows[..., 0] = (scale * (c * a - d * np.conj(b))).T
    rows[..., 1] = (scale * (c * b + d * np.conj(a))).T
    return rows.reshape(-1, 2).view(np.float64)
