"""Days of people who never were, as cards see them: trips, injuries, races, breaks, weather, things said.

The rule of this file: a day is drawn from what the day before was, so that occasions last and change; nothing is taken
from the engine that is judged by it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from edge.coach.facts import Facts

DAY_S = 86400.0
RULES = (
    "R-110", "R-HARDEASY", "R-ROW", "R-BETA", "R-YOUTH", "R-REDFLAG", "R-FEVER", "R-ILL", "R-PAIN", "R-PAIN-EASE",
    "R-PAIN-STOP", "R-CLINICIAN", "R-BONE", "R-LADDER", "R-MEDS", "R-PREGNANT", "R-POSTPARTUM", "R-UNDERWEIGHT",
    "R-REDS", "R-FATIGUE", "R-SLEEP", "R-STRESS", "R-SHIFT", "R-AMS", "R-HEAT", "R-OVERRIDE", "R-RACE-GO", "R-RECOVER",
)  # fmt: skip
SAID = (
    "pain", "red_flag", "illness", "illness:fever", "fatigue", "sleep", "stress", "mood", "shift_work", "time",
    "weather:hot", "weather:cold", "weather:ice", "medication", "pregnancy", "cycle", "red_s", "weight_goal",
    "override_request",
)  # fmt: skip
LASTING = (*(f"rule:{rule}" for rule in RULES), *(f"said:{what}" for what in SAID))
LADDER = ("stopped", "walk", "walk-run", "short-easy", "easy", "full")
SESSIONS = ("rest", "easy", "easy", "easy", "long", "steady", "intervals")


@dataclass(slots=True)
class Life:
    """One person's changing situation; `facts` draws the next day."""

    rng: np.random.Generator
    day: int = 20000
    runs: int = 0
    since_run: int = 0
    lasting: dict[str, int] = field(default_factory=dict)
    """Flags that hold until a day."""
    trip_until: int = -1
    trip_m: float = math.nan
    arrived: int = -1
    injured_since: int = -1
    rung: int = 0
    race_day: int = -1
    ahead_day: int = -1
    back: int = -1
    """Days since the return from a break; -1 with none."""
    lazy: bool = False

    def facts(self) -> Facts:
        """Return the facts of the next day at a random hour."""
        self.day += 1
        self._change()
        now_s = self.day * DAY_S + float(self.rng.uniform(4.0, 23.0)) * 3600.0
        flags, numbers = self._flags(), self._numbers()
        return Facts(now_s, 0.0, frozenset(flags), here_name="Ort", home_name="Heim", injury_area="knee", **numbers)

    def _change(self) -> None:
        rng = self.rng
        self.back += self.back >= 0
        if rng.random() < (0.03 if self.lazy else 0.5):
            self.back = 0 if self.since_run >= 14 else self.back
            self.runs, self.since_run = self.runs + 1, 0
        else:
            self.since_run += 1
        if rng.random() < (0.05 if self.lazy else 0.01):
            self.lazy = not self.lazy
        if self.ahead_day <= self.day and rng.random() < 0.02:
            self.ahead_day = self.day + int(rng.integers(1, 15))
        for index in np.flatnonzero(rng.random(len(LASTING)) < 0.006).tolist():
            self.lasting[LASTING[index]] = self.day + int(rng.integers(1, 15))
        if self.trip_until < self.day and rng.random() < 0.02:
            self.trip_until, self.arrived = self.day + int(rng.integers(1, 25)), self.day
            self.trip_m = float(rng.choice([-1200.0, 900.0, 1600.0, 2300.0, 3100.0]))
        self._hurt()
        if self.race_day < self.day and rng.random() < 0.02:
            self.race_day = self.day + int(rng.integers(0, 40))
        if rng.random() < 0.001:
            self.race_day = self.day + int(rng.integers(0, 20))

    def _hurt(self) -> None:
        if self.injured_since < 0 and self.rng.random() < 0.006:
            self.injured_since, self.rung = self.day, int(self.rng.integers(0, 2))
        elif self.injured_since >= 0 and self.rng.random() < 0.15:
            self.rung += 1 if self.rng.random() < 0.85 else -self.rung
            if self.rung >= len(LADDER):
                self.injured_since, self.rung = -1, 0

    def _flags(self) -> set[str]:
        found = {name for name, until in self.lasting.items() if until >= self.day}
        found |= {f"left:{kind}" for kind in ("rest", "easy", "long", "steady", "intervals") if self.rng.random() < 0.8}
        session = SESSIONS[int(self.rng.integers(len(SESSIONS)))]
        found |= {f"session:{session}", "sex:f", *(("resting",) if session == "rest" else ())}
        found.add("level:new" if self.runs < 8 else "level:regular")
        if self.runs == 0:
            found |= {"phase:first", "rule:R-FIRST"}
        elif self.since_run >= 14:
            found |= {"phase:returning", "rule:R-RETURN"}
        else:
            found.add("phase:drifting" if self.since_run >= 8 else "phase:active")
        if self.trip_until >= self.day:
            known = self.arrived % 5 > 0
            found |= {"home-known", "higher" if self.trip_m > 0 else "lower"} if known else set()
            found.add("rule:R-ALTITUDE")
        if self.injured_since >= 0:
            step = LADDER[self.rung]
            found |= {"injured", "injury:knee", f"injury:{step}"} | ({f"ladder:{step}"} if self.rung else set())
            found |= {"rule:R-PAIN-STOP"} if not self.rung else {"rule:R-LADDER"}
        if self.race_day == self.day:
            found.add("race-today")
        if 0 <= self.day - self.race_day <= 5:
            found.add("rule:R-RECOVER")
        if 0 <= self.back < 14:
            found.add("rule:R-RETURN")
        return found

    def _numbers(self) -> dict[str, float]:
        numbers = {
            "runs_known": float(self.runs), "since_run_days": float(self.since_run), "climb_m": 20.0,
            "last_run_day": float(self.day - self.since_run), "cadence_spm": 155.0, "longest_m": 14000.0,
            "weekly_distance_m": 40000.0, "in_a_row_days": 1.0, "since_long_days": float(self.rng.integers(0, 9)),
            "session_s": 5400.0, "temperature_c": float(self.rng.normal(14.0, 12.0)), "step_m": 1.0,
        }  # fmt: skip
        if self.trip_until >= self.day:
            days = float(self.day - self.arrived)
            numbers |= {"here_m": abs(self.trip_m), "here_days": days, "own_slower_share": 0.05, "settled_days": 5.0}
            numbers |= {"slower_share": 0.05} if self.trip_m > 0 else {"faster_share": 0.05}
        if self.injured_since >= 0:
            numbers |= {"injury_began_day": float(self.injured_since), "injury_severity": float(self.rung)}
        if self.ahead_day > self.day:
            ahead = float(self.ahead_day - self.day)
            numbers |= {
                "ahead_m": 2100.0,
                "ahead_up_m": 1900.0,
                "ahead_days": ahead,
                "ahead_day": float(self.ahead_day),
            }
        if 0 <= self.day - self.race_day <= 30:
            numbers |= {"since_race_days": float(self.day - self.race_day), "raced_m": 21097.5}
        if self.back >= 0:
            numbers |= {"since_return_days": float(self.back), "returned_day": float(self.day - self.back)}
        if "said:time" in self.lasting:
            numbers["said_s"] = 1800.0
        if 0 <= self.race_day - self.day <= 21:
            numbers |= {"race_day": float(self.race_day), "to_race_days": float(self.race_day - self.day)}
            numbers["race_m"] = 21097.5
        return numbers
