"""Which meanings stand where in a sentence: turns of phrase first, then the longest phrases.

The rule of this file: a turn takes the place of the phrases within it, but never of a warning or a request, and never
where they tell of its kind themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from edge.talk.tokens import listed
from edge.talk.turns import Turn, Turned, compiled, turned
from edge.talk.words import BLOCKED, TURNS, Item, phrases, stems_of_phrases

_CONTEXT = listed(
    "SIT IGNORE ODD EXPECTED ALTITUDE ME DAYWORD ONLY LET VOMIT DESPITE WANT HAVE NOW OLD FOR RUN WARN HEART LIMIT"
)
_ACTS = ("IGNORE", "WARN")  # in a figure of speech they ask for nothing: "smoke alarm"


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


def _next(words: Sequence[str], position: int, turns: Mapping[int, Turned], language: str) -> tuple[int, list[Item]]:
    """Return where the phrase at a position ends, and its meanings; none reaches into a turn but a warning."""
    end, tags = _longest(words, position, language)
    if not any(tag.startswith(("red_flag", "override_request")) for tag in tags):
        words = words[: min((k for k in turns if k > position), default=len(words))]
        end, tags = _longest(words, position, language)
    found = [Item(tag, position, end) for tag in tags]
    if tags:
        kept = _CONTEXT | {"SIDE"} if any(tag.startswith("AREA") for tag in tags) else _CONTEXT
        within = _inside(words, position, end, language, kept)
        found += [i for i in within if "NEUTRAL" not in tags or i.tag not in _ACTS]
        if not any(tag.partition(":")[0].islower() for tag in tags):
            found += _reaching(words, position, end, language)
    return max(end, position + 1), found


def _is_said(turn: Turned, within: Sequence[Item]) -> bool:
    """Return whether phrases within a turn tell of its kind or of a warning; of sleep and mood good and bad differ."""
    kind, _, situation = turn.tags[0].partition(":")
    if turn.tags[0] == "red_flag:chest_pain":  # as a pain it keeps its number
        denied = within[0].tag == "NEG" and within[0].start == turn.start  # "not exactly chest pain, more a weight"
        hurts = any(i.tag in {"HURT", "PULLED"} for i in within)
        return not denied and hurts and any(i.tag == "AREA:chest" for i in within)
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


def _inside(words: Sequence[str], start: int, end: int, language: str, kept: frozenset[str]) -> list[Item]:
    """Return what shorter phrases inside a longer one say of the circumstances, of the groups that are kept."""
    found = []
    for position in range(start, end if end - start > 1 else start):
        inner_end, tags = _longest(words[:end], position, language, end - start - 1)
        found += [Item(tag, position, inner_end) for tag in tags if tag.partition(":")[0] in kept]
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
        if word[:length] in stems_of_phrases():
            found += phrases().get(word[:length] + "*", ())
    return tuple(found)


def _same(pattern: str, word: str) -> bool:
    return (
        word.startswith(pattern[:-1]) if pattern[-1] == "*" else word == pattern or (pattern == "is" and word == "'s")
    )
