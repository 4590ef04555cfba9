"""What altitude does to a runner: loss of aerobic power, loss of pace, and how both come back over days.

The rule of this file: altitudes in m, losses as fractions of the sea-level value, time in days. A person is
acclimatised to one altitude at a time, and that altitude follows the place they are in with one time constant.

Sources: Wehrlin and Hallén (2006), Eur J Appl Physiol, doi 10.1007/s00421-005-0081-9: maximal oxygen uptake falls
by 6.3 % for each 1,000 m above 300 m (individuals 4.6 to 7.5 %). Bassett et al. (1999), Med Sci Sports Exerc 31:
aerobic power in per cent of sea level, unacclimatised 0.178 x^3 - 1.43 x^2 - 4.07 x + 100, acclimatised
-1.12 x^2 - 1.90 x + 99.9 with x in km. Pace: Sucec (1996), Adams (1975), see `pace_loss`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from edge.samples import Column, Estimate

#: Below this altitude the measured loss is nothing (Wehrlin and Hallén 2006).
THRESHOLD_M = 300.0
#: A change of this size or more, against what the person is acclimatised to, is worth a card and an adjustment.
NOTABLE_CHANGE_M = 300.0
#: Time constant in days of coming to terms with a new altitude: 7 to 10 days are published, the middle is taken.
TIME_CONSTANT_DAYS = 8.5
#: Above this altitude no pace is worth stating: the curves end and effort is the only guide.
CURVES_END_M = 4500.0
#: Share of aerobic power at which easy running is done.
EASY_SHARE = 0.65
_WEHRLIN = (0.046, 0.063, 0.075)
#: Individuals differ: 4.6 to 7.5 % where the mean is 6.3 (Wehrlin), and pace follows power between 0.4 and 1.1 to 1.
_SPREAD = (0.55, 1.4)


@dataclass(frozen=True, slots=True)
class AltitudeEffect:
    """What being here does to this person now, as fractions of pace (positive = slower), and until when."""

    pace_change: Estimate
    power_loss: Estimate
    days_until_settled: float
    """Days until less than `NOTABLE_CHANGE_M` separate the person from the place; 0 when already so."""


def unacclimatised_loss(altitude_m: float) -> Estimate:
    """Return the loss of aerobic power (fraction) on arrival: the mean of both published curves.

    The interval spans both curves and the spread between individuals. Zero at and below 300 m.
    """
    altitude = min(altitude_m, CURVES_END_M)
    above_km = max(0.0, altitude - THRESHOLD_M) / 1000.0
    if above_km == 0.0:
        return Estimate(0.0, 0.0, 0.0, "below 300 m")
    low, middle, high = (share * above_km for share in _WEHRLIN)
    bassett = _bassett_unacclimatised(altitude / 1000.0) * _fade_in(altitude)
    value = 0.5 * (middle + bassett)
    return Estimate(value, min(low, bassett), max(high, bassett), "Wehrlin and Hallén 2006, Bassett 1999")


def recovered_share(altitude_m: float) -> float:
    """Return the share (0 to 1) of the loss that full acclimatisation gives back: about one third (Bassett 1999)."""
    km = min(max(altitude_m, 1000.0), CURVES_END_M) / 1000.0
    acclimatised = 0.001 + 0.0190 * km + 0.0112 * km * km
    return 1.0 - acclimatised / _bassett_unacclimatised(km)


def power_loss(altitude_m: float, acclimatised_to_m: float) -> Estimate:
    """Return the loss of aerobic power (fraction) here, for a person acclimatised to another altitude."""
    arrival = unacclimatised_loss(altitude_m)
    span_m = altitude_m - THRESHOLD_M
    progress = 0.0 if span_m <= 0 else min(max((acclimatised_to_m - THRESHOLD_M) / span_m, 0.0), 1.0)
    kept = 1.0 - progress * recovered_share(altitude_m)
    return Estimate(arrival.value * kept, arrival.low * kept, arrival.high * kept, arrival.source)


def pace_share(altitude_m: float) -> float:
    """Return how much of a loss of aerobic power shows in pace (0.45 to 0.8): less than 1:1.

    Thinner air resists less and races are not run at maximal uptake. 0.45 gives the 3 to 5 % at 10 km expected of
    newcomers at 1,609 m; 0.8 from 2,440 m on gives Sucec's 9.9 to 14.3 % in week 1 and 7.0 to 9.6 % in weeks 5 to 9.
    Adams (1975; 2,300 m, two miles +7.2 %) lies below it, so the interval of `effect` is wide.
    """
    return 0.45 + 0.35 * min(max((altitude_m - 1609.0) / (2440.0 - 1609.0), 0.0), 1.0)


def pace_loss(altitude_m: float, acclimatised_to_m: float) -> float:
    """Return the fraction by which pace (s per km) at equal effort is slower here than at sea level."""
    return power_loss(altitude_m, acclimatised_to_m).value * pace_share(altitude_m)


def effect(here_m: float, acclimatised_to_m: float, compared_with_m: float = math.nan) -> AltitudeEffect:
    """Return what being here means, acclimatised as stated, against living at `compared_with_m`.

    Without a place to compare with, the one that the person is acclimatised to.
    """
    with_m = acclimatised_to_m if math.isnan(compared_with_m) else compared_with_m
    value = (1.0 + pace_loss(here_m, acclimatised_to_m)) / (1.0 + pace_loss(with_m, with_m)) - 1.0
    low, high = sorted((_SPREAD[0] * value, _SPREAD[1] * value))
    change = Estimate(value, low, high, "Wehrlin and Hallén 2006, Bassett 1999, Sucec 1996")
    return AltitudeEffect(change, power_loss(here_m, acclimatised_to_m), days_to_settle(here_m, acclimatised_to_m))


def days_to_settle(here_m: float, acclimatised_to_m: float) -> float:
    """Return the days until the acclimatised altitude is within `NOTABLE_CHANGE_M` of the place."""
    apart = abs(effective_m(here_m) - effective_m(acclimatised_to_m))
    return TIME_CONSTANT_DAYS * math.log(apart / NOTABLE_CHANGE_M) if apart > NOTABLE_CHANGE_M else 0.0


def is_notable(here_m: float, acclimatised_to_m: float) -> bool:
    """Return whether the change of altitude is worth an adjustment: 300 m or more, one end above 300 m."""
    return max(here_m, acclimatised_to_m) > THRESHOLD_M and abs(here_m - acclimatised_to_m) >= NOTABLE_CHANGE_M


def effective_m(altitude_m: float) -> float:
    """Return the altitude in m with all of the sea's depth and of salt flats below it counted as zero."""
    return max(altitude_m, 0.0)


