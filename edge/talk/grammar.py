"""A sentence understood: constraints in the order they were said, whether it was understood, and one question.

The rule of this file: no text raises; what was not understood says so and asks, in the language it was said in.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass

from edge.coach.said import Constraint
from edge.talk import encoder
from edge.talk.clauses import ENDS, Clause, clauses
from edge.talk.encoder import Encoder
from edge.talk.flags import flags
from edge.talk.kinds import kinds
from edge.talk.listening import listened, passage
from edge.talk.measures import measures
from edge.talk.opinion import Opinion, bundled
from edge.talk.overrides import overrides
from edge.talk.pains import pains
from edge.talk.reading import items
from edge.talk.tokens import tokens
from edge.talk.weighing import Told, views, weighed
from edge.talk.words import GERMAN, Item, language_of, spelled

LONGEST_CHARS, LONGEST_WORDS = 10_000, 500
_QUESTIONS = {
    "what": (
        "I did not understand that. What would you like to tell me about your body, your day or your plans?",
        "Das habe ich nicht verstanden. Was möchtest du mir über deinen Körper, deinen Tag oder deine Pläne sagen?",
    ),
    "long": (
        "That is too long for me. What is the one thing that matters most?",
        "Das ist mir zu lang. Was ist das Wichtigste daran?",
    ),
    "where": ("Where does it hurt?", "Wo tut es weh?"),
    "strong": ("How strong is it, from 0 to 10?", "Wie stark ist es, von 0 bis 10?"),
}
_OF_THE_HEART = frozenset({"chest_pain", "palpitations", "heart"})
_SAID_NOTHING = frozenset({"NEUTRAL", "OUTOFBREATH", "EXPECTED"})


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sentence says; `question` is "" where nothing is to be asked, `language` "en" or "de".

    `guessed` are the numbers of the constraints that the model alone brought.
    """

    constraints: tuple[Constraint, ...]
    understood: bool
    question: str
    language: str
    guessed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Opinions:
    """A text, and who has an opinion of it besides the grammar: of its clauses, and of the whole."""

    text: str
    of_clauses: Opinion | None
    of_the_whole: Encoder | None

    def weigh(self, found: Told, parts: Sequence[Clause], words: Sequence[str], asked: frozenset[int]) -> Told:
        """Return what the grammar heard with what the opinions bring and take away."""
        seen = None if self.of_clauses is None else views(self.of_clauses, found, parts, words, asked)
        if seen is None:
            return found
        if self.of_the_whole is None:
            return weighed(seen, found, parts, words)
        scores = self.of_the_whole.scores(passage(seen.clauses, words))
        return listened(self.of_the_whole.meeting, scores, seen, found, parts, words)


def understand(text: str) -> Understood:
    """Return what a person said in English or German; never raises, whatever the text."""
    return understood_with(text, bundled()[0], encoder.bundled()[0])


def understood_with(text: str, opinion: Opinion | None, third: Encoder | None = None) -> Understood:
    """Return what a person said by the grammar, a model's opinion of its clauses and a third one of the whole.

    None for the grammar alone; without the second opinion the third is not asked.
    """
    return understood_by(Opinions(text, opinion, third))


def understood_by(opinions: Opinions) -> Understood:
    """Return what a person said, as the grammar hears it and the opinions weigh it."""
    text = opinions.text
    if len(text) > LONGEST_CHARS:
        return Understood((), False, _ask("long", language_of(tokens(text[:400]))), language_of(tokens(text[:400])))
    raw = tokens(text)
    words = spelled(raw[:LONGEST_WORDS])
    language = language_of(words)
    if len(raw) > LONGEST_WORDS:
        return Understood((), False, _ask("long", language), language)
    parts = clauses(words, _meanings(words), measures(words))
    said, guessed = _said(parts, words, opinions)
    understood = bool(said) or any(_nothing_to_keep(one) for one in parts)
    return Understood(said, understood, _question(said, understood, language), language, guessed)


