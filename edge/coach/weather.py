"""What is known of today's air, and from where: a sensor, what was typed, else the climate table.

The rule of this file: it chooses sources, it does not judge; a typed value holds for the day it was said.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

from edge import heat
from edge.climate import usual_day_c
from edge.coach.beliefs import Belief, Weather, Whereabouts
from edge.coach.heard import DAY_S, words
from edge.coach.said import Said
from edge.samples import Estimate

#: Days differ from the table's usual one, which is itself within 3 K of monthly means: 90 % of days (assumption).
CLIMATE_DOUBT_C = 5.0
#: A typed temperature is right within 1 K; a word such as "hot" stands for a range (assumptions).
TYPED_DOUBT_C = 1.0
TYPED_DOUBT_PERCENT = 5.0
_TEMPERATURE_WORDS = {
    "hot": (28.0, 36.0),
    "heat": (28.0, 36.0),
    "heatwave": (32.0, 40.0),
    "warm": (22.0, 28.0),
    "mild": (12.0, 20.0),
    "cool": (5.0, 15.0),
    "cold": (-5.0, 8.0),
    "freezing": (-15.0, 0.0),
}
_HUMID, _DRY = frozenset({"humid", "muggy", "damp", "sticky", "humidity"}), frozenset({"dry"})
_SUNNY, _SHADY = (
    frozenset({"sun", "sunny", "clear"}),
    frozenset({"shade", "cloudy", "overcast", "night", "dark", "rain"}),
)
_TYPED_RANGE_C, _RANGE_PERCENT = (-50.0, 60.0), (0.0, 100.0)


def weather_of(
    said: Sequence[Said], where: Whereabouts, now_unix_s: float, utc_offset_s: float, measured: Weather | None = None
) -> Weather:
    """Return today's air: each value from a sensor, else as typed today, else from the climate of the place."""
    today = int((now_unix_s + utc_offset_s) // DAY_S)
    typed = [
        o for o in said if o.constraint.kind == "weather" and int((o.said_unix_s + utc_offset_s) // DAY_S) == today
    ]
    sensor = measured or Weather()
    return Weather(
        sensor.temperature_c or _typed_temperature(typed) or _usual(where, now_unix_s),
        sensor.humidity_percent or _typed_humidity(typed),
        sensor.sun or _typed_sun(typed),
    )


@functools.lru_cache(maxsize=256)
def wbgt_of(weather: Weather) -> tuple[Estimate, str] | None:
    """Return today's WBGT in degrees C with the source of each input in words; None without a temperature."""
    air, damp = weather.temperature_c, weather.humidity_percent
    if air is None or not (math.isfinite(air.low) and math.isfinite(air.high)):
        return None
    humidity = None if damp is None else (damp.low, damp.high)
    climate = air.source == "climate table"
    estimate = heat.wbgt((air.low, air.high), humidity, "shade" if climate and not weather.sun else weather.sun)
    said = f"temperature: {air.source}; humidity: {damp.source if damp is not None else 'not known'}"
    sun = weather.sun or ("before the sun is high" if climate else "not known")
    return estimate, f"{said}; sun: {sun}"


def _typed_temperature(typed: Sequence[Said]) -> Belief | None:
    """Return the warmest temperature typed today, as a number or a word; None with neither."""
    found = []
    for one in typed:
        value, said = one.constraint.value, words(one.constraint.situation)
        if math.isfinite(value) and _TYPED_RANGE_C[0] <= value <= _TYPED_RANGE_C[1] and "humidity" not in said:
            found.append(Belief(value, value - TYPED_DOUBT_C, value + TYPED_DOUBT_C, "you said", one.said_unix_s))
            continue
        for word in sorted(said & set(_TEMPERATURE_WORDS)):
            low, high = _TEMPERATURE_WORDS[word]
            found.append(Belief(0.5 * (low + high), low, high, "you said", one.said_unix_s))
    return max(found, key=lambda belief: belief.high, default=None)


def _typed_humidity(typed: Sequence[Said]) -> Belief | None:
    for one in reversed(typed):
        value, said = one.constraint.value, words(one.constraint.situation)
        if "humidity" in said and math.isfinite(value) and _RANGE_PERCENT[0] <= value <= _RANGE_PERCENT[1]:
            low, high = max(value - TYPED_DOUBT_PERCENT, 0.0), min(value + TYPED_DOUBT_PERCENT, 100.0)
            return Belief(value, low, high, "you said", one.said_unix_s)
        if said & _HUMID:
            return Belief(80.0, 60.0, 95.0, "you said", one.said_unix_s)
        if said & _DRY:
            return Belief(30.0, 10.0, 45.0, "you said", one.said_unix_s)
    return None


def _typed_sun(typed: Sequence[Said]) -> str:
    for one in reversed(typed):
        said = words(one.constraint.situation)
        if said & _SUNNY:
            return "sun"
        if said & _SHADY:
            return "shade"
    return ""


def _usual(where: Whereabouts, now_unix_s: float) -> Belief | None:
    """Return the usual temperature of the day's cool hours here, the careful end being a warm day's; None unknown."""
    here, altitude = where.here, where.here_altitude_m
    if here is None or not math.isfinite(here.latitude_deg) or not math.isfinite(here.longitude_deg):
        return None
    altitude_m = altitude.value if altitude is not None and math.isfinite(altitude.value) else 0.0
    coolest, _ = usual_day_c(here.latitude_deg, here.longitude_deg, altitude_m, now_unix_s)
    return Belief(coolest, coolest - CLIMATE_DOUBT_C, coolest + CLIMATE_DOUBT_C, "climate table", now_unix_s)
