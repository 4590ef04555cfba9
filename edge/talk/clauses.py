"""Clauses: where one thought ends, whose it is, whether it is real, and what it denies.

The rule of this file: a denial reaches the next thing in its clause; what is somebody else's, a mere "if" or long past
is marked, never dropped here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from edge.talk.asked import MINE, SUBJECT, is_general, may_i
from edge.talk.cuts import is_within, passing
from edge.talk.ends import ended
from edge.talk.measures import Measure
from edge.talk.plain import ENGLISH_ONLY, GERMAN_ONLY, WORDS
from edge.talk.tokens import listed
from edge.talk.words import Item, known

ENDS, _WEAK = frozenset(".;!?\n"), frozenset(",:()")
_POLAR = (
    "FREE",
    "HURT",
    "PULLED",
    "FINE",
    "GONE",
    "WELL",
    "OUTOFBREATH",
    "SWEAT",
    "BLEED",
    "WEIGHT",
    "CAN",
    "TIME",
    "SWOLLEN",
    "COUGH",
    "FLUTTER",
    "CONFUSED",
    "STAGGER",
    "VOMIT",
    "SWEAT",
    "WORKS",
)
_BACKWARD = frozenset(
    {
        "nicht",
        "nimmer",
        "nich",
        "net",
        "nix",
        "not",
        "none",
        "kein",
        "keine",
        "keinen",
        "ned",
        "gar",
        "nichtmehr",
        "garnicht",
        "ueberhaupt",
        "nie",
        "never",
        "no",
        "nit",
    }
)
_THIRD = listed("has is had was hat ist hatte war liegt needs takes nimmt got feels also too auch has")
_ACTIVE = ("SIT", "RUN", "W")
_HAS = listed("got been had gone having off ill sick poorly")
_AFTER_OTHERS = listed("when while als wenn before after bevor nachdem during")
#: Before somebody, these tell what came from or was done with them: "seized up lifting the kid".
_BY = listed(
    "from with for up lifting carrying pushing holding minding mit fuer wegen vom gegen tragen heben and without "
    "ohne "
    "walking walk"
)
_OF = listed("of von in bei beim my meine mein meiner meines meinem meinen unser our s says sagt he she er sie")
#: Verbs that begin a German clause of oneself: "pflege gerade meine Mutter".
_FIRST = listed("pflege betreue kuemmere jongliere hole bringe muss kann")
_REACH = 6
_HURTING = frozenset({"HURT", "PULLED", "FINE", "GONE"})
#: Words that begin a thought where nobody set a comma, and words after which they do not.
_BEGINS = listed("i im ive ich hab habe bin my mein meine")
_LEADS = listed(
    "when while if that because as and but so than what whenever where how the of in on at for with to from by since "
    "though before after "
    "wenn dass weil als ob wie was wo und aber im auf an am mit von bei fuer hab habe bin kann will muss moechte "
    "darf hatte war is am "
    "was do did can could should must have had nur only bevor nachdem seit sobald waehrend heute today jetzt now "
    "dann then ich i ist "
    "laufe run think denke believe glaube says sagt told guess hope hoffe not nicht all alles everything which who "
    "die der das"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence with its meanings and measures."""

    items: tuple[Item, ...]
    measures: tuple[Measure, ...]
    start: int
    end: int
    sentence: int
    joined: str = ""
    mine: bool = True
    real: bool = True
    old: bool = False
    unknown: int = 0

    @property
    def counts(self) -> bool:
        """Return whether it is about this person, now, and not a mere "if"."""
        return self.mine and self.real and not self.old

    def all(self, *tags: str, negated: bool = False) -> list[Item]:
        """Return its items with one of these tags or groups, denied or not as asked."""
        return [i for i in self.items if i.negated == negated and (i.tag in tags or i.group in tags)]

    def has(self, *tags: str) -> bool:
        """Return whether it says one of these, not denied."""
        return any(not i.negated and (i.tag in tags or i.group in tags) for i in self.items)

    def denies(self, *tags: str) -> bool:
        """Return whether it denies one of these."""
        return any(i.negated and (i.tag in tags or i.group in tags) for i in self.items)

    def measure(self, *units: str) -> Measure | None:
        """Return its first measure in one of these units."""
        return next((m for m in self.measures if m.unit in units), None)


