"""The types that flow: columns of samples, SI inside, the unit in every name.

The rule of this file: a sample type is a frozen set of columns of equal length, its first column is
`t_s`, seconds since the recording's start, and NaN means "not measured". What was lost is a `Gap`,
a value like any other, never silence and never a repeated last number.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Column: TypeAlias = NDArray[np.float64]


class _Columns:
    """Shared behaviour of the column types: every field is one array, all of one length."""

    __slots__ = ()

    def __post_init__(self) -> None:
        lengths = set()
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            column = np.asarray(getattr(self, field.name), dtype=np.float64)
            object.__setattr__(self, field.name, column)
            if not field.metadata.get("ragged"):
                lengths.add(len(column))
        if len(lengths) > 1:
            raise ValueError(f"{type(self).__name__}: columns differ in length: {sorted(lengths)}")

    def __len__(self) -> int:
        return len(self.t_s)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, eq=False)
class Inertial(_Columns):
    """Accelerometer (n, 3) in m/s2 with gravity and gyroscope (n, 3) in rad/s, sensor frame."""

    t_s: Column
    accel_m_s2: Column
    gyro_rad_s: Column


@dataclass(frozen=True, slots=True, eq=False)
class Magnetic(_Columns):
    """Magnetic field (n, 3) in microtesla, sensor frame."""

    t_s: Column
    field_ut: Column


@dataclass(frozen=True, slots=True, eq=False)
class Pressure(_Columns):
    """Air pressure in Pa and the sensor's own temperature in deg C (NaN where it has none)."""

    t_s: Column
    pressure_pa: Column
    temperature_c: Column


@dataclass(frozen=True, slots=True, eq=False)
class Fix(_Columns):
    """Satellite fixes: WGS 84 degrees, altitude in m, ground speed in m/s, accuracy in m (1 sigma)."""

    t_s: Column
    latitude_deg: Column
    longitude_deg: Column
    altitude_m: Column
    speed_m_s: Column
    accuracy_m: Column


@dataclass(frozen=True, slots=True, eq=False)
class Altitude(_Columns):
    """Altitude in m as the device states it (barometric, satellite or mixed)."""

    t_s: Column
    altitude_m: Column


@dataclass(frozen=True, slots=True, eq=False)
class HeartRate(_Columns):
    """Heart rate in beats/min; `rr_s` holds all beat intervals in s, `rr_count` how many fall to each row."""

    t_s: Column
    bpm: Column
    rr_count: Column
    rr_s: Column = dataclasses.field(metadata={"ragged": True})


@dataclass(frozen=True, slots=True, eq=False)
class Stride(_Columns):
    """Cadence in steps/min (both feet), speed in m/s, and the sensor's own distance since start in m."""

    t_s: Column
    cadence_spm: Column
    speed_m_s: Column
    distance_m: Column


@dataclass(frozen=True, slots=True, eq=False)
class Cycling(_Columns):
    """Crank cadence in revolutions/min, speed in m/s, distance since start in m."""

    t_s: Column
    cadence_rpm: Column
    speed_m_s: Column
    distance_m: Column


@dataclass(frozen=True, slots=True, eq=False)
class Odometer(_Columns):
    """The recording device's own distance since start in m and speed in m/s, whatever the sport."""

    t_s: Column
    distance_m: Column
    speed_m_s: Column


@dataclass(frozen=True, slots=True, eq=False)
class Power(_Columns):
    """Mechanical power in W as the device states it."""

    t_s: Column
    power_w: Column


@dataclass(frozen=True, slots=True, eq=False)
class Dynamics(_Columns):
    """Running dynamics: vertical oscillation in m, ground contact in s, step length in m."""

    t_s: Column
    vertical_oscillation_m: Column
    ground_contact_s: Column
    step_length_m: Column


@dataclass(frozen=True, slots=True, eq=False)
class Battery(_Columns):
    """Battery level in per cent."""

    t_s: Column
    level_percent: Column


@dataclass(frozen=True, slots=True, eq=False)
class Temperature(_Columns):
    """Temperature in deg C."""

    t_s: Column
    temperature_c: Column


