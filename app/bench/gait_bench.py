"""Steps and gait measured: against foot switches, at rest, running, on a lower back, on a shoe, simulated.

The rule of this file: nothing is drawn and nothing is fitted here; every peer sees the same readings in the same run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.bench.figures import Bars, Control, Figure, Line, Plot, Say, Section
from app.bench.gait_recordings import (
    EVEN_HZ,
    Trial,
    Walk,
    geotec,
    motionsense,
    oxford,
    simulated,
    simulated_shoe,
    voisard,
    wisdm,
    without_bounces,
)
from edge.gait import (
    Position,
    StepCounter,
    Unsaid,
    cadence,
    gait,
    step_times_s,
    timing_asymmetry,
    vertical_oscillation_m,
)
from edge.gait.foot import strides
from edge.gait.tempo import USUAL, TempoModel
from edge.samples import Column, Estimate

_NO_REJECTION = replace(USUAL, reject_half_and_double=False)
_NO_TRACK = replace(USUAL, jump_cost=0.0)


def _find_peaks(accel: Column, rate_hz: float) -> Column:
    """Return steps by the usual recipe: peaks of the magnitude between 0.7 and 3.5 Hz (reference/signal.md, 4)."""
    from scipy.signal import butter, find_peaks, sosfiltfilt

    band = butter(2, [0.7, 3.5], "bandpass", fs=rate_hz, output="sos")
    track = sosfiltfilt(band, np.linalg.norm(accel, axis=1))
    height = max(0.3, 0.5 * float(np.std(track)))
    peaks, _ = find_peaks(track, height=height, distance=int(0.3 * rate_hz))
    return np.asarray(peaks / rate_hz)


def _live(accel: Column, rate_hz: float) -> Column:
    counter = StepCounter(rate_hz)
    return np.concatenate([counter.feed(accel), counter.finish()])


def _live_with_delay(accel: Column, rate_hz: float) -> tuple[Column, float]:
    """Return the steps given in chunks of 0.1 s and the longest delay in s between a step and its being given."""
    counter, size, late, found = StepCounter(rate_hz), int(0.1 * rate_hz), 0.0, []
    for begin in range(0, len(accel), size):
        new = counter.feed(accel[begin : begin + size])
        late = max(late, float((min(begin + size, len(accel)) / rate_hz - new).max(initial=0.0)))
        found.append(new)
    return np.concatenate(found), late


def _errors_percent(walks: list[Walk], count: Callable[[Column, float], Column], truth: list[int]) -> Column:
    found = [len(count(walk.accel_m_s2, EVEN_HZ)) for walk in walks]
    return np.array([100.0 * (n - steps) / steps for n, steps in zip(found, truth, strict=True)])


def _mape(errors: Column) -> float:
    return float(np.mean(np.abs(errors))) if len(errors) else float("nan")


def _locked_percent(walks: list[Walk], tempo: TempoModel) -> float:
    """Return the share in per cent of 5 s windows in mid-walk counted at less than 0.65 or more than 1.55 of truth."""
    wrong = total = 0
    for walk in walks:
        found = step_times_s(walk.accel_m_s2, EVEN_HZ, tempo=tempo)
        edges = np.arange(walk.step_s[5], walk.step_s[-5], 5.0)
        true, ours = np.histogram(walk.step_s, edges)[0], np.histogram(found, edges)[0]
        ratio = ours[true >= 5] / true[true >= 5]
        wrong, total = wrong + int(np.sum((ratio < 0.65) | (ratio > 1.55))), total + len(ratio)
    return 100.0 * wrong / max(total, 1)


def _off_tempo_percent(runs: list[tuple[str, Column, float]], tempo: TempoModel) -> float:
    """Return the share in per cent of step times more than a quarter away from the recording's median."""
    off = total = 0
    for _, accel, rate_hz in runs:
        apart = np.diff(step_times_s(accel, rate_hz, tempo=tempo))
        if len(apart) > 20:
            near = apart[apart < 3.0 * np.median(apart)] / np.median(apart)
            off, total = off + int(np.sum(np.abs(near - 1.0) > 0.25)), total + len(near)
    return 100.0 * off / max(total, 1)


