"""Tables of words written as text: rows of lists, of which each must have a word in a clause.

The rule of this file: a row goes on in the next line where that is indented; cells stand between "/". The first cell
names what the row means and how it is read; a cell of words is needed, "!" before it undoes the row; "+" and "~" do
the same with meanings (tags or groups, as `words.Item` has them). A name in braces is a list of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from edge.talk.tokens import Stems, stems


@dataclass(frozen=True, slots=True)
class Row:
    """What a row means, how it is read, its lists of words, and what undoes it."""

    name: str
    how: frozenset[str]
    needs: tuple[Stems, ...]
    unless: Stems
    with_tags: tuple[str, ...]
    without_tags: tuple[str, ...]


def rows(text: str, lists: str = "") -> tuple[Row, ...]:
    """Return the rows of a table; `lists` are rows of a name and its words."""
    named = {cells[0]: cells[1] for cells in _cells(lists)}
    return tuple(_row([_filled(cell, named) for cell in cells]) for cells in _cells(text))


def words_in(*texts: str) -> frozenset[str]:
    """Return every word of some tables, without marks."""
    return frozenset(word.strip("!*+~/") for text in texts for word in text.split())


def _row(cells: list[str]) -> Row:
    name, *how = cells[0].split()
    needs = tuple(stems(cell) for cell in cells[1:] if cell[:1] not in "!+~")
    marked = {mark: " ".join(cell[1:] for cell in cells[1:] if cell[:1] == mark) for mark in "!+~"}
    with_tags, without_tags = tuple(marked["+"].split()), tuple(marked["~"].split())
    return Row(name, frozenset(how), needs, stems(marked["!"]), with_tags, without_tags)


def _filled(cell: str, named: dict[str, str]) -> str:
    for name, words in named.items():
        cell = cell.replace("{" + name + "}", words)
    return cell


def _cells(text: str) -> list[list[str]]:
    joined: list[str] = []
    for line in text.splitlines():
        if line.startswith(" ") and joined:
            joined[-1] += line
        elif line.strip():
            joined.append(line)
    return [[cell.strip() for cell in one.split("/")] for one in joined]
