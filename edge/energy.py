"""Energy in kcal, always with its interval.

The rule of this file: what is not known (weight, wind, fitness) widens the interval instead of being assumed away.
"""

from __future__ import annotations

from typing import overload

import numpy as np

from edge.samples import Column, Estimate

_J_PER_KCAL = 4184.0
# Adults: median and 90 % range in kg where the person did not say.
_POPULATION_KG = (70.0, 50.0, 98.0)


@overload
def running_cost_j_kg_m(grade: float) -> float: ...
@overload
def running_cost_j_kg_m(grade: Column) -> Column: ...
def running_cost_j_kg_m(grade: float | Column) -> float | Column:
    """Return the net energy cost of running in J per kg and m at a grade (rise over run), held within +-0.45.

    Source: Minetti et al. 2002, J Appl Physiol 93:1039-1046 (ten elite mountain runners on a treadmill).
    """
    i = np.clip(grade, -0.45, 0.45)
    cost = ((((155.4 * i - 30.4) * i - 43.3) * i + 46.3) * i + 19.5) * i + 3.6
    return cost if isinstance(grade, np.ndarray) else float(cost)


def weight_range_kg(weight_kg: float) -> tuple[float, float, float]:
    """Return weight in kg with its 90 % range: as said to 2 %, else an adult's of the population."""
    return (weight_kg, 0.98 * weight_kg, 1.02 * weight_kg) if weight_kg > 0.0 else _POPULATION_KG


def foot_kcal(distance_m: float, timer_s: float, weight_kg: float) -> Estimate:
    """Return the energy in kcal of a distance in m on foot on the flat."""
    kg, low_kg, high_kg = weight_range_kg(weight_kg)
    per_kg = distance_m * running_cost_j_kg_m(0.0) / _J_PER_KCAL + 1.22 * timer_s / _J_PER_KCAL
    return Estimate(kg * per_kg, low_kg * per_kg * 0.85, high_kg * per_kg * 1.15, "distance and weight")
