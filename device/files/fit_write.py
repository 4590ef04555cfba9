"""A recording becomes a FIT activity: file_id, timer events, records, laps, session, activity.

The rule of this file: one record a second, as the format counts; pauses are timer events; what the profile has no field
for goes into developer fields of float64. What still does not fit is counted. Source: FIT Profile, as `fit_columns`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from device.files import fit_encode as fit
from device.files.clock import FIT_EPOCH_S
from device.files.fit_encode import ENUM, SINT8, UINT8, UINT16, UINT32, ColumnOf, DeveloperColumn, Field, Raw, Text
from device.files.fit_names import number_of
from device.files.laying import Extra, Laid, Unheld, beats, laid, stops
from device.files.points import FOOT
from device.files.recording import Lap, Recording
from edge.samples import Column, DeviceInfo

(_FILE_ID, _EVENT, _RECORD, _LAP, _SESSION, _ACTIVITY, _DEVICE_INFO, _HRV, _DEVELOPER, _DESCRIPTION, _LENGTH) = range(
    11
)
#: The profile's numbers of these kinds of messages, in their order.
_NUMBERS = (0, 21, 20, 19, 18, 34, 23, 78, 207, 206, 101)
_ACTIVITY_FILE, _DEVELOPMENT = 4, 255
_TIMER, _START, _STOP, _STOP_ALL = 0, 0, 1, 4
_TIMESTAMP = 253
#: column of `Points` -> (field of a record, base type, scale, offset), stored as (value + offset) * scale.
_FIELDS: dict[str, tuple[int, fit.Base, float, float]] = {
    "altitude_m": (78, UINT32, 5.0, 500.0),
    "heart_rate_bpm": (3, UINT8, 1.0, 0.0),
    "distance_m": (5, UINT32, 100.0, 0.0),
    "speed_m_s": (73, UINT32, 1000.0, 0.0),
    "power_w": (7, UINT16, 1.0, 0.0),
    "temperature_c": (13, SINT8, 1.0, 0.0),
    "accuracy_m": (31, UINT8, 1.0, 0.0),
    "vertical_oscillation_m": (39, UINT16, 10000.0, 0.0),
    "ground_contact_s": (41, UINT16, 10000.0, 0.0),
    "step_length_m": (85, UINT16, 10000.0, 0.0),
}
#: extra column -> field of a record, as above; every other extra is a developer field.
_EXTRA_FIELDS = {"pressure.pressure_pa": (91, UINT32, 1.0, 0.0), "battery.level_percent": (81, UINT8, 2.0, 0.0)}
#: Of our developer data, so that readers can tell it from others': "kadenz" and the version of these fields.
_APPLICATION = b"kadenz export 1\0"
_HRV_SLOTS = 5
#: The order of messages of one second: ahead of its record, then what belongs to the record, then behind it.
_AHEAD, _OF_RECORD, _BEHIND, _LAST = range(4)


@dataclass(frozen=True, slots=True)
class _Said:
    """A message between the records: when (FIT s), its place among those of one second, its bytes."""

    time: int
    rank: int
    content: bytes


def fit_activity(recording: Recording) -> tuple[bytes, tuple[Unheld, ...]]:
    """Return the recording as a FIT file and what that could not hold; ValueError for times before 1990."""
    rows = laid(recording, whole_seconds=True)
    clock = _Clock(recording, rows)
    unheld = [*rows.unheld]
    sport, sub_sport = _sports(recording, unheld)
    columns, developer = _columns(rows, clock, unheld)
    laps = _laps(recording, clock, sport, sub_sport, unheld)
    said = [*_timer(recording, clock), *_beats(recording, rows, clock, unheld)]
    body = b"".join(
        (
            _who(recording, clock),
            *_descriptions(rows.extras),
            _woven(said, columns, developer, rows.points.time_s - FIT_EPOCH_S),
            *laps,
            _session(recording, clock, sport, sub_sport, len(laps)),
            _closing(recording, clock),
        )
    )
    return fit.fit_file(body), tuple(unheld)


class _Clock:
    """When a recording begins and ends, in FIT seconds, and how long its timer ran."""

    def __init__(self, recording: Recording, rows: Laid) -> None:
        time_s = rows.points.time_s
        self._zero_s = recording.start_unix_s - FIT_EPOCH_S
        first = self._zero_s if not len(time_s) else min(self._zero_s, float(time_s[0]) - FIT_EPOCH_S)
        spans = [recording.stated.duration_s, recording.stated.timer_s, *(lap.to_s for lap in recording.laps)]
        longest = max((span for span in spans if math.isfinite(span)), default=0.0)
        last = float(time_s[-1]) - FIT_EPOCH_S if len(time_s) else self._zero_s + longest
        if not 0x10000000 <= first <= last < 0xFFFFFFFF:
            raise ValueError(f"FIT cannot write a run of this date: {recording.start_unix_s!r}")
        self.start, self.end = round(self._zero_s), max(round(last), round(self._zero_s))
        self.elapsed_s = max(last - self._zero_s, 0.0)
        paused_s = sum(p.to_s - p.from_s for p in stops(recording))
        self.timer_s = max(self.elapsed_s - paused_s, 0.0)

    def at(self, t_s: float) -> int:
        """Return the FIT second of a time since the recording's start, within it."""
        return min(max(round(self._zero_s + t_s), self.start), self.end)

    def of(self, t_s: float) -> int:
        """Return the FIT second of a time since the recording's start, wherever it lies."""
        return round(self._zero_s + t_s)


