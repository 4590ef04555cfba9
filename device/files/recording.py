"""What a file of any format becomes: recordings of samples, and what could not be kept.

The rule of this file: the format ends here. Nothing behind it knows FIT from GPX.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from edge.samples import DeviceInfo, Gap, Samples
from edge.summary import Pause


@dataclass(frozen=True, slots=True)
class Lap:
    """One lap or length as the device states it, in s since the recording's start and m."""

    from_s: float
    to_s: float
    distance_m: float
    trigger: str


@dataclass(frozen=True, slots=True)
class StatedTotals:
    """The recording device's own totals of a session; NaN where it states none."""

    duration_s: float
    timer_s: float
    distance_m: float
    ascent_m: float
    descent_m: float
    avg_hr_bpm: float
    max_hr_bpm: float
    avg_cadence_spm: float
    calories_kcal: float


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """One session of one sport: its samples (t_s since `start_unix_s`), pauses, laps and stated totals."""

    sport: str
    sub_sport: str
    start_unix_s: float
    utc_offset_s: float
    """Local time minus UTC in s; NaN where the file does not say."""
    device: str
    samples: tuple[Samples, ...]
    pauses: tuple[Pause, ...]
    laps: tuple[Lap, ...]
    stated: StatedTotals


@dataclass(frozen=True, slots=True, eq=False)
class FileReading:
    """What one file held: `kind` is "activity" or the name of what it is instead."""

    name: str
    kind: str
    recordings: tuple[Recording, ...]
    problems: tuple[str, ...]
    """One clear sentence for each thing that was not kept, naming where."""
    whole: bool
    """False when a defect cut the reading short: what stands before it is in `recordings`."""
    sha256: str


def shifted(samples: Iterable[Samples], by_s: float) -> tuple[Samples, ...]:
    """Return the samples with all their times moved by so many s."""
    if by_s == 0.0:
        return tuple(samples)
    return tuple(_moved(one, by_s) for one in samples)


def _moved(one: Samples, by_s: float) -> Samples:
    if isinstance(one, DeviceInfo):
        return one
    if isinstance(one, Gap):
        return dataclasses.replace(one, from_s=one.from_s + by_s, to_s=one.to_s + by_s)
    return dataclasses.replace(one, t_s=one.t_s + by_s)
