"""Turns of phrase with room in them: "the kids had me up four times", "anything beyond an hour won't work".

The rule of this file: a turn is words in their order and carries meanings like a phrase; what stands in its gaps keeps
its own. In a turn `a|b` is one of several, `_` a space inside one, `*` ends a stem, `?` may be missing, `{name}` one of
a class, `#` a number, `~` up to three words of one clause, `^` and `$` the ends of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

#: What ends a thought without a sign: none of these stands in a gap.
_NEVER = "but|though|although|however|fine|ok|okay|good|great|normal"
_GAP = rf"((?:(?!(?:{_NEVER}) )[a-z0-9'][^ ]* ){{0,MOST}}?)"
_REACH, _WARNED = "3", "6"
_DENIED = "|no|without|zero"  # in the gap of a warning: "pregnant, no bleeding"
_WORD = r"[a-z0-9.,'%-]*"
#: Words of a turn that stand for signs and numbers: any number, a fast pulse, degrees of a hot day.
_SIGNS = {
    "#": r"\d[\d.,]*",
    "COMMA": "[,:]",
    "LOW": r"[1-6]?\d",
    "HIGH": r"(?:[89]\d|100)",
    "FEVER": r"(?:3[789]|4[01])[.,]\d",
    "BPM": r"(?:1[1-9]|2\d)\d",
    "HOTDEG": r"(?:2[7-9]|3\d|4\d|8\d|9\d)",
}
#: Where two turns meet: a figure of speech first, then a warning, then the longest.
_FIRST = {"NEUTRAL": 0, "red_flag": 1}


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn: the expression that finds it, words of which it needs one (none: any), and its meanings."""

    pattern: str
    needs: frozenset[str]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turned:
    """Where a turn stands: the tokens [start, end), its meanings, and the stretches between its words."""

    start: int
    end: int
    tags: tuple[str, ...]
    gaps: tuple[tuple[int, int], ...]

    @property
    def adds(self) -> bool:
        """Return whether it is an ingredient, which stands beside the phrases within it and not in their place."""
        return self.tags[0][:1].isupper() and self.tags[0] != "NEUTRAL"


def compiled(table: Mapping[str, str], classes: Mapping[str, str]) -> tuple[Turn, ...]:
    """Return the turns of a table: meanings, and the turns that carry them, parted by commas."""
    return tuple(
        _turn(text.split(), tuple(tags.split()), classes)
        for tags, texts in table.items()
        for text in texts.split(",")
        if text.strip()
    )


def _turn(parts: Sequence[str], tags: tuple[str, ...], classes: Mapping[str, str]) -> Turn:
    pattern, needs = "", frozenset[str]()
    gap = _GAP.replace("MOST", _REACH)
    if tags[0].startswith("red_flag"):
        gap = _GAP.replace("MOST", _WARNED).replace("|normal", "|normal" + _DENIED)
    for part in parts:
        if part == "~":
            pattern += gap
            continue
        if part in "^$":
            pattern += "(?:^|(?<=[.;!?] ))" if part == "^" else r"(?=$|[.;!?])"
            continue
        words = _words(part.removesuffix("?"), classes)
        one = f"(?:{'|'.join(map(_spelled, words))}) "
        if part.endswith("?"):
            pattern += f"(?:{one})?"
            continue
        pattern += one
        heads = frozenset(w.split("_")[0] for w in words)
        whole = all(w.replace("_", "").isalpha() and w not in _SIGNS for w in words) and "is" not in heads
        if whole and (not needs or len(heads) < len(needs)):
            needs = heads
    return Turn(r"(?<![^ ])" + pattern, needs, tags)


def _words(part: str, classes: Mapping[str, str]) -> list[str]:
    named = [classes[w[1:-1]].split() if w[0] == "{" else [w] for w in part.split("|") if w]
    return sorted({word for words in named for word in words}, key=lambda w: (-len(w), w))


def _spelled(word: str) -> str:
    if word in _SIGNS:
        return _SIGNS[word]
    text = re.sub(r"\bis\b", "(?:is|'s)", re.escape(word).replace("_", " "))
    return text.replace(r"\*", _WORD)


def turned(words: Sequence[str], turns: Sequence[Turn]) -> tuple[dict[int, Turned], list[Turned]]:
    """Return the turns that the words of one sentence hold by where they begin, none across another, and what adds."""
    said = frozenset(words)
    text = " ".join(words) + " "
    offsets = [0, *accumulate(len(w) + 1 for w in words)]
    at = {offset: k for k, offset in enumerate(offsets)}
    found = [one for turn in turns if not turn.needs or turn.needs & said for one in _in(turn, text, at)]
    found.sort(key=lambda one: (_FIRST.get(one.tags[0].partition(":")[0], 2), one.start - one.end, one.start))
    kept: dict[int, Turned] = {}
    taken: set[int] = set()
    for one in (one for one in found if not one.adds):
        span = range(one.start, one.end)
        if taken.isdisjoint(span):
            kept[one.start] = one
            taken |= set(span)
    return kept, [one for one in found if one.adds]


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)  # only where a word of it is said: to compile all of them takes half a second


def _in(turn: Turn, text: str, at: Mapping[int, int]) -> Iterator[Turned]:
    for match in _expression(turn.pattern).finditer(text):
        start, end = at.get(match.start()), at.get(match.end())
        if start is None or end is None or end <= start:
            continue
        spans = [match.span(g) for g in range(1, (match.lastindex or 0) + 1)]
        gaps = tuple((at[s], at[e]) for s, e in spans if s < e)
        yield Turned(start, end, turn.tags, gaps)
