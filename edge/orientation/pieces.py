"""A recording cut into pieces of a tenth of a second, each integrated from its own start, once.

The rule of this file: what is summed up here holds whatever the orientation and (to first order in bias times piece)
whatever the bias (Forster et al. 2017, "On-manifold preintegration", section VI); every later iteration of the
smoother works on pieces and never touches the samples again. Samples stand as (m, pieces): the loop over the m
samples of a piece runs over all pieces at once. Quaternions are pairs of complex numbers, see `edge.quaternion`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from edge import quaternion as turns
from edge.samples import Column

Complex: TypeAlias = NDArray[np.complex128]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Columns over p pieces of m samples each."""

    within: tuple[Complex, Complex]
    """(m, p) twice: turns since the piece's start by the raw gyroscope."""
    turn: Column
    """(p, 4) the last of them."""
    mean_rotation: Column
    """(p, 3, 3) mean over the piece, into the axes of its start."""
    gain_m_s: Column
    """(p, 3) integral of the specific force, in the axes of its start."""
    rate_rad_s: Column
    """(p, 3) mean rate."""
    rate_square: Column
    """(p,) mean of its square."""
    force_m_s2: Column
    """(p, 3) mean force, sensor axes."""
    force_square: Column
    """(p,)"""
    duration_s: Column
    """(p,)"""


SLAB = 1 << 13
"""Samples at a time: all columns of a slab stay in the processor's cache."""


