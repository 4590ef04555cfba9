"""Altered gait: left and right differ in another way than they do in this person's sound runs.

The rule of this file: slow drift of a tired runner is no limp, a sided change that began within minutes and is not
usual is (`edge.limp_evidence`). One block is `STEPS` steps in a row, told by lengths of force and of turning alone, so
that it does not depend on how the tracker is turned; what it is judged by was learned from sound runs of this person
with the tracker at this place (`edge.limp_baseline`). Without a baseline it never says more than ask, and never why.

In an even stride every motion of the body comes twice, so what comes once, thrice or five times a stride is the
difference of the sides (harmonic ratio: Menz et al. 2003, Gait Posture 18:35-46; Bellanca et al. 2013, J Biomech
46:828-831). The evidence that the gait has been altered for m blocks is the ratio of the densities of their mean
deviation, with a limp and without; its sum over m is an e-detector, whose mean time to a false alarm is at least its
threshold in blocks where the blocks are as the baseline expects (Shin, Ramdas & Rinaldo 2023, New England J Stat Data
Sci 2:229-260).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from edge.limp_baseline import FEATURES, FORCE_FEATURES, NOTHING, USUAL, Baseline, Expected, LimpModel, expected
from edge.limp_evidence import Evidence, Past, evidence
from edge.samples import Column, Inertial, in_time_order

STEPS = 16
"""Steps of a block: 6 s of running, 8 s of walking."""
RUN_HZ = 2.25
"""Step rate in Hz from which steps are running: fast walking ends at 2.2, jogging begins at 2.3."""
LONGEST_BLOCK_S = 20.0
_HOLE_S = 0.25
_PAUSE = 1.4
"""Steps further apart than so many usual step times are no neighbours."""
_UNEVEN_RATE = 0.08
"""A block whose step times scatter by more (share) is a start, a stop or a turn: not judged."""
_SLIP = 9.0
"""What it costs in squared standard deviations to believe that a step was missed: that is 1 in 100."""
_SOUND = 0.1
"""Blocks told with more confidence are not learned."""
_HARMONICS = np.arange(1, 7)
_USUAL_RUN, _USUAL_WALK = (2.75, 8.0), (1.9, 2.0)
"""Step rate in Hz and bounce in m/s2 about which the regression is centred."""


class GaitState(enum.Enum):
    """What the gait gives reason for."""

    NONE = "none"
    ASK = "ask"
    EASE = "ease"


@dataclass(frozen=True, slots=True)
class Altered:
    """What is told of the gait at an instant in s of the session."""

    t_s: float
    confidence: float
    """0 to 1; 0 where nothing can be told. 0.5 where asking begins, 0.95 where easing begins."""
    side: str
    """Always "": lengths of force and turning do not tell left from right."""
    what: str
    """"push" where the force differs most, "sway" where the turning does, "" where nothing is told."""
    state: GaitState
    size: float = 0.0
    """How far the mean of the last blocks is from the usual, in the features' unit."""
    known: bool = True
    """Whether the baseline has seen this pace and bounce, as far as that matters at this place."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Steps in a row: when they ended in s, whether they are running, covariates (3,), features (FEATURES,)."""

    t_s: float
    running: bool
    z: Column
    x: Column


@dataclass(frozen=True, slots=True, eq=False)
class LimpState:
    """Everything a `LimpFilter` remembers, to be saved and restored in the middle of a run."""

    samples: Column = field(default_factory=lambda: np.empty((5, 0)))
    """Time in s, length of force in m/s2 and turning (3) in rad/s of what is still needed."""
    step_s: Column = field(default_factory=lambda: np.empty(0))
    """Steps not yet in a block, and the last one that is."""
    last_step_s: float = -np.inf
    even: int = 1
    """1 where the next block begins with the foot that the run began with, else -1."""
    turned: int = 1
    """1 where the run began with the foot that the baseline's blocks begin with, else -1."""
    running: bool = False
    last: Past = field(default_factory=Past)
    """Deviations of the last blocks."""
    before: Past = field(default_factory=Past)
    """Deviations of sound blocks before those."""
    own: Baseline = NOTHING
    """What this run itself says of the gait, to be learned where it was sound."""
    doubted: Baseline = NOTHING
    """What this run says where it was told of: to be learned only where the runner says that all is fine."""
    first: Baseline = NOTHING
    """What the first minutes of this run say, frozen then: a limp that grows slowly is not taken for usual."""
    altered: float = 0.0
    """Highest confidence since the gait was last as usual."""


class LimpFilter:
    """Turns motion samples and steps into what is told of the gait; `state` saves it, the constructor restores it."""

    def __init__(self, baseline: Baseline = NOTHING, state: LimpState | None = None, model: LimpModel = USUAL) -> None:
        self.baseline, self.model = baseline, model
        self.state = state or LimpState()

    def feed(self, samples: Inertial, step_s: Column) -> tuple[Altered, ...]:
        """Return what is told by these samples and steps, one value a block of 16 steps.

        `step_s` (k,) are instants of steps in s of the session that were decided so far, as in `MotionState.step_s`:
        those known before are left out. No step may come before its samples. A gyroscope that is NaN is not used.
        """
        self.state = _taken(self.state, samples, step_s)
        told: list[Altered] = []
        while True:
            self.state, block = _next_block(self.state)
            if block is None:
                return tuple(told)
            if len(block.x):
                told.append(self.judge(block))

    def judge(self, block: Block) -> Altered:
        """Return what is told by the next block of a run, as `blocks` gives it."""
        self.state, told = _judged(self.state, block, self.baseline, self.model)
        return told


