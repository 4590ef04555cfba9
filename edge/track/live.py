"""The live track: one row a second, made of what was measured up to it; the past is told again when it was wrong.

The rule of this file: what a row says is a function of the last minute of rows and of a few fading sums, so any
chunking of a stream gives the same rows. A fix that stands out is held: it moves nothing until the fixes after it say
whether it was right, and what that changes in the distance told before is the row's `revision_m`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from edge.clock import LATENESS_S
from edge.fixes import Mask
from edge.pace import LOOK_BACK_S, pace_m_s
from edge.samples import Column, Fix, Inertial, Pressure, Samples, Stride, joined
from edge.track.motion import CLASSES, Motion, motion, path_speed_m_s, weights
from edge.track.pause import PauseState, paused_rows
from edge.track.rows import Heading, Rows, blank, degrees, local_m, rows_at
from edge.track.smooth import accuracy_scale
from edge.track.stride import USUAL_SLOPE_M_S_SPM, StrideSums, climb_rate_m_s, faded, learn, no_strides

#: Seconds of fixes that a row looks back on, and how long a second may still be told anew.
WINDOW_S, REVISED_S = 48, 12
_BLOCK = 64
Index: TypeAlias = NDArray[np.intp]
_HELD_WEIGHT = 0.3
_LONGEST_S = 48.0 * 3600.0
# A place is by satellites while the newest fix is at most so old; the course is read where it is settled, 6 s ago.
_FRESH_S, _SETTLED_AGO_S, _COURSE_MEMORY_S = 3.0, 6, 60.0
_SETTLED = REVISED_S - 1 - _SETTLED_AGO_S


@dataclass(frozen=True, slots=True, eq=False)
class LiveTrack:
    """Columns (n,) at whole seconds; NaN where it cannot be known."""

    t_s: Column
    latitude_deg: Column
    longitude_deg: Column
    speed_m_s: Column
    speed_sd_m_s: Column
    distance_m: Column
    revision_m: Column
    """By how much the distance told before was wrong: `distance_m` grew by this beside the last second's way."""
    held: Column
    """How many fixes of the last seconds are held or refused, standing out from the others."""
    paused: Column
    """1 while the person stands, else 0."""
    by_steps: Column
    """1 where steps told the way for want of satellites, else 0."""

    def __len__(self) -> int:
        return len(self.t_s)


@dataclass(frozen=True, slots=True, eq=False)
class TrackState:
    """Everything a `TrackFilter` remembers, to be saved and restored in the middle of a run."""

    next_row_s: float = 0.0
    newest_s: float = -np.inf
    pending: tuple[Samples, ...] = ()
    pending_heading: Heading | None = None
    rows: Rows = field(default_factory=lambda: blank(np.empty(0)))
    """The last `WINDOW_S` rows."""
    strides: StrideSums = field(default_factory=no_strides)
    steps_m_s: Column = field(default_factory=lambda: np.empty(0))
    """Speed by steps in each of the last rows."""
    ways_m: Column = field(default_factory=lambda: np.zeros(REVISED_S))
    """Metres of the last seconds as last told."""
    settled_m: float = 0.0
    pause: PauseState = field(default_factory=PauseState)
    course: Column = field(default_factory=lambda: np.zeros(2))
    """Fading sum of the course beside the gyroscope's heading, as cosine and sine weighted by speed."""
    anchor_deg: Column = field(default_factory=lambda: np.full(2, np.nan))
    reckoned_m: Column = field(default_factory=lambda: np.zeros(2))
    """Last place by satellites, and metres east and north gone since by steps and gyroscope."""
    standing: Column = field(default_factory=lambda: np.empty(0))
    """Whether the person stood in each of the last rows."""


