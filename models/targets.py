"""The targets that follow from what is believed of one person: easy and steady speed, 10 km time, easy heart rate.

The rule of this file: nothing is learned here and nothing is kept; a belief comes in, targets with their doubt go out,
all for flat ground and cool air near the sea. Shares of pace are those of `edge.coach.targets`, so that a target is
the same whoever states it. Before the first run they are the targets of everybody with that profile.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.coach.performance import HALF_M, oxygen_ml_kg_min, speed_m_s, sustainable_fraction
from edge.coach.targets import HALF_SHARE
from edge.samples import Estimate
from models.adapt import CENTRE_M_S, TEN_KM, USUAL, Person
from models.person_forward import STATE

Array = NDArray[np.float64]
#: Limits of every speed in m/s and heart rate in bpm that is stated: from a walk to a little below the best of the
#: world over 10 km (26:11, 6.36 m/s).
SPEED_LIMITS_M_S, HR_LIMITS_BPM = (1.0, 6.5), (60.0, 215.0)
#: Resting heart rate while unknown, with its standard deviation between people who run.
REST_BPM, REST_SD_BPM = 58.0, 8.0
#: Maximal heart rate: 211 - 0.64 age +- 10.8 (Nes et al. 2013); +- 3 where it was stated, 184 +- 14 without an age.
_AGE_LINE, _NO_AGE, _STATED_SD_BPM = (211.0, 0.64, 10.8), (184.0, 14.0), 3.0
#: A heart rate seen in a run is below the maximum by so much at least, and by so much more or less.
_ABOVE_SEEN_BPM, _SEEN_SD_BPM = 3.0, 8.0
#: Oxygen at rest in ml/kg/min. The share of heart-rate reserve is the share of oxygen reserve (Swain and Leutholtz
#: 1997); people scatter about that, and about the share at which they race 10 km, by some 5 % of reserve (assumed).
_REST_OXYGEN, _SWAIN_SD_BPM = 3.5, 7.0
#: Easy over usual speed: usual speed is 77 % of 10 km speed in the prior of people (real histories beside the survey),
#: the coach's easy speed 75 %; and the spread of that between people (`models.train.person_prior.USUAL_SPREAD`).
EASY_OVER_USUAL, EASY_OVER_USUAL_SD = 0.964, 0.08
#: With a maximum this well known, heart rate says at which effort somebody usually runs. Known by age alone it does
#: not: in the first physiology the error stayed the same and fewer twins were told apart.
KNOWN_MAX_SD_BPM = 5.0
#: Log speed by which the share of reserve of ordinary runs (hills, heat, drift, stops) undervalues the 10 km speed of
#: the people of the prior, aged 40; and the standard deviation of what it says of one person (first physiology).
_UNDERVALUED, _EFFORT_SD = 0.09, 0.08
_90 = 1.645


@dataclass(frozen=True, slots=True)
class Reserve:
    """Resting and maximal heart rate in bpm, with the standard deviation of what is known of each."""

    rest_bpm: float = REST_BPM
    max_bpm: float = _NO_AGE[0]
    rest_sd_bpm: float = REST_SD_BPM
    max_sd_bpm: float = _NO_AGE[1]


@dataclass(frozen=True, slots=True)
class Targets:
    """What to run by, each with its 90 % interval: speeds in m/s, the 10 km time in s, heart rate in bpm."""

    easy_speed_m_s: Estimate
    easy_hr_bpm: Estimate
    """Mean heart rate of half an hour at the easy speed."""
    steady_speed_m_s: Estimate
    ten_km_s: Estimate


def reserve_of(
    age_years: float = math.nan, rest_bpm: float = math.nan, max_bpm: float = math.nan, seen_bpm: float = math.nan
) -> Reserve:
    """Return the heart-rate reserve by what is known, NaN where not: age, resting, stated and highest heart rate seen.

    ValueError names a heart rate that cannot be.
    """
    for name, value, low, high in (("resting", rest_bpm, 25.0, 110.0), ("maximal", max_bpm, 100.0, 250.0)):
        if value == value and not low <= value <= high:
            raise ValueError(f"a {name} heart rate of {value:g} bpm is outside {low:g} to {high:g}")
    rest, rest_sd = (rest_bpm, 2.0) if rest_bpm == rest_bpm else (REST_BPM, REST_SD_BPM)
    if max_bpm == max_bpm:
        return Reserve(rest, max(max_bpm, rest + 40.0), rest_sd, _STATED_SD_BPM)
    top, top_sd = (_AGE_LINE[0] - _AGE_LINE[1] * age_years, _AGE_LINE[2]) if age_years == age_years else _NO_AGE
    if seen_bpm + _ABOVE_SEEN_BPM > top:
        top, top_sd = min(seen_bpm + _ABOVE_SEEN_BPM, 225.0), _SEEN_SD_BPM
    return Reserve(rest, max(top, rest + 40.0), rest_sd, top_sd)


def targets(person: Person, reserve: Reserve | None = None) -> Targets:
    """Return the targets that follow from a belief, and from the heart-rate reserve where something is known of it."""
    reserve = reserve or Reserve()
    source = f"{person.runs:.0f} runs with heart rate over prior {person.prior_hash}"
    if reserve.max_sd_bpm <= KNOWN_MAX_SD_BPM:
        person, source = by_effort(person, reserve), f"{source}, maximal heart rate {reserve.max_bpm:.0f} bpm"
    ten_km = _speed(person, _TEN_KM, 1.0, source)
    easy = _speed(person, _HALF, share_of_half("easy"), source)
    return Targets(
        easy,
        _easy_hr(person, reserve, easy.value, source),
        _speed(person, _HALF, share_of_half("steady"), source),
        Estimate(10000.0 / ten_km.value, 10000.0 / ten_km.high, 10000.0 / ten_km.low, source),
    )


def share_of_half(kind: str) -> float:
    """Return the speed of a kind of session over half-marathon speed: the middle of the coach's pace band."""
    low, high = HALF_SHARE[kind]
    return 2.0 / (low + high)


