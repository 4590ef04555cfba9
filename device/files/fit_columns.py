"""FIT messages become columns: record messages, developer fields, beat intervals, late heart rate.

The rule of this file: field numbers, scales and offsets are those of the FIT Profile ("record", "hr",
"hrv", "field_description"); an enhanced_ field wins over its short form, a native one over a developer's.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from device.files.clock import FIT_EPOCH_S
from device.files.fit_messages import Messages
from device.files.fit_wire import Part
from device.files.points import Points
from edge.samples import Column

RECORD, HRV, HR, FIELD_DESCRIPTION = 20, 78, 132, 206
_SEMICIRCLE_DEG = 180.0 / 2**31
#: developer field name in lower case -> (column, factor to SI); Stryd's and Garmin's running dynamics names.
_DEVELOPER_NAMES = {
    "power": ("power_w", 1.0),
    "run power": ("power_w", 1.0),
    "rp_power": ("power_w", 1.0),
    "ground time": ("ground_contact_s", 0.001),
    "vertical oscillation": ("vertical_oscillation_m", 0.01),
    "cadence": ("cadence", 1.0),
    "heart rate": ("heart_rate_bpm", 1.0),
    "hr": ("heart_rate_bpm", 1.0),
}
#: native record field -> (column, scale, offset): value / scale - offset
_NATIVE = {
    2: ("altitude_m", 5.0, 500.0),
    3: ("heart_rate_bpm", 1.0, 0.0),
    5: ("distance_m", 100.0, 0.0),
    6: ("speed_m_s", 1000.0, 0.0),
    7: ("power_w", 1.0, 0.0),
    13: ("temperature_c", 1.0, 0.0),
    31: ("accuracy_m", 1.0, 0.0),
    39: ("vertical_oscillation_m", 10000.0, 0.0),
    41: ("ground_contact_s", 10000.0, 0.0),
    85: ("step_length_m", 10000.0, 0.0),
    73: ("speed_m_s", 1000.0, 0.0),
    78: ("altitude_m", 5.0, 500.0),
}


def record_points(content: bytes, part: Part) -> Points:
    """Return the record messages of a part as points in file order (Unix time in s; NaN where it has none)."""
    records = Messages(content, part, RECORD)
    columns: dict[str, Column] = {"time_s": records.times() + FIT_EPOCH_S}
    if records.has(0) and records.has(1):
        columns["latitude_deg"] = records.column(0) * _SEMICIRCLE_DEG
        columns["longitude_deg"] = records.column(1) * _SEMICIRCLE_DEG
    for number, (name, scale, offset) in _NATIVE.items():
        if records.has(number):
            _prefer(columns, name, records.column(number, scale, offset))
    if records.has(8):
        speed, distance = _compressed_speed_distance(records)
        _fill(columns, "speed_m_s", speed)
        _fill(columns, "distance_m", distance)
    cadence = _cadence(records)
    if cadence is not None:
        columns["cadence"] = cadence
    for name, values in _developer(content, part, records):
        _fill(columns, name, values)
    return Points(**columns)


def _prefer(columns: dict[str, Column], name: str, values: Column) -> None:
    """Put values over what is there already, where they are measured."""
    old = columns.get(name)
    columns[name] = values if old is None else np.where(np.isfinite(values), values, old)


def _fill(columns: dict[str, Column], name: str, values: Column) -> None:
    """Put values only where nothing is measured yet."""
    old = columns.get(name)
    columns[name] = values if old is None else np.where(np.isfinite(old), old, values)


def _cadence(records: Messages) -> Column | None:
    """Return cadence per minute with its fraction, or None; cadence256 is the newer, finer form."""
    if not (records.has(4) or records.has(52)):
        return None
    whole, fraction, fine = records.column(4), records.column(53, 128.0), records.column(52, 256.0)
    joined = whole + np.where(np.isfinite(fraction) & (whole > 0.0), fraction, 0.0)
    return np.where(np.isfinite(joined), joined, fine)


def _compressed_speed_distance(records: Messages) -> tuple[Column, Column]:
    """Return speed in m/s and distance in m from three bytes: 12 bits at 1/100 m/s, 12 bits at 1/16 m, rolling."""
    raw = records.raw(8, 3).astype(np.int64)
    given = ~(raw == 0xFF).all(axis=1)
    speed = np.where(given, (raw[:, 0] | (raw[:, 1] & 0x0F) << 8) / 100.0, np.nan)
    ticks = ((raw[:, 1] >> 4) | (raw[:, 2] << 4))[given]
    distance = np.full(len(raw), np.nan)
    if len(ticks):
        distance[given] = np.concatenate(([0], np.cumsum(np.diff(ticks) % 4096))) / 16.0 + ticks[0] / 16.0
    return speed, distance


def _developer(content: bytes, part: Part, records: Messages) -> list[tuple[str, Column]]:
    """Return developer fields that say what a native column says, in the order of their descriptions."""
    described = Messages(content, part, FIELD_DESCRIPTION)
    index, number, base = described.column(0), described.column(1), described.column(2)
    names, native = described.text(3), described.column(15)
    scales = described.column(6)
    found: list[tuple[str, Column]] = []
    for i in range(len(described)):
        if not (np.isfinite(index[i]) and np.isfinite(number[i]) and np.isfinite(base[i])):
            continue
        target = _developer_target(names[i].lower(), native[i])
        if target is None:
            continue
        values = records.developer((int(index[i]), int(number[i])), int(base[i]))
        scale = scales[i] if np.isfinite(scales[i]) and scales[i] > 0 else 1.0
        if np.isfinite(values).any():
            found.append((target[0], values / scale * target[1]))
    return found


def _developer_target(name: str, native: float) -> tuple[str, float] | None:
    """Return the column a developer field fills and its factor; units are those its maker writes."""
    if name in _DEVELOPER_NAMES:
        return _DEVELOPER_NAMES[name]
    factors = {3: ("heart_rate_bpm", 1.0), 4: ("cadence", 1.0), 7: ("power_w", 1.0)}
    return factors.get(int(native)) if native == native else None


def late_heart_rate(content: bytes, part: Part) -> tuple[Column, Column]:
    """Return Unix times in s and beats/min of the hr messages (a strap read out after the swim)."""
    hr = Messages(content, part, HR)
    bpm, time_s = _flat(hr, 6), _event_times(hr)
    count = min(len(bpm), len(time_s))
    valid = np.isfinite(bpm[:count]) & np.isfinite(time_s[:count])
    return time_s[:count][valid], bpm[:count][valid]


def _flat(messages: Messages, number: int) -> Column:
    """Return an array field of all messages as one row of values in file order."""
    rows, values = [], []
    for at, block in messages.array(number):
        rows.append(np.repeat(at, block.shape[1]) * 64 + np.tile(np.arange(block.shape[1]), len(at)))
        values.append(block.ravel())
    if not rows:
        return np.empty(0)
    return np.concatenate(values)[np.argsort(np.concatenate(rows), kind="stable")]


def _event_times(hr: Messages) -> Column:
    """Return Unix times in s of every heart-rate event: full ones as they stand, 12-bit ones rolled forward."""
    start, fraction, full = hr.times() + FIT_EPOCH_S, hr.column(0, 32768.0), hr.column(9)
    size = max((b.shape[1] for _, b in hr.array(10)), default=0)
    packed = hr.raw(10, size).astype(np.int64) if size else np.empty((len(hr), 0), np.int64)
    out: list[Column] = []
    origin, last = np.nan, np.nan
    for i in range(len(hr)):
        if np.isfinite(full[i]):
            if np.isfinite(start[i]):
                origin = start[i] + (fraction[i] if np.isfinite(fraction[i]) else 0.0) - full[i] / 1024.0
            last = full[i]
            out.append(np.array([origin + last / 1024.0]))
        elif np.isfinite(last) and size:
            ticks = _unpack12(packed[i])
            rolled = last + np.cumsum(np.diff(np.concatenate(([last % 4096], ticks))) % 4096)
            last = float(rolled[-1])
            out.append(origin + rolled / 1024.0)
    return np.concatenate(out) if out else np.empty(0)


def _unpack12(packed: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 12-bit numbers from bytes, low bits first."""
    whole = packed[: len(packed) // 3 * 3].reshape(-1, 3)
    low = whole[:, 0] | (whole[:, 1] & 0x0F) << 8
    high = (whole[:, 1] >> 4) | whole[:, 2] << 4
    return np.column_stack((low, high)).ravel()


def beat_intervals(content: bytes, part: Part) -> tuple[Column, Column]:
    """Return beat intervals in s of the hrv messages and the Unix time of the record each stands behind."""
    hrv, records = Messages(content, part, HRV), Messages(content, part, RECORD)
    if not len(hrv) or not len(records):
        return np.empty(0), np.empty(0)
    where, intervals = [], []
    for rows, block in hrv.array(0):
        where.append(np.repeat(hrv.position[rows], block.shape[1]))
        intervals.append(block.ravel() / 1000.0)
    position, rr_s = np.concatenate(where), np.concatenate(intervals)
    order = np.argsort(position, kind="stable")
    position, rr_s = position[order], rr_s[order]
    valid = np.isfinite(rr_s) & (rr_s > 0.0) & (rr_s < 10.0)
    record = np.clip(np.searchsorted(records.position, position[valid]) - 1, 0, None)
    return records.times()[record] + FIT_EPOCH_S, rr_s[valid]
