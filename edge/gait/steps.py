"""Which beats of the tempo are steps: those of a motion that is strong enough, repeats itself and goes on evenly.

The rule of this file: a beat is judged by the motion within 1.5 s of it, and by the beats in a row with it. Reaching
for a phone, sitting down and gestures have a tempo too, but the motion around a step looks like that around the step
before it, or around the one before that where left and right differ (Moe-Nilssen & Helbostad 2004, J Biomech
37:121-126), and comes after the same time with the same force. What is no more than a few such beats is a gesture.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from edge.gait.grid import GRID_HZ, GridState, resample
from edge.gait.tempo import (
    HALF_ROWS,
    HOP_ROWS,
    TEMPO_HZ,
    USUAL,
    Beats,
    TempoModel,
    beats,
    believed,
    best_path,
    forward,
    phasors,
    scores,
    unwrapped,
)
from edge.samples import Column

LOOK_AHEAD_S = HALF_ROWS / GRID_HZ
_AROUND = np.linspace(-1.0, 1.0, 41)
_AROUND_WEIGHT: Column = np.cos(0.5 * np.pi * _AROUND) ** 2 / np.sum(np.cos(0.5 * np.pi * _AROUND) ** 2)
_PERIOD = (np.arange(24) + 0.5) / 24.0 - 0.5
_LONGEST_HALF_S, _SHORTEST_HALF_S = 0.8, 0.3
_KEPT_ROWS = 4 * HALF_ROWS
_REMEMBERED = 8
_MISSES = 3
"""Beats in a row that need not be like steps for a walk to go on live: a turn, or the foot put beside the other."""
_TRUST_S = 7.0
"""In so long in s what proved a walk live counts but 1/e of it any more."""


_EVEN_TIME, _EVEN_FORCE = 0.15, 0.3
"""Change of the logarithm of step time and of amplitude from beat to beat at which a step proves 1/e as much."""
_GROWING_FORCE = 0.5
"""The same for the steps to come: those that begin a walk grow."""
_CLOSING_S = 1.0
"""The last foot is put beside the other within so long in s."""


@dataclass(frozen=True, slots=True)
class StepModel:
    """What makes a beat a step: least swing in m/s2, share of the usual amplitude, likeness to its neighbours."""

    least_swing_m_s2: float = 0.35
    least_bounce_m: float = 0.004
    """Amplitude of the least motion in m of a step: what is quick but smaller is a trembling hand or a brush."""
    share: float = 0.35
    hold_likeness: float = 0.4
    ahead_likeness: float = 0.5
    """Likeness, now and a step ahead, of a step whose next two may be taken as proof of a walk live."""
    proof: float = 3.5
    """How many steps in a row, of perfect likeness and evenness, prove a walk after the run."""
    live_proof: float = 2.4
    """The same live, where what lies ahead counts only as far as two steps."""
    stretch: int = 2
    """Beats at either end of a walk that may be unlike their neighbours, one of which stands or turns."""
    bridge_s: float = 3.0
    """Between steps no further apart the walk went on, turning: a beat there need only have the least swing."""
    closing_swing_m_s2: float = 0.2
    """Least swing of the step that ends a walk, with which a foot is only put beside the other."""
    window_s: float = 6.0


WALKING = StepModel()


def magnitude(grid: Column, last: float) -> Column:
    """Return the magnitude of the specific force (m,) in m/s2; where it is unknown, the last known one."""
    length = np.linalg.norm(grid, axis=1)
    known = np.isfinite(length)
    if known.all():
        return np.asarray(length)
    index = np.maximum.accumulate(np.where(known, np.arange(len(length)), -1))
    return np.where(index >= 0, length[np.maximum(index, 0)], last)


def frames_at(track: Column, centres: NDArray[np.int64]) -> Column:
    """Return the 3 s (hops, 151) around rows of the track that has `HALF_ROWS` rows to spare at both ends."""
    return np.lib.stride_tricks.sliding_window_view(track, 2 * HALF_ROWS + 1)[centres - HALF_ROWS]


def swing_m_s2(track: Column, row: Column, tempo_hz: Column) -> Column:
    """Return the amplitude (n,) of the magnitude's motion over one period around rows of the track."""
    at = row[:, None] + _PERIOD * (GRID_HZ / tempo_hz)[:, None]
    value = np.interp(at, np.arange(len(track)), track)
    return np.asarray(np.sqrt(2.0) * value.std(axis=1))


