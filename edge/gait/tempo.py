"""The tempo of steps and their phase: which rhythm a stretch of motion has, told from its half and its double.

The rule of this file: one hop of 0.2 s is judged by the 1.5 s on either side of it. The magnitude of the specific
force does not turn with the sensor, and in it the step rate outweighs arm swing, whose pull towards the centre of
the turn comes twice a stride. Steps are counted by phase, so none is lost for being weak or taken twice for being
jagged.

Sources: tempo by dynamic programming, Ellis 2007 (Beat tracking by dynamic programming, J New Music Res 36:51-60);
walking and running step rates and bounce: Inman, Ralston & Todd 1981 (Human Walking); Cavagna et al. 1988,
J Physiol 399:81-92 (the bounce of running, 5 to 10 cm from top to bottom); Lee & Farley 1998, J Exp Biol
201:2935-2944 (walking, 3 to 6 cm).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.gait.grid import GRID_HZ
from edge.samples import Column

HOP_ROWS = 10
HALF_ROWS = 75
"""Grid rows on either side of a hop's centre that its tempo rests on: 1.5 s."""
PER_OCTAVE = 24
SLOWEST_HZ, FASTEST_HZ = 0.7, 5.0
TEMPO_HZ: Column = SLOWEST_HZ * 2.0 ** (np.arange(int(PER_OCTAVE * np.log2(FASTEST_HZ / SLOWEST_HZ)) + 1) / PER_OCTAVE)
"""The step rates told apart, in Hz, 3 % from one to the next."""
_TURN = 2.0 * np.pi
_QUIET_M_S2 = 0.02
"""Below this amplitude every rhythm is equally absent."""
_FAINTEST = 0.01

_AWAY_S = np.arange(-HALF_ROWS, HALF_ROWS + 1) / GRID_HZ
_HANN = np.cos(0.5 * np.pi * np.arange(-HALF_ROWS, HALF_ROWS + 1) / (HALF_ROWS + 1)) ** 2
_WINDOW: Column = _HANN / _HANN.sum()
_COSINES: Column = 2.0 * _WINDOW[:, None] * np.cos(_TURN * np.outer(_AWAY_S, TEMPO_HZ))
_SINES: Column = 2.0 * _WINDOW[:, None] * np.sin(_TURN * np.outer(_AWAY_S, TEMPO_HZ))
_APART: Column = np.abs(np.log(TEMPO_HZ[:, None] / TEMPO_HZ[None, :]))
_LEAST_REPETITION = 0.05
_PADDED = 256
_LONGEST_LAG = 100
"""Rows: two seconds, which leaves one second of the frame to compare."""


def _lag(steps: float) -> tuple[NDArray[np.intp], Column]:
    """Return the whole rows (tempi,) of a number of step times, and the part of a row beyond."""
    rows = np.minimum(steps * GRID_HZ / TEMPO_HZ, _LONGEST_LAG - 1e-9)
    return np.floor(rows).astype(np.intp), rows - np.floor(rows)


_STEP_LAG, _STRIDE_LAG = _lag(1.0), _lag(2.0)
_STRIDE_FITS = 2.0 * GRID_HZ / TEMPO_HZ <= _LONGEST_LAG


@dataclass(frozen=True, slots=True)
class TempoModel:
    """What is expected of a step rate. The defaults are the method; other values are for controls.

    `usual_hz` and `spread` (of the logarithm) say which step rates people have, walking and running together;
    `bounce_m`, `less_spread` and `more_spread` which amplitude of bounce goes with a step. A bounce grows with the
    square of the period, so a rhythm taken at half its rate would need a bounce four times as high, and nobody bounces
    by 10 cm: that is arm swing. `jump_cost` is what a change of
    the logarithm of the rate by 1 costs from one hop to the next.
    """

    usual_hz: float = 2.0
    spread: float = 0.45
    bounce_m: float = 0.02
    less_spread: float = 1.0
    more_spread: float = 0.5
    dominance: float = 2.0
    repetition: float = 2.0
    """Weight of how well the motion repeats after one step time or two, which a rhythm between two others lacks."""
    jump_cost: float = 12.0
    reject_half_and_double: bool = True


USUAL = TempoModel()


def scores(frames: Column, model: TempoModel = USUAL) -> Column:
    """Return the log score (hops, tempi) of every step rate for frames (hops, 151) of the magnitude in m/s2."""
    level = frames - (frames @ _WINDOW)[:, None]
    amplitude = np.hypot(level @ _COSINES, level @ _SINES)
    strongest = amplitude.max(axis=1, keepdims=True) + _QUIET_M_S2
    score = model.dominance * np.log(np.maximum(amplitude / strongest, _FAINTEST))
    if not model.reject_half_and_double:
        return np.asarray(score)
    bounce_m = np.maximum(amplitude / (_TURN * TEMPO_HZ) ** 2, 1e-5)
    rate = np.log(TEMPO_HZ / model.usual_hz) / model.spread
    bounce = np.log(bounce_m / model.bounce_m)
    bounce = bounce / np.where(bounce > 0.0, model.more_spread, model.less_spread)
    repeats = np.log(np.maximum(_repetition(level), _LEAST_REPETITION))
    return np.asarray(score + model.repetition * repeats - 0.5 * rate**2 - 0.5 * bounce**2)


