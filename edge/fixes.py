"""Which satellite fixes can be believed, and how far apart they lie.

The rule of this file: a fix is judged together with its neighbours on both sides, never by one step alone.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from edge.samples import Column

Mask: TypeAlias = NDArray[np.bool_]

# WGS 84 (NIMA TR8350.2): semi-major axis in m and first eccentricity squared.
SEMI_MAJOR_M = 6_378_137.0
ECCENTRICITY_2 = 6.694379990141e-3
#: A longer silence parts the track: what stands on its two sides is judged apart.
GAP_S = 60.0
_PIECE_LIMIT = 30
_PASSES = 40
_DOUBTFUL_SHARE = 0.2
_COARSE_S = 5.0
# A receiver at rest wanders some 10 m, by less than 1 m/s: who gets no further in a minute, and no faster, stands.
_WIDE_S = 60.0
_DRIFT_M = 15.0
_DRIFT_M_S = 1.0
_NARROW_S = 4.0


def is_place(latitude_deg: Column, longitude_deg: Column) -> Mask:
    """Return which rows (n,) are places on Earth; NaN, out of range and exactly 0, 0 (no fix yet) are not."""
    inside = (np.abs(latitude_deg) <= 90.0) & (np.abs(longitude_deg) <= 180.0)
    return np.asarray(inside & ~((latitude_deg == 0.0) & (longitude_deg == 0.0)))


def positions_m(latitude_deg: Column, longitude_deg: Column) -> Column:
    """Return Earth-centred positions in m, shape (n, 3), of points on the WGS 84 ellipsoid at height 0.

    No pole and no date line is special here. Source: NIMA TR8350.2, section 4.
    """
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    sine = np.sin(latitude)
    normal = SEMI_MAJOR_M / np.sqrt(1.0 - ECCENTRICITY_2 * sine**2)
    across = normal * np.cos(latitude)
    return np.column_stack(
        (across * np.cos(longitude), across * np.sin(longitude), normal * (1.0 - ECCENTRICITY_2) * sine)
    )


def apart_m(a_m: Column, b_m: Column) -> Column:
    """Return the distance in m over the ground, shape (n,), between positions a and b of shape (n, 3).

    The chord is bent onto a sphere of the mean radius: exact to 1e-6 up to 50 km, to 0.5 % anywhere.
    """
    difference = a_m - b_m
    chord = np.sqrt(np.einsum("ij,ij->i", difference, difference))
    diameter = 2.0 * 6_371_008.8  # IUGG mean radius in m
    return np.asarray(diameter * np.arcsin(np.minimum(chord / diameter, 1.0)))


def steps_m(position_m: Column) -> Column:
    """Return the distance in m of each step between consecutive positions (n, 3), shape (n - 1,)."""
    return apart_m(position_m[1:], position_m[:-1])


def believable(t_s: Column, position_m: Column, limit_m_s: float, scatter_m: float = 0.0) -> Mask:
    """Return which fixes (n,) to keep so that no spike remains: rising `t_s`, positions (n, 3), speed limit in m/s.

    A short piece of track that can be reached or left only above the limit is dropped when the pieces beside it
    are longer; so is a single fix that doubles back at far more than the recording's usual speed. Where that
    would drop more than a fifth of the track nothing is dropped: then the person was in a vehicle or the
    receiver never knew, and the steps themselves have to be refused. `scatter_m` is what any fix may be off by.
    """
    kept = np.arange(len(t_s))
    for _ in range(_PASSES):
        stays = _joined(t_s[kept], position_m[kept], limit_m_s, 6.0 * scatter_m)
        if stays.all():
            stays = _unfolded(t_s[kept], position_m[kept])
        if stays.all():
            break
        kept = kept[stays]
    keep = np.zeros(len(t_s), dtype=bool)
    keep[kept] = True
    return keep if keep.sum() >= (1.0 - _DOUBTFUL_SHARE) * len(t_s) else np.ones(len(t_s), dtype=bool)


def _joined(t_s: Column, position_m: Column, limit_m_s: float, slack_m: float) -> Mask:
    """Return which fixes stay after the short pieces between impossible steps are dropped once."""
    duration = np.diff(t_s)
    fast = steps_m(position_m) > limit_m_s * duration + slack_m
    if not fast.any():
        return np.ones(len(t_s), dtype=bool)
    bound = fast | (duration > GAP_S)
    piece = np.concatenate(([0], np.cumsum(bound)))
    size = np.bincount(piece).astype(np.float64)
    leap = fast[bound]
    before = np.where(np.concatenate(([False], leap)), np.concatenate(([np.inf], size[:-1])), np.inf)
    after = np.where(np.concatenate((leap, [False])), np.concatenate((size[1:], [np.inf])), np.inf)
    alone = np.isinf(before) & np.isinf(after)
    small = ~alone & (size <= before) & (size <= after) & (size <= _PIECE_LIMIT)
    return ~_every_other(small)[piece]


def _unfolded(t_s: Column, position_m: Column) -> Mask:
    """Return which fixes stay after those are dropped that stick out: there and back far above the usual speed."""
    stays = np.ones(len(t_s), dtype=bool)
    if len(t_s) < 8:
        return stays
    step = steps_m(position_m)
    speed = step / np.diff(t_s)
    usual = np.quantile(speed, 0.75)
    sharp = np.minimum(speed[:-1], speed[1:]) > 2.5 * usual + 1.0
    past = apart_m(position_m[2:], position_m[:-2])
    stays[1:-1] = ~_every_other(sharp & (past < 0.5 * (step[:-1] + step[1:])))
    return stays


def _every_other(candidates: Mask) -> Mask:
    """Return the candidates without those that stand right behind a chosen one: 1st, 3rd, ... of every row."""
    index = np.arange(len(candidates))
    last_other = np.maximum.accumulate(np.where(candidates, -1, index))
    return np.asarray(candidates & ((index - last_other) % 2 == 1))


def jitter_m2(t_s: Column, position_m: Column) -> float:
    """Return the variance in m2 per axis of what scatters from fix to fix, for rising times and positions (n, 3).

    From how far each fix lies off the line between its neighbours; the median is blind to bends and spikes. 0 for
    tracks of less than a fix in 5 s, where bends are indeed all there is. Noise that stays the same over several
    fixes cannot be seen, nor does it lengthen the track.
    """
    if len(t_s) < 8 or np.median(np.diff(t_s)) > _COARSE_S:
        return 0.0
    share = ((t_s[1:-1] - t_s[:-2]) / (t_s[2:] - t_s[:-2]))[:, None]
    off = position_m[1:-1] - (1.0 - share) * position_m[:-2] - share * position_m[2:]
    scatter = np.einsum("ij,ij->i", off, off) / (1.0 + share**2 + (1.0 - share) ** 2)[:, 0]
    return float(np.median(scatter) / (2.0 * np.log(2.0)))  # median of a chi-square with two degrees of freedom


def unjittered_m(step_m: Column, variance_m2: float) -> Column:
    """Return the steps (n,) in m without the length that scatter of `variance_m2` per axis adds to them.

    A step between two scattered fixes has the mean of a Rice distribution; that is solved for the true length
    over 15 steps together, so that bends stay as long as they are. Within 3 % where the scatter of a step is
    no larger than the step. Source: Rice 1944, Bell System Technical Journal 23:282, mean approximated.
    """
    if variance_m2 == 0.0 or len(step_m) == 0:
        return step_m
    mean = local_mean(step_m, 7)
    square, scatter = np.maximum(mean**2, 1e-12), 2.0 * variance_m2
    true = np.sqrt(np.maximum(square - scatter - 0.897 * scatter**2 / square, 0.0))
    return np.asarray(step_m * true / np.sqrt(square))


def calmed_m(t_s: Column, position_m: Column, variance_m2: float) -> Column:
    """Return positions (n, 3) averaged over so many fixes that at most 1 m of scatter per axis is left.

    Nothing changes below that, or with less than a fix in 2 s: receivers in watches filter for themselves, raw ones in
    phones do not.
    """
    if variance_m2 <= 1.0 or np.median(np.diff(t_s)) > 2.0:
        return position_m
    half = int(np.ceil(0.5 * (min(variance_m2, 25.0) - 1.0)))
    return np.column_stack([local_mean(axis, half) for axis in position_m.T])


def local_mean(values: Column, half: int) -> Column:
    """Return the mean (n,) of each value and up to `half` neighbours on both sides."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    index = np.arange(len(values))
    first, last = np.maximum(index - half, 0), np.minimum(index + half + 1, len(values))
    return np.asarray((total[last] - total[first]) / (last - first))


