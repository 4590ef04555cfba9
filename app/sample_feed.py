"""A scenario as samples beside the truth: for developers who want neither Bluetooth nor bytes.

The rule of this file: the samples are what a host decodes from the trackers' bytes, faults of the radio included; the
truth is the simulator's, at the sample's own time. It paces nothing and writes nothing. The schema has a version: a
field is added without a new one, and never changes its meaning.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.sim_link import handed_over
from device.files.recording import Recording
from device.files.tracks import NO_TOTALS
from device.session import TrackerSession
from edge import samples as s
from edge.samples import Column, Columnar, DeviceInfo, Gap, HeartRate, Samples, column_names, stream_name
from hardware_sim.truth import Truth
from hardware_sim.world import World

SCHEMA, VERSION = "kadenz-sim-feed", 1
#: stream -> the columns of the truth that it measures.
TRUTHS: dict[type[Columnar], tuple[str, ...]] = {
    s.HeartRate: ("hr_bpm",),
    s.Stride: ("cadence_spm", "speed_m_s", "distance_m"),
    s.Cycling: ("speed_m_s", "distance_m"),
    s.Odometer: ("speed_m_s", "distance_m"),
    s.Fix: ("latitude_deg", "longitude_deg", "altitude_m", "speed_m_s"),
    s.Altitude: ("altitude_m",),
    s.Pressure: ("pressure_pa", "altitude_m"),
    s.Inertial: ("speed_m_s", "cadence_spm", "heading_rad"),
    s.Magnetic: ("heading_rad",),
}
#: Every column of the truth at 1 Hz that can be written beside a file.
TRUTH_COLUMNS = (
    "t_s", "speed_m_s", "distance_m", "grade", "latitude_deg", "longitude_deg", "altitude_m", "heading_rad",
    "cadence_spm", "hr_bpm", "pressure_pa",
)  # fmt: skip
Document = dict[str, object]


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a host knew at an instant of the scenario in s, of what came just then."""

    at_s: float
    samples: tuple[Samples, ...]


def arrivals(world: World) -> Iterator[Arrived]:
    """Yield the samples of a world as they arrive at a host; the last are what waited for the end."""
    session = TrackerSession(start_s=0.0)
    for event in world.events():
        yield Arrived(event.t_s, session.feed(handed_over(event)))
    yield Arrived(world.duration_s, session.finish(world.duration_s))


def begins(world: World) -> Document:
    """Return the first line of a feed: what it is, and of whom and when."""
    place = world.scenario.place
    return {
        "kind": "start", "schema": SCHEMA, "version": VERSION, "simulated": True, "scenario": world.scenario.name,
        "seed": world.seed, "start_unix_s": world.start_unix_s, "utc_offset_s": place.utc_offset_s,
        "duration_s": world.duration_s, "trackers": [tracker.name for tracker in world.trackers],
    }  # fmt: skip


def lines_of(arrived: Arrived, truth: Truth) -> Iterator[Document]:
    """Yield a line for each sample and gap: its time, stream, values (None: not measured) and what is so."""
    for one in arrived.samples:
        if isinstance(one, Gap):
            lost = {"to_s": _known(one.to_s), "stream": one.stream, "cause": one.cause}
            yield {"kind": "gap", "t": _known(one.from_s), "at": arrived.at_s, **lost}
        elif isinstance(one, DeviceInfo):
            yield {"kind": "device", "t": arrived.at_s, "at": arrived.at_s, "values": _device(one)}
        else:
            yield from _rows(one, arrived.at_s, truth)


def ends(world: World, samples: int) -> Document:
    """Return the last line of a feed that came to its end."""
    return {"kind": "end", "t": world.duration_s, "samples": samples}


def _device(one: DeviceInfo) -> dict[str, str]:
    return {name: getattr(one, name) for name in DeviceInfo.__dataclass_fields__}


def _rows(one: Columnar, at_s: float, truth: Truth) -> Iterator[Document]:
    names = TRUTHS.get(type(one), ())
    true = [np.interp(one.t_s, truth.t_s, getattr(truth, name)).tolist() for name in names]
    columns = [_column(one, name) for name in column_names(type(one))[1:] if name != "rr_count"]
    told = [name for name in column_names(type(one))[1:] if name != "rr_count"]
    for row, t_s in enumerate(one.t_s.tolist()):
        yield {
            "kind": "sample",
            "t": _known(t_s),
            "at": at_s,
            "stream": stream_name(one),
            "values": {name: column[row] for name, column in zip(told, columns, strict=True)},
            "truth": {name: _known(column[row]) for name, column in zip(names, true, strict=True)},
        }


def _column(one: Columnar, name: str) -> list[object]:
    column = getattr(one, name)
    if isinstance(one, HeartRate) and name == "rr_s":
        ends = np.cumsum(one.rr_count).astype(np.int64)[:-1]
        return [part.tolist() for part in np.split(column, ends)]
    if column.ndim == 2:
        return [[_known(value) for value in row] for row in column.tolist()]
    return [_known(value) for value in column.tolist()]


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def recording_of(world: World, sport: str = "running") -> Recording:
    """Return a whole scenario as the recording that a host has at its end."""
    place, found = world.scenario.place, [one for arrived in arrivals(world) for one in arrived.samples]
    streams: list[Samples] = []
    for kind in s.STREAMS.values():
        whole = s.select(tuple(found), kind)
        if whole is not None and len(whole):
            streams.append(_in_order(whole))
    others = [one for one in found if isinstance(one, (Gap, DeviceInfo))]
    device = f"Kadenz simulator, {world.scenario.name}"
    samples = (DeviceInfo(model=device), *streams, *others)
    return Recording(
        sport, "", world.start_unix_s, place.utc_offset_s, device, samples, pauses=(), laps=(), stated=NO_TOTALS
    )


def _in_order(whole: Columnar) -> Columnar:
    """Return a stream by time; beat intervals, which belong to rows, stay where the order is right already."""
    if bool(np.all(np.diff(whole.t_s) >= 0.0)) or isinstance(whole, HeartRate):
        return whole
    order = np.argsort(whole.t_s, kind="stable")
    return type(whole)(*(getattr(whole, name)[order] for name in column_names(type(whole))))


def truth_document(world: World) -> Document:
    """Return the truth of a whole scenario at 1 Hz, by column, and the instants of the heart's beats."""
    columns: dict[str, Column] = {name: getattr(world.truth, name) for name in TRUTH_COLUMNS}
    told = {name: [_known(value) for value in column.tolist()] for name, column in columns.items()}
    return {**begins(world), "kind": "truth", "columns": told, "beats_s": world.truth.beats_s.tolist()}
