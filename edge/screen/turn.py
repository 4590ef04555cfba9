"""When a screen was turned: two ways for an edge to become the one that counts, and what swings never passes.

The rule of this file: a row's verdict depends on a fixed number of rows before it and not on what is shown. An edge
counts once it is clearly up for `hold_s` and up points where it did not in the last second or two (a turn is new, a
swing comes back to where it was); or once it is clearly up on the mean over a whole swing of an arm.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.samples import Column
from edge.screen.gravity import Flags, Index, doublings, edge_up, gravity_sensor, history_rows, mean_direction


@dataclass(frozen=True, slots=True)
class TurnRule:
    """The limits of a turn: few, each with a physical meaning."""

    within_deg: float = 30.0
    """How near to an edge the direction up must be in the plane of the screen; half-way between edges is 45."""
    least_slope_deg: float = 25.0
    """A screen flatter than this keeps its last orientation."""
    hold_s: float = 0.08
    settled_s: float = 0.3
    """For how long the mean over a whole swing must say the same edge."""
    new_deg: float = 35.0
    """How far up must be from everywhere it was between `past_s` before."""
    past_s: tuple[float, float] = (0.6, 2.0)
    """From how long before to how long before a row; a whole swing of an arm fits between."""
    spacing_s: float = 0.05


_HALF_WAY = float(np.cos(np.radians(45.0)))

NEAREST_EDGE = TurnRule(45.0, 25.0, 0.0, 0.0, 0.0)
"""Without hysteresis, hold and novelty: the nearest edge at every row (a control, not for use)."""


def rows_needed(rate_hz: float, rule: TurnRule) -> int:
    """Return how many rows before a row its verdict depends on."""
    mean = (1 << doublings(rate_hz)) + int(np.ceil(rule.settled_s * rate_hz))
    quick = int(np.ceil((rule.past_s[1] + rule.hold_s) * rate_hz))
    return history_rows(rate_hz) + mean + quick + 2


def _same_for(edge: Index) -> Index:
    """Return for how many rows (n,) up to each the edge has been the same."""
    row = np.arange(len(edge))
    changed = np.ones(len(edge), dtype=bool)
    changed[1:] = edge[1:] != edge[:-1]
    return np.asarray(row - np.maximum.accumulate(np.where(changed, row, 0)) + 1)


def _since(true: Flags) -> Index:
    """Return how many rows (n,) ago a condition was last true; more than all rows where it never was."""
    row = np.arange(len(true))
    return np.asarray(row - np.maximum.accumulate(np.where(true, row, -len(true) - (1 << 20))))


def _is_new(up: Column, rate_hz: float, rule: TurnRule) -> Flags:
    """Return where (n,) up is further than `new_deg` from every place it was at in the past that counts."""
    nearest = np.full(len(up), -1.0)
    first, last = (round(s * rate_hz) for s in rule.past_s)
    nearest[:last] = 1.0  # too early to tell: the first edge comes of the mean
    for lag in range(first, last + 1, max(1, int(rule.spacing_s * rate_hz))):
        now, then = up[lag:], up[: max(0, len(up) - lag)]
        cosine = now[:, 0] * then[:, 0] + now[:, 1] * then[:, 1] + now[:, 2] * then[:, 2]
        nearest[lag:] = np.fmax(nearest[lag:], cosine)
    return np.asarray(nearest <= np.cos(np.radians(rule.new_deg)))


def verdicts(
    accel_m_s2: Column, gyro_rad_s: Column, step_s: Column, rate_hz: float, rule: TurnRule
) -> tuple[Index, Index, Column]:
    """Return the edge (n,) that counts as up from each row on, the same for a device that was never seen, and up.

    -1 where nothing new was decided. The first edge is the nearest on the mean: there is none yet to be kept. Up is
    (n, 3).
    """
    up = gravity_sensor(accel_m_s2, gyro_rad_s, step_s, rate_hz)
    within, slope = float(np.cos(np.radians(rule.within_deg))), float(np.sin(np.radians(rule.least_slope_deg)))
    edge, mean_edge = (edge_up(u, within, slope) for u in (up, mean_direction(up, rate_hz)))
    quick = (edge >= 0) & (_same_for(edge) > rule.hold_s * rate_hz) & _is_new(up, rate_hz, rule)
    settled = (_same_for(mean_edge) > rule.settled_s * rate_hz) & (_since(quick) > 1 << doublings(rate_hz))
    nearest = edge_up(mean_direction(up, rate_hz), _HALF_WAY, slope)
    found = _same_for(nearest) > (1 << doublings(rate_hz)) + rule.settled_s * rate_hz
    return np.where(quick, edge, np.where(settled, mean_edge, -1)), np.where(found, nearest, -1), up