def gets_on(t_s: Column, position_m: Column, standing_m_s: float, scatter_m: float) -> tuple[Mask, Mask]:
    """Return for each step (n - 1,) whether its length counts, and whether the person moved.

    A length counts unless the track stays about the spot for a minute, which a receiver at rest does too; who
    goes to and fro about a spot is told from drift by the pace. Moving is decided within seconds.
    """
    middle = 0.5 * (t_s[1:] + t_s[:-1])
    here = 0.5 * (position_m[1:] + position_m[:-1])
    wide, near, close = (
        _leaves_m(t_s, position_m, middle, here, window_s) for window_s in (_WIDE_S, 2.0 * _NARROW_S, _NARROW_S)
    )
    away = (wide > _DRIFT_M) | (close > _NARROW_S * _DRIFT_M_S + 4.0 * scatter_m)
    if not away.all():  # small loops come back to the spot within the minute
        away |= _leaves_m(t_s, position_m, middle, here, _WIDE_S / 3.0) > _DRIFT_M
    return away & (near > standing_m_s * _NARROW_S), away & (close > standing_m_s * _NARROW_S)


def _leaves_m(t_s: Column, position_m: Column, middle_s: Column, here_m: Column, window_s: float) -> Column:
    """Return for each step (n - 1,) how far in m the track is from here a window ahead or behind, the larger.

    One side is enough, so that a turn on the spot is no stop. A recording shorter than the window is judged
    as though it had gone on as it went.
    """
    room_s = max(min(window_s, 0.5 * float(t_s[-1] - t_s[0])), 1.0)
    ahead, behind = (_at(when, t_s, position_m) for when in (middle_s + window_s, middle_s - window_s))
    return np.asarray(np.maximum(apart_m(ahead, here_m), apart_m(behind, here_m)) * (window_s / room_s))


def _at(when_s: Column, t_s: Column, position_m: Column) -> Column:
    """Return positions (m, 3) at given times on the lines between the fixes, the end ones beyond."""
    return np.column_stack([np.interp(when_s, t_s, position_m[:, axis]) for axis in range(3)])
