"""What a person's privacy costs: epsilon of the Gaussian mechanism, exact, for as many releases as there were rounds.

The rule of this file: a person is in one cohort of each round, and the cohort's sum carries all of the noise, so that
whatever is done to the sums afterwards costs nothing more. Balle and Wang 2018, theorem 8.
"""

from __future__ import annotations

import math

from scipy.optimize import brentq
from scipy.special import log_ndtr, ndtr

#: The delta that epsilon is stated at, as for files.
DELTA = 1e-5
#: Rounds that a person is asked in each year: one a season; and what they may cost together, as mu of a Gaussian
#: mechanism: epsilon 1.99.
ROUNDS_A_YEAR, YEAR_MU = 4, 0.5


def delta_of(epsilon: float, noise_multiplier: float) -> float:
    """Return the delta at which one release of sensitivity 1 and that noise is epsilon-private."""
    near = 0.5 / noise_multiplier - epsilon * noise_multiplier
    far = -0.5 / noise_multiplier - epsilon * noise_multiplier
    return float(ndtr(near) - math.exp(epsilon + float(log_ndtr(far))))


def epsilon_of(noise_multiplier: float, rounds: int, delta: float = DELTA) -> float:
    """Return the epsilon of a person after `rounds` releases; infinite without noise."""
    if noise_multiplier <= 0.0:
        return math.inf
    each = noise_multiplier / math.sqrt(max(rounds, 1))
    top = 1.0
    while delta_of(top, each) > delta:
        top *= 2.0
        if top > 600.0:
            return math.inf
    return (
        float(brentq(lambda epsilon: delta_of(epsilon, each) - delta, 0.0, top)) if delta_of(0.0, each) > delta else 0.0
    )