def blocks(samples: Inertial, step_s: Column) -> tuple[Block, ...]:
    """Return the blocks of a whole run, to be judged by `LimpFilter.judge` as often as wanted: the same as `feed`."""
    state = _taken(LimpState(), samples, step_s)
    found: list[Block] = []
    while True:
        state, block = _next_block(state)
        if block is None:
            return tuple(found)
        if len(block.x):
            found.append(block)


def _taken(state: LimpState, samples: Inertial, step_s: Column) -> LimpState:
    """Return the state with these samples and steps; what is older than a block may last is let go."""
    fresh = np.empty((5, 0))
    if len(samples):
        fresh = np.stack([samples.t_s, np.linalg.norm(samples.accel_m_s2, axis=1), *samples.gyro_rad_s.T])
    fresh = fresh[:, np.isfinite(fresh[:2]).all(axis=0)]
    rows = np.stack(in_time_order(*np.concatenate([state.samples, fresh], axis=1)))
    new = step_s[step_s > state.last_step_s]
    steps = np.concatenate([state.step_s, new])
    needed_s = (steps[0] if len(steps) else rows[0, -1] if rows.size else 0.0) - 2.0 * LONGEST_BLOCK_S
    return replace(
        state,
        samples=rows[:, rows[0] >= needed_s],
        step_s=steps,
        last_step_s=float(new[-1]) if len(new) else state.last_step_s,
    )


def _next_block(state: LimpState) -> tuple[LimpState, Block | None]:
    """Return the state after the next block and the block: None where too few steps wait, without features if bad."""
    steps = state.step_s[: STEPS + 1]
    if len(steps) <= STEPS:
        return state, None
    apart_s = np.diff(steps)
    usual_s = float(np.median(apart_s))
    pauses = np.flatnonzero(apart_s > _PAUSE * usual_s)
    if len(pauses):
        return _after(state, int(pauses[-1]) + 1, float(np.sum(np.round(apart_s[: pauses[-1] + 1] / usual_s)))), _BAD
    after = _after(state, STEPS, float(STEPS))
    if apart_s.std() > _UNEVEN_RATE * usual_s:
        return after, _BAD
    first, last = np.searchsorted(state.samples[0], [steps[0], steps[-1]])
    rows = state.samples[:, first:last]
    edges = np.concatenate([steps[:1], rows[0], steps[-1:]])
    if rows.shape[1] < 4 * STEPS or np.diff(edges).max() > _HOLE_S:
        return after, _BAD
    return after, _block(steps, rows, state.even)


_BAD = Block(0.0, False, np.empty(0), np.empty(0))


def _after(state: LimpState, count: int, numbers: float) -> LimpState:
    """Return the state after so many steps of the list, which are so many steps of the feet."""
    even = state.even if round(numbers) % 2 == 0 else -state.even
    return replace(state, step_s=state.step_s[count:], even=even)


