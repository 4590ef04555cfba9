"""How likely a fix, or none, is under the open sky, behind walls or at a cabin's window; and steps on foot or seated.

The rule of this file: log likelihood ratios of one sample, each bounded, so that no single sample decides alone. The
shares and accuracies are assumptions, round numbers for phones of today, stated here and nowhere fitted to a recording.
"""

from __future__ import annotations

from math import exp, isfinite, lgamma, log, pi, sqrt

#: Share of asked fixes that come, and mixtures (weight, median accuracy in m, spread of its logarithm).
OPEN = (0.94, ((0.75, 8.0, 0.45), (0.25, 15.0, 0.55)))
STREET = (0.9, ((1.0, 16.0, 0.55),))
WALLS = (0.2, ((0.9, 75.0, 0.5), (0.1, 60.0, 0.8)))
WINDOW = (0.3, ((1.0, 18.0, 0.65),))
#: Steps/s and weight: standing about and walking; seated.
ON_FOOT = ((0.15, 0.05), (0.2, 0.15), (0.2, 0.3), (0.15, 0.5), (0.3, 1.7))
SEATED = ((0.97, 0.006), (0.03, 0.05))
MOST_FIX, LEAST_FIX = 5.0, -2.5
MOST_STEPS, LEAST_STEPS = 4.0, -8.0
WALK_M_S = (0.4, 1.8)
"""Speed of a walk, in m/s; who stands is slower, an aircraft that taxies faster."""
WALK_LLR = 1.5

_Sky = tuple[float, tuple[tuple[float, float, float], ...]]


def sky_llr(accuracy_m: float, against: _Sky) -> float:
    """Return the log likelihood ratio of a fix's accuracy in m (NaN: none came), open sky against another one."""
    ratio = log(fix_likelihood(accuracy_m, OPEN) / fix_likelihood(accuracy_m, against))
    return min(max(ratio, LEAST_FIX), MOST_FIX)


def fix_likelihood(accuracy_m: float, sky: _Sky) -> float:
    """Return the likelihood of a fix's accuracy in m under a sky, or of none (NaN)."""
    share, parts = sky
    if not isfinite(accuracy_m):
        return 1.0 - share
    x = log(max(accuracy_m, 0.5))
    return share * sum(w * exp(-(((x - log(m)) / s) ** 2) / 2.0) / (s * sqrt(2.0 * pi)) for w, m, s in parts) + 1e-9


def steps_llr(steps: float, for_s: float) -> float:
    """Return the log likelihood ratio of so many steps in so many s, on foot against seated; 0 if uncounted."""
    if not (steps >= 0.0 and for_s > 0.0):
        return 0.0
    ratio = log(steps_likelihood(steps, for_s, ON_FOOT) / steps_likelihood(steps, for_s, SEATED))
    return min(max(ratio, LEAST_STEPS), MOST_STEPS)


def steps_likelihood(count: float, for_s: float, rates: tuple[tuple[float, float], ...]) -> float:
    """Return the likelihood of a count under a mixture of rates, without underflow."""
    return sum(w * exp(count * log(r * for_s) - r * for_s - lgamma(count + 1.0)) for w, r in rates) + 1e-12


def speed_llr(speed_m_s: float) -> float:
    """Return the log likelihood ratio of a device's speed in m/s, on foot against seated: only a walk speaks."""
    return WALK_LLR if WALK_M_S[0] <= speed_m_s <= WALK_M_S[1] else 0.0