class TrackFilter:
    """Turns fixes, steps, motion and heading into one row a second; `state` saves it, the constructor restores it."""

    def __init__(self, state: TrackState | None = None) -> None:
        self.state = state or TrackState()

    def feed(self, samples: tuple[Samples, ...], heading: Heading | None = None) -> LiveTrack:
        """Return the rows that these samples complete (none, one or many); samples later than 1 s are not seen.

        Takes `Fix`, `Stride`, `Inertial` and `Pressure` and passes over the rest. Raises ValueError for times beyond
        48 h: times count from the recording's start.
        """
        used = tuple(s for s in samples if isinstance(s, (Fix, Stride, Inertial, Pressure)) and len(s))
        times = [s.t_s for s in used] + ([heading.t_s] if heading is not None else [])
        newest = max((float(np.max(t[np.isfinite(t)], initial=-np.inf)) for t in times), default=-np.inf)
        if newest > _LONGEST_S:
            raise ValueError(f"t_s reaches {newest:.0f} s: times count from the recording's start")
        self.state = replace(
            self.state,
            newest_s=max(self.state.newest_s, newest),
            pending=self.state.pending + used,
            pending_heading=_joined(self.state.pending_heading, heading),
        )
        return self.advance(self.state.newest_s)

    def advance(self, now_s: float) -> LiveTrack:
        """Return the rows that are due when another stream's newest sample is at a time in s."""
        self.state = replace(self.state, newest_s=max(self.state.newest_s, now_s))
        return self._rows_until(np.floor(self.state.newest_s - LATENESS_S))

    def finish(self) -> LiveTrack:
        """Return the rows still waiting for late samples; call once, at the end of the run."""
        return self._rows_until(np.floor(self.state.newest_s))

    def _rows_until(self, last_s: float) -> LiveTrack:
        told = []
        while self.state.next_row_s <= last_s:
            first = self.state.next_row_s
            t_s = np.arange(first, min(last_s, first + _BLOCK - 1.0) + 0.5)
            new = rows_at(t_s, self.state.pending, self.state.pending_heading)
            self.state, rows = _advance(self.state, new)
            told.append(rows)
        if told:
            self.state = _forget(self.state)
        return joined(LiveTrack, told)


def _joined(before: Heading | None, new: Heading | None) -> Heading | None:
    if before is None or new is None:
        return new if before is None else before
    return Heading(np.concatenate((before.t_s, new.t_s)), np.concatenate((before.heading_rad, new.heading_rad)))


def _forget(state: TrackState) -> TrackState:
    """Return the state without the samples that all rows to come are too late for; steps stay for 5 s."""
    since = state.next_row_s - 1.0
    kept = tuple(_since(s, since - 5.0 if isinstance(s, Stride) else since) for s in state.pending)
    heading = state.pending_heading
    if heading is not None:
        late = heading.t_s > since
        heading = Heading(heading.t_s[late], heading.heading_rad[late])
    return replace(state, pending=tuple(s for s in kept if len(s)), pending_heading=heading)


def _since(samples: Samples, from_s: float) -> Fix | Stride | Inertial | Pressure:
    assert isinstance(samples, (Fix, Stride, Inertial, Pressure))
    late = samples.t_s > from_s
    return type(samples)(*(getattr(samples, f.name)[late] for f in fields(samples)))


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """What the fixes of each row's last minute say: motion (b, REVISED_S) oldest first, fixes held, newest's age."""

    told: Motion
    speed_m_s: Column
    place_deg: Column
    held: Column
    age_s: Column
    near: Mask


def _advance(state: TrackState, new: Rows) -> tuple[TrackState, LiveTrack]:
    """Return the state after some consecutive rows (n,), and what they tell."""
    lead = blank(np.arange(-float(WINDOW_S - len(state.rows)), 0.0) + state.next_row_s - len(state.rows))
    whole = lead.then(state.rows).then(new)
    count = len(new)
    index = np.arange(count)[:, None] + np.arange(WINDOW_S)[None, :] + 1
    seen = _see(whole, index)
    track = seen.speed_m_s
    doppler = _unspiked(whole.doppler_m_s[index])
    teacher = np.where(np.isfinite(doppler[:, -1]), doppler[:, -1], np.where(seen.age_s <= 1.0, track[:, -4], np.nan))
    climb = climb_rate_m_s(whole.height_m)[len(whole) - count :]
    strides, steps, _ = learn(state.strides, new.cadence_spm, new.pod_m_s, climb, teacher)
    steps = np.concatenate((np.full(WINDOW_S - len(state.steps_m_s), np.nan), state.steps_m_s, steps))
    crawl = np.where(seen.age_s <= 3.0, np.hypot(*seen.told.velocity_m_s[:, -1].T), np.nan)
    pause, paused = paused_rows(state.pause, new.cadence_spm, new.shake_m_s2, crawl)
    standing = np.concatenate((np.zeros(WINDOW_S - len(state.standing)), state.standing, paused.astype(np.float64)))
    ways, by_steps = _ways_m(index, track, doppler, seen, steps, standing)
    speed, sd = _pace(whole, index, track, seen, steps)
    speed, sd = np.where(paused, 0.0, speed), np.where(paused, 0.0, sd)
    distance, revision, settled = _distances(state, ways)
    place, state = _place(state, new, seen, ways)
    after = replace(
        state, next_row_s=state.next_row_s + count, rows=whole.cut(slice(-WINDOW_S, None)), strides=strides,
        steps_m_s=steps[-WINDOW_S:], ways_m=ways[-1], settled_m=settled, pause=pause, standing=standing[-WINDOW_S:],
    )  # fmt: skip
    told = LiveTrack(new.t_s, place[:, 0], place[:, 1], speed, sd, distance, revision, seen.held,
                     paused.astype(np.float64), by_steps)  # fmt: skip
    return after, told


