"""What a phone or watch makes of a journey: duty-cycled samples with every fault of barometers and satellites.

The rule of this file: shares and sizes of the faults are constants; a `Phone` draws which of them it has from its seed.
A sample asked for is a sample given, or not, as the sky allows; the truth of each is beside it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from math import nan

import numpy as np

from hardware_sim.travel import Journey, Moment, Spot

#: sky: share of requests that bring a fix, median accuracy in m, spread of its logarithm.
SKIES = {
    "open": (0.97, 8.0, 0.4),
    "street": (0.92, 15.0, 0.5),
    "road": (0.95, 8.0, 0.5),
    "train": (0.6, 20.0, 0.6),
    "indoors": (0.2, 75.0, 0.5),
    "window": (0.3, 18.0, 0.6),
    "cabin": (0.003, 60.0, 0.6),
    "off": (0.0, 1.0, 0.0),
}
NO_BAROMETER, NO_STEPS, NO_SPEED, NO_HEIGHT, NO_BURSTS = 0.1, 0.1, 0.2, 0.15, 0.05
STALE, STALE_JITTER, STALE_FIX = 0.4, 0.25, 0.4
"""Share of phones that hand out the last fix from before a flight; of these, with jitter; and how often."""
WILD = 0.002
"""Share of fixes that begin one to three fixes 5 to 2,000 km off."""
DUTY_S = (60.0, 600.0)
OFFSET_PA, DRIFT_PA_PER_DAY, NOISE_PA, QNH_PA, AIR_SD_K = 150.0, 30.0, 4.0, 800.0, 12.0
FRONT_PA_PER_DAY = 2000.0


@dataclass(frozen=True, slots=True)
class Heard:
    """One sample: fields as a host gets them (NaN: missing), and whether its fix is genuine and under the open sky."""

    unix_s: float
    pressure_pa: float
    latitude_deg: float
    longitude_deg: float
    accuracy_m: float
    altitude_m: float
    speed_m_s: float
    steps: float
    utc_offset_s: float
    outdoors: bool


class Phone:
    """The device on one journey; `sample` is to be called with rising times."""

    def __init__(self, journey: Journey, rng: np.random.Generator, start_unix_s: float = 1.76e9) -> None:
        self.journey = journey
        self.start_unix_s = start_unix_s
        self._rng = rng
        draw = rng.random(6)
        self.has_barometer, self.has_steps = draw[0] >= NO_BAROMETER, draw[1] >= NO_STEPS
        self.has_speed, self.has_height = draw[2] >= NO_SPEED, draw[3] >= NO_HEIGHT
        self.has_bursts = draw[4] >= NO_BURSTS
        self.duty_s = float(np.exp(rng.uniform(*np.log(DUTY_S))))
        self._stale = draw[5] < STALE
        self._jitter = rng.random() < STALE_JITTER
        self._offset_pa = rng.normal(0.0, OFFSET_PA)
        self._warm = 1.0 + rng.normal(0.0, AIR_SD_K) / 288.0
        hours = int(journey.duration_s / 3600.0) + 3
        self._qnh_pa = _weather(hours, journey.kind, rng)
        self._last_s = 0.0
        self._cached: tuple[float, float, float, float] | None = None
        self._stale_until_s, self._was_flying = -1.0, False
        self._wild: tuple[int, float, float] = (0, 0.0, 0.0)

    def sample(self, t_s: float) -> Heard | None:
        """Return what is heard at a second of the journey; None while the device is off."""
        moment = self.journey.at(t_s)
        flying = moment.leg.sky in ("off", "cabin", "window")
        if self._was_flying and not flying:
            self._stale_until_s = t_s + 2400.0
        self._was_flying = flying
        if moment.leg.sky == "off":
            return None
        steps = float(self._rng.poisson(moment.leg.steps_hz * min(t_s - self._last_s, 600.0)))
        self._last_s = t_s
        heard = Heard(
            self.start_unix_s + t_s,
            self._pressure_pa(t_s, moment),
            nan,
            nan,
            nan,
            nan,
            nan,
            steps if self.has_steps else nan,
            moment.leg.utc_offset_s,
            False,
        )
        return self._with_fix(heard, t_s, moment)

    def _pressure_pa(self, t_s: float, moment: Moment) -> float:
        if not self.has_barometer:
            return nan
        hour = t_s / 3600.0
        sea = float(np.interp(hour, np.arange(len(self._qnh_pa)), self._qnh_pa))
        air = sea * (1.0 - 2.25577e-5 * moment.air_m / self._warm) ** 5.25588
        noise = self._rng.normal(0.0, NOISE_PA) + DRIFT_PA_PER_DAY * hour / 24.0
        return float(air + self._offset_pa + noise)

    def _with_fix(self, heard: Heard, t_s: float, moment: Moment) -> Heard:
        share, median_m, spread = SKIES[moment.leg.sky]
        if self._stale and t_s < self._stale_until_s and self._cached and self._rng.random() < STALE_FIX:
            return self._old(heard)
        if self._rng.random() >= share:
            return heard
        accuracy_m = median_m * math.exp(spread * self._rng.normal())
        wild, spot = self._spot(moment.spot)
        north, east = self._rng.normal(0.0, 0.6 * accuracy_m, 2) / 111_200.0
        latitude = spot.latitude_deg + float(north)
        longitude = spot.longitude_deg + float(east) / math.cos(math.radians(spot.latitude_deg))
        height = spot.altitude_m + self._rng.normal(0.0, 8.0 + 1.5 * accuracy_m) if self.has_height else nan
        speed = max(0.0, moment.speed_m_s + self._rng.normal(0.0, 0.2)) if self.has_speed else nan
        if not wild and not self._was_flying:
            self._cached = (latitude, longitude, accuracy_m, height)
        outdoors = not wild and moment.leg.sky in ("open", "street")
        return _fixed(heard, (latitude, longitude, accuracy_m, height), speed, outdoors)

    def _old(self, heard: Heard) -> Heard:
        assert self._cached is not None
        latitude, longitude, accuracy_m, height = self._cached
        if self._jitter:
            latitude += float(self._rng.normal(0.0, 5e-5))
            longitude += float(self._rng.normal(0.0, 5e-5))
        return _fixed(heard, (latitude, longitude, accuracy_m, height), 0.0 if self.has_speed else nan, False)

    def _spot(self, true: Spot) -> tuple[bool, Spot]:
        """Return whether this fix is wild, and the spot it speaks of."""
        left, north, east = self._wild
        if left == 0 and self._rng.random() < WILD:
            away = math.exp(self._rng.uniform(math.log(0.05), math.log(18.0)))
            turn = self._rng.uniform(0.0, 2.0 * math.pi)
            left, north, east = int(self._rng.integers(1, 4)), away * math.cos(turn), away * math.sin(turn)
        if left == 0:
            return False, true
        self._wild = (left - 1, north, east)
        latitude = min(max(true.latitude_deg + north, -85.0), 85.0)
        return True, replace(
            true, latitude_deg=latitude, longitude_deg=(true.longitude_deg + east + 180.0) % 360.0 - 180.0
        )


def _fixed(heard: Heard, fix: tuple[float, float, float, float], speed: float, outdoors: bool) -> Heard:
    latitude, longitude, accuracy_m, height = fix
    return replace(
        heard,
        latitude_deg=latitude,
        longitude_deg=longitude,
        accuracy_m=accuracy_m,
        altitude_m=height,
        speed_m_s=speed,
        outdoors=outdoors,
    )


def _weather(hours: int, kind: str, rng: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return (hours,) sea-level pressure in Pa: a wander of 60 Pa/h, and a front of 20 hPa a day for its kind."""
    start = 101_325.0 + rng.normal(0.0, QNH_PA)
    pa = start + np.cumsum(rng.normal(0.0, 60.0, hours))
    if kind == "weather front":
        sign = 1.0 if rng.random() < 0.5 else -1.0
        pa = pa + sign * FRONT_PA_PER_DAY * np.clip((np.arange(hours) - 12.0) / 24.0, 0.0, 1.0)
    return np.clip(pa, 95_500.0, 105_500.0)
