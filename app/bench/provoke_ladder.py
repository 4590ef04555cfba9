"""The coach's own injury ladder for many simulated people: `edge.coach.injury` and the rules, a day at a time.

The rule of this file: nothing of the ladder is written again here. Assumed: while a place is not sound the coach asks
every evening, and is answered; who may only walk and jog by turns is shown 2.5 km of it.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from app import places
from edge.coach.injury import injuries_of
from edge.coach.rules import ALL_KINDS, HARD_KINDS, RUNNING_KINDS, body
from edge.coach.rules import Limits as Left
from edge.coach.said import Constraint, Said
from edge.coach.state import state_from
from edge.coach.types import Profile
from edge.samples import Column
from hardware_sim.lives.knees import Limits

_DAY_S = 86400.0
_RUN_AT_S, _EVENING_S = 36_000.0, 72_000.0
WALK_RUN_KM, JOG_S_PER_KM = 2.5, 420.0
#: Where nothing hard is allowed: most of the speed over 10 km (assumption).
NOTHING_HARD = 0.88
_FREE = Left(np.inf, np.inf, ALL_KINDS | RUNNING_KINDS, False, True, (), ())


class RealLadder:
    """The ladder of n people: what they said since they were last sound, and their runs of late."""

    def __init__(self, count: int) -> None:
        self._state = state_from((), Profile(), (), places.load(), None, 0.0, 0.0)
        self._said: list[list[Said]] = [[] for _ in range(count)]
        self._runs: list[list[float]] = [[] for _ in range(count)]
        self._usual_km = np.full(count, np.nan)
        self._day = 0
        self._left = [_FREE] * count

    def limits(self) -> Limits:
        """Return what the rules leave of today."""
        free = Limits.none(len(self._said))
        most_km = np.array([self._most_km(left) for left in self._left])
        walk_run = np.array([left.kinds & RUNNING_KINDS == {"walk-run"} for left in self._left])
        km = np.where(most_km <= 0.0, 0.0, np.where(walk_run, np.minimum(WALK_RUN_KM, most_km), np.nan))
        gentle = np.array([not left.kinds & HARD_KINDS for left in self._left])
        speed = np.where(gentle, NOTHING_HARD, np.inf)
        return Limits(km, most_km, free.most_descent, speed, free.most_surface)

    @staticmethod
    def _most_km(left: Left) -> float:
        if not left.kinds & RUNNING_KINDS:
            return 0.0
        return min(left.distance_m / 1000.0, left.duration_s / JOG_S_PER_KM)

    def told(self, km: Column, said: Column, felt: Column) -> Column:
        """Take in a day: km (NaN without a run), pain said by oneself, pain felt; returns what was said when asked."""
        answered = said.copy()
        for one in range(len(km)):
            if np.isnan(said[one]) and self._said[one]:
                answered[one] = np.rint(felt[one])
            self._one(one, float(km[one]), float(answered[one]))
        self._day += 1
        return answered

    def _one(self, one: int, km: float, said: float) -> None:
        runs, heard, base_s = self._runs[one], self._said[one], self._day * _DAY_S
        if not np.isnan(km):
            runs.append(base_s + _RUN_AT_S)
        if not heard:  # the course is read from its first word on, with every run since
            del runs[:-2]
        if said > 0.0 or (heard and said == 0.0):
            kind = "pain" if said > 0.0 else "pain_resolved"
            heard.append(Said(Constraint(kind, "knee", "left", said if said > 0.0 else np.nan), base_s + _EVENING_S))
        if heard:
            self._stand(one, base_s + _DAY_S)
        elif not np.isnan(km):  # what is usual is read from days without limits
            before = self._usual_km[one]
            self._usual_km[one] = km if np.isnan(before) else before + 0.1 * (km - before)

    def _stand(self, one: int, morning_s: float) -> None:
        """Let the ladder say where the knee stands next morning, and the rules what that leaves."""
        found = injuries_of(self._said[one], np.array(self._runs[one]), morning_s, 0.0)
        if not found:
            self._said[one].clear()
            self._left[one] = _FREE
            return
        usual_m = 1000.0 * self._usual_km[one]
        history = dataclasses.replace(self._state.history, usual_distance_m=usual_m)
        state = dataclasses.replace(self._state, now_unix_s=morning_s, history=history, injuries=found)
        self._left[one] = body.injured(state, _FREE)
