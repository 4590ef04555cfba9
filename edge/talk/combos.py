"""What several words of one clause, or of a whole text, tell together: "Fieber ... Nacken ... steif".

The rule of this file: every list of a row must have a word of its own; a plain denial of the last undoes it, unless
the row itself needs a denial ("kann die Tasse nicht halten"). The rows are tables of each language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edge.coach.said import Constraint
from edge.talk import german_fields, german_signs
from edge.talk.clauses import Clause
from edge.talk.tables import Row, rows
from edge.talk.tokens import Stems, listed

_NO = listed(
    "no not nicht kein keine keinen keinem keiner never without ohne nie weder nichts nix nimmer net ned nich kaum "
    "hardly barely nothing cant cannot couldnt wont gar niemand"
)
_BEFORE = listed("no not nicht kein keine keinen keinem ohne nie weder never without nimmer net ned nich")
SIGNS = rows(german_signs.ROWS, german_signs.LISTS)
FIELDS = rows(german_fields.ROWS, german_fields.LISTS)
#: What beside it makes a clause tell of no kind: a mere "if", a warning, a request.
_SILENT = ("IF", "IGNORE", "red_flag", "override_request")
Found = list[tuple[str, str, str, int]]


def signs_together(parts: Sequence[Clause], words: Sequence[str]) -> Found:
    """Return the warning signs that words tell together: name, area, side and position."""
    found: Found = []
    real = [one for one in parts if one.counts]
    # A child that does not move is told of as another's; "better if I were not here" is no mere if.
    wider = {
        "pregnancy": [one for one in parts if one.real and not one.old],
        "crisis": [one for one in parts if one.mine and not one.old],
    }
    everywhere = [k for one in real for k in range(one.start, one.end)]
    for row in SIGNS:
        within = [list(range(one.start, one.end)) for one in wider.get(row.name, real)]
        spans = [everywhere] if "wide" in row.how else within
        at = next((at for said in spans if (at := _met(row, said, words)) is not None), None)
        if at is not None:
            found.append((row.name, "", "", at))
    return found


def kinds_together(one: Clause, words: Sequence[str], told: set[str]) -> Iterator[tuple[int, Constraint]]:
    """Yield the kinds that words of a clause tell together, but for what is told already; adds them to that."""
    if one.has(*_SILENT):
        return
    said = list(range(one.start, one.end))
    for row in FIELDS:
        kind, _, situation = row.name.partition(":")
        if kind in told or not (one.counts or "others" in row.how):
            continue
        if (row.with_tags and not one.has(*row.with_tags)) or one.has(*row.without_tags):
            continue
        at = _met(row, said, words)
        if at is not None:
            told.add(kind)
            yield at, Constraint(kind, situation=situation)


def _met(row: Row, said: Sequence[int], words: Sequence[str]) -> int | None:
    """Return where a row is met, None where it is not."""
    if "denied" in row.how and not any(words[k] in _NO for k in said):
        return None
    for taken in _choices(row.needs, said, words, ()):
        if any(row.unless.has(words[k]) for k in said):
            return None
        if "denied" in row.how or not _denied(words, taken[-1], said[0]):
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
