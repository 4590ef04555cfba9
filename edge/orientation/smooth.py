"""The smoother after the run: orientation, bias, gyroscope scale and lever arm that explain the recording best.

The rule of this file: one maximum a posteriori estimate over a chain of nodes half a second apart, by Gauss-Newton
(Bell 1994, "The iterated Kalman smoother as a Gauss-Newton method"). Each node has the eight states of
`edge.orientation.model`; the whole chain shares nine numbers of scale and misalignment (rate = truth + bias + M truth)
and the lever from the joint that the sensor swings about (velocity = R (rate x lever) + the rest).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from edge import quaternion as turns
from edge.orientation.chain import solve_chain
from edge.orientation.model import (
    BIAS,
    GRAVITY_M_S2,
    TURN,
    Model,
    quiet,
    shortest_turn,
    tilt_from_force,
    transition,
    turn_variance,
    velocity_variance,
)
from edge.orientation.pieces import Pieces, spread_over
from edge.samples import Column

_Scalar = TypeVar("_Scalar", bound=np.generic)

START_WINDOW_S = 3.0
ITERATIONS = (2, 8)
"""Two are enough unless the bias is many times what was believed before."""
SETTLED_RAD_S = np.radians(0.05)
"""Bias that still moves farther than that in one step is not settled."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """What is known of the stretches between n + 1 nodes, before any estimate."""

    pieces: Pieces
    duration_s: Column
    """(n,)"""
    lost_rate_s: Column
    """(n,) how long the gyroscope was lost."""
    lost_force_s: Column
    """(n,) the same for the accelerometer."""
    resting: NDArray[np.bool_]
    """(n,)"""
    rate_rms_rad_s: Column
    """(n,)"""
    rate_rad_s: Column
    """(n, 3) mean rate."""


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The estimate at n + 1 nodes."""

    quaternion: Column
    """(n + 1, 4)"""
    bias_rad_s: Column
    """(n + 1, 3)"""
    velocity_m_s: Column
    """(n + 1, 2)"""
    scale: Column
    """(3, 3)"""
    lever_m: Column
    """(3,)"""


@dataclass(frozen=True, slots=True, eq=False)
class _Travelled:
    """The stretches (n) followed from their starts with the bias and scale of one solution."""

    through: Column
    """(n, k + 1, 4) turns since the node, at every piece's start and the end."""
    gain_m_s: Column
    """(n, 3) velocity gained, in the node's axes."""
    mean_gain_m_s: Column
    """(n, 3) its mean over the stretch."""
    rotation: Column
    """(n, k, 3, 3) turn since the node at every piece's start."""


def stretch_of(
    pieces: Pieces, each: int, lost_rate_s: Column | None, lost_force_s: Column | None, model: Model
) -> Stretch:
    """Return stretches of `each` pieces; what is lost (n,) is told sample by sample, or None."""
    pieces = _whole(pieces, each)
    duration_s = pieces.duration_s.reshape(-1, each).sum(axis=1)
    starts = np.arange(len(duration_s)) * each * len(pieces.within[0])
    lost = np.zeros(len(starts)) if lost_rate_s is None else np.add.reduceat(lost_rate_s, starts)
    unsure = np.zeros(len(starts)) if lost_force_s is None else np.add.reduceat(lost_force_s, starts)
    rate, force = (c.reshape(-1, each, 3).mean(axis=1) for c in (pieces.rate_rad_s, pieces.force_m_s2))
    rate_square, force_square = (c.reshape(-1, each).mean(axis=1) for c in (pieces.rate_square, pieces.force_square))
    variance = (rate_square - np.sum(rate**2, axis=1), force_square - np.sum(force**2, axis=1))
    still = quiet(model, *variance, rate) & (lost == 0.0) & (unsure == 0.0)
    resting = _long_enough(still, max(1, round(model.rest_after_s / float(np.median(duration_s)))))
    return Stretch(pieces, duration_s, lost, unsure, resting, np.sqrt(rate_square), rate)


def _whole(pieces: Pieces, each: int) -> Pieces:
    """Return the pieces with still ones of no duration at the end, up to a whole stretch."""
    missing = -len(pieces.duration_s) % each
    if not missing:
        return pieces
    a, b = pieces.within
    still = np.array([1.0, 0.0, 0.0, 0.0])
    return Pieces(
        within=(_longer(a.T, missing, np.ones(len(a))).T, _longer(b.T, missing, np.zeros(len(b))).T),
        turn=_longer(pieces.turn, missing, still),
        mean_rotation=_longer(pieces.mean_rotation, missing, np.eye(3)),
        gain_m_s=_longer(pieces.gain_m_s, missing, np.zeros(3)),
        rate_rad_s=_longer(pieces.rate_rad_s, missing, pieces.rate_rad_s[-1]),
        rate_square=_longer(pieces.rate_square, missing, pieces.rate_square[-1:]),
        force_m_s2=_longer(pieces.force_m_s2, missing, pieces.force_m_s2[-1]),
        force_square=_longer(pieces.force_square, missing, pieces.force_square[-1:]),
        duration_s=_longer(pieces.duration_s, missing, np.zeros(1)),
    )