def _who(recording: Recording, clock: _Clock) -> bytes:
    """Return file_id and device_info: who recorded it, by the number of its maker and the name of its model."""
    info = next((one for one in recording.samples if isinstance(one, DeviceInfo)), DeviceInfo())
    maker = number_of("manufacturer", info.manufacturer.replace(" ", "_")) if info.manufacturer else None
    model = info.model if maker is not None or not info.manufacturer else f"{info.manufacturer} {info.model}".strip()
    maker = _DEVELOPMENT if maker is None else maker
    model = model or recording.device
    head = fit.message(
        _FILE_ID, _NUMBERS[_FILE_ID],
        (Field(0, ENUM, _ACTIVITY_FILE), Field(1, UINT16, maker), Field(4, UINT32, clock.start), Text(8, model)),
    )  # fmt: skip
    firmware = _number(info.firmware)
    device = fit.message(
        _DEVICE_INFO, _NUMBERS[_DEVICE_INFO],
        (
            Field(_TIMESTAMP, UINT32, clock.start), Field(0, UINT8, 0), Field(2, UINT16, maker),
            Field(5, UINT16, firmware, 100.0), Text(27, model),
        ),
    )  # fmt: skip
    return head + device


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _sports(recording: Recording, unheld: list[Unheld]) -> tuple[int, int]:
    """Return the numbers of sport and sub-sport; a name without a number is generic, and noted."""
    numbers = []
    for kind, name in (("sport", recording.sport), ("sub_sport", recording.sub_sport or "generic")):
        number = number_of(kind, name)
        if number is None:
            unheld.append(Unheld(name, 1, "no name"))
        numbers.append(number or 0)
    return numbers[0], numbers[1]


def _columns(rows: Laid, clock: _Clock, unheld: list[Unheld]) -> tuple[list[ColumnOf], list[DeveloperColumn]]:
    """Return the columns of the records and those in developer fields; notes what is beyond a field."""
    points = rows.points
    stamps, _ = fit.stored(points.time_s - FIT_EPOCH_S, UINT32)
    found = [ColumnOf(_TIMESTAMP, UINT32, stamps)]

    def add(name: str, values: Column, number: int, base: fit.Base, scale: float, offset: float) -> None:
        kept, beyond = fit.stored(values, base, scale, offset)
        found.append(ColumnOf(number, base, kept))
        if beyond:
            unheld.append(Unheld(name, beyond, "beyond"))

    for number, name in ((0, "latitude_deg"), (1, "longitude_deg")):
        if len(getattr(points, name)):
            add(name, getattr(points, name), number, fit.SINT32, 2.0**31 / 180.0, 0.0)
    for name, how in _FIELDS.items():
        if len(getattr(points, name)):
            add(name, getattr(points, name), *how)
    if len(points.cadence):
        turns = points.cadence / 2.0 if rows.steps else points.cadence
        # A fraction that rounds to a whole one belongs to the next turn.
        ticks = np.rint(turns * 128.0)
        add("cadence", np.floor(ticks / 128.0), 4, UINT8, 1.0, 0.0)
        add("cadence", np.mod(ticks, 128.0), 53, UINT8, 1.0, 0.0)
    developer = []
    for number, extra in enumerate(rows.extras):
        if extra.name in _EXTRA_FIELDS:
            add(extra.name, extra.values, *_EXTRA_FIELDS[extra.name])
        else:
            developer.append(DeveloperColumn(number, extra.values))
    return found, developer