def clauses(words: Sequence[str], items: Sequence[Item], measured: Sequence[Measure]) -> list[Clause]:
    """Return the clauses of a sentence in their order."""
    found: list[Clause] = []
    covered = _covered(len(words), items, measured)
    for start, end, sentence, joined in _stretches(words, items, measured):
        inside = tuple(i for i in items if start <= i.start < end and i.tag != "SPLIT" and not _counted(i, measured))
        here = tuple(m for m in measured if start <= m.start < end)
        unknown = sum(not covered[k] and _is_content(words[k]) for k in range(start, end))
        told = (*passing(_denied(inside, words, end), words, here), *ended(inside, words, start, end))
        one = Clause(told, here, start, end, sentence, joined, unknown=unknown)
        found.append(_scoped(one, words, found[-1] if found else None))
    return found


def _counted(item: Item, measured: Sequence[Measure]) -> bool:
    """Return whether an item is no more than a word of a number: the half of "five and a half hours"."""
    return item.group == ("W") and any(
        m.start <= item.start and item.end <= m.end and m.unit == "min" for m in measured
    )


def _spans(items: Sequence[Item], measured: Sequence[Measure]) -> list[tuple[int, int]]:
    return [(i.start, i.end) for i in items] + [(m.start, m.end) for m in measured]


def _covered(size: int, items: Sequence[Item], measured: Sequence[Measure]) -> list[bool]:
    covered = [False] * size
    for start, end in _spans(items, measured):
        covered[start:end] = [True] * (end - start)
    return covered


def _is_content(word: str) -> bool:
    return word.isalpha() and word not in ENGLISH_ONLY and word not in GERMAN_ONLY


def _stretches(
    words: Sequence[str], items: Sequence[Item], measured: Sequence[Measure]
) -> Iterator[tuple[int, int, int, str]]:
    splits = {i.start: i.end for i in items if i.tag == "SPLIT" and not is_within(words, items, i.start)}
    others = [i for i in items if i.tag != "SPLIT"]
    inside = {k for begin, end in _spans(others, measured) for k in range(begin + 1, end)}
    inside |= {m.start for m in measured}
    restarts = _restarts(words, items, measured)
    start, sentence, joined, position = 0, 0, "", 0
    while position < len(words):
        word = words[position]
        if position in inside or not (word in ENDS or word in _WEAK or position in splits or position in restarts):
            position += 1
            continue
        if position > start:
            yield start, position, sentence, joined
        sentence += word in ENDS
        again = position in restarts and position not in splits and word not in ENDS | _WEAK
        joined = "" if word in ENDS else "," if word in _WEAK or again else word
        position = position if again else splits.get(position, position + 1)
        start = position
        position += again
    if start < len(words):
        yield start, len(words), sentence, joined


def _begun(words: Sequence[str], items: Sequence[Item], measured: Sequence[Measure]) -> set[int]:
    """Return where a thought begins in talk without signs: "nur fuenfzig minuten zeit | hab schlecht geschlafen"."""
    told = [(i.start, i.end, i.group in _HURTING) for i in items if i.group.islower() or i.group in _HURTING | {"TIME"}]
    told += [(m.start, m.end, False) for m in measured if m.unit in {"min", "of_ten"}]
    found: set[int] = set()
    english = bool(ENGLISH_ONLY & set(words) - {"im", "i"})
    plain = _unparted(words)
    begin = 0
    for k, word in enumerate(words):
        if word in ENDS:
            begin = k + 1
        if word == "im" and not english:
            continue
        if word in {"hab", "habe", "bin"} and words[k + 1 : k + 2] == ["ich"]:
            continue  # "den Infekt bin ich los" goes on
        if (
            k not in plain
            or word not in _BEGINS
            or k - begin < 2
            or words[k - 1] in _LEADS
            or any(s < k < e for s, e, _ in told)
        ):
            continue
        before = [hurts for s, e, hurts in told if begin <= s and e <= k]
        after = [hurts for s, e, hurts in told if s >= k]
        if before and after and not (word in MINE and (before[-1] or not any(after))):
            found.add(k)
            begin = k
    return found