def likeness(
    track: Column,
    row: Column,
    tempo_hz: Column,
    ahead_s: float | Column = LOOK_AHEAD_S,
    aparts: tuple[float, ...] = (1.0, 2.0),
) -> Column:
    """Return how alike (n,) the motion before and after rows of the track is, the best of some step times apart: -1..1.

    Looks `ahead_s` ahead at most; -1 where that is too short.
    """
    best = np.full(len(row), -1.0)
    for apart in aparts:
        lag_s = apart / tempo_hz
        half_s = np.minimum(_LONGEST_HALF_S, ahead_s - 0.5 * lag_s)
        around = row[:, None] + GRID_HZ * half_s[:, None] * _AROUND
        value = _correlation(track, around, 0.5 * GRID_HZ * lag_s[:, None])
        best = np.where(half_s >= _SHORTEST_HALF_S, np.maximum(best, value), best)
    return best


def _correlation(track: Column, around: Column, half_lag: Column) -> Column:
    """Return the windowed correlation (n,) of the track around rows less and plus half a lag in rows."""
    rows = np.arange(len(track))
    before, after = np.interp(around - half_lag, rows, track), np.interp(around + half_lag, rows, track)
    before = before - (before @ _AROUND_WEIGHT)[:, None]
    after = after - (after @ _AROUND_WEIGHT)[:, None]
    power = (before**2 @ _AROUND_WEIGHT) * (after**2 @ _AROUND_WEIGHT)
    return np.asarray((before * after) @ _AROUND_WEIGHT / np.sqrt(power + 1e-12))


def steps_after_the_run(grid: Column, tempo: TempoModel = USUAL, model: StepModel = WALKING) -> Beats:
    """Return all steps of a recording on the 50 Hz grid (m, 3), each judged by all of it."""
    if not len(grid):
        return Beats(np.empty(0), np.empty(0), np.empty(0))
    track = _padded(magnitude(grid, np.nan))
    centres = np.arange(HALF_ROWS, HALF_ROWS + len(grid) + HOP_ROWS, HOP_ROWS, dtype=np.int64)
    frames = frames_at(track, centres)
    score = scores(frames, tempo)
    path = best_path(*forward(np.zeros(len(TEMPO_HZ)), score, tempo)) if tempo.jump_cost else score.argmax(axis=1)
    rate_hz = TEMPO_HZ[path]
    phasor = phasors(frames, rate_hz)
    found = beats(centres / GRID_HZ, unwrapped(np.angle(phasor), rate_hz), rate_hz, np.abs(phasor), -np.inf)
    kept = _walking(track, found, model)
    return Beats(found.t_s[kept] - LOOK_AHEAD_S, found.tempo_hz[kept], found.amplitude_m_s2[kept])


def _padded(track: Column) -> Column:
    first = track[np.isfinite(track).argmax()] if np.isfinite(track).any() else 0.0
    track = np.where(np.isfinite(track), track, first)
    return np.concatenate([np.full(HALF_ROWS, first), track, np.full(HALF_ROWS + 2 * HOP_ROWS, track[-1])])


def _walking(track: Column, found: Beats, model: StepModel) -> NDArray[np.bool_]:
    """Return which beats (n,) are steps, looking both ways."""
    row = found.t_s * GRID_HZ
    swing = swing_m_s2(track, row, found.tempo_hz)
    alike = likeness(track, row, found.tempo_hz, ahead_s=np.inf)
    strong = np.minimum(swing, found.amplitude_m_s2) > _least_m_s2(found.tempo_hz, model)
    sure = strong & (alike > model.hold_likeness)
    strong &= swing > model.share * _usual(found.t_s, found.amplitude_m_s2, sure, model.window_s)
    kept = strong & (alike > model.hold_likeness)
    for _ in range(model.stretch):
        kept |= strong & (np.append(kept[1:], False) | np.append(False, kept[:-1]))
    kept = _proven(kept, np.clip(alike, 0.0, 1.0) * _evenness(found), model.proof)
    return _completed(kept, found.t_s, swing, model)


def _least_m_s2(tempo_hz: Column, model: StepModel) -> Column:
    """Return the least amplitude (n,) of a step at these rates."""
    return np.maximum(model.least_swing_m_s2, model.least_bounce_m * (2.0 * np.pi * tempo_hz) ** 2)


def _evenness(found: Beats) -> Column:
    """Return how near (n,) each beat is to the one before it in time and in force: 1 the same, 0 far."""
    step_s = np.maximum(np.diff(found.t_s), 1e-3)
    later = np.concatenate([[0.0, 0.0], np.diff(np.log(step_s))])[: len(found.t_s)]
    force = np.log(found.amplitude_m_s2 + 1e-3)
    stronger = np.diff(force, prepend=force[:1])
    return np.asarray(np.exp(-((later / _EVEN_TIME) ** 2) - (stronger / _EVEN_FORCE) ** 2))


