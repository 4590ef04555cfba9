"""What a simulated person would have told Kadenz in the evening of a day, as sentence and constraint.

The rule of this file: only what the life says out loud; where it hurts is not in the box, so each person has one place.
"""

from __future__ import annotations

import numpy as np

from edge.coach.said import Constraint
from edge.samples import Column
from hardware_sim.lives import Days

AREAS = ("knee", "achilles", "shin", "calf", "foot", "hip")
#: A night shorter than this, in hours, is told as a bad one (assumption).
BAD_NIGHT_H = 5.0


def said_on(days: Days, row: int, column: int, number: int) -> list[tuple[str, Constraint]]:
    """Return what person `row` says on day `column`; `number`, the person's own, chooses where it hurts them."""
    told, pain = [], float(days.pain_said[row, column])
    area = AREAS[number % len(AREAS)]
    if pain >= 1.0:
        told.append((f"left {area} hurts {pain:.0f}/10 running", Constraint("pain", area, "left", pain, "running")))
    elif pain == 0.0 and _last_said(days.pain_said[row, :column]) >= 1.0:
        told.append((f"left {area} is fine again", Constraint("pain_resolved", area, "left")))
    if days.ill[row, column] and not (column and days.ill[row, column - 1]):
        told.append(("ill, with fever", Constraint("illness", situation="fever")))
    if days.sleep_h[row, column] < BAD_NIGHT_H:
        told.append(("slept badly", Constraint("sleep", situation="bad")))
    if days.night_shift[row, column]:
        told.append(("night shift", Constraint("shift_work", situation="night")))
    return told


def _last_said(pains: Column) -> float:
    """Return the pain said last, 0 where none was."""
    known = pains[np.isfinite(pains)]
    return float(known[-1]) if len(known) else 0.0
