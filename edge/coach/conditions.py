"""When a card may be shown: a closed vocabulary of a few words, read once and evaluated on `Facts`.

The rule of this file: a condition is a value; whatever is not in the vocabulary is refused when it is read, by name.
An unknown number fulfils no comparison.

    line      := term { " or " term }           all lines of a card must hold
    term      := ["not "] flag | number op value | name "known" | name "unknown"
    op        := ">=" | "<=" | ">" | "<" | "="
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from edge.coach.facts import NUMBERS, WORDS, Facts

#: The families of flags; what follows the colon is a rule id, a kind of saying with a word of it, and so on.
FAMILIES = ("rule", "said", "session", "level", "phase", "injury", "ladder", "sex", "tried", "left")
#: Flags without a family.
PLAIN = frozenset({"race-today", "race-ahead", "high", "higher", "lower", "home-known", "injured", "resting"})
_NUMBER = re.compile(r"-?\d+(?:\.\d*)?(?:e[-+]?\d+)?")
_OPERATORS = (">=", "<=", ">", "<", "=")


@dataclass(frozen=True, slots=True)
class Term:
    """One term: a flag (`operator` "flag", "not"), "known" or "unknown", or a comparison with a number."""

    name: str
    operator: str
    value: float = math.nan


@dataclass(frozen=True, slots=True)
class Condition:
    """Terms of which one must hold."""

    terms: tuple[Term, ...]


def condition(line: str) -> Condition:
    """Return the condition of one line; ValueError names what is not in the vocabulary."""
    return Condition(tuple(_term(part.strip()) for part in line.split(" or ")))


def conditions(lines: Sequence[str]) -> tuple[Condition, ...]:
    """Return the conditions of some lines, all of which must hold."""
    return tuple(condition(line) for line in lines)


def holds(wanted: Sequence[Condition], facts: Facts) -> bool:
    """Return whether all conditions hold."""
    for one in wanted:  # plain loops: this is most of the work of choosing
        for term in one.terms:
            if _holds(term, facts):
                break
        else:
            return False
    return True


def text_of(wanted: Sequence[Condition]) -> str:
    """Return conditions as people may read them."""
    return "; ".join(" or ".join(_words(term) for term in one.terms) for one in wanted)


def _term(text: str) -> Term:
    parts = text.split()
    if len(parts) == 1:
        return Term(_flag(parts[0]), "flag")
    if len(parts) == 2 and parts[0] == "not":
        return Term(_flag(parts[1]), "not")
    if len(parts) == 2 and parts[1] in ("known", "unknown") and parts[0] in NUMBERS | WORDS:
        return Term(parts[0], parts[1])
    if len(parts) == 3 and parts[1] in _OPERATORS and parts[0] in NUMBERS and _NUMBER.fullmatch(parts[2]):
        return Term(parts[0], parts[1], float(parts[2]))
    raise ValueError(f"no condition: {text!r}")


def _flag(word: str) -> str:
    family, colon, rest = word.partition(":")
    if word in PLAIN or (colon and rest and family in FAMILIES):
        return word
    raise ValueError(f"no flag: {word!r}")


def _holds(term: Term, facts: Facts) -> bool:
    operator = term.operator
    if operator == "flag":
        return term.name in facts.flags
    if operator == "not":
        return term.name not in facts.flags
    if operator in ("known", "unknown"):
        return _is_known(term.name, facts) == (operator == "known")
    return _compared(facts.number(term.name), operator, term.value)


def _is_known(name: str, facts: Facts) -> bool:
    return bool(facts.word(name)) if name in WORDS else math.isfinite(facts.number(name))


def _compared(value: float, operator: str, limit: float) -> bool:
    """Return a comparison; False for NaN."""
    if operator == ">=":
        return value >= limit
    if operator == "<=":
        return value <= limit
    if operator == ">":
        return value > limit
    return value < limit if operator == "<" else value == limit


def _words(term: Term) -> str:
    if term.operator == "flag":
        return term.name
    if term.operator == "not":
        return f"not {term.name}"
    if term.operator in ("known", "unknown"):
        return f"{term.name} {term.operator}"
    return f"{term.name} {term.operator} {term.value:g}"