def acclimatised_after_m(acclimatised_to_m: float, place_m: float, stay_days: float) -> float:
    """Return the altitude in m that a person is acclimatised to after a stay of so many days at a place."""
    left = math.exp(-max(stay_days, 0.0) / TIME_CONSTANT_DAYS)
    return effective_m(place_m) + (effective_m(acclimatised_to_m) - effective_m(place_m)) * left


def acclimatised_course_m(day: Column, place_m: Column, home_m: float) -> Column:
    """Return (n + 1,) the acclimatised altitude in m at each of n arrivals and at the last moment.

    `day` (n + 1,) holds the arrivals and the end, rising; `place_m` (n,) the altitude of each stay.
    The recursion is linear, so a stay's end follows from its start and its length alone.
    """
    course = np.empty(len(day))
    course[0] = effective_m(home_m)
    for i, altitude_m in enumerate(place_m.tolist()):  # one step a stay, not a sample
        course[i + 1] = acclimatised_after_m(float(course[i]), altitude_m, float(day[i + 1] - day[i]))
    return course


def heart_rate_rise_bpm(max_hr_bpm: float, power_lost: float) -> float:
    """Return the beats/min by which heart rate at an unchanged easy pace rises when aerobic power is lost.

    The same speed takes a larger share of what is left; % of maximal heart rate grows by 0.643 of that (Swain 1994).
    """
    return 0.643 * max_hr_bpm * EASY_SHARE * power_lost / (1.0 - power_lost)


def _bassett_unacclimatised(km: float) -> float:
    return -(0.178 * km**3 - 1.43 * km**2 - 4.07 * km) / 100.0


def _fade_in(altitude_m: float) -> float:
    """Return 0 at 300 m rising to 1 at 1,000 m, so that both curves start where the loss was measured to start."""
    return min(max((altitude_m - THRESHOLD_M) / (1000.0 - THRESHOLD_M), 0.0), 1.0)
