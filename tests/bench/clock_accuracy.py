"""How well a tracker's clock is mapped to the host's: `python tests/bench/clock_accuracy.py [--json] [--seeds N]`.

Virtual time. The link is a model of its own that shares nothing with the estimator: connection events, packets that
wait for the next event, 10 % of them sent again at the event after, six packets an event at most, an outage of 40 s
whose queue comes as a burst, the host's own delay. The device clock loses 35 ppm, and its drift wanders by 3 ppm over
10 to 40 min. The error of a packet is the host time that it was given when it arrived, less the true one, less the
median of the hour; what a later packet tells is never used. Two links: `jitter` draws each event's place in its
interval, `lattice` keeps all events at equal distance, so that packets can keep step with them.
"""

from __future__ import annotations

import argparse
import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from device.clock import DeviceClock

Column = NDArray[np.float64]
RATES_HZ = {"1": 1.0, "2.7": 52.0 / 19.0, "5.3": 100.0 / 19.0, "50": 50.0}
INTERVALS_S = (0.0075, 0.030, 0.050)
DRIFT, WANDER = 35e-6, 3e-6
LOST, PER_EVENT = 0.10, 6
OUTAGE_S = (1500.0, 1540.0)
HOUR_S, WARM_S = 3600.0, 300.0


@dataclass(frozen=True, slots=True)
class Course:
    """What happened to the packets of an hour: device time of the last row, true host time of it, arrival, in s."""

    device_s: Column
    true_s: Column
    arrival_s: Column


def wander_s(t_s: Column, rng: np.random.Generator) -> Column:
    """Return how far a drift that swings by 3 ppm, in two periods of 10 to 40 min, moves a clock up to each time, s."""
    total = np.zeros_like(t_s)
    for _ in range(2):
        period_s, phase = rng.uniform(600.0, 2400.0), rng.uniform(0.0, 2.0 * np.pi)
        swing_s = WANDER / 2.0 * period_s / (2.0 * np.pi)
        total += swing_s * (np.sin(2.0 * np.pi * t_s / period_s + phase) - np.sin(phase))
    return total


def course(
    rate_hz: float, interval_s: float, seed: int, *, lattice: bool = False, hour_s: float = HOUR_S, frost: bool = False
) -> Course:
    """Return one seeded hour of a stream; `frost`: the runner leaves a warm house after 10 min (14 ppm, 10 min lag)."""
    rng = np.random.default_rng(seed)
    device_s = 1000.0 + np.arange(1, int(hour_s * rate_hz) + 1) / rate_hz
    true_s = rng.uniform(0.0, 1.0) + (device_s - 1000.0) * (1.0 + DRIFT) + wander_s(device_s - 1000.0, rng)
    if frost:
        out_s = np.maximum(0.0, device_s - 1600.0)
        true_s += 14e-6 * (out_s - 600.0 * (1.0 - np.exp(-out_s / 600.0)))
    sent_s = over_the_air(true_s + 0.001, events(interval_s, true_s[-1] + 200.0, lattice, rng), rng)
    arrival_s = sent_s + 0.0003 + rng.exponential(0.0002, len(sent_s))  # the host's own stack
    return Course(device_s, true_s, np.maximum.accumulate(arrival_s))


def events(interval_s: float, until_s: float, lattice: bool, rng: np.random.Generator) -> Column:
    """Return the times of the connection events in s; none while the radio is out."""
    times_s = np.arange(int(until_s / interval_s)) * interval_s + rng.uniform(0.0, interval_s)
    if not lattice:
        times_s += rng.uniform(0.0, interval_s, len(times_s))
    return times_s[(times_s < OUTAGE_S[0]) | (times_s >= OUTAGE_S[1])]


def over_the_air(ready_s: Column, event_s: Column, rng: np.random.Generator) -> Column:
    """Return when each packet gets through, in order: six an event at most, and a lost one ends its event."""
    through = rng.random((len(event_s), PER_EVENT)) >= LOST
    room = np.where(through.all(axis=1), PER_EVENT, through.argmin(axis=1)).tolist()
    when, sent, at, used = event_s.tolist(), [], 0, 0
    for first in np.searchsorted(event_s, ready_s).tolist():
        if first > at:
            at, used = first, 0
        while used >= room[at]:
            at, used = at + 1, 0
        sent.append(when[at])
        used += 1
    return np.array(sent)


