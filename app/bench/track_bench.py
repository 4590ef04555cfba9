"""Track and pace: distance, outage, pause and pace on simulated truth, and the grade curve on real athletes.

The rule of this file: truth is the simulator's; its receiver is better than a phone in a city, so the noise of streets
is made here: a Gauss-Markov error that lasts 20 s with 8 m sd per axis between buildings and a third of that outside,
white noise of 1.5 m, jumps of 15 to 60 m for 1 to 10 s every two minutes, and a Doppler speed of 0.25 m/s sd with 3 %
of outliers. Chosen, not measured: errors of some 10 m and jumps are what phones show between high buildings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.bench.figures import Control, Figure, Line, Plot, Say, Section
from app.bench.grade_bench import grade_figures
from app.bench.track_files import agreement_figures
from app.bench.track_peers import moving_average_m, plain_kalman_m, raw_sum_m
from edge.fixes import Mask
from edge.samples import Column, Fix, Pressure, Stride
from edge.track.live import LiveTrack, TrackFilter
from edge.track.pause import PauseState, paused_rows
from edge.track.rows import Heading, degrees, local_m
from edge.track.smooth import smooth_track
from hardware_sim import scenarios
from hardware_sim.sensors import wander
from hardware_sim.truth import Truth
from hardware_sim.world import World

_M_PER_DEG = 111_320.0
_OUTAGE_S = 60
_FLAT = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Street:
    """A simulated run as a phone in a city and a step counter tell it, beside its truth."""

    truth: Truth
    fix: Fix
    bare: Fix
    """The same fixes without Doppler speed."""
    stride: Stride
    heading: Heading
    pressure: Pressure


def street(name: str, seed: int, seconds: int = 100_000) -> Street:
    """Return the first seconds of a scenario with the noise of streets."""
    truth = World(scenarios.scenario(name), seed).truth
    count = min(len(truth.t_s), seconds)
    rng = np.random.default_rng((seed, 77))
    off = street_noise_m(rng, count)
    t_s, speed = truth.t_s[:count], truth.speed_m_s[:count]
    latitude = truth.latitude_deg[:count] + off[:, 1] / _M_PER_DEG
    longitude = truth.longitude_deg[:count] + off[:, 0] / (_M_PER_DEG * np.cos(np.radians(latitude)))
    wild = np.where(rng.random(count) < 0.03, rng.normal(0.0, 1.5, count), 0.0)
    doppler = np.maximum(speed + rng.normal(0.0, 0.25, count) + wild, 0.0)
    none = np.full(count, np.nan)
    steps = 2.0 * np.round(0.5 * truth.cadence_spm[:count] + rng.normal(0.0, 0.3, count))
    air = truth.pressure_pa[:count] + np.random.default_rng((seed, 78)).normal(0.0, 1.5, count)
    drift = np.cumsum(rng.normal(0.0, 0.002, count)) + np.radians(10.0) * t_s / 3600.0
    return Street(
        truth,
        Fix(t_s, latitude, longitude, none, doppler, none),
        Fix(t_s, latitude, longitude, none, none, none),
        Stride(t_s, np.maximum(steps, 0.0), none, none),
        Heading(t_s, truth.heading_rad[:count] + 1.1 + drift),
        Pressure(t_s, air, none),
    )


def street_noise_m(rng: np.random.Generator, count: int) -> Column:
    """Return the error of a receiver between buildings, (count, 2) in m."""
    built = np.convolve(wander(rng, count, 1.0, 60.0) > -0.3, np.ones(15) / 15.0, mode="same")
    strength = 0.35 + 0.65 * built
    lasting = np.stack([wander(rng, count, 8.0, 20.0) for _ in range(2)], axis=1)
    off = strength[:, None] * lasting + rng.normal(0.0, 1.0, (count, 2)) * (0.5 + strength[:, None])
    for row in np.flatnonzero(rng.random(count) < 1.0 / 120.0):
        angle, size = rng.uniform(0.0, 2.0 * np.pi), rng.uniform(15.0, 60.0)
        off[row : row + int(rng.integers(1, 11))] += size * np.array([np.cos(angle), np.sin(angle)])
    return off


def _percent(told: float, true: float) -> float:
    return 100.0 * (told / true - 1.0)


def _mean_size(errors: list[float]) -> float:
    return float(np.mean(np.abs(errors)))


def distance_figures(runs: list[Street], say: Say) -> tuple[list[Figure], list[Control]]:
    """Return the mean error of the distance of whole runs, after the run and live, beside the peers."""
    found: dict[str, list[float]] = {}
    for number, one in enumerate(runs):
        say(f"track: distance of run {number + 1} of {len(runs)}")
        true = float(one.truth.distance_m[len(one.fix) - 1])
        east_north = local_m(one.fix.latitude_deg, one.fix.longitude_deg,
                             np.array([one.fix.latitude_deg[0], one.fix.longitude_deg[0]]))  # fmt: skip
        told = {
            "all": smooth_track((one.fix, one.stride)).total_m.value,
            "doppler": smooth_track((one.fix,)).total_m.value,
            "cadence": smooth_track((one.bare, one.stride)).total_m.value,
            "fixes": smooth_track((one.bare,)).total_m.value,
            "live": float(_live((one.fix, one.stride)).distance_m[-1]),
            "raw": raw_sum_m(east_north),
            "average": moving_average_m(east_north),
            "kalman": plain_kalman_m(one.fix.t_s, east_north),
        }
        for name, metres in told.items():
            found.setdefault(name, []).append(_percent(metres, true))
    error = {name: _mean_size(errors) for name, errors in found.items()}
    where = f"{len(runs)} simulated runs, noise of streets; mean size of the error"
    figures = [
        Figure("distance after the run, Doppler and steps", error["all"], "%", at_most=1.0, peer="plain Kalman filter",
               peer_value=error["kalman"], note=where),
        Figure("distance live, Doppler and steps", error["live"], "%", at_most=1.0, peer="raw sum",
               peer_value=error["raw"], note=where),
        Figure("distance after the run, Doppler alone", error["doppler"], "%", at_most=1.0, note=where),
        Figure("distance after the run, positions and steps", error["cadence"], "%", at_most=1.0, note=where),
        Figure("distance after the run, positions alone", error["fixes"], "%", at_most=1.0,
               peer="moving average and 3 sigma", peer_value=error["average"], note=where),
    ]  # fmt: skip
    error["placed"], error["unjudged"] = _place_error_m(runs), _jump_error_m(False)
    figures.append(Figure("place after the run, rms", error["placed"], "m", note=where))
    return figures, [
        Control("place after jumps of 40 m, rms, outlier test off", error["unjudged"], _jump_error_m(True)),
        Control("distance by positions, no smoothing and no outlier test", error["raw"], error["fixes"]),
    ]


def _place_error_m(runs: list[Street]) -> float:
    """Return the rms error in m of the smoothed places."""
    squares = []
    for one in runs:
        track, count = smooth_track((one.bare,)), len(one.fix)
        true = np.stack((one.truth.latitude_deg[:count], one.truth.longitude_deg[:count]), axis=1)
        squares.append(float(np.nanmean(local_m(track.latitude_deg, track.longitude_deg, true) ** 2) * 2.0))
    return float(np.sqrt(np.mean(squares)))


def _jump_error_m(judged: bool) -> float:
    """Return the rms error in m of the places of a straight run with 1 m of noise and, each minute, 2 s 40 m off."""
    t_s, rng = np.arange(600.0), np.random.default_rng(8)
    off = rng.normal(0.0, 1.0, (600, 2))
    off[(t_s % 60 >= 30) & (t_s % 60 < 32), 0] += 40.0
    north = 3.0 * t_s
    none, at = np.full(600, np.nan), np.array([50.0, 8.0])
    place, true = (
        degrees(np.stack((x, y), axis=1), at) for x, y in ((off[:, 0], north + off[:, 1]), (0.0 * t_s, north))
    )
    track = smooth_track((Fix(t_s, place[:, 0], place[:, 1], none, none, none),), judged=judged)
    return float(np.sqrt(2.0 * np.mean(local_m(track.latitude_deg[:600], track.longitude_deg[:600], true) ** 2)))


def _live(samples: tuple[Fix | Stride | Pressure, ...], heading: Heading | None = None) -> LiveTrack:
    return TrackFilter().feed(samples, heading)


@dataclass(frozen=True, slots=True, eq=False)
class Hole:
    """Ten minutes of a run with a minute without satellites in the eighth, and its true length."""

    fix: Fix
    stride: Stride
    heading: Heading
    pressure: Pressure
    true_m: float
    true_place_deg: Column
    first: int


def holes(one: Street, every_s: int) -> Iterator[Hole]:
    """Yield stretches of a run with an outage."""
    for start in range(420, len(one.fix) - 180, every_s):
        t_s = one.fix.t_s
        part = (t_s >= start - 420) & (t_s < start + 170)
        seen = part & ((t_s <= start) | (t_s >= start + _OUTAGE_S))
        shift = float(start - 420)
        fix = Fix(t_s[seen] - shift, *(getattr(one.fix, name)[seen] for name in Fix.__slots__[1:]))
        stride = Stride(t_s[part] - shift, *(getattr(one.stride, name)[part] for name in Stride.__slots__[1:]))
        heading = Heading(t_s[part] - shift, one.heading.heading_rad[part])
        air = Pressure(t_s[part] - shift, one.pressure.pressure_pa[part], one.pressure.temperature_c[part])
        last = start + _OUTAGE_S - 1
        place = np.array([one.truth.latitude_deg[last], one.truth.longitude_deg[last]])
        yield Hole(
            fix, stride, heading, air, float(one.truth.distance_m[last] - one.truth.distance_m[start]), place, 420
        )


def outage_figures(runs: list[Street], every_s: int, say: Say) -> tuple[list[Figure], list[Control]]:
    """Return the errors over a minute without satellites, with and without steps, heading right and flipped."""
    names = ("after", "live", "chord", "place", "flipped", "live, air", "after, air")
    found: dict[str, list[float]] = {name: [] for name in names}
    flat: list[float] = []
    for one in runs:
        before = len(found["live"])
        for hole in holes(one, every_s):
            _measure_hole(hole, found)
        if float(np.max(np.abs(one.truth.grade))) < _FLAT:
            flat.extend(found["live"][before:])
    say(f"track: {len(found['live'])} outages")
    where = f"{len(found['live'])} simulated outages, noise of streets before and after; mean size of the error"
    place, flipped = float(np.median(found["place"])), float(np.median(found["flipped"]))
    figures = [
        Figure("distance over a 60 s outage, live", _mean_size(found["live"]), "%", at_most=2.0, note=where),
        Figure("distance over a 60 s outage, after the run", _mean_size(found["after"]), "%", at_most=2.0,
               peer="straight line between the fixes", peer_value=_mean_size(found["chord"]), note=where),
        Figure("the same on level courses alone, live", _mean_size(flat) if flat else float("nan"), "%", note=where),
        Figure("distance over a 60 s outage, live, median", float(np.median(np.abs(found["live"]))), "%", note=where),
        Figure("distance over a 60 s outage, live, 95th percentile", float(np.quantile(np.abs(found["live"]), 0.95)),
               "%", note=where),
        Figure("the same with air pressure, live", _mean_size(found["live, air"]), "%", note=where),
        Figure("the same with air pressure, after the run", _mean_size(found["after, air"]), "%", note=where),
        Figure("place at the end of the outage, live, median", place, "m", note=where),
    ]  # fmt: skip
    return figures, [
        Control("distance over the outage without steps", _mean_size(found["chord"]), _mean_size(found["after"])),
        Control("place after the outage, heading's sign flipped", flipped, place),
    ]


def _measure_hole(hole: Hole, found: dict[str, list[float]]) -> None:
    samples = (hole.fix, hole.stride)
    first, last = hole.first, hole.first + _OUTAGE_S - 1
    live = _live(samples, hole.heading)
    for name, track in (("live", live), ("live, air", _live((*samples, hole.pressure)))):
        found[name].append(_percent(float(track.distance_m[last] - track.distance_m[first]), hole.true_m))
    for name, told in (("after", samples), ("after, air", (*samples, hole.pressure)), ("chord", (hole.fix,))):
        smooth = smooth_track(told, hole.heading)
        shift = int(smooth.t_s[0])
        gone = float(smooth.distance_m[last - shift] - smooth.distance_m[first - shift])
        found[name].append(_percent(gone, hole.true_m))
    flipped = _live(samples, Heading(hole.heading.t_s, -hole.heading.heading_rad))
    for name, told_live in (("place", live), ("flipped", flipped)):
        at = local_m(told_live.latitude_deg[last], told_live.longitude_deg[last], hole.true_place_deg)
        found[name].append(float(np.hypot(*at)))


def walked(rng: np.random.Generator, hours: float) -> tuple[Column, Column, Mask]:
    """Return cadence as a counter tells it, true cadence, and whether the walker truly stands (n,), at 1 Hz.

    A slow walker uphill, 0.35 to 0.9 m/s at 50 to 100 steps/min; stops of 15 to 120 s every 10 minutes; the counter
    misses 8 % of all seconds outright, and for a stretch of 3 to 5 s once in 5 minutes.
    """
    count = int(hours * 3600.0)
    true = np.clip(75.0 + wander(rng, count, 10.0, 120.0), 50.0, 100.0)
    stands = np.zeros(count, dtype=bool)
    for row in np.flatnonzero(rng.random(count) < 1.0 / 600.0):
        stands[row : row + int(rng.integers(15, 121))] = True
    true[stands] = 0.0
    told = np.where(rng.random(count) < 0.08, 0.0, true + rng.normal(0.0, 4.0, count) * ~stands)
    for row in np.flatnonzero(rng.random(count) < 1.0 / 300.0):
        told[row : row + int(rng.integers(3, 6))] = 0.0
    return np.maximum(told, 0.0), true, stands


def pause_figures(hours: float) -> tuple[list[Figure], list[Control]]:
    """Return false pauses in 100 h, and how late and how often true stops are found."""
    cadence, _, stands = walked(np.random.default_rng(3), hours)
    none = np.full(len(cadence), np.nan)
    satellite = np.abs(np.where(stands, 0.0, 0.5) + wander(np.random.default_rng(4), len(cadence), 0.3, 8.0))
    false, late, share = _pauses(paused_rows(PauseState(), cadence, none, none)[1], stands)
    by_satellite, _, _ = _pauses(paused_rows(PauseState(), none, none, satellite)[1], stands)
    where = f"{hours:.0f} simulated hours of slow uphill walking with stops of 15 to 120 s"
    per_100 = 100.0 / hours
    return [
        Figure("false pauses in 100 h", false * per_100, "", at_most=1.0, note=where, peer="by satellites",
               peer_value=by_satellite * per_100),
        Figure("delay until a true stop is told, median", late, "s", note=where),
        Figure("true stops found", 100.0 * share, "%", note=where),
    ], [Control("false pauses in 100 h by satellites alone", by_satellite * per_100, false * per_100)]  # fmt: skip


def _pauses(paused: Mask, stands: Mask) -> tuple[int, float, float]:
    """Return false pauses, the median delay in s of found stops, and the share of stops found."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], paused.astype(int), [0]))))
    begin, end = edges[::2], edges[1::2]
    total = np.concatenate(([0], np.cumsum(stands)))
    false = int(np.sum(total[end] - total[np.maximum(begin - 8, 0)] == 0))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], stands.astype(int), [0]))))
    first, last = edges[::2], edges[1::2]
    total = np.concatenate(([0], np.cumsum(paused)))
    found = total[last] > total[first]
    following = np.searchsorted(np.flatnonzero(paused), first[found])
    return false, float(np.median(np.flatnonzero(paused)[following] - first[found])), float(np.mean(found))


