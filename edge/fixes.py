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
_SEMI_MAJOR_M = 6_378_137.0
_ECCENTRICITY_2 = 6.694379990141e-3
#: A longer silence parts the track: what stands on its two sides is judged apart.
GAP_S = 60.0
_PIECE_LIMIT = 30
_PASSES = 40
_DOUBTFUL_SHARE = 0.2


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
    normal = _SEMI_MAJOR_M / np.sqrt(1.0 - _ECCENTRICITY_2 * sine**2)
    across = normal * np.cos(latitude)
    return np.column_stack(
        (across * np.cos(longitude), across * np.sin(longitude), normal * (1.0 - _ECCENTRICITY_2) * sine)
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


def believable(t_s: Column, position_m: Column, limit_m_s: float) -> Mask:
    """Return which fixes (n,) to keep so that no spike remains: rising `t_s`, positions (n, 3), speed limit in m/s.

    A short piece of track that can be reached or left only above the limit is dropped when the pieces beside it
    are longer; so is a single fix that doubles back at far more than the recording's usual speed. Where that
    would drop more than a fifth of the track nothing is dropped: then the person was in a vehicle or the
    receiver never knew, and the steps themselves have to be refused.
    """
    kept = np.arange(len(t_s))
    for _ in range(_PASSES):
        stays = _joined(t_s[kept], position_m[kept], limit_m_s)
        if stays.all():
            stays = _unfolded(t_s[kept], position_m[kept])
        if stays.all():
            break
        kept = kept[stays]
    keep = np.zeros(len(t_s), dtype=bool)
    keep[kept] = True
    return keep if keep.sum() >= (1.0 - _DOUBTFUL_SHARE) * len(t_s) else np.ones(len(t_s), dtype=bool)


def _joined(t_s: Column, position_m: Column, limit_m_s: float) -> Mask:
    """Return which fixes stay after the short pieces between impossible steps are dropped once."""
    duration = np.diff(t_s)
    fast = steps_m(position_m) > limit_m_s * duration
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