# ── the methods ────────────────────────────────────────────────────────────────────────────────────────────────


def on_arrival(what: Course) -> Column:
    """Return the arrival as the host time, as most programs do."""
    return what.arrival_s


def from_first_arrival(what: Course) -> Column:
    """Return the first arrival plus the device's own seconds since."""
    return what.arrival_s[0] + what.device_s - what.device_s[0]


def least_squares(what: Course) -> Column:
    """Return the line through the last 600 s of arrivals, fitted anew at each packet."""
    x, y = what.device_s - what.device_s[0], what.arrival_s - what.device_s
    moments = np.vstack([np.ones_like(x), x, y, x * x, x * y]).cumsum(axis=1)
    before = np.searchsorted(x, x - 600.0)
    n, sx, sy, sxx, sxy = moments - np.where(before > 0, moments[:, before - 1], 0.0)
    spread = np.maximum(n * sxx - sx * sx, 1e-9)
    slope = np.where(n > 2, (n * sxy - sx * sy) / spread, 0.0)
    return np.asarray(what.device_s + (sy - slope * sx) / n + slope * x)


def least_delay(what: Course) -> Column:
    """Return the least delay of the last 600 s, drift left out: the control, which must be worse."""
    rising: deque[tuple[float, float]] = deque()
    least = []
    for device_s, delay_s in zip(what.device_s.tolist(), (what.arrival_s - what.device_s).tolist(), strict=True):
        while rising and rising[-1][1] >= delay_s:
            rising.pop()
        rising.append((device_s, delay_s))
        while rising[0][0] < device_s - 600.0:
            rising.popleft()
        least.append(rising[0][1])
    return what.device_s + np.array(least)


@dataclass(frozen=True, slots=True)
class Mapped:
    """What the clock made of an hour: host time of each packet, its stated doubt, in s; epochs that began."""

    host_s: Column
    doubt_s: Column
    epochs: int


def mapped(what: Course) -> Mapped:
    """Return what the clock maps each packet to at its arrival; the doubt is asked every 50 packets."""
    clock, host_s, doubt_s, told = DeviceClock(), [], [], 0.0
    for n, (device_s, arrival_s) in enumerate(zip(what.device_s.tolist(), what.arrival_s.tolist(), strict=True)):
        clock.update(device_s, arrival_s)
        host_s.append(clock.latest_host_s)
        told = clock.uncertainty_s() if n % 50 == 0 else told
        doubt_s.append(told)
    return Mapped(np.array(host_s), np.array(doubt_s), clock.epoch)


PEERS: dict[str, Callable[[Course], Column]] = {
    "stamp on arrival": on_arrival,
    "first arrival + device": from_first_arrival,
    "least squares, 600 s": least_squares,
    "least delay, no drift": least_delay,
}


# ── figures ────────────────────────────────────────────────────────────────────────────────────────────────────

Row = dict[str, float | int | str | None]


def centred_ms(host_s: Column, hour: Course) -> Column:
    """Return the error of each packet in ms, the hour's median taken out."""
    error_ms = 1000.0 * (host_s - hour.true_s)
    return np.asarray(error_ms - np.median(error_ms))


def figures(errors_ms: list[Column], device_s: Column) -> Row:
    """Return the worst seed's figures in ms, whole hour and after 5 min, and from when on it stays within 2 ms.

    `within_2_ms_after_s` is None where that is later than 5 min, or never.
    """
    since_s = device_s - device_s[0]
    whole = np.abs(errors_ms)
    after = whole[:, since_s >= WARM_S]
    last_s = float(np.where(whole > 2.0, since_s, 0.0).max())
    return {
        "p50_ms": float(np.median(whole, axis=1).max()),
        "p95_ms": float(np.percentile(whole, 95.0, axis=1).max()),
        "max_ms": float(whole.max()),
        "warm_p95_ms": float(np.percentile(after, 95.0, axis=1).max()),
        "warm_max_ms": float(after.max()),
        "within_2_ms_after_s": last_s if last_s < WARM_S else None,
    }