def stepped(seed: int, seconds: int = 900) -> tuple[Column, Fix, Stride]:
    """Return true speeds (n,) that change by 0.6 to 1.4 m/s every two minutes, and what a city's receiver tells."""
    rng = np.random.default_rng((seed, 5))
    low = rng.uniform(2.4, 3.0)
    high = low + rng.uniform(0.6, 1.4)
    t_s = np.arange(float(seconds))
    speed = np.where((t_s // 120) % 2 == 0, low, high)
    off = street_noise_m(rng, seconds)
    north = np.cumsum(speed) + off[:, 1]
    wild = np.where(rng.random(seconds) < 0.03, rng.normal(0.0, 1.5, seconds), 0.0)
    none = np.full(seconds, np.nan)
    cadence = (166.0 + 8.5 * (speed - 3.0)) * (1.0 + wander(rng, seconds, 0.01, 8.0))
    doppler = np.maximum(speed + rng.normal(0.0, 0.25, seconds) + wild, 0.0)
    fix = Fix(t_s, 50.0 + north / _M_PER_DEG, 8.0 + off[:, 0] / (_M_PER_DEG * np.cos(np.radians(50.0))), none, doppler,
              none)  # fmt: skip
    return speed, fix, Stride(t_s, cadence, none, none)


def pace_figures(seeds: range) -> tuple[list[Figure], list[Control], Plot]:
    """Return the pace's reaction to a step and its scatter at steady speed, beside a 10 s mean of the Doppler speed."""
    reacts: dict[str, list[float]] = {}
    scatter: dict[str, list[float]] = {}
    lines: tuple[Line, ...] = ()
    for seed in seeds:
        speed, fix, stride = stepped(seed)
        mean = np.convolve(fix.speed_m_s, np.ones(10) / 10.0)[: len(speed)]
        slow = np.convolve(fix.speed_m_s, np.ones(30) / 30.0)[: len(speed)]
        told = {"pace": _live((fix, stride)).speed_m_s, "10 s mean": mean, "30 s mean": slow}
        for name, pace in told.items():
            reaction, spread = _reaction(pace, speed)
            reacts.setdefault(name, []).extend(reaction)
            scatter.setdefault(name, []).append(spread)
        t_s = np.arange(len(told["pace"]), dtype=np.float64)
        part = slice(200, 460)
        lines = lines or tuple(
            Line(name, t_s[part], v[part])
            for name, v in (("truth", speed), ("pace", told["pace"]), ("10 s mean", mean))
        )
    where = f"{len(reacts['pace'])} simulated steps of 0.6 to 1.4 m/s; until 90 % are reached, 1 s lateness in it"
    return [
        Figure("reaction of the pace, median", float(np.median(reacts["pace"])), "s", at_most=5.0, peer="10 s mean",
               peer_value=float(np.median(reacts["10 s mean"])), note=where),
        Figure("reaction of the pace, 90th percentile", float(np.quantile(reacts["pace"], 0.9)), "s", note=where),
        Figure("sd of the pace at steady speed", float(np.mean(scatter["pace"])), "%", at_most=3.0, peer="10 s mean",
               peer_value=float(np.mean(scatter["10 s mean"])), note="from 40 s after a step to the next; simulated"),
    ], [
        Control("reaction of the pace, changes not looked for (30 s mean)", float(np.median(reacts["30 s mean"])),
                float(np.median(reacts["pace"])))
    ], Plot(
        "track_pace", "Live pace over a change (simulated, noise of streets)", "s", "m/s", lines)  # fmt: skip


def _reaction(pace: Column, speed: Column) -> tuple[list[float], float]:
    """Return the seconds until 90 % of each change are reached, and the relative sd in % at steady speed."""
    changes = np.flatnonzero(np.abs(np.diff(speed)) > 0.3) + 1
    found = []
    for row in changes[1:]:
        share = (pace[row : row + 60] - speed[row - 1]) / (speed[row] - speed[row - 1])
        there = np.flatnonzero(share >= 0.9)
        found.append(float(there[0]) + 1.0 if len(there) else 60.0)
    since = np.arange(len(pace)) % 120
    steady = (since >= 40) & (np.arange(len(pace)) > 240)
    return found, 100.0 * float(np.std(pace[steady] / speed[: len(pace)][steady]))


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return what track and pace reach: simulated truth, and the grade curve on the open athletes."""
    names, seeds = ("flat10k", "hills", "intervals", "default"), range(1, 2 if quick else 4)
    runs = [street(name, seed, 1300 if quick else 100_000) for name in names for seed in seeds]
    say(f"track: {len(runs)} simulated runs")
    parts: list[Callable[[], tuple[list[Figure], list[Control]]]] = [
        lambda: distance_figures(runs, say),
        lambda: outage_figures(runs, 600 if quick else 400, say),
        lambda: pause_figures(20.0 if quick else 100.0),
    ]
    told = [part() for part in parts]
    pace, pace_controls, plot = pace_figures(range(2 if quick else 12))
    grade, grade_notes = grade_figures(recordings, quick, say)
    real = agreement_figures(recordings, 2 if quick else 30, say)
    figures = [f for part in told for f in part[0]] + pace + real + grade
    controls = [c for part in told for c in part[1]] + pace_controls
    return Section("track", "simulated runs, noise of streets made in the benchmark; grade and agreement: open files",
                   tuple(figures), tuple(controls), (plot,), grade_notes)  # fmt: skip