def _repetition(level: Column) -> Column:
    """Return the autocorrelation (hops, tempi) of frames (hops, 151) one step time or one stride apart, the better."""
    rows = level.shape[1]
    spectrum = np.fft.rfft(level, _PADDED, axis=1)
    together = np.fft.irfft(np.abs(spectrum) ** 2, _PADDED, axis=1)[:, : _LONGEST_LAG + 1]
    power = np.cumsum(level**2, axis=1)
    lags = np.arange(_LONGEST_LAG + 1)
    early = power[:, rows - 1 - lags]
    late = power[:, -1:] - np.concatenate([np.zeros((len(level), 1)), power[:, :_LONGEST_LAG]], axis=1)
    alike = together / np.sqrt(np.maximum(early * late, 0.0) + (rows * _QUIET_M_S2**2) ** 2)
    step, stride = (
        alike[:, lag] + part * (alike[:, lag + 1] - alike[:, lag]) for lag, part in (_STEP_LAG, _STRIDE_LAG)
    )
    return np.asarray(np.maximum(step, np.where(_STRIDE_FITS, stride, step)))


def forward(belief: Column, score: Column, model: TempoModel = USUAL) -> tuple[Column, NDArray[np.intp]]:
    """Return the belief (hops, tempi) after each hop and the best predecessors (hops, tempi).

    `belief` (tempi,) is what was believed before; the largest entry of a belief is 0.
    """
    beliefs = np.empty_like(score)
    before = np.empty(score.shape, dtype=np.intp)
    every = np.arange(len(TEMPO_HZ))
    cost = model.jump_cost * _APART
    for hop, row in enumerate(score):
        reached = belief[None, :] - cost
        before[hop] = reached.argmax(axis=1)
        belief = reached[every, before[hop]] + row
        belief = belief - belief.max()
        beliefs[hop] = belief
    return beliefs, before


def believed(belief: Column, score: Column, model: TempoModel = USUAL) -> Column:
    """Return the beliefs (hops, tempi) of `forward` without the predecessors, within rounding: the path live.

    What a change costs is a cone over the tempi, so the best predecessor is the best of two running maxima.
    """
    ramp = model.jump_cost * np.log(2.0) / PER_OCTAVE * np.arange(len(TEMPO_HZ))
    beliefs = np.empty_like(score)
    for hop, row in enumerate(score):
        slower = np.maximum.accumulate(belief + ramp) - ramp
        faster = np.maximum.accumulate((belief - ramp)[::-1])[::-1] + ramp
        belief = np.maximum(slower, faster) + row
        belief -= belief.max()
        beliefs[hop] = belief
    return beliefs


def best_path(beliefs: Column, before: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the most likely tempo index (hops,) in the light of all hops, later ones too."""
    path = np.empty(len(beliefs), dtype=np.intp)
    for hop in range(len(beliefs) - 1, -1, -1):
        path[hop] = before[hop + 1][path[hop + 1]] if hop + 1 < len(beliefs) else beliefs[hop].argmax()
    return path


def phasors(frames: Column, tempo_hz: Column) -> NDArray[np.complex128]:
    """Return amplitude (m/s2) and phase (hops,) of each hop's step rate at its centre.

    Over four step times, where that fits: what comes once a stride or three times, arm swing and a limp, cancels.
    """
    reach_s = np.minimum(2.0 / tempo_hz, HALF_ROWS / GRID_HZ)[:, None]
    weight = np.where(np.abs(_AWAY_S) < reach_s, np.cos(0.5 * np.pi * _AWAY_S / reach_s) ** 2, 0.0)
    weight /= weight.sum(axis=1, keepdims=True)
    level = frames - np.sum(frames * weight, axis=1, keepdims=True)
    turned = np.exp(-1j * _TURN * tempo_hz[:, None] * _AWAY_S)
    return np.asarray(2.0 * np.sum(level * weight * turned, axis=1))


def unwrapped(phase: Column, tempo_hz: Column) -> Column:
    """Return the phase (hops,) in rad without jumps, by what the tempo lets expect from one hop to the next."""
    expected = 0.5 * _TURN * (tempo_hz[1:] + tempo_hz[:-1]) * HOP_ROWS / GRID_HZ
    surplus = np.diff(phase) - expected
    return np.cumsum(np.concatenate([phase[:1], expected + np.angle(np.exp(1j * surplus))]))


@dataclass(frozen=True, slots=True, eq=False)
class Beats:
    """Instants at which the bounce is lowest (n,): time in s, step rate in Hz and amplitude in m/s2 there."""

    t_s: Column
    tempo_hz: Column
    amplitude_m_s2: Column


def beats(centre_s: Column, phase_rad: Column, tempo_hz: Column, amplitude_m_s2: Column, highest: float) -> Beats:
    """Return the beats between the first and the last hop: where the phase passes a whole number of turns.

    Phase that falls back makes no beat until it is past `highest`, in rad, and its own highest, again.
    """
    reached = np.maximum(np.maximum.accumulate(phase_rad), highest) / _TURN
    rising = np.flatnonzero(np.diff(reached) > 0.0)
    turns = np.arange(np.floor(reached[0]) + 1.0, np.floor(reached[-1]) + 1.0)
    if not len(turns):
        return Beats(np.empty(0), np.empty(0), np.empty(0))
    after = np.searchsorted(reached[rising + 1], turns, side="left")
    hop = rising[after]
    part = (turns - reached[hop]) / (reached[hop + 1] - reached[hop])
    step = centre_s[hop + 1] - centre_s[hop]
    mix = [column[hop] + part * (column[hop + 1] - column[hop]) for column in (tempo_hz, amplitude_m_s2)]
    return Beats(centre_s[hop] + part * step, *mix)
