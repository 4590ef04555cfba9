"""One recording in, one summary out: the numbers that a diary row, a report and the coach rest on.

The rule of this file: it only joins what track, altitude, heart and energy compute; NaN means unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

from edge.samples import Estimate, Samples

FOOT_SPORTS = frozenset({"running", "walking", "hiking"})


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in s since the start in which the device's timer stood still."""

    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What one recording amounts to; NaN where it cannot be known, None for a place without fixes."""

    duration_s: float
    timer_s: float
    moving_s: float
    distance_m: float
    ascent_m: float
    descent_m: float
    avg_hr_bpm: float
    max_hr_bpm: float
    avg_cadence_spm: float
    calories_kcal: Estimate
    altitude_min_m: float
    altitude_max_m: float
    start_latitude_deg: float
    start_longitude_deg: float
    altitude_noise_m: float
    """Standard deviation in m of the recording's own altitude noise, which sets the climb threshold."""
    best_efforts_s: dict[float, float]
    """Fastest time in s over each distance in m that the recording holds (`track.EFFORT_DISTANCES_M`)."""
    suspect: tuple[str, ...]
    """Why this recording must not count as a training run (satellite spikes, a vehicle, impossible speed)."""


def summarise(
    samples: tuple[Samples, ...], sport: str, pauses: tuple[Pause, ...] = (), weight_kg: float = float("nan")
) -> RunSummary:
    """Return the summary of one recording."""
    raise NotImplementedError
