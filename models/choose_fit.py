"""The group's prior from the logs of many people: a hierarchical linear model, fitted by expectation-maximisation.

The rule of this file: no person's rewards are kept, only fitted numbers. Coefficients of person i are
situation_i @ mean + a deviation of their own with the covariance between people (Laird & Ware 1982).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.choose import Array, GroupPrior

_ROUNDS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """One person's situation (s,), rows of features (n, d) as chosen, and rewards (n,)."""

    situation: Array
    rows: Array
    rewards: Array


def fit(logs: list[Log], source: str, ridge: float = 1.0) -> GroupPrior:
    """Return the prior of the group; ValueError where fewer people are given than a situation has numbers."""
    if not logs or len(logs) <= len(logs[0].situation):
        raise ValueError(f"{len(logs)} people are too few to learn a group from")
    situations = np.array([one.situation for one in logs])
    size = logs[0].rows.shape[1]
    mean, covariance, noise = np.zeros((situations.shape[1], size)), np.eye(size) * 0.1, 0.2
    grams = np.array([one.rows.T @ one.rows for one in logs])
    pulls = np.array([one.rows.T @ one.rewards for one in logs])
    squares, count = sum(float(one.rewards @ one.rewards) for one in logs), sum(len(one.rewards) for one in logs)
    left = np.linalg.inv(situations.T @ situations + ridge * np.eye(situations.shape[1]))
    for _ in range(_ROUNDS):
        precision = np.linalg.inv(covariance)
        expected = situations @ mean
        own = np.asarray(np.linalg.inv(precision + grams / noise), dtype=np.float64)
        thetas = np.einsum("nij,nj->ni", own, expected @ precision + pulls / noise)
        mean = left @ situations.T @ thetas
        apart = thetas - situations @ mean
        covariance = (apart.T @ apart + own.sum(axis=0) + 1e-3 * np.eye(size)) / len(logs)
        noise = (squares - 2.0 * float(np.sum(thetas * pulls)) + _expected_squares(grams, thetas, own)) / count
    return GroupPrior(mean, 0.5 * (covariance + covariance.T), noise, source)


def _expected_squares(grams: Array, thetas: Array, own: Array) -> float:
    return float(np.einsum("ni,nij,nj->", thetas, grams, thetas) + np.einsum("nij,nji->", grams, own))
