"""A finished run, told to the trip detector: its positions, its pressure, and that it was on foot.

The rule of this file: a run only adds to what is known; whatever is wrong with it, the run itself is safe before.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from app.coach import facts_of
from app.store import RunRow, Store
from app.trip_feed import Feed
from app.trips import home_among
from edge.samples import Column, Fix, Pressure, Samples
from edge.trip import Background
from edge.trip_types import TripEvent

EVERY_S = 15.0
#: Who runs or walks takes so many steps/s; a sport on foot says so where nothing counts them.
STEPS_HZ = 2.5
ON_FOOT = frozenset({"running", "walking", "hiking", "trail_running"})
_Timed = TypeVar("_Timed", Fix, Pressure)


def notice(store: Store, run_id: str) -> tuple[TripEvent, ...]:
    """Return what a run of the diary tells of a journey, after keeping it there; nothing for other sports."""
    row = store.run(run_id)
    if row.sport not in ON_FOOT:
        return ()
    samples, _ = store.samples(run_id)
    before = [f for f in facts_of(store) if f.run_id != run_id]
    feed = Feed(store, home_among(before, row.start_unix_s))
    told = [event for sample in background(row, samples) for event in feed.feed(sample)]
    feed.save()
    return tuple(told)


def background(row: RunRow, samples: Sequence[Samples]) -> list[Background]:
    """Return a run as the detector takes it: one sample every 15 s, from the last fix and the median pressure in it."""
    fixes, air = _columns(samples, Fix), _columns(samples, Pressure)
    times = [t for part in (fixes, air) if part for t in (part["t_s"][0], part["t_s"][-1])]
    if not times:
        return []
    edges = np.arange(min(times), max(times) + EVERY_S, EVERY_S)
    return [_sample(row, float(a), float(a) + EVERY_S, fixes, air) for a in edges]


def _columns(samples: Sequence[Samples], kind: type[_Timed]) -> dict[str, Column]:
    """Return all samples of a kind as columns in order of time; empty where there are none."""
    found = [s for s in samples if isinstance(s, kind) and len(s)]
    if not found:
        return {}
    names = [name for name in kind.__slots__ if isinstance(getattr(found[0], name), np.ndarray)]
    whole = {name: np.concatenate([getattr(s, name) for s in found]) for name in names}
    order = np.argsort(whole["t_s"], kind="stable")
    return {name: column[order] for name, column in whole.items()}


def _sample(row: RunRow, from_s: float, to_s: float, fixes: dict[str, Column], air: dict[str, Column]) -> Background:
    fix = dict.fromkeys(("latitude_deg", "longitude_deg", "altitude_m", "accuracy_m"), math.nan)
    if fixes:
        good = _within(fixes, from_s, to_s) & np.isfinite(fixes["latitude_deg"]) & np.isfinite(fixes["longitude_deg"])
        if good.any():
            last = int(np.flatnonzero(good)[-1])
            fix = {name: float(fixes[name][last]) for name in fix}
    pressure = math.nan
    if air:
        here = air["pressure_pa"][_within(air, from_s, to_s)]
        here = here[np.isfinite(here)]
        pressure = float(np.median(here)) if len(here) else math.nan
    return Background(
        row.start_unix_s + to_s,
        pressure_pa=pressure,
        steps=STEPS_HZ * (to_s - from_s),
        utc_offset_s=row.utc_offset_s,
        **fix,
    )


def _within(columns: dict[str, Column], from_s: float, to_s: float) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray((columns["t_s"] >= from_s) & (columns["t_s"] < to_s))
