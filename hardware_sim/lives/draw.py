"""One seed -> people: how traits spread over those who run, with the source of every range.

The rule of this file: each trait is a function of a person's own luck; "assumed" marks a range that no source gives,
and all assumptions are listed in docs/lives.md. Population figures marked "calibrated" were chosen so that pooled
histories look like real ones; no single athlete was fitted.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from hardware_sim.lives.chance import Chance, Column, Whole, chance
from hardware_sim.lives.people import (
    Flag,
    Frailty,
    Habits,
    Heart,
    Home,
    Life,
    People,
    Physique,
    Stride,
    Talent,
)

_LIMIT = 2.6
"""Traits are cut here, in standard deviations: people at the edge, no monsters."""


def draw(seed: int, count: int, first: int = 0) -> People:
    """Return persons first to first + count - 1 of a seed; the same people whatever the count.

    ValueError for a seed, count or first that is negative or does not fit into 63 bits.
    """
    for name, value in (("seed", seed), ("count", count), ("first", first)):
        if not 0 <= value < 2**63:
            raise ValueError(f"{name} must not be negative nor beyond 63 bits, not {value!r}")
    number = np.arange(first, first + count, dtype=np.int64)
    seeds = np.full(count, seed, dtype=np.int64)
    luck = chance(seeds, number)
    body, home = _physique(luck), _home(luck)
    talent = _talent(luck, body)
    return People(
        seeds, number, body, talent, _heart(luck, body), _stride(luck, body), _frailty(luck, body),
        _life(luck, body), home, _habits(luck, body, talent),
    )  # fmt: skip


def twins(seed: int, count: int) -> tuple[People, People]:
    """Return `count` pairs: the same age, sex, height, weight, goal, home, life and habits, but another body inside."""
    one, other = draw(seed, count), draw(seed, count, first=count)
    same = {name: getattr(one, name) for name in ("body", "life", "home", "habits")}
    return one, dataclasses.replace(other, **same)


def _z(luck: Chance, what: str) -> Column:
    return np.clip(luck.normal(what), -_LIMIT, _LIMIT)


def _about(luck: Chance, what: str, mean: Column | float, deviation: Column | float) -> Column:
    return np.asarray(mean + deviation * _z(luck, what))


def _around(luck: Chance, what: str, median: Column | float, log_deviation: float) -> Column:
    """Return log-normal values."""
    return np.asarray(median * np.exp(log_deviation * _z(luck, what)))


def _share(luck: Chance, what: str, median: float, logit_deviation: float) -> Column:
    """Return shares in (0, 1) whose log odds are normal."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.log(median / (1.0 - median)) - logit_deviation * _z(luck, what))))


def _physique(luck: Chance) -> Physique:
    female = luck.uniform("sex") < 0.42  # 22 % in the watch users of Frandsen 2025, about half in mass races: between
    # the middle of three draws: a hump at 40 (mean 46 in Frandsen 2025), with the young and the old present
    middle = np.sort([luck.uniform(f"age {k}") for k in range(3)], axis=0)[1]
    age = np.clip(10.0 + 66.0 * middle, 14.0, 80.0)
    age = np.where(luck.uniform("old") < 0.05, 60.0 + 20.0 * luck.uniform("how old"), age)
    grown = 1.0 - 0.012 * np.maximum(17.0 - age, 0.0)
    height = _about(luck, "height", np.where(female, 1.63, 1.76), 0.066) * grown  # NCD-RisC 2016, adults
    # runners are leaner than people (Williams 2013, National Runners' Health Study: men 23.8, women 21.4 +- 2.5)
    bmi = np.clip(_about(luck, "bmi", np.where(female, 22.0, 23.8), 2.6), 16.5, 36.0)
    weight = bmi * height**2
    wants = (luck.uniform("weight goal") < 0.3) & (bmi > 22.0) & (age >= 18.0)  # assumed
    goal = np.where(wants, np.maximum(weight - 2.0 - 6.0 * luck.uniform("goal"), 20.0 * height**2), np.nan)
    return Physique(female, age, height, weight, _about(luck, "weight drift", 0.3, 0.8), goal)  # drift assumed


