"""Which meanings the words of a sentence carry: phrases of both languages, spelling forgiven.

The rule of this file: the longest phrase wins, the sentence's own language before the other; a word is corrected only
when no language knows it, it is long, and it lies one or two letters from a known one.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from edge.talk import (
    english,
    english_ask,
    english_clauses,
    english_day,
    english_field,
    english_life,
    english_more,
    english_plan,
    english_turns,
    english_urge,
    english_wide,
    german,
    german_ask,
    german_asks,
    german_clauses,
    german_common,
    german_day,
    german_field,
    german_fields,
    german_folk,
    german_life,
    german_more,
    german_plan,
    german_signs,
    german_urge,
    german_wide,
    plain,
)
from edge.talk.dialect import plain_words
from edge.talk.measures import SPELLED
from edge.talk.tables import words_in
from edge.talk.tokens import listed, tokens

ENGLISH, GERMAN = "en", "de"
TABLES = {
    ENGLISH: (
        *english.TABLES,
        *english_day.TABLES,
        *english_plan.TABLES,
        *english_ask.TABLES,
        *english_more.TABLES,
        *english_wide.TABLES,
        *english_life.TABLES,
        *english_field.TABLES,
        *english_urge.TABLES,
        *english_clauses.TABLES,
    ),
    GERMAN: (
        *german.TABLES,
        *german_day.TABLES,
        *german_plan.TABLES,
        *german_ask.TABLES,
        *german_more.TABLES,
        *german_wide.TABLES,
        *german_life.TABLES,
        *german_field.TABLES,
        *german_urge.TABLES,
        *german_clauses.TABLES,
        *german_folk.TABLES,
        *german_common.TABLES,
    ),
}
#: Turns of phrase with room in them, and their classes of words.
TURNS = {ENGLISH: (english_turns.TURNS, english_turns.CLASSES)}
#: By the language of a sentence: words that mean something else in the other language, and are not looked up there.
BLOCKED = {
    GERMAN: listed(
        "war die also fast bald man tag hell kind will rest hat not bin so am an in was long hut "
        "arm half all her his ex mate guy people "
        "hot lass lad lads gran nan ma pa mam is out off up on under max track park row core beat flat light just "
        "bit back hand finger she he "
        "they ill id im me my n r l run pr pb max "
        "half hip still stand stich quite empty funny stands"
    ),
    ENGLISH: listed(
        "war die also fast bald man tag hell kind will fuss arm am an in so rest mag wade stark links "
        "fit gut bin mit we mo di mi do fr sa so alle fest hart "
        "eng matt durch leer ex super normal top ok po re li stress sport dick down trip hand finger "
        "fein brav plan wind sturm warm weg not rat gym ultra "
        "wild tempo long lange uebel boden bad blase still mist fertig kann habe leute taub mens "
        "stich hoch runter stille kein kleine recht falls"
    ),
}
#: Without their dots these are other words: "schlafe", "wurde", "hatte", "konnte", "ware".
_DOTTED = ("schlaefe", "wuerde", "haette", "koennte", "waere", "haelt")
_HURTING = re.compile(
    r"^(?P<where>[a-z]{3,}?)(?P<what>schmer[zst]{1,2}[a-z]{0,3}|weh|probleme?n?|beschwerden|krampf|kraempfen?|zerrung"
    r"|verletzung|entzuendung|enge|ziehen|brennen|pains?|stechen|verhaertung|verspannung(?:en)?|reizung|schmezen|schmertzen|druck)$"
)
_ENDINGS = ("", "s", "es", "d", "ed", "er", "ing", "ly", "y")
_LEAST_FUZZY, _LEAST_TWO = 5, 9
#: What stands before a stem and turns its sense; no slip of the hand.
_BEFORE_STEMS = (
    "ab",
    "an",
    "auf",
    "aus",
    "be",
    "bei",
    "ein",
    "ent",
    "er",
    "ge",
    "mit",
    "um",
    "un",
    "ver",
    "vor",
    "zu",
    "",
)
_LEAST_STEM = 5
#: Places too short for the nearest word, whose slips are no other word.
_SHORT_PLACES = (
    "knee", "knees", "calf", "shin", "shins", "back", "heel", "ankle", "groin", "quad", "knie", "wade", "ferse",
)  # fmt: skip
#: Words of the tables of words that stand together: right as they are written.
_TABLED = listed(
    "folge folgen zeilen seiten felsen kollidiert nieren ausfallen knappe freien wirds wirs flottes weisses gemessen "
    "schleppen denkbar lichter vermutlich alter steige vertragen ueberwunden rentner untere behandelt stoecke laeuse "
    "schreibt bestimmt dritten hohes tiefes schweres schenkeln rodeln schlaege zentner warat gemerkt regelmaessig "
    "zugenommen absage"
) | words_in(
    german_asks.ASKS,
    german_asks.ENDS,
    german_asks.LISTS,
    german_fields.ROWS,
    german_fields.LISTS,
    german_signs.ROWS,
    german_signs.LISTS,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One meaning and the tokens [start, end) that carry it; `negated` once a clause says so."""

    tag: str
    start: int
    end: int
    number: float = math.nan
    negated: bool = False

    @property
    def group(self) -> str:
        """Return the part before the colon."""
        return self.tag.partition(":")[0]

    @property
    def name(self) -> str:
        """Return the part behind the colon."""
        return self.tag.partition(":")[2]


