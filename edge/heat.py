"""Heat stress as the wet-bulb globe temperature (WBGT), from what is known of the air and the sun.

The rule of this file: what is not known becomes an interval, never a guess; temperatures in degrees C.

Sources: Stull (2011), J Appl Meteorol Climatol 50, doi 10.1175/JAMC-D-11-0143.1: wet bulb from temperature and relative
humidity at sea level, mean error below 0.3 K. Shade: 0.7 wet bulb + 0.3 air, the globe taken to be as warm as the air
(Bernard and Pourmoghani 1999, as Lemke and Kjellstrom 2012 recommend for indoors). Sun: the approximation of the
Australian Bureau of Meteorology and the ACSM (1984), 0.567 air + 0.393 vapour pressure + 3.94, which assumes moderately
high sun and light wind; Brimicombe (2023) finds it coarse, so it is used as the upper end, never as the truth.
"""

from __future__ import annotations

import math

from edge.samples import Estimate

#: Flags of the ACSM position stand on races (1996, 2007): from here on yellow, red and black.
YELLOW_C, RED_C, BLACK_C = 18.0, 23.0, 28.0
FLAGS = ("green", "yellow", "red", "black")
#: Relative humidity in % taken where none is known, and the dew point that outdoor air hardly ever passes (assumption).
UNKNOWN_HUMIDITY = (20.0, 95.0)
#: Strong sun and air damper than this do not come together: fog and rain have no sun (assumption).
MOST_HUMIDITY_IN_SUN = 75.0
MOST_DEW_POINT_C = 28.0
#: What the shade's value may be off by (Liljegren 2008 reaches 1 K with all measured); the sun's is an upper end
#: anyway.
DOUBT_C = 1.0
#: Stull's fit holds in these ranges of % and degrees C.
_HUMIDITY_RANGE, _AIR_RANGE_C = (5.0, 99.0), (-20.0, 50.0)
SUNS = ("sun", "shade", "")
#: Pace lost per K of WBGT above 12 degrees C: Ely (2007), Med Sci Sports Exerc 39: the best men lose 2.8 % from 7.5 to
#: 22.5 degrees C (0.19 % per K), slower runners more; how much more is an assumption, and so is the middle.
_LOSS_PER_K = (0.0019, 0.003, 0.007)
_LOSS_FROM_C = 12.0


def vapour_pressure_hpa(air_c: float, humidity_percent: float) -> float:
    """Return the pressure of water vapour in hPa (Bureau of Meteorology's form of Magnus)."""
    return humidity_percent / 100.0 * 6.105 * math.exp(17.27 * air_c / (237.7 + air_c))


def wet_bulb_c(air_c: float, humidity_percent: float) -> float:
    """Return the wet-bulb temperature in degrees C at sea level (Stull 2011); held within its range of validity."""
    h = min(max(humidity_percent, _HUMIDITY_RANGE[0]), _HUMIDITY_RANGE[1])
    t = min(max(air_c, _AIR_RANGE_C[0]), _AIR_RANGE_C[1])
    found = t * math.atan(0.151977 * math.sqrt(h + 8.313659)) + math.atan(t + h) - math.atan(h - 1.676331)
    found += 0.00391838 * h * math.sqrt(h) * math.atan(0.023101 * h) - 4.686035
    return min(found, t)


def shade_c(air_c: float, humidity_percent: float) -> float:
    """Return the WBGT in degrees C without sun: 0.7 wet bulb + 0.3 air."""
    return 0.7 * wet_bulb_c(air_c, humidity_percent) + 0.3 * min(max(air_c, _AIR_RANGE_C[0]), _AIR_RANGE_C[1])


def sun_c(air_c: float, humidity_percent: float) -> float:
    """Return the WBGT in degrees C in sun and light wind; never below the shade's."""
    air = min(max(air_c, _AIR_RANGE_C[0]), _AIR_RANGE_C[1])
    sunny = 0.567 * air + 0.393 * vapour_pressure_hpa(air, humidity_percent) + 3.94
    return max(sunny, shade_c(air, humidity_percent))


def unknown_humidity(air_c: float) -> tuple[float, float]:
    """Return the relative humidity in % (low, high) that must be reckoned with at an air temperature."""
    most = 100.0 * vapour_pressure_hpa(MOST_DEW_POINT_C, 100.0) / vapour_pressure_hpa(air_c, 100.0)
    return UNKNOWN_HUMIDITY[0], max(min(UNKNOWN_HUMIDITY[1], most), UNKNOWN_HUMIDITY[0])


def wbgt(air_c: tuple[float, float], humidity_percent: tuple[float, float] | None, sun: str) -> Estimate:
    """Return the WBGT in degrees C with its interval; raises ValueError for a word of the sun that is none of `SUNS`.

    Temperature and humidity come as intervals, humidity None where it is unknown; the sun is "sun", "shade" or "".
    """
    if sun not in SUNS:
        raise ValueError(f"the sun is one of {SUNS}, not {sun!r}")
    (low_c, high_c), known = air_c, humidity_percent is not None
    dry = humidity_percent[0] if humidity_percent is not None else unknown_humidity(low_c)[0]
    damp = humidity_percent[1] if humidity_percent is not None else unknown_humidity(high_c)[1]
    low = (sun_c if sun == "sun" else shade_c)(low_c, dry) - DOUBT_C
    high = shade_c(high_c, damp) + DOUBT_C
    if sun != "shade":
        high = max(high if sun == "" else -math.inf, sun_c(high_c, damp if known else min(damp, MOST_HUMIDITY_IN_SUN)))
    source = f"humidity {'known' if known else 'unknown'}, {sun or 'sun unknown'}; Stull 2011 and ACSM 1984"
    return Estimate(0.5 * (low + high), low, max(low, high), source)


def flag(wbgt_c: float) -> str:
    """Return the flag of a WBGT in degrees C: green, yellow, red or black."""
    return FLAGS[sum(wbgt_c >= limit for limit in (YELLOW_C, RED_C, BLACK_C))]


def pace_loss(wbgt_c: float) -> Estimate:
    """Return the fraction by which pace is slower in the heat, with its interval; 0 up to 12 degrees C."""
    above = max(min(wbgt_c, 40.0) - _LOSS_FROM_C, 0.0)
    low, middle, high = (share * above for share in _LOSS_PER_K)
    return Estimate(middle, low, high, "Ely 2007")
