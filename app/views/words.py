"""One person's way of reading: language, units, numbers, times. The only place of the app where text is made of values.

The rule of this file: what is not known is a dash, never a placeholder, and a number never goes without its unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from app.i18n import LANGUAGES, catalogue
from edge.coach.words import pace_ends

DASH = "–"
M_PER_MILE = 1609.344
M_PER_FOOT = 0.3048
SLOWEST_S_PER_KM = 1800.0
"""Slower than this nobody moves on purpose; it is shown as standing."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAYS_SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Amount(NamedTuple):
    """A number as it is written, and its unit (empty for clock times)."""

    value: str
    unit: str

    @property
    def text(self) -> str:
        """Return both as one string; a dash stands alone."""
        return f"{self.value} {self.unit}" if self.unit and self.value != DASH else self.value


@dataclass(frozen=True, slots=True)
class Words:
    """Texts and numbers in a language ("en", "de") and units ("metric", "imperial")."""

    language: str = "en"
    units: str = "metric"

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"unknown language {self.language!r}; there are {', '.join(LANGUAGES)}")
        if self.units not in ("metric", "imperial"):
            raise ValueError(f"unknown units {self.units!r}; there are metric, imperial")

    def __call__(self, text: str, /, **values: object) -> str:
        """Return a text of the app in this language, its {names} replaced."""
        said = catalogue(self.language).gettext(text)
        return said.format(**values) if values else said

    def n(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the form of a text for a count, its {count} and {names} replaced."""
        said = catalogue(self.language).ngettext(one, many, count)
        return said.format(count=self.number(count), **values)

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number with the language's marks, a dash where it is not known."""
        if not isfinite(value):
            return DASH
        text = f"{value:,.{digits}f}"
        if text.startswith("-") and not text.strip("-0.,"):
            text = text[1:]  # no minus before nothing
        text = text.replace("-", "\N{MINUS SIGN}")
        return text.translate(str.maketrans(",.", ".,")) if self.language == "de" else text

    def distance(self, distance_m: float) -> Amount:
        """Return a distance in km or miles: two decimals below ten, one above."""
        unit_m, unit = (1000.0, "km") if self.units == "metric" else (M_PER_MILE, "mi")
        value = distance_m / unit_m
        return Amount(self.number(value, 2 if value < 9.995 else 1), unit)

    def short_distance(self, distance_m: float) -> Amount:
        """Return a distance as people say it: one decimal, none where it is whole."""
        unit_m, unit = (1000.0, "km") if self.units == "metric" else (M_PER_MILE, "mi")
        value = distance_m / unit_m
        whole = isfinite(value) and abs(value - round(value)) < 0.05
        return Amount(self.number(value, 0 if whole else 1), unit)

    def pace(self, pace_s_per_km: float) -> Amount:
        """Return a pace as m:ss per km or mile, a dash where it is unknown or standing."""
        unit = "/km" if self.units == "metric" else "/mi"
        if not isfinite(pace_s_per_km) or pace_s_per_km >= SLOWEST_S_PER_KM:
            return Amount(DASH, unit)
        return Amount(self.clock(pace_s_per_km * (1.0 if self.units == "metric" else M_PER_MILE / 1000.0)), unit)

    def pace_band(self, low_s_per_km: float, high_s_per_km: float) -> Amount:
        """Return a band of paces as "5:05 – 5:20", the faster first, "from 7:00" without a slow end, or a dash."""
        fast, slow = pace_ends(low_s_per_km, high_s_per_km)
        low = self.pace(fast)
        if low.value == DASH:
            return low
        if not isfinite(slow):
            return (
                low._replace(value=self("from {pace}", pace=low.value))
                if isfinite(high_s_per_km)
                else Amount(DASH, low.unit)
            )
        return low._replace(value=f"{low.value} {DASH} {self.pace(slow).value}")

    def between(self, low: float, high: float, unit: str) -> Amount:
        """Return "140 – 152" of a unit, a dash where an end is unknown."""
        if not (isfinite(low) and isfinite(high)):
            return Amount(DASH, unit)
        return Amount(f"{self.number(low)} {DASH} {self.number(high)}", unit)

    def height(self, height_m: float) -> Amount:
        """Return an altitude or a climb in m or feet."""
        metric = self.units == "metric"
        return Amount(self.number(height_m / (1.0 if metric else M_PER_FOOT)), "m" if metric else "ft")

    def grade(self, grade: float) -> Amount:
        """Return a slope in per cent with its sign."""
        text = self.number(100.0 * grade, 1)
        return Amount(f"+{text}" if isfinite(grade) and grade >= 0.0005 else text, "%")

    def temperature(self, temperature_c: float) -> Amount:
        """Return a temperature in degrees Celsius or Fahrenheit."""
        if self.units == "metric":
            return Amount(self.number(temperature_c), "°C")
        return Amount(self.number(temperature_c * 1.8 + 32.0), "°F")

    def weight(self, weight_kg: float) -> Amount:
        """Return a weight in kg or pounds."""
        metric = self.units == "metric"
        return Amount(self.number(weight_kg / (1.0 if metric else 0.45359237), 1), "kg" if metric else "lb")

    def bpm(self, bpm: float) -> Amount:
        """Return a heart rate in beats a minute."""
        return Amount(self.number(bpm), self("bpm"))

    def cadence(self, cadence_spm: float) -> Amount:
        """Return a step rate in steps a minute."""
        return Amount(self.number(cadence_spm), self("spm"))

    def clock(self, duration_s: float) -> str:
        """Return a duration as m:ss or h:mm:ss."""
        if not isfinite(duration_s):
            return DASH
        minutes, seconds = divmod(round(duration_s), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"

    def minutes(self, duration_s: float) -> Amount:
        """Return a duration in whole minutes."""
        return Amount(self.number(duration_s / 60.0), "min")

    def weekday(self, day: date) -> str:
        """Return the name of a day's weekday."""
        return self(WEEKDAYS[day.weekday()])

    def weekday_short(self, day: date) -> str:
        """Return two or three letters of a day's weekday."""
        return self(WEEKDAYS_SHORT[day.weekday()])

    def month(self, day: date) -> str:
        """Return the name of a day's month."""
        return self(MONTHS[day.month - 1])

    def day_short(self, day: date) -> str:
        """Return a day as "24 Nov" or "24. Nov."."""
        name = self.month(day)
        short = name if len(name) <= 4 else name[:3] + ("." if self.language == "de" else "")
        return f"{day.day}. {short}" if self.language == "de" else f"{day.day} {short}"

    def date(self, day: date) -> str:
        """Return a day as "Tuesday, 24 November" or "Dienstag, 24. November"."""
        mark = "." if self.language == "de" else ""
        return f"{self.weekday(day)}, {day.day}{mark} {self.month(day)}"


@lru_cache(maxsize=16)
def words(language: str = "en", units: str = "metric") -> Words:
    """Return the words of a language and units; ValueError names what is unknown."""
    return Words(language, units)