Phrases = dict[str, list[tuple[tuple[str, ...], str, tuple[str, ...]]]]


@cache
def phrases() -> Phrases:
    """Return the phrases by their first word, longest first: words, language, meanings."""
    meanings: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for language, tables in TABLES.items():
        for tags, texts in (pair for table in tables for pair in table.items()):
            for phrase in texts.split(","):
                words = _pattern(phrase)
                meanings.setdefault((words, language), []).extend(tags.split())
    by_first: Phrases = {}
    for (words, language), found in meanings.items():
        for first in {words[0], _undotted(words[0], language)}:
            by_first.setdefault(first, []).append(((first, *words[1:]), language, tuple(found)))
    for entries in by_first.values():
        entries.sort(key=lambda one: -len(one[0]))
    return by_first


def _undotted(word: str, language: str) -> str:
    """Return a German word of five letters or more as it is typed without the dots of its umlauts."""
    if language != GERMAN or len(word) < 5 or word.startswith(_DOTTED):
        return word
    return re.sub("([aou])e(?![iu])", r"\1", word)


def _pattern(phrase: str) -> tuple[str, ...]:
    stars = phrase.strip().endswith("*")
    words = tuple(word for word in tokens(phrase))
    return (*words[:-1], words[-1] + "*") if stars else words


@cache
def vocabulary() -> frozenset[str]:
    """Return every word of every phrase, without stars."""
    return frozenset(
        word for entries in phrases().values() for words, _, _ in entries for word in words if word[-1] != "*"
    )


@cache
def stems_of_phrases() -> frozenset[str]:
    """Return how the words of phrases begin that may go on."""
    return frozenset(w[:-1] for entries in phrases().values() for words, _, _ in entries for w in words if w[-1] == "*")


