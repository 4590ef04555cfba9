"""Runs as the commands print them: the JSON keys that `kadenz import` and `kadenz demo` share.

The rule of this file: SI units, NaN for unknown (it leaves as null), a device's own totals beside ours.
"""

from __future__ import annotations

import math
from typing import TypeAlias

from app.output import iso_time
from app.store import RunRow
from device.files.recording import StatedTotals
from device.files.totals import settled

Document: TypeAlias = dict[str, object]

_TOTALS = (
    "duration_s", "timer_s", "distance_m", "ascent_m", "descent_m",
    "avg_hr_bpm", "max_hr_bpm", "avg_cadence_spm", "calories_kcal",
)  # fmt: skip
_UNKNOWN = StatedTotals(*([math.nan] * len(_TOTALS)))


def run_document(row: RunRow) -> Document:
    """Return one run of the diary as a JSON object; `stated` holds the recording device's own totals."""
    stated = row.stated or _UNKNOWN
    document: Document = {
        "id": row.run_id,
        "sport": row.sport,
        "sub_sport": row.sub_sport or None,
        "start_time": iso_time(row.start_unix_s, row.utc_offset_s),
        **_measured(row, stated),
        "device": row.device or None,
        "stated": {name: _rounded(getattr(stated, name)) for name in _TOTALS},
    }
    return document


def _measured(row: RunRow, stated: StatedTotals) -> Document:
    """Return what was measured, null for all of it while the run is open."""
    names = (
        "duration_s", "timer_s", "moving_s", "distance_m", "ascent_m", "descent_m", "avg_hr_bpm", "max_hr_bpm",
        "avg_cadence_spm", "calories_kcal", "start_latitude_deg", "start_longitude_deg", "altitude_min_m",
        "altitude_max_m",
    )  # fmt: skip
    if row.summary is None:
        return dict.fromkeys(names)
    summary = settled(row.summary, stated, row.sport)
    values = {name: getattr(summary, name) for name in names if name != "calories_kcal"}
    values["calories_kcal"] = summary.calories_kcal.value
    return {name: _rounded(values[name], 7 if name.endswith("_deg") else 3) for name in names}


def _rounded(value: float, digits: int = 3) -> float | None:
    return round(float(value), digits) if math.isfinite(value) else None
