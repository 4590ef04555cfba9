"""Sentences of the coach in the person's language: an English sentence with typed gaps, and its German.

The rule of this file: the English sentence is the key; numbers are written by the formats of the language, each with
its unit; a sentence without a translation is said in English, and a test finds it.
"""

from __future__ import annotations

import functools
import math
import re

from edge.coach.languages import FORMATS
from edge.coach.phrases_de import GERMAN as RULES_AND_PLAN
from edge.coach.phrases_de_commands import COMMANDS
from edge.coach.phrases_de_export import EXPORT
from edge.coach.phrases_de_fleet import FLEET
from edge.coach.phrases_de_forget import FORGET
from edge.coach.phrases_de_import import IMPORT
from edge.coach.phrases_de_me import ME
from edge.coach.phrases_de_pages import PAGES
from edge.coach.phrases_de_rules import RULES_DE
from edge.coach.phrases_de_run import RUN
from edge.coach.phrases_de_sharing import SHARING
from edge.coach.phrases_de_targets import TARGETS
from edge.coach.phrases_de_today import TODAY
from edge.coach.words import BY_EFFORT_SHARE, OPEN_SHARE

#: The German of every sentence, by its English.
GERMAN: dict[str, str] = {
    **RULES_AND_PLAN, **TODAY, **ME, **TARGETS, **RUN, **PAGES, **RULES_DE, **COMMANDS, **FORGET, **IMPORT, **EXPORT,
    **SHARING, **FLEET,
}  # fmt: skip
_GAP = re.compile(r"\{([a-z_]+):([a-z_]+)\}")


def say(language: str, english: str, **values: float | str) -> str:
    """Return a sentence in a language with its gaps filled: "{name:format}" with a format of `languages`, or "word".

    Raises ValueError for a number without a value, KeyError for a gap without one.
    """
    sentence = GERMAN.get(english, english) if language == "de" else english
    spoken = language if sentence is not english or is_bare(english) else "en"
    start, rest = _parted(sentence)
    return start + "".join([_shown(values[name], shown_as, spoken) + text for name, shown_as, text in rest])


@functools.lru_cache(maxsize=4096)
def _parted(sentence: str) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    """Return the start of a sentence, and for each gap its name, its format and what follows."""
    start, *rest = _GAP.split(sentence)
    return start, tuple(zip(rest[::3], rest[1::3], rest[2::3], strict=True))


def paces(language: str, low_s_per_km: float, high_s_per_km: float) -> str:
    """Return a pace band in s per km in a language, "6:05 to 6:40 /km"; as `edge.coach.words.paces` without an end."""
    if high_s_per_km > BY_EFFORT_SHARE * low_s_per_km:
        return say(language, "by effort")
    if high_s_per_km >= OPEN_SHARE * low_s_per_km:
        return say(language, "{low:pace} or slower", low=low_s_per_km)
    return say(language, "{low:clock} to {high:pace}", low=low_s_per_km, high=high_s_per_km)


@functools.lru_cache(maxsize=4096)
def is_bare(sentence: str) -> bool:
    """Return whether a sentence is gaps and marks alone, which are the same in every language."""
    return not any(sign.isalpha() for sign in _GAP.sub("", sentence))


def gaps(sentence: str) -> frozenset[str]:
    """Return the names of the gaps of a sentence."""
    return frozenset(gap[1] for gap in _GAP.finditer(sentence))


def formats(sentence: str) -> frozenset[str]:
    """Return the formats of the gaps of a sentence."""
    return frozenset(gap[2] for gap in _GAP.finditer(sentence))


def _shown(value: float | str, shown_as: str, language: str) -> str:
    if isinstance(value, str):
        return value
    if not math.isfinite(value):
        raise ValueError(f"a number without a value cannot be shown: {value}")
    return FORMATS[language][shown_as](value)
