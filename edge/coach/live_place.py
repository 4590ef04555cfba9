"""How far height and air move a pace band in the run, beyond what the morning's target holds already.

The rule of this file: the same curves as the morning's (`edge.coach.acclimatisation`, `edge.heat`); what is not known
moves nothing, and below 300 m of change the height is taken for that of the morning.
"""

from __future__ import annotations

from math import isfinite

from edge.coach.acclimatisation import CURVES_END_M, NOTABLE_CHANGE_M, pace_loss
from edge.heat import pace_loss as heat_loss

#: The ratio is rounded to this, so that a replay does not hang on the last bit of a height.
RATIO_QUANTUM = 0.001
_WBGT_C = (-40.0, 60.0)


def height_ratio(planned_m: float, here_m: float, used_to_m: float) -> float:
    """Return how many times the pace (s/km) at equal effort is that of the height the target was made for."""
    if not (isfinite(planned_m) and isfinite(here_m) and isfinite(used_to_m)):
        return 1.0
    if abs(here_m - planned_m) < NOTABLE_CHANGE_M:
        return 1.0
    planned, here = (1.0 + pace_loss(min(height_m, CURVES_END_M), used_to_m) for height_m in (planned_m, here_m))
    return round(here / planned / RATIO_QUANTUM) * RATIO_QUANTUM


def air_ratio(planned_wbgt_c: float, wbgt_c: float) -> float:
    """Return how many times the pace (s/km) at equal effort is that of the air the target was made for.

    `planned_wbgt_c` is NaN where the target holds no heat; then what is measured counts in full.
    """
    if not isfinite(wbgt_c):
        return 1.0
    planned = heat_loss(planned_wbgt_c).value if isfinite(planned_wbgt_c) else 0.0
    return round((1.0 + heat_loss(wbgt_c).value) / (1.0 + planned) / RATIO_QUANTUM) * RATIO_QUANTUM


def checked_wbgt_c(wbgt_c: float) -> float:
    """Return a WBGT in degrees C; ValueError names one that no air has."""
    if not _WBGT_C[0] <= wbgt_c <= _WBGT_C[1]:
        raise ValueError(f"a WBGT of {wbgt_c:g} degrees C is outside {_WBGT_C[0]:g} to {_WBGT_C[1]:g}")
    return wbgt_c
