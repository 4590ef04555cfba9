"""Warning signs told by several words together, in one clause or over a whole text: "Fieber ... Nacken ... steif".

The rule of this file: every list of a combo must have a word of its own; a plain denial of the last word undoes it,
unless the combo itself needs a denial ("kann die Tasse nicht halten"). The words are data of each language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edge.talk.clauses import Clause
from edge.talk.german_signs import COMBOS as GERMAN
from edge.talk.signs import Stems, stems
from edge.talk.tokens import listed

_NO = listed(
    "no not nicht kein keine keinen keinem keiner never without ohne nie weder nichts nix nimmer net ned nich kaum "
    "hardly barely nothing cant cannot couldnt wont nothing gar"
)
_BEFORE = listed("no not nicht kein keine keinen keinem ohne nie weder never without nimmer net ned nich")


@dataclass(frozen=True, slots=True)
class Combo:
    """A sign, the lists that must each have a word, words that make it none, and how far apart they may stand."""

    name: str
    needs: tuple[Stems, ...]
    unless: Stems
    wide: bool
    denied: bool


def _combo(row: tuple[str, ...]) -> Combo:
    """Return a row of data as a combo: "name wide denied", its lists, and last what undoes it (behind "!")."""
    name, *how = row[0].split()
    lists = [text for text in row[1:] if not text.startswith("!")]
    unless = " ".join(text[1:] for text in row[1:] if text.startswith("!"))
    return Combo(name, tuple(stems(text) for text in lists), stems(unless), "wide" in how, "denied" in how)


COMBOS = tuple(_combo(row) for row in GERMAN)


def combos(parts: Sequence[Clause], words: Sequence[str]) -> list[tuple[str, str, str, int]]:
    """Return the warning signs that words tell together: name, area, side and position."""
    found: list[tuple[str, str, str, int]] = []
    real = [list(range(one.start, one.end)) for one in parts if one.counts]
    told = [list(range(one.start, one.end)) for one in parts if one.real and not one.old]
    mine = [list(range(one.start, one.end)) for one in parts if one.mine and not one.old]
    everywhere = [k for part in real for k in part]
    for combo in COMBOS:
        # A child that does not move is told of as another's; "better if I were not here" is no mere if.
        within = {"pregnancy": told, "crisis": mine}.get(combo.name, real)
        spans = [everywhere] if combo.wide else within
        for said in spans:
            at = _met(combo, said, words)
            if at is not None and not any(combo.unless.has(words[k]) for k in (everywhere if combo.wide else said)):
                found.append((combo.name, "", "", at))
                break
    return found


def _met(combo: Combo, said: Sequence[int], words: Sequence[str]) -> int | None:
    """Return where a combo is met, None where it is not."""
    if combo.denied and not any(words[k] in _NO for k in said):
        return None
    for taken in _choices(combo.needs, said, words, ()):
        if combo.denied or not _denied(words, taken[-1], said[0]):
            return min(taken)
    return None


def _denied(words: Sequence[str], at: int, start: int) -> bool:
    """Return whether a denial stands up to three words before, with no sign between."""
    for k in range(at - 1, max(start, at - 3) - 1, -1):
        if not words[k].isalnum():
            return False
        if words[k] in _BEFORE:
            return True
    return False


def _choices(
    needs: Sequence[Stems], said: Sequence[int], words: Sequence[str], taken: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    """Yield the ways to give each list a word of its own."""
    if not needs:
        yield taken
        return
    for k in said:
        if k not in taken and needs[0].has(words[k]):
            yield from _choices(needs[1:], said, words, (*taken, k))
