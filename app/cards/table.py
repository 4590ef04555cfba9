"""The cards as a table for people, in Markdown: `python -m app.cards.table` writes the one in docs/content.md.

The rule of this file: it only reads the catalogue; the same catalogue gives the same table.
"""

from __future__ import annotations

import sys

from app.cards import catalogue
from edge.coach.catalogue import Card
from edge.coach.conditions import text_of

_HEAD = (
    "| Card | Theme | When | Holds | Rests (shown, done, refused) | Tone | Rests on |\n|---|---|---|---|---|---|---|"
)


def table() -> str:
    """Return the table of all cards, by theme and importance."""
    cards = sorted(catalogue().cards, key=lambda card: (card.theme, -card.importance, card.card_id))
    return "\n".join([_HEAD, *map(_row, cards)])


def _row(card: Card) -> str:
    rests = card.rests
    days = f"{rests.shown_days:g}, {rests.done_days:g}, {rests.refused_days:g} d"
    marks = [name for name, is_so in (("safety", card.safety), ("step of a journey", card.in_journey)) if is_so]
    when = text_of(card.when) + (f"; leaves {' or '.join(card.needs)}" if card.needs else "")
    until = card.expires if not card.expires.isdigit() else f"{card.expires} days"
    name = f"{card.card_id} ({', '.join(marks)})" if marks else card.card_id
    return f"| {name} | {card.theme} | {when} | {until} | {days} | {card.tone} | {'; '.join(card.evidence)} |"


def main() -> int:
    """Print the table."""
    sys.stdout.write(table() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
