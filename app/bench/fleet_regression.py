"""What a regression knows that was told everything: the ceiling of any prior over first runs.

The rule of this file: it learns from those who tell, with all their later heart rates, and is asked of the judged.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.bench.fleet_people import ASKED, Lived, belief
from models.sharing import crowd

Array = NDArray[np.float64]
_RIDGE = 10.0


def regression_bpm(tell: Lived, judge: Lived, known: int) -> float:
    """Return the mean absolute error in bpm on the asked runs of the judged, corrected by a ridge regression."""
    features, left = zip(*(_asked(one, known) for one in (tell, judge)), strict=True)
    centre, scale = features[0].mean(axis=0), features[0].std(axis=0) + 1e-9
    x, y = (features[0] - centre) / scale, np.nanmean(left[0], axis=0)
    ok = np.isfinite(y)
    x, y = x[ok], y[ok]
    weights = np.linalg.solve(x.T @ x + _RIDGE * np.eye(x.shape[1]), x.T @ (y - y.mean()))
    correction = (features[1] - centre) / scale @ weights + y.mean()
    return float(np.nanmean(np.abs(left[1] - correction)))


def _asked(of: Lived, known: int) -> tuple[Array, Array]:
    """Return what is known of each person (n, f), and what the bundled prior misses on the asked runs (runs, n)."""
    after = belief(of, known)
    parts = [of.mean[:, :4], after.mean, np.log(after.scatter_bpm2)[:, None]]
    for run in of.runs[:known]:
        heard = np.where(np.isfinite(run.hr_bpm), run.hr_bpm, 150.0)
        parts += [crowd.heart_rows(run)[:, 4:], crowd.log_speed(run)[:, None], heard[:, None]]
    left = np.array([of.runs[k].hr_bpm - crowd.expected_bpm(after, of.runs[k]) for k in ASKED])
    return np.hstack(parts), left