def _row(**weights: float) -> Array:
    row = np.zeros(len(STATE))
    for name, weight in weights.items():
        row[STATE.index(name)] = weight
    return row


#: What log speed over 10 km and over the half marathon are of the belief.
_TEN_KM = _row(ten_km_log_speed=1.0)
_HALF = _row(ten_km_log_speed=1.0, endurance_exponent=-math.log(HALF_M / 10000.0))


def _sd(person: Person, row: Array) -> float:
    return math.sqrt(max(float(row.dot(person.covariance).dot(row)), 0.0))


def _speed(person: Person, row: Array, share: float, source: str) -> Estimate:
    """Return a share of the speed whose log is a row of the belief, held to what people can run."""
    middle, reach = float(row.dot(person.mean)) + math.log(share), _90 * _sd(person, row)
    low, value, high = (_held(math.exp(middle + step), SPEED_LIMITS_M_S) for step in (-reach, 0.0, reach))
    return Estimate(value, low, high, source)


def _held(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])


def _oxygen(speed: float) -> float:
    """Return the oxygen in ml/kg/min above rest of a speed in m/s, 1 at least."""
    return max(oxygen_ml_kg_min(speed) - _REST_OXYGEN, 1.0)


def _usual(person: Person) -> tuple[float, Array]:
    """Return the usual speed in m/s and the weights (10,) that make the heart rate at it of the belief."""
    usual_m_s = _held(math.exp(float(person.mean[USUAL])), SPEED_LIMITS_M_S)
    return usual_m_s, _row(hr_level_bpm=1.0, hr_slope_bpm_per_m_s=usual_m_s - CENTRE_M_S)


