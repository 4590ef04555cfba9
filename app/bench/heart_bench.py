"""The benchmark of the heart: faults found and false alarms, cadence lock, lag, beat intervals and what they say.

The rule of this file: detection is measured on faults put in, false alarms also on recordings as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.bench.figures import Bars, Control, Figure, Line, Plot, Say, Section
from app.bench.heart_faults import (
    LASTS_S,
    Run,
    coloured,
    running_beats,
    shuffled,
    simulated_run,
    with_beat_faults,
    with_faults,
)
from device.files.reading import read_path
from edge.heart.beats import Beat, CleanBeats, alpha1, clean, rmssd_s
from edge.heart.filter import CleanHeart, clean_heart
from edge.heart.lag import lag_s
from edge.heart.verdict import Fault
from edge.samples import Column, HeartRate, Stride, heart_rate, select

_KINDS = ("missed", "extra", "ectopic", "long or short")
_RATES = (0.01, 0.03, 0.06)


def _cleaned(run: Run, stride: Stride | None = None) -> CleanHeart:
    known = np.isfinite(run.bpm)
    return clean_heart(heart_rate(run.t_s[known], run.bpm[known]), stride or run.stride)


def _at(run: Run, column: Column, rows: CleanHeart) -> Column:
    """Return a run's column at the seconds of the cleaned rows."""
    return column[np.clip(np.searchsorted(run.t_s, rows.t_s), 0, len(run.t_s) - 1)]


def _detection(runs: list[Run], kind: Fault, seed: int) -> tuple[float, float, float, float]:
    """Return share of faulty seconds not believed, share of good ones refused, and mean errors cleaned and raw."""
    told = []
    for number, clear in enumerate(runs):
        run = with_faults(clear, kind, np.random.default_rng((seed, number)))
        rows = _cleaned(run)
        told.append(np.stack([_at(run, run.fault, rows), rows.bpm, _at(run, run.true_bpm, rows), rows.raw_bpm]))
    fault, bpm, true, raw = np.concatenate(told, axis=1)
    refused = np.isnan(bpm)
    error = float(np.nanmean(np.abs(bpm - true)))
    return (
        float(refused[fault > 0].mean()),
        float(refused[fault == 0].mean()),
        error,
        float(np.nanmean(np.abs(raw - true))),
    )


def recorded_runs(recordings: Path, quick: bool) -> Iterator[tuple[HeartRate, Stride]]:
    """Yield heart rate and steps of the open recordings of running; of a few where quick."""
    folder = recordings / "activity_files"
    paths = sorted(folder.rglob("*irvingbennett_34*.fit*" if quick else "*"))
    for path in paths[:6] if quick else paths:
        if path.is_file() and path.name not in ("SOURCES.md", "MANIFEST.csv"):
            for recording in (one for reading in read_path(path) for one in reading.recordings):
                heart, stride = select(recording.samples, HeartRate), select(recording.samples, Stride)
                if heart is None or stride is None or len(heart) < 300 or recording.sport != "running":
                    continue
                if np.nanmax(stride.cadence_spm, initial=0.0) > 100.0:
                    yield heart, stride


def _false_alarms(runs: list[tuple[HeartRate, Stride]]) -> tuple[Column, Column, float, float]:
    """Return seconds by fault (faults,) on all runs and on those with beat intervals (a strap), and their hours."""
    every, straps = np.zeros(len(Fault)), np.zeros(len(Fault))
    for heart, stride in runs:
        told = np.bincount(clean_heart(heart, stride).fault.astype(np.int64), minlength=len(Fault))
        every += told
        straps += told * (len(heart.rr_s) > 100)
    return every, straps, float(every.sum() / 3600.0), float(straps.sum() / 3600.0)


def _lock_on_recorded(runs: list[tuple[HeartRate, Stride]], mixed: bool) -> tuple[float, float, float]:
    """Return share of locked seconds found, of stretches found, and median s until then, the step rate put in."""
    found, waits = [], []
    for number, (heart, stride) in enumerate(runs):
        if len(heart) < 900 or np.median(np.diff(heart.t_s)) > 1.01:
            continue
        rng = np.random.default_rng(number)
        clear = Run(heart.t_s, heart.bpm, heart.bpm, stride, np.zeros(len(heart)))
        run = with_faults(clear, Fault.CADENCE_LOCK, rng, 600.0)
        rows = _cleaned(run, shuffled(stride, rng) if mixed else stride)
        locked, told = _at(run, run.fault, rows) > 0, rows.fault == Fault.CADENCE_LOCK
        found += told[locked].tolist()
        for stretch in np.split(told, np.flatnonzero(np.diff(locked.astype(int))) + 1)[int(not locked[0]) :: 2]:
            if len(stretch) > 100:
                waits.append(float(np.argmax(stretch)) if stretch.any() else np.inf)
    return float(np.mean(found)), float(np.mean(np.isfinite(waits))), float(np.median(waits))


