"""The first physiology: impulse and response, oxygen shares, hazards. What models may learn from.

The rule of this file: every equation has its source; a body's state is four vectors and a month of distances.
Fitness and fatigue follow the impulse-response model with each person's own time constants (Banister 1975), the
response to load saturating and fatigue growing with its square (variable dose-response, Busso 2003). Times over
distance are a power law (Riegel 1981) whose exponent falls with training; the heart follows the share of the aerobic
speed (Swain 1998; Daniels & Gilbert 1979 for the share at 10 km); injuries are proportional hazards (Frandsen 2025).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hardware_sim.lives.chance import Column
from hardware_sim.lives.people import People
from hardware_sim.lives.world import Air, Body, Work, usual_week

_CLIMB = 7.92  # m on the flat for each m of climb, the way down included (Scarf 2007)
_LOAD_POWER = 3.5  # of a minute's load over the share of 10 km speed; assumed, near TRIMP's curve
_FATIGUE = 2.4e-4  # log speed for each unit of weekly load: a taper is worth about 2 to 3 % (Bosquet 2007)
_CROWDED = 600.0  # weekly load at which fatigue has doubled beyond proportion; assumed
_INJURIES_PER_H = 6.5e-3  # with what provokes: about 7.7 per 1,000 h (Videbaek 2015, recreational)
_ENDURANCE_GAIN = 0.055  # exponent lower for the fully trained; assumed
_MONTH = 30
_SPIKES, _SPIKE_HAZARD = np.array([1.1, 2.0]), np.array([1.0, 1.58, 2.28])
"""Hazard ratios of a run over the longest one of 30 days (Frandsen 2025: 1.64 up to 1.3 and 1.52 up to 2 are one)."""


@dataclass(frozen=True, slots=True)
class First:
    """The world of impulse and response."""

    name: str = "first"

    def bodies(self, people: People) -> Body:
        return _Bodies(people)


class _Bodies:
    """State: weekly load as fitness and as fatigue sees it, weight, soreness, the last 30 days, days in a row."""

    def __init__(self, people: People) -> None:
        self.people = people
        km, effort = usual_week(people)
        minutes = km * 1000.0 / (effort * people.talent.untrained_10k_m_s * 1.1) / 60.0
        self.fitness = minutes * effort**_LOAD_POWER
        self.fatigue = self.fitness.copy()
        self.weight_kg = people.body.weight_kg.copy()
        self.sore = np.zeros(len(people))
        self.row = np.zeros(len(people))
        self.month_m = np.zeros((_MONTH, len(people)))
        self.month_m[0] = 1000.0 * people.habits.usual_km * people.habits.long_ratio
        self.day = 0
        self.known: tuple[Air | None, Column] = (None, self.sore)
        self.longest_m = self.month_m.max(axis=0)
        self._speed_10k()

    def _trained(self) -> Column:
        return -np.expm1(-self.fitness / self.people.talent.half_load)

    def _speed_10k(self) -> None:
        talent = self.people.talent
        self.trained = self._trained()
        tired = _FATIGUE * talent.fatigue * self.fatigue * (1.0 + (self.fatigue / _CROWDED) ** 2)
        heavier = -0.8 * np.log(self.weight_kg / self.people.body.weight_kg)
        years = self.day / 365.25
        old = -0.008 * years * (self.people.body.age_y > 32.0)
        log_gain = talent.trainability * self.trained - np.minimum(tired, 0.35) + heavier + old
        self.speed_m_s = talent.untrained_10k_m_s * np.exp(log_gain)
        self.exponent = np.maximum(talent.endurance - _ENDURANCE_GAIN * self.trained, 1.02)
        calm = 1.0 - 0.25 * self.people.heart.beta_blocker
        shift = np.minimum(np.maximum(0.012 * (self.fatigue - self.fitness), -3.0), 6.0)
        self.resting_bpm = (self.people.heart.rest_bpm - 6.0 * (self.trained - 0.5)) * calm + shift
        ten_min = 10_000.0 / 60.0 / self.speed_m_s
        share = 0.8 + 0.1894393 * np.exp(-0.012778 * ten_min) + 0.2989558 * np.exp(-0.1932605 * ten_min)
        self.aerobic_m_s = self.speed_m_s / share

    def speed_10k_m_s(self) -> Column:
        return self.speed_m_s

    def endurance(self) -> Column:
        return self.exponent

    def _aerobic(self, air: Air) -> Column:
        """Return the share of aerobic power left here: linear above 300 m, a third of the loss won back in time."""
        loss = self.people.talent.altitude_loss_per_km * np.maximum(air.altitude_m / 1000.0 - 0.3, 0.0)
        return 1.0 - loss * (1.0 + np.expm1(-air.days_there / 9.0) / 3.0)

    def toll(self, air: Air) -> Column:
        if air is not self.known[0]:
            self.known = air, self._toll(air)
        return self.known[1]

    def _toll(self, air: Air) -> Column:
        damp = 1.0 + 0.006 * np.maximum(air.humidity_percent - 50.0, 0.0)
        heat = self.people.talent.heat_loss_per_c * np.maximum(air.temperature_c - 12.0, 0.0) * damp
        return np.maximum(self._aerobic(air) * (1.0 - heat), 0.3)

    def heart_rate_bpm(self, work: Work, air: Air) -> Column:
        heart, minutes = self.people.heart, work.seconds / 60.0
        flat = (work.distance_m * work.going + _CLIMB * work.ascent_m) / (work.seconds + (work.seconds == 0.0))
        share = np.minimum(flat / (self.aerobic_m_s * self._aerobic(air)), 1.05)
        rest = self.resting_bpm
        reserve = (heart.max_bpm - rest) * (1.0 - heart.beta_blocker)
        drift = heart.drift_bpm_per_h * np.maximum(minutes - 10.0, 0.0) / 120.0
        hot = heart.heat_bpm_per_c * np.maximum(air.temperature_c - 15.0, 0.0)
        extra = (drift + hot) * (1.0 - heart.beta_blocker) * (work.seconds > 0.0)
        top = rest + reserve
        return np.asarray(np.minimum(rest + reserve * share**heart.bend + extra, top))

    def rest_bpm(self) -> Column:
        return self.resting_bpm

    def soreness(self) -> Column:
        return np.minimum(self.sore, 10.0)

    def injury_chance(self, work: Work, air: Air) -> Column:
        frail, km = self.people.frailty, np.maximum(work.distance_m, 1.0) / 1000.0
        spike = work.distance_m / np.maximum(self.longest_m, 3000.0)
        ratio = _SPIKE_HAZARD[np.searchsorted(_SPIKES, spike)]
        fast = np.maximum(work.speed_m_s * work.going / (self.speed_m_s * self.toll(air)) - 0.85, 0.0) / 0.15
        descent, row = work.descent_m / km, np.minimum(np.maximum(self.row - 1.0, 0.0), 9.0)
        provoked = ratio**frail.dose * np.exp(0.3 * frail.speed * fast)
        provoked *= (1.0 + 0.012 * frail.descent * descent) * (1.0 + 0.12 * frail.row * row)
        provoked *= 0.85 + 0.2 * frail.surface * work.hard_surface  # slopes of all but the spike assumed
        return np.asarray(-np.expm1(-_INJURIES_PER_H * frail.overall * provoked * work.seconds / 3600.0))

    def night(self, work: Work, air: Air, weight_kg: Column) -> None:
        talent = self.people.talent
        flat = (work.distance_m * work.going + _CLIMB * work.ascent_m) / (work.seconds + (work.seconds == 0.0))
        share = np.minimum(flat / (self.speed_m_s * self.toll(air)), 1.3)
        load = 7.0 * work.seconds / 60.0 * share**_LOAD_POWER
        new = np.maximum(0.5 * work.distance_m / np.maximum(self.longest_m, 3000.0) - 0.2, 0.0)
        self.sore = 0.55 * self.sore + 2.2 * new * (1.0 + 0.004 * work.descent_m) + 0.004 * load * talent.fatigue
        self.fitness += (load - self.fitness) / talent.fitness_days
        self.fatigue += (load - self.fatigue) / talent.fatigue_days
        self.row = (self.row + 1.0) * (work.seconds > 0.0)
        self.day += 1
        self.month_m[self.day % _MONTH] = work.distance_m
        self.longest_m = self.month_m.max(axis=0)
        self.weight_kg = weight_kg
        self._speed_10k()


FIRST = First()
