"""Beat intervals: which are wrong, what they most likely were, and what their variation says.

The rule of this file: a series of intervals in s in, columns of the same beats out; nothing is decided beat by beat.

Cleaning after Lipponen & Tarvainen 2019, J Med Eng Technol 43:173-181, written from the paper: thresholds follow the
series' own variation (quartile deviations of 91 beats), and ectopic, missed, extra, long and short beats are told by
where successive differences lie. RMSSD: Task Force 1996, Circulation 93:1043-1065. DFA: Peng et al. 1995, Chaos
5:82-87, over 4 to 16 beats in windows of 2 min, as Rogers et al. 2021, Front Physiol 11:596567; smoothness priors:
Tarvainen et al. 2002, IEEE Trans Biomed Eng 49:172-175.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from edge.samples import Column, Estimate, HeartRate

Index = NDArray[np.int64]

# Lipponen & Tarvainen 2019: 5.2 quartile deviations hold 99.95 % of normal beats; slope and offset of the border of
# ectopic patterns; half-widths in beats of the windows for deviations and for the median.
_ALPHA, _SLOPE, _OFFSET, _REACH, _MEDIAN_REACH = 5.2, 0.13, 0.17, 45, 5
#: Straps count in 1/1024 s and running hearts vary by a few ms: a deviation is never taken for less than this, in s.
_LEAST_DEVIATION_S = 0.002
_SHORTEST_S, _LONGEST_S = 0.24, 2.4
SCALES = np.arange(4, 17)
WINDOW_S = 120.0
BIASED_SHARE = 0.03
"""Above this share of corrected beats DFA-alpha1 is biased (Rogers et al. 2021, Sensors 21:821)."""
# s.d. of alpha1 times the root of the beats: simulated, 0.5 <= alpha <= 1.5 (see docs/signal/heart.md).
_ALPHA1_SPREAD = 1.15
# Two-sided 90 % of the normal distribution.
_Z90 = 1.645


class Beat(IntEnum):
    """What a beat interval is."""

    NORMAL = 0
    ECTOPIC = 1
    MISSED = 2
    """A beat was not seen: the interval is two."""
    EXTRA = 3
    """A beat was seen that was none: the interval and the next are one."""
    LONG_OR_SHORT = 4


@dataclass(frozen=True, slots=True, eq=False)
class CleanBeats:
    """`beat` (n,) of each given interval, and the corrected series: `rr_s` (m,) with `corrected` (m,) true or false."""

    beat: Index
    rr_s: Column
    corrected: NDArray[np.bool_]

    @property
    def share_corrected(self) -> float:
        """Return the share 0..1 of given intervals that were wrong; NaN without any."""
        return float(np.mean(self.beat != Beat.NORMAL)) if len(self.beat) else float("nan")


def _around(column: Column, reach: int) -> Column:
    """Return the values within `reach` rows of each row, (n, 2 reach + 1), mirrored at the ends."""
    return sliding_window_view(np.pad(column, reach, mode="symmetric"), 2 * reach + 1)


def _threshold(column: Column) -> Column:
    """Return 5.2 quartile deviations (n,) of the magnitudes around each row."""
    ranked = np.sort(_around(np.abs(column), _REACH), axis=1)
    first, third = ranked[:, _REACH // 2], ranked[:, -1 - _REACH // 2]
    return _ALPHA * np.maximum(0.5 * (third - first), _LEAST_DEVIATION_S)


def _shifted(column: Column, by: int) -> Column:
    """Return the column `by` rows later (negative: earlier), 0 beyond the ends."""
    out = np.zeros_like(column)
    if by > 0:
        out[: len(column) - by] = column[by:]
    else:
        out[-by:] = column[: len(column) + by]
    return out


def classify(rr_s: Column) -> Index:
    """Return what each interval (n,) is, as `Beat`; fewer than 12 beats are all taken for normal.

    Raises ValueError for what is no positive finite time.
    """
    rr_s = np.asarray(rr_s, dtype=np.float64)
    bad = np.flatnonzero(~(np.isfinite(rr_s) & (rr_s > 0.0)))
    if rr_s.ndim != 1 or len(bad):
        raise ValueError(f"rr_s must be one column of positive times in s; it is not at row {bad[:1].tolist()}")
    if len(rr_s) < 2 * _MEDIAN_REACH + 2:
        return np.zeros(len(rr_s), dtype=np.int64)
    difference = np.diff(rr_s, prepend=rr_s[0])
    d = difference / _threshold(difference)
    median = np.median(_around(rr_s, _MEDIAN_REACH), axis=1)
    away = rr_s - median
    away = np.where(away < 0.0, 2.0 * away, away)
    limit = _threshold(away)
    return _decided(rr_s, d, away / limit, median, limit)


def _decided(rr_s: Column, d: Column, m: Column, median: Column, limit: Column) -> Index:
    """Return the kind of each beat from normalised differences `d` and distances `m` from the median."""
    before, after, second = _shifted(d, -1), _shifted(d, 1), _shifted(d, 2)
    beside = np.where(d > 0.0, np.maximum(before, after), np.minimum(before, after))
    ahead = np.where(d >= 0.0, np.minimum(after, second), np.maximum(after, second))
    ectopic = ((d > 1.0) & (beside < -_SLOPE * d - _OFFSET)) | ((d < -1.0) & (beside > -_SLOPE * d + _OFFSET))
    candidate = (np.abs(d) > 1.0) & ~ectopic
    follows = (candidate & (np.abs(after) < np.abs(second))).astype(np.float64)
    candidate |= (_shifted(follows, -1) > 0.0) & ~ectopic
    far = np.abs(m) > 3.0
    long, short = (d > 1.0) & (ahead < -1.0), (d < -1.0) & (ahead > 1.0)
    missed = candidate & (long | (m > 3.0)) & (np.abs(0.5 * rr_s - median) < limit)
    extra = candidate & (short | (m < -3.0)) & (np.abs(rr_s + _shifted(rr_s, 1) - median) < limit)
    wrong = (candidate & (far | long | short)) | (rr_s < _SHORTEST_S) | (rr_s > _LONGEST_S)
    kind = np.select([extra, missed, ectopic, wrong], [Beat.EXTRA, Beat.MISSED, Beat.ECTOPIC, Beat.LONG_OR_SHORT], 0)
    is_extra = np.equal(kind, Beat.EXTRA)
    again = is_extra & (
        _shifted(is_extra.astype(np.float64), -1) > 0.0
    )  # the second half of an extra beat is no new one
    return np.where(again, Beat.NORMAL, kind).astype(np.int64)


def clean(rr_s: Column) -> CleanBeats:
    """Return which of the intervals (n,) in s are wrong and the series as it most likely was.

    A missed beat is put in half-way, an extra one taken out, all others are interpolated between normal beats. Where
    nothing is wrong the series is given back bit for bit.
    """
    rr_s = np.asarray(rr_s, dtype=np.float64)
    kind = classify(rr_s)
    count = np.where(kind == Beat.MISSED, 2, 1)
    merged = np.zeros(len(rr_s), dtype=bool)
    merged[1:] = kind[:-1] == Beat.EXTRA
    value = np.where(kind == Beat.MISSED, 0.5 * rr_s, rr_s)
    value = np.where(kind == Beat.EXTRA, rr_s + _shifted(rr_s, 1), value)
    trusted = (kind != Beat.ECTOPIC) & (kind != Beat.LONG_OR_SHORT) & ~merged
    row = np.arange(len(rr_s))
    if trusted.any():
        value = np.where(trusted, value, np.interp(row, row[trusted], value[trusted]))
    kept = np.repeat(row[~merged], count[~merged])
    return CleanBeats(kind, value[kept], kind[kept] != Beat.NORMAL)


def quality_of(share_corrected: float) -> float:
    """Return 1 for no corrected beat, 0.5 at the 3 % where alpha1 turns biased, 0 from 6 % on and for NaN."""
    return float(max(0.0, 1.0 - 0.5 * share_corrected / BIASED_SHARE)) if np.isfinite(share_corrected) else 0.0


def rmssd_s(beats: CleanBeats) -> Estimate:
    """Return the root mean square of successive differences in s with its 90 % interval; NaN below 20 of them.

    Differences to a corrected beat do not count. The interval is that of a variance over independent pairs.
    """
    usable = ~(beats.corrected[1:] | beats.corrected[:-1])
    square = np.diff(beats.rr_s)[usable] ** 2
    if len(square) < 20:
        return Estimate(float("nan"), float("nan"), float("nan"), "too few beats")
    mean, spread = float(square.mean()), float(square.std() / np.sqrt(len(square) / 3.0))
    low, high = max(0.0, mean - _Z90 * spread), mean + _Z90 * spread
    return Estimate(mean**0.5, low**0.5, high**0.5, "RMSSD of beats that needed no correction")


def detrended(rr_s: Column, smoothness: float = 500.0) -> Column:
    """Return the intervals (n,) in s without their slow trend, by smoothness priors over the beats."""
    curve = np.diff(np.eye(len(rr_s)), 2, axis=0)
    trend = np.linalg.solve(np.eye(len(rr_s)) + smoothness**2 * curve.T @ curve, rr_s)
    return np.asarray(rr_s - trend)


def fluctuation(series: Column, scales: Index = SCALES) -> Column:
    """Return the root-mean-square fluctuation (scales,) of a series about straight lines over each scale in beats.

    Boxes start at every beat (all overlaps), which varies less than boxes side by side.
    """
    profile = np.cumsum(series - series.mean())
    out = np.empty(len(scales))
    for row, scale in enumerate(scales):
        line = np.column_stack([np.ones(scale), np.arange(scale) - 0.5 * (scale - 1.0)])
        line /= np.linalg.norm(line, axis=0)
        box = sliding_window_view(profile, scale)
        out[row] = np.sqrt(np.maximum(0.0, np.mean(box**2) - np.mean(np.sum((box @ line) ** 2, axis=1)) / scale))
    return out


def alpha1(rr_s: Column, trend: bool = False) -> Estimate:
    """Return DFA-alpha1 of clean intervals (n,) in s with its 90 % interval; NaN below 64 beats.

    The slope of log fluctuation over log scale, 4 to 16 beats, without any correction for the small scales: white
    noise gives 0.58 at these scales and not its limit of 0.5. `trend` keeps the slow trend in.
    """
    if len(rr_s) < 64:
        return Estimate(float("nan"), float("nan"), float("nan"), "too few beats")
    size = fluctuation(rr_s if trend else detrended(rr_s))
    if not np.all(size > 0.0):
        return Estimate(float("nan"), float("nan"), float("nan"), "no variation")
    value = float(np.polyfit(np.log(SCALES), np.log(size), 1)[0])
    half = _Z90 * _ALPHA1_SPREAD / np.sqrt(len(rr_s))
    return Estimate(value, value - half, value + half, "DFA over 4 to 16 beats")


@dataclass(frozen=True, slots=True, eq=False)
class Variability:
    """One row every few seconds (n,): what the beats of the last 2 min say, or NaN and quality 0."""

    t_s: Column
    rmssd_s: Column
    rmssd_low_s: Column
    rmssd_high_s: Column
    alpha1: Column
    alpha1_low: Column
    alpha1_high: Column
    share_corrected: Column
    quality: Column


def beat_times_s(rows: HeartRate) -> tuple[Column, Column]:
    """Return the instants (n,) in s at which the beat intervals of heart-rate rows end, and the intervals in s.

    The last interval of a row ends where the row says; those before it are counted back from there.
    """
    count = rows.rr_count.astype(np.int64)
    if count.sum() != len(rows.rr_s) or (count < 0).any():
        raise ValueError(f"rr_count says {count.sum()} intervals, rr_s holds {len(rows.rr_s)}")
    ends = np.cumsum(count)
    total = np.concatenate([[0.0], np.cumsum(rows.rr_s)])
    since = np.repeat(total[ends], count) - total[1:]
    return np.repeat(rows.t_s, count) - since, rows.rr_s


def variability(rows: HeartRate, every_s: float = 20.0, until_s: float = np.inf) -> Variability:
    """Return RMSSD and DFA-alpha1 of each 2-min window that ends at a multiple of `every_s`.

    A window rests on its own beats alone: live, call it with the last 2 min of rows. A window with less than three
    quarters of its time in beats says nothing. Reads the beats once for each window, not for each beat.
    """
    t_s, rr_s = beat_times_s(rows)
    order = np.argsort(t_s, kind="stable")
    t_s, rr_s = t_s[order], rr_s[order]
    last = min(until_s, float(rows.t_s[-1])) if len(rows) else -np.inf
    first = float(np.ceil((t_s[0] + WINDOW_S) / every_s)) if len(t_s) else np.inf
    ends = every_s * np.arange(first, np.floor(last / every_s) + 1.0) if last >= first * every_s else np.empty(0)
    told = [_window(rr_s[np.searchsorted(t_s, e - WINDOW_S, "right") : np.searchsorted(t_s, e, "right")]) for e in ends]
    return Variability(ends, *np.array(told, dtype=np.float64).reshape(-1, 8).T)


def _window(rr_s: Column) -> tuple[float, ...]:
    """Return the columns of `Variability` after the time for the beats of one window."""
    nothing = (float("nan"),) * 7 + (0.0,)
    rr_s = rr_s[(rr_s > 0.0) & np.isfinite(rr_s)]
    if rr_s.sum() < 0.75 * WINDOW_S or len(rr_s) < 64:
        return nothing
    beats = clean(rr_s)
    share = beats.share_corrected
    spread, slope = rmssd_s(beats), alpha1(beats.rr_s)
    numbers = (spread.value, spread.low, spread.high, slope.value, slope.low, slope.high)
    return (*numbers, share, quality_of(share) * float(np.isfinite(slope.value)))
