"""Where the person may be after a flight or on a road, and how likely each is: aircraft, apron, terminal, kerb, car.

The rule of this file: a forward filter (a hidden Markov chain in continuous time) over the ways to come by background
samples. The mean stays and the likelihoods are round figures stated here; none is fitted to a recording. A copy of an
old fix and a wrong fix say nothing of the sky; no fix at all does. Sources: Rabiner 1989 (forward recursion).
"""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from functools import lru_cache
from math import exp, isfinite, lgamma, log, nan

import numpy as np
from numpy.typing import NDArray

from edge.trip_fix import (
    GOOD_M,
    JUMP_KM,
    SAME_PLACE_KM,
    UNSEEN_KM,
    Judged,
    Kind,
    apart_km,
    distance_km,
    has_fix,
    known_m,
)
from edge.trip_leap import LEAP_S
from edge.trip_sky import OPEN, STREET, WALLS, WINDOW, fix_likelihood
from edge.trip_types import Background, TripMemory


class Scene(IntEnum):
    """What surrounds the device."""

    CABIN = 0
    """Aboard, without sky."""
    WINDOW = 1
    """Aboard or at a gate, at a window, at rest."""
    TAXI = 2
    """Aboard at a window, rolling."""
    APRON = 3
    """On foot from the aircraft into the terminal."""
    TERMINAL = 4
    """In the hall."""
    OUTSIDE = 5
    """On foot under the sky, with the airport or the ride behind."""
    RIDE = 6
    WAIT = 7
    """In a car or train that stands."""
    INSIDE = 8
    """Behind walls, after `OUTSIDE`."""
    PIER = 9
    """On the way from the aircraft to the hall: nobody is at the kerb at once."""
    STREET = 10
    """As `OUTSIDE`, between houses: all fixes are poor, but they come."""