def cut(gyro_rad_s: Column, accel_m_s2: Column, step_s: Column, samples: int) -> Pieces:
    """Return the pieces of columns (n, 3) and times (n,); what is missing of the last piece stands still."""
    rows, whole = max(1, SLAB // samples) * samples, -(-len(gyro_rad_s) // samples)
    within = np.empty((samples, whole), dtype=np.complex128), np.empty((samples, whole), dtype=np.complex128)
    sums = np.empty((whole, 11))
    for at in range(0, len(gyro_rad_s), rows):
        to = at + rows
        pieces = slice(at // samples, to // samples)
        steps = _by_piece(step_s[at:to, None], samples, 0.0)[0]
        rate, force = _by_piece(gyro_rad_s[at:to], samples), _by_piece(accel_m_s2[at:to], samples)
        a, b = _prefix(*small_turns(rate, 0.5 * steps))
        within[0][:, pieces], within[1][:, pieces] = a, b
        sums[pieces, 0:3] = gain(a, b, force, steps).T
        sums[pieces, 3:6], sums[pieces, 6] = rate.sum(axis=1).T / samples, mean_square(rate)
        sums[pieces, 7:10], sums[pieces, 10] = force.sum(axis=1).T / samples, mean_square(force)
    turn = turns.normalise(_columns(within[0][-1], within[1][-1]))
    duration_s = np.add.reduceat(step_s, np.arange(0, len(step_s), samples))
    return Pieces(
        within,
        turn,
        _mean_rotation(turn),
        sums[:, :3],
        sums[:, 3:6],
        sums[:, 6],
        sums[:, 7:10],
        sums[:, 10],
        duration_s,
    )


def _by_piece(columns: Column, samples: int, fill: float | None = None) -> Column:
    """Return columns (n, k) as (k, samples, pieces); the last row is repeated, or `fill`, up to a whole piece."""
    missing = -len(columns) % samples
    if missing:
        end = columns[-1:] if fill is None else np.full((1, columns.shape[1]), fill)
        columns = np.concatenate([columns, np.repeat(end, missing, axis=0)])
    return np.ascontiguousarray(columns.reshape(-1, samples, columns.shape[1]).transpose(2, 1, 0))


def mean_square(vectors: Column) -> Column:
    """Return the mean square length (p,) of vectors (3, m, p)."""
    x, y, z = vectors
    return np.asarray((x * x + y * y + z * z).sum(axis=0) / vectors.shape[1])


def _columns(a: Complex, b: Complex) -> Column:
    return np.stack([a.real, a.imag, b.real, b.imag], axis=-1)


def small_turns(rate: Column, half_s: Column) -> tuple[Complex, Complex]:
    """Return the turns (m, p) of each sample (3, m, p); the sine's series is exact to 1e-12 below 60 deg."""
    half = rate * half_s
    x = half[0] * half[0] + half[1] * half[1] + half[2] * half[2]
    if x.size and float(x.max()) > 0.27:
        angle = np.sqrt(x)
        cosine, ratio = np.cos(angle), np.sinc(angle / np.pi)
    else:
        ratio = _SINE[0] * x
        for term in _SINE[1:]:
            ratio += term
            ratio *= x
        ratio += 1.0
        cosine = np.sqrt(1.0 - ratio * ratio * x)
    a, b = np.empty(x.shape, dtype=np.complex128), np.empty(x.shape, dtype=np.complex128)
    a.real, a.imag = cosine, ratio * half[0]
    b.real, b.imag = ratio * half[1], ratio * half[2]
    return a, b


_SINE = tuple((-1.0) ** k / math.factorial(2 * k + 1) for k in range(5, 0, -1))
"""Of the series of sin(x) / x in x squared, from the fifth power to the first."""


def prefix_pairs(a: Complex, b: Complex) -> tuple[Complex, Complex]:
    """Return the running products of quaternions (m, p) along the m rows: log2 m steps over all of them.

    Source: Hillis and Steele 1986, "Data parallel algorithms"; the fewest calls for the few rows of a block.
    """
    a, b, reach = a.copy(), b.copy(), 1
    while reach < len(a):
        a[reach:], b[reach:] = product(a[:-reach], b[:-reach], a[reach:], b[reach:])
        reach *= 2
    return a, b


def product(a: Complex, b: Complex, c: Complex, d: Complex) -> tuple[Complex, Complex]:
    """Return (a + bj)(c + dj)."""
    return a * c - b * np.conj(d), a * d + b * np.conj(c)


def _prefix(a: Complex, b: Complex) -> tuple[Complex, Complex]:
    for row in range(1, len(a)):
        a[row], b[row] = product(a[row - 1], b[row - 1], a[row], b[row])
    return a, b


def gain(a: Complex, b: Complex, force: Column, steps: Column) -> Column:
    """Return the integral (3, p) of the force turned into the axes of the piece's start.

    A gyroscope sample is the mean rate of the step it ends, a force sample is taken in its middle: so the force is
    turned by half the step less.
    """
    first, second = a.copy(), b.copy()
    first[1:] += a[:-1]
    second[1:] += b[:-1]
    first[0] += 1.0
    w, x, y, z = first.real.copy(), first.imag.copy(), second.real.copy(), second.imag.copy()
    scale = 2.0 * steps / (w * w + x * x + y * y + z * z)
    p = y * force[2] - z * force[1]
    q = z * force[0] - x * force[2]
    r = x * force[1] - y * force[0]
    gain = np.empty((3, a.shape[1]))
    gain[0] = (steps * force[0] + scale * (w * p + y * r - z * q)).sum(axis=0)
    gain[1] = (steps * force[1] + scale * (w * q + z * p - x * r)).sum(axis=0)
    gain[2] = (steps * force[2] + scale * (w * r + x * q - y * p)).sum(axis=0)
    return gain


def _mean_rotation(turn: Column) -> Column:
    """Return the mean rotation (p, 3, 3) over pieces that turn steadily, by Simpson's rule."""
    half = turns.from_rotation_vector(0.5 * turns.to_rotation_vector(turn))
    return (np.eye(3) + 4.0 * turns.as_matrix(half) + turns.as_matrix(turn)) / 6.0


def spread_over(pieces: Pieces, start: Column, end: Column) -> Column:
    """Return orientations (n, 4) of all samples from those at the start and end of each piece (p, 4).

    What must be added to the raw turns changes by bias times piece; in between it is interpolated.
    """
    last = turns.multiply(end, turns.conjugate(pieces.turn))
    last = np.where(np.sum(last * start, axis=-1, keepdims=True) < 0.0, -last, last)
    samples, count = pieces.within[0].shape
    rows = np.empty((count, samples, 2), dtype=np.complex128)
    share = np.arange(1.0, samples + 1.0)[:, None] / samples
    for at in range(0, count, max(1, SLAB // samples)):
        here = slice(at, at + max(1, SLAB // samples))
        a, b = pieces.within[0][:, here], pieces.within[1][:, here]
        c, d = _between(start[here], last[here], share)
        rows[here, :, 0] = (c * a - d * np.conj(b)).T
        rows[here, :, 1] = (c * b + d * np.conj(a)).T
    return rows.reshape(-1, 2).view(np.float64)


def _between(start: Column, end: Column, share: Column) -> tuple[Complex, Complex]:
    """Return unit quaternions (m, p) on the straight line between two close ones."""
    first, second = np.ascontiguousarray(start).view(np.complex128), np.ascontiguousarray(end).view(np.complex128)
    closeness = np.sum(start * end, axis=-1)
    change = second - first
    a, b = first[:, 0] + share * change[:, 0], first[:, 1] + share * change[:, 1]
    if closeness.size and float(closeness.min()) > 1.0 - 1e-8:  # the line is as good as the arc
        return a, b
    scale = 1.0 / np.sqrt(1.0 - 2.0 * share * (1.0 - share) * (1.0 - closeness))
    return scale * a, scale * b
