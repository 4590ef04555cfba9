"""A workout as values, and as a FIT workout file: file_id, workout, one workout_step for each step and repeat.

The rule of this file: speeds in m/s, heart rates in beats/min, distances in m, durations in s; a step has one target
and may have a second for watches that know it. Source: FIT Profile, messages workout and workout_step.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from device.files import fit_encode as fit
from device.files.clock import FIT_EPOCH_S
from device.files.fit_encode import ENUM, UINT16, UINT32, UINT32Z, Field, Text
from device.files.fit_names import number_of

_FILE_ID, _WORKOUT, _STEP = 0, 1, 2
_NUMBERS = (0, 26, 27)
_WORKOUT_FILE, _DEVELOPMENT = 5, 255
_MESSAGE_INDEX = 254
#: FIT Profile, types wkt_step_duration, wkt_step_target and intensity.
_TIME, _DISTANCE, _OPEN_END, _REPEAT = 0, 1, 5, 6
_SPEED, _HEART_RATE, _OPEN = 0, 1, 2
INTENSITIES = {"active": 0, "rest": 1, "warmup": 2, "cooldown": 3, "recovery": 4, "interval": 5}
#: A custom heart rate is written this much higher: below it stands a share of the maximum (type workout_hr).
_BPM_FROM = 100.0
#: What watches show of a step's name and of its notes.
_NAME_BYTES, _NOTES_BYTES, _TEXT_BYTES = 40, 200, 254


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how far or how long (the other NaN; both NaN: until the button), and its bands (NaN: none)."""

    name: str
    intensity: str
    """A key of `INTENSITIES`."""
    distance_m: float = math.nan
    duration_s: float = math.nan
    speed_low_m_s: float = math.nan
    speed_high_m_s: float = math.nan
    hr_low_bpm: float = math.nan
    hr_high_bpm: float = math.nan
    heart_first: bool = False
    """Whether heart rate leads where both bands are given."""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Steps that are gone through so many times."""

    times: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Workout:
    """A session as steps, with its name and why it is what it is; `sport` and `sub_sport` are names of FIT."""

    name: str
    sport: str
    steps: tuple[Step | Repeat, ...]
    because: str = ""
    sub_sport: str = ""

    def unrolled(self) -> Iterator[Step]:
        """Yield every step as often as it is gone through."""
        for one in self.steps:
            if isinstance(one, Repeat):
                yield from one.steps * one.times
            else:
                yield one


def fit_workout(workout: Workout, made_unix_s: float, serial: int) -> bytes:
    """Return the workout as a FIT file; `serial` and the moment tell watches one file from another."""
    steps = list(_numbered(workout.steps))
    head = fit.message(
        _FILE_ID, _NUMBERS[_FILE_ID],
        (
            Field(0, ENUM, _WORKOUT_FILE), Field(1, UINT16, _DEVELOPMENT), Field(2, UINT16, 0),
            Field(3, UINT32Z, serial % 0xFFFFFFFF or 1), Field(4, UINT32, made_unix_s - FIT_EPOCH_S),
        ),
    )  # fmt: skip
    about = fit.message(
        _WORKOUT, _NUMBERS[_WORKOUT],
        (
            Field(4, ENUM, number_of("sport", workout.sport) or 0),
            Field(11, ENUM, number_of("sub_sport", workout.sub_sport or "generic") or 0),
            Field(6, UINT16, len(steps)), Text(8, fit.shortened(workout.name, _NAME_BYTES)),
            Text(17, fit.shortened(workout.because, _TEXT_BYTES)),
        ),
    )  # fmt: skip
    return fit.fit_file(b"".join((head, about, *(_message(i, fields) for i, fields in enumerate(steps)))))


_Fields = tuple[Field | Text, ...]


def _numbered(steps: Sequence[Step | Repeat]) -> Iterator[_Fields]:
    """Yield the fields of every workout_step; a repeat stands behind its steps and points at the first of them."""
    count = 0
    for one in steps:
        if isinstance(one, Step):
            yield _step(one)
            count += 1
            continue
        yield from (_step(step) for step in one.steps)
        yield (
            Field(1, ENUM, _REPEAT), Field(2, UINT32, count), Field(3, ENUM, _OPEN), Field(4, UINT32, one.times),
        )  # fmt: skip
        count += len(one.steps) + 1


def _step(step: Step) -> _Fields:
    targets = [*_targets(step), (_OPEN, math.nan, math.nan)]
    kind, low, high = targets[0]
    fields: list[Field | Text] = [
        Text(0, fit.shortened(step.name, _NAME_BYTES)), *_end(step), Field(3, ENUM, kind), Field(4, UINT32, 0),
        Field(5, UINT32, low), Field(6, UINT32, high), Field(7, ENUM, INTENSITIES[step.intensity]),
        Text(8, fit.shortened(step.notes, _NOTES_BYTES)),
    ]  # fmt: skip
    if len(targets) > 2:
        kind, low, high = targets[1]
        fields += [Field(19, ENUM, kind), Field(20, UINT32, 0), Field(21, UINT32, low), Field(22, UINT32, high)]
    return tuple(fields)


def _end(step: Step) -> tuple[Field, Field]:
    if math.isfinite(step.distance_m):
        return Field(1, ENUM, _DISTANCE), Field(2, UINT32, step.distance_m, 100.0)
    if math.isfinite(step.duration_s):
        return Field(1, ENUM, _TIME), Field(2, UINT32, step.duration_s, 1000.0)
    return Field(1, ENUM, _OPEN_END), Field(2, UINT32, math.nan)


def _targets(step: Step) -> list[tuple[int, float, float]]:
    """Return the bands of a step as (kind, low, high) in the units of the file, the leading one first."""
    found: list[tuple[int, float, float]] = []
    if math.isfinite(step.speed_low_m_s) and math.isfinite(step.speed_high_m_s):
        found.append((_SPEED, round(step.speed_low_m_s * 1000.0), round(step.speed_high_m_s * 1000.0)))
    if math.isfinite(step.hr_low_bpm) and math.isfinite(step.hr_high_bpm):
        found.append((_HEART_RATE, round(step.hr_low_bpm) + _BPM_FROM, round(step.hr_high_bpm) + _BPM_FROM))
    return found[::-1] if step.heart_first else found


def _message(index: int, fields: _Fields) -> bytes:
    return fit.message(_STEP, _NUMBERS[_STEP], (Field(_MESSAGE_INDEX, UINT16, index), *fields))
