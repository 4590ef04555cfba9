"""Orientation beside vqf on BROAD: inclination, heading, speed, and what must get worse.

The rule of this file: every ratio is one mean over all trials at hand by the mean of the peer in the same run, with
the rated moving phase and the error parts of BROAD (Laidig et al. 2021, section 3); nothing is drawn here.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.bench.figures import Bars, Control, Figure, Line, Plot, Say, Section
from edge import quaternion as turns
from edge.orientation import AFTER, LIVE, Limits, OrientationFilter, estimate
from edge.samples import Column
from hardware_sim.gait import motion, mounting
from hardware_sim.runner import Gait
from hardware_sim.scenarios import SCENARIOS
from hardware_sim.sensors import imu
from hardware_sim.truth import happen

Follow: TypeAlias = Callable[[Column, Column, float], Column]
"""Takes gyroscope, accelerometer and rate, returns orientations (n, 4)."""

INJECTED_RAD_S = np.radians([1.0, -1.0, 1.0])
SETTLE_S = 20.0
"""Not counted after a start in mid-motion."""
LEAST_S = 60.0
DELAY_S = 0.002
_NO_BIAS = {"bias_rad_s": 1e-9, "bias_noise_rad_s15": 1e-12, "rest_rate_rad_s": 1.0}


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One recording with its optical reference; `rated` (n,) marks the rows that count."""

    name: str
    gyro_rad_s: Column
    accel_m_s2: Column
    mag_ut: Column
    reference: Column
    rated: NDArray[np.bool_]
    rate_hz: float


def trials(recordings: Path, quick: bool) -> list[Trial]:
    """Return the BROAD trials at hand, a few of them when quick."""
    paths = sorted((recordings / "imu_orientation" / "broad").glob("*.npz"))
    return [_trial(path) for path in (paths[::3] if quick else paths)]


def _trial(path: Path) -> Trial:
    with np.load(path) as z:
        gyro, accel, field, reference = (
            np.ascontiguousarray(z[name], dtype=np.float64) for name in ("gyr", "acc", "mag", "opt_quat")
        )
        rated, rate_hz = z["movement"].astype(bool), float(z["sampling_rate"])
    return Trial(path.stem, gyro, accel, field, reference, rated, rate_hz)


def mid_motion(trial: Trial, bias_rad_s: Column | float = 0.0) -> Trial | None:
    """Return the longest movement alone, without the rest before it, or None if it is short; a bias may be added."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], trial.rated.astype(np.int8), [0]])))
    longest = int(np.argmax(edges[1::2] - edges[0::2]))
    here = slice(int(edges[2 * longest]), int(edges[2 * longest + 1]))
    count = here.stop - here.start
    if count < LEAST_S * trial.rate_hz:
        return None
    return replace(
        trial,
        gyro_rad_s=trial.gyro_rad_s[here] + bias_rad_s,
        accel_m_s2=trial.accel_m_s2[here].copy(),
        mag_ut=trial.mag_ut[here].copy(),
        reference=trial.reference[here],
        rated=np.arange(count) >= SETTLE_S * trial.rate_hz,
    )


def errors_deg(rows: Column, trial: Trial) -> Column:
    """Return inclination and heading error (2,), rms in deg; heading after the best constant offset."""
    seen = trial.rated & np.isfinite(trial.reference).all(axis=1)
    inclination = turns.inclination_deg(rows[seen], trial.reference[seen])
    heading = turns.heading_rad(rows[seen], trial.reference[seen])
    offset = np.angle(np.exp(1j * heading).mean())
    free = np.degrees(np.angle(np.exp(1j * (heading - offset))))
    return np.asarray(np.sqrt([np.mean(inclination**2), np.mean(free**2)]))


def total_deg(rows: Column, trial: Trial) -> float:
    """Return the whole error, rms in deg."""
    seen = trial.rated & np.isfinite(trial.reference).all(axis=1)
    return float(np.sqrt(np.mean(turns.angle_deg(rows[seen], trial.reference[seen]) ** 2)))


def live(gyro: Column, accel: Column, rate_hz: float) -> Column:
    """Return what the live filter tells row by row."""
    return OrientationFilter(rate_hz).feed(gyro, accel)


def _without_bias(gyro: Column, accel: Column, rate_hz: float) -> Column:
    return OrientationFilter(rate_hz, model=replace(LIVE, **_NO_BIAS)).feed(gyro, accel)


def _flipped(gyro: Column, accel: Column, rate_hz: float) -> Column:
    return _without_bias(gyro + _bias(gyro, accel, rate_hz), accel, rate_hz)


def _after_without_bias(gyro: Column, accel: Column, rate_hz: float) -> Column:
    return estimate(gyro, accel, rate_hz, model=replace(AFTER, **_NO_BIAS))


def _after_flipped(gyro: Column, accel: Column, rate_hz: float) -> Column:
    return _after_without_bias(gyro + _bias(gyro, accel, rate_hz), accel, rate_hz)


def _bias(gyro: Column, accel: Column, rate_hz: float) -> Column:
    """Return the bias (3,) that the live filter believes at the end."""
    follower = OrientationFilter(rate_hz)
    follower.feed(gyro, accel)
    return np.asarray(follower.bias_rad_s[0])


def _vqf_live(gyro: Column, accel: Column, rate_hz: float) -> Column:
    from vqf import VQF

    return np.asarray(VQF(1.0 / rate_hz).updateBatch(gyro, accel)["quat6D"])


def _vqf_after(gyro: Column, accel: Column, rate_hz: float) -> Column:
    from vqf import offlineVQF

    return np.asarray(offlineVQF(gyro, accel, None, 1.0 / rate_hz)["quat6D"])


def _errors(follow: Follow, over: list[Trial]) -> Column:
    """Return inclination and heading errors (trials, 2) in deg."""
    return np.array([errors_deg(follow(t.gyro_rad_s, t.accel_m_s2, t.rate_hz), t) for t in over])


@dataclass(frozen=True, slots=True, eq=False)
class _Measured:
    """Errors (trials, 2) in deg of one setting, ours and the peers'."""

    live: Column
    vqf: Column
    after: Column
    offline: Column

    def ratio(self, ours: str, peer: str, part: int) -> float:
        """Return the ratio of the means of inclination (0) or heading (1)."""
        return float(getattr(self, ours)[:, part].mean() / getattr(self, peer)[:, part].mean())