def _proven(kept: NDArray[np.bool_], evidence: Column, proof: float) -> NDArray[np.bool_]:
    """Return which beats (n,) lie in a row of kept ones whose evidence adds up to a proof."""
    number = np.cumsum(np.append(True, ~kept[1:] | ~kept[:-1]))[: len(kept)]
    total = np.bincount(number, weights=kept * evidence, minlength=1)
    return np.asarray(kept & (total[number] >= proof))


def _completed(kept: NDArray[np.bool_], t_s: Column, swing: Column, model: StepModel) -> NDArray[np.bool_]:
    """Return the steps (n,) with those of turns between them, and with the one that ends each walk."""
    before = np.maximum.accumulate(np.where(kept, t_s, -np.inf))
    after = np.minimum.accumulate(np.where(kept, t_s, np.inf)[::-1])[::-1]
    kept = kept | ((after - before <= model.bridge_s) & (swing > model.least_swing_m_s2))
    closing = np.append(False, kept[:-1]) & (np.diff(t_s, prepend=-np.inf) < _CLOSING_S)
    return kept | (closing & (swing > model.closing_swing_m_s2))


def _usual(t_s: Column, amplitude: Column, sure: NDArray[np.bool_], window_s: float) -> Column:
    """Return the median amplitude (n,) of the sure beats within a window around each; 0 without any."""
    lower = np.searchsorted(t_s, t_s - window_s)
    upper = np.searchsorted(t_s, t_s + window_s, side="right")
    near = lower[:, None] + np.arange(int((upper - lower).max(initial=0)))
    inside = near < upper[:, None]
    near = np.minimum(near, max(len(t_s) - 1, 0))
    value = np.where(inside & sure[near], amplitude[near], np.nan) if len(t_s) else np.empty((0, 1))
    known = np.isfinite(value).any(axis=1)
    usual = np.zeros(len(t_s))
    usual[known] = np.nanmedian(value[known], axis=1)
    return usual


@dataclass(frozen=True, slots=True, eq=False)
class StepState:
    """Everything a `StepCounter` remembers, to be saved and restored in the middle of a run."""

    grid: GridState
    track: Column
    """The magnitude's last rows in m/s2, and how many came before them."""
    first_row: int
    next_centre: int
    belief: Column
    hop: Column
    """Time in s, phase in rad, tempo in Hz and amplitude in m/s2 of the last hop; empty before the first."""
    highest_rad: float
    recent: Column
    """Time in s, tempo in Hz and amplitude in m/s2 (3, k) of the last two beats."""
    swings: Column
    """Amplitudes of the last steps in m/s2."""
    trust: float
    """How much of a proof of walking the last beats are."""
    walking: bool
    misses: int


def start() -> StepState:
    """Return the state before the first reading."""
    none = np.empty(0)
    unknown, no_beats = np.zeros(len(TEMPO_HZ)), np.empty((3, 0))
    return StepState(GridState(), none, -HALF_ROWS, 0, unknown, none, -np.inf, no_beats, none, 0.0, False, 0)


def follow(
    state: StepState, rows: Column, rate_hz: float, end: bool, tempo: TempoModel, model: StepModel
) -> tuple[StepState, Beats]:
    """Return the state after these readings (n, 3) and the steps decided by them."""
    grid_state, grid = resample(state.grid, rows, rate_hz, end)
    track = np.concatenate([state.track, magnitude(grid, state.track[-1] if len(state.track) else np.nan)])
    if not len(state.track) and len(track):
        track = np.concatenate([np.full(HALF_ROWS, np.nan_to_num(track[0])), np.nan_to_num(track, nan=0.0)])
    if end and len(track):
        track = np.concatenate([track, np.full(HALF_ROWS + 2 * HOP_ROWS, track[-1])])
    state = replace(state, grid=grid_state, track=track)
    last = state.first_row + len(track) - 1 - HALF_ROWS
    centres = np.arange(state.next_centre, last + 1, HOP_ROWS, dtype=np.int64)
    if not len(centres):
        return state, Beats(np.empty(0), np.empty(0), np.empty(0))
    state, found = _hops(state, centres, tempo)
    kept = np.zeros(len(found.t_s), dtype=bool)
    if len(kept):
        state, kept = _judge(state, found, model)
    unneeded = int(np.clip(state.next_centre - _KEPT_ROWS - state.first_row, 0, len(track)))
    state = replace(state, track=track[unneeded:], first_row=state.first_row + unneeded)
    return state, Beats(found.t_s[kept], found.tempo_hz[kept], found.amplitude_m_s2[kept])


