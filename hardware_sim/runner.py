"""Who runs: body, heart and gait of one person, and how people differ.

The rule of this file: a person is a frozen value; what changes during a run lives in `effort`.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Gait:
    """How one person moves; angles in rad, ratios without unit."""

    cadence_at_3_spm: float = 166.0
    """Steps/min at 3 m/s on the flat."""
    cadence_per_m_s: float = 8.5
    """Steps/min more for each m/s; assumed 6 to 12 across people."""
    duty: float = 0.68
    """Ground contact as a share of the step time: 0.25 s of 0.36 s at an easy pace."""
    impact_m_s2: float = 16.0
    """Peak of the foot strike's transient at the trunk."""
    impact_decay_s: float = 0.018
    asymmetry: float = 0.03
    """Right step's impact above the left one's, relative."""
    lean_rad: float = 0.12
    pitch_rad: float = 0.035
    roll_rad: float = 0.06
    yaw_rad: float = 0.11
    arm_swing_rad: float = 0.55
    forearm_m: float = 0.26


@dataclass(frozen=True, slots=True)
class Runner:
    """One simulated person. Heart rates in beats/min, oxygen uptake in ml/kg/min at sea level."""

    name: str
    age: float
    sex: str
    weight_kg: float
    height_m: float
    rest_hr_bpm: float
    max_hr_bpm: float
    vo2max_ml_kg_min: float
    easy_speed_m_s: float
    """Flat speed at which this person runs an easy day at home."""
    home_altitude_m: float = 100.0
    hr_rise_s: float = 28.0
    """Time constant of the heart rate going up; assumed 20 to 40 s across people."""
    hr_fall_s: float = 48.0
    drift_bpm_per_h: float = 7.0
    """Cardiovascular drift after the first ten minutes at 15 deg C (Coyle & Gonzalez-Alonso 2001: 5-15 %)."""
    altitude_loss_per_km: float = 0.063
    """Share of VO2max lost per 1,000 m above 300 m (Wehrlin & Hallen 2006; range 0.046-0.075)."""
    threshold: float = 0.83
    """Share of the oxygen reserve above which fatigue builds up."""
    gait: Gait = dataclasses.field(default_factory=Gait)


RALEIGH_RUNNER = Runner(
    name="Sam Rivers",
    age=38.0,
    sex="f",
    weight_kg=61.0,
    height_m=1.69,
    rest_hr_bpm=54.0,
    max_hr_bpm=184.0,
    vo2max_ml_kg_min=49.0,
    easy_speed_m_s=2.78,
    home_altitude_m=96.0,
)


def someone(rng: np.random.Generator, name: str = "somebody") -> Runner:
    """Return a person drawn at random: age 18 to 70, both sexes, newcomers to club runners."""
    age = float(rng.uniform(18.0, 70.0))
    sex = "f" if rng.random() < 0.5 else "m"
    height = float(rng.normal(1.66 if sex == "f" else 1.79, 0.065))
    weight = float(np.clip(rng.normal(22.6, 2.4), 17.5, 32.0)) * height**2
    vo2max = float(np.clip(rng.normal(45.0 if sex == "f" else 51.0, 7.0) - 0.25 * (age - 35.0), 26.0, 78.0))
    return Runner(
        name=name,
        age=age,
        sex=sex,
        weight_kg=weight,
        height_m=height,
        rest_hr_bpm=float(np.clip(rng.normal(74.0 - 0.35 * (vo2max - 35.0), 5.0), 38.0, 85.0)),
        max_hr_bpm=float(211.0 - 0.64 * age + rng.normal(0.0, 9.0)),  # HUNT: 211 - 0.64 age, SEE 10.8
        vo2max_ml_kg_min=vo2max,
        easy_speed_m_s=0.66 * (vo2max - 3.5) * 20.9 / (3.6 * 60.0),
        hr_rise_s=float(rng.uniform(20.0, 40.0)),
        hr_fall_s=float(rng.uniform(35.0, 70.0)),
        drift_bpm_per_h=float(rng.uniform(3.0, 14.0)),
        altitude_loss_per_km=float(rng.uniform(0.046, 0.075)),
        threshold=float(rng.uniform(0.76, 0.88)),
        gait=some_gait(rng),
    )


def some_gait(rng: np.random.Generator) -> Gait:
    """Return a gait drawn at random around the ranges measured in recreational runners."""
    return Gait(
        cadence_at_3_spm=float(rng.normal(166.0, 8.0)),
        cadence_per_m_s=float(rng.uniform(6.0, 12.0)),
        duty=float(rng.uniform(0.60, 0.76)),
        impact_m_s2=float(rng.uniform(8.0, 28.0)),
        asymmetry=float(rng.normal(0.0, 0.05)),
        lean_rad=float(rng.uniform(0.03, 0.2)),
        pitch_rad=float(rng.uniform(0.02, 0.05)),
        roll_rad=float(rng.uniform(0.03, 0.09)),
        yaw_rad=float(rng.uniform(0.06, 0.18)),
        arm_swing_rad=float(rng.uniform(0.35, 0.8)),
        forearm_m=float(rng.uniform(0.23, 0.29)),
    )


def cadence_spm(gait: Gait, speed_m_s: np.ndarray) -> np.ndarray:
    """Return the step rate in steps/min (n,) for speeds in m/s: running above 2, walking below, 0 at rest."""
    running = gait.cadence_at_3_spm + gait.cadence_per_m_s * (speed_m_s - 3.0)
    walking = 66.0 + 36.0 * speed_m_s
    share = np.clip((speed_m_s - 1.8) / 0.4, 0.0, 1.0)
    return np.asarray(np.where(speed_m_s < 0.3, 0.0, share * running + (1.0 - share) * walking))