def _measured(over: list[Trial]) -> _Measured:
    return _Measured(_errors(live, over), _errors(_vqf_live, over), _errors(estimate, over), _errors(_vqf_after, over))


def _goal(
    name: str, of: _Measured, pair: tuple[str, str, int], at_most: float, note: str, peer: str
) -> tuple[Figure, Figure]:
    """Return a ratio with its goal and the degrees behind it."""
    ours, other, part = pair
    degrees, theirs = float(getattr(of, ours)[:, part].mean()), float(getattr(of, other)[:, part].mean())
    return (
        Figure(f"{name}, ratio", of.ratio(*pair), "x", at_most=at_most, peer=peer, peer_value=1.0, note=note),
        Figure(name, degrees, "deg", peer=peer, peer_value=theirs, note=note),
    )


def _accuracy(standard: _Measured, moving: _Measured, biased: _Measured) -> list[Figure]:
    whole = "BROAD open trials, moving phase, mean of rms over trials"
    middle = f"longest movement >= {LEAST_S:.0f} s alone, first {SETTLE_S:.0f} s not counted"
    with_bias = f"{middle}, bias of 1 deg/s an axis injected"
    live_peer, peer = "vqf.VQF", "vqf.offlineVQF"
    pairs = (
        _goal("live inclination", standard, ("live", "vqf", 0), 1.00, whole, live_peer),
        _goal("live inclination in mid-motion with bias", biased, ("live", "vqf", 0), 0.80, with_bias, live_peer),
        _goal("inclination after the run", standard, ("after", "offline", 0), 0.94, whole, peer),
        _goal("heading after the run in mid-motion with bias", biased, ("after", "offline", 1), 0.40, with_bias, peer),
        _goal("heading after the run in mid-motion", moving, ("after", "offline", 1), 1.00, middle, peer),
        _goal("live inclination in mid-motion", moving, ("live", "vqf", 0), math.inf, middle, live_peer),
        _goal("live heading in mid-motion", moving, ("live", "vqf", 1), math.inf, middle, live_peer),
        _goal("heading after the run", standard, ("after", "offline", 1), math.inf, whole, peer),
    )
    return [figure for pair in pairs for figure in pair]