def _unparted(words: Sequence[str]) -> set[int]:
    """Return the words of sentences of eight or more that hold no comma."""
    found: set[int] = set()
    start = 0
    for end in [*(k for k, word in enumerate(words) if word in ENDS), len(words)]:
        if end - start >= 8 and not _WEAK & set(words[start:end]):
            found |= set(range(start, end))
        start = end + 1
    return found


def _restarts(words: Sequence[str], items: Sequence[Item], measured: Sequence[Measure]) -> set[int]:
    """Return where a new body area begins although nothing parts it: "left knee 3/10 right hip 2/10"."""
    found: set[int] = _begun(words, items, measured)
    ends = [m.end for m in measured if m.unit == "of_ten"]
    for before, one in zip([None, *items], items, strict=False):
        if one.group != "AREA" or one.tag in {"AREA:leg", "AREA:arm"}:
            continue
        begin = (
            before.start if before is not None and before.group == ("SIDE") and before.end == one.start else one.start
        )
        areas = [i.end for i in items if i.group == "AREA" and i.end <= begin]
        parted = ENDS | _WEAK
        if areas and any(areas[-1] <= end <= begin for end in ends) and not parted & set(words[areas[-1] : begin]):
            found.add(begin)
    return found


def _denied(items: Sequence[Item], words: Sequence[str], end: int) -> tuple[Item, ...]:
    """Return the items with what the clause denies marked."""
    spans = sorted({(i.start, i.end) for i in items if _polar(i)})
    hit: set[tuple[int, int]] = set()
    denials = [i for i in items if i.tag == "NEG"]
    hit |= {s for s in spans if s[0] and words[s[0] - 1] == "0" and words[s[0]].startswith(("pain", "schmerz"))}
    for no in denials:
        ahead = [s for s in spans if no.end <= s[0] <= no.end + _REACH]
        other = [n.start for n in denials if n.start > no.start]
        if ahead and not (other and other[0] < ahead[0][0]):
            hit.add(ahead[0])
        elif words[no.start] in _BACKWARD:
            back = [s for s in spans if no.start - 4 <= s[1] <= no.start]
            hit |= {
                s
                for s in back[-1:]
                if not any(i.group == "weather" and i.start == s[0] and no.start - i.end > 1 for i in items)
            }
    for before, span in pairwise(spans):
        between = [i.tag for i in items if before[1] <= i.start < span[0]]
        if before in hit and "OR" in between:
            hit.add(span)
    hit |= {(i.start, i.end) for i in items for s, e in hit if s <= i.start and i.end <= e}
    return tuple(dataclasses.replace(i, negated=True) if (i.start, i.end) in hit and _polar(i) else i for i in items)


def _polar(item: Item) -> bool:
    return item.tag in _POLAR or item.group.islower()


def _scoped(one: Clause, words: Sequence[str], before: Clause | None) -> Clause:
    mine = _is_mine(one, words, before)
    real = not _is_mere_if(one, words) and not is_general(one, words, *_sentence(one, words))
    return dataclasses.replace(one, mine=mine, real=real, old=_is_old(one, words))


def _is_mine(one: Clause, words: Sequence[str], before: Clause | None) -> bool:
    planned = [(i.start, i.end) for i in one.items if i.tag in {"AVAIL", "BUSYDAY", "WISHES", "HAVE"}]
    others = [i for i in one.items if i.tag == "OTHER" and not _is_object(i, one, words)]
    others = [i for i in others if not any((s <= i.start and i.end <= e) or _owns(words, i.end) for s, e in planned)]
    if not others and _is_named(one, words):
        return False
    spoken = {"im"} if ENGLISH_ONLY & set(words) - {"im"} or not GERMAN_ONLY & set(words) - {"im"} else set()
    said = range(one.start, one.end)
    behind = min((i.end for i in others), default=one.end)
    subject = any(
        (words[k] in SUBJECT or (k == one.start and words[k] in _FIRST))
        and not (words[k] == "im" and "im" not in spoken)
        and not (words[k] == "hatte" and any(i.end <= k for i in others))
        and not (k and words[k - 1] in {"von", "of"})
        and not (k > behind and _AFTER_OTHERS & set(words[behind:k]) and not _told_from(one, k))
        for k in said
    )
    possessed = any(
        words[k] in MINE
        and not any(i.start <= k < i.end or k < i.start <= k + 3 for i in others)
        and words[k - 1 : k] != ["of"]
        for k in said
    )
    if others:
        return subject or possessed
    if before is not None and not before.mine and before.sentence == one.sentence and not (subject or possessed):
        return not (one.joined in {"and", "und", "but", "aber", "weil", "because"} and words[one.start] in _THIRD)
    return True


