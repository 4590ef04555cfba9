"""What a physiology must answer, whichever family of equations it is built from.

The rule of this file: lives ask bodies through these protocols alone, so that a model trained in one world can be
judged in another. A body holds its people's state and takes one day after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from hardware_sim.lives.chance import Column
from hardware_sim.lives.people import People


@dataclass(frozen=True, slots=True, eq=False)
class Air:
    """The air in which n people are on a day, (n,) each."""

    temperature_c: Column
    humidity_percent: Column
    altitude_m: Column
    days_there: Column
    """Days since coming to this altitude; people at home have always been there."""


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """What n people ran on a day, (n,) each; zeros on a day without a run."""

    seconds: Column
    distance_m: Column
    ascent_m: Column
    descent_m: Column
    hard_surface: Column
    """Share of asphalt or concrete."""
    going: Column
    """Speed on a good road over the speed here at the same effort, about 1: soft ground, bends, wind, crossings."""

    @property
    def speed_m_s(self) -> Column:
        """Return the mean speed; 0 without a run."""
        return np.asarray(self.distance_m / (self.seconds + (self.seconds == 0.0)))


class Body(Protocol):
    """The bodies of n people; all results are (n,)."""

    def speed_10k_m_s(self) -> Column:
        """Return today's race speed over 10 km on the flat in cool air at sea level, tiredness included."""
        ...

    def endurance(self) -> Column:
        """Return today's exponent of time over distance between 10 km and the marathon."""
        ...

    def toll(self, air: Air) -> Column:
        """Return what altitude and heat leave of the speed, 0 to 1."""
        ...

    def heart_rate_bpm(self, work: Work, air: Air) -> Column:
        """Return the mean heart rate of a run without the day's scatter; the resting rate without a run."""
        ...

    def rest_bpm(self) -> Column:
        """Return the morning's resting heart rate without the day's scatter."""
        ...

    def soreness(self) -> Column:
        """Return soreness of the legs, 0 to 10."""
        ...

    def injury_chance(self, work: Work, air: Air) -> Column:
        """Return the chance that this run injures, 0 to 1."""
        ...

    def night(self, work: Work, air: Air, weight_kg: Column) -> None:
        """Take in the day's run, and recover."""
        ...


class World(Protocol):
    """A physiology."""

    @property
    def name(self) -> str:
        """Return what the world is called in a table."""
        ...

    def bodies(self, people: People) -> Body:
        """Return the bodies of these people on the first day, as their usual running has made them."""
        ...


def usual_week(people: People) -> tuple[Column, Column]:
    """Return the km and the usual effort of an average week of these people, breaks and bad weeks included."""
    habits = people.habits
    return 0.65 * habits.runs_per_week * habits.usual_km * (1.0 + (habits.long_ratio - 1.0) / 7.0), habits.effort