def _talent(luck: Chance, body: Physique) -> Talent:
    # Untrained VO2max falls by 8 to 10 % a decade (Tanaka & Seals 2008); women's speeds are 10 to 12 % lower.
    age_log = -0.0085 * np.maximum(body.age_y - 32.0, 0.0) - 0.012 * np.maximum(18.0 - body.age_y, 0.0)
    heavy = -0.55 * np.log(body.weight_kg / body.height_m**2 / 23.0)  # less than the 1/kg of pure aerobic power
    median = 3.62 * np.exp(age_log + heavy - 0.11 * body.female)  # calibrated: active, but no runner
    return Talent(
        untrained_10k_m_s=_around(luck, "untrained", median, 0.10),
        trainability=np.clip(
            _about(luck, "trainability", 0.26, 0.11), 0.03, 0.55
        ),  # Bouchard 1999: 19 +- 10 % in 20 wk
        half_load=_around(luck, "half load", 115.0, 0.25),  # assumed
        endurance=np.clip(_about(luck, "endurance", 1.115, 0.028), 1.05, 1.20),  # recreational: 1.15 half to whole M
        fitness_days=_around(luck, "fitness days", 42.0, 0.22),  # Banister 1975; Busso 2003: 30 to 60 d
        fatigue_days=_around(luck, "fatigue days", 8.5, 0.25),  # 5 to 15 d, the same
        fatigue=_around(luck, "fatigue", 1.0, 0.3),
        altitude_loss_per_km=np.clip(_about(luck, "altitude", 0.063, 0.008), 0.046, 0.080),  # Wehrlin & Hallen 2006
        heat_loss_per_c=np.clip(_around(luck, "heat", 0.0030, 0.4), 0.001, 0.008),  # El Helou 2012, Ely 2007
    )


def _heart(luck: Chance, body: Physique) -> Heart:
    top = np.clip(_about(luck, "max hr", 211.0 - 0.64 * body.age_y, 10.8), 130.0, 222.0)  # HUNT, Nes 2013
    rest = np.clip(_about(luck, "rest hr", np.where(body.female, 60.0, 57.0), 7.0), 40.0, 85.0)
    # Share of adults on beta-blockers: about 1 % under 40, 20 % over 65 (NHANES; runners assumed at half of that)
    taken = luck.uniform("beta") < np.interp(body.age_y, [30.0, 45.0, 65.0, 80.0], [0.002, 0.015, 0.08, 0.14])
    return Heart(
        rest_bpm=rest,
        max_bpm=top,
        # Swain 1998: %HRR = %VO2R; over the share of VO2max, resting uptake counted in, that bends by 1.15; calibrated
        bend=_about(luck, "bend", 1.21, 0.07),
        drift_bpm_per_h=np.clip(_about(luck, "drift", 5.0, 2.5), 0.0, 14.0),  # Coyle & Gonzalez-Alonso 2001: 5-15 %
        heat_bpm_per_c=np.clip(_about(luck, "heat hr", 0.6, 0.3), 0.0, 2.0),  # about 1 beat/min per deg C (Kamon 1979)
        scatter_bpm=_around(luck, "hr scatter", 4.2, 0.3),  # Lamberts 2004: 3 to 8 beats at the same speed, with sensor
        wander_bpm=_around(luck, "hr wander", 4.5, 0.3),  # calibrated
        beta_blocker=np.where(taken, np.clip(_about(luck, "dose", 0.22, 0.06), 0.08, 0.35), 0.0),  # -20 to -30 % of max
    )


def _stride(luck: Chance, body: Physique) -> Stride:
    tall = -25.0 * (body.height_m - 1.72)  # taller people step more slowly, about 2.5 steps/min per 10 cm
    return Stride(
        cadence_at_3_spm=_about(luck, "cadence", 166.0 + tall, 6.5),  # van Oeveren 2017: 160 to 175 at easy speed
        cadence_per_m_s=np.clip(_about(luck, "cadence slope", 8.5, 1.6), 4.0, 13.0),  # assumed 6 to 12
        scatter_spm=_around(luck, "cadence scatter", 1.6, 0.3),
    )


def _frailty(luck: Chance, body: Physique) -> Frailty:
    gamma = -0.5 * (np.log(luck.uniform("frail 1")) + np.log(luck.uniform("frail 2")))  # shape 2, mean 1
    lean = np.exp(0.04 * np.maximum(body.weight_kg / body.height_m**2 - 25.0, 0.0))
    return Frailty(
        overall=np.clip(gamma, 0.05, 5.0) * lean,
        dose=_around(luck, "frail dose", 1.0, 0.4),
        descent=_around(luck, "frail descent", 1.0, 0.5),
        speed=_around(luck, "frail speed", 1.0, 0.5),
        surface=_around(luck, "frail surface", 1.0, 0.5),
        row=_around(luck, "frail row", 1.0, 0.4),
        heal_days=_around(luck, "heal", 11.0, 0.4) * (1.0 + 0.008 * np.maximum(body.age_y - 30.0, 0.0)),
    )  # weights assumed; length: half of injuries over in about 2 weeks (Kluitenberg 2015)