def _owns(words: Sequence[str], at: int) -> bool:
    """Return whether somebody owns a plan, "my son's match in an hour", and is not told of: "son's got flu"."""
    return words[at : at + 1] == ["'s"] and not _HAS & set(words[at + 1 : at + 2])


def _is_named(one: Clause, words: Sequence[str]) -> bool:
    """Return whether somebody is told of by name: "our Sandra's got a bad hip", "Tom's knee"."""
    said = words[one.start : one.end]
    if said[:1] == ["our"] and len(said) > 2 and said[2] in {"'s", "has", "had", "is"}:
        return not any(i.start == one.start + 1 for i in one.items)
    for k in range(one.start + 1, one.end - 1):
        if words[k] == "'s" and not known(words[k - 1]) and words[k - 1] not in WORDS and words[k - 1].isalpha():
            return any(i.group == "AREA" and 0 < i.start - k <= 2 for i in one.items)
    return False


def _is_object(other: Item, one: Clause, words: Sequence[str]) -> bool:
    """Return whether somebody is only what something was done with: "hardly got a breath walking the dog"."""
    near = set(words[max(other.start - 2, one.start) : other.start])
    if {"acc", "according", "laut", "says", "sagt"} & set(words[max(other.start - 3, one.start) : other.start]):
        return True
    if near & _BY:
        return True
    told = [i for i in one.items if _polar(i) or i.group in {"AREA", "HEART"}]
    before = any(i.end <= other.start for i in told)
    return before and not any(i.start >= other.end for i in told) and not near & _OF and other.end >= one.end - 1


def _told_from(one: Clause, at: int) -> bool:
    """Return whether a symptom stands from here on: "my wife called when I fainted" is about me."""
    return any(i.start >= at and (_polar(i) or i.group in {"AREA", "HEART", "SPEAK"}) for i in one.items)


def _is_mere_if(one: Clause, words: Sequence[str]) -> bool:
    """Return whether a symptom follows an "if" with nothing done in between: "if my knee hurts", not "if I run"."""
    if one.has("ASKED"):
        return False  # "is it bad if one faints": it happened, or it would not be asked
    for mark in (i for i in one.items if i.tag == "IF"):
        if mark.start and (words[mark.start - 1], words[mark.start]) in {("as", "if"), ("als", "wenn")}:
            continue  # a likeness: "as if somebody sat on my chest"
        if may_i(one, words, mark):
            continue
        if mark.end - mark.start > 1 or words[mark.start] not in {"if", "wenn"}:
            return True
        after = [
            i
            for i in one.items
            if i.start >= mark.end and i.group not in {"ME", "AREA", "SIDE", "OTHER", "NEG", "DAYWORD", "NOW", "SEV"}
        ]
        first = next((i for i in after if _polar(i) or i.group in _ACTIVE), None)
        acts = [i for i in after if first is not None and i.start == first.start and i.group in _ACTIVE]
        if first is not None and all(i.tag in {"SIT:morning", "SIT:night"} for i in acts):
            return True
        if first is None and mark.start - one.start <= 1:
            return True
    return False


def _sentence(one: Clause, words: Sequence[str]) -> tuple[Sequence[str], str]:
    """Return the words of the sentence that a clause is of, and the sign that ends it."""
    end = next((k for k in range(one.end, len(words)) if words[k] in ENDS), len(words))
    begin = max((k + 1 for k in range(one.start) if words[k] in ENDS), default=0)
    return words[begin:end], words[end] if end < len(words) else ""


def _is_old(one: Clause, words: Sequence[str]) -> bool:
    if one.has("OLD"):
        return True
    for m in one.measures:
        before, after = words[max(m.start - 1, 0)], words[m.end : m.end + 1]
        if m.unit == "years" and (before in {"vor", "ueber"} or after in (["ago"], ["back"])):
            return True
        if m.unit == "plain" and 1950 <= m.value <= 2035 and m.value % 1 == 0 and "OF" not in before:
            return True
    return False
