"""The track after the run: position, speed and distance second by second, each with its doubt.

The rule of this file: distance is speed summed up, never the sum of steps between fixes: scatter would lengthen it and
smoothing would cut its corners. Speed is the receiver's own Doppler speed, else the steps' as the satellites set their
scale, else that of the smoothed track.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.fixes import Mask
from edge.samples import Column, Estimate, Samples
from edge.track.motion import choose_errors, motion, path_speed_m_s, speed_m2_s2, weights
from edge.track.pause import standing_s
from edge.track.reckon import Outages, closed, joined_positions, outages
from edge.track.rows import Heading, Rows, degrees, local_m, rows_at
from edge.track.stride import climb_rate_m_s, look_back

_CORE, _MARGIN = 50, 30
_NEAR_S = 3.0
# The climb of the last 8 s is that of 4 s ago.
_CLIMB_LAG_S = 4
_LONGEST_S = 48.0 * 3600.0
# A track whose velocity is this unsure cuts corners; it turns about where it turns by so much within 16 s.
_NOISY_M_S, _SHARP_RAD = 0.25, 1.2


@dataclass(frozen=True, slots=True, eq=False)
class SmoothTrack:
    """Columns (n,) at whole seconds after the run, distances since the start; NaN where it cannot be known."""

    t_s: Column
    latitude_deg: Column
    longitude_deg: Column
    position_sd_m: Column
    speed_m_s: Column
    speed_sd_m_s: Column
    distance_m: Column
    weight: Column
    """How far each second's fix is believed, 0..1; NaN without one."""
    source: Column
    """What told the speed: 1 Doppler, 2 steps, 3 the smoothed track, 4 the chord of a gap, 0 nothing."""
    pauses_s: Column
    """When the person stood, (k, 2) in s."""
    total_m: Estimate


@dataclass(frozen=True, slots=True, eq=False)
class Smoothed:
    """What the fixes alone say at each row (n,): place (n, 2) in degrees, its sd, velocity (n, 2), speed, its sd."""

    place_deg: Column
    place_sd_m: Column
    velocity_m_s: Column
    speed_m_s: Column
    speed_sd_m_s: Column
    weight: Column


def smooth_track(samples: tuple[Samples, ...], heading: Heading | None = None, judged: bool = True) -> SmoothTrack:
    """Return the smoothed track of a whole recording: fixes, steps, motion, heading by gyroscope.

    Distance is within 1 % in simulated streets between high buildings where there is Doppler speed, and over a minute
    without satellites within 2 % (mean of many; docs/signal/track.md). Air pressure helps on hills. Raises ValueError
    for times that are negative or beyond 48 h: times count from the recording's start. With `judged` False every fix
    is believed alike, which is there to compare with.
    """
    t_s = _seconds(samples)
    rows = rows_at(t_s, samples, heading)
    return _fused(rows, _by_fixes(rows, 3 if judged else 0))


def _seconds(samples: tuple[Samples, ...]) -> Column:
    """Return the whole seconds (n,) from the first to the last sample."""
    ends = [float(f(s.t_s[np.isfinite(s.t_s)])) for s in samples if hasattr(s, "t_s") and np.isfinite(s.t_s).any()
            for f in (np.min, np.max)]  # fmt: skip
    if not ends:
        return np.empty(0)
    if min(ends) < 0.0 or max(ends) - min(ends) > _LONGEST_S:
        raise ValueError(f"t_s from {min(ends):.0f} to {max(ends):.0f} s: times count from the recording's start")
    return np.arange(np.floor(min(ends)), np.ceil(max(ends)) + 1.0)


