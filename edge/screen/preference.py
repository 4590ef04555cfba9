"""How a person wants the screen in each phase of a run, learned from the few times they turned it back.

The rule of this file: counts with forgetting. In each phase the person is taken to want one of five things: follow
the sensor, or one fixed edge up. Every correction speaks for the edge they chose, and for following the sensor only
where the sensor said the same; every turn that was left alone speaks a little for what was shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from edge.samples import Column


class Orientation(Enum):
    """Which edge of the screen points up, by the device: the value is the row in `screen.gravity.EDGES`."""

    PORTRAIT = 0
    LANDSCAPE_LEFT = 1
    """The right edge is up: the device was turned to the left, its top points left."""
    UPSIDE_DOWN = 2
    LANDSCAPE_RIGHT = 3


class Phase(Enum):
    """What the person is doing, as far as the screen is concerned."""

    RUNNING = 0
    STANDING = 1
    MOUNTED = 2


FOLLOW = 4
#: Weight of "follow the sensor" and of each edge before anything was learned, in corrections.
_PRIOR_FOLLOW, _PRIOR_EDGE = 1.5, 0.25
#: What a correction leaves of the older ones in its phase: the last five weigh as much as all before.
_FORGET = 0.87
#: A turn that was left alone says less than one that was corrected.
_LEFT_ALONE = 0.1
#: A rule is left only for one with this much more weight, in corrections.
_LEAD = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Preference:
    """What is believed of a person's wishes: `weight` and `times` (phases, edges and follow), `rule` a phase.

    `weight` forgets, `times` counts the corrections to each edge since the start, `corrections` (phases,) all of them.
    """

    weight: Column
    times: Column
    corrections: Column
    rule: Column
    """The rule in force a phase: a row of `EDGES`, or `FOLLOW`."""


def nothing_learned() -> Preference:
    """Return the preference of a person of whom nothing is known: follow the sensor in every phase."""
    weight = np.full((len(Phase), 5), _PRIOR_EDGE)
    weight[:, FOLLOW] = _PRIOR_FOLLOW
    return Preference(weight, np.zeros((len(Phase), 4)), np.zeros(len(Phase)), np.full(len(Phase), float(FOLLOW)))


def corrected(known: Preference, phase: Phase, wanted: Orientation, sensed: Orientation | None) -> Preference:
    """Return the preference after the person turned the screen to `wanted` while the sensor said `sensed`."""
    weight, times, corrections = known.weight.copy(), known.times.copy(), known.corrections.copy()
    row = weight[phase.value]
    row *= _FORGET
    row[wanted.value] += 1.0
    if sensed is wanted:
        row[FOLLOW] += 1.0
    times[phase.value, wanted.value] += 1.0
    corrections[phase.value] += 1.0
    return _ruled(replace(known, weight=weight, times=times, corrections=corrections), phase)


def left_alone(known: Preference, phase: Phase, shown: Orientation, sensed: Orientation | None) -> Preference:
    """Return the preference after the screen stood at `shown` for a while in view and nobody turned it."""
    weight = known.weight.copy()
    row = weight[phase.value]
    row[shown.value] += _LEFT_ALONE if sensed is not shown else 0.0
    row[FOLLOW] += _LEFT_ALONE if sensed is shown else 0.0
    np.minimum(row, 1.0 / (1.0 - _FORGET), out=row)  # never more than a lifetime of corrections
    return _ruled(replace(known, weight=weight), phase)


def _ruled(known: Preference, phase: Phase) -> Preference:
    """Return the preference with the rule of a phase changed where another one leads clearly."""
    row, rule = known.weight[phase.value], known.rule.copy()
    best, held = int(np.argmax(row)), int(rule[phase.value])
    if row[best] > row[held] + _LEAD:
        rule[phase.value] = float(best)
    return replace(known, rule=rule)


def share(known: Preference, phase: Phase) -> float:
    """Return the probability 0..1 of the rule in force: the mean of the Dirichlet distribution of the counts."""
    row = known.weight[phase.value]
    return float(row[int(known.rule[phase.value])] / row.sum())


def fixed_edge(known: Preference, phase: Phase) -> Orientation | None:
    """Return the edge a person wants up in a phase wherever the device points; None where they follow the sensor."""
    rule = int(known.rule[phase.value])
    return None if rule == FOLLOW else Orientation(rule)
