"""A simulated past run as a recording, so that it enters the diary by the same door as a file."""

from __future__ import annotations

import numpy as np

from device.files.recording import Recording, StatedTotals
from edge.samples import Fix, Odometer, Pressure, Stride, heart_rate
from hardware_sim.history import PastRun

_NOTHING = float("nan")


def recording_of(past: PastRun) -> Recording:
    """Return the recording that the simulated watch made of a past run."""
    rows = past.columns()
    unknown = np.full(len(rows.t_s), np.nan)
    return Recording(
        sport="running",
        sub_sport="",
        start_unix_s=past.start_unix_s,
        utc_offset_s=past.utc_offset_s,
        device="Kadenz simulator",
        samples=(
            Fix(rows.t_s, rows.latitude_deg, rows.longitude_deg, rows.altitude_m, rows.speed_m_s, unknown),
            Odometer(rows.t_s, rows.distance_m, rows.speed_m_s),
            heart_rate(rows.t_s, rows.hr_bpm),
            Stride(rows.t_s, rows.cadence_spm, unknown, unknown),
            Pressure(rows.t_s, rows.pressure_pa, unknown),
        ),
        pauses=(),
        laps=(),
        stated=StatedTotals(*[_NOTHING] * 9),
    )
