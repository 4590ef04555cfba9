"""Recordings as another body, another place on it or another device might have given them.

The rule of this file: only what differs between places and people is varied, each 20 s in its own way: how fast one
goes, how strongly force and turning reach the sensor, and how much of the fast and of the slow gets there (soft
tissue, cloth and limbs pass frequencies unlike). Gravity stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from edge.samples import Column
from models.train.activity_recordings import Recording

PART_S = 20.0
_LEAST_S = 5.0
PACE = 0.1
"""Faster or slower by up to this share."""
FORCE_GAIN, TURNING_GAIN = 0.25, 0.35
"""S.d. of the logarithm of how strong the swings are."""
TILT = 0.3
"""S.d. of the exponent of frequency by which fast swings are stronger than those of 2 Hz."""
_PIVOT_HZ, _TILTED_HZ = 2.0, (0.4, 8.0)


def varied(recording: Recording, generator: np.random.Generator) -> Iterator[Recording]:
    """Yield every 20 s of a recording, each varied in its own way."""
    size, count = round(PART_S * recording.rate_hz), len(recording.accel_m_s2)
    for start in range(0, count - round(_LEAST_S * recording.rate_hz), size):
        rows, label = slice(start, start + size), recording.label
        pace = 1.0 + generator.uniform(-PACE, PACE)
        yield replace(
            recording,
            label=label if isinstance(label, str) else label[rows],
            accel_m_s2=_coloured(recording.accel_m_s2[rows], recording.rate_hz, FORCE_GAIN, generator),
            gyro_rad_s=_coloured(recording.gyro_rad_s[rows], recording.rate_hz, TURNING_GAIN, generator) * pace,
            rate_hz=recording.rate_hz * pace,
        )


def _coloured(rows: Column, rate_hz: float, gain: float, generator: np.random.Generator) -> Column:
    """Return rows (n, 3) whose swings about the mean are stronger or weaker, the fast ones unlike the slow ones."""
    mean = rows.mean(axis=0)
    hz = np.clip(np.fft.rfftfreq(len(rows), 1.0 / rate_hz), *_TILTED_HZ)
    factor = np.exp(generator.normal(0.0, gain)) * (hz / _PIVOT_HZ) ** generator.normal(0.0, TILT)
    spectrum = np.fft.rfft(rows - mean, axis=0) * factor[:, None]
    return np.asarray(np.fft.irfft(spectrum, len(rows), axis=0) + mean)