def _longer(rows: NDArray[_Scalar], count: int, row: Column) -> NDArray[_Scalar]:
    """Return the rows with one row more, so many times."""
    longer = np.empty((len(rows) + count, *rows.shape[1:]), dtype=rows.dtype)
    longer[: len(rows)], longer[len(rows) :] = rows, row if rows.ndim > 1 else row[0]
    return longer


def _long_enough(still: NDArray[np.bool_], rows: int) -> NDArray[np.bool_]:
    """Return where it is still for at least so many rows on end."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], still.astype(np.int8), [0]])))
    long = np.repeat(edges[1::2] - edges[0::2] >= rows, 2)
    marks = np.zeros(len(still) + 1, dtype=np.int8)
    marks[edges[long]] = np.tile(np.array([1, -1], dtype=np.int8), int(long.sum()) // 2)
    return np.asarray(np.cumsum(marks[:-1]) > 0)


def smooth(stretch: Stretch, model: Model) -> Solution:
    """Return the best explanation of the stretches."""
    solution = _first_guess(stretch)
    for count in range(1, ITERATIONS[1] + 1):
        before, solution = solution.bias_rad_s, _improve(stretch, solution, model)
        if count >= ITERATIONS[0] and np.abs(solution.bias_rad_s - before).max() < SETTLED_RAD_S:
            break
    return solution


def all_samples(stretch: Stretch, solution: Solution) -> Column:
    """Return the orientations (samples, 4) of a solution."""
    through = _through(stretch, solution)
    share = np.linspace(0.0, 1.0, through.shape[1])[None, :, None]
    jump = turns.from_rotation_vector(share * _misfit(solution, through)[:, None])
    rows = turns.multiply(jump, turns.multiply(solution.quaternion[:-1, None], through))
    return spread_over(stretch.pieces, rows[:, :-1].reshape(-1, 4), rows[:, 1:].reshape(-1, 4))


def _through(stretch: Stretch, solution: Solution) -> Column:
    """Return the turns (n, k + 1, 4) since each node, at every piece's start and the end."""
    pieces, nodes = stretch.pieces, len(stretch.duration_s)
    slip = np.repeat(solution.bias_rad_s[:-1], len(pieces.turn) // nodes, axis=0) + pieces.rate_rad_s @ solution.scale.T
    slip = (pieces.mean_rotation @ slip[..., None])[..., 0] * pieces.duration_s[:, None]
    into_end = turns.rotate(turns.conjugate(pieces.turn), slip)
    steps = turns.multiply(pieces.turn, turns.from_rotation_vector(-into_end)).reshape(nodes, -1, 4)
    through = np.empty((nodes, steps.shape[1] + 1, 4))
    through[:, 0] = [1.0, 0.0, 0.0, 0.0]
    through[:, 1:] = turns.prefix_product(steps)
    return through


def _travel(stretch: Stretch, solution: Solution) -> _Travelled:
    through, nodes = _through(stretch, solution), len(stretch.duration_s)
    rotation = turns.as_matrix(through[:, :-1])
    gains = (rotation @ stretch.pieces.gain_m_s.reshape(nodes, -1, 3, 1))[..., 0]
    before = np.cumsum(gains, axis=1)
    lasting = stretch.pieces.duration_s.reshape(nodes, -1, 1)
    mean = ((before - 0.5 * gains) * lasting).sum(axis=1) / stretch.duration_s[:, None]
    return _Travelled(through, before[:, -1], mean, rotation)


def _first_guess(stretch: Stretch) -> Solution:
    """Return the tilt of the force averaged over some seconds in the axes that the gyroscope carries along."""
    nodes = len(stretch.duration_s) + 1
    nothing = Solution(
        np.tile([1.0, 0.0, 0.0, 0.0], (nodes, 1)),
        np.zeros((nodes, 3)),
        np.zeros((nodes, 2)),
        np.zeros((3, 3)),
        np.zeros(3),
    )
    travelled = _travel(stretch, nothing)
    carried = turns.prefix_product(np.concatenate([nothing.quaternion[:1], travelled.through[:, -1]]))
    force = turns.rotate(carried[:-1], travelled.gain_m_s)
    window = np.hanning(2 * round(0.5 * START_WINDOW_S / float(np.median(stretch.duration_s))) + 3)[1:-1]
    mean = np.stack([_same(force[:, axis], window) for axis in range(3)], axis=-1)
    length = np.sqrt(np.sum(mean * mean, axis=-1, keepdims=True))
    up = np.where(length > 0.0, mean / np.where(length > 0.0, length, 1.0), [0.0, 0.0, 1.0])
    up = np.concatenate([up, up[-1:]])
    tilts = np.concatenate([tilt_from_force(up[:1]), shortest_turn(up[1:], up[:-1])])
    return replace(nothing, quaternion=turns.multiply(turns.prefix_product(tilts), carried))


def _same(column: Column, window: Column) -> Column:
    """Return a moving sum (n,) centred on each row, for any n."""
    half = len(window) // 2
    return np.convolve(column, window)[half : half + len(column)]


def _misfit(solution: Solution, through: Column) -> Column:
    """Return by how much (n, 3) each node is turned from where the stretch before it leads."""
    led = turns.multiply(solution.quaternion[:-1], through[:, -1])
    return turns.to_rotation_vector(turns.multiply(solution.quaternion[1:], turns.conjugate(led)))


@dataclass(frozen=True, slots=True, eq=False)
class _System:
    """Normal equations: a chain of nodes and, at its border, the numbers that all of it shares."""

    diagonal: Column
    upper: Column
    right: Column
    """(n + 1, 8, 1 + b): the right side, then the columns of the border."""
    border: Column
    """(b, b)"""
    border_right: Column
    """(b,)"""


def _improve(stretch: Stretch, solution: Solution, model: Model) -> Solution:
    """Return the solution after one Gauss-Newton step."""
    travelled = _travel(stretch, solution)
    turned = stretch.pieces.mean_rotation.reshape(*travelled.rotation.shape) * stretch.pieces.duration_s.reshape(
        len(stretch.duration_s), -1, 1, 1
    )
    turned = (turns.as_matrix(solution.quaternion[:-1])[:, None] @ travelled.rotation) @ turned
    system = _chain(stretch, solution, model, travelled, turned)
    system = _with_velocity(stretch, solution, model, travelled, turned.sum(axis=1), system)
    system = _with_rest(stretch, solution, model, _with_beliefs(system, solution, model))
    answer = solve_chain(system.diagonal, system.upper, system.right)
    tied = np.swapaxes(system.right[:, :, 1:], 1, 2)
    pull = (tied @ answer).sum(axis=0)
    shared = np.linalg.solve(system.border - pull[:, 1:], system.border_right - pull[:, 0])
    change = answer[:, :, 0] - answer[:, :, 1:] @ shared
    return Solution(
        quaternion=turns.normalise(turns.multiply(turns.from_rotation_vector(change[:, TURN]), solution.quaternion)),
        bias_rad_s=solution.bias_rad_s + change[:, BIAS],
        velocity_m_s=solution.velocity_m_s + change[:, :2],
        scale=solution.scale + shared[:9].reshape(3, 3),
        lever_m=solution.lever_m + shared[9:],
    )


def _chain(stretch: Stretch, solution: Solution, model: Model, travelled: _Travelled, turned: Column) -> _System:
    """Return the equations that tie each node to the next."""
    nodes, duration_s = len(stretch.duration_s), stretch.duration_s
    step = transition(turned.sum(axis=1), duration_s)
    short = _shortfall(solution, travelled, duration_s)
    weight = 1.0 / _walk_variance(stretch, model)
    pieces_rate = stretch.pieces.rate_rad_s.reshape(nodes, -1, 3)
    shared = np.zeros((nodes, 8, 12))
    flat = turned.reshape(nodes, -1, 9)
    shared[:, TURN, :9] = (np.swapaxes(flat, 1, 2) @ pieces_rate).reshape(nodes, 3, 9)
    known = np.concatenate([-short[..., None], shared], axis=2)
    weighted_step = np.swapaxes(step * weight[..., None], 1, 2)
    diagonal, right = np.zeros((nodes + 1, 8, 8)), np.zeros((nodes + 1, 8, 13))
    diagonal[:-1] = weighted_step @ step
    diagonal[1:, range(8), range(8)] += weight
    right[:-1] = -weighted_step @ known
    right[1:] += weight[..., None] * known
    border = np.swapaxes(shared, 1, 2) @ (weight[..., None] * known)
    return _System(diagonal, -weighted_step, right, border[..., 1:].sum(axis=0), border[..., 0].sum(axis=0))


def _shortfall(solution: Solution, travelled: _Travelled, duration_s: Column) -> Column:
    """Return by how much (n, 8) each node differs from what the stretch before it predicts."""
    gain = turns.rotate(solution.quaternion[:-1], travelled.gain_m_s)[:, :2]
    short = np.empty((len(duration_s), 8))
    short[:, :2] = np.diff(solution.velocity_m_s, axis=0) - gain
    short[:, TURN] = _misfit(solution, travelled.through)
    short[:, BIAS] = np.diff(solution.bias_rad_s, axis=0)
    return short


def _walk_variance(stretch: Stretch, model: Model) -> Column:
    """Return the variances (n, 8) of what each stretch adds that nothing predicts."""
    variance = np.empty((len(stretch.duration_s), 8))
    unsure = (model.lost_force_m_s2 * stretch.lost_force_s) ** 2
    variance[:, :2] = (model.force_noise_m_s15**2 * stretch.duration_s + unsure)[:, None]
    variance[_blind(stretch), :2] = 1e6
    turn = turn_variance(model, stretch.rate_rms_rad_s, stretch.resting) * stretch.duration_s
    variance[:, TURN] = (turn + model.lost_turn_rad_s05**2 * stretch.lost_rate_s)[:, None]
    variance[:, BIAS] = (model.bias_noise_rad_s15**2 * stretch.duration_s)[:, None]
    return variance


def _blind(stretch: Stretch) -> NDArray[np.bool_]:
    """Return the stretches (n,) in which the accelerometer was lost for more than half of the time."""
    return np.asarray(stretch.lost_force_s > 0.5 * stretch.duration_s)


def _with_beliefs(system: _System, solution: Solution, model: Model) -> _System:
    """Return the equations with what is believed before the recording; the heading of the first node is kept."""
    diagonal, right, border = system.diagonal, system.right, system.border.copy()
    diagonal[0, [2, 3, 4], [2, 3, 4]] += [1e-2, 1e-2, 1e6]
    diagonal[0, range(5, 8), range(5, 8)] += 1.0 / model.bias_rad_s**2
    right[0, BIAS, 0] -= solution.bias_rad_s[0] / model.bias_rad_s**2
    believed = np.repeat([1.0 / model.scale**2, 1.0 / model.lever_m**2], [9, 3])
    border[range(12), range(12)] += believed
    shared = np.concatenate([solution.scale.ravel(), solution.lever_m])
    return _System(diagonal, system.upper, right, border, system.border_right - believed * shared)


def _with_velocity(
    stretch: Stretch, solution: Solution, model: Model, travelled: _Travelled, turned: Column, system: _System
) -> _System:
    """Return the equations with the mean velocity of every stretch bounded."""
    duration_s = stretch.duration_s
    allowed = velocity_variance(model, stretch.rate_rms_rad_s, stretch.resting, duration_s)
    weight = np.where(_blind(stretch), 0.0, 1.0 / allowed)[:, None, None]
    at = turns.as_matrix(solution.quaternion)
    swing = np.diff(at, axis=0)[:, :2] / duration_s[:, None, None]
    mean = solution.velocity_m_s[:-1] + turns.rotate(solution.quaternion[:-1], travelled.mean_gain_m_s)[:, :2]
    seen = _mean_velocity(turned, duration_s)
    known = np.concatenate([(swing @ solution.lever_m - mean)[..., None], -swing], axis=2) * weight
    turned_seen = np.swapaxes(seen, 1, 2)
    system.diagonal[:-1] += turned_seen @ (seen * weight)
    system.right[:-1, :, [0, 10, 11, 12]] += turned_seen @ known
    tied = np.swapaxes(-swing, 1, 2) @ known
    system.border[9:, 9:] += tied[..., 1:].sum(axis=0)
    system.border_right[9:] += tied[..., 0].sum(axis=0)
    return system


def _mean_velocity(turned: Column, duration_s: Column) -> Column:
    """Return what the mean velocity of a stretch shows of the eight states at its start, (n, 2, 8)."""
    seen = np.zeros((len(duration_s), 2, 8))
    half = 0.5 * GRAVITY_M_S2 * duration_s
    seen[:, 0, 0] = seen[:, 1, 1] = 1.0
    seen[:, 0, 3], seen[:, 1, 2] = half, -half
    seen[:, 0, BIAS] = -half[:, None] / 3.0 * turned[:, 1]
    seen[:, 1, BIAS] = half[:, None] / 3.0 * turned[:, 0]
    return seen


def _with_rest(stretch: Stretch, solution: Solution, model: Model, system: _System) -> _System:
    """Return the equations with the mean rate at rest taken for bias."""
    sure = np.where(stretch.resting, stretch.duration_s / model.rest_rate_rad_s**2, 0.0)[:, None]
    system.diagonal[:-1, range(5, 8), range(5, 8)] += sure
    system.right[:-1, BIAS, 0] += sure * (stretch.rate_rad_s - solution.bias_rad_s[:-1])
    return system