def accuracy(seeds: int, peers: bool = False, **link: bool) -> Iterator[Row]:
    """Yield one row for each rate, interval and method; ours with the epochs begun and the share within the doubt."""
    for (name, rate_hz), interval_s in product(RATES_HZ.items(), INTERVALS_S):
        hours = [course(rate_hz, interval_s, seed, **link) for seed in range(seeds)]
        setting: Row = {"packets_per_s": name, "interval_ms": 1000.0 * interval_s}
        for method, run in PEERS.items() if peers else ():
            errors = [centred_ms(run(hour), hour) for hour in hours]
            yield setting | {"method": method} | figures(errors, hours[0].device_s)
        ours = [mapped(hour) for hour in hours]
        errors = [centred_ms(one.host_s, hour) for one, hour in zip(ours, hours, strict=True)]
        held = np.mean([np.abs(e) <= 1000.0 * one.doubt_s for e, one in zip(errors, ours, strict=True)])
        epochs = sum(one.epochs for one in ours)
        yield (
            setting
            | {"method": "Kadenz"}
            | figures(errors, hours[0].device_s)
            | {"within_doubt": float(held), "false_epochs": epochs}
        )


JUMPS_S = {
    "set on 3600 s": 3600.0,
    "set on 1.5 s": 1.5,
    "set back 0.8 s": -0.8,
    "set back 3 s": -3.0,
    "reset to 0": 0.0,
}


def detection(seeds: int) -> Iterator[Row]:
    """Yield how long after a jump the new epoch began, in s from the jump, and epochs begun without one."""
    for (name, rate_hz), interval_s, (jump, by_s) in product(RATES_HZ.items(), (0.0075, 0.050), JUMPS_S.items()):
        found = [
            detected_s(course(rate_hz, interval_s, seed, hour_s=700.0), by_s, seed / seeds) for seed in range(seeds)
        ]
        after = [[t for t in times if t >= 0.0] for times in found]
        took = [times[0] for times in after if times]
        yield {
            "packets_per_s": name,
            "interval_ms": 1000.0 * interval_s,
            "jump": jump,
            "median_s": float(np.median(took)) if took else None,
            "max_s": max(took, default=None),
            "missed": seeds - len(took),
            "false_epochs": sum(len(times) for times in found) - len(took),
        }


def detected_s(what: Course, by_s: float, share: float) -> list[float]:
    """Return when epochs began, in s from a jump at this share of the way between two rows after 600 s."""
    first = int(np.searchsorted(what.true_s, what.true_s[0] + 600.0))
    jump_s = what.true_s[first - 1] + share * (what.true_s[first] - what.true_s[first - 1])
    moved_s = by_s if by_s else -what.device_s[first]
    device_s = what.device_s + np.where(np.arange(len(what.device_s)) >= first, moved_s, 0.0)
    clock = DeviceClock()
    told = [clock.update(d, a) for d, a in zip(device_s.tolist(), what.arrival_s.tolist(), strict=True)]
    return [float(t) for t in what.arrival_s[np.flatnonzero(told)] - jump_s]


def show(name: str, rows: Iterator[Row]) -> None:
    """Print rows as a table under their name."""
    print(f"\n{name}")
    heads: list[str] = []
    for row in rows:
        if heads != list(row):
            heads = list(row)
            print("  " + " ".join(f"{head:>{width(head)}}" for head in heads))
        print("  " + " ".join(f"{cell(value):>{width(head)}}" for head, value in row.items()), flush=True)


def width(head: str) -> int:
    """Return how wide a column is."""
    return 24 if head == "method" else max(14 if head == "jump" else 8, len(head))


def cell(value: float | int | str | None) -> str:
    """Return a value as text."""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def main() -> None:
    """Print the tables, or one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--seeds", type=int, default=10, help="hours per setting (default 10)")
    options = parser.parse_args()
    seeds = options.seeds
    few = max(1, seeds // 3)
    parts = {
        f"jitter of the interval, {seeds} hours each, worst hour": accuracy(seeds, peers=True),
        f"the same, out into the frost, {few} hours each": accuracy(few, frost=True),
        f"lattice, {few} hours each (1/s and 50 ms keep step: no one-way method can see it)": accuracy(
            few, lattice=True
        ),
        f"jumps, {seeds} each": detection(seeds),
    }
    if options.json:
        print(json.dumps({name: list(rows) for name, rows in parts.items()}))
        return
    for name, rows in parts.items():
        show(name, rows)


if __name__ == "__main__":
    main()
