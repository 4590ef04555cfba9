"""What comes out of a life: columns (people, days) of what was done and said, and of what nobody can see.

The rule of this file: values alone; how they come about stands in `living`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware_sim.lives.chance import Column
from hardware_sim.lives.people import Flag


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What nobody can read off a watch, (n, days) each; on the morning, before the day's run."""

    speed_10k_m_s: Column
    """Race speed over 10 km on the flat, in cool air at sea level, in that day's form."""
    toll: Column
    """What that day's altitude and heat leave of it."""
    endurance: Column
    """Exponent of time over distance between 10 km and the marathon."""
    easy_hr_bpm: Column
    """Heart rate after half an hour at 75 % of 10 km speed in cool air at sea level, without the day's scatter."""
    brisk_hr_bpm: Column
    """The same at 90 %."""
    soreness: Column
    injury_chance: Column
    """Of that day's run."""
    injured: Flag
    pain: Column


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """What n people did and said, (n, days) each; NaN where there is nothing to say."""

    start_day: int
    """Days since 1970-01-01 of the first column."""
    ran: Flag
    kind: NDArray[np.int8]
    """EASY, HARD, WALKED or RACE of `habits`; -1 without a run."""
    distance_m: Column
    duration_s: Column
    hr_bpm: Column
    max_hr_bpm: Column
    cadence_spm: Column
    ascent_m: Column
    descent_m: Column
    hard_surface: Column
    rpe: Column
    """Said after the run, 1 to 10."""
    pain_said: Column
    temperature_c: Column
    humidity_percent: Column
    altitude_m: Column
    days_at_altitude: Column
    away: Flag
    ill: Flag
    on_break: Flag
    night_shift: Flag
    pregnant: Column
    sleep_h: Column
    mood: Column
    rest_hr_bpm: Column
    weight_kg: Column
    wished_m: Column
    """The plan's wish; NaN without."""
    followed: Flag
    truth: Truth

    @property
    def speed_m_s(self) -> Column:
        """Return the mean speed of each run; NaN without a run."""
        return np.where(self.ran, self.distance_m / np.where(self.ran, self.duration_s, 1.0), np.nan)