def _by_fixes(rows: Rows, rounds: int) -> Smoothed:
    """Return what all fixes say together, in windows of 110 s of which the middle 50 s are kept."""
    count = len(rows)
    first = np.arange(0, max(count, 1), _CORE)
    index = first[:, None] - _MARGIN + np.arange(_CORE + 2 * _MARGIN)
    inside = (index >= 0) & (index < count)
    index = np.clip(index, 0, max(count - 1, 0))
    if not count:
        return _no_fixes(0)
    present = inside & np.isfinite(rows.fix_s[index])
    used = np.flatnonzero(present.any(axis=1))
    told = _no_fixes(count)
    for block in np.array_split(used, max(len(used) // 64, 1)):
        if len(block):
            _smooth_block(rows, index[block], present[block], inside[block], rounds, told)
    return told


def _no_fixes(count: int) -> Smoothed:
    one, two = np.full((5, count), np.nan), np.full((2, count, 2), np.nan)
    return Smoothed(two[0], one[0], two[1], one[1], one[2], one[3])


def _smooth_block(rows: Rows, index: Column, present: Mask, inside: Mask, rounds: int, told: Smoothed) -> None:
    """Write what a block of windows (b, w) says into their middle rows."""
    index = index.astype(np.int64)
    start_s = rows.t_s[index[:, :1]] - 1.0 - np.argmax(inside, axis=1)[:, None]
    fix_s = np.where(present, rows.fix_s[index] - start_s, np.arange(index.shape[1]) + 1.0)
    at_deg = np.stack([np.nanmedian(np.where(present, c[index], np.nan), axis=1) for c in
                       (rows.latitude_deg, rows.longitude_deg)], axis=-1)  # fmt: skip
    place = local_m(rows.latitude_deg[index], rows.longitude_deg[index], at_deg[:, None, :])
    place = np.where(present[:, :, None], place, 0.0)
    scale, here = accuracy_scale(rows.accuracy_m[index]), present.astype(np.float64)
    errors = choose_errors(fix_s, place, here, scale, joined=True)
    weight = weights(fix_s, place, here, scale, errors, rounds)
    at_s = np.broadcast_to(np.arange(_MARGIN, _MARGIN + _CORE) + 1.0, (len(index), _CORE))
    result = motion(fix_s, place, weight, scale, errors, at_s)
    middle = slice(_MARGIN, _MARGIN + _CORE)
    keep, row = inside[:, middle], index[:, middle]
    told.place_deg[row[keep]] = degrees(result.position_m, at_deg[:, None, :])[keep]
    told.place_sd_m[row[keep]] = np.sqrt(result.position_m2[keep])
    told.velocity_m_s[row[keep]] = result.velocity_m_s[keep]
    told.speed_m_s[row[keep]] = path_speed_m_s(result, errors)[keep]
    told.speed_sd_m_s[row[keep]] = np.sqrt(speed_m2_s2(result, errors)[keep])
    told.weight[row[keep]] = np.where(present[:, middle], weight[:, middle], np.nan)[keep]


def accuracy_scale(accuracy_m: Column) -> Column:
    """Return the error (b, w) of each fix beside its window's usual one, by the receiver's own accuracy, 1/3 to 10."""
    known = np.isfinite(accuracy_m)
    usual = np.exp(np.sum(np.where(known, np.log(np.where(known, accuracy_m, 1.0)), 0.0), axis=1)
                   / np.maximum(known.sum(axis=1), 1))  # fmt: skip
    return np.clip(np.where(known, accuracy_m / usual[:, None], 1.0), 1.0 / 3.0, 10.0)


def _fused(rows: Rows, fixes: Smoothed) -> SmoothTrack:
    """Return the track from what the fixes say, the Doppler speed and the steps."""
    near = _near(rows)
    track = np.where(near & ~_folds(fixes), fixes.speed_m_s, np.nan)
    doppler = unspiked(rows.doppler_m_s)
    teacher = np.where(np.isfinite(doppler), doppler, np.where(near, track, np.nan))
    climb = climb_rate_m_s(np.append(rows.height_m, np.full(_CLIMB_LAG_S, np.nan)))[_CLIMB_LAG_S:]
    steps, steps_sd = look_back(rows.cadence_spm, rows.pod_m_s, climb, teacher)
    track = _filled(_held_scale(track, steps), near)
    track = np.where(near, np.where(np.isfinite(track), track, fixes.speed_m_s), np.nan)
    speed, sd, source = _chosen(doppler, steps, steps_sd, track, fixes, near)
    pauses = standing_s(rows.t_s, rows.cadence_spm, rows.shake_m_s2, np.where(near, fixes.speed_m_s, np.nan))
    stands = _within(rows.t_s, pauses)
    speed = np.where(stands & np.isfinite(speed), 0.0, speed)
    holes = closed(outages(rows, near), rows, fixes.place_deg, fixes.place_sd_m, speed)
    speed, sd, source = _bridged(rows, fixes, holes, speed, sd, source)
    place = joined_positions(rows, fixes.place_deg, fixes.velocity_m_s, speed, holes, near)
    step = np.where(np.isfinite(speed), speed, 0.0)
    distance = np.concatenate(([0.0], np.cumsum(0.5 * (step[1:] + step[:-1])))) if len(step) else step
    total = _total(distance, sd, source, step)
    return SmoothTrack(rows.t_s, place[:, 0], place[:, 1], fixes.place_sd_m, speed, sd, distance, fixes.weight, source,
                       pauses, total)  # fmt: skip


def _near(rows: Rows) -> Mask:
    """Return which rows (n,) lie within 3 s, or half the usual step of coarse recordings, of fixes on both sides."""
    known = np.flatnonzero(np.isfinite(rows.fix_s))
    if len(known) < 2:
        return np.zeros(len(rows), dtype=bool)
    reach = max(2.0 * _NEAR_S, 1.5 * float(np.quantile(np.diff(known), 0.9)) if len(known) > 8 else 0.0)
    row = np.arange(len(rows))
    after = np.searchsorted(known, row)
    ahead, behind = known[np.minimum(after, len(known) - 1)], known[np.maximum(after - 1, 0)]
    here = np.isfinite(rows.fix_s)
    return np.asarray(here | ((ahead >= row) & (behind <= row) & (ahead - behind <= min(reach, 30.0))))


def unspiked(speed_m_s: Column, half: int = 7) -> Column:
    """Return speeds (n,) in m/s without those that stand out from the 7 s on both sides; NaN stays NaN."""
    if not np.isfinite(speed_m_s).any():
        return speed_m_s
    wide = np.pad(speed_m_s, half, constant_values=np.nan)
    window = np.sort(np.lib.stride_tricks.sliding_window_view(wide, 2 * half + 1), axis=1)
    known = np.isfinite(window).sum(axis=1)
    median = window[np.arange(len(window)), np.maximum(known - 1, 0) // 2]
    off = np.abs(speed_m_s - median)
    usual = 1.4826 * float(np.nanmedian(off[np.isfinite(off)])) if np.isfinite(off).any() else 0.0
    return np.where(off <= 4.0 * max(usual, 0.1), speed_m_s, np.where(np.isfinite(speed_m_s), median, np.nan))


def _held_scale(track_m_s: Column, steps_m_s: Column, half: int = 45) -> Column:
    """Return the smoothed track's speed (n,) shaped by the steps: the mean of what it adds to them over 90 s.

    A smoothed track is slow where a hairpin folds it; steps are not. Without steps it stays as it is.
    """
    extra = track_m_s - steps_m_s
    if not np.isfinite(extra).any():
        return track_m_s
    known = np.isfinite(extra)
    count = np.concatenate((np.zeros(half + 1), np.cumsum(known), np.full(half, known.sum())))
    total = np.cumsum(np.where(known, extra, 0.0))
    total = np.concatenate((np.zeros(half + 1), total, np.full(half, total[-1])))
    number = count[2 * half + 1 :] - count[: -2 * half - 1]
    mean = (total[2 * half + 1 :] - total[: -2 * half - 1]) / np.maximum(number, 1.0)
    shaped = steps_m_s + np.where(number > 10, mean, np.nan)
    return np.where(np.isfinite(shaped), np.maximum(shaped, 0.0), track_m_s)


def _folds(fixes: Smoothed, reach: int = 8, spread: int = 12) -> Mask:
    """Return the rows (n,) in which a smoothed track of noisy fixes turns about: it is shorter there than the way."""
    v = fixes.velocity_m_s[:, 0] + 1j * fixes.velocity_m_s[:, 1]
    if len(v) <= 2 * reach:
        return np.zeros(len(v), dtype=bool)
    turn = np.abs(np.angle(v[2 * reach :] * np.conj(v[: -2 * reach])))
    noisy = fixes.speed_sd_m_s[reach:-reach] > _NOISY_M_S
    sharp = np.zeros(len(v))
    sharp[reach:-reach] = np.nan_to_num(turn) * noisy > _SHARP_RAD
    return np.asarray(np.convolve(sharp, np.ones(2 * spread + 1), mode="same") > 0.5)


def _filled(track_m_s: Column, near: Mask, longest: int = 60) -> Column:
    """Return the speeds (n,) with those left out where the track folds drawn straight between their neighbours."""
    known = np.flatnonzero(np.isfinite(track_m_s))
    if len(known) < 2:
        return track_m_s
    row = np.arange(len(track_m_s))
    after = np.clip(np.searchsorted(known, row), 1, len(known) - 1)
    short = known[after] - known[after - 1] <= longest
    drawn = np.interp(row, known, track_m_s[known])
    return np.where(np.isnan(track_m_s) & near & short, drawn, track_m_s)


def _chosen(
    doppler: Column, steps: Column, steps_sd: Column, track: Column, fixes: Smoothed, near: Mask
) -> tuple[Column, Column, Column]:
    """Return speed, sd and source (n,) by the first that knows: Doppler, the track (shaped by steps), the steps."""
    has_doppler, has_track, has_steps = np.isfinite(doppler), np.isfinite(track), np.isfinite(steps)
    speed = np.where(has_doppler, doppler, np.where(has_track, track, steps))
    sd = np.where(has_doppler, 0.15, np.where(has_track, fixes.speed_sd_m_s, steps_sd))
    source = np.where(has_doppler, 1.0, np.where(has_track, 3.0, np.where(has_steps, 2.0, 0.0)))
    return speed, np.where(source > 0.0, sd, np.nan), source


def _bridged(
    rows: Rows, fixes: Smoothed, holes: Outages, speed: Column, sd: Column, source: Column
) -> tuple[Column, Column, Column]:
    """Return the columns with gaps that no steps fill at the speed of their chord."""
    blank = np.isnan(speed) & (holes.chord_m_s >= 0.0)
    speed = np.where(blank, holes.chord_m_s, speed * np.where(source == 2.0, holes.scale, 1.0))
    return speed, np.where(blank, 0.3 * holes.chord_m_s, sd), np.where(blank, 4.0, source)


def _within(t_s: Column, pauses_s: Column) -> Mask:
    """Return which instants (n,) lie in one of the pauses (k, 2)."""
    if not len(pauses_s):
        return np.zeros(len(t_s), dtype=bool)
    return np.asarray(
        np.searchsorted(pauses_s[:, 0], t_s, side="right") > np.searchsorted(pauses_s[:, 1], t_s, "right")
    )


def _total(distance_m: Column, sd_m_s: Column, source: Column, speed: Column) -> Estimate:
    """Return the whole distance in m with its 90 % interval: shared scale errors of each source beside random ones."""
    if not len(distance_m) or not (source > 0.0).any():
        return Estimate(float("nan"), float("nan"), float("nan"), "nothing to tell it from")
    share = np.array([float(speed[source == k].sum()) for k in (1, 2, 3, 4)])
    scale = float(np.sqrt(np.sum((share * np.array([0.003, 0.012, 0.008, 0.1])) ** 2)))
    chance = float(np.sqrt(np.nansum(sd_m_s[speed > 0.0] ** 2) * 10.0))  # errors last some 10 s
    half = 1.645 * float(np.hypot(scale, chance))
    names = [n for n, s in zip(("Doppler", "steps", "track", "chords"), share, strict=True) if s > 0.0]
    total = float(distance_m[-1])
    return Estimate(total, max(total - half, 0.0), total + half, ", ".join(names))
