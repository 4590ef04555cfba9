"""What several words of one clause, or of a whole text, tell together: "Fieber ... Nacken ... steif".

The rule of this file: every list of a row must have a word of its own; a plain denial of the last undoes it, unless
the row itself needs a denial ("kann die Tasse nicht halten"). The rows are tables of each language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edge.coach.said import Constraint
from edge.talk import german_asks, german_fields, german_signs
from edge.talk.clauses import Clause
from edge.talk.tables import met, rows

SIGNS = rows(german_signs.ROWS, german_signs.LISTS)
FIELDS = rows(german_fields.ROWS, german_fields.LISTS)
ASKS = rows(german_asks.ASKS, german_asks.LISTS)
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
        at = next((at for said in spans if (at := met(row, said, words)) is not None), None)
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
        at = met(row, said, words)
        if at is not None:
            told.add(kind)
            yield at, Constraint(kind, situation=situation)


def asked_together(one: Clause, words: Sequence[str]) -> str | None:
    """Return what words of a clause together ask to set aside ("" where it is not named), None for nothing."""
    said = list(range(one.start, one.end))
    for row in ASKS:
        if not one.has(*row.without_tags) and met(row, said, words) is not None:
            return "" if row.name == "any" else row.name
    return None