def _block(steps: Column, rows: Column, even: int) -> Block:
    """Return the block of steps at these instants (17,) from time, force and turning (5, n)."""
    phase = np.interp(rows[0], steps, np.pi * np.arange(STEPS + 1))
    weight = np.gradient(phase)
    turns = np.exp(-1j * np.outer(_HARMONICS, phase)) * (weight / weight.sum())
    deaf = not np.isfinite(rows[2:]).all()
    rows = np.nan_to_num(rows) if deaf else rows
    length = np.stack([rows[1], np.linalg.norm(rows[2:] - _curve(phase, rows[2:]), axis=0)])
    level = length - (length @ (weight / weight.sum()))[:, None]
    parts = 2.0 * (level @ turns.T)
    parts = parts * np.exp(-0.5j * _HARMONICS * np.angle(parts[0, 1]))
    size = np.sqrt(np.sum(np.abs(parts[:, 1::2]) ** 2, axis=1))
    odd = np.concatenate([parts[0, [0, 2, 4]] / (size[0] + 0.05), parts[1, [0, 2]] / (size[1] + 0.05)])
    if deaf:
        odd[FORCE_FEATURES // 2 :] = complex(np.nan, np.nan)
    rate_hz = STEPS / float(steps[-1] - steps[0])
    running = rate_hz >= RUN_HZ
    middle_hz, middle_m_s2 = _USUAL_RUN if running else _USUAL_WALK
    z = np.array([1.0, np.log(rate_hz / middle_hz), np.log((float(np.abs(parts[0, 1])) + 0.05) / middle_m_s2)])
    return Block(float(steps[-1]), running, z, even * np.stack([odd.real, odd.imag], axis=1).ravel())


def _curve(phase: Column, turning: Column) -> Column:
    """Return the mean turning (3, n) of the stride about each sample: the bend of the way and the gyroscope's offset.

    Left in, a bend of 10 m radius changes the odd harmonics of the length by more than a bad limp.
    """
    middle = np.clip(phase, np.pi, (STEPS - 1) * np.pi)
    mean = 0.5 * (turning[:, 1:] + turning[:, :-1]) * np.diff(phase)
    total = np.concatenate([np.zeros((3, 1)), np.cumsum(mean, axis=1)], axis=1)
    sums = [np.interp(middle + np.pi, phase, one) - np.interp(middle - np.pi, phase, one) for one in total]
    return np.stack(sums) / (2.0 * np.pi)


def _judged(state: LimpState, block: Block, baseline: Baseline, model: LimpModel) -> tuple[LimpState, Altered]:
    """Return the state after a block and what is told of it."""
    block = replace(block, x=state.turned * block.x)
    known = baseline.of(block.running)
    firm = known.blocks >= model.needed
    least = min(model.needed_to_ask, model.needed)
    sums = known if firm else state.first.of(block.running)
    usable = np.isfinite(block.x)
    if state.running is not block.running:
        state = replace(state, running=block.running, last=Past(), before=Past())
    if sums.blocks < least:
        guess = expected(sums if sums.blocks else known, block.z, model)
        x = block.x * _sign(block.x - guess.x, block.x + guess.x, guess, usable, 1.0)
        return _learned(state, block, x, least), Altered(block.t_s, 0.0, "", "", GaitState.NONE)
    usual = expected(sums, block.z, model)
    sign = _sign(block.x - usual.x, block.x + usual.x, usual, usable, _SLIP)
    x = block.x * sign
    away = _bounded(np.where(usable, x - usual.x, 0.0), usual, usable, model)
    state = _with_block(replace(state, turned=int(state.turned * sign)), Past(block.z[None], away[None]), model)
    found = evidence(state.last, state.before, usual, usable, model)
    told = _told(block.t_s, found, state.altered, known.blocks >= max(model.needed, model.needed_to_ease), model)
    told = replace(told, size=float(np.linalg.norm(state.last.away.mean(axis=0))))
    state = replace(state, altered=told.confidence)
    if told.confidence < _SOUND:
        return _learned(state, block, x, 0.0), told
    if not np.isfinite(x).all():
        return state, told
    return replace(state, doubted=state.doubted.with_block(block.running, block.z, x)), told


def _with_block(state: LimpState, block: Past, model: LimpModel) -> LimpState:
    """Return the state with a block more among the last; what is too old for those is kept where the gait was sound."""
    rows = state.last.plus(block)
    last = rows.part(-model.longest, None)
    if len(rows) == len(last) or state.altered >= _SOUND:
        return replace(state, last=last)
    before = state.before.plus(rows.part(None, -model.longest))
    return replace(state, last=last, before=before.part(-model.earlier, None))


def _learned(state: LimpState, block: Block, x: Column, least: float) -> LimpState:
    """Return the state with a block added to what this run says of the gait, and to its first `least` blocks."""
    if not np.isfinite(x).all():
        return state
    first = state.first
    if first.of(block.running).blocks < least:
        first = first.with_block(block.running, block.z, x)
    return replace(state, own=state.own.with_block(block.running, block.z, x), first=first)


def _sign(as_is: Column, turned: Column, usual: Expected, usable: NDArray[np.bool_], slip: float) -> float:
    """Return -1 where a block is so much nearer to the usual with left and right exchanged, else 1."""
    scale = (usual.scatter + usual.wander)[np.ix_(usable, usable)]
    pair = np.stack([as_is[usable], turned[usable]])
    near, far = np.sum(pair * np.linalg.solve(scale, pair.T).T, axis=1)
    return -1.0 if far + slip < near else 1.0


def _bounded(away: Column, usual: Expected, usable: NDArray[np.bool_], model: LimpModel) -> Column:
    """Return a deviation no longer than a block may count: one stumble is no limp."""
    part = away[usable]
    size = float(part @ np.linalg.solve((usual.scatter + usual.wander)[np.ix_(usable, usable)], part))
    return np.asarray(away * min(1.0, float(np.sqrt(model.most_of_a_block / max(size, 1e-9)))))


def _told(t_s: float, found: Evidence, before: float, may_ease: bool, model: LimpModel) -> Altered:
    """Return what is told of an evidence; confidence falls only once the gait is as usual again."""
    confidence = model.confidence(found.log_e)
    confidence = max(confidence, before) if found.log_e > model.over else confidence
    if not may_ease:
        confidence = min(confidence, 0.94)
    state = GaitState.EASE if confidence >= 0.95 else GaitState.ASK if confidence >= 0.5 else GaitState.NONE
    what = "" if state is GaitState.NONE else "push" if found.push >= FORCE_FEATURES / FEATURES else "sway"
    return Altered(t_s, confidence, "", what, state, known=found.known)
