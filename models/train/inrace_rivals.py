"""The big rival of the in-race model: boosted trees on the absolute error, too large to be shipped.

The rule of this file: the rival sees exactly what the model sees, fold by fold.
"""

from __future__ import annotations

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor

from models.inrace import MARATHON_KM, Array, linear
from models.train.inrace_runners import Finishers
from models.train.inrace_training import PARTS, target


def trees_held_out(finishers: Finishers, seed: int = 0, parts: int = PARTS) -> Array:
    """Return the finish in s (n,) of every finisher by 150 trees of 15 leaves that never saw them."""
    fold = np.random.default_rng(seed).permutation(len(finishers)) % parts
    inputs = linear(finishers.point_km, finishers.splits_s, finishers.age, finishers.female)[:, 1:]
    (truth, left), found = target(finishers), np.empty(len(finishers))
    for part in range(parts):
        seen = fold != part
        trees = HistGradientBoostingRegressor(
            loss="absolute_error",
            max_iter=150,
            learning_rate=0.08,
            max_leaf_nodes=15,
            min_samples_leaf=40,
            random_state=0,
        )
        found[~seen] = trees.fit(inputs[seen], truth[seen], sample_weight=left[seen]).predict(inputs[~seen])
    so_far = finishers.splits_s[:, -1]
    return np.asarray(so_far + so_far * (MARATHON_KM / finishers.point_km - 1.0) * np.exp(found))
