"""The end of a pain in words that stand apart: "vom Fuss merke ich gar nichts mehr".

The rule of this file: only where a place is named; the words are data of each language.
"""

from __future__ import annotations

from collections.abc import Sequence

from edge.talk import german_asks
from edge.talk.tables import met, rows
from edge.talk.words import Item

_ENDS = rows(german_asks.ENDS, german_asks.LISTS)


def ended(items: Sequence[Item], words: Sequence[str], start: int, end: int) -> tuple[Item, ...]:
    """Return that a place is well again where words that stand apart say so: "vom Fuss merke ich nichts mehr"."""
    tags = {i.group for i in items}
    for row in _ENDS if "AREA" in tags else ():
        at = met(row, list(range(start, end)), words) if tags >= set(row.with_tags) else None
        if at is not None:
            return (Item(row.name, at, at + 1),)
    return ()
