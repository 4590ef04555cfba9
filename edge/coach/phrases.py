"""Sentences of the coach in the person's language: an English sentence with typed gaps, and its German.

The rule of this file: the English sentence is the key; numbers are written by the formats of the language, each with
its unit; a sentence without a translation is said in English, and a test finds it.
"""

from __future__ import annotations

import math
import re

from edge.coach.languages import FORMATS
from edge.coach.phrases_de import GERMAN as RULES_AND_PLAN
from edge.coach.phrases_de_fleet import FLEET
from edge.coach.phrases_de_me import ME
from edge.coach.phrases_de_sharing import SHARING
from edge.coach.phrases_de_today import TODAY

#: The German of every sentence, by its English.
GERMAN: dict[str, str] = {**RULES_AND_PLAN, **TODAY, **ME, **SHARING, **FLEET}
_GAP = re.compile(r"\{([a-z_]+):([a-z_]+)\}")


def say(language: str, english: str, **values: float | str) -> str:
    """Return a sentence in a language with its gaps filled: "{name:format}" with a format of `languages`, or "word".

    Raises ValueError for a number without a value, KeyError for a gap without one.
    """
    sentence = GERMAN.get(english, english) if language == "de" else english
    spoken = language if sentence is not english else "en"
    return _GAP.sub(lambda gap: _shown(values[gap[1]], gap[2], spoken), sentence)


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
