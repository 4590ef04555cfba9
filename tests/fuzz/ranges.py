"""What a runner's tracker can measure, told a second time: the fuzz program trusts no limit of the code it tests."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from edge.samples import Columnar, stream_name

#: stream -> column -> lowest and highest value that may be stored; NaN may, infinity never
RANGES: dict[str, dict[str, tuple[float, float]]] = {
    "inertial": {"accel_m_s2": (-320, 320), "gyro_rad_s": (-70, 70)},
    "magnetic": {"field_ut": (-5000, 5000)},
    "pressure": {"pressure_pa": (30_000, 110_000), "temperature_c": (-60, 85)},
    "fix": {
        "latitude_deg": (-90, 90),
        "longitude_deg": (-180, 180),
        "altitude_m": (-500, 9000),
        "speed_m_s": (-0.01, 15),
        "accuracy_m": (0, 1e5),
    },
    "altitude": {"altitude_m": (-500, 9000)},
    "heart_rate": {"bpm": (1, 250), "rr_count": (0, 1000), "rr_s": (0.2, 3.0)},
    "stride": {"cadence_spm": (0, 300), "speed_m_s": (-0.01, 15), "distance_m": (0, 4.3e8)},
    "cycling": {"cadence_rpm": (0, 300), "speed_m_s": (0, 55), "distance_m": (0, 1.2e10)},
    "odometer": {"distance_m": (0, 4.3e8), "speed_m_s": (-0.01, 15)},
    "power": {"power_w": (0, 3000)},
    "dynamics": {"vertical_oscillation_m": (0, 0.5), "ground_contact_s": (0, 2), "step_length_m": (0, 4)},
    "battery": {"level_percent": (0, 100)},
    "temperature": {"temperature_c": (-60, 85)},
    "humidity": {"humidity_percent": (0, 100)},
}


def outside(kept: Columnar) -> Iterator[str]:
    """Yield what in believed samples is outside its range, in words: a value, a time, or counts that do not fit."""
    name = stream_name(kept)
    if not np.isfinite(kept.t_s).all():
        yield f"{name}.t_s holds {kept.t_s[~np.isfinite(kept.t_s)][0]}"
    for column, (low, high) in RANGES[name].items():
        values = getattr(kept, column)
        if values.size and not (low <= np.fmin.reduce(values, axis=None) and np.fmax.reduce(values, axis=None) <= high):
            if np.isnan(values).all():
                continue
            yield f"{name}.{column} holds {np.fmin.reduce(values, axis=None)} to {np.fmax.reduce(values, axis=None)}"
    if name == "heart_rate" and int(kept.rr_count.sum()) != len(kept.rr_s):  # type: ignore[union-attr]
        yield "heart_rate.rr_count does not count rr_s"