_Means = dict[tuple[Scene, Scene], float]
FLOWN_MEAN_S: _Means = {
    (Scene.CABIN, Scene.PIER): 1500.0,
    (Scene.CABIN, Scene.APRON): 10_000.0,
    (Scene.WINDOW, Scene.PIER): 1500.0,
    (Scene.WINDOW, Scene.APRON): 10_000.0,
    (Scene.WINDOW, Scene.TAXI): 1200.0,
    (Scene.TAXI, Scene.WINDOW): 800.0,
    (Scene.APRON, Scene.PIER): 60.0,
    (Scene.APRON, Scene.OUTSIDE): 1500.0,
    (Scene.PIER, Scene.TERMINAL): 300.0,
    (Scene.TERMINAL, Scene.OUTSIDE): 3000.0,
    (Scene.TERMINAL, Scene.STREET): 6000.0,
    (Scene.TERMINAL, Scene.RIDE): 20_000.0,
    (Scene.TERMINAL, Scene.CABIN): 6000.0,
    (Scene.TERMINAL, Scene.WINDOW): 12_000.0,
    (Scene.OUTSIDE, Scene.TERMINAL): 900.0,
    (Scene.OUTSIDE, Scene.STREET): 600.0,
    (Scene.OUTSIDE, Scene.RIDE): 300.0,
    (Scene.OUTSIDE, Scene.WAIT): 600.0,
    (Scene.STREET, Scene.TERMINAL): 900.0,
    (Scene.STREET, Scene.OUTSIDE): 600.0,
    (Scene.STREET, Scene.RIDE): 300.0,
    (Scene.STREET, Scene.WAIT): 600.0,
    (Scene.RIDE, Scene.WAIT): 300.0,
    (Scene.WAIT, Scene.RIDE): 45.0,
    (Scene.WAIT, Scene.OUTSIDE): 1200.0,
    (Scene.WAIT, Scene.STREET): 1200.0,
    (Scene.RIDE, Scene.OUTSIDE): 12_000.0,
    (Scene.RIDE, Scene.STREET): 12_000.0,
}
"""After a flight: mean time in s until one scene gives way to another, were it the only way out of it."""
ROAD_MEAN_S: _Means = {
    (Scene.RIDE, Scene.WAIT): 300.0,
    (Scene.RIDE, Scene.OUTSIDE): 12_000.0,
    (Scene.RIDE, Scene.STREET): 12_000.0,
    (Scene.RIDE, Scene.INSIDE): 20_000.0,
    (Scene.WAIT, Scene.RIDE): 45.0,
    (Scene.WAIT, Scene.OUTSIDE): 600.0,
    (Scene.WAIT, Scene.STREET): 600.0,
    (Scene.WAIT, Scene.INSIDE): 3000.0,
    (Scene.OUTSIDE, Scene.RIDE): 900.0,
    (Scene.OUTSIDE, Scene.STREET): 600.0,
    (Scene.OUTSIDE, Scene.INSIDE): 600.0,
    (Scene.STREET, Scene.RIDE): 900.0,
    (Scene.STREET, Scene.OUTSIDE): 600.0,
    (Scene.STREET, Scene.INSIDE): 600.0,
    (Scene.INSIDE, Scene.OUTSIDE): 12_000.0,
    (Scene.INSIDE, Scene.STREET): 12_000.0,
    (Scene.INSIDE, Scene.RIDE): 6000.0,
}
"""The same on a road: cars wait for three quarters of a minute, people stay for longer."""
AFTER_FLIGHT = (0.7, 0.15, 0.0, 0.0, 0.05, 0.0, 0.0, 0.0, 0.0, 0.1, 0.0)
ON_ROAD = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.9, 0.1, 0.0, 0.0, 0.0)
SURE_LANDED, SURE_LANDED_SLOW = 0.99, 0.85
"""Out of the airport, wrong in one of 100; a device that gives no bursts brings hardly more than one sample in time."""
SURE_STOPPED, SURE_STOPPED_SLOW = 0.98, 0.8
"""A stop on the road taken for an arrival does no harm: the person is there, and the ride on ends it."""
CONNECTING_S, DEPLANED_S = 1800.0, 2700.0
"""Airports take three quarters of an hour from gate to gate and more (IATA, minimum connecting times): nobody boards so
soon after a landing. Taxiing in (5 to 20 min) and the way to the door (10 to 25 min) are over within the other: from
then on who sits in a cabin has boarded the next flight, and nobody walks over an apron."""
CABIN_SKY = (0.01, ((1.0, 60.0, 0.8),))
RIDE_SKY = (0.85, OPEN[1])
WIDE_SKY = (0.95, ((1.0, 8.0, 0.5),))
_SKIES, _SKY_OF = (CABIN_SKY, WINDOW, WIDE_SKY, WALLS, RIDE_SKY, STREET), (0, 1, 1, 2, 3, 2, 4, 4, 3, 3, 5)
#: Steps/s with weights: aboard and riding; in a hall; out of doors, walking and standing about.
_BOARD = ((0.95, 0.006), (0.03, 0.05), (0.02, 0.4))
_HALL = ((0.4, 0.01), (0.3, 0.15), (0.3, 1.0))
_OUT = ((0.15, 0.01), (0.4, 0.2), (0.45, 1.2))
_RIDING = ((0.97, 0.006), (0.03, 0.05))
_STRIDES, _STRIDE_OF = (_BOARD, _HALL, _OUT, _RIDING), (0, 0, 0, 2, 1, 2, 3, 3, 1, 1, 2)
_LEFT = (Scene.OUTSIDE, Scene.STREET, Scene.RIDE, Scene.WAIT)
_STOPPED = (Scene.OUTSIDE, Scene.STREET, Scene.INSIDE)
_LEAST_SKY, _LEAST_STEPS, _LEAST_SPEED = 0.004, 1e-4, 0.003
"""No sample makes a scene less likely than so many times the likeliest: the figures are rough, phones have faults."""
_MOST_STEPS = 1e5
_SPREAD = 2.0
"""Shape of the gamma law of each rate: people walk as they like."""
_MOST_SILENT = 12
_HALVINGS, _LONGEST_S = 20, 3600.0


def scened(memory: TripMemory, before: TripMemory, sample: Background, fix: Judged, leaps: bool) -> TripMemory:
    """Return the memory with the chances of each scene after one more sample; none where nobody flew or rode."""
    memory = _supposed(memory, before, sample, fix)
    if not (memory.flew or memory.passing == "on the way"):
        return replace(memory, scene=()) if memory.scene else memory
    gap_s, landed_s = sample.unix_s - before.now_unix_s, since_landed_s(memory)
    chances = np.asarray(memory.scene)
    if memory.flew and not before.flew and len(before.supposed) == len(Scene):
        chances = np.asarray(before.supposed)
    elif memory.flew and (not before.flew or memory.landed_unix_s == sample.unix_s or len(chances) != len(Scene)):
        dated = before.landed_unix_s == memory.landed_unix_s  # else nobody counted from then on
        walked = before.walked if sample.steps >= 0.0 and dated else nan
        chances = _since_landing(before, memory.landed_unix_s, walked)
    elif len(chances) != len(Scene):
        if fix.kind is not Kind.ROAD or leaps:
            return memory  # nobody saw a ride: it may have been a flight
        chances = np.asarray(ON_ROAD)
    now = _stepped(chances, gap_s, sample.steps, memory.flew, landed_s)
    now = now * _sky(sample, fix, leaps) * _speeds(fix, leaps)
    total = float(now.sum())
    return replace(memory, scene=tuple((now / total).tolist())) if total > 0.0 else memory


