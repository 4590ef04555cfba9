"""How hard a text is to read: Flesch and Kincaid's grade for English, Amstad's ease and Vienna's formula for German.

The rule of this file: syllables are counted by groups of vowels (an approximation); a number counts as one syllable.
Sources: Kincaid et al. (1975), grade 0.39 w + 11.8 s - 15.59; Amstad (1978), ease 180 - w - 58.5 s; Bamberger and
Vanecek (1984), fourth Wiener Sachtextformel 0.2656 w + 0.2744 M - 1.693 with M the per cent of words of three syllables
and more; w words a sentence, s syllables a word.
"""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[.!?]+(?:\s|$)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,:/]*")
_VOWELS_EN = re.compile(r"[aeiouy]+")
_VOWELS_DE = re.compile(r"aa|ee|oo|ie|ei|ai|eu|äu|au|ui|[aeiouyäöü]")


def syllables(word: str, language: str) -> int:
    small = word.lower()
    if small[0].isdigit():
        return 1
    if language == "de":
        return max(1, len(_VOWELS_DE.findall(small)))
    if small.endswith("e") and not small.endswith(("le", "ee")):
        small = small[:-1]
    elif small.endswith("ed") and not small.endswith(("ted", "ded")):
        small = small[:-2]
    return max(1, len(_VOWELS_EN.findall(small)))


def measures(text: str, language: str) -> tuple[float, float, float]:
    """Return words a sentence, syllables a word, and the per cent of words of three syllables and more."""
    sentences = [part for part in _SENTENCE.split(text) if _WORD.search(part)]
    words = _WORD.findall(text)
    counts = [syllables(word, language) for word in words]
    n = max(len(words), 1)
    return n / max(len(sentences), 1), sum(counts) / n, 100.0 * sum(c >= 3 for c in counts) / n


def grade_en(text: str) -> float:
    """Return the Flesch-Kincaid grade: years at school."""
    w, s, _ = measures(text, "en")
    return 0.39 * w + 11.8 * s - 15.59


def ease_de(text: str) -> float:
    """Return Amstad's reading ease: 60 to 70 plain, above 70 easy."""
    w, s, _ = measures(text, "de")
    return 180.0 - w - 58.5 * s


def grade_de(text: str) -> float:
    """Return the fourth Wiener Sachtextformel: school years from 4 on."""
    w, _, many = measures(text, "de")
    return 0.2656 * w + 0.2744 * many - 1.693