def _descriptions(extras: Sequence[Extra]) -> Iterator[bytes]:
    """Yield what tells readers about the developer fields, where there are any."""
    mine = [(number, extra) for number, extra in enumerate(extras) if extra.name not in _EXTRA_FIELDS]
    if mine:
        fields = (Raw(1, _APPLICATION), Field(3, UINT8, 0), Field(4, UINT32, 1))
        yield fit.message(_DEVELOPER, _NUMBERS[_DEVELOPER], fields)
    for number, extra in mine:
        unit = extra.name.rpartition(".")[2].split("_", 1)[-1]
        described = (
            Field(0, UINT8, 0), Field(1, UINT8, number), Field(2, UINT8, fit.FLOAT64_BYTE),
            Text(3, f"kadenz {extra.name}"), Text(8, unit),
        )  # fmt: skip
        yield fit.message(_DESCRIPTION, _NUMBERS[_DESCRIPTION], described)


def _event(when: int, rank: int, kind: int) -> _Said:
    fields = (Field(_TIMESTAMP, UINT32, when), Field(0, ENUM, _TIMER), Field(1, ENUM, kind))
    return _Said(when, rank, fit.message(_EVENT, _NUMBERS[_EVENT], fields))


def _timer(recording: Recording, clock: _Clock) -> Iterator[_Said]:
    """Yield the timer's start, its stops and starts, and its end."""
    yield _event(clock.start, _AHEAD, _START)
    for pause in stops(recording):
        begin, end = clock.at(pause.from_s), clock.at(pause.to_s)
        if begin < end < clock.end:
            yield _event(begin, _BEHIND, _STOP)
            yield _event(end, _AHEAD, _START)
    yield _event(clock.end, _LAST, _STOP_ALL)


def _beats(recording: Recording, rows: Laid, clock: _Clock, unheld: list[Unheld]) -> Iterator[_Said]:
    """Yield the beat intervals, five a message, behind the record they belong to."""
    owner, rr_s = beats(recording, rows.points.time_s)
    if not len(rr_s):
        return
    ticks, beyond = fit.stored(rr_s, UINT16, 1000.0)
    if beyond:
        unheld.append(Unheld("heart_rate.rr_s", beyond, "beyond"))
    head = fit.Raw(0, b"\xff" * 2 * _HRV_SLOTS)  # the definition comes from a message of this shape
    definition = bytearray(fit.message(_HRV, _NUMBERS[_HRV], (head,))[: -1 - len(head.value)])
    definition[-1] = UINT16.byte
    edges = np.flatnonzero(np.diff(owner)) + 1
    first = True
    for group in np.split(np.arange(len(owner)), edges):
        when = int(rows.points.time_s[int(owner[group[0]])] - FIT_EPOCH_S)
        for at in range(0, len(group), _HRV_SLOTS):
            some = ticks[group[at : at + _HRV_SLOTS]].tobytes().ljust(2 * _HRV_SLOTS, b"\xff")
            yield _Said(when, _OF_RECORD, (bytes(definition) if first else b"") + bytes([_HRV]) + some)
            first = False


def _woven(said: list[_Said], columns: list[ColumnOf], developer: list[DeveloperColumn], stamps: Column) -> bytes:
    """Return records and what is said between them, in order of time."""
    table = fit.table_rows(_RECORD, columns, developer)
    parts = [fit.table_definition(_RECORD, _NUMBERS[_RECORD], columns, developer)] if len(table) else []
    done = 0
    for one in sorted(said, key=lambda o: (o.time, o.rank)):
        side = "left" if one.rank == _AHEAD else "right"
        upto = int(np.searchsorted(stamps, one.time, side=side))  # type: ignore[call-overload]
        if upto > done:
            parts.append(table[done:upto].tobytes())
            done = upto
        parts.append(one.content)
    return b"".join((*parts, table[done:].tobytes()))


