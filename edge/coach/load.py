"""Training load of one run as one number, comparable across a person's runs.

The rule of this file: a load is a description, never a gate (the evidence is against ratios of loads).
"""

from __future__ import annotations

import math

#: Banister (1991), TRIMP: minutes x reserve x a exp(b x reserve), by sex; the mean of both where it is not said.
_WEIGHT = {"m": (0.64, 1.92), "f": (0.86, 1.67), "": (0.75, 1.80)}
#: Where heart rate was not recorded a run counts as an easy one.
EASY_RESERVE = 0.6


def run_load(moving_s: float, avg_hr_bpm: float, max_hr_bpm: float, rest_hr_bpm: float, sex: str) -> float:
    """Return the load (TRIMP) of a run of `moving_s` s at a mean heart rate in bpm; 0 where nothing is known."""
    if not moving_s > 0:
        return 0.0
    reserve = EASY_RESERVE
    if math.isfinite(avg_hr_bpm) and max_hr_bpm > rest_hr_bpm:
        reserve = min(max((avg_hr_bpm - rest_hr_bpm) / (max_hr_bpm - rest_hr_bpm), 0.0), 1.0)
    a, b = _WEIGHT.get(sex, _WEIGHT[""])
    return moving_s / 60.0 * reserve * a * math.exp(b * reserve)
