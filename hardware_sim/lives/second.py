"""The second physiology: critical speed, saturating compartments, tissue. For judging alone.

The rule of this file: NOTHING MAY BE TRAINED OR TUNED ON IT, and it shares no equation with the first world; a test
forbids its import in models/train. It reads the same traits of people, but each through a private deviation of its
own, so that no trait means exactly the same in both.
Speed: a critical speed and a distance above it (Jones & Vanhatalo 2017), the critical speed itself wearing out over
hours (Smyth & Muniz-Pumares 2020: marathon at 93 % of it in 150 min, 79 % in 360 min). Training: a stimulus that
saturates within the day fills a quick compartment, which fills a slow one up to a ceiling (two-compartment
dose-response in the manner of Gabrielsson & Weiner); fatigue is a pool that empties at a limited rate
(Michaelis-Menten). Heart: the logarithm of demand over critical speed. Injury: damage of tissue against its strength.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hardware_sim.lives.chance import Column
from hardware_sim.lives.people import People
from hardware_sim.lives.world import Air, Body, Work, usual_week

_QUICK_D, _TISSUE_D, _DAMAGE_D = 9.0, 45.0, 2.2
_STIMULUS_KM = 9.0  # of hard running in a day that give 63 % of the day's greatest stimulus; assumed
_WEAR_FROM_S = 2100.0  # critical speed holds for 30 to 40 min; assumed
_WALK_M_S = 0.9


@dataclass(frozen=True, slots=True)
class Second:
    """The world of critical speed."""

    name: str = "second"

    def bodies(self, people: People) -> Body:
        return _Bodies(people)


class _Bodies:
    """State: quick and slow adaptation (0 to 1), fatigue, tissue strength and damage, heat habituation, weight."""

    def __init__(self, people: People) -> None:
        luck, talent = people.chance, people.talent
        own = {name: luck.normal(f"second {name}") for name in ("speed", "gain", "wear", "heart", "tissue", "slow")}
        self.people = people
        # 10 km at about 96 % of critical speed; D' of 100 to 300 m (Smyth & Muniz-Pumares 2020)
        self.base_m_s = 0.99 * talent.untrained_10k_m_s * np.exp(0.03 * own["speed"])
        self.reserve_m = np.clip(180.0 + 45.0 * luck.normal("second reserve"), 60.0, 330.0)
        self.gain = 1.05 * talent.trainability * np.exp(0.15 * own["gain"])
        self.wear = np.clip(0.055 + 1.1 * (talent.endurance - 1.115) + 0.012 * own["wear"], 0.015, 0.16)
        self.slow_d = talent.fitness_days * 1.2 * np.exp(0.15 * own["slow"])
        self.level = 0.845 + 0.02 * own["heart"]
        self.weak = people.frailty.overall * np.exp(0.3 * own["tissue"])
        km, effort = usual_week(people)
        runs = 0.65 * people.habits.runs_per_week / 7.0
        intake = 0.32 * runs * -np.expm1(-people.habits.usual_km * effort**2 / _STIMULUS_KM)
        self.quick = intake / (intake + 1.0 / _QUICK_D)
        self.slow = self._filled()
        self.tired = np.full(len(people), 0.1)
        self.strength = np.maximum(km / 7.0, 0.5)
        self.damage = np.zeros(len(people))
        self.warm_c = people.home.temperature_c.copy()
        self.weight = np.ones(len(people))
        self.known: tuple[Air | None, Column] = (None, self.damage)
        self._wake()

    def _filled(self) -> Column:
        """Return the slow compartment's level that the quick one leads to, 0 to 1."""
        return 1.6 * self.quick / (self.quick + 0.6)

    def _wake(self) -> None:
        """Work out today's critical speed in cool air at sea level, how it wears, and two race times."""
        fresh = (1.0 + self.gain * self.slow) * (1.0 - 0.09 * self.tired)
        self.critical_m_s = self.base_m_s * fresh * self.weight**-0.75
        self.wear_now = np.maximum(self.wear * (1.25 - 0.5 * self.slow), 0.01)
        ten_km_s, marathon_s = self._seconds(10_000.0), self._seconds(42_195.0)
        self.speed_m_s = 10_000.0 / ten_km_s
        self.exponent = np.log(marathon_s / ten_km_s) / np.log(4.2195)

    def _seconds(self, distance_m: float) -> Column:
        """Return the time over a distance: above the critical speed by the reserve, below it as it wears out."""
        critical, wear = self.critical_m_s, self.wear_now
        seconds = (distance_m - self.reserve_m) / critical
        for _ in range(4):
            left = 1.0 - wear * np.log1p(np.maximum(seconds / _WEAR_FROM_S - 1.0, 0.0))
            seconds = (distance_m - self.reserve_m) / (critical * np.maximum(left, 0.4))
        return np.maximum(seconds, 1.0)

    def speed_10k_m_s(self) -> Column:
        return self.speed_m_s

    def endurance(self) -> Column:
        return np.asarray(self.exponent)

    @staticmethod
    def _thin(air: Air) -> Column:
        """Return what thin air leaves: the polynomials of Bassett 1999 for newcomers and residents, mixed in time."""
        km = np.clip(air.altitude_m / 1000.0, 0.0, 5.0)
        fresh = (0.178 * km**3 - 1.43 * km**2 - 4.07 * km + 100.0) / 100.0
        settled = np.minimum(-1.12 * km**2 - 1.90 * km + 99.9, 100.0) / 100.0
        share = air.days_there / (air.days_there + 12.0)
        return np.asarray(fresh + (np.maximum(settled, fresh) - fresh) * share)

    def toll(self, air: Air) -> Column:
        if air is not self.known[0]:
            self.known = air, self._toll(air)
        return self.known[1]

    def _toll(self, air: Air) -> Column:
        feels = air.temperature_c + 0.08 * (air.humidity_percent - 50.0) * (air.temperature_c > 15.0)
        unused = 0.4 * np.maximum(air.temperature_c - self.warm_c - 5.0, 0.0)
        heat = self.people.talent.heat_loss_per_c / 0.003 * 0.00022 * np.maximum(feels + unused - 10.0, 0.0) ** 2
        sensitive = self.people.talent.altitude_loss_per_km / 0.063
        return np.asarray(np.maximum(self._thin(air), 0.3) ** sensitive * np.exp(-heat))

    def _demand_m_s(self, work: Work) -> Column:
        """Return the flat speed of the same oxygen cost (ACSM: 0.2 ml/kg per m, 0.9 per m of climb)."""
        return np.asarray((work.distance_m * work.going + 4.5 * work.ascent_m) / (work.seconds + (work.seconds == 0.0)))

    def heart_rate_bpm(self, work: Work, air: Air) -> Column:
        heart, rest = self.people.heart, self.rest_bpm()
        critical = self.critical_m_s * self._thin(air)
        running = work.seconds > 0.0
        ratio = np.maximum(self._demand_m_s(work), _WALK_M_S) / critical
        share = self.level + 0.46 * heart.bend * np.log(ratio)  # about 85 % of the reserve at critical speed
        tiring = 0.012 * heart.drift_bpm_per_h / 6.0 * np.log1p(work.seconds / 900.0) * np.maximum(ratio, 0.5)
        heat = 0.0011 * heart.heat_bpm_per_c / 0.6 * np.maximum(air.temperature_c - 8.0, 0.0) ** 1.4
        reserve = (heart.max_bpm - rest) * (1.0 - heart.beta_blocker)
        return np.asarray(rest + reserve * np.clip(share + tiring + heat, 0.15, 1.0) * running)

    def rest_bpm(self) -> Column:
        heart = self.people.heart
        return heart.rest_bpm * (1.06 - 0.14 * self.slow + 0.05 * self.tired) * (1.0 - 0.22 * heart.beta_blocker)

    def soreness(self) -> Column:
        return 10.0 * self.damage / (self.damage + 4.0)

    def _stress(self, work: Work) -> Column:
        """Return what a run does to tissue, in km of easy running on soft ground."""
        frail, km = self.people.frailty, work.distance_m / 1000.0
        fast = np.maximum(work.speed_m_s / self.critical_m_s, 0.3) ** (0.9 * frail.speed)
        down = 1.0 + 0.006 * frail.descent * work.descent_m / np.maximum(km, 0.1)
        return np.asarray(km * fast * down * (0.9 + 0.15 * frail.surface * work.hard_surface))

    def injury_chance(self, work: Work, air: Air) -> Column:
        carried = self.people.frailty.row * 0.35 * self.damage
        overload = (self._stress(work) * self.people.frailty.dose**0.5 + carried) / (self.strength + 4.0)
        return np.asarray(-np.expm1(-0.0062 * self.weak * overload**1.6 * (work.seconds > 0.0)))

    def night(self, work: Work, air: Air, weight_kg: Column) -> None:
        critical = self.critical_m_s * self.toll(air)
        ratio = np.minimum(self._demand_m_s(work) / critical, 1.25)
        hard_km = work.distance_m / 1000.0 * ratio**2
        stimulus = -np.expm1(-hard_km / _STIMULUS_KM)
        self.quick += stimulus * (1.0 - self.quick) * 0.32 - self.quick / _QUICK_D
        self.quick = np.minimum(np.maximum(self.quick, 0.0), 1.0)
        self.slow += (self._filled() - self.slow) / self.slow_d
        filled = self.tired + 0.022 * self.people.talent.fatigue * hard_km * (1.0 + 0.05 * hard_km * ratio)
        self.tired = np.minimum(np.maximum(filled - 0.62 * filled / (filled + 0.6), 0.0), 4.0)
        stress = self._stress(work)
        self.damage = self.damage * np.exp(-1.0 / _DAMAGE_D) + stress**1.3 / (self.strength + 4.0)
        self.strength += (stress - self.strength) / _TISSUE_D
        self.warm_c += (air.temperature_c - self.warm_c) / 12.0
        self.weight = weight_kg / self.people.body.weight_kg
        self._wake()


SECOND = Second()