def _laps(recording: Recording, clock: _Clock, sport: int, sub_sport: int, unheld: list[Unheld]) -> list[bytes]:
    """Return the laps and active lengths; one lap of everything where the recording has none."""
    whole = Lap(0.0, clock.elapsed_s, recording.stated.distance_m, "session_end")
    found = []
    for lap in recording.laps or (whole,):
        end = clock.of(lap.to_s) if math.isfinite(lap.to_s) else clock.end
        span = (Field(_TIMESTAMP, UINT32, end), Field(2, UINT32, clock.of(lap.from_s)))
        lasted = Field(7, UINT32, lap.to_s - lap.from_s, 1000.0)
        if lap.trigger == "length":
            active = (*span, Field(3, UINT32, lasted.value, 1000.0), Field(12, ENUM, 1))
            found.append(fit.message(_LENGTH, _NUMBERS[_LENGTH], active))
            continue
        trigger = number_of("lap_trigger", lap.trigger)
        if trigger is None and lap.trigger:
            unheld.append(Unheld(lap.trigger, 1, "no name"))
        fields = (
            *span, lasted, Field(8, UINT32, _timer_of(recording, lap), 1000.0),
            Field(9, UINT32, lap.distance_m, 100.0), Field(24, ENUM, math.nan if trigger is None else trigger),
            Field(25, ENUM, sport), Field(39, ENUM, sub_sport),
        )  # fmt: skip
        found.append(fit.message(_LAP, _NUMBERS[_LAP], fields))
    return found


def _timer_of(recording: Recording, lap: Lap) -> float:
    """Return how long the timer ran within a lap, in s."""
    paused_s = sum(max(min(p.to_s, lap.to_s) - max(p.from_s, lap.from_s), 0.0) for p in stops(recording))
    return lap.to_s - lap.from_s - paused_s


def _session(recording: Recording, clock: _Clock, sport: int, sub_sport: int, laps: int) -> bytes:
    told = recording.stated
    duration_s = told.duration_s if math.isfinite(told.duration_s) else clock.elapsed_s
    timer_s = told.timer_s if math.isfinite(told.timer_s) else clock.timer_s
    turns = round((told.avg_cadence_spm / 2.0) * 128.0) if math.isfinite(told.avg_cadence_spm) else math.nan
    fields = (
        Field(_TIMESTAMP, UINT32, clock.end), Field(2, UINT32, clock.start), Field(5, ENUM, sport),
        Field(6, ENUM, sub_sport), Field(7, UINT32, duration_s, 1000.0), Field(8, UINT32, timer_s, 1000.0),
        Field(9, UINT32, told.distance_m, 100.0), Field(11, UINT16, told.calories_kcal),
        Field(16, UINT8, told.avg_hr_bpm), Field(17, UINT8, told.max_hr_bpm), Field(18, UINT8, turns // 128),
        Field(92, UINT8, turns % 128), Field(22, UINT16, told.ascent_m // 1),
        Field(199, UINT8, told.ascent_m % 1, 100.0),
        Field(23, UINT16, told.descent_m // 1), Field(200, UINT8, told.descent_m % 1, 100.0),
        Field(25, UINT16, 0), Field(26, UINT16, laps),
    )  # fmt: skip
    kept = fields if recording.sport in FOOT else tuple(f for f in fields if f.number not in (18, 92))
    return fit.message(_SESSION, _NUMBERS[_SESSION], kept)


def _closing(recording: Recording, clock: _Clock) -> bytes:
    """Return the activity message, which also says what the local time was."""
    told_s = recording.stated.timer_s
    timer_s = told_s if math.isfinite(told_s) else clock.timer_s
    fields = (
        Field(_TIMESTAMP, UINT32, clock.end), Field(0, UINT32, timer_s, 1000.0),
        Field(1, UINT16, 1), Field(2, ENUM, 0), Field(5, UINT32, clock.end + recording.utc_offset_s),
    )  # fmt: skip
    return fit.message(_ACTIVITY, _NUMBERS[_ACTIVITY], fields)