def _beats(kind: str, rate: float, count: int) -> Column:
    """Return detection, false alarms, and the errors of RMSSD and alpha1 cleaned and raw, for one fault."""
    rng = np.random.default_rng((9, _KINDS.index(kind), int(1000 * rate)))
    told = []
    for _ in range(count):
        true = running_beats(300, rng)
        rr_s, touched = with_beat_faults(true, kind, rate, rng)
        beats = clean(rr_s)
        raw = CleanBeats(np.zeros(len(rr_s), dtype=np.int64), rr_s, np.zeros(len(rr_s), dtype=bool))
        unchanged = CleanBeats(np.zeros(300, dtype=np.int64), true, np.zeros(300, dtype=bool))
        wrong, reference, slope = beats.beat != Beat.NORMAL, rmssd_s(unchanged), alpha1(true)
        told.append(
            [
                np.mean(wrong[touched]) if touched.any() else np.nan,
                np.mean(wrong[~touched]),
                abs(rmssd_s(beats).value / reference.value - 1.0),
                abs(rmssd_s(raw).value / reference.value - 1.0),
                abs(alpha1(beats.rr_s).value - slope.value),
                abs(alpha1(rr_s).value - slope.value),
            ]
        )
    return np.asarray(np.nanmean(np.array(told), axis=0))


def _twenty_per_cent(kind: str, rate: float, count: int) -> float:
    """Return the share of touched beats that the rule "20 % from the beat before" finds."""
    rng = np.random.default_rng((9, _KINDS.index(kind), int(1000 * rate)))
    found: list[bool] = []
    for _ in range(count):
        rr_s, touched = with_beat_faults(running_beats(300, rng), kind, rate, rng)
        found += (np.abs(np.diff(rr_s, prepend=rr_s[0])) > 0.2 * np.roll(rr_s, 1))[touched].tolist()
    return float(np.mean(found))


def _slopes(count: int) -> tuple[Figure, ...]:
    """Return DFA-alpha1 of noise whose exponent is known, and how often its interval holds the mean of the kind."""
    rng, figures, held = np.random.default_rng(4), [], []
    for name, power in (("white noise (theory 0.58 at these scales, 0.5 in the limit)", 0.0),
                        ("1/f noise (theory 1.0)", 1.0), ("Brownian motion (theory 1.5)", 2.0)):  # fmt: skip
        told = [alpha1(0.4 + 0.006 * coloured(300, power, rng)) for _ in range(count)]
        mean = float(np.mean([one.value for one in told]))
        held += [one.low <= mean <= one.high for one in told]
        figures.append(Figure(f"alpha1 of {name}", mean, note=f"simulated, {count} windows of 300 beats"))
    return (*figures, Figure("alpha1: 90 % intervals that hold", float(np.mean(held)), note="simulated, same windows"))


def _lags(runs: list[Run]) -> tuple[float, float, float]:
    """Return mean error in s of the lag put in (0 to 30 s), share of intervals that hold it, share of runs told."""
    errors, inside, told = [], [], []
    for run in runs:
        grid = np.arange(np.ceil(run.t_s[0]), np.floor(run.t_s[-1]))
        speed = np.interp(grid, run.stride.t_s, run.stride.speed_m_s)
        for late in (0.0, 10.0, 20.0, 30.0):
            lag = lag_s(np.interp(grid - late, run.t_s, run.bpm), speed)
            told.append(np.isfinite(lag.value))
            if told[-1]:
                errors.append(abs(lag.value - late))
                inside.append(lag.low - 2.0 <= late <= lag.high + 2.0)
    return float(np.mean(errors)), float(np.mean(inside)), float(np.mean(told))


def _fault_figures(simulated: list[Run]) -> tuple[tuple[Figure, ...], Column]:
    """Return the figures of each kind of fault, and the errors (kinds, 2) of heart rate, cleaned and raw."""
    told = {kind: _detection(simulated, kind, 3) for kind in LASTS_S}
    figures = []
    for kind, (found, alarms, _, _) in told.items():
        name = kind.name.lower().replace("_", " ")
        figures.append(Figure(f"{name}: faulty seconds refused", found, note="simulated, about one fault in 7 min"))
        figures.append(Figure(f"{name}: good seconds refused", alarms, note="simulated, the same runs"))
    return tuple(figures), np.array([[cleaned, raw] for _, _, cleaned, raw in told.values()])