def _hops(state: StepState, centres: NDArray[np.int64], tempo: TempoModel) -> tuple[StepState, Beats]:
    """Return the state after these hops, given by grid row, and the beats up to the last of them."""
    frames = frames_at(state.track, centres - state.first_row)
    score = scores(frames, tempo)
    beliefs = believed(state.belief, score, tempo)
    rate_hz = TEMPO_HZ[(beliefs if tempo.jump_cost else score).argmax(axis=1)]
    phasor = phasors(frames, rate_hz)
    new = np.stack([centres / GRID_HZ, np.angle(phasor), rate_hz, np.abs(phasor)])
    hops = np.concatenate([state.hop.reshape(4, -1), new], axis=1)
    hops[1] = unwrapped(hops[1], hops[2])
    found = beats(hops[0], hops[1], hops[2], hops[3], state.highest_rad)
    highest = max(state.highest_rad, float(hops[1].max()))
    moved = replace(
        state, belief=beliefs[-1], hop=hops[:, -1], highest_rad=highest, next_centre=int(centres[-1]) + HOP_ROWS
    )
    return moved, found


def _live_likeness(
    track: Column, row: Column, tempo_hz: Column, swing: Column, model: StepModel
) -> tuple[Column, Column, Column]:
    """Return the likeness (n,) that keeps a walk going, that to the beats before, and the proof in the two to come."""
    step = GRID_HZ / tempo_hz
    before, now = likeness(track, row - step, tempo_hz), likeness(track, row, tempo_hz)
    after = likeness(track, row + step, tempo_hz, LOOK_AHEAD_S - 1.0 / tempo_hz)
    force = np.log(np.stack([swing, *(swing_m_s2(track, row + k * step, tempo_hz) for k in (1, 2))]) + 1e-3)
    grows = np.exp(-((np.diff(force, axis=0) / _GROWING_FORCE) ** 2))
    ahead = np.where(np.minimum(now, after) > model.ahead_likeness, now * grows[0] + after * grows[1], 0.0)
    past = np.maximum(before, now)
    return np.maximum(past, after), past, ahead


def _live_proof(state: StepState, found: Beats, past: Column, model: StepModel) -> tuple[Column, Column]:
    """Return what each beat (n,) adds to the trust in a walk, and which share of the trust is left when it comes."""
    new = np.stack([found.t_s, found.tempo_hz, found.amplitude_m_s2])
    joined, known = np.concatenate([state.recent, new], axis=1), state.recent.shape[1]
    even = _evenness(Beats(*joined))[known:]
    left = np.exp(-np.diff(joined[0], prepend=joined[0, :1])[known:] / _TRUST_S)
    return np.where(past > model.hold_likeness, past * even, 0.0), left


def _judge(state: StepState, found: Beats, model: StepModel) -> tuple[StepState, NDArray[np.bool_]]:
    """Return the state after these beats and which of them (n,) are steps."""
    row = found.t_s * GRID_HZ - state.first_row
    swing = swing_m_s2(state.track, row, found.tempo_hz)
    strong = np.minimum(swing, found.amplitude_m_s2) > _least_m_s2(found.tempo_hz, model)
    alike, past, ahead = _live_likeness(state.track, row, found.tempo_hz, swing, model)
    own, left = _live_proof(state, found, np.where(strong, past, 0.0), model)
    worth = np.maximum(own, np.where(strong, ahead, 0.0))
    kept = np.zeros(len(row), dtype=bool)
    swings, trust, walking, misses = list(state.swings), state.trust, state.walking, state.misses
    for beat in range(len(row)):
        usual = median(swings) if walking and swings else 0.0
        trust *= float(left[beat])
        begins = worth[beat] > 0.0 and trust + worth[beat] >= model.live_proof
        trust += float(own[beat])
        like = strong[beat] and (alike[beat] > model.hold_likeness if walking else begins)
        sure = bool(like and swing[beat] > model.share * usual)
        kept[beat] = sure or (walking and misses < _MISSES and swing[beat] > model.closing_swing_m_s2)
        misses = 0 if sure else misses + 1
        walking = sure or (walking and misses <= _MISSES)
        swings = [*swings, float(found.amplitude_m_s2[beat])][-_REMEMBERED:] if sure else swings if walking else []
    recent = np.concatenate([state.recent, np.stack([found.t_s, found.tempo_hz, found.amplitude_m_s2])], axis=1)[:, -2:]
    after = replace(state, recent=recent, swings=np.array(swings), trust=trust, walking=walking, misses=misses)
    return after, kept
