"""What the runs of a diary can teach a model of one person, and what it answers: the seam between rules and models.

The rule of this file: values and one Protocol, so that the coach works the same whoever learns, or nobody.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from edge.coach.beliefs import HeartLine, OwnTargets, Whereabouts
from edge.coach.columns import Runs
from edge.coach.types import Forecast, Profile
from edge.coach.where import Ground
from edge.samples import Column

#: Ascent beyond this share of the distance is a fault of the altitude, and heart rates outside are no mean of a run.
MOST_CLIMB_SHARE = 0.1
HR_RANGE_BPM = (70.0, 215.0)


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """The valid runs (n,), oldest first: id, local day, start in Unix s, distance as at sea level in m, time in motion
    in s, mean heart rate in bpm, ascent in m, latitude and longitude in degrees; NaN where unknown.
    """

    run_id: tuple[str, ...]
    day: NDArray[np.int64]
    start_unix_s: Column
    distance_m: Column
    """As run."""
    sea_level_m: Column
    """The distance that the same effort covers at sea level."""
    moving_s: Column
    avg_hr_bpm: Column
    ascent_m: Column
    latitude_deg: Column
    longitude_deg: Column

    def __len__(self) -> int:
        return len(self.run_id)

    def first(self, count: int) -> Lessons:
        """Return the first lessons alone."""
        return Lessons(*(getattr(self, name)[:count] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What else is known of the person: what they said, home's altitude in m and latitude and longitude in degrees."""

    profile: Profile
    home_altitude_m: float = math.nan
    home_latitude_deg: float = math.nan
    home_longitude_deg: float = math.nan


@dataclass(frozen=True, slots=True)
class Taught:
    """What a model believes after the lessons: the heart-rate line, today's forecast by habit, and its own name."""

    heart: HeartLine
    forecast: Forecast | None
    source: str
    """The model with its hash, or the rules that stand in for it and why."""
    targets: OwnTargets | None = None
    """What it would have this person run by; None where it cannot say."""


class Learner(Protocol):
    """The seam to the models of one person: what the lessons up to a moment teach."""

    def taught(self, lessons: Lessons, person: Circumstances, today: int, now_unix_s: float) -> Taught: ...


def lessons_of(runs: Runs, loss: Column, ground: Ground) -> Lessons:
    """Return the lessons of valid runs; `loss` (n,) is the share by which altitude slowed each."""
    latitude, longitude = np.full(len(runs), np.nan), np.full(len(runs), np.nan)
    latitude[ground.index], longitude[ground.index] = ground.latitude_deg, ground.longitude_deg
    climb = np.array([f.ascent_m for f in runs.facts], dtype=np.float64)
    believed = (climb >= 0.0) & (climb <= MOST_CLIMB_SHARE * runs.distance_m)
    beat = (runs.avg_hr_bpm > HR_RANGE_BPM[0]) & (runs.avg_hr_bpm < HR_RANGE_BPM[1])
    return Lessons(
        tuple(f.run_id for f in runs.facts),
        runs.day,
        runs.start_unix_s,
        runs.distance_m,
        runs.distance_m * (1.0 + loss),
        runs.moving_s,
        np.where(beat, runs.avg_hr_bpm, np.nan),
        np.where(believed, climb, np.nan),
        latitude,
        longitude,
    )


def circumstances_of(profile: Profile, where: Whereabouts) -> Circumstances:
    """Return what is known of a person besides their runs."""
    home = where.home
    return Circumstances(
        profile,
        where.home_altitude_m.value if where.home_altitude_m is not None else math.nan,
        home.latitude_deg if home is not None else math.nan,
        home.longitude_deg if home is not None else math.nan,
    )
