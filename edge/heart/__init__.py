"""What the heart did: averages over time, time in zones, drift, and training load.

The rule of this file: a sample counts half-way to both neighbours, never across more than `clock.HOLD_S`; 0 means
"no signal", and a value outside 25..250 beats/min is none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.clock import HOLD_S, held_s
from edge.samples import Column, HeartRate, in_time_order

_LOWEST_BPM, _HIGHEST_BPM = 25.0, 250.0
_LEAST_DRIFT_S = 1200.0
_MOVING_M_S = 0.5

#: Lower bounds of the five usual zones, as shares of the maximum (or of the reserve).
ZONE_SHARES = (0.5, 0.6, 0.7, 0.8, 0.9)

# Banister 1991, in Physiological Testing of Elite Athletes, ch. 9; Morton, Fitz-Clarke & Banister 1990,
# J Appl Physiol 69:1171-1177: weight a and exponent b of the lactate curve for men and for women.
_BANISTER = {"m": (0.64, 1.92), "f": (0.86, 1.67)}
# Share of the heart-rate reserve at the speed one can hold for an hour: near 85 % in trained and untrained.
_THRESHOLD_RESERVE = 0.85


@dataclass(frozen=True, slots=True, eq=False)
class Pulse:
    """Valid heart rate at rising times in s, and the seconds for which each value counts; all (n,)."""

    t_s: Column
    bpm: Column
    weight_s: Column


def pulse(rows: HeartRate | None, pauses_s: Column) -> Pulse:
    """Return the valid samples with their weights, for pauses (k, 2) in s in which nothing counts."""
    if rows is None:
        return Pulse(np.empty(0), np.empty(0), np.empty(0))
    valid = (rows.bpm >= _LOWEST_BPM) & (rows.bpm <= _HIGHEST_BPM)
    t_s, bpm = in_time_order(rows.t_s[valid], rows.bpm[valid])
    return Pulse(t_s, bpm, held_s(t_s, pauses_s))


def average_bpm(beat: Pulse) -> float:
    """Return the time-weighted mean heart rate in beats/min; the plain mean of lone samples; NaN without any."""
    if len(beat.bpm) == 0:
        return float("nan")
    return float(np.average(beat.bpm, weights=beat.weight_s if beat.weight_s.sum() > 0.0 else None))


def maximum_bpm(beat: Pulse) -> float:
    """Return the highest valid heart rate in beats/min; NaN without any. Nothing is smoothed: straps do spike."""
    return float(beat.bpm.max()) if len(beat.bpm) else float("nan")


def zones_of_maximum_bpm(max_bpm: float, shares: tuple[float, ...] = ZONE_SHARES) -> Column:
    """Return the lower bounds (k,) in beats/min of zones given as shares of the maximum heart rate."""
    return max_bpm * np.array(shares)


def zones_of_reserve_bpm(rest_bpm: float, max_bpm: float, shares: tuple[float, ...] = ZONE_SHARES) -> Column:
    """Return the lower bounds (k,) in beats/min of zones given as shares of the reserve.

    Source: Karvonen, Kentala & Mustala 1957, Ann Med Exp Biol Fenn 35:307-315.
    """
    return rest_bpm + (max_bpm - rest_bpm) * np.array(shares)


def time_in_zones_s(beat: Pulse, lower_bpm: Column) -> Column:
    """Return the seconds in each zone, shape (k + 1,), for k rising lower bounds in beats/min.

    The first lies below all bounds. The sum is the time with a signal, not the time of the run.
    """
    zone = np.searchsorted(lower_bpm, beat.bpm, side="right")
    return np.bincount(zone, weights=beat.weight_s, minlength=len(lower_bpm) + 1).astype(np.float64)


def zone_of(heart_rate_bpm: float, lower_bpm: Column) -> int:
    """Return the zone of one heart rate in beats/min, 1 for everything below the second bound; 0 where unknown."""
    known = bool(np.isfinite(heart_rate_bpm))
    return max(1, int(np.searchsorted(lower_bpm, heart_rate_bpm, side="right"))) if known else 0


def drift(beat: Pulse, t_s: Column, distance_m: Column) -> float:
    """Return by which share fewer metres came of a heart beat in the second half than in the first (decoupling).

    For a distance (n,) in m over rising times (n,) in s; pass the grade-adjusted distance on hilly ground. Positive:
    the heart beats faster for the same speed. NaN with less than 20 minutes of heart rate in motion. Heat, hills
    and a change of pace move it too. Method: first half against second half of speed over heart rate, as in
    Friel's "Pw:HR"; above 5 % is commonly read as tiring.
    """
    if len(beat.t_s) < 2 or len(t_s) < 2:
        return float("nan")
    gained = np.where(np.diff(beat.t_s) <= HOLD_S, np.diff(np.interp(beat.t_s, t_s, distance_m)), 0.0)
    metres = 0.5 * (np.append(gained, 0.0) + np.append(0.0, gained))
    moves = metres > _MOVING_M_S * beat.weight_s
    seconds = np.where(moves, beat.weight_s, 0.0)
    passed = np.cumsum(seconds)
    if passed[-1] < _LEAST_DRIFT_S:
        return float("nan")
    early = passed <= 0.5 * passed[-1]
    beats = seconds * beat.bpm / 60.0
    first, second = metres[moves & early].sum() / beats[early].sum(), metres[moves & ~early].sum() / beats[~early].sum()
    return float(1.0 - second / first)


def reserve_share(bpm: Column, rest_bpm: float, max_bpm: float) -> Column:
    """Return the share of the heart-rate reserve, shape as given, held within 0..1."""
    if not max_bpm > rest_bpm:
        raise ValueError(f"maximum heart rate {max_bpm} must be above resting heart rate {rest_bpm}")
    return np.clip((np.asarray(bpm, dtype=np.float64) - rest_bpm) / (max_bpm - rest_bpm), 0.0, 1.0)


def load_of(minutes: Column, share: Column, sex: str = "") -> float:
    """Return the training load (TRIMP) of minutes spent at shares 0..1 of the heart-rate reserve, both (n,).

    Load = minutes x share x a e^(b share); sex "m", "f", else the mean of both. Says nothing about the load on legs.
    Source: Banister 1991; Morton et al. 1990.
    """
    share = np.asarray(share, dtype=np.float64)
    curves = [_BANISTER[sex]] if sex in _BANISTER else list(_BANISTER.values())
    weight = np.mean([a * np.exp(b * share) for a, b in curves], axis=0)
    return float(np.sum(np.asarray(minutes) * share * weight))


def load_from_pulse(beat: Pulse, rest_bpm: float, max_bpm: float, sex: str = "") -> float:
    """Return the training load of heart rate over time; NaN without any. Time without a signal counts nothing."""
    if len(beat.bpm) == 0:
        return float("nan")
    return load_of(beat.weight_s / 60.0, reserve_share(beat.bpm, rest_bpm, max_bpm), sex)


def load_from_average(timer_s: float, avg_bpm: float, rest_bpm: float, max_bpm: float, sex: str = "") -> float:
    """Return the training load of a time in s at an average heart rate: for rows of a diary, low for intervals."""
    return load_of(np.array([timer_s / 60.0]), reserve_share(np.array([avg_bpm]), rest_bpm, max_bpm), sex)


def load_from_pace(moving_s: float, speed_m_s: float, hour_speed_m_s: float, sex: str = "") -> float:
    """Return the training load of a run without heart rate, from its mean speed and the speed held for an hour in m/s.

    The share of the reserve is taken to grow with speed, to 85 % at the hour's speed: shares of the heart-rate reserve
    and of the oxygen reserve go together (Swain & Leutholtz 1997, Med Sci Sports Exerc 29:410-414). Good to a fifth at
    best; use the grade-adjusted speed on hills.
    """
    share = np.clip(_THRESHOLD_RESERVE * speed_m_s / hour_speed_m_s, 0.0, 1.0)
    return load_of(np.array([moving_s / 60.0]), np.array([share]), sex)


def load_from_effort(timer_s: float, effort: float, sex: str = "") -> float:
    """Return the training load of any sport from how hard it felt, 0 (rest) to 10 (maximal), for a time in s.

    The rating is taken for tenths of the reserve, so that it adds to loads from heart rate. The idea of rating x
    time is Foster et al. 2001, J Strength Cond Res 15:109-115 (r = 0.75-0.90 with heart-rate loads); the scale is ours.
    """
    return load_of(np.array([timer_s / 60.0]), np.array([np.clip(effort / 10.0, 0.0, 1.0)]), sex)
