"""Linear systems that are chains: every unknown is tied to its two neighbours only.

The rule of this file: odd-even reduction (Heller 1976, "Some aspects of the cyclic reduction algorithm for block
tridiagonal linear systems"): every second unknown is expressed by its neighbours, all at once, until one is left.
"""

from __future__ import annotations

import numpy as np

from edge.samples import Column


def solve_chain(diagonal: Column, upper: Column, right: Column) -> Column:
    """Return x (n, k, m) of a symmetric positive definite chain (n, k, k), (n - 1, k, k) = right (n, k, m).

    `upper[i]` ties unknown i to i + 1. The work grows with n; the depth is log2 n.
    """
    if len(diagonal) == 1:
        return np.asarray(np.linalg.solve(diagonal, right))
    k, odd = diagonal.shape[1], len(diagonal) // 2
    left_of = np.swapaxes(upper[0::2], 1, 2)
    after = upper[1::2]
    ties = np.zeros((odd, k, 2 * k + right.shape[2]))
    ties[:, :, :k] = left_of
    ties[: len(after), :, k : 2 * k] = after
    ties[:, :, 2 * k :] = right[1::2]
    solved = np.linalg.solve(diagonal[1::2], ties)
    back, ahead = solved[:, :, :k], solved[: len(after), :, k : 2 * k]
    from_left = upper[0::2] @ solved
    from_right = np.swapaxes(after, 1, 2) @ solved[: len(after)]
    middle, middle_right = diagonal[0::2].copy(), right[0::2].copy()
    middle[:odd] -= from_left[:, :, :k]
    middle_right[:odd] -= from_left[:, :, 2 * k :]
    middle[1 : len(after) + 1] -= from_right[:, :, k : 2 * k]
    middle_right[1 : len(after) + 1] -= from_right[:, :, 2 * k :]
    even = solve_chain(middle, -from_left[: len(middle) - 1, :, k : 2 * k], middle_right)
    x = np.empty_like(right)
    x[0::2] = even
    x[1::2] = solved[:, :, 2 * k :] - back @ even[:odd]
    x[1 : 2 * len(after) : 2] -= ahead @ even[1 : len(after) + 1]
    return x