def since_landed_s(memory: TripMemory) -> float:
    """Return for how long in s the person is on the ground at least: a cabin's air moves until then; or NaN."""
    level_s, landed_s = memory.air.level_unix_s, memory.landed_unix_s
    return memory.now_unix_s - (max(landed_s, level_s) if isfinite(level_s) else landed_s)


def _supposed(memory: TripMemory, before: TripMemory, sample: Background, fix: Judged) -> TripMemory:
    """Return the memory with the chances of each scene if the leap under way is a flight; a landing began with it."""
    leap, seen = memory.leap, memory.seen
    far = leap is not None and seen is not None and apart_km(leap, seen) > UNSEEN_KM
    over = leap is None or sample.unix_s - leap.unix_s > LEAP_S
    if memory.flew or over or not far:
        return replace(memory, supposed=()) if memory.supposed else memory
    assert leap is not None
    gap_s = sample.unix_s - before.now_unix_s
    there = has_fix(sample) and leap.unix_s == sample.unix_s
    begun = len(memory.supposed) != len(Scene) or (there and memory.leaps == 1)  # a new leap begins anew
    chances = np.asarray(AFTER_FLIGHT if begun else memory.supposed)
    now = chances if begun else _stepped(chances, gap_s, sample.steps, True, 0.0)
    now = now * (_sky(sample, fix, False) if there or not has_fix(sample) else 1.0)
    return replace(memory, supposed=tuple((now / now.sum()).tolist()))


def _since_landing(before: TripMemory, landed_unix_s: float, walked: float) -> NDArray[np.float64]:
    """Return the chances at the sample before where a landing shows itself late: all samples since then had no fix."""
    chances, since_s = np.asarray(AFTER_FLIGHT), before.now_unix_s - landed_unix_s
    if not since_s > 0.0:
        return chances
    count = min(max(before.silent, 1), _MOST_SILENT)
    for done in range(count):
        ago_s = (done + 1) * since_s / count
        chances = _stepped(chances, since_s / count, walked / count, True, ago_s) * _under(nan)
        chances = chances / chances.sum()
    return chances


def _stepped(
    chances: NDArray[np.float64], gap_s: float, steps: float, flew: bool, landed_s: float
) -> NDArray[np.float64]:
    """Return (11,) chances after so many s with so many steps, so long after a landing, not yet scaled to one."""
    gap_s = min(max(gap_s, 1.0), _LONGEST_S) if isfinite(gap_s) else 1.0
    ways = chances[:, None] * passage(round(gap_s), flew, not landed_s < CONNECTING_S, not landed_s > DEPLANED_S)
    after: NDArray[np.float64] = (ways * _strides(steps, gap_s)).sum(axis=0)
    return after


def out_of_airport(memory: TripMemory) -> float:
    """Return the chance that the airport is left behind; 0 where no scene is weighed."""
    return sum(memory.scene[s] for s in _LEFT) if memory.scene else 0.0


def has_landed(memory: TripMemory, sample: Background, kind: Kind) -> bool:
    """Return whether a good fix, on foot or on a road far away, tells of an arrival after a flight."""
    stay = memory.stay
    if not memory.flew or stay is None or kind not in (Kind.FOOT, Kind.ROAD) or sample.accuracy_m > GOOD_M:
        return False
    away_km = distance_km(stay.latitude_deg, stay.longitude_deg, sample.latitude_deg, sample.longitude_deg)
    if memory.gate is None and not memory.slow:
        return False  # the next fix is near: one alone never tells
    sure = SURE_LANDED_SLOW if memory.slow else SURE_LANDED
    return out_of_airport(memory) >= sure and away_km > (SAME_PLACE_KM if kind is Kind.FOOT else JUMP_KM)


