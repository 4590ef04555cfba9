"""The air on the day: sea-level pressure with its drift, temperature, and pressure at a height."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Weather:
    """Air at the start: pressure reduced to sea level in Pa, its trend, temperature and humidity."""

    sea_level_pa: float = 101_600.0
    trend_pa_per_h: float = -35.0
    """A quiet day moves 10 to 60 Pa/h, a front 200 Pa/h."""
    temperature_c: float = 16.0
    humidity_percent: float = 60.0


def sea_level_pa(weather: Weather, t_s: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the pressure reduced to sea level in Pa (n,): the trend and a slow wander of about 8 Pa per hour."""
    step_s = float(t_s[1] - t_s[0]) if len(t_s) > 1 else 1.0
    wander = np.cumsum(rng.normal(0.0, 8.0 * np.sqrt(step_s / 3600.0), len(t_s)))
    return np.asarray(weather.sea_level_pa + weather.trend_pa_per_h * t_s / 3600.0 + wander)


def pressure_pa(sea_level: NDArray[np.float64] | float, altitude_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the air pressure in Pa (n,) at altitudes in m; ICAO Doc 7488, troposphere."""
    return np.asarray(sea_level * (1.0 - 2.25577e-5 * altitude_m) ** 5.25588)


def altitude_m(sea_level: NDArray[np.float64] | float, pressure: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the altitude in m (n,) at which the standard atmosphere has a pressure in Pa; inverse of the above."""
    return np.asarray((1.0 - (pressure / sea_level) ** (1.0 / 5.25588)) / 2.25577e-5)