@dataclass(frozen=True, slots=True, eq=False)
class Humidity(_Columns):
    """Relative humidity in per cent."""

    t_s: Column
    humidity_percent: Column


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """Who sent the samples; an empty string means the device did not say."""

    manufacturer: str = ""
    model: str = ""
    firmware: str = ""
    serial: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of one stream that was lost, in s since the start, and why."""

    from_s: float
    to_s: float
    stream: str
    cause: str


Columnar: TypeAlias = (
    Inertial
    | Magnetic
    | Pressure
    | Fix
    | Altitude
    | HeartRate
    | Stride
    | Cycling
    | Odometer
    | Power
    | Dynamics
    | Battery
    | Temperature
    | Humidity
)
Samples: TypeAlias = Columnar | DeviceInfo | Gap

Kind = TypeVar("Kind", bound=Columnar)
Table = TypeVar("Table", bound="DataclassInstance")

#: Name of each column type as the diary and the commands spell it.
STREAMS: dict[str, type[Columnar]] = {
    "inertial": Inertial,
    "magnetic": Magnetic,
    "pressure": Pressure,
    "fix": Fix,
    "altitude": Altitude,
    "heart_rate": HeartRate,
    "stride": Stride,
    "cycling": Cycling,
    "odometer": Odometer,
    "power": Power,
    "dynamics": Dynamics,
    "battery": Battery,
    "temperature": Temperature,
    "humidity": Humidity,
}
_NAMES = {kind: name for name, kind in STREAMS.items()}


def stream_name(samples: Columnar) -> str:
    """Return the stream name of a column type, as in `STREAMS`."""
    return _NAMES[type(samples)]


def column_names(kind: type[_Columns]) -> tuple[str, ...]:
    """Return the column names of a sample type in their fixed order."""
    return tuple(field.name for field in dataclasses.fields(kind))  # type: ignore[arg-type]


def select(samples: tuple[Samples, ...], kind: type[Kind]) -> Kind | None:
    """Return all samples of one kind joined in the order given, or None where there are none."""
    parts = [s for s in samples if type(s) is kind]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else joined(kind, parts)


def joined(kind: type[Table], parts: Sequence[Table]) -> Table:
    """Return the rows of tables of one kind, a dataclass of columns, one after the other; no parts, no rows."""
    columns = ([getattr(p, one.name) for p in parts] or [np.empty(0)] for one in dataclasses.fields(kind))
    return kind(*(np.concatenate(column) for column in columns))


def in_time_order(t_s: Column, *columns: Column) -> tuple[Column, ...]:
    """Return the columns with rising time, one row an instant; the order and number of equal rows never matter.

    Rows without a finite time are dropped. Of rows that share an instant but differ, the one that is smallest
    by its columns from left to right stays (NaN counts as largest), so a row with a value beats one without.
    """
    if len(t_s) == 0 or bool(np.all(np.diff(t_s) > 0) and np.isfinite(t_s[[0, -1]]).all()):
        return (t_s, *columns)
    order = np.lexsort((*columns[::-1], t_s))
    order = order[np.isfinite(t_s[order])]
    first = np.ones(len(order), dtype=bool)
    first[1:] = np.diff(t_s[order]) > 0
    return tuple(column[order[first]] for column in (t_s, *columns))


def newest_at(t_s: Column, at_s: Column, value: Column, stale_s: float) -> tuple[Column, Column]:
    """Return the newest known value (n,) at each time, NaN once it is older than stale, and its age in s.

    `at_s` rises; NaN values are passed over. The age goes on while the value is stale, and is NaN before the first.
    """
    known = np.isfinite(value)
    at_s, value = at_s[known], value[known]
    if not at_s.size:
        return np.full(len(t_s), np.nan), np.full(len(t_s), np.nan)
    index = np.searchsorted(at_s, t_s, side="right") - 1
    age_s = np.where(index >= 0, t_s - at_s[index], np.nan)
    return np.where(age_s <= stale_s, value[index], np.nan), age_s


def heart_rate(t_s: Column, bpm: Column) -> HeartRate:
    """Return heart-rate samples (n,) without beat intervals."""
    return HeartRate(t_s, bpm, np.zeros(len(t_s)), np.empty(0))


@dataclass(frozen=True, slots=True)
class Estimate:
    """An inferred number with its 90 % interval and where it comes from."""

    value: float
    low: float
    high: float
    source: str
