"""What the numbers of reasons are called, and how each is written: the names that `--json` has, in words.

The rule of this file: a limit is written rounded down, never up.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor

from app.views.words import Words

Write = Callable[[float], str]
Names = dict[str, tuple[str, Write]]


def number_names(words: Words) -> Names:
    """Return what each number is called and how it is written."""
    as_ = Writers(words)
    return {**_of_the_run(words, as_), **_of_the_place(words, as_), **_of_the_person(words, as_)}


class Writers:
    """The ways to write a number with its unit."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def pace(self, value: float) -> str:
        return self._words.pace(value).text

    def metres(self, value: float) -> str:
        return self._words.height(value).text

    def km(self, value: float) -> str:
        return self._words.short_distance(value).text

    def limit(self, value: float) -> str:
        return self.km(100.0 * floor(value / 100.0))

    def degrees(self, value: float) -> str:
        return self._words.temperature(value).text

    def days(self, value: float) -> str:
        return self._words.n("{count} day", "{count} days", round(value))

    def runs(self, value: float) -> str:
        return self._words.n("{count} run", "{count} runs", round(value))

    def percent(self, value: float) -> str:
        return f"{self._words.number(100.0 * value)} %"

    def bpm(self, value: float) -> str:
        return self._words.bpm(value).text

    def tenths(self, value: float) -> str:
        return self._words.number(value, 1)

    def count(self, unit: str) -> Write:
        return lambda value: f"{self._words.number(value)} {unit}"


def _of_the_run(words: Words, as_: Writers) -> Names:
    """Return the numbers of a moment of a run."""
    return {
        "pace_s_per_km": (words("pace now"), as_.pace),
        "pace_low_s_per_km": (words("band begins at"), as_.pace),
        "pace_high_s_per_km": (words("band ends at"), as_.pace),
        "heart_rate_bpm": (words("heart rate now"), as_.bpm),
        "hr_high_bpm": (words("heart rate up to"), as_.bpm),
        "held_s": (words("for so long"), as_.count("s")),
        "age_s": (words("last heard"), lambda value: words("{seconds} s ago", seconds=words.number(value))),
        "altitude_m": (words("altitude"), as_.metres),
        "grade": (words("slope"), lambda value: words.grade(value).text),
        "wbgt_c": (words("heat of the air (WBGT)"), as_.degrees),
        "slower_percent": (words("slower by"), as_.count("%")),
        "left_m": (words("still to go"), as_.km),
        "split_s": (words("took"), words.clock),
        "severity": (words("pain"), lambda value: f"{words.number(value)}/10"),
        "confidence": (words("how sure"), as_.percent),
        "distance_m": (words("distance"), as_.km),
        "minutes": (words("how long"), as_.count("min")),
    }


def _of_the_place(words: Words, as_: Writers) -> Names:
    """Return the numbers of a day and its place."""
    return {
        "here_m": (words("altitude here"), as_.metres),
        "home_m": (words("altitude at home"), as_.metres),
        "hours_here": (words("here for"), as_.count("h")),
        "used_to_m": (words("altitude your body is used to"), as_.metres),
        "pace_change": (words("slower by"), as_.percent),
        "wbgt_low_c": (words("heat of the air (WBGT), at least"), as_.degrees),
        "wbgt_high_c": (words("heat of the air (WBGT), at most"), as_.degrees),
        "hr_low_bpm": (words("heart rate from"), as_.bpm),
        "hr_low": (words("heart rate from"), as_.bpm),
        "hr_high": (words("heart rate up to"), as_.bpm),
        "chance": (words("how likely"), as_.percent),
        "planned_m": (words("planned"), as_.km),
        "race_m": (words("race"), as_.km),
        "days_to_race": (words("to the race"), as_.days),
    }


def _of_the_person(words: Words, as_: Writers) -> Names:
    """Return the numbers of a person and their runs."""
    return {
        "age_years": (words("age"), as_.count(words("years"))),
        "days_in_a_row": (words("days in a row"), as_.days),
        "days_since_hard": (words("since the last hard run"), as_.days),
        "days_since_long": (words("since the last long run"), as_.days),
        "days_since_run": (words("since the last run"), as_.days),
        "former_longest_m": (words("longest run before the break"), as_.km),
        "gap_days": (words("without a run"), as_.days),
        "hard_7d": (words("hard runs in seven days"), as_.runs),
        "longest_30d_m": (words("longest run of the last 30 days"), as_.km),
        "max_hr_bpm": (words("highest heart rate"), as_.bpm),
        "own_easy_bpm": (words("your easy heart rate"), as_.bpm),
        "painful_runs": (words("runs that hurt"), as_.runs),
        "runs": (words("runs counted"), as_.runs),
        "runs_a_week": (words("how often"), lambda value: words("{runs} runs a week", runs=words.number(value, 1))),
        "runs_with_heart_rate": (words("runs with heart rate"), as_.runs),
        "usual_bpm": (words("usual heart rate"), as_.bpm),
        "usual_m": (words("usual distance"), as_.km),
        "usual_s_per_km": (words("usual pace"), as_.pace),
        "vdot": (words("race fitness (VDOT)"), as_.tenths),
        "weekly_m": (words("usual week"), as_.km),
        "limit_m": (words("at most"), as_.limit),
        "longest_m": (words("longest run"), as_.km),
        "runs_known": (words("runs known"), as_.runs),
    }
