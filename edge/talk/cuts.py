"""Words that may cut a clause or end a pain, where they do neither: "macht aber Probleme", "nach 10 Minuten weg".

The rule of this file: small exceptions to `clauses` and `ends`, each for a turn that anybody may use.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from edge.talk.measures import Measure
from edge.talk.tokens import listed
from edge.talk.words import Item

#: Verbs after which "aber" stands within a thought: "macht aber Probleme", "ist aber gut".
_CARRIES = listed(
    "macht machen ist sind war waren tut tun hat habe hab haben geht gehen kann will bin muss bleibt zieht zwickt "
    "sticht drueckt schmerzt brennt meldet fuehlt wird wurde laeuft haelt ich mir"
)
_AFTER = listed("nach after")
#: What a person leaves out or leaves for: "die Bahn lass ich weg", "muss gleich weg"; no pain is over by it.
_LEAVES = listed("lass lasse lassen lasst liess fahre fahr fahren muss muessen bin")
_WARM = listed("einlaufen warmlaufen aufwaermen warmgelaufen eingelaufen warmup")


def is_within(words: Sequence[str], items: Sequence[Item], at: int) -> bool:
    """Return whether "aber" or "doch" stands within a thought: behind a verb, or behind a place that it tells of."""
    if words[at] not in {"aber", "doch"} or at == 0:
        return False
    return words[at - 1] in _CARRIES or any(i.group == "AREA" and i.end == at and _begins(words, i) for i in items)


def _begins(words: Sequence[str], one: Item) -> bool:
    """Return whether a place begins its thought: "Beine aber gut"."""
    return one.start == 0 or not words[one.start - 1].isalnum()


def passing(items: Sequence[Item], words: Sequence[str], measures: Sequence[Measure]) -> tuple[Item, ...]:
    """Return the items; what is gone after minutes or kilometres comes back: "nach 10 Minuten weg" ends no pain."""
    items = [i for i in items if not (i.tag == "GONE" and words[i.start : i.end] == ["weg"] and _is_left(words, i))]
    warmed = [m for m in measures if m.unit in {"min", "km"} and m.start and words[m.start - 1] in _AFTER]
    said = {word for i in items if i.tag == "GONE" for word in words[max(i.start - 4, 0) : i.start]}
    if not warmed and not (said & _WARM and said & _AFTER):
        return tuple(items)
    return tuple(dataclasses.replace(i, negated=True) if i.tag == "GONE" else i for i in items)


def _is_left(words: Sequence[str], gone: Item) -> bool:
    """Return whether "weg" tells of what a person leaves out: "Laufschule lass ich weg"."""
    before = list(words[max(gone.start - 5, 0) : gone.start])
    begin = max((k + 1 for k, word in enumerate(before) if not word.isalnum()), default=0)
    return bool(_LEAVES & set(before[begin:]))