def _seconds(work: Callable[[], object]) -> float:
    """Return the processor time in s of one call: other programs on the machine do not count."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _speed(trial: Trial, quick: bool) -> list[Figure]:
    """Return the throughput after the run, in turns with the peer."""
    given = (trial.gyro_rad_s, trial.accel_m_s2, trial.rate_hz)
    pairs = [
        (_seconds(lambda: estimate(*given)), _seconds(lambda: _vqf_after(*given))) for _ in range(5 if quick else 15)
    ]
    ours, theirs = np.min(np.array(pairs), axis=0)
    note = f"one core, processor time, least of {len(pairs)} in turns, {len(given[0])} samples"
    rates = len(given[0]) / ours / 1e6, len(given[0]) / theirs / 1e6
    return [
        Figure(
            "speed after the run, ratio",
            theirs / ours,
            "x",
            at_least=2.5,
            peer="vqf.offlineVQF",
            peer_value=1.0,
            note=note,
        ),
        Figure("speed after the run", rates[0], "MS/s", peer="vqf.offlineVQF", peer_value=rates[1], note=note),
    ]


def _chunk_ms(trackers: int, chunks: int) -> float:
    """Return the processor time in ms for a chunk of 26 samples of noise at 104 Hz: the least of five medians."""
    rng = np.random.default_rng(1)
    gyro = rng.normal(0.0, 1.0, (trackers, 26 * chunks, 3))
    accel = rng.normal([0.0, 0.0, 9.81], 3.0, gyro.shape)
    follower = OrientationFilter(104.0, trackers)
    spent = [_seconds(lambda k=k: follower.feed(*_chunk(gyro, accel, k))) for k in range(chunks)]  # type: ignore[misc]
    return 1e3 * float(np.median(np.reshape(spent, (5, -1)), axis=1).min())


def _chunk(gyro: Column, accel: Column, k: int) -> tuple[Column, Column]:
    return gyro[:, 26 * k : 26 * k + 26], accel[:, 26 * k : 26 * k + 26]


def _live_speed(quick: bool) -> list[Figure]:
    chunks = 60 if quick else 200
    note = "one core, processor time of a 0.25 s chunk at 104 Hz, least of five medians"
    few = max(_chunk_ms(count, chunks) for count in (1, 2, 5, 10))
    return [
        Figure("live chunk, slowest of 1, 2, 5, 10 trackers", few, "ms", at_most=0.5, note=note),
        Figure("live chunk, 100 trackers", _chunk_ms(100, chunks), "ms", at_most=1.0, note=note),
    ]


def _chunking(trial: Trial) -> Figure:
    """Return how far rows of uneven chunks are from those of one batch."""
    count = min(len(trial.gyro_rad_s), round(60 * trial.rate_hz))
    gyro, accel = trial.gyro_rad_s[:count], trial.accel_m_s2[:count]
    follower, cuts = OrientationFilter(trial.rate_hz), np.random.default_rng(3).integers(0, count, 300)
    parts = np.split(np.arange(count), np.sort(cuts))
    rows = np.concatenate([follower.feed(gyro[p], accel[p]) for p in parts])
    apart = float(turns.angle_deg(rows, live(gyro, accel, trial.rate_hz)).max())
    return Figure("any chunking against one batch, largest", apart, "deg", at_most=0.01, note="300 random chunks, 60 s")


def _compass(over: list[Trial]) -> list[Figure]:
    """Return the whole error with the magnetometer; a fact, no claim: some disturbed trials are over 3 deg."""
    from vqf import offlineVQF

    given = [(t.gyro_rad_s, t.accel_m_s2, t.mag_ut, t.rate_hz, t) for t in over]
    ours = [total_deg(estimate(g, a, hz, m), t) for g, a, m, hz, t in given]
    theirs = [total_deg(np.asarray(offlineVQF(g, a, m, 1.0 / hz)["quat9D"]), t) for g, a, m, hz, t in given]
    worst = int(np.argmax(ours))
    note = f"no claim: worst {over[worst].name} {ours[worst]:.1f} deg"
    peer = "vqf.offlineVQF 9D"
    return [
        Figure(
            "with compass, whole error",
            float(np.mean(ours)),
            "deg",
            peer=peer,
            peer_value=float(np.mean(theirs)),
            note=note,
        )
    ]


def _delay(over: list[Trial], offline: Column) -> list[Figure]:
    """Return the inclination with the delay of these recordings' sensor told: a fact about them, not about us."""
    told = Limits(delay_s=DELAY_S)
    rows = _errors(lambda g, a, hz: estimate(g, a, hz, limits=told), over)
    note = (
        f"the sensor's low-pass taken for {1e3 * DELAY_S:.0f} ms late, as the optical reference shows; not the default"
    )
    theirs = float(offline[:, 0].mean())
    name = "inclination after the run, delay told"
    return [Figure(name, float(rows[:, 0].mean()), "deg", peer="vqf.offlineVQF", peer_value=theirs, note=note)]


def _simulated(placement: str) -> list[Figure]:
    """Return the errors on a simulated run, whose truth is known; its samples are instants, so a row is half a
    period later than its sample."""
    rng = np.random.default_rng(7)
    truth = happen(replace(SCENARIOS["default"], duration_s=120.0), rng)
    at_s = np.arange(0.0, 119.0, 1.0 / 104.0)
    mounted, gait = mounting(rng), Gait()
    moved, later = (
        motion(gait, truth.pacing, t, placement, truth.strikes, mounted) for t in (at_s, at_s + 0.5 / 104.0)
    )
    gyro, accel = imu(rng).measure(moved.rate_sensor_rad_s, moved.force_sensor_m_s2, rng)
    reference = _quaternions(later.world_from_sensor)
    trial = Trial(placement, gyro, accel, accel, reference, at_s >= SETTLE_S, 104.0)
    note = "simulated run, 104 Hz, accelerometer bias 0.06 m/s2 a sigma"
    return [
        Figure(f"simulated {placement}, {name}", float(errors_deg(follow(gyro, accel, 104.0), trial)[0]), "deg",
               peer=peer, peer_value=float(errors_deg(other(gyro, accel, 104.0), trial)[0]), note=note)
        for name, follow, peer, other in (
            ("live inclination", live, "vqf.VQF", _vqf_live),
            ("inclination after the run", estimate, "vqf.offlineVQF", _vqf_after),
        )
    ]  # fmt: skip


