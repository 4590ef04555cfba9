"""What opens when a reason is touched: its numbers with their names, the runs and sentences it rests on, its rules.

The rule of this file: a number whose name is not known here is left out, never shown by the name it has inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from math import isfinite

from app.views.words import DASH, Words
from edge.coach.phrases import say
from edge.coach.rules import RULES

MOST_LINES = 8
_SAID = re.compile(r"said (\d+)")


def _count(words: Words, unit: str = "") -> Callable[[float], str]:
    return lambda value: f"{words.number(value)} {unit}".strip()


def number_names(words: Words) -> dict[str, tuple[str, Callable[[float], str]]]:
    """Return what the numbers of reasons are called, and how each is written."""

    def pace(value: float) -> str:
        return words.pace(value).text

    def metres(value: float) -> str:
        return words.height(value).text

    def km(value: float) -> str:
        return words.short_distance(value).text

    bpm = _count(words, words.bpm(0.0).unit)
    return {
        "pace_s_per_km": (words("pace now"), pace),
        "pace_low_s_per_km": (words("band begins at"), pace),
        "pace_high_s_per_km": (words("band ends at"), pace),
        "heart_rate_bpm": (words("heart rate now"), bpm),
        "hr_high_bpm": (words("heart rate up to"), bpm),
        "held_s": (words("for so long"), _count(words, "s")),
        "age_s": (words("last heard"), lambda value: words("{seconds} s ago", seconds=words.number(value))),
        "altitude_m": (words("altitude"), metres),
        "grade": (words("slope"), lambda value: words.grade(value).text),
        "wbgt_c": (words("heat of the air (WBGT)"), lambda value: words.temperature(value).text),
        "slower_percent": (words("slower by"), _count(words, "%")),
        "left_m": (words("still to go"), km),
        "split_s": (words("took"), words.clock),
        "severity": (words("pain, 0 to 10"), _count(words)),
        "limit_m": (words("at most"), km),
        "longest_m": (words("longest run"), km),
        "distance_m": (words("distance"), km),
        "minutes": (words("how long"), _count(words, "min")),
        "runs_known": (words("runs known"), _count(words)),
        "confidence": (words("how sure"), lambda value: f"{words.number(100.0 * value)} %"),
    }


def evidence_lines(
    numbers: Sequence[tuple[str, float]],
    evidence: Sequence[str],
    words: Words,
    known: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Return the lines of a reason; `known` has in words what its evidence names (ids of runs, "said N")."""
    names, lines = number_names(words), []
    for name, value in numbers:
        if name in names and isfinite(value):
            title, written = names[name]
            text = written(value)
            lines += [f"{title}: {text}"] if DASH not in text else []
    for one in evidence:
        if known and one in known:
            lines.append(known[one])
        elif one in RULES:
            lines.append(words("Rule: {text}", text=say(words.language, RULES[one].text)))
    return tuple(lines[:MOST_LINES])


def sentence_number(evidence: str) -> int:
    """Return the number of the sentence that a piece of evidence names, 0 where it names none."""
    found = _SAID.fullmatch(evidence)
    return int(found[1]) if found else 0
