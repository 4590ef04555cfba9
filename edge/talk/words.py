"""Which meanings the words of a sentence carry: phrases of both languages, spelling forgiven.

The rule of this file: the longest phrase wins, the sentence's own language before the other; a word is corrected only
when no language knows it, it is long, and it lies one or two letters from a known one.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    german_day,
    german_field,
    german_life,
    german_more,
    german_plan,
    german_urge,
    german_wide,
    plain,
)
from edge.talk.dialect import plain_words
from edge.talk.measures import SPELLED
from edge.talk.tokens import listed, tokens
from edge.talk.turns import Turn, Turned, compiled, turned

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
        "war die also fast bald man tag hell kind will arm am an in so rest mag wade stark links "
        "fit gut bin mit we mo di mi do fr sa so alle fest hart "
        "eng matt durch leer ex super normal top ok po re li stress sport dick down trip hand finger "
        "fein brav plan wind sturm warm weg not rat gym ultra "
        "wild tempo long lange uebel boden bad blase still mist fertig kann habe leute taub mens "
        "stich hoch runter stille kein kleine recht falls"
    ),
}
_CONTEXT = listed(
    "SIT IGNORE ODD EXPECTED ALTITUDE ME DAYWORD ONLY LET VOMIT DESPITE WANT HAVE NOW OLD FOR RUN WARN HEART LIMIT"
)
#: Without their dots these are other words: "schlafe", "wurde", "hatte", "konnte", "ware".
_DOTTED = ("schlaefe", "wuerde", "haette", "koennte", "waere")
_ACTS = ("IGNORE", "WARN")  # in a figure of speech they ask for nothing: "smoke alarm"
_HURTING = re.compile(
    r"^(?P<where>[a-z]{3,}?)(?P<what>schmer[zst]{1,2}[a-z]{0,3}|weh|probleme?n?|beschwerden|krampf|kraempfen?|zerrung"
    r"|verletzung|entzuendung|enge|pains?|stechen|verhaertung|reizung|schmezen|schmertzen|druck)$"
)
_ENDINGS = ("", "s", "es", "d", "ed", "er", "ing", "ly", "y")
_LEAST_FUZZY, _LEAST_TWO = 5, 9


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
def _stems() -> frozenset[str]:
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
    return word in vocabulary() or any(word[:k] in _stems() for k in range(3, len(word) + 1))


@cache
def corrected(word: str) -> str:
    """Return the word as it was meant: itself where it is known, short or plain, else the nearest known word."""
    if (
        len(word) < _LEAST_FUZZY
        or len(word) > 30
        or not word.isalpha()
        or known(word)
        or word in plain.WORDS
        or word in SPELLED
        or word in _turn_words()
    ):
        return word
    near = {meant for form in _shorter(word) for meant in _deletions().get(form, ())}
    best = min(((_distance(word, meant), meant) for meant in near), default=(99, ""))
    allowed = 2 if min(len(word), len(best[1])) >= _LEAST_TWO else 1
    return best[1] if best[0] <= allowed and (word[0] == best[1][0] or len(word) >= 7) else word


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


@cache
def _turns() -> dict[str, tuple[Turn, ...]]:
    """Return the turns of phrase by language, of those that have any."""
    return {language: compiled(table, classes) for language, (table, classes) in TURNS.items()}


def items(words: Sequence[str], language: str) -> list[Item]:
    """Return the meanings of the words in their order."""
    found: list[Item] = []
    turns, added = turned(words, _turns().get(language, ()))
    position = 0
    while position < len(words):
        turn = turns.pop(position, None)
        if turn is not None:
            within = _of_phrases(words[: turn.end], position, {}, language)
            if not _is_said(turn, within):
                found += _of_turn(turn, within)
                position = turn.end
                continue
        position, more = _next(words, position, turns, language)
        found += more
    found += [Item(tag, one.start, one.end) for one in added for tag in one.tags]
    return sorted(found, key=lambda i: i.start)


def _of_phrases(words: Sequence[str], position: int, turns: Mapping[int, Turned], language: str) -> list[Item]:
    found: list[Item] = []
    while position < len(words):
        position, more = _next(words, position, turns, language)
        found += more
    return found


def _next(
    words: Sequence[str], position: int, turns: Mapping[int, Turned], language: str
) -> tuple[int, list[Item]]:
    """Return where the phrase at a position ends, and its meanings; none reaches into a turn but a warning."""
    end, tags = _longest(words, position, language)
    if not any(tag.startswith(("red_flag", "override_request")) for tag in tags):
        words = words[: min((k for k in turns if k > position), default=len(words))]
        end, tags = _longest(words, position, language)
    found = [Item(tag, position, end) for tag in tags]
    if tags:
        found += [i for i in _inside(words, position, end, language) if "NEUTRAL" not in tags or i.tag not in _ACTS]
        if not any(tag.partition(":")[0].islower() for tag in tags):
            found += _reaching(words, position, end, language)
    return max(end, position + 1), found


def _is_said(turn: Turned, within: Sequence[Item]) -> bool:
    """Return whether phrases within a turn tell of its kind or of a warning; of sleep and mood good and bad differ."""
    kind, _, situation = turn.tags[0].partition(":")
    if turn.tags[0] == "red_flag:chest_pain":  # as a pain it keeps its number
        return any(i.tag == "AREA:chest" for i in within) and any(i.tag in {"HURT", "PULLED"} for i in within)
    if kind in {"red_flag", "NEUTRAL"}:
        return False
    told = {i.group for i in within if i.group.islower()}
    if told & {"red_flag", "override_request"}:
        return True
    same = [i for i in within if i.group == kind and (kind not in {"sleep", "mood"} or i.name == situation)]
    return told == {kind} and bool(same) and not any(i.tag == "OTHER" for i in within)


def _of_turn(turn: Turned, within: Sequence[Item]) -> list[Item]:
    """Return the meanings of a turn, and what else is kept of the phrases within it.

    A kind keeps what stands in its gaps alone, a warning the places and circumstances as well.
    """
    kind = turn.tags[0].partition(":")[0]
    own = [Item(tag, turn.start, turn.end) for tag in turn.tags]
    if kind == "red_flag":
        return own + [i for i in within if (i.group.isupper() and i.tag != "OTHER") or i.group in {"pregnancy", kind}]
    if kind == "weight_goal":
        return own + [i for i in within if i.group in {"LOSE", "GAIN", "WANT", "WEIGHT"}]
    return own + [i for i in within if any(s <= i.start and i.end <= e for s, e in turn.gaps)]


def _inside(words: Sequence[str], start: int, end: int, language: str) -> list[Item]:
    """Return what shorter phrases inside a longer one say of the circumstances."""
    found = []
    for position in range(start, end if end - start > 1 else start):
        inner_end, tags = _longest(words[:end], position, language, end - start - 1)
        found += [Item(tag, position, inner_end) for tag in tags if tag.partition(":")[0] in _CONTEXT]
    return found


def _reaching(words: Sequence[str], start: int, end: int, language: str) -> list[Item]:
    """Return what a phrase says that begins inside a phrase and ends behind it: "I'm running | on fumes"."""
    for position in range(start + 1, end):
        beyond, tags = _longest(words, position, language)
        if beyond > end:
            return [Item(tag, position, beyond) for tag in tags if tag.partition(":")[0].islower()]
    return []


def _longest(words: Sequence[str], at: int, language: str, most: int = 99) -> tuple[int, tuple[str, ...]]:
    best: tuple[int, bool, tuple[str, ...]] = (0, False, ())
    for pattern, spoken, tags in _candidates(words[at]):
        size = len(pattern)
        if size > most or (size, spoken == language) <= best[:2] or at + size > len(words):
            continue
        if spoken != language and size == 1 and words[at] in BLOCKED[language]:
            continue
        if all(_same(p, w) for p, w in zip(pattern[1:], words[at + 1 : at + size], strict=True)):
            best = (size, spoken == language, tags)
    return at + max(best[0], 1), best[2]


@cache
def _candidates(word: str) -> tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]:
    found = list(phrases().get(word, ()))
    for length in range(3, min(len(word), 24) + 1):
        if word[:length] in _stems():
            found += phrases().get(word[:length] + "*", ())
    return tuple(found)


def _same(pattern: str, word: str) -> bool:
    return (
        word.startswith(pattern[:-1]) if pattern[-1] == "*" else word == pattern or (pattern == "is" and word == "'s")
    )