def _life(luck: Chance, body: Physique) -> Life:
    shift = (
        (luck.uniform("shift") < 0.18) & (body.age_y > 18.0) & (body.age_y < 65.0)
    )  # Eurofound 2017: 21 % of workers
    mother = body.female & (body.age_y >= 20.0) & (body.age_y <= 42.0)
    return Life(
        sleep_h=_about(luck, "sleep", np.where(shift, 6.5, 7.1), 0.65),  # Kocevska 2021: adults 7.1 +- 1
        sleep_scatter_h=_around(luck, "sleep scatter", 0.75, 0.3) * np.where(shift, 1.5, 1.0),
        mood_scatter=_around(luck, "mood", 0.7, 0.3),
        shift_worker=shift,
        illness_per_y=_around(luck, "illness", 2.0, 0.5),  # adults: 2 to 3 colds a year
        trips_per_y=_around(luck, "trips", 3.0, 0.8),  # assumed
        breaks_per_y=_around(luck, "breaks", 1.1, 0.8),  # calibrated
        break_days=_around(luck, "break days", 38.0, 0.8),  # calibrated
        pregnancy_per_y=np.where(mother, 0.055, 0.0),  # births: 56 a year per 1,000 women of 15 to 44 (CDC 2022)
    )


def _home(luck: Chance) -> Home:
    # 6.5 % of mankind live above 1,500 m (Tremblay & Ainslie 2021), most near the sea
    which, where = luck.uniform("height of home"), luck.uniform("which height")
    altitude = np.interp(which, [0.0, 0.72, 0.93, 0.985, 1.0], [0.0, 250.0, 1200.0, 2300.0, 3600.0])
    mean = np.clip(_about(luck, "climate", 15.0, 5.5), 0.0, 29.0)
    return Home(
        altitude_m=altitude + 20.0 * where,
        temperature_c=mean - 0.0045 * altitude,  # 6.5 deg C per km in free air, less where people live: assumed
        season_c=np.clip(_about(luck, "season", 11.0 - 0.5 * (mean - 15.0), 2.5), 0.5, 18.0),
        weather_c=_around(luck, "weather", 3.2, 0.25),
        humidity_percent=np.clip(_about(luck, "humidity", 66.0, 12.0), 15.0, 95.0),
        southern=luck.uniform("half of the earth") < 0.12,  # share of mankind south of the equator
        mountains=_share(luck, "mountains", 0.15, 1.0),
    )


def _habits(luck: Chance, body: Physique, talent: Talent) -> Habits:
    sunday = (luck.uniform("long day") < 0.55).astype(np.int64)
    likes = np.stack([0.45 * luck.normal(f"weekday {k}") for k in range(7)], axis=1)
    keen = _z(luck, "keen")
    level = np.log(talent.untrained_10k_m_s / 3.2)
    return Habits(
        runs_per_week=np.clip(2.9 * np.exp(0.42 * keen), 0.6, 6.8),  # calibrated
        weekday=likes,
        long_day=5 + sunday,
        long_ratio=np.where(luck.uniform("long") < 0.6, _around(luck, "long ratio", 1.35, 0.18), 1.0),
        streak=_about(luck, "streak", -0.5, 1.1),  # calibrated
        swing=_around(luck, "swing", 1.0, 0.4),  # calibrated
        season=_about(luck, "warm season", 0.15, 0.4),
        usual_km=_usual_km(luck, body, keen),
        spread=np.clip(_around(luck, "spread", 0.40, 0.28), 0.12, 0.8),  # calibrated
        favourite=_share(luck, "favourite", 0.25, 1.3),
        effort=np.clip(
            _about(luck, "effort", 0.847 - 0.20 * level, 0.038), 0.64, 0.97
        ),  # calibrated; the slow run nearer their limit
        effort_spread=np.clip(_around(luck, "effort spread", 0.034, 0.35), 0.015, 0.12),
        far=_about(luck, "far", 0.075, 0.07),  # calibrated
        course=_around(luck, "course", 0.06, 0.35),  # calibrated
        hard_share=_share(luck, "hard", 0.10, 0.9),
        walk_share=_share(luck, "walks", 0.05, 1.1),  # calibrated
        races_per_y=_around(luck, "races", 1.5, 0.9),
        climb_m_per_km=np.clip(_around(luck, "climb", 4.0, 0.9), 0.3, 60.0),
        hard_surface=_share(luck, "surface", 0.75, 1.2),
        obedience=_share(luck, "obedience", 0.72, 0.9),
        says_effort=_share(luck, "says effort", 0.6, 1.5),
        says_pain=_share(luck, "says pain", 0.7, 1.0),
        effort_bias=_about(luck, "effort bias", 0.0, 0.9),
    )


def _usual_km(luck: Chance, body: Physique, keen: Column) -> Column:
    old = -0.006 * np.maximum(body.age_y - 50.0, 0.0) - 0.05 * np.maximum(17.0 - body.age_y, 0.0)
    return np.asarray(6.6 * np.exp(0.33 * _z(luck, "usual km") + 0.12 * keen + old))  # calibrated


__all__ = ["Flag", "Whole", "draw", "twins"]
