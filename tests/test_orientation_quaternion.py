"""Laws of quaternions in columns, and of the chain solver."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from edge import quaternion as turns
from edge.orientation.chain import solve_chain

SEEDS = st.integers(0, 2**32 - 1)


def some(seed: int, *shape: int) -> np.ndarray:
    return turns.normalise(np.random.default_rng(seed).normal(0.0, 1.0, (*shape, 4)))


def scipys(quaternion: np.ndarray) -> Rotation:
    return Rotation.from_quat(np.roll(quaternion, -1, axis=-1))


@given(SEEDS)
def test_product_rotation_and_matrix_are_scipys(seed: int) -> None:
    p, q = some(seed, 7), some(seed + 1, 7)
    v = np.random.default_rng(seed).normal(0.0, 10.0, (7, 3))
    np.testing.assert_allclose(turns.as_matrix(turns.multiply(p, q)), (scipys(p) * scipys(q)).as_matrix(), atol=1e-12)
    np.testing.assert_allclose(turns.rotate(p, v), scipys(p).apply(v), atol=1e-11)


@given(SEEDS, st.floats(0.0, 3.1))
def test_rotation_vectors_go_there_and_back(seed: int, angle: float) -> None:
    axis = np.random.default_rng(seed).normal(0.0, 1.0, (5, 3))
    vector = angle * axis / np.linalg.norm(axis, axis=1, keepdims=True)
    np.testing.assert_allclose(turns.to_rotation_vector(turns.from_rotation_vector(vector)), vector, atol=1e-9)


@given(SEEDS, st.integers(0, 70))
def test_prefix_product_is_one_product_after_another(seed: int, count: int) -> None:
    q = some(seed, 2, count)
    expected, running = [], np.tile([1.0, 0.0, 0.0, 0.0], (2, 1))
    for k in range(count):
        running = turns.multiply(running, q[:, k])
        expected.append(running)
    np.testing.assert_allclose(turns.prefix_product(q), np.reshape(expected, (count, 2, 4)).swapaxes(0, 1), atol=1e-12)


@given(SEEDS)
def test_error_is_made_of_inclination_and_heading(seed: int) -> None:
    truth, turn, tilt = some(seed, 3), np.radians(40.0), np.radians(10.0)
    about_up = turns.from_rotation_vector([0.0, 0.0, turn])
    level = turns.from_rotation_vector([tilt, 0.0, 0.0])
    rows = turns.multiply(about_up, turns.multiply(level, truth))
    np.testing.assert_allclose(turns.inclination_deg(rows, truth), 10.0, atol=1e-9)
    np.testing.assert_allclose(turns.heading_rad(rows, truth), turn, atol=1e-9)
    np.testing.assert_allclose(turns.angle_deg(rows, rows), 0.0, atol=1e-6)


def test_anything_but_four_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="four columns"):
        turns.multiply(np.zeros((2, 3)), np.zeros((2, 4)))


@given(SEEDS, st.integers(1, 40))
def test_a_chain_is_solved_as_by_its_full_matrix(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    factor = np.tril(rng.normal(0.0, 1.0, (3 * count, 3 * count)))
    for row in range(3 * count):
        factor[row, : max(0, (row // 3 - 1) * 3)] = 0.0
    whole = factor @ factor.T + 3.0 * np.eye(3 * count)
    blocks = whole.reshape(count, 3, count, 3).swapaxes(1, 2)
    diagonal, upper = blocks[range(count), range(count)], blocks[range(count - 1), range(1, count)]
    right = rng.normal(0.0, 1.0, (count, 3, 2))
    solved = solve_chain(diagonal, upper, right)
    np.testing.assert_allclose(whole @ solved.reshape(-1, 2), right.reshape(-1, 2), atol=1e-8)