def _see(rows: Rows, index: Index) -> _Seen:
    """Return what the windows (b, w) of rows say of their last seconds: errors as the window's own scatter tells."""
    present = np.isfinite(rows.fix_s[index])
    start_s = rows.t_s[index[:, :1]] - 1.0
    fix_s = np.where(present, rows.fix_s[index] - start_s, np.arange(index.shape[1]) + 1.0)
    any_fix = present.any(axis=1)
    newest = index.shape[1] - 1 - np.argmax(present[:, ::-1], axis=1)
    at = index[np.arange(len(index)), newest]
    at_deg = np.stack((rows.latitude_deg[at], rows.longitude_deg[at]), axis=1)
    place = local_m(rows.latitude_deg[index], rows.longitude_deg[index], at_deg[:, None, :])
    place = np.where(present[:, :, None], place, 0.0)
    scale, here = accuracy_scale(rows.accuracy_m[index]), present.astype(np.float64)
    errors = CLASSES.rows(_class(place, present))
    weight = weights(fix_s, place, here, scale, errors)
    at_s = np.broadcast_to(np.arange(WINDOW_S - REVISED_S, WINDOW_S) + 1.0, (len(index), REVISED_S))
    told = motion(fix_s, place, weight, scale, errors, at_s)
    age = np.where(any_fix, (WINDOW_S - 1.0) - newest, np.inf)
    held = np.sum(present[:, -REVISED_S:] & (weight[:, -REVISED_S:] < _HELD_WEIGHT), axis=1).astype(np.float64)
    recent = present[:, -REVISED_S - 4 :]
    near = np.stack([recent[:, k : k + 5].any(axis=1) for k in range(REVISED_S)], axis=1)
    return _Seen(told, path_speed_m_s(told, errors), degrees(told.position_m, at_deg[:, None, :]), held, age, near)