def has_stopped(memory: TripMemory) -> bool:
    """Return whether a ride is over, as surely as a device with or without bursts can tell in time."""
    return not memory.flew and off_the_road(memory) >= (SURE_STOPPED_SLOW if memory.slow else SURE_STOPPED)


def off_the_road(memory: TripMemory) -> float:
    """Return the chance that a ride is over: on foot under the sky, or behind walls after it."""
    return sum(memory.scene[s] for s in _STOPPED) if memory.scene else 0.0


@lru_cache(maxsize=4096)
def passage(for_s: int, flew: bool, boarding: bool, leaving: bool) -> NDArray[np.float64]:
    """Return the (11, 11) chances to come from one scene to another within so many s.

    `boarding` tells whether a next flight may board by now, `leaving` whether people may still leave the last one.
    """
    rates = np.zeros((len(Scene), len(Scene)))
    for (a, b), mean_s in (FLOWN_MEAN_S if flew else ROAD_MEAN_S).items():
        rates[a, b] = 1.0 / mean_s
    if not boarding:
        rates[Scene.TERMINAL, : Scene.TERMINAL] = 0.0
    if not leaving:
        rates[: Scene.APRON, Scene.APRON] = 0.0
    rates -= np.diag(rates.sum(axis=1))
    step = np.eye(len(Scene)) + rates * (for_s / 2.0**_HALVINGS)
    return np.asarray(np.linalg.matrix_power(step, 2**_HALVINGS))


def _bounded(likelihoods: list[float], least: float) -> NDArray[np.float64]:
    values = np.asarray(likelihoods)
    bounded: NDArray[np.float64] = np.maximum(values / values.max(), least)
    return bounded


def _sky(sample: Background, fix: Judged, leaps: bool) -> NDArray[np.float64]:
    """Return (11,) how likely the fix, or none, is in each scene; a copy and a wrong one say nothing."""
    if not has_fix(sample):
        return _under(nan)
    if leaps or fix.kind in (Kind.NONE, Kind.WRONG):
        return np.ones(len(Scene))
    return _under(known_m(sample))


def _under(accuracy_m: float) -> NDArray[np.float64]:
    """Return (11,) how likely a fix of an accuracy in m, or none (NaN), is in each scene."""
    each = [fix_likelihood(accuracy_m, sky) for sky in _SKIES]
    return _bounded([each[i] for i in _SKY_OF], _LEAST_SKY)


def _strides(steps: float, gap_s: float) -> NDArray[np.float64]:
    """Return (11, 11) how likely the steps are on the way from one scene to another: of either, or in between."""
    if not 0.0 <= steps <= _MOST_STEPS:
        return np.ones((len(Scene), len(Scene)))
    each = [sum(w * _counted(steps, rate * gap_s) for w, rate in rates) for rates in _STRIDES]
    own = np.asarray([each[i] for i in _STRIDE_OF])
    between = (own[:, None] + own[None, :] + 1.0 / (1.0 + 2.0 * gap_s)) / 3.0
    np.fill_diagonal(between, own)
    bounded: NDArray[np.float64] = np.maximum(between / between.max(), _LEAST_STEPS)
    return bounded


def _counted(steps: float, mean: float) -> float:
    """Return the likelihood of a count whose rate is uncertain (negative binomial)."""
    k, share = _SPREAD, mean / (_SPREAD + mean)
    return exp(lgamma(steps + k) - lgamma(k) - lgamma(steps + 1.0) + k * log(1.0 - share) + steps * log(share))


def _speeds(fix: Judged, leaps: bool) -> NDArray[np.float64]:
    """Return (11,) how likely the speed is in each scene; unknown ones, and none between two fixes, say little."""
    speed_m_s = fix.speed_m_s
    if leaps or fix.kind not in (Kind.FOOT, Kind.ROAD) or not isfinite(speed_m_s):
        return np.ones(len(Scene))
    rest = exp(-speed_m_s / 0.4) / 0.4
    if fix.derived:
        rest, walk = 2.0 if speed_m_s <= 1.0 else 0.001, 2.0 if speed_m_s <= 2.0 else 0.001
    else:
        walk = 0.6 * rest + (0.2 if speed_m_s <= 2.0 else 0.0)
    taxi = 0.08 if 1.0 <= speed_m_s <= 12.0 else 0.005
    ride = 0.025 + (0.015 if speed_m_s <= 12.0 else 0.0)
    return _bounded([rest, rest, taxi, walk, walk, walk, ride, rest, walk, walk, walk], _LEAST_SPEED)