@cache
def _deletions() -> dict[str, list[str]]:
    """Return known long words by each of their forms with one letter left out, and by themselves."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in vocabulary():
        if len(word) >= _LEAST_FUZZY and word.isalpha():
            for form in _shorter(word):
                found[form].append(word)
    return dict(found)


def _shorter(word: str) -> set[str]:
    one = {word[:i] + word[i + 1 :] for i in range(len(word))} | {word}
    if len(word) < _LEAST_TWO:
        return one
    return one | {form[:i] + form[i + 1 :] for form in one if len(form) == len(word) - 1 for i in range(len(form))}


def known(word: str) -> bool:
    """Return whether a word is in a phrase of either language, or begins like one that may go on."""
    return word in vocabulary() or any(word[:k] in stems_of_phrases() for k in range(3, len(word) + 1))


@cache
def _slips() -> dict[str, str]:
    """Return short places by their forms with two neighbours swapped or a letter doubled: "Knei", "kneee"."""
    swapped = {p[:k] + p[k + 1] + p[k] + p[k + 2 :]: p for p in _SHORT_PLACES for k in range(1, len(p) - 1)}
    return swapped | {p[:k] + p[k] + p[k:]: p for p in _SHORT_PLACES for k in range(len(p))}


@cache
def corrected(word: str) -> str:
    """Return the word as it was meant: itself where it is known, short or plain, else the nearest known word."""
    if word in _slips() and not (known(word) or word in plain.WORDS):
        return _slips()[word]
    if (
        len(word) < _LEAST_FUZZY
        or len(word) > 30
        or not word.isalpha()
        or known(word)
        or word in plain.WORDS
        or word in SPELLED
        or word in _TABLED
        or word in _turn_words()
    ):
        return word
    near = {m for form in _shorter(word) for m in _deletions().get(form, ()) if not _turns(word, m)}
    best = min(((_distance(word, meant), meant) for meant in near), default=(99, ""))
    allowed = 2 if min(len(word), len(best[1])) >= _LEAST_TWO else 1
    return best[1] if best[0] <= allowed and (word[0] == best[1][0] or len(word) >= 7) else word


def _turns(word: str, meant: str) -> bool:
    """Return whether two words differ in what stands before a stem, and so in sense: "ertraeglich", "abgesagt"."""
    for before in _BEFORE_STEMS:
        stem = word[len(before) :] if word.startswith(before) else ""
        if len(stem) >= _LEAST_STEM and meant.endswith(stem) and meant[: -len(stem)] in _BEFORE_STEMS:
            return meant != word
    return False


def _distance(one: str, other: str) -> int:
    """Return the edits from one word to another: letters added, left out, changed, or two swapped."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i] + [0] * len(other)
        for j, b in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], earlier[j - 2] + 1)
    return row[-1]


def spelled(words: Iterable[str]) -> list[str]:
    """Return the words corrected, and such as "Wadenschmerzen" taken apart."""
    found: list[str] = []
    for word in plain_words(list(words)):
        found.extend(_apart(word) if word.isalpha() and not known(word) else [word])
    return found


@cache
def _apart(word: str) -> tuple[str, ...]:
    match = _HURTING.match(word) if len(word) <= 40 else None
    if match is not None:
        where = match["where"]
        for form in (
            where,
            where.removesuffix("n"),
            where.removesuffix("en"),
            where.removesuffix("s"),
            where + "e",
            corrected(where),
        ):
            if form in vocabulary() and _is_place(form):
                return (form, "pain" if match["what"].startswith("pain") else "schmerzen")
    return (corrected(word),)


def _is_place(word: str) -> bool:
    return any(
        words == (word,) and any(t.startswith(("AREA", "HEART")) for t in tags)
        for words, _, tags in phrases().get(word, ())
    )


def language_of(words: Sequence[str]) -> str:
    """Return "de" where more words are German than English, else "en"."""
    german_count = sum(w in plain.GERMAN_ONLY for w in words)
    english_count = sum(w in plain.ENGLISH_ONLY for w in words)
    if german_count == english_count:
        german_count, english_count = _known_in(words, GERMAN), _known_in(words, ENGLISH)
    return GERMAN if german_count > english_count else ENGLISH


def _known_in(words: Sequence[str], language: str) -> int:
    return sum(
        any(found == language for _, found, _ in phrases().get(w, ())) for w in words if w not in BLOCKED[language]
    )


@cache
def _turn_words() -> frozenset[str]:
    """Return the words of all turns of phrase, those with a star in the forms of everyday."""
    parts = " ".join(" ".join([*table.values(), *classes.values()]) for table, classes in TURNS.values())
    found = set(re.split(r"[^a-z*]+", parts))
    starred = {word[:-1] + end for word in found if word[-1:] == "*" for end in _ENDINGS}
    return frozenset(found | starred)