def _class(place_m: Column, present: Mask) -> Column:
    """Return the class of errors (b,) by the median second difference of the fixes: open sky, usual, or a street."""
    off = place_m[:, 2:] - 2.0 * place_m[:, 1:-1] + place_m[:, :-2]
    size = np.where(present[:, 2:] & present[:, 1:-1] & present[:, :-2], np.hypot(off[..., 0], off[..., 1]), np.inf)
    ordered = np.sort(size, axis=1)
    known = np.isfinite(ordered).sum(axis=1)
    scatter = ordered[np.arange(len(ordered)), np.maximum(known - 1, 0) // 2] / 2.88
    return np.where(scatter < 0.4, 1, np.where(scatter < 0.9, 2, np.where(scatter < 1.8, 4, 7)))


def _ways_m(
    index: Index, track: Column, doppler: Column, seen: _Seen, steps: Column, standing: Column
) -> tuple[Column, Column]:
    """Return the metres (b, REVISED_S) of the last seconds as each row knows them; whether steps told the newest."""
    recent = index[:, -REVISED_S:]
    share = np.where(np.isfinite(doppler).any(axis=1, keepdims=True), 1.0, 0.5)  # steps that Doppler taught know better
    doppler = doppler[:, -REVISED_S:]
    by_steps = steps[recent]
    satellite = np.where(np.isfinite(doppler), doppler, np.where(seen.near, track, np.nan))
    alone = seen.near & ~np.isfinite(doppler) & np.isfinite(by_steps)
    satellite = np.where(alone, track + share * (by_steps - track), satellite)
    way = np.where(np.isfinite(satellite), satellite, by_steps)
    way = np.where(standing[recent] > 0.0, 0.0, np.nan_to_num(way))
    return way, (np.isnan(satellite[:, -1]) & np.isfinite(by_steps[:, -1])).astype(np.float64)


def _unspiked(speed_m_s: Column) -> Column:
    """Return speeds (b, w) with those that stand out from the 9 s about them brought to their median."""
    wide = np.pad(speed_m_s, ((0, 0), (4, 4)), constant_values=np.nan)
    window = np.sort(np.lib.stride_tricks.sliding_window_view(wide, 9, axis=1), axis=2)
    known = np.isfinite(window).sum(axis=2)
    median = np.take_along_axis(window, (np.maximum(known - 1, 0) // 2)[:, :, None], axis=2)[:, :, 0]
    off = np.abs(speed_m_s - median)
    ordered = np.sort(off, axis=1)
    usual = ordered[np.arange(len(off)), np.maximum(np.isfinite(off).sum(axis=1) - 1, 0) // 2]
    limit = 5.0 * np.maximum(np.nan_to_num(usual), 0.12)
    return np.where(off <= limit[:, None], speed_m_s, np.where(np.isfinite(speed_m_s), median, np.nan))


def _pace(rows: Rows, index: Index, track: Column, seen: _Seen, steps: Column) -> tuple[Column, Column]:
    """Return speed and sd (b,) in m/s now: Doppler and cadence, else the steps, else the smoothed track."""
    recent = index[:, -LOOK_BACK_S:]
    cadence = rows.cadence_spm[recent]
    pod = rows.pod_m_s[recent]
    body = np.where(np.isfinite(pod), pod, USUAL_SLOPE_M_S_SPM * cadence)
    fused, sd = pace_m_s(rows.doppler_m_s[recent], body)
    now = steps[index[:, -1]]
    by_track = np.where(seen.age_s <= 5.0, track[:, -1], np.nan)
    track_sd = np.sqrt(seen.told.velocity_m2_s2[:, -1])
    fallback = np.where(np.isfinite(now), now, by_track)
    known = np.isfinite(fused)
    return np.where(known, fused, fallback), np.where(known, sd, np.where(np.isfinite(now), 0.06 * now, track_sd))


def _distances(state: TrackState, ways_m: Column) -> tuple[Column, Column, float]:
    """Return distance and revision (b,) in m from each row's view of the last seconds (b, k), and what is settled."""
    before = np.concatenate((state.ways_m[None, :], ways_m[:-1]))
    settled = state.settled_m + np.cumsum(before[:, 0])
    revision = np.sum(ways_m[:, :-1] - before[:, 1:], axis=1)
    return settled + ways_m.sum(axis=1), revision, float(settled[-1])


def _place(state: TrackState, new: Rows, seen: _Seen, ways_m: Column) -> tuple[Column, TrackState]:
    """Return latitude and longitude (b, 2): the smoothed track, carried on by steps and gyroscope without fixes.

    The gyroscope's heading gets its zero from the course of the last minute with satellites; without it, NaN.
    """
    here = seen.age_s <= _FRESH_S
    settled = seen.told.velocity_m_s[:, _SETTLED]
    heading = np.nan_to_num(new.heading_rad)
    spin = (settled[:, 0] + 1j * settled[:, 1]) * np.exp(-1j * _delayed(state, heading))
    spin = np.where(here & np.isfinite(new.heading_rad), spin, 0.0)
    course = faded(state.course, np.stack((spin.real, spin.imag), axis=1), _COURSE_MEMORY_S)
    turn = heading + np.arctan2(course[:, 1], course[:, 0])
    known = np.isfinite(new.heading_rad) & (np.hypot(course[:, 0], course[:, 1]) > 0.0)
    step = np.where(known[:, None], np.stack((np.cos(turn), np.sin(turn)), axis=1) * ways_m[:, -1:], 0.0)
    step = np.where(here[:, None], 0.0, step)
    gone = state.reckoned_m + np.cumsum(step, axis=0)
    last = np.maximum.accumulate(np.where(here, np.arange(len(here)), -1))
    anchor = np.where((last >= 0)[:, None], seen.place_deg[np.maximum(last, 0), -1], state.anchor_deg)
    since = gone - np.where((last >= 0)[:, None], gone[np.maximum(last, 0)], 0.0)
    after = replace(state, course=course[-1], anchor_deg=anchor[-1], reckoned_m=since[-1])
    return np.where((here | known)[:, None], degrees(since, anchor), np.nan), after


def _delayed(state: TrackState, heading: Column) -> Column:
    """Return the heading (b,) of as many rows ago as the settled velocity is."""
    before = np.nan_to_num(state.rows.heading_rad[-_SETTLED_AGO_S:])
    lead = np.zeros(_SETTLED_AGO_S - len(before))
    return np.concatenate((lead, before, heading))[: len(heading)]