def _quaternions(matrices: Column) -> Column:
    """Return quaternions (n, 4) of rotation matrices (n, 3, 3), by the eigenvector of Bar-Itzhack's matrix."""
    m = matrices
    k = np.empty((len(m), 4, 4))
    trace = np.trace(m, axis1=1, axis2=2)
    skew = np.stack([m[:, 2, 1] - m[:, 1, 2], m[:, 0, 2] - m[:, 2, 0], m[:, 1, 0] - m[:, 0, 1]], axis=1)
    k[:, 1:, 1:] = m + np.swapaxes(m, 1, 2) - trace[:, None, None] * np.eye(3)
    k[:, 0, 0], k[:, 0, 1:], k[:, 1:, 0] = trace, skew, skew
    return np.asarray(np.linalg.eigh(k)[1][:, :, -1])


def _controls(biased: list[Trial], measured: _Measured) -> tuple[Control, ...]:
    real = float(measured.live[:, 0].mean()), float(measured.after[:, 1].mean())
    named: tuple[tuple[str, Follow, int], ...] = (
        ("live inclination with bias, bias term off", _without_bias, 0),
        ("live inclination with bias, bias with its sign flipped", _flipped, 0),
        ("heading after the run with bias, bias term off", _after_without_bias, 1),
        ("heading after the run with bias, bias with its sign flipped", _after_flipped, 1),
    )
    return tuple(
        Control(name, float(_errors(follow, biased)[:, part].mean()), real[part]) for name, follow, part in named
    )


def _pictures(over: list[Trial], standard: _Measured, biased: list[Trial]) -> tuple[Bars | Plot, ...]:
    names = tuple(trial.name for trial in over)
    values = np.stack([standard.live[:, 0], standard.vqf[:, 0], standard.after[:, 0], standard.offline[:, 0]], axis=1)
    series = ("live", "vqf.VQF", "after the run", "vqf.offlineVQF")
    bars = Bars("orientation-inclination", "Inclination error, BROAD", "rms / deg", names, series, values)
    trial = biased[0]
    every = max(1, round(trial.rate_hz / 4.0))
    t_s = np.arange(len(trial.gyro_rad_s))[::every] / trial.rate_hz
    follows = (("live", live), ("vqf.VQF", _vqf_live), ("after the run", estimate), ("vqf.offlineVQF", _vqf_after))
    lines = tuple(Line(name, t_s, _inclination(follow, trial)[::every]) for name, follow in follows)
    title = "Started in mid-motion with a bias of 1 deg/s an axis"
    return bars, Plot("orientation-mid-motion", title, "time / s", "inclination error / deg", lines)


def _inclination(follow: Follow, trial: Trial) -> Column:
    rows = follow(trial.gyro_rad_s, trial.accel_m_s2, trial.rate_hz)
    return turns.inclination_deg(rows, trial.reference)


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return the orientation's figures beside vqf on the BROAD trials at hand."""
    over = trials(recordings, quick)
    moving = [m for m in (mid_motion(t) for t in over) if m is not None]
    biased = [m for m in (mid_motion(t, INJECTED_RAD_S) for t in over) if m is not None]
    say(f"orientation: {len(over)} trials, {len(moving)} of them long enough for a start in mid-motion")
    standard, middle, shifted = _measured(over), _measured(moving), _measured(biased)
    say("orientation: controls, speed, compass, simulated run")
    figures = [
        *_accuracy(standard, middle, shifted),
        *_speed(over[0], quick),
        *_live_speed(quick),
        _chunking(over[0]),
        *_compass(over),
        *_delay(over, standard.offline),
        *_simulated("trunk"),
        *_simulated("wrist"),
    ]
    return Section(
        "orientation",
        f"BROAD (CC-BY-4.0), {len(over)} open trials, {len(moving)} with a movement of a minute; 285.7 Hz",
        tuple(figures),
        _controls(biased, shifted),
        _pictures(over, standard, biased),
        (
            "One fixed set of parameters. Heading is judged after the best constant offset.",
            "Standard BROAD opens with rest and hardly shows a broken bias estimate: the controls start in mid-motion.",
        ),
    )