def _walk_figures(walks: list[Walk]) -> tuple[list[Figure], list[Control], list[Bars]]:
    tuning = [walk for walk in walks if walk.app_steps < 0]
    validation = [walk for walk in walks if walk.app_steps >= 0]
    published, clean = [w.steps for w in tuning], [without_bounces(w) for w in tuning]
    ours = _errors_percent(tuning, step_times_s, published)
    peaks = _errors_percent(tuning, _find_peaks, published)
    unbounced = np.array([(1.0 + e / 100.0) * p / c - 1.0 for e, p, c in zip(ours, published, clean, strict=True)])
    late = [_live_with_delay(walk.accel_m_s2, EVEN_HZ)[1] for walk in walks[:: max(1, len(walks) // 4)]]
    split = f"Oxford, {len(tuning)} open walks with foot switches, all carry positions; parameters chosen on them"
    unseen = f"Oxford validation, {len(validation)} open walks, looked at while parameters were chosen: no blind test"
    app = np.array([100.0 * (w.app_steps - w.steps) / w.steps for w in validation])
    known = [w.steps for w in validation]
    check = _errors_percent(validation, step_times_s, known)
    figures = [
        Figure("steps, MAPE", _mape(ours), "%", at_most=2.0, peer="find_peaks", peer_value=_mape(peaks), note=split),
        Figure(
            "steps against switches without bounces, MAPE",
            100.0 * _mape(unbounced),
            "%",
            note="edges closer than half a step taken out: armband and swinging-arm switches bounce",
        ),
        Figure("steps live, MAPE", _mape(_errors_percent(tuning, _live, published)), "%", at_most=2.0, note=split),
        Figure(
            "steps, MAPE, validation", _mape(check), "%", 2.0, peer="Oxford's app", peer_value=_mape(app), note=unseen
        ),
        Figure("steps live, MAPE, validation", _mape(_errors_percent(validation, _live, known)), "%", 2.0, note=unseen),
        Figure("longest delay of a live step", max(late), "s", at_most=2.0, note="chunks of 0.1 s, 100 Hz"),
        Figure("5 s windows at half or double the cadence", _locked_percent(walks, USUAL), "%", at_most=0.5),
    ]
    rng = np.random.default_rng(1)
    shuffled = [replace(w, accel_m_s2=rng.permutation(w.accel_m_s2)) for w in tuning]
    shuffle = _mape(_errors_percent(shuffled, step_times_s, published))
    controls = [Control("readings shuffled in time: steps, MAPE in %", shuffle, _mape(ours))]
    return figures, controls, [_by_place(tuning, ours, peaks)]


def _by_place(walks: list[Walk], ours: Column, peaks: Column) -> Bars:
    places = sorted({walk.place for walk in walks})
    rows = [[_mape(e[[w.place == place for w in walks]]) for e in (ours, peaks)] for place in places]
    title = "Step count error by carry position, Oxford, open walks"
    return Bars("steps_by_position", title, "MAPE in %", tuple(places), ("kadenz", "find_peaks"), np.array(rows))


def _still_figures(recordings: Path, thin: int) -> list[Figure]:
    still = [*motionsense(recordings, ("sit", "std"), thin), *wisdm(recordings, "DE", thin)]
    counts = np.array([len(step_times_s(accel, rate_hz)) for _, accel, rate_hz in still])
    live = np.array([len(_live(accel, rate_hz)) for _, accel, rate_hz in still])
    peaks = sum(len(_find_peaks(accel, rate_hz)) for _, accel, rate_hz in still)
    hours = sum(len(accel) / rate_hz for _, accel, rate_hz in still) / 3600.0
    note = f"sitting and standing, {len(still)} recordings, {hours:.1f} h, pocket and wrist; people may fidget"
    return [
        Figure(
            "steps on still recordings", float(counts.sum()), "", 0.0, peer="find_peaks", peer_value=peaks, note=note
        ),
        Figure("still recordings with any step", float((counts > 0).sum()), "", note=f"of {len(still)}"),
        Figure("steps on still recordings, live", float(live.sum()), "", at_most=0.0, note=note),
        *_seated_figures(recordings, thin),
    ]


def _seated_figures(recordings: Path, thin: int) -> list[Figure]:
    """Return the steps told where short recordings of getting up, walking and sitting down again say seated."""
    people = list(geotec(recordings, thin))
    after = sum(_steps_within(step_times_s(accel, EVEN_HZ), seated) for accel, seated in people)
    live = sum(_steps_within(_live(accel, EVEN_HZ), seated) for accel, seated in people)
    note = f"GeoTec, {len(people)} recordings of 8 to 15 s; no goal, the label's edges are not that sharp"
    return [
        Figure("steps while seated, before and after a walk", after, note=note),
        Figure("steps while seated, before and after a walk, live", live, note=note),
    ]


def _steps_within(step_s: Column, there: NDArray[np.bool_]) -> float:
    """Return how many steps were made where a column at 100 Hz says so."""
    return float(np.sum(there[np.round(step_s * EVEN_HZ).astype(int).clip(0, len(there) - 1)]))


def _running_figures(recordings: Path, thin: int) -> tuple[list[Figure], list[Control]]:
    runs = [*motionsense(recordings, ("jog",), thin), *wisdm(recordings, "B", thin)]
    real = _off_tempo_percent(runs, USUAL)
    spm = np.array([60.0 / np.median(np.diff(step_times_s(accel, rate_hz))) for _, accel, rate_hz in runs])
    note = f"{len(runs)} open recordings of jogging, pocket and wrist; no truth, plausibility only"
    figures = [
        Figure(
            "running: recordings at 130 to 210 steps/min",
            100.0 * float(np.mean((spm > 130) & (spm < 210))),
            "%",
            note=note,
        ),
        Figure("running: step times a quarter off", real, "%", note=note),
    ]
    controls = [
        Control("tempo track off: running step times off, %", _off_tempo_percent(runs, _NO_TRACK), real),
        Control(
            "track and rejection off: running step times off, %",
            _off_tempo_percent(runs, replace(_NO_TRACK, reject_half_and_double=False)),
            real,
        ),
    ]
    return figures, controls


def _voisard_figures(recordings: Path, thin: int) -> list[Figure]:
    trials = list(voisard(recordings, thin))
    note = (
        f"Voisard, {len(trials)} open walking trials of 35 steps with a turn; parameters were chosen with them in view"
    )
    return [*_lower_back_figures(trials, note), *_shoe_figures(trials, note)]


def _lower_back_figures(trials: list[Trial], note: str) -> list[Figure]:
    counts, held, uneven = [], [], []
    for trial in trials:
        accel, gyro, strikes = trial.lower_back[:, :3], trial.lower_back[:, 3:], _strikes_s(trial)
        found, turning = step_times_s(accel, EVEN_HZ), step_times_s(accel, EVEN_HZ, gyro)
        counts.append([100.0 * (len(f) / len(strikes) - 1.0) for f in (found, turning, _live(accel, EVEN_HZ))])
        given = timing_asymmetry(accel, EVEN_HZ, found, Position.WAIST)
        true = _true_asymmetry(*(events[:, 1] for events in trial.events_s))
        if isinstance(given, Estimate):
            uneven.append(abs(given.value - true))
            held.append(given.low <= true <= given.high)
    alone, turning, live = np.array(counts).T
    return [
        Figure("lower back: steps, MAPE", _mape(alone), "%", note=note),
        Figure("lower back: steps, MAPE, with the gyroscope", _mape(turning), "%", note="the same; it is not used"),
        Figure("lower back: steps live, MAPE", _mape(live), "%", note=note),
        Figure("lower back: timing asymmetry, mean error", float(np.mean(uneven)), "of a step time", note=note),
        Figure(
            "lower back: asymmetry within its interval", 100.0 * float(np.mean(held)), "%", at_least=85.0, note=note
        ),
    ]


def _strikes_s(trial: Trial) -> Column:
    return np.sort(np.concatenate([events[:, 1] for events in trial.events_s]))


def _shoe_figures(trials: list[Trial], note: str) -> list[Figure]:
    errors = [_contact_errors_s(r, e) for t in trials for r, e in zip(t.feet, t.events_s, strict=True)]
    contact_s, strike_s = np.concatenate(errors).T
    by_foot = np.array([abs(float(np.median(e[:, 0]))) for e in errors if len(e)])
    way_m = np.array([_way_out_m(trial) for trial in trials])
    ten = note + "; the protocol's 10 m, by median stride and marked steps, so within a step of 0.7 m"
    return [
        Figure("shoe: contact time of one stride, s.d. of error", 1e3 * float(contact_s.std()), "ms", note=note),
        Figure("shoe: contact time of one stride, bias", 1e3 * float(contact_s.mean()), "ms", note=note),
        Figure(
            "shoe: mean contact time within its interval", 100.0 * float(np.mean(by_foot < 0.04)), "%", at_least=85.0
        ),
        Figure("shoe: foot strike, s.d. of error", 1e3 * float(strike_s.std()), "ms", note=note),
        Figure("shoe: a way of 10 m by the length of its strides, mean", float(way_m.mean()), "m", note=ten),
        Figure("shoe: a way of 10 m by the length of its strides, s.d.", float(way_m.std()), "m", note=ten),
    ]


def _way_out_m(trial: Trial) -> float:
    """Return how far the walker came to the turn in m: half a median stride for each marked step before it."""
    lengths = []
    for rows in trial.feet:
        found = strides(rows[:, :3], rows[:, 3:], EVEN_HZ)
        lengths.append(found.length_m[found.still_s + found.stride_s < trial.turn_s])
    return 0.5 * float(np.median(np.concatenate(lengths))) * float(np.sum(_strikes_s(trial) < trial.turn_s))


def _true_asymmetry(left_s: Column, right_s: Column) -> float:
    """Return how much longer the step from one foot's strike to the other's is than the way back, by the step time."""
    there, back = _next_after(left_s, right_s), _next_after(right_s, left_s)
    return abs(there - back) / (0.5 * (there + back))


def _next_after(from_s: Column, to_s: Column) -> float:
    """Return the median time in s from each strike to the next of the other foot, at most 1 s later."""
    wait = to_s[np.minimum(np.searchsorted(to_s, from_s, side="right"), len(to_s) - 1)] - from_s
    return float(np.median(wait[(wait > 0.2) & (wait < 1.0)]))


def _contact_errors_s(rows: Column, events_s: Column) -> Column:
    """Return errors (k, 2) in s of contact time and foot strike for the contacts that were found."""
    found = strides(rows[:, :3], rows[:, 3:], EVEN_HZ)
    strike, contact = events_s[:-1, 1], events_s[1:, 0] - events_s[:-1, 1]
    if not len(found.strike_s):
        return np.empty((0, 2))
    nearest = np.abs(found.strike_s[:, None] - strike[None, :]).argmin(axis=0)
    off = found.strike_s[nearest] - strike
    near = np.abs(off) < 0.25
    return np.asarray(np.stack([found.contact_s[nearest] - contact, off], axis=1)[near])


def _simulated_figures(people: int) -> tuple[list[Figure], list[Control], list[Plot]]:
    unrejected: list[float] = []
    counts, spm, bounce, given, held = [], [], [], [], []
    for seed in range(people):
        for placement, position in (("trunk", Position.CHEST), ("wrist", Position.WRIST)):
            accel, step_s, true_spm, height_m = simulated(seed, placement)
            found = step_times_s(accel, 104.0)
            counts.append(100.0 * (len(found) - len(step_s)) / len(step_s))
            wild = step_times_s(accel, 104.0, tempo=_NO_REJECTION)
            unrejected.append(100.0 * (len(wild) - len(step_s)) / len(step_s))
            spm.append([100.0 * (cadence(found, t).spm.value / true_spm[int(t) - 1] - 1.0) for t in range(20, 110, 5)])
            said = vertical_oscillation_m(accel, 104.0, found, position)
            if isinstance(said, Unsaid):
                assert position is Position.WRIST, f"no oscillation on the trunk: {said}"
                continue
            bounce.append(height_m)
            given.append(said.value)
            held.append(said.low <= height_m <= said.high)
    error = 100.0 * np.abs(np.array(given) / np.array(bounce) - 1.0)
    note = f"simulated running, {people} people (seen in development), trunk and wrist, 2 min at 104 Hz"
    figures = [
        Figure("simulated: steps, MAPE", _mape(np.array(counts)), "%", at_most=2.0, note=note),
        Figure("simulated: cadence, mean error", _mape(np.ravel(spm)), "%", note=note),
        Figure("simulated: vertical oscillation, mean error", float(error.mean()), "%", note=note),
        Figure(
            "simulated: oscillation within its interval", 100.0 * float(np.mean(held)), "%", at_least=85.0, note=note
        ),
    ]
    true = np.array(bounce)
    lines = (Line("kadenz", true, np.array(given), points=True), Line("true", np.sort(true), np.sort(true)))
    off = Control(
        "half/double rejection off: simulated, steps, MAPE in %", _mape(np.array(unrejected)), _mape(np.array(counts))
    )
    return figures, [off], [Plot("oscillation", "Vertical oscillation, simulated", "true, m", "estimated, m", lines)]


def _simulated_shoe_figures(people: int) -> list[Figure]:
    off, held = [], []
    for seed in range(2 * people):
        shoe = simulated_shoe(seed, running=seed % 2 == 0)
        said = gait(shoe.accel_m_s2, 200.0, Position.FOOT, shoe.gyro_rad_s)
        pairs = [
            (said.contact_s, shoe.contact_s),
            (said.flight_s, shoe.flight_s),
            (said.stride_length_m, shoe.length_m),
        ]
        off.append([abs(e.value - true) if isinstance(e, Estimate) else np.nan for e, true in pairs])
        held.append([isinstance(e, Estimate) and e.low <= true <= e.high for e, true in pairs])
    contact_s, flight_s, length_m = np.mean(off, axis=0)
    within = 100.0 * np.mean(held, axis=0)
    note = f"simulated shoe, not a real foot: {people} runners and {people} walkers at 200 Hz, both feet alike"
    names = ("contact time", "flight time", "stride length")
    return [
        Figure("simulated shoe: contact time, mean error", 1e3 * float(contact_s), "ms", note=note),
        Figure("simulated shoe: flight time, mean error", 1e3 * float(flight_s), "ms", note=note),
        Figure("simulated shoe: stride length, mean error", 1e2 * float(length_m), "cm", note=note),
        *(
            Figure(f"simulated shoe: {name} within its interval", float(share), "%", at_least=85.0, note=note)
            for name, share in zip(names, within, strict=True)
        ),
    ]


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return how well steps and gait are told, beside peers in the same run; `quick` takes every ninth of them."""
    thin = 9 if quick else 1
    say("steps on the walks with foot switches")
    walks = list(oxford(recordings, thin))
    figures, controls, bars = _walk_figures(walks)
    say("still recordings")
    figures += _still_figures(recordings, 2 * thin if quick else 1)
    say("running recordings")
    running, more = _running_figures(recordings, thin)
    say("a gait laboratory's lower back and shoes")
    laboratory = _voisard_figures(recordings, 2 * thin if quick else 1)
    say("simulated runners")
    simulated, unrejected, plots = _simulated_figures(2 if quick else 12)
    return Section(
        "Steps and gait",
        "Oxford step counter, MotionSense, WISDM, GeoTec, Voisard (walking, test only): the open people; simulated",
        (*figures, *running, *laboratory, *simulated, *_simulated_shoe_figures(2 if quick else 12)),
        (*controls, *more, *unrejected),
        (*bars, *plots),
        ("Stride length and flight time of runners have no real truth here: a simulated shoe and 10 m of walking.",),
    )
