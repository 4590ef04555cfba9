"""How often a summary comes in a run: at every so many km, every so many minutes, or never.

The rule of this file: the coach's own word on a kilometre is let through or held back; a summary by time is made here,
and waits while anything else was just said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite

from app.live.moment import Ground, Spoken
from app.views.words import DASH, Words
from edge.coach.live import QUIET_S
from edge.session import FeatureRow

BY_KM, BY_TIME = "L-KM", "L-TIME"


@dataclass(frozen=True, slots=True)
class Summaries:
    """How often: every so many km (0: never) and min (0: never); `next_s` is when the next one by time is due."""

    every_km: float = 1.0
    every_min: float = 0.0
    next_s: float = float("nan")

    def lets(self, rule: str, kilometre: float) -> bool:
        """Return True where the words of a rule on a kilometre that is done are to be said."""
        if rule != BY_KM:
            return True
        every = round(self.every_km)
        return every > 0 and isfinite(kilometre) and round(kilometre) % every == 0

    def due(self, row: FeatureRow, last_said_s: float) -> tuple[Summaries, bool]:
        """Return whether a summary by time is due in a second, given when anything was said last, and what is next."""
        every_s = 60.0 * self.every_min
        if not every_s > 0:
            return self, False
        at_s = self.next_s if isfinite(self.next_s) else every_s
        if row.t_s < at_s or row.t_s - last_said_s < QUIET_S:
            return replace(self, next_s=at_s), False
        return replace(self, next_s=(row.t_s // every_s + 1.0) * every_s), True


def by_time(row: FeatureRow, words: Words) -> Spoken:
    """Return the summary of a second: how long, how far, how fast, how hard; what is not known is not said."""
    pace = words.pace(1000.0 * row.t_s / row.distance_m) if row.distance_m > 0 else words.pace(float("nan"))
    figures = (words.distance(row.distance_m), pace, words.bpm(row.heart_rate_bpm))
    said = [words("{time} run", time=words.clock(row.t_s)), *(one.text for one in figures if one.value != DASH)]
    return Spoken(
        row.t_s,
        BY_TIME,
        ", ".join(said),
        (
            Ground(
                words("you asked for it so often"),
            ),
        ),
    )
