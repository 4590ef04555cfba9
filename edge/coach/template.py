"""Sentences with typed gaps, "{here_m:metres}": said whole or another way, never with a gap left open.

The rule of this file: a gap names a fact and a format of that fact's unit; a sentence whose gap cannot be filled gives
way to its next variant, and to silence after the last. Text that people typed is cleaned before it is shown.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from edge.coach.conditions import Condition, holds
from edge.coach.facts import NUMBERS, WORDS, Facts
from edge.coach.languages import FORMATS, UNITS, WORD_FORMATS

_GAP = re.compile(r"\{([a-z_]+):([a-z_]+)\}")
_NOT_SAID = frozenset({"none", "nan", "null", "n/a", "na", "unknown", "undefined", "todo"})
_STRANGE = re.compile(r"[{}<>\[\]_\\\x00-\x1f\x7f]")
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact and the format that shows it."""

    name: str
    shown_as: str


@dataclass(frozen=True, slots=True)
class Template:
    """Text with gaps, in order."""

    parts: tuple[str | Gap, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: when it is said, and its variants, the fullest first."""

    when: tuple[Condition, ...]
    variants: tuple[Template, ...]


def template(text: str) -> Template:
    """Return the template of a text; ValueError names a gap that is not "{fact:format of its unit}"."""
    parts: list[str | Gap] = []
    end = 0
    for found in _GAP.finditer(text):
        parts += [text[end : found.start()], _gap(found[1], found[2])]
        end = found.end()
    parts.append(text[end:])
    if any(isinstance(part, str) and set(part) & {"{", "}"} for part in parts):
        raise ValueError(f"a gap is not {{fact:format}}: {text!r}")
    return Template(tuple(part for part in parts if part != ""))


def filled(wanted: Template, facts: Facts, language: str) -> str:
    """Return the text with every gap filled; "" where one cannot be."""
    parts = [part if isinstance(part, str) else _shown(part, facts, language) for part in wanted.parts]
    return "" if "" in parts else "".join(parts)


def said(sentence: Sentence, facts: Facts, language: str) -> str:
    """Return the first variant that can be said whole; "" where none can or where it is not the moment."""
    if not holds(sentence.when, facts):
        return ""
    text = next((text for text in (filled(v, facts, language) for v in sentence.variants) if text), "")
    return text[:1].upper() + text[1:]


def text_of(sentences: Sequence[Sentence], facts: Facts, language: str) -> str:
    """Return some sentences as one text, what cannot be said left out."""
    return " ".join(text for text in (said(one, facts, language) for one in sentences) if text)


def gaps(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Return the names of all facts that some sentences can show."""
    parts = (part for one in sentences for variant in one.variants for part in variant.parts)
    return frozenset(part.name for part in parts if isinstance(part, Gap))


def cleaned(word: str) -> str:
    """Return what a person or a table named, fit to be shown; "" where it names nothing."""
    one_line = " ".join(_STRANGE.sub(" ", word).split())
    return "" if one_line.casefold() in _NOT_SAID else one_line[:_LONGEST_WORD].strip()


def _gap(name: str, shown_as: str) -> Gap:
    if name in WORDS and shown_as in WORD_FORMATS:
        return Gap(name, shown_as)
    if name in NUMBERS and shown_as in UNITS and name.endswith(UNITS[shown_as]):
        return Gap(name, shown_as)
    raise ValueError(f"no such gap: {{{name}:{shown_as}}}")


def _shown(gap: Gap, facts: Facts, language: str) -> str:
    if gap.name in WORDS:
        word = cleaned(facts.word(gap.name))
        return WORD_FORMATS[gap.shown_as](word, language) if word else ""
    value = facts.number(gap.name)
    return FORMATS[language][gap.shown_as](value) if math.isfinite(value) and abs(value) < 1e7 else ""