def _meanings(words: Sequence[str]) -> list[Item]:
    """Return the meanings, each sentence in its own language: what is added later changes nothing before it."""
    found: list[Item] = []
    start = 0
    for end in [*(k for k, word in enumerate(words) if word in ENDS), len(words)]:
        sentence = words[start:end]
        here = items(sentence, language_of(sentence))
        found += [dataclasses.replace(i, start=i.start + start, end=i.end + start) for i in here]
        start = end + 1
    return found


def _said(
    parts: Sequence[Clause], words: Sequence[str], opinions: Opinions
) -> tuple[tuple[Constraint, ...], tuple[int, ...]]:
    """Return what is said in its order, and the numbers of what the opinions alone brought."""
    what, position, asked = overrides(parts, words)
    warned = flags(parts, words)
    cleared = Constraint("red_flag", situation="cleared")
    signs = [pair for pair in warned.found if pair[1] != cleared or what is None]
    found = [*pains(parts, words, asked, warned.areas), *signs, *kinds(parts, words, asked, warned.kinds)]
    if what is not None:
        begun = {parts[k].sentence for k in asked}
        within = [(one.start, one.end) for one in parts if one.sentence in begun]
        found = [  # nothing is over in the breath of a request: "intervals anyway, my knee can take it"
            pair for pair in found if pair[1].kind != "pain_resolved" or not any(s <= pair[0] < e for s, e in within)
        ]
        found.append((position, Constraint("override_request", situation=what)))
    if any(c.kind == "red_flag" and c.area == "chest" for _, c in found):
        found = [(at, c) for at, c in found if c.situation != "numb" or c.area]
    found = _in_the_chest(found)
    if any(c.kind == "illness" for _, c in found):
        found = [(at, c) for at, c in found if c.kind != "pain" or c.area]
    heard = {repr(c) for _, c in found}
    found = opinions.weigh(found, parts, words, asked)
    if any(c.kind == "red_flag" and c.situation != "cleared" for _, c in found):
        found = [(at, c) for at, c in found if c.situation != "cleared"]
    found.sort(key=lambda one: one[0])
    unique: dict[str, Constraint] = {}
    for _, one in found:
        unique.setdefault(repr(one), one)
    return tuple(unique.values()), tuple(k for k, told in enumerate(unique) if told not in heard)


def _in_the_chest(found: list[tuple[int, Constraint]]) -> list[tuple[int, Constraint]]:
    """Return what is found; a sign of the heart that names no place is of the chest where that is named beside it."""
    sides = {c.side for _, c in found if c.kind == "red_flag" and c.area == "chest"}
    if not sides:
        return found
    placed = [
        (at, dataclasses.replace(c, area="chest"))
        if c.kind == "red_flag" and not c.area and c.situation in _OF_THE_HEART
        else (at, c)
        for at, c in found
    ]
    return [
        (at, c)
        for at, c in placed
        if not (c.kind == "red_flag" and c.area == "chest" and not c.side and math.isnan(c.severity) and sides - {""})
    ]


def _nothing_to_keep(one: Clause) -> bool:
    """Return whether a clause was understood and holds nothing to keep: a denial, somebody else, a mere "if"."""
    telling = [i for i in one.items if i.group.islower() or i.group in {"HURT", "AREA", "PULLED", "FLUTTER", "BLEED"}]
    if any(i.negated for i in one.items) or (not one.counts and telling):
        return True
    if any(i.tag in _SAID_NOTHING for i in one.items):
        return True
    return (one.has("FINE") and one.has("AREA", "HEART", "ME")) or (one.has("GONE") and bool(telling))


def _question(said: Sequence[Constraint], understood: bool, language: str) -> str:
    if not understood:
        return _ask("what", language)
    if any(c.kind == "red_flag" and c.situation != "cleared" for c in said):
        return ""
    pains_said = [c for c in said if c.kind == "pain"]
    if any(not c.area for c in pains_said):
        return _ask("where", language)
    if any(math.isnan(c.severity) for c in pains_said):
        return _ask("strong", language)
    return ""


def _ask(which: str, language: str) -> str:
    return _QUESTIONS[which][language == GERMAN]