def by_effort(person: Person, reserve: Reserve) -> Person:
    """Return the belief for targets alone, after what the share of reserve of the usual runs says of the 10 km speed.

    The share of heart-rate reserve is that of oxygen reserve, and 10 km are raced at the share of Daniels and Gilbert.
    Not to be stored: told twice, the same runs would count twice.
    """
    usual_m_s, line = _usual(person)
    above = max(float(line.dot(person.mean)) - reserve.rest_bpm, 10.0)
    share = _held(above / (reserve.max_bpm - reserve.rest_bpm), (0.35, 1.0))
    ten_km_m_s = _held(math.exp(float(person.mean[TEN_KM])), SPEED_LIMITS_M_S)
    raced = min(sustainable_fraction(10000.0 / ten_km_m_s), 1.0)
    able_m_s = speed_m_s((_oxygen(usual_m_s) / share + _REST_OXYGEN) * raced)
    doubt_bpm = math.hypot(_sd(person, line), reserve.max_sd_bpm, reserve.rest_sd_bpm)
    pull = person.covariance[TEN_KM] - person.covariance[USUAL]
    total = float(pull[TEN_KM] - pull[USUAL]) + _EFFORT_SD**2 + (doubt_bpm / above) ** 2
    miss = math.log(able_m_s / usual_m_s) + _UNDERVALUED - float(person.mean[TEN_KM] - person.mean[USUAL])
    covariance = person.covariance - np.outer(pull, pull) / total
    return dataclasses.replace(person, mean=person.mean + pull * (miss / total), covariance=covariance)


def _easy_hr(person: Person, reserve: Reserve, easy_m_s: float, source: str) -> Estimate:
    """Return the easy heart rate: from that of the runs, moved to the easy speed, and from the reserve, by doubt."""
    own, own_sd = _from_runs(person, reserve)
    by_reserve, reserve_sd = _from_reserve(person, reserve, easy_m_s)
    weight = reserve_sd**2 / (own_sd**2 + reserve_sd**2)
    value, sd = weight * own + (1.0 - weight) * by_reserve, math.sqrt(weight) * own_sd
    limits = HR_LIMITS_BPM[0], min(HR_LIMITS_BPM[1], reserve.max_bpm + _90 * reserve.max_sd_bpm)
    low, middle, high = (_held(value + step, limits) for step in (-_90 * sd, 0.0, _90 * sd))
    return Estimate(middle, low, high, source)


def _from_runs(person: Person, reserve: Reserve) -> tuple[float, float]:
    """Return the easy heart rate in bpm and its standard deviation, from the heart rate at the usual speed.

    The line over single runs is too flat to go by (a slow course is slow at the same effort), so the part above rest is
    moved in proportion to oxygen; and as far as people's usual speed lies from their easy speed, not as far as this
    person's seems to after a few runs.
    """
    usual_m_s, line = _usual(person)
    moved = _oxygen(EASY_OVER_USUAL * usual_m_s) / _oxygen(usual_m_s)
    above = (float(line.dot(person.mean)) - reserve.rest_bpm) * moved
    share_sd = above * math.log(moved) / math.log(EASY_OVER_USUAL) * EASY_OVER_USUAL_SD
    sd = math.hypot(moved * _sd(person, line), share_sd, (1.0 - moved) * reserve.rest_sd_bpm)
    return reserve.rest_bpm + above, sd


def _from_reserve(person: Person, reserve: Reserve, easy_m_s: float) -> tuple[float, float]:
    """Return the easy heart rate in bpm and its standard deviation, by its share of the heart-rate reserve."""
    ten_km_m_s = _held(math.exp(float(person.mean[TEN_KM])), SPEED_LIMITS_M_S)
    most = oxygen_ml_kg_min(ten_km_m_s) / sustainable_fraction(10000.0 / ten_km_m_s)
    share = min(_oxygen(easy_m_s) / max(most - _REST_OXYGEN, 1.0), 1.0)
    sd = math.hypot(share * reserve.max_sd_bpm, (1.0 - share) * reserve.rest_sd_bpm, _SWAIN_SD_BPM)
    return reserve.rest_bpm + share * (reserve.max_bpm - reserve.rest_bpm), sd
