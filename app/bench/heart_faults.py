"""Hearts with known faults for the benchmark of the heart: simulated runs, beat intervals, coloured noise.

The rule of this file: each fault comes at a stated rate from a generator that is passed in, and its rows are known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.heart.verdict import Fault
from edge.samples import Column, Stride
from hardware_sim import sensors, truth
from hardware_sim.scenarios import SCENARIOS

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Heart rate (n,) at whole seconds with the steps and speed of the same run; `fault` (n,) is what was put in."""

    t_s: Column
    true_bpm: Column
    bpm: Column
    stride: Stride
    fault: Column


def simulated_run(scenario: str, rng: np.random.Generator) -> Run:
    """Return a simulated run with a strap and a foot pod, nothing wrong with either."""
    played = SCENARIOS[scenario]
    happened = truth.happen(played, rng)
    worn = sensors.watch(happened, rng, played.weather.temperature_c)
    bpm = np.round(sensors.strap_bpm(happened.beats_s, happened.t_s)[0])
    stride = Stride(happened.t_s, 2.0 * worn.strides_per_min, worn.step_speed_m_s, worn.step_distance_m)
    good = bpm > 0.0
    return Run(happened.t_s[good], happened.hr_bpm[good], bpm[good], stride, np.zeros(int(good.sum())))


#: How long a fault lasts, from and to in s.
LASTS_S = {
    Fault.NO_CONTACT: (10, 60),
    Fault.DROPOUT: (15, 60),
    Fault.SPIKE: (1, 3),
    Fault.IMPOSSIBLE: (8, 15),
    Fault.FROZEN: (120, 240),
    Fault.CADENCE_LOCK: (180, 420),
}


def with_faults(run: Run, kind: Fault, rng: np.random.Generator, every_s: float = 420.0) -> Run:
    """Return a run with a fault of one kind about every `every_s` s; a dropout's numbers are NaN."""
    bpm, fault = run.bpm.copy(), np.zeros(len(run.bpm))
    cadence = np.interp(run.t_s - float(rng.integers(0, 5)), run.stride.t_s, np.nan_to_num(run.stride.cadence_spm))
    steps = np.round(np.convolve(cadence, np.ones(3) / 3.0, "same") + rng.normal(0.0, 1.0, len(cadence)))
    start = 240.0
    while start < run.t_s[-1] - run.t_s[0]:
        long = int(rng.integers(LASTS_S[kind][0], LASTS_S[kind][1] + 1))
        rows = slice(*np.searchsorted(run.t_s, run.t_s[0] + np.array([start, start + long])))
        fault[rows] = kind
        jump = float(rng.choice([-1.0, 1.0]) * rng.uniform(45.0, 70.0))
        wrong: dict[Fault, Column | float] = {
            Fault.NO_CONTACT: 0.0,
            Fault.DROPOUT: np.nan,
            Fault.SPIKE: np.maximum(30.0, bpm[rows] + jump),
            Fault.IMPOSSIBLE: np.maximum(30.0, bpm[rows] + jump),
            Fault.FROZEN: bpm[rows][:1],
            Fault.CADENCE_LOCK: steps[rows],
        }
        bpm[rows] = wrong[kind]
        start += long + every_s * rng.uniform(0.7, 1.3)
    fault[(fault == Fault.CADENCE_LOCK) & (cadence < 60.0)] = 0.0
    return Run(
        run.t_s, run.true_bpm, np.where((fault == 0.0) & (kind == Fault.CADENCE_LOCK), run.bpm, bpm), run.stride, fault
    )


def shuffled(stride: Stride, rng: np.random.Generator, block: int = 20) -> Stride:
    """Return the steps with their cadence in blocks of 20 rows in another order."""
    whole = len(stride) // block * block
    rows = np.arange(whole).reshape(-1, block)[rng.permutation(whole // block)].ravel() if whole else np.arange(0)
    cadence = np.concatenate([stride.cadence_spm[rows], stride.cadence_spm[whole:]])
    return Stride(stride.t_s, cadence, stride.speed_m_s, stride.distance_m)


def coloured(count: int, power: float, rng: np.random.Generator) -> Column:
    """Return noise (count,) of unit variance with a spectrum 1 / f ** power."""
    frequency = np.fft.rfftfreq(4 * count)
    frequency[0] = 1.0
    wave = (rng.normal(size=len(frequency)) + 1j * rng.normal(size=len(frequency))) * frequency ** (-0.5 * power)
    wave[0] = 0.0
    series = np.fft.irfft(wave)[:count]
    return np.asarray(series / series.std())


def running_beats(count: int, rng: np.random.Generator) -> Column:
    """Return simulated beat intervals (count,) in s at 150 beats/min: 6 ms of 1/f variation and a slow wave."""
    return 0.4 + 0.02 * np.sin(np.arange(count) / 200.0) + 0.006 * coloured(count, 1.0, rng)


def with_beat_faults(rr_s: Column, kind: str, rate: float, rng: np.random.Generator) -> tuple[Column, Flags]:
    """Return intervals in s with faults of one kind at a rate a beat, at least 7 beats apart, and which are touched."""
    out, touched, row, free = [], [], 0, 12
    while row < len(rr_s):
        if row >= free and row < len(rr_s) - 12 and rng.random() < rate:
            made, used = _faulty(rr_s[row : row + 2], kind, rng)
            out += made
            touched += [True] * len(made)
            row, free = row + used, row + used + 7
        else:
            out.append(float(rr_s[row]))
            touched.append(False)
            row += 1
    return np.array(out), np.array(touched)


def _faulty(pair: Column, kind: str, rng: np.random.Generator) -> tuple[list[float], int]:
    """Return what a fault makes of one or two intervals, and how many it used."""
    first, second = (float(v) for v in pair)
    part = float(rng.uniform(0.2, 0.35))
    if kind == "missed":
        return [first + second], 2
    if kind == "extra":
        return [first * (0.3 + part), first * (0.7 - part)], 1
    if kind == "ectopic":
        return [first * (1.0 - part), second * (1.0 + part)], 2
    return [first * (1.0 + part)], 1