def _recorded_figures(runs: list[tuple[HeartRate, Stride]]) -> tuple[tuple[Figure, ...], Control]:
    """Return the figures on recordings, and the lock with the step rate in another order."""
    every, straps, hours, strap_hours = _false_alarms(runs)
    found, stretches, wait = _lock_on_recorded(runs, False)
    mixed = _lock_on_recorded(runs, True)[0]
    told = [
        Figure(f"{fault.name.lower().replace('_', ' ')}: s per h on recordings", float(every[fault] / hours), "s/h",
               note=f"recorded, {hours:.0f} h as they are: true faults count as well")
        for fault in (Fault.SPIKE, Fault.IMPOSSIBLE, Fault.FROZEN, Fault.CADENCE_LOCK, Fault.LAGGING)
    ]  # fmt: skip
    strap = float(straps[Fault.CADENCE_LOCK] / strap_hours) if strap_hours else float("nan")
    told += [
        Figure("cadence lock: s per h with a strap", strap, "s/h", note=f"recorded, {strap_hours:.0f} h with beats"),
        Figure("cadence lock: locked seconds found", found, note="recorded steps, the step rate put in for 3-7 min"),
        Figure("cadence lock: stretches found", stretches, note="the same"),
        Figure("cadence lock: until found, median", wait, "s", note="the same"),
    ]
    return tuple(told), Control("lock: step rate in another order, locked seconds found", mixed, found, False)


def _beat_figures(count: int) -> tuple[tuple[Figure, ...], tuple[Control, ...], Plot]:
    """Return the figures of beat intervals by kind, their controls and a plot over the rate of faults."""
    told = {kind: np.array([_beats(kind, rate, count) for rate in _RATES]) for kind in _KINDS}
    mean = np.mean(list(told.values()), axis=0)
    figures = []
    for kind, rows in told.items():
        note, peer = "simulated, 3 % of beats, 6 ms of variation", _twenty_per_cent(kind, 0.03, count)
        none, off = (np.inf, -np.inf), "uncorrected"
        found, alarms, rmssd, rmssd_off, slope, slope_off = (float(value) for value in rows[1])
        figures.append(Figure(f"{kind} beats found", found, "", *none, "20 % rule", peer, note))
        figures.append(Figure(f"{kind}: good beats refused", alarms, note=note))
        figures.append(Figure(f"{kind}: error of RMSSD", rmssd, "", *none, off, rmssd_off, note))
        figures.append(Figure(f"{kind}: error of alpha1", slope, "", *none, off, slope_off, note))
    controls = (
        Control("correction off: error of RMSSD", float(mean[1, 3]), float(mean[1, 2])),
        Control("correction off: error of alpha1", float(mean[1, 5]), float(mean[1, 4])),
    )
    lines = (Line("cleaned", np.array(_RATES), mean[:, 4]), Line("uncorrected", np.array(_RATES), mean[:, 5]))
    return (
        tuple(figures),
        controls,
        Plot("heart_alpha1", "Error of alpha1 by wrong beats", "share of beats", "error", lines),
    )


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return what the heart's cleaning reaches; the issue names no goals, so all figures are facts."""
    say("heart: simulated faults")
    scenarios = ("intervals",) if quick else ("intervals", "default", "hills")
    seeds = range(2 if quick else 4)
    simulated = [simulated_run(name, np.random.default_rng((5, seed))) for name in scenarios for seed in seeds]
    faults, errors = _fault_figures(simulated)
    say("heart: recordings")
    runs = list(recorded_runs(recordings, quick))
    recorded, lock = _recorded_figures(runs)
    say("heart: beats and lag")
    beats, controls, plot = _beat_figures(10 if quick else 60)
    error, inside, told = _lags([run for run in simulated if run.t_s[-1] > 1200.0][: 4 if quick else 12])
    figures = (
        *faults,
        *recorded,
        *beats,
        *_slopes(40 if quick else 300),
        Figure(
            "lag: mean error", error, "s", note=f"simulated, 0 to 30 s put in, told on {100.0 * told:.0f} % of runs"
        ),
        Figure("lag: 90 % intervals that hold", inside, note="the same, 2 s of slack"),
    )
    names = tuple(kind.name.lower().replace("_", " ") for kind in LASTS_S)
    bars = Bars(
        "heart_errors", "Mean error of heart rate with faults put in", "beats/min", names, ("cleaned", "raw"), errors
    )
    off = Control("correction off: mean error in beats/min", float(errors[:, 1].mean()), float(errors[:, 0].mean()))
    data = f"{len(simulated)} simulated runs; {len(runs)} recorded runs with steps (open files)"
    return Section("heart", data, figures, (lock, off, *controls), (bars, plot))
