"""The languages that the coach speaks, and how each writes numbers, body areas and races.

The rule of this file: every format exists in every language, and says its unit.
"""

from __future__ import annotations

from collections.abc import Callable

from edge.coach import words, words_de

LANGUAGES = ("en", "de")
DEFAULT = "en"
#: How each language writes a number, by format.
FORMATS: dict[str, dict[str, Callable[[float], str]]] = {"en": words.FORMATS, "de": words_de.FORMATS}
#: The end of a fact's name that a format needs: its unit.
UNITS = {
    "metres": "_m", "km": "_m", "km_short": "_m", "centimetres": "_m", "race": "_m", "percent": "_share",
    "tenths": "_share", "degrees": "_c", "beats": "_bpm", "beats_dative": "_bpm", "days": "_days",
    "days_dative": "_days", "hours": "_hours", "minutes": "_s", "pace": "_s_per_km", "steps": "_spm",
    "of_ten": "_severity",
}  # fmt: skip


def _as_is(word: str, language: str) -> str:
    return word


def _your_area(word: str, language: str) -> str:
    return (words_de.YOUR_AREA if language == "de" else words.YOUR_AREA).get(word, "")


def _your_area_dative(word: str, language: str) -> str:
    return words_de.your_area_dative(word) if language == "de" else words.YOUR_AREA.get(word, "")


#: How a word is shown: as it is, or a body area with "your".
WORD_FORMATS: dict[str, Callable[[str, str], str]] = {
    "name": _as_is,
    "your_area": _your_area,
    "your_area_dative": _your_area_dative,
}


def language_of(locale: str) -> str:
    """Return the language for a locale such as "de_DE.UTF-8"; English for all that is not spoken here."""
    found = locale.partition(".")[0].partition("_")[0].partition("-")[0].lower()
    return found if found in LANGUAGES else DEFAULT
