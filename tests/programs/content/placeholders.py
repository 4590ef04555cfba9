"""No message holds a gap: every card, each language, every subset of the facts it can show missing, hostile names too.

python tests/programs/content/placeholders.py [VALUES]      (default 200 sets of values for each card; about 5 minutes)

For each card all subsets of the facts that its texts and conditions name are tried (up to 2^10, beyond that drawn),
with values over their whole range, also absurd ones, and names as people and tables give them.
"""

from __future__ import annotations

import itertools
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[3])]

from app.cards import catalogue
from edge.coach.catalogue import Card, Catalogue, content_of
from edge.coach.facts import NUMBERS, WORDS, Facts
from edge.coach.languages import LANGUAGES
from edge.coach.said import AREAS
from edge.coach.template import Sentence, gaps

#: What may stand right after a number, in either language.
_UNITS = (
    "m", "km", "cm", "%", "°C", "beats/min", "Schläge/min", "steps/min", "Schritte/min", "min", "Min.", "h", "Std.",
    "hour", "hours", "Stunde", "Stunden", "day", "days", "Tag", "Tage", "Tagen", "/km", "min/km", "/10",
)  # fmt: skip
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_NUMBER = re.compile(r"\d[\d.,:]*(?<![.,:])")
_MEASURED = re.compile(rf"-?\d[\d.,:]*(?<![.,:])\s?(?:{_UNIT})(?![\w°%])")
#: A range shares the unit of its end: "7 to 14 days", "0/10 bis 10/10".
_RANGE = re.compile(rf"(?<![/\d])-?\d[\d.,:]*(?<![.,:]) (?:to|bis) (?=-?\d[\d.,:]*(?<![.,:])\s?(?:{_UNIT})(?![\w°%]))")
_EMPTY_WORDS = re.compile(r"\b(?:None|nan|NaN|inf|null|undefined|True|False)\b")
NAMES = (
    "", "Denver", "None", "nan", "NULL", "{here_m:metres}", "{}", "<b>x</b>", "A\nB", "  ", "São Tomé", "Nan",
    "x" * 300, "[bold]", "null", "\\", "Łódź",
)  # fmt: skip


def faults(text: str, names: tuple[str, ...] = ()) -> list[str]:
    """Return what is wrong with a message; names are what people called things, which may hold what they like."""
    bare = text
    for name in sorted((n for n in names if n), key=len, reverse=True):
        bare = bare.replace(name, "Ort").replace(name[:1].upper() + name[1:], "Ort")
    left = _MEASURED.sub("", _RANGE.sub("", bare))
    found = [f"a number without a unit: {one}" for one in _NUMBER.findall(left)]
    found += [f"a word for nothing: {one}" for one in _EMPTY_WORDS.findall(bare)]
    found += [f"a gap: {one}" for one in re.findall(r"[{}<>_]|\s\s|\s[.,;:!?]|\.\.", bare)]
    return found if text else ["nothing was said"]


def fields_of(card: Card) -> list[str]:
    """Return the facts that a card's texts and their conditions name."""
    found: set[str] = set()
    for _, texts in card.texts:
        for sentences in (texts.title, texts.text, texts.because):
            found |= gaps(sentences) | {name for one in sentences for name in _asked(one)}
    return sorted(found)


def _asked(sentence: Sentence) -> Iterator[str]:
    for condition in sentence.when:
        yield from (term.name for term in condition.terms if term.name in NUMBERS | WORDS)


def values_of(rng: np.random.Generator) -> dict[str, float | str]:
    """Return a value for every fact, usual or absurd, and a name for every word."""
    found: dict[str, float | str] = {}
    for name in sorted(NUMBERS):
        usual = float(rng.choice([rng.uniform(0, 1), rng.uniform(0, 60), rng.uniform(0, 5000), rng.uniform(0, 50000)]))
        odd = float(rng.choice([0.0, -0.0, -3.4, 1e-12, 1e6, 1e12, -1e9, math.inf, -math.inf, 0.4999, 2.5]))
        found[name] = usual if rng.random() < 0.7 else odd
    for name in sorted(WORDS):
        found[name] = str(rng.choice(NAMES))
    found["injury_area"] = str(rng.choice([*AREAS, "", "elbow", "None"]))
    return found


def subsets(names: list[str], rng: np.random.Generator, most: int = 1024) -> Iterator[tuple[str, ...]]:
    """Yield subsets of names to leave out: all of them up to `most`, else drawn."""
    if 2 ** len(names) <= most:
        yield from itertools.chain.from_iterable(itertools.combinations(names, k) for k in range(len(names) + 1))
        return
    yield from ((), tuple(names))
    for keep in rng.random((most, len(names))) < rng.uniform(0.1, 0.9, (most, 1)):
        yield tuple(name for name, kept in zip(names, keep.tolist(), strict=True) if not kept)


def facts_without(values: dict[str, float | str], missing: tuple[str, ...], flags: frozenset[str]) -> Facts:
    """Return facts with some left unknown."""
    known = {n: v for n, v in values.items() if n not in missing}
    return Facts(1.77e9, 3600.0, flags, **known)  # type: ignore[arg-type]


def run(told: Catalogue, values: int, most: int, seed: int = 0) -> tuple[int, list[str]]:
    """Return how many messages were made, and what was wrong with any."""
    rng = np.random.default_rng(seed)
    count, wrong = 0, []
    for card, _ in itertools.product(told.cards, range(values)):
        drawn = values_of(rng)
        names = tuple(str(drawn[word]) for word in WORDS)
        flags = frozenset({"level:new"} if rng.random() < 0.5 else set())
        for missing in subsets(fields_of(card), rng, most):
            facts = facts_without(drawn, missing, flags)
            for language in LANGUAGES:
                shown = content_of(card, facts, language)
                for text in (shown.title, shown.text, shown.action, *(r.text for r in shown.because)):
                    count += 1
                    wrong += [f"{card.card_id} {language}: {fault}: {text[:90]!r}" for fault in faults(text, names)]
                wrong += [] if shown.because else [f"{card.card_id} {language}: no reason"]
    return count, wrong


def main() -> int:
    """Print how many messages were made and what was wrong."""
    count, wrong = run(catalogue(), int(sys.argv[1]) if len(sys.argv) > 1 else 200, 1024)
    print(f"{count} messages, {len(wrong)} faults")
    print("\n".join(sorted(set(wrong))[:40]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
